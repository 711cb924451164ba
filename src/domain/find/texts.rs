//! The texts of a log in little room, ready to be looked through at each letter that is typed.
//!
//! Every word of a note and every tag, place and technique is kept once, as a [`Token`]; an entry is the row of its
//! tokens' numbers. A look compares what was typed with each token once, however many entries have it.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};

use super::{lists, slugs};
use crate::domain::id::Id;
use crate::domain::library::Library;
use crate::domain::record::Entry;
use crate::domain::search::Item;
use crate::domain::search::letters::{folded, words_of};

/// What reading an entry costs besides its text, as bytes of text.
pub const ENTRY: usize = 32;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// One word of what a person wrote.
    Word,
    /// An own tag, or a word of the lists.
    Tag,
    /// Where it was felt, or how far it travelled.
    Place,
    /// What was done.
    Technique,
}

/// How many sorts there are.
const SORTS: usize = 4;

/// Something that entries have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub sort: Sort,
    /// As the log has it; empty for a word, and for the gap between two texts.
    pub raw: Box<str>,
    /// Without capitals and marks: a word alone, else every word between blanks.
    pub words: Box<str>,
}

/// Between two texts of an entry, so that no phrase reaches over it.
const GAP: u32 = 0;

/// The texts of entries, newest first, as far as they are read.
#[derive(Debug, Clone)]
pub struct Texts {
    /// Record, and where its row ends.
    read: Vec<(Id, usize)>,
    /// The rows, one behind the other.
    rows: Vec<u32>,
    tokens: Vec<Token>,
    /// The number of a token by its sort and its text.
    numbers: [HashMap<Box<str>, u32>; SORTS],
}

impl Default for Texts {
    fn default() -> Self {
        let gap = Token {
            sort: Sort::Tag,
            raw: "".into(),
            words: "".into(),
        };
        Self {
            read: Vec::new(),
            rows: Vec::new(),
            tokens: vec![gap],
            numbers: std::array::from_fn(|_| HashMap::new()),
        }
    }
}

impl Texts {
    /// How many entries are read.
    pub fn len(&self) -> usize {
        self.read.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// Every token there is so far.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens of an entry, counted from the newest; none where it is not read.
    pub fn row(&self, at: usize) -> &[u32] {
        let end = self.read.get(at).map_or(0, |(_, end)| *end);
        let start = match at.checked_sub(1) {
            Some(before) => self.read.get(before).map_or(0, |(_, end)| *end),
            None => 0,
        };
        self.rows.get(start..end).unwrap_or_default()
    }

    /// Reads the next older entry; returns how many bytes of text it has.
    pub fn read(&mut self, entry: &Entry, library: &Library) -> usize {
        let mut bytes = 0;
        for slug in slugs(entry) {
            self.label(Sort::Technique, slug, library);
            bytes += slug.len();
        }
        for tag in lists(entry).flatten() {
            self.label(Sort::Tag, tag, library);
            bytes += tag.len();
        }
        if let Some(more) = &entry.more {
            for place in more.regions.iter().chain(&more.travels_to) {
                self.label(Sort::Place, place, library);
                bytes += place.len();
            }
            for text in more.note.iter().chain(&more.stopped_because) {
                self.rows.push(GAP);
                self.words(text);
                bytes += text.len();
            }
        }
        self.read.push((entry.rec.clone(), self.rows.len()));
        bytes
    }

    /// Reads older entries until so many bytes are read; `entries` are oldest first.
    pub fn read_on<E: Borrow<Entry>>(&mut self, entries: &[E], library: &Library, bytes: usize) {
        let mut left = bytes;
        while left > 0
            && let Some(place) = entries.len().checked_sub(self.len() + 1)
        {
            let read = self.read(entries[place].borrow(), library);
            left = left.saturating_sub(read + ENTRY);
        }
    }

    /// After a change of the log: of these entries, as far as they were read. Those that are not `changed` are as they
    /// were, in the order in which they were, and are not read again.
    pub fn renew(&mut self, entries: &[Entry], library: &Library, changed: &HashSet<Id>) {
        let read = std::mem::take(&mut self.read);
        let rows = std::mem::take(&mut self.rows);
        let mut start = 0;
        let mut known = read.into_iter().map(|(rec, end)| {
            let row = start..end;
            start = end;
            (rec, row)
        });
        for entry in entries.iter().rev() {
            if changed.contains(&entry.rec) {
                self.read(entry, library);
            } else if let Some((rec, row)) = known.find(|(rec, _)| *rec == entry.rec) {
                self.rows.extend_from_slice(&rows[row]);
                self.read.push((rec, self.rows.len()));
            } else {
                break;
            }
        }
    }

    fn label(&mut self, sort: Sort, raw: &str, library: &Library) {
        let number = self.numbers[sort as usize].get(raw).copied();
        let number = number.unwrap_or_else(|| {
            let mut words = String::from(" ");
            let name = match sort {
                Sort::Technique => library.item(raw).map(Item::name),
                Sort::Word | Sort::Tag | Sort::Place => None,
            };
            for text in [raw].into_iter().chain(name) {
                for word in words_of(&folded(text)) {
                    words.push_str(word);
                    words.push(' ');
                }
            }
            self.add(sort, raw, raw.into(), words.into())
        });
        self.rows.push(number);
    }

    fn words(&mut self, text: &str) {
        for word in words_of(&folded(text)) {
            let number = self.numbers[Sort::Word as usize].get(word).copied();
            let number =
                number.unwrap_or_else(|| self.add(Sort::Word, word, "".into(), word.into()));
            self.rows.push(number);
        }
    }

    fn add(&mut self, sort: Sort, text: &str, raw: Box<str>, words: Box<str>) -> u32 {
        // Four thousand million different words do not fit into memory.
        let number = self.tokens.len() as u32;
        self.tokens.push(Token { sort, raw, words });
        self.numbers[sort as usize].insert(text.into(), number);
        number
    }
}
