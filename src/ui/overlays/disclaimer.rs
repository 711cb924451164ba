//! What unkink is and is not (C.6): shown at the first start, and again at the end of the help.

use ratatui::text::{Line, Span};

use crate::app::App;
use crate::ui::Look;
use crate::ui::widgets::text;

/// The short text, then every point.
pub fn lines(app: &App, width: usize, look: &Look) -> Vec<Line<'static>> {
    let words = &app.library.safety().disclaimer;
    let mut lines = text::wrapped(words.short, width, look.theme.heading);
    lines.push(Line::default());
    let lead = Span::styled(format!("{} ", look.glyphs.bullet), look.theme.accent);
    for point in &words.points {
        lines.extend(text::hanging(&lead, point, width, look.theme.text));
    }
    lines
}
