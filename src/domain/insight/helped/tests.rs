#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::domain::id::Id;
use crate::domain::record::{Fields, Marks};

/// A session of 'it' on a day of November: before, after, and how it went.
fn session(day: u8, before: u8, after: Option<u8>, status: &str, rated_at: &str) -> Entry {
    let mut fields = Fields::default();
    fields.put("kind", "session");
    fields.put("technique", "it");
    fields.put("started_at", &format!("2026-{}T10:00:00+01:00", date(day)));
    fields.put("ended_at", &format!("2026-{}T10:05:00+01:00", date(day)));
    fields.put("status", status);
    fields.put("pain_before", &before);
    if let Some(after) = after {
        fields.put("pain_after", &after);
        fields.put(
            "rated_after_at",
            &format!("2026-{}T{rated_at}:00+01:00", date(day)),
        );
    }
    Entry::read(Id::from_bytes([day; 16]), &fields, Marks::default())
}

/// Day 1 to 30 is November, 31 on is December.
fn date(day: u8) -> String {
    if day <= 30 {
        format!("11-{day:02}")
    } else {
        format!("12-{:02}", day - 30)
    }
}

fn done(day: u8, before: u8, after: u8) -> Entry {
    session(day, before, Some(after), "finished", "10:06")
}

fn of(entries: &[Entry]) -> Pairs {
    pairs(entries).remove("it").unwrap_or_default()
}

fn days(values: &[(u8, u8)]) -> Vec<Entry> {
    let numbered = (1..).zip(values);
    numbered
        .map(|(day, (before, after))| done(day, *before, *after))
        .collect()
}

fn words(values: &[(u8, u8)]) -> Option<String> {
    of(&days(values)).words()
}

#[test]
fn what_is_said_grows_with_the_number_of_pairs_and_no_faster() {
    assert_eq!(words(&[]), None);
    assert_eq!(
        words(&[(6, 4)]).unwrap(),
        "last time pain 6 before, 4 after"
    );
    assert_eq!(
        words(&[(6, 4), (5, 5)]).unwrap(),
        "last time pain 5 before, 5 after"
    );
    assert_eq!(
        words(&[(6, 4), (5, 5), (4, 3)]).unwrap(),
        "pain 1 lower at the median of 3, too few to tell"
    );
    assert_eq!(
        words(&[(6, 4), (5, 5), (4, 3), (4, 2), (5, 6)]).unwrap(),
        "pain 1 lower at the median of 5, too few to tell"
    );
    assert_eq!(
        words(&[(6, 4), (5, 3), (4, 3), (4, 2), (5, 5), (6, 2)]).unwrap(),
        "pain meaningfully lower after 4 of 6 (2 lower at the median)"
    );
}

#[test]
fn a_median_between_two_values_a_rise_and_no_change_are_spelled_out() {
    assert_eq!(
        words(&[(6, 4), (5, 4), (4, 3), (4, 2)]).unwrap(),
        "pain 1.5 lower at the median of 4, too few to tell"
    );
    assert_eq!(
        words(&[(4, 5), (4, 4), (4, 6)]).unwrap(),
        "pain 1 higher at the median of 3, too few to tell"
    );
    assert_eq!(
        words(&[(4, 5), (4, 4), (4, 3)]).unwrap(),
        "pain the same at the median of 3, too few to tell"
    );
}

#[test]
fn from_seven_up_a_fall_must_be_of_three_to_count() {
    let six = |pair| [pair; 6];
    let share = |pair| words(&six(pair)).unwrap();
    assert!(share((7, 5)).starts_with("pain meaningfully lower after 0 of 6"));
    assert!(share((7, 4)).starts_with("pain meaningfully lower after 6 of 6"));
    assert!(share((6, 4)).starts_with("pain meaningfully lower after 6 of 6"));
    assert!(share((10, 7)).starts_with("pain meaningfully lower after 6 of 6"));
    assert!(share((2, 0)).starts_with("pain meaningfully lower after 6 of 6"));
}

