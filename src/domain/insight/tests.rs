#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::float_cmp
)]

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::helped::{Helped, Row, what_helps};
use super::places::places;
use super::series::{MOST, Period, Span, overview, series, year};
use super::time_of_day::time_of_day;
use super::told::{Enough, Told};
use super::words::Words;
use crate::domain::id::Id;
use crate::domain::log::{Log, LogChange};
use crate::domain::record::{Entry, Fields, Marks};
use crate::domain::vocabulary::PlaceSide;

mod laws;

fn entry(n: usize, fields: &Value) -> Entry {
    let mut set = Fields::default();
    for (name, value) in fields.as_object().unwrap() {
        set.put(name, value);
    }
    Entry::read(Id::new(&format!("{n:08}")), &set, Marks::default())
}

/// A log of these entries.
fn log(entries: &[Value]) -> Log {
    let mut log = Log::default();
    let entries = entries.iter().enumerate();
    let entries = entries.map(|(n, fields)| entry(n, fields)).collect();
    log.apply(LogChange::Whole(entries));
    log
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn check_in(at: &str, pain: u8) -> Value {
    json!({"kind": "check-in", "started_at": format!("{at}:00+01:00"), "pain": pain})
}

/// A session of `slug` at ten on a day of 2026, as '11-01'.
fn session(slug: &str, day: &str, before: u8, after: u8) -> Value {
    json!({
        "kind": "session", "technique": slug, "status": "finished", "active_s": 100,
        "started_at": format!("2026-{day}T10:00:00+01:00"),
        "ended_at": format!("2026-{day}T10:05:00+01:00"),
        "rated_after_at": format!("2026-{day}T10:06:00+01:00"),
        "pain_before": before, "pain_after": after,
    })
}

/// Sessions of `slug`, one a day from the first of November on.
fn sessions(slug: &str, pairs: &[(u8, u8)]) -> Vec<Value> {
    let days = (1..).zip(pairs);
    days.map(|(day, (before, after))| session(slug, &format!("11-{day:02}"), *before, *after))
        .collect()
}

fn all(log: &Log) -> Helped<'_> {
    what_helps(log, date("2026-01-01"), date("2026-12-31"))
}

fn row<'a>(helped: &'a Helped<'a>, slug: &str) -> &'a Row<'a> {
    helped.rows.iter().find(|row| row.slug == slug).unwrap()
}

fn enough(told: &Told) -> &Enough {
    match told {
        Told::Enough(enough) => enough,
        other => panic!("{other:?}"),
    }
}

fn medians(periods: &[Period]) -> Vec<(String, Option<f64>)> {
    let of = |period: &Period| (period.from.to_string(), period.pain.map(|pain| pain.median));
    periods.iter().map(of).collect()
}

#[test]
fn a_series_keeps_its_gaps_and_counts_ratings_before_sessions_alone() {
    let log = log(&[
        check_in("2026-11-01T08:00", 2),
        check_in("2026-11-01T20:00", 5),
        session("it", "11-03", 6, 1),
        json!({"kind": "newer", "started_at": "2026-11-03T11:00:00+01:00", "pain": 10}),
        json!({"kind": "check-in", "started_at": "2026-11-03T11:00:00+01:00", "pain": 11}),
    ]);
    let days = series(&log, Span::Day, date("2026-11-01"), date("2026-11-04"));
    let expected = [
        ("2026-11-01", Some(3.5)),
        ("2026-11-02", None),
        ("2026-11-03", Some(6.0)),
        ("2026-11-04", None),
    ];
    assert_eq!(
        medians(&days),
        expected.map(|(day, pain)| (day.to_owned(), pain))
    );
    assert_eq!((days[2].sessions, days[2].practised_s), (1, 100));
    let first = days[0].pain.unwrap();
    assert_eq!((first.n, first.min.get(), first.max.get()), (2, 2, 5));
    assert!(days.iter().all(|day| day.stress.is_none()));
}

