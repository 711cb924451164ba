//! What the app is waiting for from the store, and what came back unsaved.

use crate::domain::storage::{Act, Ask, Failure, Ticket};

/// What an ask was for, to word the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A check-in.
    CheckIn,
    /// A PEG, with the sum of its answers.
    Peg(u8),
    /// A session's start; its `saved` goes without words.
    SessionStart,
    /// Where a session stands; goes without words.
    Progress,
    /// A session's end.
    SessionEnd,
    /// A session that is to leave no trace in the log.
    Discard,
    /// A session of which nothing was done goes without a trace.
    Untouched,
    /// A delete.
    Delete,
    /// A choice between what two machines wrote.
    Settle,
    /// Taking back, or doing again.
    History,
    /// A favourite.
    Favourite,
    /// Answers about the person.
    Profile,
}

impl Purpose {
    /// What an ask that is tried again was for.
    pub fn of(ask: &Ask) -> Self {
        match ask {
            Ask::Write(_, Act::Undo { .. } | Act::Redo) => Self::History,
            Ask::StartSession { .. } | Ask::ResumeSession(..) => Self::SessionStart,
            Ask::Progress(..) => Self::Progress,
            Ask::EndSession(_, None) | Ask::SettleCutOff(_, _, None) => Self::Discard,
            Ask::EndSession(..) | Ask::SettleCutOff(..) => Self::SessionEnd,
            Ask::Favourite(..) => Self::Favourite,
            Ask::Profile(..) => Self::Profile,
            Ask::Write(_, Act::Delete { .. }) => Self::Delete,
            Ask::Write(..) | Ask::Seen(_) | Ask::Unseen(_) | Ask::Unsettled(_) | Ask::Reload => {
                Self::CheckIn
            }
        }
    }
}

/// Open asks and those that came back.
#[derive(Debug, Default)]
pub struct Outbox {
    last_ticket: Ticket,
    /// In the order of the asks: a session has several under one ticket.
    waiting: Vec<(Ticket, Purpose)>,
    /// Asks that could not be saved, each with the reason; kept until a retry succeeds or the person leaves.
    pub unsaved: Vec<(Ask, Failure)>,
}

impl Outbox {
    /// A fresh ticket for an ask of this purpose.
    pub fn ticket(&mut self, purpose: Purpose) -> Ticket {
        self.last_ticket += 1;
        self.expect(self.last_ticket, purpose);
        self.last_ticket
    }

    /// Another answer will come under a known ticket.
    pub fn expect(&mut self, ticket: Ticket, purpose: Purpose) {
        self.waiting.push((ticket, purpose));
    }

    /// The purpose of an answered ask.
    pub fn answered(&mut self, ticket: Ticket) -> Option<Purpose> {
        let place = self.waiting.iter().position(|(open, _)| *open == ticket)?;
        Some(self.waiting.remove(place).1)
    }
}
