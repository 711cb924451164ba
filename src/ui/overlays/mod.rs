//! What lies over the panes: the top layer as a card in the middle, the rest behind it faded. What an answer does is not
//! known here.

mod card;
mod check_in;
mod checklist;
mod disclaimer;
pub(super) mod emergency;
mod entry;
mod filter;
mod help;
mod jump;
mod peg;
mod question;
mod rating;
mod settle;
mod suggest;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::symbols::border;
use ratatui::widgets::{Block, Borders, Widget};

use super::widgets::text;
use super::{Look, layout};
use crate::app::App;
use crate::app::message::{Action, Msg, Over};
use crate::app::overlay::Overlay;
use crate::app::overlay::card::Kind;
use crate::app::overlay::rating::Field;
use crate::domain::time::Now;

/// Draws the top layer into the part of the screen above message and footer.
pub fn draw(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    let Some(top) = app.overlays.last() else {
        return;
    };
    if let Some(zones) = look.zones {
        zones.cover();
    }
    look.wheel_zone(area, Over::Card);
    fade(area, buffer, look);
    match top {
        Overlay::Card(open) => card::draw(area, buffer, open, app, now, look),
        Overlay::Rating(form) => rating::draw(area, buffer, form, app, look),
        Overlay::CheckIn(form) => check_in::draw(area, buffer, form, app, now, look),
        Overlay::Filter(form) => filter::draw(area, buffer, form, look),
        Overlay::Question(asked) => question::draw(area, buffer, asked, app, now, look),
        Overlay::Checklist(list) => checklist::draw(area, buffer, list, app, look),
        Overlay::Suggest(form) => suggest::draw(area, buffer, form, look),
        Overlay::Jump(form) => jump::draw(area, buffer, form, look),
        Overlay::Settle(form) => settle::draw(area, buffer, form, app, now, look),
        Overlay::Peg(form) => peg::draw(area, buffer, form, app, look),
    }
}

/// The top layer in a few words, for a terminal with room for one line.
pub fn in_a_word(app: &App, look: &Look) -> Option<String> {
    let words = match app.overlays.last()? {
        Overlay::Card(open) => match open.kind {
            Kind::Emergency => "signs that need urgent help: make room to read",
            Kind::Disclaimer => "general self-care, not medical advice; <back>",
            Kind::WhenToStop => "when to stop: make room to read, or <back>",
            Kind::Help | Kind::Topic(_) | Kind::Troubles | Kind::Entry(_) => {
                "a text to read: make room, or <back>"
            }
        },
        Overlay::Rating(form) => match form.field {
            Field::Pain => "pain [<rate-0>-<rate-9>][, <rate-10> is ten][, <enter> skips]",
            Field::Stress => "stress [<rate-0>-<rate-9>][, <rate-10> is ten][, <enter> skips]",
        },
        Overlay::CheckIn(form) => return Some(check_in::in_a_word(form, look)),
        Overlay::Filter(_) => "filters: make room, or <back>",
        Overlay::Suggest(_) => "what now: make room to read, or <back>",
        Overlay::Jump(_) => "a day to go to[, <enter>]",
        Overlay::Peg(_) => "PEG: make room to read, or <back>",
        Overlay::Settle(_) => "two versions of an entry: make room, or <back>",
        Overlay::Checklist(_) => "safety questions: make room to read, or <back>",
        Overlay::Question(asked) => return Some(question::in_a_word(asked, look)),
    };
    Some(look.hint(words))
}

/// The value `< so >` of the row that has the keys is drawn here: a press turns it on, at its first sign back.
fn turning(area: Rect, look: &Look) {
    look.zone(area, || Msg::Do(Action::Right));
    let (back, _) = layout::split_left(area, 2.min(area.width));
    look.zone(back, || Msg::Do(Action::Left));
}

/// Makes the cells of an area blank.
pub fn clear(area: Rect, buffer: &mut Buffer) {
    for position in area.intersection(buffer.area).positions() {
        buffer[position].reset();
    }
}

fn fade(area: Rect, buffer: &mut Buffer, look: &Look) {
    for position in area.intersection(buffer.area).positions() {
        let cell = &mut buffer[position];
        cell.modifier.remove(Modifier::BOLD | Modifier::REVERSED);
        cell.set_style(look.theme.behind);
    }
}

/// Columns of content that a card asks for: longer lines are hard to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    /// Two texts side by side.
    Pair = 148,
    /// A form of many fields.
    Wide = 108,
    /// A text.
    Text = 72,
    /// Scales and fields.
    Form = 58,
    /// A question, a few values.
    Small = 48,
}

/// Columns that the edge of a card takes: border and a blank on either side.
const EDGE: (u16, u16) = (4, 2);

/// Columns that a card has for its content on this screen.
fn content_width(area: Rect, wanted: Width) -> u16 {
    area.width.saturating_sub(EDGE.0).min(wanted as u16)
}

/// Draws an empty card with room for so many rows of content, as far as the screen has them; returns that room.
fn open(
    area: Rect,
    buffer: &mut Buffer,
    title: &str,
    (wanted, rows): (Width, usize),
    is_alarm: bool,
    look: &Look,
) -> Rect {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX);
    let card = layout::card(
        area,
        content_width(area, wanted) + EDGE.0,
        rows.saturating_add(EDGE.1),
    );
    // Slivers of text beside a card would only disturb.
    let around = if card.width + 16 > area.width {
        area
    } else {
        Rect::new(card.x - 1, card.y, card.width + 2, card.height)
    };
    clear(around, buffer);
    let (edge, name) = if is_alarm {
        (look.theme.danger, look.theme.danger)
    } else {
        (look.theme.dim, look.theme.heading)
    };
    let set = if look.glyphs.ascii {
        ASCII_BORDER
    } else {
        border::ROUNDED
    };
    Block::new()
        .borders(Borders::ALL)
        .border_set(set)
        .border_style(edge)
        .render(card, buffer);
    if card.width > EDGE.0 + 2 && card.height > 0 {
        let room = Rect::new(card.x + 2, card.y, card.width - EDGE.0, 1);
        let title = format!(" {title} ");
        text::put(room, buffer, &title, name, look);
    }
    let inner = Rect {
        x: card.x + 2.min(card.width),
        y: card.y + 1.min(card.height),
        width: card.width.saturating_sub(EDGE.0),
        height: card.height.saturating_sub(EDGE.1),
    };
    inner.intersection(card)
}

const ASCII_BORDER: border::Set = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};
