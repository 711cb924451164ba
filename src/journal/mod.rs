//! The journal: an append-only log of operations in plain files, whose state is a pure function of the set of lines.
//!
//! ```text
//!  thread ──► Journal ──► acts, undo ──► append (lock, write, sync) ──► disk (the seam for tests)
//!                │            │
//!                ▼            ▼
//!              load ──► index ──► merge ◄── line
//!                          │
//!                          ▼
//!                        read
//! ```
//!
//! The command line calls [`Journal`] directly; the app talks to [`thread`]. Reading writes nothing. What a value of a
//! field means is the domain's to say; who asks, and what is shown, is not known here.
#![doc = include_str!("format.md")]

pub mod append;
pub mod cells;
pub mod deeds;
pub mod device;
pub mod disk;
pub mod doctor;
pub mod export;
pub mod forget;
pub mod import;
pub mod line;
pub mod profile;
pub mod progress;
pub mod session;
pub mod short_id;
pub mod small_file;
pub mod tail;
pub mod thread;

mod acts;
mod differing;
mod draft;
mod index;
mod load;
mod merge;
mod preview;
mod read;
mod recent;
mod undo;

use std::collections::{BTreeSet, HashSet};
use std::io;

use chrono::{DateTime, FixedOffset};
use rustix::fs::Access;
use uuid::{NoContext, Timestamp, Uuid};

pub use crate::domain::differing::{Differing, Version};
pub use acts::{Outcome, Prepared};
pub use load::Loader;
pub use merge::{Merged, Standing};
pub use preview::newest;
pub use session::Running;

use crate::domain::id::Id;
use crate::domain::log::{Log, LogChange};
use crate::domain::order;
use crate::domain::profile::{Profile, Said};
use crate::domain::record::Entry;
use crate::domain::storage::{Act, Failure};
use crate::paths::Places;
use append::{Held, Writer};
use disk::{Disk, RealDisk};
use index::{Index, Refreshed};
use load::entry_of;

/// The journal of one data directory, with what is known of its lines.
#[derive(Debug)]
pub struct Journal {
    writer: Writer,
    questions: BTreeSet<String>,
    index: Option<Index>,
    changed: Changed,
    /// How many lines the index held when changes were last told: a record of later lines alone is news.
    told: usize,
    /// What this process has written, so that a restored backup does not take it away unnoticed.
    written: Vec<acts::Written>,
    /// Everything was read (anew) since it was last looked whether all of `written` is still there.
    unchecked: bool,
}

/// What changed since it was last told.
#[derive(Debug, Default)]
enum Changed {
    #[default]
    Nothing,
    /// These records, by hash.
    Records(HashSet<u64>),
    /// Everything was read anew.
    All(Vec<Entry>),
}

impl Journal {
    /// Of these places. Reads and writes nothing yet.
    pub fn open(places: &Places) -> Self {
        Self::on(places, Box::new(RealDisk))
    }

    /// The same, writing through another disk.
    pub fn on(places: &Places, disk: Box<dyn Disk>) -> Self {
        Self {
            writer: Writer::new(places.clone(), disk),
            questions: BTreeSet::new(),
            index: None,
            changed: Changed::Nothing,
            told: 0,
            written: Vec::new(),
            unchecked: false,
        }
    }

    /// Where everything lives.
    pub fn places(&self) -> &Places {
        self.writer.places()
    }

    /// Reads all lines. The entries to be seen, in the order of their moments.
    pub fn load(&mut self) -> Vec<Entry> {
        let (index, entries) = Loader::run(&self.places().journal());
        self.take_over(index);
        entries
    }

    /// Takes over what a [`Loader`] has read, and returns the entries, those included that came meanwhile.
    pub fn adopt(&mut self, loader: Loader) -> Vec<Entry> {
        let (index, entries) = loader.finish();
        self.take_over(index);
        self.refresh();
        let mut log = Log::default();
        log.apply(LogChange::Whole(entries));
        if let Some(change) = self.take_changes() {
            log.apply(change);
        }
        log.into_entries()
    }

    fn take_over(&mut self, index: Index) {
        self.told = index.ids().len();
        self.index = Some(index);
        self.changed = Changed::Nothing;
        self.unchecked = true;
    }

