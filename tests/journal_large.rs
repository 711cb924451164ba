//! How long a large log takes to read, and in how much memory. Run by hand, one at a time:
//! `cargo test --release --test journal_large -- --ignored --nocapture --test-threads 1 thousand` (or `million`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use unkink::domain::storage::Act;
use unkink::journal::Journal;
use unkink::paths::Places;

fn crc_line(out: &mut impl Write, head: &str) {
    let crc = crc32fast::hash(head.as_bytes());
    writeln!(out, "{head},\"crc\":\"{crc:08x}\"}}").unwrap();
}

fn id(number: u64, salt: u64) -> String {
    let random = (number * 16 + salt).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let millis = 1_600_000_000_000_u64 + number * 30_000;
    format!(
        "{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}",
        millis >> 16,
        millis & 0xffff,
        random & 0xfff,
        random >> 12 & 0xfff,
        random >> 16
    )
}

/// Check-ins (70 % of the lines) and sessions of two lines.
fn write_log(path: &Path, lines: u64, salt: u64) {
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(path).unwrap());
    let mut written = 0;
    for number in 0_u64.. {
        if written >= lines {
            break;
        }
        let at =
            chrono::DateTime::from_timestamp(1_600_000_000 + number.cast_signed() * 30, 0).unwrap();
        let at = at.format("%Y-%m-%dT%H:%M:%S+00:00");
        let (op, rec) = (id(number, salt * 4), id(number, salt * 4 + 1));
        if number % 17 < 14 {
            let extra = match number % 10 {
                0..3 => ",\"regions\":[\"belt-line:left\",\"upper-glute:left\"],\"tightness\":4",
                3 | 4 => ",\"note\":\"sat too long at the desk, better after a walk\"",
                _ => "",
            };
            let head = format!(
                "{{\"v\":1,\"op\":\"add\",\"id\":\"{op}\",\"rec\":\"{rec}\",\"at\":\"{at}\",\"set\":{{\"kind\":\"check-in\",\"started_at\":\"{at}\",\"pain\":{},\"stress\":{}{extra}}}",
                number % 11,
                number % 7
            );
            crc_line(&mut out, &head);
            written += 1;
        } else {
            let head = format!(
                "{{\"v\":1,\"op\":\"add\",\"id\":\"{op}\",\"rec\":\"{rec}\",\"at\":\"{at}\",\"set\":{{\"kind\":\"session\",\"started_at\":\"{at}\",\"technique\":\"glute-ball\",\"items\":[{{\"technique\":\"glute-ball\",\"planned_s\":180,\"active_s\":0,\"done\":false}}],\"status\":\"running\",\"planned_s\":180,\"side_first\":\"left\",\"pain_before\":5,\"stress_before\":4}}"
            );
            crc_line(&mut out, &head);
            let end = id(number, salt * 4 + 2);
            let head = format!(
                "{{\"v\":1,\"op\":\"edit\",\"id\":\"{end}\",\"rec\":\"{rec}\",\"at\":\"{at}\",\"seen\":[\"{op}\"],\"set\":{{\"ended_at\":\"{at}\",\"items\":[{{\"technique\":\"glute-ball\",\"planned_s\":180,\"active_s\":180,\"done\":true}}],\"status\":\"finished\",\"active_s\":180,\"steps_done\":4,\"pain_after\":3,\"stress_after\":3,\"rated_after_at\":\"{at}\"}}"
            );
            crc_line(&mut out, &head);
            written += 2;
        }
    }
}

fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    let kb: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kb / 1024.0
}

fn measure(lines: u64) {
    let dir = tempfile::tempdir().unwrap();
    let places = Places {
        data: dir.path().join("data"),
        state: dir.path().join("state"),
        config: dir.path().join("config"),
    };
    std::fs::create_dir_all(places.journal()).unwrap();
    for (salt, name) in ["a.jsonl", "b.jsonl"].iter().enumerate() {
        write_log(&places.journal().join(name), lines / 2, salt as u64);
    }
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
