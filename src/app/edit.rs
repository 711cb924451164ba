//! The form of an entry: opening it for a new check-in or for any entry, and writing what it says.

use chrono::{DateTime, FixedOffset};

use super::message::Effect;
use super::overlay::check_in::{CheckIn, typed_moment};
use super::overlay::question::{Choice, Question};
use super::store::Purpose;
use super::{App, Overlay};
use crate::domain::id::Id;
use crate::domain::log::LogChange;
use crate::domain::often::Often;
use crate::domain::record::change;
use crate::domain::record::{Entry, Fields, Marks};
use crate::domain::storage::{Act, Ask, Ticket};
use crate::domain::time::Now;
use crate::domain::warning::{self, Raised};
use crate::domain::when::{self, Moment};

const GONE: &str = "Not saved: this entry is no longer in the log. What you typed stays here.";

const EMPTY: &str = "That would leave an entry that says nothing. Esc leaves it as it was; d in the log deletes it.";

/// How a typed time is read; see [`when::parse_time`].
type Reader = fn(&str, &DateTime<FixedOffset>) -> Result<Moment, String>;

/// Reads a typed time in the person's time zone, which the app does not know itself.
#[derive(Debug, Clone, Copy)]
pub struct ReadTime(pub Reader);

impl ReadTime {
    /// The moment that was typed. The error is one line.
    pub fn read(&self, typed: &str, now: &DateTime<FixedOffset>) -> Result<Moment, String> {
        (self.0)(typed, now)
    }
}

/// By the offset that holds now.
impl Default for ReadTime {
    fn default() -> Self {
        Self(|typed, now| when::parse_time(typed, now, now.offset()))
    }
}

impl App {
    /// Opens the form for a new check-in.
    pub fn open_check_in(&mut self) {
        let form = CheckIn::new(self.library.vocabulary());
        self.overlays.push(Overlay::CheckIn(Box::new(form)));
    }

    /// Opens the form to change an entry, or says why not.
    pub fn open_form_for(&mut self, rec: &Id, now: &Now) {
        if !self.log.is_whole() {
            return self.say("Still reading the log; in a moment.");
        }
        let Some(entry) = self.log.find(rec) else {
            return self.say("This entry is no longer in the log.");
        };
        // One that is not finished elsewhere, or lost, can be settled by hand.
        if self.run().is_some_and(|run| run.rec.as_ref() == Some(rec)) {
            return self.say("This session is under way; it can be changed once it has ended.");
        }
        let typed = |at: &DateTime<FixedOffset>| typed_moment(at, &self.read_time, now);
        let when = entry.started_at.as_ref().map(typed).unwrap_or_default();
        let form = CheckIn::edit(entry, self.library.vocabulary(), &when);
        self.overlays.push(Overlay::CheckIn(Box::new(form)));
        self.offer_often();
    }

    /// Offers what was used before once a field of the form asks for it: that takes a look at the whole log.
    pub(super) fn offer_often(&mut self) {
        let Some(Overlay::CheckIn(form)) = self.overlays.last_mut() else {
            return;
        };
        if form.wants_often() {
            let entries = self.log.entries();
            let often = self.often.get_or_insert_with(|| Often::of(entries));
            form.sort(often, self.library.vocabulary());
        }
    }

    /// Keeps what was counted current; after more than one change it is counted anew when it is next asked for.
    pub(super) fn count_again(&mut self, change: &LogChange) {
        let Some(often) = &mut self.often else {
            return;
        };
        let (rec, new) = match change {
            LogChange::Delta { put, gone } => match (&put[..], &gone[..]) {
                ([new], []) => (&new.rec, Some(new)),
                ([], [rec]) => (rec, None),
                ([], []) => return,
                _ => return self.often = None,
            },
            _ => return self.often = None,
        };
        if let Some(old) = self.log.find(rec) {
            often.take(old);
        }
        if let Some(new) = new {
            often.add(new);
        }
    }

    /// Writes what a form says; one that cannot be read stays open and says why.
    pub(super) fn save_form(
        &mut self,
        mut form: Box<CheckIn>,
        now: &Now,
        effects: &mut Vec<Effect>,
    ) {
        form.sort_tags(self.library.vocabulary());
        let before = form.rec.as_ref().and_then(|rec| self.log.find(rec));
        let stored = before.map(times_and_parts).unwrap_or_default();
        let change = match form.change(&stored, &self.read_time, now) {
            Ok(change) => change,
            Err(why) => {
                self.overlays.push(Overlay::CheckIn(form));
                return self.warn(why);
            }
        };
        let Some(rec) = form.rec.clone() else {
            let after = Entry::read(Id::new(""), &change.set, Marks::default());
            let act = Act::Add { set: change.set };
            self.write(form, act, effects);
            return self.look_again(warning::of_entry(&after), now, effects);
        };
        if change.is_empty() {
            return self.say("Nothing was changed.");
        }
        // Without the entry, which may have gone meanwhile, the change alone is looked at.
        let before = self.log.find(&rec).cloned();
        let after = changed(&rec, before.as_ref(), &change.set, &change.unset);
        if before.is_some() && change::says_nothing(&after) {
            self.overlays.push(Overlay::CheckIn(form));
            return self.warn(EMPTY);
        }
        let mut raised = warning::of_entry(&after);
        if let Some(before) = &before {
            let known = warning::of_entry(before);
            raised.retain(|new| known.iter().all(|known| known.id != new.id));
        }
        if before.is_none() {
            // A sign in what was typed is asked about all the same.
            self.overlays.push(Overlay::CheckIn(form));
            self.look_again(raised, now, effects);
            return self.warn(GONE);
        }
        let act = Act::Edit {
            rec,
            set: change.set,
            unset: change.unset,
        };
        self.write(form, act, effects);
        self.look_again(raised, now, effects);
    }

