//! Draws the app; changes nothing.

pub mod glyphs;
pub mod layout;
pub mod theme;
pub mod widgets;

use ratatui::Frame;

use crate::app::App;
use crate::domain::time::Now;
use glyphs::Glyphs;
use theme::Theme;

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
    let _ = (app, now, look);
    frame.render_widget("unkink", frame.area());
}
