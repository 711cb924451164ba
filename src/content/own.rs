//! A person's own techniques and routines: the TOML files of `<config>/techniques` and `<config>/routines`, and those of
//! the directories in them. Such a directory is a pack that somebody made for them.
//!
//! Whatever is wrong with a file becomes a line for people, `file:line: reason`, and the other files load.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::iter::once;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::pack::Pack;
use super::{packed, told};
use crate::domain::check::{self, Mistake};
use crate::domain::library::Library;
use crate::domain::order;
use crate::domain::routine::Routine;
use crate::domain::technique::Technique;
use crate::toml_file::{self, Lines, Unread};

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
pub struct File {
    pub path: PathBuf,
    text: String,
}

/// A file with what is in it.
#[derive(Debug)]
pub struct Source<'a> {
    pub file: &'a File,
    pub kind: Kind,
    /// Or why it is no TOML.
    table: Result<Spanned<DeTable<'a>>, Vec<Trouble>>,
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
    let mut files = files(config, &mut unlisted);
    files.retain(|path| !without.contains(path));
    let files = read(files, |_, trouble| troubles.push(trouble));
    for source in sources(&files) {
        // Made by a shell that is about to write it.
        if source.file.is_empty() {
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

/// Reads each file's text, or says why not.
pub fn read(paths: Vec<PathBuf>, mut unread: impl FnMut(PathBuf, Trouble)) -> Vec<File> {
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        match toml_file::read(&path, FILE_MAX) {
            Ok(text) => files.push(File { path, text }),
            Err(why) => {
                let line = match why {
                    Unread::Unusable(_, line) => line,
                    Unread::Failed(_) => None,
                };
                let trouble = Trouble::of(&path, why);
                unread(path, Trouble { line, ..trouble });
            }
        }
    }
    files
}

/// What is in the files, techniques first: a routine may be made of those that stand in any file.
pub fn sources(files: &[File]) -> Vec<Source<'_>> {
    let mut sources: Vec<_> = files.iter().map(Source::of).collect();
    order::by_key(&mut sources, |source| source.kind == Kind::Routine);
    sources
}

impl File {
    /// Whether nothing at all is in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A few lines about these places of the text.
    fn troubles(&self, found: impl Iterator<Item = (usize, String)>) -> Vec<Trouble> {
        let lines = Lines::of(self.text.as_bytes());
        let troubles = found.map(|(at, why)| Trouble {
            path: self.path.clone(),
            line: Some(lines.at(at)),
            why,
        });
        toml_file::few(troubles.collect(), |more| Trouble::of(&self.path, more))
    }

    fn table(&self) -> Result<Spanned<DeTable<'_>>, Vec<Trouble>> {
        let found = match told::raw_controls(&self.text) {
            Some(found) => found,
            None => match DeTable::parse(&self.text) {
                Ok(table) => return Ok(table),
                Err(error) => {
                    let at = error.span().map_or(0, |span| span.start);
                    (at, toml_file::why(&error))
                }
            },
        };
        Err(self.troubles(once(found)))
    }
}

impl<'a> Source<'a> {
    fn of(file: &'a File) -> Self {
        let table = file.table();
        Self {
            file,
            kind: kind_of(&file.path, table.as_ref().ok().map(Spanned::get_ref)),
            table,
        }
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
        let table = self.table.as_ref().map_err(Clone::clone)?;
        let value = read_table(table).map_err(|found| self.file.troubles(once(found)))?;
        let table = table.get_ref();
        let mistakes = check(&value).into_iter();
        let mistakes = mistakes.map(|mistake| (place_of(table, &mistake), mistake.why));
        let mut found: Vec<_> = mistakes.collect();
        if strict {
            found.extend(told::unwanted(table));
        }
        if found.is_empty() {
            return Ok(value);
        }
        Err(self.file.troubles(found.into_iter()))
    }
}

/// A table through its type, or what is wrong and where.
fn read_table<T: DeserializeOwned>(table: &Spanned<DeTable<'_>>) -> Result<T, (usize, String)> {
    let mut pack = Pack::default();
    pack.table(table.get_ref(), table.span().start);
    packed::read(&pack.text).map_err(|fault| (pack.origin(fault.at), fault.why.to_string()))
}

/// By what is in it, else by the directory: a pack may hold both.
fn kind_of(path: &Path, table: Option<&DeTable<'_>>) -> Kind {
    let has = |key: &str| table.is_some_and(|table| table.contains_key(key));
    match (has("steps"), has("items")) {
        (true, false) => return Kind::Technique,
        (false, true) => return Kind::Routine,
        _ => {}
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
fn place_of(table: &DeTable<'_>, mistake: &Mistake) -> usize {
    let Some(value) = table.get(mistake.field) else {
        return 0;
    };
    let element = match (value.get_ref(), mistake.index) {
        (DeValue::Array(list), Some(index)) => list.get(index),
        _ => None,
    };
    element.unwrap_or(value).span().start
}
