//! The mouse on the panes and on what lies over them.
//!
//! A press selects; a press on what is selected is Enter, where Enter opens or starts it. What is only pressed is never
//! saved or deleted: that is for the answers of questions and the keys in the footer, which can be pressed as well.

use std::time::Duration;

use super::message::{Action, Context, Effect, Over, Point};
use super::overlay::{Overlay, Reply};
use super::session_pane::Stage;
use super::{App, Pane};
use crate::app::insight::Tab;
use crate::domain::time::Now;

/// Rows that one step of the wheel moves.
const STEP: usize = 3;
/// How long a press is still meant for what was there before: the second one of a double click must not answer what the
/// first one brought up.
const TWICE: Duration = Duration::from_millis(300);

/// What presses meet: how many layers there are, what the top one is, and which of its questions is asked.
pub(super) type Scene = (usize, Option<Context>, usize);

impl App {
    /// What presses meet just now.
    pub(super) fn scene(&self) -> Scene {
        let top = self.overlays.last();
        let asked = match top {
            Some(Overlay::Rating(form)) => form.field as usize,
            Some(Overlay::Peg(form)) => form.asked,
            Some(Overlay::Checklist(list)) => list.part as usize,
            Some(Overlay::Settle(form)) => form.ways().len(),
            _ => 0,
        };
        let context = match top {
            // Within a form the keys move, and nothing comes up.
            Some(Overlay::CheckIn(_)) => Some(Context::CheckIn),
            Some(top) => Some(top.context()),
            None => None,
        };
        (self.overlays.len(), context, asked)
    }

    /// Notes that presses meet something else now than before.
    pub(super) fn note_scene(&mut self, before: Scene, now: &Now) {
        if before != self.scene() {
            self.press_from = now.mono + TWICE;
        }
    }

    pub(super) fn point(&mut self, point: Point, now: &Now, effects: &mut Vec<Effect>) {
        match point {
            Point::Wheel { over, down } => self.wheel(over, down, now, effects),
            _ if now.mono < self.press_from => {}
            // What lies over the panes has to be answered first.
            _ if !self.overlays.is_empty() => self.press_overlay(point, now, effects),
            _ if self.shows_floor() => {}
            Point::Pane(pane) => self.point_at_pane(pane),
            Point::Tab(place) => {
                self.point_at_pane(Pane::Log);
                let shown = self.insight_tab().map_or(0, Tab::place);
                for _ in 0..place.abs_diff(shown) {
                    self.act(turn(place > shown), now, effects);
                }
            }
            Point::Period(back) => {
                self.point_at_pane(Pane::Log);
                self.insight.point_at(back);
            }
            Point::Row(pane, at) if self.has_selected(pane, at) => {
                self.act(Action::Enter, now, effects);
            }
            Point::Row(pane, at) => {
                self.point_at_pane(pane);
                // Who takes a row has typed enough.
                match pane {
                    Pane::Library => {
                        self.library_pane.searching = false;
                        self.select_row(at);
                    }
                    Pane::Log => {
                        self.log_pane.finding = false;
                        self.log_pane.stay_no_more();
                        self.log_pane.selected = at;
                    }
                    Pane::Session => {}
                }
            }
            _ => {}
        }
    }

    /// Whether the keys are in this pane and this row is selected there.
    fn has_selected(&self, pane: Pane, at: usize) -> bool {
        let selected = match pane {
            Pane::Library => self.library_pane.selected,
            Pane::Log => self.log_pane.selected,
            Pane::Session => return false,
        };
        self.focus == pane && selected == at
    }

    fn point_at_pane(&mut self, pane: Pane) {
        self.notice = None;
        if self.focus != pane {
            self.end_own_zoom();
        }
        // Another pane's keys end what is being typed in this one, and what was found stays.
        if pane != Pane::Library {
            self.library_pane.searching = false;
        }
        if pane != Pane::Log {
            self.log_pane.finding = false;
        }
        self.focus = pane;
    }

