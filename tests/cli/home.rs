//! An empty home for each test, and the program run in it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A home with nothing in it but, where something is to start, the safety questions answered with none.
pub struct Home(pub tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn answered() -> Self {
        let home = Self::new();
        home.write("data/unkink/profile.toml", &none_of_these());
        // Whatever is installed where the tests run.
        home.write(
            "config/unkink/config.toml",
            "speech.on = false\nawake.on = false\n",
        );
        home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn data(&self) -> PathBuf {
        self.path("data/unkink")
    }

    pub fn journal_dir(&self) -> PathBuf {
        self.data().join("journal")
    }

    /// Every byte of the journal, by file name.
    pub fn journal(&self) -> String {
        let Ok(files) = fs::read_dir(self.journal_dir()) else {
            return String::new();
        };
        let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        paths.sort();
        paths
            .iter()
            .map(|path| fs::read_to_string(path).unwrap())
            .collect()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unkink"));
        command
            .args(args)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.0.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            // Berlin's rule, spelt out: no test depends on a zone data base.
            .env("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    /// Runs it with this on standard input.
    pub fn pipe(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        // It may stop reading early; that is its right.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Ran::of(&output)
    }

    /// It is refused with exit 2, writes nothing, and says why.
    pub fn refused(&self, args: &[&str]) -> String {
        let before = self.journal();
        let ran = self.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {ran:?}");
        assert_eq!(self.journal(), before, "{args:?} wrote something");
        ran.err
    }

    pub fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
        ran.out
    }

    pub fn history(&self) -> Vec<Value> {
        serde_json::from_str(&self.ok(&["history", "--json"])).unwrap()
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// An own technique with steps of one second.
    pub fn add_short_technique(&self) {
        self.write("config/unkink/techniques/short.toml", SHORT);
    }

    /// The same with its first step alone.
    pub fn add_quick_technique(&self) {
        let (first, _) = SHORT.rsplit_once("[[steps]]").unwrap();
        let quick = first
            .replace("\"short\"", "\"quick\"")
            .replace("left-then-right", "both")
            .replace("total_s = 3", "total_s = 1");
        self.write("config/unkink/techniques/quick.toml", &quick);
    }
}

/// The safety questions answered with none, a day ago: whatever the time zone, that day has come.
fn none_of_these() -> String {
    let day = chrono::Utc::now().date_naive() - chrono::Days::new(1);
    format!("asked_on = {day}\n\n[answers]\n")
}

#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: &Output) -> Self {
        let ran = Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        };
        assert!(!ran.err.contains("panicked"), "{ran:?}");
        ran
    }
}

pub const SHORT: &str = r#"
slug = "short"
name = "Short one"
group = "Hands"
area = "the low back"
position = "sitting"
tools = "none"
sides = "left-then-right"
total_s = 3
intensity = [1, 2]
breathing = "as it comes"
stop_if = "it hurts"
traits = ["light-touch"]
evidence = "D"
filter = { position = ["chair"], tool = ["none"], for = ["tension"] }

[[steps]]
seconds = 1
line = "Settle."

[[steps]]
seconds = 1
each_side = true
line = "Rub."
"#;
