//! A terminal that goes away, in whole or in part, or freezes: it ends by itself, soon.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::process::Signal;

use super::opened;
use crate::support::home::Home;
use crate::support::pty::{Pty, SOON, let_pass, poll_until};

#[test]
fn a_hang_up_ends_it() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.hang_up();
    assert_eq!(pty.wait_exit_within(SOON), 129);
}

#[test]
fn a_hang_up_with_sighup_ignored_ends_it_too() {
    let home = Home::new();
    // The shell leads the session and gets the signal; the program sees nothing but its terminal gone.
    let mut pty = Pty::shell(
        &home,
        (80, 24),
        "trap '' HUP; \"$unkink\"; echo $? >code; mv code ended",
    );
    pty.wait_drawn();
    pty.hang_up();
    poll_until("its end", || home.path().join("ended").exists());
    let code = std::fs::read_to_string(home.path().join("ended")).unwrap();
    assert_eq!(code.trim(), "129");
}

/// The program with its keys from one terminal (the first) and its screen on another; the last is that one's name.
fn on_two_terminals(home: &Home) -> (Pty, Pty, PathBuf) {
    let mut screen = Pty::shell(home, (80, 24), "tty; read -r line");
    screen.wait_for("/dev/");
    let name = PathBuf::from(screen.screen().contents().trim());
    let script = format!("\"$unkink\" >{}; echo \"code $?\"; times", name.display());
    let mut keys = Pty::shell(home, (80, 24), &script);
    screen.wait_for("Before you start");
    keys.send("\r");
    screen.wait_until("the first text is closed", |screen| {
        !screen.contents().contains("Before you start")
    });
    (keys, screen, name)
}

/// Takes the screen away; then a new size of the other terminal is a reason to paint, and painting fails.
fn lose_the_screen(keys: &mut Pty, screen: &mut Pty, name: &Path) {
    // What is typed there is echoed.
    screen.hang_up_when(|screen| screen.send("\n"));
    poll_until("it to be gone", || !name.exists());
    keys.resize(81, 24);
}

#[test]
fn a_screen_that_goes_away_alone_ends_it_with_the_first_painting_that_fails() {
    let home = Home::new();
    let (mut keys, mut screen, name) = on_two_terminals(&home);
    // What the start still brings would wake it; then nothing does.
    poll_until("it to be noted", || home.state().join("seen.json").exists());
    let_pass(Duration::from_millis(300));
    lose_the_screen(&mut keys, &mut screen, &name);
    assert_eq!(keys.wait_exit_within(SOON), 0);
    assert!(keys.written().contains("code 129"), "{}", keys.written());
}

#[test]
fn without_its_screen_it_is_not_kept_awake_by_what_was_half_typed() {
    let home = Home::new();
    let (mut keys, mut screen, name) = on_two_terminals(&home);
    // While a save waits for the journal's lock it may not leave yet.
    let _lock = home.hold_the_lock();
    keys.send("l");
    screen.wait_for("worst possible pain");
    keys.send("47\r\x1b[20");
    screen.wait_until("the form is closed", |screen| {
        !screen.contents().contains("worst possible pain")
    });
    lose_the_screen(&mut keys, &mut screen, &name);
    assert_eq!(keys.wait_exit_within(SOON), 0);
    let written = keys.written();
    assert!(written.contains("code 129"), "{written}");
    // The second line is about the children: user and system time, such as 0m0.120s.
    let times = written.lines().last().unwrap_or_default();
    let used: f64 = times.split_whitespace().map(seconds).sum();
    assert!(used < 0.9, "{used} s of work while waiting: {times}");
}

/// Minutes and seconds as the shell says them.
fn seconds(time: &str) -> f64 {
    let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
    minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
}

#[test]
fn a_terminal_that_has_frozen_does_not_keep_it_from_leaving() {
    let home = Home::new();
    let mut pty = Pty::start_frozen(&home, (200, 60), &[]);
    poll_until("raw mode", || !pty.modes_are_as_found());
    let screen = pty.open_screen();
    // Paintings, until nobody could write another byte.
    // The system may still move on a little of what it holds: only what stays full has frozen.
    let mut full = 0;
    poll_until("the terminal to take no more", || {
        pty.send("\r\x0c");
        full = if takes_output(&screen) { 0 } else { full + 1 };
        full > 20
    });
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit_within(SOON), 143);
    assert!(!takes_output(&screen), "it was frozen to the end");
    assert!(pty.modes_are_as_found());
}

fn takes_output(terminal: &File) -> bool {
    let mut fds = [PollFd::new(terminal, PollFlags::OUT)];
    let nothing = Timespec::default();
    rustix::event::poll(&mut fds, Some(&nothing)).unwrap() > 0
}
