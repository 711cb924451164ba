//! The thread that does all disk work for the app: it serves asks one after the other and tells what happened.
//!
//! The log is read in parts, and between two parts adds are served at once; what needs the whole log waits for it.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::mpsc::{Receiver, TryRecvError};

use chrono::{DateTime, FixedOffset};

use super::Journal;
use super::acts::{Outcome, Prepared};
use super::load::Loader;
use super::profile;
use super::session::Running;
use crate::domain::id::Id;
use crate::domain::log::{LogChange, last_done};
use crate::domain::record::{Entry, Fields, Marks};
use crate::domain::session::Checkpoint;
use crate::domain::storage::{Act, Ask, Failure, Ticket, Told};

/// Takes what the store has to tell; also wakes whoever waits for it.
pub type Tell = Box<dyn Fn(Told) + Send>;
/// Reads the wall clock.
pub type Clock = Box<dyn Fn() -> DateTime<FixedOffset> + Send>;

/// Serves asks until nobody can ask any more and every ask has been answered. Each ask with a ticket gets one
/// [`Told::Saved`], [`Told::NotSaved`] or [`Told::Nothing`].
pub fn serve(journal: Journal, asks: &Receiver<Ask>, clock: Clock, tell: Tell) {
    Server {
        journal,
        clock,
        tell,
        loader: None,
        waiting: VecDeque::new(),
        attempts: HashMap::new(),
        sessions: HashMap::new(),
        settled: HashMap::new(),
    }
    .run(asks);
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
    /// Sessions that came to their end here: what is asked about them once more has been done.
    settled: HashMap<Ticket, Id>,
}

