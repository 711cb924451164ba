//! A day to go to in the log, as people type it.

use super::{Answer, Reply};
use crate::app::message::Action;
use crate::app::text_field::TextField;

/// Longer than any day is typed, in bytes.
const DAY_MAX: usize = 40;

/// The field on the screen.
#[derive(Debug, Clone, Default)]
pub struct JumpForm {
    /// What is typed.
    pub field: TextField,
    /// Why that was no day.
    pub trouble: Option<String>,
}

impl JumpForm {
    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        match action {
            Action::Edit(edit) => {
                self.trouble = None;
                self.field.edit(edit);
                Reply::Stay
            }
            Action::Enter if self.field.text().trim().is_empty() => Reply::Close,
            Action::Enter => Reply::Done(Answer::Jump(self.clone())),
            Action::Back => Reply::Close,
            _ => Reply::Stay,
        }
    }

    /// Takes text.
    pub fn insert(&mut self, text: &str) -> Reply {
        self.trouble = None;
        if self.field.insert(text, DAY_MAX) {
            Reply::Stay
        } else {
            Reply::Refused("No day is that long.")
        }
    }
}
