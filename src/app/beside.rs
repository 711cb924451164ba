//! The app that is open for a while only: beside a command until that ends, or for one session. It leaves by itself once
//! that is over, never in the middle of something and never between two keys.

use std::time::Duration;

use super::message::Effect;
use super::overlay::Overlay;
use super::saying::Saying;
use super::store::Purpose;
use super::{App, Stage};
use crate::domain::cue::Cue;
use crate::domain::time::Now;

/// No key for this long: what is typed must not land in the shell that comes back.
const QUIET: Duration = Duration::from_secs(2);

/// Until when the app stays open.
#[derive(Debug, Default)]
pub struct Stay {
    /// The command beside us, as people call it.
    beside: Option<String>,
    /// Why it stands still, in a line.
    waits: Option<Saying>,
    /// How it ended: 'exit 0'.
    ended: Option<String>,
    /// For one session only.
    once: bool,
    /// A session was under way.
    begun: bool,
    /// Something of it was done.
    worked: bool,
    /// The monotonic time at which a key came last, or something was under way.
    busy_at: Duration,
}

impl Stay {
    /// For as long as the person likes; beside a command until that has ended, or for one session.
    pub fn new(beside: Option<String>, once: bool) -> Self {
        Self {
            beside,
            once,
            ..Self::default()
        }
    }
}

impl App {
    /// Whether there is a command beside us.
    pub(super) fn is_beside(&self) -> bool {
        self.stay.beside.is_some()
    }

    /// How things stand with the command beside us, in a line; `None` without one.
    pub fn beside(&self) -> Option<Saying> {
        let name = self.stay.beside.as_deref()?;
        let Some(how) = &self.stay.ended else {
            let running = || format!("{name} is running.").into();
            return Some(self.stay.waits.clone().unwrap_or_else(running));
        };
        let hint = match self.run() {
            Some(run) if run.ending.is_none() => " Finish in peace[, or <stop> stops].",
            _ => "",
        };
        Some(Saying::new(format!("{name} is done, {how}."), hint))
    }

    /// Why the command beside us stands still; nothing else that is to be said goes before that.
    pub fn beside_waits(&self) -> Option<&Saying> {
        let stay = &self.stay;
        stay.waits.as_ref().filter(|_| stay.ended.is_none())
    }

    /// The command beside us stands still, which is said at once.
    pub(super) fn child_waits(&mut self, why: Saying) {
        self.stay.waits = Some(why);
        self.notice = None;
    }

    /// The command beside us has ended. What neither began nor was rated is let go, the rest may be finished.
    pub(super) fn child_ended(&mut self, how: String, now: &Now, effects: &mut Vec<Effect>) {
        effects.push(Effect::Cue(Cue::beside(&how)));
        self.stay.ended = Some(how);
        self.notice = None;
        if self.is_a_mistake(now) {
            self.let_go(Purpose::Untouched, effects);
        }
    }

    /// Whether it was opened for one session only, by something that goes on after it.
    pub fn is_for_one_session(&self) -> bool {
        self.stay.once
    }

    /// Whether anything was done of any session since the app was opened.
    pub fn has_worked(&self) -> bool {
        self.stay.worked
    }

    /// Leaves if it is time to; true when something changed.
    pub(super) fn leave_by_itself(
        &mut self,
        is_key: bool,
        now: &Now,
        effects: &mut Vec<Effect>,
    ) -> bool {
        self.stay.begun |= self.run().is_some();
        self.stay.worked |= !self.is_untouched(now);
        if is_key || self.is_busy() {
            self.stay.busy_at = now.mono;
        }
        let is_due = self.leaves_at().is_some_and(|at| at <= now.mono);
        if is_due {
            self.leave_now(0, now, effects);
        }
        is_due
    }

    /// The monotonic time at which the app leaves by itself.
    pub(super) fn leaves_at(&self) -> Option<Duration> {
        let stay = &self.stay;
        let is_over = stay.ended.is_some() || (stay.once && stay.begun);
        let leaves = is_over && self.quitting.is_none() && !self.is_busy();
        leaves.then(|| stay.busy_at + QUIET)
    }

    /// Whether something is under way that must not be torn away.
    fn is_busy(&self) -> bool {
        // Also an urgent text that is read, and safety questions that are answered.
        let is_begun = |overlay: &Overlay| {
            matches!(
                overlay,
                Overlay::CheckIn(_)
                    | Overlay::Settle(_)
                    | Overlay::Question(_)
                    | Overlay::Card(_)
                    | Overlay::Checklist(_)
            )
        };
        matches!(self.stage, Stage::Session(_))
            || self.overlays.iter().any(is_begun)
            || !self.outbox.unsaved.is_empty()
    }
}
