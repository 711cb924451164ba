//! How a session ends: stopped, finished, let go, or left with the app; and what is kept of it.

use super::message::Effect;
use super::overlay::question::Question;
use super::overlay::rating::{Rating, Ratings, When};
use super::run::put_ratings;
use super::session_pane::{Ending, Run, Stage, Summary};
use super::store::Purpose;
use super::{App, Overlay, Pane};
use crate::domain::cue::Cue;
use crate::domain::dose;
use crate::domain::record::moment_text;
use crate::domain::session::PAIN_ROSE;
use crate::domain::storage::Ask;
use crate::domain::time::Now;

impl App {
    /// Asks whether to end the session; the clock stands meanwhile.
    pub(super) fn ask_to_stop(&mut self, quit: bool, now: &Now, effects: &mut Vec<Effect>) {
        let Some(run) = self.run() else { return };
        let was_running = run.session.next_change().is_some();
        self.pause(now, effects);
        self.ask(Question::Stop { quit, was_running });
    }

    /// The person ends it here and keeps the part that was done.
    pub(super) fn stop(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        if self.is_a_mistake(now) {
            effects.push(Effect::Cue(Cue::stopped()));
            return self.let_go(Purpose::Untouched, effects);
        }
        let Some(run) = self.run_mut() else { return };
        // Its end is now, however long the rating takes.
        run.session.stop(now);
        effects.push(Effect::Cue(Cue::stopped()));
        self.note_progress(now, effects);
        self.end(Ending::Stopped, now, effects);
    }

    /// Whether nothing was done yet of a session under way, or there is none.
    pub(super) fn is_untouched(&self, now: &Now) -> bool {
        self.run()
            .is_none_or(|run| run.session.checkpoint(now).active_ms == 0)
    }

    /// A start by mistake: nothing was done, and nothing rated that would be lost.
    pub(super) fn is_a_mistake(&self, now: &Now) -> bool {
        let is_open = |run: &&Run| run.ending.is_none() && run.before == Ratings::default();
        self.is_untouched(now) && self.run().is_some_and(|run| is_open(&run))
    }

    /// The session is over: ask how it feels now, or close it at once.
    pub(super) fn end(&mut self, ending: Ending, now: &Now, effects: &mut Vec<Effect>) {
        let no_rating = self.no_rating;
        let Some(run) = self.run_mut() else { return };
        run.ending = Some(ending);
        let before = run.before;
        // A question about stopping has answered itself.
        self.overlays
            .retain(|overlay| !matches!(overlay, Overlay::Question(Question::Stop { .. })));
        // Who lies on the floor is told that it is over, and rates once they are at the keys.
        let on_the_floor = self.shows_floor() && ending == Ending::Finished;
        if on_the_floor {
            self.floor.is_over(now);
        } else {
            self.floor.close();
        }
        if no_rating {
            self.close(Ratings::default(), now, effects);
        } else if !on_the_floor {
            self.ask_how_it_is_now(before);
        }
    }

    pub(super) fn ask_how_it_is_now(&mut self, before: Ratings) {
        // Below anything that is open: an urgent text or a check-in under way keeps the keys.
        self.overlays
            .insert(0, Overlay::Rating(Rating::new(When::After, before)));
        self.focus = Pane::Session;
    }

    /// Writes the closing line and shows what came of it.
    pub(super) fn close(&mut self, after: Ratings, now: &Now, effects: &mut Vec<Effect>) {
        let Stage::Session(run) = std::mem::take(&mut self.stage) else {
            return;
        };
        let ending = run.ending.unwrap_or(Ending::Stopped);
        let mut set = run.session.closing_fields(ending.because(), now);
        put_ratings(&mut set, after, "after");
        if after != Ratings::default() {
            set.put("rated_after_at", &moment_text(&now.wall));
        }
        if dose::rose(run.before.pain, after.pain) {
            set.put("stopped_because", PAIN_ROSE);
        }
        self.outbox.expect(run.ticket, Purpose::SessionEnd);
        effects.push(Effect::Ask(Ask::EndSession(run.ticket, Some(set))));
        self.stage = Stage::Done(Summary {
            name: run.session.timeline.name.clone(),
            ending,
            active_s: run.session.checkpoint(now).active_ms / 1000,
            before: run.before,
            after,
        });
    }

    /// Ends the session without questions and leaves. What was rated so far counts, and what could not be saved is tried
    /// once more.
    pub(super) fn leave_now(&mut self, code: u8, now: &Now, effects: &mut Vec<Effect>) {
        self.try_unsaved_again(effects);
        self.keep_open_forms(now, effects);
        if self.run().is_some() {
            let rated = self.overlays.iter().find_map(|overlay| match overlay {
                Overlay::Rating(rating) if rating.when == When::After => Some(rating.ratings),
                _ => None,
            });
            self.close(rated.unwrap_or_default(), now, effects);
        }
        self.quitting = Some(code);
        effects.push(Effect::Quit(code));
    }

    /// Ends the session without a trace, as the person wants it.
    pub(super) fn discard(&mut self, effects: &mut Vec<Effect>) {
        self.let_go(Purpose::Discard, effects);
    }

    /// Ends the session without a trace.
    pub(super) fn let_go(&mut self, purpose: Purpose, effects: &mut Vec<Effect>) {
        if let Stage::Session(run) = std::mem::take(&mut self.stage) {
            self.outbox.expect(run.ticket, purpose);
            // A question about stopping has answered itself.
            self.overlays
                .retain(|overlay| !matches!(overlay, Overlay::Question(Question::Stop { .. })));
            effects.push(Effect::Ask(Ask::EndSession(run.ticket, None)));
            self.focus = Pane::Library;
        }
    }
}
