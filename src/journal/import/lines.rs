//! An import of journal lines, byte for byte: those that are not here yet.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::os::unix::fs::FileExt;

use super::entries::Lookup;
use super::sink::Sink;
use super::{Imported, Refused, input_failed};
use crate::domain::id::Id;
use crate::domain::storage::Failure;
use crate::journal::Standing;
use crate::journal::index::{Index, Stale};
use crate::journal::line::{self, Check, Kind, Line};
use crate::journal::read::{Lines, Piece};

/// Takes all lines in.
pub fn go_through<'a>(
    index: &'a Index,
    file: &File,
    sink: Option<Sink<'a>>,
) -> Result<(Imported, Option<Sink<'a>>), Refused> {
    let survey = Survey::of(file)?;
    let mut copy = Copy {
        index,
        ids: Lookup::of(index.ids()),
        recs: Lookup::of(index.rec_keys()),
        odd: if survey.odd {
            odd_lines(index)
        } else {
            HashSet::new()
        },
        forgotten: survey.forgotten,
        forgotten_here: forgotten_here(index)?,
        crowds: HashMap::new(),
        added: HashSet::new(),
        file,
        sink,
        imported: Imported::default(),
        failed: None,
    };
    copy.count_forgets()?;
    each_piece(file, &mut |piece| {
        if copy.failed.is_none() {
            copy.failed = copy.take(piece).err();
        }
    })
    .map_err(|error| input_failed(&error))?;
    if let Some(refused) = copy.failed {
        return Err(refused);
    }
    copy.imported.new_entries = Some(copy.added.len() as u64);
    Ok((copy.imported, copy.sink))
}

