//! The program in a real pseudo-terminal: taken and given back, stopped and continued, hung up, flooded.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::pty::{Home, PROGRAM, Pty, SOON, let_pass, poll_until};
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::process::Signal;

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

#[test]
fn two_thousand_keys_at_once_with_q_behind_them_quit() {
    let home = Home::new();
    let mut pty = opened(&home);
    let mut keys = "jk".repeat(1000);
    keys.push('q');
    pty.send(keys);
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn a_paste_longer_than_any_buffer_is_text_and_nothing_stays_unread() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.send(format!("\x1b[200~{}\x1b[201~", "q".repeat(5000)));
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn half_an_escape_sequence_holds_nothing_up() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.send("\x1b[20");
    // The loop still turns: it answers to a new size while the other half is missing.
    pty.forget_written();
    pty.resize(90, 30);
    pty.wait_for_output("a new painting", |pty| pty.written().contains("\x1b[2J"));
    pty.send("0~q\x1b[201~");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn a_paste_whose_end_was_lost_does_not_swallow_the_keys_for_ever() {
    let home = Home::new();
    let mut pty = opened(&home);
    pty.send("\x1b[200~abc");
    // Whether Ctrl-C still belongs to the paste is a question of time: it is pressed until it is heard.
    pty.press_until_it_ends("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn random_bytes_are_survived_and_ctrl_c_still_leaves() {
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let words = [
        "\x1b[",
        "\x1b[<0;0;0M",
        "\x1b[0;0R",
        "\x1bO",
        "\x1b]0;x\x07",
        "\x1b[M",
        "é",
        "1;5",
        "~",
    ];
    for _ in 0..4 {
        let mut noise = Vec::new();
        while noise.len() < 20_000 {
            match random() % 4 {
                0 => noise.extend(words[random() as usize % words.len()].as_bytes()),
                // None of Ctrl-C, Ctrl-Z and Ctrl-\, which are heard: where the noise itself left, the terminal
                // makes signals of what is still to come.
                _ => noise.push(match random() as u8 {
                    0x03 | 0x1a | 0x1c => b'x',
                    byte => byte,
                }),
            }
        }
        let home = Home::new();
        let mut pty = opened(&home);
        pty.send_as_it_takes(&noise);
        pty.press_until_it_ends("\x03");
        let code = pty.wait_exit();
        assert!(
            matches!(code, 0 | 130),
            "ended with {code}: {:?}",
            pty.written()
                .split_once("panicked")
                .map(|said| said.1.to_owned())
        );
        pty.assert_given_back();
    }
}

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
