//! The command line from outside: answers, exit codes, and what is left on the disk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;

use serde_json::Value;

mod complete;
mod config;
mod edit;
mod edit_session;
mod examples;
mod history;
mod home;
mod import;
mod plain;
mod refusals;
mod report;
mod shapes;
mod stats;
mod status;
mod trouble;
mod validate;

use home::{Home, SHORT};

// Names and scales ---------------------------------------------------------------------------------------------------

#[test]
fn an_unknown_slug_names_the_nearest_and_exits_2() {
    let home = Home::new();
    for args in [
        &["show", "calf-swep"][..],
        &["start", "calf-swep", "--plain"],
        &["start", "calf-swep"],
        &["favourite", "calf-swep"],
    ] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(
            ran.err.contains("'calf-swep'") && ran.err.contains("'calf-sweep'"),
            "{ran:?}"
        );
    }
    let far = home.run(&["show", "zzzzzzzzzz"]);
    assert_eq!(far.code, 2);
    assert!(far.err.contains("unkink list"), "{far:?}");
}

#[test]
fn a_rating_off_the_scale_says_0_to_10_and_writes_nothing() {
    let home = Home::new();
    for typed in ["11", "-1", "5.5", "five", "256", "1e1", "５", ""] {
        for args in [
            vec!["log", typed],
            vec!["log", "4", typed],
            vec!["log", "--tightness", typed],
            vec!["start", "calf-sweep", "--plain", "--pain", typed],
        ] {
            let ran = home.run(&args);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {ran:?}");
            assert!(ran.err.contains("0 to 10"), "{args:?}: {ran:?}");
        }
    }
    assert!(!home.data().exists(), "nothing was written");
}

#[test]
fn wrong_usage_exits_2_and_help_and_version_exit_0() {
    let home = Home::new();
    assert_eq!(home.run(&["frobnicate"]).code, 2);
    assert_eq!(home.run(&["log"]).code, 2, "nothing to log");
    assert_eq!(home.run(&["log", "-", "-"]).code, 2, "nothing to log");
    assert_eq!(home.run(&["log", "4", "--at", "noon"]).code, 2);
    assert_eq!(home.run(&["history", "--since", "soon"]).code, 2);
    assert_eq!(home.run(&["export", "--format", "xml"]).code, 2);
    assert_eq!(home.run(&["start", "--plain", "--no-input"]).code, 2);
    assert_eq!(home.run(&["list", "--tool", "bal"]).code, 2);
    assert!(home.ok(&["--help"]).contains("history"));
    assert!(home.ok(&["--version"]).starts_with("unkink "));
    assert!(home.ok(&["log", "--help"]).contains("yesterday 21:30"));
    assert!(!home.data().exists());
}

#[test]
fn the_app_without_a_terminal_is_one_line_and_exit_2() {
    let home = Home::answered();
    for args in [&[][..], &["start", "calf-sweep"], &["--no-input"]] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    }
}

// The library --------------------------------------------------------------------------------------------------------

#[test]
fn list_and_show_answer_for_people_and_programs() {
    let home = Home::new();
    let list = home.ok(&["list"]);
    assert!(
        list.contains("calf-sweep                   1:53  C  Calf sweep"),
        "{list}"
    );
    let rows: Vec<Value> = serde_json::from_str(&home.ok(&["list", "--json"])).unwrap();
    let count = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).count();
    let library = unkink::content::built_in_library();
    let all = (library.techniques.len(), library.routines.len());
    assert_eq!((count("technique"), count("routine")), all);
    let row = rows.iter().find(|row| row["slug"] == "desk-reset").unwrap();
    assert_eq!(row["real_s"], 4 * 60 + 9 + 5);
    let balls: Vec<Value> = serde_json::from_str(&home.ok(&[
        "list",
        "--tool",
        "none,ball",
        "--minutes",
        "3",
        "--json",
    ]))
    .unwrap();
    assert!(balls.iter().any(|row| row["slug"] == "wall-ball-side-hip"));
    assert!(
        balls
            .iter()
            .all(|row| row["real_s"].as_u64().unwrap() <= 180)
    );
    let shown: Value = serde_json::from_str(&home.ok(&["show", "calf-sweep", "--json"])).unwrap();
    assert_eq!(shown["steps"][0]["each_side"], true);
    assert!(home.ok(&["show", "calf-sweep"]).contains("Stop if"));
    assert!(home.ok(&["show", "desk-reset"]).contains("4:14"));
    assert_eq!(
        home.run(&["list", "qqqqqqqq"]).code,
        0,
        "nothing found is an answer"
    );
}

#[test]
fn shown_toml_is_what_own_files_are_written_in() {
    let home = Home::new();
    let toml = home.ok(&["show", "calf-sweep", "--toml"]);
    let own = toml
        .replace("\"calf-sweep\"", "\"my-calf\"")
        .replace("Calf sweep", "My calf");
    home.write("config/unkink/techniques/my-calf.toml", &own);
    let shown: Value = serde_json::from_str(&home.ok(&["show", "my-calf", "--json"])).unwrap();
    assert_eq!(
        (shown["own"].as_bool(), shown["total_s"].as_u64()),
        (Some(true), Some(100))
    );
}

#[test]
fn an_own_technique_with_a_mistake_is_named_and_the_rest_loads() {
    let home = Home::new();
    home.add_short_technique();
    let broken = SHORT
        .replace("\"short\"", "\"broken\"")
        .replace("sides = ", "sidez = ");
    home.write("config/unkink/techniques/broken.toml", &broken);
    let ran = home.run(&["list", "--json"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("\"short\"") && ran.out.contains("\"calf-sweep\""));
    let line = ran
        .err
        .lines()
        .find(|line| line.contains("broken.toml"))
        .unwrap();
    assert!(
        line.contains('8') && line.contains("sidez"),
        "file, line and reason: {line}"
    );
    let doctor = home.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    assert!(doctor.out.contains("broken.toml"), "{doctor:?}");
}

#[test]
fn favourites_come_first_and_can_be_taken_back() {
    let home = Home::new();
    home.ok(&["favourite", "loose-fist-tapping"]);
    let list = home.ok(&["list"]);
    let tapping = list.find("* loose-fist-tapping").unwrap();
    assert!(tapping < list.find("hand-warm-sweep").unwrap());
    home.ok(&["favourite", "loose-fist-tapping", "--off"]);
    assert!(!home.ok(&["list"]).contains('*'));
}

#[test]
fn paths_are_told_and_data_dir_moves_the_log() {
    let home = Home::new();
    let told = home.ok(&["paths"]);
    assert!(told.contains(home.data().to_str().unwrap()), "{told}");
    let other = home.path("elsewhere");
    let other = other.to_str().unwrap();
    home.ok(&["--data-dir", other, "log", "4"]);
    assert!(Path::new(other).join("journal").is_dir());
    assert!(home.history().is_empty());
    assert!(
        home.ok(&["history", "--data-dir", other])
            .contains("pain 4")
    );
}

// The log ------------------------------------------------------------------------------------------------------------

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
