//! Closes the watch on the directories without waiting for the kernel.
//!
//! Linux ends an inotify instance that still watches something only after every processor has passed a quiet point:
//! closing one takes 4 to 20 ms (Linux 6.18, 250 Hz), in a thread of its own just as long, and until then the shell has
//! no prompt. Without it, leaving takes about 1 ms. So the descriptor is put on its way to a socket that is itself on
//! its way to nobody. The process ends at once, and the kernel clears such a ring of sockets away behind it.
//!
//! Kernels before 6.9 are said to clear it within the close (not tried): there it would take as long as before.

use std::io::IoSlice;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;

use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};

/// Closes it without the wait; as usual where it can't be handed on.
pub fn close_later(watch: OwnedFd) {
    let Ok((from, to)) = UnixStream::pair() else {
        return;
    };
    let mut room = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut along = SendAncillaryBuffer::new(&mut room);
    let both = [watch.as_fd(), to.as_fd()];
    if along.push(SendAncillaryMessage::ScmRights(&both)) {
        // Refused where too many are on their way already.
        let _ = sendmsg(&from, &[IoSlice::new(&[0])], &mut along, SendFlags::empty());
    }
    // In this order: with the last one closed the kernel looks for rings, and then this has to be one.
    drop((watch, to, from));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::*;

    #[test]
    fn what_is_let_go_of_is_closed_in_the_end() {
        // A pipe in place of a watch: its other end says when.
        let (reader, writer) = std::io::pipe().unwrap();
        close_later(writer.into());
        let mut other_end = [PollFd::new(&reader, PollFlags::IN)];
        let long = Timespec {
            tv_sec: 20,
            tv_nsec: 0,
        };
        assert_eq!(poll(&mut other_end, Some(&long)).unwrap(), 1, "still open");
        assert!(other_end[0].revents().contains(PollFlags::HUP));
    }
}
