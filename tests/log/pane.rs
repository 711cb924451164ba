//! The log pane in a terminal: what is deleted comes back, what is looked for is found, and a day is gone to.

use crate::support::home::Home;
use crate::support::pty::Pty;

/// With check-ins a few days apart, written by the command line.
fn home() -> Home {
    let home = Home::new();
    std::fs::create_dir_all(home.state()).unwrap();
    std::fs::write(home.state().join("seen.json"), "[\"disclaimer\"]\n").unwrap();
    for (at, pain, note) in [
        ("2026-03-02 10:00", "3", "a long drive"),
        ("2026-03-11 10:00", "5", "the garden"),
        ("2026-03-19 20:00", "2", "the train"),
    ] {
        let logged = home.command(&["log", pain, "--note", note, "--tag", "work", "--at", at]);
        assert!(logged.status.success(), "{logged:?}");
    }
    home
}

fn in_the_log(home: &Home) -> Pty {
    let mut pty = Pty::start(home, (80, 24), &[]);
    pty.wait_for("Library");
    pty.send("3");
    // Weeks are summed up once all is read.
    pty.wait_for("Week of 16 Mar");
    pty
}

fn leaves(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

fn gone(pty: &mut Pty, text: &str) {
    pty.wait_until("it is gone", |screen| !screen.contents().contains(text));
}

#[test]
fn a_deleted_entry_comes_back_by_undo_after_a_restart_and_goes_again_by_redo() {
    let home = home();
    let mut pty = in_the_log(&home);
    pty.send("j");
    pty.send("d");
    pty.wait_for("Delete this entry?");
    pty.wait_for("pain 5");
    pty.send("\x1b");
    gone(&mut pty, "Delete this entry?");
    pty.send("d");
    pty.wait_for("Delete this entry?");
    pty.send("\r");
    pty.wait_for("u takes it back");
    gone(&mut pty, "the garden");
    leaves(pty);
    let history = home.command(&["history", "--json"]);
    assert!(!String::from_utf8_lossy(&history.stdout).contains("the garden"));

    let mut pty = in_the_log(&home);
    assert!(!pty.screen().contents().contains("the garden"));
    pty.send("u");
    pty.wait_for("Taken back: the delete of pain 5");
    pty.wait_for("the garden");
    // It is the selected one.
    pty.send("\r");
    pty.wait_for("Entry");
    pty.wait_for("Wed 11 Mar");
    pty.send("\x1b");
    gone(&mut pty, "Entry");
    pty.send("\x12");
    pty.wait_for("Done again: the delete of pain 5");
    gone(&mut pty, "the garden");
    leaves(pty);
}

#[test]
fn a_word_and_a_tag_narrow_the_log_and_escape_shows_all_of_it() {
    let home = home();
    let mut pty = in_the_log(&home);
    pty.send("/dri");
    pty.wait_for("1 found");
    gone(&mut pty, "the train");
    pty.wait_for("a long drive");
    pty.send(" tag:home");
    pty.wait_for("0 found");
    pty.wait_for("Esc shows everything again");
    // Everything before the cursor goes.
    pty.send("\x15tag:work\r");
    pty.wait_for("3 found");
    pty.send("\x1b");
    gone(&mut pty, "3 found");
    pty.wait_for("the garden");
    leaves(pty);
}

#[test]
fn a_typed_day_is_gone_to_and_brackets_go_on_from_there() {
    let home = home();
    let mut pty = in_the_log(&home);
    pty.send("J2026-13-01\r");
    pty.wait_for("no day of the calendar");
    pty.send("\x152026-03-12\r");
    pty.wait_for("the nearest before is Wed 11 Mar");
    pty.send("[");
    pty.send("\r");
    pty.wait_for("Mon 2 Mar, 10:00");
    pty.send("\x1b");
    gone(&mut pty, "Mon 2 Mar, 10:00");
    leaves(pty);
}

#[test]
fn numbers_once_hidden_are_hidden_after_a_restart_and_stay_as_they_were_in_the_journal() {
    let home = home();
    let before = home.command(&["export", "--format", "json"]).stdout;
    let mut pty = in_the_log(&home);
    pty.wait_for("pain 5");
    pty.send("v");
    pty.wait_for("some pain");
    gone(&mut pty, "pain 5");
    leaves(pty);
    let mut pty = in_the_log(&home);
    pty.wait_for("some pain");
    pty.send("v");
    pty.wait_for("pain 5");
    leaves(pty);
    assert_eq!(home.command(&["export", "--format", "json"]).stdout, before);
}

#[test]
fn how_it_is_is_asked_once_a_day_over_restarts() {
    let home = home();
    let mut pty = in_the_log(&home);
    pty.wait_for("How is it today?");
    leaves(pty);
    let pty = in_the_log(&home);
    assert!(!pty.screen().contents().contains("How is it today?"));
    leaves(pty);
}
