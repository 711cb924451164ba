//! The session pane: a preview, a session under way, or the summary of the one just done.

use std::time::Duration;

use crate::domain::dose;
use crate::domain::id::Id;
use crate::domain::kindness;
use crate::domain::scale::{Scale, change_text};
use crate::domain::session::{STOPPED, Session, View};
use crate::domain::storage::Ticket;
use crate::domain::time::clock_text;

use super::overlay::rating::Ratings;

/// What the pane shows.
#[derive(Debug, Default)]
pub enum Stage {
    /// The technique, routine or card selected in the library.
    #[default]
    Preview,
    /// A session under way, or ended and waiting for its after-rating.
    Session(Box<Run>),
    /// What came of the last session.
    Done(Summary),
}

/// A session under way.
#[derive(Debug)]
pub struct Run {
    /// The engine.
    pub session: Session,
    /// The ticket under which the store knows it.
    pub ticket: Ticket,
    /// Ratings before it began.
    pub before: Ratings,
    /// Its record, once its start is saved.
    pub rec: Option<Id>,
    /// Set once it has ended and waits for the after-rating.
    pub ending: Option<Ending>,
    /// The monotonic time at which it was last noted where it stands.
    pub noted_at: Duration,
    /// When it was noticed that the person had been away: a key of that very moment came before they could see it.
    pub away_at: Option<Duration>,
    /// What the last drawing showed: the clock moves on without a drawing while this stays the same.
    pub shown: Option<Shown>,
}

/// What a drawing shows of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The clock and where it stands.
    pub view: View,
    /// How full the breathing pacer is; `None` where none moves.
    pub level: Option<u8>,
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// To its end.
    Finished,
    /// Before its end, by the person.
    Stopped,
}

impl Ending {
    /// The reason kept with the entry; `None` for a finished session.
    pub fn because(self) -> Option<&'static str> {
        match self {
            Self::Finished => None,
            Self::Stopped => Some(STOPPED),
        }
    }
}

/// What came of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its name.
    pub name: String,
    /// How it ended.
    pub ending: Ending,
    /// Seconds in running steps.
    pub active_s: u64,
    /// Ratings before.
    pub before: Ratings,
    /// Ratings after.
    pub after: Ratings,
}

impl Summary {
    /// The lines to show: what was done, and the change in words.
    pub fn lines(&self) -> Vec<String> {
        let changed = |what: &str, before: Scale, after: Scale| {
            let change = change_text(what, before, after);
            format!("{change} ({before} before, {after} after)")
        };
        self.told(&changed, &|what, value| format!("{what} {value}"))
    }

    /// The same without a rating as a number.
    pub fn lines_without_numbers(&self) -> Vec<String> {
        self.told(&kindness::about_change, &|what, value| {
            kindness::about(what, value.get().into())
        })
    }

    fn told(
        &self,
        changed: &dyn Fn(&str, Scale, Scale) -> String,
        rating: &dyn Fn(&str, Scale) -> String,
    ) -> Vec<String> {
        let how = match self.ending {
            Ending::Finished => "done to the end",
            Ending::Stopped => "stopped early, the part done is kept",
        };
        let mut lines = vec![format!("{} {}", clock_text(self.active_s), how)];
        for (what, before, after) in [
            ("pain", self.before.pain, self.after.pain),
            ("stress", self.before.stress, self.after.stress),
        ] {
            match (before, after) {
                (Some(before), Some(after)) => {
                    lines.push(changed(what, before, after));
                }
                (Some(before), None) => {
                    lines.push(rating(what, before) + " before, not rated after");
                }
                (None, Some(after)) => {
                    lines.push(rating(what, after) + " after, not rated before");
                }
                (None, None) => {}
            }
        }
        if dose::rose(self.before.pain, self.after.pain) {
            lines.push(
                "Stop here for today. This is not offered first for a week; lighter or not at all next time.".into(),
            );
        }
        lines
    }
}
