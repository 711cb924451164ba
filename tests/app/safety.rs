//! The safety questions from outside: what starts with which answers, and what is said. What the files beside this one
//! share.

use std::process::Output;

mod answering;
mod off;
mod profile;
mod walk;

use crate::support::home::Home;
use crate::support::pty::Pty;
use rustix::process::Signal;
use serde_json::Value;

const SIZE: (u16, u16) = (120, 50);

#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(home: &Home, args: &[&str]) -> Ran {
    let Output {
        status,
        stdout,
        stderr,
    } = home.command(args);
    let ran = Ran {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    };
    assert!(!ran.err.contains("panicked"), "{ran:?}");
    ran
}

#[track_caller]
fn ok(home: &Home, args: &[&str]) -> String {
    let ran = run(home, args);
    assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
    ran.out
}

fn json_of(home: &Home, args: &[&str]) -> Value {
    serde_json::from_str(&ok(home, args)).unwrap()
}

/// Refused for safety, with these words on standard error and nothing on standard output.
#[track_caller]
fn assert_refused(home: &Home, args: &[&str], words: &str) {
    let ran = run(home, args);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{args:?}: {ran:?}");
    assert!(ran.err.contains(words), "{words} in {args:?}: {ran:?}");
}

fn sessions(home: &Home) -> usize {
    let history = json_of(home, &["history", "--json"]);
    let entries = history.as_array().unwrap().iter();
    entries.filter(|entry| entry["kind"] == "session").count()
}

/// An own technique of one second that touches nothing, so that nothing but the questions stands against it.
fn add_quick(home: &Home) {
    home.write_technique("quick", "Quick one", &[(1, false, "Sit.")]);
}

const QUICK: [&str; 4] = ["start", "quick", "--plain", "--no-rating"];

fn profile_of(home: &Home) -> String {
    std::fs::read_to_string(home.data().join("profile.toml")).unwrap()
}

fn today() -> String {
    // As the program sees it: both stand in one zone.
    let due = Home::empty();
    ok(&due, &["safety", "--answer", "none"]);
    let standing = json_of(&due, &["safety", "--json"]);
    standing["asked_on"].as_str().unwrap().to_owned()
}

const STARTS: [&[&str]; 12] = [
    &["start"],
    &["start", "six-breaths"],
    &["start", "desk-reset"],
    &["start", "six-breaths", "long-exhale"],
    &["start", "--plain"],
    &["start", "six-breaths", "--plain"],
    &["start", "desk-reset", "--plain", "--no-rating"],
    &[
        "start",
        "six-breaths",
        "quick",
        "--plain",
        "--pain",
        "3",
        "--stress",
        "2",
    ],
    &["start", "quick", "--plain", "--no-rating", "--no-input"],
    &["start", "quick", "--plain", "--no-input"],
    &[
        "start",
        "quick",
        "--plain",
        "--no-rating",
        "--today",
        "none",
    ],
    &[
        "start",
        "side-lying-pillow",
        "--no-input",
        "--color",
        "never",
    ],
];

#[test]
fn nothing_starts_after_any_emergency_answer_whatever_the_command() {
    for number in 1..=12 {
        let home = Home::new();
        add_quick(&home);
        let id = format!("E{number}");
        ok(&home, &["safety", "--set", &format!("{id}=yes")]);
        // Each sign with one command, the first with all.
        let starts = if number == 1 {
            &STARTS[..]
        } else {
            &STARTS[8..9]
        };
        for args in starts {
            assert_refused(&home, args, &format!("while {id} is answered with yes"));
            let said = run(&home, args).err;
            assert!(said.contains("Do not drive yourself"), "{said}");
        }
        assert_eq!(sessions(&home), 0);
        assert!(!home.state().join("sessions").exists());
        // Reading, logging and taking along go on.
        for args in [
            &["list"][..],
            &["show", "six-breaths"],
            &["log", "4"],
            &["export"],
        ] {
            ok(&home, args);
        }
    }
}

#[test]
fn an_emergency_answer_bars_the_app_and_the_plain_way_at_a_terminal() {
    let home = Home::new();
    ok(&home, &["safety", "--answer", "E6"]);
    for args in [
        &["start", "six-breaths"][..],
        &["start", "six-breaths", "--plain"],
    ] {
        let mut pty = Pty::start(&home, SIZE, args);
        assert_eq!(pty.wait_exit(), 3);
        assert!(pty.written().contains("while E6 is answered with yes"));
        assert!(!pty.written().contains("Pain now"), "{}", pty.written());
    }
}

