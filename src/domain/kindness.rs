//! What the log says without numbers and without blame: days that count, whether to ask how it is, words for ratings.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, FixedOffset, TimeDelta};

use super::log::Log;
use super::record::Entry;
use super::scale::Scale;

/// What is remembered as seen while the log is to be shown in words, without numbers.
pub const NUMBERS_HIDDEN: &str = "numbers hidden";

/// Days that are looked back on.
pub const LOOK_BACK: usize = 7;

/// The last [`LOOK_BACK`] days. A day of rest, of travel, of illness or with a flare counts like any other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LastDays {
    /// Days with an entry.
    pub counted: usize,
    /// What was said of these days: 'flare', 'rest', 'travel', 'ill'; each once.
    pub kinds: Vec<String>,
}

impl LastDays {
    /// The days up to today. Moments that are still ahead do not count.
    pub fn of(log: &Log, now: &DateTime<FixedOffset>) -> Self {
        let today = now.date_naive();
        let back = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let first = back(LOOK_BACK as u64 - 1);
        // By moments, so that one from another zone may stand a day off.
        let edge = back(LOOK_BACK as u64 + 1);
        let near = |entry: &&Entry| entry.day().is_some_and(|day| day >= edge);
        let (mut days, mut kinds) = (BTreeSet::new(), BTreeSet::new());
        let past = |entry: &&Entry| entry.started_at.is_some_and(|at| at <= *now);
        for entry in log.entries().iter().rev().take_while(near).filter(past) {
            if let Some(day) = entry.day().filter(|day| (first..=today).contains(day)) {
                days.insert(day);
                let said = entry.more.iter().flat_map(|more| more.day.iter());
                kinds.extend(said.map(String::as_str));
            }
        }
        Self {
            counted: days.len(),
            kinds: kinds.into_iter().map(str::to_owned).collect(),
        }
    }

    /// '4 of the last 7 days'; with what was said of them. `None` where there is no such day: that needs no words.
    pub fn words(&self) -> Option<String> {
        let days = format!("{} of the last {LOOK_BACK} days", self.counted);
        match &self.kinds[..] {
            _ if self.counted == 0 => None,
            [] => Some(days),
            [only] => Some(format!("{days}, {only} days among them")),
            [most @ .., last] => Some(format!(
                "{days}, {} and {last} days among them",
                most.join(", ")
            )),
        }
    }
}

/// Whether nothing in the log is of the last 24 hours. Moments that are still ahead say nothing.
pub fn is_quiet(log: &Log, now: &DateTime<FixedOffset>) -> bool {
    let Some(since) = now.checked_sub_signed(TimeDelta::hours(24)) else {
        return false;
    };
    let mut newest = (log.entries().iter().rev())
        .filter_map(|entry| entry.started_at)
        .take_while(|at| *at > since);
    newest.all(|at| at > *now)
}

/// Pain or stress as words: the usual bands of the scale (F.1), and no number.
pub fn about(what: &str, value: f64) -> String {
    format!("{} {what}", how_much(value))
}

/// 'no', 'a little', 'some', 'much'.
pub fn how_much(value: f64) -> &'static str {
    match value {
        value if value < 0.5 => "no",
        value if value < 3.5 => "a little",
        value if value < 6.5 => "some",
        _ => "much",
    }
}

/// A change as words: 'pain a little lower'. One point is a little.
pub fn about_change(what: &str, before: Scale, after: Scale) -> String {
    let by = i16::from(after.get()) - i16::from(before.get());
    format!("{what} {}", about_by(by.into()))
}

/// So much more or less as words: 'a little lower'. Less than two points are a little.
pub fn about_by(by: f64) -> &'static str {
    match by {
        by if by <= -2.0 => "lower",
        by if by < 0.0 => "a little lower",
        by if by >= 2.0 => "higher",
        by if by > 0.0 => "a little higher",
        _ => "the same",
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::super::id::Id;
    use super::super::log::LogChange;
    use super::super::record::{Fields, Marks};
    use super::*;

    fn log(entries: &[(&str, &[&str])]) -> Log {
        let entry = |(n, (at, day)): (usize, &(&str, &[&str]))| {
            let mut fields = Fields::default();
            fields.put("kind", "check-in");
            fields.put("started_at", at);
            fields.put("day", day);
            Entry::read(Id::new(&format!("{n:03}")), &fields, Marks::default())
        };
        let mut log = Log::default();
        log.apply(LogChange::Whole(
            entries.iter().enumerate().map(entry).collect(),
        ));
        log
    }

    fn moment(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).expect("a moment")
    }

    #[test]
    fn flare_rest_travel_and_ill_days_count_like_any_other() {
        let log = log(&[
            ("2026-11-16T10:00:00+01:00", &["ill"]),
            ("2026-11-17T10:00:00+01:00", &["flare"]),
            ("2026-11-18T10:00:00+01:00", &["rest", "travel"]),
            ("2026-11-18T11:00:00+01:00", &[]),
            ("2026-11-21T10:00:00+01:00", &[]),
            ("2026-11-23T10:00:00+01:00", &[]),
            // Still ahead, the first one later today.
            ("2026-11-23T18:00:00+01:00", &["ill"]),
            ("2026-11-24T10:00:00+01:00", &["ill"]),
        ]);
        let now = moment("2026-11-23T12:00:00+01:00");
        let words = LastDays::of(&log, &now).words();
        let expected = "4 of the last 7 days, flare, rest and travel days among them";
        assert_eq!(words.as_deref(), Some(expected));
    }

    #[test]
    fn seven_empty_days_are_no_words() {
        let now = moment("2026-11-23T12:00:00+01:00");
        assert_eq!(LastDays::of(&log(&[]), &now).words(), None);
        let long_ago = log(&[("2026-11-16T23:00:00+01:00", &[])]);
        assert_eq!(LastDays::of(&long_ago, &now).words(), None);
    }

    #[test]
    fn a_log_is_quiet_after_a_day_without_an_entry() {
        let now = moment("2026-11-23T12:00:00+01:00");
        assert!(is_quiet(&log(&[]), &now));
        assert!(is_quiet(&log(&[("2026-11-22T12:00:00+01:00", &[])]), &now));
        assert!(!is_quiet(&log(&[("2026-11-22T12:01:00+01:00", &[])]), &now));
        // The same moment, told in Tokyo; and one that is still ahead.
        assert!(!is_quiet(&log(&[("2026-11-22T20:01:00+09:00", &[])]), &now));
        assert!(is_quiet(&log(&[("2026-11-24T12:01:00+01:00", &[])]), &now));
    }

    #[test]
    fn ratings_have_words_without_numbers() {
        let words: Vec<&str> = [0.0, 1.0, 3.0, 3.5, 6.0, 6.5, 10.0].map(how_much).into();
        let expected = ["no", "a little", "a little", "some", "some", "much", "much"];
        assert_eq!(words, expected);
        let change = |before, after| {
            let scale = |value| Scale::new(value).expect("on the scale");
            about_change("pain", scale(before), scale(after))
        };
        assert_eq!(change(5, 4), "pain a little lower");
        assert_eq!(change(5, 3), "pain lower");
        assert_eq!(change(5, 5), "pain the same");
        assert_eq!(change(2, 6), "pain higher");
    }
}
