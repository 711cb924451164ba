//! Headings: the tabs of the narrow screen and the title above each pane of the wide one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text;
use crate::ui::Look;

/// Draws the titles side by side, the `active` one in focus with a strong rule below it. Two rows.
/// Returns where each of them is, as far as they have room.
pub fn tabs(
    area: Rect,
    buffer: &mut Buffer,
    titles: &[&str],
    active: usize,
    look: &Look,
) -> Vec<Rect> {
    let mut places = Vec::new();
    rule(area, buffer, false, look);
    let mut x = area.x + 1;
    for (index, title) in titles.iter().enumerate() {
        let room = area.right().saturating_sub(x);
        if room == 0 {
            break;
        }
        let at = Rect::new(x, area.y, room, area.height);
        let style = if index == active {
            look.theme.focus
        } else {
            look.theme.dim
        };
        let used = text::put(at, buffer, title, style, look);
        if index == active {
            rule(Rect { width: used, ..at }, buffer, true, look);
        }
        places.push(Rect { width: used, ..at });
        x += used + 3;
    }
    places
}

/// Draws a pane's title with a short note at the right and a rule below. Two rows.
pub fn heading(
    area: Rect,
    buffer: &mut Buffer,
    title: &str,
    note: &str,
    focused: bool,
    look: &Look,
) {
    let inner = super::super::layout::inset(area, 1);
    let style = if focused {
        look.theme.focus
    } else {
        look.theme.heading
    };
    let used = text::put(inner, buffer, title, style, look);
    let room = Rect {
        x: inner.x + used,
        width: inner.width - used,
        ..inner
    };
    if text::columns(note) + 2 <= usize::from(room.width) {
        text::put_right(room, buffer, note, look.theme.dim, look);
    }
    rule(area, buffer, focused, look);
}

fn rule(area: Rect, buffer: &mut Buffer, strong: bool, look: &Look) {
    if area.height < 2 {
        return;
    }
    let (glyph, style) = if strong {
        (look.glyphs.rule_strong, look.theme.focus)
    } else {
        (look.glyphs.rule_h, look.theme.dim)
    };
    buffer.set_string(
        area.x,
        area.y + 1,
        glyph.repeat(usize::from(area.width)),
        style,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    #[test]
    fn the_active_tab_is_marked_by_more_than_colour() {
        let look = Look::new(true, false);
        let lines = drawn(30, 2, |area, buffer| {
            tabs(area, buffer, &["Library", "Session", "Log"], 1, &look);
        });
        assert_eq!(
            lines,
            [" Library   Session   Log", "-----------=======------------"]
        );
    }

    #[test]
    fn a_note_that_has_no_room_is_left_out() {
        let look = Look::default();
        let at = |width| {
            drawn(width, 2, |area, buffer| {
                heading(area, buffer, "Library", "48 shown", true, &look);
            })
        };
        assert_eq!(at(20)[0], " Library   48 shown");
        assert_eq!(at(16)[0], " Library");
        assert_eq!(at(5)[0], " Li…");
    }
}
