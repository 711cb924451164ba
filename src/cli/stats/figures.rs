//! Every view over the same days, counted once for words and JSON alike.

use chrono::NaiveDate;

use crate::domain::insight::helped::{Helped, what_helps};
use crate::domain::insight::places::{Places, places};
use crate::domain::insight::questions::{
    Peg, RolandMorris, is_peg_due, last_peg, pegs, roland_morris,
};
use crate::domain::insight::series::{Overview, Period, Span, overview, series};
use crate::domain::insight::time_of_day::{STRETCHES, Stretch, time_of_day};
use crate::domain::insight::{self};
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
    pub pegs: Vec<Peg>,
    /// Whether PEG may be asked now, whatever the days.
    pub is_peg_due: bool,
    pub roland_morris: Vec<RolandMorris>,
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
            pegs: pegs(log, from, today),
            is_peg_due: is_peg_due(last_peg(log, today), today),
            roland_morris: roland_morris(log, from, today),
        }
    }
}
