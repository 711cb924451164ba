//! System calls, seen with strace: what wakes it, what it reads, what it never opens.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::home::Home;
use crate::support::pty::{Pty, SOON, let_pass, past_the_first_text, poll_until};

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
