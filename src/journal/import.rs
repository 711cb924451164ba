//! Bringing entries in: own exports in all three forms, and CSV from anywhere.
//!
//! All or nothing. The whole input is checked before anything is written; then it is gone through once more under the
//! lock, into one new file that is given its name when it is whole. Memory holds ids and one entry at a time.

use std::fs::File;
use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};

use super::Journal;
use super::append::failure;
use super::cells::Reading;
use crate::domain::record::Entry;
use crate::domain::storage::Failure;

mod bounded;
mod entries;
mod json;
mod lines;
mod rows;
mod sink;
mod table;

use entries::Intake;
use sink::Sink;

/// The name of an import under way.
pub(super) const TEMPORARY: &str = ".import.tmp";

/// What the input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An array of entries.
    Json,
    /// Lines of a journal.
    Jsonl,
    /// A table with a header.
    Csv,
}

/// An input that can be gone through more than once.
pub struct Input<'a> {
    /// A regular file, or one without a name.
    pub file: &'a File,
    /// What it is.
    pub format: Format,
    /// How cells are read.
    pub reading: Reading<'a>,
    /// Columns of a table that mean a field by another name: column, field; an empty field keeps the column out.
    pub columns: &'a [(String, String)],
}

/// What an import brought, or would bring.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Imported {
    /// Entries (of `jsonl`: lines) that were not here.
    pub new: u64,
    /// Entries that these make, where they are lines.
    pub new_entries: Option<u64>,
    /// Those that are here already.
    pub known: u64,
    /// Of these, how many say something else here: they stay as they are.
    pub differing: u64,
    /// The first few of them.
    pub differ: Vec<String>,
    /// Those that were deleted here, and stay so.
    pub deleted: u64,
    /// Those that were forgotten, here or by the input itself, and are kept out.
    pub forgotten: u64,
    /// Entries here that the input says are forgotten.
    pub forgets: u64,
    /// Lines that can't be read, taken as they stand.
    pub unreadable: u64,
    /// Values that cannot be, taken as they stand; they count nowhere.
    pub invalid: u64,
    /// What the person should know, a line each.
    pub notes: Vec<String>,
    /// Columns of a table that mean nothing here.
    pub kept_out: Vec<String>,
    /// The first entry that was not here, as it was understood; none of lines.
    pub example: Option<Entry>,
    /// The new file; none where nothing was new, or nothing was to be written.
    pub file: Option<PathBuf>,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum Refused {
    /// What is wrong with the input, a line each.
    Input(Vec<String>),
    /// The input, or the journal, could not be read or written.
    Disk(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Disk(failure)
    }
}

impl Refused {
    fn because(why: impl Into<String>) -> Self {
        Self::Input(vec![why.into()])
    }
}

/// So many notes, differing entries and mistakes are listed.
const LISTED: usize = 5;

impl Journal {
    /// Says what an import would bring. Writes nothing.
    pub fn try_import(
        &mut self,
        input: &Input<'_>,
        at: DateTime<FixedOffset>,
    ) -> Result<Imported, Refused> {
        if self.index.is_none() {
            self.load();
        }
        self.go_through(input, at, None)
            .map(|(imported, _)| imported)
    }

    /// Brings it in. `at`: the wall clock.
    pub fn import(
        &mut self,
        input: &Input<'_>,
        at: DateTime<FixedOffset>,
    ) -> Result<Imported, Refused> {
        self.try_import(input, at)?;
        let held = self.writer.lock()?;
        self.refresh();
        let imported = self.bring(input, at)?;
        if imported.file.is_some() {
            self.refresh();
            // It may say that something here is forgotten.
            self.sweep(&held);
        }
        drop(held);
        Ok(imported)
    }

    /// Under the lock: into a new file.
    fn bring(&self, input: &Input<'_>, at: DateTime<FixedOffset>) -> Result<Imported, Refused> {
        let sink = Sink::new(self.writer.disk(), self.places().journal());
        let (mut imported, sink) = self.go_through(input, at, Some(sink))?;
        if let Some(sink) = sink {
            imported.file = sink.finish()?;
        }
        Ok(imported)
    }

    fn go_through<'j>(
        &'j self,
        input: &Input<'_>,
        at: DateTime<FixedOffset>,
        sink: Option<Sink<'j>>,
    ) -> Result<(Imported, Option<Sink<'j>>), Refused> {
        let Some(index) = &self.index else {
            return Err(Refused::because("the log is not read yet"));
        };
        let file = input
            .file
            .try_clone()
            .map_err(|error| input_failed(&error))?;
        let done = match input.format {
            Format::Jsonl => lines::go_through(index, &file, sink),
            Format::Json => {
                let mut intake = Intake::new(index, sink, at);
                json::go_through(&file, &mut intake)?;
                Ok(intake.end())
            }
            Format::Csv => {
                let mut intake = Intake::new(index, sink, at);
                table::go_through(&file, input, &mut intake)?;
                Ok(intake.end())
            }
        };
        index.close();
        done
    }
}

fn input_failed(error: &std::io::Error) -> Refused {
    Refused::Disk(failure(std::path::Path::new("the input"), error))
}
