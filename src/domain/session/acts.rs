//! What a person does to a running session. Each act first lets the time up to now pass, and leaves a pause as it is.

use std::time::Duration;

use super::{COUNT_IN_S, Event, Gait, NUDGE_S, Pause, Session, ceil_s};
use crate::domain::plan::Phase;
use crate::domain::record::moment_text;
use crate::domain::time::Now;

/// The longest that a stretch of these planned seconds may be made, in seconds, so that lengthening stays inside the
/// doses of C.4: twice as long up to two minutes on one muscle (T1), beyond that half as long again, which keeps every
/// warmth within 20 min (R11, R12).
fn longest_s(planned: u32) -> u32 {
    let twice = planned.saturating_mul(2).min(120);
    let half_more = planned.saturating_add(planned / 2);
    twice
        .max(half_more)
        .max(planned.saturating_add(NUDGE_S as u32))
}

impl Session {
    /// Stands still from now.
    pub fn pause(&mut self, now: &Now) -> Vec<Event> {
        self.act(now, |session, events| {
            if session.moves() {
                session.stand_still(Pause::Asked, events);
            }
        })
    }

    /// The program was stopped and goes on (Ctrl-Z and `fg`), however short that was: stands still as of the last turn.
    pub fn was_stopped(&mut self, now: &Now) -> Vec<Event> {
        let mut events = Vec::new();
        if self.moves() {
            self.stand_still(Pause::Away, &mut events);
        }
        self.turn_to(now, &mut events);
        events
    }

    /// Goes on from where it stood, once [`COUNT_IN_S`] seconds have passed.
    pub fn go_on(&mut self, now: &Now) -> Vec<Event> {
        // A pause that is only now noticed is told, not passed over: going on needs a second word.
        self.act(now, |session, events| {
            if events.is_empty() && session.paused().is_some() {
                session.gait = Gait::CountsIn(Duration::from_secs(COUNT_IN_S.into()));
                events.push(Event::CountIn(COUNT_IN_S));
            }
        })
    }

    /// Ends it where it stands; the time counts up to now.
    pub fn stop(&mut self, now: &Now) -> Vec<Event> {
        self.act(now, |session, _| {
            if session.ended_at.is_none() {
                session.gait = Gait::Stands(Pause::Asked);
                session.ended_at = Some(moment_text(&now.wall));
            }
        })
    }

    /// To the start of the next step, past change-overs; from the last step to the end. What is skipped is not done.
    pub fn next(&mut self, now: &Now) -> Vec<Event> {
        self.act(now, |session, events| {
            if !session.is_finished() {
                let mut later = session.at + 1..session.lengths.len();
                let next = later.find(|&at| session.is_step(at));
                session.enter(
                    next.unwrap_or(session.lengths.len()),
                    now,
                    Duration::ZERO,
                    events,
                );
            }
        })
    }

    /// To the start of the previous step, past change-overs; in the first one to its start.
    pub fn previous(&mut self, now: &Now) -> Vec<Event> {
        self.act(now, |session, events| {
            if !session.is_finished() {
                let mut earlier = (0..session.at).rev();
                let previous = earlier.find(|&at| session.is_step(at));
                session.enter(previous.unwrap_or(session.at), now, Duration::ZERO, events);
            }
        })
    }

    /// To the start of this step.
    pub fn restart_step(&mut self, now: &Now) -> Vec<Event> {
        self.act(now, |session, events| {
            if !session.is_finished() {
                session.enter(session.at, now, Duration::ZERO, events);
            }
        })
    }

    /// Makes the current stretch longer or shorter; what is left never falls below zero, and it never gets longer than
    /// the doses of C.4 allow. With nothing left it ends, or,
    /// while paused, ends on going on. Lengths stay whole seconds, so up to a second may be left.
    pub fn nudge(&mut self, seconds: i64, now: &Now) -> Vec<Event> {
        self.act(now, |session, _| {
            let least = i64::from(ceil_s(session.gone));
            let planned = session.timeline.segments.get(session.at);
            let most = longest_s(planned.map_or(0, |segment| segment.seconds));
            let most = i64::from(most).max(least);
            if let Some(length) = session.lengths.get_mut(session.at) {
                let wanted = i64::from(*length).saturating_add(seconds);
                *length = wanted.clamp(least, most) as u32;
            }
        })
    }

    /// Begins the current block, and those after it, with the other side; the current block starts anew if it is under
    /// way. A block whose first side is over stays as it is, and nothing happens when no other is left.
    pub fn other_side_first(&mut self, now: &Now) -> Vec<Event> {
        self.act(now, |session, events| {
            let at = session.at;
            let blocks = session.timeline.turn_blocks_around(at);
            for block in &blocks {
                // What was done on a side stays done on that side.
                let half = block.change - block.start;
                for step in 0..half {
                    session
                        .ended
                        .swap(block.start + step, block.change + 1 + step);
                }
            }
            if let Some(block) = blocks.iter().find(|block| block.start <= at) {
                session.enter(block.start, now, Duration::ZERO, events);
            }
        })
    }

    /// Lets time pass up to now, acts, and crosses boundaries that the act left nothing before.
    fn act(&mut self, now: &Now, act: impl FnOnce(&mut Self, &mut Vec<Event>)) -> Vec<Event> {
        let mut events = Vec::new();
        self.turn_to(now, &mut events);
        act(self, &mut events);
        if self.is_running() {
            self.run(Duration::ZERO, now, &mut events);
        }
        events
    }

    /// Whether time matters to it: it runs, or is about to.
    fn moves(&self) -> bool {
        self.paused().is_none() && !self.is_finished()
    }

    pub(super) fn is_step(&self, at: usize) -> bool {
        matches!(self.timeline.segments[at].phase, Phase::Step { .. })
    }
}
