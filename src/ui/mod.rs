//! Draws the app; changes nothing but the scroll positions that the app keeps for it. It reads no clock, saves nothing,
//! and decides nothing: what may start, what is due and what a number means come from the domain.

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
pub mod zones;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::app::message::{Action, Context, Msg, Over, Point};
use crate::app::saying::Saying;
use crate::app::{App, Pane};
use crate::domain::time::Now;
use crate::keys::{self, Keymap};
use crate::settings::{Palette, Settings, Signs};
use glyphs::Glyphs;
use layout::Screen;
use theme::Theme;
use widgets::tabs;
use zones::{Pointer, Zones};

/// How everything looks: colours, glyphs, and the keys that are named.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// Colours by meaning.
    pub theme: Theme,
    /// The signs to draw with.
    pub glyphs: Glyphs,
    /// The keys in force.
    pub keys: &'a Keymap,
    /// Where keys go, for sentences that name one.
    context: Context,
    /// Where what lies where is recorded for a mouse.
    zones: Option<&'a Zones>,
}

impl<'a> Look<'a> {
    /// `ascii`: nothing beyond ASCII. `colour`: in the terminal's sixteen colours, else without any.
    pub const fn new(ascii: bool, colour: bool) -> Self {
        Self {
            theme: if colour {
                Theme::of(Palette::Terminal)
            } else {
                Theme::plain()
            },
            glyphs: if ascii {
                Glyphs::ASCII
            } else {
                Glyphs::UNICODE
            },
            keys: &keys::DEFAULT,
            context: Context::Library,
            zones: None,
        }
    }

    /// With these keys.
    #[must_use]
    pub fn with_keys(self, keys: &'a Keymap) -> Self {
        Self { keys, ..self }
    }

    /// A sentence with the keys of the actions that it names; see [`Keymap::hint`].
    fn hint(&self, text: &'static str) -> String {
        self.hint_in(text, self.context)
    }

    /// The same where keys go elsewhere.
    fn hint_in(&self, text: &'static str, context: Context) -> String {
        let show = |key| chrome::key_name(key, self);
        self.keys.hint(text, context, show)
    }

    /// What is said, with the keys in force.
    fn said(&self, saying: &Saying) -> String {
        format!("{}{}{}", saying.words, self.hint(saying.hint), saying.why)
    }

    /// A press in this area means this.
    fn zone(&self, area: Rect, msg: impl FnOnce() -> Msg) {
        if let Some(zones) = self.zones {
            zones.add(area, msg());
        }
    }

    /// A press in each of these areas means what stands beside it. They are worked out for a mouse alone.
    fn zones<P: IntoIterator<Item = (Rect, Point)>>(&self, places: impl FnOnce() -> P) {
        if let Some(zones) = self.zones {
            for (area, point) in places() {
                zones.add(area, Msg::Point(point));
            }
        }
    }

    /// The wheel moves this here.
    fn wheel_zone(&self, area: Rect, over: Over) {
        self.zone(area, || Msg::Point(Point::Wheel { over, down: false }));
    }

    /// The area belongs to this pane: a press gives it the keys, the wheel moves in it.
    fn pane_zone(&self, area: Rect, pane: Pane) {
        self.zone(area, || Msg::Point(Point::Pane(pane)));
        self.wheel_zone(area, Over::Pane(pane));
    }

    /// Colour as the flag `--color` says, else `NO_COLOR` (any value that is not empty); theme and signs as the settings
    /// say, which know of the environment already. Only where nobody chose signs does the locale. `var` looks a variable up.
    pub fn chosen(
        colour: Option<bool>,
        settings: &Settings,
        var: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let says = |name| var(name).filter(|value| !value.is_empty());
        let ascii = match settings.glyphs {
            Signs::Auto => glyphs::wants_ascii(&var),
            Signs::Ascii => true,
            Signs::Unicode => false,
        };
        let colour = colour.unwrap_or(says("NO_COLOR").is_none());
        let mut look = Self::new(ascii, colour);
        if colour {
            look.theme = Theme::of(settings.theme);
        }
        look
    }
}

impl Default for Look<'_> {
    fn default() -> Self {
        Self::new(false, true)
    }
}

/// What the pointer means at this column and row of the screen as it looks now; `None`: nothing.
pub fn hit(app: &App, now: &Now, look: &Look, at: (u16, u16), pointer: Pointer) -> Option<Msg> {
    zones(app, now, look).at(at, pointer)
}

/// What lies where on the screen as it looks now.
pub fn zones(app: &App, now: &Now, look: &Look) -> Zones {
    let zones = Zones::default();
    let look = Look {
        zones: Some(&zones),
        ..*look
    };
    let area = Rect::new(0, 0, app.size.0, app.size.1);
    // Only what lies where is wanted of this picture; the scroll positions stay as they are at this size.
    draw_in(area, &mut Buffer::empty(area), app, now, &look);
    zones
}

/// Draws the whole screen into (a part of) a buffer.
pub fn draw_in(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    draw_layers(area, buffer, app, now, look);
    ground(area, buffer, look);
}

/// Gives what no style was drawn into that of the theme.
fn ground(area: Rect, buffer: &mut Buffer, look: &Look) {
    let (Some(fg), Some(bg)) = (look.theme.ground.fg, look.theme.ground.bg) else {
        return;
    };
    for position in area.intersection(buffer.area).positions() {
        let cell = &mut buffer[position];
        if cell.bg == Color::Reset {
            cell.bg = bg;
        }
        if cell.fg == Color::Reset {
            cell.fg = fg;
        }
    }
}

fn draw_layers(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    let context = app.context();
    let look = &Look { context, ..*look };
    if app.shows_floor() && !layout::is_tiny(area) {
        return floor(area, buffer, app, now, look);
    }
    let strip = app.run().is_some() && app.focus != Pane::Session;
    let rows = chrome::message_rows(app, area.width, look);
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
            if !strip.is_empty() {
                look.zone(strip, || Msg::Point(Point::Pane(Pane::Session)));
            }
            look.pane_zone(pane, app.focus);
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
    let rows = chrome::message_rows(app, area.width, look);
    let (body, below) = layout::split_top(area, area.height - rows - 1);
    let (message, footer) = layout::split_top(below, rows);
    running::floor::draw(body, buffer, app, now, look);
    if app.context() != Context::FloorPaused {
        look.zone(body, || Msg::Do(Action::AnyKey));
    }
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
        look.pane_zone(area, pane);
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
