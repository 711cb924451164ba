//! What an entry may say, as typed: read in one place for `log` and `edit`, before anything is written.

use std::io::Read;

use chrono::{DateTime, FixedOffset};

use super::args::Rating;
use super::out::{self, Fail};
use crate::domain::record::{Fields, NOTE_MAX};
use crate::domain::time::Now;
use crate::domain::vocabulary::{Vocabulary, WordField};
use crate::domain::when;

/// The most mood words that one entry takes.
const MOODS_MAX: usize = 3;

/// Options that `log` and `edit` share.
#[derive(Debug, clap::Args)]
pub struct Values {
    /// Tightness, 0 to 10
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub tightness: Option<Rating>,
    /// Where: belt-line:left, calf:both, sacrum …
    #[arg(long = "where", value_name = "R", value_delimiter = ',')]
    regions: Vec<String>,
    /// How far down it travels: buttock, thigh, knee, below-knee, foot
    #[arg(long, value_name = "R", value_delimiter = ',')]
    travels_to: Vec<String>,
    /// How it feels: aching, tight …
    #[arg(long, value_name = "Q", value_delimiter = ',')]
    quality: Vec<String>,
    /// Anything
    #[arg(long, value_name = "T", value_delimiter = ',')]
    tag: Vec<String>,
    /// What came before: sat long, lifted …
    #[arg(long, value_name = "T", value_delimiter = ',')]
    trigger: Vec<String>,
    /// What was done about it: walk, heat …
    #[arg(long, value_name = "A", value_delimiter = ',')]
    action: Vec<String>,
    /// Up to three mood words
    #[arg(long, value_name = "M", value_delimiter = ',')]
    mood: Vec<String>,
    /// What kind of day it is: flare, rest, travel, ill
    #[arg(long, value_name = "D", value_delimiter = ',')]
    day: Vec<String>,
    /// In your own words; '-' reads standard input
    #[arg(long, value_name = "TEXT|-", allow_hyphen_values = true)]
    note: Option<String>,
    /// When it was
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
}

/// Lists that were typed, and words that `--tag` was given but that belong to a list.
#[derive(Debug, Default)]
struct Lists {
    /// Field and words, each word once; only fields that were given.
    given: Vec<(&'static str, Vec<String>)>,
    /// Words of a list that came by way of `--tag`.
    sent: Vec<(&'static str, String)>,
}

impl Values {
    /// The moment of `--at`; how it was read is told.
    pub fn moment(&self, now: &Now) -> Result<Option<DateTime<FixedOffset>>, Fail> {
        let Some(typed) = &self.at else {
            return Ok(None);
        };
        let moment = when::parse_time(typed, &now.wall, &chrono::Local).map_err(Fail::Usage)?;
        if let Some(note) = &moment.note {
            out::say(note);
        }
        Ok(Some(moment.at))
    }

    /// Puts the lists and the note. A list takes the place of the one in `before`; a word that `--tag` sends to its
    /// list is added to it.
    pub fn put(&self, words: &Vocabulary, before: &Fields, set: &mut Fields) -> Result<(), Fail> {
        let Lists { mut given, sent } = self.lists(words).map_err(Fail::Usage)?;
        for (field, word) in sent {
            if let Some((_, list)) = given.iter_mut().find(|(known, _)| *known == field) {
                list.push(word);
            } else {
                let mut list = stored(before, field);
                list.push(word);
                given.push((field, list));
            }
        }
        for (field, list) in given {
            let list = once(list);
            if field == WordField::Mood.name() && list.len() > MOODS_MAX {
                return Err(Fail::Usage(format!(
                    "{} mood words: choose up to three",
                    list.len()
                )));
            }
            set.put(field, &list);
        }
        if let Some(note) = note(self.note.as_deref())? {
            set.put("note", &note);
        }
        Ok(())
    }

    /// Whether the note comes by standard input: then it is nowhere else.
    pub fn note_is_piped(&self) -> bool {
        self.note.as_deref() == Some("-")
    }

    fn lists(&self, words: &Vocabulary) -> Result<Lists, String> {
        let mut lists = Lists::default();
        lists.read("regions", &self.regions, |typed| {
            words.place(typed).map(|place| place.to_string())
        })?;
        lists.read("travels_to", &self.travels_to, |typed| {
            words.end_point(typed).map(|place| place.to_string())
        })?;
        for (field, typed) in [
            (WordField::Qualities, &self.quality),
            (WordField::Triggers, &self.trigger),
            (WordField::Actions, &self.action),
            (WordField::Day, &self.day),
            (WordField::Mood, &self.mood),
        ] {
            lists.read(field.name(), typed, |typed| {
                words.word(field, typed).map(str::to_owned)
            })?;
        }
        let mut tags = Vec::new();
        for tag in typed_words(&self.tag) {
            match words.field_of(tag) {
                Some((field, word)) => lists.sent.push((field.name(), word.to_owned())),
                None => tags.push(tag.to_owned()),
            }
        }
        if !tags.is_empty() {
            lists.given.push(("tags", tags));
        }
        Ok(lists)
    }
}

impl Lists {
    fn read(
        &mut self,
        field: &'static str,
        typed: &[String],
        read: impl Fn(&str) -> Result<String, String>,
    ) -> Result<(), String> {
        let list: Vec<String> = typed_words(typed).map(read).collect::<Result<_, _>>()?;
        if !list.is_empty() {
            self.given.push((field, list));
        }
        Ok(())
    }
}

/// A list as it is stored; one that cannot be read counts as empty.
fn stored(fields: &Fields, name: &str) -> Vec<String> {
    let raw = fields.get(name);
    raw.and_then(|raw| serde_json::from_str(raw.get()).ok())
        .unwrap_or_default()
}

/// Typed words without blanks around them and without empty ones.
fn typed_words(typed: &[String]) -> impl Iterator<Item = &str> {
    typed
        .iter()
        .map(|word| word.trim())
        .filter(|word| !word.is_empty())
}

/// Each word once, in the order typed.
fn once(mut list: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    list.retain(|word| seen.insert(word.clone()));
    list
}

/// The note as typed; `-` reads standard input without its last line break.
fn note(typed: Option<&str>) -> Result<Option<String>, Fail> {
    let note = match typed {
        Some("-") => {
            let mut bytes = Vec::new();
            let limit = NOTE_MAX as u64 + 2;
            let read = std::io::stdin().lock().take(limit).read_to_end(&mut bytes);
            read.map_err(|error| Fail::Failed(format!("standard input: {error}")))?;
            let text = String::from_utf8(bytes);
            let mut text = text.map_err(|_| Fail::Usage("the note is not UTF-8 text".into()))?;
            if text.ends_with('\n') {
                text.pop();
            }
            text
        }
        Some(typed) => typed.to_owned(),
        None => return Ok(None),
    };
    if note.len() > NOTE_MAX {
        return Err(Fail::Usage(format!(
            "the note is too long: at most {NOTE_MAX} bytes; nothing was saved"
        )));
    }
    Ok(Some(note))
}
