//! What to do now: the wishes, and what fits them with the reasons.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Width;
use crate::app::message::{Msg, Point};
use crate::app::overlay::suggest::{FIELDS, SuggestForm};
use crate::domain::suggest::Suggestion;
use crate::domain::time::clock_text;
use crate::ui::widgets::text;
use crate::ui::{Look, layout};

/// Columns of a wish's name with its mark.
const NAME: usize = 15;

/// Draws the screen; the row that has the keys is always in sight.
pub fn draw(area: Rect, buffer: &mut Buffer, form: &SuggestForm, look: &Look) {
    let width = usize::from(super::content_width(area, Width::Text));
    let mut lines: Vec<Line<'static>> = (0..FIELDS.len()).map(|at| wish(at, form, look)).collect();
    let mut at = (form.row, form.row + 1);
    lines.push(Line::default());
    let mut places: Vec<_> = (0..FIELDS.len()).map(|at| at..at + 1).collect();
    for (place, one) in form.offered.iter().enumerate() {
        let first = lines.len();
        let has_keys = form.row == FIELDS.len() + place;
        lines.extend(suggestion(one, has_keys, width, look));
        if has_keys {
            at = (first, lines.len());
        }
        places.push(first..lines.len());
    }
    if form.offered.is_empty() {
        lines.extend(text::hanging(
            &Span::raw(" "),
            &look.said(&form.why_none),
            width,
            look.theme.warn,
        ));
    }
    // Where not all has room, no row is given away.
    if lines.len() > usize::from(area.height.saturating_sub(2)) {
        lines.remove(FIELDS.len());
        for rows in &mut places[FIELDS.len()..] {
            *rows = rows.start - 1..rows.end - 1;
        }
        if at.0 > FIELDS.len() {
            at = (at.0 - 1, at.1 - 1);
        }
    }
    let size = (Width::Text, lines.len());
    let room = super::open(area, buffer, "What now?", size, false, look);
    let rows = usize::from(room.height);
    let mut top = form
        .top
        .get()
        .min(at.0)
        .min(lines.len().saturating_sub(rows));
    if at.1 > top + rows {
        top = at.1.saturating_sub(rows).min(at.0);
    }
    form.top.set(top);
    let room = Rect {
        width: room.width + 1,
        ..room
    };
    text::scrolled(room, buffer, &lines, top, look);
    for (place, rows) in places.into_iter().enumerate() {
        let point = Point::Field(place);
        let at = text::rows_at(room, top, rows);
        look.zone(at, || Msg::Point(point));
        if place == form.row && place < FIELDS.len() {
            let (_, value) = layout::split_left(at, NAME as u16);
            super::turning(value, look);
        }
    }
}

fn wish(at: usize, form: &SuggestForm, look: &Look) -> Line<'static> {
    let theme = &look.theme;
    let has_keys = form.row == at;
    let (marker, style) = if has_keys {
        (look.glyphs.marker, theme.selected)
    } else {
        (" ", theme.text)
    };
    let name = FIELDS[at];
    let name = format!("{marker}{name}");
    let blank = " ".repeat(NAME.saturating_sub(text::columns(&name)));
    let value = form.value(at);
    let nothing = if at == FIELDS.len() - 1 {
        "not said"
    } else {
        "any"
    };
    let words = value.as_deref().unwrap_or(nothing);
    let (words, value_style) = match (has_keys, &value) {
        (true, _) => (format!("< {words} >"), theme.selected),
        (false, Some(_)) => (format!("  {words}"), theme.accent),
        (false, None) => (format!("  {words}"), theme.dim),
    };
    Line::from(vec![
        Span::styled(name, style),
        Span::raw(blank),
        Span::styled(words, value_style),
    ])
}

/// Name, length and side, and under them the reason.
fn suggestion(one: &Suggestion, has_keys: bool, width: usize, look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let (marker, style) = if has_keys {
        (look.glyphs.marker, theme.selected)
    } else {
        (" ", theme.heading)
    };
    let side = one.side.map(|side| format!(", {} side first", side.word()));
    let length = clock_text(one.real_s.into());
    let title = format!("{}, {length}{}", one.name, side.unwrap_or_default());
    let lead = Span::styled(marker.to_owned(), style);
    let mut lines = text::hanging(&lead, &title, width, style);
    lines.extend(text::hanging(
        &Span::raw("   "),
        &one.reason,
        width,
        theme.text,
    ));
    lines
}
