//! The built-in content, and a person's own files beside it. What a technique means, and whether it makes sense, is the
//! domain's to say; who is allowed what is not known here.
#![doc = include_str!("content/own.md")]

mod own;
mod pack;
mod packed;
mod told;
pub mod validate;

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::evidence::{Source, Topic};
use crate::domain::library::{Library, Reference};
use crate::domain::routine::Routine;
use crate::domain::technique::Technique;
use crate::paths::Places;

pub use own::{Kind, Trouble};

const CATALOGUE: &str = include_str!(concat!(env!("OUT_DIR"), "/catalogue.packed"));
const SOURCES: &str = include_str!(concat!(env!("OUT_DIR"), "/sources.packed"));
const TOPICS: &str = include_str!(concat!(env!("OUT_DIR"), "/topics.packed"));
const SAFETY: &str = include_str!(concat!(env!("OUT_DIR"), "/safety.packed"));
const VOCABULARY: &str = include_str!(concat!(env!("OUT_DIR"), "/vocabulary.packed"));

/// A technique's file with every field explained, to start one's own from.
pub const TEMPLATE: &str = include_str!("../assets/technique.toml");

/// So many names are tried for a new file.
const FILES_MAX: u32 = 1000;

/// Built-in techniques and routines as one text.
#[derive(Deserialize, Default)]
struct Catalogue {
    techniques: Vec<Technique>,
    routines: Vec<Routine>,
}

#[derive(Deserialize, Default)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Sources {
    sources: Vec<Source>,
}

#[derive(Deserialize, Default)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Topics {
    topics: Vec<Topic>,
}

/// Reads built-in content. A test reads all of it, so the empty answer never happens in a build that passed.
fn built_in<T: Deserialize<'static> + Default>(text: &'static str) -> T {
    packed::read(text).unwrap_or_default()
}

fn reference() -> Reference {
    Reference {
        sources: LazyLock::new(|| built_in::<Sources>(SOURCES).sources),
        topics: LazyLock::new(|| built_in::<Topics>(TOPICS).topics),
        safety: LazyLock::new(|| built_in(SAFETY)),
        vocabulary: LazyLock::new(|| built_in(VOCABULARY)),
    }
}

/// The built-in library alone.
pub fn built_in_library() -> Library {
    let Catalogue {
        techniques,
        routines,
    } = built_in(CATALOGUE);
    Library::new(techniques, routines, reference())
}

/// The built-in library and the person's own files, with a line for each thing that could not be used.
pub fn load(places: &Places) -> (Library, Vec<String>) {
    let mut library = built_in_library();
    let troubles = own::add_to(&mut library, &places.config, &[]);
    (library, troubles.iter().map(ToString::to_string).collect())
}

/// Makes a file of its own for a new technique, with the template in it. The error is one line for people.
pub fn new_technique(places: &Places) -> Result<PathBuf, String> {
    let dir = places.config.join("techniques");
    let told = |path: &Path, error: &std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(&dir).map_err(|error| told(&dir, &error))?;
    let mut number = 1;
    loop {
        let path = match number {
            1 => dir.join("my-technique.toml"),
            _ => dir.join(format!("my-technique-{number}.toml")),
        };
        match File::create_new(&path) {
            Ok(mut file) => {
                let written = file.write_all(TEMPLATE.as_bytes());
                return written.map(|()| path.clone()).map_err(|error| {
                    let _ = fs::remove_file(&path); // half a template is no start
                    told(&path, &error)
                });
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < FILES_MAX => {
                number += 1;
            }
            Err(error) => return Err(told(&path, &error)),
        }
    }
}

/// Whether a file holds the template as it was made.
pub fn is_template(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes == TEMPLATE.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::safety::Safety;
    use crate::domain::vocabulary::Vocabulary;

    #[test]
    fn every_built_in_text_reads_through_its_types() {
        fn read<T: Deserialize<'static>>(text: &'static str) -> Result<T, String> {
            packed::read(text).map_err(|fault| fault.why.to_string())
        }
        assert_eq!(read::<Catalogue>(CATALOGUE).map(|_| ()), Ok(()));
        assert_eq!(read::<Sources>(SOURCES).map(|_| ()), Ok(()));
        assert_eq!(read::<Topics>(TOPICS).map(|_| ()), Ok(()));
        assert_eq!(read::<Safety>(SAFETY).map(|_| ()), Ok(()));
        assert_eq!(read::<Vocabulary>(VOCABULARY).map(|_| ()), Ok(()));
    }
}
