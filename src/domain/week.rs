//! What a week of the log comes to: the days with an entry, pain and stress, practice. One look at the week's own
//! entries, found by halving, however long the log is.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use super::insight::middle::median;
use super::insight::{Measure, between, is_session};
use super::log::Log;
use super::record::Entry;
use super::scale::Scale;

/// From so many values on there is a median; fewer are shown as they are (G.1).
pub const MEDIAN_FROM: usize = 3;

/// A week of the log, Monday to Sunday, by the days as they were lived.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Its first day.
    pub monday: NaiveDate,
    /// Days with an entry.
    pub logged: usize,
    /// Days up to today: seven once the week is over.
    pub days: usize,
    /// Pain of check-ins and before sessions.
    pub pain: Rated,
    /// Stress of check-ins and before sessions.
    pub stress: Rated,
    /// Sessions that came to an end.
    pub sessions: usize,
    /// Seconds in their running steps.
    pub practised_s: u64,
}

/// What is said of some ratings.
#[derive(Debug, Clone, PartialEq)]
pub enum Rated {
    /// None to fewer than [`MEDIAN_FROM`]: as they came, oldest first.
    Few(Vec<Scale>),
    /// The middle of so many.
    Median(f64, usize),
}

impl Rated {
    fn of(mut values: Vec<Scale>) -> Self {
        let count = values.len();
        match median(&values) {
            Some(middle) if count >= MEDIAN_FROM => Self::Median(middle, count),
            _ => {
                values.truncate(MEDIAN_FROM);
                Self::Few(values)
            }
        }
    }
}

/// The Monday on or before a day; `None` at the very edge of the calendar.
pub fn monday(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
}

/// The week that begins on this Monday.
pub fn week(log: &Log, monday: NaiveDate, today: NaiveDate) -> Week {
    let (mut pain, mut stress) = (Vec::new(), Vec::new());
    let mut logged = BTreeSet::new();
    let (mut sessions, mut practised_s) = (0, 0_u64);
    let so_far = today.signed_duration_since(monday).num_days() + 1;
    // In the week under way, what is dated ahead says nothing yet.
    let is_ahead = |entry: &&Entry| so_far >= 1 && entry.day().is_some_and(|day| day > today);
    for entry in entries(log, monday).filter(|entry| !is_ahead(entry)) {
        logged.extend(entry.day());
        pain.extend(Measure::Pain.of(entry));
        stress.extend(Measure::Stress.of(entry));
        if is_session(entry) {
            sessions += 1;
            practised_s += u64::from(entry.active_s.unwrap_or(0));
        }
    }
    // A week ahead of today is one whose entries were dated so.
    let days = if so_far < 1 {
        7
    } else {
        so_far.min(7) as usize
    };
    Week {
        monday,
        logged: logged.len(),
        days: days.max(logged.len()),
        pain: Rated::of(pain),
        stress: Rated::of(stress),
        sessions,
        practised_s,
    }
}

/// The newest entry of the week that begins on this Monday.
pub fn newest(log: &Log, monday: NaiveDate) -> Option<&Entry> {
    entries(log, monday).next_back()
}

