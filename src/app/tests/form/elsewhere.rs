//! The entry is changed or deleted elsewhere while its form is open.

use super::*;

#[test]
fn an_entry_changed_elsewhere_meanwhile_keeps_that_change() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e2", &at(1));
    put_entry(
        &mut person,
        &SESSION.replace(r#""pain_after":4"#, r#""pain_after":9"#),
    );
    strike(&mut person, &[SAVE]);
    let only = serde_json::json!({"pain_before": 2});
    assert_eq!(written(&person), (only, Vec::new()));
}

#[test]
fn what_was_typed_about_an_entry_that_is_gone_stays_in_the_form() {
    let mut person = person();
    let rec = with_entry(&mut person, SESSION);
    person.press("en typed words", &at(1));
    take_away(&mut person, &rec);
    strike(&mut person, &[SAVE]);
    assert!(person.asks().is_empty());
    assert!(
        person.notice().contains("deleted elsewhere"),
        "{}",
        person.notice()
    );
    let Held::Note(note) = &form(&person).row().value else {
        panic!("not the note")
    };
    assert_eq!(note.text(), " typed words");
}

#[test]
fn an_edit_that_finds_its_entry_gone_gives_the_form_back() {
    let mut person = person();
    let rec = with_entry(&mut person, SESSION);
    person.press("en typed words", &at(1));
    strike(&mut person, &[SAVE]);
    assert!(person.app.overlays.is_empty());
    let ticket = person.asks().last().and_then(|ask| ask.ticket());
    let ticket = ticket.expect("a ticket");
    take_away(&mut person, &rec);
    let nothing = Told::Nothing(ticket, "no such entry".into());
    person.tell(Msg::Told(nothing), &at(2));
    assert!(
        person.notice().contains("deleted elsewhere"),
        "{}",
        person.notice()
    );
    assert!(form(&person).is_touched());
    // What was saved is not kept.
    person.press("\x1bd", &at(3));
    person.press("l4\n", &at(3));
    let ticket = person.asks().last().and_then(|ask| ask.ticket());
    let ticket = ticket.expect("a ticket");
    let (rec, note) = (Id::new("new"), String::new());
    person.tell(Msg::Told(Told::Saved { ticket, rec, note }), &at(4));
    assert!(person.app.sent_forms.is_empty());
}

const CTRL_N: Key = Key::ctrl('n');

#[test]
fn a_field_that_was_not_touched_follows_what_is_written_elsewhere_and_the_keys_stay() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    go_to(&mut person, Field::Active);
    let other = SESSION.replace(r#""pain_after":4"#, r#""pain_after":9,"newer":2"#);
    put_entry(&mut person, &other);
    assert_eq!(form(&person).row().field, Field::Active);
    let after = form(&person)
        .find(Field::Scale(ScaleField::PainAfter))
        .map(Row::content);
    assert_eq!(after, scale(9).map(Content::Scale));
    assert!(!form(&person).is_touched());
    assert!(form(&person).rows.iter().any(|row| row.name == "newer"));
    assert_eq!(
        person.notice(),
        "",
        "nothing of the person's is in question"
    );
}

#[test]
fn a_field_that_was_changed_here_and_elsewhere_says_so_and_saving_keeps_what_stands_here() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e2", &at(1));
    let pain =
        |value: u8| SESSION.replace(r#""pain_before":6"#, &format!(r#""pain_before":{value}"#));
    put_entry(&mut person, &pain(7));
    assert!(person.notice().contains("elsewhere"), "{}", person.notice());
    let row = |person: &Person| {
        form(person)
            .find(Field::Scale(ScaleField::PainBefore))
            .expect("pain")
            .clone()
    };
    assert_eq!(row(&person).elsewhere, scale(7).map(Content::Scale));
    assert_eq!(row(&person).content(), Content::Scale(scale(2).expect("2")));
    // The same as here is no difference any more.
    put_entry(&mut person, &pain(2));
    assert!(row(&person).elsewhere.is_none() && !form(&person).is_touched());
    go_to(&mut person, Field::Scale(ScaleField::PainBefore));
    person.press("3", &at(2));
    put_entry(&mut person, &pain(8));
    strike(&mut person, &[SAVE]);
    let only = serde_json::json!({"pain_before": 3});
    assert_eq!(written(&person), (only, Vec::new()));
}

