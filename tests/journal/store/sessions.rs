//! Sessions on the journal's thread: their progress, what is left of one that was cut off, and a disk that is full.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use unkink::domain::id::Id;
use unkink::domain::log::LogChange;
use unkink::domain::record::Status;
use unkink::domain::storage::{Ask, Told};
use unkink::journal::disk::{Disk, How, RealDisk};
use unkink::journal::{Journal, Running};

use super::{App, checkpoint, put_back, running, start};
use crate::home::*;
use crate::lines::joined;

/// A disk without room for anything, until it is given some; or one that does not say that anything is safe; or one
/// that has room for so many writes more.
#[derive(Clone, Default)]
struct Full(Arc<AtomicBool>, Arc<AtomicBool>, Arc<AtomicU64>);

impl Disk for Full {
    fn open(&self, path: &Path, how: How) -> io::Result<File> {
        RealDisk.open(path, how)
    }
    fn try_lock(&self, file: &File) -> io::Result<bool> {
        RealDisk.try_lock(file)
    }
    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<usize> {
        if self.0.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        if self.2.load(Ordering::SeqCst) > 0 && self.2.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.store(true, Ordering::SeqCst);
        }
        RealDisk.write(file, bytes)
    }
    fn sync(&self, file: &File) -> io::Result<()> {
        if self.1.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        RealDisk.sync(file)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_dir(path)
    }
    fn make_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.make_dir(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
}

fn retry_of(told: Told) -> Ask {
    match told {
        Told::NotSaved { ask, failure } => {
            assert!(failure.retry && failure.why.contains("full"), "{failure}");
            *ask
        }
        other => panic!("it was answered {other:?}"),
    }
}

fn progress_files(home: &Home) -> usize {
    std::fs::read_dir(home.places.sessions()).map_or(0, Iterator::count)
}

#[test]
fn a_session_leaves_a_progress_file_only_while_it_runs() {
    let home = Home::new();
    let mut app = App::open(&home);
    app.store.ask(start(1));
    app.saved();
    assert_eq!(app.log.entries()[0].status, Some(Status::Running));
    let sessions = || std::fs::read_dir(home.places.sessions()).map_or(0, Iterator::count);
    assert_eq!(sessions(), 1);
    app.store.ask(Ask::Progress(1, checkpoint(1)));
    assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
    // While it runs, it is nobody else's to settle.
    let other = App::open(&home).rest();
    assert!(!other.iter().any(|told| matches!(told, Told::CutOff(..))));
    app.store
        .ask(Ask::EndSession(1, Some(fields("status", "finished"))));
    assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
    assert_eq!(app.log.entries()[0].status, Some(Status::Finished));
    assert_eq!(sessions(), 0);
}

#[test]
fn a_session_cut_off_is_offered_once_more_and_settled_once() {
    let home = Home::new();
    let mut app = App::open(&home);
    app.store.ask(start(1));
    app.store.ask(Ask::Progress(1, checkpoint(3)));
    app.saved();
    let (mut app, rec, found) = app.cut_off(&home);
    assert_eq!(found, checkpoint(3));
    app.store.ask(Ask::ResumeSession(5, rec.clone()));
    assert!(matches!(app.saved(), Told::Saved { ticket: 5, .. }));
    app.store.ask(Ask::Progress(5, checkpoint(4)));
    app.saved();
    app.store
        .ask(Ask::EndSession(5, Some(fields("status", "stopped"))));
    app.saved();
    assert_eq!(app.log.entries()[0].status, Some(Status::Stopped));
    app.store.ask(Ask::SettleCutOff(6, rec, None));
    assert!(matches!(app.saved(), Told::Nothing(6, _)));
    assert_eq!(app.log.entries().len(), 1);
    let after = App::open(&home).rest();
    assert!(!after.iter().any(|told| matches!(told, Told::CutOff(..))));
}

#[test]
fn a_session_cut_off_can_be_kept_or_discarded() {
    for keep in [true, false] {
        let home = Home::new();
        let mut app = App::open(&home);
        app.store.ask(start(1));
        app.saved();
        let (mut app, rec, _) = app.cut_off(&home);
        let set = keep.then(|| fields("status", "stopped"));
        app.store.ask(Ask::SettleCutOff(2, rec, set));
        assert!(matches!(app.saved(), Told::Saved { ticket: 2, .. }));
        assert_eq!(app.log.entries().len(), usize::from(keep));
        assert_eq!(
            std::fs::read_dir(home.places.sessions()).unwrap().count(),
            0
        );
    }
}

