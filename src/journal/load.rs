//! The first reading of all lines, in steps, into an [`Index`] and the entries to be seen.
//!
//! The usual record is one add, or an add and edits that each have seen the line before: these are merged as they come
//! by. Whatever is more than that is put aside and merged from the disk at the end, by the one full merge.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::hash::{BuildHasherDefault, Hasher};
use std::path::{Path, PathBuf};

use super::forget::written_rec;
use super::index::{Index, Stale};
use super::line::{Kind, Op};
use super::merge::{Merged, Standing};
use super::read::{self, Lines, Piece, Unreadable};
use crate::domain::id::Id;
use crate::domain::record::Entry;

/// How often everything is read anew because files changed while they were read.
const TRIES: u32 = 3;

/// A load under way.
#[derive(Debug)]
pub struct Loader {
    dir: PathBuf,
    index: Index,
    /// Still to be read, last first.
    names: Vec<OsString>,
    current: Option<(u32, Lines)>,
    gathered: Gathered,
    tries: u32,
    /// Lines that begin as our writers write them are read of these records only.
    only: Option<HashSet<Id>>,
}

impl Loader {
    /// Lists the files.
    pub fn new(dir: &Path) -> Self {
        let mut index = Index::new(dir);
        let mut names = read::names(dir).unwrap_or_else(|error| {
            let why = super::append::failure(dir, &error).why;
            let name = OsString::new();
            index.unreadable.push(Unreadable { name, why });
            Vec::new()
        });
        names.reverse();
        Self {
            dir: dir.to_owned(),
            index,
            names,
            current: None,
            gathered: Gathered::default(),
            tries: 0,
            only: None,
        }
    }

    /// Reads a part (about a millisecond's work or a few); says whether there is more.
    pub fn step(&mut self) -> bool {
        let Some((number, lines)) = &mut self.current else {
            let Some(name) = self.names.pop() else {
                return false;
            };
            self.current = self.index.enter(name);
            return true;
        };
        let (number, index, gathered) = (*number, &mut self.index, &mut self.gathered);
        let only = self.only.as_ref();
        let more = lines.step(&mut |piece| {
            if let (Some(recs), Piece::Line { bytes, .. }) = (only, &piece)
                && written_rec(bytes).is_some_and(|rec| !recs.contains(&Id::new(rec)))
            {
                return;
            }
            index.take(number, piece, &mut |index, slot, op| {
                gathered.take(index, slot, op);
            });
        });
        match more {
            Ok(true) => return true,
            Ok(false) => {
                let whole = self.index.leave(number);
                if !whole && self.tries < TRIES {
                    self.restart();
                    return true;
                }
            }
            Err(error) => {
                let name = self.index.files()[number as usize].name.clone();
                let why = super::append::failure(&self.dir.join(&name), &error).why;
                self.index.unreadable.push(Unreadable { name, why });
            }
        }
        self.current = None;
        true
    }

    fn restart(&mut self) {
        let (tries, only) = (self.tries + 1, self.only.take());
        *self = Self::new(&self.dir);
        (self.tries, self.only) = (tries, only);
    }

    /// Once [`Loader::step`] says that there is no more: the index, and the entries to be seen in their order.
    pub fn finish(mut self) -> (Index, Vec<Entry>) {
        loop {
            self.index.find_contested();
            // After several tries: what can be read is shown, and the next look at the files brings the rest.
            let patient = self.tries < TRIES;
            if let Ok(entries) = self.gathered.settle(&self.index, patient) {
                self.index.close();
                return (self.index, entries);
            }
            self.restart();
            while self.step() {}
        }
    }

    /// The entries of these records. All others that it finds are not whole, and are left out.
    pub fn run_only(dir: &Path, recs: &HashSet<Id>) -> Vec<Entry> {
        let mut loader = Self::new(dir);
        loader.only = Some(recs.clone());
        while loader.step() {}
        let (_, mut entries) = loader.finish();
        entries.retain(|entry| recs.contains(&entry.rec));
        entries
    }

