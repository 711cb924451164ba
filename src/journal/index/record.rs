//! From a record's hash to its lines on the disk, read again, and their merge.

use std::collections::{HashMap, HashSet};
use std::os::unix::fs::FileExt;

use super::{Index, Stale};
use crate::domain::id::Id;
use crate::journal::disk::patiently;
use crate::journal::line::{self, Line, Op};
use crate::journal::merge::{self, Merged};
use crate::journal::read;

/// Fewer records are looked up one by one; for more, one pass over all lines is quicker.
const FEW: usize = 1000;

impl Index {
    /// The slots of one record's lines.
    pub fn slots_of(&self, rec: u64) -> Vec<u32> {
        oldest_first(self.by_rec.slots(rec, &self.recs))
    }

    /// The slots of several records' lines.
    pub fn slots_of_all(&self, recs: &HashSet<u64>) -> HashMap<u64, Vec<u32>> {
        let mut found: HashMap<u64, Vec<u32>> = HashMap::new();
        if recs.len() < FEW {
            let slots = recs.iter().map(|&rec| (rec, self.slots_of(rec)));
            found.extend(slots.filter(|(_, slots)| !slots.is_empty()));
            return found;
        }
        for (slot, rec) in (0..).zip(&self.recs) {
            if recs.contains(rec) {
                found.entry(*rec).or_default().push(slot);
            }
        }
        found
    }

    /// The slots of each of these records' lines, in one pass.
    pub fn slots_of_each(&self, recs: &[Id]) -> impl Iterator<Item = Vec<u32>> {
        let keys: Vec<u64> = recs.iter().map(|rec| self.key(rec)).collect();
        let wanted: HashSet<u64> = keys.iter().copied().collect();
        let all = self.recs.iter().copied().zip(0..);
        let mut found: Vec<(u64, u32)> = all.filter(|(rec, _)| wanted.contains(rec)).collect();
        found.sort_unstable();
        keys.into_iter().map(move |key| {
            let from = found.partition_point(|&(rec, _)| rec < key);
            let own = found[from..].iter().take_while(|(rec, _)| *rec == key);
            own.map(|&(_, slot)| slot).collect()
        })
    }

    /// The slots of the lines that carry an id.
    pub fn slots_with_id(&self, id: &Id) -> Vec<u32> {
        oldest_first(self.by_id.slots(self.key(id), &self.ids))
    }

    /// For each of these ids whether some line carries it.
    pub fn which_are_there<'a>(&self, ids: impl Iterator<Item = &'a Id>) -> Vec<bool> {
        ids.map(|id| !self.slots_with_id(id).is_empty()).collect()
    }

    /// The slots of a file's lines, in the order in which they stand there.
    pub fn slots_in(&self, name: &std::ffi::OsStr) -> Vec<u32> {
        let Some(number) = self.files.iter().position(|known| known.name == name) else {
            return Vec::new();
        };
        let all = (0..).zip(&self.places).zip(&self.ids);
        let mut found: Vec<(u64, u32)> = all
            .filter(|((_, place), id)| place.file as usize == number && **id != 0)
            .map(|((slot, place), _)| (place.at, slot))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, slot)| slot).collect()
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
        mut then: impl FnMut(&[Op<'_>], &Merged) -> R,
    ) -> Result<Option<R>, Stale> {
        let mut done = None;
        self.merge_for(slots, &mut |ops, merged| done = Some(then(ops, merged)))?;
        Ok(done)
    }

    /// The same, once for all that is done with a record.
    fn merge_for(
        &self,
        slots: &[u32],
        then: &mut dyn FnMut(&[Op<'_>], &Merged),
    ) -> Result<(), Stale> {
        let mut buf = Vec::new();
        let ops = self.ops_that_count(slots, &mut buf)?;
        if !ops.is_empty() {
            then(&ops, &merge::merge(&ops));
        }
        Ok(())
    }

    /// The operations of one record that count, read into `buf` again; each once, by their ids.
    fn ops_that_count<'b>(
        &self,
        slots: &[u32],
        buf: &'b mut Vec<u8>,
    ) -> Result<Vec<Op<'b>>, Stale> {
        let mut ends = Vec::new();
        for &slot in slots {
            self.text(slot, buf)?;
            ends.push(buf.len());
        }
        let mut ops: Vec<Op<'_>> = Vec::new();
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
                ops.push(op);
            }
        }
        // Equal lines win side by side: one of them is enough.
        ops.sort_by(|a, b| a.id.cmp(&b.id));
        ops.dedup_by(|a, b| a.id == b.id);
        // Another record with the same hash: next to impossible, and not to be mixed in.
        if let Some(rec) = ops.first().map(|op| op.rec.clone()) {
            ops.retain(|op| op.rec == rec);
        }
        Ok(ops)
    }

    /// The id of the operation in this slot; `None` for one of a newer version.
    pub fn id_of(&self, slot: u32) -> Result<Option<Id>, Stale> {
        let mut buf = Vec::new();
        self.text(slot, &mut buf)?;
        match line::parse(&buf) {
            Line::Op(op) if self.key(&op.id) == self.ids[slot as usize] => Ok(Some(op.id)),
            Line::Op(_) => Err(Stale),
            _ => Ok(None),
        }
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
        then: impl FnMut(&[Op<'_>], &Merged) -> R,
    ) -> Result<Option<R>, Stale> {
        self.merge(&self.slots_of(self.key(rec)), then)
    }
}

fn oldest_first(slots: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut slots: Vec<u32> = slots.collect();
    slots.reverse();
    slots
}
