//! An empty home for each test, and small helpers to write and read in it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use chrono::{DateTime, FixedOffset, TimeDelta};
use tempfile::TempDir;
use unkink::domain::id::Id;
use unkink::domain::record::{Entry, Fields};
use unkink::domain::storage::Act;
use unkink::journal::{Journal, Outcome};
use unkink::paths::Places;

pub struct Home {
    pub dir: TempDir,
    pub places: Places,
}

impl Home {
    pub fn new() -> Self {
        Self::over(tempfile::tempdir().unwrap())
    }

    /// One in memory where the system has a place for that: thousands of them need not wait for a disk.
    pub fn in_memory() -> Self {
        Self::over(
            tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap()),
        )
    }

    fn over(dir: TempDir) -> Self {
        let places = Places {
            data: dir.path().join("share/unkink"),
            state: dir.path().join("state/unkink"),
            config: dir.path().join("config/unkink"),
        };
        Self { dir, places }
    }

    pub fn journal(&self) -> Journal {
        Journal::open(&self.places)
    }

    /// The file that this machine writes to.
    pub fn own(&self) -> PathBuf {
        self.files().into_iter().next().unwrap()
    }

    pub fn files(&self) -> Vec<PathBuf> {
        let Ok(listing) = std::fs::read_dir(self.places.journal()) else {
            return Vec::new();
        };
        let mut files: Vec<PathBuf> = listing.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    /// A file beside the own one, as another machine's.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        std::fs::create_dir_all(self.places.journal()).unwrap();
        std::fs::write(self.places.journal().join(name), bytes).unwrap();
    }

    /// Runs a command of the program on this journal.
    pub fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unkink"));
        command
            .arg("--data-dir")
            .arg(&self.places.data)
            .args(args)
            .env("HOME", self.dir.path())
            .env_remove("XDG_STATE_HOME")
            .env_remove("XDG_CONFIG_HOME");
        output(&mut command)
    }

    pub fn notes(&self) -> Vec<String> {
        notes(&self.journal().load())
    }
}

/// Written while a child is on its way to be its own program: until then it holds all that is open here, locks too.
static CHILDREN: RwLock<()> = RwLock::new(());

/// Runs a program to its end. Every test of this program starts its children here.
pub fn output(command: &mut Command) -> Output {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let child = {
        let _alone = CHILDREN.write().unwrap_or_else(PoisonError::into_inner);
        command.spawn().unwrap()
    };
    child.wait_with_output().unwrap()
}

/// While this is held a lock that was let go is free: no child is about to be started that would hold it a moment longer.
pub fn no_child_begins() -> RwLockReadGuard<'static, ()> {
    CHILDREN.read().unwrap_or_else(PoisonError::into_inner)
}

pub fn notes(entries: &[Entry]) -> Vec<String> {
    entries
        .iter()
        .filter_map(|entry| entry.note().map(str::to_owned))
        .collect()
}

pub fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

/// Half past nine, and a microsecond later each time.
pub fn now() -> DateTime<FixedOffset> {
    static CALLS: AtomicI64 = AtomicI64::new(0);
    at("2026-11-23T21:30:00+01:00") + TimeDelta::microseconds(CALLS.fetch_add(1, Ordering::Relaxed))
}

pub fn check_in(note: &str) -> Fields {
    let mut set = Fields::default();
    set.put("kind", "check-in");
    set.put("started_at", "2026-11-23T21:30:00+01:00");
    set.put("pain", &5);
    set.put("note", note);
    set
}

pub fn fields(name: &str, value: &(impl serde::Serialize + ?Sized)) -> Fields {
    let mut set = Fields::default();
    set.put(name, value);
    set
}

pub fn add(journal: &mut Journal, note: &str) -> Id {
    rec_of(
        journal
            .perform(
                Act::Add {
                    set: check_in(note),
                },
                now(),
            )
            .unwrap(),
    )
}

pub fn rec_of(outcome: Outcome) -> Id {
    match outcome {
        Outcome::Done { rec, .. } => rec,
        Outcome::Nothing(why) => panic!("nothing was done: {why}"),
    }
}

pub fn note_of(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Done { note, .. } => note,
        Outcome::Nothing(why) => why,
    }
}

pub fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}
