//! An entry as the cells of a CSV row, and back.
//!
//! A value stands in the cell of its field where reading that cell gives the same value again. Whatever else there is
//! (unknown fields, values that cannot be, a note that is empty) stands as JSON in the last column, so that nothing is
//! lost on the way.

#[cfg(test)]
mod tests;

use std::io::Write;

use serde_json::value::RawValue;

use super::line::Pairs;
use crate::domain::id::Id;
use crate::domain::record::change::is_same;
use crate::domain::record::{
    FIELDS, Fields, ItemDone, ListField, NOTE_MAX, check_tags, parse_moment,
};
use crate::domain::scale::Scale;
use crate::domain::vocabulary::{Vocabulary, nearest};
use crate::domain::when::{Moment, parse_duration};

/// The column of a record's id.
pub const REC: &str = "rec";
/// The column of what fits no other.
pub const MORE: &str = "more";

/// The columns in their order.
pub fn columns() -> impl Iterator<Item = &'static str> {
    [REC].into_iter().chain(FIELDS).chain([MORE])
}

/// What reading a cell needs to know.
pub struct Reading<'a> {
    /// The word lists.
    pub words: &'a Vocabulary,
    /// Reads a moment that is not written as the journal writes it.
    pub moment: &'a dyn Fn(&str) -> Result<Moment, String>,
}

/// The row of an entry.
pub fn encode(rec: &Id, fields: &Fields, words: &Vocabulary) -> Vec<String> {
    let reading = Reading {
        words,
        // Only what stands as the journal writes it may go into a cell.
        moment: &|_| Err(String::new()),
    };
    let mut row = vec![String::new(); FIELDS.len() + 2];
    row[0] = guarded(&rec.to_string());
    let mut more = Fields::default();
    for (name, raw) in fields.iter() {
        let at = FIELDS.iter().position(|field| *field == name);
        let cell = cell_of(name, raw.get()).filter(|text| {
            let back = decode(name, text, &reading);
            back.is_ok_and(|back| {
                back.value
                    .is_some_and(|back| is_same(back.get(), raw.get()))
            })
        });
        match (at, cell) {
            (Some(at), Some(text)) => row[at + 1] = guarded(&text),
            _ => more.push_raw(name, raw.to_owned()),
        }
    }
    if !more.is_empty() {
        row[FIELDS.len() + 1] = serde_json::to_string(&more).unwrap_or_default();
    }
    row
}

/// Writes a row: commas between the cells, a line feed behind. What parts cells or lines in any country's spreadsheets
/// is quoted, the semicolon as well as the comma.
pub fn write_row<'a>(
    row: impl Iterator<Item = &'a str>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for (at, cell) in row.enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        if cell.contains([',', ';', '\t', '"', '\r', '\n']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

/// What a cell says.
#[derive(Debug, Default)]
pub struct Cell {
    /// The value's JSON text; `None`: the cell is empty, or a rating is `-`.
    pub value: Option<Box<RawValue>>,
    /// What the person should know about how it was read.
    pub note: Option<String>,
}

/// Reads the cell of a known field. The error says what stands there and what is right.
pub fn decode(field: &str, text: &str, reading: &Reading<'_>) -> Result<Cell, String> {
    if text.is_empty() {
        return Ok(Cell::default());
    }
    let trimmed = text.trim();
    let value = match field {
        "note" | "stopped_because" if text.len() > NOTE_MAX => {
            let what = if field == "note" { "note" } else { "reason" };
            return Err(format!("the {what} is too long: at most {NOTE_MAX} bytes"));
        }
        "note" | "stopped_because" => raw(text),
        _ if trimmed.is_empty() => None,
        "started_at" | "ended_at" | "rated_after_at" => return decode_moment(trimmed, reading),
        "kind" => one_of(trimmed, &["session", "check-in", "questionnaire", "plan"])?,
        "status" => one_of(trimmed, &["running", "finished", "stopped"])?,
        "side_first" => one_of(trimmed, &["left", "right"])?,
        "technique" | "routine" => raw(trimmed),
        "planned_s" | "active_s" => raw(&seconds(trimmed)?),
        "steps_done" => raw(&count(trimmed, u32::MAX)?),
        "roland_morris" => raw(&count(trimmed, 24)?),
        "items" => json::<Vec<ItemDone>>(trimmed, "a list of items")?,
        "plan" => json::<serde::de::IgnoredAny>(trimmed, "JSON")?,
        "peg" => raw(&peg(trimmed)?),
        _ => match WordsOf::field(field) {
            Some(list) => raw(&list_of(trimmed, list, reading.words)?),
            None if trimmed == "-" => None,
            None => raw(&trimmed.parse::<Scale>()?.get()),
        },
    };
    Ok(Cell { value, note: None })
}

/// Where the words of a list come from.
#[derive(Debug, Clone, Copy)]
enum WordsOf {
    /// What the person chose.
    Anything,
    /// What the vocabulary has for it.
    List(ListField),
}

impl WordsOf {
    fn field(name: &str) -> Option<Self> {
        match name {
            "queue" => Some(Self::Anything),
            name => ListField::named(name).map(Self::List),
        }
    }
}

fn raw(value: &(impl serde::Serialize + ?Sized)) -> Option<Box<RawValue>> {
    serde_json::value::to_raw_value(value).ok()
}

