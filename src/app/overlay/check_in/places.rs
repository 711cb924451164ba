//! Choosing places of the body, each on the left, the right or both: in a list, and by arrow keys on the body map.

use std::cell::Cell;

use super::words::{jumped, moved};
use crate::app::message::Action;
use crate::domain::back_map::{self, Way};
use crate::domain::vocabulary::PlaceSide;

/// A place that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// As the log names it.
    pub id: String,
    /// In words.
    pub label: String,
    /// In the middle: without sides.
    pub midline: bool,
}

/// Places and which of them hold.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Everything that can be chosen, what this person used most first.
    pub offered: Vec<Spot>,
    /// What holds, as the log writes it: `belt-line:left`, `sacrum`.
    pub chosen: Vec<String>,
    /// The row that the keys act on.
    pub selected: usize,
    /// On the right, as against the left.
    pub on_right: bool,
    /// Whether the arrows move on the body map; `None`: these places are not on one.
    pub on_map: Option<bool>,
    /// The first one shown; kept by the drawing.
    pub top: Cell<usize>,
}

impl Places {
    /// These places; what the entry says and no list knows is offered besides, as it stands.
    pub fn new(mut offered: Vec<Spot>, chosen: &[String], has_map: bool) -> Self {
        for place in chosen {
            let id = split(place).0;
            if offered.iter().all(|spot| spot.id != id) {
                offered.push(Spot {
                    id: id.to_owned(),
                    label: id.to_owned(),
                    midline: false,
                });
            }
        }
        Self {
            offered,
            chosen: chosen.to_vec(),
            on_map: has_map.then_some(false),
            ..Self::default()
        }
    }

    /// The side that the keys act on.
    pub fn side(&self) -> PlaceSide {
        if self.on_right {
            PlaceSide::Right
        } else {
            PlaceSide::Left
        }
    }

    /// Whether the arrows move on the body map.
    pub fn is_on_map(&self) -> bool {
        self.on_map == Some(true)
    }

    /// The keys act on the list.
    pub(super) fn leave_map(&mut self) {
        self.on_map = self.on_map.map(|_| false);
    }

    /// The place that the keys act on.
    pub fn spot(&self) -> Option<&Spot> {
        self.offered.get(self.selected)
    }

    /// Whether a place holds on the left and on the right; and whether it holds with no side, or one that is not known.
    pub fn sides(&self, id: &str) -> (bool, bool, bool) {
        let mut found = (false, false, false);
        for (known, side) in self.chosen.iter().map(|place| split(place)) {
            if known == id {
                match side {
                    Some("left") => found.0 = true,
                    Some("right") => found.1 = true,
                    Some("both") => (found.0, found.1) = (true, true),
                    _ => found.2 = true,
                }
            }
        }
        found
    }

