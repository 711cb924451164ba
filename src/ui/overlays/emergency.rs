//! The signs that need urgent help (C.1).

use ratatui::text::{Line, Span};

use crate::app::App;
use crate::ui::Look;
use crate::ui::widgets::text;

/// What to do, then the signs.
pub fn lines(app: &App, width: usize, look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let words = &app.library.safety().emergency;
    let mut lines = text::wrapped(&words.heading, width, theme.danger);
    let call = format!("Call {}. {}", words.number, words.travel);
    lines.extend(text::wrapped(&call, width, theme.heading));
    lines.push(Line::default());
    let lead = Span::styled(format!("{} ", look.glyphs.attention), theme.danger);
    for sign in &words.signs {
        lines.extend(text::hanging(&lead, &sign.sign, width, theme.text));
    }
    lines.push(Line::default());
    lines.extend(text::wrapped(&words.get_checked, width, theme.text));
    lines
}
