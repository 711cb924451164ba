//! What two machines disagree about in one entry, for a person to settle: fields with several values, and deletes that
//! had not seen a change.

use chrono::{DateTime, FixedOffset};

use super::id::Id;

/// All of it. Empty: there is nothing to settle.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unsettled {
    /// Fields with more than one value.
    pub fields: Vec<Differing>,
    /// Deletes in force while the entry is to be seen all the same, as it was changed elsewhere.
    pub deletes: Vec<Deleted>,
}

impl Unsettled {
    /// Whether there is nothing to settle.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.deletes.is_empty()
    }
}

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

/// A value, and when and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The value's JSON text; `None`: taken away.
    pub value: Option<String>,
    /// The wall clock of the machine that wrote it; `None` where its line does not say.
    pub at: Option<DateTime<FixedOffset>>,
    /// Whether this machine wrote it.
    pub here: bool,
}

/// A delete that had not seen all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// The line, to be taken back where the entry is to stay.
    pub op: Id,
    /// As in [`Version::at`].
    pub at: Option<DateTime<FixedOffset>>,
    /// Whether this machine wrote it.
    pub here: bool,
}
