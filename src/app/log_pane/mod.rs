//! The log pane: which entry is selected, and what is looked for. The entries themselves are the log's;
//! how they are put into words is the drawing's.

mod acts;
mod found;
mod greeting;

use std::cell::Cell;

use chrono::{Days, NaiveDate};

use super::text_field::TextField;
use crate::domain::id::Id;
use crate::domain::log::Log;
use crate::domain::record::Entry;
use crate::domain::week::monday;
pub use found::Found;

/// The log pane.
#[derive(Debug, Default)]
pub struct LogPane {
    /// The selected entry, counted from the newest that is shown.
    pub selected: usize,
    /// First entry on the screen, counted from the newest; kept by the drawing.
    pub top: Cell<usize>,
    /// Entries that the last drawing had room for: a page.
    pub page: Cell<usize>,
    /// What is looked for, as typed.
    pub find: TextField,
    /// Whether it is being typed.
    pub finding: bool,
    /// What was found; `None`: nothing is looked for, and everything shows.
    pub found: Option<Found>,
    /// What is looked through.
    pub(in crate::app) texts: found::Texts,
    /// Words stand in place of numbers.
    pub numbers_hidden: bool,
    /// The day's one unasked question is this start's to ask.
    pub asks_today: bool,
}

impl LogPane {
    /// How many entries are shown.
    pub fn len(&self, log: &Log) -> usize {
        match &self.found {
            Some(found) => found.places().len(),
            None => log.entries().len(),
        }
    }

    /// Whether none is.
    pub fn is_empty(&self, log: &Log) -> bool {
        self.len(log) == 0
    }

    /// The entry so many places from the newest that is shown.
    pub fn entry<'a>(&self, at: usize, log: &'a Log) -> Option<&'a Entry> {
        let place = match &self.found {
            Some(found) => *found.places().get(at)? as usize,
            None => log.entries().len().checked_sub(at + 1)?,
        };
        log.entries().get(place)
    }

    /// The selected entry.
    pub fn selected<'a>(&self, log: &'a Log) -> Option<&'a Entry> {
        self.entry(self.selected, log)
    }

    /// After a change of the log: stays on the entry that was selected, or on the newest where that was the newest.
    pub fn find_again(&mut self, rec: Option<&Id>, log: &Log) {
        if self.selected > 0
            && let Some(rec) = rec
        {
            self.select(rec, log);
        }
        self.step(0, self.len(log));
    }

    /// Selects the entry of a record where that is shown.
    pub fn select(&mut self, rec: &Id, log: &Log) {
        let mut places = 0..self.len(log);
        let is_it = |at: &usize| self.entry(*at, log).is_some_and(|entry| entry.rec == *rec);
        if let Some(at) = places.find(is_it) {
            self.selected = at;
        }
    }

    /// Moves the selection among `len` entries.
    pub fn step(&mut self, by: isize, len: usize) {
        self.selected = self
            .selected
            .saturating_add_signed(by)
            .min(len.saturating_sub(1));
    }

    /// A page at a time.
    pub fn page(&mut self, pages: isize, len: usize) {
        let rows = self.page.get().saturating_sub(1).max(1);
        self.step(pages * isize::try_from(rows).unwrap_or(1), len);
    }

    /// To the newest or the oldest.
    pub fn jump(&mut self, to_oldest: bool, len: usize) {
        self.selected = if to_oldest { len.saturating_sub(1) } else { 0 };
    }

    /// Selects the newest entry of a day, or else of the nearest day before it, or else the oldest that has a day.
    /// Returns its day.
    pub fn go_to(&mut self, day: NaiveDate, log: &Log) -> Option<NaiveDate> {
        // Days follow their own offsets and the list the moments: on a journey a day may stand behind its neighbours.
        let edge = day.checked_sub_days(Days::new(2)).unwrap_or(day);
        let (mut before, mut oldest) = (None, None);
        for at in 0..self.len(log) {
            let Some(here) = self.day(at, log) else {
                continue;
            };
            oldest = Some((at, here));
            if here == day {
                before = Some((at, here));
                break;
            }
            if here < day && before.is_none_or(|(_, known)| known < here) {
                before = Some((at, here));
            }
            if here < edge {
                break;
            }
        }
        let (at, here) = before.or(oldest)?;
        self.selected = at;
        Some(here)
    }

    /// To the newest entry of the day or the week before or after the selected one's; false where there is none.
    pub fn step_by(&mut self, span: Span, older: bool, log: &Log) -> bool {
        let Some(here) = self.day(self.selected, log).and_then(|day| span.first(day)) else {
            return false;
        };
        let first = |at: usize| self.day(at, log).and_then(|day| span.first(day));
        let wanted = if older {
            (self.selected..self.len(log))
                .filter_map(first)
                .find(|first| *first < here)
        } else {
            (0..self.selected)
                .rev()
                .filter_map(first)
                .find(|first| *first > here)
        };
        let Some(wanted) = wanted else {
            return false;
        };
        let newest = (0..self.len(log)).find(|at| first(*at) == Some(wanted));
        self.selected = newest.unwrap_or(self.selected);
        true
    }

    fn day(&self, at: usize, log: &Log) -> Option<NaiveDate> {
        self.entry(at, log).and_then(Entry::day)
    }
}

/// How far a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// A day.
    Day,
    /// A week from Monday.
    Week,
}

impl Span {
    /// The first day of the span that this day is in.
    fn first(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(day),
            Self::Week => monday(day),
        }
    }
}
