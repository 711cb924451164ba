//! An entry is changed or deleted by another program while its form is open.

use serde_json::{Value, json};

use crate::support::home::Home;
use crate::support::pty::Pty;

const CTRL_N: &str = "\x0e";
const CTRL_S: &str = "\x13";

fn in_the_form(home: &Home, size: (u16, u16)) -> Pty {
    std::fs::create_dir_all(home.state()).unwrap();
    std::fs::write(home.state().join("seen.json"), "[\"disclaimer\"]\n").unwrap();
    does(home, &["log", "5", "4", "--note", "sat long"]);
    let mut pty = Pty::start(home, size, &[]);
    pty.wait_for("Library");
    pty.send("3");
    pty.wait_for("sat long");
    pty.wait_until("the log is read", |screen| {
        let seen = screen.contents();
        seen.contains("Enter read") && !seen.contains("reading")
    });
    pty.send("e");
    pty.wait_for("worst possible pain");
    pty
}

fn does(home: &Home, args: &[&str]) {
    let done = home.command(args);
    assert!(done.status.success(), "{done:?}");
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
fn a_field_that_another_program_changed_too_says_so_before_it_is_saved_over() {
    for size in [(40, 12), (80, 24)] {
        let home = Home::new();
        let mut pty = in_the_form(&home, size);
        // Pain; the keys go on to stress.
        pty.send("2");
        pty.wait_for("as stressed as");
        does(&home, &["edit", "last", "--pain", "6", "--stress", "1"]);
        pty.wait_for("Changed elsewhere");
        pty.send("\x1b[Z");
        pty.wait_for("meanwhile: 6;");
        pty.wait_for("2. Saving keeps");
        pty.send(CTRL_S);
        pty.wait_for("Saved.");
        leaves(pty);
        let entry = only(&home);
        let expected = (&json!(2), &json!(1));
        assert_eq!(
            (&entry["pain"], &entry["stress"]),
            expected,
            "stress was not touched here"
        );
    }
}

#[test]
fn an_entry_deleted_meanwhile_is_saved_as_a_new_one_with_what_was_typed() {
    for size in [(40, 12), (80, 24)] {
        let home = Home::new();
        let mut pty = in_the_form(&home, size);
        pty.send("2n, then walked");
        pty.wait_for("then walked");
        does(&home, &["delete", "last", "--yes"]);
        pty.wait_for("Deleted elsewhere.");
        // As if it were there: refused, and nothing is lost.
        pty.send(CTRL_S);
        pty.wait_for("Not saved");
        pty.wait_for("then walked");
        pty.send(CTRL_N);
        pty.wait_for("Saved.");
        leaves(pty);
        let entry = only(&home);
        assert_eq!((&entry["pain"], &entry["stress"]), (&json!(2), &json!(4)));
        assert_eq!(entry["note"], "sat long, then walked");
    }
}