#[test]
fn weeks_begin_on_monday_months_on_their_first_and_only_the_days_asked_for_count() {
    let log = log(&[
        check_in("2026-10-31T08:00", 9),
        check_in("2026-11-01T08:00", 1),
        check_in("2026-11-02T08:00", 4),
        check_in("2026-12-01T08:00", 8),
    ]);
    let of = |span| medians(&series(&log, span, date("2026-11-01"), date("2026-12-01")));
    let weeks = of(Span::Week);
    assert_eq!(weeks.len(), 6);
    assert_eq!(weeks[0], ("2026-10-26".into(), Some(1.0)));
    assert_eq!(weeks[1], ("2026-11-02".into(), Some(4.0)));
    assert_eq!(weeks[5], ("2026-11-30".into(), Some(8.0)));
    let months = of(Span::Month);
    let expected = [("2026-11-01", Some(2.5)), ("2026-12-01", Some(8.0))];
    assert_eq!(
        months,
        expected.map(|(month, pain)| (month.to_owned(), pain))
    );
}

#[test]
fn a_year_has_all_its_days() {
    let log = log(&[check_in("2024-02-29T08:00", 3)]);
    assert_eq!(year(&log, 2023).len(), 365);
    let leap = year(&log, 2024);
    assert_eq!(leap.len(), 366);
    assert_eq!(leap[59].pain.unwrap().median, 3.0);
}

#[test]
fn a_day_dated_long_ago_does_not_make_a_series_endless() {
    let log = log(&[
        check_in("0001-01-01T08:00", 3),
        check_in("2026-11-23T08:00", 4),
    ]);
    for span in [Span::Day, Span::Week, Span::Month] {
        let periods = series(&log, span, date("0001-01-01"), date("2026-11-23"));
        assert_eq!(periods.len(), MOST);
        assert_eq!(periods[MOST - 1].pain.unwrap().median, 4.0);
    }
    let ends = series(&log, Span::Day, NaiveDate::MIN, NaiveDate::MAX);
    assert!(ends.len() <= MOST);
    assert!(series(&log, Span::Day, date("2026-11-23"), date("2026-11-22")).is_empty());
}

#[test]
fn an_overview_counts_days_once_and_those_with_both_ratings() {
    let mut both = check_in("2026-11-02T08:00", 4);
    both["stress"] = 5.into();
    let log = log(&[
        check_in("2026-11-01T08:00", 2),
        check_in("2026-11-01T09:00", 3),
        both,
        json!({"kind": "newer", "started_at": "2026-11-05T11:00:00+01:00"}),
    ]);
    let overview = overview(&log, date("2026-11-01"), date("2026-11-30"));
    assert_eq!(
        (overview.entries, overview.days, overview.days_with_both),
        (3, 2, 1)
    );
    assert_eq!(overview.all.pain.unwrap().median, 3.0);
}

#[test]
fn the_time_of_day_is_the_one_that_was_lived() {
    let log = log(&[
        check_in("2026-11-01T08:59", 2),
        check_in("2026-11-01T09:00", 6),
        // 20:30 in Tokyo, noon in Berlin.
        json!({"kind": "check-in", "started_at": "2026-11-02T20:30:00+09:00", "pain": 8}),
    ]);
    let hours = time_of_day(&log, date("2026-11-01"), date("2026-11-30"));
    let rated: Vec<(u32, f64)> = hours
        .iter()
        .filter_map(|hours| Some((hours.from_hour, hours.pain?.median)))
        .collect();
    assert_eq!(rated, [(6, 2.0), (9, 6.0), (18, 8.0)]);
}

#[test]
fn both_sides_count_for_each_and_an_entry_once_for_a_place() {
    let at = |day: u8, regions: &[&str]| json!({"kind": "check-in", "started_at": format!("2026-11-{day:02}T08:00:00+01:00"), "regions": regions});
    let log = log(&[
        at(1, &["belt-line:both", "belt-line:left", "sacrum"]),
        at(2, &["belt-line:left", "sacrum:up"]),
        at(3, &[]),
    ]);
    let places = places(&log, date("2026-11-01"), date("2026-11-30"));
    assert_eq!(places.entries, 2);
    assert_eq!(places.count("belt-line", Some(PlaceSide::Left)), 2);
    assert_eq!(places.count("belt-line", Some(PlaceSide::Right)), 1);
    assert_eq!(places.count("belt-line", Some(PlaceSide::Both)), 0);
    assert_eq!(places.count("sacrum", None), 1);
    assert_eq!(places.cells[0].region, "belt-line");
}