    /// We leave at once, asked by nobody or by Ctrl-C: what was typed in a form so far is kept as it stands. Undoing it is
    /// one key; typing it again is not.
    pub(super) fn keep_open_forms(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        for overlay in std::mem::take(&mut self.overlays) {
            let (Overlay::CheckIn(mut form) | Overlay::Question(Question::LeaveForm(mut form))) =
                overlay
            else {
                self.overlays.push(overlay);
                continue;
            };
            if !form.is_touched() {
                continue;
            }
            form.sort_tags(self.library.vocabulary());
            let before = form.rec.as_ref().and_then(|rec| self.log.find(rec));
            let stored = before.map(times_and_parts).unwrap_or_default();
            let is_there = before.is_some();
            let Ok(change) = form.change(&stored, &self.read_time, now) else {
                continue;
            };
            let act = match form.rec.clone() {
                None => Act::Add { set: change.set },
                Some(rec) if is_there && !change.is_empty() => Act::Edit {
                    rec,
                    set: change.set,
                    unset: change.unset,
                },
                Some(_) => continue,
            };
            self.write(form, act, effects);
        }
    }

    /// The form is kept until the store has answered.
    fn write(&mut self, form: Box<CheckIn>, act: Act, effects: &mut Vec<Effect>) {
        let ticket = self.outbox.ticket(Purpose::CheckIn);
        self.sent_forms.push((ticket, form));
        effects.push(Effect::Ask(Ask::Write(ticket, act)));
    }

    /// The form that was sent under this ticket; it is no longer kept.
    pub(super) fn answered_form(&mut self, ticket: Ticket) -> Option<Box<CheckIn>> {
        let mut sent = self.sent_forms.iter();
        let place = sent.position(|(open, _)| *open == ticket)?;
        Some(self.sent_forms.remove(place).1)
    }

    /// Puts a form back that the log did not take, below what has come up since.
    pub(super) fn put_back(&mut self, form: Box<CheckIn>) {
        self.quitting = None;
        self.overlays.insert(0, Overlay::CheckIn(form));
        self.warn(GONE);
    }

    /// What an entry has just raised: an urgent sign is asked about at once (F.3) and stops the clock, the rest is told now
    /// and asked before the next session.
    fn look_again(&mut self, raised: Vec<Raised>, now: &Now, effects: &mut Vec<Effect>) {
        let Some(first) = raised.first() else {
            return;
        };
        let why = format!(
            "Worth a second look before the next session: {}.",
            first.why
        );
        let is_urgent = raised.iter().any(|raised| raised.id.starts_with('E'));
        for new in raised {
            if self.raised.iter().all(|known| known.id != new.id) {
                self.raised.push(new);
            }
        }
        if !is_urgent {
            return self.warn(why);
        }
        if self.run().is_some() {
            self.pause(now, effects);
        }
        self.ask_what_was_raised();
    }

    /// What was answered to the question whether to leave a form with something typed.
    pub(super) fn leave_form(
        &mut self,
        form: Box<CheckIn>,
        choice: Choice,
        now: &Now,
        effects: &mut Vec<Effect>,
    ) {
        match choice {
            Choice::Keep => {
                let mut form = form;
                let reply = form.act(super::message::Action::Save);
                self.settle(Overlay::CheckIn(form), reply, now, effects);
            }
            Choice::Discard => self.say("Discarded; nothing was saved."),
            _ => self.overlays.push(Overlay::CheckIn(form)),
        }
    }

    /// Asks what is to become of what was typed.
    pub(super) fn ask_to_leave(&mut self, form: Box<CheckIn>) {
        self.ask(Question::LeaveForm(form));
    }
}

/// An entry as it will be; what the form does not know of it plays no part.
fn changed(rec: &Id, before: Option<&Entry>, set: &Fields, unset: &[String]) -> Entry {
    let mut entry = before.cloned().unwrap_or_else(|| Entry::blank(rec.clone()));
    for (name, value) in set.iter() {
        entry.take(name, value.get());
    }
    for name in unset {
        // No field takes this, so none is left but a word of what it could not read.
        entry.take(name, "null");
        if let Some(more) = &mut entry.more {
            more.invalid
                .change(|invalid| invalid.retain(|(known, _)| known != name));
        }
    }
    entry.settle();
    entry
}

/// What is stored of an entry and moves along when its time or its length changes.
fn times_and_parts(entry: &Entry) -> Fields {
    let mut fields = Fields::default();
    let more = entry.more.as_deref();
    for (name, at) in [
        ("started_at", entry.started_at),
        ("ended_at", more.and_then(|more| more.ended_at)),
        ("rated_after_at", more.and_then(|more| more.rated_after_at)),
    ] {
        if let Some(at) = at {
            fields.put(name, &at.to_rfc3339());
        }
    }
    if let Some(more) = more.filter(|more| !more.items.is_empty()) {
        fields.put("items", &more.items[..]);
    }
    fields
}
