//! (being written)
use std::borrow::Cow;
/// For one line.
pub fn line(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}
