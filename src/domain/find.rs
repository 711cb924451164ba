//! What is looked for in the log: by text, tag, place, technique, kind and day. For the app and the command line alike.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::id::Id;
use super::library::Library;
use super::record::{Entry, Kind, What};
use super::search::{Prepared, Typed};
use super::vocabulary::{Place, PlaceSide, Vocabulary, WordField};

/// What must fit. What is empty, or none, asks for nothing; of several values in one list any will do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Find {
    /// As typed; every word must be found, as in the library: its beginning will do, and words of four letters or more
    /// may have one slip where nothing fits without.
    pub text: String,
    /// Own tags, or words of the lists, as they are kept; capitals do not matter.
    pub tags: Vec<String>,
    /// Where it was felt or travelled to; a side of none asks for any.
    pub places: Vec<Place>,
    /// Slugs of techniques and routines; the parts of a routine or queue count, too.
    pub techniques: Vec<String>,
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
        let fitting: Vec<&Entry> = entries.iter().filter(|entry| self.fits(entry)).collect();
        let typed = Typed::new(&self.text);
        if typed.is_empty() {
            return fitting;
        }
        let texts = fitting.iter().map(|entry| prepared(entry, library));
        let texts: Vec<Prepared> = texts.collect();
        chosen(&typed, fitting.into_iter().zip(&texts))
    }

    /// The places of the entries that fit, in their order; `texts` are theirs.
    pub fn places(&self, entries: &[Entry], texts: &Texts) -> Vec<usize> {
        let fitting = entries.iter().zip(&texts.0).enumerate();
        let fitting = fitting.filter(|(_, (entry, _))| self.fits(entry));
        let fitting = fitting.map(|(at, (_, (_, text)))| (at, text));
        chosen(&Typed::new(&self.text), fitting)
    }

    /// Everything but the text.
    fn fits(&self, entry: &Entry) -> bool {
        let is_empty_or = |empty: bool, fits: bool| empty || fits;
        self.day_fits(entry.day())
            && is_empty_or(self.kinds.is_empty(), self.kinds.contains(&entry.kind))
            && is_empty_or(self.tags.is_empty(), self.tags_fit(entry))
            && is_empty_or(self.places.is_empty(), self.places_fit(entry))
            && is_empty_or(
                self.techniques.is_empty(),
                slugs(entry).any(|slug| self.techniques.iter().any(|wanted| wanted == slug)),
            )
    }

    /// An entry without a readable moment belongs to no day.
    fn day_fits(&self, day: Option<NaiveDate>) -> bool {
        let Some(day) = day else {
            return self.since.is_none() && self.until.is_none();
        };
        self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until)
    }

    fn tags_fit(&self, entry: &Entry) -> bool {
        let same = |word: &String| {
            let word = word.to_lowercase();
            self.tags.iter().any(|tag| tag.to_lowercase() == word)
        };
        lists(entry).any(|list| list.iter().any(same))
    }

    fn places_fit(&self, entry: &Entry) -> bool {
        let Some(more) = &entry.more else {
            return false;
        };
        let stored = more.regions.iter().chain(&more.travels_to);
        stored.into_iter().any(|stored| {
            let (region, side) = match stored.split_once(':') {
                Some((region, side)) => (region, side),
                None => (stored.as_str(), ""),
            };
            self.places.iter().any(|wanted| {
                wanted.region == region
                    && wanted.side.is_none_or(|wanted| {
                        side == wanted.word() || side == PlaceSide::Both.word()
                    })
            })
        })
    }
}

/// The texts of all entries of a log, ready to be looked through at each letter that is typed.
#[derive(Debug, Clone, Default)]
pub struct Texts(Vec<(Id, Prepared)>);

impl Texts {
    /// Of all these entries.
    pub fn of(entries: &[Entry], library: &Library) -> Self {
        let text = |entry: &Entry| (entry.rec.clone(), prepared(entry, library));
        Self(entries.iter().map(text).collect())
    }

    /// After a change of the log: of these entries. Those that are not `changed` are as they were, in the order in which
    /// they were, and are not read again.
    pub fn renew(&mut self, entries: &[Entry], library: &Library, changed: &HashSet<Id>) {
        let mut known = std::mem::take(&mut self.0).into_iter();
        let text = |entry: &Entry| {
            let as_before = if changed.contains(&entry.rec) {
                None
            } else {
                known.find(|(rec, _)| *rec == entry.rec)
            };
            as_before.unwrap_or_else(|| (entry.rec.clone(), prepared(entry, library)))
        };
        self.0 = entries.iter().map(text).collect();
    }
}

fn prepared(entry: &Entry, library: &Library) -> Prepared {
    Prepared::new(texts(entry, library).into_iter())
}

/// Those that hold what was typed. A slip is forgiven only where nothing has the words as they were typed.
fn chosen<'t, T>(typed: &Typed, all: impl Iterator<Item = (T, &'t Prepared)> + Clone) -> Vec<T> {
    let same = all.clone().filter(|(_, text)| typed.is_in(text));
    let same: Vec<T> = same.map(|(one, _)| one).collect();
    if !same.is_empty() || !typed.forgives() {
        return same;
    }
    let nearly = all.filter(|(_, text)| typed.is_nearly_in(text));
    nearly.map(|(one, _)| one).collect()
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
        [
            &*more.tags,
            &more.qualities,
            &more.triggers,
            &more.actions,
            &more.mood,
            &more.day,
        ]
    })
}

