//! Correcting, moving and deleting entries.

use serde_json::{Value, json};

use crate::home::Home;

/// A session as a journal holds it, under this record id.
pub fn put_session(home: &Home, rec: &str, more: &str) {
    let line = format!(
        "{{\"v\":1,\"op\":\"add\",\"id\":\"{rec}-op\",\"rec\":\"{rec}\",\"at\":\"2026-11-01T21:45:00+01:00\",\"set\":\
         {{\"kind\":\"session\",\"started_at\":\"2026-11-01T21:30:00+01:00\",\"ended_at\":\"2026-11-01T21:36:00+01:00\",\
         \"status\":\"finished\",\"planned_s\":300,\"active_s\":290{more}}}}}\n"
    );
    home.write(&format!("data/unkink/journal/{rec}.jsonl"), &line);
}

pub const DESK_RESET: &str = ",\"routine\":\"desk-reset\",\"items\":[\
    {\"technique\":\"six-breaths\",\"planned_s\":100,\"active_s\":90,\"done\":true},\
    {\"technique\":\"long-exhale\",\"planned_s\":200,\"active_s\":200,\"done\":true}]";

pub const SIX_BREATHS: &str = ",\"technique\":\"six-breaths\",\"pain_before\":5,\"pain_after\":3,\"items\":[\
    {\"technique\":\"six-breaths\",\"planned_s\":300,\"active_s\":290,\"done\":true}]";

pub fn edited(home: &Home, args: &[&str]) -> Value {
    let args = [&["edit"], args, &["--json"]].concat();
    serde_json::from_str(&home.ok(&args)).unwrap()
}

#[test]
fn every_value_of_a_check_in_can_be_corrected_and_the_rest_stays() {
    let home = Home::new();
    home.ok(&["log", "4", "3", "--tag", "mine,dull", "--note", "first"]);
    let before = &home.history()[0];
    let after = edited(
        &home,
        &[
            "last",
            "--pain",
            "6",
            "--stress",
            "-",
            "--tightness",
            "2",
            "--where",
            "sacrum",
            "--travels-to",
            "knee",
            "--quality",
            "aching",
            "--trigger",
            "sat long",
            "--action",
            "walk",
            "--mood",
            "calm",
            "--day",
            "rest",
            "--tag",
            "other",
            "--note",
            "second",
            "--at",
            "2026-07-01 21:30",
        ],
    );
    assert_eq!(
        after,
        json!({
            "rec": before["rec"], "kind": "check-in", "started_at": "2026-07-01T21:30:00+02:00", "pain": 6,
            "tightness": 2, "regions": ["sacrum"], "travels_to": ["knee"], "qualities": ["aching"],
            "triggers": ["sat long"], "actions": ["walk"], "tags": ["other"], "day": ["rest"], "mood": ["calm"],
            "note": "second"
        })
    );
    assert_eq!(home.history(), [after]);
    home.ok(&["undo"]);
    assert_eq!(&home.history()[0], before, "one undo takes all of it back");
    home.ok(&["redo"]);
    assert_eq!(home.history()[0]["pain"], 6);
}

