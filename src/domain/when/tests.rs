#![allow(clippy::unwrap_used)]

use super::*;

/// A zone made by hand: an offset in hours, then changes of it at UTC instants.
#[derive(Debug, Clone)]
struct Zone {
    before: i32,
    changes: Vec<(&'static str, i32)>,
}

fn hours(n: i32) -> FixedOffset {
    FixedOffset::east_opt(n * 3600).unwrap()
}

fn naive(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

impl TimeZone for Zone {
    type Offset = FixedOffset;

    fn from_offset(_: &FixedOffset) -> Self {
        berlin()
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<FixedOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<FixedOffset> {
        let offsets = std::iter::once(self.before).chain(self.changes.iter().map(|c| c.1));
        let fits: Vec<FixedOffset> = offsets
            .map(hours)
            .filter(|offset| self.offset_from_utc_datetime(&(*local - *offset)) == *offset)
            .collect();
        match fits[..] {
            [] => MappedLocalTime::None,
            [one] => MappedLocalTime::Single(one),
            [one, other, ..] if one == other => MappedLocalTime::Single(one),
            [one, other, ..] => MappedLocalTime::Ambiguous(one, other),
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> FixedOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> FixedOffset {
        let last = self.changes.iter().rev().find(|c| naive(c.0) <= *utc);
        hours(last.map_or(self.before, |change| change.1))
    }
}

fn berlin() -> Zone {
    Zone {
        before: 1,
        changes: vec![("2026-03-29T01:00:00", 2), ("2026-10-25T01:00:00", 1)],
    }
}

/// Apia went over the date line: 30 December 2011 never was.
fn apia() -> Zone {
    Zone {
        before: -10,
        changes: vec![("2011-12-30T10:00:00", 14)],
    }
}

fn moment(text: &str) -> DateTime<FixedOffset> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Monday 23 November 2026, 22:15 in Berlin.
fn time(text: &str) -> Result<Moment, String> {
    parse_time(text, &moment("2026-11-23T22:15:00+01:00"), &berlin())
}

#[test]
fn days_are_read_as_people_say_them() {
    let today = day("2026-11-23");
    let cases = [
        ("2026-11-01", "2026-11-01"),
        ("today", "2026-11-23"),
        (" Yesterday ", "2026-11-22"),
        ("1d", "2026-11-23"),
        ("7d", "2026-11-17"),
        ("2w", "2026-11-10"),
        ("mon", "2026-11-23"),
        ("Tuesday", "2026-11-17"),
        ("sun", "2026-11-22"),
        ("2024-02-29", "2024-02-29"),
    ];
    for (text, expected) in cases {
        assert_eq!(parse_day(text, today), Ok(day(expected)), "{text}");
    }
}

#[test]
fn what_is_no_day_is_refused_with_what_is_accepted() {
    let today = day("2026-11-23");
    for text in [
        "",
        "soon",
        "0d",
        "-1d",
        "d",
        "7",
        "1.5d",
        "2026-11",
        "2026-1-1",
        "99999999999999999999d",
        "184467440737095516w",
        "+2026-11-01",
        "٣d",
    ] {
        let error = parse_day(text, today).unwrap_err();
        assert_eq!(error, format!("'{text}' is not a day: give {DAY_FORMS}"));
    }
    for text in ["2026-02-29", "2026-13-01", "2026-00-10"] {
        let error = parse_day(text, today).unwrap_err();
        assert!(
            error.starts_with(&format!("'{text}' is no day of the calendar")),
            "{error}"
        );
    }
}

#[test]
fn times_are_read_as_people_say_them() {
    let cases = [
        ("2026-11-01T21:30", "2026-11-01T21:30:00+01:00"),
        ("2026-11-01 21:30", "2026-11-01T21:30:00+01:00"),
        ("2026-07-01 9:05:07", "2026-07-01T09:05:07+02:00"),
        ("2026-11-01T21:30:00-05:00", "2026-11-01T21:30:00-05:00"),
        ("2026-11-01 21:30Z", "2026-11-01T21:30:00+00:00"),
        ("2026-11-01t21:30:05.123z", "2026-11-01T21:30:05.123+00:00"),
        ("yesterday 21:30", "2026-11-22T21:30:00+01:00"),
        ("today 07:00", "2026-11-23T07:00:00+01:00"),
        ("Fri 7:00", "2026-11-20T07:00:00+01:00"),
        ("tue 7:00", "2026-11-17T07:00:00+01:00"),
        ("21:30", "2026-11-23T21:30:00+01:00"),
        ("-2h", "2026-11-23T20:15:00+01:00"),
        ("-90m", "2026-11-23T20:45:00+01:00"),
        ("-1h30m", "2026-11-23T20:45:00+01:00"),
    ];
    for (text, expected) in cases {
        let read = time(text).unwrap();
        assert_eq!(
            read.at.to_rfc3339(),
            moment(expected).to_rfc3339(),
            "{text}"
        );
        assert_eq!(read.note, None, "{text}");
    }
}

#[test]
fn what_is_no_time_is_refused_with_what_is_accepted() {
    for text in [
        "",
        "noon",
        "25:00",
        "21",
        "21:60",
        "21:30:61",
        "-2",
        "-h",
        "-2x",
        "--2h",
        "2h",
        "-99999999999999999999h",
        "yesterday 2130",
        "-0d",
        "x 21:30",
        "21:30:00:00",
        "123:00",
        "tomorrow 21:30",
    ] {
        let error = time(text).unwrap_err();
        assert_eq!(error, format!("'{text}' is not a time: give {TIME_FORMS}"));
    }
    for text in ["-99999999999h", "-2000000000h", "0000-01-01 10:00"] {
        let error = time(text).unwrap_err();
        assert!(
            error.contains("long ago") || error.contains("years 1 to 9999"),
            "{error}"
        );
    }
}

#[test]
fn a_day_alone_is_no_time_and_the_hint_can_be_taken_as_it_is() {
    for (text, right) in [
        ("yesterday", "yesterday 21:30"),
        (" Today ", "today 21:30"),
        ("sun", "sun 21:30"),
        ("Sunday", "sunday 21:30"),
        ("2026-11-20", "2026-11-20 21:30"),
        ("2026-11-20T", "2026-11-20 21:30"),
        ("-3d", "2026-11-20 21:30"),
        ("-1w", "2026-11-16 21:30"),
        ("7d", "2026-11-17 21:30"),
    ] {
        let error = time(text).unwrap_err();
        let expected = format!("'{text}' is a day: add a time of day, such as '{right}'");
        assert_eq!(error, expected);
        assert!(time(right).is_ok(), "{right}");
    }
    for (text, expected) in [
        (
            "2026-02-29 21:30",
            "'2026-02-29' is no day of the calendar: that month ends on 2026-02-28",
        ),
        (
            "2026-04-31",
            "'2026-04-31' is no day of the calendar: that month ends on 2026-04-30",
        ),
        ("2026-13-01T21:30", "'2026-13-01' is no day of the calendar"),
        ("2026-11-00 21:30", "'2026-11-00' is no day of the calendar"),
    ] {
        assert_eq!(time(text).unwrap_err(), expected);
    }
}

#[test]
fn only_in_the_hour_that_came_twice_does_a_time_of_day_not_say_its_moment() {
    for (text, twice) in [
        ("2026-10-25T02:00:00+02:00", true),
        ("2026-10-25T02:30:00+02:00", true),
        ("2026-10-25T02:30:00+01:00", true),
        ("2026-10-25T01:59:59+02:00", false),
        ("2026-10-25T03:00:00+01:00", false),
        ("2026-10-25T02:30:00+09:00", false),
        ("2026-11-01T02:30:00+01:00", false),
    ] {
        assert_eq!(came_twice(&moment(text), &berlin()), twice, "{text}");
    }
}

#[test]
fn a_time_that_the_clocks_skipped_is_refused_with_its_neighbours() {
    assert_eq!(
        time("2026-03-29 02:30").unwrap_err(),
        "'2026-03-29 02:30' was skipped when the clocks changed: \
         give '2026-03-29 01:59' or '2026-03-29 03:00'"
    );
    assert!(time("2026-03-29 03:00").is_ok());
    assert!(
        time("2026-03-29 02:00").is_err(),
        "the very edge is skipped, too"
    );
    let now = moment("2012-01-02T08:00:00+14:00");
    let error = parse_time("2011-12-30 12:00", &now, &apia()).unwrap_err();
    assert!(
        error.ends_with("give '2011-12-29 23:59' or '2011-12-31 00:00'"),
        "{error}"
    );
}

#[test]
fn a_time_that_came_twice_is_the_first_and_says_so() {
    let read = time("2026-10-25 02:30").unwrap();
    assert_eq!(read.at.to_rfc3339(), "2026-10-25T02:30:00+02:00");
    assert_eq!(
        read.note.unwrap(),
        "02:30 came twice that day: taken as the first, 2026-10-25T02:30+02:00; \
         the second is 2026-10-25T02:30+01:00"
    );
    let second = time("2026-10-25 02:30+01:00").unwrap();
    assert_eq!(second.at.to_rfc3339(), "2026-10-25T02:30:00+01:00");
}

#[test]
fn hours_back_are_hours_lived_over_a_change_of_clocks() {
    let now = moment("2026-10-25T02:10:00+01:00");
    let read = parse_time("-1h", &now, &berlin()).unwrap();
    assert_eq!(read.at.to_rfc3339(), "2026-10-25T02:10:00+02:00");
}

#[test]
fn a_time_still_ahead_is_taken_and_said() {
    let read = time("23:50").unwrap();
    assert_eq!(read.at.to_rfc3339(), "2026-11-23T23:50:00+01:00");
    assert!(
        read.note
            .unwrap()
            .starts_with("2026-11-23 23:50 is still ahead")
    );
}

#[test]
fn days_are_told_as_people_tell_them() {
    let today = day("2026-11-23");
    let told = |text| (day_text(day(text), today), ago_text(day(text), today));
    let both = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(told("2026-11-23"), both("today", "today"));
    assert_eq!(told("2026-11-22"), both("yesterday", "yesterday"));
    assert_eq!(told("2026-11-09"), both("Mon 9 Nov", "2 weeks ago"));
    assert_eq!(told("2026-11-20"), both("Fri 20 Nov", "3 days ago"));
    assert_eq!(told("2026-08-01"), both("Sat 1 Aug", "3 months ago"));
    assert_eq!(told("2024-11-23"), both("Sat 23 Nov 2024", "2 years ago"));
    assert_eq!(told("2026-11-25"), both("Wed 25 Nov", "Wed 25 Nov"));
}

#[test]
fn durations_are_read_as_people_write_them() {
    for (text, expected) in [
        ("12m", 720),
        ("90s", 90),
        ("1h5m", 3900),
        ("1h", 3600),
        ("1H5M30S", 3930),
        (" 4:30 ", 270),
        ("1:02:03", 3723),
        ("0s", 0),
        ("24h", 86_400),
    ] {
        assert_eq!(parse_duration(text), Ok(expected), "{text}");
    }
    for text in [
        "",
        "12",
        "m",
        "-5m",
        "1.5m",
        "5m1h",
        "5m5m",
        "4:60",
        "4:3",
        "1:2:3:4",
        ":30",
        "4:",
        "٣m",
        "12 m 5",
        "25h",
        "99999999999999999999h",
        "18446744073709551615m",
    ] {
        let why = parse_duration(text).unwrap_err();
        assert!(why.contains(text), "{why}");
    }
}

#[test]
fn moments_in_files_never_depend_on_today() {
    let read = |text: &str| parse_written(text, &berlin());
    for (text, expected) in [
        ("2026-11-01 21:30", "2026-11-01T21:30:00+01:00"),
        ("2026-07-01T21:30:15", "2026-07-01T21:30:15+02:00"),
        ("2026-07-01T21:30Z", "2026-07-01T21:30:00+00:00"),
        ("2026-07-01", "2026-07-01T12:00:00+02:00"),
    ] {
        assert_eq!(read(text).unwrap().at, moment(expected), "{text}");
    }
    assert!(
        read("2026-10-25 02:30")
            .unwrap()
            .note
            .unwrap()
            .contains("came twice")
    );
    assert!(read("2026-03-29 02:30").unwrap_err().contains("skipped"));
    for text in [
        "",
        "21:30",
        "yesterday 21:30",
        "-2h",
        "01/11/2026",
        "2026-11-01 25:00",
        "2026-02-30",
        "0000-01-01",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}
