//! Typed lines from standard input, waited for together with signals and a deadline.

use std::collections::VecDeque;
use std::os::fd::AsFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags};

use crate::cli::out;
use crate::domain::scale::Scale;
use crate::sys::signals::Signals;
use crate::sys::wait::poll;

/// A line longer than this is no answer.
const LONGEST: usize = 4096;

/// The commands of a running session.
const COMMANDS: [&str; 7] = ["p", "n", "b", "s", "q", "e", "m"];
/// What they do, for the ear.
pub const COMMANDS_TOLD: &str =
    "p pauses or goes on, n next step, b step before, s stops, m voice off or on, e urgent signs";

/// Lines typed so far and not yet taken.
#[derive(Debug)]
pub struct Input {
    begun: Vec<u8>,
    lines: VecDeque<String>,
    open: bool,
    terminal: bool,
}

impl Input {
    /// Standard input; `false`: none is read.
    pub fn new(open: bool) -> Self {
        Self {
            begun: Vec::new(),
            lines: VecDeque::new(),
            open,
            terminal: rustix::termios::isatty(rustix::stdio::stdin()),
        }
    }

    /// Whether an answer may still come.
    pub fn is_open(&self) -> bool {
        self.open || !self.lines.is_empty()
    }

    /// Whether a person types it, so that it is right to ask.
    pub fn is_typed(&self) -> bool {
        self.terminal && self.is_open()
    }

    /// The next line.
    pub fn line(&mut self) -> Option<String> {
        self.lines.pop_front()
    }

    /// The next command. Other lines of a terminal are slips and are dropped; other lines of a pipe wait for the
    /// questions at the end.
    pub fn command(&mut self) -> Option<String> {
        let is_command = |line: &String| COMMANDS.contains(&&*named(line));
        let at = self.lines.iter().position(is_command);
        if self.terminal {
            for line in self.lines.drain(..at.unwrap_or(self.lines.len())) {
                say_unknown(&line);
            }
            return self.lines.pop_front().map(|line| named(&line));
        }
        // An answer may have been typed ahead; a command never waits behind one, least of all the urgent signs.
        let is_answer = |line: &str| matches!(line, "" | "-") || line.parse::<Scale>().is_ok();
        self.lines.retain(|line| {
            let stays = is_answer(line.trim()) || is_command(line);
            if !stays {
                say_unknown(line);
            }
            stays
        });
        let at = self.lines.iter().position(is_command)?;
        self.lines.remove(at).map(|line| named(&line))
    }

    /// Sleeps until a line, a signal or the timeout; reads what there is.
    pub fn wait(&mut self, signals: &Signals, timeout: Option<Duration>) {
        let stdin = rustix::stdio::stdin();
        let mut fds = vec![PollFd::from_borrowed_fd(signals.as_fd(), PollFlags::IN)];
        if self.open {
            fds.push(PollFd::from_borrowed_fd(stdin, PollFlags::IN));
        }
        // An interrupted wait is a wait that is over: the caller looks at the clock and at the signals anyway.
        let woken = poll(&mut fds, timeout).is_ok();
        if woken && self.open && fds.get(1).is_some_and(|fd| !fd.revents().is_empty()) {
            self.read();
        }
    }

    fn read(&mut self) {
        let mut room = [0; 1024];
        match rustix::io::read(rustix::stdio::stdin(), &mut room) {
            Ok(0) | Err(rustix::io::Errno::IO | rustix::io::Errno::BADF) => self.end(),
            Ok(count) => room[..count].iter().for_each(|byte| self.take(*byte)),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(_) => self.end(),
        }
    }

    fn take(&mut self, byte: u8) {
        if byte == b'\n' {
            let line = std::mem::take(&mut self.begun);
            self.lines
                .push_back(String::from_utf8_lossy(&line).into_owned());
        } else if self.begun.len() < LONGEST {
            self.begun.push(byte);
        }
    }

    fn end(&mut self) {
        self.open = false;
        if !self.begun.is_empty() {
            self.take(b'\n');
        }
    }
}

/// A command as it is known, by its letter: the urgent signs must not hang on a capital one.
fn named(line: &str) -> String {
    let line = line.trim().to_lowercase();
    let letter = match &*line {
        "pause" | "go on" => "p",
        "next" => "n",
        "back" => "b",
        "stop" | "quit" => "s",
        "urgent" => "e",
        "mute" => "m",
        other => other,
    };
    letter.to_owned()
}

fn say_unknown(line: &str) {
    if !line.trim().is_empty() {
        out::say(&format!("'{}' is no command: {COMMANDS_TOLD}", line.trim()));
    }
}
