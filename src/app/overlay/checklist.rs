//! Safety questions as a list: a letter for each, Enter goes on with what is marked.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::{Answer, Reply};
use crate::app::message::Action;
use crate::domain::order;

/// Which questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// C.1: nothing starts while one is so.
    Emergency,
    /// C.2: to be looked at by a clinician.
    Clinician,
    /// C.3.
    Conditions,
    /// What came to the questions after they were answered.
    New,
    /// What the log has raised.
    Raised,
    /// What changes from day to day, just before a session.
    Today,
}

/// How a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Not so.
    No,
    /// So.
    Yes,
    /// So, and a clinician has looked at it today.
    Seen,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Row {
    /// Of the sign or condition.
    pub id: String,
    /// How it stands.
    pub mark: Mark,
    /// How it stood before. Where it was so, a clinician may have looked at it meanwhile.
    before: Mark,
}

/// The questions on the screen.
#[derive(Debug, Clone)]
pub struct Checklist {
    /// Which.
    pub part: Part,
    /// In order.
    pub rows: Vec<Row>,
    /// The row that Space marks.
    pub selected: usize,
    /// Whether the words above the questions are to be seen, even where that hides a part of the selected one.
    pub at_intro: bool,
    /// Whether they do hide a part of it; told by the drawing.
    pub intro_hides: Cell<bool>,
    /// The first line shown; kept by the drawing.
    pub top: Cell<usize>,
}

impl Checklist {
    /// These questions, each as it stands now.
    pub fn new(
        part: Part,
        ids: impl IntoIterator<Item = String>,
        stands: impl Fn(&str) -> Mark,
    ) -> Self {
        let row = |id: String| {
            let before = stands(&id);
            Row {
                id,
                mark: before,
                before,
            }
        };
        Self {
            part,
            rows: ids.into_iter().map(row).collect(),
            selected: 0,
            at_intro: true,
            intro_hides: Cell::new(false),
            top: Cell::new(0),
        }
    }

    /// The profile says something else now: rows whose answer changed follow it.
    pub fn restand(&mut self, stands: impl Fn(&str) -> Mark) {
        for row in &mut self.rows {
            let now = stands(&row.id);
            if now != row.before {
                (row.before, row.mark) = (now, now);
            }
        }
    }

    /// The letter of a row.
    pub fn letter(row: usize) -> char {
        char::from(b'a' + u8::try_from(row.min(25)).unwrap_or(25))
    }

    /// Ids of the rows that stand so.
    pub fn marked(&self, mark: Mark) -> BTreeSet<String> {
        let rows = self.rows.iter().filter(|row| row.mark == mark);
        order::set(rows.map(|row| row.id.clone()))
    }

    /// Ids of the rows at which a clinician has looked since they were answered.
    pub fn newly_seen(&self) -> BTreeSet<String> {
        let seen = |row: &&Row| row.mark == Mark::Seen && row.before != Mark::Seen;
        let rows = self.rows.iter().filter(seen);
        order::set(rows.map(|row| row.id.clone()))
    }

    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        let last = self.rows.len().saturating_sub(1);
        self.at_intro = match action {
            Action::Up => self.selected == 0,
            Action::Top => true,
            Action::Down if self.at_intro && self.intro_hides.get() => {
                // The first step down leaves the words above.
                self.at_intro = false;
                return Reply::Stay;
            }
            _ => false,
        };
        match action {
            Action::Up => self.selected = self.selected.saturating_sub(1),
            Action::Down => self.selected = (self.selected + 1).min(last),
            Action::PageUp => self.selected = self.selected.saturating_sub(5),
            Action::PageDown => self.selected = (self.selected + 5).min(last),
            Action::Top => self.selected = 0,
            Action::Bottom => self.selected = last,
            Action::Mark => self.turn(self.selected),
            Action::Enter => return Reply::Done(Answer::Checked(self.clone())),
            Action::Back => return Reply::Close,
            _ => {}
        }
        Reply::Stay
    }

    /// Takes a letter.
    pub fn type_letter(&mut self, letter: char) -> Reply {
        let letters = 0..self.rows.len();
        match letters.into_iter().find(|row| Self::letter(*row) == letter) {
            Some(row) => self.press(row),
            None => Reply::Stay,
        }
    }

    /// This row was pressed, or its letter: it is marked, or no longer.
    pub fn press(&mut self, row: usize) -> Reply {
        self.selected = row;
        self.at_intro = false;
        self.turn(row);
        Reply::Stay
    }

    fn turn(&mut self, at: usize) {
        let can_be_seen = matches!(self.part, Part::Emergency | Part::Clinician | Part::Raised);
        if let Some(row) = self.rows.get_mut(at) {
            row.mark = match row.mark {
                Mark::No => Mark::Yes,
                Mark::Yes if row.before == Mark::Yes && can_be_seen => Mark::Seen,
                Mark::Yes | Mark::Seen => Mark::No,
            };
        }
    }
}
