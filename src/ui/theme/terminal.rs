//! The terminal's own sixteen colours, so that any palette fits. Faded text is the terminal's own text colour made dim,
//! never a fixed grey, which would vanish on some light or dark palettes. Yellow and green, pale on white in the oldest
//! palettes, colour signs only, never sentences.

use ratatui::style::{Color, Modifier, Style};

use super::Theme;

/// The theme.
pub const THEME: Theme = Theme {
    ground: Style::new(),
    text: Style::new(),
    dim: Style::new().add_modifier(Modifier::DIM),
    behind: Style::new().add_modifier(Modifier::DIM),
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
};
