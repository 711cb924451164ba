//! The screen that says what to do now, as a person meets it.

use super::*;
use crate::app::overlay::suggest::{FIELDS, SuggestForm};
use crate::domain::routine::{Routine, RoutineItem};

/// The screen on top.
fn form(person: &Person) -> &SuggestForm {
    match person.app.overlays.last() {
        Some(Overlay::Suggest(form)) => form,
        other => panic!("{other:?}"),
    }
}

fn offered(person: &Person) -> Vec<&str> {
    let offered = form(person).offered.iter();
    offered.map(|one| one.slug.as_str()).collect()
}

fn timeline(person: &Person) -> &Timeline {
    &person.app.run().expect("a session").session.timeline
}

/// The two techniques, and a routine of them.
fn with_a_routine() -> Library {
    let item = |slug: &str| RoutineItem {
        technique: slug.into(),
        factor: 1.0,
        last_line: None,
    };
    let routine = Routine {
        slug: "both".into(),
        name: "Both".into(),
        order: 1,
        summary: String::new(),
        why: String::new(),
        total_s: 48,
        occasion: None,
        sources: Vec::new(),
        items: vec![item("palm-press"), item("thumb-hold")],
        own: false,
    };
    let mut library = library();
    library.add(Vec::new(), vec![routine]);
    library
}

#[test]
fn three_keys_start_the_best_suggestion() {
    let mut person = Person::new(Setup::default());
    person.press("o\n\n", &at(1));
    assert_eq!(person.app.context(), Context::Rating);
    person.press("63", &at(2));
    assert_eq!(
        timeline(&person).title,
        Title::Technique("palm-press".into())
    );
}

#[test]
fn a_side_is_where_the_session_begins() {
    let mut person = Person::new(Setup::default());
    // Down to the side, left, right.
    person.press("ojjjll\n", &at(1));
    let one = form(&person).selected().expect("a suggestion");
    assert_eq!(one.side, Some(Side::Right));
    person.press("\n\n", &at(2));
    assert_eq!(timeline(&person).side_first, Side::Right);
    // Chosen in the library afterwards, nothing of it is left.
    person.press("xd", &at(3));
    person.press("\n\n", &at(4));
    assert_eq!(timeline(&person).side_first, Side::Left);
}

#[test]
fn pain_said_there_is_the_rating_and_only_stress_is_asked() {
    let mut person = Person::new(Setup::default());
    person.press("o4\n\n", &at(1));
    assert_eq!(person.app.context(), Context::Rating);
    person.press("3", &at(2));
    let [Ask::StartSession { set, .. }] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    let value = |name| set.get(name).map(serde_json::value::RawValue::get);
    assert_eq!(
        (value("pain_before"), value("stress_before")),
        (Some("4"), Some("3"))
    );
}

#[test]
fn pain_said_there_is_kept_where_no_ratings_are_asked() {
    let mut person = Person::new(Setup {
        no_rating: true,
        ..Setup::default()
    });
    person.press("o4\n\n", &at(1));
    let [Ask::StartSession { set, .. }] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    assert!(set.get("pain_before").is_some() && set.get("stress_before").is_none());
}

#[test]
fn wishes_are_remembered_but_pain_is_not() {
    let mut person = Person::new(Setup::default());
    person.press("ol5\x1b", &at(1));
    assert!(person.app.overlays.is_empty());
    person.press("o", &at(2));
    assert_eq!(form(&person).wish.filter.minutes, Some(2));
    assert_eq!(form(&person).wish.pain, None);
    // 'c' clears the wish of its row; on a suggestion all of them.
    person.press("c", &at(3));
    assert_eq!(form(&person).wish.filter.minutes, None);
    person.press("l\nc", &at(4));
    assert_eq!(form(&person).wish, crate::domain::suggest::Wish::default());
}

#[test]
fn t_is_ten_and_what_a_change_takes_away_takes_the_keys_along() {
    let mut person = Person::new(Setup::default());
    person.press("oG", &at(1));
    assert_eq!(form(&person).row, FIELDS.len() + 1);
    person.press("t", &at(2));
    assert_eq!(form(&person).wish.pain, scale(10));
    assert_eq!(form(&person).row, FIELDS.len() - 1);
    person.press("hh", &at(3));
    assert_eq!(form(&person).wish.pain, scale(8));
    person.press("\n", &at(4));
    assert!(form(&person).selected().is_some());
}

