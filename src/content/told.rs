//! What is wrong with a file of techniques or routines, in words for the person who wrote it; and signs in it that no
//! text of theirs needs.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Expected, Unexpected};
use toml::de::{DeTable, DeValue};

use crate::domain::nearest::nearest;
use crate::domain::order;

/// What is wrong with a name or a value, in a line for the person who wrote it.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong(Box<str>);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

impl serde::de::Error for Wrong {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self(why.to_string().into())
    }

    #[cold]
    fn invalid_type(given: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self(wrong_value(given, &wanted.to_string()).into())
    }

    #[cold]
    fn invalid_value(given: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::invalid_type(given, wanted)
    }

    #[cold]
    fn invalid_length(given: usize, wanted: &dyn Expected) -> Self {
        let wanted = wanted.to_string();
        let count = wanted.trim_start_matches("an array of length ");
        Self::custom(format_args!("a list of {given}: give {count} values"))
    }

    #[cold]
    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        let known = known.join(", ");
        Self::custom(format_args!("'{word}' is none of: {known}"))
    }

    #[cold]
    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let hint = match nearest(field, known.iter().copied()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("the fields are: {}", known.join(", ")),
        };
        Self::custom(format_args!("there is no field '{field}': {hint}"))
    }

    #[cold]
    fn missing_field(field: &'static str) -> Self {
        Self::custom(format_args!("the field '{field}' is missing"))
    }
}

/// What was wanted: something, and the names that there are of it.
pub struct Listed(pub &'static str, pub &'static [&'static str]);

impl Expected for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0, self.1.join(", "))
    }
}

fn wrong_value(given: Unexpected<'_>, wanted: &str) -> String {
    let words = match given {
        Unexpected::Bool(yes) => yes.to_string(),
        Unexpected::Unsigned(number) => number.to_string(),
        Unexpected::Signed(number) => number.to_string(),
        Unexpected::Float(number) => format!("{number:?}"),
        Unexpected::Str(text) => format!("{text:?}"),
        Unexpected::Other(text) => text.to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        // For a list of tables one bracket too few is the slip to expect.
        Unexpected::Map if wanted == "a sequence" => {
            return "a table can't stand here: give a list; each table of one begins with its name in two brackets, such as [[steps]]".to_owned();
        }
        Unexpected::Map => "a table".to_owned(),
        other => other.to_string(),
    };
    // What is too large for any type comes as it was written.
    let is_large = match given {
        Unexpected::Unsigned(_) => matches!(wanted, "u32" | "u64" | "usize"),
        Unexpected::Other(text) => {
            let digits = text.trim_start_matches(['+', '-']);
            let is_number = digits.starts_with(|c: char| c.is_ascii_digit());
            is_number && (wanted == "f64" || !text.starts_with('-') && wanted == "u32")
        }
        _ => false,
    };
    if is_large {
        return format!("{words} is too large a number");
    }
    let wanted = wanted_words(wanted);
    format!("{words} can't stand here: give {wanted}")
}

/// What serde says that a type takes, in words.
fn wanted_words(wanted: &str) -> Cow<'_, str> {
    let words = match wanted {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "f64" => "a number",
        "a string" => "a text in quotation marks",
        "a sequence" => "a list, such as [\"a\", \"b\"]",
        "a boolean" => "true or false",
        other => match other.strip_prefix("an array of length ") {
            Some(count) => return format!("a list of {count} values").into(),
            None => other,
        },
    };
    words.into()
}

