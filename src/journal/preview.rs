//! What is known of the log before it is read: the newest lines of this machine's file, or that there are none at all,
//! so that the first frame has something to show.

use std::collections::HashMap;
use std::path::Path;

use super::append::own_files;
use super::device;
use super::line::{self, Line, Op};
use super::load::entry_of;
use super::merge::merge;
use super::read::{self, Lines, Piece};
use crate::domain::id::Id;
use crate::domain::log::LogChange;
use crate::domain::record::Entry;
use crate::paths::Places;

/// How much of the file's end is read for each row of the screen: a line or two, as lines go.
const PER_ROW: u64 = 512;

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
    let mut records: HashMap<Id, HashMap<Id, Op<'_>>> = HashMap::new();
    for text in &texts {
        if let Line::Op(op) = line::parse(text) {
            records
                .entry(op.rec.clone())
                .or_default()
                .insert(op.id.clone(), op);
        }
    }
    let entries = records.into_iter().filter_map(|(rec, ops)| {
        let ops: Vec<Op<'_>> = ops.into_values().collect();
        entry_of(&rec, &merge(&ops))
    });
    entries.collect()
}
