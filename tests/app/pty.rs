//! The program in a real pseudo-terminal: taken and given back, the mouse asked for. What befalls it there is told in
//! the files below.

mod kinds;
mod losing;
mod stopping;
mod typing;

use rustix::process::Signal;

use crate::support::home::Home;
use crate::support::pty::{Pty, SOON, poll_until};

/// The app in the Library, past what a first start shows.
fn opened(home: &Home) -> Pty {
    let mut pty = Pty::start(home, (80, 24), &[]);
    pty.wait_drawn();
    pty.send("\r");
    pty
}

#[test]
fn signals_give_the_terminal_back_and_end_with_128_and_their_number() {
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::INT, 130),
        (Signal::HUP, 129),
        (Signal::QUIT, 131),
    ] {
        let home = Home::new();
        let mut pty = opened(&home);
        assert!(!pty.modes_are_as_found(), "raw mode is on");
        pty.signal(signal);
        assert_eq!(pty.wait_exit_within(SOON), code, "after {signal:?}");
        pty.assert_given_back();
    }
}

#[test]
fn q_gives_the_terminal_back_and_ends_with_0() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn the_mouse_is_asked_for_unless_the_settings_say_otherwise() {
    for (setting, is_on) in [("", true), ("mouse = false\n", false)] {
        let home = Home::new();
        home.write_config(&format!("{setting}{}", Home::QUIET));
        // Stopped and gone on with, as that takes the terminal anew.
        let mut pty = Pty::start_as_job(&home, (80, 24), &[]);
        pty.wait_drawn();
        pty.send("\r\x1a");
        pty.wait_in_shell();
        pty.fg();
        pty.wait_for("Library");
        let written = pty.written();
        for mode in ["1000", "1002", "1003", "1006"] {
            let is_asked_for = written.contains(&format!("\x1b[?{mode}h"));
            let is_ours = is_on && matches!(mode, "1000" | "1006");
            assert_eq!(is_asked_for, is_ours, "'{setting}' {mode}");
        }
        pty.send("q");
    }
}

#[test]
fn a_mouse_that_another_program_left_on_does_nothing_where_ours_is_off() {
    for (setting, moves) in [("", true), ("mouse = false\n", false)] {
        let home = Home::new();
        home.write_config(&format!("{setting}{}", Home::QUIET));
        // The first text is read: it would take the press.
        let mut pty = opened(&home);
        poll_until("it to be noted", || home.state().join("seen.json").exists());
        pty.send("q");
        pty.wait_exit();
        let mut pty = Pty::start(&home, (120, 36), &[]);
        pty.wait_for("Warm palm sweep");
        // A press on the log, which then fills the screen; else the library does, with a column more.
        pty.send("\x1b[<0;110;10M\x1b[<0;110;10mz");
        if moves {
            pty.wait_until("the log", |screen| {
                !screen.contents().contains("Warm palm sweep")
            });
        } else {
            pty.wait_for("chair, standing");
        }
        pty.send("\x03");
        pty.wait_exit();
    }
}

#[test]
fn ctrl_c_ends_with_130() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
}
