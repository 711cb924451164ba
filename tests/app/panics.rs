//! A mistake of ours: the terminal is given back, the message follows, nothing typed is lost without a word, and the
//! exit code is 101, whichever thread it was.
//!
//! `CARGO_PROFILE_DEV_PANIC=abort cargo test --test app panics` shows the same of a program that can't unwind, as the
//! release can't.
#![cfg(debug_assertions)] // only then can a panic be asked for

use crate::support::home::Home;
use crate::support::pty::{Pty, SOON, past_the_first_text, see_first_start};

/// The app that will panic here.
fn start(home: &Home, here: &str, args: &[&str]) -> Pty {
    Pty::start_with(home, (120, 36), args, &[("UNKINK_TEST_PANIC", here)])
}

fn log_an_entry(pty: &mut Pty) {
    pty.send("l");
    pty.wait_for("worst possible pain");
    pty.send("47\r");
}

/// What stands on the terminal after it has been given back, with the message behind that.
#[track_caller]
fn said(pty: &Pty) -> String {
    pty.assert_given_back();
    let written = pty.written();
    let message = written.find("panicked at").expect("a message");
    let given_back = written.rfind("\x1b[?25h").expect("given back");
    assert!(given_back < message, "the message came first: {written:?}");
    pty.screen().contents()
}

#[test]
fn a_panic_gives_the_terminal_back_before_its_message() {
    let home = Home::new();
    let mut pty = start(&home, "1", &[]);
    assert_eq!(pty.wait_exit(), 101);
    assert!(said(&pty).contains("panicked at"));
}

#[test]
fn what_was_typed_before_a_panic_of_the_loop_is_still_saved() {
    let home = Home::new();
    let mut pty = start(&home, "asked", &[]);
    past_the_first_text(&mut pty);
    log_an_entry(&mut pty);
    assert_eq!(pty.wait_exit_within(SOON), 101);
    let said = said(&pty);
    assert!(!said.contains("not saved"), "{said}");
    let export = home.command(&["export", "--format", "json"]);
    let export = String::from_utf8_lossy(&export.stdout).into_owned();
    assert!(export.contains(r#""pain":4,"stress":7"#), "{export}");
}

#[test]
fn what_cannot_be_saved_any_more_after_a_panic_of_the_loop_is_said() {
    let home = Home::new();
    see_first_start(&home);
    let _lock = home.hold_the_lock();
    let mut pty = start(&home, "asked", &[]);
    pty.wait_for("Library");
    log_an_entry(&mut pty);
    assert_eq!(pty.wait_exit_within(SOON), 101);
    let said = said(&pty);
    assert!(said.contains("not saved: an entry"), "{said}");
    assert!(said.contains(r#""pain":4,"stress":7"#), "{said}");
}

#[test]
fn a_panic_in_the_journals_thread_ends_it_with_the_message_and_what_was_typed() {
    let home = Home::new();
    let mut pty = start(&home, "journal", &[]);
    past_the_first_text(&mut pty);
    log_an_entry(&mut pty);
    assert_eq!(pty.wait_exit_within(SOON), 101);
    let said = said(&pty);
    assert!(said.contains("broke off while saving"), "{said}");
    assert!(said.contains(r#""pain":4,"stress":7"#), "{said}");
}

#[test]
fn a_panic_in_a_thread_beside_the_loop_ends_it_as_well() {
    let home = Home::new();
    home.write_technique(
        "aa-palm",
        "Aa palm press",
        &[(60, false, "Warm the palms.")],
    );
    see_first_start(&home);
    let script = "while ! [ -e go ]; do sleep 0.02; done; echo built; sleep 5";
    let session = ["while", "--no-rating", "--routine", "aa-palm"];
    let args = [&session[..], &["sh", "-c", script]].concat();
    let mut pty = start(&home, "output", &args);
    pty.wait_for("Warm the palms.");
    std::fs::write(home.path().join("go"), "").unwrap();
    assert_eq!(pty.wait_exit_within(SOON), 101);
    assert!(said(&pty).contains("panicked at"));
}

#[test]
fn a_panic_while_one_line_is_ours_gives_the_line_back() {
    let home = Home::new();
    see_first_start(&home);
    let mut pty = start(&home, "line", &["remind", "--every", "45m"]);
    assert_eq!(pty.wait_exit(), 101);
    assert!(pty.modes_are_as_found());
    let said = pty.screen().contents();
    assert!(
        said.contains("panicked at") && !said.contains("next break"),
        "{said}"
    );
}

#[test]
fn a_command_that_panics_ends_with_101_and_by_no_signal() {
    let home = Home::new();
    let env = home.env();
    let ran = std::process::Command::new(crate::support::pty::PROGRAM)
        .arg("list")
        .env_clear()
        .envs(env)
        .env("UNKINK_TEST_PANIC", "command")
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(101), "{ran:?}");
    assert!(
        String::from_utf8_lossy(&ran.stderr).contains("panicked at"),
        "{ran:?}"
    );
}
