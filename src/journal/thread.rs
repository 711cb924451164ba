//! The thread that does all disk work for the app: it serves asks one after the other and tells what happened.
//!
//! The log is read in parts, and between two parts adds are served at once; what needs the whole log waits for it.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;

use chrono::{DateTime, FixedOffset};

use super::acts::{Outcome, Prepared};
use super::load::Loader;
use super::progress::{self, Progress};
use super::{Journal, Standing, preview};
use crate::domain::id::Id;
use crate::domain::log::LogChange;
use crate::domain::record::{Entry, Fields, Marks, Status};
use crate::domain::session::Checkpoint;
use crate::domain::storage::{Act, Ask, Failure, Ticket, Told};

/// Takes what the store has to tell; also wakes whoever waits for it.
pub type Tell = Box<dyn Fn(Told) + Send>;
/// Reads the wall clock.
pub type Clock = Box<dyn Fn() -> DateTime<FixedOffset> + Send>;

/// The running thread. Dropping it waits until every ask has been served.
#[derive(Debug)]
pub struct Store {
    asks: Option<Sender<Ask>>,
    thread: Option<JoinHandle<()>>,
}

impl Store {
    /// Starts the thread, which begins to read at once. An error means that the system gives no thread.
    pub fn start(journal: Journal, clock: Clock, tell: Tell) -> io::Result<Self> {
        let (asks, served) = channel();
        let server = Server::new(journal, clock, tell);
        let thread = std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || server.run(&served))?;
        Ok(Self {
            asks: Some(asks),
            thread: Some(thread),
        })
    }

    /// Asks. The answer comes by way of `Tell`.
    pub fn ask(&self, ask: Ask) {
        if let Some(asks) = &self.asks {
            // It fails only when the thread is gone, and then nobody is left to answer.
            drop(asks.send(ask));
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.asks = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// A session under way, as far as the files are concerned.
struct Running {
    add: Prepared,
    rec: Id,
    added: bool,
    progress: Option<Progress>,
    end: Option<Attempt>,
}

/// An act that could not be saved yet, kept with its ids.
struct Attempt {
    /// What was asked, to tell a retry from something new.
    asked: String,
    prepared: Prepared,
}

struct Server {
    journal: Journal,
    clock: Clock,
    tell: Tell,
    loader: Option<Loader>,
    /// Asks that need the whole log.
    waiting: VecDeque<Ask>,
    attempts: HashMap<Ticket, Attempt>,
    sessions: HashMap<Ticket, Running>,
}

impl Server {
    fn new(journal: Journal, clock: Clock, tell: Tell) -> Self {
        Self {
            journal,
            clock,
            tell,
            loader: None,
            waiting: VecDeque::new(),
            attempts: HashMap::new(),
            sessions: HashMap::new(),
        }
    }

    fn run(mut self, asks: &Receiver<Ask>) {
        self.begin();
        loop {
            let ask = if self.loader.is_some() {
                match asks.try_recv() {
                    Ok(ask) => ask,
                    Err(TryRecvError::Empty) => {
                        self.read_on();
                        continue;
                    }
                    Err(TryRecvError::Disconnected) => break,
                }
            } else {
                match asks.recv() {
                    Ok(ask) => ask,
                    Err(_) => break,
                }
            };
            self.serve_or_wait(ask);
        }
        // What was asked before the end is still done.
        while self.loader.is_some() && !self.waiting.is_empty() {
            self.read_on();
        }
    }

    fn tell(&self, told: Told) {
        (self.tell)(told);
    }

    fn begin(&mut self) {
        self.tell(Told::SeenBefore(self.journal.seen()));
        match self.journal.favourites() {
            Ok(favourites) => self.tell(Told::Favourites(favourites)),
            Err(failure) => self.tell(Told::Trouble(failure)),
        }
        self.tell(Told::Log(LogChange::Preview(preview::newest(
            self.journal.places(),
        ))));
        if let Some(failure) = self.journal.not_writable() {
            self.tell(Told::Trouble(failure));
        }
        self.loader = Some(Loader::new(&self.journal.places().journal()));
    }

    /// One part of the load; after the last one, what waited for it.
    fn read_on(&mut self) {
        if self.loader.as_mut().is_some_and(Loader::step) {
            return;
        }
        if let Some(loader) = self.loader.take() {
            let entries = self.journal.adopt(loader);
            self.tell(Told::Log(LogChange::Whole(entries)));
            for failure in self.journal.unreadable().into_iter().take(3) {
                self.tell(Told::Trouble(failure));
            }
            self.offer_cut_off();
        }
        while let Some(ask) = self.waiting.pop_front() {
            self.serve(ask);
        }
    }

    fn offer_cut_off(&mut self) {
        for (rec, checkpoint) in progress::cut_off(self.journal.places()) {
            if self.journal.status_of(&rec) == Some(Status::Running) {
                self.tell(Told::CutOff(rec, checkpoint));
            }
        }
    }

    fn serve_or_wait(&mut self, ask: Ask) {
        let needs_all = match &ask {
            Ask::Write(_, Act::Add { .. })
            | Ask::StartSession { .. }
            | Ask::Progress(..)
            | Ask::Favourite(..)
            | Ask::Seen(_) => false,
            Ask::Write(..)
            | Ask::ResumeSession(..)
            | Ask::EndSession(..)
            | Ask::SettleCutOff(..)
            | Ask::Reload => true,
        };
        if needs_all && self.loader.is_some() {
            self.waiting.push_back(ask);
        } else {
            self.serve(ask);
        }
    }

    fn serve(&mut self, ask: Ask) {
        match ask {
            Ask::Write(ticket, act) => self.write(ticket, act),
            Ask::StartSession {
                ticket,
                set,
                checkpoint,
            } => self.start_session(ticket, set, checkpoint),
            Ask::ResumeSession(ticket, rec) => self.resume_session(ticket, rec),
            Ask::Progress(ticket, checkpoint) => self.progress(ticket, &checkpoint),
            Ask::EndSession(ticket, set) => self.end_session(ticket, set),
            Ask::SettleCutOff(ticket, rec, set) => self.settle_cut_off(ticket, rec, set),
            Ask::Favourite(ticket, slug, on) => match self.journal.set_favourite(&slug, on) {
                Ok(favourites) => self.tell(Told::Favourites(favourites)),
                Err(failure) => self.not_saved(Ask::Favourite(ticket, slug, on), failure),
            },
            Ask::Seen(what) => match self.journal.add_seen(&what) {
                Ok(seen) => self.tell(Told::SeenBefore(seen)),
                Err(failure) => self.tell(Told::Trouble(failure)),
            },
            Ask::Reload => {
                self.journal.refresh();
                if let Err(failure) = self.journal.restore_lost() {
                    self.tell(Told::Trouble(failure));
                }
                self.tell_changes();
                if let Ok(favourites) = self.journal.favourites() {
                    self.tell(Told::Favourites(favourites));
                }
            }
        }
    }

    fn not_saved(&self, ask: Ask, failure: Failure) {
        let ask = Box::new(ask);
        self.tell(Told::NotSaved { ask, failure });
    }

    fn tell_changes(&mut self) {
        if let Some(change) = self.journal.take_changes() {
            self.tell(Told::Log(change));
        }
    }

    /// After a write: what changed in the log. While it is still being read, an add is shown as it was asked for.
    fn tell_written(&mut self, rec: &Id, added: Option<&Fields>) {
        if self.journal.is_loaded() {
            self.tell_changes();
        } else if let Some(set) = added {
            let entry = Entry::read(rec.clone(), set, Marks::default());
            self.tell(Told::Log(LogChange::Delta {
                put: vec![entry],
                gone: Vec::new(),
            }));
        }
    }

    /// The act's earlier attempt under this ticket, or a first one.
    fn attempt(&mut self, ticket: Ticket, act: Act) -> Attempt {
        let asked = format!("{act:?}");
        match self.attempts.remove(&ticket) {
            Some(attempt) if attempt.asked == asked => attempt,
            _ => Attempt {
                asked,
                prepared: Prepared::new(act, (self.clock)()),
            },
        }
    }

    fn write(&mut self, ticket: Ticket, act: Act) {
        let mut attempt = self.attempt(ticket, act.clone());
        match self.journal.carry_out(&mut attempt.prepared) {
            Ok(Outcome::Done { rec, note, .. }) => {
                let added = match &act {
                    Act::Add { set } => Some(set),
                    _ => None,
                };
                self.tell_written(&rec, added);
                self.tell(Told::Saved { ticket, rec, note });
            }
            Ok(Outcome::Nothing(why)) => {
                self.tell_changes();
                self.tell(Told::Nothing(ticket, why));
            }
            Err(failure) => {
                self.attempts.insert(ticket, attempt);
                self.not_saved(Ask::Write(ticket, act), failure);
            }
        }
    }

    fn start_session(&mut self, ticket: Ticket, set: Fields, checkpoint: Checkpoint) {
        let mut running = self.sessions.remove(&ticket).unwrap_or_else(|| {
            let add = Prepared::new(Act::Add { set: set.clone() }, (self.clock)());
            Running {
                rec: add.rec().clone(),
                add,
                added: false,
                progress: None,
                end: None,
            }
        });
        let saved = self.add_session(&mut running);
        if saved.is_ok() && running.progress.is_none() {
            self.begin_progress(&mut running, &checkpoint);
        }
        let rec = running.rec.clone();
        self.sessions.insert(ticket, running);
        match saved {
            Ok(()) => {
                self.tell_written(&rec, Some(&set));
                let note = String::new();
                self.tell(Told::Saved { ticket, rec, note });
            }
            Err(failure) => {
                let ask = Ask::StartSession {
                    ticket,
                    set,
                    checkpoint,
                };
                self.not_saved(ask, failure);
            }
        }
    }

    fn add_session(&mut self, running: &mut Running) -> Result<(), Failure> {
        if !running.added {
            self.journal.carry_out(&mut running.add)?;
            running.added = true;
        }
        Ok(())
    }

    fn begin_progress(&self, running: &mut Running, checkpoint: &Checkpoint) {
        let disk = self.journal.writer.disk();
        match Progress::begin(disk, self.journal.places(), &running.rec, checkpoint) {
            Ok(progress) => running.progress = Some(progress),
            Err(failure) => self.tell(Told::Trouble(failure)),
        }
    }

    fn resume_session(&mut self, ticket: Ticket, rec: Id) {
        let Some((progress, _)) = Progress::take_over(self.journal.places(), &rec) else {
            let why = "that session was settled, or goes on in another window";
            return self.tell(Told::Nothing(ticket, why.into()));
        };
        let set = Fields::default();
        let running = Running {
            add: Prepared::new(Act::Add { set }, (self.clock)()),
            rec: rec.clone(),
            added: true,
            progress: Some(progress),
            end: None,
        };
        self.sessions.insert(ticket, running);
        let note = String::new();
        self.tell(Told::Saved { ticket, rec, note });
    }

    fn progress(&mut self, ticket: Ticket, checkpoint: &Checkpoint) {
        let Some(mut running) = self.sessions.remove(&ticket) else {
            return;
        };
        match &running.progress {
            Some(progress) => {
                if let Err(failure) = progress.note(self.journal.writer.disk(), checkpoint) {
                    self.tell(Told::Trouble(failure));
                }
            }
            None if running.added => self.begin_progress(&mut running, checkpoint),
            None => {}
        }
        self.sessions.insert(ticket, running);
    }

    fn end_session(&mut self, ticket: Ticket, set: Option<Fields>) {
        let Some(mut running) = self.sessions.remove(&ticket) else {
            let why = "there is no session under way";
            return self.tell(Told::Nothing(ticket, why.into()));
        };
        match self.close_session(&mut running, set.as_ref()) {
            Ok(()) => {
                if let Some(progress) = running.progress.take() {
                    self.remove_progress(progress);
                }
                self.tell_changes();
                let (rec, note) = (running.rec, String::new());
                self.tell(Told::Saved { ticket, rec, note });
            }
            Err(failure) => {
                self.sessions.insert(ticket, running);
                self.not_saved(Ask::EndSession(ticket, set), failure);
            }
        }
    }

    /// Writes the closing edit, or the delete of a session that is discarded.
    fn close_session(
        &mut self,
        running: &mut Running,
        set: Option<&Fields>,
    ) -> Result<(), Failure> {
        if set.is_none() && !running.added {
            return Ok(());
        }
        self.add_session(running)?;
        let rec = running.rec.clone();
        let act = match set.cloned() {
            Some(set) => Act::Edit {
                rec,
                set,
                unset: Vec::new(),
            },
            None => Act::Delete { rec },
        };
        let asked = format!("{act:?}");
        let mut attempt = match running.end.take() {
            Some(attempt) if attempt.asked == asked => attempt,
            _ => {
                let mut prepared = Prepared::new(act, (self.clock)());
                prepared.insist = true;
                Attempt { asked, prepared }
            }
        };
        let closed = self.journal.carry_out(&mut attempt.prepared);
        running.end = Some(attempt);
        closed.map(drop)
    }

    fn remove_progress(&self, progress: Progress) {
        if let Err(failure) = progress.remove(self.journal.writer.disk()) {
            self.tell(Told::Trouble(failure));
        }
    }

    fn settle_cut_off(&mut self, ticket: Ticket, rec: Id, set: Option<Fields>) {
        let Some((progress, _)) = Progress::take_over(self.journal.places(), &rec) else {
            let why = "that session was settled, or goes on in another window";
            return self.tell(Told::Nothing(ticket, why.into()));
        };
        let act = match set.clone() {
            Some(set) => Act::Edit {
                rec: rec.clone(),
                set,
                unset: Vec::new(),
            },
            None => Act::Delete { rec: rec.clone() },
        };
        let mut attempt = self.attempt(ticket, act);
        match self.journal.carry_out(&mut attempt.prepared) {
            Ok(outcome) => {
                self.remove_progress(progress);
                self.tell_changes();
                self.tell(match outcome {
                    Outcome::Done { rec, note, .. } => Told::Saved { ticket, rec, note },
                    Outcome::Nothing(why) => Told::Nothing(ticket, why),
                });
            }
            Err(failure) => {
                self.attempts.insert(ticket, attempt);
                self.not_saved(Ask::SettleCutOff(ticket, rec, set), failure);
            }
        }
    }
}

impl Journal {
    /// How far a visible session came.
    fn status_of(&self, rec: &Id) -> Option<Status> {
        let index = self.index.as_ref()?;
        let found = index.record(rec, |_, _, merged| {
            let entry = Entry::read(rec.clone(), &merged.fields, merged.marks);
            (merged.standing == Standing::Visible)
                .then_some(entry.status)
                .flatten()
        });
        found.ok().flatten().flatten()
    }
}
