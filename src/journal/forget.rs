//! The right to erase: hides a record for good, and takes its lines out of the files that are this machine's to write.
//!
//! The line that hides comes first and is safe before anything is taken out: whatever happens after it, the record does
//! not come back, and the next write of this machine takes up what was left undone. The same serves what other
//! machines forgot. A file is never changed in its place: a copy without the lines takes its place whole.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use super::append::{Held, failure, write_all};
use super::device::{self, Whose};
use super::disk::{Disk, How, patiently};
use super::draft::Draft;
use super::index::{Index, Stale};
use super::line::{self, Kind, Line};
use super::read::{self, Lines, Piece};
use super::{Journal, Standing, mint};
use crate::domain::id::Id;
use crate::domain::order;
use crate::domain::record::moment_text;
use crate::domain::storage::Failure;

/// What forgetting did, and what it could not do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// It was forgotten before.
    pub before: bool,
    /// Files that no longer hold its lines, and how many they held.
    pub erased: Vec<(PathBuf, usize)>,
    /// Files that could not be rewritten: what they hold is hidden, but still there.
    pub failed: Vec<Failure>,
    /// Files that are not this machine's to rewrite and still hold lines of it.
    pub left: Vec<(PathBuf, Whose)>,
}

impl Journal {
    /// Hides every line of a record for good and erases those that stand in this machine's own files and in imports;
    /// `everywhere`: also in files that are no machine's, such as conflict copies. An error means that nothing was done.
    pub fn forget(
        &mut self,
        rec: &Id,
        everywhere: bool,
        at: DateTime<FixedOffset>,
    ) -> Result<Forgotten, Failure> {
        if self.index.is_none() {
            self.load();
        }
        let held = self.writer.lock()?;
        self.refresh();
        let before = self.is_forgotten(rec);
        if !before {
            let draft = Draft::new(Kind::Forget, mint(at), rec.clone(), moment_text(&at));
            self.writer.append(&held, &[&draft.text()])?;
        }
        let own = device::find(self.places());
        let dir = self.places().journal();
        let mut done = Forgotten {
            before,
            ..Forgotten::default()
        };
        self.remove_leftovers();
        let recs = Recs(HashSet::from([rec.clone()]));
        for name in read::names(&dir).unwrap_or_default() {
            if !is_ours(device::whose(&name, &own), everywhere) {
                continue;
            }
            let path = dir.join(&name);
            match erase(self.writer.disk(), &path, &recs) {
                Ok(0) => {}
                Ok(lines) => done.erased.push((path, lines)),
                Err(error) => done.failed.push(failure(&path, &error)),
            }
        }
        drop(held);
        self.refresh();
        if let Some(index) = &self.index {
            let still = remains(index, &|_| true).unwrap_or_default();
            let still = still.iter().filter(|(known, _)| known == rec);
            let left = still.map(|(_, name)| (dir.join(name), device::whose(name, &own)));
            // What failed is told by itself.
            done.left = left
                .filter(|(_, whose)| !is_ours(*whose, everywhere))
                .collect();
        }
        Ok(done)
    }

    fn is_forgotten(&self, rec: &Id) -> bool {
        let Some(index) = &self.index else {
            return false;
        };
        let standing = index.record(rec, |_, merged| merged.standing);
        standing == Ok(Some(Standing::Forgotten))
    }

    /// What a process left that died while it wrote another file in a file's place.
    fn remove_leftovers(&self) {
        let dir = self.places().journal();
        for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let ours = name.starts_with('.')
                && (name.ends_with(".jsonl.tmp") || *name == *super::import::TEMPORARY);
            // Sync tools name theirs in other ways.
            if ours && !name.starts_with(".syncthing.") {
                drop(self.writer.disk().remove(&entry.path()));
            }
        }
    }

    /// Takes out of this machine's files what has been forgotten, here or elsewhere, and still stands in them. What
    /// can't be done now is done at the next write; `doctor` tells of it meanwhile.
    pub(super) fn sweep(&mut self, _held: &Held) {
        let dir = self.places().journal();
        let Some(index) = &self.index else {
            return;
        };
        // Most logs know of nothing that was forgotten: then nobody needs to know which machine this is.
        let own = std::cell::OnceCell::new();
        let own = || own.get_or_init(|| device::find(self.places()));
        let found = remains(index, &|name| is_ours(device::whose(name, own()), false));
        let found = found.unwrap_or_default();
        if found.is_empty() {
            return;
        }
        index.close();
        let (recs, names): (HashSet<Id>, Vec<OsString>) = found.into_iter().unzip();
        let (recs, names) = (Recs(recs), order::set(names));
        for name in names {
            drop(erase(self.writer.disk(), &dir.join(name), &recs));
        }
        self.refresh();
    }

    /// The same for a process that has not read the log: it looks whether there is anything to do first.
    pub fn sweep_unread(&mut self) {
        let own = device::find(self.places());
        if !has_remains(&self.places().journal(), &own) {
            return;
        }
        self.load();
        if let Ok(held) = self.writer.lock() {
            self.refresh();
            self.sweep(&held);
        }
    }
}