/// Figures from Python 3.12 with `NumPy` and `SciPy` 1.17.1, `p` being these pairs:
/// `d = sorted(b - a for a, b in p); numpy.median(d); numpy.median([a for a, b in p])`,
/// `scipy.stats.quantile_test(d, q=0, p=0.5).confidence_interval(0.95)` gives -3 and 0,
/// `1 - 2 * scipy.stats.binom.cdf(2, 12, .5)` gives 0.96142578125.
#[test]
fn what_is_told_of_twelve_sessions_is_what_another_tool_says() {
    let pairs = [
        (6, 4),
        (5, 5),
        (7, 4),
        (4, 2),
        (8, 6),
        (5, 3),
        (3, 3),
        (6, 2),
        (1, 1),
        (9, 7),
        (5, 6),
        (6, 3),
    ];
    let log = log(&sessions("it", &pairs));
    let helped = all(&log);
    let told = enough(&row(&helped, "it").pain);
    assert_eq!((told.median, told.start), (-2.0, 5.5));
    let interval = told.interval;
    assert_eq!((interval.place, interval.low, interval.high), (3, -3, 0));
    assert!((interval.covers - 0.961_425_781_25).abs() < 1e-9);
    assert_eq!((told.lower, told.same, told.higher), (8, 3, 1));
    assert_eq!((told.lowest, told.highest), (-4, 1));
    let (fell, rose) = (told.fell.unwrap(), told.rose.unwrap());
    assert_eq!((fell.count, fell.of, fell.left_out), (6, 11, 1));
    assert_eq!((rose.count, rose.of, rose.left_out), (0, 11, 1));
}

#[test]
fn stress_has_a_change_and_no_verdict() {
    let stressed = sessions("it", &[(6, 4); 6]).into_iter().map(|mut session| {
        session["stress_before"] = 8.into();
        session["stress_after"] = 5.into();
        session
    });
    let log = log(&stressed.collect::<Vec<_>>());
    let helped = all(&log);
    let stress = enough(&row(&helped, "it").stress);
    assert_eq!((stress.median, stress.start), (-3.0, 8.0));
    assert_eq!((stress.fell, stress.rose), (None, None));
    assert!(enough(&row(&helped, "it").pain).fell.is_some());
}

#[test]
fn what_else_was_done_that_day_stands_beside_the_sessions() {
    let mut entries = sessions("it", &[(6, 4), (5, 3)]);
    for (day, actions) in [
        (1, json!(["heat", "walk"])),
        (2, json!(["heat"])),
        (3, json!(["sleep"])),
    ] {
        let at = format!("2026-11-{day:02}T20:00:00+01:00");
        entries.push(json!({"kind": "check-in", "started_at": at, "actions": actions}));
    }
    let log = log(&entries);
    assert_eq!(row(&all(&log), "it").same_day, [("heat", 2), ("walk", 1)]);
}

#[test]
fn days_without_a_session_that_began_alike_show_what_pain_does_by_itself() {
    let mut entries = sessions("it", &[(6, 4); 6]);
    for day in 10..16 {
        entries.push(check_in(&format!("2026-11-{day}T08:00"), 7));
        entries.push(check_in(&format!("2026-11-{day}T12:00"), 5));
        // Neither the third rating of a day counts ...
        entries.push(check_in(&format!("2026-11-{day}T20:00"), 0));
    }
    let whole = log(&entries);
    let without = row(&all(&whole), "it").pain_without.unwrap();
    assert_eq!((without.n, without.median), (6, -2.0));
    // ... nor a day with a session, nor one that began elsewhere: five are too few.
    entries.push(session("other", "11-10", 6, 4));
    assert_eq!(row(&all(&log(&entries)), "it").pain_without, None);
    entries.push(check_in("2026-11-20T08:00", 8));
    entries.push(check_in("2026-11-20T09:00", 8));
    assert_eq!(row(&all(&log(&entries)), "it").pain_without, None);
    entries.push(check_in("2026-11-21T08:00", 5));
    entries.push(check_in("2026-11-21T09:00", 8));
    assert_eq!(row(&all(&log(&entries)), "it").pain_without.unwrap().n, 6);
}