#[test]
fn a_session_that_an_older_copy_took_away_is_whole_again_once_it_ends() {
    for keep in [true, false] {
        let home = Home::new();
        add(&mut home.journal(), "old");
        let backup = std::fs::read(home.own()).unwrap();
        let mut app = App::open(&home);
        app.store.ask(start(1));
        app.saved();
        put_back(&home, &backup);
        let set = keep.then(|| fields("status", "finished"));
        app.store.ask(Ask::EndSession(1, set));
        assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
        let entries = home.journal().load();
        let ends: Vec<Option<Status>> = entries.iter().map(|entry| entry.status).collect();
        let expected = if keep {
            vec![None, Some(Status::Finished)]
        } else {
            vec![None]
        };
        assert_eq!(ends, expected);
        assert_eq!(app.log.entries(), &entries[..]);
        assert_eq!(home.journal().doctor().waiting, 0);
    }
}

#[test]
fn a_session_taken_over_whose_beginning_is_gone_is_not_said_to_be_saved() {
    let home = Home::new();
    add(&mut home.journal(), "old");
    let backup = std::fs::read(home.own()).unwrap();
    let mut app = App::open(&home);
    app.store.ask(start(1));
    app.saved();
    let whole = std::fs::read(home.own()).unwrap();
    let (mut app, rec, _) = app.cut_off(&home);
    app.store.ask(Ask::ResumeSession(5, rec));
    app.saved();
    put_back(&home, &backup);
    let end = Ask::EndSession(5, Some(fields("status", "finished")));
    app.store.ask(end);
    let Told::NotSaved { ask, failure } = app.saved() else {
        panic!("it was told as saved");
    };
    assert!(failure.retry && failure.why.contains("began"), "{failure}");
    assert_eq!(
        std::fs::read_dir(home.places.sessions()).unwrap().count(),
        1,
        "its progress is all that is left of it"
    );
    put_back(&home, &whole);
    app.store.ask(*ask);
    assert!(matches!(app.saved(), Told::Saved { ticket: 5, .. }));
    assert_eq!(home.journal().load()[1].status, Some(Status::Finished));
}

#[test]
fn a_session_on_a_full_disk_is_kept_and_saved_as_one_record_once_there_is_room() {
    let home = Home::new();
    let disk = Full::default();
    let mut app = App::on(Journal::on(&home.places, Box::new(disk.clone())));
    app.until(|told| matches!(told, Told::Log(LogChange::Whole(_))));
    disk.0.store(true, Ordering::SeqCst);
    app.store.ask(start(1));
    let start = retry_of(app.saved());
    // There is no record yet whose progress it could be.
    app.store.ask(Ask::Progress(1, checkpoint(1)));
    assert!(matches!(app.saved(), Told::Nothing(1, why) if why.is_empty()));
    app.store
        .ask(Ask::EndSession(1, Some(fields("status", "finished"))));
    let end = retry_of(app.saved());
    app.store.ask(end.clone());
    let end = retry_of(app.saved());
    assert!(home.journal().load().is_empty());
    disk.0.store(false, Ordering::SeqCst);
    app.store.ask(end);
    assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
    // The start, tried again after the end, is there already.
    app.store.ask(start);
    assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
    let entries = home.journal().load();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].status, Some(Status::Finished));
    assert_eq!(app.log.entries(), &entries[..]);
    assert_eq!(
        std::fs::read_dir(home.places.sessions()).map_or(0, Iterator::count),
        0
    );
}

#[test]
fn a_session_discarded_is_hidden_even_where_its_unsaved_beginning_reached_the_disk() {
    let home = Home::new();
    let disk = Full::default();
    let mut app = App::on(Journal::on(&home.places, Box::new(disk.clone())));
    app.until(|told| matches!(told, Told::Log(LogChange::Whole(_))));
    disk.1.store(true, Ordering::SeqCst);
    app.store.ask(start(1));
    retry_of(app.saved());
    disk.1.store(false, Ordering::SeqCst);
    app.store.ask(Ask::EndSession(1, None));
    assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
    assert!(app.log.entries().is_empty() && home.journal().load().is_empty());
}

#[test]
fn a_start_asked_for_again_writes_nothing_twice_and_takes_no_session_back_to_its_beginning() {
    let home = Home::new();
    let mut app = App::open(&home);
    app.store.ask(start(1));
    app.saved();
    app.store.ask(Ask::Progress(1, checkpoint(3)));
    app.saved();
    app.store.ask(start(1));
    assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
    let (_app, _, found) = app.cut_off(&home);
    assert_eq!(home.journal().doctor().lines, 1);
    assert_eq!(found, checkpoint(3));
}

