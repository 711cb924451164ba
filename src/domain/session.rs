//! A running session: a state machine over a [`Timeline`] whose clock cannot lie.
//!
//! It holds anchors on the monotonic clock and never counts ticks, so one look may cross several boundaries and one big
//! step of time equals many small ones. A machine that slept, or a turn that came late, pauses the session at the last
//! turn's time.

mod account;
mod acts;
mod cut_off;
mod marks;
#[cfg(test)]
mod tests;

use std::time::Duration;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

pub use account::{Checkpoint, Detail};
pub use marks::Mark;

use super::breath;
use super::plan::{Phase, Segment, Timeline};
use super::record::moment_text;
use super::time::Now;

/// How much later than due a turn may come, and how far the boot clock may run ahead, before the session pauses.
pub const LATE: Duration = Duration::from_secs(5);
/// What `+` and `-` add and take.
pub const NUDGE_S: i64 = 15;
/// Seconds counted down before a session goes on: time to find the place again.
pub const COUNT_IN_S: u8 = 3;

/// The reason kept with a session that the person stopped.
pub const STOPPED: &str = "stopped by the person";

/// The reason kept with a session after which the pain was up by 2 or more, or above 6 (C.4).
pub const PAIN_ROSE: &str = "pain rose";

/// Why the session stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pause {
    /// The person asked for it.
    Asked,
    /// The machine slept, or the program was stopped; the time in between was not counted.
    Away,
}

/// What happened while the clock moved, for cues, progress lines and the plain mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A stretch began; its index in the timeline.
    Began(usize),
    /// A stretch ended by itself; its index.
    Ended(usize),
    /// Paused.
    Paused(Pause),
    /// Going on in so many seconds.
    CountIn(u8),
    /// Going on.
    WentOn,
    /// A place within a step was passed.
    Passed(Mark),
    /// A breath in or out begins.
    Breathe(breath::Turn),
    /// The last stretch ended, or was skipped.
    Finished,
}

impl Event {
    /// Whether it only passes by: nothing begins or ends with it.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Passed(_) | Self::Breathe(_) | Self::CountIn(_))
    }
}

/// What the screens show of a session at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The stretch we are in; one past the last when finished.
    pub segment: usize,
    /// Seconds left of it, rounded up: what the digits show.
    pub left_s: u32,
    /// Seconds of it in all, nudges included.
    pub length_s: u32,
    /// Seconds gone of the whole, rounded down.
    pub gone_s: u32,
    /// Seconds left of the whole, rounded up.
    pub total_left_s: u32,
    /// Paused, and why.
    pub paused: Option<Pause>,
    /// Going on in so many seconds; `None` when it runs or stands still.
    pub count_in_s: Option<u32>,
    /// At the end.
    pub finished: bool,
}

/// A session under way.
#[derive(Debug, Clone)]
pub struct Session {
    /// What it goes through.
    pub timeline: Timeline,
    /// Each stretch's length in whole seconds, nudges included.
    lengths: Vec<u32>,
    /// Which stretches ended by themselves. After a change of the first side a flag goes with its side.
    ended: Vec<bool>,
    /// The stretch it is in; one past the last when finished.
    at: usize,
    /// Gone of that stretch at the last turn.
    gone: Duration,
    /// The last turn's clocks: the anchor.
    turn: Turn,
    gait: Gait,
    /// Time in running steps, item by item, up to the last turn.
    active: Vec<Duration>,
    started_at: String,
    ended_at: Option<String>,
}

/// Whether it moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gait {
    /// It does.
    Runs,
    /// It stands still, and why.
    Stands(Pause),
    /// It goes on once this much time has passed.
    CountsIn(Duration),
}

/// The clocks of one turn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) mono: Duration,
    boot: Option<Duration>,
}

impl Turn {
    pub(super) fn of(now: &Now) -> Self {
        Self {
            mono: now.mono,
            boot: now.boot,
        }
    }

    /// How much longer the machine was on than awake since this turn.
    pub(super) fn slept(&self, now: &Now) -> Duration {
        let awake = now.mono.saturating_sub(self.mono);
        match (self.boot, now.boot) {
            (Some(then), Some(now)) => now.saturating_sub(then).saturating_sub(awake),
            _ => Duration::ZERO,
        }
    }
}

