//! The library's filters: position, tool at hand, minutes, what it is good for. Each change shows at once.

use super::Reply;
use crate::app::message::Action;
use crate::domain::library::Library;
use crate::domain::search::Filter;

/// The minutes that can be chosen.
pub const MINUTES: [u32; 6] = [2, 3, 5, 10, 15, 20];

/// The rows of the form.
pub const FIELDS: [&str; 5] = [
    "position",
    "tool at hand",
    "minutes",
    "good for",
    "what is off",
];

/// The filters on the screen.
#[derive(Debug, Clone)]
pub struct FilterForm {
    /// The row that has the keys.
    pub field: usize,
    /// The filters as they stand.
    pub filter: Filter,
    /// Values to choose from: positions, tools, purposes.
    choices: [Vec<String>; 3],
}

impl FilterForm {
    /// Over the tags that occur in the library.
    pub fn new(filter: Filter, library: &Library) -> Self {
        let words = library.filter_words();
        let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        let choices = [
            owned(words.position),
            owned(words.tool),
            owned(words.purpose),
        ];
        Self {
            field: 0,
            filter,
            choices,
        }
    }

    /// The value of a row in words; `None`: any.
    pub fn value(&self, field: usize) -> Option<String> {
        match field {
            0 => self.filter.position.first().cloned(),
            1 => self.filter.tool.first().cloned(),
            2 => self
                .filter
                .minutes
                .map(|minutes| format!("{minutes} at most")),
            3 => self.filter.purpose.first().cloned(),
            _ => self.filter.allowed.then(|| "hidden".to_owned()),
        }
    }

    /// Takes a key. The caller applies [`FilterForm::filter`] after each.
    pub fn act(&mut self, action: Action) -> Reply {
        match action {
            Action::Up | Action::PreviousField => self.field = self.field.saturating_sub(1),
            Action::Down | Action::NextField => self.field = (self.field + 1).min(FIELDS.len() - 1),
            Action::Left => self.turn(-1),
            Action::Right => self.turn(1),
            Action::Clear => self.filter = Filter::default(),
            Action::Back | Action::Enter => return Reply::Close,
            _ => {}
        }
        Reply::Stay
    }

    /// This row was pressed: it gets the keys.
    pub fn press(&mut self, row: usize) -> Reply {
        self.field = row.min(FIELDS.len() - 1);
        Reply::Stay
    }

    fn turn(&mut self, by: isize) {
        let [positions, tools, purposes] = &self.choices;
        let turned = |values: &[String], current: &[String]| {
            next(values, current.first(), by).into_iter().collect()
        };
        match self.field {
            0 => self.filter.position = turned(positions, &self.filter.position),
            1 => self.filter.tool = turned(tools, &self.filter.tool),
            2 => self.filter.minutes = next(&MINUTES, self.filter.minutes.as_ref(), by),
            3 => self.filter.purpose = turned(purposes, &self.filter.purpose),
            _ => self.filter.allowed = !self.filter.allowed,
        }
    }
}

/// The neighbour in a circle of 'any' and the values.
pub(super) fn next<T: Clone + PartialEq>(
    values: &[T],
    current: Option<&T>,
    by: isize,
) -> Option<T> {
    let place = current
        .and_then(|value| values.iter().position(|known| known == value))
        .map_or(0, |at| at + 1);
    let circle = values.len().cast_signed() + 1;
    let place = (place.cast_signed() + by)
        .rem_euclid(circle)
        .cast_unsigned();
    place.checked_sub(1).map(|at| values[at].clone())
}
