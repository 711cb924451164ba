//! The examples of every help, pasted into a shell in a home where nothing is yet.

use std::path::Path;
use std::process::Command;

use crate::home::{Home, Ran};

/// What is not run: how the example begins, and why.
const NOT_RUN: &[(&str, &str)] = &[
    ("unkink start ", "a session takes its time"),
    ("unkink ask peg", "it asks, but where the answers are given"),
    ("unkink delete last", "it asks"),
    ("unkink edit 7f3a", "an entry of one's own"),
    ("unkink delete 7f3a", "an entry of one's own"),
    ("unkink forget 7f3a", "an entry of one's own"),
    ("unkink import diary.csv", "a file of one's own"),
    (
        "unkink validate ~/Downloads/from-anna",
        "a directory of one's own",
    ),
    ("unkink cues --test", "it is heard"),
    ("unkink while ", "another program"),
    ("unkink remind ", "it does not end"),
    ("unkink man | man", "another program"),
];

/// The examples that a help ends with, as a shell takes them.
fn examples(help: &str) -> Vec<String> {
    let (_, rows) = help
        .split_once("Examples:\n")
        .unwrap_or_else(|| panic!("{help}"));
    let mut lines: Vec<String> = Vec::new();
    for row in rows.lines() {
        if row.starts_with("    ") {
            lines.last_mut().unwrap().push_str(row);
        } else if !row.trim_start().starts_with('#') {
            // The remark stands behind two blanks.
            let line = row.trim().split("  ").next().unwrap();
            lines.push(line.to_owned());
        }
    }
    lines
}

fn pasted(home: &Home, line: &str) -> Ran {
    let program = Path::new(env!("CARGO_BIN_EXE_unkink"));
    let own = program.parent().unwrap().to_str().unwrap();
    let path = format!("{own}:{}", std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", line])
        .env_clear()
        .env("PATH", path)
        .env("HOME", home.0.path())
        .current_dir(home.0.path())
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    Ran::of(&output)
}

#[test]
fn every_example_does_what_it_says_in_an_empty_home() {
    let home = Home::new();
    let help = home.ok(&["--help"]);
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let names = commands.lines().take_while(|line| !line.is_empty());
    let names = names.filter(|line| !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    let mut all = examples(&help);
    // It needs a terminal.
    all.retain(|line| line != "unkink" && line != "unkink --demo");
    let mut ran = 0;
    for name in names.filter(|name| *name != "help") {
        let help = home.ok(&[name, "--help"]);
        assert!(help.is_ascii(), "{help}");
        all.extend(examples(&help));
    }
    for line in &all {
        let not_run = NOT_RUN.iter().any(|(begins, _)| line.starts_with(begins));
        if not_run && line != "unkink ask peg 4 3 5" {
            continue;
        }
        if line.contains(" last ") {
            // The newest one is to be a check-in.
            pasted(&home, "unkink log 5 5");
        }
        let done = pasted(&home, line);
        assert_eq!(done.code, 0, "{line}: {done:?}");
        ran += 1;
    }
    assert!(ran > 35, "{ran} of {all:#?}");
    for written in [
        ".local/share/bash-completion/completions/unkink",
        ".zfunc/_unkink",
        ".config/fish/completions/unkink.fish",
        ".local/share/man/man1/unkink.1",
    ] {
        let text = std::fs::read_to_string(home.path(written)).unwrap();
        assert!(text.contains("unkink"), "{written}");
    }
}
