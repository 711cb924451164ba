//! The main job through a real terminal: choose, do, log; and what happens to it when things go wrong.

mod standing_still;

use rustix::process::Signal;

use crate::support::home::Home;
use crate::support::pty::{Pty, past_the_first_text};

/// A technique that is over in seconds, with a change of sides.
fn home() -> Home {
    let home = Home::new();
    home.write_technique(
        "aa-palm",
        "Aa palm press",
        &[
            (1, false, "Warm the palms."),
            (1, true, "Press with the palm."),
            (2, false, "Rest the palms."),
        ],
    );
    home
}

/// The library with the own technique selected and the first text read.
fn at_the_technique(home: &Home, size: (u16, u16)) -> Pty {
    let mut pty = Pty::start(home, size, &[]);
    past_the_first_text(&mut pty);
    pty.send("/aa palm\r");
    pty.wait_for("Aa palm press");
    pty
}

/// In its first step, without the time to get ready.
fn at_the_first_step(home: &Home) -> Pty {
    let mut pty = at_the_technique(home, (80, 24));
    pty.send("\r\r");
    pty.wait_for("Get ready");
    pty.send("n");
    pty.wait_for("step 1 of 3");
    pty
}

#[test]
fn a_person_chooses_follows_rates_and_finds_the_entry_again() {
    let home = home();
    let mut pty = at_the_technique(&home, (120, 36));

    // Pain and stress before, one key each.
    pty.send("\r");
    pty.wait_for("worst possible pain");
    pty.send("6");
    pty.send("3");

    // The steps, with a change of sides.
    pty.wait_for("Get ready");
    pty.wait_for("Warm the palms.");
    pty.wait_for("left side");
    pty.wait_for("Press with the palm.");
    pty.wait_for("right side");
    pty.wait_for("Rest the palms.");

    // Pain and stress after.
    pty.wait_for("worst possible pain");
    pty.send("4");
    pty.send("3");
    pty.wait_for("pain 2 lower");
    pty.wait_for("in the log");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();

    // Tomorrow: the entry is there, and nothing has to be read first.
    let mut pty = Pty::start(&home, (120, 36), &[]);
    pty.wait_for("pain 2 lower");
    assert!(!pty.screen().contents().contains("Before you start"));
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);

    // The command line says the same.
    let history = home.command(&["history", "--json"]);
    let history: serde_json::Value =
        serde_json::from_slice(&history.stdout).expect("history is JSON");
    let export = home.command(&["export", "--format", "json"]);
    let export: serde_json::Value = serde_json::from_slice(&export.stdout).expect("export is JSON");
    for told in [&history, &export] {
        let text = told.to_string();
        for part in [
            r#""technique":"aa-palm""#,
            r#""status":"finished""#,
            r#""pain_before":6"#,
            r#""pain_after":4"#,
            r#""stress_before":3"#,
            r#""stress_after":3"#,
            r#""active_s":5"#,
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }
}

