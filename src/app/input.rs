//! Hands a key, a letter or a pasted text to what has the keys: the overlay on top, or the focused pane.

use super::message::{Action, Context, Effect, Msg};
use super::overlay::question::Question;
use super::overlay::{Overlay, Reply, card};
use super::{App, Pane, READABLE, Wanted};
use crate::domain::time::Now;

impl App {
    pub(super) fn act(&mut self, action: Action, now: &Now, effects: &mut Vec<Effect>) {
        self.notice = None;
        match action {
            Action::QuitNow => self.leave_now(130, now, effects),
            Action::Suspend => self.suspend(now, effects),
            Action::Repaint => effects.push(Effect::Repaint),
            Action::Help => self.open_card(card::Kind::Help),
            Action::Emergency => {
                self.pause(now, effects);
                self.open_card(card::Kind::Emergency);
            }
            _ => match self.overlays.pop() {
                Some(mut overlay) => {
                    let reply = match &mut overlay {
                        Overlay::Card(card) => card.act(action),
                        Overlay::Rating(rating) => rating.act(action),
                        Overlay::CheckIn(form) => form.act(action),
                        Overlay::Filter(form) => form.act(action),
                        Overlay::Question(question) => question.act(action),
                        Overlay::Checklist(list) => list.act(action),
                        Overlay::Suggest(form) => form.act(action),
                        Overlay::Jump(form) => form.act(action),
                        Overlay::Settle(form) => form.act(action),
                        Overlay::Peg(form) => form.act(action),
                    };
                    if let Overlay::Filter(form) = &overlay {
                        self.library_pane.filter = form.filter.clone();
                        self.library_pane.refresh(&self.library);
                    }
                    if let Overlay::Suggest(form) = &overlay {
                        self.wish = form.to_remember();
                        if action == Action::Enqueue {
                            self.enqueue_suggestion(form);
                        }
                    }
                    let opens_answers = action == Action::Answers;
                    self.take_reply(overlay, reply, now, effects);
                    if opens_answers {
                        self.open_answers();
                    }
                    if action == Action::Settle {
                        self.open_settle(effects);
                    }
                    self.suggest_anew(now);
                }
                None if self.shows_floor() => self.act_on_floor(action, now, effects),
                None => self.act_on_pane(action, now, effects),
            },
        }
    }

    pub(super) fn insert(&mut self, text: &str, now: &Now, effects: &mut Vec<Effect>) {
        // Why a question was asked stays as long as it is answered by letters.
        if !matches!(self.overlays.last(), Some(Overlay::Checklist(_))) {
            self.notice = None;
        }
        match self.overlays.pop() {
            Some(mut overlay) => {
                let reply = match &mut overlay {
                    Overlay::CheckIn(form) => form.insert(text),
                    Overlay::Jump(form) => form.insert(text),
                    Overlay::Settle(form) => {
                        text.chars().next().map_or(Reply::Stay, |c| form.letter(c))
                    }
                    Overlay::Checklist(list) => text
                        .chars()
                        .next()
                        .map_or(Reply::Stay, |c| list.type_letter(c)),
                    Overlay::Question(question) => text
                        .chars()
                        .next()
                        .map_or(Reply::Stay, |c| question.letter(c)),
                    _ => Reply::Stay,
                };
                self.take_reply(overlay, reply, now, effects);
            }
            None if self.context() == Context::Search && self.focus == Pane::Log => {
                self.type_find(text, now);
            }
            None if self.context() == Context::Search => self.type_search(text),
            None => {}
        }
    }

    /// Text, never commands: it goes into the field that has the keys, or nowhere.
    pub(super) fn paste(&mut self, text: &str, now: &Now, effects: &mut Vec<Effect>) {
        match self.context() {
            // What takes one line makes a break a blank itself; among tags it ends one.
            Context::Note | Context::FormLine => self.insert(
                &text.replace("\r\n", "\n").replace('\r', "\n"),
                now,
                effects,
            ),
            Context::Search | Context::Jump => {
                self.insert(&text.replace(['\r', '\n', '\t'], " "), now, effects);
            }
            // A key is a key, however it came.
            Context::Floor => self.act_on_floor(Action::AnyKey, now, effects),
            _ => {}
        }
    }

    /// Puts an overlay back or carries its answer out.
    pub(super) fn take_reply(
        &mut self,
        overlay: Overlay,
        reply: Reply,
        now: &Now,
        effects: &mut Vec<Effect>,
    ) {
        match reply {
            Reply::Stay => {
                self.overlays.push(overlay);
                self.offer_often();
            }
            Reply::Refused(why) => {
                self.overlays.push(overlay);
                self.warn(why);
            }
            Reply::Close => match overlay {
                Overlay::Rating(_) => self.ready = None,
                Overlay::Checklist(_) => {
                    self.wanted = Wanted::default();
                    self.before = None;
                    self.say("Later, then: everything can be read, nothing started.");
                }
                _ => {}
            },
            Reply::Done(answer) => self.carry_out(answer, now, effects),
        }
    }

    /// Whether a key was meant for what was there before the question on top came up by itself.
    pub(super) fn is_deaf(&mut self, msg: &Msg, now: &Now) -> bool {
        // Questions that have no room to be read must not be answered blindly.
        let is_tiny = self.size.0 < READABLE.0 || self.size.1 < READABLE.1;
        let is_list = matches!(self.overlays.last(), Some(Overlay::Checklist(_)));
        if is_tiny && is_list {
            let leaves = matches!(
                msg,
                Msg::Do(Action::Back | Action::QuitNow | Action::Suspend | Action::Repaint)
            );
            return !leaves;
        }
        if self.floor.is_deaf(msg, now) {
            return true;
        }
        let unasked = matches!(
            self.overlays.last(),
            Some(Overlay::Question(Question::CutOff(..)))
        );
        let always = matches!(
            msg,
            Msg::Do(Action::QuitNow | Action::Suspend | Action::Repaint | Action::Emergency)
        );
        unasked && !always && now.mono < self.deaf_until
    }
}
