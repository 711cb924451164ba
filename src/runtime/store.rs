//! The journal's thread, or the demo's, as the loop sees it: asks go in, answers come back with a wake-up, and nobody
//! waits for ever.

use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use super::leave::{Thread, is_the_persons};
use super::{terminal, wait};
use crate::domain::storage::{Ask, Ticket, Told};
use crate::journal::thread::{Clock, Tell};
use crate::sys::clock;

/// After a panic of ours: how long the asks already sent may still take.
const LAST_ASKS: Duration = Duration::from_millis(1500);

/// How the thread fares, as it says itself.
const SERVES: u8 = 0;
const ENDED: u8 = 1;
const PANICKED: u8 = 2;

/// The running thread.
#[derive(Debug)]
pub struct Store {
    /// `None` once it takes no more.
    asks: Option<Sender<Ask>>,
    told: Receiver<Told>,
    wake: UnixStream,
    fares: Arc<AtomicU8>,
    /// Asks that will be answered and are not yet, in their order; with what was asked if it is the person's.
    open: Vec<(Ticket, Option<Ask>)>,
}

/// The thread's way to tell.
#[derive(Debug)]
pub struct Teller {
    told: Sender<Told>,
    wake: UnixStream,
    fares: Arc<AtomicU8>,
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
        let end = if std::thread::panicking() {
            PANICKED
        } else {
            ENDED
        };
        self.fares.store(end, Ordering::SeqCst);
        self.ring();
    }
}

impl Store {
    /// Starts the thread. `serve` answers the asks until nobody can ask any more.
    pub fn start(
        serve: impl FnOnce(&Receiver<Ask>, Clock, Tell) + Send + 'static,
    ) -> io::Result<Self> {
        let (wake, bell) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        bell.set_nonblocking(true)?;
        let (told, answers) = mpsc::channel();
        let fares = Arc::new(AtomicU8::new(SERVES));
        let teller = Teller {
            told,
            wake: bell,
            fares: Arc::clone(&fares),
        };
        let (asks, to_serve) = mpsc::channel();
        std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || {
                let clock = Box::new(|| clock::now().wall);
                let tell = Box::new(move |told| {
                    // Within the thread's work: after what the start tells, before the answer to an act.
                    if matches!(told, Told::Saved { .. }) {
                        terminal::test_panic("journal");
                    }
                    teller.tell(told);
                });
                serve(&to_serve, clock, tell);
            })?;
        Ok(Self {
            asks: Some(asks),
            told: answers,
            wake,
            fares,
            open: Vec::new(),
        })
    }

    /// Asks; the answer comes as a [`Told`].
    pub fn ask(&mut self, ask: Ask) {
        let Some(asks) = &self.asks else {
            return;
        };
        if let Some(ticket) = ask.ticket() {
            let act = is_the_persons(&ask).then(|| ask.clone());
            self.open.push((ticket, act));
        }
        // A thread that has panicked takes none: the ask stays open, and that is said when we leave.
        let _ = asks.send(ask);
    }

    /// What was told since the last look.
    pub fn told(&mut self) -> Vec<Told> {
        let mut room = [0; 64];
        while io::Read::read(&mut &self.wake, &mut room).is_ok_and(|read| read == room.len()) {}
        let told: Vec<Told> = self.told.try_iter().collect();
        for ticket in told.iter().filter_map(answered) {
            if let Some(at) = self.open.iter().position(|(open, _)| *open == ticket) {
                self.open.remove(at);
            }
        }
        told
    }

    /// Whether an ask still waits for its answer.
    pub fn is_busy(&self) -> bool {
        !self.open.is_empty()
    }

    /// What the person did or wrote and is not answered yet.
    pub fn open_acts(&self) -> impl Iterator<Item = &Ask> {
        self.open.iter().filter_map(|(_, act)| act.as_ref())
    }

    /// Takes no more asks; the thread serves those it has and ends.
    pub fn close(&mut self) {
        self.asks = None;
    }

    /// How the thread fares.
    pub fn thread(&self) -> Thread {
        match self.fares.load(Ordering::SeqCst) {
            SERVES => Thread::Serves,
            ENDED => Thread::Ended,
            _ => Thread::Panicked,
        }
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
            while self.thread() == Thread::Serves {
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

/// The ticket of the ask that this answers: each ask with a ticket gets one answer.
fn answered(told: &Told) -> Option<Ticket> {
    match told {
        Told::Saved { ticket, .. } | Told::Nothing(ticket, _) => Some(*ticket),
        Told::NotSaved { ask, .. } => ask.ticket(),
        _ => None,
    }
}
