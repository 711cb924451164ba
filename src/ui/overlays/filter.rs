//! The library's filters.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Width;
use super::rating::field_name;
use crate::app::message::{Msg, Point};
use crate::app::overlay::filter::{FIELDS, FilterForm};
use crate::ui::widgets::text;
use crate::ui::{Look, layout};

/// Draws the form; each change shows in the list behind it at once.
pub fn draw(area: Rect, buffer: &mut Buffer, form: &FilterForm, look: &Look) {
    let theme = &look.theme;
    let rows = FIELDS.len() + 2;
    let room = super::open(
        area,
        buffer,
        "Show only what fits",
        (Width::Small, rows),
        false,
        look,
    );
    for (index, name) in FIELDS.iter().enumerate() {
        let Some(y) = room
            .y
            .checked_add(index as u16)
            .filter(|y| *y < room.bottom())
        else {
            return;
        };
        let row = Rect::new(room.x, y, room.width, 1);
        let (left, right) = layout::split_left(row, 16);
        let has_keys = form.field == index;
        look.zone(row, || Msg::Point(Point::Field(index)));
        if has_keys {
            super::turning(right, look);
        }
        field_name(left, buffer, name, has_keys, look);
        let value = form.value(index);
        let nothing = if index == FIELDS.len() - 1 {
            "shown"
        } else {
            "any"
        };
        let words = value.as_deref().unwrap_or(nothing);
        let (words, style) = match (has_keys, &value) {
            (true, _) => (format!("< {words} >"), theme.selected),
            (false, Some(_)) => (format!("  {words}"), theme.accent),
            (false, None) => (format!("  {words}"), theme.dim),
        };
        text::put(right, buffer, &words, style, look);
    }
    let (_, below) = layout::split_top(room, FIELDS.len() as u16 + 1);
    let hint = look.hint("[<left> and <right> change a value.]");
    text::put(below, buffer, &hint, theme.dim, look);
}