#[test]
fn starts_that_cannot_fall_or_rise_are_left_out_of_the_share_and_named() {
    assert_eq!(
        words(&[(1, 1), (4, 2), (4, 2), (4, 2), (4, 2), (4, 4), (4, 4)]).unwrap(),
        "pain meaningfully lower after 4 of 6 (2 lower at the median, 1 began at 0 or 1)"
    );
    assert_eq!(
        words(&[(1, 1), (0, 0), (4, 2), (4, 2), (4, 2), (4, 4)]).unwrap(),
        "pain 1 lower at the median of 6 (2 began at 0 or 1)"
    );
    assert_eq!(
        words(&[(9, 9), (4, 6), (4, 2), (4, 2), (4, 2), (4, 4)]).unwrap(),
        "pain meaningfully lower after 3 of 6 (1 lower at the median, worse after 1 of 5, 1 began at 9 or 10)"
    );
    assert_eq!(words(&[(1, 0), (0, 0), (1, 1)]), None);
}

#[test]
fn sessions_stopped_early_are_counted_and_named() {
    let mut entries = days(&[(6, 4), (5, 4)]);
    entries.push(session(3, 5, Some(4), "stopped", "10:06"));
    assert_eq!(
        of(&entries).words().unwrap(),
        "pain 1 lower at the median of 3 (1 stopped early), too few to tell"
    );
}

#[test]
fn a_rating_after_more_than_half_an_hour_makes_no_pair() {
    let at = |rated| of(&[session(1, 6, Some(2), "finished", rated)]).rated.len();
    assert_eq!(at("10:35"), 1);
    assert_eq!(at("10:36"), 0);
    assert_eq!(at("10:04"), 0);
}

#[test]
fn where_more_than_a_third_was_not_rated_after_that_is_said_instead() {
    let mut entries = days(&[(6, 4), (6, 4)]);
    entries.push(session(3, 5, None, "finished", ""));
    assert!(of(&entries).words().unwrap().starts_with("last time"));
    entries.push(session(4, 5, None, "finished", ""));
    assert_eq!(
        of(&entries).words().unwrap(),
        "rated after only 2 of 4, so nothing is said"
    );
    let mut entries = days(&[(6, 1); 8]);
    assert!(of(&entries).has_fallen());
    entries.extend((9..14).map(|day| session(day, 5, None, "finished", "")));
    assert!(!of(&entries).has_fallen());
}

#[test]
fn a_few_pairs_that_lie_far_apart_say_nothing() {
    let far = |last| of(&[done(1, 6, 4), done(2, 6, 4), done(last, 6, 4)]).words();
    assert!(far(29).is_some());
    assert_eq!(far(30), None);
}

#[test]
fn sessions_of_several_techniques_or_of_no_second_count_for_none() {
    let mut fields = Fields::default();
    fields.put("kind", "session");
    fields.put("started_at", "2026-11-01T10:00:00+01:00");
    fields.put("status", "finished");
    fields.put("pain_before", &6);
    fields.put("pain_after", &2);
    let queue = Entry::read(Id::from_bytes([1; 16]), &fields, Marks::default());
    assert!(pairs(&[queue]).is_empty());
    let mut none = done(1, 6, 2);
    none.active_s = Some(0);
    assert!(pairs(&[none]).is_empty());
}

#[test]
fn it_has_fallen_only_when_the_whole_interval_says_so() {
    let fallen = |values: &[(u8, u8)]| of(&days(values)).has_fallen();
    assert!(!fallen(&[(6, 1); 5]));
    assert!(fallen(&[(6, 5); 6]));
    // With six, one that is not lower is enough against it; with nine it takes two.
    assert!(!fallen(&[(6, 4), (6, 4), (6, 4), (6, 4), (6, 4), (6, 6)]));
    let mut nine = [(6, 4); 9];
    nine[0] = (6, 6);
    assert!(fallen(&nine));
    nine[1] = (6, 7);
    assert!(!fallen(&nine));
}
