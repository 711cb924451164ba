//! Commands on a terminal that ask once, and commands beside an open window.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::home::Home;
use support::pty::Pty;

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

#[test]
fn what_is_forgotten_beside_an_open_window_goes_from_it_and_is_not_written_again() {
    let home = Home::new();
    let log = |args: &[&str]| assert!(home.command(args).status.success(), "{args:?}");
    log(&["log", "4", "--note", "keep this"]);
    let mut pty = Pty::start(&home, (120, 36), &[]);
    pty.wait_for("Before you start");
    pty.send("\r");
    pty.wait_for("keep this");
    // One by another process, and one by the window itself.
    log(&["log", "5", "--note", "SECRETxyz"]);
    pty.wait_for("SECRETxyz");
    pty.send("l");
    pty.wait_for("worst possible pain");
    pty.send("73\r");
    pty.wait_for("pain 7");
    log(&["forget", "last", "--yes"]);
    pty.wait_until("the window's own entry is gone", |screen| {
        !screen.contents().contains("pain 7")
    });
    log(&["forget", "last", "--yes"]);
    pty.wait_until("the other one is gone", |screen| {
        !screen.contents().contains("SECRETxyz")
    });
    pty.send("l");
    pty.wait_for("worst possible pain");
    pty.send("20\r");
    pty.wait_for("pain 2");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let text: String = std::fs::read_dir(home.data().join("journal"))
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    assert!(
        !text.contains("SECRETxyz") && !text.contains("\"pain\":7"),
        "{text}"
    );
    assert!(text.contains("keep this") && text.contains("\"pain\":2"));
}

#[test]
fn peg_asks_its_three_questions_again_until_the_answer_is_on_the_scale() {
    let home = Home::new();
    let mut pty = Pty::start(&home, (80, 24), &["ask", "peg"]);
    pty.wait_for("pain on average in the past week");
    pty.send("11\r");
    pty.wait_for("0 to 10");
    pty.send("4\r");
    pty.wait_for("enjoyment of life");
    pty.send("4\r");
    pty.wait_for("general activity");
    pty.send("5\r");
    pty.wait_for("PEG 4.3");
    assert_eq!(pty.wait_exit(), 0);
    assert!(history(&home).contains("\"peg\":[4,4,5]"));
    // One that is skipped leaves nothing, and neither does an end in the middle.
    let mut pty = Pty::start(&home, (80, 24), &["ask", "peg"]);
    pty.wait_for("pain on average in the past week");
    pty.send("4\r-\r5\r");
    pty.wait_for("no score");
    assert_eq!(pty.wait_exit(), 0);
    let mut pty = Pty::start(&home, (80, 24), &["ask", "peg"]);
    pty.wait_for("pain on average in the past week");
    pty.send("4\r\x04");
    assert_eq!(pty.wait_exit(), 1);
    assert_eq!(history(&home).matches("questionnaire").count(), 1);
}