/// Everything that can be read of an entry.
fn texts<'a>(entry: &'a Entry, library: &'a Library) -> Vec<&'a str> {
    let mut texts: Vec<&str> = Vec::new();
    for slug in slugs(entry) {
        texts.push(slug);
        texts.extend(library.item(slug).map(super::search::Item::name));
    }
    texts.extend(lists(entry).flatten().map(String::as_str));
    if let Some(more) = &entry.more {
        let places = more.regions.iter().chain(&more.travels_to);
        texts.extend(places.map(String::as_str));
        texts.extend(more.note.as_deref());
        texts.extend(more.stopped_because.as_deref());
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::super::id::Id;
    use super::super::record::{Fields, Marks};
    use super::*;

    fn entry(rec: u8, day: u8, pairs: &[(&str, serde_json::Value)]) -> Entry {
        let mut fields = Fields::default();
        fields.put("started_at", &format!("2026-11-{day:02}T21:30:00+01:00"));
        fields.put("kind", "check-in");
        for (name, value) in pairs {
            fields.put(name, value);
        }
        Entry::read(Id::from_bytes([rec; 16]), &fields, Marks::default())
    }

    fn log() -> Vec<Entry> {
        vec![
            entry(
                1,
                1,
                &[
                    ("note", "After the long drive".into()),
                    ("tags", vec!["Work"].into()),
                ],
            ),
            entry(
                2,
                2,
                &[("regions", vec!["belt-line:left", "sacrum"].into())],
            ),
            entry(
                3,
                3,
                &[
                    ("kind", "session".into()),
                    ("technique", "six-breaths".into()),
                ],
            ),
            entry(
                4,
                4,
                &[
                    ("kind", "session".into()),
                    ("routine", "desk-reset".into()),
                    (
                        "items",
                        serde_json::json!([{"technique": "six-breaths", "planned_s": 1, "active_s": 1, "done": true}]),
                    ),
                    ("qualities", vec!["aching"].into()),
                    ("regions", vec!["belt-line:both"].into()),
                ],
            ),
        ]
    }

    fn found(find: &Find) -> Vec<usize> {
        let log = log();
        let found = find.among(&log, &Library::default());
        found
            .iter()
            .filter_map(|entry| log.iter().position(|known| known == *entry))
            .collect()
    }

    fn text(text: &str) -> Vec<usize> {
        found(&Find {
            text: text.into(),
            ..Find::default()
        })
    }

    fn side(region: &str, side: Option<PlaceSide>) -> Find {
        Find {
            places: vec![Place {
                region: region.into(),
                side,
            }],
            ..Find::default()
        }
    }

    #[test]
    fn every_word_must_be_found_and_a_slip_is_forgiven_where_nothing_fits_without() {
        assert_eq!(text(""), [0, 1, 2, 3]);
        assert_eq!(text("LONG dri"), [0]);
        assert_eq!(text("long walk"), [0; 0]);
        assert_eq!(text("drvie"), [0]);
        assert_eq!(text("breaths"), [2, 3]);
        assert_eq!(text("belt"), [1, 3]);
        assert_eq!(text("work"), [0], "tags are read, too");
    }

    #[test]
    fn after_a_change_of_the_log_the_texts_are_as_if_read_anew() {
        let library = Library::default();
        let mut log = log();
        let mut texts = Texts::of(&log, &library);
        // One goes, one changes, one moves to the front and changes, one is new.
        log.remove(1);
        log[0] = entry(1, 1, &[("note", "another word".into())]);
        log.rotate_right(1);
        log.push(entry(9, 9, &[("note", "quite new".into())]));
        let changed = [1, 4, 9].map(|rec| Id::from_bytes([rec; 16])).into();
        texts.renew(&log, &library, &changed);
        assert_eq!(texts.0, Texts::of(&log, &library).0);
        for text in ["another", "new", "drive", "breath", "braeths", ""] {
            let find = Find {
                text: text.into(),
                ..Find::default()
            };
            let entries = find.places(&log, &texts).into_iter().map(|at| &log[at]);
            assert_eq!(
                entries.collect::<Vec<_>>(),
                find.among(&log, &library),
                "{text}"
            );
        }
    }

    #[test]
    fn what_has_not_changed_is_not_read_again() {
        let log = log();
        let mut texts = Texts::of(&log, &Library::default());
        let mark = Prepared::new(["kept"].into_iter());
        texts.0[2].1 = mark.clone();
        texts.renew(&log[1..], &Library::default(), &HashSet::new());
        assert_eq!(texts.0[1].1, mark);
    }

    #[test]
    fn tags_places_techniques_kinds_and_days_fit_together() {
        let tagged = |tag: &str| Find {
            tags: vec![tag.into()],
            ..Find::default()
        };
        assert_eq!(found(&tagged("work")), [0]);
        assert_eq!(found(&tagged("aching")), [3]);
        assert_eq!(found(&side("belt-line", None)), [1, 3]);
        assert_eq!(found(&side("belt-line", Some(PlaceSide::Left))), [1, 3]);
        assert_eq!(found(&side("belt-line", Some(PlaceSide::Right))), [3]);
        assert_eq!(found(&side("sacrum", None)), [1]);
        let of = |slug: &str| Find {
            techniques: vec![slug.into()],
            ..Find::default()
        };
        assert_eq!(found(&of("six-breaths")), [2, 3]);
        assert_eq!(found(&of("desk-reset")), [3]);
        let both = Find {
            kinds: vec![Kind::Session],
            until: NaiveDate::from_ymd_opt(2026, 11, 3),
            ..of("six-breaths")
        };
        assert_eq!(found(&both), [2]);
        let since = Find {
            since: NaiveDate::from_ymd_opt(2026, 11, 4),
            ..Find::default()
        };
        assert_eq!(found(&since), [3]);
        assert!(Find::default().is_empty() && !since.is_empty());
    }
}
