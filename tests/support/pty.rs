//! The built program in a pseudo-terminal, seen through a terminal emulator.
//!
//! Every wait blocks on the program's output (or on its end) until what is awaited is there; the limit is generous and
//! only ends a test that hangs. A test reads like this:
//!
//! ```ignore
//! let home = Home::new();
//! let mut pty = Pty::start(&home, (80, 24), &[]);
//! pty.wait_for("Library");
//! pty.send("/breath\r");
//! pty.wait_until("a preview", |screen| screen.contents().contains("Breathing"));
//! pty.send("q");
//! assert_eq!(pty.wait_exit(), 0);
//! ```
// Each test file uses its part, and fails by panicking.
#![allow(dead_code, clippy::expect_used, clippy::panic)]

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};

/// Ends a test that hangs; no test waits this long when all is well.
const LIMIT: Duration = Duration::from_secs(30);
/// Between two looks at what can't be waited on.
const LOOK: Duration = Duration::from_millis(5);
/// Two seconds, which is what is promised where the terminal is gone or a signal came, and two more for a busy machine.
pub const SOON: Duration = Duration::from_secs(4);
/// The built program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_unkink");

/// What is seen when the terminal is given back, in this order.
pub const GIVEN_BACK: [&str; 7] = [
    "\x1b[?1006l",
    "\x1b[?1000l",
    "\x1b[?1004l",
    "\x1b[?7h",
    "\x1b[?2004l",
    "\x1b[?1049l",
    "\x1b[?25h",
];

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

/// A program in a pseudo-terminal.
pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    leaving: Arc<AtomicBool>,
    emulator: vt100::Parser,
    written: Vec<u8>,
    modes: String,
}

impl Pty {
    /// unkink with these arguments on a terminal of this many columns and rows. It leads its own session, as a
    /// terminal emulator's child does.
    pub fn start(home: &Home, size: (u16, u16), args: &[&str]) -> Self {
        Self::start_with(home, size, args, &[])
    }

    /// The same with more in the environment; an empty value takes a variable away.
    pub fn start_with(home: &Home, size: (u16, u16), args: &[&str], env: &[(&str, &str)]) -> Self {
        let argv: Vec<&str> = [PROGRAM].iter().chain(args).copied().collect();
        Self::spawn(home, size, &argv, env)
    }

    /// A shell script on that terminal; `"$unkink"` is the program. `set -m` in it gives job control.
    pub fn shell(home: &Home, size: (u16, u16), script: &str) -> Self {
        Self::spawn(home, size, &["sh", "-c", script], &[("unkink", PROGRAM)])
    }

    /// unkink as the job of a shell, so that it can be stopped and continued: see [`Pty::wait_in_shell`] and
    /// [`Pty::fg`]. (What [`Pty::start`] starts leads its session: nobody could continue it, so it does not stop.) The
    /// exit code is the program's.
    pub fn start_as_job(home: &Home, size: (u16, u16), args: &[&str]) -> Self {
        let script = "set -m; \"$unkink\" \"$@\"; code=$?; \
            while jobs >.jobs; [ -s .jobs ]; do echo \"[in the shell]\"; read -r go; fg >.fg; code=$?; done; \
            exit $code";
        let argv: Vec<&str> = ["sh", "-c", script, "sh"]
            .iter()
            .chain(args)
            .copied()
            .collect();
        Self::spawn(home, size, &argv, &[("unkink", PROGRAM)])
    }

    /// Waits until the job is stopped, and checks that the shell has its terminal back.
    #[track_caller]
    pub fn wait_in_shell(&mut self) {
        // Not on the screen: an earlier stop's line may still stand there.
        self.wait_for_output("the shell", |pty| pty.written().contains("[in the shell]"));
        self.assert_given_back();
    }

    /// Continues the job.
    pub fn fg(&mut self) {
        self.forget_written();
        self.send("\n");
    }

    /// unkink on a terminal that takes its output only up to what the system holds back, as one that has frozen.
    pub fn start_frozen(home: &Home, size: (u16, u16), args: &[&str]) -> Self {
        let argv: Vec<&str> = [PROGRAM].iter().chain(args).copied().collect();
        Self::spawn_reading(home, size, &argv, &[], false)
    }

    fn spawn(home: &Home, size: (u16, u16), argv: &[&str], env: &[(&str, &str)]) -> Self {
        Self::spawn_reading(home, size, argv, env, true)
    }

