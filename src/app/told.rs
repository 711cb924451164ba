//! What the store answers and tells.

use super::App;
use super::kept::GONE;
use super::message::{Effect, Written};
use super::overlay::question::Question;
use super::saying::{Saying, begun};
use super::session_pane::Stage;
use super::store::Purpose;
use crate::domain::dose;
use crate::domain::id::Id;
use crate::domain::log::LogChange;
use crate::domain::profile::Profile;
use crate::domain::record::Entry;
use crate::domain::storage::{Ask, Failure, Ticket, Told};
use crate::domain::time::Now;

impl App {
    /// Whether this says only what is known already. So do the first things that the store tells, which the setup has
    /// brought along: frames that change nothing, a third of a millisecond each.
    pub(super) fn is_known(&self, told: &Told, now: &Now) -> bool {
        match told {
            Told::SeenBefore(seen) => seen.is_subset(&self.seen),
            Told::Favourites(slugs) => *slugs == self.library_pane.favourites,
            Told::Profile(profile, troubles) => {
                let mut profile = profile.clone();
                profile.distrust_the_future(now.wall.date_naive());
                profile == self.profile && troubles.is_empty() && self.outbox.unsaved.is_empty()
            }
            Told::LastDone(last) => last.is_empty(),
            Told::Log(LogChange::Whole(entries)) => {
                entries.is_empty() && self.log.entries().is_empty() && self.log.is_whole()
            }
            _ => false,
        }
    }

    pub(super) fn hear(&mut self, told: Told, now: &Now, effects: &mut Vec<Effect>) {
        match told {
            Told::Log(change) => self.hear_log(change, now, effects),
            Told::LastDone(last) => self.library_pane.hear_last_done(last),
            Told::Saved { ticket, note, rec } => self.hear_saved(ticket, note, &rec, effects),
            Told::NotSaved { ask, failure } => self.keep_unsaved(*ask, failure),
            Told::Nothing(ticket, why) => {
                // A session that goes on elsewhere is not ours to guide.
                if self.outbox.answered(ticket) == Some(Purpose::SessionStart) {
                    self.stage = Stage::Preview;
                }
                if let Some(form) = self.answered_form(ticket) {
                    if self.was_kept(ticket) {
                        Self::say_lost(&form, GONE, effects);
                    } else {
                        self.put_back(form);
                    }
                } else if !why.is_empty() {
                    self.say(why);
                }
            }
            Told::Unsettled(rec, unsettled) => self.hear_unsettled(&rec, &unsettled),
            Told::CutOff(rec, checkpoint) => self.found_cut_off(rec, checkpoint, effects),
            Told::Favourites(slugs) => {
                self.library_pane.favourites = slugs;
                self.library_pane.refresh(&self.library);
            }
            Told::Profile(profile, troubles) => self.know(profile, &troubles, now, effects),
            Told::SeenBefore(seen) => {
                self.seen.extend(seen);
                self.recall_raised();
            }
            Told::Trouble(failure) => {
                self.trouble = Some(failure.to_string());
                // That something is not saved says more, and says why as well.
                if self.outbox.unsaved.is_empty() {
                    self.warn(failure.to_string());
                }
            }
        }
    }

    /// The log has changed: whatever shows a part of it follows.
    pub(super) fn hear_log(&mut self, change: LogChange, now: &Now, effects: &mut Vec<Effect>) {
        self.library_pane.learn(change.put());
        let is_whole = matches!(change, LogChange::Whole(_));
        let rose = |entry: &Entry| dose::rose(entry.pain_before, entry.pain_after);
        let made_worse = change.put().iter().any(rose);
        let selected = self.log_pane.selected(&self.log);
        let selected = selected.map(|entry| entry.rec.clone());
        self.count_again(&change);
        self.log_pane.texts.forget(&change);
        self.look_again_at_unsettled(&change, effects);
        let touched = self.forms_touched(&change);
        let was_empty = self.log.entries().is_empty();
        self.log.apply(change);
        if !touched.is_empty() {
            self.follow_entries(&touched, now);
        }
        self.insight.counted.forget();
        self.look_after_change(selected.as_ref(), now);
        if made_worse {
            self.judge(now);
        } else {
            self.reread_past(now);
        }
        if is_whole {
            self.library_pane.learn_whole(self.log.entries());
            // A first frame waits for this, and nothing follows from entries that are still none.
            if !(was_empty && self.log.entries().is_empty()) {
                self.judge(now);
            }
            self.greet(now, effects);
            if self.last_key.is_none() && self.ready.is_none() {
                self.library_pane.select_first();
            }
        }
    }

