//! A question with a few answers, one letter each; Enter takes the first.

use super::check_in::CheckIn;
use super::{Answer, Reply};
use crate::app::message::Action;
use crate::domain::id::Id;
use crate::domain::session::Checkpoint;

/// What is asked.
#[derive(Debug, Clone)]
pub enum Question {
    /// End the session under way? `quit`: and leave the program.
    Stop {
        /// Leave the program afterwards.
        quit: bool,
        /// Whether the clock was running when it was asked, so that 'go on' sets it running again.
        was_running: bool,
    },
    /// A session was cut off on this machine.
    CutOff(Id, Box<Checkpoint>),
    /// Something could not be saved and the person wants to leave.
    Unsaved,
    /// Delete this entry?
    Delete(Id),
    /// A form is left in which something was typed.
    LeaveForm(Box<CheckIn>),
}

/// The answers there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Keep what was done.
    Keep,
    /// As if it had not been.
    Discard,
    /// Go on with it.
    GoOn,
    /// Take the session up where it was cut off.
    Resume,
    /// Try to save again.
    Retry,
    /// Leave without saving.
    Leave,
    /// Delete it.
    Delete,
}

/// A letter, what it chooses, and the words for it, in which keys are named as in [`Saying`](crate::app::saying::Saying).
pub type Offer = (char, Choice, &'static str);

impl Question {
    /// Letter, choice and words; Enter takes the first, Esc the one that changes nothing.
    pub fn options(&self) -> &'static [Offer] {
        match self {
            Self::Stop { .. } => &[
                ('k', Choice::Keep, "keep the part that was done"),
                ('d', Choice::Discard, "discard it"),
                ('g', Choice::GoOn, "go on"),
            ],
            Self::CutOff(..) => &[
                ('r', Choice::Resume, "take it up where it stopped"),
                ('k', Choice::Keep, "keep what was done"),
                ('d', Choice::Discard, "discard it"),
            ],
            Self::Unsaved => &[
                ('r', Choice::Retry, "try again to save"),
                ('l', Choice::Leave, "leave without saving"),
                ('g', Choice::GoOn, "stay here"),
            ],
            Self::Delete(_) => &[
                (
                    'y',
                    Choice::Delete,
                    "yes, delete it[; <undo> takes that back]",
                ),
                ('n', Choice::GoOn, "no, keep it; so does <back>"),
            ],
            Self::LeaveForm(_) => &[
                ('g', Choice::GoOn, "go on with it"),
                ('k', Choice::Keep, "keep: save it"),
                ('d', Choice::Discard, "discard what was typed"),
            ],
        }
    }

    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        match (action, &self) {
            (Action::Enter, _) => self.choose(self.options()[0].1),
            (
                Action::Back,
                Self::Stop { .. } | Self::Unsaved | Self::Delete(_) | Self::LeaveForm(_),
            ) => self.choose(Choice::GoOn),
            // Not decided: its progress file stays, and the next start asks again.
            (Action::Back, Self::CutOff(..)) => Reply::Close,
            _ => Reply::Stay,
        }
    }

    /// The answer at this place was pressed.
    pub fn press(&self, place: usize) -> Reply {
        let found = self.options().get(place);
        found.map_or(Reply::Stay, |(_, choice, _)| self.choose(*choice))
    }

    /// Takes a letter.
    pub fn letter(&mut self, letter: char) -> Reply {
        let letter = match (&self, letter.to_ascii_lowercase()) {
            // The first letters of what is done, as in the other questions.
            (Self::Delete(_), 'd') => 'y',
            (Self::Delete(_), 'k') => 'n',
            (_, letter) => letter,
        };
        let found = self.options().iter().find(|(known, ..)| *known == letter);
        found.map_or(Reply::Stay, |(_, choice, _)| self.choose(*choice))
    }

    fn choose(&self, choice: Choice) -> Reply {
        Reply::Done(Answer::Chosen(self.clone(), choice))
    }
}
