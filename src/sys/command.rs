//! A command of the person's that runs beside us: started without a shell, its signals passed on, its end told.
//!
//! It reads nothing. Its output is ours as it stands ([`Running::straight`]), or kept until it may be shown
//! ([`Running::kept`]). It runs in a process group of its own unless our terminal's signals reach ours anyway.

mod keeper;

use std::ffi::OsString;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group};

use super::signals::{INTERRUPTED, QUIT};
use crate::sanitize;
use keeper::{Keeper, SHOW};

/// The exit code where we failed ourselves.
pub const FAILED: u8 = 125;

/// What the watching threads write to wake the owner, a byte each.
const ENDED: u8 = b'e';
const WANTS_TERMINAL: u8 = b't';
const NOT_KEPT: u8 = b'f';
const SHOWN: u8 = b's';

/// Longer names are cut, in characters.
const NAME_MAX: usize = 24;
/// The watching threads need little.
const STACK: usize = 128 * 1024;

/// Why a command could not be started.
#[derive(Debug)]
pub enum NotStarted {
    /// There is no such program: 127.
    NotFound,
    /// It is there and can't be executed: 126.
    NotExecutable(io::Error),
    /// We failed: 125.
    Failed(io::Error),
}

impl NotStarted {
    /// The exit code that shells and `env` have for it.
    pub fn code(&self) -> u8 {
        match self {
            Self::NotFound => 127,
            Self::NotExecutable(_) => 126,
            Self::Failed(_) => FAILED,
        }
    }

    fn of(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            // Too many processes or open files is nothing of the program's.
            ErrorKind::WouldBlock | ErrorKind::OutOfMemory => Self::Failed(error),
            _ if error.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error()) => {
                Self::Failed(error)
            }
            _ => Self::NotExecutable(error),
        }
    }
}

impl std::fmt::Display for NotStarted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such program"),
            Self::NotExecutable(error) | Self::Failed(error) => error.fmt(f),
        }
    }
}

/// What came of it since it was last looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It has ended; [`Running::status`] says how.
    Ended,
    /// It stands still because it wants to use the terminal, which is not its own.
    WantsTerminal,
    /// Its output can't be kept (a full disk); it waits until it is shown.
    NotKept,
    /// All its output was shown.
    Shown,
}

/// A command that was started.
#[derive(Debug)]
pub struct Running {
    child: Child,
    name: String,
    /// Whether it has a process group of its own, so that the terminal's signals pass it by.
    is_apart: bool,
    news: UnixStream,
    /// To the thread that keeps its output; `None` where nobody keeps it.
    keeper: Option<UnixStream>,
    status: Option<ExitStatus>,
    /// Nothing more will be told.
    is_silent: bool,
}

impl Running {
    /// Starts it with our output as its own. Where the terminal's signals reach our group it stays in it, as any
    /// command that runs another would have it.
    pub fn straight(argv: &[OsString]) -> Result<Self, NotStarted> {
        let is_apart = !hears_the_terminal();
        let mut command = command(argv)?;
        if is_apart {
            command.process_group(0);
        }
        let child = command.spawn().map_err(NotStarted::of)?;
        let (news, tell) = channel().map_err(NotStarted::Failed)?;
        watch(&child, vec![tell]).map_err(NotStarted::Failed)?;
        Ok(Self {
            child,
            name: name_of(argv),
            is_apart,
            news,
            keeper: None,
            status: None,
            is_silent: false,
        })
    }

    /// Starts it with its output kept in a file that nobody else can read and that has no name, made in this
    /// directory, until [`Running::show`].
    pub fn kept(argv: &[OsString], directory: &Path) -> Result<Self, NotStarted> {
        let spool = keeper::spool(directory).map_err(NotStarted::Failed)?;
        let mut command = command(argv)?;
        command.process_group(0);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(NotStarted::of)?;
        let (news, tell) = channel().map_err(NotStarted::Failed)?;
        let (orders, order) = channel().map_err(NotStarted::Failed)?;
        let ended = order.try_clone().map_err(NotStarted::Failed)?;
        let also = tell.try_clone().map_err(NotStarted::Failed)?;
        let pipes = [
            child.stdout.take().map(Into::into),
            child.stderr.take().map(Into::into),
        ];
        let keeper = Keeper::new(pipes, spool, orders, tell).map_err(NotStarted::Failed)?;
        let thread = thread::Builder::new().name("output".into());
        thread
            .stack_size(STACK)
            .spawn(move || keeper.run())
            .map_err(NotStarted::Failed)?;
        watch(&child, vec![ended, also]).map_err(NotStarted::Failed)?;
        Ok(Self {
            child,
            name: name_of(argv),
            is_apart: true,
            news,
            keeper: Some(order),
            status: None,
            is_silent: false,
        })
    }

