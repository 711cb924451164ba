//! poll(2), for everyone who waits.

use std::time::Duration;

use rustix::event::{PollFd, Timespec};

/// Sleeps until one of these is ready or the time has passed, `None`: for as long as it takes; how many are ready. A
/// handler that ran meanwhile makes it an error, `INTR`.
pub fn poll(fds: &mut [PollFd<'_>], timeout: Option<Duration>) -> rustix::io::Result<usize> {
    rustix::event::poll(fds, timeout.map(timespec).as_ref())
}

fn timespec(time: Duration) -> Timespec {
    Timespec {
        // A day is longer than any deadline of ours.
        tv_sec: i64::try_from(time.as_secs()).map_or(86_400, |s| s.min(86_400)),
        tv_nsec: i64::from(time.subsec_nanos()),
    }
}
