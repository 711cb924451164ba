//! Colours by meaning: one [`Theme`] of roles, in the sixteen named colours so that any terminal's own palette fits.
//!
//! No meaning stands on colour alone: every role that carries one has a glyph or a word beside it, so the theme without
//! colour loses nothing but warmth. Faded text is the terminal's own text colour made dim, never a fixed grey, which
//! would vanish on some light or dark palettes. Yellow and green, pale on white in the oldest palettes, colour signs only,
//! never sentences.

use ratatui::style::{Color, Modifier, Style};

/// A style for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Plain text.
    pub text: Style,
    /// What may be passed over: captions, hints, rules.
    pub dim: Style,
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
    /// In the terminal's own sixteen colours.
    pub const fn colour() -> Self {
        Self {
            text: Style::new(),
            dim: Style::new().add_modifier(Modifier::DIM),
            heading: Style::new().add_modifier(Modifier::BOLD),
            accent: Style::new().fg(Color::Cyan),
            focus: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
            selected: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
            selected_away: Style::new().add_modifier(Modifier::BOLD),
            chosen: Style::new()
                .fg(Color::Cyan)
                .add_modifier(Modifier::REVERSED.union(Modifier::BOLD)),
            good: Style::new().fg(Color::Green),
            warn: Style::new().fg(Color::Yellow),
            danger: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            get_ready: Style::new().fg(Color::Magenta),
            step: Style::new().fg(Color::Cyan),
            change: Style::new().fg(Color::Magenta),
            rest: Style::new(),
            pain: Style::new().fg(Color::Magenta),
            stress: Style::new().fg(Color::Cyan),
            no_pressure: Style::new().fg(Color::Red),
        }
    }

    /// Without any colour (`NO_COLOR`): weight and reversal only.
    pub const fn plain() -> Self {
        let plain = Style::new();
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let dim = Style::new().add_modifier(Modifier::DIM);
        Self {
            text: plain,
            dim,
            heading: bold,
            accent: bold,
            focus: bold,
            selected: bold,
            selected_away: bold,
            chosen: Style::new().add_modifier(Modifier::REVERSED),
            good: plain,
            warn: plain,
            danger: bold,
            get_ready: plain,
            step: bold,
            change: plain,
            rest: plain,
            pain: bold,
            stress: plain,
            no_pressure: plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(theme: &Theme) -> Vec<Style> {
        vec![
            theme.text,
            theme.dim,
            theme.heading,
            theme.accent,
            theme.focus,
            theme.selected,
            theme.selected_away,
            theme.chosen,
            theme.good,
            theme.warn,
            theme.danger,
            theme.get_ready,
            theme.step,
            theme.change,
            theme.rest,
            theme.pain,
            theme.stress,
            theme.no_pressure,
        ]
    }

    #[test]
    fn the_plain_theme_names_no_colour() {
        for style in styles(&Theme::plain()) {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }

    #[test]
    fn the_colours_are_named_ones_that_light_and_dark_palettes_both_show() {
        for style in styles(&Theme::colour()) {
            assert_eq!(style.bg, None, "a fixed background fits only some palettes");
            let fits = [
                None,
                Some(Color::Cyan),
                Some(Color::Green),
                Some(Color::Yellow),
                Some(Color::Red),
                Some(Color::Magenta),
            ];
            assert!(fits.contains(&style.fg), "{style:?}");
        }
    }
}
