//! Pain and stress by the time of day, as the person's clock showed it: eight stretches of three hours.

use chrono::{NaiveDate, Timelike};

use super::middle::{Summary, Tally};
use super::{Measure, between};
use crate::domain::log::Log;

/// Hours in a stretch.
pub const HOURS: u32 = 3;
/// Stretches in a day.
pub const STRETCHES: usize = 24 / HOURS as usize;

/// One stretch of the day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// The hour that it begins with; it lasts [`HOURS`].
    pub from_hour: u32,
    /// What its pain ratings come to.
    pub pain: Option<Summary>,
    /// What its stress ratings come to.
    pub stress: Option<Summary>,
}

/// The stretches of the day, from midnight on, over the days from `from` to `to`, both included.
pub fn time_of_day(log: &Log, from: NaiveDate, to: NaiveDate) -> [Stretch; STRETCHES] {
    let mut pain = [Tally::default(); STRETCHES];
    let mut stress = [Tally::default(); STRETCHES];
    for entry in between(log, from, to) {
        let Some(at) = entry.started_at.map(|at| at.hour() / HOURS) else {
            continue;
        };
        for (measure, tallies) in [(Measure::Pain, &mut pain), (Measure::Stress, &mut stress)] {
            if let (Some(value), Some(tally)) = (measure.of(entry), tallies.get_mut(at as usize)) {
                tally.add(value);
            }
        }
    }
    std::array::from_fn(|at| Stretch {
        from_hour: at as u32 * HOURS,
        pain: pain[at].summary(),
        stress: stress[at].summary(),
    })
}
