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

mod starting;

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::num::NonZeroU16;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use portable_pty::{Child, MasterPty, PtySize};
use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};

use super::home::Home;

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