#[test]
fn a_start_asked_for_again_while_only_the_end_is_unsaved_begins_no_progress() {
    let home = Home::new();
    let disk = Full::default();
    let mut app = App::on(Journal::on(&home.places, Box::new(disk.clone())));
    app.until(|told| matches!(told, Told::Log(LogChange::Whole(_))));
    disk.0.store(true, Ordering::SeqCst);
    app.store.ask(start(1));
    let start = retry_of(app.saved());
    // Room for the add, not for the edit.
    disk.0.store(false, Ordering::SeqCst);
    disk.2.store(1, Ordering::SeqCst);
    let end = Ask::EndSession(1, Some(fields("status", "finished")));
    app.store.ask(end);
    let end = retry_of(app.saved());
    assert_eq!(home.journal().load()[0].status, Some(Status::Running));
    disk.0.store(false, Ordering::SeqCst);
    app.store.ask(start.clone());
    assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
    assert_eq!(progress_files(&home), 0);
    app.store.ask(end);
    assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
    app.store.ask(start);
    assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
    assert_eq!(progress_files(&home), 0);
    let report = home.journal().doctor();
    assert_eq!((report.visible, report.lines), (1, 2));
    assert_eq!(home.journal().load()[0].status, Some(Status::Finished));
}

#[test]
fn a_progress_file_that_can_not_be_begun_leaves_no_trace() {
    let home = Home::new();
    let disk = Full::default();
    let mut journal = Journal::on(&home.places, Box::new(disk.clone()));
    let mut session = Running::new(running(), now());
    session.start(&mut journal).unwrap();
    disk.0.store(true, Ordering::SeqCst);
    session.note(&journal, &checkpoint(0)).unwrap_err();
    assert!(!Journal::has_progress(&home.places));
    disk.0.store(false, Ordering::SeqCst);
    assert!(session.note(&journal, &checkpoint(1)).unwrap());
    assert!(Journal::has_progress(&home.places));
    drop(session);
    journal.load();
    let found = once_let_go(|| journal.cut_off(), |found| !found.is_empty());
    assert_eq!(found[0].1, checkpoint(1));
}

/// What is seen once it is as it should be, or at last. A process that another test is about to start holds what was
/// locked here until its exec.
fn once_let_go<T>(mut look: impl FnMut() -> T, is_right: impl Fn(&T) -> bool) -> T {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let seen = look();
        if is_right(&seen) || Instant::now() > until {
            return seen;
        }
    }
}

#[test]
fn progress_files_of_settled_sessions_and_empty_ones_go_at_the_next_start() {
    let home = Home::new();
    let file = |rec: &Id| home.places.sessions().join(format!("{rec}.jsonl"));
    let mut recs = Vec::new();
    // Finished, discarded, running, cut off; and one of another data directory.
    for _ in 0..5 {
        let mut journal = home.journal();
        let mut session = Running::new(running(), now());
        session.start(&mut journal).unwrap();
        session.note(&journal, &checkpoint(2)).unwrap();
        recs.push((session, journal));
    }
    let mut held = Vec::new();
    let mut ids = Vec::new();
    for (number, (mut session, mut journal)) in recs.into_iter().enumerate() {
        let rec = session.rec().clone();
        match number {
            0 => session
                .end(&mut journal, Some(fields("status", "finished")), now())
                .unwrap(),
            1 => session.end(&mut journal, None, now()).unwrap(),
            2 => held.push(session),
            4 => {
                // The line that began it stands in another journal.
                let text = std::fs::read_to_string(home.own()).unwrap();
                let lines = text.lines().filter(|line| !line.contains(&rec.to_string()));
                let lines: Vec<String> = lines.map(str::to_owned).collect();
                std::fs::write(home.own(), joined(&lines)).unwrap();
            }
            // The process ends here.
            _ => {}
        }
        ids.push(rec);
    }
    let empty = Id::new("00000000-0000-7000-8000-000000000000");
    std::fs::write(file(&empty), "").unwrap();
    let mut journal = home.journal();
    journal.load();
    let look = || {
        let found: Vec<Id> = journal.cut_off().into_iter().map(|(rec, _)| rec).collect();
        let left: Vec<bool> = ids.iter().map(|rec| file(rec).exists()).collect();
        (found, left)
    };
    let expected = (vec![ids[3].clone()], vec![false, false, true, true, true]);
    assert_eq!(once_let_go(look, |seen| *seen == expected), expected);
    assert!(!file(&empty).exists());
}

#[test]
fn a_session_discarded_leaves_nothing_to_be_seen() {
    let home = Home::new();
    let mut app = App::open(&home);
    app.store.ask(start(1));
    app.saved();
    app.store.ask(Ask::EndSession(1, None));
    assert!(matches!(app.saved(), Told::Saved { ticket: 1, .. }));
    assert!(app.log.entries().is_empty() && home.journal().load().is_empty());
    assert_eq!(
        std::fs::read_dir(home.places.sessions()).unwrap().count(),
        0
    );
}
