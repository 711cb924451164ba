//! What came after each technique and routine, from a person's own ratings: pairs before and after the sessions that
//! held one technique alone, or were one routine (G.1, G.3, G.6 of the facts).

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, TimeDelta};

use super::by_day::ByDay;
use super::compare::{Comparison, comparisons};
use super::middle::change_words;
use super::told::{Enough, Pair, Told, starts, told};
use super::without::{self, Quiet, Without};
use super::{Measure, between, is_session};
use crate::domain::log::Log;
use crate::domain::order;
use crate::domain::record::{Entry, Status, What};
use crate::domain::scale::Scale;

/// The after-rating counts for so long after the end (G.1).
const RATED_WITHIN: TimeDelta = TimeDelta::minutes(30);

/// Before and after the sessions of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairs {
    measure: Measure,
    /// Before and after, oldest first.
    rated: Vec<Pair>,
    /// How many of them were stopped early: counted and named.
    stopped: usize,
    /// Sessions rated before and not, or too late, after.
    unrated: usize,
}

/// All that is counted of one technique or routine.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Counted {
    is_routine: bool,
    sessions: usize,
    stopped: usize,
    pain: Pairs,
    stress: Pairs,
    /// Where the days stand of those that were rated before and after.
    days: Vec<usize>,
}

/// What came after one technique or routine.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    /// Of the technique or routine; the library may no longer have it.
    pub slug: &'a str,
    /// Whether it is a routine.
    pub is_routine: bool,
    /// Sessions that held it alone, rated or not.
    pub sessions: usize,
    /// How many of them were stopped early.
    pub stopped: usize,
    /// What may be told of pain.
    pub pain: Told,
    /// What may be told of stress: change without a verdict (F.1).
    pub stress: Told,
    /// Pain on days without a session that began alike (G.4).
    pub pain_without: Option<Without>,
    /// The same of stress.
    pub stress_without: Option<Without>,
    /// What else was done on the days of its rated sessions, and on how many: most first (G.4).
    pub same_day: Vec<(&'a str, usize)>,
}

/// What helps: never in the order of what seems best (G.4).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Helped<'a> {
    /// Most sessions first, then by slug.
    pub rows: Vec<Row<'a>>,
    /// Those that may be compared, and what that shows.
    pub comparisons: Vec<Comparison<'a>>,
}

/// What came after everything that was done in these days, both included. One pass over the entries.
pub fn what_helps(log: &Log, from: NaiveDate, to: NaiveDate) -> Helped<'_> {
    let mut counted: HashMap<&str, Counted> = HashMap::new();
    let mut days: ByDay<Day<'_>> = ByDay::default();
    for entry in between(log, from, to) {
        let Some(at) = entry.day().map(|day| days.at(day)) else {
            continue;
        };
        if let Some(day) = days.get_mut(at) {
            day.take(entry);
        }
        if let Some(it) = count(&mut counted, entry) {
            it.days.push(at);
        }
    }
    let quiet = |measure| Quiet::of(days.iter().map(|day| &day.ratings), measure);
    let (pain_quiet, stress_quiet) = (quiet(Measure::Pain), quiet(Measure::Stress));
    let row = |(slug, it): (_, Counted)| Row {
        slug,
        is_routine: it.is_routine,
        sessions: it.sessions,
        stopped: it.stopped,
        pain_without: (it.pain.start()).and_then(|start| pain_quiet.like(start)),
        stress_without: (it.stress.start()).and_then(|start| stress_quiet.like(start)),
        same_day: same_day(it.days, &days),
        pain: it.pain.told(),
        stress: it.stress.told(),
    };
    let mut rows: Vec<Row<'_>> = counted.into_iter().map(row).collect();
    order::by(&mut rows, |a, b| {
        (b.sessions, a.slug).cmp(&(a.sessions, b.slug))
    });
    let comparisons = comparisons(&rows);
    Helped { rows, comparisons }
}

/// The pain pairs of each technique and routine (`entries`: oldest first), by slug. One of which no second was done
/// does not count.
pub fn pairs(entries: &[Entry]) -> HashMap<String, Pairs> {
    let mut counted: HashMap<&str, Counted> = HashMap::new();
    for entry in entries {
        count(&mut counted, entry);
    }
    let counted = counted.into_iter();
    counted
        .map(|(slug, it)| (slug.to_owned(), it.pain))
        .collect()
}

/// Counts a session of one technique or routine; what it counts for, if it was rated before and after.
fn count<'a, 'b>(
    all: &'b mut HashMap<&'a str, Counted>,
    entry: &'a Entry,
) -> Option<&'b mut Counted> {
    let (Some(What::Technique(slug) | What::Routine(slug)), true) =
        (&entry.what, is_session(entry))
    else {
        return None;
    };
    let (day, status) = (entry.day()?, entry.status?);
    let was_stopped = status == Status::Stopped;
    let is_routine = matches!(entry.what, Some(What::Routine(_)));
    let it = all
        .entry(slug)
        .or_insert_with(|| Counted::nothing(is_routine));
    it.sessions += 1;
    it.stopped += usize::from(was_stopped);
    let in_time = is_rated_in_time(entry);
    let mut is_rated = false;
    for pairs in [&mut it.pain, &mut it.stress] {
        if let (Some(before), after) = pairs.measure.around(entry) {
            let after = after.filter(|_| in_time);
            is_rated |= after.is_some();
            pairs.add(day, before, after, was_stopped);
        }
    }
    is_rated.then_some(it)
}

