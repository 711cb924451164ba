//! A routine: techniques one after the other, each with a factor on its step times (section E of the facts).

use serde::{Deserialize, Serialize};

use super::technique::Occasion;

/// A routine as its TOML file describes it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Routine {
    /// Lower-case letters, digits and hyphens; shares one namespace with techniques.
    pub slug: String,
    /// The name that people read.
    pub name: String,
    /// Its place among the routines, from 1. Without one it comes last, as a person's own ones always do.
    #[serde(default = "last", skip_serializing_if = "is_last")]
    pub order: u16,
    /// When and where it fits, one line.
    pub summary: String,
    /// Why in this order; reasons with a source id are evidence, the rest is this project's design.
    pub why: String,
    /// Seconds of all items with 8 s between items (get-ready and side changes not counted). Checked.
    pub total_s: u32,
    /// The moment it is made for, where that is not any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Occasion>,
    /// Source ids named in `why`.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The items in order.
    pub items: Vec<RoutineItem>,
    /// Whether it came from the person's own files.
    #[serde(skip)]
    pub own: bool,
}

/// One technique of a routine.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RoutineItem {
    /// The technique's slug.
    pub technique: String,
    /// Factor on each step's time; the result is rounded to the nearest 5 s, ties upward, at least 5 s.
    #[serde(default = "one")]
    pub factor: f64,
    /// Words that stand in for the last step's line in this routine.
    pub last_line: Option<String>,
}

fn last() -> u16 {
    u16::MAX
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde calls it
fn is_last(order: &u16) -> bool {
    *order == last()
}

fn one() -> f64 {
    1.0
}
