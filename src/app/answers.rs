//! Carries out what overlays answered.

use std::time::Duration;

use super::App;
use super::message::Effect;
use super::overlay::question::{Choice, Question};
use super::overlay::rating::{Ratings, When};
use super::overlay::{Answer, card};
use super::session_pane::Run;
use super::store::Purpose;
use crate::domain::id::Id;
use crate::domain::safety::DISCLAIMER_SEEN;
use crate::domain::session::{Checkpoint, Session};
use crate::domain::storage::Ask;
use crate::domain::time::Now;

/// Who pressed a key so recently is typing still.
const TYPING: Duration = Duration::from_millis(500);

impl App {
    /// Carries an overlay's answer out.
    pub(super) fn carry_out(&mut self, answer: Answer, now: &Now, effects: &mut Vec<Effect>) {
        match answer {
            Answer::Read(card::Kind::Disclaimer) => {
                effects.push(Effect::Ask(Ask::Seen(DISCLAIMER_SEEN.to_owned())));
            }
            Answer::Read(_) | Answer::Chosen(Question::Delete(_), Choice::GoOn) => {}
            Answer::Rated(When::Before, ratings) => self.start(ratings, now, effects),
            Answer::Rated(When::After, ratings) => self.close(ratings, now, effects),
            Answer::CheckIn(form) => self.save_form(form, now, effects),
            Answer::LeaveForm(form) => self.ask_to_leave(form),
            Answer::Checked(list) => self.checked(&list, now, effects),
            Answer::Picked(pick) => self.picked(pick, now, effects),
            Answer::Jump(form) => self.jump_to(form, now),
            Answer::Peg(answers) => self.save_peg(answers, now, effects),
            Answer::Settled(form, way) => self.settle_one(form, way, effects),
            Answer::Chosen(Question::Delete(rec), _) => self.delete(rec, effects),
            Answer::Chosen(Question::Stop { quit, was_running }, choice) => {
                self.stop_answered(choice, quit, was_running, now, effects);
            }
            Answer::Chosen(Question::CutOff(rec, checkpoint), choice) => {
                self.cut_off_answered(rec, &checkpoint, choice, now, effects);
            }
            Answer::Chosen(Question::LeaveForm(form), choice) => {
                self.leave_form(form, choice, now, effects);
            }
            Answer::Chosen(Question::Unsaved, choice) => match choice {
                Choice::Retry => self.retry(effects),
                Choice::Leave => effects.push(Effect::Quit(1)),
                _ => {}
            },
        }
    }

    fn stop_answered(
        &mut self,
        choice: Choice,
        quit: bool,
        was_running: bool,
        now: &Now,
        effects: &mut Vec<Effect>,
    ) {
        match choice {
            Choice::Keep if quit => {
                if self.is_a_mistake(now) {
                    self.let_go(Purpose::Untouched, effects);
                }
                self.leave_now(0, now, effects);
            }
            Choice::Keep => self.stop(now, effects),
            Choice::Discard => {
                if quit {
                    self.try_unsaved_again(effects);
                }
                self.discard(effects);
                if quit {
                    self.quitting = Some(0);
                    effects.push(Effect::Quit(0));
                }
            }
            _ if was_running => {
                let events = self
                    .run_mut()
                    .map(|run| run.session.go_on(now))
                    .unwrap_or_default();
                self.tell(&events, now, effects);
            }
            _ => {}
        }
    }

    fn cut_off_answered(
        &mut self,
        rec: Id,
        checkpoint: &Checkpoint,
        choice: Choice,
        now: &Now,
        effects: &mut Vec<Effect>,
    ) {
        if choice == Choice::Resume {
            if self.asks_before_resuming(checkpoint.slugs(), now) {
                // It waits, and is asked about again once that is answered.
                return self.cut_off.push_front((rec, checkpoint.clone()));
            }
            let slugs = checkpoint.slugs();
            let plan = self
                .gate(now)
                .plan(&self.library, slugs, checkpoint.side_first);
            if let Some(session) = plan
                .ok()
                .and_then(|plan| Session::resume(plan.timeline, checkpoint, now))
            {
                let before = self
                    .log
                    .find(&rec)
                    .map_or(Ratings::default(), |entry| Ratings {
                        pain: entry.pain_before,
                        stress: entry.stress_before,
                    });
                let ticket = self.outbox.ticket(Purpose::SessionStart);
                effects.push(Effect::Ask(Ask::ResumeSession(ticket, rec.clone())));
                self.enter_session(Run {
                    session,
                    ticket,
                    before,
                    rec: Some(rec),
                    ending: None,
                    noted_at: now.mono,
                    away_at: None,
                    shown: None,
                });
                return self.say("Here is where it stopped.[ <pause-or-go-on> goes on.]");
            }
            self.warn(
                "It may not go on, or its steps have changed since; it was kept as far as it came.",
            );
        }
        let kept = (choice != Choice::Discard).then(|| checkpoint.kept_fields());
        let purpose = if kept.is_some() {
            Purpose::SessionEnd
        } else {
            Purpose::Discard
        };
        let ticket = self.outbox.ticket(purpose);
        effects.push(Effect::Ask(Ask::SettleCutOff(ticket, rec, kept)));
    }

    /// A session was cut off. One that had come to its end only lacks its closing line, which is written without a
    /// question.
    pub(super) fn found_cut_off(&mut self, rec: Id, found: Checkpoint, effects: &mut Vec<Effect>) {
        if found.is_over() {
            let ticket = self.outbox.ticket(Purpose::SessionEnd);
            let fields = found.kept_fields();
            effects.push(Effect::Ask(Ask::SettleCutOff(ticket, rec, Some(fields))));
        } else {
            self.cut_off.push_back((rec, found));
        }
    }

    /// Asks about a session that was cut off once nothing else is going on; true when it did.
    pub(super) fn ask_about_cut_off(&mut self, now: &Now) -> bool {
        // Beside a command there is one thing to do, and its output waits.
        let is_busy = self.is_beside()
            || !self.overlays.is_empty()
            || self.run().is_some()
            || self.ready.is_some()
            || self.library_pane.searching
            || self.log_pane.finding
            || self.shows_floor()
            || self.quitting.is_some();
        let Some((rec, found)) = (!is_busy).then(|| self.cut_off.pop_front()).flatten() else {
            return false;
        };
        if self.last_key.is_some_and(|key| now.mono < key + TYPING) {
            self.deaf_until = now.mono + TYPING;
        }
        self.ask(Question::CutOff(rec, Box::new(found)));
        true
    }
}
