//! The words of the log: scales, regions of the back map, qualities, triggers, actions, moods, days and the PEG
//! questions (section F of the facts); and what a typed word means.
//!
//! A word is kept in the log as it stands here. Typed ones may use capitals, hyphens or underscores instead.

use std::fmt;

use serde::Deserialize;

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

/// A region with its side, as the log keeps it: 'belt-line:left'; cells of the midline have none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The region's id.
    pub region: String,
    /// `None` in the midline, or where a 'travels to' leaves it open.
    pub side: Option<PlaceSide>,
}

/// Which side of the back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum PlaceSide {
    Left,
    Right,
    Both,
}

impl PlaceSide {
    /// 'left', 'right' or 'both'.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Both => "both",
        }
    }

    fn read(text: &str) -> Result<Self, String> {
        match text {
            "left" | "l" => Ok(Self::Left),
            "right" | "r" => Ok(Self::Right),
            "both" => Ok(Self::Both),
            _ => Err(format!("'{text}' is no side: give left, right or both")),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.region)?;
        match self.side {
            Some(side) => write!(f, ":{}", side.word()),
            None => Ok(()),
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

    /// Reads 'belt-line:left'. Cells of the midline take no side, all others need one.
    pub fn place(&self, typed: &str) -> Result<Place, String> {
        let (name, side) = split(typed);
        let known =
            |region: &&Region| self::key(&region.id) == name || self::key(&region.label) == name;
        let Some(region) = self.regions.iter().find(known) else {
            let ids = self.regions.iter().map(|region| region.id.as_str());
            return Err(unknown_place("region", typed, &name, ids));
        };
        let id = &region.id;
        let side = match (region.midline, side) {
            (true, None) => None,
            (true, Some(_)) => {
                return Err(format!(
                    "'{id}' lies in the middle and has no side: give '{id}'"
                ));
            }
            (false, Some(side)) => {
                Some(PlaceSide::read(&side).map_err(|why| format!("region '{id}': {why}"))?)
            }
            (false, None) => {
                return Err(format!(
                    "region '{id}' needs a side: give '{id}:left', '{id}:right' or '{id}:both'"
                ));
            }
        };
        Ok(Place {
            region: id.clone(),
            side,
        })
    }

    /// Reads where a pain travels to: 'below-knee', 'foot:left'. The side may be left open.
    pub fn end_point(&self, typed: &str) -> Result<Place, String> {
        let (name, side) = split(typed);
        let known =
            |point: &&EndPoint| self::key(&point.id) == name || self::key(&point.label) == name;
        let Some(point) = self.travels_to.iter().find(known) else {
            let ids = self.travels_to.iter().map(|point| point.id.as_str());
            return Err(unknown_place("end point", typed, &name, ids));
        };
        let side = side
            .map(|side| PlaceSide::read(&side))
            .transpose()
            .map_err(|why| format!("end point '{}': {why}", point.id))?;
        Ok(Place {
            region: point.id.clone(),
            side,
        })
    }
}

/// 'Name:side' in the form that names are compared in.
fn split(typed: &str) -> (String, Option<String>) {
    match typed.rsplit_once(':') {
        Some((name, side)) => (key(name), Some(key(side))),
        None => (key(typed), None),
    }
}

fn unknown_place<'a>(
    noun: &str,
    typed: &str,
    name: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
) -> String {
    // What was typed of the side is kept, so that the hint can be taken as it is.
    let side = typed
        .trim()
        .rsplit_once(':')
        .map_or(String::new(), |(_, side)| format!(":{side}"));
    let hint = match nearest(name, ids.clone()) {
        Some(id) => format!("did you mean '{id}{side}'?"),
        None => format!("the names are: {}", ids.collect::<Vec<_>>().join(", ")),
    };
    format!("unknown {noun} '{}': {hint}", typed.trim())
}

/// The form that words are compared in: no capitals; hyphens, underscores and runs of blanks are one blank.
fn key(text: &str) -> String {
    let text = text.to_lowercase().replace(['-', '_'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The likeliest of these words for a typed one: at most two slips, or a third of its letters.
pub fn nearest<'a>(typed: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = key(typed);
    if typed.is_empty() || typed.chars().count() > 64 {
        return None;
    }
    words
        .map(|word| (slips(&typed, &key(word)), word))
        .filter(|(slips, word)| *slips <= (word.chars().count() / 3).max(2))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, word)| word)
}

/// Slips between two texts; a typed beginning of a word counts as half right.
fn slips(typed: &str, word: &str) -> usize {
    if typed.len() >= 3 && (word.starts_with(typed) || typed.starts_with(word)) {
        return 1;
    }
    // The same beginning tells more than the same number of letters: 'achy' is 'aching'.
    let begins_alike = typed.chars().zip(word.chars()).take_while(|(a, b)| a == b);
    let slips = strsim::damerau_levenshtein(typed, word);
    match begins_alike.count() {
        3.. => slips.min(2 + slips / 4),
        _ => slips,
    }
}
