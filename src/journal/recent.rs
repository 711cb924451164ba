//! The entries of the last days without the rest: most lines are passed over unparsed, as their text shows that they
//! cannot matter.
//!
//! Each record whose moment may be recent is read with all of its lines, wherever they stand: the answer is that of
//! reading everything, but for a line of another record that carries an id of one of these.

use std::collections::HashSet;
use std::io::BufRead;

use chrono::NaiveDate;

use super::Journal;
use super::forget::{each_line, written_rec};
use super::line::{self, Line};
use super::load::Loader;
use super::read;
use crate::domain::id::Id;
use crate::domain::record::Entry;

impl Journal {
    /// The entries from a day on, those of times to come among them, in the order of their moments. Reads the files
    /// anew and keeps nothing of them.
    pub fn recent(&self, since: NaiveDate) -> Vec<Entry> {
        let dir = self.places().journal();
        let day = since.format("%Y-%m-%d").to_string();
        let mut recs: HashSet<Id> = HashSet::new();
        for name in read::names(&dir).unwrap_or_default() {
            each_line(&dir.join(name), &mut |bytes| {
                if !may_begin(bytes, day.as_bytes()) {
                    return;
                }
                match written_rec(bytes) {
                    Some(rec) => drop(recs.insert(Id::new(rec))),
                    None => {
                        if let Line::Op(op) = line::parse(bytes) {
                            recs.insert(op.rec);
                        }
                    }
                }
            });
        }
        let mut entries = Loader::run_only(&dir, &recs);
        entries.retain(|entry| entry.day().is_some_and(|at| at >= since));
        entries
    }
}

/// Whether a line may give its entry a moment from this day on. Lines that our writers did not write so, or with
/// anything escaped in them, may.
fn may_begin(bytes: &[u8], day: &[u8]) -> bool {
    if written_rec(bytes).is_none() || bytes.contains(&b'\\') {
        return true;
    }
    let mut rest = bytes;
    loop {
        let before = rest;
        match rest.skip_until(b'_') {
            Ok(skipped) if skipped > 0 && before[skipped - 1] == b'_' => {
                let is_moment =
                    before[..skipped - 1].ends_with(b"\"started") && rest.starts_with(b"at\"");
                if is_moment {
                    match rest.strip_prefix(b"at\":\"") {
                        Some(moment) if &moment[..moment.len().min(day.len())] < day => {}
                        _ => return true,
                    }
                }
            }
            _ => return false,
        }
    }
}
