//! Stopped and continued: the terminal is given back each time, and painted anew.

use rustix::process::Signal;

use super::opened;
use crate::support::home::Home;
use crate::support::pty::Pty;

#[test]
fn ctrl_z_stops_with_the_terminal_given_back_and_fg_paints_it_whole() {
    let home = Home::new();
    let mut pty = Pty::start_as_job(&home, (80, 24), &[]);
    pty.wait_drawn();
    pty.send("\r\x1a");
    pty.wait_in_shell();

    pty.resize(100, 30);
    pty.fg();
    pty.wait_drawn();
    // Every row anew: what was written since the stop alone makes the screen that shows.
    let mut fresh = vt100::Parser::new(30.try_into().unwrap(), 100.try_into().unwrap(), 0);
    fresh.process(pty.written().as_bytes());
    assert_eq!(fresh.screen().contents(), pty.screen().contents());
    assert!(!pty.modes_are_as_found(), "raw mode is on again");

    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
}

#[test]
fn stopped_again_and_again_it_comes_back_each_time() {
    let home = Home::new();
    let mut pty = Pty::start_as_job(&home, (80, 24), &[]);
    pty.wait_drawn();
    for _ in 0..10 {
        pty.send("\x1a");
        pty.wait_in_shell();
        pty.fg();
        pty.wait_drawn();
    }
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
}

#[test]
fn a_stop_from_outside_gives_the_terminal_back_too() {
    let home = Home::new();
    let mut pty = Pty::start_as_job(&home, (80, 24), &[]);
    pty.wait_drawn();
    rustix::process::kill_process(pty.foreground(), Signal::TSTP).unwrap();
    pty.wait_in_shell();
    pty.fg();
    pty.wait_drawn();
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
}

#[test]
fn told_to_leave_while_stopped_it_leaves_without_taking_the_terminal_again() {
    let home = Home::new();
    // Shells say 'Done(143)' or 'Exit 143'.
    let script = "set -m; \"$unkink\"; echo stopped; kill -TERM %1; kill -CONT %1; \
        while jobs >list; grep -qi stopped list || grep -qi running list; do sleep 0.01; done; cat list";
    let mut pty = Pty::shell(&home, (80, 24), script);
    pty.wait_drawn();
    pty.send("\r\x1a");
    pty.wait_for("143");
    let taken = pty.written().matches("\x1b[?1049h").count();
    assert_eq!(taken, 1, "taken again");
    pty.assert_given_back();
}

#[test]
fn a_stop_and_continue_that_cannot_be_caught_paints_everything_anew() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.signal(Signal::STOP);
    pty.wait_stopped();
    pty.forget_written();
    pty.signal(Signal::CONT);
    pty.wait_for_output("a new painting", |pty| {
        pty.written().contains("\x1b[?1049h") && pty.written().contains("\x1b[2J")
    });
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
}

#[test]
fn ctrl_z_without_a_shell_to_continue_it_leaves_the_app_usable() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.forget_written();
    pty.send("\x1a");
    pty.wait_for_output("a new painting", |pty| {
        pty.written().contains("\x1b[?1049h")
    });
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}
