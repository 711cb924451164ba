//! Changes made elsewhere that the person had not been shown when they changed the same.

use unkink::domain::id::Id;
use unkink::domain::scale::Scale;
use unkink::domain::storage::{Act, Ask, Told};

use super::App;
use crate::home::*;

/// An entry with pain 2 in an app, and what another process makes of it before the app hears of that.
fn changed_unseen(args: &[&str]) -> (App, Id, Home) {
    let home = Home::new();
    let mut journal = home.journal();
    let rec = add(&mut journal, "at the desk");
    drop(journal);
    let app = App::open(&home);
    let id = rec.to_string();
    let mut command = vec!["edit", &id];
    command.extend(args);
    assert!(home.run(&command).status.success());
    (app, rec, home)
}

fn write(app: &mut App, act: Act) {
    app.store.ask(Ask::Write(7, act));
    let told = app.saved();
    assert!(matches!(told, Told::Saved { .. }), "{told:?}");
}

fn edit_pain(rec: &Id, pain: u8) -> Act {
    Act::Edit {
        rec: rec.clone(),
        set: fields("pain", &pain),
        unset: Vec::new(),
    }
}

#[test]
fn a_change_that_the_person_was_not_shown_is_kept_beside_theirs() {
    let (mut app, rec, home) = changed_unseen(&["--pain", "6"]);
    write(&mut app, edit_pain(&rec, 4));
    let entry = app.log.find(&rec).unwrap();
    assert!(entry.marks.conflict);
    // Which one shows is the ids' to say, and so the clocks'.
    let shown = entry.pain.map(Scale::get);
    assert!(matches!(shown, Some(4 | 6)), "{shown:?}");
    let conflicts = home.run(&["doctor"]);
    assert!(String::from_utf8_lossy(&conflicts.stdout).contains("pain"));
    app.rest();
}

#[test]
fn a_change_of_another_field_is_no_conflict_and_one_that_was_shown_is_gone() {
    let (mut app, rec, home) = changed_unseen(&["--stress", "6"]);
    write(&mut app, edit_pain(&rec, 4));
    assert!(!app.log.find(&rec).unwrap().marks.conflict);
    let id = rec.to_string();
    assert!(home.run(&["edit", &id, "--pain", "8"]).status.success());
    app.store.ask(Ask::Reload);
    app.until(|told| matches!(told, Told::Log(change) if change.touches(&rec)));
    write(&mut app, edit_pain(&rec, 5));
    let entry = app.log.find(&rec).unwrap();
    assert!(!entry.marks.conflict);
    assert_eq!(entry.pain.map(Scale::get), Some(5));
    app.rest();
}

#[test]
fn a_delete_of_what_changed_unseen_leaves_it_to_be_settled() {
    let (mut app, rec, _home) = changed_unseen(&["--pain", "6"]);
    write(&mut app, Act::Delete { rec: rec.clone() });
    let entry = app.log.find(&rec).unwrap();
    assert!(entry.marks.deleted_elsewhere);
    app.rest();
}
