//! The log at a glance: the newest ratings, the last session, the last seven days; for a status line.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, FixedOffset};

use super::insight::is_session;
use super::kindness::LOOK_BACK;
use super::record::{Entry, What};
use super::scale::Scale;

/// Pain and stress as they were said together, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rated {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Pain, unless only stress was said.
    pub pain: Option<Scale>,
    /// Stress, unless only pain was said.
    pub stress: Option<Scale>,
}

/// What a part of the log tells. Moments that are still ahead do not count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Glance {
    /// The newest ratings.
    pub rated: Option<Rated>,
    /// The last session that came to an end: its slug, or `None` of a queue; and when it began.
    pub session: Option<(Option<String>, DateTime<FixedOffset>)>,
    /// Of the last seven days, today included, those with an entry.
    pub days: usize,
    /// Sessions that began on them and came to an end.
    pub sessions: usize,
    /// There may be more of both, in a part that was not read.
    pub may_be_more: bool,
    /// There is no entry at all in what was read.
    pub is_empty: bool,
}

impl Glance {
    /// Of these entries. `known_since`: what was written before then may be missing; `None`: nothing is.
    pub fn of(
        entries: &[Entry],
        known_since: Option<DateTime<FixedOffset>>,
        now: &DateTime<FixedOffset>,
    ) -> Self {
        let today = now.date_naive();
        let first = today.checked_sub_days(Days::new(LOOK_BACK as u64 - 1));
        let first = first.unwrap_or(today);
        let mut days = BTreeSet::new();
        let mut glance = Self {
            // What is of these days was written on them or after, but for what was dated ahead.
            may_be_more: known_since.is_some_and(|since| since.date_naive() >= first),
            is_empty: entries.is_empty(),
            ..Self::default()
        };
        for entry in entries {
            let Some(at) = entry.started_at.filter(|at| at <= now) else {
                continue;
            };
            for rated in ratings(entry, at) {
                let newest = glance.rated.map(|newest| newest.at);
                if rated.at <= *now && newest.is_none_or(|newest| newest <= rated.at) {
                    glance.rated = Some(rated);
                }
            }
            let recent = entry.day().filter(|day| (first..=today).contains(day));
            days.extend(recent);
            if is_session(entry) {
                glance.sessions += usize::from(recent.is_some());
                if glance.session.as_ref().is_none_or(|(_, last)| *last <= at) {
                    glance.session = Some((slug(entry), at));
                }
            }
        }
        glance.days = days.len();
        glance
    }
}

fn slug(entry: &Entry) -> Option<String> {
    match entry.what.as_ref()? {
        What::Technique(slug) | What::Routine(slug) => Some(slug.to_string()),
        What::Queue => None,
    }
}

/// What an entry says of pain and stress, each with its moment.
fn ratings(entry: &Entry, at: DateTime<FixedOffset>) -> impl Iterator<Item = Rated> {
    let more = entry.more.as_ref();
    let after = more.and_then(|more| more.rated_after_at.or(more.ended_at));
    let all = [
        (at, entry.pain, entry.stress),
        (at, entry.pain_before, entry.stress_before),
        (after.unwrap_or(at), entry.pain_after, entry.stress_after),
    ];
    let rated = |(at, pain, stress): (_, Option<Scale>, Option<Scale>)| {
        (pain.is_some() || stress.is_some()).then_some(Rated { at, pain, stress })
    };
    all.into_iter().filter_map(rated)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::id::Id;
    use super::super::record::{Fields, Marks};
    use super::*;

    fn moment(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn entry(kind: &str, fields: &[(&str, &str)]) -> Entry {
        let mut all = Fields::default();
        all.put("kind", kind);
        for (name, value) in fields {
            let raw = serde_json::value::RawValue::from_string((*value).to_owned()).unwrap();
            all.put_raw(name, raw);
        }
        Entry::read(Id::new("r"), &all, Marks::default())
    }

    const NOW: &str = "2026-11-23T12:00:00+01:00";

    #[test]
    fn the_newest_ratings_are_those_said_last_and_together() {
        let entries = [
            entry(
                "check-in",
                &[
                    ("started_at", "\"2026-11-20T10:00:00+01:00\""),
                    ("pain", "2"),
                    ("stress", "9"),
                ],
            ),
            entry(
                "session",
                &[
                    ("started_at", "\"2026-11-22T10:00:00+01:00\""),
                    ("routine", "\"desk-reset\""),
                    ("status", "\"finished\""),
                    ("rated_after_at", "\"2026-11-22T10:10:00+01:00\""),
                    ("pain_before", "6"),
                    ("pain_after", "4"),
                ],
            ),
            entry(
                "check-in",
                &[
                    ("started_at", "\"2026-11-24T10:00:00+01:00\""),
                    ("pain", "0"),
                ],
            ),
        ];
        let glance = Glance::of(&entries, None, &moment(NOW));
        let rated = glance.rated.unwrap();
        assert_eq!(rated.at, moment("2026-11-22T10:10:00+01:00"));
        assert_eq!(rated.pain.map(Scale::get), Some(4));
        // Said days before: not of one breath with the pain.
        assert_eq!(rated.stress, None);
        assert_eq!((glance.days, glance.sessions), (2, 1));
        assert_eq!(glance.session.unwrap().0.as_deref(), Some("desk-reset"));
        assert!(!glance.may_be_more && !glance.is_empty);
    }

    #[test]
    fn what_was_not_read_may_hold_more_days_only_if_it_reaches_into_them() {
        let more = |since: &str| Glance::of(&[], Some(moment(since)), &moment(NOW)).may_be_more;
        assert!(!more("2026-11-16T23:59:59+01:00"));
        assert!(more("2026-11-17T00:00:00+01:00"));
    }
}
