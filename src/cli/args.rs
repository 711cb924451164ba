//! What several commands take: ratings, words of a list, names of the library.

use std::str::FromStr;

use super::out::Fail;
use crate::domain::library::Library;
use crate::domain::scale::Scale;

/// A rating as typed: 0 to 10, or `-` for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rating {
    /// Not rated.
    None,
    /// 0 to 10.
    Given(Scale),
}

impl Rating {
    /// The value, if one was given.
    pub fn value(self) -> Option<Scale> {
        match self {
            Self::None => None,
            Self::Given(scale) => Some(scale),
        }
    }
}

impl FromStr for Rating {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "-" => Ok(Self::None),
            _ => text.parse().map(Self::Given),
        }
    }
}

/// The error for a name that the library does not have: what was typed and the nearest names.
pub fn unknown(what: &str, typed: &str, library: &Library) -> Fail {
    let near = library.nearest(typed);
    let hint = if near.is_empty() {
        "'unkink list' names them all".to_owned()
    } else {
        let quoted: Vec<String> = near.iter().map(|name| format!("'{name}'")).collect();
        format!("did you mean {}?", quoted.join(" or "))
    };
    Fail::Usage(format!("unknown {what} '{typed}': {hint}"))
}
