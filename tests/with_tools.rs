//! What can only be seen with more than a toolchain: system calls (strace), the rights of another user (setpriv), a
//! voice (espeak-ng), a mouse (tmux).
//! Run with `cargo test --test with_tools -- --ignored --nocapture`, which also prints the figures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::pty::{Home, PROGRAM, Pty, SOON, let_pass, past_the_first_text, poll_until};

const WATCHED: Duration = Duration::from_secs(10);

/// The program in a terminal with its system calls written to a file.
fn traced(home: &Home, what: &str) -> (Pty, PathBuf) {
    let calls = home.path().join("calls");
    let script = format!(
        "strace -f -e trace={what} -o {} \"$unkink\"",
        calls.display()
    );
    (Pty::shell(home, (120, 36), &script), calls)
}

/// Lines written to the file while we only watch.
fn calls_while_watching(calls: &Path) -> Vec<String> {
    let read = || std::fs::read_to_string(calls).unwrap_or_default();
    let before = read().lines().count();
    let_pass(WATCHED);
    read().lines().skip(before).map(str::to_owned).collect()
}

#[test]
#[ignore = "needs strace"]
fn nothing_wakes_it_while_nothing_changes() {
    let home = Home::new();
    let (mut pty, calls) = traced(&home, "all");
    past_the_first_text(&mut pty);
    let mut before = 0;
    poll_until("the start to be over", || {
        let_pass(Duration::from_millis(500));
        let now = std::fs::metadata(&calls).unwrap().len();
        std::mem::replace(&mut before, now) == now
    });
    let seen = calls_while_watching(&calls);
    println!("idle: {} system calls in {WATCHED:?}", seen.len());
    assert_eq!(seen, Vec::<String>::new());
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
#[ignore = "needs strace"]
fn a_running_session_wakes_once_a_second() {
    let home = Home::new();
    home.write_technique("aa-palm", "Aa palm press", &[(90, false, "Hold still.")]);
    let (mut pty, calls) = traced(&home, "all");
    past_the_first_text(&mut pty);
    pty.send("/aa palm\r");
    pty.wait_for("Aa palm press");
    pty.send("\r\r");
    pty.wait_for("Get ready");
    pty.wait_until("the step runs", |screen| {
        !screen.contents().contains("Get ready")
    });
    let seen = calls_while_watching(&calls);
    let wakes = seen.iter().filter(|call| call.contains("poll(")).count();
    println!(
        "running: {wakes} wake-ups, {} system calls in {WATCHED:?}",
        seen.len()
    );
    let seconds = WATCHED.as_secs() as usize;
    assert!(wakes * 2 <= seconds * 3, "{wakes} wake-ups: {seen:#?}");
    assert!(wakes + 2 >= seconds, "the session ran: {seen:#?}");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 130);
}

#[test]
#[ignore = "needs strace"]
fn it_never_opens_a_network_socket() {
    let home = Home::new();
    let (mut pty, calls) = traced(&home, "network");
    past_the_first_text(&mut pty);
    pty.send("l");
    pty.wait_for("worst possible pain");
    pty.send("47\r");
    pty.wait_for("Saved.");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let calls = std::fs::read_to_string(calls).unwrap();
    // Its own pipes show that the calls were seen.
    assert!(calls.contains("AF_UNIX"), "{calls}");
    for family in ["AF_INET", "AF_NETLINK", "AF_PACKET"] {
        assert!(!calls.contains(family), "{calls}");
    }
}