#[test]
fn a_suggestion_can_be_queued_and_so_can_a_routine() {
    let mut person = Person::new(Setup::default());
    person.app.library = with_a_routine();
    person.press("o", &at(1));
    assert_eq!(offered(&person), ["palm-press", "both", "thumb-hold"]);
    person.press("A", &at(1));
    assert!(person.notice().contains("Go down"), "{}", person.notice());
    person.press("\njA\x1b", &at(2));
    assert_eq!(person.app.library_pane.queue, ["both"]);
    person.press(" \n", &at(3));
    assert_eq!(timeline(&person).title, Title::Routine("both".into()));
    assert!(
        person.app.library_pane.queue.is_empty(),
        "it was the queue that started"
    );
}

#[test]
fn a_queue_takes_routines_from_the_library_too() {
    let mut person = Person::new(Setup::default());
    person.app.library = with_a_routine();
    person.app.library_pane.refresh(&with_a_routine());
    let library = with_a_routine();
    person.app.library_pane.select_slug(&library, "both");
    person.press("A", &at(1));
    person.app.library_pane.select_slug(&library, "palm-press");
    person.press("A \n", &at(2));
    let queue = vec!["both".to_owned(), "palm-press".to_owned()];
    assert_eq!(timeline(&person).title, Title::Queue(queue));
    assert_eq!(timeline(&person).items.len(), 3);
    assert!(person.app.library_pane.queue.is_empty());
}

#[test]
fn started_without_a_name_the_app_opens_with_suggestions_once_the_log_is_read() {
    let setup = Setup {
        suggest: true,
        side: Some(Side::Right),
        profile: answered(),
        ..Setup::default()
    };
    let mut person = Person::with(setup);
    assert!(
        whole(&form(&person).why_none).contains("Reading"),
        "{:?}",
        form(&person)
    );
    person.tell(Msg::Told(Told::Log(LogChange::Whole(Vec::new()))), &at(1));
    assert_eq!(offered(&person), ["palm-press", "thumb-hold"]);
    let halved = form(&person).offered[0].real_s;
    assert!(
        form(&person).offered[0].reason.contains("first week"),
        "{halved}"
    );
    person.press("\n\n\n", &at(2));
    assert_eq!(timeline(&person).side_first, Side::Right);
    assert_eq!(timeline(&person).real_s(), halved);
}

#[test]
fn ratings_given_with_the_command_are_not_asked_again() {
    let before = Ratings {
        pain: scale(5),
        stress: scale(2),
    };
    let mut person = Person::new(Setup {
        suggest: true,
        before: Some(before),
        ..Setup::default()
    });
    assert_eq!(form(&person).wish.pain, scale(5));
    person.press("6\n\n", &at(1));
    let run = person.app.run().expect("it runs");
    assert_eq!((run.before.pain, run.before.stress), (scale(6), scale(2)));
}

#[test]
fn questions_that_are_due_come_first_and_the_suggestions_after_them() {
    let mut person = Person::with(Setup {
        suggest: true,
        library: library(),
        ..Setup::default()
    });
    person.tell(Msg::Told(Told::Log(LogChange::Whole(Vec::new()))), &at(1));
    assert_eq!(person.app.context(), Context::Checklist);
    person.press("\x1b", &at(2));
    assert!(whole(&form(&person).why_none).contains("safety questions"));
    person.press("\n\n", &at(3));
    assert!(person.app.run().is_none());
    person.press("S", &at(4));
    assert_eq!(person.app.context(), Context::Checklist);
    person.press("\n\n\n", &at(5));
    assert_eq!(offered(&person).len(), 2);
}

#[test]
fn while_a_session_runs_there_is_nothing_to_suggest() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n1o", &at(1));
    assert!(person.app.overlays.is_empty());
    assert!(person.notice().contains("under way"));
}
