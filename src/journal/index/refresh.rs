//! Looking at the files again: what was appended is taken in, anything else means that all has to be read anew.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;

use super::{Index, Stale, print};
use crate::journal::read::{self, Lines, Stamp};

/// What a look at the files brought.
#[derive(Debug, PartialEq, Eq)]
pub enum Refreshed {
    /// These records (by hash) have new lines; maybe none.
    Records(HashSet<u64>),
    /// Everything has to be read anew.
    Anew,
}

impl Index {
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
        let new = stamp.size.saturating_sub(known.read_to);
        let lines = Lines::new(file, known.read_to).expecting(new);
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
                // It keeps its slot: its record is no new one.
                self.places[slot as usize] = self.places[from];
                (self.ids[from], self.recs[from]) = (0, 0);
                let open = &mut self.files[number as usize].open;
                if *open == Some(from as u32) {
                    *open = Some(slot);
                }
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
        self.follow();
        let mut doubled = HashSet::new();
        for &id in self.ids[old..].iter().filter(|&&id| id != 0) {
            let mut others = self.by_id.slots(id, &self.ids).peekable();
            if others.next().is_some() && others.peek().is_some() {
                doubled.insert(id);
            }
            let older = others.filter(|&slot| (slot as usize) < old);
            recs.extend(older.map(|slot| self.recs[slot as usize]));
        }
        recs.remove(&0);
        if !doubled.is_empty() {
            doubled.extend(self.contested.iter().map(|&(id, _)| id));
            self.contest(&doubled);
        }
    }
}