#[test]
fn a_session_that_was_cut_off_does_not_go_on_after_an_emergency_answer() {
    let home = Home::new();
    home.write_technique("long", "Long one", &[(60, false, "Hold still.")]);
    let plain = ["start", "long", "--plain", "--no-rating"];
    let mut pty = Pty::start(&home, SIZE, &plain);
    pty.wait_for("Hold still.");
    pty.signal(Signal::KILL);
    pty.wait_exit();
    ok(&home, &["safety", "--set", "E2=yes"]);
    let mut pty = Pty::start(&home, SIZE, &plain);
    assert_eq!(pty.wait_exit(), 3);
    assert!(!pty.written().contains("cut off"), "{}", pty.written());
    // A clinician has looked: it goes on as before.
    ok(&home, &["safety", "--seen-by-clinician", "E2", &today()]);
    let mut pty = Pty::start(&home, SIZE, &plain);
    pty.wait_for("A session was cut off");
    pty.send("g\r");
    pty.wait_for("p goes on");
    pty.send("s\r");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn what_was_cut_off_does_not_go_on_with_what_is_off_by_now() {
    let home = Home::new();
    let plain = [
        "start",
        "cane-hook-hold",
        "--plain",
        "--no-rating",
        "--today",
        "none",
    ];
    let mut pty = Pty::start(&home, SIZE, &plain);
    pty.wait_for("Get ready");
    pty.signal(Signal::KILL);
    pty.wait_exit();
    ok(&home, &["safety", "--set", "K2=yes"]);
    let quick = [
        "start",
        "six-breaths",
        "--plain",
        "--no-rating",
        "--today",
        "none",
    ];
    let mut pty = Pty::start(&home, SIZE, &quick);
    pty.wait_for("A session was cut off");
    pty.send("g\r");
    pty.wait_for("is off: blood thinners or bleeding");
    pty.wait_for("Left as it is.");
    pty.wait_for("Six breaths a minute");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn without_answers_it_is_refused_with_the_way_to_answer_and_then_starts() {
    let home = Home::empty();
    add_quick(&home);
    for args in STARTS {
        assert_refused(&home, args, "'unkink safety --answer none'");
    }
    assert_eq!(run(&home, &["start", "qick", "--plain"]).code, 2);
    ok(&home, &["safety", "--answer", "none"]);
    assert!(ok(&home, &QUICK).contains("The end."));
    assert_eq!(sessions(&home), 1);
}

#[test]
fn answers_of_28_days_ago_or_of_tomorrow_are_asked_again() {
    let now = chrono::Utc::now().date_naive();
    for (day, due) in [
        (now - chrono::Days::new(26), false),
        (now - chrono::Days::new(30), true),
        (now + chrono::Days::new(2), true),
    ] {
        let home = Home::empty();
        add_quick(&home);
        home.write_profile(&format!("asked_on = {day}\n"));
        assert_eq!(run(&home, &QUICK).code, if due { 3 } else { 0 }, "{day}");
    }
}

#[test]
fn what_is_off_is_refused_with_every_reason_and_a_routine_with_its_gaps() {
    let home = Home::new();
    ok(&home, &["safety", "--set", "K2=yes,K6=yes"]);
    let off = ["start", "cane-hook-hold", "--plain", "--no-rating"];
    assert_refused(
        &home,
        &off,
        "blood thinners or bleeding: no strong pressure",
    );
    assert_refused(&home, &off, "; thin bones: no strong pressure");
    let too_little = ["start", "ball-on-wall", "--plain", "--no-rating"];
    assert_refused(&home, &too_little, "too little of Ball on the wall is left");
    let queue = [
        "start",
        "six-breaths",
        "cane-hook-hold",
        "--plain",
        "--no-rating",
    ];
    assert_refused(&home, &queue, "Hook-cane hold is off");
    assert_eq!(sessions(&home), 0);
    ok(&home, &["safety", "--set", "U8=yes"]);
    let walk = ["start", "easy-walk", "--plain", "--no-rating"];
    assert_refused(&home, &walk, "a clinician first (same day");
    // The app is not even opened for it.
    let mut pty = Pty::start(&home, SIZE, &["start", "easy-walk"]);
    assert_eq!(pty.wait_exit(), 3);
}

#[test]
fn what_the_log_raised_is_refused_until_it_is_answered_anew() {
    let home = Home::new();
    add_quick(&home);
    ok(&home, &["safety", "--answer", "none"]);
    ok(&home, &QUICK);
    // Answered a moment ago, and yet not about this.
    ok(
        &home,
        &["log", "4", "--quality", "numb", "--where", "sacrum"],
    );
    let way = "'unkink safety --set E1=no,E5=no,U8=no,K11=no'";
    assert_refused(&home, &QUICK, way);
    assert_refused(&home, &QUICK, "numb, sacrum");
    ok(&home, &["safety", "--set", "E1=no,E5=no"]);
    assert_refused(&home, &QUICK, "'unkink safety --set U8=no,K11=no'");
    ok(&home, &["safety", "--set", "U8=no", "--set", "K11=no"]);
    ok(&home, &QUICK);
    ok(
        &home,
        &["log", "--trigger", "slipped or tripped", "--at", "-3h"],
    );
    assert_refused(&home, &QUICK, "E8=no,U1=no");
    ok(&home, &["undo"]);
    ok(&home, &QUICK);
}
