//! One technique of a session: how long it was done, of which time, and whether to its end.

use super::line;
use super::pick::Choice;
use crate::app::message::Edit;
use crate::app::text_field::TextField;
use crate::domain::record::ItemDone;
use crate::domain::time::clock_text;
use crate::domain::when::parse_duration;

const HOW_LONG: &str =
    "How long was it done? Such as 1:30 of 2:00, or 90s/2m; empty takes it away.";

/// A part while it is typed.
#[derive(Debug, Clone)]
pub struct Part {
    /// As the log names the technique.
    pub slug: String,
    /// What it was, for people.
    pub name: String,
    /// Seconds that were planned, unless they are typed.
    pub planned_s: u32,
    /// How long it was done, of which time, as typed; empty: it is taken away.
    pub times: TextField,
    /// Whether its end was reached; Space says otherwise.
    pub done: bool,
}

impl Part {
    /// As the entry has it. `name`: what people call the technique.
    pub fn new(item: &ItemDone, name: String) -> Self {
        Self {
            slug: item.technique.clone(),
            name,
            planned_s: item.planned_s,
            times: TextField::with_text(&times_text(item.active_s, item.planned_s)),
            done: item.done,
        }
    }

    /// One more, of which it is not known yet how long it was done.
    pub fn added(what: &Choice) -> Self {
        let planned = clock_text(what.seconds.into());
        let mut times = TextField::with_text(&format!(" of {planned}"));
        times.edit(Edit::Home);
        Self {
            slug: what.slug.clone(),
            name: what.name.clone(),
            planned_s: what.seconds,
            times,
            done: false,
        }
    }

    /// Whether it is to be taken away.
    pub fn is_taken_away(&self) -> bool {
        self.times.text().trim().is_empty()
    }

    /// Whether the time that it was done is still to be typed.
    pub fn is_asking(&self) -> bool {
        !self.is_taken_away() && self.typed().0.is_empty()
    }

    /// What it says: the error is one line.
    pub fn read(&self) -> Result<ItemDone, String> {
        let (active, planned) = self.typed();
        if active.is_empty() {
            return Err(HOW_LONG.into());
        }
        Ok(ItemDone {
            technique: self.slug.clone(),
            active_s: parse_duration(active)?,
            planned_s: planned.map_or(Ok(self.planned_s), parse_duration)?,
            done: self.done,
        })
    }

    /// Its times in one form, however they are typed; what cannot be read as it stands.
    pub fn shown(&self) -> String {
        self.read().map_or_else(
            |_| self.times.text().trim().to_owned(),
            |item| times_text(item.active_s, item.planned_s),
        )
    }

    /// The time done, and the planned one where it is typed.
    fn typed(&self) -> (&str, Option<&str>) {
        let text = self.times.text();
        let parted = text.split_once('/').or_else(|| text.split_once("of"));
        parted.map_or((text.trim(), None), |(active, planned)| {
            (active.trim(), Some(planned.trim()))
        })
    }

    /// Takes typed text; Space says whether it was done to its end. The error says why not.
    pub fn insert(&mut self, text: &str) -> Result<(), &'static str> {
        if text == " " {
            self.done = !self.done;
            return Ok(());
        }
        line::put(&mut self.times, text)
    }

    /// Edits the times. Backspace before a time that is still to be typed takes the part away.
    pub fn edit(&mut self, edit: Edit) {
        if edit == Edit::Backspace && self.times.cursor() == 0 && self.is_asking() {
            self.times = TextField::default();
        }
        self.times.edit(edit);
    }
}

fn times_text(active_s: u32, planned_s: u32) -> String {
    let (active, planned) = (clock_text(active_s.into()), clock_text(planned_s.into()));
    format!("{active} of {planned}")
}
