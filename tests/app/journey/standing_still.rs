//! A session that is stopped from outside or with Ctrl-Z: it stands still, and only practice counts.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::{at_the_first_step, home};
use crate::support::home::Home;
use crate::support::pty::{Pty, let_pass, past_the_first_text};

#[test]
fn control_z_in_the_middle_stands_still_and_goes_on_after_fg() {
    let home = home();
    let mut pty = Pty::start_as_job(&home, (80, 24), &[]);
    past_the_first_text(&mut pty);
    pty.send("/aa palm\r");
    pty.wait_for("Aa palm press");
    pty.send("\r\r");
    pty.wait_for("Warm the palms.");
    pty.send("\x1a");
    pty.wait_in_shell();
    pty.fg();
    pty.wait_for("Space goes on");
    pty.send(" ");
    pty.wait_for("Rest the palms.");
    pty.wait_for("worst possible pain");
    pty.send("\r");
    pty.wait_for("in the log");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let export = home.command(&["export", "--format", "json"]);
    let export = String::from_utf8_lossy(&export.stdout).into_owned();
    assert!(export.contains(r#""active_s":5"#), "{export}");
}

/// Shorter than what the clocks alone show to be an absence.
const STOPPED: Duration = Duration::from_secs(4);

/// A technique that does not end by itself while a test runs.
fn home_with_a_long_step() -> Home {
    let home = Home::new();
    home.write_technique("aa-palm", "Aa palm press", &[(60, false, "Hold still.")]);
    home
}

/// Starts the long step from the library; when it was seen to run.
fn in_the_long_step(pty: &mut Pty) -> Instant {
    past_the_first_text(pty);
    pty.send("/aa palm\r");
    pty.wait_for("Aa palm press");
    pty.send("\r\r");
    pty.wait_for("Get ready");
    pty.wait_until("the step runs", |screen| {
        let shown = screen.contents();
        shown.contains("Hold still.") && !shown.contains("Get ready")
    });
    let began = Instant::now();
    // Of what is left at once nothing would be kept.
    let first = pty.screen().contents();
    pty.wait_until("a second of it is over", |screen| {
        screen.contents() != first
    });
    began
}

/// Seconds that the log counts as practised.
fn counted_s(home: &Home) -> u64 {
    let export = home.command(&["export", "--format", "json"]);
    let export = String::from_utf8_lossy(&export.stdout).into_owned();
    let after = export.rsplit(r#""active_s":"#).next().unwrap();
    let number: String = after.chars().take_while(char::is_ascii_digit).collect();
    number.parse().unwrap_or_else(|_| panic!("{export}"))
}

/// A second for what the screen lagged behind, another for rounding: together less than what a stop would add.
#[track_caller]
fn assert_only_practice_counts(home: &Home, practised: Duration) {
    let counted = counted_s(home);
    let most = practised.as_secs() + 2;
    assert!(
        counted <= most,
        "{counted} s counted, at most {most} s practised"
    );
}

#[test]
fn time_spent_stopped_from_outside_is_not_practice() {
    let home = home_with_a_long_step();
    let mut pty = Pty::start(&home, (80, 24), &[]);
    let began = in_the_long_step(&mut pty);
    pty.signal(Signal::STOP);
    pty.wait_stopped();
    let practised = began.elapsed();
    let_pass(STOPPED);
    pty.signal(Signal::CONT);
    pty.wait_for("Space goes on");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    assert_only_practice_counts(&home, practised);
}

#[test]
fn time_spent_stopped_as_a_job_from_outside_is_not_practice() {
    let home = home_with_a_long_step();
    let mut pty = Pty::start_as_job(&home, (80, 24), &[]);
    let began = in_the_long_step(&mut pty);
    rustix::process::kill_process(pty.foreground(), Signal::TSTP).unwrap();
    pty.wait_in_shell();
    let practised = began.elapsed();
    let_pass(STOPPED);
    // Another size is news that must not come first.
    pty.resize(100, 30);
    pty.fg();
    pty.wait_for("Space goes on");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    assert_only_practice_counts(&home, practised);
}

#[test]
fn told_to_leave_while_stopped_the_time_since_is_not_practice() {
    let home = home_with_a_long_step();
    let mut pty = Pty::start(&home, (80, 24), &[]);
    let began = in_the_long_step(&mut pty);
    pty.signal(Signal::STOP);
    pty.wait_stopped();
    let practised = began.elapsed();
    let_pass(STOPPED);
    pty.signal(Signal::TERM);
    pty.signal(Signal::CONT);
    assert_eq!(pty.wait_exit(), 143);
    pty.assert_given_back();
    assert_only_practice_counts(&home, practised);
}

#[test]
fn half_an_escape_sequence_does_not_hold_the_clock() {
    let home = home();
    let mut pty = at_the_first_step(&home);
    pty.send("\x1b[");
    pty.wait_for("step 2 of 3");
    pty.wait_for("change sides");
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), 143);
}

#[test]
fn line_by_line_control_z_stands_still_and_goes_on_after_fg() {
    let home = home();
    let plain = ["start", "aa-palm", "--plain", "--no-rating"];
    let mut pty = Pty::start_as_job(&home, (80, 24), &plain);
    pty.wait_for("Warm the palms.");
    pty.send("\x1a");
    pty.wait_in_shell();
    pty.fg();
    pty.wait_for("p goes on");
    pty.send("p\r");
    pty.wait_for("Saved.");
    assert_eq!(pty.wait_exit(), 0);
    let export = home.command(&["export", "--format", "json"]);
    let export = String::from_utf8_lossy(&export.stdout).into_owned();
    assert!(export.contains(r#""active_s":5"#), "{export}");
}
