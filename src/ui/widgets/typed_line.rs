//! One line of text being typed, with its cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::{text, text_area};
use crate::app::message::Point;
use crate::app::text_field::TextField;
use crate::ui::{Look, layout};

/// A line with its cursor; `ghost`: what would be added by taking a completion.
pub fn draw(area: Rect, buffer: &mut Buffer, line: &TextField, ghost: &str, look: &Look) {
    let theme = &look.theme;
    let (before, after) = line.around_cursor();
    let width = usize::from(area.width);
    let before = text::tail(before, width.saturating_sub(1));
    let room = width.saturating_sub(text::columns(&before) + 1);
    let after = text::cut(after, room, look).into_owned();
    let ghost = text::cut(ghost, room.saturating_sub(text::columns(&after)), look).into_owned();
    let spans = vec![
        Span::styled(before, theme.text),
        Span::styled(look.glyphs.cursor, theme.accent),
        Span::styled(after, theme.text),
        Span::styled(ghost, theme.dim),
    ];
    buffer.set_line(area.x, area.y, &Line::from(spans), area.width);
    zones(area, line, look);
}

/// A press on a letter of a typed line puts the cursor before it, behind the last one at the end.
pub fn zones(area: Rect, line: &TextField, look: &Look) {
    look.zones(|| {
        let (before, after) = line.around_cursor();
        let shown = text::columns(&text::tail(
            before,
            usize::from(area.width).saturating_sub(1),
        ));
        let mut places = vec![(area, Point::Cursor(line.text().len()))];
        let mut x = shown;
        for (at, cluster) in before.grapheme_indices(true).rev() {
            let columns = text_area::measure(cluster);
            if columns > x {
                break;
            }
            x -= columns;
            places.push((columns_of(area, x, columns), Point::Cursor(at)));
        }
        places.push((columns_of(area, shown, 1), Point::Cursor(before.len())));
        x = shown + 1;
        for (at, cluster) in after.grapheme_indices(true) {
            let columns = text_area::measure(cluster);
            let point = Point::Cursor(before.len() + at);
            places.push((columns_of(area, x, columns), point));
            x += columns;
        }
        places
    });
}

/// So many columns of an area from this one on, as far as it has them.
fn columns_of(area: Rect, from: usize, columns: usize) -> Rect {
    let (_, rest) = layout::split_left(area, from.min(usize::from(u16::MAX)) as u16);
    layout::split_left(rest, columns.min(usize::from(u16::MAX)) as u16).0
}
