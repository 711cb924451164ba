//! What is known of the log before it is read: the newest lines of this machine's file, or that there are none at all,
//! so that the first frame has something to show.

use std::path::Path;

use super::append::own_files;
use super::device;
use super::line::{self, Line, Op};
use super::load::{entry_of, entry_of_plain};
use super::merge::merge;
use super::read::{self, Lines, Piece};
use crate::domain::log::LogChange;
use crate::domain::order;
use crate::domain::record::{Entry, Pool};
use crate::paths::Places;

/// How much of the file's end is read for each row of the screen: a long line.
const PER_ROW: u64 = 384;

/// Where there is no journal yet, the whole log, which is empty. Else the newest entries, enough for so many rows of a
/// list, as far as the end of the own file tells of them, in no order; the whole log may know better.
pub fn newest(places: &Places, rows: u16) -> LogChange {
    let journal = places.journal();
    if read::names(&journal).is_ok_and(|names| names.is_empty()) {
        return LogChange::Whole(Vec::new());
    }
    let device = device::find(places);
    let own = own_files(&journal, &device).pop();
    let entries = own.map(|path| newest_of(&path, rows));
    LogChange::Preview(entries.unwrap_or_default())
}

fn newest_of(path: &Path, rows: u16) -> Vec<Entry> {
    let Ok((file, stamp)) = read::open(path) else {
        return Vec::new();
    };
    let from = stamp.size.saturating_sub(u64::from(rows) * PER_ROW);
    let mut lines = Lines::new(file, from).expecting(stamp.size - from);
    let mut texts: Vec<Vec<u8>> = Vec::new();
    let mut each = |piece: Piece<'_>| {
        // The first piece may be the end of a longer line.
        if let Piece::Line { at, bytes, .. } = piece
            && (at > from || from == 0)
        {
            texts.push(bytes.to_vec());
        }
    };
    while let Ok(true) = lines.step(&mut each) {}
    let mut ops: Vec<Op<'_>> = Vec::with_capacity(texts.len());
    for text in &texts {
        if let Line::Op(op) = line::parse(text) {
            ops.push(op);
        }
    }
    // Of lines with one id the last one is taken.
    ops.reverse();
    order::by(&mut ops, |a, b| (&a.rec, &a.id).cmp(&(&b.rec, &b.id)));
    ops.dedup_by(|a, b| (&a.rec, &a.id) == (&b.rec, &b.id));
    let mut pool = Pool::default();
    let records = ops.chunk_by(|a, b| a.rec == b.rec);
    let entries = records.filter_map(|ops| {
        let plain = entry_of_plain(ops, &mut pool);
        plain.or_else(|| entry_of(&ops[0].rec, &merge(ops)))
    });
    entries.collect()
}
