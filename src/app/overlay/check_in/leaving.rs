//! A form that is left at once: what it says is made fit to be written without asking, and told in words.

use super::CheckIn;
use super::field::Field;
use super::pick;
use super::row::{Content, Row, Value};
use crate::app::message::Edit;
use crate::app::text_field::TextField;
use crate::domain::record::NOTE_MAX;

impl CheckIn {
    /// Sets the tag that is being typed. What there is no room for is handed back.
    pub fn settle_tags_or_hand_back(&mut self) -> Vec<String> {
        let mut left = Vec::new();
        for row in &mut self.rows {
            let label = row.label();
            if let Value::Tags(tags) = &mut row.value
                && tags.settle().is_err()
            {
                left.push(format!("{label}: {}", tags.typed.text().trim()));
                tags.typed = TextField::default();
            }
        }
        left
    }

    /// Leaves the change of the field that has the keys out; what was typed there, with its name. `None`: nothing was.
    pub fn leave_out(&mut self) -> Option<String> {
        let at = self.at.min(self.rows.len().checked_sub(1)?);
        let row = self.rows.remove(at);
        self.at = 0;
        row.in_words()
    }

    /// Puts a line at the end of the note; false where it has no room.
    pub fn note_down(&mut self, line: &str) -> bool {
        let is_note = |row: &&mut Row| row.field == Field::Note;
        let Some(row) = self.rows.iter_mut().find(is_note) else {
            return false;
        };
        let Value::Note(note) = &mut row.value else {
            return false;
        };
        note.edit(Edit::Last);
        let is_new = note.text().is_empty() || note.text().ends_with('\n');
        let lead = if is_new { "" } else { "\n" };
        note.insert(&format!("{lead}{line}"), NOTE_MAX)
    }

    /// What was changed, in a few words: 'pain 6, note'. `numbers`: whether they may be said.
    pub fn in_short(&self, numbers: bool) -> String {
        let changed = self.rows.iter().filter(|row| row.is_changed());
        let words = changed.map(|row| {
            let name = row.label().to_lowercase();
            match row.content() {
                Content::Scale(value) if numbers => format!("{name} {value}"),
                Content::Nothing => format!("{name} taken away"),
                _ => name,
            }
        });
        words.collect::<Vec<_>>().join(", ")
    }

    /// All that was typed, a line for each field.
    pub fn in_full(&self) -> String {
        let changed = self.rows.iter().filter(|row| row.is_changed());
        changed
            .filter_map(Row::in_words)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl Row {
    /// What it says, with its name; `None` where it says nothing.
    fn in_words(&self) -> Option<String> {
        let words = match (&self.value, self.content()) {
            (Value::Pick(pick), _) if pick.is_open() => pick.typed.text().to_owned(),
            (_, Content::Nothing) => return None,
            (_, Content::Scale(value)) => value.to_string(),
            (_, Content::List(words)) => words.join(", "),
            (_, Content::Text(text)) => text,
            (_, Content::What(what)) => pick::named(&what),
            (Value::Part(part), Content::Part(times, done)) => {
                let end = if done { "done" } else { "not done" };
                format!("{}, {times}, {end}", part.name)
            }
            (_, Content::Part(times, _)) => times,
        };
        Some(format!("{}: {words}", self.label()))
    }
}
