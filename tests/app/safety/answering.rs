//! `unkink safety`: answers given, looked at and taken back by command.

use serde_json::json;

use super::*;

#[test]
fn safety_tells_programs_what_is_in_force() {
    let home = Home::empty();
    assert_eq!(
        json_of(&home, &["safety", "--json"]),
        json!({
            "bar": "due", "emergency": [], "clinician": [], "conditions": [],
            "asked_on": null, "due_on": null, "unreadable": null,
        })
    );
    let day = today();
    let due: chrono::NaiveDate = day.parse().unwrap();
    let due = (due + chrono::Days::new(28)).to_string();
    let answered = json_of(
        &home,
        &["safety", "--answer", "k18,u7", "--answer", "E11", "--json"],
    );
    assert_eq!(
        answered,
        json!({
            "bar": "emergency",
            "emergency": [{
                "id": "E11",
                "words": "Thinking of ending your life, or afraid that you might act on it (crisis line or emergency \
                          number now; do not stay alone)",
                "on": day,
            }],
            "clinician": [{"id": "U7", "words": "First back pain under 20 or over 50-55", "on": day}],
            "conditions": [{"id": "K18", "words": "Sore or artificial knee", "on": day}],
            "asked_on": day, "due_on": due, "unreadable": null,
        })
    );
    let text = ok(&home, &["safety"]);
    for part in ["In force", "E11", "K26", "Do your knees dislike kneeling?"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn what_is_typed_wrong_changes_nothing() {
    let home = Home::new();
    ok(&home, &["safety", "--set", "U8=yes"]);
    let before = profile_of(&home);
    for (args, part) in [
        (&["--answer", "K77"][..], "there is no question 'K77'"),
        (&["--answer", "none,K2x"], "did you mean K2"),
        (&["--set", "K2"], "ID=yes or ID=no"),
        (&["--set", "K2=maybe"], "ID=yes or ID=no"),
        (&["--set", "=yes"], "there is no question"),
        (&["--set", "K2=yes,U99=no"], "'U99'"),
        (&["--seen-by-clinician", "U8"], "--seen-by-clinician"),
        (
            &["--seen-by-clinician", "U8", "yesterday"],
            "is no day up to today",
        ),
        (
            &["--seen-by-clinician", "U8", "2026-02-30"],
            "is no day up to today",
        ),
        (
            &["--seen-by-clinician", "U8", "2999-01-01"],
            "is no day up to today",
        ),
        (
            &["--seen-by-clinician", "U8", "2020-01-01"],
            "says nothing about it",
        ),
        (
            &["--seen-by-clinician", "U9", "2026-01-01"],
            "was not answered with yes",
        ),
        (&["--by-mistake"], "--answer"),
    ] {
        let ran = run(&home, &[&["safety"], args].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {ran:?}");
        assert!(ran.err.contains(part), "{part} in {args:?}: {ran:?}");
        assert_eq!(profile_of(&home), before, "{args:?}");
    }
}

#[test]
fn an_emergency_answer_is_left_only_by_mistake_with_all_anew_or_by_a_clinician() {
    let home = Home::new();
    add_quick(&home);
    ok(&home, &["safety", "--set", "E3=yes"]);
    for args in [
        &["safety", "--set", "E3=no"][..],
        &["safety", "--answer", "none"],
        &["safety", "--answer", "K2"],
    ] {
        assert_refused(&home, args, "E3");
        assert_refused(&home, &QUICK, "while E3");
    }
    ok(&home, &["safety", "--answer", "none", "--by-mistake"]);
    ok(&home, &QUICK);
    ok(&home, &["safety", "--set", "E3=yes"]);
    ok(&home, &["safety", "--seen-by-clinician", "e3", &today()]);
    ok(&home, &QUICK);
    assert!(profile_of(&home).contains("seen_by_clinician"));
    // The day before does not count for an answer given anew.
    let yesterday = today().parse::<chrono::NaiveDate>().unwrap() - chrono::Days::new(1);
    ok(&home, &["safety", "--set", "E4=yes"]);
    let ran = run(
        &home,
        &[
            "safety",
            "--seen-by-clinician",
            "E4",
            &yesterday.to_string(),
        ],
    );
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_refused(&home, &QUICK, "while E4");
}
