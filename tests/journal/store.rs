//! The thread that serves the app.

mod put_back;
mod sessions;
mod unseen;

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use unkink::domain::id::Id;
use unkink::domain::log::{Log, LogChange};
use unkink::domain::plan::{Side, Title};
use unkink::domain::record::{Fields, parse_moment};
use unkink::domain::session::{Checkpoint, Detail};
use unkink::domain::storage::{Act, Ask, Told};
use unkink::journal::{Journal, thread};

use crate::home::*;

struct Store {
    asks: Option<Sender<Ask>>,
    thread: Option<JoinHandle<()>>,
}

impl Store {
    fn ask(&self, ask: Ask) {
        self.asks.as_ref().unwrap().send(ask).unwrap();
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.asks = None;
        self.thread.take().unwrap().join().unwrap();
    }
}

struct App {
    store: Store,
    told: Receiver<Told>,
    log: Log,
}

impl App {
    fn on(journal: Journal) -> Self {
        let (tell, told) = channel();
        let tell = Box::new(move |message| drop(tell.send(message)));
        let (asks, served) = channel();
        let thread = spawn(move || thread::serve(journal, &served, Box::new(now), tell));
        let store = Store {
            asks: Some(asks),
            thread: Some(thread),
        };
        let log = Log::default();
        Self { store, told, log }
    }

    fn open(home: &Home) -> Self {
        let mut app = Self::on(home.journal());
        app.until(|told| matches!(told, Told::Log(LogChange::Whole(_))));
        app
    }

    /// Takes in what is told up to the first message of this kind.
    fn until(&mut self, wanted: impl Fn(&Told) -> bool) -> Told {
        loop {
            let told = self.told.recv_timeout(Duration::from_secs(20)).unwrap();
            if let Told::Log(change) = &told {
                self.log.apply(change.clone());
            }
            if wanted(&told) {
                return told;
            }
        }
    }

    fn saved(&mut self) -> Told {
        self.until(|told| {
            matches!(
                told,
                Told::Saved { .. } | Told::NotSaved { .. } | Told::Nothing(..)
            )
        })
    }

    /// The thread ends without the session's end, as it does when the process is killed. The next one, and what it is
    /// offered.
    fn cut_off(self, home: &Home) -> (Self, Id, Checkpoint) {
        let _quiet = no_child_begins();
        self.rest();
        let mut app = Self::open(home);
        match app.until(|told| matches!(told, Told::CutOff(..))) {
            Told::CutOff(rec, found) => (app, rec, found),
            other => unreachable!("{other:?}"),
        }
    }

    /// What is told until the thread has nothing left to say.
    fn rest(self) -> Vec<Told> {
        drop(self.store);
        self.told.into_iter().collect()
    }
}

fn checkpoint(segment: usize) -> Checkpoint {
    Checkpoint {
        title: Title::Technique("glute-ball".into()),
        items: Vec::new(),
        segment,
        gone_ms: 0,
        active_ms: 1000,
        steps_done: 1,
        side_first: Side::Left,
        started_at: "2026-11-23T21:30:00+01:00".into(),
        at: "2026-11-23T21:31:00+01:00".into(),
        detail: Detail::default(),
    }
}

fn running() -> Fields {
    let mut set = fields("kind", "session");
    set.put("started_at", "2026-11-23T21:30:00+01:00");
    set.put("technique", "glute-ball");
    set.put("status", "running");
    set
}

fn start(ticket: u64) -> Ask {
    Ask::StartSession {
        ticket,
        set: running(),
        checkpoint: checkpoint(0),
    }
}

/// Puts these bytes in the place of the own file, as a backup program does.
fn put_back(home: &Home, backup: &[u8]) {
    let restored = home.places.data.join("restored");
    std::fs::write(&restored, backup).unwrap();
    std::fs::rename(&restored, home.own()).unwrap();
}

#[test]
fn an_app_without_a_log_is_told_that_it_is_empty_and_nothing_is_written() {
    let home = Home::new();
    let app = App::open(&home);
    assert!(app.log.is_whole() && app.log.entries().is_empty());
    app.rest();
    assert_eq!(std::fs::read_dir(home.dir.path()).unwrap().count(), 0);
}

#[test]
fn an_add_is_shown_before_it_is_said_to_be_saved() {
    let home = Home::new();
    let mut app = App::open(&home);
    app.store.ask(Ask::Write(
        7,
        Act::Add {
            set: check_in("new"),
        },
    ));
    assert!(matches!(app.saved(), Told::Saved { ticket: 7, .. }));
    assert_eq!(notes(app.log.entries()), ["new"]);
    assert_eq!(home.notes(), ["new"]);
}

