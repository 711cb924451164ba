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
    let ran = home.run(&["history", "--text", "nothing of the kind"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("no such entries"), "{ran:?}");
    for (args, near) in [
        (["--where", "belt-lin"], "belt-line"),
        (["--technique", "six-breths"], "six-breaths"),
    ] {
        let why = home.refused(&[&["history"], &args[..]].concat());
        assert!(why.contains(near), "{why}");
    }
}
