//! Changing what is in the log: only what was changed is written.

use super::*;

#[test]
fn an_edit_writes_only_what_was_changed() {
    let mut person = person();
    let rec = with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    // Pain before, then after; the stress that cannot be read stays.
    strike(&mut person, &[on(Code::Tab)]);
    person.press("3", &at(1));
    strike(&mut person, &[SAVE]);
    let asks = person.asks();
    let Some(Ask::Write(_, Act::Edit { rec: edited, .. })) = asks.last() else {
        panic!("{asks:?}")
    };
    assert_eq!(*edited, rec);
    assert_eq!(
        written(&person),
        (serde_json::json!({"pain_after": 3}), Vec::new())
    );
}

#[test]
fn what_is_cleared_is_taken_away_also_where_it_could_not_be_read() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    strike(
        &mut person,
        &[
            on(Code::Backspace),
            on(Code::Tab),
            on(Code::Tab),
            on(Code::Delete),
        ],
    );
    strike(&mut person, &[SAVE]);
    let unset = vec!["pain_before".to_owned(), "stress_before".to_owned()];
    assert_eq!(written(&person), (serde_json::json!({}), unset));
}

#[test]
fn a_check_in_that_would_say_nothing_is_refused_and_the_form_stays() {
    let mut person = person();
    let only_pain =
        r#"{"kind":"check-in","started_at":"2026-11-01T10:00:00+01:00","pain":4,"stress":"odd"}"#;
    with_entry(&mut person, only_pain);
    person.press("e", &at(1));
    strike(&mut person, &[on(Code::Backspace), on(Code::Tab)]);
    strike(&mut person, &[on(Code::Delete), SAVE]);
    assert!(person.asks().is_empty());
    assert!(
        person.notice().contains("says nothing"),
        "{}",
        person.notice()
    );
    person.press("3\n", &at(1));
    let (set, unset) = written(&person);
    assert_eq!((&set["stress"], unset), (&3.into(), vec!["pain".into()]));
    // A session says what it was.
    person.effects.clear();
    let bare = r#"{"kind":"session","started_at":"2026-11-01T10:00:00+01:00","pain_before":4}"#;
    with_entry(&mut person, bare);
    person.press("e", &at(2));
    strike(&mut person, &[on(Code::Backspace), SAVE]);
    assert_eq!(written(&person).1, ["pain_before"]);
}

#[test]
fn nothing_changed_is_nothing_written() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e\n", &at(1));
    assert!(person.asks().is_empty());
    assert_eq!(person.notice(), "Nothing was changed.");
    // A blank more says nothing.
    person.press("e", &at(1));
    go_to(&mut person, Field::When);
    person.press(" \n", &at(1));
    assert!(person.asks().is_empty(), "{:?}", person.asks());
    assert_eq!(person.notice(), "Nothing was changed.");
    // A word left out and taken again is as it was.
    person.press("e", &at(1));
    go_to(&mut person, Field::Words(WordField::Qualities));
    person.press("a a ", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(person.notice(), "Nothing was changed.");
}

#[test]
fn a_session_that_is_changed_keeps_the_offset_in_which_it_was_lived() {
    let mut person = person();
    with_entry(&mut person, &SESSION.replace("+01:00", "+09:00"));
    person.press("e", &at(1));
    let row = form(&person).find(Field::When).expect("when");
    let Held::Line(line) = &row.value else {
        panic!("{row:?}")
    };
    assert_eq!(line.text(), "2026-11-22 21:30+09:00");
}

const PEG: &str =
    r#"{"kind":"questionnaire","started_at":"2026-11-22T21:30:40+01:00","peg":[1,2,3]}"#;

#[test]
fn a_questionnaire_is_changed_answer_by_answer_and_written_as_a_whole() {
    let mut person = person();
    with_entry(&mut person, PEG);
    person.press("e4", &at(1));
    go_to(&mut person, Field::RolandMorris);
    person.press("25", &at(1));
    strike(&mut person, &[SAVE]);
    assert!(person.notice().contains("0 to 24"), "{}", person.notice());
    strike(&mut person, &[on(Code::Backspace), SAVE]);
    let set = serde_json::json!({"peg": [4, 2, 3], "roland_morris": 2});
    assert_eq!(written(&person), (set, Vec::new()));
}

#[test]
fn an_answer_that_is_missing_is_told_and_all_of_them_may_go() {
    let mut person = person();
    with_entry(&mut person, PEG);
    person.press("enote", &at(1));
    go_to(&mut person, Field::Peg(1));
    strike(&mut person, &[on(Code::Delete), SAVE]);
    assert!(person.asks().is_empty());
    assert!(person.notice().contains("three"), "{}", person.notice());
    for at in [0, 2] {
        go_to(&mut person, Field::Peg(at));
        strike(&mut person, &[on(Code::Delete)]);
    }
    strike(&mut person, &[SAVE]);
    let set = serde_json::json!({"note": "ote"});
    assert_eq!(written(&person), (set, vec!["peg".to_owned()]));
}

#[test]
fn a_plan_is_a_text_and_one_that_is_none_is_kept() {
    let mut person = person();
    let plan = r#"{"kind":"plan","started_at":"2026-11-22T21:30:40+01:00","plan":"walk"}"#;
    with_entry(&mut person, plan);
    person.press("e more\n", &at(1));
    let set = serde_json::json!({"plan": "walk more"});
    assert_eq!(written(&person), (set, Vec::new()));
    let odd = plan.replace("\"walk\"", r#"{"weeks":2}"#);
    put_entry(&mut person, &odd);
    person.press("e", &at(2));
    assert_eq!(form(&person).row().odd.as_deref(), Some(r#"{"weeks":2}"#));
    go_to(&mut person, Field::Note);
    person.press("x", &at(2));
    strike(&mut person, &[SAVE]);
    assert_eq!(written(&person).0, serde_json::json!({"note": "x"}));
}

#[test]
fn what_this_version_does_not_know_is_shown_kept_and_can_be_taken_away() {
    let mut person = person();
    let odd = r#"{"kind":"check-in","started_at":"2026-11-22T21:30:40+01:00","pain":4,
        "future":{"a":1},"active_s":"long","pain_before":3}"#;
    with_entry(&mut person, odd);
    person.press("e", &at(1));
    let own = Field::of(form(&person).kind).len();
    let found: Vec<String> = form(&person).rows[own..].iter().map(Row::label).collect();
    assert_eq!(found, ["Pain before", "Time done", "future"]);
    go_to(&mut person, Field::Kept);
    assert_eq!(
        form(&person).row().content(),
        Content::Text(r#"{"a":1}"#.into())
    );
    person.press("  5\n", &at(1));
    assert_eq!(person.notice(), "Nothing was changed.");
    person.press("e", &at(2));
    go_to(&mut person, Field::Kept);
    person.press(" \n", &at(2));
    let unset = vec!["future".to_owned()];
    assert_eq!(written(&person), (serde_json::json!({}), unset));
}
