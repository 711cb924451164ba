//! Pain and stress over days, for the small chart: one value a day, gaps left as gaps.

use chrono::{Days, NaiveDate};

use super::insight::series::{Period, Span, series};
use super::log::Log;

/// One day of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    /// The date, in the offset in which it was lived.
    pub date: NaiveDate,
    /// Median of the day's pain ratings, 0 to 10.
    pub pain: Option<f64>,
    /// Median of the day's stress ratings, 0 to 10.
    pub stress: Option<f64>,
    /// Sessions of that day that came to an end.
    pub sessions: usize,
}

/// The last `days` days up to `today`, oldest first, one value for each; days without an entry are empty.
pub fn daily(log: &Log, today: NaiveDate, days: usize) -> Vec<Day> {
    let first = today.checked_sub_days(Days::new(days.saturating_sub(1) as u64));
    let series = first.map(|first| series(log, Span::Day, first, today));
    let day = |day: Period| Day {
        date: day.from,
        pain: day.pain.map(|pain| pain.median),
        stress: day.stress.map(|stress| stress.median),
        sessions: day.sessions as usize,
    };
    series.into_iter().flatten().map(day).collect()
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::super::id::Id;
    use super::super::log::LogChange;
    use super::super::record::{Entry, Fields, Marks};
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
