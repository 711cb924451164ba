//! What the ends of the files tell, for those who want it at once: no more than 64 KiB is read, nothing is locked, and how
//! far back that is certain is told along.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use super::line::{self, Line, Op};
use super::load::entry_of;
use super::merge::merge;
use super::progress;
use super::read;
use crate::domain::id::Id;
use crate::domain::order;
use crate::domain::record::{Entry, parse_moment};
use crate::domain::session::Checkpoint;
use crate::paths::Places;

/// How much of the journal is read at most, in bytes.
pub const TAIL_MAX: u64 = 64 * 1024;

/// The newest part of the log.
#[derive(Debug, Default)]
pub struct Tail {
    /// Entries in the order of their moments, as far as these lines tell of them.
    pub entries: Vec<Entry>,
    /// Everything written from then on was read, going by the clocks of those who wrote; `None`: everything was.
    pub known_since: Option<DateTime<FixedOffset>>,
}

/// A session under way.
#[derive(Debug)]
pub struct Underway {
    /// Where it was last noted to be.
    pub checkpoint: Checkpoint,
    /// Whether a process has it; `None` where the system does not tell.
    pub is_held: Option<bool>,
}

/// Reads the ends of the journal's files, of those changed last first, until 64 KiB are read.
pub fn tail(places: &Places) -> Tail {
    let dir = places.journal();
    let mut files: Vec<(PathBuf, i64, u64)> = read::names(&dir)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|name| {
            let path = dir.join(name);
            let about = std::fs::metadata(&path).ok()?;
            Some((path, about.mtime(), about.len()))
        })
        .collect();
    order::by(&mut files, |a, b| (b.1, &b.0).cmp(&(a.1, &a.0)));
    let mut left = TAIL_MAX;
    let mut texts = Vec::new();
    let mut known_since = None;
    for (path, changed, size) in files {
        let Some((bytes, is_whole)) = end_of(&path, left) else {
            // Nothing in it counts for anybody.
            continue;
        };
        left -= bytes.len() as u64;
        let begins = if is_whole { Some(0) } else { first_end(&bytes) };
        let lines = begins.map_or(&[][..], |at| &bytes[at..]);
        if !is_whole && size > 0 {
            // Lines of a file lie in the order in which they were written.
            let from = first_written(lines)
                .or_else(|| DateTime::from_timestamp(changed, 0).map(Into::into));
            known_since = known_since.max(from);
        }
        texts.push(lines.to_owned());
    }
    Tail {
        entries: entries(&texts),
        known_since,
    }
}

/// Sessions that have a progress file, the one noted last first. No lock is taken, not even to try.
pub fn underway(places: &Places) -> Vec<Underway> {
    let dir = places.sessions();
    let names = read::names(&dir).unwrap_or_default();
    // Usually there is none, and nothing more to read.
    if names.is_empty() {
        return Vec::new();
    }
    let locks = std::fs::read_to_string("/proc/locks").ok();
    let mut found: Vec<_> = names
        .iter()
        .filter_map(|name| {
            let path = dir.join(name);
            let rec = Id::new(name.to_str()?.strip_suffix(".jsonl")?);
            let inode = std::fs::metadata(&path).ok()?.ino();
            let (bytes, _) = end_of(&path, TAIL_MAX)?;
            let mut lines = bytes.rsplit(|byte| *byte == b'\n');
            Some(Underway {
                checkpoint: lines.find_map(|line| progress::read_line(line, &rec))?,
                is_held: locks.as_deref().map(|locks| is_locked(locks, inode)),
            })
        })
        .collect();
    order::by_key(&mut found, |one| {
        std::cmp::Reverse(parse_moment(&one.checkpoint.at))
    });
    found
}

/// Whether a lock of this inode stands in the system's list, such as
/// `1: FLOCK  ADVISORY  WRITE 4711 fe:00:131090 0 EOF`.
fn is_locked(locks: &str, inode: u64) -> bool {
    locks.lines().any(|line| {
        let mut words = line.split_whitespace().skip(1);
        let is_flock = words.next() == Some("FLOCK");
        let place = words.nth(3).and_then(|place| place.rsplit(':').next());
        is_flock && place.and_then(|inode| inode.parse().ok()) == Some(inode)
    })
}

/// The last bytes of a regular file, at most so many, and whether they are all of it.
fn end_of(path: &Path, most: u64) -> Option<(Vec<u8>, bool)> {
    let (file, stamp): (File, _) = read::open(path).ok()?;
    let len = stamp.size.min(most);
    let mut bytes = vec![0; usize::try_from(len).ok()?];
    file.read_exact_at(&mut bytes, stamp.size - len).ok()?;
    Some((bytes, len == stamp.size))
}

/// Behind the first line, which may be the end of a longer one.
fn first_end(bytes: &[u8]) -> Option<usize> {
    let at = bytes.iter().position(|byte| *byte == b'\n')?;
    Some(at + 1)
}

fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let pieces = bytes.split(|byte| matches!(byte, b'\n' | 0));
    pieces.filter(|piece| !piece.is_empty())
}

fn first_written(lines: &[u8]) -> Option<DateTime<FixedOffset>> {
    pieces(lines).find_map(|piece| match line::parse(piece) {
        Line::Op(op) => parse_moment(op.at?.get().trim_matches('"')),
        _ => None,
    })
}

fn entries(texts: &[Vec<u8>]) -> Vec<Entry> {
    let mut records: HashMap<Id, HashMap<Id, Op<'_>>> = HashMap::new();
    for piece in texts.iter().flat_map(|text| pieces(text)) {
        if let Line::Op(op) = line::parse(piece) {
            let ops = records.entry(op.rec.clone()).or_default();
            ops.insert(op.id.clone(), op);
        }
    }
    let entries = records.into_iter().filter_map(|(rec, ops)| {
        let ops: Vec<Op<'_>> = ops.into_values().collect();
        entry_of(&rec, &merge(&ops))
    });
    let mut entries: Vec<Entry> = entries.collect();
    order::by(&mut entries, |a, b| {
        (a.started_at, &a.rec).cmp(&(b.started_at, &b.rec))
    });
    entries
}

#[cfg(test)]
mod tests {
    use super::is_locked;

    #[test]
    fn a_lock_is_known_by_its_inode_alone() {
        let locks = "1: POSIX  ADVISORY  WRITE 10 fe:00:42 0 EOF\n2: FLOCK  ADVISORY  WRITE 11 fe:00:43 0 EOF\n\
                     2: -> FLOCK  ADVISORY  WRITE 12 fe:00:44 0 EOF\n";
        assert!(is_locked(locks, 43));
        assert!(!is_locked(locks, 42) && !is_locked(locks, 44) && !is_locked(locks, 4));
        assert!(!is_locked("nonsense\n\n2:", 0));
    }
}