    /// Whether all lines have been read.
    pub fn is_loaded(&self) -> bool {
        self.index.is_some()
    }

    /// Files that can't be read, one line each for people.
    pub fn unreadable(&self) -> Vec<Failure> {
        let index = self.index.iter();
        index
            .flat_map(|index| &index.unreadable)
            .map(|file| Failure {
                path: self.places().journal().join(&file.name),
                why: file.why.clone(),
                retry: false,
            })
            .collect()
    }

    /// Looks at the files again.
    pub fn refresh(&mut self) {
        let Some(index) = &mut self.index else {
            return;
        };
        match index.refresh() {
            Refreshed::Records(recs) => match &mut self.changed {
                Changed::All(_) | Changed::Nothing if recs.is_empty() => {}
                Changed::All(_) => self.reload(),
                Changed::Records(known) => known.extend(recs),
                Changed::Nothing => self.changed = Changed::Records(recs),
            },
            Refreshed::Anew => self.reload(),
        }
    }

    fn reload(&mut self) {
        // Two of them at once would be twice the memory.
        self.index = None;
        let (index, entries) = Loader::run(&self.places().journal());
        self.index = Some(index);
        self.changed = Changed::All(entries);
        self.unchecked = true;
    }

    /// What changed since this was last called (or since the load), for whoever shows the log.
    pub fn take_changes(&mut self) -> Option<LogChange> {
        let change = match std::mem::take(&mut self.changed) {
            Changed::Nothing => None,
            Changed::All(entries) => Some(LogChange::Whole(entries)),
            Changed::Records(recs) => {
                let delta = self.delta(&recs);
                Some(delta.unwrap_or_else(|| {
                    self.reload();
                    match std::mem::take(&mut self.changed) {
                        Changed::All(entries) => LogChange::Whole(entries),
                        _ => LogChange::Whole(Vec::new()),
                    }
                }))
            }
        };
        self.told = self.index.as_ref().map_or(0, |index| index.ids().len());
        change
    }

    /// After everything was read anew: lines that this process saved and that are no longer in any file (an older copy
    /// was put back) are appended again, unless their record was forgotten. At any other time there is nothing to do.
    /// Where the whole directory is gone, somebody may be about to put another one there: that is waited for.
    pub fn restore_lost(&mut self) -> Result<(), Failure> {
        if self.lost().is_empty() || !self.places().journal().is_dir() {
            return Ok(());
        }
        let held = self.writer.lock()?;
        // What is gone may have been forgotten since: no erased text is written again.
        self.refresh();
        self.restore_lost_under(&held)?;
        drop(held);
        Ok(())
    }

    /// The same, with the lock at hand. After a failure it is tried again at the next call.
    fn restore_lost_under(&mut self, held: &Held) -> Result<(), Failure> {
        let lost = self.lost();
        if lost.is_empty() {
            return Ok(());
        }
        let lines: Vec<&str> = lost.iter().map(|&at| &*self.written[at].2).collect();
        self.writer.append(held, &lines)?;
        self.refresh();
        Ok(())
    }

    /// Which of the lines written here are gone, as far as that is not known yet.
    fn lost(&mut self) -> Vec<usize> {
        let (true, Some(index)) = (self.unchecked, &self.index) else {
            return Vec::new();
        };
        let there = index.which_are_there(self.written.iter().map(|(op, ..)| op));
        let mut lost: Vec<usize> = (0..there.len()).filter(|&at| !there[at]).collect();
        // Where it can't be said just now, the next look says it.
        let mut unsure = false;
        lost.retain(|&at| {
            let standing = index.record(&self.written[at].1, |_, merged| merged.standing);
            unsure |= standing.is_err();
            standing.is_ok_and(|standing| standing != Some(Standing::Forgotten))
        });
        self.unchecked = unsure || !lost.is_empty();
        lost
    }

    /// What stands in the way of writing here, as far as it can be seen without writing.
    pub fn not_writable(&self) -> Option<Failure> {
        let data = &self.places().data;
        for dir in data.ancestors() {
            let meta = match std::fs::metadata(dir) {
                Err(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                    ) =>
                {
                    continue;
                }
                Err(error) => return Some(append::failure(dir, &error)),
                Ok(meta) => meta,
            };
            if !meta.is_dir() {
                return Some(append::failure(dir, &io::ErrorKind::NotADirectory.into()));
            }
            let access = Access::WRITE_OK | Access::EXEC_OK;
            let allowed = rustix::fs::access(dir, access);
            return allowed
                .err()
                .map(|errno| append::failure(dir, &errno.into()));
        }
        None
    }

