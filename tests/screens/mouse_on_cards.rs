//! The mouse on what lies over the panes: ratings, questions, what differs. The form has a file of its own.

use std::collections::BTreeSet;

use unkink::app::message::{Action, Msg, Point};
use unkink::app::overlay::Overlay;
use unkink::app::overlay::check_in::field::Field;
use unkink::app::overlay::checklist::Mark;
use unkink::domain::record::ScaleField;
use unkink::domain::storage::Act;
use unkink::ui::zones::Pointer;

use super::mouse::{NARROW, WIDE};
use super::mouse_on_form::{number, says};
use super::*;

pub(super) const SMALL: (u16, u16) = (40, 12);

/// What was asked to be written.
pub(super) fn written(person: &Person) -> Vec<&Act> {
    let asks = person.effects.iter().filter_map(|effect| match effect {
        Effect::Ask(Ask::Write(_, act)) => Some(act),
        _ => None,
    });
    asks.collect()
}

/// Everything that a press means somewhere above message and footer.
pub(super) fn meanings(person: &Person) -> Vec<((u16, u16), Msg)> {
    let (columns, rows) = person.app.size;
    let zones = ui::zones(&person.app, &now(person.at), &Look::default());
    let cells = (0..rows - 1).flat_map(|y| (0..columns).map(move |x| (x, y)));
    cells
        .filter_map(|at| Some((at, zones.at(at, Pointer::Press)?)))
        .collect()
}

impl Person {
    /// Presses the first place that means this.
    pub(super) fn points(mut self, wanted: Point) -> Self {
        self.at += 1;
        let is_it = |msg: &Msg| matches!(msg, Msg::Point(point) if *point == wanted);
        let found = meanings(&self).into_iter().find(|(_, msg)| is_it(msg));
        let (_, msg) = found.unwrap_or_else(|| {
            let shown = dump(&self.draws(self.app.size, &Look::default()));
            panic!("{wanted:?} is nowhere:\n{shown}")
        });
        self.gets(msg);
        self
    }
}

#[test]
fn a_rating_is_done_when_both_are_answered_in_whichever_order() {
    for size in [NARROW, WIDE] {
        let ready = || {
            Person::at_home(size)
                .looks_at("desk-reset")
                .presses("Enter")
        };
        for [first, second] in [[0, 1], [1, 0]] {
            let person = ready().points(Point::Rate(first, 6));
            assert!(person.app.run().is_none());
            let person = person.points(Point::Rate(first, 5));
            assert!(person.app.run().is_none(), "the same one is answered anew");
            let person = person.points(Point::Rate(second, 4));
            let before = person.app.run().unwrap().before;
            let [pain, stress] = [before.pain, before.stress].map(|value| value.unwrap().get());
            assert_eq!((pain, stress), if first == 0 { (5, 4) } else { (4, 5) });
        }
    }
    // At the end of a session.
    let person = Person::at_home(NARROW).looks_at("wall-ball-side-hip");
    let person = person.presses("Enter 5 6").waits(30).presses("x");
    let person = person.clicks("keep the part").points(Point::Rate(1, 3));
    assert!(!person.app.overlays.is_empty());
    let person = person.points(Point::Rate(0, 2));
    assert!(person.app.overlays.is_empty() && person.app.run().is_none());
    let set = person.effects.iter().rev().find_map(|effect| match effect {
        Effect::Ask(Ask::EndSession(_, set)) => set.as_ref(),
        _ => None,
    });
    let text = format!("{set:?}");
    assert!(
        text.contains("pain_after") && text.contains("stress_after"),
        "{text}"
    );
}

#[test]
fn the_questionnaire_is_saved_when_all_three_are_answered() {
    for size in [SMALL, NARROW, WIDE] {
        let mut person = Person::at_home(size).presses("3 i P");
        for _ in 0..3 {
            assert!(written(&person).is_empty());
            let asked = match person.app.overlays.last() {
                Some(Overlay::Peg(form)) => form.asked,
                other => panic!("{other:?}"),
            };
            person = person.points(Point::Rate(asked, 4));
        }
        assert!(person.app.overlays.is_empty());
        assert!(
            matches!(written(&person)[..], [Act::Add { .. }]),
            "{size:?}"
        );
    }
    let person = Person::at_home(WIDE).presses("3 i P");
    let person = person.points(Point::Rate(2, 1)).points(Point::Rate(0, 2));
    let Some(Overlay::Peg(form)) = person.app.overlays.last() else {
        panic!();
    };
    assert_eq!(form.asked, 1);
}

#[test]
fn what_differs_is_selected_by_a_press_and_settled_by_another() {
    for size in [SMALL, NARROW, WIDE] {
        let mut person = Person::at_home(size).presses("3 j j j j j c");
        person.hears(Told::Unsettled(Id::from_bytes([6; 16]), unsettled()));
        // Also the one that has the keys from the first: each of them is written.
        let mut person = person.points(Point::Field(0));
        assert!(written(&person).is_empty(), "{size:?}");
        person = person.points(Point::Field(0));
        let count = written(&person).len();
        assert!(count > 0);
        // What is left does not go by one press more.
        person = person.points(Point::Field(0));
        assert_eq!(written(&person).len(), count, "{size:?}");
        let Some(Overlay::Settle(_)) = person.app.overlays.last() else {
            panic!("something is left");
        };
    }
}

