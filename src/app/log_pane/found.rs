//! Finding in the log: each letter typed narrows the list at once, and it stays narrow until that is cleared.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::LogPane;
use crate::app::App;
use crate::app::message::Edit;
use crate::app::text_field::TextField;
use crate::domain::id::Id;
use crate::domain::library::Library;
use crate::domain::log::{Log, LogChange};
use crate::domain::time::Now;
use crate::domain::{find, find_line};

/// The longest line that can be typed, in bytes.
const FIND_MAX: usize = 200;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Places in the log, oldest first.
    pub places: Vec<usize>,
    /// What of the line could not be read.
    pub trouble: Option<String>,
}

/// The texts of the log, read at the first look and from then on only where the log has changed.
#[derive(Debug, Default)]
pub(in crate::app) struct Texts {
    texts: Option<find::Texts>,
    /// What has changed since.
    changed: HashSet<Id>,
}

impl Texts {
    /// What is about to change, so that it is read again.
    pub(in crate::app) fn forget(&mut self, change: &LogChange) {
        match change {
            LogChange::Delta { put, gone } if self.texts.is_some() => {
                let put = put.iter().map(|entry| &entry.rec);
                self.changed.extend(put.chain(gone).cloned());
            }
            _ => *self = Self::default(),
        }
    }

    fn of(&mut self, log: &Log, library: &Library) -> &find::Texts {
        let changed = std::mem::take(&mut self.changed);
        if let Some(texts) = self.texts.as_mut().filter(|_| !changed.is_empty()) {
            texts.renew(log.entries(), library, &changed);
        }
        self.texts
            .get_or_insert_with(|| find::Texts::of(log.entries(), library))
    }
}

impl LogPane {
    /// Looks again for what is typed, as when the log has changed.
    pub fn look(&mut self, log: &Log, library: &Library, today: NaiveDate) {
        let line = find_line::read(self.find.text(), today, library);
        let looks = !line.find.is_empty() || line.trouble.is_some();
        self.found = looks.then(|| Found {
            places: line.find.places(log.entries(), self.texts.of(log, library)),
            trouble: line.trouble,
        });
        self.step(0, self.len(log));
    }

    /// Shows everything again, still on the entry that was selected.
    fn look_no_more(&mut self, log: &Log) {
        let selected = self.selected(log).map(|entry| entry.rec.clone());
        self.finding = false;
        self.find = TextField::default();
        self.found = None;
        self.texts = Texts::default();
        if let Some(rec) = selected {
            self.select(&rec, log);
        }
    }
}

impl App {
    pub(in crate::app) fn type_find(&mut self, text: &str, now: &Now) {
        if self.log_pane.find.insert(text, FIND_MAX) {
            self.look(now);
        }
    }

    pub(super) fn edit_find(&mut self, edit: Edit, now: &Now) {
        self.log_pane.find.edit(edit);
        self.look(now);
    }

    /// What is typed anew is shown from its newest.
    fn look(&mut self, now: &Now) {
        let today = now.wall.date_naive();
        self.log_pane.look(&self.log, &self.library, today);
        self.log_pane.jump(false, 0);
    }

    /// True where there was something to clear.
    pub(super) fn clear_find(&mut self) -> bool {
        let is_on = self.log_pane.finding || self.log_pane.found.is_some();
        if is_on {
            self.log_pane.look_no_more(&self.log);
        }
        is_on
    }
}