    fn spawn_reading(
        home: &Home,
        (cols, rows): (u16, u16),
        argv: &[&str],
        env: &[(&str, &str)],
        reading: bool,
    ) -> Self {
        let pair = native_pty_system()
            .openpty(pty_size(cols, rows))
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::from_argv(argv.iter().map(Into::into).collect());
        command.env_clear();
        command.cwd(home.path());
        for (name, value) in home.env() {
            command.env(name, value);
        }
        for (name, value) in env {
            if value.is_empty() {
                command.env_remove(name);
            } else {
                command.env(name, value);
            }
        }
        let modes = modes_of(&*pair.master);
        let reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let leaving = Arc::new(AtomicBool::new(false));
        let output = if reading {
            read_along(reader, Arc::clone(&leaving))
        } else {
            mpsc::channel().1
        };
        let child = pair.slave.spawn_command(command).expect("the program runs");
        Self {
            child,
            master: Some(pair.master),
            writer: Some(writer),
            output,
            leaving,
            emulator: emulator(cols, rows),
            written: Vec::new(),
            modes,
        }
    }

    /// Types these bytes: `"j"`, `"\r"` for Enter, `"\x1b"` for Esc, `"\x03"` for Ctrl-C. Esc with a key right behind it
    /// is Alt and that key, as on any terminal: wait for what Esc does before typing on.
    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        let writer = self.writer.as_mut().expect("the terminal is there");
        writer.write_all(keys.as_ref()).expect("keys are taken");
    }

    /// Types these bytes for as long as the program is there to take them.
    pub fn send_as_it_takes(&mut self, keys: &[u8]) {
        for piece in keys.chunks(512) {
            if let Some(writer) = &mut self.writer
                && writer.write_all(piece).is_err()
            {
                return;
            }
            // What it paints has to be taken away meanwhile.
            while let Ok(bytes) = self.output.try_recv() {
                self.take(&bytes);
            }
        }
    }

    /// Presses this key again and again, where whether it is heard is a question of time, until the program ends.
    #[track_caller]
    pub fn press_until_it_ends(&mut self, key: &str) {
        let until = Instant::now() + LIMIT;
        loop {
            self.send_as_it_takes(key.as_bytes());
            if self.has_ended_within(Duration::from_millis(1200)) {
                return;
            }
            assert!(Instant::now() < until, "not ended; {}", self.dump());
        }
    }

    fn has_ended_within(&mut self, time: Duration) -> bool {
        let until = Instant::now() + time;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => return false,
                Err(RecvTimeoutError::Disconnected) => return true,
            }
        }
    }

    /// What the screen shows now, as far as it was read.
    pub fn screen(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    /// Every byte written so far.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.written).into_owned()
    }

    /// The end of it, for looking again and again while much comes.
    pub fn written_tail(&self, bytes: usize) -> String {
        let from = self.written.len().saturating_sub(bytes);
        String::from_utf8_lossy(&self.written[from..]).into_owned()
    }

    /// Forgets what was written so far, so that [`Pty::written`] is about what comes from here on.
    pub fn forget_written(&mut self) {
        self.written.clear();
    }

    /// Waits until the screen shows this text.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("'{text}'"), |screen| {
            screen.contents().contains(text)
        });
    }

    /// Waits until the screen is as asked.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, seen: impl Fn(&vt100::Screen) -> bool) {
        self.wait_for_output(what, |pty| seen(pty.screen()));
    }

    /// Waits until something of the app is on the screen.
    #[track_caller]
    pub fn wait_drawn(&mut self) {
        self.wait_until("a first frame", |screen| {
            screen.alternate_screen() && !screen.contents().trim().is_empty()
        });
    }

    /// Waits until a condition over everything written holds.
    #[track_caller]
    pub fn wait_for_output(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let until = Instant::now() + LIMIT;
        while !holds(self) {
            let left = until.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("waited for {what}; {}", self.dump()),
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("it ended before {what} came; {}", self.dump())
                }
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.written.extend_from_slice(bytes);
        self.emulator.process(bytes);
    }

    fn dump(&self) -> String {
        format!(
            "the screen shows:\n{}\n--- last written: {:?}",
            self.screen().contents(),
            String::from_utf8_lossy(&self.written[self.written.len().saturating_sub(400)..])
        )
    }

    /// Gives the terminal another size. The emulator follows from one by one up.
    pub fn resize(&mut self, cols: u16, rows: u16) {
        let master = self.master.as_ref().expect("the terminal is there");
        master.resize(pty_size(cols, rows)).expect("a new size");
        self.emulator
            .set_size(at_least_one(rows), at_least_one(cols));
    }

    /// The program's process; in [`Pty::shell`] the shell's.
    pub fn pid(&self) -> Pid {
        let pid = self.child.process_id().expect("a process id");
        Pid::from_raw(i32::try_from(pid).expect("a process id")).expect("a process id")
    }

    /// The foreground process group: under `set -m` the program that the shell runs.
    pub fn foreground(&self) -> Pid {
        let master = self.master.as_ref().expect("the terminal is there");
        let group = master.process_group_leader().expect("a foreground group");
        Pid::from_raw(group).expect("a process id")
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        rustix::process::kill_process(self.pid(), signal).expect("the program is there");
    }

    /// Waits until the program (a direct child) is stopped, which only SIGSTOP does to the leader of a session.
    pub fn wait_stopped(&self) {
        let stops = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG;
        poll_until("it to stop", || {
            rustix::process::waitid(WaitId::Pid(self.pid()), stops)
                .expect("a child of ours")
                .is_some()
        });
    }

    /// Whether the terminal's modes are as they were before the program began.
    pub fn modes_are_as_found(&self) -> bool {
        let master = self.master.as_ref().expect("the terminal is there");
        modes_of(&**master) == self.modes
    }

    /// The terminal as the program writes to it.
    pub fn open_screen(&self) -> File {
        let master = self.master.as_ref().expect("the terminal is there");
        let name = master.tty_name().expect("its name");
        let flags = (OFlags::NOCTTY | OFlags::NONBLOCK).bits().cast_signed();
        OpenOptions::new()
            .write(true)
            .custom_flags(flags)
            .open(name)
            .expect("the terminal is there")
    }

    /// Closes the terminal's other end: a hang-up. Call when the program answers to a new size.
    pub fn hang_up(&mut self) {
        self.hang_up_when(|pty| {
            let (rows, cols) = pty.screen().size();
            pty.resize(cols.get() + 1, rows.get());
        });
    }

    /// The same with another way to make something be written: the reader holds a copy of the master and sits in a
    /// read, and has to look up to let it go.
    pub fn hang_up_when(&mut self, something_is_written: impl FnOnce(&mut Self)) {
        self.leaving.store(true, Ordering::SeqCst);
        something_is_written(self);
        while self.output.recv_timeout(LIMIT).is_ok() {}
        self.writer = None;
        self.master = None;
    }

    /// Waits for the end: the exit code, or 137 as a shell would say it when SIGKILL killed it.
    #[track_caller]
    pub fn wait_exit(&mut self) -> u32 {
        self.wait_exit_within(LIMIT)
    }

    /// The same where the program promises to end in time.
    #[track_caller]
    pub fn wait_exit_within(&mut self, limit: Duration) -> u32 {
        let until = Instant::now() + limit;
        while let Ok(bytes) = self
            .output
            .recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            self.take(&bytes);
        }
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                break status;
            }
            assert!(
                Instant::now() < until,
                "not ended within {limit:?}; {}",
                self.dump()
            );
            std::thread::sleep(LOOK);
        };
        match status.signal() {
            Some("Killed") => 137,
            Some(signal) => panic!("killed by {signal}; {}", self.dump()),
            None => status.exit_code(),
        }
    }

    /// Checks that the terminal was given back: modes, main screen, cursor, paste mode.
    #[track_caller]
    pub fn assert_given_back(&self) {
        assert!(self.modes_are_as_found(), "the modes are others");
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is on");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        let written = self.written();
        // Line by line nothing was taken.
        let was_taken = written.contains("\x1b[?1049h");
        for sequence in GIVEN_BACK.iter().filter(|_| was_taken) {
            assert!(written.contains(sequence), "{sequence:?} was not written");
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for something that can only be looked at, not waited on.
#[track_caller]
pub fn poll_until(what: &str, mut seen: impl FnMut() -> bool) {
    let until = Instant::now() + LIMIT;
    while !seen() {
        assert!(Instant::now() < until, "waited for {what}");
        std::thread::sleep(LOOK);
    }
}

/// Lets real time pass where that is what a test is about: how long something stands still, or that nothing happens.
pub fn let_pass(time: Duration) {
    std::thread::sleep(time);
}

fn read_along(mut reader: Box<dyn Read + Send>, leaving: Arc<AtomicBool>) -> Receiver<Vec<u8>> {
    let (send, output) = mpsc::channel();
    std::thread::spawn(move || {
        let mut room = vec![0; 65536];
        while let Ok(read @ 1..) = reader.read(&mut room) {
            if send.send(room[..read].to_vec()).is_err() || leaving.load(Ordering::SeqCst) {
                break;
            }
        }
        // In this order: who hears no more may count on the terminal being let go.
        drop(reader);
        drop(send);
    });
    output
}

fn pty_size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn at_least_one(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN)
}

fn emulator(cols: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(at_least_one(rows), at_least_one(cols), 0)
}

fn modes_of(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// Reads what a first start shows, so that the next one begins with the panes.
pub fn see_first_start(home: &Home) {
    let mut pty = Pty::start(home, (80, 24), &[]);
    past_the_first_text(&mut pty);
    pty.send("q");
    pty.wait_exit();
}

/// Closes the text that a first start shows.
pub fn past_the_first_text(pty: &mut Pty) {
    pty.wait_for("Before you start");
    pty.send("\r");
    pty.wait_until("the first text is closed", |screen| {
        !screen.contents().contains("Before you start")
    });
}
