//! The log written out: `jsonl`, every line as it stands; `json`, the state for people and scripts; `csv`, the state as a
//! table.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::append::failure;
use super::cells;
use super::forget::piece_rec;
use super::index::{Index, Stale};
use super::line::{self, Check, Kind, LINE_MAX, Line};
use super::read::{self, Lines, Piece};
use super::{Journal, Standing};
use crate::domain::id::Id;
use crate::domain::order;
use crate::domain::record::Fields;
use crate::domain::storage::Failure;
use crate::domain::vocabulary::Vocabulary;

impl Journal {
    /// The fields of a visible record as they are stored, in documented order. `None`: there is no such record, or
    /// its lines have moved since they were read.
    pub fn fields(&self, rec: &Id) -> Option<Fields> {
        self.fields_of(rec).ok().flatten()
    }

    fn fields_of(&self, rec: &Id) -> Result<Option<Fields>, Stale> {
        let index = self.index.as_ref().ok_or(Stale)?;
        shown(index, &index.slots_of(index.key(rec)), rec)
    }

    /// One record as a JSON object: `rec`, then its fields with their values' text as stored.
    pub fn record_json(&self, rec: &Id) -> Option<String> {
        Some(object(rec, &self.fields(rec)?))
    }

    /// These records as a JSON array, one a line, in the order given. An error also when a file was replaced since it
    /// was read: then the array would have gaps.
    pub fn write_json(&self, recs: &[Id], out: &mut dyn Write) -> io::Result<()> {
        let mut before = "[\n";
        if let Some(index) = &self.index {
            let slots = index.slots_of_each(recs);
            for (rec, slots) in recs.iter().zip(slots) {
                let fields = shown(index, &slots, rec).map_err(|Stale| changed())?;
                if let Some(fields) = fields {
                    out.write_all(before.as_bytes())?;
                    out.write_all(object(rec, &fields).as_bytes())?;
                    before = ",\n";
                }
            }
            index.close();
        }
        out.write_all(if before == "[\n" { b"[]\n" } else { b"\n]\n" })
    }

    /// All visible records by the instant of their moments, then by id. Returns the files that can't be read: what
    /// they hold is missing.
    pub fn export_json(&mut self, out: &mut dyn Write) -> io::Result<Vec<Failure>> {
        let recs: Vec<Id> = self.load().into_iter().map(|entry| entry.rec).collect();
        self.write_json(&recs, out)?;
        Ok(self.unreadable())
    }

    /// The same as a table: a header, then a row for each record, as [`cells`] makes them. Returns the files that can't
    /// be read, as for `json`.
    pub fn export_csv(
        &mut self,
        words: &Vocabulary,
        out: &mut dyn Write,
    ) -> io::Result<Vec<Failure>> {
        let recs: Vec<Id> = self.load().into_iter().map(|entry| entry.rec).collect();
        cells::write_row(cells::columns(), out)?;
        if let Some(index) = &self.index {
            let slots = index.slots_of_each(&recs);
            for (rec, slots) in recs.iter().zip(slots) {
                let fields = shown(index, &slots, rec).map_err(|Stale| changed())?;
                if let Some(fields) = fields {
                    let row = cells::encode(rec, &fields, words);
                    cells::write_row(row.iter().map(String::as_str), out)?;
                }
            }
            index.close();
        }
        Ok(self.unreadable())
    }

    /// Every distinct line as it stands: good ones by id, then the others by bytes. Lines of forgotten records are
    /// left out, but for the line that forgets them. Returns the files that can't be read, as for `json`.
    pub fn export_jsonl(&self, out: &mut dyn Write) -> io::Result<Vec<Failure>> {
        let mut collected = Collected::default();
        let dir = self.places().journal();
        let names = read::names(&dir).unwrap_or_else(|error| {
            collected.unreadable.push(failure(&dir, &error));
            Vec::new()
        });
        for name in names {
            collected.read(&dir.join(name));
        }
        collected.write(out)
    }
}

/// The fields of a record of which these are the lines, if it is to be seen.
fn shown(index: &Index, slots: &[u32], rec: &Id) -> Result<Option<Fields>, Stale> {
    let found = index.merge(slots, |ops, merged| {
        (ops[0].rec == *rec && merged.standing == Standing::Visible).then(|| merged.fields.clone())
    });
    found.map(Option::flatten)
}

fn changed() -> io::Error {
    io::Error::other("the files changed while they were read; try again")
}

fn object(rec: &Id, fields: &Fields) -> String {
    let mut text = format!("{{\"rec\":{}", json_text(&rec.to_string()));
    for (name, value) in fields.iter() {
        text.push(',');
        text.push_str(&json_text(&exported_name(name)));
        text.push(':');
        text.push_str(value.get());
    }
    text.push('}');
    text
}

fn json_text(text: &str) -> String {
    // A text always serialises.
    serde_json::to_string(text).unwrap_or_default()
}

/// The record's id stands under `rec`, so a field of that name needs another: `set.rec`, and so on.
fn exported_name(name: &str) -> String {
    if name == "rec" || name.starts_with("set.") {
        format!("set.{name}")
    } else {
        name.to_owned()
    }
}

/// Where a line lies; its text is read again when it is written.
#[derive(Debug, Clone, Copy)]
struct Spot {
    at: u64,
    len: u64,
    file: u32,
    /// Of its text, so that a file rewritten in its place meanwhile is noticed.
    crc: u32,
}

#[derive(Debug, Default)]
struct Collected {
    /// Kept open: whatever is put in their place meanwhile, these are the bytes that were read.
    files: Vec<File>,
    good: Vec<(Id, Option<Id>, Spot)>,
    /// With the record that each is about, where that can be told.
    others: Vec<(Option<Id>, Spot)>,
    /// Lines that forget, but with a wrong check value: they count where no other line carries their id.
    damaged_forgets: Vec<(Id, Id)>,
    forgotten: HashSet<Id>,
    unreadable: Vec<Failure>,
}

