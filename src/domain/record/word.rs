//! A text that many entries have in common, such as a technique's slug: one word of room.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Reads like a text. A copy shares it.
#[derive(Clone, PartialEq, Eq)]
pub struct Word(Arc<Box<str>>);

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self(Arc::new(text.into()))
    }
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