#[test]
fn an_add_asked_for_before_the_log_was_read_is_in_it_once() {
    let home = Home::new();
    for number in 0..20 {
        add(&mut home.journal(), &format!("n{number}"));
    }
    let mut app = App::on(home.journal());
    app.store.ask(Ask::Write(
        1,
        Act::Add {
            set: check_in("early"),
        },
    ));
    app.store.ask(Ask::Write(2, Act::Undo { op: None }));
    app.until(|told| matches!(told, Told::Saved { ticket: 1, .. }));
    assert!(notes(app.log.entries()).contains(&"early".to_owned()));
    app.until(|told| matches!(told, Told::Saved { ticket: 2, .. }));
    assert!(app.log.is_whole());
    assert_eq!(app.log.entries().len(), 20);
    assert_eq!(home.notes().len(), 20);
}

#[test]
fn when_things_were_last_done_is_told_before_the_whole_log() {
    let home = Home::new();
    let act = Act::Add { set: running() };
    home.journal().perform(act, now()).unwrap();
    let mut app = App::on(home.journal());
    let told = app.until(|told| matches!(told, Told::LastDone(_) | Told::Log(LogChange::Whole(_))));
    let Told::LastDone(last) = told else {
        panic!("{told:?}")
    };
    let at = parse_moment("2026-11-23T21:30:00+01:00").unwrap();
    assert_eq!(last, [("glute-ball".to_owned(), at.timestamp())].into());
    app.until(|told| matches!(told, Told::Log(LogChange::Whole(_))));
}

#[test]
fn what_another_process_writes_is_told_at_the_next_look() {
    let home = Home::new();
    let mut app = App::open(&home);
    let rec = add(&mut home.journal(), "from outside");
    app.store.ask(Ask::Reload);
    app.until(|told| matches!(told, Told::Favourites(_)));
    assert_eq!(notes(app.log.entries()), ["from outside"]);
    home.journal().perform(Act::Delete { rec }, now()).unwrap();
    app.store.ask(Ask::Reload);
    app.until(|told| matches!(told, Told::Favourites(_)));
    assert!(app.log.entries().is_empty());
}

#[test]
fn favourites_and_what_was_seen_are_kept() {
    let home = Home::new();
    let app = App::open(&home);
    app.store.ask(Ask::Favourite(1, "glute-ball".into(), true));
    app.store.ask(Ask::Favourite(2, "box-breath".into(), true));
    app.store.ask(Ask::Favourite(3, "glute-ball".into(), false));
    app.store.ask(Ask::Seen("disclaimer".into()));
    app.rest();
    assert_eq!(
        home.journal().favourites().unwrap(),
        BTreeSet::from(["box-breath".to_owned()])
    );
    assert_eq!(
        home.journal().seen(),
        BTreeSet::from(["disclaimer".to_owned()])
    );
    let text = std::fs::read_to_string(home.places.data.join("favourites.txt")).unwrap();
    assert_eq!(text, "box-breath\n");
    assert_eq!(mode(&home.places.data.join("favourites.txt")), 0o600);
}

#[test]
fn every_ask_with_a_ticket_is_answered_once() {
    let home = Home::new();
    let app = App::open(&home);
    let rec = Id::new("nothing");
    let asks = [
        Ask::Write(1, Act::Undo { op: None }),
        Ask::Write(2, Act::Delete { rec: rec.clone() }),
        Ask::Progress(3, checkpoint(0)),
        Ask::EndSession(4, None),
        Ask::ResumeSession(5, rec.clone()),
        Ask::SettleCutOff(6, rec, None),
        Ask::Favourite(7, "x".into(), true),
        start(8),
        Ask::Progress(8, checkpoint(1)),
        Ask::EndSession(8, None),
        Ask::Write(9, Act::Redo),
    ];
    let mut tickets: Vec<u64> = asks.iter().filter_map(Ask::ticket).collect();
    for ask in asks {
        app.store.ask(ask);
    }
    let told = app.rest();
    let mut answered: Vec<u64> = (told.iter())
        .filter_map(|told| match told {
            Told::Saved { ticket, .. } | Told::Nothing(ticket, _) => Some(*ticket),
            Told::NotSaved { ask, .. } => ask.ticket(),
            _ => None,
        })
        .collect();
    tickets.sort_unstable();
    answered.sort_unstable();
    assert_eq!(tickets, answered);
}
