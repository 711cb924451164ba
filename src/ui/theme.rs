//! Colours by meaning: one [`Theme`] of roles. Each theme is a file of its own below; a new one is a file, a name in the
//! settings and a line in [`Theme::of`].
//!
//! No meaning stands on colour alone: every role that carries one has a glyph or a word beside it, so the theme without
//! colour loses nothing but warmth.

mod high_contrast;
mod plain;
mod terminal;

use ratatui::style::Style;

use crate::settings::Theme as Named;

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
    /// The theme of this name.
    pub const fn of(name: Named) -> Self {
        match name {
            Named::Terminal => terminal::THEME,
            Named::HighContrast => high_contrast::THEME,
        }
    }

    /// In the terminal's own sixteen colours.
    pub const fn colour() -> Self {
        terminal::THEME
    }

    /// Without any colour (`NO_COLOR`): weight and reversal only.
    pub const fn plain() -> Self {
        plain::THEME
    }
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use ratatui::style::{Color, Modifier};

    use super::*;

    fn styles(theme: &Theme) -> Vec<Style> {
        vec![
            theme.ground,
            theme.behind,
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

    /// Of the fixed part of the 256-colour palette: a cube of six steps, then greys.
    fn rgb(color: Option<Color>) -> [f64; 3] {
        let Some(Color::Indexed(at)) = color else {
            panic!("{color:?} is another colour in each palette");
        };
        let step = |n: u8| f64::from(if n == 0 { 0 } else { 55 + 40 * n });
        match at {
            0..=15 => panic!("{at} is another colour in each palette"),
            16..=231 => [(at - 16) / 36, (at - 16) / 6 % 6, (at - 16) % 6].map(step),
            232.. => [f64::from(8 + 10 * (at - 232)); 3],
        }
    }

    /// WCAG 2.2: relative luminance.
    fn luminance(color: Option<Color>) -> f64 {
        let [r, g, b] = rgb(color).map(|part| {
            let part = part / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(style: Style) -> f64 {
        let (a, b) = (luminance(style.fg), luminance(style.bg));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn high_contrast_is_at_least_seven_to_one_on_its_own_ground() {
        // The two figures that everybody knows, so that the measure itself is right.
        let pair = |fg, bg| contrast(Style::new().fg(Color::Indexed(fg)).bg(Color::Indexed(bg)));
        assert!((pair(231, 16) - 21.0).abs() < 1e-9);
        assert!((pair(16, 16) - 1.0).abs() < 1e-9);
        for style in styles(&Theme::of(Named::HighContrast)) {
            assert!(contrast(style) >= 7.0, "{style:?}: {}", contrast(style));
            assert!(!style.add_modifier.contains(Modifier::DIM), "{style:?}");
            assert!(
                !style.add_modifier.contains(Modifier::REVERSED),
                "{style:?}"
            );
        }
    }

    /// Machado, Oliveira and Fernandes (2009), severity 1.0, on linear light.
    const BLIND: [[[f64; 3]; 3]; 3] = [
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    #[test]
    fn pain_and_stress_stay_apart_for_every_kind_of_colour_blindness() {
        let theme = Theme::of(Named::HighContrast);
        let linear = |style: Style| rgb(style.fg).map(|part| (part / 255.0).powf(2.2));
        let (pain, stress) = (linear(theme.pain), linear(theme.stress));
        for matrix in BLIND {
            let seen = |color: [f64; 3]| {
                matrix.map(|row| row.iter().zip(color).map(|(m, c)| m * c).sum::<f64>())
            };
            let apart: f64 = seen(pain)
                .iter()
                .zip(seen(stress))
                .map(|(a, b)| (a - b).powi(2))
                .sum();
            assert!(apart.sqrt() > 0.3, "{apart}");
        }
    }
}
