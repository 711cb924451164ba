//! What a session tells without the screen, seen from outside: voice, bell, hooks, notification, a machine kept awake.
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::support::home::Home;
use crate::support::pty::{Pty, poll_until};
use rustix::process::{Pid, Signal, test_kill_process};

const STEPS: [(u32, bool, &str); 3] = [
    (1, false, "Warm the palms."),
    (1, true, "Press with the palm."),
    (2, false, "Rest the palms."),
];

/// A person whose technique is over in seconds and has a change of sides, with these settings.
fn home(config: &str) -> Home {
    let home = Home::new();
    home.write_technique("aa-palm", "Aa palm press", &STEPS);
    home.write_config(config);
    home
}

/// The same with a single step.
fn quick_home(config: &str) -> Home {
    let home = Home::new();
    home.write_technique("aa-palm", "Aa palm press", &[(1, false, "Warm the palms.")]);
    home.write_config(config);
    home
}

/// The same with a step that does not end by itself while a test runs.
fn long_home(config: &str) -> Home {
    let home = Home::new();
    home.write_technique("aa-palm", "Aa palm press", &[(60, false, "Hold still.")]);
    home.write_config(config);
    home
}

/// An executable script in the home's `bin`; its path. `$HOME` is the home.
fn script(home: &Home, name: &str, text: &str) -> PathBuf {
    let bin = home.path().join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    let path = bin.join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// A PATH on which the home's scripts come first, or are all there is.
fn path(home: &Home, alone: bool) -> String {
    let bin = home.path().join("bin").display().to_string();
    match std::env::var("PATH") {
        Ok(rest) if !alone => format!("{bin}:{rest}"),
        _ => bin,
    }
}

/// Settings with this script as the voice and nothing else that is heard.
fn voice_only(script: &str) -> String {
    format!(
        "bell.on = false\nawake.on = false\nspeech.command = ['/bin/sh', '-c', '{script}', 'sh', '{{text}}']\n"
    )
}

fn read(home: &Home, name: &str) -> String {
    std::fs::read_to_string(home.path().join(name)).unwrap_or_default()
}

/// The session with this technique, started at once from the command line.
fn start(home: &Home, env: &[(&str, &str)]) -> Pty {
    let args = ["start", "aa-palm", "--no-rating"];
    let mut pty = Pty::start_with(home, (80, 24), &args, env);
    pty.wait_for("Before you start");
    pty.send("\r");
    pty.wait_for("Get ready");
    pty
}

fn quit(mut pty: Pty) -> String {
    pty.send("\x03");
    pty.wait_exit();
    pty.assert_given_back();
    pty.written()
}

fn is_there(pid: &str) -> bool {
    test_kill_process(Pid::from_raw(pid.trim().parse().unwrap()).unwrap()).is_ok()
}

/// The last number that a script wrote there, once the file has this many lines.
fn pid_in(home: &Home, name: &str, lines: usize) -> String {
    poll_until(name, || read(home, name).lines().count() >= lines);
    read(home, name).lines().last().unwrap().to_owned()
}

#[test]
fn every_cue_of_a_session_is_said_in_its_order() {
    let home = home(&voice_only("echo \"$1\" >> ~/said"));
    let mut pty = start(&home, &[]);
    pty.wait_for("in the log");
    poll_until("the last word", || {
        read(&home, "said").contains("Finished.")
    });
    quit(pty);
    let said = read(&home, "said");
    let steps: Vec<&str> = said.lines().filter(|line| !is_count(line)).collect();
    assert_eq!(
        steps,
        [
            "Aa palm press, eighteen seconds. Get ready, sitting.",
            "Warm the palms.",
            "Left side. Press with the palm.",
            "Change to the right side.",
            "Press with the palm.",
            "Rest the palms. Two seconds.",
            "Finished.",
        ],
        "{said}"
    );
}

/// What is counted down, or said in the middle of a step, depends on its length.
fn is_count(line: &str) -> bool {
    ["Three.", "Two.", "One.", "Half way.", "Ten seconds."].contains(&line)
}

#[test]
fn the_next_cue_ends_one_that_is_late_and_the_last_one_ends_with_us() {
    // Each speaks for ever.
    let home = home(&voice_only(
        "echo $$ >> ~/pids; sleep 1000; echo late >> ~/late",
    ));
    let mut pty = start(&home, &[]);
    pty.wait_for("in the log");
    let last = pid_in(&home, "pids", 7);
    for pid in read(&home, "pids").lines().filter(|pid| *pid != last) {
        poll_until("the late one to be gone", || !is_there(pid));
    }
    quit(pty);
    poll_until("the last one to be gone", || !is_there(&last));
    assert_eq!(read(&home, "late"), "");
}

#[test]
fn what_speaks_through_a_server_is_stopped_there() {
    let home = long_home("bell.on = false\nawake.on = false");
    script(
        &home,
        "spd-say",
        "echo \"$*\" >> ~/asked; [ $# = 1 ] || exec sleep 1000",
    );
    let path = path(&home, false);
    let mut pty = start(&home, &[("PATH", &path)]);
    poll_until("the first cue", || {
        read(&home, "asked").contains("Get ready")
    });
    pty.send("m");
    poll_until("the server to be told", || {
        read(&home, "asked").ends_with("\n-S\n")
    });
    assert!(read(&home, "asked").starts_with("-P text -w -- Aa palm press, "));
    quit(pty);
}

#[test]
fn muting_ends_what_is_being_said_and_what_comes_is_not_said() {
    let home = long_home(&voice_only(
        "echo \"$1\" >> ~/said; echo $$ >> ~/pids; sleep 1000",
    ));
    let mut pty = start(&home, &[]);
    let pid = pid_in(&home, "pids", 2);
    pty.send("m");
    pty.wait_for("Voice and bell are off");
    poll_until("silence", || !is_there(&pid));
    let before = read(&home, "said");
    pty.send(" ");
    pty.wait_for("Space go on");
    pty.send("m");
    pty.wait_for("Voice and bell are on");
    pty.send("n");
    poll_until("the voice again", || {
        read(&home, "said").len() > before.len()
    });
    assert!(!read(&home, "said").contains("Paused."), "said while muted");
    quit(pty);
}

#[test]
fn a_voice_that_does_not_work_is_told_and_the_session_goes_on() {
    let home = quick_home(&voice_only("exit 3"));
    let mut pty = start(&home, &[]);
    pty.wait_for("step 1 of 1");
    // After what to watch for, the next key has it.
    pty.send("1");
    pty.wait_for("The voice does not work: sh ended with code 3");
    pty.wait_for("in the log");
    quit(pty);
}

#[test]
fn where_nothing_is_installed_the_session_runs_and_that_is_told_once_ever() {
    let home = quick_home("");
    std::fs::create_dir_all(home.path().join("bin")).unwrap();
    let path = path(&home, true);
    let env = [("PATH", path.as_str())];
    let mut pty = start(&home, &env);
    pty.wait_for("step 1 of 1");
    pty.send("1");
    pty.wait_for("There is no voice");
    pty.wait_for("in the log");
    quit(pty);

    let mut pty = Pty::start_with(&home, (80, 24), &["start", "aa-palm", "--no-rating"], &env);
    pty.wait_for("step 1 of 1");
    pty.send("1");
    pty.wait_for("in the log");
    let written = quit(pty);
    assert!(
        !written.contains("no voice") && !written.contains("go dark"),
        "told again"
    );
}

#[test]
fn hooks_run_for_their_events_and_for_any_also_when_muted() {
    let home = Home::new();
    home.write_technique("aa-palm", "Aa palm press", &[(2, true, "Press.")]);
    let config = "[hooks]\nany = ['sh', '-c', 'echo \"$UNKINK_EVENT: $UNKINK_TEXT\" >> ~/any']\n\
        side = ['sh', '-c', 'echo \"$1\" >> ~/side', 'sh', '{event} {side}: {text}']\n";
    home.write_config(&(Home::QUIET.to_owned() + config));
    let mut pty = start(&home, &[]);
    pty.send("m");
    pty.wait_for("in the log");
    poll_until("the last hook", || read(&home, "any").contains("finish"));
    quit(pty);
    let any = read(&home, "any");
    for line in [
        "start: Aa palm press, ",
        "step: Press. ",
        "finish: Finished.",
    ] {
        assert!(any.contains(line), "{line} is missing in {any}");
    }
    assert_eq!(
        read(&home, "side"),
        "side right: Change to the right side.\n"
    );
}

#[test]
fn bells_ring_as_often_as_the_event_has_strokes() {
    let home = Home::new();
    home.write_technique("aa-palm", "Aa palm press", &[(3, true, "Press.")]);
    let mut pty = start(&home, &[]);
    let strokes = |pty: &Pty| pty.written().matches('\x07').count();
    // Start 3, step 1, change side 2, step 1, end 6; half of a step so short is not told.
    let mut before = 0;
    for (event, shown, count) in [
        ("start", "Get ready", 3),
        ("step", "Press.", 1),
        ("side", "right side", 2),
        ("step", "Press.", 1),
        ("end", "in the log", 6),
    ] {
        pty.wait_for_output(event, |pty| {
            pty.screen().contents().contains(shown) && strokes(pty) >= before + count
        });
        before += count;
    }
    let written = quit(pty);
    assert_eq!(written.matches('\x07').count(), before);
}

#[test]
fn with_the_bell_off_nothing_rings() {
    let home = quick_home("bell.on = false\nspeech.on = false\nawake.on = false");
    let mut pty = start(&home, &[]);
    pty.wait_for("in the log");
    assert!(!quit(pty).contains('\x07'));
}

#[test]
fn a_notification_is_sent_once_the_terminal_said_that_it_is_not_looked_at() {
    const NOTIFIED: &str = "\x1b]9;unkink: Finished.\x1b\\";
    let cases = [("", false), ("\x1b[O", true), ("\x1b[O\x1b[I", false)];
    let runs = cases.map(|(focus, sent)| {
        let home = quick_home(Home::QUIET);
        let mut pty = start(&home, &[]);
        let asked = pty.written().contains("\x1b[?1004h");
        assert!(asked, "it asks for focus events");
        pty.send(focus);
        (home, pty, focus, sent)
    });
    for (_home, mut pty, focus, sent) in runs {
        pty.wait_for("in the log");
        let written = quit(pty);
        assert_eq!(written.contains(NOTIFIED), sent, "after {focus:?}");
        assert_eq!(
            written.matches("\x1b]9;").count(),
            usize::from(sent),
            "not for each step"
        );
    }
}

/// A stand-in for systemd-inhibit that notes its number and runs for as long as it may.
const INHIBIT: &str = "echo \"$*\" >> ~/asked; echo $$ >> ~/pids; exec sleep 1000";

#[test]
fn the_machine_is_kept_awake_while_a_session_runs_and_no_longer() {
    let home = long_home("speech.on = false");
    script(&home, "systemd-inhibit", INHIBIT);
    let path = path(&home, false);
    let mut pty = start(&home, &[("PATH", &path)]);
    let first = pid_in(&home, "pids", 1);
    assert!(read(&home, "asked").starts_with("--what=idle:sleep "));
    pty.wait_for("step 1 of 1");
    assert!(is_there(&first));

    pty.send(" ");
    pty.wait_for("Space go on");
    poll_until("rest in the pause", || !is_there(&first));

    pty.send(" ");
    let second = pid_in(&home, "pids", 2);
    assert!(is_there(&second), "counting in");
    pty.wait_for("Space pause");
    pty.send("n");
    pty.wait_for("step 1 of 1");
    pty.send("n");
    pty.wait_for("in the log");
    poll_until("rest after the end", || !is_there(&second));
    assert_eq!(read(&home, "pids").lines().count(), 2);
    quit(pty);
}

#[test]
fn whatever_ends_us_lets_the_machine_sleep() {
    for signal in [Signal::KILL, Signal::TERM, Signal::HUP] {
        let home = long_home("speech.on = false");
        script(&home, "systemd-inhibit", INHIBIT);
        let path = path(&home, false);
        let mut pty = start(&home, &[("PATH", &path)]);
        let pid = pid_in(&home, "pids", 1);
        pty.signal(signal);
        pty.wait_exit();
        poll_until("rest", || !is_there(&pid));
    }
}

#[test]
fn stopped_as_a_job_the_machine_may_sleep() {
    let home = long_home("speech.on = false");
    script(&home, "systemd-inhibit", INHIBIT);
    // As a job the environment is the home's, so the program is set.
    let inhibit = home.path().join("bin/systemd-inhibit");
    home.write_config(&format!(
        "speech.on = false\nawake.command = ['{}']",
        inhibit.display()
    ));
    let mut pty = Pty::start_as_job(&home, (80, 24), &["start", "aa-palm", "--no-rating"]);
    pty.wait_for("Before you start");
    pty.send("\r");
    let pid = pid_in(&home, "pids", 1);
    rustix::process::kill_process(pty.foreground(), Signal::TSTP).unwrap();
    pty.wait_in_shell();
    poll_until("rest", || !is_there(&pid));
    pty.fg();
    pty.wait_for("Space go on");
    pty.send(" ");
    let pid = pid_in(&home, "pids", 2);
    assert!(is_there(&pid));
    quit(pty);
    poll_until("rest", || !is_there(&pid));
}

#[test]
fn one_that_can_t_keep_it_awake_is_told_once_ever() {
    let home = quick_home("speech.on = false");
    script(&home, "systemd-inhibit", "exit 1");
    let path = path(&home, false);
    let env = [("PATH", path.as_str())];
    let mut pty = start(&home, &env);
    pty.wait_for("step 1 of 1");
    pty.send("1");
    pty.wait_for("may go dark");
    pty.wait_for("in the log");
    quit(pty);
    let args = ["start", "aa-palm", "--no-rating"];
    let mut pty = Pty::start_with(&home, (80, 24), &args, &env);
    pty.wait_for("step 1 of 1");
    pty.send("1");
    pty.wait_for("in the log");
    assert!(!quit(pty).contains("may go dark"));
}

#[test]
fn a_mistake_in_the_settings_is_shown_at_the_start() {
    let home = home("flash = 3\n");
    let mut pty = Pty::start(&home, (120, 36), &[]);
    pty.wait_for("Before you start");
    pty.send("\r");
    pty.wait_for("config.toml:1: flash: expected true");
    quit(pty);
}
