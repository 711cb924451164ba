//! The insight tabs of the log pane: what the log comes to, in pictures and in words. Every number of theirs is in
//! `unkink stats` as well.

mod day;
mod helps;
pub(super) mod hush;
mod peg;
mod places;
mod trends;
mod year;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::widgets::{tabs, text};
use super::{Look, layout};
use crate::app::App;
use crate::app::insight::Tab;
use crate::app::message::{Msg, Point};
use crate::domain::insight::words::Words;

/// Longer lines are hard to read.
const TEXT_WIDTH: usize = 76;
/// A row of values is looked up rather than read.
const ROW_WIDTH: usize = 96;

/// The tabs; those that have no room are to be reached by going on, and a sign says on which side they are.
pub fn tabs(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) {
    let titles = Tab::ALL.map(Tab::title);
    let active = app.insight.tab.place();
    let fits = |titles: &[&str]| {
        let used: usize = titles.iter().map(|title| text::columns(title) + 3).sum();
        used <= usize::from(area.width) + 1
    };
    if fits(&titles) {
        let places = tabs::tabs(area, buffer, &titles, active, look);
        return zones(&places, 0, look);
    }
    // As many as have room, the open one among them and as far to the right as need be.
    let room = layout::inset(area, 2);
    let mut first = 0;
    let fit = |titles: &[&str]| {
        let used: usize = titles.iter().map(|title| text::columns(title) + 3).sum();
        used <= usize::from(room.width) + 1
    };
    while first < active && !fit(&titles[first..=active]) {
        first += 1;
    }
    let mut last = active;
    while last + 1 < titles.len() && fit(&titles[first..=last + 1]) {
        last += 1;
    }
    tabs::tabs(area, buffer, &[], 0, look);
    let places = tabs::tabs(room, buffer, &titles[first..=last], active - first, look);
    zones(&places, first, look);
    let sign = |x: u16, sign: &str, buffer: &mut Buffer| {
        buffer.set_string(x, area.y, sign, look.theme.accent);
    };
    let ends = layout::inset(area, 1);
    let end = |x: u16| Rect::new(x, area.y, 1, area.height);
    if first > 0 {
        sign(ends.x, look.glyphs.more_left, buffer);
        zones(&[end(ends.x)], first - 1, look);
    }
    if last + 1 < titles.len() {
        sign(ends.right() - 1, look.glyphs.more_right, buffer);
        zones(&[end(ends.right() - 1)], last + 1, look);
    }
}

/// A press on a tab opens it; `first`: the place of the first of them.
fn zones(places: &[Rect], first: usize, look: &Look) {
    for (at, place) in places.iter().enumerate() {
        look.zone(*place, || Msg::Point(Point::Tab(first + at)));
    }
}

/// Draws the open tab.
pub fn draw(area: Rect, buffer: &mut Buffer, tab: Tab, app: &App, look: &Look) {
    let (_, room) = layout::split_top(area, u16::from(area.height >= 14));
    let room = layout::inset(room, 1);
    if let Some(hush) = app.hush() {
        return scrolled(
            room,
            buffer,
            &hush::lines(&hush, app, text_width(room), look),
            app,
            look,
        );
    }
    if !app.log.is_whole() {
        return say(room, buffer, "Reading the log.", app, look);
    }
    let counted = &app.insight.counted;
    match tab {
        Tab::Log => {}
        Tab::Trends => {
            if let Some(trends) = &counted.trends {
                trends::draw(room, buffer, trends, app, look);
            }
        }
        Tab::Year => {
            if let Some(days) = &counted.days {
                year::draw(room, buffer, days, app, look);
            }
        }
        Tab::Day => {
            if let Some(hours) = &counted.hours {
                day::draw(room, buffer, hours, app, look);
            }
        }
        Tab::Places => {
            if let Some(places) = &counted.places {
                places::draw(room, buffer, places, app, look);
            }
        }
        Tab::Helps => {
            if let Some(helps) = &counted.helps {
                helps::draw(room, buffer, helps, app, look);
            }
        }
        Tab::Peg => {
            if let Some(answers) = &counted.answers {
                peg::draw(room, buffer, answers, app, look);
            }
        }
    }
}

/// How ratings are told here.
fn words(app: &App) -> Words {
    Words {
        numbers: !app.log_pane.numbers_hidden,
    }
}

/// Columns for running text.
fn text_width(area: Rect) -> usize {
    usize::from(area.width).min(TEXT_WIDTH)
}

/// Columns for a row of values.
fn row_width(area: Rect) -> usize {
    usize::from(area.width).min(ROW_WIDTH)
}

/// A text in the signs that this terminal shows.
fn plain(text: &str, look: &Look) -> String {
    if look.glyphs.ascii {
        text.replace('–', "-")
    } else {
        text.to_owned()
    }
}

/// A heading, in its short form where the long one has no room, with what it is about; the rest of the area below it,
/// and the columns used.
fn heading(
    area: Rect,
    buffer: &mut Buffer,
    (title, short): (&str, &str),
    about: &str,
    look: &Look,
) -> (Rect, u16) {
    let (line, rest) = layout::split_top(area, 1);
    let about = plain(about, look);
    let fits = text::columns(title) + 2 + text::columns(&about) <= usize::from(area.width);
    let title = if fits { title } else { short };
    let used = text::put(line, buffer, title, look.theme.heading, look);
    let (_, room) = layout::split_left(line, used + 2);
    let more = text::put(room, buffer, &about, look.theme.dim, look);
    (rest, used + 2 + more)
}

/// Lines that can be scrolled; a sign in the free column at the edge says that there is more.
fn scrolled(area: Rect, buffer: &mut Buffer, lines: &[Line<'static>], app: &App, look: &Look) {
    let room = Rect {
        width: area.width + 1,
        ..area
    };
    let first = app
        .insight
        .scroll
        .first(lines.len(), usize::from(room.height));
    text::scrolled(room, buffer, lines, first, look);
}

/// Nothing to show, and what to do about it.
fn say(area: Rect, buffer: &mut Buffer, words: &str, app: &App, look: &Look) {
    let lines = text::wrapped(words, text_width(area), look.theme.dim);
    scrolled(area, buffer, &lines, app, look);
}

/// Text wrapped in this style.
fn paragraph(words: &str, width: usize, style: Style, look: &Look) -> Vec<Line<'static>> {
    text::wrapped(&plain(words, look), width, style)
}

/// Text that hangs under a lead.
fn hanging(
    lead: impl Into<String>,
    words: &str,
    width: usize,
    style: Style,
    look: &Look,
) -> Vec<Line<'static>> {
    let lead = Span::styled(plain(&lead.into(), look), look.theme.dim);
    text::hanging(&lead, &plain(words, look), width, style)
}
