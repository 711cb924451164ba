//! Keeps the machine from blanking and sleeping, by a program that does so for as long as it runs.
//!
//! It must never outlive us, whatever ends us. So a small shell stands guard over it in a process group of their own: it
//! reads a pipe whose other end we alone hold. Once that is closed, by us or by our death, the guard ends the group.

use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};

use super::children::{self, Leaving};
use super::find;
use super::player::Remark;
use super::speech;
use crate::settings::{Command, Tool};

/// What keeps a machine awake, in the order in which it is looked for.
const KNOWN: [(&str, &[&str]); 2] = [
    (
        "systemd-inhibit",
        &[
            "--what=idle:sleep",
            "--who=unkink",
            "--why=A session is running",
            "--mode=block",
            "sleep",
            "86400",
        ],
    ),
    ("caffeinate", &["-di"]),
];

/// Runs `"$@"`, whose end gives the exit code. The guard beside it waits for the end of the pipe, then asks all in the
/// group to end; what has not after two seconds is killed, the guard itself, too.
const GUARD: &str = "\
exec 3<&0 </dev/null
{ trap '' TERM HUP INT; read -r _ <&3; kill 0; sleep 2; kill -9 0; } &
guard=$!
\"$@\" 3<&-
code=$?
kill -9 $guard
exit $code";

/// The name under which it is remembered that this was told.
const NOT_AWAKE: &str = "not-awake";

/// What keeps it awake.
#[derive(Debug)]
pub struct Awake {
    on: bool,
    set: Option<Command>,
    /// The guard while it runs.
    guard: Option<Child>,
    wanted: bool,
    given_up: bool,
    leaving: Leaving,
}

impl Awake {
    /// As the settings want it.
    pub fn new(tool: &Tool) -> Self {
        Self {
            on: tool.on,
            set: tool.command.clone(),
            guard: None,
            wanted: false,
            given_up: false,
            leaving: Leaving::default(),
        }
    }

    /// The command that is used, where there is one.
    pub fn command(&self) -> Option<Command> {
        self.set
            .clone()
            .or_else(|| KNOWN.iter().find_map(find::command))
    }

    /// From here on it is wanted, or no longer.
    pub fn keep(&mut self, wanted: bool) -> Option<Remark> {
        let remark = self.turn();
        if wanted == self.wanted {
            return remark;
        }
        self.wanted = wanted;
        if !wanted {
            if let Some(mut guard) = self.guard.take() {
                // Closes the pipe, which is all that the guard waits for.
                drop(guard.stdin.take());
                self.leaving.push(guard);
            }
            return remark;
        }
        if !self.on || self.given_up {
            return remark;
        }
        let Some(command) = self.command() else {
            return Some(self.failed("neither systemd-inhibit nor caffeinate is there"));
        };
        match guarded(&command) {
            Ok(guard) => {
                self.guard = Some(guard);
                remark
            }
            Err(error) => Some(self.failed(&error.to_string())),
        }
    }

    /// Looks at what has ended.
    pub fn turn(&mut self) -> Option<Remark> {
        self.leaving.reap();
        let status = match self.guard.as_mut()?.try_wait() {
            Ok(None) => return None,
            Ok(Some(status)) => Some(status),
            Err(_) => None,
        };
        self.guard = None;
        // One that ends well has done what it does, once for this session.
        let why = status.and_then(children::failure)?;
        let name = self
            .command()
            .map_or(String::new(), |command| speech::name(&command).to_owned());
        Some(self.failed(&format!("{name} {why}")))
    }

    /// Whether the program runs, as of the last look.
    pub fn is_kept(&self) -> bool {
        self.guard.is_some()
    }

    /// Not tried again in this run. Of a program found by itself that is told once ever: nothing can be done about a
    /// machine that has none, and nothing was asked for.
    fn failed(&mut self, why: &str) -> Remark {
        self.given_up = true;
        Remark {
            text: format!("The screen may go dark during a session: {why}."),
            once: self.set.is_none().then_some(NOT_AWAKE),
            is_set: self.set.is_some(),
        }
    }
}

fn guarded(command: &[String]) -> std::io::Result<Child> {
    std::process::Command::new("/bin/sh")
        .args(["-c", GUARD, "unkink-awake"])
        .args(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::Path;

    use super::*;

    fn awake(script: &str, arguments: &[&str]) -> Awake {
        let command = ["/bin/sh", "-c", script, "sh"];
        let command = command.iter().chain(arguments).map(|&part| part.to_owned());
        Awake::new(&Tool {
            on: true,
            command: Some(command.collect()),
        })
    }

    /// The number that a script wrote into the file, once it is there.
    fn pid(file: &Path) -> String {
        loop {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            if text.ends_with('\n') {
                return text.trim().to_owned();
            }
            std::thread::yield_now();
        }
    }

    fn is_there(pid: &str) -> bool {
        let pid = rustix::process::Pid::from_raw(pid.parse().unwrap()).unwrap();
        rustix::process::test_kill_process(pid).is_ok()
    }

    #[test]
    fn it_runs_as_long_as_it_is_wanted_and_even_a_stubborn_one_ends() {
        let dir = tempfile::tempdir().unwrap();
        for trap in ["", "trap '' TERM; "] {
            let file = dir.path().join("pid");
            let _ = std::fs::remove_file(&file);
            let script = format!("{trap}echo $$ > \"$1\"; while :; do sleep 1000; done");
            let mut awake = awake(&script, &[file.to_str().unwrap()]);
            assert_eq!(awake.keep(false), None);
            assert!(!awake.is_kept());
            assert_eq!(awake.keep(true), None);
            let pid = pid(&file);
            assert_eq!(awake.keep(true), None);
            assert!(awake.is_kept() && is_there(&pid));
            assert_eq!(awake.keep(false), None);
            while is_there(&pid) || !awake.leaving.is_empty() {
                std::thread::yield_now();
                assert_eq!(awake.turn(), None);
            }
        }
    }

    #[test]
    fn one_that_fails_is_told_and_not_tried_again() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("tries");
        let mut awake = awake("echo >> \"$1\"; exit 4", &[file.to_str().unwrap()]);
        let mut told = Vec::new();
        for _ in 0..3 {
            told.extend(awake.keep(true));
            while awake.is_kept() {
                std::thread::yield_now();
                told.extend(awake.turn());
            }
            told.extend(awake.keep(false));
        }
        assert_eq!(told.len(), 1);
        assert_eq!(
            told[0].text,
            "The screen may go dark during a session: sh ended with code 4."
        );
        assert_eq!(
            told[0].once, None,
            "what was set and does not work is told each time"
        );
        assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 1);
    }

    #[test]
    fn one_that_ends_well_is_not_started_again_before_the_next_time() {
        let mut awake = awake("exit 0", &[]);
        for _ in 0..2 {
            assert_eq!(awake.keep(true), None);
            while awake.is_kept() {
                std::thread::yield_now();
                assert_eq!(awake.turn(), None);
            }
            assert_eq!(awake.keep(true), None);
            assert!(!awake.is_kept());
            assert_eq!(awake.keep(false), None);
        }
    }

    #[test]
    fn switched_off_nothing_runs() {
        let mut awake = awake("sleep 1000", &[]);
        awake.on = false;
        assert_eq!(awake.keep(true), None);
        assert!(!awake.is_kept());
    }
}
