//! What is typed to find something in the log: words, and prefixes such as `tag:` and `since:` that ask for more.

use chrono::NaiveDate;

use super::find::{Find, place, tag};
use super::library::Library;
use super::record::Kind;
use super::vocabulary::Place;
use super::when;

/// The prefixes there are, for a hint.
pub const PREFIXES: &str = "tag: where: technique: routine: kind: since: until:";

/// A line as it was read. Typed letter by letter, most of what it meets on the way is not whole yet: that is passed over,
/// and said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What is looked for.
    pub find: Find,
    /// What could not be read, one line.
    pub trouble: Option<String>,
}

/// Reads a typed line. What stands in it without a prefix, or with one that is none, is text.
pub fn read(typed: &str, today: NaiveDate, library: &Library) -> Line {
    let mut line = Line::default();
    let mut words = Vec::new();
    for word in typed.split_whitespace() {
        let read = match word.split_once(':') {
            Some((prefix, value)) => line.find.ask(prefix, value, today, library),
            None => Ok(false),
        };
        match read {
            Ok(true) => {}
            Ok(false) => words.push(word),
            Err(trouble) => line.trouble = Some(trouble),
        }
    }
    line.find.text = words.join(" ");
    line
}

impl Find {
    /// Asks for what a prefix says; false: it is none.
    fn ask(
        &mut self,
        prefix: &str,
        value: &str,
        today: NaiveDate,
        library: &Library,
    ) -> Result<bool, String> {
        let is_empty = value.is_empty();
        match prefix.to_lowercase().as_str() {
            "tag" | "where" | "technique" | "routine" | "kind" | "since" | "until" if is_empty => {}
            "tag" => self.tags.push(tag(value, library.vocabulary())),
            "where" => self.places.extend(places(value, library)?),
            "technique" | "routine" => self.techniques.extend(slugs(value, library)),
            "kind" => self.kinds.push(kind(value)?),
            "since" => self.since = Some(when::parse_day(value, today)?),
            "until" => self.until = Some(when::parse_day(value, today)?),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// A place, or all places that begin so.
fn places(typed: &str, library: &Library) -> Result<Vec<Place>, String> {
    let words = library.vocabulary();
    place(typed, words).map(|place| vec![place]).or_else(|why| {
        let start = typed.to_lowercase();
        let regions = words.regions.iter().map(|region| &region.id);
        let ends = words.travels_to.iter().map(|end| &end.id);
        let found: Vec<Place> = regions
            .chain(ends)
            .filter(|id| id.starts_with(&start))
            .map(|id| Place {
                region: id.clone(),
                side: None,
            })
            .collect();
        if found.is_empty() {
            Err(why)
        } else {
            Ok(found)
        }
    })
}

/// The techniques and routines with this in their slug. The library may no longer have what the log has.
fn slugs(typed: &str, library: &Library) -> Vec<String> {
    let part = typed.to_lowercase();
    let techniques = library.techniques.iter().map(|technique| &technique.slug);
    let routines = library.routines.iter().map(|routine| &routine.slug);
    let found = techniques
        .chain(routines)
        .filter(|slug| slug.contains(&part));
    let mut found: Vec<String> = found.cloned().collect();
    found.push(part);
    found
}

fn kind(typed: &str) -> Result<Kind, String> {
    let typed_small = typed.to_lowercase();
    [
        ("session", Kind::Session),
        ("check-in", Kind::CheckIn),
        ("questionnaire", Kind::Questionnaire),
    ]
    .into_iter()
    .find(|(name, _)| name.starts_with(&typed_small))
    .map(|(_, kind)| kind)
    .ok_or_else(|| format!("'{typed}' is no kind: give session, check-in or questionnaire"))
}
