//! A notification by the terminal itself (OSC 9), for who looks at another window.

use crate::domain::cue::{Cue, Kind};
use crate::sanitize;

/// Longer ones are cut, in characters.
const TEXT_MAX: usize = 100;

/// Whether the event is worth one: what to do is another thing now, the session stands and nobody knows,
/// or the command that was waited for has ended.
pub fn calls(kind: Kind) -> bool {
    matches!(kind, Kind::Next | Kind::Away | Kind::Finish | Kind::Beside)
}

/// What makes the terminal notify; `None`: not for this event.
pub fn bytes(cue: &Cue) -> Option<Vec<u8>> {
    calls(cue.kind).then(|| {
        // Without control characters nothing breaks out of it. The name comes first: some terminals take a number
        // there for another command. Ended by ST, as BEL would ring where OSC is not known.
        let text = sanitize::line(&cue.spoken);
        let text: String = text.chars().take(TEXT_MAX).collect();
        format!("\x1b]9;unkink: {text}\x1b\\").into_bytes()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(kind: Kind, spoken: &str) -> Option<String> {
        let spoken = spoken.into();
        bytes(&Cue { kind, spoken }).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn the_next_technique_an_end_and_a_pause_nobody_asked_for_are_worth_one() {
        let called: Vec<Kind> = Kind::ALL
            .into_iter()
            .filter(|kind| sent(*kind, "x").is_some())
            .collect();
        assert_eq!(called, [Kind::Next, Kind::Away, Kind::Finish, Kind::Beside]);
        assert_eq!(
            sent(Kind::Finish, "Finished.").as_deref(),
            Some("\x1b]9;unkink: Finished.\x1b\\")
        );
    }

    #[test]
    fn no_text_breaks_out_of_it() {
        let nasty = "4;1;50\x1b\\\x1b]0;title\x07\u{9c}\u{9b}2J\n\u{202e}";
        let sent = sent(Kind::Next, nasty).unwrap_or_default();
        let inside = sent
            .strip_prefix("\x1b]9;unkink: ")
            .and_then(|rest| rest.strip_suffix("\x1b\\"));
        assert!(
            !inside.unwrap_or("\x1b").contains(char::is_control),
            "{sent:?}"
        );
        let long = super::bytes(&Cue {
            kind: Kind::Next,
            spoken: "ü".repeat(1000),
        });
        assert!(long.is_some_and(|bytes| bytes.len() < 240));
    }
}
