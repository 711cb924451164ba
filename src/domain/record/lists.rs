//! The lists that an entry of any kind may have: where an entry keeps each, and where its words come from. Reading and
//! writing, the pages that show an entry, and tables go by this.

use super::{List, More};
use crate::domain::vocabulary::WordField;

/// A field that holds words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListField {
    /// Where (F.2).
    Regions,
    /// How far down it travels (F.2).
    TravelsTo,
    /// Words of a list.
    Words(WordField),
    /// The person's own tags.
    Tags,
}

impl ListField {
    /// All of them, in the order in which an entry shows them.
    pub const ALL: [Self; 8] = [
        Self::Regions,
        Self::TravelsTo,
        Self::Words(WordField::Qualities),
        Self::Words(WordField::Triggers),
        Self::Words(WordField::Actions),
        Self::Words(WordField::Mood),
        Self::Words(WordField::Day),
        Self::Tags,
    ];

    /// The list of this name in a record.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name)
    }

    /// Its name in a record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Regions => "regions",
            Self::TravelsTo => "travels_to",
            Self::Words(words) => words.name(),
            Self::Tags => "tags",
        }
    }

    /// Whether its words are places, which may have a side: 'calf:left'.
    pub fn is_of_places(self) -> bool {
        matches!(self, Self::Regions | Self::TravelsTo)
    }

    /// What an entry says there.
    pub fn get(self, more: &More) -> &List<String> {
        match self {
            Self::Regions => &more.regions,
            Self::TravelsTo => &more.travels_to,
            Self::Words(WordField::Qualities) => &more.qualities,
            Self::Words(WordField::Triggers) => &more.triggers,
            Self::Words(WordField::Actions) => &more.actions,
            Self::Words(WordField::Mood) => &more.mood,
            Self::Words(WordField::Day) => &more.day,
            Self::Tags => &more.tags,
        }
    }

    pub(super) fn slot(self, more: &mut More) -> &mut List<String> {
        match self {
            Self::Regions => &mut more.regions,
            Self::TravelsTo => &mut more.travels_to,
            Self::Words(WordField::Qualities) => &mut more.qualities,
            Self::Words(WordField::Triggers) => &mut more.triggers,
            Self::Words(WordField::Actions) => &mut more.actions,
            Self::Words(WordField::Mood) => &mut more.mood,
            Self::Words(WordField::Day) => &mut more.day,
            Self::Tags => &mut more.tags,
        }
    }
}
