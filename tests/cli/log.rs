//! The log by command: what `log` keeps and refuses, and how entries are named, undone and done again.

use serde_json::Value;

use crate::home::Home;

#[test]
fn an_entry_is_kept_with_all_its_fields() {
    let home = Home::new();
    let saved: Value = serde_json::from_str(&home.ok(&[
        "log",
        "4",
        "-",
        "--tightness",
        "6",
        "--where",
        "belt-line:left,sacrum",
        "--where",
        "calf:both",
        "--travels-to",
        "knee",
        "--quality",
        "aching",
        "--tag",
        "sat long,mine,dull,calm",
        "--tag",
        "walk",
        "--mood",
        "tired",
        "--day",
        "rest",
        "--note",
        "a note",
        "--at",
        "2026-07-01 21:30",
        "--json",
    ]))
    .unwrap();
    assert_eq!(home.history(), std::slice::from_ref(&saved));
    assert_eq!(saved["kind"], "check-in");
    assert_eq!(saved["started_at"], "2026-07-01T21:30:00+02:00");
    assert_eq!(saved["pain"], 4);
    assert!(saved.get("stress").is_none(), "'-' is not rated");
    assert_eq!(
        saved["regions"],
        serde_json::json!(["belt-line:left", "sacrum", "calf:both"])
    );
    assert_eq!(saved["qualities"], serde_json::json!(["aching", "dull"]));
    assert_eq!(saved["triggers"], serde_json::json!(["sat long"]));
    assert_eq!(saved["actions"], serde_json::json!(["walk"]));
    assert_eq!(saved["mood"], serde_json::json!(["tired", "calm"]));
    assert_eq!(saved["tags"], serde_json::json!(["mine"]));
    let text = home.ok(&["history"]);
    assert!(
        text.contains("Wed 1 Jul 2026") || text.contains("Wed 1 Jul"),
        "{text}"
    );
    assert!(text.contains("21:30  pain 4, tightness 6"), "{text}");
}

#[test]
fn a_word_that_is_in_no_list_is_refused_with_the_nearest() {
    let home = Home::new();
    for (args, near) in [
        (["log", "4", "--quality", "acking"], "aching"),
        (["log", "4", "--where", "belt-lin:left"], "belt-line"),
        (["log", "4", "--mood", "happyish"], "mood"),
    ] {
        let ran = home.run(&args);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(near), "{ran:?}");
    }
    let four = home.run(&["log", "4", "--mood", "calm,tired,sad,tense"]);
    assert!(four.code == 2 && four.err.contains("three"), "{four:?}");
    assert!(!home.data().exists());
}

#[test]
fn a_skipped_time_is_refused_and_a_doubled_one_is_the_first() {
    let home = Home::new();
    let gap = home.run(&["log", "4", "--at", "2026-03-29 02:30"]);
    assert_eq!(gap.code, 2);
    assert!(
        gap.err.contains("01:59") && gap.err.contains("03:00"),
        "{gap:?}"
    );
    let twice = home.run(&["log", "4", "--at", "2025-10-26 02:30"]);
    assert_eq!(twice.code, 0, "{twice:?}");
    assert!(twice.err.contains("came twice"), "{twice:?}");
    assert_eq!(home.history()[0]["started_at"], "2025-10-26T02:30:00+02:00");
}

#[test]
fn notes_are_taken_literally() {
    let home = Home::new();
    let notes = ["-x", "--", "@file", "$(x)", "--json", "q\"uo\\te"];
    for (at, note) in notes.iter().enumerate() {
        let pain = at.to_string();
        home.ok(&["log", &pain, "--note", note]);
    }
    let kept: Vec<Value> = home
        .history()
        .iter()
        .map(|entry| entry["note"].clone())
        .collect();
    assert_eq!(kept, notes);
    for blank in ["", "  ", "\n", " \t\r\n", "\u{a0}"] {
        let why = home.refused(&["log", "--note", blank]);
        assert!(why.contains("nothing to log"), "{blank:?}: {why}");
    }
    home.ok(&["log", "4", "--note", "\n"]);
    assert!(home.history().last().unwrap().get("note").is_none());
}

