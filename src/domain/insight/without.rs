//! What pain and stress did by themselves: days with check-ins and no session, as a measure of how much of a fall may
//! be values drifting back (regression to the mean, M13; G.4 of the facts).

use super::Measure;
use super::interval;
use super::middle::median_of_sorted;
use crate::domain::record::{Entry, Kind};
use crate::domain::scale::Scale;

/// Changes from a check-in to the next one of the same day, on days without a session, by where they began.
#[derive(Debug, Clone, Default)]
pub(super) struct Quiet {
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

/// What a day says of itself.
#[derive(Debug, Default)]
pub(super) struct Day {
    has_session: bool,
    pain: FirstTwo,
    stress: FirstTwo,
}

/// The first two ratings of a day.
#[derive(Debug, Default)]
struct FirstTwo(Option<Scale>, Option<Scale>);

impl FirstTwo {
    fn add(&mut self, rating: Option<Scale>) {
        match self.0 {
            None => self.0 = rating,
            Some(_) => self.1 = self.1.or(rating),
        }
    }
}

impl Day {
    /// Takes an entry of the day in; they come oldest first.
    pub fn take(&mut self, entry: &Entry) {
        match entry.kind {
            Kind::Session => self.has_session |= entry.active_s != Some(0),
            Kind::CheckIn => {
                self.pain.add(Measure::Pain.of(entry));
                self.stress.add(Measure::Stress.of(entry));
            }
            Kind::Questionnaire | Kind::Plan | Kind::Unknown => {}
        }
    }
}

impl Quiet {
    /// Of these days.
    pub fn of<'a>(days: impl Iterator<Item = &'a Day>, measure: Measure) -> Self {
        let mut all = Self::default();
        for day in days.filter(|day| !day.has_session) {
            let rated = match measure {
                Measure::Pain => &day.pain,
                Measure::Stress => &day.stress,
            };
            if let FirstTwo(Some(first), Some(second)) = rated {
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
