use std::collections::BTreeSet;

use super::*;
use crate::domain::id::Id;
use crate::domain::profile::Said;
use crate::domain::record::{Fields, Marks};

fn entry(json: &str) -> Entry {
    let values: std::collections::BTreeMap<String, serde_json::Value> =
        serde_json::from_str(json).unwrap();
    let mut fields = Fields::default();
    for (name, value) in values {
        fields.put(&name, &value);
    }
    Entry::read(Id::new("r"), &fields, Marks::default())
}

fn ids(json: &str) -> Vec<&'static str> {
    of_entry(&entry(json))
        .into_iter()
        .map(|raised| raised.id)
        .collect()
}

#[test]
fn each_word_of_the_log_raises_the_questions_that_the_facts_name() {
    let cases: [(&str, &[&str]); 14] = [
        (
            r#"{"qualities":["numb"],"regions":["sacrum"]}"#,
            &["E1", "E5", "U8", "K11"],
        ),
        (
            r#"{"qualities":["tingling"],"regions":["mid-buttock:left"]}"#,
            &["E1", "E5", "U8", "K11"],
        ),
        (
            r#"{"qualities":["tingling"],"regions":["calf:left","foot:right"]}"#,
            &["E1", "E5", "U8", "K11"],
        ),
        (
            r#"{"qualities":["weak"],"regions":["shin:both"]}"#,
            &["E5", "U8", "K11"],
        ),
        (
            r#"{"qualities":["weak"],"regions":["shin:left"]}"#,
            &["U8", "K11"],
        ),
        (
            r#"{"qualities":["electric"],"regions":["belt-line:left"]}"#,
            &["U8", "K11"],
        ),
        (r#"{"qualities":["constant","wakes me up"]}"#, &["U6"]),
        (r#"{"qualities":["constant"]}"#, &[]),
        (r#"{"triggers":["slipped or tripped"]}"#, &["U1", "E8"]),
        (
            r#"{"qualities":["hot or red or swollen"],"regions":["calf:right"]}"#,
            &["U12", "E6"],
        ),
        (
            r#"{"qualities":["hot or red or swollen"],"regions":["belt-line:right"]}"#,
            &[],
        ),
        (r#"{"travels_to":["buttock:both"]}"#, &[]),
        (r#"{"travels_to":["thigh:left"]}"#, &["K11"]),
        (
            r#"{"travels_to":["foot:left","thigh:right"]}"#,
            &["K11", "U8", "E5"],
        ),
    ];
    for (json, expected) in cases {
        assert_eq!(ids(json), expected, "{json}");
    }
}

fn pains(values: &[(i64, u8)]) -> Vec<Entry> {
    let check_in = |(hours_ago, pain): &(i64, u8)| {
        let at = now() - TimeDelta::hours(*hours_ago);
        entry(&format!(
            r#"{{"kind":"check-in","started_at":"{}","pain":{pain}}}"#,
            at.to_rfc3339()
        ))
    };
    values.iter().map(check_in).collect()
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T12:00:00+01:00").unwrap()
}

#[test]
fn pain_four_above_the_weeks_median_asks_for_a_look_from_three_values_on() {
    for (values, jump) in [
        (&[(60, 3), (40, 2), (20, 4), (0, 7)][..], Some(4)),
        (&[(60, 3), (40, 2), (20, 4), (0, 6)], None),
        (&[(60, 3), (40, 2), (0, 9)], None),
        (&[(200, 3), (40, 2), (20, 3), (0, 9)], None),
        (&[(80, 1), (60, 3), (40, 2), (20, 4), (0, 7)], Some(4)),
    ] {
        assert_eq!(pain_jump(&pains(values), &now()), jump, "{values:?}");
    }
}

#[test]
fn two_sessions_in_a_row_that_ended_worse_are_noticed() {
    let session = |before: u8, after: u8| {
        entry(&format!(
            r#"{{"kind":"session","started_at":"2026-11-23T10:00:00+01:00","pain_before":{before},"pain_after":{after}}}"#
        ))
    };
    assert!(two_ended_worse(&[session(3, 4), session(2, 5)]));
    assert!(!two_ended_worse(&[session(3, 4), session(4, 4)]));
    assert!(!two_ended_worse(&[session(4, 5)]));
}

fn later(entry: Entry, text: &str) -> Entry {
    Entry {
        started_at: DateTime::parse_from_rfc3339(text).ok(),
        ..entry
    }
}

fn numb_at(text: &str) -> Entry {
    later(
        entry(r#"{"kind":"check-in","qualities":["numb"],"regions":["sacrum"]}"#),
        text,
    )
}

fn open(entries: &[Entry], profile: &Profile) -> Vec<&'static str> {
    let raised = open_questions(entries, profile, &now());
    raised.into_iter().map(|raised| raised.id).collect()
}

/// Answered with no at this moment: these.
fn answered(ids: &[&str], at: &str) -> Profile {
    let mut profile = Profile::default();
    profile.apply(&Said::Answers {
        at: DateTime::parse_from_rfc3339(at).unwrap(),
        asked: ids.iter().map(|id| (*id).to_owned()).collect(),
        yes: BTreeSet::new(),
        whole: false,
    });
    profile
}

const ALL: [&str; 4] = ["E1", "E5", "U8", "K11"];

#[test]
fn what_an_entry_raised_stays_open_until_it_is_answered_after_that() {
    let numb = [numb_at("2026-11-23T09:00:00+01:00")];
    assert_eq!(open(&numb, &Profile::default()), ALL);
    // What was answered that morning, before it was logged, is no answer to it.
    for at in ["2026-11-22T20:00:00+01:00", "2026-11-23T08:59:59+01:00"] {
        assert_eq!(open(&numb, &answered(&ALL, at)), ALL, "{at}");
    }
    for at in ["2026-11-23T09:00:00+01:00", "2026-11-23T10:00:00+01:00"] {
        assert!(open(&numb, &answered(&ALL, at)).is_empty(), "{at}");
    }
    let some = answered(&["E1", "K11"], "2026-11-23T10:00:00+01:00");
    assert_eq!(open(&numb, &some), ["E5", "U8"]);
}

#[test]
fn an_answer_with_its_day_alone_counts_from_the_next_day_on() {
    let numb = [numb_at("2026-11-22T09:00:00+01:00")];
    let mut profile = Profile::default();
    for id in ALL {
        profile.answer(id, false, "2026-11-22".parse().unwrap());
    }
    assert_eq!(open(&numb, &profile), ALL);
    for id in ALL {
        profile.answer(id, false, "2026-11-23".parse().unwrap());
    }
    assert!(open(&numb, &profile).is_empty());
}

#[test]
fn after_28_days_the_log_raises_nothing_and_a_moment_still_to_come_is_today() {
    let nobody = Profile::default();
    assert!(open(&[numb_at("2026-10-26T11:59:00+01:00")], &nobody).is_empty());
    assert_eq!(open(&[numb_at("2026-10-26T12:01:00+01:00")], &nobody), ALL);
    let future = [numb_at("2027-01-01T00:00:00+01:00")];
    assert_eq!(open(&future, &nobody), ALL);
    assert!(open(&future, &answered(&ALL, "2026-11-23T08:00:00+01:00")).is_empty());
}

#[test]
fn what_is_logged_late_counts_from_when_it_was_written() {
    // Made at 2026-11-23T09:00:00Z, about the day before.
    let mut late = numb_at("2026-11-22T09:00:00+01:00");
    let made = now().date_naive().and_hms_opt(9, 0, 0).unwrap().and_utc();
    let digits = format!("{:012x}", made.timestamp_millis());
    late.rec = Id::new(&format!(
        "{}-{}-7000-8000-000000000000",
        &digits[..8],
        &digits[8..]
    ));
    assert_eq!(late.rec.made_at_ms(), Some(made.timestamp_millis()));
    let late = [late];
    assert_eq!(
        open(&late, &answered(&ALL, "2026-11-23T09:30:00+01:00")),
        ALL
    );
    assert!(open(&late, &answered(&ALL, "2026-11-23T10:00:00+01:00")).is_empty());
}

#[test]
fn pain_that_jumps_and_sessions_that_end_worse_raise_a_question_too() {
    let nobody = Profile::default();
    let jump = pains(&[(60, 3), (40, 2), (20, 4), (0, 7)]);
    assert_eq!(open(&jump, &nobody), ["U1", "U15"]);
    let why = &open_questions(&jump, &nobody, &now())[0].why;
    assert_eq!(why, "pain is 4 above the middle of the week before");
    assert!(
        open(
            &jump,
            &answered(&["U1", "U15"], "2026-11-23T12:00:00+01:00")
        )
        .is_empty()
    );
    let session = |hours: i64| {
        let at = (now() - TimeDelta::hours(hours)).to_rfc3339();
        entry(&format!(
            r#"{{"kind":"session","started_at":"{at}","ended_at":"{at}","pain_before":3,"pain_after":5}}"#
        ))
    };
    let worse = [session(20), session(2)];
    assert_eq!(open(&worse, &nobody), ["U15"]);
    assert_eq!(
        open(&worse, &answered(&["U15"], "2026-11-23T09:00:00+01:00")),
        ["U15"],
        "it was answered before the second"
    );
    assert!(open(&worse, &answered(&["U15"], "2026-11-23T10:00:00+01:00")).is_empty());
    assert!(open(&[session(900), session(2)], &nobody).is_empty());
}
