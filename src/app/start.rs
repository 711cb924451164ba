//! What the app starts with, and what is to start in it.

use std::collections::BTreeSet;

use super::edit::ReadTime;
use super::overlay::rating::Ratings;
use crate::domain::library::Library;
use crate::domain::plan::Side;
use crate::domain::profile::Profile;
use crate::domain::scale::Scale;
use crate::settings::Settings;

/// What the app starts with.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each by itself
pub struct Setup {
    /// Everything there is to choose from.
    pub library: Library,
    /// Slugs marked as favourites.
    pub favourites: BTreeSet<String>,
    /// What was shown once before.
    pub seen: BTreeSet<String>,
    /// What the person has answered about themselves.
    pub profile: Profile,
    /// Lines to show at start: own files with mistakes, a data directory that can't be used.
    pub troubles: Vec<String>,
    /// Start with this: slugs of techniques or one routine, as `unkink start` was given them.
    pub start: Vec<String>,
    /// Begin with suggestions.
    pub suggest: bool,
    /// The side to begin with.
    pub side: Option<Side>,
    /// Ratings given on the command line (`--pain`, `--stress`, each of which may say 'not rated'); `None`: ask.
    pub before: Option<Ratings>,
    /// Skip the ratings (`--no-rating`).
    pub no_rating: bool,
    /// The command that runs beside the app, as people call it: the app stays open until that has ended.
    pub beside: Option<String>,
    /// Leave once a session is over.
    pub once: bool,
    /// The entries are made up, and nothing is saved.
    pub demo: bool,
    /// What the person has set.
    pub settings: Settings,
    /// How a typed time is read.
    pub read_time: ReadTime,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
}

/// What is to start, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Wanted {
    /// Of techniques or routines.
    pub slugs: Vec<String>,
    /// The side to begin with, where one was said.
    pub side: Option<Side>,
    /// Pain, where it was said already: it is then not asked again.
    pub pain: Option<Scale>,
}

impl Wanted {
    /// These, however they are.
    pub fn of(slugs: &[String]) -> Self {
        Self {
            slugs: slugs.to_vec(),
            ..Self::default()
        }
    }

    pub fn side_first(&self) -> Side {
        self.side.unwrap_or(Side::Left)
    }
}
