//! A grouped list: headings and rows, evidence letter and length to the right, the chosen row always in view.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text;
use crate::ui::{Look, layout};

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row<'a> {
    /// Names the rows below it.
    Heading(&'a str),
    /// Something that can be chosen.
    Item(Item<'a>),
    /// An empty row, for room to breathe.
    Gap,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item<'a> {
    /// What it is called.
    pub name: &'a str,
    /// A few words more, shown where the list is wide.
    pub about: String,
    /// The evidence letter.
    pub letter: Option<&'static str>,
    /// Its length, such as '2:38'.
    pub length: String,
    /// Marked by the person.
    pub favourite: bool,
    /// From the person's own files.
    pub own: bool,
    /// Its place in the queue, from 1 on.
    pub queued: Option<usize>,
    /// Shown, but not to be started.
    pub off: bool,
}

/// Draws the part of the list around the row `selected` (an index into `rows`), from the row `top` on as long as the
/// selected one is then in view; returns the first row shown, to be given again next time.
pub fn draw(
    area: Rect,
    buffer: &mut Buffer,
    rows: &[Row],
    selected: Option<usize>,
    focused: bool,
    top: usize,
    look: &Look,
) -> usize {
    let height = usize::from(area.height);
    let top = first_visible(rows, height, selected, top);
    for (y, index) in (area.y..area.bottom()).zip(top..rows.len()) {
        let line = Rect::new(area.x, y, area.width, 1);
        // The heading of a group that begins above stays in sight.
        let shown = if index == top && selected != Some(top) {
            sticky(rows, top)
        } else {
            &rows[index]
        };
        match shown {
            Row::Heading(name) => {
                let inner = layout::inset(line, 1);
                text::put(inner, buffer, name, look.theme.heading, look);
            }
            Row::Gap => {}
            Row::Item(item) => {
                draw_item(line, buffer, item, selected == Some(index), focused, look);
            }
        }
    }
    if top + height < rows.len() && height > 0 && area.width > 0 {
        let at = (area.right() - 1, area.bottom() - 1);
        buffer.set_string(at.0, at.1, look.glyphs.more_down, look.theme.dim);
    }
    top
}

/// The first row that [`draw`] shows. Moves it only as far as the chosen one needs, with a row to spare above it for its heading.
pub fn first_visible(rows: &[Row], height: usize, selected: Option<usize>, top: usize) -> usize {
    let most = rows.len().saturating_sub(height);
    let Some(selected) = selected else {
        return top.min(most);
    };
    let spare = usize::from(height > 1);
    let lowest = (selected + 1).saturating_sub(height);
    let highest = selected.saturating_sub(spare);
    top.clamp(lowest.min(highest), highest).min(most)
}

fn sticky<'a, 'b>(rows: &'b [Row<'a>], top: usize) -> &'b Row<'a> {
    let heading = rows[..=top]
        .iter()
        .rev()
        .find(|row| matches!(row, Row::Heading(_)));
    heading.unwrap_or(&rows[top])
}

/// Columns to the right of the name: blank, letter, blank, length, and a free edge.
const LENGTH: u16 = 5;
const TAIL: u16 = 1 + 1 + 1 + LENGTH + 1;
/// Columns from which a few words more have room, and the columns of the name then.
pub const WIDE: u16 = 60;
const NAME: u16 = 42;

fn draw_item(
    line: Rect,
    buffer: &mut Buffer,
    item: &Item,
    selected: bool,
    focused: bool,
    look: &Look,
) {
    let theme = &look.theme;
    let style = match (selected, focused) {
        (true, true) => theme.selected,
        (true, false) => theme.selected_away,
        (false, _) if item.off => theme.dim,
        (false, _) => theme.text,
    };
    if selected {
        text::put(line, buffer, look.glyphs.marker, style, look);
    }
    let (_, rest) = layout::split_left(line, 2);
    let has_tail = item.letter.is_some() || !item.length.is_empty();
    let tail = if has_tail && rest.width > TAIL + 8 {
        TAIL
    } else {
        1
    };
    let (mut name, right) = layout::split_left(rest, rest.width.saturating_sub(tail));
    if name.width >= WIDE {
        let about;
        (name, about) = layout::split_left(name, NAME);
        let about = layout::split_left(about, 2).1;
        text::put(about, buffer, &item.about, theme.dim, look);
    }
    let marks = [
        item.queued.map(place),
        item.favourite.then_some(look.glyphs.star),
        item.own.then_some(look.glyphs.own),
    ];
    for glyph in marks.into_iter().flatten() {
        if name.width > 4 {
            let (shorter, mark) = layout::split_left(name, name.width - 1);
            text::put(mark, buffer, glyph, theme.accent, look);
            name = layout::split_left(shorter, shorter.width - 1).0;
        }
    }
    text::put(name, buffer, item.name, style, look);
    if tail == TAIL {
        let letter = item.letter.unwrap_or(" ");
        let words = format!(" {letter} {:>5}", item.length);
        text::put(right, buffer, &words, theme.dim, look);
    }
}

/// A place in the queue as one sign.
fn place(at: usize) -> &'static str {
    const PLACES: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    PLACES.get(at.wrapping_sub(1)).unwrap_or(&"+")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    fn item(name: &str) -> Row<'_> {
        Row::Item(Item {
            name,
            letter: Some("C"),
            length: "2:38".into(),
            ..Item::default()
        })
    }

    fn at(height: u16, selected: usize) -> Vec<String> {
        let look = Look::default();
        let rows = [
            Row::Heading("Hands"),
            item("Warm palm sweep"),
            item("Knuckle rub beside the spine"),
            Row::Heading("Ball"),
            Row::Item(Item {
                name: "Ball on the wall",
                favourite: true,
                own: true,
                queued: Some(2),
                length: "12:38".into(),
                ..Item::default()
            }),
            item("Two balls"),
        ];
        drawn(34, height, |area, buffer| {
            draw(area, buffer, &rows, Some(selected), true, 0, &look);
        })
    }

    #[test]
    fn letters_and_lengths_stand_below_each_other() {
        assert_eq!(
            at(6, 1),
            [
                " Hands",
                "▌ Warm palm sweep         C  2:38",
                "  Knuckle rub beside the… C  2:38",
                " Ball",
                "  Ball on the wall  ✎ ★ 2   12:38",
                "  Two balls               C  2:38",
            ]
        );
    }

    #[test]
    fn a_wide_list_says_a_few_words_more() {
        let rows = [Row::Item(Item {
            name: "Ball",
            about: "wall, ball".into(),
            length: "2:38".into(),
            favourite: true,
            ..Item::default()
        })];
        let look = Look::default();
        let at = |width| {
            drawn(width, 1, |area, buffer| {
                draw(area, buffer, &rows, None, true, 0, &look);
            })
        };
        assert_eq!(at(60)[0].split_whitespace().nth(2), Some("2:38"));
        let wide = at(76);
        assert_eq!(wide[0].find('★'), Some(43), "{wide:?}");
        assert!(wide[0].contains("★  wall, ball"), "{wide:?}");
    }

    #[test]
    fn the_chosen_row_is_always_in_view_and_its_heading_with_it() {
        for height in 2..6 {
            for selected in [1, 2, 4, 5] {
                let lines = at(height, selected);
                let marked = lines.iter().filter(|line| line.starts_with('▌'));
                assert_eq!(marked.count(), 1, "{lines:?}");
            }
        }
        assert_eq!(at(3, 5)[0], " Ball", "the heading stays in sight");
    }
}
