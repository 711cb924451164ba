//! An older copy of the data, or none of it, put in its place under a running app.

use unkink::domain::storage::{Act, Ask, Told};

use super::{App, put_back};
use crate::home::*;

#[test]
fn an_older_copy_put_back_under_a_running_app_loses_nothing_that_it_saved() {
    let home = Home::new();
    add(&mut home.journal(), "old");
    let backup = std::fs::read(home.own()).unwrap();
    let mut app = App::open(&home);
    app.store.ask(Ask::Write(
        1,
        Act::Add {
            set: check_in("new"),
        },
    ));
    app.saved();
    put_back(&home, &backup);
    app.store.ask(Ask::Reload);
    app.until(|told| matches!(told, Told::Favourites(_)));
    assert_eq!(notes(app.log.entries()), ["old", "new"]);
    assert_eq!(home.notes(), ["old", "new"]);
    assert!(std::fs::read(home.own()).unwrap().starts_with(&backup));
}

#[test]
fn an_older_copy_put_back_loses_nothing_either_where_a_write_notices_it_first() {
    let adds = |note: &str| Act::Add {
        set: check_in(note),
    };
    let undo = |_: &str| Act::Undo { op: None };
    for (act, expected) in [
        (adds("newer"), &["old", "newer", "new"][..]),
        (undo(""), &["old"]),
    ] {
        let home = Home::new();
        add(&mut home.journal(), "old");
        let backup = std::fs::read(home.own()).unwrap();
        let mut app = App::open(&home);
        app.store.ask(Ask::Write(1, adds("new")));
        app.saved();
        put_back(&home, &backup);
        app.store.ask(Ask::Write(2, act));
        assert!(matches!(app.saved(), Told::Saved { ticket: 2, .. }));
        app.store.ask(Ask::Reload);
        app.until(|told| matches!(told, Told::Favourites(_)));
        let sorted = |mut notes: Vec<String>| {
            notes.sort();
            notes
        };
        let expected = sorted(expected.iter().map(|&note| note.to_owned()).collect());
        assert_eq!(sorted(home.notes()), expected);
        assert_eq!(sorted(notes(app.log.entries())), expected);
        // The line that was taken away is there again, whether or not something took it back.
        let text = std::fs::read_to_string(home.own()).unwrap();
        assert!(text.contains("\"new\""), "{text}");
    }
}

#[test]
fn a_data_directory_taken_away_under_a_running_app_is_not_made_anew_before_another_one_is_put_there()
 {
    let home = Home::new();
    add(&mut home.journal(), "old");
    let backup = std::fs::read(home.own()).unwrap();
    let name = home.own().file_name().unwrap().to_owned();
    let mut app = App::open(&home);
    let new = Act::Add {
        set: check_in("new"),
    };
    app.store.ask(Ask::Write(1, new));
    app.saved();
    std::fs::rename(&home.places.data, home.dir.path().join("away")).unwrap();
    app.store.ask(Ask::Reload);
    app.until(|told| matches!(told, Told::Favourites(_)));
    assert!(app.log.entries().is_empty());
    assert!(!home.places.data.exists());
    home.put(name.to_str().unwrap(), &backup);
    app.store.ask(Ask::Reload);
    app.until(|told| matches!(told, Told::Favourites(_)));
    assert_eq!(notes(app.log.entries()), ["old", "new"]);
    assert_eq!(home.notes(), ["old", "new"]);
}
