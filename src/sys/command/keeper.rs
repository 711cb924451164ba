//! Keeps a command's output in the order in which it came, in a file instead of in memory, and shows it when told.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::OFlags;

use super::{ENDED, NOT_KEPT, SHOWN};

/// The order to show what was kept.
pub const SHOW: u8 = b'o';
/// What the command has started may still say something while it ends as well; who stays on is not waited for.
const LAST_WORDS: Duration = Duration::from_millis(300);
/// Read and held in memory at once.
const PIECE: usize = 64 * 1024;

/// Standard output and standard error, in this order.
type Pipes = [Option<OwnedFd>; 2];

/// The thread's own: reads both pipes until they and the command have ended.
pub struct Keeper {
    pipes: Pipes,
    spool: File,
    /// What could not be written to the spool and must come behind it.
    held: Option<(usize, Vec<u8>)>,
    orders: UnixStream,
    tell: UnixStream,
    /// When the command ended.
    ended: Option<Instant>,
    shows: bool,
    /// Streams of ours that nobody reads any more.
    deaf: [bool; 2],
}

/// A new file without a name: nobody else can open it, and it is gone when we are, however that comes.
pub fn spool(directory: &Path) -> io::Result<File> {
    let mut make = std::fs::DirBuilder::new();
    make.recursive(true).mode(0o700).create(directory)?;
    let path = directory.join(format!("output-{}", uuid::Uuid::now_v7()));
    let mut options = File::options();
    options.read(true).write(true).create_new(true).mode(0o600);
    let file = options.open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

impl Keeper {
    /// Over these pipes. Orders come by one end, what is told goes to the other.
    pub fn new(
        pipes: Pipes,
        spool: File,
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
            if !read && self.held.is_none() && self.patience() == Some(Duration::ZERO) {
                self.pipes = [None, None];
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
        let timeout = patience.map(|patience| Timespec {
            tv_sec: 0,
            tv_nsec: patience.subsec_nanos().into(),
        });
        match rustix::event::poll(&mut fds, timeout.as_ref()) {
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

    /// A piece of each pipe; whether there was one.
    fn read(&mut self) -> bool {
        let mut any = false;
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
                    any = true;
                    self.take(stream, &room[..read]);
                }
                Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => {}
                Ok(_) | Err(_) => self.pipes[stream] = None,
            }
        }
        any
    }

    fn take(&mut self, stream: usize, piece: &[u8]) {
        if self.shows {
            self.pass(stream, piece);
        } else if let Err((begun, _)) = keep(&mut self.spool, stream, piece) {
            // A torn piece must not be read again.
            let _ = self.spool.set_len(begun);
            self.held = Some((stream, piece.to_vec()));
            let _ = self.tell.write_all(&[NOT_KEPT]);
        }
    }

    /// What was kept so far, in order.
    fn replay(&mut self) {
        if self.spool.seek(SeekFrom::Start(0)).is_ok()
            && let Ok(spool) = self.spool.try_clone()
        {
            let mut kept = BufReader::with_capacity(PIECE, spool);
            let mut room = Vec::new();
            while let Some(stream) = next(&mut kept, &mut room) {
                self.pass(stream, &room);
                if self.deaf == [true, true] {
                    break;
                }
            }
        }
        if let Some((stream, piece)) = self.held.take() {
            self.pass(stream, &piece);
        }
        // The disk has it back.
        let _ = self.spool.set_len(0);
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

/// Appends a piece: the stream, the length, the bytes. The error says from where the file is torn.
fn keep(spool: &mut File, stream: usize, piece: &[u8]) -> Result<(), (u64, io::Error)> {
    let begun = spool
        .seek(SeekFrom::End(0))
        .map_err(|error| (u64::MAX, error))?;
    let mut head = [0; 5];
    head[0] = stream as u8;
    head[1..].copy_from_slice(&(piece.len() as u32).to_le_bytes());
    spool
        .write_all(&head)
        .and_then(|()| spool.write_all(piece))
        .map_err(|error| (begun, error))
}

/// The next piece and its stream; `None` at the end.
fn next(kept: &mut impl Read, piece: &mut Vec<u8>) -> Option<usize> {
    let mut head = [0; 5];
    kept.read_exact(&mut head).ok()?;
    let length = u32::from_le_bytes([head[1], head[2], head[3], head[4]]) as usize;
    piece.resize(length.min(PIECE), 0);
    kept.read_exact(piece).ok()?;
    Some(usize::from(head[0]).min(1))
}

fn write_all(out: BorrowedFd<'_>, mut bytes: &[u8]) -> rustix::io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(out, bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(rustix::io::Errno::INTR) => {}
            // Others may have set our stream so that it does not wait.
            Err(rustix::io::Errno::AGAIN) => {
                let mut fds = [PollFd::from_borrowed_fd(out, PollFlags::OUT)];
                let _ = rustix::event::poll(&mut fds, None);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::MetadataExt;

    use super::*;

    #[test]
    fn pieces_come_back_in_their_order_with_their_stream() {
        let home = tempfile::tempdir().unwrap();
        let mut file = spool(&home.path().join("state")).unwrap();
        let pieces: [(usize, Vec<u8>); 4] = [
            (0, b"one\n".to_vec()),
            (1, b"\x1b[31mtwo".to_vec()),
            (0, vec![0xff; PIECE]),
            (1, vec![b'x']),
        ];
        for (stream, piece) in &pieces {
            keep(&mut file, *stream, piece).unwrap();
        }
        file.rewind().unwrap();
        let mut room = Vec::new();
        for (stream, piece) in &pieces {
            assert_eq!(next(&mut file, &mut room), Some(*stream));
            assert_eq!(&room, piece);
        }
        assert_eq!(next(&mut file, &mut room), None);
    }

    #[test]
    fn the_file_is_ours_alone_and_has_no_name() {
        let home = tempfile::tempdir().unwrap();
        let state = home.path().join("state/unkink");
        let file = spool(&state).unwrap();
        let meta = file.metadata().unwrap();
        assert_eq!((meta.mode() & 0o777, meta.nlink()), (0o600, 0));
        assert_eq!(state.metadata().unwrap().mode() & 0o777, 0o700);
        assert_eq!(std::fs::read_dir(&state).unwrap().count(), 0);
    }
}
