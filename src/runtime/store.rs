//! The journal's thread as the loop sees it: asks go in, answers come back with a wake-up, and nobody waits for ever.

use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use super::{clock, wait};
use crate::domain::storage::{Ask, Told};
use crate::journal::{Journal, thread};

/// After a panic of ours: how long the asks already sent may still take.
const LAST_ASKS: Duration = Duration::from_millis(1500);

/// The running thread.
#[derive(Debug)]
pub struct Store {
    /// `None` once it takes no more.
    asks: Option<Sender<Ask>>,
    told: Receiver<Told>,
    wake: UnixStream,
    ended: Arc<AtomicBool>,
    /// Asks that will be answered and are not yet.
    open: usize,
}

/// The thread's way to tell.
#[derive(Debug)]
pub struct Teller {
    told: Sender<Told>,
    wake: UnixStream,
    ended: Arc<AtomicBool>,
}

impl Teller {
    /// Tells the loop, and wakes it.
    pub fn tell(&self, told: Told) {
        // A loop that has left does not listen any more.
        let _ = self.told.send(told);
        self.ring();
    }

    fn ring(&self) {
        // A full pipe wakes just as well.
        let _ = (&self.wake).write(&[1]);
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        self.ring();
    }
}

impl Store {
    /// Starts the thread.
    pub fn start(journal: Journal) -> io::Result<Self> {
        let (wake, bell) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        bell.set_nonblocking(true)?;
        let (told, answers) = mpsc::channel();
        let ended = Arc::new(AtomicBool::new(false));
        let teller = Teller {
            told,
            wake: bell,
            ended: Arc::clone(&ended),
        };
        let (asks, to_serve) = mpsc::channel();
        std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || {
                let clock = Box::new(|| clock::now().wall);
                thread::serve(
                    journal,
                    &to_serve,
                    clock,
                    Box::new(move |told| teller.tell(told)),
                );
            })?;
        Ok(Self {
            asks: Some(asks),
            told: answers,
            wake,
            ended,
            open: 0,
        })
    }

    /// Asks; the answer comes as a [`Told`].
    pub fn ask(&mut self, ask: Ask) {
        if let Some(asks) = &self.asks {
            let answered = usize::from(is_answered(&ask));
            if asks.send(ask).is_ok() {
                self.open += answered;
            }
        }
    }

    /// What was told since the last look.
    pub fn told(&mut self) -> Vec<Told> {
        let mut room = [0; 64];
        while io::Read::read(&mut &self.wake, &mut room).is_ok_and(|read| read == room.len()) {}
        let told: Vec<Told> = self.told.try_iter().collect();
        let answers = told.iter().filter(|told| is_answer(told)).count();
        self.open = self.open.saturating_sub(answers);
        told
    }

    /// Whether an ask still waits for its answer.
    pub fn is_busy(&self) -> bool {
        self.open > 0
    }

    /// Takes no more asks; the thread serves those it has and ends.
    pub fn close(&mut self) {
        self.asks = None;
    }

    /// Whether it was told to take no more.
    pub fn is_closed(&self) -> bool {
        self.asks.is_none()
    }

    /// Whether the thread has ended.
    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }
}

impl AsFd for Store {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.close();
            let until = clock::mono() + LAST_ASKS;
            while !self.has_ended() {
                let left = until.saturating_sub(clock::mono());
                if left.is_zero() || !wait::readable(self.wake.as_fd(), left) {
                    break;
                }
                drop(self.told());
            }
        }
        // Not ended by now: the disk hangs, and to wait for it would hang us, too.
        self.asks = None;
    }
}

/// Whether the store answers it with one [`Told`] that [`is_answer`] knows: each ask with a ticket.
fn is_answered(ask: &Ask) -> bool {
    ask.ticket().is_some()
}

fn is_answer(told: &Told) -> bool {
    match told {
        Told::Saved { .. } | Told::Nothing(..) => true,
        Told::NotSaved { ask, .. } => is_answered(ask),
        _ => false,
    }
}
