#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::id::Id;
use crate::domain::record::{ItemDone, Marks, parse_moment};

fn fields(json: &[(&str, &str)]) -> Fields {
    let mut fields = Fields::default();
    for (name, raw) in json {
        let raw = serde_json::value::RawValue::from_string((*raw).to_owned()).unwrap();
        fields.put_raw(name, raw);
    }
    fields
}

fn raw<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", |raw| raw.get())
}

#[test]
fn each_kind_takes_its_own_ratings_and_names_them() {
    assert_eq!(Kind::CheckIn.takes("pain"), Ok(()));
    assert_eq!(Kind::Session.takes("pain_after"), Ok(()));
    let why = Kind::Session.takes("pain").unwrap_err();
    let option = |field: &str| format!("--{field}");
    assert_eq!(
        (why.to_string(), why.told(option)),
        (
            "this is a session: give pain_before or pain_after".to_owned(),
            "this is a session: give --pain_before or --pain_after".to_owned()
        )
    );
    let why = Kind::CheckIn.takes("stress_after").unwrap_err();
    assert_eq!(why.to_string(), "this is a check-in: give stress");
    let why = Kind::Session.can_lack("items").unwrap_err().to_string();
    assert!(why.ends_with(": give technique, routine or queue"), "{why}");
    assert!(Kind::CheckIn.takes("active_s").is_err());
    for kind in [
        Kind::Session,
        Kind::CheckIn,
        Kind::Questionnaire,
        Kind::Plan,
    ] {
        for field in ["note", "tags", "regions", "started_at", "tightness"] {
            assert_eq!(kind.takes(field), Ok(()));
        }
    }
}

#[test]
fn every_field_of_the_record_belongs_to_some_kind() {
    let kinds = [
        Kind::Session,
        Kind::CheckIn,
        Kind::Questionnaire,
        Kind::Plan,
    ];
    for field in FIELDS {
        assert!(
            kinds.iter().any(|kind| kind.takes(field).is_ok()),
            "{field}"
        );
        assert_eq!(field_named(&field.replace('_', "-")), Some(field));
    }
}

#[test]
fn what_came_after_the_start_moves_along_with_it() {
    let before = fields(&[
        ("started_at", "\"2026-11-23T21:30:00+01:00\""),
        ("ended_at", "\"2026-11-23T21:42:10+01:00\""),
        ("rated_after_at", "\"soon\""),
    ]);
    let mut set = Fields::default();
    let to = parse_moment("2026-07-01T09:00:00+02:00").unwrap();
    move_to(to, &before, &mut set);
    assert_eq!(raw(&set, "started_at"), "\"2026-07-01T09:00:00+02:00\"");
    assert_eq!(raw(&set, "ended_at"), "\"2026-07-01T09:12:10+02:00\"");
    assert_eq!(raw(&set, "rated_after_at"), "");
}

#[test]
fn another_technique_takes_the_time_along_and_ends_the_routine() {
    let before = fields(&[
        ("routine", "\"desk-reset\""),
        ("planned_s", "300"),
        ("active_s", "240"),
        (
            "items",
            "[{\"technique\":\"a\",\"planned_s\":100,\"active_s\":100,\"done\":true},\
             {\"technique\":\"b\",\"planned_s\":200,\"active_s\":140,\"done\":false}]",
        ),
    ]);
    let (mut set, mut unset) = (Fields::default(), Vec::new());
    make_technique("six-breaths", &before, &mut set, &mut unset);
    make_active(60, &before, &mut set);
    assert_eq!(unset, ["routine", "queue"]);
    assert_eq!(
        raw(&set, "items"),
        "[{\"technique\":\"six-breaths\",\"planned_s\":300,\"active_s\":60,\"done\":false}]"
    );
    let mut alone = Fields::default();
    make_active(60, &before, &mut alone);
    assert_eq!(
        raw(&alone, "items"),
        "",
        "which part was longer is not known"
    );
}

