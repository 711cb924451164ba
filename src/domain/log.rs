//! The log as the app holds it: every visible entry, oldest first, kept current by changes.

use std::collections::{HashMap, HashSet};

use super::id::Id;
use super::record::{Entry, Kind, What};
use super::when::shown_minute;

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
    /// One entry of a record that was not seen before. It is put in where it belongs without a look at all the others:
    /// with a million of them that took longer than a frame.
    New(Entry),
    /// Entries that are new or changed, and records that are no longer to be seen.
    Delta {
        /// New or changed.
        put: Vec<Entry>,
        /// Deleted, forgotten or taken back.
        gone: Vec<Id>,
    },
}

impl LogChange {
    /// Whether it may change what is known of a record.
    pub fn touches(&self, rec: &Id) -> bool {
        match self {
            Self::Preview(_) | Self::Whole(_) => true,
            Self::New(entry) => entry.rec == *rec,
            Self::Delta { put, gone } => {
                put.iter().any(|entry| entry.rec == *rec) || gone.contains(rec)
            }
        }
    }

    /// The entries that are new or changed, where not all are told.
    pub fn put(&self) -> &[Entry] {
        match self {
            Self::Preview(_) | Self::Whole(_) => &[],
            Self::New(entry) => std::slice::from_ref(entry),
            Self::Delta { put, .. } => put,
        }
    }
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
            LogChange::New(entry) => self.insert(entry),
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
                self.insert(entry);
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

    fn insert(&mut self, entry: Entry) {
        let is_before = |known: &Entry| known.order() < entry.order();
        let at = self.entries.partition_point(is_before);
        self.entries.insert(at, entry);
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

/// Whether two entries would show the same day and time though they were lived at different moments: in the hour that
/// comes twice when the clocks go back. Their offsets tell them apart.
pub fn look_alike(a: &Entry, b: &Entry) -> bool {
    let (Some(a), Some(b)) = (a.started_at, b.started_at) else {
        return false;
    };
    a.offset() != b.offset() && shown_minute(&a) == shown_minute(&b)
}

/// When each technique or routine was last done, by slug: seconds since 1970. Items of a routine or queue count, too.
pub fn last_done(entries: &[Entry]) -> HashMap<String, i64> {
    let mut last: HashMap<String, i64> = HashMap::new();
    for entry in entries.iter().filter(|entry| entry.kind == Kind::Session) {
        let Some(at) = entry.started_at.map(|at| at.timestamp()) else {
            continue;
        };
        let mut note = |slug: &str| match last.get_mut(slug) {
            Some(known) => *known = at.max(*known),
            None => drop(last.insert(slug.to_owned(), at)),
        };
        if let Some(What::Technique(slug) | What::Routine(slug)) = &entry.what {
            note(slug);
        }
        let items = entry.more.iter().flat_map(|more| &more.items);
        items.for_each(|item| note(&item.technique));
    }
    last
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::record::{Fields, Marks};
    use super::*;

    fn entry(rec: u8, minute: u8, pain: u8) -> Entry {
        let mut fields = Fields::default();
        fields.put(
            "started_at",
            &format!("2026-11-23T21:{:02}:00+01:00", minute % 60),
        );
        fields.put("pain", &(pain % 11));
        Entry::read(Id::from_bytes([rec; 16]), &fields, Marks::default())
    }

    fn some_entries(most: usize) -> impl Strategy<Value = Vec<Entry>> {
        proptest::collection::vec(any::<(u8, u8, u8)>(), 0..most).prop_map(|parts| {
            let mut entries: Vec<Entry> = parts
                .into_iter()
                .map(|(rec, minute, pain)| entry(rec % 40, minute, pain))
                .collect();
            entries.sort_by(|a, b| a.rec.cmp(&b.rec));
            entries.dedup_by(|a, b| a.rec == b.rec);
            entries
        })
    }

    #[test]
    fn a_preview_is_not_the_whole_log() {
        let mut log = Log::default();
        log.apply(LogChange::Preview(vec![entry(1, 5, 3)]));
        assert!(!log.is_whole());
        log.apply(LogChange::Whole(vec![entry(2, 9, 3), entry(1, 5, 3)]));
        assert!(log.is_whole());
        assert_eq!(log.entries()[0], entry(1, 5, 3));
        assert_eq!(log.find(&Id::from_bytes([2; 16])), Some(&entry(2, 9, 3)));
        assert_eq!(log.find(&Id::from_bytes([3; 16])), None);
    }

    #[test]
    fn only_the_same_time_on_other_clocks_looks_alike() {
        let at = |moment: &str| {
            let mut fields = Fields::default();
            fields.put("started_at", moment);
            Entry::read(Id::from_bytes([1; 16]), &fields, Marks::default())
        };
        let summer = at("2026-10-25T02:30:10+02:00");
        assert!(look_alike(&summer, &at("2026-10-25T02:30:50+01:00")));
        for other in [
            "2026-10-25T02:30:50+02:00",
            "2026-10-25T02:31:00+01:00",
            "2026-10-26T02:30:10+01:00",
            "2026-10-25T01:30:10+01:00",
            "never",
        ] {
            assert!(!look_alike(&summer, &at(other)), "{other}");
        }
    }

    proptest! {
        #[test]
        fn changes_lead_to_what_a_new_reading_would_show(
            before in some_entries(60),
            put in some_entries(30),
            gone in proptest::collection::vec(0..40_u8, 0..6),
        ) {
            let gone: Vec<Id> = (gone.into_iter())
                .map(|rec| Id::from_bytes([rec; 16]))
                .filter(|rec| put.iter().all(|entry| entry.rec != *rec))
                .collect();
            let mut expected: Vec<Entry> = before
                .iter()
                .filter(|entry| !gone.contains(&entry.rec) && put.iter().all(|new| new.rec != entry.rec))
                .chain(&put)
                .cloned()
                .collect();
            expected.sort_by(|a, b| a.order().cmp(&b.order()));
            let mut log = Log::default();
            log.apply(LogChange::Whole(before));
            // In one go, and in parts small enough to be put in one by one.
            let mut parts = Log::default();
            parts.apply(LogChange::Whole(log.entries().to_vec()));
            for part in put.chunks(5) {
                parts.apply(LogChange::Delta { put: part.to_vec(), gone: Vec::new() });
            }
            parts.apply(LogChange::Delta { put: Vec::new(), gone: gone.clone() });
            log.apply(LogChange::Delta { put, gone });
            prop_assert_eq!(log.entries(), &expected[..]);
            prop_assert_eq!(parts.entries(), &expected[..]);
        }
    }
}
