//! The settings file and `unkink cues` from outside.

use std::process::Output;

use crate::support::home::Home;
use crate::support::pty::{Pty, poll_until};

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn commands_say_what_is_wrong_with_the_settings_and_do_their_work() {
    let home = Home::new();
    home.write_config("flash = true\nflush = 1\n[bell]\non = 'no'\n");
    for args in [&["list"][..], &["paths"], &["cues"]] {
        let ran = home.command(args);
        assert_eq!(ran.status.code(), Some(0), "{args:?}: {ran:?}");
        let said = err(&ran);
        assert!(
            said.contains("config.toml:2: there is no setting 'flush'; did you mean 'flash'?"),
            "{said}"
        );
        assert!(
            said.contains("config.toml:4: bell.on: expected true or false; it stays true"),
            "{said}"
        );
        assert!(!ran.stdout.is_empty());
    }
    let ran = home.command(&[
        "start",
        "six-breaths",
        "--plain",
        "--no-input",
        "--pain",
        "11",
    ]);
    assert_eq!(ran.status.code(), Some(2));
}

#[test]
fn another_file_is_read_when_it_is_asked_for_and_must_be_there() {
    let home = Home::new();
    home.write_config("nonsense");
    let other = home.path().join("other.toml");
    let asked = ["cues", "--config", other.to_str().unwrap()];
    let ran = home.command(&asked);
    assert_eq!(ran.status.code(), Some(2));
    assert!(
        err(&ran).contains("other.toml: there is no such file"),
        "{ran:?}"
    );

    std::fs::write(&other, "bell.on = false\n").unwrap();
    let ran = home.command(&asked);
    assert_eq!((ran.status.code(), &*err(&ran)), (Some(0), ""));
    assert!(
        out(&ran).contains("bell          off in config.toml"),
        "{ran:?}"
    );
}

#[test]
fn a_file_that_is_none_does_not_hold_anybody_up() {
    let home = Home::new();
    std::fs::remove_file(home.config().join("config.toml")).unwrap();
    std::fs::create_dir(home.config().join("config.toml")).unwrap();
    let ran = home.command(&["paths"]);
    assert_eq!(ran.status.code(), Some(0));
    assert!(
        err(&ran).contains("config.toml: not a regular file; no setting in it is used"),
        "{ran:?}"
    );
    assert!(out(&ran).contains("settings"), "{ran:?}");
}

#[test]
fn without_a_file_nothing_is_said_and_none_is_made() {
    let home = Home::new();
    std::fs::remove_dir_all(home.config()).unwrap();
    let ran = home.command(&["list"]);
    assert_eq!((ran.status.code(), &*err(&ran)), (Some(0), ""));
    assert!(!home.config().exists());
}

#[test]
fn cues_says_what_is_used_and_a_command_that_is_not_there_is_a_failure() {
    let home = Home::new();
    home.write_config(
        "breath_cues = 'bell'\nspeech.command = ['/bin/sh', '-c', 'x']\nawake.on = false\nhooks.step = '/bin/true {text}'",
    );
    let ran = home.command(&["cues"]);
    assert_eq!(ran.status.code(), Some(0), "{ran:?}");
    for line in [
        "voice         /bin/sh -c x\n",
        "hook          step: /bin/true {text}\n",
        "awake         off",
    ] {
        assert!(
            out(&ran).contains(line),
            "{line} is missing in {}",
            out(&ran)
        );
    }
    for config in [
        "speech.command = 'not-there'",
        "awake.command = 'not-there'",
        "hooks.any = 'not-there'",
    ] {
        home.write_config(config);
        let ran = home.command(&["cues"]);
        assert_eq!(ran.status.code(), Some(1), "{config}");
        assert!(
            out(&ran).contains("'not-there' is not installed"),
            "{ran:?}"
        );
    }
}

#[test]
fn cues_test_plays_every_event_in_its_order() {
    let home = Home::new();
    home.write_config(
        "awake.on = false\n\
         speech.command = ['sh', '-c', 'echo \"$1\" >> ~/said', 'sh', '{text}']\n\
         hooks.any = ['sh', '-c', 'echo $UNKINK_EVENT >> ~/events']\n",
    );
    let ran = home.command(&["cues", "--test"]);
    assert_eq!((ran.status.code(), &*err(&ran)), (Some(0), ""));
    assert!(!out(&ran).contains('\x07'), "no terminal, no bell");
    let read = |name| std::fs::read_to_string(home.path().join(name)).unwrap();
    let told = out(&ran);
    let (_, played) = told.split_once("\n\n").unwrap();
    let columns = played.lines().map(|line| line.split_at(10));
    let (events, texts): (Vec<&str>, Vec<&str>) =
        columns.map(|(event, text)| (event.trim(), text)).unzip();
    assert_eq!(events.len(), 16);
    assert_eq!(read("said").lines().collect::<Vec<_>>(), texts);
    assert_eq!(read("events").lines().collect::<Vec<_>>(), events);
}

#[test]
fn cues_test_fails_for_a_voice_that_was_set_and_does_not_work() {
    let home = Home::new();
    home.write_config("awake.on = false\nbell.on = false\nspeech.command = ['sh', '-c', 'exit 4']");
    let ran = home.command(&["cues", "--test"]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(
        err(&ran).contains("The voice does not work: sh ended with code 4"),
        "{ran:?}"
    );

    // None at all is no failure.
    home.write_config(Home::QUIET);
    assert_eq!(home.command(&["cues", "--test"]).status.code(), Some(0));
}

#[test]
fn cues_test_rings_on_a_terminal() {
    let home = Home::new();
    let mut pty = Pty::start(&home, (80, 24), &["cues", "--test"]);
    assert_eq!(pty.wait_exit(), 0);
    // Start 3, step 1, half 2, side 2, next 4, finish 6.
    assert_eq!(pty.written().matches('\x07').count(), 21);
}

#[test]
fn cues_test_can_be_broken_off() {
    let home = Home::new();
    home.write_config(
        "awake.on = false\nspeech.command = ['sh', '-c', 'echo $$ > ~/pid; exec sleep 1000']",
    );
    let mut pty = Pty::start(&home, (80, 24), &["cues", "--test"]);
    let pid = || std::fs::read_to_string(home.path().join("pid")).unwrap_or_default();
    poll_until("a voice", || pid().ends_with('\n'));
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    let pid = rustix::process::Pid::from_raw(pid().trim().parse().unwrap()).unwrap();
    poll_until("silence", || {
        rustix::process::test_kill_process(pid).is_err()
    });
}