    /// It as people call it, on one line and not too long.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What came since the last look.
    pub fn news(&mut self) -> Vec<News> {
        let mut room = [0; 64];
        let read = self.news.read(&mut room);
        // Whoever would tell more is gone, and nobody may wait for it.
        let falls_silent = matches!(read, Ok(0)) && !self.is_silent;
        self.is_silent |= falls_silent;
        let read = read.unwrap_or(0);
        let news = room[..read].iter().filter_map(|byte| match *byte {
            ENDED => Some(News::Ended),
            WANTS_TERMINAL => Some(News::WantsTerminal),
            NOT_KEPT => Some(News::NotKept),
            SHOWN => Some(News::Shown),
            _ => None,
        });
        let mut news: Vec<News> = news.collect();
        if falls_silent {
            news.push(News::Shown);
            if self.status.is_none() {
                news.push(News::Ended);
            }
        }
        if news.contains(&News::Ended) && self.status.is_none() {
            // It has ended, so this does not wait.
            self.status = self.child.wait().ok();
        }
        news
    }

    /// Whether there will be no more news, so that nothing is to be waited for.
    pub fn is_silent(&self) -> bool {
        self.is_silent
    }

    /// How it ended; `None` while it runs.
    pub fn status(&self) -> Option<ExitStatus> {
        self.status
    }

    /// Whether its output is kept.
    pub fn is_kept(&self) -> bool {
        self.keeper.is_some()
    }

    /// Shows what was kept, each stream in its own, and from here on passes on what comes. [`News::Shown`] follows
    /// once it has ended and everything is out.
    pub fn show(&mut self) {
        if let Some(keeper) = &mut self.keeper {
            let _ = keeper.write_all(&[SHOW]);
        }
    }

    /// Passes a signal on that would end it, by the exit code that such a signal makes: 130, 143 …
    pub fn pass_on(&self, code: u8) {
        let signal = i32::from(code.saturating_sub(128));
        // The terminal has sent these two to our whole group.
        let heard = !self.is_apart && matches!(code, INTERRUPTED | QUIT);
        if let (Some(signal), false) = (Signal::from_named_raw(signal), heard) {
            self.send(signal);
            // One that stands still hears nothing before it goes on.
            self.send(Signal::CONT);
        }
    }

    /// Lets it stand still together with us.
    pub fn stop(&self) {
        if self.is_apart {
            self.send(Signal::TSTP);
        }
    }

    /// Lets it go on.
    pub fn go_on(&self) {
        self.send(Signal::CONT);
    }

    fn send(&self, signal: Signal) {
        // Once reaped, its number may be another's.
        if self.status.is_some() {
            return;
        }
        let pid = Pid::from_child(&self.child);
        let _ = if self.is_apart {
            kill_process_group(pid, signal)
        } else {
            kill_process(pid, signal)
        };
    }
}

impl AsFd for Running {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.news.as_fd()
    }
}

/// The exit code that tells how it ended, as shells have it: its own, or 128 and the signal's number.
pub fn code(status: ExitStatus) -> u8 {
    let own = status.code().and_then(|code| u8::try_from(code).ok());
    let signal = status.signal().and_then(|n| u8::try_from(n).ok());
    own.or(signal.map(|n| n.saturating_add(128)))
        .unwrap_or(FAILED)
}

/// The same in words: 'exit 0', 'ended by signal 9'.
pub fn how(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit {code}"),
        (None, Some(signal)) => format!("ended by signal {signal}"),
        (None, None) => "it is not known how".into(),
    }
}

fn command(argv: &[OsString]) -> Result<Command, NotStarted> {
    let (program, arguments) = argv.split_first().ok_or(NotStarted::NotFound)?;
    if program.is_empty() {
        return Err(NotStarted::NotFound);
    }
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    Ok(command)
}

