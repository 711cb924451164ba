//! Without any colour (`NO_COLOR`): weight and reversal only.

use ratatui::style::{Modifier, Style};

use super::Theme;

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
const DIM: Style = Style::new().add_modifier(Modifier::DIM);

/// The theme.
pub const THEME: Theme = Theme {
    ground: PLAIN,
    text: PLAIN,
    dim: DIM,
    behind: DIM,
    heading: BOLD,
    accent: BOLD,
    focus: BOLD,
    selected: BOLD,
    selected_away: BOLD,
    chosen: Style::new().add_modifier(Modifier::REVERSED),
    good: PLAIN,
    warn: PLAIN,
    danger: BOLD,
    get_ready: PLAIN,
    step: BOLD,
    change: PLAIN,
    rest: PLAIN,
    pain: BOLD,
    stress: PLAIN,
    no_pressure: PLAIN,
};
