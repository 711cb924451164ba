//! The one wait: poll(2) on everything that can wake us, until the next deadline.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags};

use crate::sys::wait::poll;

/// What to wait on.
#[derive(Debug)]
pub struct Sources<'a> {
    /// The terminal's input; `None` once it is gone.
    pub keys: Option<BorrowedFd<'a>>,
    /// The terminal's output, while it owes us room for the rest of a frame.
    pub room: Option<BorrowedFd<'a>>,
    /// The signal pipe, which only wakes.
    pub signals: BorrowedFd<'a>,
    /// The store's wake pipe.
    pub told: BorrowedFd<'a>,
    /// The watch on the journal directory, where there is one.
    pub files: Option<BorrowedFd<'a>>,
    /// What wakes us for the command that runs meanwhile.
    pub beside: Option<BorrowedFd<'a>>,
}

/// What woke us. Signals are looked at after every wake-up: one that comes as a deadline does shows in nothing here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // one for each source
pub struct Ready {
    /// Input to read.
    pub keys: bool,
    /// The terminal has hung up.
    pub gone: bool,
    /// The terminal takes output again.
    pub room: bool,
    /// The store has told something.
    pub told: bool,
    /// The journal directory changed.
    pub files: bool,
    /// The command that runs meanwhile has news.
    pub beside: bool,
}

const LOST: PollFlags = PollFlags::HUP.union(PollFlags::ERR).union(PollFlags::NVAL);

/// Sleeps until something is ready or `timeout` has passed; `None`: for as long as it takes.
pub fn wait(sources: &Sources<'_>, timeout: Option<Duration>) -> io::Result<Ready> {
    let mut fds = vec![
        PollFd::from_borrowed_fd(sources.signals, PollFlags::IN),
        PollFd::from_borrowed_fd(sources.told, PollFlags::IN),
    ];
    let mut also = |fd: Option<_>, flags| {
        fd.map(|fd| {
            fds.push(PollFd::from_borrowed_fd(fd, flags));
            fds.len() - 1
        })
    };
    let keys = also(sources.keys, PollFlags::IN);
    let room = also(sources.room, PollFlags::OUT);
    let files = also(sources.files, PollFlags::IN);
    let beside = also(sources.beside, PollFlags::IN);

    match poll(&mut fds, timeout) {
        Ok(_) => {}
        // A handler ran.
        Err(rustix::io::Errno::INTR) => return Ok(Ready::default()),
        Err(error) => return Err(error.into()),
    }
    let got = |at: Option<usize>| at.map_or(PollFlags::empty(), |at| fds[at].revents());
    Ok(Ready {
        keys: got(keys).contains(PollFlags::IN),
        gone: got(keys).intersects(LOST) || got(room).intersects(LOST),
        room: got(room).contains(PollFlags::OUT),
        told: !got(Some(1)).is_empty(),
        files: !got(files).is_empty(),
        beside: !got(beside).is_empty(),
    })
}

/// Waits until this descriptor takes output; false when it does not in time, or is gone.
pub fn writable(out: BorrowedFd<'_>, patience: Duration) -> bool {
    one(out, PollFlags::OUT, patience)
}

/// Waits until there is something to read; false when nothing comes in time.
pub fn readable(input: BorrowedFd<'_>, patience: Duration) -> bool {
    one(input, PollFlags::IN, patience)
}

fn one(fd: BorrowedFd<'_>, what: PollFlags, patience: Duration) -> bool {
    let mut fds = [PollFd::from_borrowed_fd(fd, what)];
    match poll(&mut fds, Some(patience)) {
        Ok(ready) => ready > 0 && !fds[0].revents().intersects(LOST),
        Err(error) => error == rustix::io::Errno::INTR,
    }
}