    fn delta(&self, recs: &HashSet<u64>) -> Option<LogChange> {
        let index = self.index.as_ref()?;
        let (mut put, mut gone) = (Vec::new(), Vec::new());
        let slots = index.slots_of_all(recs);
        let is_new = |slots: &Vec<u32>| slots.iter().all(|&slot| slot as usize >= self.told);
        let is_news = slots.len() == 1 && slots.values().all(is_new);
        for slots in slots.values() {
            let found = index.merge(slots, |ops, merged| {
                let rec = &ops[0].rec;
                entry_of(rec, merged).ok_or_else(|| rec.clone())
            });
            match found.ok()? {
                Some(Ok(entry)) => put.push(entry),
                Some(Err(rec)) => gone.push(rec),
                // Every line of it lost to another one with its id.
                None => gone.extend(index.rec_of(slots).ok()?),
            }
        }
        index.close();
        Some(match put.pop() {
            Some(entry) if is_news => LogChange::New(entry),
            last => {
                put.extend(last);
                LogChange::Delta { put, gone }
            }
        })
    }

    /// Carries out a change. `at`: the wall clock.
    pub fn perform(&mut self, act: Act, at: DateTime<FixedOffset>) -> Result<Outcome, Failure> {
        let mut prepared = Prepared::new(act, at);
        self.carry_out(&mut prepared)
    }

    /// The slugs marked as favourites.
    pub fn favourites(&self) -> Result<BTreeSet<String>, Failure> {
        small_file::favourites(self.places())
    }

    /// Marks a slug as a favourite, or not, and returns all.
    pub fn set_favourite(&self, slug: &str, on: bool) -> Result<BTreeSet<String>, Failure> {
        small_file::set_favourite(&self.writer, slug, on)
    }

    /// What was shown once on this machine.
    pub fn seen(&self) -> BTreeSet<String> {
        small_file::seen(self.places())
    }

    /// Remembers that something was shown once.
    pub fn add_seen(&self, what: &str) -> Result<BTreeSet<String>, Failure> {
        small_file::set_seen(&self.writer, what, true)
    }

    /// As if it had not been shown on this machine.
    pub fn forget_seen(&self, what: &str) -> Result<BTreeSet<String>, Failure> {
        small_file::set_seen(&self.writer, what, false)
    }

    /// The ids of all questions of the gate, so that an answer to none of them is noticed in the profile.
    #[must_use]
    pub fn with_questions(mut self, ids: impl Iterator<Item = String>) -> Self {
        self.questions = order::set(ids);
        self
    }

    /// The profile, with a line for each thing in it that is odd.
    pub fn profile(&self) -> profile::Read {
        profile::read(self.places(), &self.questions)
    }

    /// Changes the profile, and returns it as it stands then.
    pub fn change_profile(&self, said: &Said) -> Result<profile::Read, Failure> {
        let change = |profile: &mut Profile| profile.apply(said);
        profile::change(&self.writer, &self.questions, change)
    }
}

/// A new id of version 7: the wall clock's milliseconds, 12 bits of their fraction (so that ids made one after the
/// other sort so), then random bits. Moments before 1970 count as 1970.
pub fn mint(at: DateTime<FixedOffset>) -> Id {
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
    let nanos = at.timestamp_subsec_nanos().min(999_999_999);
    let stamp = Timestamp::from_unix(NoContext, seconds, nanos);
    let mut bytes = Uuid::new_v7(stamp).into_bytes();
    let [high, low] = ((nanos % 1_000_000 * 4096 / 1_000_000) as u16).to_be_bytes();
    bytes[6] = 0x70 | high;
    bytes[7] = low;
    Id::from_bytes(bytes)
}

/// A text that nobody else makes, for names. It asks no clock: one that stands before 1970 must not matter.
pub fn unique() -> String {
    let stamp = Timestamp::from_unix(NoContext, 0, 0);
    Uuid::new_v7(stamp).simple().to_string()
}
