//! Saving one entry, beside a bare append and fdatasync of as many bytes on the same disk.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::fs::OpenOptions;
use std::io::Write;

use support::Home;
use support::person::now;
use unkink::domain::record::Fields;
use unkink::domain::storage::Act;

/// As many bytes as the entry's line has.
const LINE: usize = 246;

fn main() {
    divan::main();
}

fn check_in() -> Act {
    let mut set = Fields::default();
    set.put("kind", "check-in");
    set.put("started_at", "2026-11-23T21:30:00+01:00");
    set.put("pain", &4);
    set.put("stress", &5);
    Act::Add { set }
}

#[divan::bench(sample_count = 300, sample_size = 1)]
fn bare(bencher: divan::Bencher<'_, '_>) {
    let home = Home::with_lines(0);
    let path = home.dir.path().join("bare");
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .unwrap();
    let line = vec![b'x'; LINE];
    bencher.bench_local(|| {
        file.write_all(&line).unwrap();
        file.sync_data().unwrap();
    });
}

/// As the command line does it: nothing was read before.
#[divan::bench(args = [0, 1_000_000], sample_count = 300, sample_size = 1)]
fn by_the_command_line(bencher: divan::Bencher<'_, '_>, lines: u64) {
    let home = Home::with_lines(lines);
    home.journal().perform(check_in(), now(0).wall).unwrap(); // the file is there
    bencher.bench_local(|| home.journal().perform(check_in(), now(0).wall).unwrap());
}

/// As the app does it: everything was read before, and what is shown follows.
#[divan::bench(args = [0, 1_000_000], sample_count = 300, sample_size = 1)]
fn by_the_app(bencher: divan::Bencher<'_, '_>, lines: u64) {
    let home = Home::with_lines(lines);
    let mut journal = home.journal();
    drop(journal.load());
    journal.perform(check_in(), now(0).wall).unwrap();
    journal.take_changes();
    bencher.bench_local(|| {
        journal.perform(check_in(), now(0).wall).unwrap();
        journal.take_changes()
    });
}
