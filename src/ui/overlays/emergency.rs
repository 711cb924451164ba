//! The signs that need urgent help (C.1).

use ratatui::text::{Line, Span};

use crate::app::App;
use crate::ui::Look;
use crate::ui::widgets::text;

/// What to do, then the signs.
pub fn lines(app: &App, width: usize, look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let safety = app.library.safety();
    let words = &safety.emergency;
    let mut lines = text::wrapped(words.heading, width, theme.danger);
    let call = safety.call(app.profile.emergency_number.as_deref());
    lines.extend(text::wrapped(&call, width, theme.heading));
    lines.push(Line::default());
    let lead = Span::styled(format!("{} ", look.glyphs.attention), theme.danger);
    for sign in &words.signs {
        lines.extend(text::hanging(&lead, sign.sign, width, theme.text));
    }
    lines.push(Line::default());
    lines.extend(text::wrapped(words.get_checked, width, theme.text));
    if words.signs.iter().any(|sign| app.profile.is_open(sign.id)) {
        lines.push(Line::default());
        let until = "You answered one of these with yes, so nothing can be started. [<answers>|'unkink safety'], and \
                     there the letter of the sign: a clinician has looked at it, or it was a slip. 'unkink export' \
                     prints your log to take along; <back>, then <quit>, leaves.";
        lines.extend(text::wrapped(&look.hint(until), width, theme.dim));
    }
    lines
}
