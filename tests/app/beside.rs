//! `while`: a command beside a session, its output, its signals and its end.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::support::home::Home;
use crate::support::pty::{PROGRAM, Pty, poll_until, see_first_start};
use rustix::process::Signal;

/// A technique that is over in seconds.
fn home() -> Home {
    let home = Home::new();
    let steps = [
        (2, false, "Warm the palms."),
        (60, false, "Rest the palms."),
    ];
    home.write_technique("aa-palm", "Aa palm press", &steps);
    see_first_start(&home);
    home
}

const SESSION: [&str; 4] = ["while", "--no-rating", "--routine", "aa-palm"];

fn beside(home: &Home, script: &str) -> Pty {
    let mut args = SESSION.to_vec();
    args.extend(["sh", "-c", script]);
    Pty::start(home, (80, 24), &args)
}

/// Runs until this file is there.
fn until(file: &str, then: &str) -> String {
    format!("while ! [ -e {file} ]; do sleep 0.02; done; {then}")
}

fn touch(home: &Home, file: &str) {
    std::fs::write(home.path().join(file), "").unwrap();
}

fn export(home: &Home) -> String {
    let export = home.command(&["export", "--format", "json"]);
    String::from_utf8(export.stdout).unwrap()
}

#[test]
fn a_session_runs_beside_the_command_and_is_finished_in_peace() {
    let home = home();
    let mut pty = beside(&home, &until("go", "echo built; exit 3"));
    pty.wait_for("Warm the palms.");
    // Any key wipes away what was said at the start.
    pty.send("\x0c");
    pty.wait_for("is running.");
    pty.wait_for("Rest the palms.");
    touch(&home, "go");
    pty.wait_for("is done, exit 3.");
    assert!(!pty.written().contains("built\r\n"), "shown too soon");
    pty.wait_for("Rest the palms.");
    // The person ends it; the output follows once no key has come for a while.
    pty.send("x");
    pty.wait_for("keep the part");
    pty.send("k");
    pty.wait_until("the output", |screen| {
        !screen.alternate_screen() && screen.contents().contains("built")
    });
    assert_eq!(pty.wait_exit(), 3);
    pty.assert_given_back();
    let entries = export(&home);
    assert!(entries.contains(r#""technique":"aa-palm""#), "{entries}");
    assert!(entries.contains(r#""status":"stopped""#), "{entries}");
}

#[test]
fn a_command_that_ends_before_the_session_really_began_leaves_no_entry() {
    let home = home();
    let mut pty = beside(&home, &until("go", "echo built"));
    pty.wait_for("Get ready");
    touch(&home, "go");
    assert_eq!(pty.wait_exit(), 0);
    assert!(pty.screen().contents().contains("built"));
    assert!(!export(&home).contains("aa-palm"));
}

#[test]
fn a_command_that_is_over_at_once_opens_nothing() {
    let home = home();
    for (script, code) in [("exit 0", 0), ("exit 3", 3), ("kill -TERM $$", 143)] {
        let mut pty = beside(&home, &format!("echo out; echo err >&2; {script}"));
        assert_eq!(pty.wait_exit(), code, "{script}");
        assert!(!pty.written().contains("\x1b[?1049h"), "the app was open");
        assert!(pty.written().contains("out\r\n"));
        assert!(pty.written().contains("err\r\n"));
    }
    let mut pty = Pty::start(&home, (80, 24), &["while", "there-is-no-such-program"]);
    assert_eq!(pty.wait_exit(), 127);
    let mut pty = Pty::start(&home, (80, 24), &["while", "/"]);
    assert_eq!(pty.wait_exit(), 126);
}

#[test]
fn five_megabytes_come_out_whole_in_order_and_each_stream_in_its_own() {
    let home = home();
    // Standard error goes to a file, standard output to the terminal.
    let lines = "i=0; while [ $i -lt 50 ]; do echo \"e$i\" >&2; seq -f \"$i-%06.0f-aaaaaaaaaaaaaaaaaaaaaa\" 3000; i=$((i+1)); done";
    let script = until("go", lines);
    let shell = format!(
        "\"$unkink\" while --no-rating --routine aa-palm sh -c '{script}' 2>err; echo \"[code $?]\""
    );
    let mut pty = Pty::shell(&home, (80, 24), &shell);
    pty.wait_for("Get ready");
    pty.forget_written();
    touch(&home, "go");
    pty.wait_for_output("the end", |pty| {
        let tail = pty.written_tail(200);
        tail.contains("[code 0]")
    });
    assert_eq!(pty.wait_exit(), 0);
    let written = pty.written();
    let out: Vec<&str> = written
        .split("\r\n")
        .filter(|line| line.ends_with("-aaaaaaaaaaaaaaaaaaaaaa"))
        .collect();
    // The first line stands behind what gave the terminal back.
    assert!(out.len() >= 149_999, "{}", out.len());
    for (at, line) in out.iter().enumerate().skip(1) {
        let at = at + 150_000 - out.len();
        let (round, count) = (at / 3000, at % 3000 + 1);
        let expected = format!("{round}-{count:06}-");
        assert!(line.starts_with(&expected), "{at}: {line}");
    }
    let err = std::fs::read_to_string(home.path().join("err")).unwrap();
    let expected: Vec<String> = (0..50).map(|round| format!("e{round}")).collect();
    assert_eq!(err.lines().collect::<Vec<_>>(), expected);
    let left: Vec<_> = std::fs::read_dir(home.state())
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with("output"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn ctrl_c_ends_the_session_and_the_command() {
    let home = home();
    let mut pty = beside(&home, "trap 'echo asked; exit 7' INT; sleep 100 & wait");
    pty.wait_for("Warm the palms.");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 7);
    assert!(pty.written().contains("asked\r\n"));
    pty.assert_given_back();
}

#[test]
fn term_and_quit_and_hup_reach_the_command() {
    for (signal, name, code) in [
        (Signal::TERM, "TERM", 143),
        (Signal::QUIT, "QUIT", 131),
        (Signal::HUP, "HUP", 129),
    ] {
        let home = home();
        let mut pty = beside(&home, "sleep 100");
        pty.wait_for("Get ready");
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), code, "{name}");
        pty.assert_given_back();
    }
}

#[test]
fn a_signal_reaches_all_that_the_command_has_started() {
    let home = home();
    // What it says when its sleep is ended is nothing that anybody waits for.
    let inner = "exec 2>/dev/null; trap \"touch got; exit 0\" TERM; touch ready; while :; do sleep 0.02; done";
    let mut pty = beside(&home, &format!("sh -c '{inner}'; exit 7"));
    pty.wait_for("Get ready");
    let is_there = |name: &str| home.path().join(name).exists();
    poll_until("the inner one", || is_there("ready"));
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), 143);
    poll_until("the inner one to get it", || is_there("got"));
}

#[test]
fn leaving_earlier_shows_the_output_as_it_comes() {
    let home = home();
    let script = format!("echo first; {}", until("go", "echo last; exit 4"));
    let mut pty = beside(&home, &script);
    pty.wait_for("Warm the palms.");
    pty.send("q");
    pty.wait_for("discard it");
    pty.send("d");
    pty.wait_until("the first line", |screen| {
        !screen.alternate_screen() && screen.contents().contains("first")
    });
    assert!(pty.written().contains("is still running"));
    assert!(pty.modes_are_as_found());
    touch(&home, "go");
    assert_eq!(pty.wait_exit(), 4);
    assert!(pty.screen().contents().contains("last"));
}

#[test]
fn a_stop_takes_the_command_along_and_fg_sets_both_going() {
    let home = home();
    let mut args = SESSION.to_vec();
    args.extend(["sh", "-c", "echo $$ >pid; sleep 100"]);
    let mut pty = Pty::start_as_job(&home, (80, 24), &args);
    pty.wait_for("Warm the palms.");
    let pid = std::fs::read_to_string(home.path().join("pid")).unwrap();
    let state = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap();
        let after = stat.rsplit(')').next().unwrap().trim().to_owned();
        after.chars().next().unwrap()
    };
    pty.send("\x1a");
    pty.wait_in_shell();
    poll_until("the command to stop", || state() == 'T');
    pty.fg();
    pty.wait_drawn();
    poll_until("the command to go on", || state() == 'S');
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn a_lost_terminal_ends_both() {
    let home = home();
    let mut pty = beside(&home, "echo $$ >pid; sleep 100");
    pty.wait_for("Warm the palms.");
    pty.send("n");
    pty.wait_until("a step is done", |screen| {
        !screen.contents().contains("Warm the palms.")
    });
    let pid = std::fs::read_to_string(home.path().join("pid")).unwrap();
    pty.hang_up();
    assert_eq!(pty.wait_exit(), 129);
    assert!(!std::path::Path::new(&format!("/proc/{}", pid.trim())).exists());
    assert!(export(&home).contains("aa-palm"), "the part done is kept");
}

#[test]
fn where_the_safety_rules_stand_against_it_the_command_runs_alone() {
    let home = home();
    home.write_profile(
        "asked_on = 2026-01-01\n\n[answers]\nE1 = { answer = \"yes\", on = 2026-01-01 }\n",
    );
    let signs = home.command(&["safety", "--answer", "E1"]);
    assert!(signs.status.success() || signs.status.code() == Some(3));
    let mut pty = beside(&home, &until("go", "echo built; exit 5"));
    pty.wait_for("it runs without a session");
    touch(&home, "go");
    assert_eq!(pty.wait_exit(), 5);
    assert!(!pty.written().contains("\x1b[?1049h"), "the app was open");
    assert!(pty.written().contains("built\r\n"));
}

#[test]
fn where_the_safety_questions_were_never_answered_it_runs_alone() {
    let home = Home::empty();
    let script = "sleep 1.2; echo built; exit 5";
    let mut pty = Pty::start(&home, (80, 24), &["while", "sh", "-c", script]);
    assert_eq!(pty.wait_exit(), 5);
    let written = pty.written();
    assert!(!written.contains("\x1b[?1049h"), "the app was open");
    assert!(written.contains("safety questions come first") && written.contains("built\r\n"));
}

#[test]
fn without_a_terminal_it_runs_as_it_stands() {
    let home = Home::empty();
    let script = "readlink /proc/self/fd/0; echo $(cat) >&2; kill -TERM $PPID; sleep 100";
    let mut child = Command::new(PROGRAM)
        .args(["while", "sh", "-c", script])
        .env_clear()
        .envs(home.env())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    assert_eq!(out, "/dev/null\n");
    // It sent TERM to unkink, which passed it back.
    assert_eq!(child.wait().unwrap().code(), Some(143));
}

#[test]
fn output_that_cannot_be_kept_waits_and_comes_out_whole() {
    let home = home();
    // 32 KiB is all that a file may hold; more comes.
    let script = "ulimit -f 64; \"$unkink\" while --no-rating --routine aa-palm \
        sh -c 'sleep 1.2; seq 100000; echo end of it'; echo \"[code $?]\"";
    let mut pty = Pty::shell(&home, (80, 24), script);
    pty.wait_for("Get ready");
    pty.wait_for("no room to keep");
    pty.send("q");
    pty.wait_for("discard it");
    pty.forget_written();
    pty.send("d");
    pty.wait_for_output("the end", |pty| pty.written_tail(100).contains("[code 0]"));
    pty.wait_exit();
    let written = pty.written();
    let numbers = written
        .split("\r\n")
        .filter_map(|line| line.parse::<u32>().ok());
    let numbers: Vec<u32> = numbers.collect();
    let whole: Vec<u32> = (100_000 + 1 - numbers.len() as u32..=100_000).collect();
    assert!(numbers.len() >= 99_999, "{}", numbers.len());
    assert_eq!(numbers, whole);
    assert!(written.contains("end of it"));
}

#[test]
fn one_that_is_left_behind_by_the_command_is_not_waited_for() {
    let home = home();
    let script =
        "sleep 1.2; echo out; (while [ -e stay ]; do sleep 0.02; done; echo late) & exit 0";
    touch(&home, "stay");
    let mut pty = beside(&home, script);
    pty.wait_for("Get ready");
    assert_eq!(pty.wait_exit(), 0);
    assert!(pty.screen().contents().contains("out"));
    std::fs::remove_file(home.path().join("stay")).unwrap();
}

#[test]
fn a_command_that_wants_the_terminal_is_named_and_can_be_ended() {
    let home = home();
    let mut pty = beside(&home, "sleep 1.2; read -r answer </dev/tty; exit 9");
    pty.wait_for("waits for a terminal");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
}

#[test]
fn in_plain_signs_a_long_name_is_cut_with_a_plain_one() {
    let home = home();
    let mut args = SESSION.to_vec();
    args.extend(["sleep", "1000", "1000", "1000", "1000"]);
    let env = [("UNKINK_GLYPHS", "ascii")];
    let mut pty = Pty::start_with(&home, (80, 24), &args, &env);
    pty.wait_for("Warm the palms.");
    // Any key wipes away what was said at the start.
    pty.send("\x0c");
    pty.wait_for("sleep 1000 1000 1000 10~ is running.");
    assert!(pty.screen().contents().is_ascii());
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
fn what_cannot_be_done_is_refused_and_nothing_is_run() {
    let home = home();
    for other in ["nothing-like-it", "posture"] {
        let file = home.path().join("ran");
        let ran = home.command(&["while", "--routine", other, "touch", file.to_str().unwrap()]);
        assert_eq!(ran.status.code(), Some(2), "{other}");
        assert!(!file.exists(), "{other}");
    }
}

#[test]
fn where_files_run_out_the_command_runs_at_most_once() {
    let home = home();
    // Each file that may be open less lets another step fail; what runs leaves a file of its own each time.
    let script = "for n in $(seq 4 26); do (ulimit -n $n; \"$unkink\" while --routine aa-palm \
        mktemp \"$HOME/ran-$n-XXXXXX\"); done; echo '[all]'";
    let mut pty = Pty::shell(&home, (80, 24), script);
    pty.wait_exit();
    assert!(pty.written().contains("[all]"));
    let files = std::fs::read_dir(home.path()).unwrap();
    let names = files.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut ran: Vec<String> = names
        .filter_map(|name| Some(name.strip_prefix("ran-")?.split('-').next()?.to_owned()))
        .collect();
    let runs = ran.len();
    ran.sort();
    ran.dedup();
    assert_eq!(runs, ran.len(), "{}", pty.written());
    assert!(ran.contains(&"26".to_owned()), "{}", pty.written());
}

#[test]
fn its_code_is_known_where_the_ends_of_children_are_ignored() {
    let home = Home::empty();
    let mut child = Command::new("env")
        .args(["--ignore-signal=CHLD", PROGRAM])
        .args(["while", "sh", "-c", "exit 3"])
        .env_clear()
        .envs(home.env())
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    poll_until("its end", || child.try_wait().unwrap().is_some());
    assert_eq!(child.wait().unwrap().code(), Some(3));
}