impl Session {
    /// Begins with the get-ready.
    pub fn start(timeline: Timeline, now: &Now) -> Self {
        let count = timeline.segments.len();
        Self {
            lengths: timeline.segments.iter().map(|s| s.seconds).collect(),
            ended: vec![false; count],
            at: 0,
            gone: Duration::ZERO,
            turn: Turn::of(now),
            gait: Gait::Runs,
            active: vec![Duration::ZERO; timeline.items.len()],
            started_at: moment_text(&now.wall),
            ended_at: (count == 0).then(|| moment_text(&now.wall)),
            timeline,
        }
    }

    /// Moves to `now`, over as many boundaries as lie between; told in order.
    pub fn advance(&mut self, now: &Now) -> Vec<Event> {
        let mut events = Vec::new();
        self.turn_to(now, &mut events);
        events
    }

    /// The monotonic time at which what [`Session::view`] shows next changes; `None` while paused or finished. Never
    /// more than a second after the last turn.
    pub fn next_change(&self) -> Option<Duration> {
        let left = match self.gait {
            Gait::Stands(_) => return None,
            Gait::CountsIn(left) => left,
            Gait::Runs => self.left()?,
        };
        let whole_after = (ceil_s(left).saturating_sub(1)).into();
        Some(self.turn.mono + left.saturating_sub(Duration::from_secs(whole_after)))
    }

    /// What to show.
    pub fn view(&self, now: &Now) -> View {
        let (segment, gone) = self.position(now);
        let finished = segment == self.lengths.len();
        let length_s = self.lengths.get(segment).copied().unwrap_or(0);
        let left = Duration::from_secs(length_s.into()).saturating_sub(gone);
        let before = sum(&self.lengths[..segment]);
        let after = sum(self.lengths.get(segment + 1..).unwrap_or_default());
        let is_away = !finished && self.was_away(now);
        View {
            segment,
            left_s: ceil_s(left),
            length_s,
            gone_s: before.saturating_add(gone.as_secs() as u32),
            total_left_s: after.saturating_add(ceil_s(left)),
            paused: self.paused().or(is_away.then_some(Pause::Away)),
            count_in_s: self.count_in_left(now).filter(|_| !is_away).map(ceil_s),
            finished,
        }
    }

    /// The phase of the current stretch; `None` when finished.
    pub fn phase(&self) -> Option<Phase> {
        self.current().map(|segment| segment.phase)
    }

    /// The current stretch, as of the last turn; `None` when finished.
    pub fn current(&self) -> Option<&Segment> {
        self.timeline.segments.get(self.at)
    }

    /// Whether it stands still, and why.
    pub fn paused(&self) -> Option<Pause> {
        match self.gait {
            Gait::Stands(why) => Some(why),
            Gait::Runs | Gait::CountsIn(_) => None,
        }
    }

    /// Whether the end was reached, by doing the last step or by skipping it.
    pub fn is_finished(&self) -> bool {
        self.at >= self.lengths.len()
    }

    fn is_running(&self) -> bool {
        self.gait == Gait::Runs && !self.is_finished()
    }

    /// What is left at `now` of the seconds before it goes on.
    fn count_in_left(&self, now: &Now) -> Option<Duration> {
        match self.gait {
            Gait::CountsIn(left) => {
                let left = left.saturating_sub(now.mono.saturating_sub(self.turn.mono));
                (!left.is_zero()).then_some(left)
            }
            _ => None,
        }
    }

    /// What is left of the current stretch at the last turn.
    fn left(&self) -> Option<Duration> {
        let length = Duration::from_secs((*self.lengths.get(self.at)?).into());
        Some(length.saturating_sub(self.gone))
    }

    /// Whether the machine slept or this process stood still since the last turn, so that the time is not to be counted.
    fn was_away(&self, now: &Now) -> bool {
        self.next_change()
            .is_some_and(|due| now.mono > due + LATE || self.turn.slept(now) > LATE)
    }

