//! Every view over the same days, counted once for words and JSON alike.

use chrono::NaiveDate;

use crate::domain::insight;
use crate::domain::insight::helped::{Helped, what_helps};
use crate::domain::insight::places::{Places, places};
use crate::domain::insight::questions::{Answered, answered, is_peg_due, last_peg};
use crate::domain::insight::series::{Overview, Period, Span, overview, series};
use crate::domain::insight::time_of_day::{STRETCHES, Stretch, time_of_day};
use crate::domain::log::Log;

/// What the days from `from` to `to` come to, both included.
pub struct Figures<'a> {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub overview: Overview,
    pub days: Vec<Period>,
    pub weeks: Vec<Period>,
    pub months: Vec<Period>,
    pub hours: [Stretch; STRETCHES],
    pub places: Places<'a>,
    pub helped: Helped<'a>,
    pub answered: Answered,
    /// Whether PEG may be asked now, whatever the days.
    pub is_peg_due: bool,
}

impl<'a> Figures<'a> {
    /// From the day asked for, else from the first entry's, up to today.
    pub fn of(log: &'a Log, since: Option<NaiveDate>, today: NaiveDate) -> Self {
        let from = since.or_else(|| insight::first_day(log)).unwrap_or(today);
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