    /// Reads everything at once.
    pub fn run(dir: &Path) -> (Index, Vec<Entry>) {
        let mut loader = Self::new(dir);
        while loader.step() {}
        loader.finish()
    }
}

/// A record that the full merge has to see.
const INTRICATE: u64 = 0;

#[derive(Debug, Default)]
struct Gathered {
    by_rec: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    entries: Vec<Entry>,
    /// For each entry the hash of the last line that was merged into it.
    heads: Vec<u64>,
}

impl Gathered {
    fn take(&mut self, index: &Index, slot: u32, op: &Op<'_>) {
        let rec = index.rec_key(slot);
        let Some(&at) = self.by_rec.get(&rec) else {
            self.by_rec.insert(rec, self.entries.len() as u32);
            let mut entry = Entry::blank(op.rec.clone());
            let plain = op.kind == Kind::Add && op.unset.is_empty() && op.seen.is_none();
            if plain {
                fill(&mut entry, op);
            }
            self.entries.push(entry);
            self.heads
                .push(if plain { index.key(&op.id) } else { INTRICATE });
            return;
        };
        let (head, entry) = (&mut self.heads[at as usize], &mut self.entries[at as usize]);
        let follows = |seen: &Vec<Id>| matches!(&seen[..], [only] if index.key(only) == *head);
        let plain = *head != INTRICATE
            && op.kind == Kind::Edit
            && op.unset.is_empty()
            && op.seen.as_ref().is_some_and(follows)
            && op.set.iter().all(|(name, _)| Entry::can_retake(name))
            && entry.rec == op.rec;
        if plain {
            fill(entry, op);
            *head = index.key(&op.id);
        } else {
            *head = INTRICATE;
        }
    }

    /// Merges what was put aside, and sorts. `strict`: a record whose lines have moved is an error; otherwise it is
    /// left out.
    fn settle(&mut self, index: &Index, strict: bool) -> Result<Vec<Entry>, Stale> {
        for rec in index.contested_recs() {
            if let Some(&at) = self.by_rec.get(&rec) {
                self.heads[at as usize] = INTRICATE;
            }
        }
        let mut aside: Vec<(u32, u32)> = Vec::new();
        for (slot, rec) in (0..).zip(index.rec_keys()) {
            if let Some(&at) = self.by_rec.get(rec)
                && self.heads[at as usize] == INTRICATE
            {
                aside.push((at, slot));
            }
        }
        self.by_rec = HashMap::default();
        aside.sort_unstable();
        let mut hidden = Vec::new();
        for group in aside.chunk_by(|a, b| a.0 == b.0) {
            let slots: Vec<u32> = group.iter().map(|&(_, slot)| slot).collect();
            let at = group[0].0 as usize;
            match index.merge(&slots, |ops, merged| entry_of(&ops[0].rec, merged)) {
                Ok(Some(Some(entry))) => self.entries[at] = entry,
                Err(Stale) if strict => return Err(Stale),
                Ok(None | Some(None)) | Err(Stale) => hidden.push(at),
            }
        }
        self.heads = Vec::new();
        let mut entries = std::mem::take(&mut self.entries);
        let (mut at, mut hidden) = (0, hidden.into_iter().peekable());
        entries.retain(|_| {
            at += 1;
            hidden.next_if_eq(&(at - 1)).is_none()
        });
        if !entries.is_sorted_by(|a, b| a.order() <= b.order()) {
            entries.sort_unstable_by(|a, b| a.order().cmp(&b.order()));
        }
        Ok(entries)
    }
}

fn fill(entry: &mut Entry, op: &Op<'_>) {
    for (name, value) in &op.set {
        entry.take(name, value.get());
    }
    entry.marks.damaged |= Index::is_damaged(op);
    entry.settle();
}

/// The entry of a merged record, if it is to be seen.
pub fn entry_of(rec: &Id, merged: &Merged) -> Option<Entry> {
    (merged.standing == Standing::Visible)
        .then(|| Entry::read(rec.clone(), &merged.fields, merged.marks))
}

/// Takes a number that is a hash already.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}
