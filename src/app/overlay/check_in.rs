//! A check-in: pain, stress and a note, saved with Enter at any point.

use super::{Answer, Reply};
use crate::app::message::Action;
use crate::app::text_field::TextField;
use crate::domain::record::{Fields, NOTE_MAX, moment_text};
use crate::domain::scale::Scale;
use crate::domain::time::Now;

/// Which field has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Pain now.
    Pain,
    /// Stress now.
    Stress,
    /// In own words.
    Note,
}

/// The check-in on the screen.
#[derive(Debug, Clone)]
pub struct CheckIn {
    /// Which field has the keys.
    pub field: Field,
    /// Pain now.
    pub pain: Option<Scale>,
    /// Stress now.
    pub stress: Option<Scale>,
    /// In own words.
    pub note: TextField,
}

/// Said when a text would pass [`NOTE_MAX`].
pub const TOO_LONG: &str = "A note holds 16 KiB; this would be longer. Nothing was changed.";

impl Default for CheckIn {
    fn default() -> Self {
        Self {
            field: Field::Pain,
            pain: None,
            stress: None,
            note: TextField::default(),
        }
    }
}

impl CheckIn {
    /// Whether letters go into the note.
    pub fn in_note(&self) -> bool {
        self.field == Field::Note
    }

    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        match action {
            Action::Rate(value) => match self.field {
                Field::Pain => (self.pain, self.field) = (Scale::new(value), Field::Stress),
                Field::Stress => (self.stress, self.field) = (Scale::new(value), Field::Note),
                Field::Note => {}
            },
            Action::Clear => match self.field {
                Field::Pain => self.pain = None,
                Field::Stress => self.stress = None,
                Field::Note => {}
            },
            Action::NextField => {
                self.field = match self.field {
                    Field::Pain => Field::Stress,
                    Field::Stress => Field::Note,
                    Field::Note => Field::Pain,
                }
            }
            Action::PreviousField => {
                self.field = match self.field {
                    Field::Pain => Field::Note,
                    Field::Stress => Field::Pain,
                    Field::Note => Field::Stress,
                }
            }
            Action::Edit(edit) if self.in_note() => self.note.edit(edit),
            Action::Enter if self.is_empty() => {
                return Reply::Refused(
                    "Nothing to save yet: give a number or a note, or press Esc to leave.",
                );
            }
            Action::Enter => return Reply::Done(Answer::CheckIn(self.clone())),
            Action::Back => return Reply::Close,
            _ => {}
        }
        Reply::Stay
    }

    /// Takes typed or pasted text.
    pub fn insert(&mut self, text: &str) -> Reply {
        if self.in_note() && !self.note.insert(text, NOTE_MAX) {
            return Reply::Refused(TOO_LONG);
        }
        Reply::Stay
    }

    /// Whether there is anything to save.
    pub fn is_empty(&self) -> bool {
        self.pain.is_none() && self.stress.is_none() && self.note.text().trim().is_empty()
    }

    /// The record's fields; the entry is about this moment.
    pub fn fields(&self, now: &Now) -> Fields {
        let mut fields = Fields::default();
        fields.put("kind", "check-in");
        fields.put("started_at", &moment_text(&now.wall));
        for (name, value) in [("pain", self.pain), ("stress", self.stress)] {
            if let Some(value) = value {
                fields.put(name, &value.get());
            }
        }
        if !self.note.text().trim().is_empty() {
            fields.put("note", self.note.text());
        }
        fields
    }
}
