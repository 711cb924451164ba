//! Draws the app; changes nothing but the scroll positions that the app keeps for it.

mod chrome;
pub mod entry_words;
pub mod glyphs;
mod insight;
mod layout;
mod library_pane;
mod log_pane;
mod overlays;
mod preview;
mod running;
mod session_pane;
pub mod theme;
pub mod widgets;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::app::{App, Pane};
use crate::domain::time::Now;
use glyphs::Glyphs;
use layout::Screen;
use theme::Theme;
use widgets::tabs;

/// How everything looks: colours and glyphs.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Colours by meaning.
    pub theme: Theme,
    /// The signs to draw with.
    pub glyphs: Glyphs,
}

impl Look {
    /// `ascii`: nothing beyond ASCII. `colour`: in the terminal's sixteen colours, else without any.
    pub const fn new(ascii: bool, colour: bool) -> Self {
        Self {
            theme: if colour {
                Theme::colour()
            } else {
                Theme::plain()
            },
            glyphs: if ascii {
                Glyphs::ASCII
            } else {
                Glyphs::UNICODE
            },
        }
    }

    /// As the environment asks: `UNKINK_ASCII`, the locale, and `NO_COLOR` (any value that is not empty).
    /// `var` looks a variable up.
    pub fn from_env(var: impl Fn(&str) -> Option<String>) -> Self {
        let no_colour = var("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self::new(glyphs::wants_ascii(var), !no_colour)
    }
}

impl Default for Look {
    fn default() -> Self {
        Self::new(false, true)
    }
}

/// Draws the whole screen.
pub fn draw(frame: &mut Frame, app: &App, now: &Now, look: &Look) {
    let area = frame.area();
    draw_in(area, frame.buffer_mut(), app, now, look);
}

/// Draws the whole screen into a part of a buffer.
pub fn draw_in(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    if app.shows_floor() && !layout::is_tiny(area) {
        return floor(area, buffer, app, now, look);
    }
    let strip = app.run().is_some() && app.focus != Pane::Session;
    let rows = chrome::message_rows(app, area.width);
    let (message, footer) = match layout::screen(area, app.zoomed, strip, rows) {
        Screen::Tiny(line) => return chrome::tiny(line, buffer, app, now, look),
        Screen::Wide {
            panes,
            message,
            footer,
        } => {
            wide(panes, buffer, app, now, look);
            (message, footer)
        }
        Screen::Narrow {
            tabs,
            strip,
            pane,
            message,
            footer,
        } => {
            if app.shows_log_tabs() {
                insight::tabs(tabs, buffer, app, look);
            } else {
                chrome::tabs(tabs, buffer, app, look);
            }
            chrome::strip(strip, buffer, app, now, look);
            draw_pane(app.focus, pane, buffer, app, now, look);
            (message, footer)
        }
    };
    if !app.overlays.is_empty() {
        let over = Rect {
            height: message.y - area.y,
            ..area
        };
        overlays::draw(over, buffer, app, now, look);
    }
    chrome::message(message, buffer, app, look);
    chrome::footer(footer, buffer, app, look);
}

/// The floor view, and what lies over it.
fn floor(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    let rows = chrome::message_rows(app, area.width);
    let (body, below) = layout::split_top(area, area.height - rows - 1);
    let (message, footer) = layout::split_top(below, rows);
    running::floor::draw(body, buffer, app, now, look);
    if !app.overlays.is_empty() {
        overlays::draw(body, buffer, app, now, look);
    }
    chrome::message(message, buffer, app, look);
    chrome::footer(footer, buffer, app, look);
    if app.is_flashing() {
        for position in area.positions() {
            buffer[position].modifier.toggle(Modifier::REVERSED);
        }
    }
}

fn wide(panes: [Rect; 3], buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    for (pane, area) in Pane::ALL.into_iter().zip(panes) {
        let (heading, body) = layout::split_top(area, 2);
        let note = chrome::note(pane, app);
        let focused = app.focus == pane;
        tabs::heading(heading, buffer, pane.title(), &note, focused, look);
        draw_pane(pane, body, buffer, app, now, look);
    }
}

fn draw_pane(pane: Pane, area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    match pane {
        Pane::Library => library_pane::draw(area, buffer, app, look),
        Pane::Session => session_pane::draw(area, buffer, app, now, look),
        Pane::Log => match app.insight_tab() {
            Some(tab) => insight::draw(area, buffer, tab, app, look),
            None => log_pane::draw(area, buffer, app, now, look),
        },
    }
}
