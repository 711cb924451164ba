//! Commands that ask once on a terminal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::pty::{Home, Pty};

fn history(home: &Home) -> String {
    let output = home.command(&["history", "--json"]);
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn delete_asks_once_and_only_a_yes_is_one() {
    let home = Home::new();
    let hostile = "a \x1b[31mred\x1b]0;title\x07 note";
    assert!(
        home.command(&["log", "4", "--note", hostile])
            .status
            .success()
    );
    for answer in ["n\r", "\r", "\x04"] {
        let mut pty = Pty::start(&home, (80, 24), &["delete", "last"]);
        pty.wait_for("y/N");
        assert!(pty.screen().contents().contains("Delete: "));
        assert!(pty.screen().contents().contains("pain 4"));
        pty.send(answer);
        assert_eq!(pty.wait_exit(), 1, "{answer:?}");
        assert!(!pty.written().contains("\x1b[31m") && !pty.written().contains("\x1b]0"));
        assert!(history(&home).contains("\"pain\":4"));
    }
    let mut pty = Pty::start(&home, (80, 24), &["delete", "last"]);
    pty.wait_for("y/N");
    pty.send("y\r");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(history(&home), "[]\n");
    assert!(home.command(&["undo"]).status.success());
    assert!(history(&home).contains("\"pain\":4"));
    // With the flag nothing is asked, on a terminal either.
    let mut pty = Pty::start(&home, (80, 24), &["delete", "last", "--yes"]);
    assert_eq!(pty.wait_exit(), 0);
    assert!(!pty.written().contains("y/N"));
}
