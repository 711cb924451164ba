//! The mouse: what a press or the wheel means at a place of a screen as it is drawn.

use unkink::app::Pane;
use unkink::app::message::{Action, Msg, Point};
use unkink::app::overlay::Overlay;
use unkink::app::overlay::card::Kind;
use unkink::app::overlay::rating::Ratings;
use unkink::domain::scale::Scale;
use unkink::ui::zones::Pointer;

use super::*;

pub(super) const WIDE: (u16, u16) = (120, 36);
pub(super) const NARROW: (u16, u16) = (80, 24);

/// Where these words stand on the screen.
pub(super) fn place(person: &Person, size: (u16, u16), words: &str) -> (u16, u16) {
    let buffer = person.draws(size, &Look::default());
    for y in 0..size.1 {
        let row: String = (0..size.0).map(|x| buffer[(x, y)].symbol()).collect();
        if let Some(at) = row.find(words) {
            let column = row[..at].chars().count();
            return (u16::try_from(column).unwrap(), y);
        }
    }
    panic!("'{words}' is not on the screen:\n{}", dump(&buffer));
}

pub(super) fn meant(person: &Person, at: (u16, u16), pointer: Pointer) -> Option<Msg> {
    ui::hit(&person.app, &now(person.at), &Look::default(), at, pointer)
}

impl Person {
    /// A second later, as a hand takes.
    pub(super) fn clicks(mut self, words: &str) -> Self {
        self.at += 1;
        self.clicks_at_once(words)
    }

    fn clicks_at_once(mut self, words: &str) -> Self {
        let at = place(&self, self.app.size, words);
        let msg = meant(&self, at, Pointer::Press);
        self.gets(msg.unwrap_or_else(|| panic!("a press on '{words}' means nothing")));
        self
    }

    pub(super) fn wheels(mut self, words: &str, pointer: Pointer) -> Self {
        let at = place(&self, self.app.size, words);
        if let Some(msg) = meant(&self, at, pointer) {
            self.gets(msg);
        }
        self
    }
}

#[test]
fn a_press_gives_a_pane_the_keys_and_selects_its_row() {
    let person = Person::at_home(WIDE).clicks("Fist knead of the buttock");
    assert_eq!(person.app.focus, Pane::Library);
    let slug = person.app.library_pane.selected_slug(&person.app.library);
    assert_eq!(slug, Some("fist-buttock-knead"));

    let person = person.clicks("12:30");
    assert_eq!(person.app.focus, Pane::Log);
    assert_eq!(person.app.log_pane.selected, 0);
    let person = person.clicks("08:10");
    assert_eq!(person.app.log_pane.selected, 1);

    let person = person.clicks("preview");
    assert_eq!(person.app.focus, Pane::Session);
}

#[test]
fn a_press_on_the_selected_row_is_enter() {
    let person = Person::at_home(NARROW).clicks("Six breaths");
    assert!(person.app.overlays.is_empty(), "the first one selects");
    let person = person.clicks("Six breaths");
    let top = person.app.overlays.last();
    assert!(matches!(top, Some(Overlay::Rating(_))), "{top:?}");

    // In another pane the first one gives it the keys.
    let person = Person::at_home(WIDE).clicks("12:30");
    assert!(person.app.overlays.is_empty() && person.app.focus == Pane::Log);
    let person = person.clicks("12:30");
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Card(card)) if matches!(card.kind, Kind::Entry(_))
    ));
}

#[test]
fn the_second_press_of_a_double_click_does_not_answer_what_the_first_brought_up() {
    // The rows of the list lie below the numbers of the rating that comes up.
    let person = Person::at_home(NARROW).clicks("Six breaths");
    let at = place(&person, NARROW, "Six breaths");
    let mut person = person.clicks("Six breaths");
    for x in 0..NARROW.0 {
        for y in at.1.saturating_sub(3)..NARROW.1 - 1 {
            if let Some(msg) = meant(&person, (x, y), Pointer::Press) {
                person.gets(msg);
            }
        }
    }
    let Some(Overlay::Rating(form)) = person.app.overlays.last() else {
        panic!("the rating was answered");
    };
    assert_eq!(form.ratings, Ratings::default());
    let person = person.clicks(" 7  ");
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Rating(form)) if form.ratings.pain.map(Scale::get) == Some(7)
    ));
    // The question that comes next, where there is room for one only.
    let person = Person::at_home((40, 12))
        .looks_at("desk-reset")
        .presses("Enter");
    let person = person.clicks(" 7  ").clicks_at_once(" 7  ");
    assert!(person.app.run().is_none());
    assert!(person.clicks(" 7  ").app.run().is_some());
}

#[test]
fn a_row_that_is_pressed_ends_the_search() {
    let person = Person::at_home(NARROW).presses("/ b r e a t h");
    let person = person.clicks("Long breath out");
    assert!(!person.app.library_pane.searching);
    let slug = person.app.library_pane.selected_slug(&person.app.library);
    assert_eq!(slug, Some("long-exhale"));
    let top = person.clicks("Long breath out").app.overlays;
    assert!(matches!(top.last(), Some(Overlay::Rating(_))), "{top:?}");
}

#[test]
fn a_day_and_a_week_above_entries_select_none_of_them() {
    let person = Person::at_home(WIDE).presses("3 j").clicks("Today, ");
    assert_eq!(person.app.log_pane.selected, 1);
    // Nor does the heading that lies over the first row.
    let person = Person::at_home(NARROW).presses("G");
    let top = meant(&person, (5, 2), Pointer::Press);
    assert!(matches!(top, Some(Msg::Point(Point::Pane(_)))), "{top:?}");
}

