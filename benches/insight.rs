//! How long each view of the statistics takes over a log of a hundred thousand entries: it should open within 50 ms.
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::LazyLock;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unkink::app::insight::Tab;
use unkink::app::message::{Action, Msg};
use unkink::app::{App, Pane, Setup};
use unkink::content;
use unkink::domain::id::Id;
use unkink::domain::insight::helped::what_helps;
use unkink::domain::insight::places::places;
use unkink::domain::insight::questions::{answered, last_peg};
use unkink::domain::insight::series::{Span, overview, series, year};
use unkink::domain::insight::time_of_day::time_of_day;
use unkink::domain::log::{Log, LogChange};
use unkink::domain::record::{Entry, Fields, Marks, moment_text};
use unkink::domain::storage::Told;
use unkink::domain::time::Now;
use unkink::ui::{self, Look};

const ENTRIES: u32 = 100_000;

/// Ten a day over 27 years: sessions of forty techniques and check-ins with places and actions.
static LOG: LazyLock<Log> = LazyLock::new(|| {
    let mut log = Log::default();
    log.apply(LogChange::Whole((0..ENTRIES).map(entry).collect()));
    log
});

fn entry(n: u32) -> Entry {
    let start = DateTime::parse_from_rfc3339("1999-01-01T06:00:00+01:00").unwrap();
    let at: DateTime<FixedOffset> = start + TimeDelta::minutes(i64::from(n) * 143);
    let later = |minutes| moment_text(&(at + TimeDelta::minutes(minutes)));
    // Spread without a pattern; the same in every run.
    let some = n.wrapping_mul(2_654_435_761) >> 16;
    let mut set = Fields::default();
    set.put("started_at", &moment_text(&at));
    if n.is_multiple_of(3) {
        set.put("kind", "session");
        set.put("technique", &format!("technique-{}", some % 40));
        set.put("status", "finished");
        set.put("active_s", &300);
        set.put("ended_at", &later(5));
        set.put("rated_after_at", &later(6));
        for (name, value) in [
            ("pain_before", some % 9 + 1),
            ("pain_after", some % 7),
            ("stress_before", some % 10),
            ("stress_after", some % 5),
        ] {
            set.put(name, &value);
        }
    } else {
        set.put("kind", "check-in");
        set.put("pain", &(some % 11));
        set.put("stress", &(some % 10));
        set.put("regions", &["belt-line:both", "sacrum"]);
        set.put("actions", &["walk", "heat"]);
        if n % 50 == 1 {
            set.put("peg", &[some % 11, some % 10, some % 9]);
        }
    }
    Entry::read(Id::new(&format!("{n:08}")), &set, Marks::default())
}

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
    bencher.bench(|| year(&LOG, 2012));
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

fn now() -> Now {
    Now {
        mono: Duration::from_secs(1000),
        boot: None,
        wall: LOG.entries().last().unwrap().started_at.unwrap() + TimeDelta::hours(1),
    }
}

/// The app in the log pane, with all of it.
fn app() -> App {
    let setup = Setup {
        library: content::built_in_library(),
        size: (200, 50),
        ..Setup::default()
    };
    let mut app = App::new(setup, &now());
    let log = Told::Log(LogChange::Whole(LOG.entries().to_vec()));
    app.update(Msg::Told(log), &now());
    app.overlays.clear();
    app.focus = Pane::Log;
    app.update(Msg::Do(Action::Insight), &now());
    app
}

fn drawn(app: &App) -> Buffer {
    let area = Rect::new(0, 0, 200, 50);
    let mut buffer = Buffer::empty(area);
    ui::draw_in(area, &mut buffer, app, &now(), &Look::default());
    buffer
}

const TABS: [&str; 6] = [
    "Trends",
    "Year",
    "Time of day",
    "Where",
    "What helps",
    "PEG",
];

fn open(app: &mut App, title: &str) {
    app.insight.tab = Tab::ALL
        .into_iter()
        .find(|tab| tab.title() == title)
        .unwrap();
}

/// From the key to the screen: counted and drawn.
#[divan::bench(args = TABS, sample_count = 20, sample_size = 1)]
fn a_tab_opens(bencher: divan::Bencher<'_, '_>, title: &str) {
    let mut app = app();
    open(&mut app, title);
    bencher.bench_local(|| {
        app.insight.counted.forget();
        app.update(Msg::Turn, &now());
        drawn(&app)
    });
}

/// What each key on it costs from then on.
#[divan::bench(args = TABS, sample_count = 20, sample_size = 1)]
fn a_frame_of_a_tab(bencher: divan::Bencher<'_, '_>, title: &str) {
    let mut app = app();
    open(&mut app, title);
    app.update(Msg::Turn, &now());
    bencher.bench_local(|| drawn(&app));
}
