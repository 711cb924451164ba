//! A list that is mostly empty, and otherwise often the same as another entry's: one word of room, as a log holds a
//! million of them.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Reads like a slice. A copy shares its items until one of the two changes.
#[derive(Clone, PartialEq, Eq)]
pub struct List<T>(Option<Arc<Vec<T>>>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(mut items: Vec<T>) -> Self {
        items.shrink_to_fit();
        Self((!items.is_empty()).then(|| Arc::new(items)))
    }
}

impl<T> List<T> {
    /// Without items.
    pub const EMPTY: Self = Self(None);
}

impl<T: Clone> List<T> {
    /// Changes the items that are there, and keeps no more room than they need. An empty list stays empty.
    pub fn change(&mut self, change: impl FnOnce(&mut Vec<T>)) {
        if let Some(items) = &mut self.0 {
            let items = Arc::make_mut(items);
            change(items);
            items.shrink_to_fit();
            if items.is_empty() {
                self.0 = None;
            }
        }
    }

    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        Arc::make_mut(self.0.get_or_insert_default()).push(item);
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_ref().map_or(&[], |items| items.as_slice())
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: PartialEq, const N: usize> PartialEq<[T; N]> for List<T> {
    fn eq(&self, other: &[T; N]) -> bool {
        **self == *other
    }
}

impl<T: PartialEq> PartialEq<Vec<T>> for List<T> {
    fn eq(&self, other: &Vec<T>) -> bool {
        **self == **other
    }
}