    fn select_row(&mut self, at: usize) {
        let pane = &mut self.library_pane;
        if pane.select_row(at) && matches!(self.stage, Stage::Done(_)) {
            self.stage = Stage::Preview;
        }
    }

    /// What a press on the card on top does.
    fn press_overlay(&mut self, point: Point, now: &Now, effects: &mut Vec<Effect>) {
        // Why safety questions are asked stays until they are answered.
        if !matches!(self.overlays.last(), Some(Overlay::Checklist(_))) {
            self.notice = None;
        }
        let Some(mut overlay) = self.overlays.pop() else {
            return;
        };
        let reply = press(&mut overlay, point);
        self.take_reply(overlay, reply, now, effects);
    }

    /// The wheel moves what is under it, whichever pane has the keys.
    fn wheel(&mut self, over: Over, down: bool, now: &Now, effects: &mut Vec<Effect>) {
        let action = if down { Action::Down } else { Action::Up };
        match over {
            Over::Pane(pane) if self.overlays.is_empty() && !self.shows_floor() => {
                let focus = std::mem::replace(&mut self.focus, pane);
                for _ in 0..STEP {
                    self.act_on_pane(action, now, effects);
                }
                self.focus = focus;
            }
            Over::Pane(_) => {}
            Over::Card | Over::Fields => match self.overlays.last_mut() {
                // A text by a few rows, a choice by one.
                Some(Overlay::Card(_)) => {
                    for _ in 0..STEP {
                        self.act(action, now, effects);
                    }
                }
                Some(
                    Overlay::Filter(_)
                    | Overlay::Checklist(_)
                    | Overlay::Suggest(_)
                    | Overlay::Settle(_),
                ) => self.act(action, now, effects),
                Some(Overlay::CheckIn(_)) => self.wheel_form(over, down, now, effects),
                _ => {}
            },
        }
    }

    fn wheel_form(&mut self, over: Over, down: bool, now: &Now, effects: &mut Vec<Effect>) {
        let Some(Overlay::CheckIn(mut form)) = self.overlays.pop() else {
            return;
        };
        let reply = match over {
            Over::Fields => form.wheel_fields(down),
            _ => form.wheel(down),
        };
        self.take_reply(Overlay::CheckIn(form), reply, now, effects);
    }
}

/// What a card says to a press.
fn press(overlay: &mut Overlay, point: Point) -> Reply {
    match (overlay, point) {
        (Overlay::Rating(form), Point::Field(at)) => form.press(at),
        (Overlay::Rating(form), Point::Rate(at, value)) => form.rate(at, value),
        (Overlay::Peg(form), Point::Field(at)) => form.press(at),
        (Overlay::Peg(form), Point::Rate(at, value)) => form.rate(at, value),
        (Overlay::Filter(form), Point::Field(at)) => form.press(at),
        (Overlay::Suggest(form), Point::Field(at)) => form.press(at),
        (Overlay::Settle(form), Point::Field(at)) => form.press(at),
        (Overlay::Question(asked), Point::Field(at)) => asked.press(at),
        (Overlay::Checklist(list), Point::Field(at)) => list.press(at),
        (Overlay::CheckIn(form), Point::Field(at)) => form.press(at),
        (Overlay::CheckIn(form), Point::Rate(at, value)) => form.press_number(at, value),
        (Overlay::CheckIn(form), Point::Item(at)) => form.press_item(at),
        (Overlay::CheckIn(form), Point::Place { at, side, on_map }) => {
            form.press_place(at, side, on_map)
        }
        (Overlay::CheckIn(form), Point::Cursor(at)) => form.press_text(at),
        (Overlay::Jump(form), Point::Cursor(at)) => {
            form.field.set_cursor(at);
            Reply::Stay
        }
        _ => Reply::Stay,
    }
}

fn turn(right: bool) -> Action {
    if right { Action::Right } else { Action::Left }
}
