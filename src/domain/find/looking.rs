//! A look through the log, newest first, in as many goes as it takes: no key waits for the whole of a long log.

use std::borrow::Borrow;

use super::Find;
use super::texts::{ENTRY, Texts};
use super::typed::{Part, parts};
use crate::domain::library::Library;
use crate::domain::record::Entry;

/// Looking at a token that is known takes this much less time than reading a byte of text: measured.
const KNOWN: usize = 16;

/// A look that is under way, or over.
#[derive(Debug, Clone)]
pub struct Looking {
    find: Find,
    parts: Vec<Part>,
    /// For each token which of the asked labels it is.
    labels: Vec<u8>,
    asked: u8,
    /// Nothing has the words as they were typed, so a slip is forgiven.
    is_nearly: bool,
    /// Entries that were looked at, from the newest.
    seen: usize,
    places: Vec<u32>,
    is_over: bool,
}

impl Looking {
    /// Before the first entry.
    pub fn new(find: Find) -> Self {
        Self {
            parts: parts(&find.text),
            labels: Vec::new(),
            asked: find.asked(),
            find,
            is_nearly: false,
            seen: 0,
            places: Vec::new(),
            is_over: false,
        }
    }

    /// What was found so far: places in the log, newest first.
    pub fn places(&self) -> &[u32] {
        &self.places
    }

    /// Whether every entry was looked at.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Looks at more entries, and reads what of their texts was not read yet: about `work` bytes of new text, or
    /// many times as many tokens of known ones. `entries` are all there are, oldest first, and the same each time.
    pub fn go_on<E: Borrow<Entry>>(
        &mut self,
        entries: &[E],
        texts: &mut Texts,
        library: &Library,
        work: usize,
    ) {
        let mut left = work.saturating_mul(KNOWN);
        let needs_texts = self.asked != 0 || !self.parts.is_empty();
        while left > 0 && !self.is_over {
            let Some(place) = entries.len().checked_sub(self.seen + 1) else {
                self.end_pass();
                continue;
            };
            let entry = entries[place].borrow();
            let mut cost = 1;
            if needs_texts {
                if texts.len() <= self.seen {
                    cost += KNOWN * (ENTRY + texts.read(entry, library));
                }
                self.learn(texts);
                cost += texts.row(self.seen).len();
            }
            if self.find.time_and_kind_fit(entry) && self.is_in(texts.row(self.seen)) {
                self.places.push(place as u32);
            }
            self.seen += 1;
            left = left.saturating_sub(cost);
        }
    }

    /// A slip is forgiven only where nothing has the words as they were typed.
    fn end_pass(&mut self) {
        let forgives = self.parts.iter().any(Part::forgives);
        self.is_over = self.is_nearly || !forgives || !self.places.is_empty();
        if !self.is_over {
            self.is_nearly = true;
            self.seen = 0;
            self.parts.iter_mut().for_each(Part::forget);
        }
    }

    fn learn(&mut self, texts: &Texts) {
        let tokens = texts.tokens();
        for part in &mut self.parts {
            part.learn(tokens, self.is_nearly);
        }
        if self.asked != 0 {
            for token in tokens.get(self.labels.len()..).unwrap_or_default() {
                self.labels.push(self.find.label(token));
            }
        }
    }

    fn is_in(&self, row: &[u32]) -> bool {
        let label = |token: &u32| self.labels.get(*token as usize).copied().unwrap_or(0);
        let labelled =
            self.asked == 0 || row.iter().fold(0, |all, token| all | label(token)) == self.asked;
        labelled && self.parts.iter().all(|part| part.is_in(row))
    }
}
