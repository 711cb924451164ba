//! Pain and stress before or after a session.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Width;
use crate::app::App;
use crate::app::message::{Msg, Point};
use crate::app::overlay::rating::{Field, Rating, When};
use crate::domain::record::Kind;
use crate::domain::scale::Scale;
use crate::ui::widgets::scale::{self, Anchors};
use crate::ui::widgets::text;
use crate::ui::{Look, layout};

/// What to watch for where there is no room for all of it.
const SHORT: &str = "Anything new since last time? Press <emergency> for the urgent signs.";

/// Draws the rating.
pub fn draw(area: Rect, buffer: &mut Buffer, form: &Rating, app: &App, look: &Look) {
    let width = super::content_width(area, Width::Form);
    let title = match form.when {
        When::Before => "How is it before you start?",
        When::After => "How is it now?",
    };
    let hint = hint(form, app, look);
    let words = lines(&hint, width, usize::MAX);
    let all = [Field::Pain, Field::Stress];
    let rows = |fields: &[Field]| -> u16 {
        let each = fields.iter().map(|field| question_rows(*field, width));
        each.sum()
    };
    let room = area.height.saturating_sub(2);
    // Where not everything has room, only the question that is asked; before a session what to watch for is part of it.
    let needed = match form.when {
        When::Before => rows(&all) + words.len() as u16,
        When::After => rows(&all),
    };
    let asked = [form.field];
    let fields: &[Field] = if needed <= room { &all } else { &asked };
    // All of what to watch for comes before room to breathe.
    let beside = match form.when {
        When::Before => words.len() as u16,
        When::After => 0,
    };
    let gap = u16::from(rows(fields) + fields.len() as u16 + beside <= room);
    // One below each question, but none above the edge.
    let gaps = gap * (fields.len() - usize::from(words.is_empty())) as u16;
    let free = room.saturating_sub(rows(fields) + gaps);
    let words = lines(
        &shorter(hint, form, app, (width, free), look),
        width,
        usize::from(free),
    );
    let wanted = usize::from(rows(fields) + gaps) + words.len();
    let mut room = super::open(area, buffer, title, (Width::Form, wanted), false, look);
    for field in fields {
        let (top, rest) = layout::split_top(room, question_rows(*field, width));
        let (value, earlier) = values(form, *field);
        let (name, anchors) = about(*field);
        let asked = Asked {
            place: usize::from(*field == Field::Stress),
            name,
            anchors,
            value,
            earlier,
            has_keys: form.field == *field,
        };
        question(top, buffer, &asked, look);
        room = layout::split_top(rest, gap).1;
    }
    for (y, line) in (room.y..room.bottom()).zip(words) {
        let row = Rect::new(room.x, y, room.width, 1);
        text::put(row, buffer, &line, look.theme.dim, look);
    }
}

/// The words below the scales in at most so many lines; none where there is nothing to say.
fn lines(words: &str, width: u16, most: usize) -> Vec<String> {
    if words.is_empty() {
        return Vec::new();
    }
    text::fitted(words, usize::from(width), most)
}

/// What stands below the scales: before a session what to watch for, and before a first one what this is, too (C.6).
fn hint(form: &Rating, app: &App, look: &Look) -> String {
    let safety = app.library.safety();
    let before_session = look.said(&app.watch_for());
    let mut entries = app.log.entries().iter();
    match form.when {
        When::After if form.earlier.pain.is_none() && form.earlier.stress.is_none() => {
            String::new()
        }
        When::After => "In brackets: what you said before.".into(),
        When::Before if entries.any(|entry| entry.kind == Kind::Session) => before_session,
        When::Before => format!("{before_session}\n\n{}", safety.disclaimer.before_first),
    }
}

/// Before a session, words that fit: what to watch for must not break off before it says what to do.
fn shorter(
    hint: String,
    form: &Rating,
    app: &App,
    (width, rows): (u16, u16),
    look: &Look,
) -> String {
    let fits = |words: &String| lines(words, width, usize::MAX).len() <= usize::from(rows);
    if form.when == When::After || fits(&hint) {
        return hint;
    }
    let watch_for = look.said(&app.watch_for());
    if fits(&watch_for) {
        return watch_for;
    }
    look.hint(SHORT)
}

fn values(form: &Rating, field: Field) -> (Option<Scale>, Option<Scale>) {
    match field {
        Field::Pain => (form.ratings.pain, form.earlier.pain),
        Field::Stress => (form.ratings.stress, form.earlier.stress),
    }
}

fn about(field: Field) -> (&'static str, Anchors<'static>) {
    match field {
        Field::Pain => ("Pain now", scale::PAIN),
        Field::Stress => ("Stress now", scale::STRESS),
    }
}

fn question_rows(field: Field, width: u16) -> u16 {
    1 + scale::rows(width, about(field).1)
}

/// A question on the 0 to 10 scale.
pub(super) struct Asked {
    /// Its place on the card.
    pub place: usize,
    /// What is rated.
    pub name: &'static str,
    /// The words at its ends.
    pub anchors: Anchors<'static>,
    /// The answer so far.
    pub value: Option<Scale>,
    /// The answer of an earlier time, for comparison.
    pub earlier: Option<Scale>,
    /// Whether a digit answers this one.
    pub has_keys: bool,
}

/// Draws a question: its name, marked where the keys go, and the scale.
pub(super) fn question(area: Rect, buffer: &mut Buffer, asked: &Asked, look: &Look) {
    let (name, scale) = layout::split_top(area, 1);
    // A digit moves on at once: what was taken is said in so many words, and that ten is no one and nought.
    let words = match asked.value {
        Some(value) => format!("{}: {value}", asked.name),
        None => asked.name.to_owned(),
    };
    field_name(name, buffer, &words, asked.has_keys, look);
    look.zone(name, || Msg::Point(Point::Field(asked.place)));
    if asked.has_keys {
        let hint = look.hint("[<rate-0> to <rate-9>][, <rate-10> is ten]");
        text::put_right(name, buffer, &hint, look.theme.dim, look);
    }
    let (value, earlier) = (asked.value, asked.earlier);
    scale::draw(scale, buffer, asked.anchors, value, earlier, look);
    scale::zones(scale, asked.place, look);
}

/// The name of a field, marked where the keys go.
pub(super) fn field_name(area: Rect, buffer: &mut Buffer, name: &str, has_keys: bool, look: &Look) {
    let (marker, style): (_, Style) = if has_keys {
        (look.glyphs.marker, look.theme.selected)
    } else {
        (" ", look.theme.text)
    };
    text::put(area, buffer, &format!("{marker}{name}"), style, look);
}
