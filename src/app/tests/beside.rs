//! The app open for a while only: beside a command, or for one session.

use super::*;
use crate::domain::cue::Kind;

fn beside() -> Person {
    Person::new(Setup {
        beside: Some("make all".into()),
        no_rating: true,
        ..Setup::default()
    })
}

fn ends(person: &mut Person, now: &Now) {
    person.tell(Msg::ChildEnded("exit 2".into()), now);
}

fn left(person: &Person) -> bool {
    person
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::Quit(0)))
}

#[test]
fn while_the_command_runs_nothing_ends_by_itself() {
    let mut person = beside();
    person.wait(1, 600);
    assert_eq!(
        person.app.beside().as_ref().map(whole).as_deref(),
        Some("make all is running.")
    );
    person.press("\n", &at(601)).wait(602, 700);
    assert!(matches!(person.app.stage, Stage::Done(_)));
    assert!(!left(&person));
}

#[test]
fn with_nothing_under_way_its_end_ends_the_app() {
    let mut person = beside();
    person.wait(1, 10);
    ends(&mut person, &at(11));
    assert!(left(&person));
}

#[test]
fn between_two_keys_the_app_stays_so_that_none_lands_in_the_shell() {
    let mut person = beside();
    person.press("/p", &at(10));
    ends(&mut person, &at(11));
    assert!(!left(&person));
    person.press("a", &at(11));
    assert_eq!(person.app.deadline(), at(13).mono);
    person.tell(Msg::Turn, &at(12));
    assert!(!left(&person));
    person.tell(Msg::Turn, &at(13));
    assert!(left(&person));
}

#[test]
fn a_session_that_has_begun_is_finished_in_peace_and_then_it_leaves() {
    let mut person = beside();
    person.press("\n", &at(0)).wait(1, 10);
    ends(&mut person, &at(10));
    let said = whole(&person.app.beside().expect("a command"));
    assert!(said.starts_with("make all is done, exit 2."), "{said}");
    assert!(person.notice().is_empty(), "nothing hides it");
    person.wait(11, 32);
    assert!(!left(&person));
    assert!(person.app.run().is_some());
    person.wait(33, 60);
    let entry = person.closing().expect("a closing line");
    assert_eq!(entry.active_s, Some(20));
    assert!(left(&person));
}

#[test]
fn its_end_is_told_to_the_ear() {
    let mut person = beside();
    person.press("\n", &at(0)).wait(1, 10);
    ends(&mut person, &at(10));
    let mut told = person.effects.iter().filter_map(|effect| match effect {
        Effect::Cue(cue) => Some((cue.kind, cue.spoken.as_str())),
        _ => None,
    });
    assert_eq!(
        told.next_back(),
        Some((Kind::Beside, "Your command is done, exit two."))
    );
}

#[test]
fn one_that_has_only_got_ready_is_let_go() {
    let mut person = beside();
    person.press("\n", &at(0)).wait(1, 3);
    ends(&mut person, &at(4));
    assert!(person.app.run().is_none());
    assert!(
        person
            .asks()
            .iter()
            .any(|ask| matches!(ask, Ask::EndSession(_, None)))
    );
    person.wait(5, 7);
    assert!(left(&person));
}

#[test]
fn a_form_that_is_being_filled_is_not_torn_away() {
    let mut person = beside();
    person.press("l4", &at(10));
    ends(&mut person, &at(11));
    person.wait(12, 100);
    assert!(!left(&person));
    person.press("\n", &at(101)).wait(102, 104);
    assert!(left(&person));
}

#[test]
fn opened_for_one_session_it_leaves_after_that_and_not_before() {
    let mut person = Person::new(Setup {
        once: true,
        ..Setup::default()
    });
    person.wait(1, 100);
    assert!(!left(&person));
    person.press("\n63", &at(101)).wait(102, 140);
    assert!(!left(&person), "the rating is still open");
    person.press("43", &at(141)).wait(142, 142);
    assert!(!left(&person), "what came of it can be read");
    person.wait(143, 143);
    assert!(left(&person));
}
