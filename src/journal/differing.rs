//! The values of a field that was changed on two machines which had not seen each other (rule 4), for people to choose.

use chrono::{DateTime, FixedOffset};

use super::Journal;
use super::line::Op;
use super::merge::{Conflict, Merged};
use crate::domain::id::Id;
use crate::domain::record::parse_moment;

/// A field with more than one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// The field.
    pub name: String,
    /// The value that shows.
    pub shown: Version,
    /// The others, the greatest operation id first.
    pub others: Vec<Version>,
}

/// A value, and when it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The value's JSON text; `None`: taken away.
    pub value: Option<String>,
    /// The wall clock of the machine that wrote it; `None` where its line does not say.
    pub at: Option<DateTime<FixedOffset>>,
}

impl Journal {
    /// The fields of a record on which two machines differ. None until the log is loaded.
    pub fn conflicts(&self, rec: &Id) -> Vec<Differing> {
        let found = self.index.as_ref().and_then(|index| {
            let found = index.record(rec, |ops, merged| {
                let all = merged.conflicts.iter();
                all.map(|conflict| differing(ops, merged, conflict))
                    .collect()
            });
            found.ok().flatten()
        });
        found.unwrap_or_default()
    }
}

fn differing(ops: &[Op<'_>], merged: &Merged, conflict: &Conflict) -> Differing {
    let shown = merged.fields.get(&conflict.name);
    Differing {
        name: conflict.name.clone(),
        shown: Version {
            value: shown.map(|raw| raw.get().to_owned()),
            at: written(ops, &conflict.shown),
        },
        others: (conflict.others.iter())
            .map(|(id, value)| Version {
                value: value.clone(),
                at: written(ops, id),
            })
            .collect(),
    }
}

fn written(ops: &[Op<'_>], id: &Id) -> Option<DateTime<FixedOffset>> {
    let at = ops.iter().find(|op| op.id == *id)?.at?;
    parse_moment(&serde_json::from_str::<String>(at.get()).ok()?)
}