fn is_rated_in_time(entry: &Entry) -> bool {
    let Some(more) = entry.more.as_deref() else {
        return false;
    };
    let (Some(ended), Some(rated)) = (more.ended_at, more.rated_after_at) else {
        return false;
    };
    (TimeDelta::zero()..=RATED_WITHIN).contains(&(rated - ended))
}

/// What a day holds besides sessions.
#[derive(Debug, Default)]
struct Day<'a> {
    ratings: without::Day,
    /// Each once.
    actions: Vec<&'a str>,
}

impl<'a> Day<'a> {
    fn take(&mut self, entry: &'a Entry) {
        self.ratings.take(entry);
        for action in entry.more.iter().flat_map(|more| &more.actions) {
            if !self.actions.contains(&action.as_str()) {
                self.actions.push(action);
            }
        }
    }
}

/// What was done on these days, and on how many: most first, then by name.
fn same_day<'a>(mut at: Vec<usize>, days: &ByDay<Day<'a>>) -> Vec<(&'a str, usize)> {
    order::by(&mut at, Ord::cmp);
    at.dedup();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let days = at.into_iter().filter_map(|at| days.get(at));
    for action in days.flat_map(|day| &day.actions) {
        *counts.entry(action).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    order::by_key(&mut counts, |(_, count)| std::cmp::Reverse(*count));
    counts
}

impl Counted {
    fn nothing(is_routine: bool) -> Self {
        let of = |measure| Pairs {
            measure,
            ..Pairs::default()
        };
        Self {
            is_routine,
            sessions: 0,
            stopped: 0,
            pain: of(Measure::Pain),
            stress: of(Measure::Stress),
            days: Vec::new(),
        }
    }
}

impl Pairs {
    fn add(&mut self, day: NaiveDate, before: Scale, after: Option<Scale>, was_stopped: bool) {
        let Some(after) = after else {
            self.unrated += 1;
            return;
        };
        self.rated.push(Pair { day, before, after });
        self.stopped += usize::from(was_stopped);
    }

    /// The median of the starts.
    fn start(&self) -> Option<f64> {
        Some(starts(&self.rated)?.median)
    }

    /// What they bear.
    pub fn told(&self) -> Told {
        told(self.measure, &self.rated, self.unrated)
    }

    /// What may be said in part of a line; `None`: nothing.
    pub fn words(&self) -> Option<String> {
        let what = self.measure.word();
        match self.told() {
            Told::Nothing(why @ super::told::Silence::AfterMissing { rated: 1.., .. }) => {
                Some(why.words())
            }
            Told::Nothing(_) => None,
            Told::Raw(pairs) => pairs.last().map(|last| {
                format!(
                    "last time {what} {} before, {} after",
                    last.before, last.after
                )
            }),
            Told::TooFew(few) => {
                let (median, n) = (change_words(few.median), few.pairs.len());
                let stopped = match self.stopped {
                    0 => String::new(),
                    count => format!(" ({count} stopped early)"),
                };
                Some(format!(
                    "{what} {median} at the median of {n}{stopped}, too few to tell"
                ))
            }
            Told::Enough(enough) => Some(self.share_words(&enough)),
        }
    }

    /// Whether the whole of the interval for the median change (G.2) lies below no change. Says something about this
    /// one alone: it is no rank among others.
    pub fn has_fallen(&self) -> bool {
        matches!(self.told(), Told::Enough(enough) if enough.interval.high < 0)
    }

    /// 'pain meaningfully lower after 4 of 6 (2 lower at the median)'.
    fn share_words(&self, enough: &Enough) -> String {
        let (what, median) = (self.measure.word(), change_words(enough.median));
        let mut asides = Vec::new();
        let words = match enough.fell.filter(super::told::Share::may_be_told) {
            Some(fell) => {
                asides.push(format!("{median} at the median"));
                format!(
                    "{what} meaningfully lower after {} of {}",
                    fell.count, fell.of
                )
            }
            None => format!("{what} {median} at the median of {}", enough.pairs.len()),
        };
        if let Some(at_floor) = enough.fell.map(|fell| fell.left_out).filter(|n| *n > 0) {
            asides.push(format!("{at_floor} began at 0 or 1"));
        }
        if let Some(rose) = enough.rose.filter(|rose| rose.count > 0) {
            asides.push(format!("worse after {} of {}", rose.count, rose.of));
            if rose.left_out > 0 {
                asides.push(format!("{} began at 9 or 10", rose.left_out));
            }
        }
        if self.stopped > 0 {
            asides.push(format!("{} stopped early", self.stopped));
        }
        if asides.is_empty() {
            words
        } else {
            format!("{words} ({})", asides.join(", "))
        }
    }
}

#[cfg(test)]
mod tests;
