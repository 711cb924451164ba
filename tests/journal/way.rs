//! The usual way: add, read, edit, delete, undo, redo.

use std::sync::Barrier;

use unkink::domain::record::Status;
use unkink::domain::storage::Act;
use unkink::journal::{Journal, Outcome};
use unkink::paths::Places;

use crate::home::*;

#[test]
fn a_home_without_anything_is_an_empty_log_and_stays_without_anything() {
    let home = Home::new();
    assert!(home.journal().load().is_empty());
    assert!(home.journal().favourites().unwrap().is_empty());
    assert!(home.journal().seen().is_empty());
    assert_eq!(std::fs::read_dir(home.dir.path()).unwrap().count(), 0);
}

#[test]
fn what_is_added_is_there_for_the_next_reader_and_for_its_owner_alone() {
    let home = Home::new();
    let rec = add(&mut home.journal(), "first");
    add(&mut home.journal(), "second");
    let entries = home.journal().load();
    assert_eq!(notes(&entries), ["first", "second"]);
    assert_eq!(entries[0].rec, rec);
    assert_eq!(home.files().len(), 1);
    for file in [
        home.own(),
        home.places.data.join(".lock"),
        home.places.state.join("device.json"),
    ] {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    for dir in [
        &home.places.data,
        &home.places.journal(),
        &home.places.state,
    ] {
        assert_eq!(mode(dir), 0o700, "{}", dir.display());
    }
    let text = std::fs::read_to_string(home.own()).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(text.ends_with("\"}\n") && text.starts_with("{\"v\":1,\"op\":\"add\",\"id\":\""));
}

#[test]
fn an_edit_changes_what_it_names_and_nothing_else() {
    let home = Home::new();
    let mut journal = home.journal();
    let rec = add(&mut journal, "before");
    let edit = Act::Edit {
        rec: rec.clone(),
        set: fields("note", "after"),
        unset: vec!["pain".into()],
    };
    journal.perform(edit, now()).unwrap();
    let entries = home.journal().load();
    assert_eq!(notes(&entries), ["after"]);
    assert_eq!(entries[0].pain, None);
    assert!(entries[0].started_at.is_some() && !entries[0].marks.conflict);
}

#[test]
fn undo_takes_back_the_newest_act_and_redo_brings_it_again_until_something_new_is_written() {
    let home = Home::new();
    let mut journal = home.journal();
    add(&mut journal, "one");
    let rec = add(&mut journal, "two");
    let edit = |note: &str| Act::Edit {
        rec: rec.clone(),
        set: fields("note", note),
        unset: Vec::new(),
    };
    journal.perform(edit("two, changed"), now()).unwrap();
    // Each step by another process, as the command line does it.
    let step = |act: Act| home.journal().perform(act, now()).unwrap();
    let undo = || step(Act::Undo { op: None });
    let told = undo();
    assert_eq!(
        note_of(&told),
        "taken back: the change of note in pain 5 from 21:30"
    );
    assert_eq!(home.notes(), ["one", "two"]);
    assert_eq!(note_of(&undo()), "taken back: pain 5 from 21:30");
    assert_eq!(home.notes(), ["one"]);
    undo();
    assert_eq!(home.notes().len(), 0);
    assert_eq!(undo(), Outcome::Nothing("nothing to undo".into()));
    assert_eq!(note_of(&step(Act::Redo)), "done again: pain 5 from 21:30");
    assert_eq!(home.notes(), ["one"]);
    step(Act::Redo);
    step(Act::Redo);
    assert_eq!(home.notes(), ["one", "two, changed"]);
    assert_eq!(step(Act::Redo), Outcome::Nothing("nothing to redo".into()));
    undo();
    assert_eq!(home.notes(), ["one", "two"]);
    add(&mut home.journal(), "three");
    assert_eq!(step(Act::Redo), Outcome::Nothing("nothing to redo".into()));
    undo();
    assert_eq!(home.notes(), ["one", "two"]);
}

#[test]
fn a_delete_hides_and_its_undo_shows_again() {
    let home = Home::new();
    let mut journal = home.journal();
    let rec = add(&mut journal, "here");
    let told = journal
        .perform(Act::Delete { rec: rec.clone() }, now())
        .unwrap();
    assert_eq!(note_of(&told), "deleted: pain 5 from 21:30");
    assert!(home.notes().is_empty());
    let again = journal
        .perform(Act::Delete { rec: rec.clone() }, now())
        .unwrap();
    assert!(matches!(again, Outcome::Nothing(_)));
    let edit = Act::Edit {
        rec,
        set: fields("pain", &3),
        unset: Vec::new(),
    };
    assert!(matches!(
        journal.perform(edit, now()).unwrap(),
        Outcome::Nothing(_)
    ));
    journal.perform(Act::Undo { op: None }, now()).unwrap();
    assert_eq!(home.notes(), ["here"]);
}

#[test]
fn a_line_can_be_undone_once() {
    let home = Home::new();
    let mut journal = home.journal();
    let Outcome::Done { op, .. } = journal
        .perform(Act::Add { set: check_in("x") }, now())
        .unwrap()
    else {
        panic!("not added");
    };
    let undo = Act::Undo { op: Some(op) };
    assert!(matches!(
        journal.perform(undo.clone(), now()).unwrap(),
        Outcome::Done { .. }
    ));
    let again = home.journal().perform(undo, now()).unwrap();
    assert_eq!(
        again,
        Outcome::Nothing("that was taken back already".into())
    );
}

#[test]
fn a_session_that_was_closed_by_its_edit_is_finished() {
    let home = Home::new();
    let mut journal = home.journal();
    let mut set = fields("kind", "session");
    set.put("status", "running");
    let rec = rec_of(journal.perform(Act::Add { set }, now()).unwrap());
    let act = Act::Edit {
        rec,
        set: fields("status", "finished"),
        unset: Vec::new(),
    };
    journal.perform(act, now()).unwrap();
    assert_eq!(home.journal().load()[0].status, Some(Status::Finished));
}

#[test]
fn a_copy_of_the_journal_that_is_read_first_takes_neither_undo_nor_redo_away() {
    let home = Home::new();
    add(&mut home.journal(), "one");
    let own = std::fs::read(home.own()).unwrap();
    home.put("0copy.jsonl", &own);
    let step = |act: Act| home.journal().perform(act, now()).unwrap();
    assert_eq!(
        note_of(&step(Act::Undo { op: None })),
        "taken back: pain 5 from 21:30"
    );
    assert!(home.notes().is_empty());
    home.put(
        "0copy.jsonl",
        &std::fs::read(home.files().pop().unwrap()).unwrap(),
    );
    assert_eq!(note_of(&step(Act::Redo)), "done again: pain 5 from 21:30");
    assert_eq!(home.notes(), ["one"]);
}

#[test]
fn first_writes_to_many_data_directories_at_once_leave_each_its_name() {
    for _ in 0..5 {
        let home = Home::new();
        let places = |number: usize| Places {
            data: home.dir.path().join(format!("data{number}")),
            ..home.places.clone()
        };
        let together = Barrier::new(16);
        std::thread::scope(|scope| {
            for number in 0..16 {
                let (places, together) = (places(number), &together);
                scope.spawn(move || {
                    let mut journal = Journal::open(&places);
                    together.wait();
                    add(&mut journal, "first");
                    journal.add_seen(&format!("card {number}")).unwrap();
                });
            }
        });
        for number in 0..16 {
            let undo = Act::Undo { op: None };
            let undone = Journal::open(&places(number)).perform(undo, now()).unwrap();
            assert_eq!(note_of(&undone), "taken back: pain 5 from 21:30");
        }
        assert_eq!(home.journal().seen().len(), 16);
    }
}
