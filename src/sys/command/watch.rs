//! Waits for a command's end in a thread of its own, and leaves it to the owner to reap: until then its number is its
//! own.

use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};

use super::{ENDED, STACK, WANTS_TERMINAL};

/// Two ends: one to read without waiting, one to write.
pub fn channel() -> io::Result<(UnixStream, UnixStream)> {
    let (read, write) = UnixStream::pair()?;
    read.set_nonblocking(true)?;
    Ok((read, write))
}

/// Makes ready before there is a command, so that nothing can fail once there is one: its number is to follow. Without
/// one the thread ends.
pub fn watch(tell: Vec<UnixStream>) -> io::Result<SyncSender<Pid>> {
    let (send, pid) = sync_channel::<Pid>(1);
    let watch = move || {
        if let Ok(pid) = pid.recv() {
            until_ended(pid, &tell);
        }
    };
    let thread = thread::Builder::new().name("command".into());
    thread.stack_size(STACK).spawn(watch)?;
    Ok(send)
}

fn until_ended(pid: Pid, tell: &[UnixStream]) {
    let tell = |byte| {
        for mut to in tell {
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
}
