//! Colours by meaning: one [`Theme`] of roles. Each theme is a file of its own below; a new one is a file, a line
//! in the list of the settings, and its `mod` and its arm here.
//!
//! No meaning stands on colour alone: every role that carries one has a glyph or a word beside it, so the theme without
//! colour loses nothing but warmth.

mod high_contrast;
mod plain;
mod terminal;

use ratatui::style::Style;

use crate::settings::Palette;

/// A style for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// What every cell has that nothing else was drawn into.
    pub ground: Style,
    /// Plain text.
    pub text: Style,
    /// What may be passed over: captions, hints, rules.
    pub dim: Style,
    /// What lies behind a card.
    pub behind: Style,
    /// Headings inside a pane.
    pub heading: Style,
    /// The one accent: keys, the area to work on, progress.
    pub accent: Style,
    /// The title of the pane that takes the keys.
    pub focus: Style,
    /// The chosen row where the keys go.
    pub selected: Style,
    /// The chosen row of a pane that does not take the keys.
    pub selected_away: Style,
    /// The value that is set, as a filled cell.
    pub chosen: Style,
    /// It went well; for signs, not for sentences.
    pub good: Style,
    /// Worth a look; for signs, not for sentences.
    pub warn: Style,
    /// Emergencies; nothing else is written in it.
    pub danger: Style,
    /// Getting ready.
    pub get_ready: Style,
    /// A step under way.
    pub step: Style,
    /// Changing sides or places.
    pub change: Style,
    /// Paused, or resting.
    pub rest: Style,
    /// Pain on the chart and in the log.
    pub pain: Style,
    /// Stress on the chart and in the log.
    pub stress: Style,
    /// Places of the body that get no pressure.
    pub no_pressure: Style,
}

impl Theme {
    /// The theme in these colours.
    pub const fn of(palette: Palette) -> Self {
        match palette {
            Palette::Terminal => terminal::THEME,
            Palette::HighContrast => high_contrast::THEME,
        }
    }

    /// Without any colour (`NO_COLOR`): weight and reversal only.
    pub const fn plain() -> Self {
        plain::THEME
    }
}
