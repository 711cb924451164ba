//! Every view over the same days, counted once for words and JSON alike.

use chrono::NaiveDate;

use super::helped::{Helped, what_helps};
use super::places::{Places, places};
use super::questions::{Answered, answered, is_peg_due, last_peg};
use super::series::{Overview, Period, Span, overview, series};
use super::time_of_day::{STRETCHES, Stretch, time_of_day};
use crate::domain::log::Log;

/// What the days from `from` to `to` come to, both included.
pub struct Figures<'a> {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// All of it together.
    pub overview: Overview,
    /// Day by day, oldest first.
    pub days: Vec<Period>,
    /// Week by week.
    pub weeks: Vec<Period>,
    /// Month by month.
    pub months: Vec<Period>,
    /// By the time of day.
    pub hours: [Stretch; STRETCHES],
    /// Where it hurts.
    pub places: Places<'a>,
    /// What came after what.
    pub helped: Helped<'a>,
    /// PEG and Roland-Morris, oldest first.
    pub answered: Answered,
    /// Whether PEG may be asked now, whatever the days.
    pub is_peg_due: bool,
}

impl<'a> Figures<'a> {
    /// From the day asked for, else from the first entry's, up to today.
    pub fn of(log: &'a Log, since: Option<NaiveDate>, today: NaiveDate) -> Self {
        let from = since.or_else(|| super::first_day(log)).unwrap_or(today);
        let of = |span| series(log, span, from, today);
        Self {
            from,
            to: today,
            overview: overview(log, from, today),
            days: of(Span::Day),
            weeks: of(Span::Week),
            months: of(Span::Month),
            hours: time_of_day(log, from, today),
            places: places(log, from, today),
            helped: what_helps(log, from, today),
            answered: answered(log, from, today),
            is_peg_due: is_peg_due(last_peg(log, today), today),
        }
    }
}