#[test]
fn parts_that_took_longer_make_the_whole_longer_unless_that_is_said_besides() {
    let before = fields(&[
        ("active_s", "250"),
        (
            "items",
            "[{\"technique\":\"a\",\"planned_s\":100,\"active_s\":100,\"done\":true},\
             {\"technique\":\"b\",\"planned_s\":200,\"active_s\":140,\"done\":false}]",
        ),
    ]);
    let mut set = Fields::default();
    assert!(make_parts(
        &[(0, 90, true), (1, 180, true)],
        &before,
        &mut set
    ));
    assert_eq!(raw(&set, "active_s"), "280");
    assert!(raw(&set, "items").contains("\"active_s\":180"));
    let mut set = fields(&[("active_s", "400")]);
    assert!(make_parts(&[(1, 180, true)], &before, &mut set));
    assert_eq!(raw(&set, "active_s"), "400");
    assert!(!make_parts(&[(2, 1, true)], &before, &mut set));
}

#[test]
fn only_what_differs_is_written_unless_it_settles_something() {
    let before = fields(&[("pain", "4"), ("tags", "[\"a\", \"b\"]"), ("note", "\"x\"")]);
    let set = fields(&[("pain", "4"), ("tags", "[\"a\",\"b\"]"), ("stress", "2")]);
    let unset = vec!["mood".to_owned(), "note".to_owned(), "note".to_owned()];
    let change = keep_changes(&before, &set, unset, &[]);
    assert_eq!(change.set.iter().count(), 1);
    assert_eq!(raw(&change.set, "stress"), "2");
    assert_eq!(change.unset, ["note"]);
    let after = change.applied(&before);
    assert_eq!(after.iter().count(), 3);
    let settles = keep_changes(&before, &set, Vec::new(), &["pain".to_owned()]);
    assert_eq!(raw(&settles.set, "pain"), "4");
}

#[test]
fn an_entry_says_nothing_when_only_its_kind_and_its_time_are_left() {
    let read = |json: &[(&str, &str)]| Entry::read(Id::new("x"), &fields(json), Marks::default());
    let at = ("started_at", "\"2026-11-23T21:30:00+01:00\"");
    let check_in = ("kind", "\"check-in\"");
    assert!(says_nothing(&read(&[check_in, at])));
    assert!(says_nothing(&read(&[check_in])));
    for said in [
        ("pain", "4"),
        ("tags", "[\"a\"]"),
        ("pain", "\"much\""),
        ("new", "1"),
    ] {
        assert!(!says_nothing(&read(&[check_in, at, said])), "{said:?}");
    }
    assert!(says_nothing(&read(&[check_in, at, ("note", "\" \\n\"")])));
    for kind in ["\"session\"", "\"plan\""] {
        assert!(!says_nothing(&read(&[("kind", kind), at])), "{kind}");
    }
}

#[test]
fn the_parts_of_a_session_say_how_long_it_was_and_fit_what_it_was() {
    let part = |technique: &str, seconds| ItemDone {
        technique: technique.to_owned(),
        planned_s: seconds + 10,
        active_s: seconds,
        done: true,
    };
    let parts = [part("a", 60), part("b", 30)];
    let alone = fields(&[("technique", "\"a\"")]);
    let mut set = Fields::default();
    let why = make_items(&parts, &alone, &mut set).unwrap_err();
    assert!(why.contains("'a' alone"), "{why}");
    assert!(set.is_empty());
    make_items(&parts[..1], &alone, &mut set).unwrap();
    assert_eq!(
        (raw(&set, "active_s"), raw(&set, "planned_s")),
        ("60", "70")
    );
    let mut unset = Vec::new();
    let mut queue = Fields::default();
    make_queue(&["a".into(), "b".into()], &mut queue, &mut unset);
    make_items(&parts, &alone, &mut queue).unwrap();
    assert_eq!(raw(&queue, "queue"), "[\"a\",\"b\"]");
    assert_eq!(
        (raw(&queue, "active_s"), raw(&queue, "planned_s")),
        ("90", "110")
    );
    assert_eq!(unset, ["technique", "routine", "items"]);
    let mut set = Fields::default();
    make_items(&parts[..1], &alone, &mut set).unwrap();
    make_planned(200, &alone, &mut set);
    assert!(
        raw(&set, "items").contains("\"planned_s\":200"),
        "its one part was planned so"
    );
}