impl Collected {
    fn read(&mut self, path: &Path) {
        let file = match read::open(path) {
            Ok((file, _)) => file,
            // A file that has just gone is no trouble.
            Err(_) if std::fs::symlink_metadata(path).is_err() => return,
            Err(error) => return self.unreadable.push(failure(path, &error)),
        };
        let number = self.files.len() as u32;
        let mut lines = Lines::new(file, 0);
        loop {
            match lines.step(&mut |piece| self.take(number, piece)) {
                Ok(true) => {}
                Ok(false) => break,
                // What came before is worth having.
                Err(error) => {
                    self.unreadable.push(failure(path, &error));
                    break;
                }
            }
        }
        self.files.push(lines.into_file());
    }

    fn take(&mut self, file: u32, piece: Piece<'_>) {
        let (at, bytes) = match piece {
            Piece::Zeros { .. } => return,
            Piece::TooLong { at, len, .. } => {
                let crc = 0;
                return self.others.push((None, Spot { at, len, file, crc }));
            }
            Piece::Line { at, bytes, .. } => (at, bytes),
        };
        let text = line::trim(bytes);
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
        let lead = bytes.iter().take_while(blank).count();
        let spot = Spot {
            at: at + lead as u64,
            len: text.len() as u64,
            file,
            crc: crc32fast::hash(text),
        };
        match line::parse(text) {
            Line::Blank => {}
            Line::Op(op) if op.check != Check::Wrong => {
                if op.kind == Kind::Forget {
                    self.forgotten.insert(op.rec);
                    self.good.push((op.id, None, spot));
                } else {
                    self.good.push((op.id, Some(op.rec), spot));
                }
            }
            Line::Op(op) => {
                if op.kind == Kind::Forget {
                    self.damaged_forgets.push((op.id, op.rec));
                    self.others.push((None, spot));
                } else {
                    self.others.push((Some(op.rec), spot));
                }
            }
            Line::Newer { rec, .. } => self.others.push((rec, spot)),
            Line::Bad(_) => self.others.push((piece_rec(text), spot)),
        }
    }

    fn write(mut self, out: &mut dyn Write) -> io::Result<Vec<Failure>> {
        let mut texts = Texts {
            files: self.files,
            failed: None,
        };
        let mut forgotten = self.forgotten;
        if !self.damaged_forgets.is_empty() {
            let known: HashSet<&Id> = self.good.iter().map(|(id, ..)| id).collect();
            let damaged = self.damaged_forgets.into_iter();
            forgotten.extend(
                damaged
                    .filter(|(id, _)| !known.contains(id))
                    .map(|(_, rec)| rec),
            );
        }
        self.good
            .retain(|(_, rec, _)| rec.as_ref().is_none_or(|rec| !forgotten.contains(rec)));
        order::by(&mut self.good, |a, b| a.0.cmp(&b.0));
        for group in self.good.chunk_by(|a, b| a.0 == b.0) {
            let mut spots: Vec<Spot> = group.iter().map(|(_, _, spot)| *spot).collect();
            texts.write_distinct(&mut spots, out)?;
        }
        let others = self.others.into_iter();
        let others =
            others.filter(|(rec, _)| rec.as_ref().is_none_or(|rec| !forgotten.contains(rec)));
        let mut others: Vec<Spot> = others.map(|(_, spot)| spot).collect();
        texts.write_distinct(&mut others, out)?;
        Ok(self.unreadable)
    }
}

/// The files, open for reading lines again.
struct Texts {
    files: Vec<File>,
    failed: Option<io::Error>,
}

const BLOCK: usize = 64 * 1024;

impl Texts {
    /// Writes lines in the order of their bytes, equal ones once.
    fn write_distinct(&mut self, spots: &mut Vec<Spot>, out: &mut dyn Write) -> io::Result<()> {
        if spots.len() > 1 {
            order::by(spots, |a, b| self.compare(*a, *b));
            spots.dedup_by(|a, b| self.compare(*a, *b) == Ordering::Equal);
        }
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        for spot in &*spots {
            self.write_one(*spot, out)?;
        }
        Ok(())
    }

    fn write_one(&self, spot: Spot, out: &mut dyn Write) -> io::Result<()> {
        let (mut done, mut crc) = (0, crc32fast::Hasher::new());
        while done < spot.len {
            let block = self.block(spot, done)?;
            crc.update(&block);
            out.write_all(&block)?;
            done += block.len() as u64;
        }
        if spot.len <= LINE_MAX as u64 && crc.finalize() != spot.crc {
            return Err(changed());
        }
        out.write_all(b"\n")
    }

    fn block(&self, spot: Spot, from: u64) -> io::Result<Vec<u8>> {
        let len = (spot.len - from).min(BLOCK as u64) as usize;
        let mut block = vec![0; len];
        self.files[spot.file as usize].read_exact_at(&mut block, spot.at + from)?;
        Ok(block)
    }

    fn compare(&mut self, a: Spot, b: Spot) -> Ordering {
        let mut done = 0;
        while done < a.len.min(b.len) {
            match (self.block(a, done), self.block(b, done)) {
                (Ok(a), Ok(b)) => {
                    let common = a.len().min(b.len());
                    let order = a[..common].cmp(&b[..common]);
                    if order != Ordering::Equal {
                        return order;
                    }
                    done += common as u64;
                }
                (Err(error), _) | (_, Err(error)) => {
                    self.failed = Some(error);
                    return Ordering::Equal;
                }
            }
        }
        a.len.cmp(&b.len)
    }
}