fn entries(log: &Log, monday: NaiveDate) -> impl DoubleEndedIterator<Item = &Entry> {
    let sunday = monday.checked_add_days(Days::new(6));
    between(log, monday, sunday.unwrap_or(NaiveDate::MAX))
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::super::id::Id;
    use super::super::insight::around;
    use super::super::log::LogChange;
    use super::super::record::{Fields, Marks};
    use super::*;

    fn entry(n: u32, at: &str, put: &[(&str, serde_json::Value)]) -> Entry {
        let mut fields = Fields::default();
        fields.put("kind", "check-in");
        fields.put("started_at", at);
        for (name, value) in put {
            fields.put(name, value);
        }
        Entry::read(Id::new(&format!("{n:08}")), &fields, Marks::default())
    }

    fn log(entries: Vec<Entry>) -> Log {
        let mut log = Log::default();
        log.apply(LogChange::Whole(entries));
        log
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn scales(values: &[u8]) -> Vec<Scale> {
        values
            .iter()
            .filter_map(|&value| Scale::new(value))
            .collect()
    }

    #[test]
    fn a_week_counts_days_ratings_before_and_practice() {
        let log = log(vec![
            entry(1, "2026-11-15T23:00:00+01:00", &[("pain", 9.into())]),
            entry(
                2,
                "2026-11-16T08:00:00+01:00",
                &[("pain", 2.into()), ("stress", 5.into())],
            ),
            entry(3, "2026-11-16T20:00:00+01:00", &[("pain", 3.into())]),
            entry(
                4,
                "2026-11-18T08:00:00+01:00",
                &[
                    ("kind", "session".into()),
                    ("status", "finished".into()),
                    ("active_s", 120.into()),
                    ("pain_before", 6.into()),
                    ("pain_after", 1.into()),
                ],
            ),
            entry(
                5,
                "2026-11-22T08:00:00+01:00",
                &[("note", "no numbers".into())],
            ),
            entry(6, "2026-11-23T08:00:00+01:00", &[("pain", 9.into())]),
        ]);
        let monday = date("2026-11-16");
        assert_eq!(
            week(&log, monday, date("2026-11-23")),
            Week {
                monday,
                logged: 3,
                days: 7,
                pain: Rated::Median(3.0, 3),
                stress: Rated::Few(scales(&[5])),
                sessions: 1,
                practised_s: 120,
            }
        );
    }

    #[test]
    fn the_week_under_way_counts_only_the_days_so_far() {
        let log = log(vec![entry(1, "2026-11-23T08:00:00+01:00", &[])]);
        let this = week(&log, date("2026-11-23"), date("2026-11-24"));
        assert_eq!((this.logged, this.days), (1, 2));
    }

    #[test]
    fn what_is_dated_ahead_counts_only_once_its_day_has_come() {
        let log = log(vec![
            entry(1, "2026-11-23T08:00:00+01:00", &[("pain", 2.into())]),
            entry(2, "2026-11-26T08:00:00+01:00", &[("pain", 9.into())]),
        ]);
        let this = |today| week(&log, date("2026-11-23"), date(today));
        assert_eq!(this("2026-11-24").logged, 1);
        assert_eq!(this("2026-11-24").pain, Rated::Few(scales(&[2])));
        assert_eq!(this("2026-11-26").logged, 2);
    }

    #[test]
    fn one_or_two_values_are_shown_as_they_are_and_three_have_a_median() {
        assert_eq!(Rated::of(Vec::new()), Rated::Few(Vec::new()));
        assert_eq!(Rated::of(scales(&[7, 2])), Rated::Few(scales(&[7, 2])));
        assert_eq!(Rated::of(scales(&[7, 2, 4])), Rated::Median(4.0, 3));
    }

    #[test]
    fn days_on_a_journey_belong_to_the_week_in_which_they_were_lived() {
        // Monday in Tokyo, while it is still Sunday in Los Angeles, where the journey goes.
        let log = log(vec![
            entry(1, "2026-11-23T08:00:00+09:00", &[("pain", 1.into())]),
            entry(2, "2026-11-22T16:30:00-08:00", &[("pain", 2.into())]),
        ]);
        let today = date("2026-11-29");
        let of = |monday| week(&log, date(monday), today).pain;
        assert_eq!(of("2026-11-23"), Rated::Few(scales(&[1])));
        assert_eq!(of("2026-11-16"), Rated::Few(scales(&[2])));
        assert_eq!(
            newest(&log, date("2026-11-23")).map(|entry| &entry.rec),
            Some(&log.entries()[0].rec)
        );
    }

    #[test]
    fn a_week_of_a_hundred_thousand_entries_looks_at_its_own_and_their_neighbours_alone() {
        let start =
            chrono::DateTime::parse_from_rfc3339("2015-01-01T00:00:00+00:00").expect("a moment");
        let many = (0..100_000).map(|n| {
            let mut entry = Entry::blank(Id::new(&format!("{n:08}")));
            entry.started_at = start.checked_add_signed(chrono::TimeDelta::hours(n));
            entry
        });
        let log = log(many.collect());
        // One an hour, over the week and a day on either side.
        assert_eq!(
            around(&log, date("2020-03-02"), date("2020-03-08")).len(),
            9 * 24
        );
        assert_eq!(week(&log, date("2020-03-02"), date("2026-11-23")).logged, 7);
    }
}
