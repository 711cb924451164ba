//! What becomes of open forms when the program is left at once, by Ctrl-C or a signal: what was typed is kept as far as it
//! can be, and every bit of it is told of.

use super::App;
use super::edit::after;
use super::message::Effect;
use super::overlay::Overlay;
use super::overlay::check_in::CheckIn;
use super::overlay::question::Question;
use crate::domain::record::{Kind, change};
use crate::domain::storage::{Act, Ticket};
use crate::domain::time::Now;

/// Why what was typed was not saved.
pub(super) const GONE: &str = "its entry was deleted elsewhere";
const TIME_ALONE: &str = "a time alone is no entry";
const NOTHING_LEFT: &str = "it would leave an entry that says nothing";
const NO_ROOM: &str = "it could not be read, and the note has no room for it";

impl App {
    /// We leave at once, asked by nobody or by Ctrl-C: what was typed in a form so far is kept, even behind the question
    /// whether to leave it, which was not answered yet. Undoing it is one command; typing it again is not.
    pub(super) fn keep_open_forms(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        for overlay in std::mem::take(&mut self.overlays) {
            match overlay {
                Overlay::CheckIn(form) | Overlay::Question(Question::LeaveForm(form)) => {
                    if form.is_touched() {
                        self.keep_form(form, now, effects);
                    }
                }
                other => self.overlays.push(other),
            }
        }
    }

    fn keep_form(&mut self, form: Box<CheckIn>, now: &Now, effects: &mut Vec<Effect>) {
        if form.rec.is_none() && form.is_empty() && !form.is_typing_a_tag() {
            return Self::say_lost(&form, TIME_ALONE, effects);
        }
        if form.is_gone && form.kind == Kind::Unknown {
            return Self::say_lost(&form, GONE, effects);
        }
        let mut fit = form.clone();
        let (act, aside) = self.made_fit(&mut fit, now);
        let (noted, lost): (Vec<_>, Vec<_>) = aside.into_iter().partition(|(_, noted)| *noted);
        for (words, _) in lost {
            effects.push(not_saved(NO_ROOM, words));
        }
        let Some(act) = act else {
            return;
        };
        let before = form.known.clone().filter(|_| !form.is_gone);
        if let Some(before) = before {
            let after = after(&fit, &act);
            if change::says_nothing(&after) {
                return Self::say_lost(&form, NOTHING_LEFT, effects);
            }
            let raised = self.raised_by(Some(&before), &after, now);
            self.remember_raised(&raised, now, effects);
        }
        let what = fit.in_short(!self.log_pane.numbers_hidden);
        let what = if fit.is_gone {
            format!("{what}, as a new entry, since the other was deleted elsewhere")
        } else {
            what
        };
        let mut said = vec![format!(
            "saved what was typed: {what}; 'unkink undo' takes it back"
        )];
        let noted = noted.into_iter();
        said.extend(noted.map(|(words, _)| format!("not readable, so put into the note: {words}")));
        let ticket = self.write(form, act, effects);
        // Of made-up entries nothing is saved.
        if !self.demo {
            self.kept.push((ticket, said));
        }
    }

    /// What the form comes to without what cannot be written, which goes into its note; each bit of that, and whether the
    /// note had room for it.
    fn made_fit(&self, form: &mut CheckIn, now: &Now) -> (Option<Act>, Vec<(String, bool)>) {
        let mut aside = form.settle_tags_or_hand_back();
        form.sort_tags(self.library.vocabulary());
        // Each mistake takes one field out.
        for _ in 0..=form.rows.len() {
            if self.act_of(form, now).is_ok() {
                break;
            }
            // It has the keys now.
            aside.extend(form.leave_out());
        }
        let aside = aside.into_iter();
        let aside = aside.map(|words| {
            let noted = form.note_down(&words);
            (words, noted)
        });
        let aside = aside.collect();
        (self.act_of(form, now).ok().flatten(), aside)
    }

    /// A form that was kept as we left is saved.
    pub(super) fn say_kept(&mut self, ticket: Ticket, effects: &mut Vec<Effect>) {
        if let Some(place) = self.kept.iter().position(|(open, _)| *open == ticket) {
            let (_, lines) = self.kept.remove(place);
            effects.extend(lines.into_iter().map(|line| Effect::Say(line, None)));
        }
    }

    /// Whether this was written as we left.
    pub(super) fn was_kept(&self, ticket: Ticket) -> bool {
        self.kept.iter().any(|(open, _)| *open == ticket)
    }

    /// What was typed is not saved: it is told in full.
    pub(super) fn say_lost(form: &CheckIn, why: &str, effects: &mut Vec<Effect>) {
        let typed = form.in_full();
        if !typed.is_empty() {
            effects.push(not_saved(why, typed));
        }
    }
}

fn not_saved(why: &str, typed: String) -> Effect {
    let line = format!("not saved: what was typed: {why}; this was to be kept:");
    Effect::Say(line, Some(typed))
}
