//! Entries on their way in, one after the other: which are new, and the lines that they become.

use std::collections::HashMap;
use std::fmt;

use chrono::{DateTime, FixedOffset};

use super::sink::Sink;
use super::{Imported, LISTED, Refused};
use crate::domain::id::Id;
use crate::domain::record::change::is_same;
use crate::domain::record::{Entry, Fields, Marks, moment_text};
use crate::domain::storage::Failure;
use crate::journal::Standing;
use crate::journal::draft::Draft;
use crate::journal::index::Index;
use crate::journal::line::{Kind, LINE_MAX};
use crate::journal::mint;

/// Hashes of ids with the slots of their lines, in order.
pub struct Lookup(Vec<(u64, u32)>);

impl Lookup {
    /// Over hashes in the order of slots.
    pub fn of(keys: &[u64]) -> Self {
        let mut all: Vec<(u64, u32)> = keys.iter().copied().zip(0..).collect();
        all.sort_unstable();
        Self(all)
    }

    /// The slots of this hash.
    pub fn slots(&self, key: u64) -> Vec<u32> {
        let from = self.0.partition_point(|&(known, _)| known < key);
        let same = self.0[from..].iter().take_while(|(known, _)| *known == key);
        same.map(|&(_, slot)| slot).collect()
    }
}

/// Where an entry stands in the input.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    /// 'line' or 'entry'.
    pub noun: &'static str,
    /// From 1.
    pub number: u64,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.noun, self.number)
    }
}

/// More fields than any entry has, ours or a newer version's.
const FIELDS_MAX: usize = 10_000;

/// Takes entries in.
pub struct Intake<'a> {
    index: &'a Index,
    known: Lookup,
    sink: Option<Sink<'a>>,
    at: DateTime<FixedOffset>,
    /// Where each record stood in the input.
    seen: HashMap<Id, u64>,
    imported: Imported,
}

/// What stands in the way of one entry.
pub enum Trouble {
    /// It cannot be taken in.
    Input(String),
    /// It could not be written.
    Disk(Failure),
}

impl From<Trouble> for Refused {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Input(why) => Self::because(why),
            Trouble::Disk(failure) => Self::Disk(failure),
        }
    }
}

impl<'a> Intake<'a> {
    /// Without a sink nothing is written.
    pub fn new(index: &'a Index, sink: Option<Sink<'a>>, at: DateTime<FixedOffset>) -> Self {
        Self {
            known: Lookup::of(index.rec_keys()),
            index,
            sink,
            at,
            seen: HashMap::new(),
            imported: Imported::default(),
        }
    }

    /// What was brought, and where it was written to.
    pub fn end(self) -> (Imported, Option<Sink<'a>>) {
        (self.imported, self.sink)
    }

    /// The wall clock.
    pub fn at(&self) -> DateTime<FixedOffset> {
        self.at
    }

    /// A column that means nothing here.
    pub fn keep_out(&mut self, column: &str) {
        self.imported.kept_out.push(column.to_owned());
    }

    /// What is told behind the rest, and never left out.
    pub fn note_last(&mut self, notes: Vec<String>) {
        self.imported.notes.extend(notes);
    }

    /// Something to tell; only the first few are kept.
    pub fn note(&mut self, note: String) {
        if self.imported.notes.len() < LISTED {
            self.imported.notes.push(note);
        }
    }

    /// One entry.
    pub fn take(&mut self, rec: Id, fields: &Fields, place: Spot) -> Result<(), Trouble> {
        if let Some(&number) = self.seen.get(&rec) {
            let first = Spot { number, ..place };
            return Err(Trouble::Input(format!(
                "{place}: the same rec as at {first}"
            )));
        }
        if fields.iter().count() > FIELDS_MAX {
            return Err(Trouble::Input(format!(
                "{place}: more than {FIELDS_MAX} fields"
            )));
        }
        let entry = Entry::read(rec.clone(), fields, Marks::default());
        let invalid = entry.more.as_ref().map_or(0, |more| more.invalid.len());
        let slots = self.known.slots(self.index.key(&rec));
        let found = self.index.merge(&slots, |ops, merged| {
            (ops[0].rec == rec).then(|| (merged.standing, differ(&merged.fields, fields)))
        });
        let found = found.map_err(|_| {
            Trouble::Input("the journal changed while it was read; try again".to_owned())
        })?;
        match found.flatten() {
            None | Some((Standing::Waiting, _)) => {
                self.imported.new += 1;
                self.imported.invalid += invalid as u64;
                self.imported.example.get_or_insert(entry);
                self.write(&rec, fields, place)?;
            }
            Some((Standing::Visible, differs)) => {
                self.imported.known += 1;
                if differs {
                    self.imported.differing += 1;
                    if self.imported.differ.len() < LISTED {
                        self.imported.differ.push(format!("{place} ({rec})"));
                    }
                }
            }
            Some((Standing::Deleted, _)) => {
                self.imported.known += 1;
                self.imported.deleted += 1;
            }
            Some((Standing::Forgotten, _)) => self.imported.forgotten += 1,
        }
        self.seen.insert(rec, place.number);
        Ok(())
    }

    /// An add; what is too long for one line goes into edits that follow it.
    fn write(&mut self, rec: &Id, fields: &Fields, place: Spot) -> Result<(), Trouble> {
        let mut draft = Draft::new(Kind::Add, mint(self.at), rec.clone(), moment_text(&self.at));
        draft.set = Some(fields.clone());
        let whole = draft.text();
        if whole.len() <= LINE_MAX {
            return self.put(&whole);
        }
        let first = draft.id.clone();
        let mut parts = parts(fields).into_iter();
        draft.set = Some(parts.next().unwrap_or_default());
        let mut texts = vec![draft.text()];
        for part in parts {
            let mut edit = Draft::new(
                Kind::Edit,
                mint(self.at),
                rec.clone(),
                moment_text(&self.at),
            );
            edit.seen = Some(vec![first.clone()]);
            edit.set = Some(part);
            texts.push(edit.text());
        }
        if texts.iter().any(|text| text.len() > LINE_MAX) {
            return Err(Trouble::Input(format!(
                "{place}: the entry is too long: 256 KiB is the most that one value may hold"
            )));
        }
        texts.iter().try_for_each(|text| self.put(text))
    }

    fn put(&mut self, line: &str) -> Result<(), Trouble> {
        let Some(sink) = &mut self.sink else {
            return Ok(());
        };
        let put = sink.put(line.as_bytes()).and_then(|()| sink.put(b"\n"));
        put.map_err(Trouble::Disk)
    }
}

/// Whether two sets of fields say something else.
fn differ(here: &Fields, there: &Fields) -> bool {
    here.iter().count() != there.iter().count()
        || here.iter().any(|(name, raw)| {
            let other = there.get(name);
            !other.is_some_and(|other| is_same(raw.get(), other.get()))
        })
}

/// Fields in groups, each of a line's length at most, as far as a single one is not longer.
fn parts(fields: &Fields) -> Vec<Fields> {
    const ROOM: usize = LINE_MAX - 1024;
    let (mut parts, mut part, mut size) = (Vec::new(), Fields::default(), 0);
    for (name, raw) in fields.iter() {
        let len = 6 * name.len() + raw.get().len() + 4;
        if size > 0 && size + len > ROOM {
            parts.push(std::mem::take(&mut part));
            size = 0;
        }
        part.push_raw(name, raw.to_owned());
        size += len;
    }
    parts.push(part);
    parts
}
