//! What is known: sources with their one-line findings, and topic cards that say how sure it is.

use serde::{Deserialize, Serialize};

/// One source (section B of the facts). All are built in: the texts stay where the program has them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Such as 'G1'.
    pub id: &'static str,
    /// Authors, title, journal, year, DOI.
    pub citation: &'static str,
    /// The finding in one line.
    pub finding: &'static str,
    /// What kind of study, and how sure.
    pub strength: &'static str,
    /// False for what is written from memory and has not been checked: not to be shown as fact.
    pub seen: bool,
}

impl Source {
    /// What to say beside one that nobody has looked up; empty for the others.
    pub fn doubt(&self) -> &'static str {
        if self.seen {
            ""
        } else {
            "(from memory, not checked)"
        }
    }
}

/// An evidence card: what is said, what was measured, how sure that is (B.y and the notes of section A).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Lower-case letters, digits and hyphens.
    pub slug: &'static str,
    /// The card's heading.
    pub title: &'static str,
    /// What is commonly said.
    pub said: &'static str,
    /// What was measured.
    pub measured: &'static str,
    /// How sure, in a few words: 'limited: …', 'mixed: …', 'not supported …'.
    pub how_sure: &'static str,
    /// Source ids.
    pub sources: Vec<&'static str>,
    /// Points of the article that it answers, such as 'S7'.
    #[serde(default)]
    pub seed: Vec<&'static str>,
}
