//! What two machines which had not seen each other made of one record (rules 4 and 5), for people to settle.

use std::collections::HashSet;

use chrono::{DateTime, FixedOffset};

use super::append::own_files;
use super::index::{Index, Stale};
use super::line::{Kind, Op};
use super::merge::{Conflict, Merged};
use super::{Journal, device};
use crate::domain::differing::{Deleted, Differing, Unsettled, Version};
use crate::domain::id::Id;
use crate::domain::record::parse_moment;

impl Journal {
    /// The fields of a record on which two machines differ. None until the log is loaded.
    pub fn conflicts(&self, rec: &Id) -> Vec<Differing> {
        self.unsettled(rec).fields
    }

    /// All that is to be settled in a record. Nothing until the log is loaded.
    pub fn unsettled(&self, rec: &Id) -> Unsettled {
        let found = self.index.as_ref().and_then(|index| {
            let own = self.own_lines(index, rec).ok()?;
            let found = index.record(rec, |ops, merged| unsettled(ops, merged, &own));
            found.ok().flatten()
        });
        found.unwrap_or_default()
    }

    /// Which of a record's lines stand in this machine's files.
    fn own_lines(&self, index: &Index, rec: &Id) -> Result<HashSet<Id>, Stale> {
        let device = device::find(self.places());
        let files = own_files(&self.places().journal(), &device);
        let names = files.iter().filter_map(|path| path.file_name());
        let own: HashSet<u32> = names.flat_map(|name| index.slots_in(name)).collect();
        let slots = index.slots_of(index.key(rec)).into_iter();
        let ids = slots
            .filter(|slot| own.contains(slot))
            .map(|slot| index.id_of(slot));
        ids.filter_map(Result::transpose).collect()
    }
}

fn unsettled(ops: &[Op<'_>], merged: &Merged, own: &HashSet<Id>) -> Unsettled {
    let fields = (merged.conflicts.iter()).map(|conflict| differing(ops, merged, conflict, own));
    let deletes = hiding(ops, merged).filter(|_| merged.marks.deleted_elsewhere);
    Unsettled {
        fields: fields.collect(),
        deletes: deletes
            .map(|op| Deleted {
                op: op.id.clone(),
                at: written(op),
                here: own.contains(&op.id),
            })
            .collect(),
    }
}

/// The lines in force that hide the entry, or would if it was not changed elsewhere: deletes, and undos of what made it.
pub(super) fn hiding<'o, 'a>(
    ops: &'o [Op<'a>],
    merged: &Merged,
) -> impl Iterator<Item = &'o Op<'a>> {
    let is_add = |id: &Id| ops.iter().any(|op| op.id == *id && op.kind == Kind::Add);
    let on = ops.iter().zip(&merged.on).filter(|(_, on)| **on);
    on.map(|(op, _)| op).filter(move |op| {
        op.kind == Kind::Delete || op.kind == Kind::Undo && op.of.as_ref().is_some_and(is_add)
    })
}

fn differing(ops: &[Op<'_>], merged: &Merged, conflict: &Conflict, own: &HashSet<Id>) -> Differing {
    let version = |id: &Id, value: Option<String>| Version {
        value,
        at: ops.iter().find(|op| op.id == *id).and_then(written),
        here: own.contains(id),
    };
    let shown = merged.fields.get(&conflict.name);
    Differing {
        name: conflict.name.clone(),
        shown: version(&conflict.shown, shown.map(|raw| raw.get().to_owned())),
        others: (conflict.others.iter())
            .map(|(id, value)| version(id, value.clone()))
            .collect(),
    }
}

/// When a line was written, as it says.
pub(super) fn written(op: &Op<'_>) -> Option<DateTime<FixedOffset>> {
    parse_moment(&serde_json::from_str::<String>(op.at?.get()).ok()?)
}
