//! The arrows of the house, enforced: who may know whom, and what the inner layers must never name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;
use std::path::{Path, PathBuf};

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

#[test]
fn a_broken_arrow_or_a_banned_name_is_found() {
    let bad = [
        (
            "domain/plan.rs",
            "use crate::journal::Line;",
            "crate::journal",
        ),
        (
            "domain/plan.rs",
            "use crate::{app::App, domain};",
            "crate::app",
        ),
        (
            "domain/plan.rs",
            "fn f() { crate::paths::find(); }",
            "crate::paths",
        ),
        (
            "domain/plan.rs",
            "use super::super::keys::Key;",
            "crate::keys",
        ),
        ("domain/plan.rs", "use std::{fmt, io::Write};", "std::io"),
        ("domain/plan.rs", "let x = chrono::Local::now();", "Local"),
        ("app/mod.rs", "use crate::ui::draw;", "crate::ui"),
        ("app/mod.rs", "use ratatui::Frame;", "ratatui"),
        ("app/run.rs", "fn f() { println!(\"x\"); }", "println!"),
        (
            "app/run.rs",
            "let now = std::time::Instant::now();",
            "Instant",
        ),
        ("keys.rs", "use crate::app::App;", "crate::app"),
        ("ui/mod.rs", "use crate::runtime::run;", "crate::runtime"),
        ("ui/mod.rs", "let text = std::fs::read(p);", "std::fs"),
        (
            "journal/read.rs",
            "use crate::app::message::Msg;",
            "crate::app",
        ),
        ("cli/log.rs", "use crate::app::App;", "crate::app"),
        (
            "cli/log.rs",
            "use crate::runtime::terminal;",
            "crate::runtime::terminal",
        ),
        ("app/run.rs", "use crate::sys::clock;", "crate::sys"),
        ("sys/clock.rs", "use crate::runtime::run;", "crate::runtime"),
        ("runtime/turn.rs", "use crate::cli::run;", "crate::cli"),
        ("sanitize.rs", "use crate::domain::id::Id;", "crate::domain"),
    ];
    for (file, code, name) in bad {
        let found = faults(Path::new(file), &bare(code));
        assert!(
            found.iter().any(|fault| fault.contains(name)),
            "{file}: {code} gave {found:?}"
        );
    }
}

