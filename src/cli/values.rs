//! What an entry may say, as typed: read in one place for `log` and `edit`, before anything is written.

use std::cell::OnceCell;
use std::io::{IsTerminal, Read};

use chrono::{DateTime, FixedOffset};

use super::out::{self, Fail};
use super::ratings::Ratings;
use crate::domain::record::{Fields, NOTE_MAX, check_tags, is_blank};
use crate::domain::time::Now;
use crate::domain::vocabulary::{Vocabulary, WordField};
use crate::domain::when;

/// The most mood words that one entry takes.
const MOODS_MAX: usize = 3;

/// So much is read from standard input, and given back at most: what is longer is no note.
const PIPED_MAX: usize = 4 << 20;

/// Options that `log` and `edit` share.
#[derive(Debug, clap::Args)]
pub struct Values {
    #[command(flatten)]
    pub ratings: Ratings<true>,
    /// Where: belt-line:left, calf:both, sacrum ...
    #[arg(long = "where", value_name = "R", value_delimiter = ',')]
    regions: Vec<String>,
    /// How far down it travels: buttock, thigh, knee, below-knee, foot
    #[arg(long, value_name = "R", value_delimiter = ',')]
    travels_to: Vec<String>,
    /// How it feels: aching, tight ...
    #[arg(long, value_name = "Q", value_delimiter = ',')]
    quality: Vec<String>,
    /// Anything
    #[arg(long, value_name = "T", value_delimiter = ',')]
    tag: Vec<String>,
    /// What came before: sat long, lifted ...
    #[arg(long, value_name = "T", value_delimiter = ',')]
    trigger: Vec<String>,
    /// What was done about it: walk, heat ...
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
    /// What came by standard input, once read
    #[arg(skip)]
    piped: OnceCell<Vec<u8>>,
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
    /// list is added to it. A blank note takes the note away.
    pub fn put(
        &self,
        words: &Vocabulary,
        before: &Fields,
        set: &mut Fields,
        unset: &mut Vec<String>,
    ) -> Result<(), Fail> {
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
            if field == "tags" {
                check_tags(&list).map_err(not_saved)?;
            }
            set.put(field, &list);
        }
        if let Some(note) = self.note()? {
            put_text("note", &note, set, unset)?;
        }
        Ok(())
    }

    /// The note as typed; `-` reads standard input without its last line break.
    fn note(&self) -> Result<Option<String>, Fail> {
        let note = match self.note.as_deref() {
            Some("-") => {
                let bytes = self.piped()?;
                let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
                // Where it was cut off it may not be whole characters.
                if bytes.len() > NOTE_MAX {
                    return Err(too_long("note"));
                }
                let text = std::str::from_utf8(bytes);
                let text = text.map_err(|_| Fail::Usage("the note is not UTF-8 text".into()))?;
                text.to_owned()
            }
            Some(typed) => typed.to_owned(),
            None => return Ok(None),
        };
        Ok(Some(note))
    }

    fn piped(&self) -> Result<&[u8], Fail> {
        if let Some(bytes) = self.piped.get() {
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        let read = std::io::stdin()
            .lock()
            .take(PIPED_MAX as u64 + 1)
            .read_to_end(&mut bytes);
        let bytes = self.piped.get_or_init(|| bytes);
        read.map_err(|error| Fail::Failed(format!("standard input: {error}")))?;
        Ok(bytes)
    }

    /// Prints a note that was not saved, where it came by a pipe and so is nowhere else. Of what is far too long for a
    /// note only the beginning, and that this is so.
    pub fn give_back(&self, fail: &Fail) {
        if self.note.as_deref() != Some("-") || matches!(fail, Fail::Output(_)) {
            return;
        }
        // Who types it is not kept waiting for a text that nobody wants.
        if self.piped.get().is_none() && std::io::stdin().is_terminal() {
            return;
        }
        drop(self.piped());
        let Some(bytes) = self.piped.get().filter(|bytes| !bytes.is_empty()) else {
            return;
        };
        if std::str::from_utf8(bytes).is_err() && bytes.contains(&0) {
            return out::say("what came for the note is no text; none of it is kept");
        }
        if bytes.len() <= PIPED_MAX {
            out::say("your note, which was not saved:");
            return out::say_text(String::from_utf8_lossy(bytes).trim_end());
        }
        out::say(&format!(
            "the beginning of your note, {PIPED_MAX} bytes; nothing was saved:"
        ));
        out::say_text(String::from_utf8_lossy(&bytes[..PIPED_MAX]).trim_end());
        out::say("the rest was not read and is not kept: it is only where it came from");
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

/// Puts a text in the person's own words, as typed; a blank one takes the field away.
pub fn put_text(
    name: &str,
    text: &str,
    set: &mut Fields,
    unset: &mut Vec<String>,
) -> Result<(), Fail> {
    if text.len() > NOTE_MAX {
        return Err(too_long(name));
    }
    if is_blank(text) {
        unset.push(name.to_owned());
    } else {
        set.put(name, text);
    }
    Ok(())
}

fn too_long(name: &str) -> Fail {
    let what = match name {
        "stopped_because" => "reason",
        name => name,
    };
    not_saved(format!("the {what} is too long: at most {NOTE_MAX} bytes"))
}

fn not_saved(why: impl std::fmt::Display) -> Fail {
    Fail::Usage(format!("{why}; nothing was saved"))
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