/// The first control character of a text as it stands, which TOML does not take, and where.
pub fn raw_controls(text: &str) -> Option<(usize, String)> {
    let (at, c) = text
        .char_indices()
        .find(|(_, c)| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t'))?;
    Some((at, words(c)))
}

/// The values with a sign, perhaps written as its escape, that steers a terminal or turns the direction of writing.
pub fn unwanted(table: &DeTable<'_>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    in_table(table, &mut found);
    order::by_key(&mut found, |(at, _)| *at);
    found
}

fn in_table(table: &DeTable<'_>, found: &mut Vec<(usize, String)>) {
    for value in table.values() {
        in_value(value, found);
    }
}

fn in_value(value: &toml::Spanned<DeValue<'_>>, found: &mut Vec<(usize, String)>) {
    match value.get_ref() {
        DeValue::String(text) => {
            if let Some(c) = text.chars().find(|c| is_unwanted(*c)) {
                found.push((value.span().start, words(c)));
            }
        }
        DeValue::Array(list) => list.iter().for_each(|one| in_value(one, found)),
        DeValue::Table(table) => in_table(table, found),
        _ => {}
    }
}

fn is_unwanted(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn words(c: char) -> String {
    let what = if c.is_control() {
        "a control character"
    } else {
        "a sign that turns the direction of writing"
    };
    format!("{what} (U+{:04X}) is in it: leave it out", u32::from(c))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_in_words_for_people() {
        use serde::de::Error as _;
        let wrong = |given, wanted: &'static str| Wrong::invalid_type(given, &wanted).to_string();
        for (said, told) in [
            (
                wrong(Unexpected::Signed(-5), "u32"),
                "-5 can't stand here: give a whole number, 0 or more",
            ),
            (
                wrong(Unexpected::Other("99999999999999999999"), "u32"),
                "99999999999999999999 is too large a number",
            ),
            (
                wrong(Unexpected::Other("99999999999999999999"), "a string"),
                "99999999999999999999 can't stand here: give a text in quotation marks",
            ),
            (
                wrong(Unexpected::Other("-1e999"), "f64"),
                "-1e999 is too large a number",
            ),
            (
                wrong(Unexpected::Unsigned(1 << 32), "u32"),
                "4294967296 is too large a number",
            ),
            (
                wrong(Unexpected::Unsigned(300), "u8"),
                "300 can't stand here: give a whole number from 0 to 255",
            ),
            (
                wrong(Unexpected::Float(2.0), "u16"),
                "2.0 can't stand here: give a whole number from 0 to 65535",
            ),
            (
                wrong(Unexpected::Str("a `b`, expected c"), "u32"),
                "\"a `b`, expected c\" can't stand here: give a whole number, 0 or more",
            ),
            (
                wrong(Unexpected::Seq, "a string"),
                "a list can't stand here: give a text in quotation marks",
            ),
            (
                wrong(Unexpected::Map, "a boolean"),
                "a table can't stand here: give true or false",
            ),
            (
                wrong(Unexpected::Unsigned(5), "a sequence"),
                "5 can't stand here: give a list, such as [\"a\", \"b\"]",
            ),
            (
                Wrong::invalid_type(Unexpected::Bool(true), &Listed("one of", &["a", "b"]))
                    .to_string(),
                "true can't stand here: give one of: a, b",
            ),
            (
                Wrong::unknown_field("nmae", &["slug", "name"]).to_string(),
                "there is no field 'nmae': did you mean 'name'?",
            ),
            (
                Wrong::unknown_field("zzz", &["in_s", "out_s"]).to_string(),
                "there is no field 'zzz': the fields are: in_s, out_s",
            ),
            (
                Wrong::unknown_variant("F", &["A", "B"]).to_string(),
                "'F' is none of: A, B",
            ),
            (
                Wrong::missing_field("name").to_string(),
                "the field 'name' is missing",
            ),
            (
                Wrong::invalid_length(1, &"an array of length 2").to_string(),
                "a list of 1: give 2 values",
            ),
        ] {
            assert_eq!(said, told);
        }
    }

    #[test]
    fn signs_that_steer_or_turn_are_found_with_their_place() {
        let text = "a = 'fine \u{200f}'\nb = \"\\u001b[2J\"\nc = { d = ['x', '\u{202e}y'] }\n";
        let table = DeTable::parse(text).unwrap();
        let found = unwanted(table.get_ref());
        let lines = crate::toml_file::Lines::of(text.as_bytes());
        let lines: Vec<usize> = found.iter().map(|(at, _)| lines.at(*at)).collect();
        assert_eq!(lines, [2, 3]);
        assert!(found[0].1.contains("U+001B") && found[1].1.contains("U+202E"));
        assert!(raw_controls("a = 'b\tc'\r\n").is_none());
        assert_eq!(raw_controls("x\0").map(|(at, _)| at), Some(1));
    }
}
