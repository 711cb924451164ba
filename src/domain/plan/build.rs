//! From techniques to stretches: get-ready, blocks that run whole on each side, and the changes in between.

use super::{
    Care, GET_READY_S, ITEM_CHANGE_S, Item, Phase, SIDE_CHANGE_S, Segment, Side, Timeline, Title,
    side_change_line, sum,
};
use crate::domain::dose::halved_s;
use crate::domain::length::scaled_s;
use crate::domain::routine::Routine;
use crate::domain::technique::{Breath, Sides, Step, Technique};

/// Puts items one after the other.
pub(super) struct Builder {
    side_first: Side,
    pub(super) care: Care,
    items: Vec<Item>,
    segments: Vec<Segment>,
}

impl Builder {
    pub(super) fn new(side_first: Side) -> Self {
        Self {
            side_first,
            care: Care::default(),
            items: Vec::new(),
            segments: Vec::new(),
        }
    }

    pub(super) fn finish(self, title: Title, name: String) -> Timeline {
        Timeline {
            title,
            name,
            items: self.items,
            segments: self.segments,
            side_first: self.side_first,
        }
    }

    /// Appends a routine's items; those that `find` does not know are left out.
    pub(super) fn push_routine<'a>(
        &mut self,
        routine: &Routine,
        find: impl Fn(&str) -> Option<&'a Technique>,
    ) {
        for item in &routine.items {
            if let Some(technique) = find(&item.technique) {
                self.push(technique, Some(item.factor), item.last_line.as_deref());
            }
        }
    }

    /// Appends a technique, in a routine with its step times under a factor; `last_line` stands in for the last step's.
    pub(super) fn push(
        &mut self,
        technique: &Technique,
        factor: Option<f64>,
        last_line: Option<&str>,
    ) {
        let item = self.items.len();
        let mut steps: Vec<Timed<'_>> = technique
            .steps
            .iter()
            .map(timed(factor, technique.breath))
            .collect();
        if let (Some(step), Some(line)) = (steps.last_mut(), last_line) {
            step.line = line;
        }
        if self.care.is_halved {
            for step in &mut steps {
                step.seconds = halved_s(step.seconds);
            }
        }
        if technique.sides != Sides::LeftThenRight {
            for step in &mut steps {
                step.each_side = false;
            }
        }
        self.lead_in(item, technique);
        let before = self.segments.len();
        let mut from = 0;
        for run in steps.chunk_by(|a, b| a.each_side == b.each_side) {
            if run[0].each_side {
                self.block(item, from, run);
            } else {
                self.steps(item, from, run, None);
            }
            from += run.len();
        }
        let is_step = |segment: &&Segment| matches!(segment.phase, Phase::Step { .. });
        let planned = self.segments[before..].iter().filter(is_step);
        self.items.push(Item {
            technique: technique.slug.clone(),
            name: technique.name.clone(),
            position: technique.position.clone(),
            stop_if: technique.stop_if.clone(),
            breathing: technique.breathing.clone(),
            planned_s: sum(planned.map(|segment| segment.seconds)),
            pressure: technique.pressure(self.care.pressure_max),
        });
    }

    fn lead_in(&mut self, item: usize, technique: &Technique) {
        let (phase, seconds, line) = if item == 0 {
            let line = format!("Get ready: {}.", technique.position);
            (Phase::GetReady, GET_READY_S, line)
        } else {
            let line = format!("Next: {} ({}).", technique.name, technique.position);
            (Phase::ItemChange, ITEM_CHANGE_S, line)
        };
        self.segments.push(Segment {
            item,
            phase,
            side: None,
            seconds,
            line,
            breath: None,
        });
    }

    fn block(&mut self, item: usize, from: usize, steps: &[Timed<'_>]) {
        let second = self.side_first.other();
        self.steps(item, from, steps, Some(self.side_first));
        self.segments.push(Segment {
            item,
            phase: Phase::SideChange,
            side: Some(second),
            seconds: SIDE_CHANGE_S,
            line: side_change_line(second),
            breath: None,
        });
        self.steps(item, from, steps, Some(second));
    }

    fn steps(&mut self, item: usize, from: usize, steps: &[Timed<'_>], side: Option<Side>) {
        for (step, timed) in steps.iter().enumerate() {
            self.segments.push(Segment {
                item,
                phase: Phase::Step { step: from + step },
                side,
                seconds: timed.seconds,
                line: timed.line.to_owned(),
                breath: timed.breath,
            });
        }
    }
}

/// A step with the time it gets here.
struct Timed<'a> {
    seconds: u32,
    each_side: bool,
    line: &'a str,
    breath: Option<Breath>,
}

fn timed(factor: Option<f64>, breath: Option<Breath>) -> impl Fn(&Step) -> Timed<'_> {
    move |step| Timed {
        breath: breath.filter(|_| step.paced),
        seconds: factor.map_or(step.seconds, |factor| scaled_s(step.seconds, factor)),
        each_side: step.each_side,
        line: &step.line,
    }
}
