//! A running session: a state machine over a [`Timeline`] whose clock cannot lie.
//!
//! It holds anchors on the monotonic clock and never counts ticks, so one look may cross several boundaries and one big
//! step of time equals many small ones. A machine that slept, or a turn that came late, pauses the session at the last
//! turn's time.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::plan::{Phase, Side, Timeline, Title};
use super::record::{Fields, ItemDone};
use super::time::Now;

/// How much later than due a turn may come, and how far the boot clock may run ahead, before the session pauses.
pub const LATE: Duration = Duration::from_secs(5);
/// What `+` and `-` add and take.
pub const NUDGE_S: i64 = 15;

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
    /// Going on.
    WentOn,
    /// The last stretch ended.
    Finished,
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
    /// Done to the end.
    pub finished: bool,
}

/// Where a session stands, as its progress file keeps it: enough to go on after a crash, or to settle it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What the session is.
    pub title: Title,
    /// The techniques' slugs, for a queue; and to see whether a routine has changed since.
    pub items: Vec<ItemDone>,
    /// The stretch it is in.
    pub segment: usize,
    /// Milliseconds gone of that stretch.
    pub gone_ms: u64,
    /// Milliseconds in running steps so far.
    pub active_ms: u64,
    /// Steps ended.
    pub steps_done: u32,
    /// The side that blocks begin with.
    pub side_first: Side,
    /// When it began, RFC 3339.
    pub started_at: String,
    /// When this was noted, RFC 3339.
    pub at: String,
}

impl Checkpoint {
    /// The closing fields for a session that is kept as far as it came: stopped, with this reason.
    pub fn stopped_fields(&self, because: &str) -> Fields {
        let _ = because;
        todo!()
    }
}

/// A session under way.
#[derive(Debug, Clone)]
pub struct Session {
    /// What it goes through.
    pub timeline: Timeline,
}

impl Session {
    /// Begins with the get-ready.
    pub fn start(timeline: Timeline, now: &Now) -> Self {
        let _ = now;
        Self { timeline }
    }

    /// Takes up a session that was cut off, paused at its checkpoint. `None` when the timeline no longer fits it.
    pub fn resume(timeline: Timeline, checkpoint: &Checkpoint, now: &Now) -> Option<Self> {
        let _ = (timeline, checkpoint, now);
        todo!()
    }

    /// Moves to `now`, over as many boundaries as lie between; told in order.
    pub fn advance(&mut self, now: &Now) -> Vec<Event> {
        let _ = now;
        todo!()
    }

    /// The monotonic time at which what [`Session::view`] shows next changes; `None` while paused or finished.
    pub fn next_change(&self) -> Option<Duration> {
        todo!()
    }

    /// Stands still from now.
    pub fn pause(&mut self, now: &Now) -> Vec<Event> {
        let _ = now;
        todo!()
    }

    /// Goes on from where it stood.
    pub fn go_on(&mut self, now: &Now) -> Vec<Event> {
        let _ = now;
        todo!()
    }

    /// To the start of the next step.
    pub fn next(&mut self, now: &Now) -> Vec<Event> {
        let _ = now;
        todo!()
    }

    /// To the start of the previous step.
    pub fn previous(&mut self, now: &Now) -> Vec<Event> {
        let _ = now;
        todo!()
    }

    /// To the start of this step.
    pub fn restart_step(&mut self, now: &Now) -> Vec<Event> {
        let _ = now;
        todo!()
    }

    /// Makes the current stretch longer or shorter; what is left never falls below zero.
    pub fn nudge(&mut self, seconds: i64, now: &Now) -> Vec<Event> {
        let _ = (seconds, now);
        todo!()
    }

    /// Begins the current block, and those after it, with the other side; the current block starts anew if a step of it
    /// is under way.
    pub fn other_side_first(&mut self, now: &Now) -> Vec<Event> {
        let _ = now;
        todo!()
    }

    /// What to show.
    pub fn view(&self, now: &Now) -> View {
        let _ = now;
        todo!()
    }

    /// Where it stands.
    pub fn checkpoint(&self, now: &Now) -> Checkpoint {
        let _ = now;
        todo!()
    }

    /// The fields of the `add` that starts the record (kind, started_at, technique or routine, items, status running,
    /// planned_s, side_first).
    pub fn opening_fields(&self) -> Fields {
        todo!()
    }

    /// The fields of the `edit` that ends it (status, ended_at, active_s, steps_done, items, stopped_because).
    pub fn closing_fields(&self, because: Option<&str>, now: &Now) -> Fields {
        let _ = (because, now);
        todo!()
    }

    /// The phase of the current stretch; `None` when finished.
    pub fn phase(&self) -> Option<Phase> {
        todo!()
    }
}
