//! What is off by the answers and by the log, as list, show, log and suggest say it.

use serde_json::{Value, json};

use super::*;

fn row<'a>(rows: &'a Value, slug: &str) -> &'a Value {
    let mut rows = rows.as_array().unwrap().iter();
    rows.find(|row| row["slug"] == slug).unwrap()
}

#[test]
fn list_and_show_say_what_is_off_and_why() {
    let home = Home::new();
    let rows = json_of(&home, &["list", "--json"]);
    assert!(
        rows.as_array()
            .unwrap()
            .iter()
            .all(|row| row["off"] == json!([]))
    );
    ok(&home, &["safety", "--set", "K2=yes"]);
    let rows = json_of(&home, &["list", "--json"]);
    let reason = json!([{"id": "K2", "words": "blood thinners or bleeding: no strong pressure, no hard tools"}]);
    assert_eq!(row(&rows, "cane-hook-hold")["off"], reason);
    assert_eq!(row(&rows, "six-breaths")["off"], json!([]));
    assert_eq!(row(&rows, "desk-reset")["off"], json!([]));
    assert_eq!(
        row(&rows, "desk-reset")["left_out"],
        json!(["Knuckle rub beside the spine"])
    );
    assert_eq!(row(&rows, "ball-on-wall")["off"][0]["id"], "K2");
    assert_eq!(row(&rows, "evidence-letters")["off"], json!([]));

    let text = ok(&home, &["list", "hook-cane"]);
    let expected = "Hook-cane hold  [off]\n    off: blood thinners or bleeding: no strong pressure, no hard tools\n";
    assert!(text.contains(expected), "{text}");
    let text = ok(&home, &["list", "desk", "reset"]);
    assert!(
        text.contains("    without: Knuckle rub beside the spine"),
        "{text}"
    );
    let allowed = json_of(&home, &["list", "--allowed", "--json"]);
    let allowed = allowed.as_array().unwrap();
    assert!(allowed.iter().all(|row| row["off"] == json!([])));
    assert_eq!(
        allowed
            .iter()
            .filter(|row| row["kind"] == "technique")
            .count(),
        28
    );
    assert!(!ok(&home, &["list", "--allowed"]).contains("[off]"));

    let shown = ok(&home, &["show", "cane-hook-hold"]);
    assert!(
        shown.contains("Off        blood thinners or bleeding: no strong pressure"),
        "{shown}"
    );
    let shown = json_of(&home, &["show", "cane-hook-hold", "--json"]);
    assert_eq!(shown["off"], reason);
    let shown = ok(&home, &["show", "desk-reset"]);
    assert!(
        shown.contains("Left out   Knuckle rub beside the spine (blood thinners"),
        "{shown}"
    );
    let shown = json_of(&home, &["show", "desk-reset", "--json"]);
    assert_eq!(
        (&shown["off"], &shown["left_out"]),
        (&json!([]), &json!(["Knuckle rub beside the spine"]))
    );
    // An own file is no place for it.
    assert!(!ok(&home, &["show", "cane-hook-hold", "--toml"]).contains("off"));

    ok(&home, &["safety", "--set", "E1=yes"]);
    let rows = json_of(&home, &["list", "--json"]);
    for slug in ["six-breaths", "desk-reset", "cane-hook-hold"] {
        assert_eq!(row(&rows, slug)["off"][0]["id"], "E1", "{slug}");
    }
}

