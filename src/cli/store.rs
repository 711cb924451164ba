//! The journal as the commands see it: read at once, written at once.

use std::collections::{BTreeSet, HashMap};

use super::out::{self, Fail};
use crate::domain::id::Id;
use crate::domain::record::{Entry, Fields, What};
use crate::domain::storage::Act;
use crate::domain::time::Now;
use crate::journal::{Journal, Outcome, export};
use crate::paths::Places;

/// The journal, read whole.
pub struct Store {
    journal: Journal,
    entries: Vec<Entry>,
}

impl Store {
    /// Reads everything. What cannot be read is told by [`Store::tell_troubles`].
    pub fn read(places: &Places) -> Self {
        let mut journal = Journal::open(places);
        let entries = journal.load();
        Self { journal, entries }
    }

    /// Slugs marked as favourites; a list that cannot be read is told and counts as empty.
    pub fn favourites(&self) -> BTreeSet<String> {
        self.journal.favourites().unwrap_or_else(|failure| {
            out::say(&failure.to_string());
            BTreeSet::new()
        })
    }

    /// Oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// When each technique or routine was last done, in seconds.
    pub fn last_done(&self) -> HashMap<String, i64> {
        let mut last = HashMap::new();
        for entry in &self.entries {
            let Some(at) = entry.started_at else { continue };
            if let Some(What::Technique(slug) | What::Routine(slug)) = &entry.what {
                last.insert(slug.to_string(), at.timestamp());
            }
            for item in entry.more.iter().flat_map(|more| &more.items) {
                last.insert(item.technique.clone(), at.timestamp());
            }
        }
        last
    }

    /// The entry of a record.
    pub fn entry(&self, rec: &Id) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.rec == *rec)
    }

    /// A record's fields as they stand.
    pub fn fields(&self, rec: &Id) -> Fields {
        self.journal.fields(rec).unwrap_or_default()
    }

    /// One record as JSON.
    pub fn json(&self, rec: &Id) -> String {
        export::object(rec, &self.fields(rec))
    }

    /// Records as a JSON array, as an export writes it.
    pub fn json_array<'a>(&self, recs: impl Iterator<Item = &'a Id>) -> String {
        let objects: Vec<String> = recs.map(|rec| self.json(rec)).collect();
        format!("[{}]", objects.join(",\n"))
    }

    /// The shortest end of a record's id that no other visible one has, at least four characters.
    pub fn short(&self, rec: &Id) -> String {
        let rec = rec.to_string();
        let others: Vec<String> = self
            .entries
            .iter()
            .map(|e| e.rec.to_string())
            .filter(|o| *o != rec)
            .collect();
        let mut n = 4;
        while n < rec.len() && others.iter().any(|o| o.ends_with(&rec[rec.len() - n..])) {
            n += 1;
        }
        rec[rec.len().saturating_sub(n)..].to_owned()
    }

    /// The record that `last` or a unique start or end of its id names.
    pub fn resolve(&self, typed: &str, nothing: impl FnOnce() -> Fail) -> Result<Id, Fail> {
        if typed == "last" {
            return self
                .entries
                .last()
                .map(|e| e.rec.clone())
                .ok_or_else(nothing);
        }
        let found: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|e| {
                let r = e.rec.to_string();
                typed.len() >= 4 && (r.starts_with(typed) || r.ends_with(typed))
            })
            .collect();
        match found[..] {
            [one] => Ok(one.rec.clone()),
            [] => Err(nothing()),
            _ => Err(Fail::Usage(format!(
                "'{typed}' fits {} entries: give more of the id",
                found.len()
            ))),
        }
    }

    /// The line of the journal that an id or a unique start or end of it names.
    pub fn resolve_op(&self, typed: &str) -> Result<Id, Fail> {
        Err(Fail::Usage(format!(
            "there is no line '{typed}' in the journal"
        )))
    }

    /// One line for each file that cannot be read.
    pub fn tell_troubles(&self) {
        for failure in self.journal.unreadable() {
            out::say(&failure.to_string());
        }
    }
}

/// Carries out a change; the record it is about, or why there was nothing to do.
pub fn perform(places: &Places, act: Act, now: &Now) -> Result<Outcome, Fail> {
    let mut journal = Journal::open(places);
    Ok(journal.perform(act, now.wall)?)
}
