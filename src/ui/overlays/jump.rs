//! A day to go to in the log.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Width;
use crate::app::overlay::jump::JumpForm;
use crate::domain::when::DAY_FORMS;
use crate::ui::widgets::{text, typed_line};
use crate::ui::{Look, layout};

/// Before what is typed.
const DAY: &str = "day  ";

/// Draws the field with what it takes, or why that was no day.
pub fn draw(area: Rect, buffer: &mut Buffer, form: &JumpForm, look: &Look) {
    let theme = &look.theme;
    let width = usize::from(super::content_width(area, Width::Small));
    let (before, after) = form.field.around_cursor();
    let typed = vec![
        Span::styled(DAY, theme.dim),
        Span::styled(text::tail(before, width.saturating_sub(6)), theme.text),
        Span::styled(look.glyphs.cursor, theme.accent),
        Span::styled(text::cut(after, width, look).into_owned(), theme.text),
    ];
    let mut lines = vec![Line::from(typed), Line::default()];
    match &form.trouble {
        Some(trouble) => {
            let lead = Span::styled(format!("{} ", look.glyphs.attention), theme.warn);
            lines.extend(text::hanging(&lead, trouble, width, theme.text));
        }
        None => lines.extend(text::wrapped(DAY_FORMS, width, theme.dim)),
    }
    let size = (Width::Small, lines.len());
    let room = super::open(area, buffer, "Go to a day", size, false, look);
    text::scrolled(room, buffer, &lines, 0, look);
    let (_, typed) = layout::split_left(layout::split_top(room, 1).0, DAY.len() as u16);
    typed_line::zones(typed, &form.field, look);
}