#[test]
fn only_six_sessions_each_and_like_starts_are_compared() {
    use super::compare::Difference;
    let found = |a: &[(u8, u8)], b: &[(u8, u8)]| {
        let entries = [sessions("a", a), sessions("b", b)].concat();
        let log = log(&entries);
        let helped = all(&log);
        helped.comparisons.first().map(|one| one.found)
    };
    assert_eq!(
        found(&[(6, 3); 6], &[(6, 5); 6]),
        Some(Difference::FirstLower)
    );
    assert_eq!(
        found(&[(6, 5); 6], &[(7, 4); 6]),
        Some(Difference::SecondLower)
    );
    assert_eq!(
        found(&[(6, 4); 6], &[(6, 4); 6]),
        Some(Difference::NotClear)
    );
    assert_eq!(found(&[(6, 3); 6], &[(6, 5); 5]), None, "too few");
    assert_eq!(found(&[(8, 3); 6], &[(6, 5); 6]), None, "starts differ");
    let mut wide = [(6, 3); 6];
    wide[0] = (6, 6);
    assert_eq!(found(&wide, &[(6, 5); 6]), Some(Difference::NotClear));
}

#[test]
fn rows_stand_by_their_number_of_sessions_never_by_what_seems_best() {
    let entries = [
        sessions("best", &[(8, 1); 6]),
        sessions("most", &[(5, 6); 7]),
        sessions("also", &[(5, 5); 6]),
    ];
    let log = log(&entries.concat());
    let helped = all(&log);
    let slugs: Vec<&str> = helped.rows.iter().map(|row| row.slug).collect();
    assert_eq!(slugs, ["most", "also", "best"]);
}

#[test]
fn from_ten_pairs_on_the_changes_stand_one_by_one_and_of_many_the_newest() {
    let told = |pairs: &[(u8, u8)]| {
        let log = log(&sessions("it", pairs));
        row(&all(&log), "it").pain.clone()
    };
    let words = |pairs: &[(u8, u8)], numbers| Words { numbers }.over_time(&told(pairs));
    let ten: Vec<(u8, u8)> = (0..10).map(|n| (5, n)).collect();
    assert_eq!(words(&ten[..9], true), None);
    assert_eq!(
        words(&ten, true).unwrap(),
        "oldest first: 5 lower, 4 lower, 3 lower, 2 lower, 1 lower, the same, 1 higher, 2 higher, 3 higher, 4 higher"
    );
    assert!(
        !words(&ten, false)
            .unwrap()
            .contains(|c: char| c.is_ascii_digit())
    );
    let many: Vec<(u8, u8)> = (0..25).map(|n| (5, if n < 24 { 4 } else { 7 })).collect();
    let said = words(&many, true).unwrap();
    assert!(
        said.starts_with("the newest 24 of 25, oldest first: 1 lower"),
        "{said}"
    );
    assert!(said.ends_with(", 2 higher"), "{said}");
    assert_eq!(said.matches("lower").count(), 23);
}

#[test]
fn of_two_after_which_pain_rose_none_is_said_to_have_lowered_it_further() {
    let library = crate::domain::library::Library::default();
    let said = |a: &[(u8, u8)], b: &[(u8, u8)]| {
        let log = log(&[sessions("a", a), sessions("b", b)].concat());
        super::words::compared(&all(&log), &library).concat()
    };
    let fell = said(&[(6, 5); 6], &[(6, 3); 6]);
    assert!(
        fell.starts_with("Pain fell further after b than after a:"),
        "{fell}"
    );
    for (a, b) in [(7, 9), (6, 7)] {
        let rose = said(&[(6, a); 6], &[(6, b); 6]);
        assert!(
            rose.starts_with("Pain rose further after b than after a:"),
            "{rose}"
        );
    }
}
