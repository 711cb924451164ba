//! Looking for entries.

use serde_json::Value;

use crate::home::Home;

fn pains(home: &Home, args: &[&str]) -> Vec<u64> {
    let args = [&["history", "--json"], args].concat();
    let entries: Vec<Value> = serde_json::from_str(&home.ok(&args)).unwrap();
    entries
        .iter()
        .map(|entry| entry["pain"].as_u64().unwrap())
        .collect()
}

#[test]
fn entries_are_found_by_text_tag_place_and_technique() {
    let home = Home::new();
    for (pain, more) in [
        (
            "1",
            &["--note", "After the long drive", "--tag", "Work"][..],
        ),
        ("2", &["--where", "belt-line:left", "--quality", "aching"]),
        (
            "3",
            &[
                "--where",
                "belt-line:right",
                "--travels-to",
                "foot",
                "--day",
                "flare",
            ],
        ),
    ] {
        let at = format!("2026-11-0{pain} 09:00");
        home.ok(&[&["log", pain, "--at", &at], more].concat());
    }
    assert_eq!(pains(&home, &["--text", "long drvie"]), [1]);
    assert_eq!(pains(&home, &["--tag", "work"]), [1]);
    assert_eq!(pains(&home, &["--tag", "aching,flare"]), [2, 3]);
    assert_eq!(pains(&home, &["--where", "belt-line"]), [2, 3]);
    assert_eq!(pains(&home, &["--where", "belt-line:right,sacrum"]), [3]);
    assert_eq!(pains(&home, &["--where", "foot"]), [3]);
    assert_eq!(
        pains(&home, &["--where", "belt-line", "--until", "2026-11-02"]),
        [2]
    );
    assert_eq!(pains(&home, &["--where", "belt-line", "--limit", "1"]), [3]);
    assert_eq!(pains(&home, &["--technique", "six-breaths"]), [0_u64; 0]);
    assert_eq!(pains(&home, &["--kind", "session"]), [0_u64; 0]);
    let both = ["--kind", "session,check-in", "--tag", "work"];
    assert_eq!(pains(&home, &both), [1]);
    let ran = home.run(&["history", "--text", "nothing of the kind"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("no such entries"), "{ran:?}");
    for (args, near) in [
        (["--where", "belt-lin"], "belt-line"),
        (["--technique", "six-breths"], "six-breaths"),
        (["--kind", "sesion"], "give session, check-in"),
    ] {
        let why = home.refused(&[&["history"], &args[..]].concat());
        assert!(why.contains(near), "{why}");
    }
}

#[test]
fn a_time_that_clocks_showed_twice_has_its_offset_and_no_other_has() {
    let home = Home::new();
    for (pain, at) in [
        ("1", "2025-10-26 01:30"),
        ("2", "2025-10-26T02:30+02:00"),
        ("3", "2025-10-26T02:30+01:00"),
        ("4", "2025-10-26 03:30"),
        // The same time of day in Tokyo and at home.
        ("5", "2025-11-02T10:00+09:00"),
        ("6", "2025-11-02T10:00+01:00"),
        ("7", "2025-11-03T10:00+09:00"),
    ] {
        home.ok(&["log", pain, "--at", at]);
    }
    let told = home.ok(&["history"]);
    for row in [
        "  01:30  pain 1",
        "  02:30 +02:00  pain 2",
        "  02:30 +01:00  pain 3",
        "  03:30  pain 4",
        "  10:00 +09:00  pain 5",
        "  10:00 +01:00  pain 6",
        "  10:00  pain 7",
    ] {
        assert!(told.contains(row), "{row}: {told}");
    }
    let second = home.history()[2]["rec"].as_str().unwrap().to_owned();
    let gone = home.ok(&["delete", &second, "--yes"]);
    assert!(gone.contains("02:30 +01:00  pain 3"), "{gone}");
}

#[test]
fn last_is_the_newest_by_its_own_time_and_a_backdated_entry_tells_its_id() {
    let home = Home::new();
    home.ok(&["log", "4"]);
    let told = home.ok(&["log", "7", "--at", "-2h"]);
    let shown = |id: &str| home.ok(&["show", id, "--json"]);
    assert!(shown("last").contains("\"pain\":4"));
    let (_, id) = told.split_once("'unkink edit ").unwrap();
    let (id, _) = id.split_once('\'').unwrap();
    assert!(shown(id).contains("\"pain\":7"), "{told}");
    for args in [&["log", "5"][..], &["log", "6", "--at", "-1h", "--json"]] {
        let told = home.ok(args);
        assert!(!told.contains("newer"), "{told}");
    }
    for command in ["edit", "delete", "forget", "show"] {
        let help = home.ok(&[command, "--help"]);
        assert!(help.contains("the newest by its own time"), "{help}");
    }
}
