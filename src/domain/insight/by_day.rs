//! Something for each day, found at once: entries come by their moments, so the day is mostly that of the one before.

use std::collections::HashMap;

use chrono::NaiveDate;

/// One `T` for each day that was asked for.
#[derive(Debug, Default)]
pub(super) struct ByDay<T> {
    index: HashMap<NaiveDate, usize>,
    days: Vec<T>,
    last: Option<(NaiveDate, usize)>,
}

impl<T: Default> ByDay<T> {
    /// Where the one of this day stands; a new one where there was none.
    pub fn at(&mut self, day: NaiveDate) -> usize {
        match self.last {
            Some((last, at)) if last == day => at,
            _ => {
                let next = self.days.len();
                let at = *self.index.entry(day).or_insert(next);
                if at == next {
                    self.days.push(T::default());
                }
                self.last = Some((day, at));
                at
            }
        }
    }

    /// The one that stands there, to be changed.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.days.get_mut(at)
    }

    /// The one that stands there.
    pub fn get(&self, at: usize) -> Option<&T> {
        self.days.get(at)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.days.iter()
    }
}
