//! Typed local times around every change of clocks of every time zone: they mean what the clocks on the wall showed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;

use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike,
};
use chrono_tz::{TZ_VARIANTS, Tz};
use unkink::domain::when::{Moment, parse_time};

fn naive(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn offset(zone: Tz, utc: NaiveDateTime) -> FixedOffset {
    zone.offset_from_utc_datetime(&utc).fix()
}

/// The instants, in UTC, at which a zone's offset changed from 1970 to 2037: looked for month by month, then by halving.
fn changes(zone: Tz) -> Vec<NaiveDateTime> {
    let (mut at, end) = (naive("1970-01-01T00:00:00"), naive("2038-01-01T00:00:00"));
    let mut found = Vec::new();
    while at < end {
        let next = at + TimeDelta::days(14);
        let (mut before, mut after) = (at, next);
        if offset(zone, before) != offset(zone, after) {
            while after - before > TimeDelta::seconds(1) {
                let middle = before + (after - before) / 2;
                if offset(zone, middle) == offset(zone, before) {
                    before = middle;
                } else {
                    after = middle;
                }
            }
            // To the second: no zone changes in the middle of one.
            found.push(after.with_nanosecond(0).unwrap());
        }
        at = next;
    }
    found
}

/// Every instant at which the clocks of the zone showed this, by asking at each offset that it had around then.
fn instants(zone: Tz, local: NaiveDateTime, offsets: &BTreeSet<i32>) -> Vec<DateTime<FixedOffset>> {
    let mut found: Vec<DateTime<FixedOffset>> = offsets
        .iter()
        .map(|&seconds| FixedOffset::east_opt(seconds).unwrap())
        .filter(|candidate| offset(zone, local - *candidate) == *candidate)
        .map(|candidate| candidate.from_utc_datetime(&(local - candidate)))
        .collect();
    found.sort();
    found
}

fn typed(zone: Tz, local: NaiveDateTime) -> Result<Moment, String> {
    let now = DateTime::parse_from_rfc3339("2040-01-01T00:00:00Z").unwrap();
    parse_time(&local.format("%Y-%m-%d %H:%M:%S").to_string(), &now, &zone)
}

/// Checks one local time; says whether it was skipped, there once, or twice.
fn check(zone: Tz, local: NaiveDateTime, offsets: &BTreeSet<i32>) -> usize {
    let expected = instants(zone, local, offsets);
    let read = typed(zone, local);
    let told = || format!("{zone} {local}: {read:?}, expected {expected:?}");
    match (&read, &expected[..]) {
        (Err(why), []) => {
            assert!(why.contains("skipped"), "{}", told());
            let mut parts = why.split('\'').filter(|part| part.len() == 16);
            for side in [-1, 1] {
                let text = parts.next().unwrap_or_else(|| panic!("{}", told()));
                let neighbour = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
                // The nearest whole minutes that there were: one is there, the one towards the gap is not.
                assert!(!instants(zone, neighbour, offsets).is_empty(), "{}", told());
                let towards = neighbour - TimeDelta::minutes(side);
                assert!(instants(zone, towards, offsets).is_empty(), "{}", told());
                assert!(
                    (neighbour - local).num_seconds().signum() == side,
                    "{}",
                    told()
                );
            }
        }
        (Ok(moment), [one]) => {
            assert_eq!(
                (moment.at, *moment.at.offset()),
                (*one, *one.offset()),
                "{}",
                told()
            );
            assert_eq!(moment.note, None, "{}", told());
            assert_eq!(
                moment.at.with_timezone(&zone).naive_local(),
                local,
                "{}",
                told()
            );
        }
        (Ok(moment), [first, _, ..]) => {
            assert_eq!(
                (moment.at, *moment.at.offset()),
                (*first, *first.offset()),
                "{}",
                told()
            );
            assert!(
                moment.note.as_ref().unwrap().contains("came twice"),
                "{}",
                told()
            );
        }
        _ => panic!("{}", told()),
    }
    expected.len()
}

/// The same by a clock time alone and by 'yesterday', each on a day on which that means this local time.
fn check_short_forms(zone: Tz, local: NaiveDateTime, offsets: &BTreeSet<i32>) {
    let expected = instants(zone, local, offsets).first().copied();
    let latest = FixedOffset::east_opt(*offsets.first().unwrap()).unwrap();
    let end = |day: NaiveDate| day.and_hms_opt(23, 59, 59).unwrap();
    let clock = local.format("%H:%M:%S").to_string();
    let (day, next) = (local.date(), local.date().succ_opt().unwrap());
    for (text, today) in [(clock.clone(), day), (format!("yesterday {clock}"), next)] {
        let now = end(today).and_local_timezone(latest).unwrap();
        let read = parse_time(&text, &now, &zone);
        let told = format!("{zone} {local}, '{text}': {read:?}, expected {expected:?}");
        let at = read.ok().map(|moment| moment.at);
        let with_offset = |at: DateTime<FixedOffset>| (at, *at.offset());
        assert_eq!(at.map(with_offset), expected.map(with_offset), "{told}");
    }
}

/// Two hours ago is two hours of real time, in the offset that the clocks had then.
fn check_back(zone: Tz, change: NaiveDateTime) {
    for minutes in [-1, 0, 1, 60, 119, 120, 121] {
        let utc = change + TimeDelta::minutes(minutes);
        let now = offset(zone, utc).from_utc_datetime(&utc);
        for (text, back) in [("-2h", 120), ("-90m", 90), ("-1h30m", 90)] {
            let then = utc - TimeDelta::minutes(back);
            let read = parse_time(text, &now, &zone).unwrap();
            assert_eq!(read.at.naive_utc(), then, "{zone} {now} {text}");
            assert_eq!(*read.at.offset(), offset(zone, then), "{zone} {now} {text}");
            assert_eq!(read.note, None, "{zone} {now} {text}");
        }
    }
}

#[test]
fn a_typed_time_is_the_instant_at_which_the_clocks_showed_it_in_every_zone() {
    let (mut skipped, mut twice, mut zones) = (0, 0, 0);
    let mut seen = BTreeSet::new();
    for zone in TZ_VARIANTS {
        zones += 1;
        for at in changes(zone) {
            let (before, after) = (offset(zone, at - TimeDelta::seconds(1)), offset(zone, at));
            let offsets: BTreeSet<i32> = [-30, -12, 0, 12, 30]
                .map(|hours| offset(zone, at + TimeDelta::hours(hours)).local_minus_utc())
                .into_iter()
                .chain([before.local_minus_utc(), after.local_minus_utc()])
                .collect();
            // Many zones change together; once is enough.
            if !seen.insert((at, before.local_minus_utc(), offsets.clone())) {
                continue;
            }
            if seen.len() % 16 == 0 {
                check_back(zone, at);
            }
            let (from, to) = (at + before, at + after);
            let middle = from + (to - from) / 2;
            let mut locals = BTreeSet::from([middle.with_nanosecond(0).unwrap()]);
            for edge in [from, to] {
                locals
                    .extend([-60, -1, 0, 1, 60].map(|seconds| edge + TimeDelta::seconds(seconds)));
            }
            for local in locals {
                // The other forms lead to the same reading: a sample will do.
                if seen.len() % 16 == 0 {
                    check_short_forms(zone, local, &offsets);
                }
                match check(zone, local, &offsets) {
                    0 => skipped += 1,
                    1 => {}
                    _ => twice += 1,
                }
            }
        }
    }
    // The data base has far more of each.
    assert!(
        zones > 500 && skipped > 5_000 && twice > 5_000,
        "{zones} {skipped} {twice}"
    );
}
