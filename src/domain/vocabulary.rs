//! The words of the log: scales, regions of the back map, qualities, triggers, actions, moods, days and the PEG
//! questions (section F of the facts); and what a typed word means.
//!
//! A word is kept in the log as it stands here. Typed ones may use capitals, hyphens or underscores instead.

mod places;

pub use super::nearest::nearest;
pub use places::{Place, PlaceSide};

use serde::Deserialize;

use super::nearest::key;

/// Every word list, as `assets/vocabulary.toml` says it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// The 0 to 10 scales with their anchors (F.1).
    pub scales: Vec<ScaleWords>,
    /// Cells of the back map, seen from behind, from the top down (F.2).
    pub regions: Vec<Region>,
    /// Where a pain may travel down to (F.2).
    pub travels_to: Vec<EndPoint>,
    /// How it feels (F.3).
    pub qualities: Vec<Word>,
    /// What came before (F.4).
    pub triggers: Vec<Word>,
    /// What was done about it, and other good things (F.5).
    pub actions: Vec<Word>,
    /// Moods, from pleasant to unpleasant (F.5).
    pub mood: Vec<Mood>,
    /// What kind of day it was.
    pub day: Vec<Word>,
    /// The PEG questionnaire (F.6).
    pub peg: Peg,
}

/// A 0 to 10 scale and what its ends mean.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleWords {
    /// The field it fills: 'pain', 'stress', 'tightness', 'pressure'.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What 0 means.
    pub low: String,
    /// What 10 means.
    pub high: String,
    /// When it is asked.
    pub when: String,
    /// Which change means something, and whether that is known.
    pub change: Option<String>,
    /// Source ids.
    pub sources: Vec<String>,
}

/// A cell of the back map.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Such as 'belt-line'.
    pub id: String,
    /// In words.
    pub label: String,
    /// Lies in the middle: has no left and right.
    #[serde(default)]
    pub midline: bool,
    /// For the log only: nobody should press here (F.2, C.5).
    #[serde(default)]
    pub no_pressure: bool,
}

/// Where a pain travels down to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndPoint {
    /// Such as 'below-knee'.
    pub id: String,
    /// In words.
    pub label: String,
}

/// One word of a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// As it is shown and kept.
    pub word: String,
    /// Shorter or other ways to type it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Set by the program itself, not chosen.
    #[serde(default)]
    pub automatic: bool,
    /// A medicine, by class only.
    #[serde(default)]
    pub medicine: bool,
    /// May be hidden in the settings.
    #[serde(default)]
    pub can_hide: bool,
}

/// One mood word; there is no score.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mood {
    /// As it is shown and kept.
    pub word: String,
    /// 1 pleasant, 0 neither, -1 unpleasant: for colouring only.
    pub pleasant: i8,
    /// 1 much energy, 0 neither, -1 little: for colouring only.
    pub energy: i8,
}

/// The PEG questionnaire (M4).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peg {
    /// What it is and how it is scored.
    pub about: String,
    /// Source ids.
    pub sources: Vec<String>,
    /// The three items, answered 0 to 10.
    pub items: Vec<PegItem>,
}

/// One item of the PEG.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PegItem {
    /// The wording.
    pub question: String,
    /// What 0 means.
    pub low: String,
    /// What 10 means.
    pub high: String,
}

/// A field of the log that takes words from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordField {
    /// F.3.
    Qualities,
    /// F.4.
    Triggers,
    /// F.5.
    Actions,
    /// F.5.
    Mood,
    /// flare, rest, travel, ill.
    Day,
}

impl WordField {
    /// The field's name in a record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Qualities => "qualities",
            Self::Triggers => "triggers",
            Self::Actions => "actions",
            Self::Mood => "mood",
            Self::Day => "day",
        }
    }

    /// One of it, for messages.
    fn noun(self) -> &'static str {
        match self {
            Self::Qualities => "quality",
            Self::Triggers => "trigger",
            Self::Actions => "action",
            Self::Mood => "mood",
            Self::Day => "kind of day",
        }
    }
}

impl Vocabulary {
    /// The words of a field, in order.
    pub fn words(&self, field: WordField) -> Vec<&str> {
        match field {
            WordField::Mood => self.mood.iter().map(|mood| mood.word.as_str()).collect(),
            other => self.list(other).iter().map(|w| w.word.as_str()).collect(),
        }
    }

    fn list(&self, field: WordField) -> &[Word] {
        match field {
            WordField::Qualities => &self.qualities,
            WordField::Triggers => &self.triggers,
            WordField::Actions => &self.actions,
            WordField::Day => &self.day,
            WordField::Mood => &[],
        }
    }

    /// The word of this field that was meant, as it is kept; `None` when there is no such word.
    pub fn find(&self, field: WordField, typed: &str) -> Option<&str> {
        let key = key(typed);
        let words = self.words(field);
        let exact = words.into_iter().find(|word| self::key(word) == key);
        exact.or_else(|| {
            let known = |word: &&Word| word.also.iter().any(|also| self::key(also) == key);
            let word = self.list(field).iter().find(known)?;
            Some(word.word.as_str())
        })
    }

    /// Like [`Vocabulary::find`]; the error says what was typed, where, and the nearest right word.
    pub fn word(&self, field: WordField, typed: &str) -> Result<&str, String> {
        self.find(field, typed).ok_or_else(|| {
            let words = self.words(field);
            let hint = match nearest(typed, words.iter().copied()) {
                Some(word) => format!("did you mean '{word}'?"),
                None => format!("the words are: {}", words.join(", ")),
            };
            format!("unknown {} '{}': {hint}", field.noun(), typed.trim())
        })
    }

    /// The field that a tag belongs to, with the word as it is kept: qualities, triggers, actions and moods in this
    /// order (so 'tired' is a trigger). `None`: the person's own tag.
    pub fn field_of(&self, typed: &str) -> Option<(WordField, &str)> {
        [
            WordField::Qualities,
            WordField::Triggers,
            WordField::Actions,
            WordField::Mood,
        ]
        .into_iter()
        .find_map(|field| Some((field, self.find(field, typed)?)))
    }

    /// The region of this id.
    pub fn region(&self, id: &str) -> Option<&Region> {
        self.regions.iter().find(|region| region.id == id)
    }
}
