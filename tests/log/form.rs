//! The form of an entry.

use serde_json::{Value, json};

use crate::support::home::Home;
use crate::support::pty::Pty;

const CTRL_S: &str = "\x13";

/// The log pane, the first text read.
fn at_the_log(home: &Home, size: (u16, u16)) -> Pty {
    let mut pty = Pty::start(home, size, &[]);
    pty.wait_for("Before you start");
    pty.send("\r");
    pty.wait_until("the first text is closed", |screen| {
        !screen.contents().contains("Before you start")
    });
    pty.send("3");
    pty.wait_until("the log is read", |screen| {
        let seen = screen.contents();
        // An empty log has nothing to read.
        let is_read = seen.contains("Enter read") || seen.contains("Nothing here yet");
        is_read && !seen.contains("reading")
    });
    pty
}

fn leave(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

/// The log as `export` tells it, oldest first.
fn exported(home: &Home) -> Vec<Value> {
    let export = home.command(&["export", "--format", "json"]);
    serde_json::from_slice(&export.stdout).expect("JSON")
}

fn only(home: &Home) -> Value {
    let mut entries = exported(home);
    assert_eq!(entries.len(), 1, "{entries:?}");
    entries.remove(0)
}

#[test]
fn three_keys_after_l_save_a_check_in() {
    let home = Home::new();
    let mut pty = at_the_log(&home, (80, 24));
    pty.send("l");
    pty.wait_for("worst possible pain");
    pty.wait_for("as stressed as you can imagine");
    pty.send("43\r");
    pty.wait_for("Saved.");
    leave(pty);
    let entry = only(&home);
    assert_eq!((&entry["pain"], &entry["stress"]), (&json!(4), &json!(3)));
}

#[test]
fn the_whole_form_is_filled_at_every_size() {
    for size in [(40, 12), (80, 24), (120, 36)] {
        let home = Home::new();
        let mut pty = at_the_log(&home, size);
        pty.send("l43\t");
        pty.wait_for("Tightness");
        pty.send("6\tb ");
        pty.wait_for("[x] L");
        // On the map: outwards, both sides there.
        pty.send("\t\x1b[Db");
        pty.wait_until("the pelvis rim is taken", |screen| {
            let seen = screen.contents();
            seen.contains("pelvis rim, left: chosen") || seen.contains("[x] L [x] R")
        });
        pty.send("\tt\x1b[C ");
        pty.send("\ta \tb \t \tc \tr \tchoir,sofa\ta note\t");
        pty.send("yesterday 21:30");
        pty.wait_for("21:30 (UTC");
        pty.send("\r");
        // That it travels to the thigh is told now and asked before the next session.
        pty.wait_for("Saved. Worth a second look");
        leave(pty);
        let entry = only(&home);
        assert_eq!(entry["tightness"], 6, "{entry}");
        assert_eq!(
            entry["regions"],
            json!(["belt-line:left", "pelvis-rim:both"])
        );
        assert_eq!(entry["travels_to"], json!(["thigh:right"]));
        assert_eq!(entry["qualities"], json!(["aching"]));
        assert_eq!(entry["triggers"], json!(["bent"]));
        assert_eq!(entry["actions"], json!(["walk"]));
        assert_eq!(entry["day"], json!(["rest"]));
        assert_eq!(entry["tags"], json!(["choir", "sofa"]));
        assert_eq!(entry["note"], "a note");
        let at = entry["started_at"].as_str().unwrap();
        assert!(at.contains("T21:30:00"), "{at}");
    }
}

#[test]
fn an_entry_is_changed_and_only_what_was_changed_is_written() {
    let home = Home::new();
    home.command(&["log", "5", "4", "--quality", "aching", "--note", "sat long"]);
    let mut pty = at_the_log(&home, (80, 24));
    pty.wait_for("sat long");
    pty.send("e");
    pty.wait_for("Change this entry");
    pty.send("2n, then walked");
    pty.send(CTRL_S);
    pty.wait_for("Saved.");
    pty.wait_for("then walked");
    // Nothing changed is nothing written.
    pty.send("e\r");
    pty.wait_for("Nothing was changed.");
    leave(pty);
    let entry = only(&home);
    assert_eq!((&entry["pain"], &entry["stress"]), (&json!(2), &json!(4)));
    assert_eq!(entry["note"], "sat long, then walked");
    let journal = journal(&home);
    let edits: Vec<&str> = journal
        .lines()
        .filter(|line| line.contains(r#""op":"edit""#))
        .collect();
    assert_eq!(edits.len(), 1, "{journal}");
    assert!(
        edits[0].contains(r#""set":{"pain":2,"note":"sat long, then walked"}"#),
        "{}",
        edits[0]
    );
}

/// Every line of every file of the journal.
fn journal(home: &Home) -> String {
    let mut text = String::new();
    let mut open = vec![home.data()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ext| ext == "jsonl") {
                text += &std::fs::read_to_string(path).expect("a text");
            }
        }
    }
    text
}

#[test]
fn a_time_that_the_clocks_skipped_is_refused_and_one_that_came_twice_is_told() {
    let home = Home::new();
    let mut pty = at_the_log(&home, (80, 24));
    pty.send("l4n");
    pty.wait_for("Ctrl-s");
    pty.send("\t2026-03-29 02:30");
    pty.wait_for("'2026-03-29 01:59'");
    pty.wait_for("'2026-03-29 03:00'");
    pty.send("\r");
    pty.wait_until("it is refused", |screen| {
        screen.contents().matches("skipped when the").count() > 1
    });
    pty.send("\x152025-10-26 02:30");
    pty.wait_for("came twice");
    pty.send("\r");
    pty.wait_for("Saved.");
    leave(pty);
    assert_eq!(only(&home)["started_at"], "2025-10-26T02:30:00+02:00");
}

#[test]
fn a_note_takes_a_paste_with_line_breaks_and_escape_sequences_as_it_is() {
    let home = Home::new();
    let mut pty = at_the_log(&home, (80, 24));
    pty.send("l4n");
    pty.wait_for("Ctrl-s");
    pty.forget_written();
    pty.send("\x1b[200~one\rtwo \x1b[31mred\u{202e}\u{7f} \u{1b}]0;title\u{7}\nq\x1b[201~");
    pty.wait_for("[31mred");
    assert!(!pty.written().contains("\x1b]0;"), "{:?}", pty.written());
    assert!(!pty.written().contains('\u{202e}'), "{:?}", pty.written());
    pty.send("\r");
    pty.send("end");
    pty.wait_for("end");
    pty.send(CTRL_S);
    pty.wait_for("Saved.");
    assert!(!pty.written().contains("\x1b]0;"), "{:?}", pty.written());
    leave(pty);
    assert_eq!(
        only(&home)["note"],
        "one\ntwo \u{1b}[31mred\u{202e}\u{7f} \u{1b}]0;title\u{7}\nq\nend"
    );
}

#[test]
fn escape_keeps_what_was_typed_until_it_is_discarded() {
    let home = Home::new();
    let mut pty = at_the_log(&home, (80, 24));
    pty.send("l4nwords");
    pty.wait_for("words");
    pty.send("\x1b");
    pty.wait_for("It is not saved yet.");
    pty.send("g");
    pty.wait_for("words");
    pty.send("\x1b");
    pty.wait_for("It is not saved yet.");
    pty.send("d");
    pty.wait_for("Discarded");
    leave(pty);
    assert!(exported(&home).is_empty());
}

#[test]
fn an_entry_that_raises_a_safety_sign_asks_at_once() {
    let home = Home::new();
    home.command(&["log", "4", "--where", "sacrum"]);
    let mut pty = at_the_log(&home, (80, 24));
    pty.wait_for("pain 4");
    pty.send("e\t\t\t\t\t\tn ");
    pty.wait_for("[x] numb");
    pty.send("\r");
    pty.wait_for("Worth a second look: numb, sacrum");
    pty.wait_for("Saved.");
    pty.send("\x1b");
    pty.wait_for("Later, then");
    leave(pty);
    assert_eq!(only(&home)["qualities"], json!(["numb"]));
}

#[test]
fn control_c_in_a_form_keeps_all_that_was_typed_and_says_so() {
    let home = Home::new();
    let mut pty = at_the_log(&home, (120, 36));
    pty.send("l");
    pty.wait_for("worst possible pain");
    pty.send("63nafter the drive\t");
    pty.wait_for("yesterday 21:30");
    pty.send("25:99\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
    let said = pty.screen().contents();
    assert!(said.contains("saved what was typed: pain 6"), "{said}");
    assert!(said.contains("When: 25:99"), "{said}");
    let entry = only(&home);
    assert_eq!((&entry["pain"], &entry["stress"]), (&json!(6), &json!(3)));
    assert_eq!(entry["note"], "after the drive\nWhen: 25:99");
    // The end of its id that the details show names it.
    let id = entry["rec"].as_str().expect("an id");
    let shown = home.command(&["show", &id[id.len() - 8..]]);
    assert!(shown.status.success());
    assert!(home.command(&["undo"]).status.success());
    assert!(exported(&home).is_empty());
}
