//! What two machines disagree about, and how it is settled so that they agree: by an edit, a delete or an undo that has
//! seen both.

use unkink::domain::id::Id;
use unkink::domain::storage::Act;
use unkink::journal::{Journal, Outcome};

use crate::home::{Home, add, at, fields, now};

/// Two machines with one entry, which the first has written and both have read.
fn machines() -> (Home, Home, Id) {
    let (one, other) = (Home::new(), Home::new());
    let rec = add(&mut one.journal(), "here");
    carry(&one, &other);
    (one, other, rec)
}

/// Brings what one machine wrote to the other.
fn carry(from: &Home, to: &Home) {
    for path in from.files() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let (bytes, there) = (
            std::fs::read(&path).unwrap(),
            to.places.journal().join(&name),
        );
        if std::fs::metadata(there).map_or(0, |known| known.len()) < bytes.len() as u64 {
            to.put(&name, &bytes);
        }
    }
}

fn loaded(home: &Home) -> Journal {
    let mut journal = home.journal();
    journal.load();
    journal
}

fn act(home: &Home, act: Act) {
    home.journal().perform(act, now()).unwrap();
}

fn edit(rec: &Id, pain: u8) -> Act {
    Act::Edit {
        rec: rec.clone(),
        set: fields("pain", &pain),
        unset: Vec::new(),
    }
}

#[test]
fn each_version_says_whether_it_was_written_here_and_an_edit_that_saw_both_settles_it() {
    let (one, other, rec) = machines();
    act(&one, edit(&rec, 6));
    act(&other, edit(&rec, 2));
    carry(&one, &other);
    carry(&other, &one);
    for (home, expected) in [(&one, "6"), (&other, "2")] {
        let all = loaded(home).unsettled(&rec);
        assert_eq!((all.fields.len(), all.deletes.len()), (1, 0));
        let field = &all.fields[0];
        let mut versions = vec![&field.shown];
        versions.extend(&field.others);
        let here: Vec<_> = versions.iter().filter(|version| version.here).collect();
        assert_eq!(here.len(), 1);
        assert_eq!(here[0].value.as_deref(), Some(expected));
        assert_eq!(
            here[0].at.unwrap().date_naive(),
            at("2026-11-23T21:30:00+01:00").date_naive()
        );
    }
    act(&one, edit(&rec, 2));
    carry(&one, &other);
    assert!(loaded(&one).unsettled(&rec).is_empty());
    assert!(loaded(&other).unsettled(&rec).is_empty());
}

#[test]
fn an_entry_deleted_here_and_changed_there_stays_once_the_delete_is_taken_back() {
    let (one, other, rec) = machines();
    act(&one, Act::Delete { rec: rec.clone() });
    assert!(loaded(&one).unsettled(&rec).is_empty(), "hidden is settled");
    act(&other, edit(&rec, 2));
    carry(&other, &one);
    let all = loaded(&one).unsettled(&rec);
    let [delete] = &all.deletes[..] else {
        panic!("{all:?}")
    };
    assert!(delete.here && delete.at.is_some() && all.fields.is_empty());
    act(
        &one,
        Act::Undo {
            op: Some(delete.op.clone()),
        },
    );
    carry(&one, &other);
    for home in [&one, &other] {
        let mut journal = home.journal();
        assert_eq!(journal.load().len(), 1);
        assert!(journal.unsettled(&rec).is_empty());
    }
    // Redo is the way back: the delete is in force again, and again it had not seen the change.
    act(&one, Act::Redo);
    assert_eq!(loaded(&one).unsettled(&rec).deletes.len(), 1);
}

#[test]
fn an_undone_add_is_a_delete_too_and_can_be_taken_back() {
    let (one, other, rec) = machines();
    act(&one, Act::Undo { op: None });
    act(&other, edit(&rec, 2));
    carry(&one, &other);
    let all = loaded(&other).unsettled(&rec);
    let [delete] = &all.deletes[..] else {
        panic!("{all:?}")
    };
    assert!(!delete.here);
    act(
        &other,
        Act::Undo {
            op: Some(delete.op.clone()),
        },
    );
    let mut journal = other.journal();
    assert_eq!(journal.load().len(), 1);
    assert!(journal.unsettled(&rec).is_empty());
}

#[test]
fn a_delete_that_has_seen_all_ends_it_even_where_another_machine_keeps_the_entry_meanwhile() {
    let (one, other, rec) = machines();
    act(&one, Act::Delete { rec: rec.clone() });
    act(&other, edit(&rec, 2));
    carry(&one, &other);
    carry(&other, &one);
    let op = loaded(&one).unsettled(&rec).deletes[0].op.clone();
    act(&one, Act::Undo { op: Some(op) });
    act(&other, Act::Delete { rec: rec.clone() });
    carry(&one, &other);
    carry(&other, &one);
    // That delete is an act like any other: undo shows the entry again.
    assert_eq!(
        (one.journal().load().len(), other.journal().load().len()),
        (0, 0)
    );
    act(&other, Act::Undo { op: None });
    assert_eq!(other.journal().load().len(), 1);
    assert!(loaded(&other).unsettled(&rec).is_empty());
}

#[test]
fn an_undo_of_what_settled_it_says_that_both_are_there_again() {
    let (one, other, rec) = machines();
    act(&one, edit(&rec, 6));
    act(&other, edit(&rec, 2));
    carry(&other, &one);
    let shown = loaded(&one).unsettled(&rec).fields[0].shown.value.clone();
    let keep: u8 = shown.unwrap().parse().unwrap();
    let told = |done: Outcome| match done {
        Outcome::Done { note, .. } => note,
        Outcome::Nothing(why) => panic!("{why}"),
    };
    for pain in [keep, 9] {
        act(&one, edit(&rec, pain));
        let note = told(
            one.journal()
                .perform(Act::Undo { op: None }, now())
                .unwrap(),
        );
        assert!(note.ends_with("; both versions are there again"), "{note}");
        assert_eq!(loaded(&one).unsettled(&rec).fields.len(), 1);
    }
    let note = told(one.journal().perform(Act::Redo, now()).unwrap());
    assert!(!note.contains("again;") && !note.contains("both"), "{note}");
}

#[test]
fn a_delete_that_comes_back_beside_a_change_is_told() {
    let (one, other, rec) = machines();
    act(&one, Act::Delete { rec: rec.clone() });
    act(&other, edit(&rec, 2));
    carry(&other, &one);
    let op = loaded(&one).unsettled(&rec).deletes[0].op.clone();
    let undo = Act::Undo { op: Some(op) };
    let done = one.journal().perform(undo, now()).unwrap();
    let Outcome::Done { note, .. } = done else {
        panic!("{done:?}")
    };
    assert!(note.ends_with("; the entry stays"), "{note}");
    let done = one.journal().perform(Act::Redo, now()).unwrap();
    let Outcome::Done { note, .. } = done else {
        panic!("{done:?}")
    };
    assert!(
        note.ends_with("; the delete and the change are both there again"),
        "{note}"
    );
}

#[test]
fn where_the_change_beside_a_delete_is_taken_back_the_entry_is_deleted_and_that_is_told() {
    let (one, other, rec) = machines();
    act(&one, Act::Delete { rec: rec.clone() });
    act(&other, edit(&rec, 2));
    carry(&one, &other);
    let done = other
        .journal()
        .perform(Act::Undo { op: None }, now())
        .unwrap();
    let Outcome::Done { note, .. } = done else {
        panic!("{done:?}")
    };
    assert!(note.ends_with("; the entry is deleted now"), "{note}");
    assert_eq!(other.journal().load().len(), 0);
}
