//! How long each view of the statistics takes over a log of a hundred thousand entries: it should open within 50 ms.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use support::person::{Person, terminal};
use unkink::app::insight::Tab;
use unkink::app::message::Msg;
use unkink::domain::insight::helped::what_helps;
use unkink::domain::insight::places::places;
use unkink::domain::insight::questions::{answered, last_peg};
use unkink::domain::insight::series::{Span, overview, series, year};
use unkink::domain::insight::time_of_day::time_of_day;
use unkink::domain::log::{Log, LogChange};
use unkink::domain::record::Entry;

/// Ten years.
static LOG: LazyLock<Log> = LazyLock::new(|| {
    let mut log = Log::default();
    log.apply(LogChange::Whole(support::entries(100_000)));
    log
});

fn days() -> (NaiveDate, NaiveDate) {
    let entries = LOG.entries();
    let day = |entry: Option<&Entry>| entry.and_then(Entry::day).unwrap();
    (day(entries.first()), day(entries.last()))
}

fn main() {
    LazyLock::force(&LOG);
    divan::main();
}

#[divan::bench(args = ["day", "week", "month"])]
fn a_series_of_all(bencher: divan::Bencher<'_, '_>, span: &str) {
    let (from, to) = days();
    let span = match span {
        "day" => Span::Day,
        "week" => Span::Week,
        _ => Span::Month,
    };
    bencher.bench(|| series(&LOG, span, from, to));
}

#[divan::bench]
fn a_year_of_days(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| year(&LOG, days().1.year() - 1));
}

#[divan::bench]
fn the_overview(bencher: divan::Bencher<'_, '_>) {
    let (from, to) = days();
    bencher.bench(|| overview(&LOG, from, to));
}

#[divan::bench]
fn the_time_of_day(bencher: divan::Bencher<'_, '_>) {
    let (from, to) = days();
    bencher.bench(|| time_of_day(&LOG, from, to));
}

#[divan::bench]
fn where_it_hurts(bencher: divan::Bencher<'_, '_>) {
    let (from, to) = days();
    bencher.bench(|| places(&LOG, from, to));
}

#[divan::bench]
fn what_helps_of_all(bencher: divan::Bencher<'_, '_>) {
    let (from, to) = days();
    bencher.bench(|| what_helps(&LOG, from, to));
}

#[divan::bench]
fn the_questionnaires(bencher: divan::Bencher<'_, '_>) {
    let (from, to) = days();
    bencher.bench(|| (answered(&LOG, from, to), last_peg(&LOG, to)));
}

/// In the log pane's other tabs, with all of it.
fn person() -> Person {
    Person::with(LOG.entries().to_vec()).presses("3 i")
}

const TABS: [&str; 6] = [
    "Trends",
    "Year",
    "Time of day",
    "Where",
    "What helps",
    "PEG",
];

fn open(person: &mut Person, title: &str) {
    person.app.insight.tab = Tab::ALL
        .into_iter()
        .find(|tab| tab.title() == title)
        .unwrap();
}

/// From the key to the screen: counted and drawn.
#[divan::bench(args = TABS, sample_count = 20, sample_size = 1)]
fn a_tab_opens(bencher: divan::Bencher<'_, '_>, title: &str) {
    let mut person = person();
    open(&mut person, title);
    bencher.bench_local(|| {
        person.app.insight.counted.forget();
        person.gets(Msg::Turn);
        person.draws(&mut terminal());
    });
}

/// What each key on it costs from then on.
#[divan::bench(args = TABS, sample_count = 20, sample_size = 1)]
fn a_frame_of_a_tab(bencher: divan::Bencher<'_, '_>, title: &str) {
    let mut person = person();
    open(&mut person, title);
    person.gets(Msg::Turn);
    let mut terminal = terminal();
    bencher.bench_local(|| person.draws(&mut terminal));
}
