//! What programs read: the shapes of `--json` answers and of the table, pinned.

use crate::home::Home;

/// One line with every field that there is.
const ALL: &str = r#"{"v":1,"op":"add","id":"op-1","rec":"session-1","at":"2026-11-01T21:45:00+01:00","set":{"kind":"session","started_at":"2026-11-01T21:30:00+01:00","ended_at":"2026-11-01T21:36:00+01:00","rated_after_at":"2026-11-01T21:36:20+01:00","routine":"desk-reset","items":[{"technique":"six-breaths","planned_s":100,"active_s":90,"done":true},{"technique":"long-exhale","planned_s":200,"active_s":150,"done":false}],"status":"stopped","stopped_because":"the phone","planned_s":308,"active_s":240,"steps_done":5,"side_first":"right","pain_before":5,"pain_after":3,"stress_before":6,"stress_after":4,"pressure":3,"tightness":4,"regions":["belt-line:left","sacrum"],"travels_to":["foot"],"qualities":["aching"],"triggers":["sat long"],"actions":["walk"],"tags":["mine","a;b"],"day":["rest"],"mood":["calm"],"note":"=two,\nlines","newer_field":{"x":1}}}
{"v":1,"op":"add","id":"op-2","rec":"questions-1","at":"2026-11-02T21:45:00+01:00","set":{"kind":"questionnaire","started_at":"2026-11-02T21:30:00+01:00","peg":[4,3,5],"roland_morris":7,"plan":{"a":1}}}
"#;

fn home() -> Home {
    let home = Home::new();
    home.write("data/unkink/journal/all.jsonl", ALL);
    home
}

/// An answer with the ids of this run blotted out.
fn blotted(home: &Home, text: &str) -> String {
    let mut text = text.to_owned();
    for entry in home.history() {
        let rec = entry["rec"].as_str().unwrap();
        if !rec.ends_with("-1") {
            text = text.replace(rec, "<rec>");
        }
    }
    text
}

#[test]
fn the_shapes_of_answers_stay() {
    let home = home();
    insta::assert_snapshot!("history", home.ok(&["history", "--json"]));
    insta::assert_snapshot!("show", home.ok(&["show", "session-1", "--json"]));
    insta::assert_snapshot!("table", home.ok(&["export", "--format", "csv"]));
    let logged = home.ok(&[
        "log",
        "4",
        "-",
        "--tag",
        "mine,aching",
        "--at",
        "2026-11-03 09:00",
        "--json",
    ]);
    insta::assert_snapshot!("log", blotted(&home, &logged));
    let edited = home.ok(&["edit", "last", "--pain", "6", "--unset", "tags", "--json"]);
    insta::assert_snapshot!("edit", blotted(&home, &edited));
}
