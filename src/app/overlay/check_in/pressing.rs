//! The mouse in the form: a press on a field, on a value of the one that has the keys, and the wheel over either.

use super::field::Field;
use super::row::Value;
use super::{CheckIn, Reply};
use crate::app::message::{Action, Edit};
use crate::domain::scale::Scale;
use crate::domain::vocabulary::PlaceSide;

impl CheckIn {
    /// This field was pressed: it gets the keys, and of one with a map its list.
    pub fn press(&mut self, at: usize) -> Reply {
        if at >= self.rows.len() {
            return Reply::Stay;
        }
        if let Err(why) = self.settle_tags() {
            return Reply::Refused(why);
        }
        self.enter(at, false);
        Reply::Stay
    }

    /// A number on the scale of this field was pressed. It stays there: a number at the same place of the next scale must
    /// not be hit by a press too many.
    pub fn press_number(&mut self, at: usize, value: u8) -> Reply {
        let reply = self.press(at);
        if at == self.at
            && let Value::Scale(scale) = &mut self.row_mut().value
        {
            *scale = Scale::new(value);
            self.row_mut().odd = None;
        }
        reply
    }

    /// A row in the field that has the keys was pressed: what it offers is chosen, or no longer.
    pub fn press_item(&mut self, at: usize) -> Reply {
        if self.is_part_on_hand(at) && self.add_part() {
            return Reply::Stay;
        }
        let pressed = match &mut self.row_mut().value {
            Value::Words(words) => {
                words.selected = at.min(words.offered.len().saturating_sub(1));
                return self.act_on_row(Action::Mark);
            }
            Value::Places(places) => {
                places.selected = at.min(places.offered.len().saturating_sub(1));
                places.leave_map();
                return Reply::Stay;
            }
            Value::Pick(pick) => {
                pick.take(at);
                Ok(())
            }
            Value::Tags(tags) => tags.take(at),
            Value::Part(part) => {
                part.done = !part.done;
                Ok(())
            }
            _ => return Reply::Stay,
        };
        self.row_mut().odd = None;
        pressed.map_or_else(Reply::Refused, |()| Reply::Stay)
    }

    /// Whether this row is the technique that Enter would add as a part.
    fn is_part_on_hand(&self, at: usize) -> bool {
        let row = self.row();
        match &row.value {
            Value::Pick(pick) if row.field == Field::MorePart => {
                let pressed = pick.matching().nth(at);
                pressed.is_some() && pressed == pick.last()
            }
            _ => false,
        }
    }

    /// A side of a place was pressed, in the list or on the map.
    pub fn press_place(&mut self, at: usize, side: PlaceSide, on_map: bool) -> Reply {
        let Value::Places(places) = &mut self.row_mut().value else {
            return Reply::Stay;
        };
        if at >= places.offered.len() {
            return Reply::Stay;
        }
        places.selected = at;
        places.on_right = side == PlaceSide::Right;
        if let Some(map) = &mut places.on_map {
            *map = on_map;
        }
        self.act_on_row(Action::Mark)
    }

    /// The text being typed was pressed before this byte.
    pub fn press_text(&mut self, at: usize) -> Reply {
        match &mut self.row_mut().value {
            Value::Line(line) => line.set_cursor(at),
            Value::Tags(tags) => tags.typed.set_cursor(at),
            Value::Pick(pick) => pick.typed.set_cursor(at),
            Value::Part(part) => part.times.set_cursor(at),
            Value::Note(note) => note.set_cursor(at),
            _ => {}
        }
        Reply::Stay
    }

    /// The wheel over the list of fields: to the one beside it.
    pub fn wheel_fields(&mut self, down: bool) -> Reply {
        let last = self.rows.len().saturating_sub(1);
        let to = if down {
            (self.at + 1).min(last)
        } else {
            self.at.saturating_sub(1)
        };
        if to == self.at {
            return Reply::Stay;
        }
        self.press(to)
    }

    /// The wheel over the field that has the keys: it moves in a list or a text, and changes no value.
    pub fn wheel(&mut self, down: bool) -> Reply {
        let (action, edit) = if down {
            (Action::Down, Edit::Down)
        } else {
            (Action::Up, Edit::Up)
        };
        match &mut self.row_mut().value {
            Value::Places(places) if places.is_on_map() => {}
            Value::Words(_) | Value::Places(_) => return self.act_on_row(action),
            Value::Pick(pick) => pick.look_along(action),
            Value::Note(note) => note.edit(edit),
            _ => {}
        }
        Reply::Stay
    }
}