#[test]
fn a_list_replaces_the_list_and_a_word_by_way_of_tag_joins_its_list() {
    let home = Home::new();
    home.ok(&["log", "4", "--quality", "aching", "--tag", "a,b"]);
    let after = edited(&home, &["last", "--tag", "dull"]);
    assert_eq!(after["qualities"], json!(["aching", "dull"]));
    assert_eq!(
        after["tags"],
        json!(["a", "b"]),
        "no tag of one's own was given"
    );
    let after = edited(&home, &["last", "--quality", "tight", "--tag", "c,dull"]);
    assert_eq!(after["qualities"], json!(["tight", "dull"]));
    assert_eq!(after["tags"], json!(["c"]));
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing_and_says_so() {
    let home = Home::new();
    home.ok(&["log", "4", "--tag", "a", "--at", "2026-07-01 21:30"]);
    let before = home.journal();
    for args in [
        &["--pain", "4"][..],
        &["--tag", "a"],
        &["--unset", "mood"],
        &["--stress", "-"],
        &["--at", "2026-07-01T21:30:00+02:00"],
    ] {
        let ran = home.run(&[&["edit", "last"], args].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.err.contains("nothing changed"), "{ran:?}");
        assert!(ran.out.contains("Unchanged"), "{ran:?}");
    }
    assert_eq!(home.journal(), before);
    let why = home.refused(&["edit", "last"]);
    assert!(why.contains("nothing to change"), "{why}");
}

#[test]
fn ratings_go_by_the_kind_of_the_entry() {
    let home = Home::new();
    home.ok(&["log", "4"]);
    put_session(&home, "session-1", SIX_BREATHS);
    let why = home.refused(&["edit", "session-1", "--pain", "3"]);
    assert!(
        why.contains("this is a session: give --pain-before or --pain-after"),
        "{why}"
    );
    let why = home.refused(&["edit", "session-1", "--stress", "-"]);
    assert!(why.contains("--stress-before"), "{why}");
    let why = home.refused(&["edit", "last", "--pain-after", "3"]);
    assert!(why.contains("this is a check-in: give --pain"), "{why}");
    for args in [
        ["--technique", "six-breaths"],
        ["--routine", "desk-reset"],
        ["--active", "12m"],
        ["--status", "stopped"],
        ["--pressure", "3"],
        ["--peg", "1,2,3"],
    ] {
        let why = home.refused(&[&["edit", "last"], &args[..]].concat());
        assert!(why.contains("this is a check-in"), "{why}");
    }
}

#[test]
fn fields_are_taken_away_by_name_and_what_an_entry_needs_stays() {
    let home = Home::new();
    home.ok(&["log", "4", "3", "--where", "sacrum", "--note", "n"]);
    put_session(
        &home,
        "session-1",
        &format!("{SIX_BREATHS},\"odd one\":[1]"),
    );
    let after = edited(
        &home,
        &["last", "--unset", "stress,where", "--unset", "note"],
    );
    assert_eq!(
        after.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["kind", "pain", "rec", "started_at"]
    );
    let why = home.refused(&["edit", "last", "--unset", "pain"]);
    assert!(why.contains("unkink delete last"), "{why}");
    for field in ["kind", "started_at", "status", "technique", "items"] {
        let why = home.refused(&["edit", "session-1", "--unset", field]);
        assert!(why.contains("can't be taken away"), "{why}");
    }
    let why = home.refused(&["edit", "last", "--unset", "qualties"]);
    assert!(why.contains("did you mean 'qualities'"), "{why}");
    let why = home.refused(&["edit", "last", "--pain", "3", "--unset", "pain"]);
    assert!(why.contains("at once"), "{why}");
    let after = edited(
        &home,
        &["session-1", "--unset", "odd one,planned-s,ended_at"],
    );
    assert!(
        after.get("odd one").is_none() && after.get("planned_s").is_none(),
        "{after}"
    );
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let home = Home::new();
    home.ok(&["log", "4"]);
    put_session(&home, "session-1", SIX_BREATHS);
    for (args, said) in [
        (&["last", "--pain", "11"][..], "0 to 10"),
        (&["last", "--pain", "-1"], "0 to 10"),
        (&["last", "--quality", "acking"], "aching"),
        (&["last", "--at", "2026-03-29 02:30"], "skipped"),
        (&["last", "--at", "soonish"], "is not a time"),
        (&["session-1", "--active", "12"], "is not a duration"),
        (&["session-1", "--active", "-5m"], "is not a duration"),
        (&["session-1", "--status", "running"], "finished"),
        (&["nosuchid", "--pain", "3"], "unkink history"),
        (&["abc", "--pain", "3"], "at least 4 characters"),
    ] {
        let why = home.refused(&[&["edit"], args].concat());
        assert!(why.contains(said), "{args:?}: {why}");
    }
    let long = "x".repeat(16 * 1024 + 1);
    let why = home.refused(&["edit", "last", "--note", &long]);
    assert!(why.contains("too long"), "{why}");
}

#[test]
fn an_id_that_fits_several_entries_names_them() {
    let home = Home::new();
    put_session(&home, "same-1", SIX_BREATHS);
    put_session(&home, "same-2", SIX_BREATHS);
    for command in ["edit", "delete"] {
        let why = home.refused(&[command, "same"]);
        assert!(
            why.contains("same-1 (2026-11-01 21:30)") && why.contains("same-2"),
            "{why}"
        );
    }
}

#[test]
fn a_note_by_a_pipe_that_cannot_be_saved_is_given_back() {
    let home = Home::new();
    home.ok(&["log", "4"]);
    let ran = home.pipe(&["edit", "last", "--note", "-"], "two\nlines\n".as_bytes());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(home.history()[0]["note"], "two\nlines");
    let lock = std::fs::File::open(home.data().join(".lock")).unwrap();
    lock.lock().unwrap();
    let ran = home.pipe(&["edit", "last", "--note", "-"], b"precious");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("precious"), "{ran:?}");
    drop(lock);
    let long = format!("{}end", "x".repeat(20_000));
    for (args, note) in [
        (&["edit", "last", "--note", "-"][..], long.as_str()),
        (
            &["edit", "last", "--note", "-", "--quality", "acking"],
            "precious",
        ),
        (&["edit", "nosuch", "--note", "-"], "precious"),
        (
            &["log", "4", "--note", "-", "--at", "2026-03-29 02:30"],
            "precious",
        ),
    ] {
        let ran = home.pipe(args, note.as_bytes());
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(note), "{args:?}: {ran:?}");
    }
}