/// The first number behind this sign.
fn number_after(text: &str, sign: &str) -> Option<u64> {
    let (_, rest) = text.rsplit_once(sign)?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[test]
#[ignore = "needs strace"]
fn a_look_at_a_large_log_reads_its_last_64_kib_and_takes_no_lock() {
    let home = Home::new();
    let journal = home.data().join("journal");
    std::fs::create_dir_all(&journal).unwrap();
    let at = chrono::Utc::now().to_rfc3339();
    for machine in ["a", "b"] {
        let line = |n: u32| {
            format!(
                "{{\"v\":1,\"op\":\"add\",\"id\":\"{machine}{n}\",\"rec\":\"{machine}r{n}\",\"at\":\"{at}\",\
                 \"set\":{{\"kind\":\"check-in\",\"started_at\":\"{at}\",\"pain\":3}}}}\n"
            )
        };
        let lines: Vec<String> = (0..2000).map(line).collect();
        std::fs::write(journal.join(format!("{machine}.jsonl")), lines.concat()).unwrap();
    }
    let calls = home.path().join("calls");
    let script = format!(
        "strace -f -y -s 0 -e trace=read,pread64,readv,preadv,mmap,flock,fcntl -o {} \"$unkink\" status",
        calls.display()
    );
    let mut pty = Pty::shell(&home, (80, 24), &script);
    pty.wait_for("pain 3");
    assert_eq!(pty.wait_exit(), 0);
    let calls = std::fs::read_to_string(&calls).unwrap();
    let of_journal = calls.lines().filter(|call| call.contains("/journal/"));
    let read: u64 = of_journal
        .clone()
        .filter_map(|call| number_after(call, "= "))
        .sum();
    println!("status: {read} bytes of the journal are read");
    let seen: Vec<&str> = of_journal.collect();
    // Something is, so the calls were seen.
    assert!((32 * 1024..=64 * 1024).contains(&read), "{seen:#?}");
    assert!(!seen.iter().any(|call| call.contains("mmap(")), "{seen:#?}");
    for lock in ["flock(", "F_SETLK", "F_OFD_SETLK"] {
        assert!(!calls.contains(lock), "{calls}");
    }
}

/// Ends with the test.
struct Tracer(Child);

impl Drop for Tracer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The states of the program's threads of this name, as the system says them.
fn states(pid: i32, name: &str) -> Vec<String> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let texts = tasks.map(|task| std::fs::read_to_string(task.unwrap().path().join("status")));
    let of_it = texts
        .flatten()
        .filter(|text| text.lines().next() == Some(&format!("Name:\t{name}")));
    let line = |text: String, start: &str| {
        let line = text.lines().find(|line| line.starts_with(start));
        line.unwrap_or_default().to_owned()
    };
    of_it
        .map(|text| line(text.clone(), "State:") + &line(text, "TracerPid:"))
        .collect()
}

#[test]
#[ignore = "needs strace"]
fn a_read_that_hangs_holds_nobody_who_has_nothing_to_save() {
    for (key, code) in [("q", 0), ("\x03", 130)] {
        let home = Home::new();
        let mut pty = Pty::start(&home, (120, 36), &[]);
        past_the_first_text(&mut pty);
        assert!(home.command(&["log", "5", "2"]).status.success());
        pty.wait_for("pain 5");

        let pid = pty.pid().as_raw_nonzero().get();
        let tracer = Command::new("strace")
            .args(["-f", "-p", &pid.to_string(), "-o"])
            .arg(home.path().join("calls"))
            .args(["-e", "trace=pread64"])
            .args(["-e", "inject=pread64:delay_enter=60000000"])
            .stderr(Stdio::null())
            .spawn()
            .expect("strace");
        let tracer = Tracer(tracer);
        poll_until("the tracer", || {
            let states = states(pid, "journal");
            !states.is_empty() && states.iter().all(|state| !state.ends_with("\t0"))
        });
        // What another window writes is read, and the disk does not answer.
        assert!(home.command(&["log", "6", "2"]).status.success());
        poll_until("the reading to hang", || {
            let held = || {
                states(pid, "journal")
                    .iter()
                    .any(|state| state.contains("tracing"))
            };
            held() && {
                let_pass(Duration::from_millis(300));
                held()
            }
        });
        let asked = Instant::now();
        pty.send(key);
        pty.wait_until("the terminal to be given back", |screen| {
            !screen.alternate_screen()
        });
        assert!(asked.elapsed() < Duration::from_secs(3));
        // The system lets nobody end whom the tracer holds.
        drop(tracer);
        assert_eq!(pty.wait_exit_within(SOON), code);
        pty.assert_given_back();
        assert!(!pty.screen().contents().contains("not saved"));
    }
}

