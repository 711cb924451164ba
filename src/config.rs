//! The settings file, `<config>/config.toml`: read at start, never written.
//!
//! Whatever is wrong with it becomes a line for people, `file:line: reason`, and the default stays. Without a file
//! nothing is parsed: the first frame does not wait for settings that nobody made.

mod keys;
mod options;

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

pub use options::{OPTIONS, Opt};

use crate::keys::Keymap;
use crate::paths::Places;
use crate::settings::Settings;

/// The largest file that is read, in bytes.
const FILE_MAX: u64 = 64 * 1024;
/// So many lines about it are enough.
const LINES_MAX: usize = 8;

/// The documented file with every option, each with its default behind a `#`.
pub const DEFAULT: &str = include_str!("../assets/config.toml");

/// What a settings file said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The settings: the file's over the defaults.
    pub settings: Settings,
    /// A line for people for each thing in it that is not used.
    pub troubles: Vec<String>,
    /// The keys in force.
    pub keymap: Keymap,
}

/// Reads the settings: from the file that was asked for (`--config`), else from `<config>/config.toml`, which may be
/// missing. The error, one line for people: the file asked for is not there.
pub fn read(places: &Places, asked: Option<&Path>) -> Result<Config, String> {
    let usual = places.settings();
    let path = asked.unwrap_or(&usual);
    let shown = path.display().to_string();
    match text_of(path) {
        Ok(text) => Ok(parse(&text, &shown)),
        Err(Unread::Missing) if asked.is_none() => Ok(Config::default()),
        Err(Unread::Missing) => Err(format!("{shown}: there is no such file")),
        Err(Unread::Unusable(why)) => Ok(Config {
            troubles: vec![format!("{shown}: {why}; no setting in it is used")],
            ..Config::default()
        }),
    }
}

enum Unread {
    Missing,
    Unusable(String),
}

impl From<std::io::Error> for Unread {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            _ => Self::Unusable(error.to_string()),
        }
    }
}

fn text_of(path: &Path) -> Result<String, Unread> {
    // Asked before opening: opening a pipe would wait for its other end.
    if !fs::metadata(path)?.is_file() {
        return Err(Unread::Unusable("not a regular file".into()));
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(FILE_MAX + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE_MAX {
        return Err(Unread::Unusable(format!(
            "larger than {} KiB",
            FILE_MAX / 1024
        )));
    }
    String::from_utf8(bytes).map_err(|_| Unread::Unusable("not UTF-8 text".into()))
}

/// Reads a settings text; `shown` is its name in the lines about it.
pub fn parse(text: &str, shown: &str) -> Config {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reading = Reading {
        config: Config::default(),
        text,
        shown,
    };
    match DeTable::parse(text) {
        Ok(table) => reading.table("", table.get_ref()),
        Err(error) => {
            let why = error.message().lines().collect::<Vec<_>>().join(" ");
            let at = error.span().unwrap_or(0..0);
            reading.trouble(&at, &format!("{why}; no setting in this file is used"));
        }
    }
    let troubles = &mut reading.config.troubles;
    if troubles.len() > LINES_MAX {
        let more = troubles.len() - LINES_MAX;
        troubles.truncate(LINES_MAX);
        troubles.push(format!("{shown}: and {more} more"));
    }
    reading.config
}

struct Reading<'a> {
    config: Config,
    text: &'a str,
    shown: &'a str,
}

impl Reading<'_> {
    /// A table whose options are named `above` and their key.
    fn table(&mut self, above: &str, table: &DeTable<'_>) {
        // In the order of the text, so that what is told is, too.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let name = format!("{above}{}", key.get_ref());
            let section = format!("{name}.");
            let is_section = OPTIONS
                .iter()
                .any(|option| option.name.starts_with(&section));
            match (
                OPTIONS.iter().find(|option| option.name == name),
                value.get_ref(),
            ) {
                (Some(option), value_here) => {
                    if let Err(expected) = (option.set)(&mut self.config.settings, value_here) {
                        self.trouble(
                            &value.span(),
                            &format!("{name}: expected {expected}; {}", option.stays()),
                        );
                    }
                }
                (None, DeValue::Table(inner)) if name == keys::SECTION => self.keys(inner),
                (None, DeValue::Table(inner)) if is_section => self.table(&section, inner),
                (None, _) if is_section || name == keys::SECTION => {
                    self.trouble(
                        &key.span(),
                        &format!("{name}: expected a section, '[{name}]' on a line of its own"),
                    );
                }
                (None, _) => self.unknown(&key.span(), &name),
            }
        }
    }

    fn unknown(&mut self, at: &Range<usize>, name: &str) {
        let near = nearest(name).map_or(String::new(), |near| format!("; did you mean '{near}'?"));
        self.trouble(at, &format!("there is no setting '{name}'{near}"));
    }

    fn trouble(&mut self, at: &Range<usize>, why: &str) {
        let before = self.text.as_bytes().get(..at.start).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        let line = format!("{}:{line}: {why}", self.shown);
        self.config.troubles.push(line);
    }
}

/// The option or section that a name was probably meant to be.
fn nearest(name: &str) -> Option<&'static str> {
    let sections = OPTIONS
        .iter()
        .filter_map(|option| Some(option.name.rsplit_once('.')?.0))
        .chain([keys::SECTION]);
    let names = OPTIONS.iter().map(|option| option.name).chain(sections);
    // Also the last part alone: an option may have been put into the wrong section.
    let likeness = |known: &str| {
        let whole = strsim::normalized_damerau_levenshtein(name, known);
        let last = |name: &str| {
            name.rsplit('.')
                .next()
                .map(str::to_owned)
                .unwrap_or_default()
        };
        let misplaced = last(name) == last(known) && !matches!(&*last(known), "on" | "command");
        if misplaced { whole.max(0.9) } else { whole }
    };
    names
        .map(|known| (likeness(known), known))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests;