#[test]
fn what_is_far_too_long_for_a_note_is_not_poured_out_again() {
    let home = Home::new();
    home.ok(&["log", "4"]);
    let args = ["log", "4", "--note", "-"];
    // Cut off within a letter.
    let long = format!("begin{}", "é".repeat(3_000_000));
    let ran = home.pipe(&args, long.as_bytes());
    assert_eq!(ran.code, 2);
    assert!(ran.err.len() < 4_200_000, "{} bytes", ran.err.len());
    assert!(ran.err.contains("begin") && ran.err.contains("is not kept"));
    assert!(ran.err.contains("too long"), "not that it is no text");
    let bytes: Vec<u8> = (0..300_000_u32).map(|n| (n % 256) as u8).collect();
    let ran = home.pipe(&args, &bytes);
    assert_eq!(ran.code, 2);
    assert!(ran.err.len() < 400, "{}", ran.err);
    assert!(ran.err.contains("no text"), "{}", ran.err);
    let slightly = format!("{}end", "x".repeat(1_000_000));
    let ran = home.pipe(&args, slightly.as_bytes());
    assert!(ran.err.contains(&slightly), "all of it is given back");
    assert_eq!(home.history().len(), 1);
}

#[test]
fn an_edit_that_raises_a_sign_tells_what_to_do_once() {
    let home = Home::new();
    home.ok(&["log", "4"]);
    let ran = home.run(&["edit", "last", "--quality", "numb", "--where", "sacrum"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("Worth a second look"), "{ran:?}");
    let ran = home.run(&["edit", "last", "--note", "as before"]);
    assert!(ran.err.is_empty(), "it was told before: {ran:?}");
}

#[test]
fn a_value_that_two_machines_differ_on_is_settled_by_choosing_one() {
    let home = Home::new();
    home.ok(&["log", "4"]);
    let rec = home.history()[0]["rec"].as_str().unwrap().to_owned();
    let text = home.journal();
    let add: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    for (name, pain) in [("one", 5), ("two", 6)] {
        let line = json!({"v": 1, "op": "edit", "id": format!("{name}-op"), "rec": rec, "at": "2026-11-01T21:45:00+01:00",
                          "seen": [add["id"]], "set": {"pain": pain}});
        home.write(
            &format!("data/unkink/journal/{name}.jsonl"),
            &format!("{line}\n"),
        );
    }
    assert!(home.ok(&["history"]).contains("[changed in two places]"));
    let shown = home.history()[0]["pain"].to_string();
    let ran = home.run(&["edit", "last", "--pain", &shown]);
    assert!(ran.out.contains("Changed"), "{ran:?}");
    assert!(!home.ok(&["history"]).contains("two places"));
}

#[test]
fn a_deleted_entry_is_named_and_comes_back_by_undo() {
    let home = Home::new();
    home.ok(&["log", "4", "--note", "keep"]);
    home.ok(&["log", "7"]);
    let both = home.history();
    let why = home.refused(&["delete", "last"]);
    assert!(why.contains("--yes"), "{why}");
    let why = home.refused(&["delete", "last", "--no-input"]);
    assert!(why.contains("--yes"), "{why}");
    let told = home.ok(&["delete", "last", "--yes"]);
    assert!(
        told.contains("Deleted: today") && told.contains("pain 7"),
        "{told}"
    );
    assert!(told.contains("unkink undo"), "{told}");
    assert_eq!(home.history(), both[..1]);
    home.ok(&["undo"]);
    assert_eq!(home.history(), both);
    assert_eq!(home.run(&["delete", "nosuchid", "--yes"]).code, 2);
}

#[test]
fn edits_of_one_entry_in_two_processes_are_all_kept_and_none_is_in_conflict() {
    let home = Home::new();
    home.ok(&["log", "0"]);
    std::thread::scope(|scope| {
        for pains in [["1", "2", "3"], ["4", "5", "6"]] {
            let home = &home;
            scope.spawn(move || {
                for pain in pains {
                    home.ok(&["edit", "last", "--pain", pain, "--note", pain]);
                }
            });
        }
    });
    let entry = &home.history()[0];
    let pain = entry["pain"].as_u64().unwrap();
    assert!([3, 6].contains(&pain), "{entry}");
    assert_eq!(
        entry["note"],
        pain.to_string(),
        "both values of one edit: {entry}"
    );
    assert_eq!(home.journal().lines().count(), 7);
    assert!(!home.ok(&["history"]).contains("two places"));
}

#[test]
fn answers_of_a_questionnaire_are_corrected() {
    let home = Home::new();
    let line = "{\"v\":1,\"op\":\"add\",\"id\":\"q\",\"rec\":\"questions-1\",\"at\":\"2026-11-01T21:45:00+01:00\",\"set\":\
                {\"kind\":\"questionnaire\",\"started_at\":\"2026-11-01T21:30:00+01:00\",\"peg\":[4,3,5]}}\n";
    home.write("data/unkink/journal/q.jsonl", line);
    let after = edited(
        &home,
        &["questions-1", "--peg", "1,2,10", "--roland-morris", "24"],
    );
    assert_eq!(after["peg"], json!([1, 2, 10]));
    assert_eq!(after["roland_morris"], 24);
    for args in [
        ["--peg", "1,2"],
        ["--peg", "1,2,11"],
        ["--roland-morris", "25"],
        ["--pain", "3"],
    ] {
        home.refused(&[&["edit", "last"], &args[..]].concat());
    }
}

#[test]
fn a_blank_note_takes_the_note_away_and_leaves_no_entry_that_says_nothing() {
    let home = Home::new();
    home.ok(&["log", "4", "--note", "mine"]);
    for blank in ["", "   ", "\n"] {
        home.ok(&["edit", "last", "--note", "mine"]);
        let after = edited(&home, &["last", "--note", blank]);
        assert!(after.get("note").is_none(), "{blank:?}: {after}");
    }
    home.ok(&["log", "--note", "alone"]);
    let why = home.refused(&["edit", "last", "--note", "  \n"]);
    assert!(why.contains("says nothing"), "{why}");
}

#[test]
fn what_is_too_long_is_refused_before_anything_is_written() {
    let home = Home::new();
    put_session(&home, "recsession", SIX_BREATHS);
    let long = "x".repeat(16 * 1024 + 1);
    let why = home.refused(&["edit", "last", "--stopped-because", &long]);
    assert!(why.contains("too long"), "{why}");
    home.ok(&["edit", "last", "--stopped-because", &long[1..]]);
    for tag in ["x".repeat(20_000), "x".repeat(201)] {
        for args in [["log", "4", "--tag", &tag], ["edit", "last", "--tag", &tag]] {
            let why = home.refused(&args);
            assert!(
                why.contains("at most 200 bytes") && why.len() < 200,
                "{why}"
            );
        }
    }
    let tags = |count: usize| {
        (0..count)
            .map(|n| format!("t{n}"))
            .collect::<Vec<_>>()
            .join(",")
    };
    let why = home.refused(&["log", "4", "--tag", &tags(65)]);
    assert!(why.contains("at most 64"), "{why}");
    home.ok(&["log", "4", "--tag", &tags(64), "--tag", &"x".repeat(0)]);
    home.ok(&["edit", "last", "--tag", &"x".repeat(200)]);
}
