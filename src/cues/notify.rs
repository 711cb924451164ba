//! A notification by the terminal itself (OSC 9), for who looks at another window.

use std::ffi::OsString;

use crate::domain::cue::{Cue, Kind};
use crate::sanitize;

/// Longer ones are cut, in characters.
const TEXT_MAX: usize = 100;

/// What takes the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The terminal itself.
    Straight,
    /// tmux, which keeps for itself what it does not know unless it is told to pass it through.
    Tmux,
}

impl Way {
    /// As the environment says; `var` looks a variable up.
    pub fn of(var: impl Fn(&str) -> Option<OsString>) -> Self {
        match var("TMUX") {
            Some(socket) if !socket.is_empty() => Self::Tmux,
            _ => Self::Straight,
        }
    }

    /// Of the environment that we run in.
    pub fn ours() -> Self {
        Self::of(|name| std::env::var_os(name))
    }

    /// A sequence as it must be sent. tmux wants it in one of its own, with each escape in it doubled.
    fn sends(self, sequence: &str) -> Vec<u8> {
        match self {
            Self::Straight => sequence.into(),
            Self::Tmux => {
                let doubled = sequence.replace('\x1b', "\x1b\x1b");
                format!("\x1bPtmux;{doubled}\x1b\\").into_bytes()
            }
        }
    }
}

/// Whether the event is worth one: what to do is another thing now, the session stands and nobody knows,
/// or the command that was waited for has ended.
pub fn calls(kind: Kind) -> bool {
    matches!(kind, Kind::Next | Kind::Away | Kind::Finish | Kind::Beside)
}

/// What makes the terminal notify; `None`: not for this event.
pub fn bytes(cue: &Cue, way: Way) -> Option<Vec<u8>> {
    calls(cue.kind).then(|| {
        // Without control characters nothing breaks out of it. The name comes first: some terminals take a number
        // there for another command. Ended by ST, as BEL would ring where OSC is not known.
        let text = sanitize::line(&cue.spoken);
        let text: String = text.chars().take(TEXT_MAX).collect();
        way.sends(&format!("\x1b]9;unkink: {text}\x1b\\"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(kind: Kind, spoken: &str) -> Option<String> {
        let spoken = spoken.into();
        bytes(&Cue { kind, spoken }, Way::Straight)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
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
    fn tmux_is_told_to_pass_it_through() {
        let way = |socket: Option<&str>| Way::of(|_| socket.map(Into::into));
        assert_eq!([None, Some("")].map(way), [Way::Straight; 2]);
        let cue = Cue {
            kind: Kind::Finish,
            spoken: "Finished.".into(),
        };
        let bytes = super::bytes(&cue, way(Some("/tmp/tmux-1/default,1,0")));
        assert_eq!(
            bytes.as_deref(),
            Some(&b"\x1bPtmux;\x1b\x1b]9;unkink: Finished.\x1b\x1b\\\x1b\\"[..])
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
        let long = Cue {
            kind: Kind::Next,
            spoken: "ü".repeat(1000),
        };
        let long = super::bytes(&long, Way::Straight);
        assert!(long.is_some_and(|bytes| bytes.len() < 240));
    }
}
