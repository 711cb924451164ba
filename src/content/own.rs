//! A person's own techniques and routines: `<config>/techniques/*.toml` and `<config>/routines/*.toml`.
//!
//! Whatever is wrong with a file becomes a line for people, `file:line: reason`, and the other files load.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

use crate::domain::check::{self, Mistake};
use crate::domain::library::Library;
use crate::domain::routine::Routine;
use crate::domain::technique::Technique;

/// The largest file that is read, in bytes.
const FILE_MAX: u64 = 256 * 1024;
/// So many lines about one file are enough.
const LINES_MAX: usize = 8;

/// Adds the own files of this configuration directory to the library. Gives a line for each thing that was not used.
pub fn add_to(library: &mut Library, config: &Path) -> Vec<String> {
    let mut troubles = Vec::new();
    for (path, text) in texts(&config.join("techniques"), &mut troubles) {
        let read = read(&path, &text, &mut troubles, |technique: &Technique| {
            check::technique(technique, library)
        });
        if let Some(mut technique) = read {
            technique.own = true;
            library.add(vec![technique], Vec::new());
        }
    }
    for (path, text) in texts(&config.join("routines"), &mut troubles) {
        let read = read(&path, &text, &mut troubles, |routine: &Routine| {
            check::routine(routine, library)
        });
        if let Some(mut routine) = read {
            routine.own = true;
            library.add(Vec::new(), vec![routine]);
        }
    }
    troubles
}

/// The texts of a directory's TOML files, by name. No directory: none.
fn texts(dir: &Path, troubles: &mut Vec<String>) -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    match fs::read_dir(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => troubles.push(format!("{}: {error}", dir.display())),
        Ok(entries) => {
            for entry in entries {
                match entry {
                    Ok(entry) => paths.push(entry.path()),
                    Err(error) => troubles.push(format!("{}: {error}", dir.display())),
                }
            }
        }
    }
    paths.retain(|path| is_toml(path));
    paths.sort();
    let mut texts = Vec::new();
    for path in paths {
        match text_of(&path) {
            Ok(text) => texts.push((path, text)),
            Err(why) => troubles.push(why),
        }
    }
    texts
}

/// Hidden files are editors' own.
fn is_toml(path: &Path) -> bool {
    let hidden = path
        .file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    !hidden
        && path
            .extension()
            .is_some_and(|extension| extension == "toml")
}

fn text_of(path: &Path) -> Result<String, String> {
    let shown = path.display();
    // Asked before opening: opening a pipe would wait for its other end.
    let about = fs::metadata(path).map_err(|error| format!("{shown}: {error}"))?;
    if !about.is_file() {
        return Err(format!("{shown}: not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(FILE_MAX + 1).read_to_end(&mut bytes))
        .map_err(|error| format!("{shown}: {error}"))?;
    if bytes.len() as u64 > FILE_MAX {
        return Err(format!("{shown}: larger than {} KiB", FILE_MAX / 1024));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = line_of(error.as_bytes(), good);
        format!("{shown}:{line}: not UTF-8 text")
    })
}

/// One file through its type and its checks; `None`, with lines, when anything is wrong.
fn read<T: DeserializeOwned>(
    path: &Path,
    text: &str,
    troubles: &mut Vec<String>,
    check: impl FnOnce(&T) -> Vec<Mistake>,
) -> Option<T> {
    let shown = path.display();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Made by a shell that is about to write it.
    if text.is_empty() {
        return None;
    }
    let value = match toml::from_str::<T>(text) {
        Ok(value) => value,
        Err(error) => {
            let line = error
                .span()
                .map_or(1, |span| line_of(text.as_bytes(), span.start));
            let why = error.message().lines().collect::<Vec<_>>().join(" ");
            troubles.push(format!("{shown}:{line}: {why}"));
            return None;
        }
    };
    let mistakes = check(&value);
    for mistake in mistakes.iter().take(LINES_MAX) {
        let line = span_of(text, mistake).map_or(1, |span| line_of(text.as_bytes(), span.start));
        troubles.push(format!("{shown}:{line}: {}", mistake.why));
    }
    mistakes.is_empty().then_some(value)
}

/// Where a mistake stands in the text.
fn span_of(text: &str, mistake: &Mistake) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let value = table.get_ref().get(mistake.field)?;
    let element = match (value.get_ref(), mistake.index) {
        (DeValue::Array(list), Some(index)) => list.get(index),
        _ => None,
    };
    Some(element.map_or_else(|| value.span(), toml::Spanned::span))
}

/// The line of a byte, from 1.
fn line_of(text: &[u8], at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.split(|byte| *byte == b'\n').count()
}
