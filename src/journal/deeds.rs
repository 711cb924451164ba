//! What was written of one record, line by line, and the shortest end of each line's id: what a person can take back.

use std::collections::HashSet;
use std::path::Path;

use chrono::{DateTime, FixedOffset};

use super::Journal;
use super::differing::{hiding, written};
use super::index::Index;
use super::line::{Kind, Op};
use super::merge::{Merged, Standing};
use super::short_id::{SHORTEST, ShortIds, each_op};
use crate::domain::id::Id;

/// One line of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The line.
    pub op: Id,
    /// The shortest end of its id that no other line has: what `undo` takes.
    pub end: String,
    /// The wall clock of the machine that wrote it; `None` where its line does not say.
    pub at: Option<DateTime<FixedOffset>>,
    /// What it did: 'made', 'edit of pain, note', 'delete', 'undo of 5c1f'.
    pub what: String,
    /// Whether it counts: nothing took it back.
    pub on: bool,
    /// Whether it would hide the entry, if that was not changed elsewhere.
    pub hides: bool,
}

impl Journal {
    /// Where a record stands, and all that was written of it in the order of the lines' ids. `None` until the log is
    /// loaded, or where there is no such record.
    pub fn deeds(&self, rec: &Id) -> Option<(Standing, Vec<Deed>)> {
        let index = self.index.as_ref()?;
        let found = index.record(rec, |ops, merged| (merged.standing, deeds(ops, merged)));
        let (standing, mut deeds) = found.ok()??;
        let ids: Vec<Id> = deeds.iter().map(|(deed, _)| deed.op.clone()).collect();
        let ends = op_ends(index.dir(), &ids);
        let end = |id: &Id| ends.get(id).unwrap_or_else(|| id.to_string());
        for (deed, of) in &mut deeds {
            deed.end = end(&deed.op);
            if let Some(of) = of {
                deed.what = format!("undo of {}", end(of));
            }
        }
        Some((standing, deeds.into_iter().map(|(deed, _)| deed).collect()))
    }

    /// Whether some entry is hidden by a delete, or by an undo of what made it.
    pub fn has_deleted(&self) -> bool {
        let is_deleted = |index: &Index| {
            let recs: HashSet<u64> = index.rec_keys().iter().copied().collect();
            let slots = index.slots_of_all(&recs);
            let mut standings = slots
                .values()
                .map(|slots| index.merge(slots, |_, it| it.standing));
            standings.any(|standing| matches!(standing, Ok(Some(Standing::Deleted))))
        };
        self.index.as_ref().is_some_and(is_deleted)
    }
}

/// Each line with the one that it takes back.
fn deeds(ops: &[Op<'_>], merged: &Merged) -> Vec<(Deed, Option<Id>)> {
    let hiding: HashSet<&Id> = hiding(ops, merged).map(|op| &op.id).collect();
    let told = ops.iter().zip(&merged.on).map(|(op, on)| {
        let deed = Deed {
            op: op.id.clone(),
            end: String::new(),
            at: written(op),
            what: what(op),
            on: *on,
            hides: hiding.contains(&op.id),
        };
        (deed, op.of.clone().filter(|_| op.kind == Kind::Undo))
    });
    told.collect()
}

fn what(op: &Op<'_>) -> String {
    match op.kind {
        Kind::Add => "made".to_owned(),
        Kind::Delete => "delete".to_owned(),
        Kind::Undo => "undo".to_owned(),
        Kind::Forget => "forgotten".to_owned(),
        Kind::Edit => {
            let names = op.set.iter().map(|(name, _)| name).chain(&op.unset);
            let names: Vec<&str> = names.map(|name| &**name).collect();
            format!("edit of {}", names.join(", "))
        }
    }
}

/// For some lines the shortest ends of their ids that no other line has. Reads the files once more.
pub(super) fn op_ends(dir: &Path, ids: &[Id]) -> ShortIds {
    let end = |id: &Id| -> String {
        let text = id.to_string();
        let last: Vec<char> = text.chars().rev().take(SHORTEST).collect();
        last.into_iter().rev().collect()
    };
    let ends: HashSet<String> = ids.iter().map(end).collect();
    let mut alike: HashSet<Id> = ids.iter().cloned().collect();
    each_op(dir, &mut |op| {
        if ends.contains(&end(&op.id)) {
            alike.insert(op.id);
        }
    });
    ShortIds::of(alike.iter())
}