fn name_of(argv: &[OsString]) -> String {
    let words: Vec<_> = argv.iter().map(|word| word.to_string_lossy()).collect();
    let words = words.join(" ");
    let line = sanitize::line(&words);
    if line.chars().count() <= NAME_MAX {
        return line.into_owned();
    }
    let cut: String = line.chars().take(NAME_MAX - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Whether our process group is the one that our terminal's keys send signals to.
fn hears_the_terminal() -> bool {
    std::fs::File::open("/dev/tty")
        .ok()
        .and_then(|terminal| rustix::termios::tcgetpgrp(terminal).ok())
        .is_some_and(|group| group == rustix::process::getpgrp())
}

/// Two ends: one to read without waiting, one to write.
fn channel() -> io::Result<(UnixStream, UnixStream)> {
    let (read, write) = UnixStream::pair()?;
    read.set_nonblocking(true)?;
    Ok((read, write))
}

/// Waits for its end in a thread of its own, and leaves it to the owner to reap: until then its number is its own.
fn watch(child: &Child, tell: Vec<UnixStream>) -> io::Result<()> {
    let pid = Pid::from_child(child);
    let watch = move || {
        let tell = |byte| {
            for mut to in &tell {
                let _ = to.write_all(&[byte]);
            }
        };
        let look = WaitIdOptions::EXITED | WaitIdOptions::STOPPED | WaitIdOptions::NOWAIT;
        loop {
            match rustix::process::waitid(WaitId::Pid(pid), look) {
                Ok(Some(status)) if status.stopped() => {
                    let taken = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG;
                    let _ = rustix::process::waitid(WaitId::Pid(pid), taken);
                    let by = status.stopping_signal();
                    let terminal = [Signal::TTIN, Signal::TTOU].map(Signal::as_raw);
                    if by.is_some_and(|by| terminal.contains(&by)) {
                        tell(WANTS_TERMINAL);
                    }
                }
                Ok(None) | Err(rustix::io::Errno::INTR) => {}
                Ok(Some(_)) | Err(_) => return tell(ENDED),
            }
        }
    };
    let thread = thread::Builder::new().name("command".into());
    thread.stack_size(STACK).spawn(watch).map(drop)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use rustix::event::{PollFd, PollFlags, Timespec};

    use super::*;

    fn argv(words: &[&str]) -> Vec<OsString> {
        words.iter().map(Into::into).collect()
    }

    /// How it ended.
    fn end_of(mut running: Running) -> ExitStatus {
        loop {
            let limit = Timespec {
                tv_sec: 30,
                tv_nsec: 0,
            };
            let mut fds = [PollFd::from_borrowed_fd(running.as_fd(), PollFlags::IN)];
            let came = rustix::event::poll(&mut fds, Some(&limit)).unwrap();
            assert_eq!(came, 1, "nothing was told");
            running.news();
            if let Some(status) = running.status() {
                return status;
            }
        }
    }

    #[test]
    fn its_own_code_and_a_signal_tell_how_it_ended() {
        for (script, is, words) in [
            ("exit 0", 0, "exit 0"),
            ("exit 3", 3, "exit 3"),
            ("kill -9 $$", 137, "ended by signal 9"),
        ] {
            let home = tempfile::tempdir().unwrap();
            let argv = argv(&["sh", "-c", script]);
            let status = end_of(Running::kept(&argv, home.path()).unwrap());
            assert_eq!((code(status), &*how(status)), (is, words));
        }
    }

    #[test]
    fn what_can_t_be_started_is_told_apart() {
        let home = tempfile::tempdir().unwrap();
        let plain = home.path().join("plain");
        std::fs::write(&plain, "no program").unwrap();
        for (name, is) in [
            ("there-is-no-such-program", 127),
            ("", 127),
            (plain.to_str().unwrap(), 126),
            (home.path().to_str().unwrap(), 126),
        ] {
            let failed = Running::kept(&argv(&[name]), home.path()).unwrap_err();
            assert_eq!(failed.code(), is, "{name}: {failed}");
        }
        let nowhere = home.path().join("plain/below");
        let failed = Running::kept(&argv(&["true"]), &nowhere).unwrap_err();
        assert_eq!(failed.code(), FAILED);
    }

    #[test]
    fn its_name_is_one_short_line() {
        assert_eq!(name_of(&argv(&["cargo", "build"])), "cargo build");
        let long = name_of(&argv(&["make", "-C", "a/long/way/to/the/directory", "all"]));
        assert!(long.chars().count() <= NAME_MAX, "{long}");
        assert!(long.ends_with('…'), "{long}");
        assert!(!name_of(&argv(&["a\x1b[31m\nb"])).contains(char::is_control));
    }
}
