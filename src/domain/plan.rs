//! Turns a technique, a routine or a queue into a timeline: what follows what, and for how long.
//!
//! Get-ready first; neighbouring 'each side' steps form a block that runs whole on the first side, then a change-over,
//! then whole on the other; a change-over between items.

use super::routine::Routine;
use super::technique::{Breath, Technique};

/// Seconds to get ready before the first step.
pub const GET_READY_S: u32 = 5;
/// Seconds to change sides within a block.
pub const SIDE_CHANGE_S: u32 = 8;
/// Seconds between the items of a routine or queue.
pub const ITEM_CHANGE_S: u32 = 8;

/// Left or right, as the person feels them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    #[allow(missing_docs)]
    Left,
    #[allow(missing_docs)]
    Right,
}

impl Side {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// 'left' or 'right'.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// What the session is called in the log.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Title {
    /// One technique's slug.
    Technique(String),
    /// One routine's slug.
    Routine(String),
    /// A queue of techniques.
    Queue,
}

/// What a stretch of the timeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before the first step.
    GetReady,
    /// A step of the current technique. Only these count as active time.
    Step {
        /// Which step of the technique, from 0.
        step: usize,
    },
    /// From one side to the other.
    SideChange,
    /// From one technique to the next.
    ItemChange,
}

/// One stretch of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Which item it belongs to (for a change-over: the item that comes next).
    pub item: usize,
    /// What it is.
    pub phase: Phase,
    /// The side worked on (for a side change: the side that comes next); `None` where sides play no part.
    pub side: Option<Side>,
    /// Its length in seconds, before any lengthening or shortening.
    pub seconds: u32,
    /// One line: what to do.
    pub line: String,
}

/// One technique of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its slug.
    pub technique: String,
    /// Its name.
    pub name: String,
    /// When to stop.
    pub stop_if: String,
    /// The breathing cue.
    pub breathing: String,
    /// The rhythm, if it has one.
    pub breath: Option<Breath>,
    /// Seconds of its steps.
    pub planned_s: u32,
    /// The force to keep within (C.5).
    pub intensity: [u8; 2],
}

/// What a session will go through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// What the session is called in the log.
    pub title: Title,
    /// Its name for people.
    pub name: String,
    /// The techniques in order.
    pub items: Vec<Item>,
    /// The stretches in order.
    pub segments: Vec<Segment>,
    /// The side that blocks begin with.
    pub side_first: Side,
}

impl Timeline {
    /// One technique. `side_first`: the side its blocks begin with.
    pub fn of_technique(technique: &Technique, side_first: Side) -> Self {
        let _ = (technique, side_first);
        todo!()
    }

    /// A routine. `find` looks a technique up by slug; items it does not find are left out.
    pub fn of_routine<'a>(
        routine: &Routine,
        find: impl Fn(&str) -> Option<&'a Technique>,
        side_first: Side,
    ) -> Self {
        let _ = (routine, find, side_first);
        todo!()
    }

    /// Several techniques one after the other.
    pub fn of_queue(techniques: &[&Technique], side_first: Side) -> Self {
        let _ = (techniques, side_first);
        todo!()
    }

    /// Seconds of all stretches: what a clock on the wall will show.
    pub fn real_s(&self) -> u32 {
        self.segments.iter().map(|segment| segment.seconds).sum()
    }

    /// Seconds of the steps alone.
    pub fn planned_s(&self) -> u32 {
        self.items.iter().map(|item| item.planned_s).sum()
    }
}

/// A step's time under a routine's factor: rounded to the nearest 5 s, ties upward, at least 5 s (section E).
pub fn scaled_s(seconds: u32, factor: f64) -> u32 {
    let _ = (seconds, factor);
    todo!()
}
