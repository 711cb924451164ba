//! Signals as values: the handlers only note them and write a byte that the one wait sees.

use crate::domain::order;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::signal::{
    SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGWINCH,
};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

/// Whether the ends of children are listened for: once for all, as that is never taken back.
static CHILDREN: AtomicBool = AtomicBool::new(false);

/// The exit code of a terminal that went away, as after SIGHUP.
pub const HANG_UP: u8 = 129;
/// The exit code after Ctrl-C, as after SIGINT.
pub const INTERRUPTED: u8 = 130;
/// The exit code after Ctrl-\, as after SIGQUIT.
pub const QUIT: u8 = 131;
/// The exit code after SIGTERM.
pub const TERMINATED: u8 = 143;

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Leave with this exit code, 128 + its number.
    Leave(u8),
    /// Stop until told to go on.
    Stop,
    /// Going on after a stop.
    Continue,
    /// The terminal has another size.
    Resize,
}

impl Signal {
    /// The exit code, when it tells us to leave.
    pub fn leaves(&self) -> Option<u8> {
        match self {
            Self::Leave(code) => Some(*code),
            _ => None,
        }
    }
}

/// The signals that came since they were last looked at.
#[derive(Debug)]
pub struct Signals(SignalDelivery<UnixStream, SignalOnly>);

impl Signals {
    /// Listens from here on.
    pub fn listen() -> io::Result<Self> {
        let (read, write) = UnixStream::pair()?;
        // Whoever started us may have had the ends of children ignored: then nobody could be told how ours ended.
        if !CHILDREN.load(Ordering::Relaxed) {
            signal_hook::flag::register(SIGCHLD, Arc::default())?;
            CHILDREN.store(true, Ordering::Relaxed);
        }
        let all = [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
        SignalDelivery::with_pipe(read, write, SignalOnly, all).map(Self)
    }

    /// What came, those that leave first; each kind at most once.
    pub fn take(&mut self) -> Vec<Signal> {
        let mut came: Vec<Signal> = self.0.pending().filter_map(meaning).collect();
        order::by_key(&mut came, |signal| !matches!(signal, Signal::Leave(_)));
        came
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.get_read().as_fd()
    }
}

fn meaning(signal: i32) -> Option<Signal> {
    match signal {
        SIGTSTP => Some(Signal::Stop),
        SIGCONT => Some(Signal::Continue),
        SIGWINCH => Some(Signal::Resize),
        SIGTERM | SIGINT | SIGHUP | SIGQUIT => {
            Some(Signal::Leave(128 + u8::try_from(signal).unwrap_or(0)))
        }
        _ => None,
    }
}

/// Stops this process until SIGCONT, and with it the others of its group (such as the `cargo run` that started it)
/// when `group` is set. Comes back at once where nobody could ever continue it.
pub fn stop_here(group: bool) {
    if group {
        let _ = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
    }
    // Our SIGTSTP handler took the place of its default, and SIGSTOP would also stop a process without a shell for
    // ever. SIGTTIN still has its default: stop, unless the group is orphaned. Raised in this thread, it acts here.
    let _ = signal_hook::low_level::raise(SIGTTIN);
}
