//! A person's home, in which the program is run: directories, settings, answers and own techniques.
// Each test file uses its part, and fails by panicking.
#![allow(dead_code, clippy::expect_used)]

use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use super::pty::PROGRAM;

/// A person's home, gone when the test ends. Several runs may share it.
pub struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    /// Empty but for the safety questions, answered with none a day ago: whatever the time zone, that day has come.
    pub fn new() -> Self {
        let home = Self::empty();
        let day = chrono::Utc::now().date_naive() - chrono::Days::new(1);
        home.write_profile(&format!("asked_on = {day}\n\n[answers]\n"));
        home
    }

    /// With nothing in it but [`Home::QUIET`]: the safety questions come first.
    pub fn empty() -> Self {
        let home = Self {
            dir: tempfile::tempdir().expect("a temporary directory"),
        };
        home.write_config(Self::QUIET);
        home
    }

    /// Settings under which nothing speaks and nothing keeps the machine awake: what is installed here must neither be
    /// heard nor change what a test sees.
    pub const QUIET: &str = "[speech]\non = false\n[awake]\non = false\n";

    /// Writes the settings file.
    pub fn write_config(&self, text: &str) {
        std::fs::create_dir_all(self.config()).expect("the configuration directory");
        std::fs::write(self.config().join("config.toml"), text).expect("the settings");
    }

    /// Writes the answers to the safety questions as a hand would.
    pub fn write_profile(&self, text: &str) {
        std::fs::create_dir_all(self.data()).expect("the data directory");
        std::fs::write(self.data().join("profile.toml"), text).expect("the profile");
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().to_path_buf()
    }

    pub fn data(&self) -> PathBuf {
        self.path().join("data/unkink")
    }

    pub fn state(&self) -> PathBuf {
        self.path().join("state/unkink")
    }

    pub fn config(&self) -> PathBuf {
        self.path().join("config/unkink")
    }

    /// The journal's lock, held by somebody else: whatever is to be written waits for it, up to five seconds.
    pub fn hold_the_lock(&self) -> File {
        std::fs::create_dir_all(self.data()).expect("the data directory");
        let lock = File::create(self.data().join(".lock")).expect("the lock's file");
        lock.lock().expect("nobody holds it");
        lock
    }

    /// All that the program sees of the environment.
    pub fn env(&self) -> Vec<(&'static str, String)> {
        let place = |name: &str| self.path().join(name).display().to_string();
        vec![
            ("HOME", self.path().display().to_string()),
            ("XDG_DATA_HOME", place("data")),
            ("XDG_STATE_HOME", place("state")),
            ("XDG_CONFIG_HOME", place("config")),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("TERM", "xterm-256color".into()),
            ("LANG", "C.UTF-8".into()),
            // Berlin's rule, spelt out: no test depends on a zone data base.
            ("TZ", "CET-1CEST,M3.5.0,M10.5.0/3".into()),
            // A key that was pressed by chance must not open a real editor.
            ("VISUAL", "true".into()),
        ]
    }

    /// Writes an own technique; `steps` are seconds, whether they are done for each side, and the line.
    pub fn write_technique(&self, slug: &str, name: &str, steps: &[(u32, bool, &str)]) {
        let total: u32 = steps
            .iter()
            .map(|&(seconds, each_side, _)| if each_side { 2 * seconds } else { seconds })
            .sum();
        let sides = if steps.iter().any(|step| step.1) {
            "left-then-right"
        } else {
            "both"
        };
        let mut text = format!(
            "slug = \"{slug}\"\nname = \"{name}\"\ngroup = \"Hands\"\narea = \"the lower back\"\n\
             position = \"sitting\"\ntools = \"none\"\nsides = \"{sides}\"\ntotal_s = {total}\n\
             intensity = [1, 2]\nbreathing = \"slow and easy\"\nstop_if = \"it hurts more\"\n\
             traits = []\nevidence = \"D\"\n\n[filter]\nposition = [\"chair\"]\ntool = [\"none\"]\nfor = [\"tension\"]\n"
        );
        for (seconds, each_side, line) in steps {
            let step = [
                "\n[[steps]]",
                &format!("seconds = {seconds}"),
                &format!("each_side = {each_side}"),
                &format!("line = \"{line}\""),
                "",
            ];
            text += &step.join("\n");
        }
        let dir = self.config().join("techniques");
        std::fs::create_dir_all(&dir).expect("the configuration directory");
        std::fs::write(dir.join(format!("{slug}.toml")), text).expect("the technique's file");
    }

    /// The program with this home and without a terminal: `home.command(&["history", "--json"])`.
    pub fn command(&self, args: &[&str]) -> Output {
        Command::new(PROGRAM)
            .args(args)
            .env_clear()
            .envs(self.env())
            .stdin(Stdio::null())
            .output()
            .expect("the program runs")
    }
}
