//! One technique of a session: how long it was done, and whether to its end.

use crate::app::message::Edit;
use crate::app::text_field::TextField;
use crate::domain::record::ItemDone;
use crate::domain::time::clock_text;

/// The longest line, in bytes.
const LINE_MAX: usize = 80;

/// A part while it is typed.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it was, for people.
    pub name: String,
    /// Seconds that were planned.
    pub planned_s: u32,
    /// How long it was done, as typed.
    pub active: TextField,
    /// Whether its end was reached; Space says otherwise.
    pub done: bool,
}

impl Part {
    /// As the entry has it. `name`: what people call the technique.
    pub fn new(item: &ItemDone, name: String) -> Self {
        Self {
            name,
            planned_s: item.planned_s,
            active: TextField::with_text(&clock_text(item.active_s.into())),
            done: item.done,
        }
    }

    /// Takes typed text; Space says whether it was done to its end. False: too long, nothing changed.
    pub fn insert(&mut self, text: &str) -> bool {
        if text == " " {
            self.done = !self.done;
            return true;
        }
        self.active
            .insert(&text.replace(['\n', '\t'], " "), LINE_MAX)
    }

    /// Edits the time.
    pub fn edit(&mut self, edit: Edit) {
        self.active.edit(edit);
    }
}
