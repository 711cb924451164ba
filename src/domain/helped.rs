//! What came after a technique or routine, from a person's own ratings: in words no stronger than the numbers (G.1,
//! G.3, G.6 of the facts).

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use super::record::{Entry, Kind, Status, What};
use super::scale::Scale;

/// The after-rating counts for so long after the end (G.1).
const RATED_WITHIN: TimeDelta = TimeDelta::minutes(30);
/// From so many pairs on a median may be told (G.1).
const FEW: usize = 3;
/// From so many pairs on a share may be told (G.1).
const ENOUGH: usize = 6;
/// Fewer than [`ENOUGH`] pairs further apart than this say nothing (G.6).
const APART: TimeDelta = TimeDelta::days(28);

/// Pain before and after the sessions that held one technique alone, or were one routine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairs {
    /// Before and after, oldest first.
    rated: Vec<(Scale, Scale)>,
    /// How many of them were stopped early: counted and named.
    stopped: usize,
    /// Sessions rated before and not, or too late, after.
    unrated: usize,
    /// The days of the first and the last pair.
    days: Option<(NaiveDate, NaiveDate)>,
}

/// The pairs of each technique and routine (`entries`: oldest first), by slug. One of which no second was done does not
/// count.
pub fn pairs(entries: &[Entry]) -> HashMap<&str, Pairs> {
    let mut all: HashMap<&str, Pairs> = HashMap::new();
    let sessions = entries.iter().filter(|entry| entry.kind == Kind::Session);
    for entry in sessions.filter(|entry| entry.active_s != Some(0)) {
        let (Some(What::Technique(slug) | What::Routine(slug)), Some(before), Some(day)) =
            (&entry.what, entry.pain_before, entry.day())
        else {
            continue;
        };
        if matches!(entry.status, Some(Status::Finished | Status::Stopped)) {
            let after = entry.pain_after.filter(|_| is_rated_in_time(entry));
            let was_stopped = entry.status == Some(Status::Stopped);
            all.entry(slug)
                .or_default()
                .add(before, after, was_stopped, day);
        }
    }
    all
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

impl Pairs {
    fn add(&mut self, before: Scale, after: Option<Scale>, was_stopped: bool, day: NaiveDate) {
        let Some(after) = after else {
            self.unrated += 1;
            return;
        };
        self.rated.push((before, after));
        self.stopped += usize::from(was_stopped);
        let first = self.days.map_or(day, |(first, _)| first);
        self.days = Some((first, day));
    }

    /// What may be said in part of a line; `None`: nothing.
    pub fn words(&self) -> Option<String> {
        let n = self.rated.len();
        let last = self.rated.last()?;
        if self.rated.iter().all(|(before, _)| before.get() <= 1) {
            return None;
        }
        let all = n + self.unrated;
        if self.unrated * 3 > all {
            return Some(format!("rated after only {n} of {all}, so nothing is said"));
        }
        if n < FEW {
            return Some(format!(
                "last time pain {} before, {} after",
                last.0, last.1
            ));
        }
        if n >= ENOUGH {
            return Some(self.share_text());
        }
        let are_close = self.days.is_none_or(|(first, last)| last - first <= APART);
        are_close.then(|| {
            let stopped = self.stopped_text();
            format!(
                "{} at the median of {n}{stopped}, too few to tell",
                self.median_text()
            )
        })
    }

    /// Whether the whole of the interval for the median change (G.2) lies below no change. Says something about this
    /// one alone: it is no rank among others.
    pub fn has_fallen(&self) -> bool {
        let n = self.rated.len();
        if n < ENOUGH || self.unrated * 3 > n + self.unrated {
            return false;
        }
        let changes = self.changes();
        let place = n - place_in_order(n);
        changes.get(place).is_some_and(|change| *change < 0)
    }

    /// After minus before, lowest first.
    fn changes(&self) -> Vec<i16> {
        let change =
            |(before, after): &(Scale, Scale)| i16::from(after.get()) - i16::from(before.get());
        let mut changes: Vec<i16> = self.rated.iter().map(change).collect();
        changes.sort_unstable();
        changes
    }

    /// 'pain 1.5 lower'.
    fn median_text(&self) -> String {
        let changes = self.changes();
        let (low, high) = (changes[(changes.len() - 1) / 2], changes[changes.len() / 2]);
        let doubled = low + high;
        if doubled == 0 {
            return "pain the same".into();
        }
        let way = if doubled < 0 { "lower" } else { "higher" };
        let half = if doubled % 2 == 0 { "" } else { ".5" };
        format!("pain {}{half} {way}", doubled.abs() / 2)
    }

    /// 'pain meaningfully lower after 4 of 6 (2 lower at the median)'.
    fn share_text(&self) -> String {
        let could_fall: Vec<_> = (self.rated.iter())
            .filter(|(before, _)| before.get() >= 2)
            .collect();
        let at_floor = self.rated.len() - could_fall.len();
        let mut asides = Vec::new();
        let words = if could_fall.len() < ENOUGH {
            let n = self.rated.len();
            format!("{} at the median of {n}", self.median_text())
        } else {
            let fell = could_fall
                .iter()
                .filter(|pair| is_meaningful(***pair))
                .count();
            asides.push(self.median_text().replacen("pain ", "", 1) + " at the median");
            format!(
                "pain meaningfully lower after {fell} of {}",
                could_fall.len()
            )
        };
        if at_floor > 0 {
            asides.push(format!("{at_floor} began at 0 or 1"));
        }
        asides.extend(self.rises());
        if self.stopped > 0 {
            asides.push(format!("{} stopped early", self.stopped));
        }
        if asides.is_empty() {
            words
        } else {
            format!("{words} ({})", asides.join(", "))
        }
    }

    /// 'worse after 1 of 6': up by 2 or more (G.3). Nothing where it never was.
    fn rises(&self) -> Option<String> {
        let n = self.rated.len();
        let could_rise = (self.rated.iter()).filter(|(before, _)| before.get() <= 8);
        let of = could_rise.clone().count();
        let rose = could_rise
            .filter(|(before, after)| after.get() >= before.get() + 2)
            .count();
        let at_ceiling = match n - of {
            0 => String::new(),
            count => format!(", {count} began at 9 or 10"),
        };
        (rose > 0).then(|| format!("worse after {rose} of {of}{at_ceiling}"))
    }

    fn stopped_text(&self) -> String {
        match self.stopped {
            0 => String::new(),
            count => format!(" ({count} stopped early)"),
        }
    }
}

/// A fall by at least 2 points and 30 % of the start: 3 points from 7 up (G.3).
fn is_meaningful((before, after): (Scale, Scale)) -> bool {
    let fall = before.get().saturating_sub(after.get());
    fall >= 2 && u32::from(fall) * 10 >= u32::from(before.get()) * 3
}

/// G.2's rule: the largest r for which the r-th lowest to the r-th highest of n values covers the median with at least
/// 95 %; at least 1. `n` is [`ENOUGH`] or more.
fn place_in_order(n: usize) -> usize {
    let total = n as f64;
    // The chance of exactly i below, as a logarithm, so that no power of two is too large.
    let mut log = -total * std::f64::consts::LN_2;
    let mut outside = 0.0;
    let mut place = 0;
    for i in 0..n {
        outside += 2.0 * log.exp();
        if outside > 0.05 {
            break;
        }
        place = i + 1;
        log += ((total - i as f64) / (i as f64 + 1.0)).ln();
    }
    place.max(1)
}

#[cfg(test)]
mod tests;
