//! A session becomes a queue, and its parts come, go and change.

use super::session::{TWO, with_techniques};
use super::*;

fn opened(entry: &str, field: Field) -> Person {
    let mut person = with_techniques();
    with_entry(&mut person, entry);
    person.press("e", &at(1));
    go_to(&mut person, field);
    person
}

fn chosen(person: &Person) -> Vec<String> {
    match form(person).row().content() {
        Content::What(what) => what.into_iter().map(|one| one.slug).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_plus_goes_on_to_a_second_one_which_makes_a_queue() {
    let mut person = opened(SESSION, Field::What);
    person.press("+six+slow", &at(1));
    assert_eq!(
        chosen(&person),
        ["palm-press", "six-breaths", "slow-breaths"]
    );
    strike(&mut person, &[Key::ctrl('u'), on(Code::Backspace)]);
    assert_eq!(chosen(&person), ["palm-press", "six-breaths"]);
    strike(&mut person, &[SAVE]);
    let (set, unset) = written(&person);
    let queue = serde_json::json!({"queue": ["palm-press", "six-breaths"]});
    assert_eq!(
        (set, unset),
        (queue, vec!["technique".into(), "items".into()])
    );
}

#[test]
fn a_queue_of_one_is_that_technique_and_the_last_one_stays() {
    let queue = r#"{"kind":"session","started_at":"2026-11-22T21:30:40+01:00","status":"finished",
        "queue":["six-breaths","gone"]}"#;
    let mut person = opened(queue, Field::What);
    assert_eq!(chosen(&person), ["six-breaths", "gone"]);
    strike(&mut person, &[on(Code::Backspace), on(Code::Backspace)]);
    assert_eq!(chosen(&person), ["six-breaths"]);
    strike(&mut person, &[SAVE]);
    let set = serde_json::json!({"technique": "six-breaths"});
    assert_eq!(written(&person), (set, vec!["queue".to_owned()]));
}

#[test]
fn a_plus_alone_changes_nothing_and_one_that_chooses_nothing_is_refused() {
    let mut person = opened(SESSION, Field::What);
    person.press("+", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(person.notice(), "Nothing was changed.");
    let mut person = opened(SESSION, Field::What);
    person.press("breaths+", &at(1));
    assert!(
        person.notice().contains("Not chosen"),
        "{}",
        person.notice()
    );
    assert_eq!(chosen(&person), ["palm-press"]);
}

#[test]
fn the_planned_time_of_a_part_changes_with_the_whole() {
    for typed in ["1:30of2:00", "90s/2m", "1:30 of 2:00"] {
        let mut person = opened(TWO, Field::Part(1));
        strike(&mut person, &[Key::ctrl('u')]);
        person.press(typed, &at(1));
        strike(&mut person, &[SAVE]);
        let (set, unset) = written(&person);
        let part =
            serde_json::json!({"technique":"gone","planned_s":120,"active_s":90,"done":false});
        assert_eq!((&set["items"][1], unset), (&part, Vec::new()), "{typed}");
        let whole = (&set["active_s"], &set["planned_s"]);
        assert_eq!(whole, (&290.into(), &420.into()));
    }
}

#[test]
fn the_same_times_in_other_words_change_nothing() {
    let mut person = opened(TWO, Field::Part(1));
    strike(&mut person, &[Key::ctrl('u')]);
    person.press("49s/100s", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(person.notice(), "Nothing was changed.");
}

#[test]
fn an_emptied_part_is_taken_away_but_not_the_last() {
    let mut person = opened(TWO, Field::Part(0));
    strike(&mut person, &[Key::ctrl('u')]);
    assert!(form(&person).row().is_taken_away());
    go_to(&mut person, Field::Part(1));
    strike(&mut person, &[Key::ctrl('u'), SAVE]);
    assert!(person.asks().is_empty());
    assert!(person.notice().contains("keeps one"), "{}", person.notice());
    person.press("49s", &at(1));
    strike(&mut person, &[SAVE]);
    let set = serde_json::json!({
        "items": [{"technique": "gone", "planned_s": 100, "active_s": 49, "done": false}],
        "active_s": 49,
        "planned_s": 100,
    });
    assert_eq!(written(&person), (set, Vec::new()));
}

#[test]
fn one_more_part_has_its_planned_time_and_asks_how_long_it_was_done() {
    let mut person = opened(TWO, Field::MorePart);
    person.press("six\n", &at(1));
    assert_eq!(form(&person).row().field, Field::Added(0));
    strike(&mut person, &[SAVE]);
    assert!(person.asks().is_empty());
    assert!(person.notice().contains("How long"), "{}", person.notice());
    person.press("0:15 ", &at(1));
    strike(&mut person, &[SAVE]);
    let (set, _) = written(&person);
    let part =
        serde_json::json!({"technique":"six-breaths","planned_s":20,"active_s":15,"done":true});
    assert_eq!(set["items"][2], part);
    let whole = (&set["active_s"], &set["planned_s"]);
    assert_eq!(whole, (&264.into(), &420.into()));
}

#[test]
fn a_part_that_is_added_and_taken_away_again_changes_nothing() {
    let mut person = opened(TWO, Field::MorePart);
    person.press("six\t", &at(1));
    strike(&mut person, &[on(Code::Backspace), SAVE]);
    assert_eq!(person.notice(), "Nothing was changed.");
}

#[test]
fn a_part_that_is_chosen_but_not_added_is_not_lost() {
    let mut person = opened(TWO, Field::MorePart);
    person.press("six", &at(1));
    strike(&mut person, &[on(Code::BackTab), SAVE]);
    assert!(person.asks().is_empty());
    assert!(person.notice().contains("Not added"), "{}", person.notice());
    assert_eq!(form(&person).row().field, Field::MorePart);
}

#[test]
fn what_is_said_of_the_whole_besides_stays_when_parts_come() {
    let mut person = opened(TWO, Field::Active);
    strike(&mut person, &[Key::ctrl('u')]);
    person.press("9m", &at(1));
    go_to(&mut person, Field::MorePart);
    person.press("slow\n0:20", &at(1));
    strike(&mut person, &[SAVE]);
    let (set, _) = written(&person);
    assert_eq!(
        (&set["active_s"], &set["planned_s"]),
        (&540.into(), &420.into())
    );
}

#[test]
fn a_part_that_is_being_added_stays_when_the_entry_changes_elsewhere() {
    let mut person = opened(TWO, Field::MorePart);
    person.press("six\n0:15", &at(1));
    put_entry(&mut person, &TWO.replace("the phone", "the door"));
    assert_eq!(form(&person).row().field, Field::Added(0));
    strike(&mut person, &[SAVE]);
    assert_eq!(written(&person).0["items"][2]["active_s"], 15);
}

#[test]
fn a_session_of_one_technique_has_no_row_for_more_parts() {
    let mut person = with_techniques();
    with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    assert!(form(&person).find(Field::MorePart).is_none());
}

#[test]
fn leaving_at_once_keeps_the_name_of_a_part_whose_time_is_still_asked_for() {
    let mut person = opened(TWO, Field::MorePart);
    person.press("six\n", &at(1));
    go_to(&mut person, Field::Part(0));
    person.press(" ", &at(1));
    person.tell(Msg::Leave(143), &at(2));
    let (set, _) = written(&person);
    assert_eq!(set["items"][0]["done"], false);
    assert_eq!(set["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(set["note"], "New part: six breaths, of 0:20, not done");
}
