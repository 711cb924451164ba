//! The log as the app holds it: every visible entry, oldest first, kept current by changes.

use std::collections::{HashMap, HashSet};

use super::id::Id;
use super::record::Entry;

/// Up to so many changes are put in one by one; more are sorted in together.
const FEW: usize = 8;

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
            LogChange::Delta { put, gone } => self.change(put, &gone),
        }
    }

    fn change(&mut self, put: Vec<Entry>, gone: &[Id]) {
        if put.len() + gone.len() <= FEW {
            for rec in gone {
                self.remove(rec);
            }
            for entry in put {
                self.remove(&entry.rec);
                let at = self
                    .entries
                    .partition_point(|known| known.order() < entry.order());
                self.entries.insert(at, entry);
            }
            return;
        }
        let mut latest = HashMap::new();
        let mut changed: HashSet<Id> = gone.iter().cloned().collect();
        for entry in put {
            changed.insert(entry.rec.clone());
            latest.insert(entry.rec.clone(), entry);
        }
        let mut entries = std::mem::take(&mut self.entries);
        entries.retain(|entry| !changed.contains(&entry.rec));
        entries.extend(latest.into_values());
        self.replace(entries);
    }

    fn remove(&mut self, rec: &Id) {
        // What changes is mostly new, so the search begins at the end.
        if let Some(at) = self.entries.iter().rposition(|entry| entry.rec == *rec) {
            self.entries.remove(at);
        }
    }

    fn replace(&mut self, mut entries: Vec<Entry>) {
        if !entries.is_sorted_by(|a, b| a.order() <= b.order()) {
            entries.sort_unstable_by(|a, b| a.order().cmp(&b.order()));
        }
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

    /// Oldest first, for whoever takes them all.
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    /// The entry of a record.
    pub fn find(&self, rec: &Id) -> Option<&Entry> {
        self.entries.iter().rfind(|entry| entry.rec == *rec)
    }
}