#[test]
fn what_was_taken_away_here_and_changed_elsewhere_says_so_too() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    strike(&mut person, &[on(Code::Delete)]);
    put_entry(
        &mut person,
        &SESSION.replace(r#""pain_before":6"#, r#""pain_before":7"#),
    );
    assert!(person.notice().contains("elsewhere"), "{}", person.notice());
    // And what is changed behind the question whether to leave.
    person.press("\x1b", &at(1));
    put_entry(
        &mut person,
        &SESSION.replace(r#""pain_before":6"#, r#""pain_before":8"#),
    );
    person.press("k", &at(2));
    assert_eq!(written(&person).1, ["pain_before"]);
}

#[test]
fn an_entry_deleted_elsewhere_is_saved_anew_with_all_that_it_said_and_what_was_typed() {
    let mut person = person();
    let rec = with_entry(&mut person, SESSION);
    person.press("e2n and more", &at(1));
    strike(&mut person, &[CTRL_N]);
    assert!(
        person.asks().is_empty(),
        "as long as it is there, it is changed"
    );
    take_away(&mut person, &rec);
    assert!(
        person.notice().contains("<save-as-new>"),
        "{}",
        person.notice()
    );
    assert!(form(&person).is_gone);
    strike(&mut person, &[CTRL_N]);
    assert!(matches!(
        person.asks().last(),
        Some(Ask::Write(_, Act::Add { .. }))
    ));
    let (set, _) = written(&person);
    let mut expected: serde_json::Value = serde_json::from_str(SESSION).expect("JSON");
    expected["pain_before"] = 2.into();
    expected["note"] = " and more".into();
    assert_eq!(set, expected);
    assert!(person.app.overlays.is_empty());
}

#[test]
fn an_entry_that_comes_back_is_changed_as_before() {
    let mut person = person();
    let rec = with_entry(&mut person, SESSION);
    person.press("e2", &at(1));
    take_away(&mut person, &rec);
    put_entry(&mut person, SESSION);
    assert!(!form(&person).is_gone);
    strike(&mut person, &[SAVE]);
    assert_eq!(written(&person).0, serde_json::json!({"pain_before": 2}));
}

#[test]
fn who_leaves_at_once_loses_nothing_of_what_was_typed_about_an_entry_that_is_gone() {
    let mut person = person();
    let rec = with_entry(&mut person, SESSION);
    person.press("en words", &at(1));
    take_away(&mut person, &rec);
    person.tell(Msg::Leave(130), &at(2));
    assert_eq!(written(&person).0["note"], " words");
}

#[test]
fn a_part_that_became_another_elsewhere_does_not_take_what_was_typed_for_the_first() {
    let two = |first: &str, second: &str| {
        format!(
            r#"{{"kind":"session","started_at":"2026-11-22T21:30:40+01:00","routine":"desk-reset","status":"finished",
            "items":[{{"technique":"{first}","planned_s":60,"active_s":60,"done":true}},
            {{"technique":"{second}","planned_s":60,"active_s":60,"done":true}}]}}"#
        )
    };
    let mut person = person();
    with_entry(&mut person, &two("one", "other"));
    person.press("e", &at(1));
    go_to(&mut person, Field::Part(0));
    person.press(" ", &at(1));
    put_entry(&mut person, &two("other", "one"));
    assert!(
        person.notice().contains("there no more"),
        "{}",
        person.notice()
    );
    let names: Vec<String> = (form(&person).rows.iter())
        .filter_map(|row| match &row.value {
            Held::Part(part) => Some(part.name.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["other", "one"]);
    strike(&mut person, &[SAVE]);
    assert_eq!(person.notice(), "Nothing was changed.");
}
