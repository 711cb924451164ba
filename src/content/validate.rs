//! Files of techniques and routines checked as they would be loaded, one verdict each.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::own::{self, Kind, Source, Trouble};
use crate::domain::library::Library;
use crate::paths::Places;

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The file, as it was named.
    pub path: PathBuf,
    /// What it describes; `None`: it can't be read.
    pub kind: Option<Kind>,
    /// Its slug and name, where nothing is wrong.
    pub fine: Option<(String, String)>,
    /// What is wrong with it.
    pub troubles: Vec<Trouble>,
}

/// Checks files, and every file of a directory, as if they lay among the person's own. None named: those that do.
///
/// They may build on each other, on the person's other files and on the built-in ones. Also gives the library with those
/// in it that are fine.
pub fn validate(places: &Places, named: &[PathBuf]) -> (Vec<Verdict>, Library) {
    let mut verdicts = Vec::new();
    let files = files(places, named, &mut verdicts);
    let mut library = super::built_in_library();
    let is_named = |own: &PathBuf| files.iter().any(|file| is_same(file, own));
    let mut elsewhere = Vec::new();
    let mut own = own::files(&places.config, &mut elsewhere);
    own.retain(is_named);
    // What is wrong with the others was not asked.
    drop(own::add_to(&mut library, &places.config, &own));

    let files = own::read(files, |path, trouble| {
        verdicts.push(unreadable(path, trouble));
    });
    for source in own::sources(&files) {
        verdicts.push(verdict(&source, &mut library));
    }
    (verdicts, library)
}

fn files(places: &Places, named: &[PathBuf], verdicts: &mut Vec<Verdict>) -> Vec<PathBuf> {
    let mut troubles = Vec::new();
    let mut files = Vec::new();
    if named.is_empty() {
        files = own::files(&places.config, &mut troubles);
    }
    for path in once(named.to_vec()) {
        if path.is_dir() {
            let before = troubles.len();
            let found = own::files_of(&path, &mut troubles);
            if found.is_empty() && troubles.len() == before {
                troubles.push(Trouble {
                    path,
                    line: None,
                    why: "no file in it ends in .toml".to_owned(),
                });
            }
            files.extend(found);
        } else {
            files.push(path);
        }
    }
    let told = troubles.into_iter();
    verdicts.extend(told.map(|trouble| unreadable(trouble.path.clone(), trouble)));
    once(files)
}

/// Each place once, under whatever name it comes.
fn once(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut seen = HashSet::new();
    paths.retain(|path| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
    paths
}

fn verdict(source: &Source<'_>, library: &mut Library) -> Verdict {
    let found = if source.file.is_empty() {
        Err(vec![Trouble {
            path: source.file.path.clone(),
            line: None,
            why: "nothing is in it".into(),
        }])
    } else {
        source.add_to(library, true)
    };
    let (fine, troubles) = match found {
        Ok(added) => (Some((added.slug, added.name)), Vec::new()),
        Err(troubles) => (None, troubles),
    };
    Verdict {
        path: source.file.path.clone(),
        kind: Some(source.kind),
        fine,
        troubles,
    }
}

fn unreadable(path: PathBuf, trouble: Trouble) -> Verdict {
    Verdict {
        path,
        kind: None,
        fine: None,
        troubles: vec![trouble],
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    a == b || real(a).is_some_and(|a| Some(a) == real(b))
}
