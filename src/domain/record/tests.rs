//! Fields in, entries out.
#![allow(clippy::unwrap_used)]

use super::*;

fn fields(pairs: &[(&str, &str)]) -> Fields {
    let mut fields = Fields::default();
    for (name, raw) in pairs {
        fields.put_raw(name, RawValue::from_string((*raw).to_owned()).unwrap());
    }
    fields
}

fn entry(pairs: &[(&str, &str)]) -> Entry {
    Entry::read(Id::new("r"), &fields(pairs), Marks::default())
}

fn invalid(entry: &Entry) -> Vec<&str> {
    let more = entry.more.iter();
    more.flat_map(|more| more.invalid.iter().map(|(name, _)| &**name))
        .collect()
}

#[test]
fn a_plain_check_in_needs_no_more() {
    let entry = entry(&[
        ("kind", "\"check-in\""),
        ("started_at", "\"2026-11-23T04:34:46+01:00\""),
        ("pain", "4"),
        ("stress", "10"),
    ]);
    assert_eq!(entry.kind, Kind::CheckIn);
    assert_eq!((entry.pain, entry.stress), (Scale::new(4), Scale::new(10)));
    assert_eq!(entry.day(), NaiveDate::from_ymd_opt(2026, 11, 23));
    assert_eq!((entry.what, entry.more), (None, None));
}

#[test]
fn what_a_session_was_does_not_depend_on_the_order_of_its_fields() {
    let both = [
        ("kind", "\"session\""),
        ("technique", "\"t\""),
        ("routine", "\"r\""),
    ];
    let turned: Vec<_> = both.iter().rev().copied().collect();
    assert_eq!(entry(&both).what, Some(What::Routine("r".into())));
    assert_eq!(entry(&both), entry(&turned));
    assert_eq!(entry(&both[..2]).what, Some(What::Technique("t".into())));
    assert_eq!(entry(&both[..1]).what, Some(What::Queue));
    assert_eq!(entry(&both[2..]).what, Some(What::Routine("r".into())));
}

#[test]
fn wrong_types_and_ranges_are_listed_as_invalid_and_spoil_nothing_else() {
    for raw in [
        "\"five\"", "11", "-1", "5.5", "null", "1e400", "5.0", "1e0", "-0", "[5]", "\"5\"", "256",
    ] {
        for name in ScaleField::ALL.map(ScaleField::name) {
            let entry = entry(&[(name, raw), ("active_s", "7")]);
            assert_eq!(invalid(&entry), [name], "{raw}");
            assert_eq!(entry.active_s, Some(7));
        }
    }
    for raw in [
        "-1",
        "9223372036854775808",
        "1.5",
        "\"60\"",
        "null",
        "4294967296",
    ] {
        let entry = entry(&[("active_s", raw), ("planned_s", raw), ("steps_done", raw)]);
        assert_eq!(
            invalid(&entry),
            ["active_s", "planned_s", "steps_done"],
            "{raw}"
        );
    }
    for (name, raw) in [
        ("kind", "5"),
        ("technique", "[]"),
        ("routine", "{}"),
        ("status", "\"walking\""),
        ("note", "12"),
        ("regions", "\"belt-line\""),
        ("tags", "[1]"),
        ("mood", "[null]"),
        ("items", "[{\"technique\":\"t\"}]"),
        ("peg", "[1,2]"),
        ("peg", "[1,2,11]"),
        ("roland_morris", "25"),
        ("started_at", "\"yesterday\""),
        ("ended_at", "1700000000"),
    ] {
        assert_eq!(
            invalid(&entry(&[(name, raw), ("pain", "3")])),
            [name],
            "{raw}"
        );
    }
}

#[test]
fn every_known_field_has_a_place_and_null_is_invalid_in_each() {
    for name in FIELDS.iter().filter(|name| **name != "plan") {
        assert_eq!(invalid(&entry(&[(name, "null")])), [*name]);
    }
    // Reserved: whatever it is, it is kept and has no meaning.
    let more = entry(&[("plan", "{}")]).more.unwrap_or_default();
    assert_eq!(more.plan.as_deref(), Some("{}"));
}

#[test]
fn unknown_fields_keep_their_text_and_stand_by_name() {
    let entry = entry(&[
        ("zeta", "1.50"),
        ("alpha", "[ 1, 2 ]"),
        ("kind", "\"dance\""),
    ]);
    assert_eq!(entry.kind, Kind::Unknown);
    let more = entry.more.unwrap();
    assert_eq!(
        more.unknown,
        [
            ("alpha".to_owned(), "[ 1, 2 ]".to_owned()),
            ("zeta".to_owned(), "1.50".to_owned())
        ]
    );
}