#[test]
fn a_note_can_come_by_a_pipe_and_a_huge_one_is_refused() {
    let home = Home::new();
    let pipe = |text: &[u8]| home.pipe(&["log", "4", "--note", "-"], text);
    let text = "two\nlines \u{2028} \u{0} end";
    assert_eq!(pipe(format!("{text}\n").as_bytes()).code, 0);
    assert_eq!(home.history()[0]["note"], text);
    let before = home.journal();
    for bad in [vec![b'x'; 1_000_000], b"\xff\xfe".to_vec()] {
        let ran = pipe(&bad);
        assert_eq!(ran.code, 2, "{ran:?}");
    }
    assert_eq!(home.journal(), before);
    assert_eq!(pipe(&vec![b'x'; 16 * 1024]).code, 0, "the longest note");
}

#[test]
fn history_takes_days_and_a_limit_and_agrees_with_export() {
    let home = Home::new();
    for (pain, at) in [
        ("1", "2026-11-01 10:00"),
        ("2", "2026-11-01 09:00"),
        ("3", "2026-11-03 00:00"),
    ] {
        home.ok(&["log", pain, "--at", at]);
    }
    let pains = |args: &[&str]| -> Vec<u64> {
        let args = [&["history", "--json"], args].concat();
        let entries: Vec<Value> = serde_json::from_str(&home.ok(&args)).unwrap();
        entries
            .iter()
            .map(|entry| entry["pain"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(pains(&[]), [2, 1, 3]);
    assert_eq!(pains(&["--limit", "2"]), [1, 3], "counted from the newest");
    assert_eq!(pains(&["--since", "2026-11-02"]), [3]);
    assert_eq!(pains(&["--until", "2026-11-01"]), [2, 1]);
    assert_eq!(
        pains(&[
            "--since",
            "2026-11-01",
            "--until",
            "2026-11-01",
            "--limit",
            "1"
        ]),
        [1]
    );
    assert_eq!(pains(&["--limit", "0"]), [0_u64; 0]);
    let exported: Vec<Value> = serde_json::from_str(&home.ok(&["export"])).unwrap();
    assert_eq!(exported, home.history());
    let shown: Value = serde_json::from_str(&home.ok(&["show", "last", "--json"])).unwrap();
    assert_eq!(shown, exported[2]);
}

#[test]
fn what_is_undone_can_be_done_again() {
    let home = Home::new();
    home.ok(&["log", "3"]);
    home.ok(&["log", "7"]);
    let both = home.history();
    let undone = home.ok(&["undo"]);
    assert!(undone.contains('7'), "{undone}");
    assert_eq!(home.history(), both[..1]);
    home.ok(&["undo"]);
    assert!(home.history().is_empty());
    let nothing = home.run(&["undo"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, ""));
    assert!(!nothing.err.is_empty());
    home.ok(&["redo"]);
    home.ok(&["redo"]);
    assert_eq!(home.history(), both);
    assert_eq!(home.run(&["undo", "zzzz"]).code, 2);
}

#[test]
fn ids_are_last_or_any_unique_end() {
    let home = Home::new();
    home.ok(&["log", "3"]);
    home.ok(&["log", "7"]);
    let entries = home.history();
    let rec = entries[0]["rec"].as_str().unwrap();
    for id in [rec, &rec[rec.len() - 8..]] {
        let shown: Value = serde_json::from_str(&home.ok(&["show", id, "--json"])).unwrap();
        assert_eq!(shown, entries[0]);
    }
    assert_eq!(
        home.run(&["show", &rec[rec.len() - 3..]]).code,
        2,
        "too short"
    );
    assert_eq!(home.run(&["show", &rec[..8]]).code, 2, "both begin so");
    let text = home.ok(&["history"]);
    let short = text
        .lines()
        .last()
        .unwrap()
        .split_whitespace()
        .last()
        .unwrap()
        .to_owned();
    assert!(rec.ends_with(&short) && short.len() >= 4, "{text}");
}
