//! The 0 to 10 numeric rating scale of pain, stress and tightness (M3).

use std::fmt;
use std::num::NonZeroU8;

/// One answer on a numeric rating scale: a whole number from 0 to 10.
///
/// Kept one higher, so that no answer takes no more room than an answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scale(NonZeroU8);

impl Scale {
    /// The largest answer.
    pub const MAX: u8 = 10;

    /// `None` above 10.
    pub fn new(value: u8) -> Option<Self> {
        let kept = NonZeroU8::new(value.checked_add(1)?)?;
        (value <= Self::MAX).then_some(Self(kept))
    }

    /// 0 to 10.
    pub fn get(self) -> u8 {
        self.0.get() - 1
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl fmt::Debug for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Scale").field(&self.get()).finish()
    }
}

/// Reads an answer as a person types it. The error says what was typed and what the scale is.
impl std::str::FromStr for Scale {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.trim()
            .parse::<u8>()
            .ok()
            .and_then(Self::new)
            .ok_or_else(|| {
                format!("'{text}' is not on the scale: give a whole number from 0 to 10")
            })
    }
}

/// A change from before to after, in words: 'pain 2 lower', 'stress the same' (G.1).
pub fn change_text(what: &str, before: Scale, after: Scale) -> String {
    match i16::from(after.get()) - i16::from(before.get()) {
        0 => format!("{what} the same"),
        n if n < 0 => format!("{what} {} lower", -n),
        n => format!("{what} {n} higher"),
    }
}
