//! The floor view: a session that fills the terminal, for somebody who lies two metres away, and who pauses it with
//! whatever key they hit. Also when the breathing pacer is in sight.

use std::time::Duration;

use super::message::{Action, Context, Effect, Msg};
use super::session_pane::Stage;
use super::{App, Pane, READABLE, WIDE};
use crate::domain::session::Event;
use crate::domain::time::Now;
use crate::settings::BreathCues;

/// How long the screen stands inverted between two phases.
const FLASH: Duration = Duration::from_millis(400);
/// Never more than one flash in this time: three a second can bring on a seizure, one is far from it.
const BETWEEN_FLASHES: Duration = Duration::from_secs(1);
/// A hand that comes down on the keys presses several, and one that rests there repeats: after the first, none counts
/// until there was silence for this long.
const HAND: Duration = Duration::from_millis(400);
/// Who means to pause just as the last step ends, must not skip past 'done'.
const AFTER_THE_END: Duration = Duration::from_millis(1500);
/// Rows of the terminal from which the session pane has room for the pacer.
const PACER_ROWS: u16 = 24;

/// Its state.
#[derive(Debug, Default)]
pub(crate) struct Floor {
    open: bool,
    /// The screen is inverted until this monotonic time.
    flash_until: Option<Duration>,
    flashed_at: Option<Duration>,
    /// Until this monotonic time keys are more of the hand that has acted already.
    deaf_until: Option<Duration>,
}

impl Floor {
    pub(super) fn close(&mut self) {
        (self.open, self.flash_until) = (false, None);
    }

    /// The last step has ended.
    pub(super) fn is_over(&mut self, now: &Now) {
        self.deaf_until = Some(now.mono + AFTER_THE_END);
    }

    pub(super) fn flash_until(&self) -> Option<Duration> {
        self.flash_until
    }

    /// Ends a flash whose time is over; true when it did.
    pub(super) fn end_flash(&mut self, now: &Now) -> bool {
        self.flash_until
            .take_if(|until| *until <= now.mono)
            .is_some()
    }

    /// Whether this key is one more of a hand that has acted already.
    pub(super) fn is_deaf(&mut self, msg: &Msg, now: &Now) -> bool {
        let Some(until) = self.deaf_until.filter(|until| now.mono < *until) else {
            self.deaf_until = None;
            return false;
        };
        let always = matches!(msg, Msg::Do(Action::QuitNow | Action::Emergency));
        if !always {
            self.deaf_until = Some(until.max(now.mono + HAND));
        }
        !always
    }
}

impl App {
    /// Whether the floor view is what the screen shows, whatever lies over it.
    pub fn shows_floor(&self) -> bool {
        self.floor.open && !matches!(self.stage, Stage::Preview)
    }

    /// Whether the screen stands inverted just now.
    pub fn is_flashing(&self) -> bool {
        self.floor.flash_until.is_some()
    }

    /// Where keys go in the floor view; `None` when it is not there.
    pub(super) fn floor_context(&self) -> Option<Context> {
        if !self.shows_floor() {
            return None;
        }
        Some(match self.run().filter(|run| run.ending.is_none()) {
            None => Context::FloorDone,
            Some(run) if run.session.next_change().is_some() => Context::Floor,
            Some(_) => Context::FloorPaused,
        })
    }

    /// Fills the terminal with the session under way.
    pub(super) fn open_floor(&mut self) {
        if self.run().is_none() {
            return self.say("[<floor> shows a running session|Floor view shows a running session] in full, to read from the floor.");
        }
        self.focus = Pane::Session;
        self.floor.open = true;
    }

    pub(super) fn act_on_floor(&mut self, action: Action, now: &Now, effects: &mut Vec<Effect>) {
        match (action, self.floor_context()) {
            // It may have come to stand still, or to its end, with the very turn that brought the key.
            (Action::AnyKey, Some(Context::Floor)) => {
                self.pause(now, effects);
                self.floor.deaf_until = Some(now.mono + HAND);
            }
            (Action::AnyKey, Some(Context::FloorDone)) => self.leave_the_end(now),
            (Action::AnyKey, _) => self.say_if_just_away(now),
            (Action::Floor | Action::Back, _) => self.floor.close(),
            _ => self.act_on_pane(action, now, effects),
        }
    }

    /// From 'done' to the rating, unless none is wanted.
    fn leave_the_end(&mut self, now: &Now) {
        self.floor.close();
        self.floor.deaf_until = Some(now.mono + HAND);
        if let Some(before) = self.run().map(|run| run.before) {
            self.ask_how_it_is_now(before);
        }
    }

    /// A new phase lights the screen up once, for somebody who does not look straight at it.
    pub(super) fn flash_at(&mut self, events: &[Event], now: &Now) {
        let is_new_phase = events
            .iter()
            .any(|event| matches!(event, Event::Began(_) | Event::Finished));
        let is_wanted = self.settings.flash && !self.settings.reduced_motion;
        let is_seen = self.shows_floor() && self.overlays.is_empty();
        let flashed = self.floor.flashed_at;
        let is_soon = flashed.is_some_and(|at| now.mono < at + BETWEEN_FLASHES);
        if is_new_phase && is_wanted && is_seen && !is_soon {
            self.floor.flashed_at = Some(now.mono);
            self.floor.flash_until = Some(now.mono + FLASH);
        }
    }

    /// Whether a breathing pacer that moves is in sight, should the step have a rhythm.
    pub fn shows_pacer(&self) -> bool {
        let (columns, rows) = self.size;
        let is_wide = columns >= WIDE.0 && rows >= WIDE.1 && !self.zoomed;
        let in_pane = rows >= PACER_ROWS && (is_wide || self.focus == Pane::Session);
        !self.settings.reduced_motion
            && self.overlays.is_empty()
            && columns >= READABLE.0
            && rows >= READABLE.1
            && (self.shows_floor() || in_pane)
    }

    /// The monotonic time at which the pacer in sight next looks different.
    pub(super) fn next_pace(&self) -> Option<Duration> {
        let run = self.run().filter(|_| self.shows_pacer())?;
        run.session.next_pace()
    }

    /// Breathing in and out told to the ear, or not: as it was set, or spoken when it was set to neither.
    pub(super) fn switch_breath_cues(&mut self) {
        let wanted = match self.settings.breath_cues {
            BreathCues::Off => BreathCues::Voice,
            set => set,
        };
        let is_off = self.breath_cues == BreathCues::Off;
        self.breath_cues = if is_off { wanted } else { BreathCues::Off };
        self.say(match self.breath_cues {
            BreathCues::Off => "Breathing in and out is not told aloud.",
            BreathCues::Voice => "Breathing in and out is spoken.",
            BreathCues::Bell => "The bell rings for breathing in and out.",
        });
    }
}
