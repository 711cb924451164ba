//! What the log comes to, and the questionnaire.

use chrono::{Datelike, Days, NaiveDate, Utc};
use chrono_tz::Europe::Berlin;
use serde_json::Value;

use crate::home::Home;

/// Lines of a journal: sessions of one technique, one an hour from two o'clock on, on this day.
fn sessions(day: NaiveDate, pairs: &[(u8, u8)]) -> String {
    let line = |(n, (before, after)): (usize, &(u8, u8))| {
        let at = |minute: u8| format!("{day}T{:02}:{minute:02}:00+01:00", n + 2);
        format!(
            r#"{{"v":1,"op":"add","id":"op-{n}","rec":"rec-{n}","at":"{0}","set":{{"kind":"session","technique":"six-breaths","status":"finished","active_s":100,"started_at":"{0}","ended_at":"{1}","rated_after_at":"{2}","pain_before":{before},"pain_after":{after}}}}}
"#,
            at(0),
            at(5),
            at(6)
        )
    };
    pairs.iter().enumerate().map(line).collect()
}

/// In the zone that each home has.
fn yesterday() -> NaiveDate {
    let now = Utc::now().with_timezone(&Berlin);
    now.date_naive() - Days::new(1)
}

/// The answer without its days: they are those of this run.
fn blotted(text: &str) -> String {
    let mut text = text.to_owned();
    let today = yesterday() + Days::new(1);
    for day in (0..14).map(|back| today - Days::new(back)) {
        text = text.replace(&day.to_string(), "<day>");
    }
    for day in [yesterday(), today] {
        if let Some(first) = day.with_day(1) {
            text = text.replace(&first.to_string(), "<day>");
        }
    }
    text
}

fn of(pairs: &[(u8, u8)]) -> Home {
    let home = Home::new();
    home.write(
        "data/unkink/journal/all.jsonl",
        &sessions(yesterday(), pairs),
    );
    home
}

const SEVEN: [(u8, u8); 7] = [(6, 4), (5, 5), (7, 4), (4, 2), (1, 1), (5, 3), (6, 7)];

/// From a heading to the next one.
fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    let start = text
        .find(heading)
        .unwrap_or_else(|| panic!("{heading} in {text}"));
    let section = &text[start..];
    section.split("\n\n").next().unwrap()
}

#[test]
fn what_helps_reads_calmly_and_says_how_sure_it_is() {
    let home = of(&SEVEN);
    let text = blotted(&home.ok(&["stats"]));
    insta::assert_snapshot!("stats-what-helps", section(&text, "What came after"));
    insta::assert_snapshot!("stats-other-causes", section(&text, "What else may be"));
    insta::assert_snapshot!("stats-time-of-day", section(&text, "Time of day"));
    assert!(text.contains("pain 5 (1 to 7, of 7)"), "{text}");
}

#[test]
fn few_sessions_are_told_as_few() {
    let text = of(&SEVEN[..2]).ok(&["stats"]);
    assert!(text.contains("pain: 6 to 4, 5 to 5"), "{text}");
    assert!(!text.contains("at the median"), "{text}");
    let text = of(&SEVEN[..4]).ok(&["stats"]);
    assert!(
        text.contains("2 lower at the median of 4, too few to tell"),
        "{text}"
    );
    assert!(!text.contains("spread from"), "{text}");
}

