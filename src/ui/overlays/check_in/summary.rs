//! What a field says, in a few words beside its name.

use crate::app::overlay::check_in::field::Field;
use crate::app::overlay::check_in::pick;
use crate::app::overlay::check_in::row::{Content, Row, Value};
use crate::ui::entry_words;

/// So many characters of a text say which one it is.
const SHORT: usize = 60;

/// The field's value in one line; `is_new`: of a new entry.
pub fn of(row: &Row, is_new: bool) -> String {
    let content = row.content();
    match (&content, &row.value, &row.odd) {
        (Content::Nothing, _, Some(raw)) => format!("? {raw}"),
        (Content::Nothing, Value::Kept { .. } | Value::Part(_), _) => "taken away".into(),
        (Content::Nothing, Value::Pick(pick), _) if !pick.otherwise.is_empty() => {
            pick.otherwise.clone()
        }
        (Content::Part(..), Value::Part(part), _) if part.is_asking() => "how long?".into(),
        (Content::Nothing, ..) if row.field == Field::When && is_new => "now".into(),
        _ => words(&content, row.field),
    }
}

/// What the field became elsewhere, where it was changed here as well.
pub fn there(row: &Row) -> Option<String> {
    let there = row.elsewhere.as_ref().filter(|_| row.is_changed())?;
    Some(words(there, row.field))
}

/// That the field was changed elsewhere as well as here: what it is there, and what it is here.
pub fn elsewhere(row: &Row) -> Option<String> {
    let there = there(row)?;
    let here = words(&row.content(), row.field);
    Some(format!(
        "Changed elsewhere meanwhile: {}; yours: {}. Saving keeps yours.",
        short(&there),
        short(&here)
    ))
}

/// The start of a long text.
fn short(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SHORT) {
        Some((at, _)) => format!("{}...", &words[..at]),
        None => words,
    }
}

fn words(content: &Content, field: Field) -> String {
    match content {
        Content::Nothing => "-".into(),
        Content::Scale(value) => value.to_string(),
        Content::List(words) => {
            let words: Vec<String> = words.iter().map(|word| place(field, word)).collect();
            words.join(", ")
        }
        Content::Text(text) => text.clone(),
        Content::What(what) => pick::named(what),
        Content::Part(times, true) => format!("[x] {times}"),
        Content::Part(times, false) => format!("[ ] {times}"),
    }
}

/// A place without the signs of the log.
fn place(field: Field, word: &str) -> String {
    match field {
        Field::Where | Field::TravelsTo => entry_words::place(word),
        _ => word.to_owned(),
    }
}
