//! What the store answers and tells.

use super::App;
use super::message::Effect;
use super::overlay::question::Question;
use super::session_pane::Stage;
use super::store::Purpose;
use crate::domain::log::LogChange;
use crate::domain::storage::{Ask, Failure, Told};

impl App {
    pub(super) fn hear(&mut self, told: Told, effects: &mut Vec<Effect>) {
        match told {
            Told::Log(change) => {
                if let LogChange::Delta { put, .. } = &change {
                    self.library_pane.learn(put);
                }
                let is_whole = matches!(change, LogChange::Whole(_));
                self.log.apply(change);
                self.log_pane.step(0, self.log.entries().len());
                if is_whole {
                    self.library_pane.learn(self.log.entries());
                }
            }
            Told::Saved { ticket, note, .. } => {
                let purpose = self.outbox.answered(ticket);
                self.trouble = None;
                match purpose {
                    _ if !note.is_empty() => self.say(note),
                    Some(Purpose::CheckIn) => self.say("Saved."),
                    Some(Purpose::Discard) => self.say("Discarded."),
                    Some(Purpose::SessionEnd) => self.say("The session is in the log."),
                    _ => {}
                }
            }
            Told::NotSaved { ask, failure } => self.keep_unsaved(*ask, failure),
            Told::Nothing(ticket, why) => {
                // A session that goes on elsewhere is not ours to guide.
                if self.outbox.answered(ticket) == Some(Purpose::SessionStart) {
                    self.stage = Stage::Preview;
                }
                if !why.is_empty() {
                    self.say(why);
                }
            }
            Told::CutOff(rec, checkpoint) => self.offer(rec, checkpoint, effects),
            Told::Favourites(slugs) => {
                self.library_pane.favourites = slugs;
                self.library_pane.refresh(&self.library);
            }
            Told::SeenBefore(_) => {}
            Told::Trouble(failure) => {
                self.trouble = Some(failure.to_string());
                self.warn(failure.to_string());
            }
        }
    }

    fn keep_unsaved(&mut self, ask: Ask, failure: Failure) {
        if let Some(ticket) = ask.ticket() {
            self.outbox.answered(ticket);
        }
        self.trouble = Some(failure.to_string());
        match ask {
            // Where a session stands and what was seen are written again by themselves; nothing of the person's is lost.
            Ask::Progress(..) | Ask::Seen(_) | Ask::Reload => {}
            ask => {
                self.warn(format!("Not saved: {failure} Kept here; R tries again."));
                self.outbox.unsaved.push((ask, failure));
                if self.quitting.take().is_some() {
                    self.ask(Question::Unsaved);
                }
            }
        }
    }

    /// Tries everything unsaved again, in order.
    pub(super) fn retry(&mut self, effects: &mut Vec<Effect>) {
        if self.outbox.unsaved.is_empty() {
            return self.say("Everything is saved.");
        }
        for (ask, _) in std::mem::take(&mut self.outbox.unsaved) {
            if let Some(ticket) = ask.ticket() {
                self.outbox.expect(ticket, Purpose::of(&ask));
            }
            effects.push(Effect::Ask(ask));
        }
    }
}
