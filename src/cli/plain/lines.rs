//! What is said, line by line.

use super::input::COMMANDS_TOLD;
use super::{Plain, Ratings};
use crate::cli::out::Fail;
use crate::domain::plan::{Phase, Timeline};
use crate::domain::safety::DISCLAIMER_SEEN;
use crate::domain::scale::change_text;
use crate::domain::session::{COUNT_IN_S, Event, Mark, Pause, Session};
use crate::domain::time::clock_text;
use crate::journal::Journal;
use crate::paths::Places;
use crate::sys::clock;

impl Plain<'_> {
    /// One line, at once.
    pub(super) fn say(&mut self, line: &str) -> Result<(), Fail> {
        self.out.line(line)?;
        self.out.flush()
    }

    pub(super) fn introduce(&mut self, timeline: &Timeline) -> Result<(), Fail> {
        let real = clock_text(timeline.real_s().into());
        self.say(&format!("{}, {real}.", timeline.name))?;
        if self.answers.gate().care().is_halved {
            self.say("Your first week: times are halved, pressure stays at 4 of 10 or less.")?;
        }
        for item in &timeline.items {
            let of = if timeline.items.len() > 1 {
                format!(" ({})", item.name)
            } else {
                String::new()
            };
            self.say(&format!("Stop if{of}: {}.", item.stop_if))?;
        }
        if self.input.is_open() {
            self.say(&format!("{COMMANDS_TOLD}; each with Enter."))?;
        }
        let then = if self.input.is_open() {
            "type e"
        } else {
            "do not go on, and get help"
        };
        self.say(&self.safety().watch_for(then))?;
        Ok(())
    }

    /// What this is and is not, once (C.6).
    pub(super) fn disclaim(&mut self, places: &Places) -> Result<(), Fail> {
        if std::mem::replace(&mut self.is_disclaimed, true) {
            return Ok(());
        }
        let journal = Journal::open(places);
        if !journal.seen().contains(DISCLAIMER_SEEN) {
            self.say(self.safety().disclaimer.short)?;
            // Shown again if that can't be noted.
            let _ = journal.add_seen(DISCLAIMER_SEEN);
        }
        Ok(())
    }

    /// The signs that need urgent help (C.1).
    pub(super) fn urgent(&mut self) -> Result<(), Fail> {
        let words = &self.safety().emergency;
        let call = self.safety().call(self.answers.number());
        let signs = words.signs.iter().map(|sign| sign.sign);
        let first = [words.heading, call.as_str()].into_iter();
        for line in first.chain(signs).chain([words.get_checked]) {
            self.say(line)?;
        }
        Ok(())
    }

    pub(super) fn tell(&mut self, session: &Session, events: &[Event]) -> Result<(), Fail> {
        for event in events {
            let line = match event {
                Event::Began(at) => began(session, *at),
                Event::Paused(Pause::Asked) => "Paused. p goes on.".into(),
                Event::Paused(Pause::Away) => {
                    "Paused: you were away, and that time is not counted. p goes on.".into()
                }
                Event::WentOn => {
                    let left = session.view(&clock::now()).left_s;
                    format!("Going on, {} left.", clock_text(left.into()))
                }
                Event::Finished if session.is_done() => "The end.".into(),
                Event::Finished => "The end, with the last step skipped.".into(),
                Event::Passed(Mark::Half) => "Half way.".into(),
                Event::Passed(Mark::Ten) => "Ten seconds.".into(),
                Event::Passed(Mark::Count(3)) => "Three, two, one.".into(),
                Event::CountIn(COUNT_IN_S) => format!("Going on in {COUNT_IN_S} seconds."),
                // A line each would be too many to listen to.
                Event::Ended(_)
                | Event::Passed(Mark::Count(_))
                | Event::CountIn(_)
                | Event::Breathe(_) => continue,
            };
            self.say(&line)?;
        }
        Ok(())
    }

    pub(super) fn conclude(
        &mut self,
        session: &Session,
        before: Ratings,
        after: Ratings,
        saved: bool,
    ) -> Result<(), Fail> {
        let active = session.checkpoint(&clock::now()).active_ms / 1000;
        let planned = session.timeline.planned_s();
        let word = if session.is_done() { "Done" } else { "Stopped" };
        let (active, planned) = (clock_text(active), clock_text(planned.into()));
        let mut parts = vec![format!("{word}: {active} of {planned}")];
        for ((what, before), after) in ["pain", "stress"].into_iter().zip(before).zip(after) {
            if let (Some(before), Some(after)) = (before, after) {
                parts.push(change_text(what, before, after));
            }
        }
        self.say(&format!("{}.", parts.join(", ")))?;
        if saved {
            self.say("Saved.")?;
        }
        Ok(())
    }
}

/// 'Step 2 of 6, left, 0:30: Stroke along the edge.'
fn began(session: &Session, at: usize) -> String {
    let segments = &session.timeline.segments;
    let Some(segment) = segments.get(at) else {
        return String::new();
    };
    let time = clock_text(segment.seconds.into());
    let is_step = |at: usize| matches!(segments[at].phase, Phase::Step { .. });
    if !is_step(at) {
        return format!("{time}: {}", segment.line);
    }
    let count = (0..segments.len()).filter(|at| is_step(*at)).count();
    let number = (0..=at).filter(|at| is_step(*at)).count();
    let side = segment
        .side
        .map_or(String::new(), |side| format!(", {}", side.word()));
    format!("Step {number} of {count}{side}, {time}: {}", segment.line)
}
