//! What few entries have lies in drawers: none is made before something goes in, and an empty one reads like any other.
//!
//! A log of a million entries is held whole. With every field of every entry in one box it took 128 MB of boxes alone,
//! most of them holding one or two things; in drawers one behind the other it takes a third of that, and whoever reads
//! an entry need not know in which of them a field lies.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// What can lie in a drawer.
pub trait Content: Default + PartialEq + 'static {
    /// How nothing reads.
    const NOTHING: &'static Self;
}

/// A place for what is mostly not there: one word of room then.
#[derive(Clone, Default)]
pub struct Drawer<T>(Option<Box<T>>);

impl<T> Drawer<T> {
    /// Not made yet.
    pub const EMPTY: Self = Self(None);
}

impl<T: Content> Drawer<T> {
    /// Takes an empty drawer away, once `within` has done so with those behind it.
    pub fn settle(&mut self, within: impl FnOnce(&mut T)) {
        if let Some(content) = &mut self.0 {
            within(content);
            if **content == *T::NOTHING {
                self.0 = None;
            }
        }
    }
}

impl<T: Content> Deref for Drawer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::NOTHING)
    }
}

/// Makes the drawer.
impl<T: Content> DerefMut for Drawer<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Content> PartialEq for Drawer<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Content + fmt::Debug> fmt::Debug for Drawer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
