//! What the app asks of the store and what the store answers, as plain values.
//!
//! The journal's thread serves the asks one after the other and answers each in turn; the command line calls the same
//! acts directly. Nobody waits for the disk to draw a frame.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use super::differing::Unsettled;
use super::id::Id;
use super::log::LogChange;
use super::profile::{Profile, Said};
use super::record::Fields;
use super::session::Checkpoint;

/// Ties an answer to its ask. The app counts them up; one session keeps its ticket from start to end.
pub type Ticket = u64;

/// A change to the journal.
#[derive(Debug, Clone)]
pub enum Act {
    /// A new record.
    Add {
        /// Its fields.
        set: Fields,
    },
    /// A change of some fields.
    Edit {
        /// Of this record.
        rec: Id,
        /// Fields with new values.
        set: Fields,
        /// Fields taken away.
        unset: Vec<String>,
    },
    /// Hides a record; can be undone.
    Delete {
        /// This record.
        rec: Id,
    },
    /// Takes back one line, or the newest act of this machine.
    Undo {
        /// The line; `None`: the newest act.
        op: Option<Id>,
    },
    /// Takes back the newest undo, until something new is written.
    Redo,
}

/// What the app asks of the store.
#[derive(Debug, Clone)]
pub enum Ask {
    /// Write a change.
    Write(Ticket, Act),
    /// Write a session's `add` (status running) and begin its progress file.
    StartSession {
        /// The session's ticket from here on.
        ticket: Ticket,
        /// The record's fields.
        set: Fields,
        /// Where it stands at the start.
        checkpoint: Checkpoint,
    },
    /// Take over a session cut off: its progress file is locked and goes on under this ticket.
    ResumeSession(Ticket, Id),
    /// Append where the session stands (each step boundary and pause).
    Progress(Ticket, Checkpoint),
    /// Write the session's closing `edit`, or for `None` its `delete`; then remove its progress file.
    EndSession(Ticket, Option<Fields>),
    /// Settle a session cut off without resuming it: `Some` keeps what was done (an edit), `None` discards it
    /// (a delete). The progress file goes once the line is safe.
    SettleCutOff(Ticket, Id, Option<Fields>),
    /// Mark a technique or routine as a favourite, or not.
    Favourite(Ticket, String, bool),
    /// Remember that something was shown once, such as the disclaimer.
    Seen(String),
    /// Remember it no longer.
    Unseen(String),
    /// What two machines disagree about in this record.
    Unsettled(Id),
    /// Change the profile.
    Profile(Ticket, Said),
    /// Look at the files again: something outside changed them.
    Reload,
}

impl Ask {
    /// The ticket that the answer will carry, where there is one.
    pub fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::Write(ticket, _)
            | Self::StartSession { ticket, .. }
            | Self::ResumeSession(ticket, _)
            | Self::Progress(ticket, _)
            | Self::EndSession(ticket, _)
            | Self::SettleCutOff(ticket, ..)
            | Self::Favourite(ticket, ..)
            | Self::Profile(ticket, _) => Some(*ticket),
            Self::Seen(_) | Self::Unseen(_) | Self::Unsettled(_) | Self::Reload => None,
        }
    }
}

/// What the store answers, and what it tells unasked.
#[derive(Debug, Clone)]
pub enum Told {
    /// Entries were read, written here, or brought by another process.
    Log(LogChange),
    /// When each technique and routine was last done (seconds since 1970), as the whole log says that comes next:
    /// counted here, as no key may wait while a million entries are gone through.
    LastDone(HashMap<String, i64>),
    /// The line is on the disk.
    Saved {
        /// Of the ask.
        ticket: Ticket,
        /// The record it is about.
        rec: Id,
        /// What was done, for people: 'taken back: pain 4 from 21:30'. Empty for plain writes.
        note: String,
    },
    /// Nothing was written. The ask is given back so that it can be tried again.
    NotSaved {
        /// The ask.
        ask: Box<Ask>,
        /// What stood in the way.
        failure: Failure,
    },
    /// There was nothing to undo or redo, or the record is unknown; the text says which.
    Nothing(Ticket, String),
    /// A session was cut off on this machine: its record and the last checkpoint.
    CutOff(Id, Checkpoint),
    /// The favourites as they stand.
    Favourites(BTreeSet<String>),
    /// The profile as it stands, with a line for people for each thing in it that is odd.
    Profile(Profile, Vec<String>),
    /// What has been shown before.
    SeenBefore(BTreeSet<String>),
    /// What two machines disagree about in a record.
    Unsettled(Id, Unsettled),
    /// Something is wrong with the place itself; reading and browsing go on.
    Trouble(Failure),
}

/// Why something could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file or directory.
    pub path: PathBuf,
    /// What went wrong and what to do, one line, for people.
    pub why: String,
    /// Whether trying again may help (a full disk, a lock), as against a place that is no directory at all.
    pub retry: bool,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.why)
    }
}

impl std::error::Error for Failure {}
