//! Saving one entry, beside a bare append and fdatasync of as many bytes on the same disk.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::time::{Duration, Instant};

use support::Home;
use support::person::{Person, now};
use unkink::app::message::Msg;
use unkink::domain::record::Fields;
use unkink::domain::storage::{Act, Told};
use unkink::journal::Journal;

/// As many bytes as the entry's line has.
const LINE: usize = 245;

/// Rounds of the comparison.
const ROUNDS: usize = 300;

fn main() {
    divan::main();
    if !std::env::args().any(|word| word == "--list" || word == "--test") {
        beside_each_other();
    }
}

/// Bare, then by the command line, then by the app, and so on: how long a sync takes hangs on what else the disk does.
fn beside_each_other() {
    let (empty, long) = (Home::with_lines(0), Home::with_lines(1_000_000));
    let mut file = bare_file(&empty);
    // Homes of their own: the app would first have to read what the command line wrote.
    let (apps_empty, apps_long) = (Home::with_lines(0), Home::with_lines(1_000_000));
    let (mut app_empty, mut app_long) = (read(&apps_empty), read(&apps_long));
    save(&mut empty.journal());
    save(&mut long.journal());
    let line = vec![b'x'; LINE];
    let mut times: [Vec<Duration>; 5] = Default::default();
    for _ in 0..ROUNDS {
        let timed = [
            time(|| append_bare(&mut file, &line)),
            time(|| save(&mut empty.journal())),
            time(|| save(&mut long.journal())),
            time(|| save(&mut app_empty)),
            time(|| save(&mut app_long)),
        ];
        for (times, time) in times.iter_mut().zip(timed) {
            times.push(time);
        }
        app_empty.take_changes();
        app_long.take_changes();
    }
    let names = [
        "bare",
        "command line, empty log",
        "command line, 1,000,000 lines",
        "app, empty log",
        "app, 1,000,000 lines",
    ];
    println!(
        "beside each other, {ROUNDS} rounds: fastest and median, and so many times the bare one's"
    );
    let figures = times.map(|mut times| {
        times.sort();
        [
            times[0].as_secs_f64() * 1000.0,
            times[ROUNDS / 2].as_secs_f64() * 1000.0,
        ]
    });
    for (name, [fastest, median]) in names.iter().zip(figures) {
        let [bare_fastest, bare_median] = figures[0];
        println!(
            "{name:<30} {fastest:>7.3} ms {median:>7.3} ms   {:>6.2} {:>6.2}",
            fastest / bare_fastest,
            median / bare_median
        );
    }
}

fn time(act: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    act();
    begin.elapsed()
}

fn save(journal: &mut Journal) {
    journal.perform(check_in(), now(0).wall).unwrap();
}

fn bare_file(home: &Home) -> File {
    let path = home.dir.path().join("bare");
    OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .unwrap()
}

fn append_bare(file: &mut File, line: &[u8]) {
    file.write_all(line).unwrap();
    file.sync_data().unwrap();
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
    let mut file = bare_file(&home);
    let line = vec![b'x'; LINE];
    bencher.bench_local(|| append_bare(&mut file, &line));
}

/// As the command line does it: nothing was read before.
#[divan::bench(args = [0, 1_000_000], sample_count = 300, sample_size = 1)]
fn by_the_command_line(bencher: divan::Bencher<'_, '_>, lines: u64) {
    let home = Home::with_lines(lines);
    save(&mut home.journal()); // the file is there
    bencher.bench_local(|| save(&mut home.journal()));
}

/// As the app does it: everything was read before.
#[divan::bench(args = [0, 1_000_000], sample_count = 300, sample_size = 1)]
fn by_the_app(bencher: divan::Bencher<'_, '_>, lines: u64) {
    let home = Home::with_lines(lines);
    let journal = RefCell::new(read(&home));
    bencher
        .with_inputs(|| drop(journal.borrow_mut().take_changes()))
        .bench_local_values(|()| save(&mut journal.borrow_mut()));
}

/// What the log shows after it: on the disk already.
#[divan::bench(args = [0, 1_000_000], sample_count = 50, sample_size = 1)]
fn then_shown_in_the_app(bencher: divan::Bencher<'_, '_>, lines: u64) {
    let home = Home::with_lines(lines);
    let journal = RefCell::new(read(&home));
    bencher
        .with_inputs(|| save(&mut journal.borrow_mut()))
        .bench_local_values(|()| journal.borrow_mut().take_changes());
}

/// And what the loop does with that before it draws: no frame may wait for a long log.
#[divan::bench(args = [0, 1_000_000], sample_count = 50, sample_size = 1)]
fn then_taken_in_by_the_loop(bencher: divan::Bencher<'_, '_>, lines: u64) {
    let home = Home::with_lines(lines);
    let mut journal = home.journal();
    let mut person = Person::with(journal.load());
    save(&mut journal); // the file is there
    journal.take_changes();
    bencher
        .with_inputs(|| {
            save(&mut journal);
            journal.take_changes().unwrap()
        })
        .bench_local_values(|change| person.gets(Msg::Told(Told::Log(change))));
}

fn read(home: &Home) -> Journal {
    let mut journal = home.journal();
    drop(journal.load());
    save(&mut journal); // the file is there
    journal
}
