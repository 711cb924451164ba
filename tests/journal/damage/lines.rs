//! Lines that are text and still wrong: joined, hostile, of a newer version, with a wrong member or check value.

use super::{doctor, read, reasons, sorted};
use crate::home::*;
use crate::lines::*;

#[test]
fn names_that_stand_twice_and_joined_lines_are_reported() {
    let (a, b) = (note_line("1", "a", "a"), note_line("2", "b", "b"));
    let doubled = sealed(
        "{\"v\":1,\"op\":\"add\",\"id\":\"3\",\"id\":\"4\",\"rec\":\"c\",\"set\":{\"note\":\"c\"}",
    );
    let field = add_line("5", "d", "{\"note\":\"first\",\"note\":\"second\"}");
    let text = format!("{a}{b}\n{doubled}\n{field}\n{}", note_line("6", "e", "e"));
    let (home, notes) = read(text.as_bytes());
    assert_eq!(notes, ["e", "second"]);
    let reasons = reasons(&home);
    assert_eq!(reasons.matches("can't be read").count(), 2, "{reasons}");
    assert!(reasons.contains("stands twice"));
}

#[test]
fn deep_wide_and_endless_texts_are_only_texts() {
    let deep = format!(
        "{{\"v\":1,\"op\":\"add\",\"id\":\"1\",\"rec\":\"r\",\"set\":{}",
        "[".repeat(100_000)
    );
    let nested = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let inside = add_line(
        "2",
        "s",
        &format!("{{\"note\":\"deep\",\"x\":{nested},\"regions\":{nested}}}"),
    );
    let wide: Vec<String> = (0..20_000).map(|n| format!("\"k{n}\":1")).collect();
    let wide = add_line(
        "3",
        "t",
        &format!("{{\"note\":\"wide\",{}}}", wide.join(",")),
    );
    let key = add_line(
        "4",
        "u",
        &format!("{{\"note\":\"key\",\"{}\":1}}", "k".repeat(60_000)),
    );
    let brackets = "[".repeat(100_000);
    let (home, notes) = read(&joined(&[deep, brackets, inside, wide, key]));
    assert_eq!(notes, ["deep", "key", "wide"]);
    assert_eq!(doctor(&home).unreadable_lines, 2);
}

#[test]
fn an_empty_id_or_a_wrong_member_is_reported_and_a_wrong_value_is_shown_as_invalid() {
    let lines = [
        note_line("", "a", "no id"),
        note_line("1", "", "no rec"),
        sealed(
            "{\"v\":1,\"op\":\"add\",\"id\":\"2\",\"rec\":\"b\",\"at\":\"yesterday\",\"set\":{\"note\":\"b\"}",
        ),
        sealed("{\"v\":1,\"op\":\"add\",\"id\":\"3\",\"rec\":\"c\",\"set\":[1]"),
        sealed("{\"v\":1,\"op\":\"edit\",\"id\":\"4\",\"rec\":\"c\",\"seen\":\"1\",\"set\":{}"),
        sealed("{\"op\":\"add\",\"id\":\"5\",\"rec\":\"d\",\"set\":{}"),
        sealed("{\"v\":1,\"op\":\"undo\",\"id\":\"6\",\"rec\":\"d\""),
        add_line(
            "7",
            "e",
            "{\"note\":\"e\",\"pain\":11,\"active_s\":9223372036854775808}",
        ),
    ];
    let (home, notes) = read(&joined(&lines));
    assert_eq!(notes, ["b", "e"]);
    let report = doctor(&home);
    assert_eq!(report.unreadable_lines, 6);
    assert!(reasons(&home).contains("'at' is not a moment"));
    let entries = home.journal().load();
    let entry = entries
        .iter()
        .find(|entry| entry.note() == Some("e"))
        .unwrap();
    assert_eq!(entry.pain, None);
    assert_eq!(entry.more.as_ref().unwrap().invalid.len(), 2);
}

#[test]
fn the_check_value_is_the_last_member_or_wrong() {
    let right = note_line("1", "a", "right");
    let missing =
        "{\"v\":1,\"op\":\"add\",\"id\":\"2\",\"rec\":\"b\",\"set\":{\"note\":\"missing\"}}"
            .to_owned();
    let changed = note_line("3", "c", "chenged").replace("chenged", "changed");
    let first = "{\"crc\":\"00000000\",\"v\":1,\"op\":\"add\",\"id\":\"4\",\"rec\":\"d\",\"set\":{\"note\":\"first\"}}";
    let spaced = note_line("5", "e", "spaced").replace(",\"crc\":", ", \"crc\":");
    let capital = "{\"v\":1,\"op\":\"add\",\"id\":\"6\",\"rec\":\"f\",\"set\":{\"note\":\"n\"},\"crc\":\"ABCDEF12\"}";
    let within = note_line("7", "g", "x").replace("\"x\"", "\"x\",\"crc\":\"12345678\"");
    let within = sealed(within.split(",\"crc\":\"").next().unwrap()).replace("\"x\"", "\"x\"}");
    drop(within);
    let (home, _) = read(&joined(&[
        right,
        missing,
        changed,
        first.into(),
        spaced,
        capital.into(),
    ]));
    let mut damaged: Vec<(String, bool)> = (home.journal().load().iter())
        .map(|entry| (entry.note().unwrap().to_owned(), entry.marks.damaged))
        .collect();
    damaged.sort();
    let flagged = |note: &str, flag| (note.to_owned(), flag);
    assert_eq!(
        damaged,
        [
            flagged("changed", true),
            flagged("first", true),
            flagged("missing", false),
            flagged("n", true),
            flagged("right", false),
            flagged("spaced", true),
        ]
    );
    assert_eq!(
        reasons(&home).matches("check value does not fit").count(),
        4
    );
}

#[test]
fn git_markers_are_reported_and_both_sides_are_read() {
    let text = format!(
        "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n",
        note_line("1", "a", "ours"),
        note_line("2", "b", "theirs")
    );
    let (home, notes) = read(text.as_bytes());
    assert_eq!(notes, ["ours", "theirs"]);
    assert_eq!(reasons(&home).matches("conflict marker of git").count(), 3);
}

#[test]
fn lines_of_a_newer_version_are_kept_and_not_applied() {
    let lines = [
        note_line("1", "a", "a"),
        sealed("{\"v\":99,\"op\":\"add\",\"id\":\"2\",\"rec\":\"b\",\"set\":{\"note\":\"newer\"}"),
        sealed(
            "{\"v\":1,\"op\":\"frobnicate\",\"id\":\"3\",\"rec\":\"a\",\"set\":{\"note\":\"x\"}",
        ),
        sealed("{\"v\":2,\"op\":{\"kind\":\"add\"},\"id\":[1],\"seen\":7,\"set\":\"all\""),
    ];
    let (home, notes) = read(&joined(&lines));
    assert_eq!(notes, ["a"]);
    let report = doctor(&home);
    assert_eq!((report.newer_lines, report.unreadable_lines), (3, 0));
    assert_eq!(reasons(&home).matches("newer version").count(), 3);
    add(&mut home.journal(), "b");
    assert_eq!(sorted(&home), ["a", "b"]);
}
