//! The journal's thread, or the demo's, as the loop sees it: asks go in, answers come back with a wake-up, and nobody
//! waits for ever. What was asked before a panic of the loop is waited for as well, and what was not saved is said.

use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::leave::{Remark, Thread, is_the_persons};
use super::wait;
use crate::domain::storage::{Ask, Ticket, Told};
use crate::journal::thread::{Clock, Tell};
use crate::sys::{clock, panics};

/// After a panic: how long the asks already sent may still take.
const LAST_ASKS: Duration = Duration::from_millis(1500);
/// Why an act that is still open when we go was not saved.
const NO_ANSWER: &str = "the disk does not answer; look at the log before you trust it";
/// The same after a panic there.
const BROKE_OFF: &str = "unkink broke off while saving; look at the log before you trust it";

/// How the thread fares, as it says itself.
const SERVES: u8 = 0;
const ENDED: u8 = 1;
const PANICKED: u8 = 2;

/// The running thread.
#[derive(Debug)]
pub struct Store(Arc<Shared>);

/// What the loop and the thread share; after a panic of the loop, whoever ends the process looks as well.
#[derive(Debug)]
struct Shared {
    wake: UnixStream,
    bell: UnixStream,
    fares: AtomicU8,
    /// Never held for longer than a look.
    between: Mutex<Between>,
}

/// What goes to and fro.
#[derive(Debug)]
struct Between {
    /// `None` once it takes no more.
    asks: Option<Sender<Ask>>,
    told: Receiver<Told>,
    /// Asks that will be answered and are not yet, in their order; with what was asked if it is the person's.
    open: Vec<(Ticket, Option<Ask>)>,
    /// What a panic of the thread said.
    panic: Option<String>,
}

/// The thread's way to tell.
struct Teller {
    told: Sender<Told>,
    shared: Arc<Shared>,
}

impl Teller {
    /// Tells the loop, and wakes it.
    fn tell(&self, told: Told) {
        // A loop that has left does not listen any more.
        let _ = self.told.send(told);
        self.shared.ring();
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.shared.ends(ENDED);
    }
}

impl Shared {
    fn ring(&self) {
        // A full pipe wakes just as well.
        let _ = (&self.bell).write(&[1]);
    }

    fn ends(&self, how: u8) {
        self.fares.store(how, Ordering::SeqCst);
        self.ring();
    }

    fn look(&self) -> MutexGuard<'_, Between> {
        self.between.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn thread(&self) -> Thread {
        match self.fares.load(Ordering::SeqCst) {
            SERVES => Thread::Serves,
            ENDED => Thread::Ended,
            _ => Thread::Panicked,
        }
    }

    /// Lets the thread end its work, but not for ever; what was not saved.
    fn finish(&self) -> Vec<Remark> {
        let until = clock::mono() + LAST_ASKS;
        let mut remarks = Vec::new();
        loop {
            let left = until.saturating_sub(clock::mono());
            let is_over = self.thread() != Thread::Serves || left.is_zero();
            // It may be the thread of the panic that holds it.
            if let Ok(mut between) = self.between.try_lock() {
                between.asks = None;
                for told in between.told(&self.wake) {
                    if let Told::NotSaved { ask, failure } = told
                        && is_the_persons(&ask)
                    {
                        remarks.push(Remark::not_saved(&ask, &failure.to_string()));
                    }
                }
                if is_over {
                    remarks.extend(between.not_saved(NO_ANSWER));
                }
            }
            if is_over {
                return remarks;
            }
            wait::readable(self.wake.as_fd(), left);
        }
    }
}

impl Between {
    fn told(&mut self, mut wake: &UnixStream) -> Vec<Told> {
        let mut room = [0; 64];
        while io::Read::read(&mut wake, &mut room).is_ok_and(|read| read == room.len()) {}
        let told: Vec<Told> = self.told.try_iter().collect();
        for ticket in told.iter().filter_map(answered) {
            if let Some(at) = self.open.iter().position(|(open, _)| *open == ticket) {
                self.open.remove(at);
            }
        }
        told
    }

    /// What the person did or wrote and is not answered yet.
    fn open_acts(&self) -> impl Iterator<Item = &Ask> {
        self.open.iter().filter_map(|(_, act)| act.as_ref())
    }

    fn not_saved(&self, why: &str) -> Vec<Remark> {
        let acts = self.open_acts();
        acts.map(|act| Remark::not_saved(act, why)).collect()
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
        let (tell, told) = mpsc::channel();
        let (asks, to_serve) = mpsc::channel();
        let shared = Arc::new(Shared {
            wake,
            bell,
            fares: AtomicU8::new(SERVES),
            between: Mutex::new(Between {
                asks: Some(asks),
                told,
                open: Vec::new(),
                panic: None,
            }),
        });
        let hers = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || {
                let teller = Teller {
                    told: tell,
                    shared: Arc::clone(&hers),
                };
                panics::tell_owner_by(move |said| {
                    hers.look().panic = Some(said);
                    hers.ends(PANICKED);
                });
                let clock = Box::new(|| clock::now().wall);
                let tell = Box::new(move |told| {
                    // Within the thread's work: after what the start tells, before the answer to an act.
                    if matches!(told, Told::Saved { .. }) {
                        panics::test_panic("journal");
                    }
                    teller.tell(told);
                });
                serve(&to_serve, clock, tell);
            })?;
        let last = Arc::clone(&shared);
        panics::finish_by(move || last.finish().iter().for_each(Remark::say));
        Ok(Self(shared))
    }

    /// Asks; the answer comes as a [`Told`].
    pub fn ask(&mut self, ask: Ask) {
        let mut held = self.0.look();
        let between = &mut *held;
        let Some(asks) = &between.asks else {
            return;
        };
        let act = is_the_persons(&ask).then(|| ask.clone());
        let is_act = act.is_some();
        if let Some(ticket) = ask.ticket() {
            between.open.push((ticket, act));
        }
        // A thread that has panicked takes none: the ask stays open, and that is said when we leave.
        let _ = asks.send(ask);
        drop(held);
        if is_act {
            panics::test_panic("asked");
        }
    }

    /// What was told since the last look.
    pub fn told(&mut self) -> Vec<Told> {
        self.0.look().told(&self.0.wake)
    }

    /// Whether an ask still waits for its answer.
    pub fn is_busy(&self) -> bool {
        !self.0.look().open.is_empty()
    }

    /// Whether something that the person did or wrote is not answered yet.
    pub fn has_open_acts(&self) -> bool {
        self.0.look().open_acts().next().is_some()
    }

    /// A remark for each of them.
    pub fn not_saved(&self) -> Vec<Remark> {
        self.0.look().not_saved(match self.thread() {
            Thread::Panicked => BROKE_OFF,
            _ => NO_ANSWER,
        })
    }

    /// Takes no more asks; the thread serves those it has and ends.
    pub fn close(&mut self) {
        self.0.look().asks = None;
    }

    /// How the thread fares.
    pub fn thread(&self) -> Thread {
        self.0.thread()
    }

    /// What a panic of the thread said.
    pub fn panic(&mut self) -> Option<String> {
        self.0.look().panic.take()
    }
}

impl AsFd for Store {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.wake.as_fd()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Not ended by now: the disk hangs, and to wait for it would hang us, too. All is said that is to be said.
        self.close();
        panics::finish_by(|| {});
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
