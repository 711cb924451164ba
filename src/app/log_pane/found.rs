//! Finding in the log: each letter typed narrows the list at once, and it stays narrow until that is cleared.
//!
//! A long log is looked through in goes of a few milliseconds, newest first, so that a key never waits for it: the first
//! go answers the key, and [`LogPane::look_again_at`] asks for a turn as long as there is more to do.

use std::collections::HashSet;
use std::time::Duration;

use chrono::NaiveDate;

use super::LogPane;
use crate::app::App;
use crate::app::message::Edit;
use crate::app::text_field::TextField;
use crate::domain::find::{self, Looking};
use crate::domain::find_line;
use crate::domain::id::Id;
use crate::domain::library::Library;
use crate::domain::log::{Log, LogChange};
use crate::domain::time::Now;

/// The longest line that can be typed, in bytes.
const FIND_MAX: usize = 200;
/// Bytes of text that one go may read, some three milliseconds' worth; of texts that are read, one go sees some hundred
/// thousand entries.
const GO: usize = 256 * 1024;
/// Between two goes.
const BREATH: Duration = Duration::from_millis(1);

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    looking: Looking,
    /// Whether anything is asked for, or what is typed says nothing yet.
    pub asks: bool,
    /// What of the line could not be read.
    pub trouble: Option<String>,
}

impl Found {
    /// Places in the log, newest first, as far as it was looked through.
    pub fn places(&self) -> &[u32] {
        self.looking.places()
    }

    /// Whether that is all.
    pub fn is_all(&self) -> bool {
        self.looking.is_over()
    }
}

/// The texts of the log, read while something is looked for, and from then on only where the log has changed.
#[derive(Debug, Default)]
pub(in crate::app) struct Texts {
    read: find::Texts,
    /// What has changed since.
    changed: HashSet<Id>,
    /// When to go on.
    again_at: Option<Duration>,
    /// An entry that is to be selected as soon as it is found again.
    stay: Option<Id>,
}

impl Texts {
    /// What is about to change, so that it is read again.
    pub(in crate::app) fn forget(&mut self, change: &LogChange) {
        match change {
            LogChange::New(_) | LogChange::Delta { .. } if self.read.is_empty() => {}
            LogChange::New(entry) => drop(self.changed.insert(entry.rec.clone())),
            LogChange::Delta { put, gone } => {
                let put = put.iter().map(|entry| &entry.rec);
                self.changed.extend(put.chain(gone).cloned());
            }
            _ => *self = Self::default(),
        }
    }
}

impl LogPane {
    /// Looks anew for what is typed: the first go.
    fn look(&mut self, log: &Log, library: &Library, today: NaiveDate) {
        let line = find_line::read(self.find.text(), today, library);
        let looks = !line.find.is_empty() || line.trouble.is_some();
        self.found = looks.then(|| Found {
            asks: !line.find.is_empty(),
            looking: Looking::new(line.find),
            trouble: line.trouble,
        });
        self.go_on(log, library, GO);
        self.step(0, self.len(log));
    }

    fn go_on(&mut self, log: &Log, library: &Library, bytes: usize) {
        let Texts {
            read: texts,
            changed,
            stay,
            ..
        } = &mut self.texts;
        if !changed.is_empty() {
            texts.renew(log.entries(), library, changed);
            changed.clear();
        }
        let Some(found) = &mut self.found else {
            return texts.read_on(log.entries(), library, bytes);
        };
        let known = found.places().len();
        found.looking.go_on(log.entries(), texts, library, bytes);
        let Some(rec) = stay else {
            return;
        };
        let new = found.places().iter().enumerate().skip(known);
        let is_it = |place: u32| (log.entries().get(place as usize)).is_some_and(|e| e.rec == *rec);
        if let Some((at, _)) = new.into_iter().find(|(_, place)| is_it(**place)) {
            self.selected = at;
            *stay = None;
        }
    }

    fn is_ready(&self, log: &Log) -> bool {
        match &self.found {
            Some(found) => found.is_all(),
            None => !self.finding || self.texts.read.len() >= log.entries().len(),
        }
    }

    /// The person moves: no entry is waited for any more.
    pub(in crate::app) fn stay_no_more(&mut self) {
        self.texts.stay = None;
    }

    /// The monotonic time at which it wants to look through more of the log.
    pub(in crate::app) fn look_again_at(&self) -> Option<Duration> {
        self.texts.again_at
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
        let before = self.log_pane.find.text().to_owned();
        self.log_pane.find.edit(edit);
        if self.log_pane.find.text() != before {
            self.look(now);
        }
    }

    /// What is typed anew is shown from its newest.
    fn look(&mut self, now: &Now) {
        let today = now.wall.date_naive();
        self.log_pane.texts.stay = None;
        self.log_pane.look(&self.log, &self.library, today);
        self.log_pane.jump(false, 0);
        self.breathe(now);
    }

    /// After a change of the log: looks again, and stays on this entry, or on the newest where that was selected.
    pub(in crate::app) fn look_after_change(&mut self, rec: Option<&Id>, now: &Now) {
        if self.log_pane.found.is_some() {
            self.log_pane.texts.stay = rec.filter(|_| self.log_pane.selected > 0).cloned();
            let today = now.wall.date_naive();
            self.log_pane.look(&self.log, &self.library, today);
        } else {
            self.log_pane.find_again(rec, &self.log);
        }
        self.breathe(now);
    }

    /// The next go, where there is one; true where it shows.
    pub(in crate::app) fn look_on(&mut self, now: &Now) -> bool {
        let is_due = |at: Duration| at <= now.mono;
        if !self.log_pane.look_again_at().is_some_and(is_due) {
            return false;
        }
        let shown = |pane: &LogPane| {
            let found = pane.found.as_ref();
            found.map(|found| (found.places().len(), found.is_all()))
        };
        let before = shown(&self.log_pane);
        self.log_pane.go_on(&self.log, &self.library, GO);
        self.breathe(now);
        shown(&self.log_pane) != before
    }

    /// Looks the whole log through: for whoever asks for its end, or for a day.
    pub(super) fn look_to_the_end(&mut self) {
        let pane = &mut self.log_pane;
        if pane.found.is_some() && !pane.is_ready(&self.log) {
            pane.go_on(&self.log, &self.library, usize::MAX);
        }
    }

    /// Plans the next go.
    pub(super) fn breathe(&mut self, now: &Now) {
        let pane = &mut self.log_pane;
        let is_ready = pane.is_ready(&self.log);
        pane.texts.again_at = (!is_ready).then(|| now.mono + BREATH);
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
