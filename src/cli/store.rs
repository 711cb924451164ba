//! The journal as the commands see it: read whole, written at once.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::Shell;
use super::out::{self, Fail};
use crate::demo;
use crate::domain::id::Id;
use crate::domain::library::Library;
use crate::domain::log::{Log, LogChange};
use crate::domain::record::{Entry, Fields, Marks};
use crate::domain::storage::Act;
use crate::domain::time::Now;
use crate::domain::when::{came_twice, time_text};
use crate::journal::deeds::Deed;
use crate::journal::short_id::{self, NotOne, SHORTEST, ShortIds};
use crate::journal::{Differing, Journal, Outcome, Standing};
use crate::paths::Places;

/// The journal, read whole.
pub struct Store {
    journal: Journal,
    log: Log,
}

impl Store {
    /// Reads everything. What cannot be read is told by [`Store::tell_troubles`].
    pub fn read(places: &Places) -> Self {
        let mut journal = Journal::open(places);
        let mut log = Log::default();
        log.apply(LogChange::Whole(journal.load()));
        Self { journal, log }
    }

    /// The log that a command is to read: the person's own, or for `--demo` the made-up one.
    pub fn to_read(shell: &Shell, library: &Library, now: &Now) -> Self {
        if !shell.demo {
            return Self::read(&shell.places);
        }
        let year = demo::year(library, &now.wall);
        let entries = year.iter();
        let entries = entries.map(|(rec, set)| Entry::read(rec.clone(), set, Marks::default()));
        let mut log = Log::default();
        log.apply(LogChange::Whole(entries.collect()));
        Self {
            journal: Journal::open(&shell.places),
            log,
        }
    }

    /// Only the entries of about the last week and those of times to come: what a new value is held against.
    pub fn read_recent(places: &Places, now: &Now) -> Self {
        let journal = Journal::open(places);
        let since = (now.wall - TimeDelta::days(9)).date_naive();
        let mut log = Log::default();
        log.apply(LogChange::Preview(journal.recent(since)));
        Self { journal, log }
    }

    /// Carries out a change, and shows the log as it is then.
    pub fn perform(&mut self, act: Act, now: &Now) -> Result<Outcome, Fail> {
        let outcome = self.journal.perform(act, now.wall)?;
        if let Some(change) = self.journal.take_changes() {
            self.log.apply(change);
        }
        Ok(outcome)
    }

    /// Slugs marked as favourites; a list that cannot be read is told and counts as empty.
    pub fn favourites(&self) -> BTreeSet<String> {
        self.journal.favourites().unwrap_or_else(|failure| {
            out::say(&failure.to_string());
            BTreeSet::new()
        })
    }

    /// What was shown or chosen once on this machine.
    pub fn seen(&self) -> BTreeSet<String> {
        self.journal.seen()
    }

    /// The log, read whole.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Oldest first.
    pub fn entries(&self) -> &[Entry] {
        self.log.entries()
    }

    /// The entry of a record.
    pub fn find(&self, rec: &Id) -> Option<&Entry> {
        self.log.find(rec)
    }

    /// A record's fields as they stand, in documented order.
    pub fn fields(&self, rec: &Id) -> Fields {
        self.journal.fields(rec).unwrap_or_default()
    }

    /// A record's fields that were changed on two machines.
    pub fn conflicts(&self, rec: &Id) -> Vec<Differing> {
        self.journal.conflicts(rec)
    }

    /// One record as a JSON object.
    pub fn json(&self, rec: &Id) -> String {
        self.journal.record_json(rec).unwrap_or_default()
    }

