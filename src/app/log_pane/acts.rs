//! Keys in the log: moving, reading, finding, jumping, deleting and settling.

use super::Span;
use crate::app::message::{Action, Effect};
use crate::app::overlay::card::{self, Card};
use crate::app::overlay::jump::JumpForm;
use crate::app::overlay::question::Question;
use crate::app::overlay::settle::{Settle, Way};
use crate::app::store::Purpose;
use crate::app::{App, Overlay, Pane};
use crate::domain::differing::Unsettled;
use crate::domain::id::Id;
use crate::domain::log::LogChange;
use crate::domain::record::Entry;
use crate::domain::storage::{Act, Ask};
use crate::domain::time::Now;
use crate::domain::when;

impl App {
    pub(in crate::app) fn act_in_log(
        &mut self,
        action: Action,
        now: &Now,
        effects: &mut Vec<Effect>,
    ) {
        self.log_pane.stay_no_more();
        let reaches_far = matches!(
            action,
            Action::Bottom
                | Action::OlderDay
                | Action::NewerDay
                | Action::OlderWeek
                | Action::NewerWeek
        );
        if reaches_far {
            self.look_to_the_end();
        }
        let len = self.log_pane.len(&self.log);
        match action {
            Action::Down => self.log_pane.step(1, len),
            Action::Up => self.log_pane.step(-1, len),
            Action::PageDown => self.log_pane.page(1, len),
            Action::PageUp => self.log_pane.page(-1, len),
            Action::Top => self.log_pane.jump(false, len),
            Action::Bottom => self.log_pane.jump(true, len),
            Action::Search => {
                self.log_pane.finding = true;
                self.breathe(now);
            }
            Action::Edit(edit) if self.log_pane.finding => self.edit_find(edit, now),
            Action::Enter if self.log_pane.finding => self.log_pane.finding = false,
            Action::Enter => self.read_selected(effects),
            Action::Jump => self.overlays.push(Overlay::Jump(JumpForm::default())),
            Action::OlderDay => self.step_by(Span::Day, true),
            Action::NewerDay => self.step_by(Span::Day, false),
            Action::OlderWeek => self.step_by(Span::Week, true),
            Action::NewerWeek => self.step_by(Span::Week, false),
            Action::EditEntry => match self.log_pane.selected(&self.log) {
                Some(entry) => self.open_form_for(&entry.rec.clone(), now),
                None => self.say("There is no entry to change yet."),
            },
            Action::Delete => self.ask_to_delete(),
            Action::Settle => self.open_settle(effects),
            Action::Numbers => self.toggle_numbers(effects),
            Action::Back => self.back_in_log(),
            _ => {}
        }
    }

    /// Back undoes one thing at a time: what is looked for, then the zoom.
    fn back_in_log(&mut self) {
        if self.clear_find() {
            return;
        }
        if self.zoomed {
            self.zoomed = false;
        } else {
            self.focus = Pane::Library;
        }
    }

    fn read_selected(&mut self, effects: &mut Vec<Effect>) {
        if let Some(entry) = self.log_pane.selected(&self.log) {
            let rec = entry.rec.clone();
            if self.can_settle() {
                effects.push(Effect::Ask(Ask::Unsettled(rec.clone())));
            }
            let card = Card::new(card::Kind::Entry(rec));
            self.overlays.push(Overlay::Card(card));
        }
    }

    fn step_by(&mut self, span: Span, older: bool) {
        if !self.log_pane.step_by(span, older, &self.log) {
            let end = if older { "oldest" } else { "newest" };
            let span = match span {
                Span::Day => "day",
                Span::Week => "week",
            };
            self.say(format!("This is the {end} {span} here."));
        }
    }

    /// Goes to a typed day. What is no day stays to be mended.
    pub(in crate::app) fn jump_to(&mut self, form: JumpForm, now: &Now) {
        let today = now.wall.date_naive();
        let day = match when::parse_day(form.field.text(), today) {
            Ok(day) => day,
            Err(trouble) => {
                return self.overlays.push(Overlay::Jump(JumpForm {
                    trouble: Some(trouble),
                    ..form
                }));
            }
        };
        self.log_pane.stay_no_more();
        self.look_to_the_end();
        let reached = self.log_pane.go_to(day, &self.log);
        let words = |day| when::day_text(day, today);
        match reached {
            None => self.say("There is no entry to go to."),
            Some(reached) if reached == day => self.say(format!("Here is {}.", words(day))),
            Some(reached) if reached < day => self.say(format!(
                "Nothing on {}; the nearest before is {}.",
                words(day),
                words(reached)
            )),
            Some(reached) => self.say(format!(
                "Nothing so early; the oldest here is of {}.",
                words(reached)
            )),
        }
    }

