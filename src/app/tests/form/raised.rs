//! What an entry that is saved asks for a second look at.

use super::*;

#[test]
fn an_edit_that_raises_a_safety_sign_asks_at_once_though_all_was_answered_since() {
    let mut person = person();
    with_entry(
        &mut person,
        r#"{"kind":"check-in","started_at":"2026-11-01T10:00:00+01:00","pain":4,"regions":["sacrum"]}"#,
    );
    person.press("e", &at(1));
    go_to(&mut person, Field::Words(WordField::Qualities));
    person.press("n ", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(
        written(&person).0,
        serde_json::json!({"qualities": ["numb"]})
    );
    let Some(Overlay::Checklist(list)) = person.app.overlays.last() else {
        panic!("{:?}", person.app.overlays)
    };
    assert!(list.rows.iter().any(|row| row.id == "E1"));
    assert!(person.notice().contains("numb"), "{}", person.notice());
    // What it had raised before does not come again.
    person.press("\n", &at(2));
    assert!(person.app.raised.is_empty());
}

#[test]
fn what_an_entry_raised_already_is_not_raised_again_by_a_change_of_something_else() {
    let mut person = person();
    let numb = r#"{"kind":"check-in","started_at":"2026-11-01T10:00:00+01:00","pain":4,
        "regions":["sacrum"],"qualities":["numb"]}"#;
    with_entry(&mut person, numb);
    person.press("e2", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(written(&person).0, serde_json::json!({"pain": 2}));
    assert!(person.app.overlays.is_empty());
}

#[test]
fn what_can_wait_is_told_and_asked_before_the_next_session() {
    let mut person = person();
    with_entry(
        &mut person,
        r#"{"kind":"check-in","started_at":"2026-11-01T10:00:00+01:00","pain":4}"#,
    );
    person.press("e", &at(1));
    go_to(&mut person, Field::Words(WordField::Qualities));
    // Past 'tight' and 'throbbing'.
    person.press("ttt ", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(
        written(&person).0,
        serde_json::json!({"qualities": ["tingling"]})
    );
    assert!(
        person.notice().contains("before the next session"),
        "{}",
        person.notice()
    );
    assert!(person.app.overlays.is_empty());
    person.press("1\n", &at(2));
    let Some(Overlay::Checklist(list)) = person.app.overlays.last() else {
        panic!("{:?}", person.app.overlays)
    };
    assert!(list.rows.iter().any(|row| row.id == "U8"));
}

#[test]
fn an_urgent_sign_logged_during_a_session_stops_its_clock() {
    let mut person = person();
    person.press("\n\n", &at(0)).wait(1, 7);
    assert_eq!(person.app.context(), Context::Running);
    person.press("l", &at(8));
    go_to(&mut person, Field::Where);
    person.press("ss", &at(8));
    let Held::Places(places) = &form(&person).row().value else {
        panic!("not the places")
    };
    assert_eq!(places.spot().map(|spot| &*spot.id), Some("sacrum"));
    person.press(" ", &at(8));
    go_to(&mut person, Field::Words(WordField::Qualities));
    person.press("n ", &at(8));
    strike(&mut person, &[SAVE]);
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Checklist(_))
    ));
    let run = person.app.run().expect("the session");
    assert_eq!(run.session.next_change(), None, "it stands still");
}

/// Four check-ins of pain 2 in the days before.
fn with_a_calm_week(person: &mut Person) {
    let put = (19..23).map(|day| {
        let mut fields = Fields::default();
        fields.put("kind", "check-in");
        fields.put("started_at", &format!("2026-11-{day}T10:00:00+01:00"));
        fields.put("pain", &2);
        Entry::read(Id::new(&format!("day {day}")), &fields, Marks::default())
    });
    let (put, gone) = (put.collect(), Vec::new());
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(0));
}

#[test]
fn a_jump_of_pain_is_told_however_it_is_saved() {
    let mut person = person();
    with_a_calm_week(&mut person);
    person.press("l5\n", &at(1));
    assert_eq!(person.notice(), "", "three more is no jump");
    person.press("l8\n", &at(1));
    assert!(
        person.notice().contains("above the middle"),
        "{}",
        person.notice()
    );
    // By a change as well; but not again by a change of something else.
    person.app.raised.clear();
    person.press("3e8", &at(2));
    strike(&mut person, &[SAVE]);
    assert!(
        person.notice().contains("above the middle"),
        "{}",
        person.notice()
    );
    let jump = r#"{"kind":"check-in","started_at":"2026-11-23T09:00:00+01:00","pain":9}"#;
    with_entry(&mut person, jump);
    person.press("e", &at(3));
    go_to(&mut person, Field::Note);
    person.press("x", &at(3));
    strike(&mut person, &[SAVE]);
    assert_eq!(person.notice(), "");
}

#[test]
fn what_a_change_raised_is_asked_after_a_restart_too_until_it_is_answered() {
    let mut person = person();
    let old = r#"{"kind":"check-in","started_at":"2026-11-01T10:00:00+01:00","pain":4}"#;
    with_entry(&mut person, old);
    person.press("e", &at(1));
    go_to(&mut person, Field::Words(WordField::Qualities));
    person.press("ttt ", &at(1));
    strike(&mut person, &[SAVE]);
    let marks = |person: &Person| -> std::collections::BTreeSet<String> {
        let marks = person.asks().into_iter().filter_map(|ask| match ask {
            Ask::Seen(mark) => Some(mark.clone()),
            _ => None,
        });
        marks.collect()
    };
    let seen = marks(&person);
    assert!(seen.iter().any(|mark| mark.ends_with(" U8")), "{seen:?}");
    // The words are the log's alone.
    assert!(
        seen.iter().all(|mark| !mark.contains("tingling")),
        "{seen:?}"
    );
    let mut later = super::person();
    later.tell(Msg::Told(Told::SeenBefore(seen)), &at(2));
    later.press("1\n", &at(2));
    let Some(Overlay::Checklist(list)) = later.app.overlays.last() else {
        panic!("{:?}", later.app.overlays)
    };
    assert!(list.rows.iter().any(|row| row.id == "U8"));
    later.press("\n", &at(3));
    let unseen = later
        .asks()
        .into_iter()
        .filter(|ask| matches!(ask, Ask::Unseen(_)));
    assert_eq!(unseen.count(), 2);
    assert!(later.app.raised.is_empty());
}
