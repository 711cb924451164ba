//! The arrows of the house, enforced: who may know whom, and what the inner layers must never name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "architecture/faults.rs"]
mod faults;
#[path = "architecture/rust.rs"]
mod rust;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use faults::faults;
use rust::bare;

/// A layer, what it may name of ours besides itself, and why no more.
struct Layer {
    name: &'static str,
    /// Paths below `crate::`; naming one allows what lies below it.
    may_know: &'static [&'static str],
    why: &'static str,
}

const LAYERS: &[Layer] = &[
    Layer {
        name: "domain",
        may_know: &[],
        why: "the core knows nothing of ours, so that it can be thought through and tested with plain values",
    },
    Layer {
        name: "app",
        may_know: &["domain", "settings"],
        why: "the app decides; who reads keys, draws or saves is not its business",
    },
    Layer {
        name: "keys",
        may_know: &["app::message", "domain::nearest", "domain::order"],
        why: "the key table maps keys to messages and needs nothing else but to say what a wrong name was meant to be, and \
              to sort",
    },
    Layer {
        name: "ui",
        may_know: &["app", "domain", "keys", "sanitize", "settings"],
        why: "drawing reads the app and changes nothing",
    },
    Layer {
        name: "journal",
        may_know: &["domain", "paths", "sanitize"],
        why: "the files serve the app and the command line alike and know neither",
    },
    Layer {
        name: "cues",
        may_know: &["domain", "sanitize", "settings"],
        why: "cues are effects to the outside, the same from app and command line",
    },
    Layer {
        name: "demo",
        may_know: &["domain"],
        why: "made-up data lives in memory: it must know no file in which it could end up",
    },
    Layer {
        name: "report",
        may_know: &["domain", "sanitize"],
        why: "the page is text made of values; who reads the log and writes the file is not its business",
    },
    Layer {
        name: "content",
        may_know: &["domain", "paths", "sanitize", "toml_file"],
        why: "content is data read through the domain's types",
    },
    Layer {
        name: "cli",
        may_know: &[
            "domain",
            "journal",
            "cues",
            "content",
            "config",
            "demo",
            "report",
            "settings",
            "paths",
            "sanitize",
            "sys",
            "runtime::Start",
            "runtime::open",
            "runtime::open_with",
        ],
        why: "a subcommand does its work without the app; only the runtime opens that",
    },
    Layer {
        name: "runtime",
        may_know: &[
            "app", "ui", "keys", "journal", "cues", "content", "config", "demo", "settings",
            "domain", "paths", "sanitize", "sys",
        ],
        why: "the loop brings everything together, but the command line stands above it",
    },
    Layer {
        name: "sys",
        may_know: &["domain", "sanitize"],
        why: "the system serves whoever asks and knows nothing of them",
    },
    Layer {
        name: "config",
        may_know: &["domain", "keys", "paths", "settings", "toml_file"],
        why: "the settings file is read before anything runs; who uses what it says is not its business",
    },
    Layer {
        name: "settings",
        may_know: &["domain::remind"],
        why: "what can be set is plain values, that of breaks among them; who reads them from where is not their business",
    },
    Layer {
        name: "paths",
        may_know: &[],
        why: "where things live depends on nothing of ours",
    },
    Layer {
        name: "toml_file",
        may_know: &[],
        why: "how a file of a person's is read does not depend on what it says",
    },
    Layer {
        name: "sanitize",
        may_know: &[],
        why: "the sanitizer is pure and used from everywhere",
    },
];

/// Names that some layers must not say, and why.
struct Ban {
    layers: &'static [&'static str],
    names: &'static [&'static str],
    why: &'static str,
}

const BANS: &[Ban] = &[
    Ban {
        layers: &["domain", "app", "keys", "settings"],
        names: &["ratatui", "crossterm", "rustix", "signal_hook"],
        why: "the inner layers know no terminal",
    },
    Ban {
        layers: &["domain", "app", "demo", "keys", "report", "ui", "settings"],
        names: &[
            "std::fs",
            "std::io",
            "std::env",
            "std::process",
            "std::thread",
            "std::net",
            "File",
            "OpenOptions",
        ],
        why: "files, environment and threads belong outside; results come in as messages",
    },
    Ban {
        layers: &["domain", "app", "keys", "ui", "settings"],
        names: &["Local", "Utc::now", "Instant", "SystemTime"],
        why: "time comes in as a value, read once a turn, so that tests can hand it in",
    },
    Ban {
        layers: &[
            "domain", "app", "keys", "ui", "journal", "cues", "content", "cli", "runtime", "paths",
            "sanitize", "sys", "main",
        ],
        names: &["println!", "eprintln!", "print!", "eprint!", "dbg!"],
        why: "these panic when the other end is closed; inner layers do not print at all",
    },
];

#[test]
fn every_arrow_points_inwards() {
    let mut wrong = String::new();
    for (file, code) in sources() {
        for fault in faults(&file, &code) {
            let _ = writeln!(wrong, "{fault}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_module_has_its_place_among_the_layers() {
    for (file, _) in sources() {
        let layer = layer_of(&file);
        let known = LAYERS.iter().any(|known| known.name == layer);
        assert!(
            known || layer == "main" || layer == "lib",
            "{layer} is in no layer: {}",
            file.display()
        );
    }
}

/// The places that the map in `lib.rs` names, in the column of files.
fn places_on_the_map() -> Vec<String> {
    let map = include_str!("../src/lib.rs");
    let table = map.split_once("# Where each feature lives").unwrap().1;
    let table = table.split_once("# Three walks").unwrap().0;
    (table.lines())
        .filter_map(|line| line.strip_prefix("//! | ")?.split_once(" | "))
        .flat_map(|(_, files)| files.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_map_names_places_that_there_are_and_no_layer_is_missing_on_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let places = places_on_the_map();
    assert!(places.len() > 60, "the map is read: {}", places.len());
    for place in places.iter().filter(|place| *place != "src/") {
        assert!(root.join(place).exists(), "the map names {place}");
    }
    let walks = include_str!("../src/lib.rs")
        .split_once("# Three walks")
        .unwrap()
        .1;
    let files = walks.split('`').skip(1).step_by(2);
    for step in files.filter(|word| word.contains('/')) {
        assert!(root.join(step).exists(), "a walk goes through {step}");
    }
    for layer in LAYERS.iter().filter(|layer| layer.name != "paths") {
        let named = |place: &String| layer_of(Path::new(place)) == layer.name;
        assert!(places.iter().any(named), "{} is not on the map", layer.name);
    }
}

#[test]
fn every_module_says_its_job_first() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (file, _) in sources() {
        let is_tests = file
            .iter()
            .any(|part| part == "tests" || part == "tests.rs");
        let text = std::fs::read_to_string(root.join(&file)).unwrap();
        let says = text.starts_with("//! ");
        assert!(is_tests || says, "src/{}: what is it for?", file.display());
    }
}

/// Files below `src/` with their code, comments and texts taken out.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut dirs, mut found) = (vec![root.clone()], Vec::new());
    while let Some(dir) = dirs.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                dirs.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let code = bare(&std::fs::read_to_string(&path).unwrap());
                found.push((path.strip_prefix(&root).unwrap().to_path_buf(), code));
            }
        }
    }
    found.sort();
    assert!(found.len() > 10, "the sources were not found");
    found
}

fn layer_of(file: &Path) -> String {
    let first = file.components().next().unwrap().as_os_str();
    first.to_str().unwrap().trim_end_matches(".rs").to_owned()
}