    /// Something is on the disk: what was kept for it goes, and it is said.
    fn hear_saved(&mut self, ticket: Ticket, note: String, rec: &Id, effects: &mut Vec<Effect>) {
        let purpose = self.outbox.answered(ticket);
        self.answered_form(ticket);
        self.say_kept(ticket, effects);
        if matches!(
            purpose,
            Some(Purpose::SessionEnd | Purpose::Discard | Purpose::Untouched)
        ) {
            // Its start went with it.
            let other = |ask: &Ask| ask.ticket() != Some(ticket);
            self.outbox.unsaved.retain(|(ask, _)| other(ask));
        }
        // Where a session stands goes elsewhere: that it was noted says nothing about the log.
        if purpose != Some(Purpose::Progress) && self.outbox.unsaved.is_empty() {
            self.trouble = None;
        }
        if let Some(run) = self.run_mut().filter(|run| run.ticket == ticket) {
            run.rec = Some(rec.clone());
        }
        if purpose == Some(Purpose::History) {
            self.log_pane.select(rec, &self.log);
        }
        let note = self.without_numbers(note);
        match purpose {
            Some(Purpose::Delete) if note.is_empty() => {
                self.say("Deleted[; <undo> takes it back].");
            }
            Some(Purpose::Delete) => {
                self.say(Saying::new(begun(&note), "[; <undo> takes it back]."));
            }
            // Kept by an undo, which is no act that the next undo would take back.
            Some(Purpose::Settle) if !note.is_empty() => {
                self.say("Settled. It stays[; <redo> takes that back].");
            }
            Some(Purpose::Settle) => self.say("Settled."),
            _ if !note.is_empty() => self.say(Saying::new(begun(&note), ".")),
            Some(Purpose::CheckIn) => self.say_saved(),
            Some(Purpose::Peg(sum)) => self.say_peg_saved(sum),
            Some(Purpose::Discard) => self.say("Discarded."),
            Some(Purpose::Untouched) => self.say("Nothing was done yet, so nothing is kept."),
            Some(Purpose::SessionEnd) => self.say("The session is in the log."),
            _ => {}
        }
    }

    /// What an entry has raised must not be wiped out by it.
    fn say_saved(&mut self) {
        match &self.notice {
            Some(why) if why.is_warning && !self.raised.is_empty() => {
                let words = why.text.clone().after("Saved. ");
                self.warn(words);
            }
            _ => self.say("Saved."),
        }
    }

    /// Takes over a library that was read anew, with the new technique selected.
    pub(super) fn hear_written(&mut self, written: Written, now: &Now) {
        if let Some(library) = written.library {
            let selected = self.library_pane.selected_slug(&self.library);
            let selected = written.slug.clone().or(selected.map(str::to_owned));
            self.library = library;
            let is_there = |slug: &String| self.library.item(slug).is_some();
            self.library_pane.queue.retain(is_there);
            // Places in the old library mean nothing in the new one.
            self.previewed = None;
            self.judge(now);
            self.library_pane.select_first();
            if let Some(slug) = selected {
                self.library_pane.select_slug(&self.library, &slug);
            }
        }
        if written.is_warning {
            self.warn(written.words);
        } else {
            self.say(written.words);
        }
    }

    /// Something outside does not work. What is told once ever was perhaps told before.
    pub(super) fn hear_remarks(&mut self, remarks: Vec<(String, Option<&'static str>)>) {
        let is_new = |once: Option<&str>| once.is_none_or(|name| !self.seen.contains(name));
        let new = remarks.into_iter().filter(|(_, once)| is_new(*once));
        self.remarks.extend(new);
    }

    /// Shows one once nothing else is said: what to watch for in a session, or that something is not saved, is more to
    /// the point. True when that changes the screen.
    pub(super) fn show_remark(&mut self, effects: &mut Vec<Effect>) -> bool {
        while self.notice.is_none() && !self.remarks.is_empty() {
            let (line, once) = self.remarks.remove(0);
            if let Some(name) = once {
                if !self.seen.insert(name.into()) {
                    continue;
                }
                effects.push(Effect::Ask(Ask::Seen(name.into())));
            }
            self.warn(line);
            return true;
        }
        false
    }

    /// The profile as it stands on the disk. What is not saved yet stays in force besides.
    fn know(
        &mut self,
        mut profile: Profile,
        troubles: &[String],
        now: &Now,
        effects: &mut Vec<Effect>,
    ) {
        for (ask, _) in &self.outbox.unsaved {
            if let Ask::Profile(_, said) = ask {
                profile.apply(said);
            }
        }
        profile.distrust_the_future(now.wall.date_naive());
        if self.profile != profile {
            self.profile = profile;
            self.profile_changed(now, effects);
        }
        if let Some(trouble) = troubles.first() {
            self.warn(trouble.clone());
        }
    }

    fn keep_unsaved(&mut self, ask: Ask, failure: Failure) {
        if let Some(ticket) = ask.ticket() {
            self.outbox.answered(ticket);
        }
        self.trouble = Some(failure.to_string());
        match ask {
            // Where a session stands and what was seen are written again by themselves; nothing of the person's is lost.
            Ask::Progress(..) | Ask::Seen(_) | Ask::Unseen(_) | Ask::Unsettled(_) | Ask::Reload => {
            }
            ask => {
                let why = failure.to_string();
                let why = why.trim_end_matches('.');
                let words = format!("Not saved: {why}; it is kept here");
                self.warn(Saying::new(words, "[, and <retry> tries again]."));
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
        self.try_unsaved_again(effects);
    }

    pub(super) fn try_unsaved_again(&mut self, effects: &mut Vec<Effect>) {
        for (ask, _) in std::mem::take(&mut self.outbox.unsaved) {
            if let Some(ticket) = ask.ticket() {
                self.outbox.expect(ticket, Purpose::of(&ask));
            }
            effects.push(Effect::Ask(ask));
        }
    }
}
