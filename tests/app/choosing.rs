//! What now, from outside: `suggest`, `start` without a name, and the screen in a real terminal.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::support::home::Home;
use crate::support::pty::{PROGRAM, Pty};
use serde_json::{Value, json};

/// With a favourite of seconds: one line, each side.
fn home() -> Home {
    let home = Home::new();
    home.write_technique(
        "aa-palm",
        "Aa palm press",
        &[(2, true, "Press with the palm.")],
    );
    let favourite = home.command(&["favourite", "aa-palm"]);
    assert!(favourite.status.success(), "{favourite:?}");
    home
}

/// Runs it with these lines typed ahead.
fn typed(home: &Home, args: &[&str], lines: &str) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(args).env_clear();
    for (name, value) in home.env() {
        command.env(name, value);
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    // It may have ended before it has read all.
    let _ = to.write_all(lines.as_bytes());
    drop(to);
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json_of(output: &Output) -> Value {
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn newest(home: &Home) -> Value {
    json_of(&home.command(&["history", "--json"]))
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone()
}

#[test]
fn suggestions_say_name_length_reason_and_how_to_start_them() {
    let home = home();
    let told = out(&home.command(&["suggest", "--side", "right", "--pain", "3"]));
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "* aa-palm                      0:17  D  Aa palm press  [yours]",
            "    a favourite; not done yet; first week: half the time",
            "    unkink start aa-palm --side right --pain 3",
        ]
    );
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.contains("unkink start "))
            .count(),
        3,
        "{told}"
    );
}

#[test]
fn suggestions_as_json_are_rows_of_list_with_side_and_reason() {
    let home = home();
    let rows = json_of(&home.command(&["suggest", "--side", "left", "--json"]));
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["slug"], "aa-palm");
    assert_eq!(rows[0]["real_s"], 17);
    assert_eq!(rows[0]["side"], "left");
    assert_eq!(rows[0]["left_out"], json!([]));
    assert!(
        rows[0]["reason"]
            .as_str()
            .unwrap()
            .starts_with("a favourite")
    );
    // Every member that a row of 'list' has, and the two.
    let names = |row: &Value| -> Vec<String> { row.as_object().unwrap().keys().cloned().collect() };
    let listed = json_of(&home.command(&["list", "aa palm", "--json"]));
    let mut expected = names(&listed[0]);
    expected.extend(["side".to_owned(), "reason".to_owned()]);
    expected.sort();
    for row in rows {
        let mut found = names(row);
        found.sort();
        assert_eq!(found, expected);
    }
    let help = out(&home.command(&["suggest", "--help"]));
    assert!(help.contains("side") && help.contains("reason") && help.contains("real_s"));
    // Much pain: only gentle things, each saying so; a side that plays no part is null.
    let rows = json_of(&home.command(&["suggest", "--pain", "8", "--minutes", "10", "--json"]));
    for row in rows.as_array().unwrap() {
        assert!(
            row["reason"]
                .as_str()
                .unwrap()
                .starts_with("gentle, because pain is 8")
        );
        assert_eq!(row["side"], Value::Null);
    }
}

#[test]
fn where_nothing_fits_it_says_what_to_loosen_and_that_is_no_error() {
    let home = Home::new();
    let told = home.command(&["suggest", "--position", "walking", "--for", "legs"]);
    assert_eq!(told.status.code(), Some(0));
    assert_eq!(out(&told), "");
    assert!(
        err(&told).contains("another place or another purpose would help"),
        "{told:?}"
    );
    let told = home.command(&[
        "suggest",
        "--position",
        "walking",
        "--for",
        "legs",
        "--json",
    ]);
    assert_eq!(json_of(&told), json!([]));
    assert_eq!(
        home.command(&["suggest", "--side", "up"]).status.code(),
        Some(2)
    );
    assert_eq!(
        home.command(&["suggest", "--pain", "11"]).status.code(),
        Some(2)
    );
    assert_eq!(Home::empty().command(&["suggest"]).status.code(), Some(3));
}

