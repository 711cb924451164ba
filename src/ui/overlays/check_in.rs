//! A check-in: pain, stress and a note.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Width;
use super::rating::{Asked, field_name, question};
use crate::app::overlay::check_in::{CheckIn, Field};
use crate::ui::widgets::scale::{self, Anchors};
use crate::ui::widgets::text;
use crate::ui::{Look, layout};

/// Rows of the note where there is room.
const NOTE_ROWS: u16 = 4;

/// Draws the form.
pub fn draw(area: Rect, buffer: &mut Buffer, form: &CheckIn, look: &Look) {
    let width = super::content_width(area, Width::Form);
    let scales = [
        (Field::Pain, "Pain now", scale::PAIN, form.pain),
        (Field::Stress, "Stress now", scale::STRESS, form.stress),
    ];
    let rows = |anchors: Anchors| 1 + scale::rows(width, anchors);
    let all: u16 = scales
        .iter()
        .map(|(.., anchors, _)| rows(*anchors) + 1)
        .sum();
    let available = area.height.saturating_sub(2);
    let everything = all + 1 + NOTE_ROWS <= available;
    let wanted = if everything {
        all + 1 + NOTE_ROWS
    } else {
        available.min(1 + NOTE_ROWS + 2)
    };
    let title = "How is it now?";
    let mut room = super::open(
        area,
        buffer,
        title,
        (Width::Form, usize::from(wanted)),
        false,
        look,
    );
    for (field, name, anchors, value) in scales {
        let has_keys = form.field == field;
        // Where not all has room, the field that has the keys; the others in a line below.
        if !everything && !has_keys {
            continue;
        }
        let (top, rest) = layout::split_top(room, rows(anchors));
        let asked = Asked {
            name,
            anchors,
            value,
            earlier: None,
            has_keys,
        };
        question(top, buffer, &asked, look);
        room = layout::split_top(rest, 1).1;
    }
    if everything || form.in_note() {
        note(room, buffer, form, look);
    } else {
        summary(room, buffer, form, look);
    }
}

/// What was answered so far, in one line.
fn summary(area: Rect, buffer: &mut Buffer, form: &CheckIn, look: &Look) {
    let value = |value: Option<crate::domain::scale::Scale>| {
        value.map_or_else(|| "not rated".to_owned(), |value| value.to_string())
    };
    let words = format!(
        "pain {} {} stress {}",
        value(form.pain),
        look.glyphs.dot,
        value(form.stress)
    );
    text::put(area, buffer, &words, look.theme.dim, look);
}

/// The note with its cursor; of a long one the end around the cursor.
fn note(area: Rect, buffer: &mut Buffer, form: &CheckIn, look: &Look) {
    let theme = &look.theme;
    let (name, room) = layout::split_top(area, 1);
    field_name(name, buffer, "Note", form.in_note(), look);
    let room = Rect {
        x: room.x + room.width.min(1),
        width: room.width.saturating_sub(1),
        ..room
    };
    if room.is_empty() {
        return;
    }
    if form.note.text().is_empty() && !form.in_note() {
        let hint = "in your own words, if you like";
        text::put(room, buffer, hint, theme.dim, look);
        return;
    }
    let (before, after) = form.note.around_cursor();
    let width = usize::from(room.width);
    // A stand-in that no wrapping can part from its word marks the cursor's place.
    let mut lines: Vec<Line> = Vec::new();
    let mut cursor_row = 0;
    let marked = if form.in_note() {
        format!("{before}{CURSOR}{after}")
    } else {
        form.note.text().to_owned()
    };
    for (row, line) in text::wrap(&marked, width).into_iter().enumerate() {
        lines.push(match line.split_once(CURSOR) {
            Some((before, after)) => {
                cursor_row = row;
                Line::from(vec![
                    Span::styled(before.to_owned(), theme.text),
                    Span::styled(look.glyphs.cursor, theme.accent),
                    Span::styled(after.to_owned(), theme.text),
                ])
            }
            None => Line::styled(line, theme.text),
        });
    }
    let rows = usize::from(room.height);
    let scroll = (cursor_row + 1).saturating_sub(rows);
    text::scrolled(room, buffer, &lines, scroll, look);
}

/// One column wide and never typed: the Unicode replacement for 'object'.
const CURSOR: char = '\u{fffc}';
