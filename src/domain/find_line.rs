//! What is typed to find something in the log: words, and prefixes such as `tag:` and `since:` that ask for more.

use chrono::NaiveDate;

use super::find::{Find, kind, place, tag};
use super::library::Library;
use super::vocabulary::{Place, nearest};
use super::when;

/// The prefixes there are, for a hint.
pub const PREFIXES: &str =
    "tag: where: technique: routine: kind: since: until: and \"words in quotes\"";

/// Each prefix, with what is said as long as nothing stands behind it.
const KNOWN: [(&str, &str); 7] = [
    ("tag", "a tag, or how one begins, such as tag:work"),
    ("where", "a place, such as where:sacrum"),
    (
        "technique",
        "words of its name, such as technique:\"six breaths\"",
    ),
    (
        "routine",
        "words of its name, such as routine:\"desk reset\"",
    ),
    ("kind", "session, check-in or questionnaire"),
    ("since", "the first day: 2026-11-01, yesterday, 7d, mon"),
    ("until", "the last day: 2026-11-01, yesterday, 7d, mon"),
];

/// A line as it was read. Typed letter by letter, most of what it meets on the way is not whole yet: that is passed over,
/// and said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What is looked for.
    pub find: Find,
    /// What could not be read, one line.
    pub trouble: Option<String>,
}

/// Reads a typed line. What stands in it without a prefix is text.
pub fn read(typed: &str, today: NaiveDate, library: &Library) -> Line {
    let mut line = Line::default();
    let mut words = Vec::new();
    for piece in pieces(typed) {
        let read = match piece.split_once(':') {
            Some((prefix, value)) if is_word(prefix) => {
                line.find.ask(prefix, value, today, library)
            }
            _ => Ok(Read::Text),
        };
        match read {
            Ok(Read::Asked) => {}
            Ok(Read::Text) => words.push(piece),
            Ok(Read::TextAnd(remark)) => {
                words.push(piece);
                line.trouble = Some(remark);
            }
            Err(trouble) => line.trouble = Some(trouble),
        }
    }
    line.find.text = words.join(" ");
    line
}

/// How a piece was read.
enum Read {
    /// By its prefix.
    Asked,
    /// It has none.
    Text,
    /// It looks as if it had one; with what is said of that.
    TextAnd(String),
}

/// Letters alone: '12:30' has no prefix, and a link's is followed by a slash.
fn is_word(prefix: &str) -> bool {
    !prefix.is_empty() && prefix.chars().all(char::is_alphabetic)
}

/// Parts between blanks; quotes at the beginning of one, or of a value, hold it together.
fn pieces(typed: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut quoted) = (0, false);
    let mut before = ' ';
    for (at, c) in typed.char_indices() {
        match c {
            '"' if quoted => quoted = false,
            '"' => quoted = before.is_whitespace() || before == ':',
            _ if c.is_whitespace() && !quoted => {
                pieces.push(&typed[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
        before = c;
    }
    pieces.push(&typed[start..]);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

impl Find {
    /// Asks for what a prefix says.
    fn ask(
        &mut self,
        prefix: &str,
        value: &str,
        today: NaiveDate,
        library: &Library,
    ) -> Result<Read, String> {
        let small = prefix.to_lowercase();
        let Some((_, wanted)) = KNOWN.iter().find(|(known, _)| *known == small) else {
            return unknown(prefix, value);
        };
        let value = value.trim_matches('"').trim();
        if value.is_empty() {
            return Err(format!("{small}: {wanted}"));
        }
        match &*small {
            "tag" => {
                let words = library.vocabulary();
                self.tags.push(tag(value, words));
                self.tag_words.push(value.to_owned());
            }
            "where" => self.places.extend(places(value, library)?),
            "kind" => self.kinds.push(kind(value)?),
            "since" => self.since = Some(when::parse_day(value, today)?),
            "until" => self.until = Some(when::parse_day(value, today)?),
            _ => self.technique_words.push(value.to_owned()),
        }
        Ok(Read::Asked)
    }
}

/// A slip in a prefix is said and looks for nothing; what is like none is looked for as it stands, and that is said.
fn unknown(prefix: &str, value: &str) -> Result<Read, String> {
    if value.starts_with('/') {
        return Ok(Read::Text);
    }
    match nearest(prefix, KNOWN.iter().map(|(known, _)| *known)) {
        Some(right) => Err(format!("there is no '{prefix}:', did you mean '{right}:'?")),
        None => Ok(Read::TextAnd(format!(
            "'{prefix}:' is looked for as a word; there are {PREFIXES}"
        ))),
    }
}

/// A place, or all places that begin so.
fn places(typed: &str, library: &Library) -> Result<Vec<Place>, String> {
    let words = library.vocabulary();
    place(typed, words).map(|place| vec![place]).or_else(|why| {
        let found = words.places_begun(typed);
        if found.is_empty() {
            Err(why)
        } else {
            Ok(found)
        }
    })
}
