//! Leaving at once with a form open, by Ctrl-C, a signal or a lost terminal.

use super::*;

/// What is said once the terminal is given back: each line, with the text below it.
fn said(person: &Person) -> Vec<String> {
    let said = person.effects.iter().filter_map(|effect| match effect {
        Effect::Say(line, text) => Some(format!("{line} {}", text.as_deref().unwrap_or(""))),
        _ => None,
    });
    said.map(|line| line.trim_end().to_owned()).collect()
}

/// Leaves, and the log takes what was written.
fn leave(person: &mut Person) {
    person.tell(Msg::Leave(143), &at(2));
    assert!(said(person).iter().all(|line| line.starts_with("not")));
    let asks = person.asks();
    let tickets: Vec<u64> = asks.iter().filter_map(|ask| ask.ticket()).collect();
    for ticket in tickets {
        let (rec, note) = (Id::new("new"), String::new());
        person.tell(Msg::Told(Told::Saved { ticket, rec, note }), &at(3));
    }
}

#[test]
fn a_time_that_cannot_be_read_costs_nothing_of_the_rest_and_goes_into_the_note() {
    let mut person = person();
    person.press("l63nafter the drive", &at(1));
    go_to(&mut person, Field::When);
    person.press("25:99", &at(1));
    leave(&mut person);
    let (set, _) = written(&person);
    assert_eq!((&set["pain"], &set["stress"]), (&6.into(), &3.into()));
    assert_eq!(set["note"], "after the drive\nWhen: 25:99");
    assert_eq!(
        said(&person),
        [
            "saved what was typed: pain 6, stress 3, note; 'unkink undo' takes it back",
            "not readable, so put into the note: When: 25:99"
        ]
    );
}

#[test]
fn several_fields_that_cannot_be_written_are_all_kept() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e2", &at(1));
    for (field, typed) in [(Field::Active, "x"), (Field::Steps, "many")] {
        go_to(&mut person, field);
        strike(&mut person, &[Key::ctrl('u')]);
        person.press(typed, &at(1));
    }
    go_to(&mut person, Field::Tags);
    person.press("sofa", &at(1));
    leave(&mut person);
    let (set, unset) = written(&person);
    let expected = serde_json::json!({
        "pain_before": 2, "tags": ["sofa"], "note": "Time done: x\nSteps done: many"
    });
    assert_eq!((set, unset), (expected, Vec::new()));
}

#[test]
fn what_the_note_has_no_room_for_is_told() {
    let mut person = person();
    person.press("l6n", &at(1));
    person.tell(Msg::Paste("x".repeat(NOTE_MAX)), &at(1));
    go_to(&mut person, Field::When);
    person.press("25:99", &at(1));
    leave(&mut person);
    assert_eq!(written(&person).0["pain"], 6);
    let said = said(&person).join("\n");
    assert!(said.contains("this was to be kept: When: 25:99"), "{said}");
}

#[test]
fn a_time_alone_is_told_and_makes_no_entry() {
    for typed in ["21:30", "25:99"] {
        let mut person = person();
        person.press("l", &at(1));
        go_to(&mut person, Field::When);
        person.press(typed, &at(1));
        leave(&mut person);
        assert!(person.asks().is_empty());
        let said = said(&person).join("\n");
        assert!(said.ends_with(&format!("When: {typed}")), "{said}");
    }
}

#[test]
fn what_becomes_a_new_entry_since_the_other_is_gone_says_so() {
    let mut person = person();
    let rec = with_entry(&mut person, SESSION);
    person.press("en words", &at(1));
    take_away(&mut person, &rec);
    leave(&mut person);
    let said = said(&person).join("\n");
    assert!(said.contains("note, as a new entry, since"), "{said}");
}

#[test]
fn what_finds_its_entry_gone_only_on_the_way_out_is_told_in_full() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("en words", &at(1));
    person.tell(Msg::Leave(130), &at(2));
    let ticket = person.asks().last().and_then(|ask| ask.ticket());
    let nothing = Told::Nothing(ticket.expect("a ticket"), "no such entry".into());
    person.tell(Msg::Told(nothing), &at(3));
    let said = said(&person).join("\n");
    assert!(said.ends_with("to be kept: Note:  words"), "{said}");
}

#[test]
fn a_change_that_would_leave_nothing_is_not_written_on_the_way_out_either() {
    let mut person = person();
    let bare = r#"{"kind":"check-in","started_at":"2026-11-22T21:30:40+01:00","pain":3}"#;
    with_entry(&mut person, bare);
    person.press("e", &at(1));
    strike(&mut person, &[on(Code::Delete)]);
    leave(&mut person);
    assert!(person.asks().is_empty());
}

#[test]
fn numbers_that_are_hidden_are_not_told_on_the_way_out() {
    let mut person = person();
    person.press("3vl6", &at(1));
    leave(&mut person);
    let said = said(&person).join("\n");
    assert!(said.starts_with("saved what was typed: pain;"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whoever_leaves_at_once_with_something_typed_hears_of_it(
        keys in prop::collection::vec(any_key(), 0..60),
        changes in any::<bool>(),
    ) {
        let mut person = person();
        with_entry(&mut person, SESSION);
        person.press(if changes { "e" } else { "l" }, &at(1));
        for key in keys {
            if let Some(msg) = keys::message(person.app.context(), key) {
                let before = person.app.overlays.clone();
                person.tell(msg, &at(1));
                if !matches!(person.app.overlays.last(), Some(Overlay::CheckIn(_))) {
                    person.app.overlays = before;
                    person.effects.clear();
                }
            }
        }
        person.effects.clear();
        let typed = |row: &Row| row.is_changed() && !row.is_taken_away();
        let touched = form(&person).rows.iter().any(typed);
        leave(&mut person);
        prop_assert!(!touched || !said(&person).is_empty());
    }
}
