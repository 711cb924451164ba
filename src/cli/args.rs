//! What several commands take: ratings, words of a list, names of the library.

use std::str::FromStr;

use super::out::Fail;
use crate::domain::library::Library;
use crate::domain::plan::Side;
use crate::domain::scale::Scale;
use crate::domain::search::Filter;

/// What must fit, for `list` and `suggest`.
#[derive(Debug, clap::Args)]
pub struct Fits {
    /// What is possible here: chair, standing, floor ... (repeat or separate by commas)
    #[arg(long, value_name = "P", value_delimiter = ',')]
    position: Vec<String>,
    /// Tools at hand: none, ball, foam-roller ... (repeat or separate by commas)
    #[arg(long, value_name = "T", value_delimiter = ',')]
    tool: Vec<String>,
    /// Whole minutes at most
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
    /// What it should be good for: tension, stress ... (repeat or separate by commas)
    #[arg(long = "for", value_name = "X", value_delimiter = ',')]
    purpose: Vec<String>,
}

impl Fits {
    /// As a filter; the error names a word that nothing in the library has.
    pub fn filter(&self, allowed: bool, library: &Library) -> Result<Filter, Fail> {
        let words = |list: &[String]| list.iter().map(|word| word.trim().to_lowercase()).collect();
        let filter = Filter {
            position: words(&self.position),
            tool: words(&self.tool),
            minutes: self.minutes,
            purpose: words(&self.purpose),
            allowed,
        };
        filter.check(library).map_err(Fail::Usage)?;
        Ok(filter)
    }
}

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

/// 'left' or 'right', as typed.
pub fn side(text: &str) -> Result<Side, String> {
    match text.to_lowercase().as_str() {
        "left" | "l" => Ok(Side::Left),
        "right" | "r" => Ok(Side::Right),
        _ => Err("say left or right".into()),
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
