//! The first reading of all lines, in steps, into an [`Index`] and the entries to be seen.
//!
//! The usual record is one add, or an add and edits that each have seen the line before: these are merged as they come
//! by. Whatever is more than that is put aside and merged from the disk at the end, by the one full merge.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

mod by_rec;

use by_rec::ByRec;

use super::forget::written_rec;
use super::index::{Index, Stale};
use super::line::{Kind, Op};
use super::merge::{Merged, Standing};
use super::read::{self, Lines, Piece, Unreadable};
use crate::domain::id::Id;
use crate::domain::record::{Entry, Pool};

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

/// What is known of a record so far: the slot of the last line that was merged into its entry, or of any of its lines
/// where the full merge has to see it. (Two thousand million lines are more than any log has.)
#[derive(Debug, Clone, Copy)]
struct Head(u32);

const INTRICATE: u32 = 1 << 31;

impl Head {
    fn slot(self) -> u32 {
        self.0 & !INTRICATE
    }

    fn is_intricate(self) -> bool {
        self.0 & INTRICATE != 0
    }

    fn put_aside(&mut self) {
        self.0 |= INTRICATE;
    }
}

#[derive(Debug, Default)]
struct Gathered {
    by_rec: ByRec,
    entries: Vec<Entry>,
    /// One for each entry.
    heads: Vec<Head>,
    pool: Pool,
}

impl Gathered {
    fn take(&mut self, index: &Index, slot: u32, op: &Op<'_>) {
        let rec = index.rec_key(slot);
        let Some(at) = self.place(index, rec) else {
            return self.begin(index, slot, op);
        };
        let (head, entry) = (&mut self.heads[at as usize], &mut self.entries[at as usize]);
        let last = index.ids()[head.slot() as usize];
        let follows = is_plain_edit(op, |seen| index.key(seen) == last);
        if follows && !head.is_intricate() && entry.rec == op.rec {
            fill(entry, op, &mut self.pool);
            *head = Head(slot);
        } else {
            head.put_aside();
        }
    }

    /// The first line of a record.
    fn begin(&mut self, index: &Index, slot: u32, op: &Op<'_>) {
        self.by_rec
            .put(index.rec_key(slot), self.entries.len() as u32);
        let mut head = Head(slot);
        let entry = begun(op, &mut self.pool).unwrap_or_else(|| {
            head.put_aside();
            Entry::blank(op.rec.clone())
        });
        self.entries.push(entry);
        self.heads.push(head);
    }

    fn place(&self, index: &Index, rec: u64) -> Option<u32> {
        let hash_of = |place: u32| index.rec_key(self.heads[place as usize].slot());
        self.by_rec.get(rec, hash_of)
    }

    /// Merges what was put aside, and sorts. `strict`: a record whose lines have moved is an error; otherwise it is
    /// left out.
    fn settle(&mut self, index: &Index, strict: bool) -> Result<Vec<Entry>, Stale> {
        for rec in index.contested_recs() {
            if let Some(at) = self.place(index, rec) {
                self.heads[at as usize].put_aside();
            }
        }
        self.by_rec = ByRec::default();
        let aside = self.put_aside(index);
        self.heads = Vec::new();
        let mut hidden = Vec::new();
        for group in aside.chunk_by(|a, b| a >> 32 == b >> 32) {
            let slots: Vec<u32> = group.iter().map(|&one| one as u32).collect();
            let at = (group[0] >> 32) as usize;
            let pool = &mut self.pool;
            match index.merge(&slots, |ops, merged| entry_with(&ops[0].rec, merged, pool)) {
                Ok(Some(Some(entry))) => self.entries[at] = entry,
                Err(Stale) if strict => return Err(Stale),
                Ok(None | Some(None)) | Err(Stale) => hidden.push(at),
            }
        }
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

    /// The slots of all lines of the records that were put aside; in order. The place of the entry stands in the upper
    /// half of each number: so they sort as pairs do, by the sort that the index needs anyway.
    fn put_aside(&self, index: &Index) -> Vec<u64> {
        let places = (0..).zip(&self.heads);
        let places = places.filter(|(_, head)| head.is_intricate());
        let places: HashMap<u64, u32> = places
            .map(|(at, head)| (index.rec_key(head.slot()), at))
            .collect();
        if places.is_empty() {
            return Vec::new();
        }
        let slots = (0..).zip(index.rec_keys());
        let slots = slots.filter_map(|(slot, rec)| Some(u64::from(*places.get(rec)?) << 32 | slot));
        let mut aside: Vec<u64> = slots.collect();
        aside.sort_unstable();
        aside
    }
}

fn fill(entry: &mut Entry, op: &Op<'_>, pool: &mut Pool) {
    for (name, value) in &op.set {
        entry.take(name, value.get(), pool);
    }
    entry.marks.damaged |= Index::is_damaged(op);
    entry.settle();
}

/// The entry that a record's first line makes, where it is a plain add.
fn begun(op: &Op<'_>, pool: &mut Pool) -> Option<Entry> {
    (op.kind == Kind::Add && op.unset.is_empty() && op.seen.is_none()).then(|| {
        let mut entry = Entry::blank(op.rec.clone());
        fill(&mut entry, op, pool);
        entry
    })
}

/// Whether a line changes what the one before it made, and nothing else can have: its writer had seen that one.
fn is_plain_edit(op: &Op<'_>, is_last: impl FnOnce(&Id) -> bool) -> bool {
    let seen = op.seen.as_deref();
    op.kind == Kind::Edit
        && op.unset.is_empty()
        && matches!(seen, Some([only]) if is_last(only))
        && op.set.iter().all(|(name, _)| Entry::can_retake(name))
}

/// The entry of a record with these lines alone, in the order of their ids, where each follows the one before it: then
/// it needs no merge.
pub fn entry_of_plain(ops: &[Op<'_>], pool: &mut Pool) -> Option<Entry> {
    let (first, rest) = ops.split_first()?;
    let mut entry = begun(first, pool)?;
    let mut last = &first.id;
    for op in rest {
        if !is_plain_edit(op, |seen| seen == last) {
            return None;
        }
        fill(&mut entry, op, pool);
        last = &op.id;
    }
    Some(entry)
}

/// The entry of a merged record, if it is to be seen.
pub fn entry_of(rec: &Id, merged: &Merged) -> Option<Entry> {
    entry_with(rec, merged, &mut Pool::default())
}

fn entry_with(rec: &Id, merged: &Merged, pool: &mut Pool) -> Option<Entry> {
    (merged.standing == Standing::Visible)
        .then(|| Entry::read_one_of_many(rec.clone(), &merged.fields, merged.marks, pool))
}
