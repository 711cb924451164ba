//! What is looked for in the log: by text, tag, place, technique, kind and day. For the app and the command line alike.

mod looking;
#[cfg(test)]
mod tests;
mod texts;
mod typed;

use chrono::NaiveDate;

use super::library::Library;
use super::record::{Entry, Kind, ListField, What};
use super::search::letters::split;
use super::vocabulary::{Place, PlaceSide, Vocabulary, WordField};
pub use looking::Looking;
pub use texts::Texts;
use texts::{Sort, Token};

/// What must fit. What is empty, or none, asks for nothing; of several values in one list any will do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Find {
    /// As typed; every word must be found, as in the library: its beginning will do, and words of four letters or more
    /// may have one slip where nothing fits without. Words in quotes must stand one behind the other.
    pub text: String,
    /// Own tags, or words of the lists, as they are kept; capitals do not matter.
    pub tags: Vec<String>,
    /// Where it was felt or travelled to; a side of none asks for any.
    pub places: Vec<Place>,
    /// Tags as they are typed letter by letter: every word must begin one of the tag's.
    pub tag_words: Vec<String>,
    /// Slugs of techniques and routines; the parts of a routine or queue count, too.
    pub techniques: Vec<String>,
    /// Techniques and routines as they are typed letter by letter: every word must begin one of the slug or the name.
    pub technique_words: Vec<String>,
    /// What it is.
    pub kinds: Vec<Kind>,
    /// The first day.
    pub since: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

impl Find {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The entries that fit, in their order.
    pub fn among<'a>(&self, entries: &'a [Entry], library: &Library) -> Vec<&'a Entry> {
        let fitting = entries.iter().filter(|entry| self.time_and_kind_fit(entry));
        let fitting: Vec<&Entry> = fitting.collect();
        let mut looking = Looking::new(self.clone());
        looking.go_on(&fitting, &mut Texts::default(), library, usize::MAX);
        let places = looking.places().iter().rev();
        places.map(|place| fitting[*place as usize]).collect()
    }

    fn time_and_kind_fit(&self, entry: &Entry) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&entry.kind)) && self.day_fits(entry)
    }

    /// An entry without a readable moment belongs to no day.
    fn day_fits(&self, entry: &Entry) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some(day) = entry.day() else {
            return false;
        };
        self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until)
    }

    /// The sorts of labels that are asked for.
    fn asked(&self) -> u8 {
        let tags = !self.tags.is_empty() || !self.tag_words.is_empty();
        let techniques = !self.techniques.is_empty() || !self.technique_words.is_empty();
        let asked = [
            (tags, Sort::Tag),
            (!self.places.is_empty(), Sort::Place),
            (techniques, Sort::Technique),
        ];
        let asked = asked.into_iter().filter(|(is_asked, _)| *is_asked);
        asked.fold(0, |all, (_, sort)| all | bit(sort))
    }

    /// The bit of its sort where a label is one of those that are asked for.
    fn label(&self, token: &Token) -> u8 {
        let raw = &*token.raw;
        let typed = |list: &[String]| list.iter().any(|typed| has_words(token, typed));
        let fits = match token.sort {
            Sort::Word => false,
            Sort::Tag => {
                let small = raw.to_lowercase();
                self.tags.iter().any(|tag| tag.to_lowercase() == small) || typed(&self.tag_words)
            }
            Sort::Place => self.place_fits(raw),
            Sort::Technique => {
                self.techniques.iter().any(|slug| slug == raw) || typed(&self.technique_words)
            }
        };
        if fits { bit(token.sort) } else { 0 }
    }

    fn place_fits(&self, stored: &str) -> bool {
        let (region, side) = stored.split_once(':').unwrap_or((stored, ""));
        self.places.iter().any(|wanted| {
            wanted.region == region
                && wanted
                    .side
                    .is_none_or(|wanted| side == wanted.word() || side == PlaceSide::Both.word())
        })
    }
}

fn bit(sort: Sort) -> u8 {
    1 << sort as u8
}

/// Whether a label has every typed word, or the beginning of one; what has no letters, such as a picture, must be in it.
fn has_words(token: &Token, typed: &str) -> bool {
    let words = split(typed);
    if words.is_empty() {
        return !typed.is_empty() && token.raw.contains(typed);
    }
    let begins = |word: &String| {
        let mut own = token.words.split_ascii_whitespace();
        own.any(|own| own.starts_with(&**word))
    };
    words.iter().all(begins)
}

/// Reads a place to look for: a region or an end point, with a side or without.
pub fn place(typed: &str, words: &Vocabulary) -> Result<Place, String> {
    if let Ok(place) = words.place(typed).or_else(|_| words.end_point(typed)) {
        return Ok(place);
    }
    // A region without its side: any side will do.
    let both = format!("{typed}:both");
    match words.place(&both) {
        Ok(place) if !typed.contains(':') => Ok(Place {
            side: None,
            ..place
        }),
        _ => words.place(typed),
    }
}

/// The kinds of entries by the names that are typed.
pub const KINDS: [(&str, Kind); 4] = [
    ("session", Kind::Session),
    ("check-in", Kind::CheckIn),
    ("questionnaire", Kind::Questionnaire),
    ("plan", Kind::Plan),
];

/// A kind of entry as typed; its beginning will do.
pub fn kind(typed: &str) -> Result<Kind, String> {
    let small = typed.trim().to_lowercase();
    KINDS
        .into_iter()
        .find(|(name, _)| !small.is_empty() && name.starts_with(&small))
        .map(|(_, kind)| kind)
        .ok_or_else(|| {
            format!("'{typed}' is no kind: give session, check-in, questionnaire or plan")
        })
}

/// A tag to look for: a word of the lists as it is kept, else as typed.
pub fn tag(typed: &str, words: &Vocabulary) -> String {
    let known = words.field_of(typed).map(|(_, word)| word);
    let known = known.or_else(|| words.find(WordField::Day, typed));
    known.unwrap_or(typed.trim()).to_owned()
}

/// The slugs of what an entry was, its parts included.
pub fn slugs(entry: &Entry) -> impl Iterator<Item = &str> {
    let what = match &entry.what {
        Some(What::Technique(slug) | What::Routine(slug)) => Some(&**slug),
        Some(What::Queue) | None => None,
    };
    let items = entry.more.iter().flat_map(|more| &more.items);
    what.into_iter()
        .chain(items.map(|item| item.technique.as_str()))
}

fn lists(entry: &Entry) -> impl Iterator<Item = &[String]> {
    entry.more.iter().flat_map(|more| {
        let lists = ListField::ALL.into_iter();
        let lists = lists.filter(|list| !list.is_of_places());
        lists.map(|list| &**list.get(more))
    })
}
