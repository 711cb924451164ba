//! What is kept in memory of the lines: for each one hashes of its id and record and where it lies, 32 bytes.
//!
//! A record that has to be merged again is read from the disk again, so the text of a million lines need not stay.
//! A hash decides nothing by itself: whatever it finds is read and compared.

use std::cell::RefCell;
use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::File;
use std::hash::BuildHasher;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::disk::patiently;
use super::line::{self, Check, Kind, Line, Op};
use super::merge::{self, Merged};
use super::read::{self, Lines, Piece, Stamp, Unreadable};
use crate::domain::id::Id;

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

/// What a look at the files brought.
#[derive(Debug, PartialEq, Eq)]
pub enum Refreshed {
    /// These records (by hash) have new lines; maybe none.
    Records(HashSet<u64>),
    /// Everything has to be read anew.
    Anew,
}

/// The index over all lines.
#[derive(Debug)]
pub struct Index {
    dir: PathBuf,
    keys: RandomState,
    files: Vec<Known>,
    ids: Vec<u64>,
    recs: Vec<u64>,
    places: Vec<Place>,
    /// Ids that more than one line carries, with the slots of these lines; in order.
    contested: Vec<(u64, u32)>,
    /// Files that can't be read.
    pub unreadable: Vec<Unreadable>,
    /// Lines that can't be read.
    pub bad_lines: u64,
    /// Lines of a newer version.
    pub newer_lines: u64,
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
            contested: Vec::new(),
            unreadable: Vec::new(),
            bad_lines: 0,
            newer_lines: 0,
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
                self.files.push(Known {
                    name,
                    stamp,
                    read_to: 0,
                    print: 0,
                    open: None,
                });
                Some((number, Lines::new(file, 0)))
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
                self.bad_lines += 1;
                return;
            }
            Piece::Line { at, bytes, ended } => (at, bytes, ended),
        };
        known.read_to = if ended { at + bytes.len() as u64 } else { at };
        let slot = self.places.len() as u32;
        let (id, rec, kind) = match line::parse(bytes) {
            Line::Blank => return,
            Line::Bad(_) => {
                self.bad_lines += 1;
                return;
            }
            Line::Newer { id, rec, .. } => {
                self.newer_lines += 1;
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
        let mut ids = self.ids.clone();
        ids.sort_unstable();
        let doubled = (ids.windows(2)).filter(|pair| pair[0] == pair[1] && pair[0] != 0);
        let doubled = doubled.map(|pair| pair[0]).collect();
        drop(ids);
        self.contest(&doubled);
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

    /// Looks at the files and takes in what was appended.
    pub fn refresh(&mut self) -> Refreshed {
        let Ok(names) = read::names(&self.dir) else {
            return Refreshed::Anew;
        };
        let old = self.places.len();
        let mut recs = HashSet::new();
        self.unreadable.clear();
        let mut numbers: HashMap<OsString, u32> = (self.files.iter().zip(0..))
            .map(|(known, number)| (known.name.clone(), number))
            .collect();
        for name in names {
            let number = numbers.remove(&name);
            let read = match number {
                None => self.read_new(name, &mut recs),
                Some(number) => self.read_growth(number, &mut recs),
            };
            if read.is_err() {
                return Refreshed::Anew;
            }
        }
        if !numbers.is_empty() {
            return Refreshed::Anew;
        }
        self.contest_new(old, &mut recs);
        Refreshed::Records(recs)
    }

    fn read_new(&mut self, name: OsString, recs: &mut HashSet<u64>) -> Result<(), Stale> {
        match self.enter(name) {
            None => Ok(()),
            Some((number, lines)) => self.read_on(number, lines, recs),
        }
    }

    fn read_growth(&mut self, number: u32, recs: &mut HashSet<u64>) -> Result<(), Stale> {
        let path = self.dir.join(&self.files[number as usize].name);
        let known = &self.files[number as usize];
        let meta = std::fs::metadata(&path).map_err(|_| Stale)?;
        let stamp = Stamp::of(&meta);
        if stamp == known.stamp {
            return Ok(());
        }
        if stamp.inode != known.stamp.inode || stamp.size <= known.stamp.size {
            return Err(Stale);
        }
        let (file, stamp) = read::open(&path).map_err(|_| Stale)?;
        if print(&file, known.read_to).ok() != Some(known.print) {
            return Err(Stale);
        }
        let lines = Lines::new(file, known.read_to);
        let open = self.files[number as usize].open.take();
        let from = self.places.len();
        self.files[number as usize].stamp = stamp;
        self.read_on(number, lines, recs)?;
        match open {
            // The line has its end now. If it is another one, what it was before has to go.
            Some(slot)
                if self
                    .places
                    .get(from)
                    .is_none_or(|new| new.at != self.place(slot).at) =>
            {
                Err(Stale)
            }
            Some(slot)
                if (self.ids[from], self.recs[from])
                    != (self.ids[slot as usize], self.rec_key(slot)) =>
            {
                Err(Stale)
            }
            Some(slot) => {
                (self.ids[slot as usize], self.recs[slot as usize]) = (0, 0);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn read_on(
        &mut self,
        number: u32,
        mut lines: Lines,
        recs: &mut HashSet<u64>,
    ) -> Result<(), Stale> {
        loop {
            let more = lines.step(&mut |piece| {
                self.take(number, piece, &mut |index, slot, _| {
                    recs.insert(index.rec_key(slot));
                });
            });
            match more {
                Ok(true) => {}
                Ok(false) if self.leave(number) => return Ok(()),
                Ok(false) | Err(_) => return Err(Stale),
            }
        }
    }

    /// Finds what lines from `old` on contest, and the records on the other side.
    fn contest_new(&mut self, old: usize, recs: &mut HashSet<u64>) {
        let mut new = HashSet::new();
        let mut doubled = HashSet::new();
        for &id in self.ids[old..].iter().filter(|&&id| id != 0) {
            if !new.insert(id) {
                doubled.insert(id);
            }
        }
        // One new line is the usual case: no hashing of a million ids for that.
        let single = (new.len() == 1)
            .then(|| new.iter().next().copied())
            .flatten();
        for (at, &id) in self.ids[..old].iter().enumerate() {
            let known = match single {
                Some(single) => id == single,
                None => !new.is_empty() && new.contains(&id),
            };
            if known {
                doubled.insert(id);
                recs.insert(self.recs[at]);
            }
        }
        recs.remove(&0);
        if !doubled.is_empty() {
            doubled.extend(self.contested.iter().map(|&(id, _)| id));
            self.contest(&doubled);
        }
    }

    /// The slots of one record's lines.
    pub fn slots_of(&self, rec: u64) -> Vec<u32> {
        let all = (0..).zip(&self.recs);
        all.filter(|&(_, &known)| known == rec)
            .map(|(slot, _)| slot)
            .collect()
    }

    /// The slots of several records' lines, in one pass.
    pub fn slots_of_all(&self, recs: &HashSet<u64>) -> HashMap<u64, Vec<u32>> {
        let mut found: HashMap<u64, Vec<u32>> = HashMap::new();
        if recs.len() == 1 {
            found.extend(recs.iter().map(|&rec| (rec, self.slots_of(rec))));
            return found;
        }
        for (slot, rec) in (0..).zip(&self.recs) {
            if recs.contains(rec) {
                found.entry(*rec).or_default().push(slot);
            }
        }
        found
    }

    /// The slots of the lines that carry an id.
    pub fn slots_with_id(&self, id: &Id) -> Vec<u32> {
        let key = self.key(id);
        let all = (0..).zip(&self.ids);
        all.filter(|&(_, &known)| known == key)
            .map(|(slot, _)| slot)
            .collect()
    }

    /// The slots of a file's lines, in the order in which they stand there.
    pub fn slots_in(&self, name: &std::ffi::OsStr) -> Vec<u32> {
        let Some(number) = self.files.iter().position(|known| known.name == name) else {
            return Vec::new();
        };
        let all = (0..).zip(&self.places).zip(&self.ids);
        let mut slots: Vec<u32> = all
            .filter(|((_, place), id)| place.file as usize == number && **id != 0)
            .map(|((slot, _), _)| slot)
            .collect();
        slots.sort_unstable_by_key(|&slot| self.place(slot).at);
        slots
    }

    /// A line's bytes, read again.
    pub fn text(&self, slot: u32, buf: &mut Vec<u8>) -> Result<(), Stale> {
        let place = self.place(slot);
        let mut opened = self.opened.borrow_mut();
        if opened
            .as_ref()
            .is_none_or(|(number, _)| *number != place.file)
        {
            let known = &self.files[place.file as usize];
            let (file, stamp) = read::open(&self.dir.join(&known.name)).map_err(|_| Stale)?;
            if stamp.inode != known.stamp.inode {
                return Err(Stale);
            }
            *opened = Some((place.file, file));
        }
        let Some((_, file)) = opened.as_ref() else {
            return Err(Stale);
        };
        let start = buf.len();
        buf.resize(start + place.len(), 0);
        patiently(|| file.read_exact_at(&mut buf[start..], place.at)).map_err(|_| Stale)
    }

    /// Closes the file that was kept open for reading lines again.
    pub fn close(&self) {
        self.opened.borrow_mut().take();
    }

    /// Reads the lines in these slots again, settles which count (rule 1), and merges them. `slots` are all of one
    /// record's. `None`: none of them counts.
    pub fn merge<R>(
        &self,
        slots: &[u32],
        then: impl FnOnce(&[Op<'_>], &[u32], &Merged) -> R,
    ) -> Result<Option<R>, Stale> {
        let mut buf = Vec::new();
        let mut ends = Vec::new();
        for &slot in slots {
            self.text(slot, &mut buf)?;
            ends.push(buf.len());
        }
        let mut counted: Vec<(Op<'_>, u32, &[u8])> = Vec::new();
        let mut start = 0;
        for (&slot, &end) in slots.iter().zip(&ends) {
            let text = line::trim(&buf[start..end]);
            start = end;
            // A newer version's line may carry the same id and win; it is met among the rivals.
            let Line::Op(op) = line::parse(text) else {
                if self.place(slot).kind().is_some() {
                    return Err(Stale);
                }
                continue;
            };
            if self.key(&op.id) != self.ids[slot as usize]
                || self.key(&op.rec) != self.rec_key(slot)
            {
                return Err(Stale);
            }
            if self.wins(slot, &op, text)? {
                counted.push((op, slot, text));
            }
        }
        // Equal lines win side by side: one of them is enough.
        counted.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        counted.dedup_by(|a, b| a.0.id == b.0.id);
        let Some(rec) = counted.first().map(|(op, ..)| op.rec.clone()) else {
            return Ok(None);
        };
        // Another record with the same hash: next to impossible, and not to be mixed in.
        counted.retain(|(op, ..)| op.rec == rec);
        let (mut ops, mut slots) = (Vec::new(), Vec::new());
        for (op, slot, _) in counted {
            ops.push(op);
            slots.push(slot);
        }
        let merged = merge::merge(&ops);
        Ok(Some(then(&ops, &slots, &merged)))
    }

    /// The id of the record that these slots' lines are about.
    pub fn rec_of(&self, slots: &[u32]) -> Result<Option<Id>, Stale> {
        for &slot in slots {
            let mut buf = Vec::new();
            self.text(slot, &mut buf)?;
            if let Line::Op(op) = line::parse(&buf) {
                return Ok(Some(op.rec));
            }
        }
        Ok(None)
    }

    /// Rule 1: whether no other line with this id is better.
    fn wins(&self, slot: u32, op: &Op<'_>, text: &[u8]) -> Result<bool, Stale> {
        let key = self.ids[slot as usize];
        for rival in self.rivals(key).filter(|&rival| rival != slot) {
            let mut buf = Vec::new();
            self.text(rival, &mut buf)?;
            let rival = line::trim(&buf);
            let (id, check) = match line::parse(rival) {
                Line::Op(other) => (other.id, other.check),
                Line::Newer {
                    id: Some(id),
                    check,
                    ..
                } => (id, check),
                _ => return Err(Stale),
            };
            if id == op.id && (check, rival) > (op.check, text) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads one record by its id.
    pub fn record<R>(
        &self,
        rec: &Id,
        then: impl FnOnce(&[Op<'_>], &[u32], &Merged) -> R,
    ) -> Result<Option<R>, Stale> {
        self.merge(&self.slots_of(self.key(rec)), then)
    }

    /// Whether some line of this record carries a wrong check value, as the load needs to know it.
    pub fn is_damaged(op: &Op<'_>) -> bool {
        op.check == Check::Wrong
    }
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
