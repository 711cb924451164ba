//! What lies where on the screen for a mouse: recorded while the screen is drawn, so that a click meets what is seen.

use std::cell::RefCell;

use ratatui::layout::Rect;

use crate::app::message::{Msg, Point};

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// The first button was pressed.
    Press,
    /// The wheel was turned away from the hand.
    WheelUp,
    /// The wheel was turned towards the hand.
    WheelDown,
}

/// What lies where; the last recorded is on top.
#[derive(Debug, Default)]
pub struct Zones(RefCell<Vec<(Rect, Msg)>>);

impl Zones {
    /// A press here means this.
    pub fn add(&self, area: Rect, msg: Msg) {
        self.0.borrow_mut().push((area, msg));
    }

    /// What was recorded lies behind something now.
    pub fn cover(&self) {
        self.0.borrow_mut().clear();
    }

    /// What the pointer means at this column and row.
    pub fn at(&self, (column, row): (u16, u16), pointer: Pointer) -> Option<Msg> {
        let zones = self.0.borrow();
        let mut here = zones.iter().rev().filter(|(area, _)| {
            (area.x..area.right()).contains(&column) && (area.y..area.bottom()).contains(&row)
        });
        let is_wheel = |msg: &Msg| matches!(msg, Msg::Point(Point::Wheel { .. }));
        match pointer {
            Pointer::Press => here
                .find(|(_, msg)| !is_wheel(msg))
                .map(|(_, msg)| msg.clone()),
            Pointer::WheelUp | Pointer::WheelDown => {
                let down = pointer == Pointer::WheelDown;
                let found = here.find_map(|(_, msg)| match msg {
                    Msg::Point(Point::Wheel { over, .. }) => Some(*over),
                    _ => None,
                });
                found.map(|over| Msg::Point(Point::Wheel { over, down }))
            }
        }
    }
}
