//! A text to read, with a scroll position.

use super::{Answer, Reply};
use crate::app::message::Action;
use crate::app::scroll::Scroll;
use crate::domain::differing::Unsettled;
use crate::domain::id::Id;

/// Which text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// What unkink is and is not (C.6); shown once, and from help.
    Disclaimer,
    /// All keys.
    Help,
    /// The signs that need urgent help (C.1).
    Emergency,
    /// When to stop (C.4).
    WhenToStop,
    /// An evidence card, by its place in the library.
    Topic(usize),
    /// Lines that came up at start, such as own files with mistakes.
    Troubles,
    /// All that an entry of the log says.
    Entry(Id),
}

/// A card on the screen.
#[derive(Debug, Clone)]
pub struct Card {
    /// Which text.
    pub kind: Kind,
    /// How far it is scrolled.
    pub scroll: Scroll,
    /// Of an entry: what else was written in it elsewhere, as far as it is looked up.
    pub unsettled: Unsettled,
}

impl Card {
    /// From its top.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            scroll: Scroll::default(),
            unsettled: Unsettled::default(),
        }
    }

    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        match action {
            Action::Back | Action::Enter => Reply::Done(Answer::Read(self.kind.clone())),
            movement => {
                self.scroll.act(movement);
                Reply::Stay
            }
        }
    }
}