#[test]
fn log_saves_and_tells_the_card_of_what_it_raises() {
    let home = Home::new();
    let ran = run(
        &home,
        &["log", "4", "--quality", "numb", "--where", "sacrum"],
    );
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("Saved: today"), "{ran:?}");
    for part in [
        "Worth a second look: numb, sacrum.",
        "E1  Numb, tingling or odd feeling between the legs",
        "E5  Weakness, numbness or pain down BOTH legs",
        "Call your local emergency number",
        "U8  Weakness or numbness in one leg",
        "(same day for any new weakness",
        "K11  Does pain",
        "is asked before the next session",
    ] {
        assert!(ran.err.contains(part), "{part} in {ran:?}");
    }
    assert_eq!(
        json_of(&home, &["history", "--json"])
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // An entry for programs is told the same way.
    let ran = run(&home, &["log", "--trigger", "slipped or tripped", "--json"]);
    serde_json::from_str::<Value>(&ran.out).unwrap();
    assert!(ran.err.contains("E8  Back pain straight after"), "{ran:?}");
    // Nothing raised, nothing said; and what is long past raises nothing.
    assert_eq!(run(&home, &["log", "4", "--quality", "aching"]).err, "");
    let old = [
        "log",
        "4",
        "--quality",
        "numb",
        "--where",
        "sacrum",
        "--at",
        "2020-01-01 10:00",
    ];
    assert_eq!(run(&home, &old).err, "");
}

#[test]
fn log_notices_pain_that_jumps_above_the_weeks_middle() {
    let home = Home::new();
    add_quick(&home);
    for at in ["-70h", "-50h", "-30h"] {
        assert_eq!(run(&home, &["log", "3", "--at", at]).err, "");
    }
    assert_eq!(run(&home, &["log", "6"]).err, "");
    let ran = run(&home, &["log", "8"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err
            .contains("pain is 5 above the middle of the week before"),
        "{ran:?}"
    );
    assert!(
        ran.err.contains("U15  Not better after a few weeks"),
        "{ran:?}"
    );
    assert_refused(&home, &QUICK, "'unkink safety --set U1=no,U15=no'");
    ok(&home, &["safety", "--set", "U1=no,U15=no"]);
    ok(&home, &QUICK);
    // One that is about an earlier day is not the newest.
    assert_eq!(run(&home, &["log", "9", "--at", "-40h"]).err, "");
}

#[test]
fn suggest_names_only_what_may_start_and_nothing_after_an_emergency_answer() {
    let home = Home::new();
    ok(&home, &["safety", "--answer", "K2"]);
    let rows = json_of(&home, &["suggest", "--tool", "ball", "--json"]);
    let rows = rows.as_array().unwrap();
    assert!((1..=3).contains(&rows.len()), "{rows:?}");
    for row in rows {
        assert_eq!(row["off"], json!([]), "{row}");
        let listed = json_of(&home, &["list", "--allowed", "--json"]);
        let slugs: Vec<&Value> = listed
            .as_array()
            .unwrap()
            .iter()
            .map(|row| &row["slug"])
            .collect();
        assert!(slugs.contains(&&row["slug"]));
    }
    let text = ok(&home, &["suggest", "--minutes", "2"]);
    assert!(!text.is_empty());
    assert_eq!(run(&home, &["suggest", "--position", "moon"]).code, 2);
    ok(&home, &["safety", "--set", "E1=yes"]);
    assert_refused(&home, &["suggest"], "nothing can be started");
}

#[test]
fn the_persons_own_emergency_number_stands_in_the_text() {
    let home = Home::new();
    let today = today();
    home.write_profile(&format!(
        "emergency_number = \"the harbour nurse, 5 55\"\nasked_on = {today}\n\n[answers]\nE1 = {{ answer = \"yes\", on = {today} }}\n"
    ));
    let ran = run(&home, &["start", "six-breaths", "--plain"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("Call the harbour nurse, 5 55."), "{ran:?}");
    // A change keeps it.
    ok(&home, &["safety", "--answer", "none", "--by-mistake"]);
    assert!(profile_of(&home).contains("harbour nurse"));
}

#[test]
fn a_lock_is_lifted_by_a_clinician_or_as_a_slip_and_by_nothing_else() {
    let home = Home::new();
    ok(&home, &["safety", "--set", "U8=yes"]);
    assert_refused(&home, &["safety", "--set", "U8=no"], "U8");
    assert_refused(&home, &["safety", "--answer", "none"], "U8");
    assert_refused(
        &home,
        &["start", "calf-sweep", "--plain", "--no-rating"],
        "is off",
    );
    ok(&home, &["safety", "--seen-by-clinician", "U8", &today()]);
    let open = json_of(&home, &["safety", "--json"]);
    assert_eq!(open["clinician"], json!([]));
}
