//! A guided session as the files see it: the add that starts its record, the progress between, and what ends it.

use chrono::{DateTime, FixedOffset};

use super::acts::{Outcome, Prepared};
use super::index::Stale;
use super::progress::{self, Progress};
use super::{Journal, Standing};
use crate::domain::id::Id;
use crate::domain::record::{Entry, Fields, Status};
use crate::domain::session::Checkpoint;
use crate::domain::storage::{Act, Failure};
use crate::paths::Places;

/// A session under way. What could not be saved is kept here and goes with the next attempt.
#[derive(Debug)]
pub struct Running {
    add: Prepared,
    rec: Id,
    added: bool,
    progress: Option<Progress>,
    end: Option<Prepared>,
}

impl Running {
    /// A session with the fields of its `add`; nothing is written yet. `at`: the wall clock.
    pub fn new(set: Fields, at: DateTime<FixedOffset>) -> Self {
        let add = Prepared::new(Act::Add { set }, at);
        Self {
            rec: add.rec().clone(),
            add,
            added: false,
            progress: None,
            end: None,
        }
    }

    /// Takes over a session that was cut off on this machine, and says where it stood. `None` when there is none, or
    /// another process has it.
    pub fn resume(
        places: &Places,
        rec: &Id,
        at: DateTime<FixedOffset>,
    ) -> Option<(Self, Checkpoint)> {
        let (progress, checkpoint) = Progress::take_over(places, rec)?;
        let running = Self {
            rec: rec.clone(),
            added: true,
            progress: Some(progress),
            ..Self::new(Fields::default(), at)
        };
        Some((running, checkpoint))
    }

    /// Its record.
    pub fn rec(&self) -> &Id {
        &self.rec
    }

    /// Writes the `add`, if that has not been done.
    pub fn start(&mut self, journal: &mut Journal) -> Result<(), Failure> {
        if !self.added {
            journal.carry_out(&mut self.add)?;
            self.added = true;
        }
        Ok(())
    }

    /// Whether its `add` is on the disk, as far as this process knows.
    pub fn is_begun(&self) -> bool {
        self.added
    }

    /// Notes where it stands. `false`: nothing was written, for a session whose `add` is not saved yet has no record
    /// that a crash could leave behind.
    pub fn note(&mut self, journal: &Journal, checkpoint: &Checkpoint) -> Result<bool, Failure> {
        if !self.added {
            return Ok(false);
        }
        let disk = journal.writer.disk();
        if let Some(progress) = &self.progress {
            progress.note(disk, checkpoint)?;
        } else {
            let begun = Progress::begin(disk, journal.places(), &self.rec, checkpoint)?;
            self.progress = Some(begun);
        }
        Ok(true)
    }

    /// Writes what ends it: an `edit` with these fields, or for `None` a `delete`; before that the `add`, if it could
    /// not be saved before or is no longer there. A session taken over has no `add` at hand: where the journal has lost
    /// it, the end is not saved, and that is an error. After it comes [`Running::settled`].
    pub fn end(
        &mut self,
        journal: &mut Journal,
        set: Option<Fields>,
        at: DateTime<FixedOffset>,
    ) -> Result<(), Failure> {
        // What could not be saved may have reached the disk all the same.
        if set.is_none() && !self.added && !journal.looks_begun(&self.rec) {
            return Ok(());
        }
        let discards = set.is_none();
        self.start(journal)?;
        let rec = self.rec.clone();
        let act = match set {
            Some(set) => Act::Edit {
                rec,
                set,
                unset: Vec::new(),
            },
            None => Act::Delete { rec },
        };
        let mut end = match self.end.take() {
            Some(earlier) if format!("{:?}", earlier.act) == format!("{act:?}") => earlier,
            _ => Prepared::insisting(act, at),
        };
        let written = journal.carry_out(&mut end);
        self.end = Some(end);
        match written? {
            Outcome::Done { .. } => Ok(()),
            Outcome::Nothing(_) => journal.needs_no_end(&self.rec, discards),
        }
    }

    /// The line that ends it, while it is not saved.
    pub(super) fn unsaved_end(self) -> Option<Prepared> {
        self.end
    }

    /// Gives back what [`Running::unsaved_end`] gave out.
    pub(super) fn try_again_with(&mut self, end: Option<Prepared>) {
        self.end = end;
    }

    /// Removes the progress file once the end is safe.
    pub fn settled(self, journal: &Journal) -> Result<(), Failure> {
        match self.progress {
            Some(progress) => progress.remove(journal.writer.disk()),
            None => Ok(()),
        }
    }
}

impl Journal {
    /// Whether there is a trace of a session that is not settled: it runs, or it was cut off.
    pub fn has_progress(places: &Places) -> bool {
        progress::is_any(places)
    }

    /// Sessions that were cut off on this machine and still stand as running, with where they were last known to be.
    /// None until the log is loaded. Progress files of sessions that are settled, and empty ones, are removed; those of
    /// records that are not in this journal are another one's.
    pub fn cut_off(&self) -> Vec<(Id, Checkpoint)> {
        let mut found = Vec::new();
        for left in progress::left_behind(self.places()) {
            let known = self.standing_of(left.rec());
            let settled = match known.ok().flatten() {
                Some(Standing::Visible) => self.status_of(left.rec()) != Some(Status::Running),
                Some(Standing::Deleted | Standing::Forgotten) => true,
                Some(Standing::Waiting) | None => false,
            };
            if settled || left.is_empty() {
                // What can't be removed now is met again next time.
                drop(left.remove(self.writer.disk()));
            } else if known == Ok(Some(Standing::Visible)) {
                let rec = left.rec().clone();
                found.extend(left.last.map(|last| (rec, last)));
            }
        }
        found
    }

    /// Whether some line of the record is there, as far as the log is read.
    fn looks_begun(&mut self, rec: &Id) -> bool {
        self.refresh();
        // Lines that have moved are lines, too.
        self.standing_of(rec) != Ok(None)
    }

    /// Where no line could end a session: whether it needs none.
    fn needs_no_end(&self, rec: &Id, discards: bool) -> Result<(), Failure> {
        match self.standing_of(rec) {
            Ok(Some(Standing::Forgotten)) => Ok(()),
            Ok(None) if discards => Ok(()),
            _ => Err(Failure {
                path: self.places().journal(),
                why: "the line that began this session is no longer here; put back the file that held it, then try again"
                    .into(),
                retry: true,
            }),
        }
    }

    fn standing_of(&self, rec: &Id) -> Result<Option<Standing>, Stale> {
        let Some(index) = &self.index else {
            return Ok(None);
        };
        index.record(rec, |_, merged| merged.standing)
    }

    /// How far a session came. Files that change just now count as running: nothing is thrown away for that.
    fn status_of(&self, rec: &Id) -> Option<Status> {
        let index = self.index.as_ref()?;
        let found = index.record(rec, |_, merged| {
            Entry::read(rec.clone(), &merged.fields, merged.marks).status
        });
        found.map_or(Some(Status::Running), Option::flatten)
    }
}
