//! What the tabs show, counted once for as long as the log and the day stay: each tab's own part, when it is open.

use chrono::NaiveDate;

use super::Tab;
use crate::domain::insight::causes::Caution;
use crate::domain::insight::first_day;
use crate::domain::insight::helped::{Row, what_helps};
use crate::domain::insight::places::places;
use crate::domain::insight::questions::{Peg, RolandMorris, answered, is_peg_due, last_peg};
use crate::domain::insight::series::{Overview, Period, Span, overview, series};
use crate::domain::insight::time_of_day::{STRETCHES, Stretch, time_of_day};
use crate::domain::insight::told::Told;
use crate::domain::insight::without::Without;
use crate::domain::insight::words;
use crate::domain::library::Library;
use crate::domain::log::Log;
use crate::domain::vocabulary::PlaceSide;

/// What was counted so far, each part for one tab; from the first entry to today.
#[derive(Debug, Default)]
pub struct Counted {
    today: Option<NaiveDate>,
    /// A day that the pointer of the trends is to stand at once they are counted.
    pub(super) point_at: Option<NaiveDate>,
    /// Periods of one span.
    pub trends: Option<Trends>,
    /// Every day, oldest first.
    pub days: Option<Vec<Period>>,
    /// By the time of day.
    pub hours: Option<[Stretch; STRETCHES]>,
    /// Where it hurts.
    pub places: Option<Places>,
    /// What came after what.
    pub helps: Option<Helps>,
    /// The questionnaires.
    pub answers: Option<Answers>,
}

/// Pain, stress and sessions over time.
#[derive(Debug)]
pub struct Trends {
    /// How long a period is.
    pub span: Span,
    /// Oldest first, gaps included.
    pub periods: Vec<Period>,
    /// All days together.
    pub overview: Overview,
}

impl Trends {
    /// How many periods there are.
    pub fn len(&self) -> usize {
        self.periods.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.periods.is_empty()
    }

    /// How many periods before the newest the one lies that holds this day.
    pub(super) fn back_to(&self, day: NaiveDate) -> usize {
        let after = self.periods.partition_point(|period| period.from <= day);
        self.len() - after.max(1).min(self.len())
    }
}

/// Where it hurts, and how often.
#[derive(Debug)]
pub struct Places {
    /// Entries that name a place.
    pub entries: usize,
    /// Most first.
    pub cells: Vec<Named>,
}

/// A place with how often it was named.
#[derive(Debug)]
pub struct Named {
    /// The cell's id.
    pub region: String,
    /// Its side, where it has one.
    pub side: Option<PlaceSide>,
    /// Its name with its side.
    pub label: String,
    /// Entries that name it.
    pub count: usize,
}

/// What helps, in the order and with the silences of G.1 and G.6.
#[derive(Debug)]
pub struct Helps {
    /// Most sessions first.
    pub rows: Vec<Help>,
    /// What may be compared, in sentences.
    pub compared: Vec<String>,
    /// What has to stand where the numbers are.
    pub cautions: Vec<&'static Caution>,
}

/// What came after one technique or routine.
#[derive(Debug)]
pub struct Help {
    /// As people read it.
    pub name: String,
    /// Sessions that held it alone.
    pub sessions: usize,
    /// How many of them were stopped early.
    pub stopped: usize,
    /// What may be told of pain, and what it did on days without a session.
    pub pain: (Told, Option<Without>),
    /// The same of stress.
    pub stress: (Told, Option<Without>),
    /// What else was done on the same days, and on how many.
    pub same_day: Vec<(String, usize)>,
}

/// The questionnaires' answers, oldest first.
#[derive(Debug)]
pub struct Answers {
    /// PEG.
    pub pegs: Vec<Peg>,
    /// Whether PEG may be asked now.
    pub is_due: bool,
    /// Roland-Morris.
    pub roland_morris: Vec<RolandMorris>,
}

impl Counted {
    /// The log has changed.
    pub fn forget(&mut self) {
        let point_at = self.point_at;
        *self = Self {
            point_at,
            ..Self::default()
        };
    }

    /// Counts what this tab shows, unless it is counted already; true where it was not.
    pub(super) fn count(
        &mut self,
        tab: Tab,
        span: Span,
        log: &Log,
        library: &Library,
        today: NaiveDate,
    ) -> bool {
        if self.today != Some(today) {
            self.forget();
            self.today = Some(today);
        }
        self.trends.take_if(|trends| trends.span != span);
        let from = || first_day(log).unwrap_or(today);
        match tab {
            Tab::Log => false,
            Tab::Trends => fill(&mut self.trends, || Trends {
                span,
                periods: series(log, span, from(), today),
                overview: overview(log, from(), today),
            }),
            Tab::Year => fill(&mut self.days, || series(log, Span::Day, from(), today)),
            Tab::Day => fill(&mut self.hours, || time_of_day(log, from(), today)),
            Tab::Places => fill(&mut self.places, || Places::of(log, library, from(), today)),
            Tab::Helps => fill(&mut self.helps, || Helps::of(log, library, from(), today)),
            Tab::Peg => fill(&mut self.answers, || Answers::of(log, from(), today)),
        }
    }
}

/// Counts a part unless it is counted already; true where it was not.
fn fill<T>(part: &mut Option<T>, count: impl FnOnce() -> T) -> bool {
    let is_new = part.is_none();
    part.get_or_insert_with(count);
    is_new
}

impl Answers {
    fn of(log: &Log, from: NaiveDate, today: NaiveDate) -> Self {
        let all = answered(log, from, today);
        Self {
            pegs: all.pegs,
            is_due: is_peg_due(last_peg(log, today), today),
            roland_morris: all.roland_morris,
        }
    }
}

impl Places {
    fn of(log: &Log, library: &Library, from: NaiveDate, to: NaiveDate) -> Self {
        let counted = places(log, from, to);
        let cells = counted.cells.iter().map(|cell| Named {
            region: cell.region.to_owned(),
            side: cell.side,
            label: words::place(cell, library),
            count: cell.count,
        });
        Self {
            entries: counted.entries,
            cells: cells.collect(),
        }
    }
}

impl Helps {
    fn of(log: &Log, library: &Library, from: NaiveDate, to: NaiveDate) -> Self {
        let helped = what_helps(log, from, to);
        let compared = words::compared(&helped, library);
        let cautions = words::cautions(&helped.rows);
        let rows = helped.rows.into_iter().map(|row| help(row, library));
        Self {
            rows: rows.collect(),
            compared,
            cautions,
        }
    }
}

fn help(row: Row<'_>, library: &Library) -> Help {
    let same_day = row.same_day.iter();
    Help {
        name: words::name(row.slug, row.is_routine, library).to_owned(),
        sessions: row.sessions,
        stopped: row.stopped,
        pain: (row.pain, row.pain_without),
        stress: (row.stress, row.stress_without),
        same_day: same_day
            .map(|(action, count)| ((*action).to_owned(), *count))
            .collect(),
    }
}
