//! A command of the person's that runs beside us: started without a shell, its signals passed on, its end told.
//!
//! It reads nothing. Its output is ours as it stands ([`Running::straight`]), or kept until it may be shown
//! ([`Running::kept`]). It runs in a process group of its own unless our terminal's signals reach ours anyway.

mod ended;
mod keeper;
mod spool;
mod watch;

use std::ffi::OsString;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::SyncSender;
use std::thread;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use super::signals::{INTERRUPTED, QUIT};
use crate::sanitize;
pub use ended::{FAILED, code, how};
use keeper::{Keeper, SHOW};
use spool::Spool;
use watch::{channel, watch};

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
    wants_terminal: bool,
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
        let (news, tell) = channel().map_err(NotStarted::Failed)?;
        let number = watch(vec![tell]).map_err(NotStarted::Failed)?;
        let child = command.spawn().map_err(NotStarted::of)?;
        let running = Self {
            child,
            name: name_of(argv),
            is_apart,
            news,
            keeper: None,
            status: None,
            wants_terminal: false,
            is_silent: false,
        };
        Ok(running.watched(&number))
    }

    /// Starts it with its output kept in a file that nobody else can read and that has no name, made in this
    /// directory, until [`Running::show`]. Whatever it may lack for that is found out before anything is started: who
    /// hears of a failure may try otherwise.
    pub fn kept(argv: &[OsString], directory: &Path) -> Result<Self, NotStarted> {
        let mut command = command(argv)?;
        command.process_group(0);
        let (news, number, keeper) =
            prepare(&mut command, directory).map_err(NotStarted::Failed)?;
        let child = command.spawn().map_err(NotStarted::of)?;
        // With it go our copies of the ends that it writes to.
        drop(command);
        let running = Self {
            child,
            name: name_of(argv),
            is_apart: true,
            news,
            keeper: Some(keeper),
            status: None,
            wants_terminal: false,
            is_silent: false,
        };
        Ok(running.watched(&number))
    }

    fn watched(self, number: &SyncSender<Pid>) -> Self {
        // The thread is there: it waits for this.
        let _ = number.send(Pid::from_child(&self.child));
        self
    }

    /// It as people call it, on one line and not too long; what is cut ends in `ellipsis`.
    pub fn name(&self, ellipsis: &str) -> String {
        short(&self.name, ellipsis)
    }

    /// What came since the last look.
    pub fn news(&mut self) -> Vec<News> {
        let mut room = [0; 64];
        let read = self.news.read(&mut room);
        // Whoever would tell more is gone, and nobody may wait for it.
        let is_over = match &read {
            Ok(read) => *read == 0,
            Err(error) => !keeper::is_passing(error),
        };
        let falls_silent = is_over && !self.is_silent;
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
        self.wants_terminal |= news.contains(&News::WantsTerminal);
        if falls_silent {
            news.push(News::Shown);
            if self.status.is_none() {
                news.push(News::Ended);
            }
        }
        if news.contains(&News::Ended) && self.status.is_none() {
            // It has ended, so this does not wait. Where somebody else has reaped it, it is gone all the same.
            self.status = Some(self.child.wait().unwrap_or_else(|_| ended::unknown()));
        }
        news
    }

    /// Whether there will be no more news, so that nothing is to be waited for.
    pub fn is_silent(&self) -> bool {
        self.is_silent
    }

    /// Whether it stands still because it wants to use the terminal, or did once.
    pub fn wants_terminal(&self) -> bool {
        self.wants_terminal
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

fn command(argv: &[OsString]) -> Result<Command, NotStarted> {
    let (program, arguments) = argv.split_first().ok_or(NotStarted::NotFound)?;
    if program.is_empty() {
        return Err(NotStarted::NotFound);
    }
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    Ok(command)
}

/// Everything that keeps its output and tells of it: where its news come, who wants its number, where orders go.
fn prepare(
    command: &mut Command,
    directory: &Path,
) -> io::Result<(UnixStream, SyncSender<Pid>, UnixStream)> {
    let spool = Spool::make(directory)?;
    let (out, to_out) = io::pipe()?;
    let (err, to_err) = io::pipe()?;
    command.stdout(to_out).stderr(to_err);
    let (news, tell) = channel()?;
    let (orders, order) = channel()?;
    let ended = order.try_clone()?;
    let also = tell.try_clone()?;
    let pipes = [Some(out.into()), Some(err.into())];
    let keeper = Keeper::new(pipes, spool, orders, tell)?;
    let thread = thread::Builder::new().name("output".into());
    let number = watch(vec![ended, also])?;
    thread.stack_size(STACK).spawn(move || keeper.run())?;
    Ok((news, number, order))
}

fn name_of(argv: &[OsString]) -> String {
    let words: Vec<_> = argv.iter().map(|word| word.to_string_lossy()).collect();
    let words = words.join(" ");
    sanitize::line(&words).into_owned()
}

fn short(name: &str, ellipsis: &str) -> String {
    if name.chars().count() <= NAME_MAX {
        return name.to_owned();
    }
    let room = NAME_MAX.saturating_sub(ellipsis.chars().count());
    let cut: String = name.chars().take(room).collect();
    format!("{}{ellipsis}", cut.trim_end())
}

/// Whether our process group is the one that our terminal's keys send signals to.
fn hears_the_terminal() -> bool {
    std::fs::File::open("/dev/tty")
        .ok()
        .and_then(|terminal| rustix::termios::tcgetpgrp(terminal).ok())
        .is_some_and(|group| group == rustix::process::getpgrp())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags};

    use super::*;
    use crate::sys::wait;

    fn argv(words: &[&str]) -> Vec<OsString> {
        words.iter().map(Into::into).collect()
    }

    /// How it ended.
    fn end_of(mut running: Running) -> ExitStatus {
        loop {
            let mut fds = [PollFd::from_borrowed_fd(running.as_fd(), PollFlags::IN)];
            let came = wait::poll(&mut fds, Some(Duration::from_secs(30))).unwrap();
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
        let name = |words: &[&str]| short(&name_of(&argv(words)), "~");
        assert_eq!(name(&["cargo", "build"]), "cargo build");
        let long = name(&["make", "-C", "a/long/way/to/the/directory", "all"]);
        assert_eq!(long, "make -C a/long/way/to/t~");
        assert!(!name_of(&argv(&["a\x1b[31m\nb"])).contains(char::is_control));
    }
}