#[test]
fn start_plain_without_a_name_asks_how_it_is_and_which_one() {
    let home = home();
    // Pain, stress; an answer that is none of three; the first one; nothing after it.
    let told = typed(
        &home,
        &["start", "--plain", "--side", "right"],
        "4\n3\n9\n1\ns\n",
    );
    let text = out(&told);
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    assert!(
        text.contains("1. Aa palm press, 0:17: a favourite; not done yet"),
        "{text}"
    );
    assert!(text.contains("\n3. "), "{text}");
    assert_eq!(
        text.matches("Which one? Type a number from 1 to 3.")
            .count(),
        2,
        "{text}"
    );
    assert_eq!(text.matches("Pain now").count(), 1, "{text}");
    let entry = newest(&home);
    assert_eq!(entry["technique"], "aa-palm");
    assert_eq!(entry["side_first"], "right");
    assert_eq!(
        (&entry["pain_before"], &entry["stress_before"]),
        (&json!(4), &json!(3))
    );
}

#[test]
fn with_much_pain_the_choice_holds_only_what_may_start_with_it() {
    let home = Home::new();
    home.command(&["favourite", "wall-ball-side-hip"]);
    let told = typed(&home, &["start", "--plain"], "8\n\n");
    let text = out(&told);
    assert!(text.contains("1. Six breaths"), "{text}");
    assert_eq!(
        text.matches("gentle, because pain is 8").count(),
        3,
        "{text}"
    );
}

#[test]
fn start_plain_without_a_name_and_without_input_says_what_to_give() {
    let home = home();
    for args in [
        &["start", "--plain"][..],
        &["start", "--plain", "--no-input"],
    ] {
        let told = home.command(args);
        assert_eq!(told.status.code(), Some(2), "{told:?}");
        assert!(
            err(&told).contains("name a technique or routine"),
            "{told:?}"
        );
    }
    let history = json_of(&home.command(&["history", "--json"]));
    assert_eq!(history, json!([]));
}

#[test]
fn a_session_can_begin_with_the_right_side_line_by_line_and_in_the_app() {
    let home = home();
    let args = [
        "start",
        "aa-palm",
        "--plain",
        "--no-rating",
        "--side",
        "right",
    ];
    let told = typed(&home, &args, "n\nn\nn\nn\n");
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    assert_eq!(newest(&home)["side_first"], "right");
    let text = out(&told);
    let first = text.find("right, ").unwrap();
    assert!(first < text.find("left, ").unwrap(), "{text}");
    let args = ["start", "aa-palm", "--no-rating", "--side", "right"];
    let mut pty = Pty::start(&home, (80, 24), &args);
    pty.wait_for("right side");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    assert_eq!(newest(&home)["side_first"], "right");
}

#[test]
fn a_person_who_does_not_know_what_to_do_is_led_to_a_session_and_back_to_the_log() {
    let home = home();
    let mut pty = Pty::start(&home, (80, 24), &["start"]);
    pty.wait_for("Before you start");
    pty.send("\r");
    pty.wait_for("What now?");
    pty.wait_for("Aa palm press, 0:17");
    pty.wait_for("a favourite; not done yet");
    // Down to the side, right; pain by its digit; to the first suggestion, and begin.
    pty.send("jjjll4");
    pty.wait_for("right side first");
    pty.send("\r");
    pty.send("\r");
    // Pain is known.
    pty.wait_for("[4]");
    pty.send("3");
    pty.wait_for("Get ready");
    pty.send("n");
    pty.wait_for("right side");
    pty.send("n");
    pty.wait_for("left side");
    pty.send("n");
    pty.wait_for("worst possible pain");
    pty.send("2");
    pty.send("3");
    pty.wait_for("pain 2 lower");
    pty.wait_for("in the log");
    // Asked again, the wishes are still there, the pain is not.
    pty.send("o");
    pty.wait_for("not said");
    pty.wait_for("right side first");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    let entry = newest(&home);
    assert_eq!(entry["side_first"], "right");
    assert_eq!(
        (&entry["pain_before"], &entry["stress_before"]),
        (&json!(4), &json!(3))
    );
}