    /// Records as a JSON array, as an export writes it.
    pub fn json_array(&self, recs: &[Id]) -> Result<String, Fail> {
        let mut text = Vec::new();
        let written = self.journal.write_json(recs, &mut text);
        written.map_err(|error| Fail::Failed(format!("the journal: {error}")))?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// For each of these entries the shortest end of its id that no other visible one has.
    pub fn short_ids(&self) -> ShortIds {
        ShortIds::of(self.entries().iter().map(|entry| &entry.rec))
    }

    /// The entry that `last` (the newest by its own time, one still ahead included), or a unique start or end of its id,
    /// names; `nothing` words the error where none does.
    pub fn resolve(&self, typed: &str, nothing: impl FnOnce() -> Fail) -> Result<&Entry, Fail> {
        short_id::entry(typed, self.entries()).map_err(|why| match why {
            NotOne::None if typed == "last" => Fail::Usage(self.none_yet("there is no entry yet")),
            NotOne::None => self.hidden(typed).unwrap_or_else(nothing),
            NotOne::TooShort => nothing(),
            NotOne::Several(recs) => {
                let found: Vec<String> = recs.iter().map(|rec| self.candidate(rec)).collect();
                several(typed, "entries", &found)
            }
        })
    }

    /// Why there is no entry: these words where none was ever made, else how what is hidden comes back.
    pub fn none_yet(&self, words: &str) -> String {
        if self.journal.has_deleted() {
            "no entries: what there was is deleted or undone; 'unkink undo' brings back the one, 'unkink redo' the other"
                .into()
        } else {
            words.to_owned()
        }
    }

    /// The error for an id of an entry that is there, but not to be seen.
    fn hidden(&self, typed: &str) -> Option<Fail> {
        let rec = self.journal.find_rec(typed).ok()?;
        let (standing, deeds) = self.journal.deeds(&rec)?;
        let why = match standing {
            Standing::Deleted => format!("was deleted: {} brings it back", undos(&deeds)),
            Standing::Forgotten => "was forgotten: it is erased, and nothing brings it back".into(),
            Standing::Waiting => "is not here yet: its first line has not arrived".into(),
            Standing::Visible => return None,
        };
        Some(Fail::Usage(format!("the entry '{typed}' {why}")))
    }

    /// All that was written of a record.
    pub fn deeds(&self, rec: &Id) -> Vec<Deed> {
        self.journal
            .deeds(rec)
            .map_or(Vec::new(), |(_, deeds)| deeds)
    }

    /// The record that is meant, also one that is not to be seen.
    pub fn resolve_any(&self, typed: &str, nothing: impl FnOnce() -> Fail) -> Result<Id, Fail> {
        match short_id::entry(typed, self.entries()) {
            Ok(entry) => Ok(entry.rec.clone()),
            Err(NotOne::None) if typed != "last" => {
                self.journal.find_rec(typed).map_err(|why| match why {
                    NotOne::None | NotOne::TooShort => nothing(),
                    NotOne::Several(recs) => {
                        let found: Vec<String> = recs.iter().map(Id::to_string).collect();
                        several(typed, "entries", &found)
                    }
                })
            }
            Err(_) => self.resolve(typed, nothing).map(|entry| entry.rec.clone()),
        }
    }

    /// The journal behind it.
    pub fn into_journal(self) -> Journal {
        self.journal
    }

    /// The line of the journal that an id, or a unique start or end of it, names.
    pub fn resolve_op(&self, typed: &str) -> Result<Id, Fail> {
        self.journal.find_op(typed).map_err(|why| match why {
            NotOne::None => Fail::Usage(format!("there is no line '{typed}' in the journal")),
            NotOne::TooShort => Fail::Usage(format!(
                "'{typed}' is too short: give at least {SHORTEST} characters of the id"
            )),
            NotOne::Several(ops) => {
                let found: Vec<String> = ops.iter().map(Id::to_string).collect();
                several(typed, "lines", &found)
            }
        })
    }

    /// An entry as one of several that may have been meant.
    fn candidate(&self, rec: &Id) -> String {
        let at = self.find(rec).and_then(|entry| entry.started_at);
        match at {
            Some(at) => {
                let time = time_text(&at, came_twice(&at, &chrono::Local));
                format!("{rec} ({} {time})", at.date_naive())
            }
            None => rec.to_string(),
        }
    }

    /// Whether a part of the journal cannot be read.
    pub fn lacks_a_part(&self) -> bool {
        !self.journal.unreadable().is_empty()
    }

    /// One line for each file that cannot be read.
    pub fn tell_troubles(&self) {
        for failure in self.journal.unreadable() {
            out::say(&failure.to_string());
        }
    }
}

/// The commands that take back what hides an entry, or would.
pub fn undos(deeds: &[Deed]) -> String {
    let hiding = deeds.iter().filter(|deed| deed.hides);
    let undos: Vec<String> = hiding
        .map(|deed| format!("'unkink undo {}'", deed.end))
        .collect();
    undos.join(" and ")
}

fn several(typed: &str, what: &str, found: &[String]) -> Fail {
    Fail::Usage(format!(
        "'{typed}' fits several {what}: give more of the id; among them {}",
        found.join(", ")
    ))
}

/// Carries out a change; the record it is about, or why there was nothing to do.
pub fn perform(places: &Places, act: Act, now: &Now) -> Result<Outcome, Fail> {
    let adds = matches!(act, Act::Add { .. });
    let mut journal = Journal::open(places);
    let outcome = journal.perform(act, now.wall)?;
    if adds {
        // An add needs no look at the log; what other machines forgot meanwhile does.
        journal.sweep_unread();
    }
    Ok(outcome)
}
