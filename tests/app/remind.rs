//! `remind`: one quiet line, a notification when a break is due, and a session from it.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use chrono::Datelike;

use crate::support::home::Home;
use crate::support::pty::{PROGRAM, Pty, see_first_start};
use rustix::process::Signal;

const CALL: &str = "\x1b]9;unkink: Time for a break: Aa palm press, ";

/// A technique that is over in seconds, and everything read that a first start shows.
fn home() -> Home {
    let home = Home::new();
    home.write_technique("aa-palm", "Aa palm press", &[(1, false, "Warm the palms.")]);
    see_first_start(&home);
    home
}

fn remind(home: &Home, columns: u16, args: &[&str]) -> Pty {
    let args: Vec<&str> = ["remind", "--routine", "aa-palm", "--every"]
        .into_iter()
        .chain(args.iter().copied())
        .collect();
    Pty::start(home, (columns, 12), &args)
}

#[test]
fn it_calls_is_put_off_starts_a_session_and_comes_back() {
    let home = home();
    let mut pty = remind(&home, 80, &["2s"]);
    pty.wait_for("next break within a minute");
    pty.wait_for_output("a notification", |pty| pty.written().contains(CALL));
    pty.wait_for("Break: Aa palm press 0:06  s start  z in 10 min");
    assert!(!pty.written().contains("\x1b[?1049h"), "it took the screen");

    pty.send("z");
    pty.wait_for("next break in 10 min");

    pty.send("s");
    pty.wait_for("worst possible pain");
    pty.send("4");
    pty.send("3");
    pty.wait_for("Warm the palms.");
    // Its own end, and the rating after.
    pty.wait_for("worst possible pain");
    pty.send("3");
    pty.send("3");
    // No key for a while: back to the line by itself.
    pty.wait_until("the line again", |screen| {
        !screen.alternate_screen() && screen.contents().contains("next break within a minute")
    });
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    assert!(!pty.screen().contents().contains("next break"));
    let export = home.command(&["export", "--format", "json"]);
    let export = String::from_utf8_lossy(&export.stdout).into_owned();
    assert!(export.contains(r#""status":"finished""#), "{export}");
}

#[test]
fn who_leaves_before_anything_was_done_had_no_break() {
    let home = home();
    let mut pty = remind(&home, 80, &["2s"]);
    pty.wait_for("Break: Aa palm press");
    pty.send("z");
    pty.wait_for("next break in 10 min");
    pty.send("s");
    pty.wait_for("worst possible pain");
    pty.send("\x1b");
    pty.wait_until("the rating is closed", |screen| {
        !screen.contents().contains("worst possible pain")
    });
    pty.forget_written();
    pty.send("q");
    pty.wait_until("the line again", |screen| {
        !screen.alternate_screen() && screen.contents().contains("next break in ")
    });
    assert!(pty.screen().contents().contains("next break in 10 min"));
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn nobody_answers_and_it_calls_once_more_after_as_long_again() {
    let home = home();
    let mut pty = remind(&home, 80, &["1s"]);
    pty.wait_for_output("a second notification", |pty| {
        pty.written().matches(CALL).count() >= 2
    });
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_narrow_pane_leaves_out_what_has_no_room_and_a_wider_one_shows_it() {
    let home = home();
    let mut pty = remind(&home, 40, &["50m"]);
    pty.wait_for("next break in 50 min  s start  q quit");
    pty.resize(80, 12);
    pty.wait_for("next break in 50 min  s start  z +10 min  q quit");
    pty.send("\x1b[A");
    pty.send("z");
    pty.wait_for("next break in 60 min");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn signals_give_the_terminal_back_and_end_it_with_their_code() {
    let home = home();
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::INT, 130),
        (Signal::HUP, 129),
        (Signal::QUIT, 131),
    ] {
        let mut pty = remind(&home, 80, &["50m"]);
        pty.wait_for("next break in 50 min");
        assert!(!pty.modes_are_as_found());
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), code);
        pty.assert_given_back();
    }
    let mut pty = remind(&home, 80, &["50m"]);
    pty.wait_for("next break in 50 min");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
}

#[test]
fn a_terminal_that_goes_away_ends_it() {
    let home = home();
    let mut pty = remind(&home, 80, &["50m"]);
    pty.wait_for("next break in 50 min");
    pty.hang_up();
    assert_eq!(pty.wait_exit(), 129);
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_shows_the_line_again() {
    let home = home();
    let mut pty = Pty::start_as_job(&home, (80, 12), &["remind", "--every", "50m"]);
    pty.wait_for("next break in 50 min");
    pty.send("\x1a");
    pty.wait_in_shell();
    pty.fg();
    pty.wait_for_output("the line", |pty| {
        pty.written().contains("next break in 50 min")
    });
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn on_another_day_it_is_off_and_says_until_when() {
    let home = home();
    let today = chrono::Utc::now().with_timezone(&chrono_tz::Europe::Berlin);
    // In two days at the least, in the last minute of which nobody runs this.
    let day = (today.date_naive() + chrono::Days::new(3))
        .weekday()
        .to_string();
    let mut pty = remind(&home, 80, &["1s", "--days", &day, "--from", "09:00"]);
    pty.wait_for(&format!("off until {day} 09:00  s start  q quit"));
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    assert!(!pty.written().contains("\x1b]9;"));
}

#[test]
fn in_a_pipe_each_event_is_a_line_and_a_closed_pipe_ends_it() {
    let home = home();
    let mut child = Command::new(PROGRAM)
        .args(["remind", "--every", "1s", "--routine", "aa-palm"])
        .env_clear()
        .envs(home.env())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = || lines.next().unwrap().unwrap();
    let first = line();
    assert_eq!(&first[5..], "  next break in 1 second", "{first}");
    for _ in 0..2 {
        let call = line();
        assert_eq!(
            &call[5..],
            "  time for a break: Aa palm press (0:06): unkink start aa-palm"
        );
    }
    drop(lines);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_is_hidden_is_not_offered() {
    let home = home();
    let offered = || {
        let mut child = Command::new(PROGRAM)
            .args(["remind", "--every", "1s"])
            .env_clear()
            .envs(home.env())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let call = lines.nth(1).unwrap().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let (_, slug) = call.rsplit_once(": unkink start ").unwrap();
        slug.split(' ').next().unwrap().to_owned()
    };
    let first = offered();
    home.write_config(&format!("hide = ['{first}']"));
    assert_ne!(offered(), first);
}

#[test]
fn what_is_not_said_is_as_the_settings_have_it_and_a_bad_setting_stops_nothing() {
    let home = home();
    let first = |settings: &str, args: &[&str]| {
        home.write_config(settings);
        let mut child = Command::new(PROGRAM)
            .arg("remind")
            .args(args)
            .env_clear()
            .envs(home.env())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        child.kill().unwrap();
        let told = child.wait_with_output().unwrap().stderr;
        (
            line[5..].trim().to_owned(),
            String::from_utf8(told).unwrap(),
        )
    };
    let (line, _) = first("", &[]);
    assert_eq!(line, "next break in 50 minutes");
    let (line, _) = first("[remind]\nevery = '20m'", &[]);
    assert_eq!(line, "next break in 20 minutes");
    let (line, _) = first("[remind]\nevery = '20m'", &["--every", "30m"]);
    assert_eq!(line, "next break in 30 minutes");
    let (line, told) = first("[remind]\nevery = 'now'\nroutine = 'aa-pal'", &[]);
    assert_eq!(line, "next break in 50 minutes");
    for part in ["remind.every", "did you mean 'aa-palm'"] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn what_makes_no_sense_is_refused() {
    let home = home();
    for args in [
        &["remind", "--every", "0s"][..],
        &["remind", "--every", "often"],
        &["remind", "--every", "50m", "--from", "25:00"],
        &["remind", "--every", "50m", "--days", "someday"],
        &["remind", "--every", "50m", "--routine", "nothing-like-it"],
        // It can be read, not done.
        &["remind", "--every", "50m", "--routine", "posture"],
    ] {
        let ran = home.command(args);
        assert_eq!(ran.status.code(), Some(2), "{args:?}");
        assert!(!ran.stderr.is_empty(), "{args:?}");
    }
}
