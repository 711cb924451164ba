//! What a prompt or a shell waits for: whole runs of the program, with a million lines in the log.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::process::{Command, Stdio};
use std::sync::LazyLock;

use support::Home;

/// Made once; removed at the end of `main`.
static HOME: LazyLock<Home> = LazyLock::new(|| Home::with_lines(1_000_000));

fn main() {
    LazyLock::force(&HOME);
    divan::main();
    let _ = std::fs::remove_dir_all(HOME.dir.path());
}

fn run(program: &str, args: &[&str]) {
    let place = |name: &str| HOME.dir.path().join(name);
    let status = Command::new(program)
        .args(args)
        .env("HOME", HOME.dir.path())
        .env("XDG_DATA_HOME", place("data"))
        .env("XDG_STATE_HOME", place("state"))
        .env("XDG_CONFIG_HOME", place("config"))
        .env_remove("UNKINK_DATA_DIR")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success());
}

/// Starting any program: what of the rest is not ours.
#[divan::bench]
fn a_program_that_does_nothing() {
    run("true", &[]);
}

#[divan::bench(args = [
    "--version",
    "status --format {pain}·{ago}",
    "status --json",
    "__complete start ",
    "__complete log --where b",
    "show six-breaths",
])]
fn unkink(line: &str) {
    let args: Vec<&str> = line.split(' ').collect();
    run(env!("CARGO_BIN_EXE_unkink"), &args);
}