#[test]
fn safety_questions_are_marked_by_a_press_and_answered_by_the_key_in_the_footer() {
    for size in [SMALL, NARROW, WIDE] {
        let person = with_answers(size, Profile::default());
        let person = person.points(Point::Field(0));
        let marked = |person: &Person| match person.app.overlays.last() {
            Some(Overlay::Checklist(list)) => list.marked(Mark::Yes).len(),
            _ => panic!("it is answered"),
        };
        assert_eq!(marked(&person), 1, "{size:?}");
        let person = person.points(Point::Field(0));
        assert_eq!(marked(&person), 0);
        // No press above the footer answers them.
        for (at, msg) in meanings(&person) {
            assert!(matches!(msg, Msg::Point(Point::Field(_))), "{at:?} {msg:?}");
        }
        let person = person.clicks("Enter go on");
        assert!(matches!(
            person.app.overlays.last(),
            Some(Overlay::Checklist(_))
        ));
    }
}

#[test]
fn a_question_is_answered_by_its_own_words_alone() {
    let person = Person::at_home(WIDE).presses("3 j d");
    let mut rows = BTreeSet::new();
    for ((_, y), msg) in meanings(&person) {
        assert!(matches!(msg, Msg::Point(Point::Field(0 | 1))), "{msg:?}");
        rows.insert(y);
    }
    assert_eq!(rows.len(), 2);
    let person = person.clicks("yes, delete it");
    assert!(matches!(written(&person)[..], [Act::Delete { .. }]));
    let person = Person::at_home(WIDE).presses("l 4").clicks("Esc back");
    let person = person.clicks("go on with it");
    assert_eq!(says(&person, Field::Scale(ScaleField::Pain)), number(4));
}

#[test]
fn no_press_above_the_footer_is_a_key_that_saves_starts_or_leaves() {
    let scenes = SCENES.iter().chain(&FORM_SCENES).chain(&MORE_SCENES);
    let scenes = scenes.chain(&LOG_SCENES).chain(&insight::SCENES);
    for (name, scene) in scenes {
        for size in SIZES {
            let person = scene(size);
            if person.app.overlays.is_empty() {
                continue;
            }
            for (at, msg) in meanings(&person) {
                let is_harmless = matches!(
                    msg,
                    Msg::Point(_) | Msg::Do(Action::NextField | Action::Left | Action::Right)
                );
                // The message line and what lies behind mean nothing at all.
                let is_above = at.1 + 2 < size.1 || size.1 == SMALL.1;
                assert!(is_harmless && is_above, "{name} {size:?} {at:?}: {msg:?}");
            }
        }
    }
}

#[test]
fn a_day_of_the_year_and_a_week_of_the_trends_are_pointed_at_by_a_press() {
    let back = |person: &Person| (person.app.insight.back, person.app.insight.days_back);
    for size in [NARROW, WIDE] {
        let person = Person::at_home(size)
            .presses("3 i")
            .points(Point::Period(2));
        assert_eq!(back(&person), (2, 0), "{size:?}");
        // The picture has its sign there, and words for it.
        let by_keys = Person::at_home(size).presses("3 i [ [");
        let shown = |person: &Person| dump(&person.draws(size, &Look::default()));
        assert_eq!(shown(&person), shown(&by_keys));

        let person = person.clicks("Year").points(Point::Period(20));
        assert_eq!(back(&person), (2, 20), "{size:?}");
        assert!(
            shown(&person).contains("Tue 3 Nov 2026"),
            "{}",
            shown(&person)
        );
        // The same day at the place where it is drawn.
        let look = Look::default();
        let drawn = person.draws(size, &look);
        let (at, _) = meanings(&person)
            .into_iter()
            .find(|(_, msg)| matches!(msg, Msg::Point(Point::Period(20))))
            .unwrap();
        assert_eq!(drawn[at].modifier & Modifier::REVERSED, Modifier::REVERSED);
    }
}

#[test]
fn tabs_that_have_no_room_are_opened_by_the_sign_at_the_edge() {
    let person = Person::at_home(SMALL).presses("3 z");
    let tab = |person: &Person| person.app.insight.tab.place();
    assert_eq!(tab(&person), 0);
    let hidden = |person: &Person| {
        let all = meanings(person).into_iter();
        let tabs = all.filter_map(|((x, _), msg)| match msg {
            Msg::Point(Point::Tab(place)) => Some((x, place)),
            _ => None,
        });
        tabs.max().unwrap()
    };
    let (edge, next) = hidden(&person);
    assert_eq!(edge, SMALL.0 - 2);
    let person = person.points(Point::Tab(next));
    assert_eq!(tab(&person), next);
    // And back.
    let first = meanings(&person)
        .into_iter()
        .find_map(|(_, msg)| match msg {
            Msg::Point(Point::Tab(place)) => Some(place),
            _ => None,
        });
    let person = person.points(Point::Tab(first.unwrap()));
    assert!(tab(&person) < next);
}
