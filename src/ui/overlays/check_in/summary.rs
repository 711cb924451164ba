//! What a field says, in a few words beside its name.

use crate::app::overlay::check_in::field::Field;
use crate::app::overlay::check_in::row::{Content, Row};

/// The field's value in one line; `is_new`: of a new entry.
pub fn of(row: &Row, is_new: bool) -> String {
    match (row.content(), &row.odd) {
        (Content::Nothing, Some(raw)) => format!("? {raw}"),
        (Content::Nothing, None) => match row.field {
            Field::When if is_new => "now".into(),
            _ => "-".into(),
        },
        (Content::Scale(value), _) => value.to_string(),
        (Content::List(words), _) => {
            let words: Vec<String> = words.iter().map(|word| place(row.field, word)).collect();
            words.join(", ")
        }
        (Content::Text(text), _) => text,
    }
}

/// A place without the signs of the log.
fn place(field: Field, word: &str) -> String {
    match field {
        Field::Where | Field::TravelsTo => word.replace(['-', ':'], " "),
        _ => word.to_owned(),
    }
}