/// Whether this machine may rewrite a file.
fn is_ours(whose: Whose, everywhere: bool) -> bool {
    match whose {
        Whose::Own | Whose::Import => true,
        Whose::Nobody => everywhere,
        Whose::Machine => false,
    }
}

/// Forgotten records, each with every file, of those asked for, that still holds lines of it; in order.
pub(super) fn remains(
    index: &Index,
    of: &dyn Fn(&OsStr) -> bool,
) -> Result<Vec<(Id, OsString)>, Stale> {
    let mut found = Vec::new();
    let is_forget = |slot: u32| index.place(slot).kind() == Some(Kind::Forget);
    let forgets = index.forgets().iter();
    let forgotten: HashSet<u64> = forgets.map(|&slot| index.rec_key(slot)).collect();
    for key in forgotten {
        let slots = index.slots_of(key);
        let places = slots.iter().filter(|&&slot| !is_forget(slot));
        let names = places.map(|&slot| &index.files()[index.place(slot).file as usize].name);
        let names = order::set(names.filter(|name| of(name)).cloned());
        if names.is_empty() {
            continue;
        }
        let merged = index.merge(&slots, |ops, merged| {
            (merged.standing == Standing::Forgotten).then(|| ops[0].rec.clone())
        })?;
        if let Some(Some(rec)) = merged {
            found.extend(names.into_iter().map(|name| (rec.clone(), name)));
        }
    }
    order::by(&mut found, Ord::cmp);
    Ok(found)
}

/// Whether this machine's files hold lines of records that some file says are forgotten; without an index, and so
/// without reading what most lines mean.
fn has_remains(dir: &Path, own: &str) -> bool {
    let names = read::names(dir).unwrap_or_default();
    let mut forgotten = HashSet::new();
    for name in &names {
        each_line(&dir.join(name), &mut |bytes| {
            if may_forget(bytes)
                && let Line::Op(op) = line::parse(bytes)
                && op.kind == Kind::Forget
            {
                forgotten.insert(op.rec);
            }
        });
    }
    if forgotten.is_empty() {
        return false;
    }
    let mut found = false;
    for name in names
        .iter()
        .filter(|name| is_ours(device::whose(name, own), false))
    {
        each_line(&dir.join(name), &mut |bytes| {
            // Most lines are told by how they begin: after the first forget this is done at every write, for good.
            if written_rec(bytes).is_some_and(|rec| !forgotten.contains(&Id::new(rec))) {
                return;
            }
            if let Line::Op(op) = line::parse(bytes) {
                found |= op.kind != Kind::Forget && forgotten.contains(&op.rec);
            }
        });
    }
    found
}

pub(super) fn each_line(path: &Path, each: &mut dyn FnMut(&[u8])) {
    let Ok((file, _)) = read::open(path) else {
        return;
    };
    let mut lines = Lines::new(file, 0);
    let mut take = |piece: Piece<'_>| {
        if let Piece::Line { bytes, .. } = piece {
            each(bytes);
        }
    };
    while let Ok(true) = lines.step(&mut take) {}
}

/// Whether a line may be one that forgets. What our writers write is told by how it begins.
fn may_forget(bytes: &[u8]) -> bool {
    const WORD: &[u8] = b"forget\"";
    match bytes.strip_prefix(b"{\"v\":1,\"op\":\"") {
        Some(rest) => rest.starts_with(WORD),
        None => bytes.windows(WORD.len()).any(|window| window == WORD),
    }
}

/// The record of a line that begins as our writers write it; `None`: only parsing it can tell. A record that were named
/// twice would make the line unreadable.
pub(super) fn written_rec(bytes: &[u8]) -> Option<&str> {
    let rest = bytes.strip_prefix(b"{\"v\":1,\"op\":\"")?;
    let (_op, rest) = plain_text(rest)?;
    let (_id, rest) = plain_text(rest.strip_prefix(b",\"id\":\"")?)?;
    let (rec, _) = plain_text(rest.strip_prefix(REC_NEXT)?)?;
    std::str::from_utf8(rec).ok()
}

