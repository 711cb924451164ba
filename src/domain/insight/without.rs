//! What pain and stress did by themselves: days with check-ins and no session, as a measure of how much of a fall may
//! be values drifting back (regression to the mean, M13; G.4 of the facts).

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Measure;
use super::interval;
use super::middle::median_of_sorted;
use crate::domain::record::{Entry, Kind};
use crate::domain::scale::Scale;

/// Changes from a check-in to the next one of the same day, on days without a session, by where they began.
#[derive(Debug, Clone, Default)]
pub struct Quiet {
    by_start: [Vec<i16>; Scale::MAX as usize + 1],
}

/// What such days did that began alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Without {
    /// How many days: [`interval::FROM`] or more.
    pub n: usize,
    /// The median change, in halves.
    pub median: f64,
}

impl Without {
    /// In a line, for beside the numbers; `change`: the median change in words.
    pub fn words(&self, measure: Measure, change: &str) -> String {
        let (n, what) = (self.n, measure.word());
        format!(
            "on {n} days without a session that began alike, {what} was {change} at the median by the next check-in"
        )
    }
}

#[derive(Default)]
struct Day {
    has_session: bool,
    first: Option<Scale>,
    second: Option<Scale>,
}

impl Quiet {
    /// Of these entries, oldest first.
    pub fn of<'a>(entries: impl Iterator<Item = &'a Entry>, measure: Measure) -> Self {
        let mut days: HashMap<NaiveDate, Day> = HashMap::new();
        for entry in entries {
            let Some(date) = entry.day() else { continue };
            let is_session = entry.kind == Kind::Session && entry.active_s != Some(0);
            let rating = measure.of(entry).filter(|_| entry.kind == Kind::CheckIn);
            if !is_session && rating.is_none() {
                continue;
            }
            let day = days.entry(date).or_default();
            day.has_session |= is_session;
            match (day.first, rating) {
                (None, _) => day.first = rating,
                (Some(_), Some(_)) if day.second.is_none() => day.second = rating,
                _ => {}
            }
        }
        let mut all = Self::default();
        for day in days.into_values().filter(|day| !day.has_session) {
            if let (Some(first), Some(second)) = (day.first, day.second) {
                let change = i16::from(second.get()) - i16::from(first.get());
                all.by_start[usize::from(first.get())].push(change);
            }
        }
        all
    }

    /// Days that began within 1 point of this; `None` of fewer than six.
    pub fn like(&self, start: f64) -> Option<Without> {
        let near = (0_u8..).zip(&self.by_start);
        let near = near.filter(|(at, _)| (f64::from(*at) - start).abs() <= 1.0);
        let mut changes: Vec<i16> = near.flat_map(|(_, changes)| changes).copied().collect();
        if changes.len() < interval::FROM {
            return None;
        }
        changes.sort_unstable();
        Some(Without {
            n: changes.len(),
            median: median_of_sorted(&changes)?,
        })
    }
}
