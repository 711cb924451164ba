//! The wall clock under attack: it stamps entries and decides nothing else. Needs libfaketime, which steps it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::PathBuf;
use std::process::Command;

use support::home::Home;
use support::pty::Pty;

/// Where Debian and its kin keep it.
fn libfaketime() -> String {
    let found = std::fs::read_dir("/usr/lib")
        .unwrap()
        .flatten()
        .find_map(|dir| {
            let path = dir.path().join("faketime/libfaketime.so.1");
            path.exists().then_some(path)
        });
    found.expect("libfaketime").display().to_string()
}

/// A home whose programs see the wall clock that `set` names; the monotonic clock is left alone.
struct Faked {
    home: Home,
    file: PathBuf,
    library: String,
}

impl Faked {
    fn at(when: &str) -> Self {
        let home = Home::empty();
        // Answered before any of the times that the tests visit, so that the answers never lie ahead; asked again
        // after 28 days, so each test says when.
        let day = &when[..10];
        home.write_profile(&format!("asked_on = {day}\n\n[answers]\n"));
        home.write_technique(
            "aa-palm",
            "Aa palm press",
            &[
                (4, false, "Warm the palms."),
                (12, false, "Hold still."),
                (4, false, "Rest."),
            ],
        );
        let file = home.path().join("wall-clock");
        let faked = Self {
            home,
            file,
            library: libfaketime(),
        };
        faked.set(&format!("@{when}"));
        faked
    }

    /// As libfaketime reads it: `@2026-03-29 01:59:50`, `+1h`.
    fn set(&self, clock: &str) {
        let beside = self.file.with_extension("new");
        std::fs::write(&beside, format!("{clock}\n")).unwrap();
        std::fs::rename(beside, &self.file).unwrap();
    }

    fn env(&self) -> [(&'static str, String); 4] {
        [
            ("LD_PRELOAD", self.library.clone()),
            ("FAKETIME_TIMESTAMP_FILE", self.file.display().to_string()),
            ("FAKETIME_NO_CACHE", "1".into()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
        ]
    }

    fn start(&self, args: &[&str]) -> Pty {
        let env = self.env();
        let env: Vec<(&str, &str)> = env
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Pty::start_with(&self.home, (80, 24), args, &env)
    }

    /// The only session of the log.
    fn session(&self) -> serde_json::Value {
        let out = Command::new(support::pty::PROGRAM)
            .args(["export", "--format", "json"])
            .env_clear()
            .envs(self.home.env())
            .output()
            .unwrap();
        let all: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        let entries = all
            .as_array()
            .cloned()
            .unwrap_or_else(|| all["entries"].as_array().unwrap().clone());
        assert_eq!(entries.len(), 1, "{all}");
        entries[0].clone()
    }
}

fn through_the_session(faked: &Faked, meanwhile: &[(&str, &str)]) -> serde_json::Value {
    let mut pty = faked.start(&["start", "aa-palm", "--no-rating"]);
    pty.wait_for("Before you start");
    pty.send("\r");
    for (line, clock) in meanwhile {
        pty.wait_for(line);
        faked.set(clock);
    }
    pty.wait_for("done to the end");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    faked.session()
}

#[test]
#[ignore = "needs libfaketime"]
fn steps_of_the_wall_clock_change_nothing_of_a_session() {
    let faked = Faked::at("2026-11-23 21:30:00");
    let session = through_the_session(
        &faked,
        &[
            ("Get ready", "@2026-11-23 20:30:00"),
            ("Warm the palms.", "@2026-11-24 03:00:00"),
            ("Hold still.", "@2100-01-01 00:00:00"),
            ("Rest.", "@2026-11-23 21:31:00"),
        ],
    );
    assert_eq!(session["active_s"], session["planned_s"], "{session}");
    assert_eq!(session["status"], "finished");
    assert_eq!(session["steps_done"], 3);
}

#[test]
#[ignore = "needs libfaketime"]
fn a_session_over_the_change_of_clocks_counts_its_own_seconds() {
    let faked = Faked::at("2026-03-29 01:59:50");
    let session = through_the_session(&faked, &[]);
    assert_eq!(session["active_s"], session["planned_s"], "{session}");
    let (start, end) = (
        session["started_at"].as_str().unwrap(),
        session["ended_at"].as_str().unwrap(),
    );
    assert!(
        start.starts_with("2026-03-29T01:59:5") && start.ends_with("+01:00"),
        "{session}"
    );
    assert!(
        end.starts_with("2026-03-29T03:00:") && end.ends_with("+02:00"),
        "{session}"
    );
}

#[test]
#[ignore = "needs libfaketime"]
fn a_clock_that_stands_before_1970_stops_nobody() {
    // Midnight of that year came an hour later by Greenwich.
    let faked = Faked::at("1970-01-01 00:00:01");
    for command in [&["history"][..], &["suggest"]] {
        let out = Command::new(support::pty::PROGRAM)
            .args(command)
            .env_clear()
            .envs(faked.home.env())
            .envs(faked.env())
            .output()
            .unwrap();
        assert_eq!(out.status.code(), Some(0), "{command:?}: {out:?}");
    }
}