    /// The stretch and what is gone of it at `now`, without moving there.
    fn position(&self, now: &Now) -> (usize, Duration) {
        let passed = now.mono.saturating_sub(self.turn.mono);
        // At the very end of counting in it runs, if only for nothing: a stretch made as short as that is over then.
        let runs = match self.gait {
            Gait::Runs => Some(passed),
            Gait::CountsIn(left) => passed.checked_sub(left),
            Gait::Stands(_) => None,
        };
        let Some(passed) = runs.filter(|_| !self.was_away(now)) else {
            return (self.at, self.gone);
        };
        let mut gone = self.gone + passed;
        for (at, &length) in self.lengths.iter().enumerate().skip(self.at) {
            let length = Duration::from_secs(length.into());
            if gone < length {
                return (at, gone);
            }
            gone -= length;
        }
        (self.lengths.len(), Duration::ZERO)
    }

    fn turn_to(&mut self, now: &Now, events: &mut Vec<Event>) {
        if self.was_away(now) {
            self.stand_still(Pause::Away, events);
        }
        let mut passed = now.mono.saturating_sub(self.turn.mono);
        self.turn = Turn::of(now);
        if let Gait::CountsIn(left) = self.gait {
            passed = self.count_in(left, passed, events);
        }
        if self.is_running() {
            self.run(passed, now, events);
        }
    }

    fn stand_still(&mut self, why: Pause, events: &mut Vec<Event>) {
        self.gait = Gait::Stands(why);
        events.push(Event::Paused(why));
    }

    /// Lets time pass before it goes on; what is left over runs.
    fn count_in(&mut self, left: Duration, passed: Duration, events: &mut Vec<Event>) -> Duration {
        let after = left.saturating_sub(passed);
        for count in (1..=COUNT_IN_S).rev() {
            let at = Duration::from_secs(count.into());
            if after <= at && at < left {
                events.push(Event::CountIn(count));
            }
        }
        if after.is_zero() {
            self.gait = Gait::Runs;
            events.push(Event::WentOn);
        } else {
            self.gait = Gait::CountsIn(after);
        }
        passed.saturating_sub(left)
    }

    /// Lets time pass in running stretches; what is left over at the end is dropped.
    fn run(&mut self, mut passed: Duration, now: &Now, events: &mut Vec<Event>) {
        while let Some(left) = self.left() {
            let spent = passed.min(left);
            self.marks_between(self.gone, self.gone + spent, events);
            self.gone += spent;
            let segment = &self.timeline.segments[self.at];
            if matches!(segment.phase, Phase::Step { .. }) {
                self.active[segment.item] += spent;
            }
            if spent < left {
                return;
            }
            passed -= spent;
            // A step that was shortened to nothing was passed over, not done.
            self.ended[self.at] = self.lengths[self.at] > 0;
            events.push(Event::Ended(self.at));
            self.enter(self.at + 1, now, passed, events);
        }
    }

    /// To the start of a stretch with its planned length, or to the end, `ago` before `now`.
    fn enter(&mut self, at: usize, now: &Now, ago: Duration, events: &mut Vec<Event>) {
        // Nudges belong to one pass: going back, what lies ahead has its planned length again.
        let ahead = self.lengths.iter_mut().zip(&self.timeline.segments);
        for (length, segment) in ahead.skip(at) {
            *length = segment.seconds;
        }
        self.at = at;
        self.gone = Duration::ZERO;
        if at < self.lengths.len() {
            events.push(Event::Began(at));
            let breathes = self.timeline.segments[at].breath.is_some();
            if breathes && self.gait == Gait::Runs {
                events.push(Event::Breathe(breath::Turn::In));
            }
        } else {
            self.gait = Gait::Runs;
            let ago = TimeDelta::from_std(ago).unwrap_or_default();
            let end = now.wall.checked_sub_signed(ago).unwrap_or(now.wall);
            self.ended_at = Some(moment_text(&end));
            events.push(Event::Finished);
        }
    }
}

fn ceil_s(time: Duration) -> u32 {
    let whole = time.as_secs() as u32;
    whole.saturating_add(u32::from(time.subsec_nanos() > 0))
}

fn sum(seconds: &[u32]) -> u32 {
    seconds.iter().fold(0, |sum, s| sum.saturating_add(*s))
}