#[test]
#[ignore = "needs setpriv and root"]
fn a_read_only_data_directory_is_named_and_nothing_typed_is_lost() {
    let home = Home::new();
    assert!(home.command(&["log", "3", "1"]).status.success());
    // All is root's, and others may look.
    let mut paths = vec![home.path()];
    while let Some(path) = paths.pop() {
        let is_dir = path.is_dir();
        let mode = if is_dir { 0o755 } else { 0o644 };
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        if is_dir {
            paths.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        }
    }
    let program = home.path().join("program");
    std::fs::copy(PROGRAM, &program).unwrap();
    let as_nobody = format!(
        "setpriv --reuid=65534 --regid=65534 --clear-groups {}",
        program.display()
    );

    let script = format!("{as_nobody} log 4; echo \"code $?\"; {as_nobody} history");
    let mut pty = Pty::shell(&home, (120, 36), &script);
    assert_eq!(pty.wait_exit(), 0, "{}", pty.written());
    let said = pty.screen().contents();
    assert!(said.contains("code 1"), "{said}");
    assert!(said.contains(home.data().to_str().unwrap()), "{said}");
    assert!(said.contains("pain 3"), "reading goes on: {said}");

    let mut pty = Pty::shell(&home, (120, 36), &as_nobody);
    past_the_first_text(&mut pty);
    pty.wait_for("pain 3");
    pty.send("l");
    pty.wait_for("worst possible pain");
    pty.send("47\r");
    pty.wait_for("Not saved");
    pty.send("\x03");
    assert_eq!(pty.wait_exit_within(SOON), 130);
    pty.assert_given_back();
    let said = pty.screen().contents();
    assert!(said.contains(r#""pain":4,"stress":7"#), "{said}");
    let log = home.command(&["history", "--json"]);
    assert!(!String::from_utf8_lossy(&log.stdout).contains(r#""pain":4"#));
}

/// Seconds of sound in a WAV file of 16-bit samples, and its root mean square.
fn heard(wav: &[u8]) -> (f64, f64) {
    assert_eq!(
        (&wav[..4], &wav[8..16], &wav[36..40]),
        (&b"RIFF"[..], &b"WAVEfmt "[..], &b"data"[..])
    );
    let rate = u32::from_le_bytes(wav[24..28].try_into().unwrap());
    let samples = wav[44..].chunks_exact(2);
    let samples: Vec<f64> = samples
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]).into())
        .collect();
    let squares: f64 = samples.iter().map(|sample| sample * sample).sum();
    let count = f64::from(u32::try_from(samples.len()).unwrap());
    (count / f64::from(rate), (squares / count).sqrt())
}

#[test]
#[ignore = "needs espeak-ng"]
fn a_real_voice_speaks_every_cue() {
    let home = Home::new();
    std::fs::create_dir(home.path().join("wav")).unwrap();
    let speak = "espeak-ng -w ~/wav/$(ls ~/wav | wc -l).wav -- \"$1\"";
    home.write_config(&format!(
        "awake.on = false\nspeech.command = ['sh', '-c', '{speak}', 'sh', '{{text}}']\n"
    ));
    let ran = home.command(&["cues", "--test"]);
    assert!(ran.status.success(), "{ran:?}");
    let told = String::from_utf8_lossy(&ran.stdout).into_owned();
    let played: Vec<&str> = told.split("\n\n").nth(1).unwrap().lines().collect();
    assert_eq!(played.len(), 16);
    for (at, line) in played.iter().enumerate() {
        let wav = std::fs::read(home.path().join(format!("wav/{at}.wav"))).unwrap();
        let (seconds, loudness) = heard(&wav);
        println!("{seconds:.2} s, root mean square {loudness:.0}: {line}");
        // Of 32,768; a silent file has 0.
        assert!(
            seconds > 0.3 && loudness > 300.0,
            "{line}: {seconds} s, {loudness}"
        );
    }
}

/// A terminal of its own inside tmux, ended with this value.
struct Tmux {
    home: Home,
}

impl Tmux {
    fn run(&self, args: &[&str]) -> String {
        let socket = self.home.path().join("tmux");
        let mut command = Command::new("tmux");
        command
            .args(["-f", "/dev/null", "-S"])
            .arg(socket)
            .args(args);
        command.env_remove("TMUX").envs([
            ("LANG", "C.UTF-8"),
            ("HOME", self.home.path().to_str().unwrap()),
        ]);
        let ran = command.output().expect("tmux runs");
        String::from_utf8_lossy(&ran.stdout).into_owned()
    }

    fn shows(&self) -> String {
        self.run(&["capture-pane", "-p", "-t", "s"])
    }

    /// As a terminal tells a press or the wheel, at the words. A press so soon after something came up would be the second
    /// one of a double click.
    fn points(&self, button: u8, words: &str) {
        let_pass(Duration::from_millis(400));
        let shown = self.shows();
        let found = shown.lines().enumerate().find_map(|(y, line)| {
            let at = line.find(words)?;
            Some((line[..at].chars().count() + 1, y + 1))
        });
        let (x, y) = found.unwrap_or_else(|| panic!("no '{words}' in\n{shown}"));
        self.run(&[
            "send-keys",
            "-t",
            "s",
            "-l",
            &format!("\x1b[<{button};{x};{y}M"),
        ]);
    }

    fn waits(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        poll_until(what, || is_so(&self.shows()));
    }

    /// Whether the program asked for presses, in numbers of any size, and not for motion.
    fn listens(&self) -> String {
        let flags = "#{mouse_standard_flag}#{mouse_sgr_flag}#{mouse_button_flag}#{mouse_all_flag}";
        self.run(&["display", "-p", "-t", "s", flags])
            .trim()
            .to_owned()
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

/// A check-in given, a field of the whole form filled, all of it saved, and a tab of the insight opened: by presses alone.
fn walk_through_form_and_insight(tmux: &Tmux) {
    let press = |words: &str| tmux.points(0, words);
    press("log now");
    tmux.waits("the form", |screen| screen.contains("How is it now?"));
    press(" 4    5 ");
    tmux.waits("the pain", |screen| screen.contains("Pain now: 4"));
    press("Tab more");
    tmux.waits("all fields", |screen| screen.contains("Own tags"));
    press("Stress ");
    tmux.waits("the stress", |screen| {
        screen.contains("completely calm") && !screen.contains("[6]")
    });
    press(" 6    7 ");
    tmux.waits("its value", |screen| screen.contains("[6]"));
    press("Enter save");
    tmux.waits("it to be saved", |screen| {
        screen.contains("pain 4") && !screen.contains("Own tags")
    });
    press("i insight");
    tmux.waits("the trends", |screen| screen.contains("What helps"));
    press("Year");
    tmux.waits("the year", |screen| screen.contains("pain or stress"));
    press("Log");
    tmux.waits("the entries", |screen| screen.contains("log now"));
}

#[test]
#[ignore = "needs tmux"]
fn the_mouse_works_in_tmux_and_is_given_back() {
    let tmux = Tmux { home: Home::new() };
    let data = tmux.home.path().join("data");
    let command = format!(
        "{PROGRAM} --data-dir {} --demo; echo it has ended; sleep 600",
        data.display()
    );
    tmux.run(&[
        "new-session",
        "-d",
        "-s",
        "s",
        "-x",
        "120",
        "-y",
        "36",
        &command,
    ]);
    tmux.waits("the demo", |screen| {
        screen.contains("Library") && screen.contains("? help")
    });
    assert_eq!(tmux.listens(), "1100");

    tmux.points(0, "? help");
    // It begins with the keys of the pane below.
    let first = "start or open what is selected";
    tmux.waits("the help", |screen| screen.contains(first));
    tmux.points(65, first);
    tmux.waits("the help moved", |screen| !screen.contains(first));
    tmux.run(&["send-keys", "-t", "s", "Escape"]);
    tmux.waits("the panes", |screen| {
        screen.contains("? help") && !screen.contains("next step")
    });
    tmux.points(0, "Log");
    tmux.waits("the log's keys", |screen| {
        screen.contains("log now") && screen.contains("insight")
    });

    walk_through_form_and_insight(&tmux);

    tmux.run(&["send-keys", "-t", "s", "q"]);
    tmux.waits("the way out", |screen| screen.contains("it has ended"));
    assert_eq!(tmux.listens(), "0000");
}