#[test]
fn killed_in_the_middle_the_session_is_offered_at_the_next_start_and_goes_on() {
    let home = home();
    let mut pty = at_the_first_step(&home);
    pty.wait_for("step 2 of 3");
    pty.signal(Signal::KILL);
    pty.wait_exit();

    let mut pty = Pty::start(&home, (80, 24), &[]);
    pty.wait_for("cut off");
    pty.wait_for("Aa palm press");
    pty.send("r");
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
    assert_eq!(export.matches(r#""kind":"session""#).count(), 1, "{export}");
    assert!(export.contains(r#""status":"finished""#), "{export}");
}

#[test]
fn killed_in_the_middle_the_part_done_can_be_kept() {
    let home = home();
    let mut pty = at_the_first_step(&home);
    pty.wait_for("step 2 of 3");
    pty.signal(Signal::KILL);
    pty.wait_exit();

    let mut pty = Pty::start(&home, (80, 24), &[]);
    pty.wait_for("cut off");
    pty.send("k");
    pty.wait_for("in the log");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let export = home.command(&["export", "--format", "json"]);
    let export = String::from_utf8_lossy(&export.stdout).into_owned();
    assert!(export.contains(r#""status":"stopped""#), "{export}");

    // Settled: it is not offered again.
    let mut pty = Pty::start(&home, (80, 24), &[]);
    pty.wait_for("Library");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    assert!(!pty.written().contains("cut off"));
}

#[test]
fn a_signal_in_the_middle_keeps_the_part_done() {
    let signals = [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)];
    // Side by side, as each waits for its first step to be over.
    let runs = signals.map(|(signal, code)| {
        let home = home();
        let pty = at_the_first_step(&home);
        (home, pty, signal, code)
    });
    for (home, mut pty, signal, code) in runs {
        pty.wait_for("step 2 of 3");
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), code);
        pty.assert_given_back();
        let export = home.command(&["export", "--format", "json"]);
        let export = String::from_utf8_lossy(&export.stdout).into_owned();
        assert!(export.contains(r#""status":"stopped""#), "{export}");
        assert!(export.contains(r#""active_s":1"#), "{export}");
    }
}

#[test]
fn a_terminal_that_goes_away_keeps_the_part_done() {
    let home = home();
    let mut pty = at_the_first_step(&home);
    pty.wait_for("step 2 of 3");
    pty.hang_up();
    pty.wait_exit();
    let export = home.command(&["export", "--format", "json"]);
    let export = String::from_utf8_lossy(&export.stdout).into_owned();
    assert!(export.contains(r#""status":"stopped""#), "{export}");
}

#[test]
fn a_check_in_takes_three_keys_and_undo_takes_it_back() {
    let home = Home::new();
    let mut pty = Pty::start(&home, (120, 36), &[]);
    past_the_first_text(&mut pty);
    pty.send("l");
    pty.wait_for("worst possible pain");
    pty.send("47\r");
    pty.wait_for("Saved.");
    pty.wait_for("pain 4");
    pty.send("u");
    // What the notice says about it may still name the number.
    pty.wait_for("Nothing here yet");
    pty.send("\x12");
    pty.wait_until("the entry is back", |screen| {
        !screen.contents().contains("Nothing here yet")
    });
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn what_the_command_line_writes_shows_in_the_open_app() {
    let home = Home::new();
    let mut pty = Pty::start(&home, (120, 36), &[]);
    past_the_first_text(&mut pty);
    pty.wait_for("Log");
    assert!(home.command(&["log", "7", "2"]).status.success());
    pty.wait_for("pain 7");
    assert!(home.command(&["undo"]).status.success());
    pty.wait_until("the entry is gone", |screen| {
        !screen.contents().contains("pain 7")
    });
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_data_directory_that_is_a_file_says_so_and_the_app_still_opens() {
    let home = Home::new();
    let data = home.path().join("in-the-way");
    std::fs::write(&data, "not a directory").expect("a file");
    let data = data.display().to_string();
    let mut pty = Pty::start(&home, (120, 36), &["--data-dir", &data]);
    past_the_first_text(&mut pty);
    pty.wait_for("Some things could not be used");
    pty.wait_for("in-the-way");
    pty.send("\r");
    // Answers that can't be read are asked for anew; who only browses leaves them.
    pty.wait_for("Urgent signs");
    pty.send("\x1b");
    // What is wrong with the place may be told a moment later, and takes the line that says 'later, then'.
    pty.wait_until("the questions are put off", |screen| {
        !screen.contents().contains("Urgent signs")
    });
    // What is typed is kept, and leaving asks.
    pty.send("l5\r");
    pty.wait_for("Not saved");
    pty.send("q");
    pty.wait_for("leave without saving");
    pty.send("l");
    assert_eq!(pty.wait_exit(), 1);
    assert_eq!(
        std::fs::read(home.path().join("in-the-way")).ok(),
        Some(b"not a directory".to_vec())
    );
}

#[test]
fn line_by_line_a_session_that_was_cut_off_goes_on_and_is_one_entry() {
    let home = home();
    let plain = ["start", "aa-palm", "--plain"];
    let mut pty = Pty::start(&home, (80, 24), &plain);
    pty.wait_for("Pain now");
    pty.send("6\r\r");
    pty.wait_for("Get ready");
    pty.send("n\r");
    pty.wait_for("Press with the palm.");
    pty.signal(Signal::KILL);
    pty.wait_exit();

    let mut pty = Pty::start(&home, (80, 24), &plain);
    pty.wait_for("A session was cut off: Aa palm press");
    pty.send("g\r");
    pty.wait_for("p goes on");
    pty.send("p\r");
    pty.wait_for("Rest the palms.");
    pty.wait_for("Pain after it");
    pty.send("4\r\r");
    pty.wait_for("pain 2 lower");
    assert_eq!(pty.wait_exit(), 0);
    let export = home.command(&["export", "--format", "json"]);
    let export = String::from_utf8_lossy(&export.stdout).into_owned();
    assert_eq!(export.matches(r#""kind":"session""#).count(), 1, "{export}");
    assert!(export.contains(r#""active_s":5"#), "{export}");

    // Settled: the next start begins with its own questions.
    let mut pty = Pty::start(&home, (80, 24), &plain);
    pty.wait_for("Pain now");
    assert!(!pty.written().contains("cut off"));
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}
