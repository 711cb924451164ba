//! The journal's part in the demo: answers every ask from memory, and forgets it all at the end.

use std::collections::{BTreeSet, HashMap};
use std::sync::mpsc::Receiver;

use chrono::{DateTime, FixedOffset};

use super::random::Random;
use super::year::profile;
use crate::domain::differing::Unsettled;
use crate::domain::id::Id;
use crate::domain::log::LogChange;
use crate::domain::profile::Profile;
use crate::domain::record::change::Change;
use crate::domain::record::{Entry, Fields, Marks};
use crate::domain::storage::{Act, Ask, Ticket, Told};

/// Why there is nothing to go on with.
const NO_SESSION: &str = "there is no session under way";

/// Serves asks until nobody can ask any more. Each ask with a ticket gets one answer. `clock` reads the wall clock.
pub fn serve(
    records: Vec<(Id, Fields)>,
    asks: &Receiver<Ask>,
    clock: impl Fn() -> DateTime<FixedOffset>,
    tell: impl Fn(Told),
) {
    let now = clock();
    let mut server = Server {
        records: records.into_iter().collect(),
        random: Random::new(now.timestamp().unsigned_abs()),
        profile: profile(&now),
        favourites: BTreeSet::new(),
        sessions: HashMap::new(),
        done: Vec::new(),
        taken_back: Vec::new(),
        clock,
        tell,
    };
    let all = server
        .records
        .iter()
        .map(|(rec, fields)| entry(rec, fields));
    let all = LogChange::Whole(all.collect());
    (server.tell)(Told::Log(all));
    for ask in asks {
        server.serve(ask);
    }
}

/// A record as it was, `None` where it was not there: what taking an act back puts in its place.
type Before = (Id, Option<Fields>);

struct Server<C, T> {
    records: HashMap<Id, Fields>,
    random: Random,
    profile: Profile,
    favourites: BTreeSet<String>,
    /// The records of sessions under way.
    sessions: HashMap<Ticket, Id>,
    done: Vec<Before>,
    taken_back: Vec<Before>,
    clock: C,
    tell: T,
}

impl<C: Fn() -> DateTime<FixedOffset>, T: Fn(Told)> Server<C, T> {
    fn serve(&mut self, ask: Ask) {
        match ask {
            Ask::Write(ticket, act) => self.write(ticket, act),
            Ask::StartSession { ticket, set, .. } => {
                let rec = self.add(set);
                self.sessions.insert(ticket, rec.clone());
                self.saved(ticket, rec, "");
            }
            Ask::Progress(ticket, _) => match self.sessions.get(&ticket) {
                Some(rec) => self.saved(ticket, rec.clone(), ""),
                None => (self.tell)(Told::Nothing(ticket, String::new())),
            },
            Ask::EndSession(ticket, set) => match self.sessions.remove(&ticket) {
                Some(rec) => self.end_session(ticket, rec, set),
                None => (self.tell)(Told::Nothing(ticket, NO_SESSION.into())),
            },
            Ask::ResumeSession(ticket, _) | Ask::SettleCutOff(ticket, ..) => {
                (self.tell)(Told::Nothing(ticket, NO_SESSION.into()));
            }
            Ask::Favourite(ticket, slug, on) => {
                if on {
                    self.favourites.insert(slug.clone());
                } else {
                    self.favourites.remove(&slug);
                }
                (self.tell)(Told::Favourites(self.favourites.clone()));
                self.saved(ticket, Id::new(&slug), "");
            }
            Ask::Profile(ticket, said) => {
                self.profile.apply(&said);
                (self.tell)(Told::Profile(self.profile.clone(), Vec::new()));
                self.saved(ticket, Id::new("profile"), "");
            }
            Ask::Unsettled(rec) => (self.tell)(Told::Unsettled(rec, Unsettled::default())),
            // The app itself remembers what it has shown; there are no files that could have changed.
            Ask::Seen(_) | Ask::Unseen(_) | Ask::Reload => {}
        }
    }

    fn saved(&self, ticket: Ticket, rec: Id, note: &str) {
        let note = note.to_owned();
        (self.tell)(Told::Saved { ticket, rec, note });
    }

    fn write(&mut self, ticket: Ticket, act: Act) {
        let (rec, note) = match act {
            Act::Add { set } => (self.add(set), ""),
            Act::Edit { rec, set, unset } => {
                self.edit(&rec, &Change { set, unset });
                (rec, "")
            }
            Act::Delete { rec } => {
                self.put(rec.clone(), None);
                (rec, "deleted")
            }
            Act::Undo { .. } => {
                let Some((rec, before)) = self.done.pop() else {
                    return (self.tell)(Told::Nothing(ticket, "nothing to undo".into()));
                };
                let was = self.place(rec.clone(), before);
                self.taken_back.push((rec.clone(), was));
                (rec, "taken back")
            }
            Act::Redo => {
                let Some((rec, after)) = self.taken_back.pop() else {
                    return (self.tell)(Told::Nothing(ticket, "nothing to redo".into()));
                };
                let was = self.place(rec.clone(), after);
                self.done.push((rec.clone(), was));
                (rec, "done again")
            }
        };
        self.saved(ticket, rec, note);
    }

    fn add(&mut self, set: Fields) -> Id {
        let made_at = (self.clock)().timestamp_millis();
        let rec = Id::from_bytes(self.random.id(made_at));
        self.put(rec.clone(), Some(set));
        rec
    }

    fn edit(&mut self, rec: &Id, change: &Change) {
        if let Some(before) = self.records.get(rec) {
            let after = change.applied(before);
            self.put(rec.clone(), Some(after));
        }
    }

    fn end_session(&mut self, ticket: Ticket, rec: Id, set: Option<Fields>) {
        match set {
            Some(set) => self.edit(
                &rec,
                &Change {
                    set,
                    unset: Vec::new(),
                },
            ),
            None => self.put(rec.clone(), None),
        }
        self.saved(ticket, rec, "");
    }

    /// Something new: what was taken back can no longer be done again.
    fn put(&mut self, rec: Id, fields: Option<Fields>) {
        let before = self.place(rec.clone(), fields);
        self.done.push((rec, before));
        self.taken_back.clear();
    }

    /// Puts a record as it is to be, and gives it as it was.
    fn place(&mut self, rec: Id, fields: Option<Fields>) -> Option<Fields> {
        let change = match &fields {
            Some(fields) => LogChange::Delta {
                put: vec![entry(&rec, fields)],
                gone: Vec::new(),
            },
            None => LogChange::Delta {
                put: Vec::new(),
                gone: vec![rec.clone()],
            },
        };
        (self.tell)(Told::Log(change));
        match fields {
            Some(fields) => self.records.insert(rec, fields),
            None => self.records.remove(&rec),
        }
    }
}

fn entry(rec: &Id, fields: &Fields) -> Entry {
    Entry::read(rec.clone(), fields, Marks::default())
}
