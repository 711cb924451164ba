//! A text to read, with a scroll position.

use std::cell::Cell;

use super::{Answer, Reply};
use crate::app::message::Action;

/// Which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What unkink is and is not (C.6); shown once, and from help.
    Disclaimer,
    /// All keys.
    Help,
    /// The signs that need urgent help (C.1).
    Emergency,
    /// An evidence card, by its place in the library.
    Topic(usize),
    /// Lines that came up at start, such as own files with mistakes.
    Troubles,
}

/// A card on the screen.
#[derive(Debug, Clone)]
pub struct Card {
    /// Which text.
    pub kind: Kind,
    /// First line shown.
    pub scroll: usize,
    /// The largest useful scroll and the rows shown; told by the drawing.
    pub extent: Cell<(usize, usize)>,
}

impl Card {
    /// From its top.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            scroll: 0,
            extent: Cell::new((usize::MAX, 1)),
        }
    }

    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        let (most, page) = self.extent.get();
        let page = page.saturating_sub(1).max(1);
        self.scroll = match action {
            Action::Back | Action::Enter => return Reply::Done(Answer::Read(self.kind)),
            Action::Down => self.scroll.saturating_add(1),
            Action::Up => self.scroll.saturating_sub(1),
            Action::PageDown => self.scroll.saturating_add(page),
            Action::PageUp => self.scroll.saturating_sub(page),
            Action::Top => 0,
            Action::Bottom => most,
            _ => self.scroll,
        }
        .min(most);
        Reply::Stay
    }
}