#[test]
fn an_empty_log_has_an_answer_too() {
    let home = Home::new();
    let ran = home.run(&["stats"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("no entries yet"), "{ran:?}");
    let json: Value = serde_json::from_str(&home.ok(&["stats", "--json"])).unwrap();
    assert_eq!(json["entries"], 0);
    assert_eq!(json["pain"], Value::Null);
    assert_eq!(json["peg"]["is_due"], true);
    assert!(!home.data().exists(), "nothing was written");
}

#[test]
fn since_leaves_out_what_was_before() {
    let home = of(&SEVEN);
    home.ok(&["log", "9"]);
    let json = |since| -> Value {
        serde_json::from_str(&home.ok(&["stats", "--json", "--since", since])).unwrap()
    };
    assert_eq!(json("today")["pain"]["n"], 1);
    assert_eq!(json("today")["helped"], Value::Array(Vec::new()));
    assert_eq!(json("2d")["pain"]["n"], 8);
    assert_eq!(json("2d")["by_day"].as_array().unwrap().len(), 2);
    assert!(
        home.refused(&["stats", "--since", "soon"])
            .contains("'soon'")
    );
}

#[test]
fn hidden_numbers_are_words_and_json_keeps_them() {
    let home = of(&SEVEN);
    home.write("state/unkink/seen.json", r#"["numbers hidden"]"#);
    let text = home.ok(&["stats"]);
    let helped = section(&text, "What came after");
    assert!(helped.contains("lower at the median of 7"), "{text}");
    assert!(
        !helped.contains("2 lower at") && !helped.contains("spread from"),
        "{text}"
    );
    assert!(text.contains("some pain (of 7)"), "{text}");
    assert!(text.contains("Numbers are hidden"), "{text}");
    assert!(home.ok(&["stats", "--json"]).contains("\"median\""));
}

#[test]
fn while_a_sign_that_locks_is_open_its_text_stands_there_and_no_number() {
    let home = of(&SEVEN);
    let profile = |id: &str| {
        let day = yesterday();
        let text =
            format!("asked_on = {day}\n\n[answers]\n{id} = {{ answer = \"yes\", on = {day} }}\n");
        home.write("data/unkink/profile.toml", &text);
    };
    for id in ["E1", "U1"] {
        profile(id);
        let text = home.ok(&["stats"]);
        assert!(text.contains(&format!("{id}  ")), "{id}: {text}");
        assert!(
            !text.contains("median") && text.contains("no trend"),
            "{text}"
        );
        let json: Value = serde_json::from_str(&home.ok(&["stats", "--json"])).unwrap();
        assert!(json["silent"].to_string().contains(id), "{json}");
        assert_eq!(json.get("pain"), None);
    }
    // Of those that lock nothing the numbers go on.
    profile("U7");
    assert!(home.ok(&["stats"]).contains("median"));
}

#[test]
fn a_peg_is_saved_whole_or_not_at_all() {
    let home = Home::new();
    let ran = home.run(&["ask", "peg", "4", "-", "5"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("no score"), "{ran:?}");
    assert_eq!(home.ok(&["ask", "peg", "-", "-", "-", "--json"]), "null\n");
    assert!(home.history().is_empty());
    for args in [
        &["ask", "peg"][..],
        &["ask", "peg", "--no-input"],
        &["ask", "peg", "4", "3"],
        &["ask", "peg", "4", "3", "11"],
        &["ask", "peg", "4", "3", "5", "6"],
    ] {
        home.refused(args);
    }
    assert!(
        home.refused(&["ask", "peg", "--no-input"])
            .contains("A B C")
    );
    assert_eq!(
        home.ok(&["ask", "peg", "4", "4", "5"]),
        "Saved: PEG 4.3 (mean of 4, 4 and 5)\n"
    );
    let again = home.run(&["ask", "peg", "4", "3", "2", "--json"]);
    assert!(
        again.err.contains("once") || again.err.contains("is enough"),
        "{again:?}"
    );
    let saved: Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!(saved["kind"], "questionnaire");
    assert_eq!(saved["peg"].to_string(), "[4,3,2]");
    assert!(home.ok(&["history"]).contains("PEG 3.0 (4, 3, 2)"));
    let json: Value = serde_json::from_str(&home.ok(&["stats", "--json"])).unwrap();
    assert_eq!(json["peg"]["answers"].as_array().unwrap().len(), 2);
    assert_eq!(json["peg"]["is_due"], false);
    assert_eq!(json["peg"]["change"]["judged"], "too close");
    home.ok(&["undo"]);
    assert_eq!(home.history().len(), 1);
}

#[test]
fn what_is_told_without_names_of_ones_own_is_plain_ascii() {
    let home = Home::new();
    assert!(home.ok(&["stats", "--demo"]).is_ascii());
    let long = "x".repeat(300);
    assert!(home.run(&["log", "4", "--tag", &long]).err.is_ascii());
    assert!(home.ok(&["config", "--default"]).is_ascii());
}
