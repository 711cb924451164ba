//! What the log holds: one entry, read from a record's fields.
//!
//! The journal merges lines into fields; here they get their meaning. A wrong type or range never spoils an entry:
//! the field is listed as invalid and counts nowhere.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::id::Id;
use super::scale::Scale;

pub mod change;

mod drawer;
mod fields;
mod list;
mod lists;
mod more;
mod pool;
mod reading;
#[cfg(test)]
pub(crate) mod sample;
mod scales;
#[cfg(test)]
mod tests;
mod word;
mod writing;

pub use fields::{FIELDS, Of, of};
pub use list::List;
pub use lists::ListField;
pub use more::More;
pub use pool::Pool;
pub use reading::parse_moment;
pub use scales::ScaleField;
pub use word::Word;

/// The longest note, in bytes as typed.
pub const NOTE_MAX: usize = 16 * 1024;
/// The longest own tag, in bytes.
pub const TAG_MAX: usize = 200;
/// The most own tags that an entry takes.
pub const TAGS_MAX: usize = 64;

/// Whether a text says nothing: blanks and what moves a cursor at most.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control())
}

/// Whether these tags are few and short enough. The error says which limit they pass.
pub fn check_tags(tags: &[String]) -> Result<(), String> {
    if let Some(tag) = tags.iter().find(|tag| tag.len() > TAG_MAX) {
        let start: String = tag.chars().take(20).collect();
        return Err(format!(
            "the tag '{start}...' is too long: at most {TAG_MAX} bytes"
        ));
    }
    if tags.len() > TAGS_MAX {
        return Err(format!("{} tags: at most {TAGS_MAX}", tags.len()));
    }
    Ok(())
}

/// Field names with their values as JSON text, in the order they were put in; a name stands once.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(Box<str>, Box<RawValue>)>);

impl Fields {
    /// Sets a field, taking the place of an earlier value of that name.
    pub fn put(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        // Only maps with keys that are not text can fail here, and no field is one.
        if let Ok(raw) = serde_json::value::to_raw_value(value) {
            self.put_raw(name, raw);
        }
    }

    /// Sets a field to a JSON text as it stands.
    pub fn put_raw(&mut self, name: &str, value: Box<RawValue>) {
        match self.0.iter_mut().find(|(known, _)| **known == *name) {
            Some(slot) => slot.1 = value,
            None => self.0.push((name.into(), value)),
        }
    }

    /// Adds a field whose name is known not to be there yet.
    pub fn push_raw(&mut self, name: &str, value: Box<RawValue>) {
        self.0.push((name.into(), value));
    }

    /// The value's JSON text.
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.0
            .iter()
            .find(|(known, _)| **known == *name)
            .map(|(_, value)| &**value)
    }

    /// Names and JSON texts in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Serialises as a JSON object, values as they stand.
impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A guided session.
    Session,
    /// Pain, stress and what goes with them at one moment.
    CheckIn,
    /// A questionnaire's answers.
    Questionnaire,
    /// A self-experiment's plan.
    Plan,
    /// Of a newer version or a hand: kept, counted nowhere.
    Unknown,
}

/// How far a session came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Started and not yet settled.
    Running,
    /// Done to the end.
    Finished,
    /// Ended before its end.
    Stopped,
}

/// What a session was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// One technique's slug.
    Technique(Word),
    /// One routine's slug.
    Routine(Word),
    /// Several techniques, listed in the entry's items.
    Queue,
}

/// What was done of one technique of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDone {
    /// The technique's slug.
    pub technique: String,
    /// Seconds planned for its steps.
    pub planned_s: u32,
    /// Seconds spent in its running steps.
    pub active_s: u32,
    /// Whether its last step was reached and ended.
    pub done: bool,
}

/// What the journal has to say about a record besides its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Some field was changed on two machines that had not seen each other.
    pub conflict: bool,
    /// Deleted on one machine and changed on another: shown, not decided.
    pub deleted_elsewhere: bool,
    /// One of its lines carries a wrong check value.
    pub damaged: bool,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The record's id.
    pub rec: Id,
    /// What it is.
    pub kind: Kind,
    /// The moment it is about, in the offset in which it was lived; `None` when the journal has no readable one.
    pub started_at: Option<DateTime<FixedOffset>>,
    /// What the session was.
    pub what: Option<What>,
    /// How far the session came.
    pub status: Option<Status>,
    /// Seconds in running steps.
    pub active_s: Option<u32>,
    /// A check-in's pain.
    pub pain: Option<Scale>,
    /// A check-in's stress.
    pub stress: Option<Scale>,
    /// Pain before the session.
    pub pain_before: Option<Scale>,
    /// Pain after the session.
    pub pain_after: Option<Scale>,
    /// Stress before the session.
    pub stress_before: Option<Scale>,
    /// Stress after the session.
    pub stress_after: Option<Scale>,
    /// What the journal has to say about it.
    pub marks: Marks,
    /// Everything that few entries have.
    pub more: Option<Box<More>>,
}

impl Entry {
    /// The day it belongs to: the date of its moment in its own offset.
    pub fn day(&self) -> Option<NaiveDate> {
        self.started_at.map(|at| at.date_naive())
    }

    /// Seconds planned for the session.
    pub fn planned_s(&self) -> Option<u32> {
        self.more.as_ref().and_then(|more| more.planned_s)
    }

    /// The note, if any.
    pub fn note(&self) -> Option<&str> {
        self.more.as_ref().and_then(|more| more.note.as_deref())
    }

    /// Where it stands in the log: by instant, then id. Entries without a readable moment come first.
    pub fn order(&self) -> (Option<i64>, Option<u32>, &Id) {
        (
            self.started_at.map(|at| at.timestamp()),
            self.started_at.map(|at| at.timestamp_subsec_nanos()),
            &self.rec,
        )
    }
}

/// Writes a moment the way the journal does: RFC 3339 with whole seconds and the offset.
pub fn moment_text(at: &DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}
