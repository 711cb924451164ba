//! The safety questions as the app asks them, and that nothing starts around them.

use super::*;
use crate::content;
use crate::domain::profile::{Profile, Said};

fn today() -> chrono::NaiveDate {
    at(0).wall.date_naive()
}

fn profile(yes: &[&str]) -> Profile {
    let mut profile = Profile {
        asked_on: Some(today()),
        ..Profile::default()
    };
    for id in yes {
        profile.answer(id, true, today());
    }
    profile
}

/// With everything that is built in, and these answers.
fn person(profile: Profile, start: &[&str]) -> Person {
    let setup = Setup {
        library: content::built_in_library(),
        seen: [DISCLAIMER_SEEN.to_owned()].into(),
        profile,
        start: start.iter().copied().map(Into::into).collect(),
        ..Setup::default()
    };
    let mut person = Person {
        app: App::new(setup, &at(0)),
        effects: Vec::new(),
    };
    let whole = Told::Log(LogChange::Whole(Vec::new()));
    person.tell(Msg::Told(whole), &at(0));
    person
}

impl Person {
    fn looks_at(&mut self, slug: &str) -> &mut Self {
        let library = &self.app.library;
        self.app.library_pane.select_slug(library, slug);
        self
    }

    fn said(&self) -> Vec<&Said> {
        let said = |ask| match ask {
            &Ask::Profile(_, ref said) => Some(said),
            _ => None,
        };
        self.asks().into_iter().filter_map(said).collect()
    }
}

#[test]
fn the_questions_come_at_the_first_start_and_none_of_these_is_one_key_each() {
    let mut person = person(Profile::default(), &[]);
    assert_eq!(person.app.context(), Context::Checklist);
    person.press("\n\n\n", &at(1));
    assert_eq!(person.app.context(), Context::Library);
    assert_eq!(person.app.profile.asked_on, Some(today()));
    assert!(matches!(
        person.said()[..],
        [_, _, Said::Answers { whole: true, .. }]
    ));
}

#[test]
fn leaving_the_questions_lets_browse_and_start_nothing() {
    let mut person = person(Profile::default(), &[]);
    person.press("\x1b", &at(1));
    assert_eq!(person.app.context(), Context::Library);
    person.looks_at("six-breaths").press("\n", &at(2));
    assert_eq!(person.app.context(), Context::Checklist, "asked again");
    // Answered, it goes on with what was wanted.
    person.press("\n\n\n", &at(3)).press("\n", &at(4));
    assert_eq!(person.app.context(), Context::Running);
}

#[test]
fn with_an_urgent_sign_no_key_starts_anything() {
    for start in [&[][..], &["six-breaths"], &["desk-reset"]] {
        let mut person = person(profile(&["E1"]), start);
        person.press("\x1b\x1b", &at(1));
        for keys in ["\n", " ", ".", "A ", "2\n", "2 ", "\n\n\n", "1jj\n", "S\n"] {
            person.press(keys, &at(2)).press("\x1b\x1b", &at(3));
            assert!(person.app.run().is_none(), "{keys:?} after {start:?}");
        }
        let started = person
            .asks()
            .iter()
            .any(|ask| matches!(ask, Ask::StartSession { .. }));
        assert!(!started);
    }
}

#[test]
fn an_urgent_sign_is_left_by_a_clinician_or_as_a_slip_and_all_is_asked_again() {
    for (keys, seen) in [("a", true), ("aa", false)] {
        let mut person = person(profile(&["E1"]), &["six-breaths"]);
        assert_eq!(person.app.context(), Context::Checklist);
        person.press(keys, &at(1)).press("\n\n\n", &at(2));
        assert!(person.app.gate(&at(3)).bar().is_none());
        let looked_at = person
            .said()
            .iter()
            .any(|said| matches!(said, Said::SeenByClinician(..)));
        assert_eq!(looked_at, seen);
        person.press("\n", &at(4));
        assert_eq!(person.app.context(), Context::Running);
    }
}

#[test]
fn answering_an_urgent_sign_shows_the_text_and_is_written_at_once() {
    let mut person = person(Profile::default(), &["six-breaths"]);
    person.press("b\n", &at(1));
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Card(card)) if card.kind == card::Kind::Emergency
    ));
    assert!(matches!(person.said()[..], [Said::Answers { yes, .. }] if yes.contains("E2")));
    person.press("\x1b", &at(2));
    assert!(person.app.run().is_none());
}

#[test]
fn what_is_off_says_every_reason_and_does_not_start() {
    let mut person = person(profile(&["K2"]), &[]);
    person.looks_at("wall-ball-side-hip").press("\n", &at(1));
    assert!(
        person.notice().contains("no hard tools"),
        "{}",
        person.notice()
    );
    person.looks_at("ball-on-wall").press("\n", &at(2));
    assert!(
        person.notice().contains("Too little"),
        "{}",
        person.notice()
    );
    assert!(person.app.run().is_none() && person.asks().is_empty());
}

#[test]
fn what_changes_from_day_to_day_is_asked_once_in_four_hours() {
    let mut person = person(profile(&[]), &[]);
    person.looks_at("heat-pad-sit").press("\n", &at(1));
    assert_eq!(person.app.context(), Context::Checklist);
    person.press("\n", &at(2));
    assert_eq!(person.app.context(), Context::Rating);
    person.press("\x1b", &at(3)).press("\n", &at(4));
    assert_eq!(person.app.context(), Context::Rating, "not asked again");
    person.press("\x1b", &at(5));
    let later = 4 * 3600 + 10;
    person.looks_at("heat-pad-sit").press("\n", &at(later));
    assert_eq!(person.app.context(), Context::Checklist);
    person.press("a\n", &at(later));
    assert!(person.notice().contains("is off"), "{}", person.notice());
}

#[test]
fn a_session_that_was_cut_off_is_not_gone_on_with_where_it_may_not_start() {
    let mut person = Person::new(Setup::default());
    person.app.profile = Profile::default();
    person.tell(Msg::Told(endings::cut_off(9)), &at(100));
    person.press("r", &at(101));
    assert!(person.app.run().is_none());
}
