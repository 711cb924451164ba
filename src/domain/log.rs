//! The log as the app holds it: every visible entry, oldest first, kept current by changes.

use super::id::Id;
use super::record::Entry;

/// The visible entries in the order of their moments.
#[derive(Debug, Default)]
pub struct Log {
    entries: Vec<Entry>,
    whole: bool,
}

/// What the journal tells about the entries.
#[derive(Debug, Clone, PartialEq)]
pub enum LogChange {
    /// The newest entries, read first so that there is something to see; the rest is on its way.
    Preview(Vec<Entry>),
    /// Every visible entry.
    Whole(Vec<Entry>),
    /// Entries that are new or changed, and records that are no longer to be seen.
    Delta {
        /// New or changed.
        put: Vec<Entry>,
        /// Deleted, forgotten or taken back.
        gone: Vec<Id>,
    },
}

impl Log {
    /// Takes a change in.
    pub fn apply(&mut self, change: LogChange) {
        match change {
            LogChange::Preview(entries) => self.replace(entries),
            LogChange::Whole(entries) => {
                self.replace(entries);
                self.whole = true;
            }
            LogChange::Delta { put, gone } => {
                self.entries.retain(|entry| {
                    !gone.contains(&entry.rec) && !put.iter().any(|new| new.rec == entry.rec)
                });
                for entry in put {
                    let at = self
                        .entries
                        .partition_point(|known| known.order() < entry.order());
                    self.entries.insert(at, entry);
                }
            }
        }
    }

    fn replace(&mut self, mut entries: Vec<Entry>) {
        entries.sort_by(|a, b| a.order().cmp(&b.order()));
        self.entries = entries;
    }

    /// Whether all has been read: until then sums and trends would mislead.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a record.
    pub fn find(&self, rec: &Id) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.rec == *rec)
    }
}
