//! What lies over the panes: a stack of values, the top one gets the keys, each returns a typed answer.
//!
//! None of them knows the app, the session or the store: what an answer leads to is the app's business.

pub mod card;
pub mod check_in;
pub mod checklist;
pub mod filter;
pub mod jump;
pub mod peg;
pub mod question;
pub mod rating;
pub mod settle;
pub mod suggest;

use card::Card;
use check_in::CheckIn;
use checklist::Checklist;
use filter::FilterForm;
use jump::JumpForm;
use peg::PegForm;
use question::{Choice, Question};
use rating::{Rating, Ratings};
use settle::{Settle, Way};
use suggest::{Pick, SuggestForm};

use super::message::Context;
use crate::domain::scale::Scale;

/// One layer over the panes.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)] // few at a time
pub enum Overlay {
    /// A text to read.
    Card(Card),
    /// Pain and stress before or after a session.
    Rating(Rating),
    /// A new check-in, or an entry to be changed.
    CheckIn(Box<CheckIn>),
    /// The library's filters.
    Filter(FilterForm),
    /// A question with a few answers.
    Question(Question),
    /// Safety questions.
    Checklist(Checklist),
    /// What to do now.
    Suggest(SuggestForm),
    /// A day to go to in the log.
    Jump(JumpForm),
    /// What two machines disagree about.
    Settle(Settle),
    /// The questionnaire.
    Peg(PegForm),
}

impl Overlay {
    /// Where keys go while it is on top.
    pub fn context(&self) -> Context {
        match self {
            Self::Card(_) => Context::Card,
            Self::Rating(_) | Self::Peg(_) => Context::Rating,
            Self::CheckIn(form) => form.context(),
            Self::Filter(_) => Context::Filter,
            Self::Question(_) => Context::Question,
            Self::Checklist(_) => Context::Checklist,
            Self::Suggest(_) => Context::Suggest,
            Self::Jump(_) => Context::Jump,
            Self::Settle(_) => Context::Settle,
        }
    }
}

/// What an overlay says after a key.
#[derive(Debug, Clone)]
pub enum Reply {
    /// It stays and has taken the key.
    Stay,
    /// It stays and says why it would not take the input.
    Refused(&'static str),
    /// It closes without an answer.
    Close,
    /// It closes with an answer.
    Done(Answer),
}

/// The answers of overlays.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The card was read.
    Read(card::Kind),
    /// Pain and stress before or after.
    Rated(rating::When, Ratings),
    /// A new or changed entry to be saved.
    CheckIn(Box<CheckIn>),
    /// To leave a form in which something was typed.
    LeaveForm(Box<CheckIn>),
    /// The answers of safety questions.
    Checked(Checklist),
    /// The answer of a question.
    Chosen(Question, Choice),
    /// A suggestion to start.
    Picked(Pick),
    /// A day to go to in the log.
    Jump(JumpForm),
    /// One way of settling, and what else is open.
    Settled(Settle, Way),
    /// The answers of the questionnaire; `None` for a question that was skipped.
    Peg([Option<Scale>; 3]),
}
