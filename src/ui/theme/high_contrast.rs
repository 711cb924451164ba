//! High contrast: every style at least 7:1 against its own ground, which it sets itself, and nothing faded.
//!
//! Colours are those of the fixed part of the 256-colour palette, which terminals do not let themes change. Only blue and
//! orange carry a meaning: the pair that red-green and blue-yellow colour blindness leave apart, and orange is the
//! brighter of the two on the screen's black for who sees no colour at all. As in every theme a glyph or a word stands beside each.

use ratatui::style::{Color, Modifier, Style};

use super::Theme;

const BLACK: Color = Color::Indexed(16);
const WHITE: Color = Color::Indexed(231);
const GREY: Color = Color::Indexed(252);
const BLUE: Color = Color::Indexed(117);
const ORANGE: Color = Color::Indexed(214);

const fn on_black(color: Color) -> Style {
    Style::new().fg(color).bg(BLACK)
}

const fn bold(style: Style) -> Style {
    style.add_modifier(Modifier::BOLD)
}

/// The theme.
pub const THEME: Theme = Theme {
    ground: on_black(WHITE),
    text: on_black(WHITE),
    dim: on_black(GREY),
    behind: on_black(Color::Indexed(249)),
    heading: bold(on_black(WHITE)),
    accent: on_black(BLUE),
    focus: bold(on_black(BLUE)),
    selected: bold(Style::new().fg(BLACK).bg(BLUE)),
    selected_away: bold(on_black(WHITE)),
    chosen: bold(Style::new().fg(BLACK).bg(ORANGE)),
    good: on_black(BLUE),
    warn: on_black(ORANGE),
    danger: bold(on_black(ORANGE)),
    get_ready: on_black(ORANGE),
    step: on_black(BLUE),
    change: on_black(ORANGE),
    rest: on_black(WHITE),
    pain: on_black(ORANGE),
    stress: on_black(BLUE),
    no_pressure: on_black(ORANGE),
};
