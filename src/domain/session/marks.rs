//! What is told while a stretch lasts: half way, the last seconds, breaths.

use std::time::Duration;

use super::{Event, Session};
use crate::domain::breath::{Pace, Turn};
use crate::domain::order;
use crate::domain::time::Now;

/// From this length on a step has a half way, in seconds.
const HALF_FROM_S: u32 = 40;
/// From this length on the last ten seconds of a step are told.
const TEN_FROM_S: u32 = 25;
/// From this length on the last three seconds of a step are counted.
const COUNT_FROM_S: u32 = 10;

/// A place within a step, told when it is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Half of the step is over.
    Half,
    /// Ten seconds of it are left.
    Ten,
    /// So many seconds of it are left: three, two, one.
    Count(u8),
}

impl Session {
    /// Where in a breath the person is, if the current stretch has a rhythm. Looks without moving.
    pub fn pace(&self, now: &Now) -> Option<Pace> {
        let (at, gone) = self.position(now);
        let breath = self.timeline.segments.get(at)?.breath?;
        Some(breath.pace(gone))
    }

    /// The monotonic time at which [`Session::pace`] shows the next level; `None` when nothing paces or moves.
    pub fn next_pace(&self) -> Option<Duration> {
        let segment = self.current().filter(|_| self.is_running())?;
        let ahead = segment
            .breath?
            .next_level(self.gone)
            .saturating_sub(self.gone);
        Some(self.turn.mono + ahead)
    }

    /// What is passed in the current stretch between two times of it: after `from`, up to and with `to`.
    pub(super) fn marks_between(&self, from: Duration, to: Duration, events: &mut Vec<Event>) {
        let Some(length) = self.lengths.get(self.at).copied() else {
            return;
        };
        let mut passed: Vec<(u32, Event)> = Vec::new();
        let mut place = |gone: u32, event: Event| {
            let at = Duration::from_secs(gone.into());
            if from < at && at <= to && gone < length {
                passed.push((gone, event));
            }
        };
        if self.is_step(self.at) {
            if length >= HALF_FROM_S {
                place(length / 2, Event::Passed(Mark::Half));
            }
            if length >= TEN_FROM_S {
                place(length - 10, Event::Passed(Mark::Ten));
            }
            if length >= COUNT_FROM_S {
                for left in [3, 2, 1] {
                    place(length - u32::from(left), Event::Passed(Mark::Count(left)));
                }
            }
        }
        for (gone, turn) in self.turns(length) {
            place(gone, Event::Breathe(turn));
        }
        order::by_key(&mut passed, |(gone, _)| *gone);
        events.extend(passed.into_iter().map(|(_, event)| event));
    }

    /// Breaths of the current stretch: seconds gone of it, and in or out.
    pub(super) fn turns(&self, length: u32) -> impl Iterator<Item = (u32, Turn)> + use<> {
        let breath = self.current().and_then(|segment| segment.breath);
        breath
            .into_iter()
            .flat_map(move |breath| breath.turns(length))
    }
}
