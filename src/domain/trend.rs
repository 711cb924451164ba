//! Pain and stress over days, for the small chart: one value a day, gaps left as gaps.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::log::Log;
use super::record::Entry;
use super::scale::Scale;

/// One day of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    /// The date, in the offset in which it was lived.
    pub date: NaiveDate,
    /// Median of the day's pain ratings, 0 to 10.
    pub pain: Option<f64>,
    /// Median of the day's stress ratings, 0 to 10.
    pub stress: Option<f64>,
    /// Sessions begun that day.
    pub sessions: usize,
}

/// The last `days` days up to `today`, oldest first, one value for each; days without an entry are empty.
pub fn daily(log: &Log, today: NaiveDate, days: usize) -> Vec<Day> {
    let Some(first) = today.checked_sub_days(Days::new(days.saturating_sub(1) as u64)) else {
        return Vec::new();
    };
    let mut ratings: BTreeMap<NaiveDate, Ratings> = BTreeMap::new();
    // By instant, so an entry from another zone may stand a day off: look two days further back, then sort by day.
    let earliest = first.checked_sub_days(Days::new(2)).unwrap_or(first);
    let far_enough = |entry: &&Entry| entry.day().is_some_and(|day| day >= earliest);
    for entry in log.entries().iter().rev().take_while(far_enough) {
        if let Some(day) = entry.day().filter(|day| (first..=today).contains(day)) {
            ratings.entry(day).or_default().add(entry);
        }
    }
    first
        .iter_days()
        .take(days)
        .map(|date| match ratings.get_mut(&date) {
            Some(found) => Day {
                date,
                pain: median(&mut found.pain),
                stress: median(&mut found.stress),
                sessions: found.sessions,
            },
            None => Day {
                date,
                pain: None,
                stress: None,
                sessions: 0,
            },
        })
        .collect()
}

#[derive(Default)]
struct Ratings {
    pain: Vec<Scale>,
    stress: Vec<Scale>,
    sessions: usize,
}

impl Ratings {
    /// A session speaks by its before-rating: the after-rating is what the session did, not how the day was.
    fn add(&mut self, entry: &Entry) {
        self.pain.extend(entry.pain.or(entry.pain_before));
        self.stress.extend(entry.stress.or(entry.stress_before));
        self.sessions += usize::from(entry.kind == super::record::Kind::Session);
    }
}

/// The middle of the values, or half way between the two in the middle; none of none.
pub fn median(values: &mut [Scale]) -> Option<f64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = f64::from(values.get(middle)?.get());
    Some(if values.len() % 2 == 1 {
        upper
    } else {
        f64::midpoint(upper, f64::from(values[middle - 1].get()))
    })
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::super::id::Id;
    use super::super::log::LogChange;
    use super::super::record::{Fields, Marks};
    use super::*;

    fn check_in(n: u8, at: &str, pain: u8) -> Entry {
        let mut fields = Fields::default();
        fields.put("kind", "check-in");
        fields.put("started_at", at);
        fields.put("pain", &pain);
        Entry::read(Id::from_bytes([n; 16]), &fields, Marks::default())
    }

    #[test]
    fn a_day_shows_its_median_and_a_day_without_entries_is_a_gap() {
        let mut log = Log::default();
        log.apply(LogChange::Whole(vec![
            check_in(1, "2026-11-20T08:00:00+01:00", 7),
            check_in(2, "2026-11-22T08:00:00+01:00", 3),
            check_in(3, "2026-11-22T12:00:00+01:00", 6),
            // Already the 23rd in its own offset, though not yet in UTC.
            check_in(4, "2026-11-23T00:30:00+14:00", 1),
        ]));
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        let pain: Vec<_> = daily(&log, today, 3)
            .iter()
            .map(|day| (day.date.to_string(), day.pain))
            .collect();
        assert_eq!(
            pain,
            [
                ("2026-11-21".to_owned(), None),
                ("2026-11-22".to_owned(), Some(4.5)),
                ("2026-11-23".to_owned(), Some(1.0)),
            ]
        );
    }
}
