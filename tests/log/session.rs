//! What only sessions have, changed in a terminal.

use serde_json::{Value, json};

use crate::support::home::Home;
use crate::support::pty::Pty;

const CTRL_S: &str = "\x13";

/// With one session of a routine, from another machine.
fn home() -> Home {
    let home = Home::new();
    std::fs::create_dir_all(home.state()).unwrap();
    std::fs::write(home.state().join("seen.json"), "[\"disclaimer\"]\n").unwrap();
    let set = json!({
        "kind": "session", "started_at": "2026-03-19T20:00:00+01:00", "routine": "desk-reset", "status": "stopped",
        "stopped_because": "the phone", "planned_s": 400, "active_s": 249, "pain_before": 6, "from_later": [1],
        "items": [{"technique": "six-breaths", "planned_s": 400, "active_s": 249, "done": false}],
    });
    let line = json!({
        "v": 1, "op": "add", "id": "01900000-0000-7000-8000-000000000001",
        "rec": "01900000-0000-7000-8000-00000000000a", "at": "2026-03-19T20:10:00+01:00", "set": set,
    });
    let journal = home.data().join("journal");
    std::fs::create_dir_all(&journal).unwrap();
    std::fs::write(journal.join("00000000deadbeef.jsonl"), format!("{line}\n")).unwrap();
    home
}

fn in_the_form(home: &Home, size: (u16, u16)) -> Pty {
    let mut pty = Pty::start(home, size, &[]);
    pty.wait_for("Library");
    pty.send("3");
    pty.wait_for("Desk reset");
    pty.wait_for("Enter read");
    pty.send("e");
    pty.wait_for("Pain before");
    pty
}

/// Backwards until this field has the keys: what is rarely changed stands last.
fn back_to(pty: &mut Pty, field: &str) {
    let is_there = |pty: &Pty| {
        let seen = pty.screen().contents();
        seen.lines()
            .any(|line| line.contains(field) && line.contains(" of "))
    };
    let mut steps = 0;
    while !is_there(pty) {
        let before = pty.screen().contents();
        pty.send("\x1b[Z");
        pty.wait_until("the next field", |screen| screen.contents() != before);
        steps += 1;
        assert!(steps < 40, "{before}");
    }
}

fn leaves(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

fn only(home: &Home) -> Value {
    let export = home.command(&["export", "--format", "json"]);
    let mut entries: Vec<Value> = serde_json::from_slice(&export.stdout).unwrap();
    assert_eq!(entries.len(), 1, "{entries:?}");
    entries.remove(0)
}

#[test]
fn a_session_becomes_another_technique_that_was_finished() {
    let home = home();
    // One field at a time, as on a narrow terminal.
    let mut pty = in_the_form(&home, (60, 20));
    back_to(&mut pty, "It was");
    pty.send("f ");
    pty.wait_for("[x] finished");
    back_to(&mut pty, "What it was");
    pty.send("warm palm");
    pty.wait_until("it is the only one", |screen| {
        let seen = screen.contents();
        seen.contains("Warm palm sweep") && !seen.contains("Thumb")
    });
    pty.send("\r");
    pty.wait_for("Saved.");
    pty.wait_for("Warm palm sweep");
    leaves(pty);
    let entry = only(&home);
    assert_eq!(entry["technique"], "hand-warm-sweep", "{entry}");
    assert_eq!(entry["status"], "finished");
    for gone in ["routine", "stopped_because"] {
        assert_eq!(entry.get(gone), None, "{entry}");
    }
    assert_eq!(
        entry["items"],
        json!([{"technique": "hand-warm-sweep", "planned_s": 400, "active_s": 249, "done": false}])
    );
    assert_eq!(entry["from_later"], json!([1]), "what is not known is kept");
}

#[test]
fn a_field_of_another_version_is_shown_and_taken_away() {
    let home = home();
    let mut pty = in_the_form(&home, (60, 20));
    back_to(&mut pty, "from_later");
    pty.wait_for("It is kept");
    pty.send(" ");
    pty.wait_for("It is taken away");
    pty.send(CTRL_S);
    pty.wait_for("Saved.");
    leaves(pty);
    let entry = only(&home);
    assert_eq!(entry.get("from_later"), None, "{entry}");
    assert_eq!(entry["routine"], "desk-reset");
}

#[test]
fn one_more_part_is_added_and_the_session_becomes_a_queue() {
    let home = home();
    let mut pty = in_the_form(&home, (60, 20));
    back_to(&mut pty, "One more part");
    pty.send("warm palm");
    pty.wait_for("Enter adds it");
    pty.send("\r");
    pty.wait_for("New part");
    pty.send("0:30 ");
    pty.wait_for("[x] done");
    pty.send(CTRL_S);
    pty.wait_for("Saved.");
    let entry = only(&home);
    assert_eq!(entry["items"][1]["technique"], "hand-warm-sweep", "{entry}");
    assert_eq!(entry["items"][1]["active_s"], 30);
    assert_eq!(entry["items"][1]["done"], true);
    assert_eq!(entry["active_s"], 279, "the whole is its parts: {entry}");
    pty.send("e");
    pty.wait_for("Pain before");
    back_to(&mut pty, "What it was");
    pty.send("+warm palm");
    pty.wait_for("Desk reset, then Warm palm sweep");
    pty.send(CTRL_S);
    pty.wait_for("Saved.");
    leaves(pty);
    let entry = only(&home);
    assert_eq!(
        entry["queue"],
        json!(["desk-reset", "hand-warm-sweep"]),
        "{entry}"
    );
    assert_eq!(
        entry.get("items"),
        None,
        "which parts were done is not known: {entry}"
    );
}
