//! A text of several lines with its cursor: cluster by cluster, so that what is wide, combining or invisible keeps the
//! columns right, and everything through the sanitizer.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::text;
use crate::app::message::Point;
use crate::app::text_area::TextArea;
use crate::sanitize;
use crate::ui::Look;

/// Columns that a cluster takes once it is harmless.
pub fn measure(cluster: &str) -> usize {
    text::columns(&sanitize::line(cluster))
}

/// Draws the rows around the cursor.
pub fn draw(area: Rect, buffer: &mut Buffer, note: &TextArea, look: &Look) {
    if area.is_empty() {
        return;
    }
    // The last column is for the marks of what lies beyond.
    let columns = area.width.saturating_sub(1).max(1);
    note.show_in(usize::from(columns), measure);
    let rows = note.rows();
    let (at, column) = note.place(&rows);
    let height = usize::from(area.height);
    let last = rows.len().saturating_sub(height);
    let top = note.top.get().min(at).max((at + 1).saturating_sub(height));
    let top = top.min(last);
    note.top.set(top);
    for (y, (index, row)) in (area.y..area.bottom()).zip(rows.iter().enumerate().skip(top)) {
        let words = note.text().get(row.clone()).unwrap_or_default();
        let cursor = (index == at).then_some(column);
        let row = Rect::new(area.x, y, columns, 1);
        draw_row(row, buffer, words, cursor, look);
    }
    look.zones(|| {
        let mut places = vec![(area, Point::Cursor(note.text().len()))];
        for (y, (index, range)) in (area.y..area.bottom()).zip(rows.iter().enumerate().skip(top)) {
            let row = Rect::new(area.x, y, columns, 1);
            let cursor = (index == at).then_some(column);
            row_zones(row, note.text(), range.clone(), cursor, &mut places);
        }
        places
    });
    let mark = |buffer: &mut Buffer, y: u16, glyph: &str| {
        buffer.set_string(area.right() - 1, y, glyph, look.theme.accent);
    };
    if area.width == 1 {
        return;
    }
    if top > 0 {
        mark(buffer, area.y, look.glyphs.more_up);
    }
    if top + height < rows.len() {
        mark(buffer, area.bottom() - 1, look.glyphs.more_down);
    }
}

/// A row; what stands behind the cursor moves over by the cursor's column.
fn draw_row(row: Rect, buffer: &mut Buffer, words: &str, cursor: Option<usize>, look: &Look) {
    let (mut used, mut shown) = (0, false);
    let width = usize::from(row.width);
    let cursor_at = |used: usize, buffer: &mut Buffer| {
        let x = row.x + used.min(width - 1) as u16;
        buffer.set_string(x, row.y, look.glyphs.cursor, look.theme.accent);
    };
    for cluster in words.graphemes(true) {
        let piece = sanitize::line(cluster);
        let columns = text::columns(&piece);
        // Invisible ones at the cursor's column stand before it or behind it, which nobody can see.
        if !shown && cursor == Some(used) {
            cursor_at(used, buffer);
            (used, shown) = (used + 1, true);
        }
        if columns > 0 && used + columns <= width {
            buffer.set_stringn(row.x + used as u16, row.y, &piece, columns, look.theme.text);
        }
        used += columns;
    }
    if !shown && cursor.is_some() {
        cursor_at(used, buffer);
    }
}

/// A press on a cluster of a row puts the cursor before it, behind the row's end before what breaks it.
fn row_zones(
    row: Rect,
    text: &str,
    range: Range<usize>,
    cursor: Option<usize>,
    places: &mut Vec<(Rect, Point)>,
) {
    let words = text.get(range.clone()).unwrap_or_default();
    let is_broken = range.end < text.len() && !text[range.end..].starts_with(['\n', '\r']);
    let last = words.grapheme_indices(true).next_back();
    let end = match last.filter(|_| is_broken) {
        Some((last, _)) => range.start + last,
        None => range.end,
    };
    places.push((row, Point::Cursor(end)));
    let (mut used, mut here) = (0, range.end);
    for (at, cluster) in words.grapheme_indices(true) {
        let columns = measure(cluster);
        // What stands behind the cursor moved over by its column.
        let x = used + usize::from(cursor.is_some_and(|cursor| cursor <= used));
        if columns > 0 && x + columns <= usize::from(row.width) {
            let place = Rect::new(row.x + x as u16, row.y, columns as u16, 1);
            places.push((place, Point::Cursor(range.start + at)));
        }
        if cursor == Some(used) {
            here = here.min(range.start + at);
        }
        used += columns;
    }
    // The cursor itself: it stays.
    if let Some(column) = cursor {
        let x = column.min(usize::from(row.width).saturating_sub(1)) as u16;
        places.push((Rect::new(row.x + x, row.y, 1, 1), Point::Cursor(here)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::message::Edit;
    use crate::ui::widgets::testing::drawn;

    fn shown(note: &TextArea, width: u16, height: u16) -> Vec<String> {
        let look = Look::default();
        drawn(width, height, |area, buffer| {
            draw(area, buffer, note, &look);
        })
    }

    #[test]
    fn the_cursor_stands_where_the_next_letter_goes() {
        let mut note = TextArea::with_text("腰痛 e\u{301}x");
        assert_eq!(shown(&note, 12, 1), ["腰 痛  e\u{301}x▏"]);
        note.edit(Edit::Left);
        note.edit(Edit::Left);
        assert_eq!(shown(&note, 12, 1), ["腰 痛  ▏e\u{301}x"]);
    }

    #[test]
    fn what_would_act_on_a_terminal_is_shown_as_a_sign() {
        let note = TextArea::with_text("a\u{1b}[2J\u{202e}\u{200b}b\tc");
        assert_eq!(shown(&note, 12, 1), ["a\u{fffd}[2Jb c▏"]);
    }

    #[test]
    fn a_long_text_scrolls_with_the_cursor_and_says_what_lies_beyond() {
        let mut note = TextArea::with_text("one\ntwo\nthree\nfour");
        assert_eq!(shown(&note, 8, 2), ["three  ↑", "four▏"]);
        note.edit(Edit::First);
        assert_eq!(shown(&note, 8, 2), ["▏one", "two    ↓"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_text_leaves_its_room_or_reaches_the_terminal_raw(
            text in "[\\x00-\\x1f\u{200b}\u{202e}\u{301}👩\u{200d}腰a \n]{0,60}",
            width in 1_u16..20,
            height in 1_u16..5,
        ) {
            let note = TextArea::with_text(&text);
            let lines = shown(&note, width, height);
            prop_assert!(!lines.iter().any(|line| line.contains(char::is_control)));
            prop_assert!(lines.iter().any(|line| line.contains('▏')), "{lines:?}");
        }
    }
}
