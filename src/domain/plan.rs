//! Turns a technique, a routine or a queue into a timeline: what follows what, and for how long.
//!
//! Get-ready first; neighbouring 'each side' steps form a block that runs whole on the first side, then a change-over,
//! then whole on the other; a change-over between items.

mod build;

use super::library::Library;
use super::routine::Routine;
use super::technique::{Breath, Technique};
use build::Builder;

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
    #[must_use]
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
    /// Several one after the other, by slug.
    Queue(Vec<String>),
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
    /// The rhythm to breathe by meanwhile.
    pub breath: Option<Breath>,
}

/// One technique of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its slug.
    pub technique: String,
    /// Its name.
    pub name: String,
    /// How to sit, stand or lie, in words.
    pub position: String,
    /// When to stop.
    pub stop_if: String,
    /// The breathing cue.
    pub breathing: String,
    /// Seconds of its steps.
    pub planned_s: u32,
    /// The force to keep within (C.5), in words: '1 to 3 of 10'.
    pub pressure: String,
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
    /// Nothing at all.
    pub fn empty() -> Self {
        Builder::new(Side::Left).finish(Title::Queue(Vec::new()), String::new())
    }

    /// One technique. `side_first`: the side its blocks begin with.
    pub fn of_technique(technique: &Technique, side_first: Side) -> Self {
        let mut builder = Builder::new(side_first);
        builder.push(technique, None, None);
        builder.finish(
            Title::Technique(technique.slug.clone()),
            technique.name.clone(),
        )
    }

    /// A routine. `find` looks a technique up by slug; items it does not find are left out.
    pub fn of_routine<'a>(
        routine: &Routine,
        find: impl Fn(&str) -> Option<&'a Technique>,
        side_first: Side,
    ) -> Self {
        let mut builder = Builder::new(side_first);
        builder.push_routine(routine, &find);
        builder.finish(Title::Routine(routine.slug.clone()), routine.name.clone())
    }

    /// One technique, one routine, or several of either one after the other as a queue. What a routine holds and may not
    /// start is left out. The error is the slug that the library does not have.
    ///
    /// Whether something may start is for the [gate](super::gate) to say, which is who calls this.
    pub fn of_slugs<'a>(
        library: &Library,
        slugs: &'a [String],
        side_first: Side,
        may_start: impl Fn(&Technique) -> bool,
        care: Care,
    ) -> Result<Self, &'a str> {
        let find = |slug: &str| {
            library
                .technique(slug)
                .filter(|technique| may_start(technique))
        };
        let mut builder = Builder::new(side_first);
        builder.care = care;
        let mut names = Vec::new();
        for slug in slugs {
            if let Some(technique) = library.technique(slug) {
                builder.push(technique, None, None);
                names.push(technique.name.as_str());
            } else {
                let routine = library.routine(slug).ok_or(slug.as_str())?;
                builder.push_routine(routine, find);
                names.push(&routine.name);
            }
        }
        let title = match slugs {
            [slug] if library.technique(slug).is_some() => Title::Technique(slug.clone()),
            [slug] => Title::Routine(slug.clone()),
            _ => Title::Queue(slugs.to_vec()),
        };
        Ok(builder.finish(title, names.join(", ")))
    }

    /// Seconds of all stretches: what a clock on the wall will show.
    pub fn real_s(&self) -> u32 {
        sum(self.segments.iter().map(|segment| segment.seconds))
    }

    /// Seconds of the steps alone.
    pub fn planned_s(&self) -> u32 {
        sum(self.items.iter().map(|item| item.planned_s))
    }

    /// Whether sides play a part at all.
    pub fn is_sided(&self) -> bool {
        self.segments
            .iter()
            .any(|segment| segment.phase == Phase::SideChange)
    }

    /// Turns the blocks whose first side is not over at the stretch `at` around, so that they begin with the other side.
    /// Tells which stretches they are: first stretch, change-over, one past the last.
    pub(super) fn turn_blocks_around(&mut self, at: usize) -> Vec<Block> {
        let all = self.blocks();
        let first = all.first().copied();
        let blocks: Vec<Block> = all.into_iter().filter(|block| block.change > at).collect();
        for block in &blocks {
            for segment in &mut self.segments[block.start..block.end] {
                segment.side = segment.side.map(Side::other);
                if let (Phase::SideChange, Some(side)) = (segment.phase, segment.side) {
                    segment.line = side_change_line(side);
                }
            }
        }
        // What was begun with stays so where its side is over.
        if first.is_some() && blocks.first() == first.as_ref() {
            self.side_first = self.side_first.other();
        }
        blocks
    }

    fn blocks(&self) -> Vec<Block> {
        let is_step = |at: &usize| matches!(self.segments[*at].phase, Phase::Step { .. });
        let sided = |at: &usize| is_step(at) && self.segments[*at].side.is_some();
        (0..self.segments.len())
            .filter(|&at| self.segments[at].phase == Phase::SideChange)
            .map(|change| Block {
                start: change - (0..change).rev().take_while(sided).count(),
                change,
                end: change + 1 + (change + 1..self.segments.len()).take_while(sided).count(),
            })
            .collect()
    }
}

/// Where a block stands in the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// Its first stretch.
    pub start: usize,
    /// Its change of sides.
    pub change: usize,
    /// One past its last stretch.
    pub end: usize,
}

/// How carefully (C.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Care {
    /// Step times are halved: the first week.
    pub is_halved: bool,
    /// The most pressure, 0 to 10, where it is less than a technique asks for.
    pub pressure_max: Option<u8>,
}

fn side_change_line(side: Side) -> String {
    format!("Change over to the {} side.", side.word())
}

fn sum(seconds: impl Iterator<Item = u32>) -> u32 {
    seconds.fold(0, u32::saturating_add)
}

#[cfg(test)]
pub(super) mod tests;
