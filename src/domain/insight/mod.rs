//! What the log says of itself, counted: one file for each statistic, one pass over the entries for each view.
//!
//! Which ratings count everywhere: a check-in's own, and of a session the one before it. The one after it is what the
//! session did, not how the day was; it counts in [`helped`] alone. A day is the one that was lived, in the entry's own
//! offset. What is of an unknown kind counts nowhere.

mod by_day;
pub mod causes;
pub mod compare;
pub mod figures;
pub mod helped;
pub mod hush;
pub mod interval;
pub mod middle;
pub mod places;
pub mod questions;
pub mod series;
pub mod time_of_day;
pub mod told;
pub mod without;
pub mod words;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::Serialize;

use super::log::Log;
use super::record::{Entry, Kind, Status};
use super::scale::Scale;

/// What is rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Measure {
    #[default]
    Pain,
    Stress,
}

impl Measure {
    /// 'pain' or 'stress'.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pain => "pain",
            Self::Stress => "stress",
        }
    }

    /// How it was at the moment that the entry is about.
    pub fn of(self, entry: &Entry) -> Option<Scale> {
        if entry.kind == Kind::Unknown {
            return None;
        }
        match self {
            Self::Pain => entry.pain.or(entry.pain_before),
            Self::Stress => entry.stress.or(entry.stress_before),
        }
    }

    /// Before and after a session, as far as they were rated.
    pub fn around(self, entry: &Entry) -> (Option<Scale>, Option<Scale>) {
        match self {
            Self::Pain => (entry.pain_before, entry.pain_after),
            Self::Stress => (entry.stress_before, entry.stress_after),
        }
    }
}

/// Whether it is a session that came to an end and of which something was done.
pub fn is_session(entry: &Entry) -> bool {
    let has_ended = entry.status != Some(Status::Running);
    entry.kind == Kind::Session && has_ended && entry.active_s != Some(0)
}

/// The entries of these days, both included, oldest first. Found by halving, however long the log is.
pub fn between(
    log: &Log,
    from: NaiveDate,
    to: NaiveDate,
) -> impl DoubleEndedIterator<Item = &Entry> {
    let is_within = move |entry: &&Entry| entry.day().is_some_and(|day| (from..=to).contains(&day));
    around(log, from, to).iter().filter(is_within)
}

/// The entries whose moments lie in these days or within one of them: days follow their own offsets, the log the
/// moments.
pub(super) fn around(log: &Log, from: NaiveDate, to: NaiveDate) -> &[Entry] {
    let bound = |day: NaiveDate, by: i64| -> Option<DateTime<Utc>> {
        let start = day.and_time(NaiveTime::MIN).and_utc();
        start.checked_add_signed(TimeDelta::days(by))
    };
    let entries = log.entries();
    let first_from = |bound: DateTime<Utc>| {
        entries.partition_point(|entry| entry.started_at.is_none_or(|at| at.to_utc() < bound))
    };
    let start = bound(from, -1).map_or(0, first_from);
    let end = bound(to, 2).map_or(entries.len(), first_from);
    &entries[start..end.max(start)]
}

/// The day of the oldest entry that has one.
pub fn first_day(log: &Log) -> Option<NaiveDate> {
    // The oldest moment may be lived a day later than the next one; nobody misses that day.
    log.entries().iter().find_map(Entry::day)
}

#[cfg(test)]
mod tests;
