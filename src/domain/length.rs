//! How long things take: the one place for section E's sums, without building a timeline for each row of a list.
//!
//! *Stated*: what a file says: steps, those for each side counted once per side, and change-overs between items.
//! *Real*: what a clock on the wall shows: the stated time, get-ready, and a change of sides for each block.

use super::library::Library;
use super::plan::{GET_READY_S, ITEM_CHANGE_S, SIDE_CHANGE_S};
use super::routine::Routine;
use super::technique::{Sides, Technique};

/// Seconds that a technique really takes.
pub fn technique_real_s(technique: &Technique) -> u32 {
    let s = technique.steps_s() + u64::from(GET_READY_S + side_changes_s(technique));
    u32::try_from(s).unwrap_or(u32::MAX)
}

/// Seconds that a routine really takes; items whose technique is missing are left out.
pub fn routine_real_s(routine: &Routine, library: &Library) -> u32 {
    let mut seconds = u64::from(GET_READY_S);
    let mut items = 0;
    for item in &routine.items {
        if let Some(technique) = library.technique(&item.technique) {
            seconds += scaled_steps_s(technique, item.factor);
            seconds += u64::from(side_changes_s(technique));
            items += 1;
        }
    }
    u32::try_from(seconds + item_changes_s(items)).unwrap_or(u32::MAX)
}

/// Seconds that a routine's file must state; `None` when a technique is missing.
pub fn routine_stated_s(routine: &Routine, library: &Library) -> Option<u64> {
    let mut seconds = item_changes_s(routine.items.len());
    for item in &routine.items {
        seconds += scaled_steps_s(library.technique(&item.technique)?, item.factor);
    }
    Some(seconds)
}

/// A step's seconds under a routine's factor: to the nearest 5, ties upward, at least 5 (section E).
pub fn scaled_s(seconds: u32, factor: f64) -> u32 {
    // The tiny amount keeps ties that binary fractions miss by a hair, such as 0.7 times 25.
    let fives = (f64::from(seconds) * factor / 5.0 + 0.5 + 1e-9).floor();
    (fives as u32).max(1).saturating_mul(5)
}

/// Seconds of a technique's steps under a routine's factor, sides included.
fn scaled_steps_s(technique: &Technique, factor: f64) -> u64 {
    let scaled = technique.steps.iter().map(|step| {
        let times = if step.each_side { 2 } else { 1 };
        u64::from(scaled_s(step.seconds, factor)) * times
    });
    scaled.sum()
}

fn item_changes_s(items: usize) -> u64 {
    u64::from(ITEM_CHANGE_S) * items.saturating_sub(1) as u64
}

/// One change for each block of neighbouring steps that are done once per side.
fn side_changes_s(technique: &Technique) -> u32 {
    if technique.sides != Sides::LeftThenRight {
        return 0;
    }
    let blocks = technique.steps.chunk_by(|a, b| a.each_side == b.each_side);
    SIDE_CHANGE_S * blocks.filter(|block| block[0].each_side).count() as u32
}

#[cfg(test)]
mod tests {
    use super::scaled_s;

    #[test]
    fn a_factor_rounds_to_five_seconds_with_ties_upward() {
        let cases = [
            (15, 0.67, 10),
            (25, 0.5, 15),
            (25, 0.7, 20),
            (35, 0.5, 20),
            (10, 0.67, 5),
            (5, 0.1, 5),
            (3, 1.0, 5),
            (45, 0.67, 30),
            (0, 1.0, 5),
            (10, f64::NAN, 5),
            (10, -3.0, 5),
            (u32::MAX, 9.0, u32::MAX),
        ];
        for (seconds, factor, expected) in cases {
            assert_eq!(scaled_s(seconds, factor), expected, "{seconds} x {factor}");
        }
    }
}