#[test]
fn times_that_cannot_follow_each_other_are_refused_where_a_change_brings_them() {
    let at = |start: &str, end: &str, rated: &str| {
        let moment = |time: &str| format!("\"2026-11-{time}:00+01:00\"");
        fields(&[
            ("started_at", &moment(start)),
            ("ended_at", &moment(end)),
            ("rated_after_at", &moment(rated)),
        ])
    };
    let good = at("01T21:30", "01T21:40", "01T21:41");
    assert_eq!(check_times(&good, &good, str::to_owned), Ok(()));
    for (after, said) in [
        (
            at("01T21:30", "01T21:29", "01T21:41"),
            "ended_at (2026-11-01 21:29 +01:00) is before started_at",
        ),
        (
            at("01T21:30", "01T21:45", "01T21:41"),
            "rated_after_at (2026-11-01 21:41 +01:00) is before ended_at",
        ),
        (
            at("01T21:30", "02T21:31", "02T21:31"),
            "more than a day after started_at",
        ),
    ] {
        let why = check_times(&good, &after, str::to_owned).unwrap_err().why;
        assert!(why.contains(said), "{why}");
        assert_eq!(
            check_times(&after, &after, str::to_owned),
            Ok(()),
            "it was so before"
        );
    }
}

#[test]
fn parts_change_come_and_go_and_the_whole_moves_with_them() {
    let part = |technique: &str, planned_s, active_s| ItemDone {
        technique: technique.to_owned(),
        planned_s,
        active_s,
        done: false,
    };
    let mut before = fields(&[
        ("queue", "[\"a\",\"b\"]"),
        ("active_s", "100"),
        ("planned_s", "500"),
    ]);
    before.put("items", &[part("a", 60, 60), part("b", 30, 30)]);
    let whole = |changed: &[(usize, Option<ItemDone>)], added: &[ItemDone]| {
        let mut set = Fields::default();
        change_parts(changed, added, &before, &mut set)?;
        let number = |name| set.get(name).map(|raw| raw.get().to_owned());
        Ok((number("active_s"), number("planned_s")))
    };
    let is = |active: &str, planned: Option<&str>| {
        Ok((Some(active.to_owned()), planned.map(str::to_owned)))
    };
    // Ten seconds more of what there was; else the sum of the parts.
    assert_eq!(whole(&[(0, Some(part("a", 60, 70)))], &[]), is("110", None));
    assert_eq!(
        whole(&[(0, Some(part("a", 80, 70)))], &[]),
        is("100", Some("110"))
    );
    assert_eq!(whole(&[(0, None)], &[]), is("30", Some("30")));
    assert_eq!(
        whole(&[(0, None)], &[part("c", 9, 8)]),
        is("38", Some("39"))
    );
    assert_eq!(whole(&[(2, None)], &[]), Err(PartsRefused::Gone));
    assert_eq!(whole(&[(0, None), (1, None)], &[]), Err(PartsRefused::None));
    let many = vec![part("c", 9, 8); PARTS_MAX];
    assert_eq!(whole(&[], &many), Err(PartsRefused::TooMany));
    let mut alone = fields(&[("technique", "\"a\"")]);
    alone.put("items", &[part("a", 60, 60)]);
    let more = [part("c", 9, 8)];
    let refused = change_parts(&[], &more, &alone, &mut Fields::default());
    assert_eq!(refused, Err(PartsRefused::Alone));
}
