//! The form of an entry: opening it for a new check-in or for any entry, and writing what it says.

use chrono::{DateTime, FixedOffset};

use super::message::Effect;
use super::overlay::check_in::{CheckIn, Followed, GONE, Source, typed_moment};
use super::overlay::question::{Choice, Question};
use super::saying::Saying;
use super::store::Purpose;
use super::{App, Overlay};
use crate::domain::id::Id;
use crate::domain::log::LogChange;
use crate::domain::often::Often;
use crate::domain::record::change::{self, Change};
use crate::domain::record::{Entry, Fields, Marks};
use crate::domain::storage::{Act, Ask, Ticket};
use crate::domain::time::Now;
use crate::domain::when::{self, Moment};

/// Said when the entry of an open form is deleted elsewhere.
const DELETED: &str = "This entry was deleted elsewhere.[ <save-as-new> saves what stands here as a new entry;] <back> leaves it.";
/// Said when fields that were changed here were changed elsewhere, too.
const DIFFERS: &str =
    "Changed elsewhere meanwhile: what you changed as well is marked, and saving keeps yours.";
const LOST: &str = "Changed elsewhere meanwhile: a part that you changed is there no more.";

const EMPTY: &str = "That would leave an entry that says nothing. <back> leaves it as it was[; <delete> in the log deletes it].";

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
        let form = CheckIn::new(&Source {
            entry: &Entry::blank(Id::new("")),
            library: &self.library,
            hidden: &self.settings.hide_words,
            typed: &|_| String::new(),
        });
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
        let form = CheckIn::edit(&Source {
            entry,
            library: &self.library,
            hidden: &self.settings.hide_words,
            typed: &|at| typed_moment(at, &self.read_time, now),
        });
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
            LogChange::New(new) => return often.add(new),
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

    /// The entries of open forms that this change may touch.
    pub(super) fn forms_touched(&self, change: &LogChange) -> Vec<Id> {
        let recs = self.overlays.iter().filter_map(|overlay| match overlay {
            Overlay::CheckIn(form) | Overlay::Question(Question::LeaveForm(form)) => {
                form.rec.as_ref()
            }
            _ => None,
        });
        recs.filter(|rec| change.touches(rec)).cloned().collect()
    }

    /// Open forms follow their entries: nothing that another program wrote is written over unseen.
    pub(super) fn follow_entries(&mut self, touched: &[Id], now: &Now) {
        let mut said = None;
        for overlay in &mut self.overlays {
            let (Overlay::CheckIn(form) | Overlay::Question(Question::LeaveForm(form))) = overlay
            else {
                continue;
            };
            let Some(rec) = form.rec.as_ref().filter(|rec| touched.contains(rec)) else {
                continue;
            };
            let Some(entry) = self.log.find(rec) else {
                if self.log.is_whole() && !form.is_gone {
                    form.is_gone = true;
                    said = Some(DELETED);
                }
                continue;
            };
            if !form.is_gone && form.known.as_deref() == Some(entry) {
                continue;
            }
            let source = Source {
                entry,
                library: &self.library,
                hidden: &self.settings.hide_words,
                typed: &|at| typed_moment(at, &self.read_time, now),
            };
            match form.follow(&source) {
                Followed::Quietly => {}
                Followed::Differs => said = Some(DIFFERS),
                Followed::Lost => said = Some(LOST),
            }
        }
        if let Some(said) = said {
            self.warn(said);
        }
        self.offer_often();
    }

    /// Writes what a form says; one that cannot be read stays open and says why.
    pub(super) fn save_form(
        &mut self,
        mut form: Box<CheckIn>,
        now: &Now,
        effects: &mut Vec<Effect>,
    ) {
        form.sort_tags(self.library.vocabulary());
        let change = match self.act_of(&mut form, now) {
            Ok(change) => change,
            Err(why) => {
                self.overlays.push(Overlay::CheckIn(form));
                return self.warn(why);
            }
        };
        let Some(act) = change else {
            return self.say("Nothing was changed.");
        };
        let before = form.known.clone().filter(|_| !form.is_gone);
        let after = after(&form, &act);
        if before.is_some() && change::says_nothing(&after) {
            self.overlays.push(Overlay::CheckIn(form));
            return self.warn(EMPTY);
        }
        let raised = self.raised_by(before.as_deref(), &after, now);
        // What a change raises is not always to be seen from the log alone.
        if before.is_some() {
            self.remember_raised(&raised, now, effects);
        }
        self.write(form, act, effects);
        self.look_again(raised, now, effects);
    }

    /// What a form comes to: a new entry, or a change; `None` where nothing was changed.
    pub(super) fn act_of(&self, form: &mut CheckIn, now: &Now) -> Result<Option<Act>, Saying> {
        match form.rec.clone() {
            Some(_) if form.is_gone => {
                let set = form.anew(&self.read_time, now)?.set;
                Ok(Some(Act::Add { set }))
            }
            Some(rec) => {
                let change = form.change(&self.read_time, now)?;
                let (set, unset) = (change.set, change.unset);
                let is_empty = set.is_empty() && unset.is_empty();
                Ok((!is_empty).then_some(Act::Edit { rec, set, unset }))
            }
            None => {
                let set = form.change(&self.read_time, now)?.set;
                Ok(Some(Act::Add { set }))
            }
        }
    }

    /// The form is kept until the store has answered.
    pub(super) fn write(
        &mut self,
        form: Box<CheckIn>,
        act: Act,
        effects: &mut Vec<Effect>,
    ) -> Ticket {
        let ticket = self.outbox.ticket(Purpose::CheckIn);
        self.sent_forms.push((ticket, form));
        effects.push(Effect::Ask(Ask::Write(ticket, act)));
        ticket
    }

    /// The form that was sent under this ticket; it is no longer kept.
    pub(super) fn answered_form(&mut self, ticket: Ticket) -> Option<Box<CheckIn>> {
        let mut sent = self.sent_forms.iter();
        let place = sent.position(|(open, _)| *open == ticket)?;
        Some(self.sent_forms.remove(place).1)
    }

    /// Puts a form back that the log did not take, below what has come up since.
    pub(super) fn put_back(&mut self, mut form: Box<CheckIn>) {
        self.quitting = None;
        form.is_gone = form.rec.is_some();
        self.overlays.insert(0, Overlay::CheckIn(form));
        self.warn(GONE);
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
                self.take_reply(Overlay::CheckIn(form), reply, now, effects);
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

/// The entry as it will be.
pub(super) fn after(form: &CheckIn, act: &Act) -> Entry {
    let rec = form.rec.clone().filter(|_| !form.is_gone);
    let rec = rec.unwrap_or_else(|| Id::new(""));
    let fields = match act {
        Act::Edit { set, unset, .. } => {
            let before = form.known.as_deref().map(Entry::fields);
            let change = Change {
                set: set.clone(),
                unset: unset.clone(),
            };
            change.applied(&before.unwrap_or_default())
        }
        Act::Add { set } => set.clone(),
        _ => Fields::default(),
    };
    Entry::read(rec, &fields, Marks::default())
}
