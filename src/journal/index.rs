//! What is kept in memory of the lines: for each one hashes of its id and record, where it lies, and its place on two
//! chains: 42 bytes.
//!
//! A record that has to be merged again is read from the disk again, so the text of a million lines need not stay.
//! A hash decides nothing by itself: whatever it finds is read and compared.

use std::cell::RefCell;
use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::ffi::OsString;
use std::fs::File;
use std::hash::BuildHasher;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::disk::patiently;
use super::line::{self, Check, Kind, Line, Op};
use super::read::{self, Lines, Piece, Stamp, Unreadable};
use crate::domain::id::Id;
use chains::Chains;

mod chains;
mod record;
mod refresh;

pub use refresh::Refreshed;

/// Where a line lies, and what it does.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Byte in the file.
    pub at: u64,
    /// Which file.
    pub file: u32,
    /// Length in the lower 24 bits, kind above.
    len_kind: u32,
}

const LEN_BITS: u32 = 24;

impl Place {
    fn new(file: u32, at: u64, len: usize, kind: Option<Kind>) -> Self {
        let kind = match kind {
            None => 0,
            Some(Kind::Add) => 1,
            Some(Kind::Edit) => 2,
            Some(Kind::Delete) => 3,
            Some(Kind::Undo) => 4,
            Some(Kind::Forget) => 5,
        };
        Self {
            at,
            file,
            len_kind: kind << LEN_BITS | len as u32,
        }
    }

    /// Bytes without the line's end.
    pub fn len(self) -> usize {
        (self.len_kind & ((1 << LEN_BITS) - 1)) as usize
    }

    /// `None`: of a newer version.
    pub fn kind(self) -> Option<Kind> {
        Some(match self.len_kind >> LEN_BITS {
            1 => Kind::Add,
            2 => Kind::Edit,
            3 => Kind::Delete,
            4 => Kind::Undo,
            5 => Kind::Forget,
            _ => return None,
        })
    }
}

/// A file as far as it was read.
#[derive(Debug)]
pub struct Known {
    /// Its name within the directory.
    pub name: OsString,
    stamp: Stamp,
    /// Where reading goes on.
    read_to: u64,
    /// Of the bytes at its beginning and before `read_to`: growth leaves it alone, a rewrite does not.
    print: u32,
    /// The line at its end that has no line feed yet.
    open: Option<u32>,
}

/// A file changed in a way that moved lines: all has to be read anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale;

/// The index over all lines.
#[derive(Debug)]
pub struct Index {
    dir: PathBuf,
    keys: RandomState,
    files: Vec<Known>,
    ids: Vec<u64>,
    recs: Vec<u64>,
    places: Vec<Place>,
    by_id: Chains,
    by_rec: Chains,
    /// The slots of lines that forget a record.
    forgets: Vec<u32>,
    /// Ids that more than one line carries, with the slots of these lines; in order.
    contested: Vec<(u64, u32)>,
    /// Files that can't be read.
    pub unreadable: Vec<Unreadable>,
    opened: RefCell<Option<(u32, File)>>,
}