#[test]
fn a_field_taken_anew_looks_as_if_it_had_been_so_from_the_start() {
    let first = [
        ("note", "5"),
        ("pain", "11"),
        ("x", "1"),
        ("regions", "[\"belt-line\"]"),
    ];
    let then = [
        ("note", "\"a \\\"word\\\"\""),
        ("pain", "3"),
        ("x", "2"),
        ("regions", "[]"),
    ];
    let mut changed = Entry::blank(Id::new("r"));
    let mut pool = Pool::default();
    for (name, raw) in first.iter().chain(&then) {
        changed.take(name, raw, &mut pool);
    }
    changed.settle();
    assert_eq!(changed, entry(&then));
    assert_eq!(changed.note(), Some("a \"word\""));
    let mut spoilt = entry(&then);
    spoilt.take("pain", "null", &mut pool);
    spoilt.settle();
    assert_eq!((spoilt.pain, invalid(&spoilt)), (None, vec!["pain"]));
}

#[test]
fn moments_are_read_in_every_form_that_names_an_instant() {
    for (text, seconds) in [
        ("2026-11-23T04:34:46Z", 1_795_408_486),
        ("2026-11-23t04:34:46z", 1_795_408_486),
        ("2026-11-23T10:19:46+05:45", 1_795_408_486),
        ("2026-11-22T16:34:46-12:00", 1_795_408_486),
        ("2026-11-23T18:34:46+14:00", 1_795_408_486),
        ("2026-11-23T04:34:46.123456789Z", 1_795_408_486),
        ("2026-11-23T04:34Z", 1_795_408_440),
        ("2026-11-23t04:34z", 1_795_408_440),
        ("2026-11-23T05:34+01:00", 1_795_408_440),
        ("2016-12-31T23:59:60Z", 1_483_228_799),
        ("0000-01-01T00:00:00Z", -62_167_219_200),
    ] {
        assert_eq!(
            parse_moment(text).map(|at| at.timestamp()),
            Some(seconds),
            "{text}"
        );
    }
    for text in [
        "2026-11-23T04:34:46",
        "2026-11-23T04:34",
        "2026-11-23",
        "2025-02-29T12:00:00Z",
        "-1-01-01T00:00:00Z",
        "99999-01-01T00:00:00Z",
        "+10000-01-01T00:00Z",
        "+262142-12-31T10:00+00:00",
        "2026-13-01T00:00:00Z",
        "yesterday",
        "Z",
        "",
        "2026-11-23T04:34:46+25:00",
    ] {
        assert_eq!(parse_moment(text), None, "{text}");
    }
}

#[test]
fn a_moment_is_written_with_whole_seconds_and_its_offset() {
    let at = parse_moment("2026-11-23T04:34:46.9+01:00").unwrap();
    assert_eq!(moment_text(&at), "2026-11-23T04:34:46+01:00");
    let at = parse_moment("2026-11-23T04:34:46Z").unwrap();
    assert_eq!(moment_text(&at), "2026-11-23T04:34:46+00:00");
}

#[test]
#[cfg(target_pointer_width = "64")]
fn an_entry_takes_little_room_and_what_few_have_takes_none_where_it_is_not() {
    assert!(size_of::<Entry>() <= 80, "{}", size_of::<Entry>());
    assert!(size_of::<More>() <= 40, "{}", size_of::<More>());
    let felt = entry(&[("regions", "[\"sacrum\"]"), ("tags", "[]")]);
    let done = entry(&[("regions", "[\"sacrum\"]"), ("tags", "[\"work\"]")]);
    assert_ne!(felt, done);
    assert_eq!(felt, entry(&[("regions", "[\"sacrum\"]")]));
    assert_eq!(done.more.unwrap().tags, ["work".to_owned()]);
}

#[test]
fn every_scale_is_a_field_with_an_option_of_its_name_and_a_label_that_has_room() {
    for scale in ScaleField::ALL {
        let name = scale.name();
        assert!(FIELDS.contains(&name), "{name} is no field of the record");
        assert_eq!(ScaleField::named(name), Some(scale), "{name}");
        assert_eq!(scale.option(), name.replace('_', "-"));
        assert!(scale.label().len() <= 13, "{name}: {}", scale.label());
    }
}

#[test]
fn every_scale_ends_as_its_words_in_the_vocabulary_say() {
    let text = include_str!("../../../assets/vocabulary.toml");
    let words: crate::domain::vocabulary::Vocabulary = toml::from_str(text).unwrap();
    for scale in ScaleField::ALL {
        let name = scale.name();
        let id = name.strip_suffix("_before");
        let id = id.or(name.strip_suffix("_after")).unwrap_or(name);
        let known = words.scales.iter().find(|words| words.id == id);
        let ends = known.map(|words| [&*words.low, &*words.high]);
        assert_eq!(ends, Some(scale.ends()), "{name}, '{id}' in the vocabulary");
    }
}
