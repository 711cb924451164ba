//! What the TOML parser says of a file of techniques or routines, in words for the person who wrote it; and signs in it
//! that no text of theirs needs.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::domain::nearest::nearest;
use crate::domain::order;

/// The parser's message in plain words; one that is not known here stays as it is.
pub fn plain(message: &str) -> String {
    let told = if let Some(rest) = message.strip_prefix("unknown field ") {
        unknown_field(rest)
    } else if let Some(rest) = message.strip_prefix("unknown variant ") {
        unknown_word(rest)
    } else if let Some(rest) = message.strip_prefix("missing field ") {
        Some(format!("the field {} is missing", rest.replace('`', "'")))
    } else if let Some(rest) = message.strip_prefix("invalid length ") {
        rest.split_once(", expected an array of length ")
            .map(|(given, wanted)| format!("a list of {given}: give {wanted} values"))
    } else {
        let rest = message.strip_prefix("invalid type: ");
        rest.or_else(|| message.strip_prefix("invalid value: "))
            .and_then(wrong_value)
    };
    told.unwrap_or_else(|| message.to_owned())
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn unknown_field(rest: &str) -> Option<String> {
    let names = quoted(rest);
    let (field, known) = names.split_first()?;
    let hint = match nearest(field, known.iter().copied()) {
        Some(near) => format!("did you mean '{near}'?"),
        None => format!("the fields are: {}", known.join(", ")),
    };
    Some(format!("there is no field '{field}': {hint}"))
}

fn unknown_word(rest: &str) -> Option<String> {
    let names = quoted(rest);
    let (word, known) = names.split_first()?;
    Some(format!("'{word}' is none of: {}", known.join(", ")))
}

fn wrong_value(rest: &str) -> Option<String> {
    let (given, wanted) = rest.rsplit_once(", expected ")?;
    let given = match given {
        "sequence" => "a list",
        "map" => "a table or a date",
        other => match quoted(other)[..] {
            [value] if !other.starts_with("string ") => value,
            _ => other.strip_prefix("string ").unwrap_or(other),
        },
    };
    let wanted = match wanted {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "f64" => "a number",
        "a string" => "a text in quotation marks",
        "a sequence" => "a list, such as [\"a\", \"b\"]",
        "a boolean" => "true or false",
        other => other,
    };
    let is_too_much = wanted.ends_with("0 or more") && given.bytes().all(|b| b.is_ascii_digit());
    if is_too_much {
        return Some(format!("{given} is too large a number"));
    }
    Some(format!("{given} can't stand here: give {wanted}"))
}

/// The first control character of a text as it stands, which TOML does not take, and where.
pub fn raw_controls(text: &str) -> Option<(Range<usize>, String)> {
    let (at, c) = text
        .char_indices()
        .find(|(_, c)| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t'))?;
    Some((at..at + c.len_utf8(), words(c)))
}

/// The values with a sign, perhaps written as its escape, that steers a terminal or turns the direction of writing.
pub fn unwanted(table: &DeTable<'_>) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    in_table(table, &mut found);
    order::by_key(&mut found, |(span, _)| span.start);
    found
}

fn in_table(table: &DeTable<'_>, found: &mut Vec<(Range<usize>, String)>) {
    for value in table.values() {
        in_value(value, found);
    }
}

fn in_value(value: &toml::Spanned<DeValue<'_>>, found: &mut Vec<(Range<usize>, String)>) {
    match value.get_ref() {
        DeValue::String(text) => {
            if let Some(c) = text.chars().find(|c| is_unwanted(*c)) {
                found.push((value.span(), words(c)));
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
    fn the_parser_s_words_become_words_for_people() {
        for (said, told) in [
            (
                "invalid value: integer `-5`, expected u32",
                "-5 can't stand here: give a whole number, 0 or more",
            ),
            (
                "invalid type: integer `99999999999999999999` as i128, expected u32",
                "99999999999999999999 is too large a number",
            ),
            (
                "invalid value: integer `300`, expected u8",
                "300 can't stand here: give a whole number from 0 to 255",
            ),
            (
                "invalid type: string \"a `b`, expected c\", expected u32",
                "\"a `b`, expected c\" can't stand here: give a whole number, 0 or more",
            ),
            (
                "invalid type: sequence, expected a string",
                "a list can't stand here: give a text in quotation marks",
            ),
            (
                "unknown field `nmae`, expected one of `slug`, `name`",
                "there is no field 'nmae': did you mean 'name'?",
            ),
            (
                "unknown field `zzz`, expected `in_s` or `out_s`",
                "there is no field 'zzz': the fields are: in_s, out_s",
            ),
            (
                "unknown variant `F`, expected one of `A`, `B`",
                "'F' is none of: A, B",
            ),
            ("missing field `name`", "the field 'name' is missing"),
            (
                "invalid length 1, expected an array of length 2",
                "a list of 1: give 2 values",
            ),
            (
                "key with no value, expected `=`",
                "key with no value, expected `=`",
            ),
        ] {
            assert_eq!(plain(said), told);
        }
    }

    #[test]
    fn signs_that_steer_or_turn_are_found_with_their_place() {
        let text = "a = 'fine \u{200f}'\nb = \"\\u001b[2J\"\nc = { d = ['x', '\u{202e}y'] }\n";
        let table = DeTable::parse(text).unwrap();
        let found = unwanted(table.get_ref());
        let lines: Vec<usize> = found
            .iter()
            .map(|(span, _)| crate::toml_file::line_of(text.as_bytes(), span.start))
            .collect();
        assert_eq!(lines, [2, 3]);
        assert!(found[0].1.contains("U+001B") && found[1].1.contains("U+202E"));
        assert!(raw_controls("a = 'b\tc'\r\n").is_none());
        assert_eq!(raw_controls("x\0").map(|(span, _)| span), Some(1..2));
    }
}