    fn ask_to_delete(&mut self) {
        let Some(entry) = self.log_pane.selected(&self.log) else {
            return self.say("There is no entry to delete.");
        };
        let rec = entry.rec.clone();
        if self.run().is_some_and(|run| run.rec.as_ref() == Some(&rec)) {
            self.say("That session is under way[; <stop> stops it].");
        } else if self.log.is_whole() {
            self.ask(Question::Delete(rec));
        } else {
            self.say("Still reading the log; in a moment.");
        }
    }

    pub(in crate::app) fn delete(&mut self, rec: Id, effects: &mut Vec<Effect>) {
        let ticket = self.outbox.ticket(Purpose::Delete);
        effects.push(Effect::Ask(Ask::Write(ticket, Act::Delete { rec })));
    }

    /// The entry on hand: the one that is being read, or the selected one.
    fn entry_on_hand(&self) -> Option<&Entry> {
        match self.overlays.last() {
            Some(Overlay::Card(card)) => match &card.kind {
                card::Kind::Entry(rec) => self.log.find(rec),
                _ => None,
            },
            Some(_) => None,
            None => self.log_pane.selected(&self.log),
        }
    }

    /// Whether two machines disagree about the entry on hand.
    pub fn can_settle(&self) -> bool {
        let differs = |entry: &Entry| entry.marks.conflict || entry.marks.deleted_elsewhere;
        self.entry_on_hand().is_some_and(differs)
    }

    pub(in crate::app) fn open_settle(&mut self, effects: &mut Vec<Effect>) {
        let Some(entry) = self.entry_on_hand().filter(|_| self.can_settle()) else {
            return;
        };
        let rec = entry.rec.clone();
        effects.push(Effect::Ask(Ask::Unsettled(rec.clone())));
        self.overlays.push(Overlay::Settle(Settle::new(rec)));
    }

    /// Writes what was chosen; what else is to be settled stays open.
    pub(in crate::app) fn settle_one(
        &mut self,
        mut form: Settle,
        way: Way,
        effects: &mut Vec<Effect>,
    ) {
        form.leave_out(&way);
        let rec = form.rec.clone();
        if !form.ways().is_empty() {
            self.overlays.push(Overlay::Settle(form));
        }
        let purpose = match way {
            Way::Delete => Purpose::Delete,
            Way::Value(..) | Way::Keep(_) => Purpose::Settle,
        };
        for act in way.acts(rec) {
            let ticket = self.outbox.ticket(purpose);
            effects.push(Effect::Ask(Ask::Write(ticket, act)));
        }
    }

    /// What is being read or settled and is touched by a change of the log is looked up again: a version that came
    /// meanwhile must be seen before a choice ends it.
    pub(in crate::app) fn look_again_at_unsettled(
        &mut self,
        change: &LogChange,
        effects: &mut Vec<Effect>,
    ) {
        for overlay in &mut self.overlays {
            let rec = match overlay {
                Overlay::Settle(form) if change.touches(&form.rec) => {
                    form.look_again();
                    &form.rec
                }
                Overlay::Card(card) => match &card.kind {
                    card::Kind::Entry(rec) if change.touches(rec) => rec,
                    _ => continue,
                },
                _ => continue,
            };
            effects.push(Effect::Ask(Ask::Unsettled(rec.clone())));
        }
    }

    /// The versions of an entry that is to be settled.
    pub(in crate::app) fn hear_unsettled(&mut self, rec: &Id, unsettled: &Unsettled) {
        for overlay in &mut self.overlays {
            match overlay {
                Overlay::Settle(form) if form.rec == *rec => form.hear(unsettled.clone()),
                Overlay::Card(card) if card.kind == card::Kind::Entry(rec.clone()) => {
                    card.unsettled = unsettled.clone();
                }
                _ => {}
            }
        }
        if unsettled.is_empty() {
            let count = self.overlays.len();
            let is_it =
                |overlay: &Overlay| matches!(overlay, Overlay::Settle(form) if form.rec == *rec);
            self.overlays.retain(|overlay| !is_it(overlay));
            // It may have been settled here meanwhile, which says so itself.
            if self.overlays.len() < count {
                self.say("There is nothing left to settle here.");
            }
        }
    }
}