    /// Takes a key.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Mark => self.toggle(),
            Action::Both => self.toggle_both(),
            Action::Clear => self.set(None, false),
            _ if self.is_on_map() => self.move_on_map(action),
            Action::Left => self.on_right = false,
            Action::Right => self.on_right = true,
            other => self.selected = moved(self.selected, self.offered.len(), other),
        }
    }

    /// To the next place that begins with this letter.
    pub fn jump(&mut self, letter: char) {
        let labels: Vec<&str> = self.offered.iter().map(|spot| &*spot.label).collect();
        self.selected = jumped(self.selected, &labels, letter);
    }

    fn move_on_map(&mut self, action: Action) {
        let way = match action {
            Action::Up => Way::Up,
            Action::Down => Way::Down,
            Action::Left => Way::Left,
            Action::Right => Way::Right,
            _ => return,
        };
        let id = self.spot().map_or("", |spot| spot.id.as_str());
        let (id, side) = back_map::step(id, self.side(), way);
        if let Some(at) = self.offered.iter().position(|spot| spot.id == id) {
            self.selected = at;
            self.on_right = side == PlaceSide::Right;
        }
    }

    fn toggle(&mut self) {
        let Some(spot) = self.spot() else {
            return;
        };
        let (left, right, bare) = self.sides(&spot.id);
        if spot.midline {
            return self.set(None, !(left || right || bare));
        }
        let (left, right) = if self.on_right {
            (left, !right)
        } else {
            (!left, right)
        };
        self.set_sides(left, right);
    }

    fn toggle_both(&mut self) {
        let Some(spot) = self.spot() else {
            return;
        };
        let (left, right, bare) = self.sides(&spot.id);
        if spot.midline {
            self.set(None, !(left || right || bare));
        } else {
            let on = !(left && right);
            self.set_sides(on, on);
        }
    }

    fn set_sides(&mut self, left: bool, right: bool) {
        let side = match (left, right) {
            (true, true) => Some(PlaceSide::Both),
            (true, false) => Some(PlaceSide::Left),
            (false, true) => Some(PlaceSide::Right),
            (false, false) => None,
        };
        self.set(side, left || right);
    }

    /// The selected place with this side, in the place of whatever was said of it; or not at all.
    fn set(&mut self, side: Option<PlaceSide>, on: bool) {
        let Some(id) = self.spot().map(|spot| spot.id.clone()) else {
            return;
        };
        let is_it = |place: &String| split(place).0 == id;
        let at = self.chosen.iter().position(is_it);
        self.chosen.retain(|place| split(place).0 != id);
        if on {
            let at = at.unwrap_or(self.chosen.len()).min(self.chosen.len());
            let place = match side {
                Some(side) => format!("{id}:{}", side.word()),
                None => id,
            };
            self.chosen.insert(at, place);
        }
    }
}

fn split(place: &str) -> (&str, Option<&str>) {
    match place.split_once(':') {
        Some((id, side)) => (id, Some(side)),
        None => (place, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(chosen: &[&str]) -> Places {
        let spot = |id: &str| Spot {
            id: id.into(),
            label: id.replace('-', " "),
            midline: id == "sacrum",
        };
        let offered = ["belt-line", "sacrum", "calf", "pelvis-rim"].map(spot);
        let chosen: Vec<String> = chosen.iter().map(|&place| place.into()).collect();
        Places::new(offered.to_vec(), &chosen, true)
    }

    #[test]
    fn left_and_right_together_are_both_and_come_apart_again() {
        let mut list = places(&["calf:left"]);
        for (action, expected) in [
            (Action::Mark, "belt-line:left"),
            (Action::Right, "belt-line:left"),
            (Action::Mark, "belt-line:both"),
            (Action::Left, "belt-line:both"),
            (Action::Mark, "belt-line:right"),
        ] {
            list.act(action);
            assert_eq!(list.chosen, ["calf:left", expected]);
        }
        list.act(Action::Clear);
        assert_eq!(list.chosen, ["calf:left"]);
    }

    #[test]
    fn a_place_in_the_middle_has_no_side() {
        let mut list = places(&[]);
        list.act(Action::Down);
        list.act(Action::Mark);
        assert_eq!(list.chosen, ["sacrum"]);
        list.act(Action::Both);
        assert!(list.chosen.is_empty());
    }

    #[test]
    fn the_map_goes_from_the_left_over_the_spine_to_the_right() {
        let mut list = places(&[]);
        list.on_map = Some(true);
        list.act(Action::Mark);
        list.act(Action::Left);
        assert_eq!(list.spot().map(|spot| &*spot.id), Some("pelvis-rim"));
        list.act(Action::Right);
        list.act(Action::Right);
        list.act(Action::Mark);
        assert_eq!(list.chosen, ["belt-line:both"]);
    }

    #[test]
    fn what_no_list_knows_stays_as_it_stands() {
        let mut list = places(&["elbow:left", "calf"]);
        list.act(Action::Mark);
        assert_eq!(list.chosen, ["elbow:left", "calf", "belt-line:left"]);
        assert_eq!(list.sides("calf"), (false, false, true));
        assert_eq!(list.offered.last().map(|spot| &*spot.id), Some("elbow"));
    }
}
