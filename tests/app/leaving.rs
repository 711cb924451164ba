//! Leaving while the disk does not answer: nobody is held for long, and nothing typed is lost without a word.

use std::time::Duration;

use crate::support::home::Home;
use crate::support::pty::{Pty, SOON, poll_until};
use rustix::process::Signal;

/// The app past what a first start shows, and its first text noted as seen.
fn opened(home: &Home) -> Pty {
    let mut pty = Pty::start(home, (120, 36), &[]);
    pty.wait_for("Before you start");
    pty.send("\r");
    poll_until("it to be noted", || home.state().join("seen.json").exists());
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let mut pty = Pty::start(home, (120, 36), &[]);
    pty.wait_for("Library");
    pty
}

/// An entry that can't be saved just now.
fn log_an_entry(pty: &mut Pty) {
    pty.send("l");
    pty.wait_for("worst possible pain");
    pty.send("47\r");
    pty.wait_until("the form is closed", |screen| {
        !screen.contents().contains("worst possible pain")
    });
}

#[track_caller]
fn assert_says_what_was_typed(pty: &Pty) {
    pty.assert_given_back();
    let said = pty.screen().contents();
    assert!(said.contains("not saved: an entry"), "{said}");
    assert!(said.contains(r#""pain":4,"stress":7"#), "{said}");
}

#[test]
fn with_nothing_to_save_a_disk_that_does_not_answer_holds_nobody() {
    for (key, code) in [("q", 0), ("\x03", 130)] {
        let home = Home::new();
        let _lock = home.hold_the_lock();
        let mut pty = Pty::start(&home, (120, 36), &[]);
        pty.wait_for("Before you start");
        // That it was seen is to be noted, and the disk does not answer.
        pty.send("\r");
        pty.wait_until("the first text is closed", |screen| {
            !screen.contents().contains("Before you start")
        });
        pty.send(key);
        assert_eq!(pty.wait_exit_within(Duration::from_secs(3)), code);
        pty.assert_given_back();
        assert!(!pty.screen().contents().contains("not saved"));
    }
}

#[test]
fn control_c_with_an_entry_that_is_not_saved_leaves_soon_and_says_what_was_typed() {
    let home = Home::new();
    let mut pty = opened(&home);
    let _lock = home.hold_the_lock();
    log_an_entry(&mut pty);
    pty.send("\x03");
    assert_eq!(pty.wait_exit_within(SOON), 130);
    assert_says_what_was_typed(&pty);
}

#[test]
fn a_signal_with_an_entry_that_is_not_saved_leaves_soon_and_says_what_was_typed() {
    let home = Home::new();
    let mut pty = opened(&home);
    let _lock = home.hold_the_lock();
    log_an_entry(&mut pty);
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit_within(SOON), 143);
    assert_says_what_was_typed(&pty);
}

#[test]
fn a_terminal_that_goes_away_while_the_disk_does_not_answer_ends_it_soon() {
    let home = Home::new();
    let mut pty = opened(&home);
    let _lock = home.hold_the_lock();
    log_an_entry(&mut pty);
    pty.hang_up();
    assert_eq!(pty.wait_exit_within(SOON), 129);
}

#[test]
fn q_with_an_entry_that_is_not_saved_says_that_it_saves_and_control_c_does_not_wait_for_it() {
    let home = Home::new();
    let mut pty = opened(&home);
    let _lock = home.hold_the_lock();
    log_an_entry(&mut pty);
    pty.send("q");
    pty.wait_for("Saving");
    pty.send("\x03");
    assert_eq!(pty.wait_exit_within(SOON), 130);
    assert_says_what_was_typed(&pty);
}

#[test]
fn q_waits_until_the_entry_is_saved() {
    let home = Home::new();
    let mut pty = opened(&home);
    let lock = home.hold_the_lock();
    log_an_entry(&mut pty);
    pty.send("q");
    pty.wait_for("Saving");
    drop(lock);
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    let export = home.command(&["export", "--format", "json"]);
    let export = String::from_utf8_lossy(&export.stdout).into_owned();
    assert!(export.contains(r#""pain":4"#), "{export}");
}

#[test]
fn q_with_an_entry_that_cannot_be_saved_asks_and_leaves_nothing_unsaid() {
    let home = Home::new();
    let mut pty = opened(&home);
    let _lock = home.hold_the_lock();
    log_an_entry(&mut pty);
    pty.send("q");
    pty.wait_for("leave without saving");
    // Who does not answer but presses Ctrl-C has it tried once more, and told.
    pty.send("\x03");
    assert_eq!(pty.wait_exit_within(SOON), 130);
    assert_says_what_was_typed(&pty);
}

#[test]
fn an_entry_that_fails_on_the_way_out_is_told_with_what_was_typed() {
    let home = Home::new();
    let data = home.path().join("in-the-way");
    std::fs::write(&data, "not a directory").unwrap();
    let data = data.display().to_string();
    let mut pty = Pty::start(&home, (120, 36), &["--data-dir", &data]);
    pty.wait_for("Before you start");
    pty.send("\r");
    pty.wait_for("Some things could not be used");
    pty.send("\r");
    // Answers that can't be read are asked for anew; who only logs leaves them.
    pty.wait_for("Urgent signs");
    pty.send("\x1b");
    // What is wrong with the place may take the line that says 'later, then'.
    pty.wait_until("the questions are put off", |screen| {
        !screen.contents().contains("Urgent signs")
    });
    log_an_entry(&mut pty);
    pty.wait_for("Not saved");
    pty.send("\x03");
    assert_eq!(pty.wait_exit_within(SOON), 130);
    assert_says_what_was_typed(&pty);
    assert!(pty.screen().contents().contains("in-the-way"));
}
