//! A person's own techniques and routines: the TOML files of `<config>/techniques` and `<config>/routines`, and those of
//! the directories in them. Such a directory is a pack that somebody made for them.
//!
//! Whatever is wrong with a file becomes a line for people, `file:line: reason`, and the other files load.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

use super::told;
use crate::domain::check::{self, Mistake};
use crate::domain::library::Library;
use crate::domain::order;
use crate::domain::routine::Routine;
use crate::domain::technique::Technique;
use crate::toml_file::{self, Unread};

/// The largest file that is read, in bytes.
const FILE_MAX: u64 = 256 * 1024;

/// Something wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The file, or a directory that can't be read.
    pub path: PathBuf,
    /// The line, from 1; `None` where it is about the file as a whole.
    pub line: Option<usize>,
    /// What is wrong and, where known, what would be right.
    pub why: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, why) = (self.path.display(), &self.why);
        match self.line {
            Some(line) => write!(f, "{path}:{line}: {why}"),
            None => write!(f, "{path}: {why}"),
        }
    }
}

impl Trouble {
    fn of(path: &Path, why: impl fmt::Display) -> Self {
        Self {
            path: path.to_owned(),
            line: None,
            why: why.to_string(),
        }
    }
}

/// What a file describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A technique: it has steps.
    Technique,
    /// A routine: it has items.
    Routine,
}

/// A file with its text.
#[derive(Debug)]
pub struct Source {
    pub path: PathBuf,
    text: String,
    pub kind: Kind,
}

/// What came of a file that could be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Its slug.
    pub slug: String,
    /// Its name for people.
    pub name: String,
}

/// Adds the own files of this configuration directory to the library, but for those `without`. Gives a line for each
/// thing that was not used.
pub fn add_to(library: &mut Library, config: &Path, without: &[PathBuf]) -> Vec<Trouble> {
    let mut troubles = Vec::new();
    let mut unlisted = Vec::new();
    let mut sources = Vec::new();
    for path in files(config, &mut unlisted) {
        if without.contains(&path) {
            continue;
        }
        match Source::read(path) {
            Ok(source) => sources.push(source),
            Err(trouble) => troubles.push(trouble),
        }
    }
    // A routine may be made of techniques that stand in any file.
    order::by_key(&mut sources, |source| source.kind == Kind::Routine);
    for source in sources {
        // Made by a shell that is about to write it.
        if source.is_empty() {
            continue;
        }
        if let Err(found) = source.add_to(library, false) {
            troubles.extend(found);
        }
    }
    troubles.extend(unlisted);
    troubles
}

/// Every file of a person's own, as far as the directories can be read.
pub fn files(config: &Path, troubles: &mut Vec<Trouble>) -> Vec<PathBuf> {
    let mut files = files_of(&config.join("techniques"), troubles);
    files.extend(files_of(&config.join("routines"), troubles));
    files
}

/// A directory's TOML files and those of the packs in it, by name. No directory: none.
pub fn files_of(dir: &Path, troubles: &mut Vec<Trouble>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in listed(dir, troubles) {
        if is_toml(&path) {
            files.push(path);
        } else if !is_hidden(&path) && path.is_dir() {
            let pack = listed(&path, troubles).into_iter();
            files.extend(pack.filter(|path| is_toml(path)));
        }
    }
    files
}

fn listed(dir: &Path, troubles: &mut Vec<Trouble>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    match fs::read_dir(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => troubles.push(Trouble::of(dir, error)),
        Ok(entries) => {
            for entry in entries {
                match entry {
                    Ok(entry) => paths.push(entry.path()),
                    Err(error) => troubles.push(Trouble::of(dir, error)),
                }
            }
        }
    }
    paths.sort();
    paths
}

impl Source {
    /// Reads a file's text.
    pub fn read(path: PathBuf) -> Result<Self, Trouble> {
        let text = toml_file::read(&path, FILE_MAX).map_err(|why| Trouble {
            line: match why {
                Unread::Unusable(_, line) => line,
                Unread::Failed(_) => None,
            },
            ..Trouble::of(&path, why)
        })?;
        let kind = kind_of(&path, &text);
        Ok(Self { path, text, kind })
    }

