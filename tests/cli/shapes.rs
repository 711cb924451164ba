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

#[test]
fn the_shapes_of_answers_to_what_takes_away_and_brings_back_stay() {
    let home = home();
    let root = home.0.path().to_str().unwrap().to_owned();
    // The line that is written has an id of its own each time.
    let plain = |text: String| {
        let text = text.replace(&root, "<home>");
        let rows = text.lines().map(|row| match row.split_once("\"op\": \"") {
            Some((before, _)) => format!("{before}\"op\": \"<op>\","),
            // How a day is told depends on today.
            None => match row.split_once(" from ") {
                Some((before, _)) => format!("{before} from <day>\""),
                None => row.to_owned(),
            },
        });
        rows.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(
        "delete",
        home.ok(&["delete", "questions-1", "--yes", "--json"])
    );
    insta::assert_snapshot!("undo", plain(home.ok(&["undo", "--json"])));
    insta::assert_snapshot!("redo", plain(home.ok(&["redo", "--json"])));
    insta::assert_snapshot!("redo_nothing", home.ok(&["redo", "--json"]));
    home.ok(&["undo"]);
    let diary = home.write("diary.csv", "date,pain,weather\n2026-11-05,4,rain\n");
    let args = ["import", diary.to_str().unwrap(), "--dry-run", "--json"];
    insta::assert_snapshot!("import", home.ok(&args));
    home.ok(&["edit", "questions-1", "--note", "n"]);
    let args = ["forget", "questions-1", "--yes", "--json"];
    let forgotten = plain(home.ok(&args));
    let device = std::fs::read_dir(home.journal_dir()).unwrap();
    let mut names = device.map(|file| file.unwrap().file_name().into_string().unwrap());
    let own = names.find(|name| name != "all.jsonl").unwrap();
    insta::assert_snapshot!("forget", forgotten.replace(&own, "<device>.jsonl"));
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

/// The names of all members, however deep.
fn members(value: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
    match value {
        serde_json::Value::Array(list) => list.iter().for_each(|value| members(value, found)),
        serde_json::Value::Object(object) => {
            for (name, value) in object {
                found.insert(name.clone());
                members(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_member_of_an_answer_stands_on_the_page_about_them() {
    let pages = [
        include_str!("../../src/cli/json.md"),
        include_str!("../../src/journal/format.md"),
    ];
    let home = Home::answered();
    home.write("data/unkink/journal/all.jsonl", ALL);
    home.write("own.toml", "slug = 5\n");
    let own = home.path("own.toml");
    let asked: [&[&str]; 13] = [
        &["history", "--json"],
        &["list", "--json"],
        &["suggest", "--json"],
        &["show", "questions-1", "--json"],
        &["stats", "--json"],
        &["stats", "--demo", "--json"],
        &["status", "--json"],
        &["safety", "--json"],
        &["doctor", "--json"],
        &["config", "--json"],
        &["validate", own.to_str().unwrap(), "--json"],
        &["undo", "--json"],
        &["ask", "peg", "4", "3", "5", "--json"],
    ];
    for args in asked {
        let answer = serde_json::from_str(&home.run(args).out).unwrap();
        let mut named = std::collections::BTreeSet::new();
        members(&answer, &mut named);
        assert!(!named.is_empty(), "{args:?}");
        for name in named
            .iter()
            .filter(|name| *name != "newer_field" && *name != "x" && *name != "a")
        {
            let told = format!("`{name}`");
            let is_told = pages.iter().any(|page| page.contains(&told));
            assert!(is_told, "{args:?}: {name} is not told");
        }
    }
}