impl Server {
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
        // With the end of this thread the process mostly ends as well, and its memory with it. To give back 40 MB of a
        // million lines before that takes 4 ms, and the loop waits meanwhile wherever it gives back some of its own.
        drop(self.tell);
        std::mem::forget(self.journal);
    }

    fn tell(&self, told: Told) {
        (self.tell)(told);
    }

    fn begin(&mut self) {
        self.tell(Told::SeenBefore(self.journal.seen()));
        self.tell_profile(self.journal.profile());
        match self.journal.favourites() {
            Ok(favourites) => self.tell(Told::Favourites(favourites)),
            Err(failure) => self.tell(Told::Trouble(failure)),
        }
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
            self.tell_log(LogChange::Whole(entries));
            self.tell_changes();
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
        for (rec, checkpoint) in self.journal.cut_off() {
            self.tell(Told::CutOff(rec, checkpoint));
        }
    }

    fn tell_profile(&self, read: profile::Read) {
        self.tell(Told::Profile(read.profile, read.troubles));
    }

    fn serve_or_wait(&mut self, ask: Ask) {
        let needs_all = match &ask {
            Ask::Write(_, Act::Add { .. })
            | Ask::StartSession { .. }
            | Ask::Progress(..)
            | Ask::Favourite(..)
            | Ask::Profile(..)
            | Ask::Seen(_)
            | Ask::Unseen(_) => false,
            Ask::Write(..)
            | Ask::ResumeSession(..)
            | Ask::EndSession(..)
            | Ask::SettleCutOff(..)
            | Ask::Unsettled(_)
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
            Ask::Progress(ticket, checkpoint) => self.progress(ticket, checkpoint),
            Ask::EndSession(ticket, set) => self.end_session(ticket, set),
            Ask::SettleCutOff(ticket, rec, set) => self.settle_cut_off(ticket, rec, set),
            Ask::Favourite(ticket, slug, on) => match self.journal.set_favourite(&slug, on) {
                Ok(favourites) => {
                    self.tell(Told::Favourites(favourites));
                    self.saved(ticket, Id::new(&slug));
                }
                Err(failure) => self.not_saved(Ask::Favourite(ticket, slug, on), failure),
            },
            Ask::Profile(ticket, said) => match self.journal.change_profile(&said) {
                Ok(read) => {
                    self.tell_profile(read);
                    self.saved(ticket, Id::new("profile"));
                }
                Err(failure) => self.not_saved(Ask::Profile(ticket, said), failure),
            },
            Ask::Seen(what) => self.tell_seen(self.journal.add_seen(&what)),
            Ask::Unseen(what) => self.tell_seen(self.journal.forget_seen(&what)),
            Ask::Unsettled(rec) => {
                let unsettled = self.journal.unsettled(&rec);
                self.tell(Told::Unsettled(rec, unsettled));
            }
            Ask::Reload => {
                // Another process may have been told of an urgent sign.
                self.tell_profile(self.journal.profile());
                self.journal.refresh();
                self.tell_changes();
                if let Ok(favourites) = self.journal.favourites() {
                    self.tell(Told::Favourites(favourites));
                }
            }
        }
    }

    fn tell_seen(&self, seen: Result<BTreeSet<String>, Failure>) {
        self.tell(match seen {
            Ok(seen) => Told::SeenBefore(seen),
            Err(failure) => Told::Trouble(failure),
        });
    }

    fn not_saved(&self, ask: Ask, failure: Failure) {
        let ask = Box::new(ask);
        self.tell(Told::NotSaved { ask, failure });
    }

    /// What changed in the log; lines of ours that somebody took away are put back before.
    fn tell_changes(&mut self) {
        if let Err(failure) = self.journal.restore_lost() {
            self.tell(Told::Trouble(failure));
        }
        if let Some(change) = self.journal.take_changes() {
            self.tell_log(change);
        }
    }

    fn tell_log(&self, change: LogChange) {
        if let LogChange::Whole(entries) = &change {
            self.tell(Told::LastDone(last_done(entries)));
        }
        self.tell(Told::Log(change));
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
                prepared: Prepared::new(act, (self.clock)()).decided_as_shown(),
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

    fn saved(&self, ticket: Ticket, rec: Id) {
        let note = String::new();
        self.tell(Told::Saved { ticket, rec, note });
    }

    fn start_session(&mut self, ticket: Ticket, set: Fields, checkpoint: Checkpoint) {
        if let Some(rec) = self.settled.get(&ticket) {
            return self.saved(ticket, rec.clone());
        }
        let mut running = (self.sessions.remove(&ticket))
            .unwrap_or_else(|| Running::new(set.clone(), (self.clock)()));
        let known = running.is_begun();
        let saved = running.start(&mut self.journal);
        let rec = running.rec().clone();
        match saved {
            // It is further on by now, or waits for its end to be saved: its beginning is no news.
            Ok(()) if known => self.saved(ticket, rec),
            Ok(()) => {
                // Without a progress file the session goes on; only a crash would show the difference.
                if let Err(failure) = running.note(&self.journal, &checkpoint) {
                    self.tell(Told::Trouble(failure));
                }
                self.tell_written(&rec, Some(&set));
                self.saved(ticket, rec);
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
        self.sessions.insert(ticket, running);
    }

    fn resume_session(&mut self, ticket: Ticket, rec: Id) {
        let Some((running, _)) = Running::resume(self.journal.places(), &rec, (self.clock)())
        else {
            return self.tell(Told::Nothing(ticket, ELSEWHERE.into()));
        };
        self.sessions.insert(ticket, running);
        self.saved(ticket, rec);
    }

    fn progress(&mut self, ticket: Ticket, checkpoint: Checkpoint) {
        let Some(running) = self.sessions.get_mut(&ticket) else {
            return self.tell(Told::Nothing(ticket, String::new()));
        };
        match running.note(&self.journal, &checkpoint) {
            Ok(true) => {
                let rec = running.rec().clone();
                self.saved(ticket, rec);
            }
            // There is no record yet whose progress it could be.
            Ok(false) => self.tell(Told::Nothing(ticket, String::new())),
            Err(failure) => self.not_saved(Ask::Progress(ticket, checkpoint), failure),
        }
    }

    fn end_session(&mut self, ticket: Ticket, set: Option<Fields>) {
        if let Some(rec) = self.settled.get(&ticket) {
            return self.saved(ticket, rec.clone());
        }
        let Some(mut running) = self.sessions.remove(&ticket) else {
            let why = "there is no session under way";
            return self.tell(Told::Nothing(ticket, why.into()));
        };
        match running.end(&mut self.journal, set.clone(), (self.clock)()) {
            Ok(()) => {
                let rec = running.rec().clone();
                self.remove_progress(running);
                self.tell_changes();
                self.settled.insert(ticket, rec.clone());
                self.saved(ticket, rec);
            }
            Err(failure) => {
                self.sessions.insert(ticket, running);
                self.not_saved(Ask::EndSession(ticket, set), failure);
            }
        }
    }

    fn remove_progress(&self, running: Running) {
        if let Err(failure) = running.settled(&self.journal) {
            self.tell(Told::Trouble(failure));
        }
    }

    fn settle_cut_off(&mut self, ticket: Ticket, rec: Id, set: Option<Fields>) {
        let Some((mut running, _)) = Running::resume(self.journal.places(), &rec, (self.clock)())
        else {
            return self.tell(Told::Nothing(ticket, ELSEWHERE.into()));
        };
        let earlier = self.attempts.remove(&ticket);
        running.try_again_with(earlier.map(|attempt| attempt.prepared));
        match running.end(&mut self.journal, set.clone(), (self.clock)()) {
            Ok(()) => {
                self.remove_progress(running);
                self.tell_changes();
                self.saved(ticket, rec);
            }
            Err(failure) => {
                if let Some(prepared) = running.unsaved_end() {
                    let asked = String::new();
                    self.attempts.insert(ticket, Attempt { asked, prepared });
                }
                self.not_saved(Ask::SettleCutOff(ticket, rec, set), failure);
            }
        }
    }
}

const ELSEWHERE: &str = "that session was settled, or goes on in another window";
