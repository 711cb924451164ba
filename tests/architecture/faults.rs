//! Which paths of a file point outwards, and which names it must not have; tried on bad and good lines.

use std::path::Path;

use super::rust::{bare, paths_after, without_tests, words};
use super::{BANS, LAYERS, layer_of};

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

/// How deep the file's module lies: `keys.rs` and `app/mod.rs` 1, `app/run.rs` 2.
fn depth_of(file: &Path) -> usize {
    let names = file.components().count();
    if file.file_stem().is_some_and(|stem| stem == "mod") {
        names - 1
    } else {
        names
    }
}

pub fn faults(file: &Path, code: &str) -> Vec<String> {
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