impl Index {
    /// Over nothing yet.
    pub fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            keys: RandomState::new(),
            files: Vec::new(),
            ids: Vec::new(),
            recs: Vec::new(),
            places: Vec::new(),
            by_id: Chains::default(),
            by_rec: Chains::default(),
            forgets: Vec::new(),
            contested: Vec::new(),
            unreadable: Vec::new(),
            opened: RefCell::new(None),
        }
    }

    /// The hash of an id; never 0, which stands for none.
    pub fn key(&self, id: &Id) -> u64 {
        self.keys.hash_one(id).max(1)
    }

    /// The files read.
    pub fn files(&self) -> &[Known] {
        &self.files
    }

    /// Where a line lies.
    pub fn place(&self, slot: u32) -> Place {
        self.places[slot as usize]
    }

    /// The hash of a line's record.
    pub fn rec_key(&self, slot: u32) -> u64 {
        self.recs[slot as usize]
    }

    /// Where the files are.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The hash of each line's id, in the order of slots.
    pub fn ids(&self) -> &[u64] {
        &self.ids
    }

    /// The hash of each line's record, in the order of slots.
    pub fn rec_keys(&self) -> &[u64] {
        &self.recs
    }

    /// Opens a file and enters it; `None` (and a report) when it can't be read. A file that has just gone is no
    /// trouble.
    pub fn enter(&mut self, name: OsString) -> Option<(u32, Lines)> {
        let path = self.dir.join(&name);
        match read::open(&path) {
            Ok((file, stamp)) => {
                let number = self.files.len() as u32;
                let size = stamp.size;
                self.files.push(Known {
                    name,
                    stamp,
                    read_to: 0,
                    print: 0,
                    open: None,
                });
                Some((number, Lines::new(file, 0).expecting(size)))
            }
            Err(error) => {
                if std::fs::symlink_metadata(&path).is_ok() {
                    self.unreadable.push(Unreadable {
                        name,
                        why: super::append::failure(&path, &error).why,
                    });
                }
                None
            }
        }
    }

    /// Takes a piece of a file in, and hands over the operation it holds with its slot.
    pub fn take(&mut self, file: u32, piece: Piece<'_>, each: &mut dyn FnMut(&Self, u32, &Op<'_>)) {
        let known = &mut self.files[file as usize];
        let (at, bytes, ended) = match piece {
            Piece::Zeros { at, len } => {
                known.read_to = at + len;
                return;
            }
            Piece::TooLong { at, len, ended } => {
                known.read_to = if ended { at + len } else { at };
                return;
            }
            Piece::Line { at, bytes, ended } => (at, bytes, ended),
        };
        known.read_to = if ended { at + bytes.len() as u64 } else { at };
        let slot = self.places.len() as u32;
        let (id, rec, kind) = match line::parse(bytes) {
            Line::Blank | Line::Bad(_) => return,
            Line::Newer { id, rec, .. } => {
                let Some(id) = id else { return };
                (self.key(&id), rec.map_or(0, |rec| self.key(&rec)), None)
            }
            Line::Op(op) => {
                let (id, rec) = (self.key(&op.id), self.key(&op.rec));
                self.push(id, rec, Place::new(file, at, bytes.len(), Some(op.kind)));
                self.mark_open(file, slot, ended);
                each(self, slot, &op);
                return;
            }
        };
        self.push(id, rec, Place::new(file, at, bytes.len(), kind));
        self.mark_open(file, slot, ended);
    }

    fn push(&mut self, id: u64, rec: u64, place: Place) {
        if place.kind() == Some(Kind::Forget) {
            self.forgets.push(self.places.len() as u32);
        }
        self.ids.push(id);
        self.recs.push(rec);
        self.places.push(place);
    }

    fn mark_open(&mut self, file: u32, slot: u32, ended: bool) {
        self.files[file as usize].open = (!ended).then_some(slot);
    }

    /// After a file was read to its end. Says whether it stayed what it was meanwhile.
    pub fn leave(&mut self, file: u32) -> bool {
        let path = self.dir.join(&self.files[file as usize].name);
        let known = &mut self.files[file as usize];
        let print = read::open(&path).and_then(|(file, stamp)| {
            let same = stamp.inode == known.stamp.inode && stamp.size >= known.stamp.size;
            Ok((same, print(&file, known.read_to)?))
        });
        match print {
            Ok((true, print)) => {
                known.print = print;
                true
            }
            _ => false,
        }
    }

    /// Finds the ids that several lines carry, once everything is read.
    pub fn find_contested(&mut self) {
        let doubled = doubled(&self.ids);
        self.contest(&doubled);
        self.follow();
    }

    /// Lets lines that were taken in be found by their hashes.
    fn follow(&mut self) {
        self.by_id.follow(&self.ids);
        self.by_rec.follow(&self.recs);
    }

    /// The slots of lines that forget a record.
    pub fn forgets(&self) -> &[u32] {
        &self.forgets
    }

    fn contest(&mut self, ids: &HashSet<u64>) {
        self.contested.clear();
        if !ids.is_empty() {
            let all = self.ids.iter().copied().zip(0..);
            self.contested
                .extend(all.filter(|(id, _)| ids.contains(id)));
            self.contested.sort_unstable();
        }
    }

    /// The slots of the lines that carry this id, if several do.
    fn rivals(&self, id: u64) -> impl Iterator<Item = u32> {
        let from = self.contested.partition_point(|&(known, _)| known < id);
        let rivals = self.contested[from..].iter();
        rivals
            .take_while(move |(known, _)| *known == id)
            .map(|&(_, slot)| slot)
    }

    /// Ids that lines with different texts carry.
    pub fn contested_ids(&self) -> Vec<Id> {
        let mut ids = Vec::new();
        for group in self.contested.chunk_by(|a, b| a.0 == b.0) {
            let mut first: Option<Vec<u8>> = None;
            for &(_, slot) in group {
                let mut text = Vec::new();
                if self.text(slot, &mut text).is_err() {
                    continue;
                }
                let text = line::trim(&text).to_vec();
                let differs = first.get_or_insert_with(|| text.clone()) != &text;
                if differs && let Line::Op(op) = line::parse(&text) {
                    ids.push(op.id);
                    break;
                }
            }
        }
        ids.sort_unstable();
        ids
    }

    /// Hashes of records of which a line carries an id that another line carries, too.
    pub fn contested_recs(&self) -> HashSet<u64> {
        let slots = self.contested.iter();
        slots.map(|&(_, slot)| self.rec_key(slot)).collect()
    }

    /// Whether some line of this record carries a wrong check value, as the load needs to know it.
    pub fn is_damaged(op: &Op<'_>) -> bool {
        op.check == Check::Wrong
    }
}

/// The hashes that stand in a list more than once. They are looked at by their first four bits: sixteen small lists sort
/// quicker than one, and a copy of all would come on top when most is in memory.
fn doubled(all: &[u64]) -> HashSet<u64> {
    let mut doubled = HashSet::new();
    let mut some: Vec<u64> = Vec::with_capacity(all.len() / 15);
    for bits in 0..16 {
        some.clear();
        some.extend(all.iter().filter(|&&id| id >> 60 == bits && id != 0));
        some.sort_unstable();
        let pairs = some.windows(2).filter(|pair| pair[0] == pair[1]);
        doubled.extend(pairs.map(|pair| pair[0]));
    }
    doubled
}

const PRINT_LEN: u64 = 64;

/// A check value over the bytes at the beginning and before `to`.
fn print(file: &File, to: u64) -> io::Result<u32> {
    let len = to.min(PRINT_LEN);
    let mut bytes = vec![0; 2 * len as usize];
    let (head, tail) = bytes.split_at_mut(len as usize);
    patiently(|| file.read_exact_at(head, 0))?;
    patiently(|| file.read_exact_at(tail, to - len))?;
    Ok(crc32fast::hash(&bytes))
}