fn decode_moment(text: &str, reading: &Reading<'_>) -> Result<Cell, String> {
    if parse_moment(text).is_some() {
        return Ok(Cell {
            value: raw(text),
            note: None,
        });
    }
    let moment = (reading.moment)(text)?;
    Ok(Cell {
        value: raw(&crate::domain::record::moment_text(&moment.at)),
        note: moment.note,
    })
}

fn one_of(text: &str, known: &[&'static str]) -> Result<Option<Box<RawValue>>, String> {
    match known.iter().find(|word| **word == text) {
        Some(word) => Ok(raw(*word)),
        None => Err(match nearest(text, known.iter().copied()) {
            Some(word) => format!("unknown word '{text}': did you mean '{word}'?"),
            None => format!("unknown word '{text}': the words are: {}", known.join(", ")),
        }),
    }
}

fn count(text: &str, most: u32) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| match most {
        u32::MAX => format!("'{text}' is not a whole number"),
        _ => format!("'{text}' is not a whole number from 0 to {most}"),
    })
}

fn seconds(text: &str) -> Result<u32, String> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        count(text, u32::MAX)
    } else {
        parse_duration(text)
    }
}

fn json<T: serde::de::DeserializeOwned>(
    text: &str,
    what: &str,
) -> Result<Option<Box<RawValue>>, String> {
    let read = serde_json::from_str::<T>(text).and_then(|_| RawValue::from_string(text.to_owned()));
    read.map(Some)
        .map_err(|error| format!("this is not {what}: {error}"))
}

fn peg(text: &str) -> Result<Vec<u8>, String> {
    let answers = text.split([';', ',']).map(str::trim);
    let answers: Vec<u8> = answers
        .map(|answer| answer.parse::<Scale>().map(Scale::get))
        .collect::<Result<_, _>>()?;
    if answers.len() == 3 {
        Ok(answers)
    } else {
        Err(format!("'{text}' is not three answers, such as 4; 3; 5"))
    }
}

fn list_of(text: &str, list: WordsOf, words: &Vocabulary) -> Result<Vec<String>, String> {
    let read = |item: String| match list {
        WordsOf::List(ListField::Regions) => words.place(&item).map(|place| place.to_string()),
        WordsOf::List(ListField::TravelsTo) => {
            words.end_point(&item).map(|place| place.to_string())
        }
        WordsOf::List(ListField::Words(list)) => words.word(list, &item).map(str::to_owned),
        WordsOf::List(ListField::Tags) | WordsOf::Anything => Ok(item),
    };
    let items = split(text);
    let known: Result<Vec<String>, String> = items.iter().cloned().map(&read).collect();
    let read = known.or_else(|why| {
        // No known word has a comma in it.
        let parted = items.iter().flat_map(|item| item.split(','));
        let parted = parted.map(str::trim).filter(|item| !item.is_empty());
        let parted: Vec<String> = parted.map(str::to_owned).collect();
        if parted.len() <= items.len() {
            return Err(why);
        }
        let known: Result<Vec<String>, String> = parted.into_iter().map(&read).collect();
        known.map_err(|why| format!("{why}; items are parted by ';'"))
    })?;
    if matches!(list, WordsOf::List(ListField::Tags) | WordsOf::Anything) {
        check_tags(&read)?;
    }
    Ok(read)
}

/// The items of a list: parted by semicolons, without the blanks around them. A backslash takes the next character as
/// it is.
fn split(text: &str) -> Vec<String> {
    let (mut items, mut item, mut literal) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            _ if literal => {
                item.push(c);
                literal = false;
            }
            '\\' => literal = true,
            ';' => items.push(std::mem::take(&mut item)),
            _ => item.push(c),
        }
    }
    items.push(item);
    let items = items.iter().map(|item| item.trim().to_owned());
    items.filter(|item| !item.is_empty()).collect()
}

fn joined(items: &[String]) -> String {
    let escaped = items
        .iter()
        .map(|item| item.replace('\\', "\\\\").replace(';', "\\;"));
    escaped.collect::<Vec<_>>().join("; ")
}

/// A value as the text of its field's cell; `None` for one that no cell can hold.
fn cell_of(field: &str, value: &str) -> Option<String> {
    let text = || serde_json::from_str::<String>(value).ok();
    match field {
        "items" | "plan" => Some(value.to_owned()),
        "peg" => {
            let answers: [u8; 3] = serde_json::from_str(value).ok()?;
            Some(answers.map(|answer| answer.to_string()).join("; "))
        }
        _ if WordsOf::field(field).is_some() => {
            Some(joined(&serde_json::from_str::<Vec<String>>(value).ok()?))
        }
        _ if value.starts_with('"') => text(),
        _ => Some(value.to_owned()),
    }
}

/// Whether a spreadsheet would take it for a formula.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// With an apostrophe before what a spreadsheet would take for a formula, and before an apostrophe that stands so
/// already.
fn guarded(text: &str) -> String {
    if is_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Takes the apostrophe of `guarded` away.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(text) => rest,
        _ => text,
    }
}

/// Reads the column of what fits no other: an object.
pub fn decode_more(text: &str) -> Result<Vec<(String, Box<RawValue>)>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let pairs: Pairs<'_> = serde_json::from_str(text)
        .map_err(|error| format!("this is not a JSON object: {error}"))?;
    if pairs.doubled {
        return Err("a field's name stands twice in it".to_owned());
    }
    let owned = pairs.pairs.into_iter();
    Ok(owned
        .map(|(name, value)| (name.into_owned(), value.to_owned()))
        .collect())
}
