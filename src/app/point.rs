//! The mouse on the panes and on what lies over them.

use super::message::{Action, Effect, Point};
use super::overlay::Overlay;
use super::overlay::rating::Field;
use super::session_pane::Stage;
use super::{App, Pane};
use crate::app::insight::Tab;
use crate::domain::time::Now;

/// Rows that one step of the wheel moves.
const STEP: usize = 3;

impl App {
    pub(super) fn point(&mut self, point: Point, now: &Now, effects: &mut Vec<Effect>) {
        match point {
            Point::Field(at) => self.point_at_field(at),
            Point::Rate(place, value) => {
                let field = if place == 0 {
                    Field::Pain
                } else {
                    Field::Stress
                };
                if let Some(Overlay::Rating(form)) = self.overlays.last_mut() {
                    form.field = field;
                    self.act(Action::Rate(value), now, effects);
                }
            }
            Point::Wheel { pane, down } => self.wheel(pane, down, now, effects),
            // What lies over the panes has to be answered first.
            _ if !self.overlays.is_empty() || self.shows_floor() => {}
            Point::Pane(pane) => self.point_at_pane(pane),
            Point::Tab(place) => {
                self.point_at_pane(Pane::Log);
                let shown = self.insight_tab().map_or(0, Tab::place);
                for _ in 0..place.abs_diff(shown) {
                    self.act(turn(place > shown), now, effects);
                }
            }
            Point::Row(pane, at) => {
                self.point_at_pane(pane);
                match pane {
                    Pane::Library => self.select_row(at),
                    Pane::Log => self.log_pane.selected = at,
                    Pane::Session => {}
                }
            }
        }
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

    fn point_at_field(&mut self, at: usize) {
        self.notice = None;
        match self.overlays.last_mut() {
            Some(Overlay::Filter(form)) => form.field = at,
            Some(Overlay::Suggest(form)) => form.row = at,
            Some(Overlay::Settle(form)) => form.chosen = at,
            _ => {}
        }
    }

    /// The wheel moves what is under it, whichever pane has the keys.
    fn wheel(&mut self, pane: Option<Pane>, down: bool, now: &Now, effects: &mut Vec<Effect>) {
        let action = if down { Action::Down } else { Action::Up };
        match pane {
            None => {
                let moves = matches!(
                    self.overlays.last(),
                    Some(
                        Overlay::Card(_)
                            | Overlay::Filter(_)
                            | Overlay::Checklist(_)
                            | Overlay::Suggest(_)
                            | Overlay::Settle(_)
                    )
                );
                // A text by a few rows, a choice by one.
                let is_text = matches!(self.overlays.last(), Some(Overlay::Card(_)));
                for _ in 0..if is_text { STEP } else { usize::from(moves) } {
                    self.act(action, now, effects);
                }
            }
            Some(pane) if self.overlays.is_empty() && !self.shows_floor() => {
                let focus = std::mem::replace(&mut self.focus, pane);
                for _ in 0..STEP {
                    self.act_on_pane(action, now, effects);
                }
                self.focus = focus;
            }
            Some(_) => {}
        }
    }
}

fn turn(right: bool) -> Action {
    if right { Action::Right } else { Action::Left }
}