    /// Whether nothing at all is in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Through its type and its checks into the library, or everything that is wrong with it. `strict`: signs that steer
    /// a terminal are a mistake as well. They are never sent to one, so a file that has them works all the same.
    pub fn add_to(&self, library: &mut Library, strict: bool) -> Result<Added, Vec<Trouble>> {
        match self.kind {
            Kind::Technique => {
                let mut technique: Technique =
                    self.typed(strict, |it| check::technique(it, library))?;
                let added = Added {
                    slug: technique.slug.clone(),
                    name: technique.name.clone(),
                };
                technique.own = true;
                library.add(vec![technique], Vec::new());
                Ok(added)
            }
            Kind::Routine => {
                let mut routine: Routine = self.typed(strict, |it| check::routine(it, library))?;
                let added = Added {
                    slug: routine.slug.clone(),
                    name: routine.name.clone(),
                };
                routine.own = true;
                library.add(Vec::new(), vec![routine]);
                Ok(added)
            }
        }
    }

    fn typed<T: DeserializeOwned>(
        &self,
        strict: bool,
        check: impl FnOnce(&T) -> Vec<Mistake>,
    ) -> Result<T, Vec<Trouble>> {
        if let Some((span, why)) = told::raw_controls(&self.text) {
            return Err(vec![self.trouble(Some(span), why)]);
        }
        let value = toml::from_str::<T>(&self.text).map_err(|error| {
            let why = told::plain(&toml_file::why(&error));
            vec![self.trouble(error.span(), why)]
        })?;
        let mistakes = check(&value);
        if mistakes.is_empty() && !strict {
            return Ok(value);
        }
        // Once for all lines: there may be thousands.
        let table = DeTable::parse(&self.text).ok();
        let table = table.as_ref().map(toml::Spanned::get_ref);
        let unwanted = table.filter(|_| strict).map(told::unwanted);
        let unwanted = unwanted.unwrap_or_default();
        if mistakes.is_empty() && unwanted.is_empty() {
            return Ok(value);
        }
        let lines = mistakes.into_iter();
        let lines = lines.map(|mistake| self.trouble(span_of(table, &mistake), mistake.why));
        let unwanted = unwanted.into_iter();
        let lines = lines.chain(unwanted.map(|(span, why)| self.trouble(Some(span), why)));
        Err(toml_file::few(lines.collect(), |more| {
            Trouble::of(&self.path, more)
        }))
    }

    fn trouble(&self, span: Option<Range<usize>>, why: String) -> Trouble {
        let line = span.map_or(1, |span| {
            toml_file::line_of(self.text.as_bytes(), span.start)
        });
        Trouble {
            path: self.path.clone(),
            line: Some(line),
            why,
        }
    }
}

/// By what is in it, else by the directory: a pack may hold both.
fn kind_of(path: &Path, text: &str) -> Kind {
    if let Ok(table) = DeTable::parse(text) {
        let has = |key: &str| table.get_ref().get(key).is_some();
        match (has("steps"), has("items")) {
            (true, false) => return Kind::Technique,
            (false, true) => return Kind::Routine,
            _ => {}
        }
    }
    let routines = path.ancestors().skip(1).take(2);
    let mut names = routines.filter_map(Path::file_name);
    if names.any(|name| name == "routines") {
        Kind::Routine
    } else {
        Kind::Technique
    }
}

fn is_toml(path: &Path) -> bool {
    let extension = path.extension();
    !is_hidden(path) && extension.is_some_and(|extension| extension == "toml")
}

/// Hidden files are editors' own.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name();
    name.is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Where a mistake stands in the text.
fn span_of(table: Option<&DeTable<'_>>, mistake: &Mistake) -> Option<Range<usize>> {
    let value = table?.get(mistake.field)?;
    let element = match (value.get_ref(), mistake.index) {
        (DeValue::Array(list), Some(index)) => list.get(index),
        _ => None,
    };
    Some(element.map_or_else(|| value.span(), toml::Spanned::span))
}
