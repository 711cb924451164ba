//! The log pane: which entry is selected. The entries themselves are the log's.

use std::cell::Cell;

use crate::domain::id::Id;
use crate::domain::log::Log;
use crate::domain::record::Entry;

/// The log pane.
#[derive(Debug, Default)]
pub struct LogPane {
    /// The selected entry, counted from the newest.
    pub selected: usize,
    /// First entry on the screen, counted from the newest; kept by the drawing.
    pub top: Cell<usize>,
    /// Entries that the last drawing had room for: a page.
    pub page: Cell<usize>,
}

impl LogPane {
    /// The selected entry.
    pub fn selected<'a>(&self, log: &'a Log) -> Option<&'a Entry> {
        let entries = log.entries();
        entries.get(entries.len().checked_sub(self.selected + 1)?)
    }

    /// After a change of the log: stays on the entry that was selected, or on the newest where that was the newest.
    pub fn find_again(&mut self, rec: Option<&Id>, log: &Log) {
        let entries = log.entries();
        if self.selected > 0
            && let Some(rec) = rec
            && let Some(at) = entries.iter().rposition(|entry| entry.rec == *rec)
        {
            self.selected = entries.len() - 1 - at;
        }
        self.step(0, entries.len());
    }

    /// Moves the selection among `len` entries.
    pub fn step(&mut self, by: isize, len: usize) {
        self.selected = self
            .selected
            .saturating_add_signed(by)
            .min(len.saturating_sub(1));
    }

    /// A page at a time.
    pub fn page(&mut self, pages: isize, len: usize) {
        let rows = self.page.get().saturating_sub(1).max(1);
        self.step(pages * isize::try_from(rows).unwrap_or(1), len);
    }

    /// To the newest or the oldest.
    pub fn jump(&mut self, to_oldest: bool, len: usize) {
        self.selected = if to_oldest { len.saturating_sub(1) } else { 0 };
    }
}
