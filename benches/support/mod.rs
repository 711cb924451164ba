//! What the benches share: homes that hold a made-up log, and somebody at the keys of the app.
// Each bench uses its part.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

pub mod log;
pub mod person;

use std::fs::{self, File};
use std::io::BufWriter;

use unkink::domain::record::Entry;
use unkink::journal::Journal;
use unkink::paths::Places;

/// A home on the disk that the build's files are on; gone when dropped.
pub struct Home {
    pub dir: tempfile::TempDir,
    pub places: Places,
}

impl Home {
    /// With a journal of so many lines, half of them each by another machine.
    pub fn with_lines(lines: u64) -> Self {
        let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        // As the program finds them, with this directory as its home.
        let places = Places {
            data: dir.path().join("data/unkink"),
            state: dir.path().join("state/unkink"),
            config: dir.path().join("config/unkink"),
        };
        if lines > 0 {
            fs::create_dir_all(places.journal()).unwrap();
        }
        for machine in 0..if lines > 0 { 2 } else { 0 } {
            let file = File::create(places.journal().join(format!("made{machine}.jsonl"))).unwrap();
            let mut out = BufWriter::with_capacity(1 << 20, file);
            log::write(&mut out, lines / 2, machine).unwrap();
        }
        Self { dir, places }
    }

    pub fn journal(&self) -> Journal {
        Journal::open(&self.places)
    }
}

/// The newest so many entries of a log, read from its journal as the app reads it.
pub fn entries(count: usize) -> Vec<Entry> {
    let lines = count / 32 * 40 + 200;
    let mut entries = Home::with_lines(lines as u64).journal().load();
    entries.split_off(entries.len() - count)
}
