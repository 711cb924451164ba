//! Reads a command's output until it and the command have ended, keeps it, and shows it when told.

use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use rustix::fs::OFlags;

use super::spool::{PIECE, Spool};
use super::{ENDED, NOT_KEPT, SHOWN};
use crate::sys::{panics, wait};

/// The order to show what was kept.
pub const SHOW: u8 = b'o';
/// What the command has started may still say something while it ends as well; who stays on is not waited for.
const LAST_WORDS: Duration = Duration::from_millis(300);
/// After these: no pipe holds more from before the command's end, so what comes then is another's, who may never end.
const REST: usize = 1024 * 1024;

/// Standard output and standard error, in this order.
type Pipes = [Option<OwnedFd>; 2];

/// The thread's own: reads both pipes until they and the command have ended.
pub struct Keeper {
    pipes: Pipes,
    spool: Spool,
    /// What could not be written to the spool and must come behind it.
    held: Option<(usize, Vec<u8>)>,
    orders: UnixStream,
    tell: UnixStream,
    /// When the command ended.
    ended: Option<Instant>,
    /// Bytes read since its last words were waited for.
    rest: usize,
    shows: bool,
    /// Streams of ours that nobody reads any more.
    deaf: [bool; 2],
}

impl Keeper {
    /// Over these pipes. Orders come by one end, what is told goes to the other.
    pub fn new(
        pipes: Pipes,
        spool: Spool,
        orders: UnixStream,
        tell: UnixStream,
    ) -> io::Result<Self> {
        for pipe in pipes.iter().flatten() {
            rustix::fs::fcntl_setfl(pipe, OFlags::NONBLOCK)?;
        }
        Ok(Self {
            pipes,
            spool,
            held: None,
            orders,
            tell,
            ended: None,
            rest: 0,
            shows: false,
            deaf: [false; 2],
        })
    }

    /// Until everything was shown, or nobody gives orders any more.
    pub fn run(mut self) {
        loop {
            if self.wait().is_err() || !self.take_orders() {
                return;
            }
            let read = self.read();
            if self.held.is_none() && self.patience() == Some(Duration::ZERO) {
                self.rest += read;
                if read == 0 || self.rest > REST {
                    self.pipes = [None, None];
                }
            }
            let is_over = self.ended.is_some() && self.pipes.iter().all(Option::is_none);
            if is_over && self.shows {
                let _ = self.tell.write_all(&[SHOWN]);
                return;
            }
        }
    }

    /// How long to wait for its last words; `None`: it runs.
    fn patience(&self) -> Option<Duration> {
        let ended = self.ended?;
        Some(LAST_WORDS.saturating_sub(ended.elapsed()))
    }

    fn wait(&self) -> io::Result<()> {
        let mut fds = vec![PollFd::from_borrowed_fd(self.orders.as_fd(), PollFlags::IN)];
        // What can't be kept stays where it is: the command waits.
        if self.held.is_none() {
            let pipes = self.pipes.iter().flatten();
            fds.extend(pipes.map(|pipe| PollFd::from_borrowed_fd(pipe.as_fd(), PollFlags::IN)));
        }
        let is_open = self.held.is_none() && self.pipes.iter().any(Option::is_some);
        let patience = self.patience().filter(|_| is_open);
        match wait::poll(&mut fds, patience) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// False when there is nobody left to give any.
    fn take_orders(&mut self) -> bool {
        let mut room = [0; 16];
        match self.orders.read(&mut room) {
            Ok(0) => return false,
            Ok(read) => {
                if room[..read].contains(&ENDED) {
                    self.ended = Some(Instant::now());
                }
                if room[..read].contains(&SHOW) && !self.shows {
                    self.shows = true;
                    self.replay();
                }
            }
            Err(error) if is_passing(&error) => {}
            Err(_) => return false,
        }
        true
    }

    /// A piece of each pipe; how many bytes that was.
    fn read(&mut self) -> usize {
        let mut bytes = 0;
        let mut room = vec![0; PIECE];
        for stream in 0..2 {
            if self.held.is_some() {
                break;
            }
            let Some(pipe) = &self.pipes[stream] else {
                continue;
            };
            match rustix::io::read(pipe, &mut room) {
                Ok(read @ 1..) => {
                    bytes += read;
                    self.take(stream, &room[..read]);
                }
                Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => {}
                Ok(_) | Err(_) => self.pipes[stream] = None,
            }
        }
        bytes
    }

    fn take(&mut self, stream: usize, piece: &[u8]) {
        panics::test_panic("output");
        if self.shows {
            self.pass(stream, piece);
        } else if self.spool.keep(stream, piece).is_err() {
            self.held = Some((stream, piece.to_vec()));
            let _ = self.tell.write_all(&[NOT_KEPT]);
        }
    }

    /// What was kept so far, in order.
    fn replay(&mut self) {
        if let Err(error) = self.show_kept() {
            let line = format!("unkink: a part of what it said can't be read back: {error}\n");
            self.pass(1, line.as_bytes());
        }
        if let Some((stream, piece)) = self.held.take() {
            self.pass(stream, &piece);
        }
        self.spool.empty();
    }

    fn show_kept(&mut self) -> io::Result<()> {
        let mut pieces = self.spool.pieces()?;
        while let Some((stream, piece)) = pieces.next()? {
            self.pass(stream, piece);
            if self.deaf == [true, true] {
                break;
            }
        }
        Ok(())
    }

    /// To our own stream. Where nobody reads it any more, the command is told as it would be without us.
    fn pass(&mut self, stream: usize, piece: &[u8]) {
        if self.deaf[stream] {
            return;
        }
        let out = if stream == 0 {
            rustix::stdio::stdout()
        } else {
            rustix::stdio::stderr()
        };
        if write_all(out, piece).is_err() {
            self.deaf[stream] = true;
            self.pipes[stream] = None;
        }
    }
}

fn write_all(out: BorrowedFd<'_>, mut bytes: &[u8]) -> rustix::io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(out, bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(rustix::io::Errno::INTR) => {}
            // Others may have set our stream so that it does not wait.
            Err(rustix::io::Errno::AGAIN) => {
                let mut fds = [PollFd::from_borrowed_fd(out, PollFlags::OUT)];
                let _ = wait::poll(&mut fds, None);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether there is just nothing yet.
pub fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::thread;

    use super::super::watch::channel;
    use super::*;

    #[test]
    fn who_never_stops_writing_after_the_command_has_ended_is_not_waited_for() {
        let home = tempfile::tempdir().unwrap();
        // There is always more in it.
        let endless = std::fs::File::open("/dev/zero").unwrap();
        let (orders, _order) = channel().unwrap();
        let (mut told, tell) = UnixStream::pair().unwrap();
        let pipes = [Some(endless.into()), None];
        let spool = Spool::make(home.path()).unwrap();
        let mut keeper = Keeper::new(pipes, spool, orders, tell).unwrap();
        keeper.ended = Instant::now().checked_sub(LAST_WORDS);
        // Nothing of it on the screen of who runs this.
        (keeper.shows, keeper.deaf) = (true, [true, true]);
        thread::spawn(move || keeper.run());
        told.set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut news = [0];
        told.read_exact(&mut news).unwrap();
        assert_eq!(news, [SHOWN]);
    }
}
