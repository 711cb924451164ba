//! Lines that contradict each other: twice the same, without the add they change, in a circle, two values of a field.

use super::{doctor, read, reasons};
use crate::home::*;
use crate::lines::*;

#[test]
fn lines_and_files_that_come_twice_change_nothing() {
    let lines = [
        note_line("1", "a", "a"),
        edit_line("2", "a", &["1"], "{\"pain\":3}"),
        note_line("3", "b", "b"),
        undo_line("4", "b", "3", &["3"]),
    ];
    let (home, _) = read(&joined(&lines));
    let mut once = Vec::new();
    home.journal().export_json(&mut once).unwrap();
    home.put("x.jsonl", &joined(&[&lines[..], &lines[..]].concat()));
    home.put("y.jsonl", &joined(&lines));
    home.put("z.jsonl", &joined(&lines));
    let mut thrice = Vec::new();
    home.journal().export_json(&mut thrice).unwrap();
    assert_eq!(once, thrice);
    assert_eq!(reasons(&home).matches("different lines").count(), 0);
}

#[test]
fn changes_without_their_add_wait_and_show_once_it_comes() {
    let lines = [
        note_line("1", "a", "old"),
        edit_line("2", "a", &["1"], "{\"note\":\"new\"}"),
    ];
    let (home, notes) = read(&joined(&lines[1..]));
    assert!(notes.is_empty());
    assert_eq!(doctor(&home).waiting, 1);
    home.put("late.jsonl", &joined(&lines[..1]));
    assert_eq!(home.notes(), ["new"]);
    assert_eq!(doctor(&home).waiting, 0);
}

#[test]
fn of_lines_with_one_id_the_better_check_value_counts_then_the_greater_bytes() {
    let right = note_line("1", "a", "right");
    let missing =
        "{\"v\":1,\"op\":\"add\",\"id\":\"1\",\"rec\":\"a\",\"set\":{\"note\":\"zzz\"}}".to_owned();
    let wrong = note_line("1", "a", "zz").replace("zz", "zw");
    let greater = note_line("1", "a", "zright");
    let elsewhere = note_line("1", "z", "elsewhere");
    let cases = [
        (vec![&wrong, &missing], "zzz"),
        (vec![&wrong, &missing, &right], "right"),
        (vec![&right, &greater], "zright"),
        // The same id in another record: one of the two lines counts, here the one with the greater bytes.
        (vec![&right, &elsewhere], "elsewhere"),
    ];
    for (lines, expected) in cases {
        let lines: Vec<String> = lines.into_iter().cloned().collect();
        let (home, notes) = read(&joined(&lines));
        assert_eq!(notes, [expected]);
        let turned: Vec<String> = lines.iter().rev().cloned().collect();
        assert_eq!(read(&joined(&turned)).1, [expected]);
        assert!(reasons(&home).contains("different lines carry the id 1"));
        // Also when the rival arrives later, at a reader that has the first one already.
        let home = Home::new();
        home.put("a.jsonl", &joined(&lines[..1]));
        let mut journal = home.journal();
        let mut log = unkink::domain::log::Log::default();
        log.apply(unkink::domain::log::LogChange::Whole(journal.load()));
        home.put("b.jsonl", &joined(&lines[1..]));
        journal.refresh();
        log.apply(journal.take_changes().unwrap());
        assert_eq!(notes_of(&log), [expected]);
    }
}

fn notes_of(log: &unkink::domain::log::Log) -> Vec<String> {
    notes(log.entries())
}

#[test]
fn two_adds_of_a_record_and_circles_end_and_are_reported() {
    let lines = [
        note_line("1", "a", "one"),
        note_line("2", "a", "two"),
        edit_line("3", "b", &["4"], "{\"pain\":1}"),
        edit_line("4", "b", &["3"], "{\"pain\":2}"),
        note_line("5", "b", "ring"),
        undo_line("6", "b", "6", &[]),
        undo_line("7", "b", "nowhere", &[]),
    ];
    let (home, notes) = read(&joined(&lines));
    assert_eq!(notes, ["ring", "two"]);
    let reasons = reasons(&home);
    assert!(reasons.contains("2 lines begin this entry"), "{reasons}");
    assert_eq!(
        reasons
            .matches("names nothing that it could take back")
            .count(),
        2
    );
    assert!(reasons.contains("'pain' was changed in two places"));
}

#[test]
fn an_entrys_details_list_each_value_of_a_field_that_two_machines_changed() {
    let home = Home::new();
    let edit = |id: &str, set: &str, at: &str| {
        let line = edit_line(id, "rec1", &["a"], set).replace(AT, at);
        sealed(&line[..line.rfind(",\"crc\"").unwrap()])
    };
    let taken = edit_line("d", "rec1", &["a"], "{}");
    let taken = taken[..taken.rfind(",\"crc\"").unwrap()].to_owned() + ",\"unset\":[\"note\"]";
    home.put(
        "x.jsonl",
        &joined(&[
            note_line("a", "rec1", "first"),
            edit("b", "{\"pain\":4}", "2026-11-24T07:00:00+01:00"),
            edit(
                "c",
                "{\"pain\":7,\"note\":\"later\"}",
                "2026-11-25T08:15:00+01:00",
            ),
            sealed(&taken),
        ]),
    );
    let output = home.run(&["show", "rec1"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "'pain' was changed in two places: it shows 7 (of 2026-11-25 08:15); also there: 4 (of 2026-11-24 07:00)",
        "'note' was changed in two places: it shows nothing (taken away) (of 2026-11-23 21:30); also there: \"later\" (of 2026-11-25 08:15)",
    ] {
        assert!(flat.contains(expected), "{flat}");
    }
    // The JSON keeps its documented shape: the same object as in the history.
    let json = String::from_utf8(home.run(&["show", "rec1", "--json"]).stdout).unwrap();
    let history = String::from_utf8(home.run(&["history", "--json"]).stdout).unwrap();
    assert!(history.contains(json.trim()), "{json}{history}");
    assert!(reasons(&home).contains("'pain' was changed in two places; also: 4"));
}
