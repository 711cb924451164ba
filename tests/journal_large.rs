//! How long a large log takes to read, and in how much memory. Run by hand, one at a time:
//! `cargo test --release --test journal_large -- --ignored --nocapture --test-threads 1 thousand` (or `million`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../benches/support/log.rs"]
mod log;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::time::Instant;

use unkink::domain::storage::Act;
use unkink::journal::{Journal, doctor};
use unkink::paths::Places;

fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    let kb: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kb / 1024.0
}

fn places(dir: &Path) -> Places {
    Places {
        data: dir.join("data"),
        state: dir.join("state"),
        config: dir.join("config"),
    }
}

/// Two machines' files.
fn write_logs(places: &Places, lines: u64) {
    std::fs::create_dir_all(places.journal()).unwrap();
    for (machine, name) in (0..).zip(["a.jsonl", "b.jsonl"]) {
        let file = File::create(places.journal().join(name)).unwrap();
        log::write(&mut BufWriter::new(file), lines / 2, machine).unwrap();
    }
}

fn measure(lines: u64) {
    let dir = tempfile::tempdir().unwrap();
    let places = places(dir.path());
    write_logs(&places, lines);
    let before = peak_mb();
    let mut journal = Journal::open(&places);
    let start = Instant::now();
    let entries = journal.load();
    let took = start.elapsed();
    println!(
        "{lines} lines: {} entries in {:.0} ms; peak {:.1} MB (before {before:.1} MB)",
        entries.len(),
        took.as_secs_f64() * 1000.0,
        peak_mb()
    );
    let start = Instant::now();
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-23T21:30:00+01:00").unwrap();
    let rec = entries[0].rec.clone();
    journal.perform(Act::Delete { rec }, now).unwrap();
    println!(
        "a delete with the log read: {:.2} ms",
        start.elapsed().as_secs_f64() * 1000.0
    );
    let mut fresh = Journal::open(&places);
    let start = Instant::now();
    let set = unkink::domain::record::Fields::default();
    fresh.perform(Act::Add { set }, now).unwrap();
    println!(
        "an add without reading the log: {:.2} ms",
        start.elapsed().as_secs_f64() * 1000.0
    );
}

#[test]
#[ignore = "large"]
fn a_hundred_thousand_lines() {
    measure(100_000);
}

#[test]
#[ignore = "large"]
fn a_million_lines() {
    measure(1_000_000);
}

#[test]
fn a_made_up_log_is_what_it_says_and_has_nothing_wrong_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let places = places(dir.path());
    write_logs(&places, 4000);
    let mut journal = Journal::open(&places);
    let entries = journal.load();
    assert_eq!(entries.len(), 3200);
    assert!(entries.iter().all(|entry| {
        entry
            .more
            .as_ref()
            .is_none_or(|more| more.invalid.is_empty())
    }));
    let sessions = entries.iter().filter(|entry| {
        entry
            .more
            .as_ref()
            .is_some_and(|more| more.rated_after_at.is_some())
    });
    assert_eq!(sessions.count(), 300);
    let report = journal.doctor();
    assert_eq!(
        (report.lines, report.deleted, report.waiting),
        (4000, 100, 0)
    );
    // Directories that others may look into are this test's own.
    let of_lines = |problem: &&doctor::Problem| problem.line.is_some() || problem.rec.is_some();
    assert_eq!(report.problems.iter().find(of_lines), None);
}