/// What stands up to the next quotation mark, where nothing in it is escaped, and what follows.
fn plain_text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    (bytes[end] == b'"').then(|| (&bytes[..end], &bytes[end + 1..]))
}

const REC_NEXT: &[u8] = b",\"rec\":\"";

/// The records to erase.
struct Recs(HashSet<Id>);

impl Recs {
    /// Whether a line is one of theirs and not the one that forgets.
    fn own(&self, bytes: &[u8]) -> bool {
        match line::parse(bytes) {
            Line::Op(op) => op.kind != Kind::Forget && self.0.contains(&op.rec),
            Line::Newer { rec, .. } => rec.is_some_and(|rec| self.0.contains(&rec)),
            Line::Blank => false,
            Line::Bad(_) => piece_rec(bytes).is_some_and(|rec| self.0.contains(&rec)),
        }
    }
}

/// The record of a line that can't be read, such as a torn one. Where it speaks of several records, some of it is
/// another's: then it has none.
pub(super) fn piece_rec(bytes: &[u8]) -> Option<Id> {
    const MEMBER: &[u8] = b"\"rec\":\"";
    let mut places = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(MEMBER));
    let (Some(at), None) = (places.next(), places.next()) else {
        return None;
    };
    // From the quotation mark that opens the text; what follows the text is not read.
    let text = &bytes[at + MEMBER.len() - 1..];
    let mut texts = serde_json::Deserializer::from_slice(text).into_iter::<String>();
    let rec = texts.next()?.ok()?;
    Some(Id::new(&rec))
}

/// Puts a copy without these records' lines in the place of a file. The number of lines that it no longer holds.
fn erase(disk: &dyn Disk, path: &Path, recs: &Recs) -> io::Result<usize> {
    // Where the path is a link, what it leads to is replaced.
    let path = std::fs::canonicalize(path)?;
    let (file, stamp) = read::open(&path)?;
    let (file, spans) = spans(file, recs)?;
    if spans.is_empty() {
        return Ok(0);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let dir = path.parent().unwrap_or(Path::new("/"));
    let temporary = dir.join(format!(".{name}.tmp"));
    let put = || -> io::Result<()> {
        let copy = open_new(disk, &temporary)?;
        let mut from = 0;
        for span in &spans {
            copy_bytes(disk, &file, from..span.start, &copy)?;
            from = span.end;
        }
        copy_bytes(disk, &file, from..stamp.size, &copy)?;
        patiently(|| disk.sync(&copy))?;
        patiently(|| disk.rename(&temporary, &path))?;
        patiently(|| disk.sync_dir(dir))
    };
    put().inspect_err(|_| drop(disk.remove(&temporary)))?;
    Ok(spans.len())
}

/// Where the lines stand that are to go, with their ends.
fn spans(file: File, recs: &Recs) -> io::Result<(File, Vec<Range<u64>>)> {
    let mut found: Vec<Range<u64>> = Vec::new();
    let mut lines = Lines::new(file, 0);
    let mut take = |piece: Piece<'_>| {
        if let Piece::Line { at, bytes, .. } = piece
            && recs.own(bytes)
        {
            found.push(at..at + bytes.len() as u64);
        }
    };
    while lines.step(&mut take)? {}
    let file = lines.into_file();
    for span in &mut found {
        let mut next = [0];
        let count = patiently(|| file.read_at(&mut next, span.end))?;
        span.end += u64::from(count == 1 && next == *b"\n");
    }
    Ok((file, found))
}

/// A new file; what a process left there that did not live to go on is removed. We hold the lock.
pub(super) fn open_new(disk: &dyn Disk, path: &Path) -> io::Result<File> {
    match patiently(|| disk.open(path, How::New)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            patiently(|| disk.remove(path))?;
            patiently(|| disk.open(path, How::New))
        }
        opened => opened,
    }
}

fn copy_bytes(disk: &dyn Disk, from: &File, bytes: Range<u64>, to: &File) -> io::Result<()> {
    let mut at = bytes.start;
    while at < bytes.end {
        let len = (bytes.end - at).min(read::CHUNK as u64) as usize;
        let mut block = vec![0; len];
        patiently(|| from.read_exact_at(&mut block, at))?;
        write_all(disk, to, &block)?;
        at += len as u64;
    }
    Ok(())
}