#[test]
fn what_is_allowed_or_only_written_about_is_not_found() {
    let good = [
        (
            "domain/plan.rs",
            "use crate::domain::id::Id; // not crate::journal, no println!",
        ),
        (
            "domain/plan.rs",
            "let text = \"crate::journal std::fs\"; let raw = r#\"Instant\"#; let c = '\"';",
        ),
        (
            "domain/plan.rs",
            "use super::routine::Routine; struct FileName; fn local<'a>(x: &'a str) {}",
        ),
        (
            "domain/plan.rs",
            "#[cfg(test)]\nmod tests { use crate::journal::x; fn f() { println!(); } }",
        ),
        (
            "app/mod.rs",
            "#[cfg(test)]\nmod tests;\nuse crate::domain::log::Log;",
        ),
        ("keys.rs", "use crate::app::message::{Action, Msg};"),
        (
            "cli/mod.rs",
            "use crate::{content, domain::id::Id, journal};",
        ),
        ("app/tests.rs", "use crate::keys;"),
    ];
    for (file, code) in good {
        let found = faults(Path::new(file), &bare(code));
        assert_eq!(found, Vec::<String>::new(), "{file}: {code}");
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

/// How deep the file's module lies: `keys.rs` and `app/mod.rs` 1, `app/run.rs` 2.
fn depth_of(file: &Path) -> usize {
    let names = file.components().count();
    if file.file_stem().is_some_and(|stem| stem == "mod") {
        names - 1
    } else {
        names
    }
}

fn faults(file: &Path, code: &str) -> Vec<String> {
    // Tests may look at a layer from outside.
    if file.file_stem().is_some_and(|stem| stem == "tests")
        || file.iter().any(|part| part == "tests")
    {
        return Vec::new();
    }
    let code = without_tests(code);
    let name = layer_of(file);
    let mut found = Vec::new();
    let mut fault = |at: usize, what: &str, why: &str| {
        let line = code[..at].matches('\n').count() + 1;
        found.push(format!("src/{}:{line}: {what}: {why}", file.display()));
    };
    if let Some(layer) = LAYERS.iter().find(|layer| layer.name == name) {
        let up = "super::".repeat(depth_of(file));
        for root in ["crate::", &up] {
            for (at, path) in paths_after(&code, root) {
                let allowed = |known: &&str| is_below(&path, known);
                let ours = LAYERS.iter().any(|layer| is_below(&path, layer.name));
                if ours && !is_below(&path, &name) && !layer.may_know.iter().any(allowed) {
                    fault(at, &format!("{name} names crate::{path}"), layer.why);
                }
            }
        }
    }
    for ban in BANS
        .iter()
        .filter(|ban| ban.layers.contains(&name.as_str()))
    {
        for banned in ban.names {
            let places = match banned.strip_prefix("std::") {
                Some(module) => paths_after(&code, "std::")
                    .into_iter()
                    .filter(|(_, path)| is_below(path, module))
                    .map(|(at, _)| at)
                    .collect(),
                None => words(&code, banned),
            };
            for at in places {
                fault(at, &format!("{name} names {banned}"), ban.why);
            }
        }
    }
    found
}

fn is_below(path: &str, above: &str) -> bool {
    path == above
        || path
            .strip_prefix(above)
            .is_some_and(|rest| rest.starts_with("::"))
}

/// Where a word stands, whole.
fn words(code: &str, word: &str) -> Vec<usize> {
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(|&at| {
            !code[..at].ends_with(in_name)
                && (word.ends_with('!') || !code[at + word.len()..].starts_with(in_name))
        })
        .collect()
}

/// The paths that follow a root such as `crate::`, groups in braces taken apart: `{a, b::{c, d}}` is `a`, `b::c`, `b::d`.
fn paths_after(code: &str, root: &str) -> Vec<(usize, String)> {
    let starts = words(code, root.trim_end_matches("::")).into_iter();
    starts
        .filter(|&at| code[at..].starts_with(root) && !code[..at].ends_with("::"))
        .flat_map(|at| {
            let mut paths = Vec::new();
            take_tree(&code[at + root.len()..], "", &mut paths);
            paths.into_iter().map(move |path| (at, path))
        })
        .collect()
}

/// Reads one use tree; the rest of the code after it.
fn take_tree<'a>(code: &'a str, above: &str, paths: &mut Vec<String>) -> &'a str {
    let mut rest = code.trim_start();
    let mut path = above.to_owned();
    loop {
        if let Some(group) = rest.strip_prefix('{') {
            rest = group.trim_start();
            while !rest.is_empty() && !rest.starts_with('}') {
                let before = rest.len();
                rest = take_tree(rest, &path, paths).trim_start();
                rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
                if rest.len() == before {
                    return rest;
                }
            }
            return rest.strip_prefix('}').unwrap_or(rest);
        }
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let name = &rest[..end];
        // `self` in a group is the module itself.
        if name != "self" && !name.is_empty() {
            path = if path.is_empty() {
                name.to_owned()
            } else {
                format!("{path}::{name}")
            };
        }
        rest = &rest[end..];
        if let Some(below) = rest.strip_prefix("::") {
            rest = below;
            continue;
        }
        paths.push(path);
        // `as other` and the like up to what ends this tree.
        let end = rest
            .find([',', '}', ';', '\n', '(', ')'])
            .unwrap_or(rest.len());
        return &rest[end..];
    }
}

/// Blanks out inline test modules; a `#[cfg(test)] mod tests;` is only a name.
fn without_tests(code: &str) -> String {
    let mut left = code.to_owned();
    while let Some(at) = left.find("#[cfg(test)]") {
        let rest = &left[at..];
        let end = match (rest.find('{'), rest.find(';')) {
            (Some(open), semi) if semi.is_none_or(|semi| open < semi) => closing(rest, open),
            (_, Some(semi)) => semi + 1,
            _ => rest.len(),
        };
        let blank: String = rest[..end].chars().filter(|&c| c == '\n').collect();
        left.replace_range(at..at + end, &blank);
    }
    left
}

fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return open + at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// The code without comments and without what stands in texts; lines stay where they are.
fn bare(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_text(rest) {
            length
        } else if c == '"' {
            quoted(rest, '"')
        } else if c == '\'' {
            // A character, or else a lifetime.
            let mut next = rest.chars().skip(1);
            match (next.next(), next.next()) {
                (Some('\\'), _) | (_, Some('\'')) => quoted(rest, '\''),
                _ => 0,
            }
        } else {
            0
        };
        if skip == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.extend(rest[..skip].chars().filter(|&c| c == '\n'));
            rest = &rest[skip..];
        }
    }
    out
}

/// The length of a raw text that begins here.
fn raw_text(code: &str) -> Option<usize> {
    let after = code.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(2 + hashes + length)
}

fn quoted(code: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in code.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    code.len()
}
