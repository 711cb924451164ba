//! Damaged, foreign and hostile files: every neighbour is read, everything is reported, nothing is changed.

mod bytes;
mod changes;
mod files;
mod lines;

use unkink::journal::doctor::Report;

use crate::home::*;

fn doctor(home: &Home) -> Report {
    home.journal().doctor()
}

fn reasons(home: &Home) -> String {
    let report = doctor(home);
    let lines = report.problems.iter().map(|problem| {
        format!(
            "{}:{:?}:{:?} {}\n",
            problem.file, problem.line, problem.byte, problem.reason
        )
    });
    lines.collect()
}

/// Notes in the order of their text: entries of one moment stand by id.
fn sorted(home: &Home) -> Vec<String> {
    let mut notes = home.notes();
    notes.sort();
    notes
}

/// One file with these bytes: its notes, with the promise that reading left the bytes alone.
fn read(bytes: &[u8]) -> (Home, Vec<String>) {
    let home = Home::new();
    home.put("x.jsonl", bytes);
    let notes = sorted(&home);
    doctor(&home);
    assert_eq!(
        std::fs::read(home.places.journal().join("x.jsonl")).unwrap(),
        bytes
    );
    (home, notes)
}