fn each_piece(file: &File, each: &mut dyn FnMut(Piece<'_>)) -> io::Result<()> {
    let mut lines = Lines::new(file.try_clone()?, 0);
    while lines.step(each)? {}
    Ok(())
}

fn moving() -> Refused {
    Refused::because("the journal changed while it was read; try again")
}

impl From<Stale> for Refused {
    fn from(_: Stale) -> Self {
        moving()
    }
}

/// A first look at the whole input.
#[derive(Default)]
struct Survey {
    line: u64,
    readable: u64,
    odd: bool,
    forgotten: HashSet<Id>,
    cut_off: Option<u64>,
}

impl Survey {
    fn of(file: &File) -> Result<Self, Refused> {
        let mut survey = Self::default();
        each_piece(file, &mut |piece| survey.look(piece)).map_err(|error| input_failed(&error))?;
        if let Some(line) = survey.cut_off {
            return Err(Refused::because(format!(
                "line {line} is cut off: the file ends in the middle of it"
            )));
        }
        if survey.readable == 0 && survey.line > 0 {
            return Err(Refused::because(
                "no line of it is one of a journal, as 'unkink export --format jsonl' writes them; --format says what it is",
            ));
        }
        Ok(survey)
    }

    fn look(&mut self, piece: Piece<'_>) {
        let ended = match piece {
            Piece::Zeros { .. } => return,
            Piece::TooLong { ended, .. } => {
                self.line += 1;
                self.odd = true;
                ended
            }
            Piece::Line { bytes, ended, .. } => {
                self.line += 1;
                match line::parse(bytes) {
                    Line::Blank => {
                        // The end of a file is no line.
                        self.line -= u64::from(!ended);
                        return;
                    }
                    Line::Op(op) => {
                        self.readable += 1;
                        if op.kind == Kind::Forget && op.check != Check::Wrong {
                            self.forgotten.insert(op.rec);
                        }
                        return;
                    }
                    Line::Newer { id, .. } => {
                        self.readable += 1;
                        self.odd |= id.is_none();
                        return;
                    }
                    Line::Bad(_) => {
                        self.odd = true;
                        ended
                    }
                }
            }
        };
        if !ended {
            self.cut_off = Some(self.line);
        }
    }
}

/// More lines with one id than this are not compared one by one.
const CROWD: usize = 8;

/// The records that are forgotten here.
fn forgotten_here(index: &Index) -> Result<HashSet<Id>, Stale> {
    let mut keys = HashSet::new();
    for (slot, &rec) in (0..).zip(index.rec_keys()) {
        if rec != 0 && index.place(slot).kind() == Some(Kind::Forget) {
            keys.insert(rec);
        }
    }
    let mut found = HashSet::new();
    for slots in index.slots_of_all(&keys).values() {
        let rec = index.merge(slots, |ops, merged| {
            (merged.standing == Standing::Forgotten).then(|| ops[0].rec.clone())
        })?;
        found.extend(rec.flatten());
    }
    Ok(found)
}

/// A line that no id finds: its length and a hash.
type Odd = (u64, u64);

fn odd_of(bytes: &[u8]) -> Odd {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    (bytes.len() as u64, hasher.finish())
}

fn odd_of_long(file: &File, at: u64, len: u64) -> io::Result<Odd> {
    let mut hasher = DefaultHasher::new();
    in_blocks(file, at, len, &mut |block| {
        hasher.write(block);
        Ok(())
    })?;
    Ok((len, hasher.finish()))
}

fn in_blocks(
    file: &File,
    at: u64,
    len: u64,
    each: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut block = vec![0; 1 << 16];
    let mut done = 0;
    while done < len {
        let part = &mut block[..(len - done).min(1 << 16) as usize];
        file.read_exact_at(part, at + done)?;
        each(part)?;
        done += part.len() as u64;
    }
    Ok(())
}

/// The lines of the journal that no id finds.
fn odd_lines(index: &Index) -> HashSet<Odd> {
    let mut found = HashSet::new();
    for known in index.files() {
        let Ok((file, _)) = crate::journal::read::open(&index.dir().join(&known.name)) else {
            continue;
        };
        let mut long = Vec::new();
        let read = each_piece(&file, &mut |piece| match piece {
            Piece::Zeros { .. } => {}
            Piece::TooLong { at, len, .. } => long.push((at, len)),
            Piece::Line { bytes, .. } => {
                if matches!(
                    line::parse(bytes),
                    Line::Bad(_) | Line::Newer { id: None, .. }
                ) {
                    found.insert(odd_of(line::trim(bytes)));
                }
            }
        });
        drop(read);
        found.extend(
            long.into_iter()
                .filter_map(|(at, len)| odd_of_long(&file, at, len).ok()),
        );
    }
    found
}

struct Copy<'a, 'f> {
    index: &'a Index,
    ids: Lookup,
    recs: Lookup,
    odd: HashSet<Odd>,
    /// By the input itself.
    forgotten: HashSet<Id>,
    /// Here.
    forgotten_here: HashSet<Id>,
    /// Lines of ids that very many lines carry, by the hash of the id.
    crowds: HashMap<u64, HashSet<Odd>>,
    /// Records that begin with a line of the input and are not here.
    added: HashSet<Id>,
    file: &'f File,
    sink: Option<Sink<'a>>,
    imported: Imported,
    failed: Option<Refused>,
}

impl Copy<'_, '_> {
    /// Entries to be seen here that the input says are forgotten.
    fn count_forgets(&mut self) -> Result<(), Stale> {
        for rec in &self.forgotten {
            let standing = self.standing(rec)?;
            let seen = matches!(standing, Some(Standing::Visible | Standing::Deleted));
            self.imported.forgets += u64::from(seen);
        }
        Ok(())
    }

    fn standing(&self, rec: &Id) -> Result<Option<Standing>, Stale> {
        let slots = self.recs.slots(self.index.key(rec));
        let found = self.index.merge(&slots, |ops, merged| {
            (ops[0].rec == *rec).then_some(merged.standing)
        })?;
        Ok(found.flatten())
    }

    fn take(&mut self, piece: Piece<'_>) -> Result<(), Refused> {
        match piece {
            Piece::Zeros { .. } => Ok(()),
            Piece::TooLong { at, len, .. } => {
                let odd = odd_of_long(self.file, at, len).map_err(|error| input_failed(&error))?;
                if self.is_new_odd(odd) {
                    self.copy_long(at, len)?;
                }
                Ok(())
            }
            Piece::Line { bytes, .. } => self.take_line(line::trim(bytes)),
        }
    }

    fn take_line(&mut self, text: &[u8]) -> Result<(), Refused> {
        match line::parse(text) {
            Line::Blank => return Ok(()),
            Line::Bad(_) | Line::Newer { id: None, .. } => {
                if !self.is_new_odd(odd_of(text)) {
                    return Ok(());
                }
            }
            Line::Newer { id: Some(id), .. } => {
                if self.is_here(&id, text)? {
                    return Ok(());
                }
                self.imported.new += 1;
            }
            Line::Op(op) => {
                if op.kind != Kind::Forget
                    && (self.forgotten.contains(&op.rec) || self.forgotten_here.contains(&op.rec))
                {
                    self.imported.forgotten += 1;
                    return Ok(());
                }
                if self.is_here(&op.id, text)? {
                    return Ok(());
                }
                self.imported.new += 1;
                if op.kind == Kind::Add && self.recs.slots(self.index.key(&op.rec)).is_empty() {
                    self.added.insert(op.rec);
                }
            }
        }
        self.put(text)?;
        Ok(self.put(b"\n")?)
    }

    /// Whether this very line is here. One with its id that says something else is reported.
    fn is_here(&mut self, id: &Id, text: &[u8]) -> Result<bool, Stale> {
        let slots = self.ids.slots(self.index.key(id));
        let is_here = if slots.len() > CROWD {
            self.is_in_crowd(id, &slots, text)?
        } else {
            let mut is_here = false;
            for &slot in &slots {
                is_here |= line::trim(&self.text(slot)?) == text;
            }
            is_here
        };
        if is_here {
            self.imported.known += 1;
            return Ok(true);
        }
        if !slots.is_empty() {
            self.imported.differing += 1;
            if self.imported.differ.len() < super::LISTED {
                self.imported.differ.push(id.to_string());
            }
        }
        Ok(false)
    }

    /// The same where each line can't be compared with every other.
    fn is_in_crowd(&mut self, id: &Id, slots: &[u32], text: &[u8]) -> Result<bool, Stale> {
        let key = self.index.key(id);
        if !self.crowds.contains_key(&key) {
            let mut crowd = HashSet::new();
            for &slot in slots {
                crowd.insert(odd_of(line::trim(&self.text(slot)?)));
            }
            self.crowds.insert(key, crowd);
        }
        let crowd = self.crowds.get(&key);
        Ok(crowd.is_some_and(|crowd| crowd.contains(&odd_of(text))))
    }

    fn text(&self, slot: u32) -> Result<Vec<u8>, Stale> {
        let mut text = Vec::new();
        self.index.text(slot, &mut text)?;
        Ok(text)
    }

    fn is_new_odd(&mut self, odd: Odd) -> bool {
        let new = self.odd.insert(odd);
        if new {
            self.imported.new += 1;
            self.imported.unreadable += 1;
        } else {
            self.imported.known += 1;
        }
        new
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match &mut self.sink {
            Some(sink) => sink.put(bytes),
            None => Ok(()),
        }
    }

    fn copy_long(&mut self, at: u64, len: u64) -> Result<(), Refused> {
        let mut failed = None;
        let file = self.file;
        let copied = in_blocks(file, at, len, &mut |block| {
            self.put(block).map_err(|failure| {
                failed = Some(failure);
                io::Error::other("not written")
            })
        });
        if let Some(failure) = failed {
            return Err(Refused::Disk(failure));
        }
        copied.map_err(|error| input_failed(&error))?;
        Ok(self.put(b"\n")?)
    }
}
