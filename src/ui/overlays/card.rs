//! Texts to read: the frame that scrolls, and which text it holds.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Width, disclaimer, emergency, entry, help};
use crate::app::App;
use crate::app::overlay::card::{Card, Kind};
use crate::domain::time::Now;
use crate::ui::widgets::text;
use crate::ui::{Look, preview};

/// Draws a text card, and tells it how far it can be scrolled.
pub fn draw(area: Rect, buffer: &mut Buffer, card: &Card, app: &App, now: &Now, look: &Look) {
    let has_pair = super::content_width(area, Width::Pair) == Width::Pair as u16;
    let columns = match card.kind {
        Kind::Help if has_pair => Width::Pair,
        _ => Width::Text,
    };
    let width = usize::from(super::content_width(area, columns));
    let (title, lines) = match &card.kind {
        Kind::Disclaimer => ("Before you start", disclaimer::lines(app, width, look)),
        Kind::Help if columns == Width::Pair => {
            let half = Width::Text as usize;
            let lines = help::lines(app, half, look);
            ("Keys", help::in_two(lines, half, width - 2 * half))
        }
        Kind::Help => ("Keys", help::lines(app, width, look)),
        Kind::WhenToStop => ("When to stop", when_to_stop(app, width, look)),
        Kind::Emergency => ("Urgent signs", emergency::lines(app, width, look)),
        Kind::Troubles => ("Some things could not be used", troubles(app, width, look)),
        Kind::Topic(at) => {
            let topic = app.library.topics().get(*at);
            let lines = topic.map(|topic| preview::topic(topic, &app.library, width, look));
            ("What is known", lines.unwrap_or_default())
        }
        Kind::Entry(rec) => {
            let entry = app.log.find(rec);
            let lines =
                entry.map(|entry| entry::lines(entry, &card.unsettled, app, now, width, look));
            ("Entry", lines.unwrap_or_default())
        }
    };
    let is_alarm = card.kind == Kind::Emergency;
    let room = super::open(area, buffer, title, (columns, lines.len()), is_alarm, look);
    // The free column at the edge is for the marks that there is more.
    let room = Rect {
        width: room.width + 1,
        ..room
    };
    let first = card.scroll.first(lines.len(), usize::from(room.height));
    text::scrolled(room, buffer, &lines, first, look);
}

/// The stop rules, and what is common afterwards (C.4).
fn when_to_stop(app: &App, width: usize, look: &Look) -> Vec<Line<'static>> {
    let stop = &app.library.safety().stop;
    let mut lines = text::wrapped(stop.heading, width, look.theme.heading);
    lines.push(Line::default());
    for rule in &stop.rules {
        let lead = Span::styled(format!("{} ", look.glyphs.attention), look.theme.warn);
        lines.extend(text::hanging(&lead, rule, width, look.theme.text));
    }
    lines.push(Line::default());
    lines.extend(text::wrapped(stop.after, width, look.theme.dim));
    lines
}

fn troubles(app: &App, width: usize, look: &Look) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for trouble in &app.troubles {
        let lead = Span::styled(format!("{} ", look.glyphs.attention), look.theme.warn);
        lines.extend(text::hanging(&lead, trouble, width, look.theme.text));
    }
    lines.push(Line::default());
    let rest = "Everything else works as it should.";
    lines.extend(text::wrapped(rest, width, look.theme.dim));
    lines
}
