//! Terminals of every kind: any size, any name, half a one, none.

use std::process::{Command, Stdio};

use rustix::process::Signal;

use super::opened;
use crate::support::home::Home;
use crate::support::pty::{PROGRAM, Pty};

#[test]
fn any_size_is_taken_and_left_again() {
    let home = Home::new();
    let mut pty = opened(&home);
    let mut resize = |cols, rows| {
        pty.forget_written();
        pty.resize(cols, rows);
        pty.wait_for_output("a new painting", |pty| pty.written().contains("\x1b[2J"));
    };
    let sizes = [
        (0, 0),
        (1, 1),
        (2, 1),
        (5, 3),
        (20, 5),
        (500, 200),
        (1000, 4),
        (0, 7),
    ];
    for (cols, rows) in sizes {
        resize(cols, rows);
        resize(80, 24);
    }
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
}

#[test]
fn a_size_that_is_what_it_was_before_is_painted_whole_too() {
    let home = Home::new();
    let mut pty = Pty::start(&home, (80, 24), &[]);
    pty.wait_for("Enter");
    let before = pty.screen().contents();
    pty.forget_written();
    // There and back before it looked.
    pty.signal(Signal::WINCH);
    pty.wait_for_output("a new painting", |pty| {
        pty.written().contains("\x1b[2J") && pty.screen().contents() == before
    });
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn it_starts_on_a_terminal_of_any_size() {
    for size in [(0, 0), (1, 1), (39, 9), (1000, 4)] {
        let home = Home::new();
        let mut pty = Pty::start(&home, size, &[]);
        pty.wait_for_output("its opening", |pty| pty.written().contains("\x1b[?25l"));
        pty.send("\x03");
        assert_eq!(pty.wait_exit(), 130, "at {size:?}");
        pty.assert_given_back();
    }
}

#[test]
fn without_a_terminal_it_says_so_in_one_line() {
    let home = Home::new();
    let output = home.command(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains("terminal") && !said.contains('\x1b'),
        "{said}"
    );
}

#[test]
fn with_only_half_a_terminal_it_writes_no_escape_byte() {
    for script in [
        "\"$unkink\" </dev/null; echo \"code $?\"",
        "\"$unkink\" >out; echo \"code $?\"; cat out",
        "\"$unkink\" <&-; echo \"code $?\"",
        "\"$unkink\" >&-; echo \"code $?\"",
        "\"$unkink\" <&- >&- 2>&-; echo \"code $?\"",
        "TERM=dumb \"$unkink\"; echo \"code $?\"",
    ] {
        let home = Home::empty();
        let mut pty = Pty::shell(&home, (80, 24), script);
        assert_eq!(pty.wait_exit(), 0);
        let written = pty.written();
        assert!(written.contains("code 2"), "{script}: {written:?}");
        assert!(!written.contains('\x1b'), "{script}: {written:?}");
        assert!(!home.data().exists(), "{script} wrote data");
    }
}

#[test]
fn any_name_of_a_terminal_but_dumb_will_do() {
    for term in ["", "nonsense", "linux"] {
        let home = Home::new();
        let mut pty = Pty::start_with(&home, (80, 24), &[], &[("TERM", term)]);
        pty.wait_drawn();
        pty.send("\x03");
        assert_eq!(pty.wait_exit(), 130, "TERM={term}");
    }
}

#[test]
fn a_closed_standard_error_does_not_matter() {
    let status = Command::new(PROGRAM)
        .env_clear()
        .envs(Home::new().env())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
}
