#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn no_moment(text: &str) -> Result<Moment, String> {
    Err(format!("'{text}' is not a time"))
}

fn words() -> Vocabulary {
    Vocabulary::default()
}

fn back(row: &[String]) -> Fields {
    let words = words();
    let reading = Reading {
        words: &words,
        moment: &no_moment,
    };
    let mut fields = Fields::default();
    for (name, cell) in FIELDS.iter().zip(&row[1..]) {
        let cell = decode(name, unguarded(cell), &reading).unwrap();
        if let Some(value) = cell.value {
            fields.put_raw(name, value);
        }
    }
    for (name, value) in decode_more(&row[FIELDS.len() + 1]).unwrap() {
        fields.put_raw(&name, value);
    }
    fields
}

fn cells(pairs: &[(&str, &str)]) -> Vec<String> {
    let mut fields = Fields::default();
    for (name, raw) in pairs {
        fields.put_raw(name, RawValue::from_string((*raw).to_owned()).unwrap());
    }
    encode(&Id::new("r"), &fields, &words())
}

fn cell<'a>(row: &'a [String], name: &str) -> &'a str {
    let at = columns().position(|column| column == name).unwrap();
    &row[at]
}

#[test]
fn values_stand_in_their_cells_and_what_cannot_be_stands_in_the_last() {
    let row = cells(&[
        ("kind", "\"check-in\""),
        ("started_at", "\"2026-11-23T21:30:00+01:00\""),
        ("pain", "4"),
        ("stress", "11"),
        ("tags", "[\"a;b\",\"c\\\\\"]"),
        ("mood", "[\"calm\"]"),
        ("note", "\"\""),
        ("peg", "[1,2,10]"),
        ("ended_at", "\"yesterday\""),
        ("x y", "null"),
    ]);
    assert_eq!(cell(&row, "kind"), "check-in");
    assert_eq!(cell(&row, "pain"), "4");
    assert_eq!(cell(&row, "tags"), "a\\;b; c\\\\");
    assert_eq!(cell(&row, "peg"), "1; 2; 10");
    assert_eq!(
        cell(&row, MORE),
        "{\"stress\":11,\"mood\":[\"calm\"],\"note\":\"\",\"ended_at\":\"yesterday\",\"x y\":null}"
    );
}

#[test]
fn what_a_spreadsheet_would_run_is_guarded_and_comes_back() {
    for text in [
        "=cmd()", "+1", "-x", "@a", "\tx", "\rx", "'=x", "''@", "'tis", "'", "", "x=1",
    ] {
        assert_eq!(unguarded(&guarded(text)), text);
        assert!(
            !guarded(text).starts_with(['=', '+', '-', '@', '\t', '\r']),
            "{text}"
        );
    }
    assert_eq!(guarded("'tis"), "'tis");
    assert_eq!(unguarded("'tis"), "'tis");
}

#[test]
fn what_is_wrong_in_a_cell_is_told_with_what_is_right() {
    let words = words();
    let reading = Reading {
        words: &words,
        moment: &no_moment,
    };
    for (field, text, said) in [
        ("pain", "11", "0 to 10"),
        ("pain", "4.5", "0 to 10"),
        ("kind", "checkin", "did you mean 'check-in'"),
        ("status", "done", "finished"),
        ("started_at", "noon", "is not a time"),
        ("roland_morris", "25", "0 to 24"),
        ("active_s", "-1", "is not a duration"),
        ("peg", "1;2", "three answers"),
        ("items", "[1]", "not a list of items"),
    ] {
        let why = decode(field, text, &reading).unwrap_err();
        assert!(why.contains(said), "{field}: {why}");
    }
    let many = (0..65)
        .map(|n| format!("t{n}"))
        .collect::<Vec<_>>()
        .join(";");
    for (field, text, said) in [
        (
            "tags",
            "a;".to_owned() + &"x".repeat(201),
            "at most 200 bytes",
        ),
        ("tags", many, "at most 64"),
        ("note", "x".repeat(16 * 1024 + 1), "too long"),
        ("stopped_because", "x".repeat(16 * 1024 + 1), "too long"),
    ] {
        let why = decode(field, &text, &reading).unwrap_err();
        assert!(why.contains(said) && why.len() < 200, "{field}: {why}");
    }
    let value = |field: &str, text: &str| decode(field, text, &reading).unwrap().value;
    assert_eq!(value("pain", " 4 ").unwrap().get(), "4");
    assert!(value("pain", "-").is_none() && value("tags", "  ").is_none());
    assert_eq!(value("active_s", "4:30").unwrap().get(), "270");
    assert_eq!(value("tags", "a; b;").unwrap().get(), "[\"a\",\"b\"]");
    assert!(decode_more("[]").is_err() && decode_more("{\"a\":1,\"a\":2}").is_err());
}

proptest! {
    #[test]
    fn any_fields_come_back_as_they_were(
        picks in proptest::collection::vec((0..FIELDS.len() + 1, 0..10_usize, "\\PC{0,12}|[=+@\t\r';\\\\ -]{0,4}|\\x00"), 0..12)
    ) {
        let mut fields = Fields::default();
        for (at, shape, text) in picks {
            let name = FIELDS.get(at).copied().unwrap_or(&text);
            match shape {
                0 => fields.put(name, &text),
                1 => fields.put(name, &[&text, "a;b", " c"]),
                2 => fields.put(name, &4),
                3 => fields.put(name, &-1.5),
                4 => fields.put(name, &()),
                5 => fields.put(name, &[1, 2, 3]),
                6 => fields.put(name, &[&text]),
                7 => fields.put(name, "2026-11-23T21:30:00+01:00"),
                8 => fields.put(name, &u64::MAX),
                _ => fields.put(name, &serde_json::json!([{"technique": text, "planned_s": 1, "active_s": 1, "done": true}])),
            }
        }
        let row = encode(&Id::new("r"), &fields, &words());
        let again = back(&row);
        prop_assert_eq!(fields.iter().count(), again.iter().count());
        for (name, raw) in fields.iter() {
            prop_assert!(is_same(raw.get(), again.get(name).unwrap().get()), "{}: {:?}", name, row);
        }
        prop_assert_eq!(encode(&Id::new("r"), &again, &words()), row);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_row_reads_back_as_it_was_written_whatever_its_cells_hold(
        row in proptest::collection::vec("[a;,\"\\t\\r\\n' é-]{0,6}", 2..6),
    ) {
        let mut text = Vec::new();
        write_row(row.iter().map(String::as_str), &mut text).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&text[..]);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), 1);
        prop_assert_eq!(rows[0].iter().collect::<Vec<_>>(), row.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn cells_that_a_spreadsheet_would_split_are_quoted() {
    let mut text = Vec::new();
    let row = ["a", "a; b", "a\tb", "a\"b", "", "a b"];
    write_row(row.into_iter(), &mut text).unwrap();
    assert_eq!(text, b"a,\"a; b\",\"a\tb\",\"a\"\"b\",,a b\n");
}
