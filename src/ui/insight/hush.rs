//! What stands in the place of trends while a sign is open that bars or locks (G.6): its safety text.

use ratatui::text::{Line, Span};

use super::super::Look;
use super::super::widgets::text;
use crate::app::App;
use crate::domain::insight::hush::Hush;

const UNTIL: &str = "Until that is settled no trend and no change is shown. The entries are in the log: <back>. Your answers \
                     to the safety questions: [<answers>|'unkink safety'].";
/// Behind what stands in a line.
const WHY: &str = "[ <answers> says why.]";

const UNREADABLE: &str =
    "Your answers to the safety questions cannot be read: 'unkink safety' says why.";

/// In a line, for where a small picture of trends would stand.
pub fn in_short(hush: &Hush<'_>, app: &App, look: &Look) -> String {
    let (safety, why) = (app.library.safety(), look.hint(WHY));
    match hush {
        Hush::Emergency(_) => {
            let call = safety.call(app.profile.emergency_number.as_deref());
            format!("An emergency sign is open. {call} No trend is shown.{why}")
        }
        Hush::Clinician(_) => {
            format!(
                "{}. Until then no trend is shown.{why}",
                safety.clinician.heading
            )
        }
        Hush::Unreadable => format!("{UNREADABLE} Until then no trend is shown."),
    }
}

/// The signs in their words.
pub fn lines(hush: &Hush<'_>, app: &App, width: usize, look: &Look) -> Vec<Line<'static>> {
    let (theme, safety) = (&look.theme, app.library.safety());
    let mut lines = Vec::new();
    match hush {
        Hush::Emergency(signs) => {
            lines.extend(text::wrapped(safety.emergency.heading, width, theme.danger));
            let call = safety.call(app.profile.emergency_number.as_deref());
            lines.extend(text::wrapped(&call, width, theme.heading));
            lines.push(Line::default());
            let lead = Span::styled(format!("{} ", look.glyphs.attention), theme.danger);
            for sign in signs {
                lines.extend(text::hanging(&lead, sign.sign, width, theme.text));
            }
            lines.push(Line::default());
            lines.extend(text::wrapped(
                safety.emergency.get_checked,
                width,
                theme.text,
            ));
        }
        Hush::Clinician(signs) => {
            let heading = format!("{}.", safety.clinician.heading);
            lines.extend(text::wrapped(&heading, width, theme.heading));
            lines.push(Line::default());
            let lead = Span::styled(format!("{} ", look.glyphs.attention), theme.warn);
            for sign in signs {
                let words = format!("{} ({})", sign.sign, sign.speed);
                lines.extend(text::hanging(&lead, &words, width, theme.text));
            }
        }
        Hush::Unreadable => {
            lines.extend(text::wrapped(UNREADABLE, width, theme.text));
        }
    }
    lines.push(Line::default());
    lines.extend(text::wrapped(&look.hint(UNTIL), width, theme.dim));
    lines
}
