//! Pain, stress and practice by day, week, month, and the days of a year: gaps stay gaps.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::by_day::ByDay;
use super::middle::{Summary, Tally};
use super::{Measure, between, is_session};
use crate::domain::log::Log;
use crate::domain::record::{Entry, Kind};
use crate::domain::scale::Scale;
use crate::domain::week::monday;

/// The most periods of one series: a day wrongly dated long ago must not make a million empty ones.
pub const MOST: usize = 4000;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// As it was lived.
    Day,
    /// Monday to Sunday.
    Week,
    /// Of the calendar.
    Month,
}

/// One period of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Period {
    /// Its first day.
    pub from: NaiveDate,
    /// What its pain ratings come to; `None` is a gap.
    pub pain: Option<Summary>,
    /// What its stress ratings come to.
    pub stress: Option<Summary>,
    /// Sessions that came to an end.
    pub sessions: u32,
    /// Seconds in their running steps.
    pub practised_s: u64,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    pain: Tally,
    stress: Tally,
    sessions: u32,
    practised_s: u64,
}

impl Sum {
    fn rate(&mut self, pain: Option<Scale>, stress: Option<Scale>) {
        for (tally, rating) in [(&mut self.pain, pain), (&mut self.stress, stress)] {
            if let Some(rating) = rating {
                tally.add(rating);
            }
        }
    }

    fn practise(&mut self, entry: &Entry) {
        if is_session(entry) {
            self.sessions += 1;
            self.practised_s += u64::from(entry.active_s.unwrap_or(0));
        }
    }

    fn period(&self, from: NaiveDate) -> Period {
        Period {
            from,
            pain: self.pain.summary(),
            stress: self.stress.summary(),
            sessions: self.sessions,
            practised_s: self.practised_s,
        }
    }
}

impl Span {
    /// The first day of the period that holds this one.
    fn start(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => day,
            Self::Week => monday(day).unwrap_or(day),
            Self::Month => day.with_day(1).unwrap_or(day),
        }
    }

    /// How many periods `day` lies after the one that begins on `start`.
    fn index(self, start: NaiveDate, day: NaiveDate) -> usize {
        let days = (day - start).num_days().max(0) as usize;
        match self {
            Self::Day => days,
            Self::Week => days / 7,
            Self::Month => {
                let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
                (month(day) - month(start)).max(0) as usize
            }
        }
    }

    /// The first day of the period so many on.
    fn nth(self, start: NaiveDate, n: usize) -> Option<NaiveDate> {
        match self {
            Self::Day => start.checked_add_days(Days::new(n as u64)),
            Self::Week => start.checked_add_days(Days::new(7 * n as u64)),
            Self::Month => start.checked_add_months(Months::new(n as u32)),
        }
    }

    /// The first day of the period so many back, or of the calendar.
    fn back(self, start: NaiveDate, n: usize) -> NaiveDate {
        let back = match self {
            Self::Day => start.checked_sub_days(Days::new(n as u64)),
            Self::Week => start.checked_sub_days(Days::new(7 * n as u64)),
            Self::Month => start.checked_sub_months(Months::new(n as u32)),
        };
        back.unwrap_or(NaiveDate::MIN)
    }
}

/// Every period from the one that holds `from` to the one that holds `to`, oldest first; the entries of these two days
/// and between count. At most the newest [`MOST`]; none where `to` comes before `from`.
pub fn series(log: &Log, span: Span, from: NaiveDate, to: NaiveDate) -> Vec<Period> {
    let last = span.start(to);
    let from = from.max(span.back(last, MOST - 1));
    if to < from {
        return Vec::new();
    }
    let start = span.start(from);
    let mut sums = vec![Sum::default(); span.index(start, to) + 1];
    for entry in between(log, from, to) {
        let Some(sum) = (entry.day()).and_then(|day| sums.get_mut(span.index(start, day))) else {
            continue;
        };
        sum.rate(Measure::Pain.of(entry), Measure::Stress.of(entry));
        sum.practise(entry);
    }
    let periods = sums.iter().enumerate();
    periods
        .filter_map(|(n, sum)| Some(sum.period(span.nth(start, n)?)))
        .collect()
}

/// The days of a calendar year, 365 or 366 of them.
pub fn year(log: &Log, year: i32) -> Vec<Period> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1);
    let last = NaiveDate::from_ymd_opt(year, 12, 31);
    (first.zip(last)).map_or_else(Vec::new, |(from, to)| series(log, Span::Day, from, to))
}

/// What all of these days come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overview {
    /// Entries of any kind that this version knows.
    pub entries: usize,
    /// Days with one.
    pub days: usize,
    /// Days with a pain and a stress rating: both on one axis say nothing of a link (G.5).
    pub days_with_both: usize,
    /// Everything together; `from` is the first day.
    pub all: Period,
}

/// What the days from `from` to `to` come to, both included.
pub fn overview(log: &Log, from: NaiveDate, to: NaiveDate) -> Overview {
    let mut sum = Sum::default();
    let mut entries = 0;
    // Whether it has a pain and a stress rating.
    let mut days: ByDay<(bool, bool)> = ByDay::default();
    for entry in between(log, from, to) {
        if entry.kind == Kind::Unknown {
            continue;
        }
        let (pain, stress) = (Measure::Pain.of(entry), Measure::Stress.of(entry));
        entries += 1;
        sum.rate(pain, stress);
        sum.practise(entry);
        let at = entry.day().map(|day| days.at(day));
        if let Some(day) = at.and_then(|at| days.get_mut(at)) {
            *day = (day.0 || pain.is_some(), day.1 || stress.is_some());
        }
    }
    Overview {
        entries,
        days: days.iter().count(),
        days_with_both: days
            .iter()
            .filter(|(pain, stress)| *pain && *stress)
            .count(),
        all: sum.period(from),
    }
}