#[test]
fn a_press_on_a_heading_selects_nothing() {
    let person = Person::at_home(WIDE);
    let before = person.app.library_pane.selected;
    let at = place(&person, WIDE, "Library");
    let msg = meant(&person, at, Pointer::Press);
    assert!(matches!(msg, Some(Msg::Point(Point::Pane(Pane::Library)))));
    assert_eq!(person.clicks("Library").app.library_pane.selected, before);
}

#[test]
fn a_press_on_a_tab_opens_it() {
    let person = Person::at_home(NARROW).clicks("Log");
    assert_eq!(person.app.focus, Pane::Log);
    let person = person.presses("i").clicks("Year");
    let shown = dump(&person.draws(NARROW, &Look::default()));
    let again = dump(
        &Person::at_home(NARROW)
            .presses("3 i Right")
            .draws(NARROW, &Look::default()),
    );
    assert_eq!(shown, again);
}

#[test]
fn a_press_in_the_footer_is_its_key() {
    for (context, scene) in [("library", "1"), ("log", "3"), ("check-in", "l")] {
        let person = Person::at_home(WIDE).presses(scene);
        for x in 0..WIDE.0 {
            let msg = meant(&person, (x, WIDE.1 - 1), Pointer::Press);
            assert!(
                matches!(msg, None | Some(Msg::Do(_))),
                "{context} {x}: {msg:?}"
            );
        }
        let at = place(&person, WIDE, "? help");
        let msg = meant(&person, at, Pointer::Press);
        assert!(matches!(msg, Some(Msg::Do(Action::Help))), "{context}");
    }
    let person = Person::at_home(WIDE).clicks("E urgent signs");
    assert_eq!(person.app.overlays.len(), 1);
}

#[test]
fn a_number_of_a_rating_is_pressed() {
    let person = Person::at_home(WIDE)
        .looks_at("desk-reset")
        .presses("Enter");
    let person = person.clicks(" 7  ").clicks(" 6  ");
    let shown = dump(&person.draws(WIDE, &Look::default()));
    assert!(
        shown.contains("[6]"),
        "the scale that was answered is answered anew: {shown}"
    );
    let person = person.presses("3");
    assert!(person.app.overlays.is_empty(), "both are answered");
    assert!(person.app.run().is_some(), "and the session runs");
}

#[test]
fn answers_and_signs_are_pressed_and_what_lies_behind_is_not() {
    let person = Person::at_home(WIDE)
        .looks_at("wall-ball-side-hip")
        .presses("Enter Enter")
        .waits(30)
        .presses("q");
    let behind = meant(&person, (2, 5), Pointer::Press);
    assert!(behind.is_none(), "{behind:?}");
    let person = person.clicks("go on");
    assert!(person.app.overlays.is_empty());

    let person = with_answers(WIDE, Profile::default());
    let before = dump(&person.draws(WIDE, &Look::default()));
    let person = person.clicks("[ ]");
    let after = dump(&person.draws(WIDE, &Look::default()));
    assert!(!before.contains("[x]") && after.contains("[x]"), "{after}");
}

#[test]
fn rows_of_the_filters_and_of_what_now_are_pressed() {
    let person = Person::at_home(WIDE).presses("F").clicks("minutes");
    let shown = dump(&person.draws(WIDE, &Look::default()));
    assert!(shown.contains("▌minutes"), "{shown}");
    // The value of the row that has the keys: its words on, its first sign back.
    let minutes = |person: &Person| person.app.library_pane.filter.minutes;
    let person = person.clicks("any >");
    assert_eq!(minutes(&person), Some(2));
    let person = person.clicks("2 at most").clicks("< 3 at most");
    assert_eq!(minutes(&person), Some(2));

    let person = Person::at_home(WIDE).presses("o").clicks("minutes");
    let person = person.clicks("any >").points(Point::Field(5));
    let row = |person: &Person| match person.app.overlays.last() {
        Some(Overlay::Suggest(form)) => Some((form.row, form.wish.filter.minutes)),
        _ => None,
    };
    assert!(
        matches!(row(&person), Some((5.., Some(2)))),
        "{:?}",
        row(&person)
    );
    let person = person.points(Point::Field(5));
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Rating(_))
    ));
}

#[test]
fn the_wheel_moves_what_is_under_it_and_the_keys_stay() {
    let person = Person::at_home(WIDE);
    let person = person.wheels("12:30", Pointer::WheelDown);
    assert_eq!(person.app.focus, Pane::Library);
    assert_eq!(person.app.log_pane.selected, 3);
    let person = person.wheels("08:10", Pointer::WheelUp);
    assert_eq!(person.app.log_pane.selected, 0);

    let help = Person::at_home(NARROW).presses("?");
    let before = dump(&help.draws(NARROW, &Look::default()));
    let help = help.wheels("Keys", Pointer::WheelDown);
    assert_ne!(before, dump(&help.draws(NARROW, &Look::default())));
}

#[test]
fn on_the_floor_a_press_is_any_key() {
    let person = on_the_floor(WIDE, "wall-ball-side-hip").waits(30);
    let msg = meant(&person, (60, 10), Pointer::Press);
    assert!(matches!(msg, Some(Msg::Do(Action::AnyKey))), "{msg:?}");
    assert!(meant(&person, (60, 10), Pointer::WheelDown).is_none());
}

#[test]
fn outside_the_screen_and_on_a_tiny_one_nothing_is_meant() {
    let person = Person::at_home(WIDE);
    for at in [(120, 0), (0, 36), (u16::MAX, u16::MAX)] {
        assert!(meant(&person, at, Pointer::Press).is_none());
    }
    let person = Person::at_home((30, 5));
    assert!(meant(&person, (1, 0), Pointer::Press).is_none());
}
