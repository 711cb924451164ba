//! The demo's year: plausible, the same every time, and nothing in it that would stand in the way.
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, TimeDelta};
use unkink::content;
use unkink::demo::{profile, year};
use unkink::domain::id::Id;
use unkink::domain::record::{Entry, Kind, Marks, Status};
use unkink::domain::vocabulary::WordField;
use unkink::domain::warning;

fn entries(now: &str) -> Vec<Entry> {
    let now = now.parse().unwrap();
    (year(&content::built_in_library(), &now).iter())
        .map(|(rec, fields)| Entry::read(rec.clone(), fields, Marks::default()))
        .collect()
}

#[test]
fn it_is_the_same_year_every_time_and_ends_now() {
    let now = "2026-11-23T18:00:00+01:00";
    let (once, again) = (entries(now), entries(now));
    assert_eq!(once, again);
    let until: DateTime<chrono::FixedOffset> = now.parse().unwrap();
    for entry in &once {
        let at = entry.started_at.unwrap();
        assert!(at < until && at > until - TimeDelta::days(366), "{at}");
    }
    assert!(once.is_sorted_by(|a, b| a.order() <= b.order()));
    let recs: std::collections::HashSet<&Id> = once.iter().map(|entry| &entry.rec).collect();
    assert_eq!(recs.len(), once.len());
}

#[test]
fn all_of_it_can_be_read_and_every_kind_is_there() {
    let entries = entries("2026-11-23T23:30:00+01:00");
    let count = |kind| entries.iter().filter(|entry| entry.kind == kind).count();
    assert!(count(Kind::Session) > 120, "{}", count(Kind::Session));
    assert!(count(Kind::CheckIn) > 150, "{}", count(Kind::CheckIn));
    assert!(count(Kind::Questionnaire) > 20);
    for entry in &entries {
        let more = entry.more.as_deref().cloned().unwrap_or_default();
        assert!(
            more.invalid.is_empty() && more.unknown.is_empty(),
            "{entry:?}"
        );
        let is_settled = entry.status.is_some_and(|status| status != Status::Running);
        assert!(entry.kind != Kind::Session || is_settled, "{entry:?}");
    }
    let shortest = entries.iter().filter_map(|entry| entry.active_s).min();
    assert!(shortest > Some(20), "{shortest:?}");
    let finished = entries
        .iter()
        .filter(|entry| entry.status == Some(Status::Finished));
    assert!(finished.count() > 100);
    let stopped = entries
        .iter()
        .filter(|entry| entry.status == Some(Status::Stopped));
    assert!(stopped.count() > 2);
}

#[test]
fn every_word_of_it_is_one_of_the_vocabulary() {
    let library = content::built_in_library();
    let vocabulary = library.vocabulary();
    for entry in entries("2026-11-23T18:00:00+01:00") {
        let more = entry.more.as_deref().cloned().unwrap_or_default();
        let lists = [
            (WordField::Qualities, &more.qualities),
            (WordField::Triggers, &more.triggers),
            (WordField::Actions, &more.actions),
            (WordField::Mood, &more.mood),
            (WordField::Day, &more.day),
        ];
        for (field, words) in lists {
            for word in words {
                assert_eq!(vocabulary.find(field, word), Some(&**word));
            }
        }
        for place in &more.regions {
            assert!(vocabulary.place(place).is_ok(), "{place}");
        }
    }
}

#[test]
fn nothing_of_it_asks_for_a_second_look_before_a_session() {
    for now in [
        "2026-11-23T12:00:00+01:00",
        "2027-02-01T21:00:00-08:00",
        "2026-06-01T00:01:00+13:00",
    ] {
        let entries = entries(now);
        let now = now.parse().unwrap();
        assert_eq!(warning::open_questions(&entries, &profile(&now), &now), []);
    }
}
