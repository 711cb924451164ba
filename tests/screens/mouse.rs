//! The mouse: what a press or the wheel means at a place of a screen as it is drawn.

use unkink::app::Pane;
use unkink::app::message::{Action, Msg, Point};
use unkink::ui::zones::Pointer;

use super::*;

const WIDE: (u16, u16) = (120, 36);
const NARROW: (u16, u16) = (80, 24);

/// Where these words stand on the screen.
fn place(person: &Person, size: (u16, u16), words: &str) -> (u16, u16) {
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

fn meant(person: &Person, at: (u16, u16), pointer: Pointer) -> Option<Msg> {
    ui::hit(&person.app, &now(person.at), &Look::default(), at, pointer)
}

impl Person {
    fn clicks(mut self, words: &str) -> Self {
        let at = place(&self, self.app.size, words);
        let msg = meant(&self, at, Pointer::Press);
        self.gets(msg.unwrap_or_else(|| panic!("a press on '{words}' means nothing")));
        self
    }

    fn wheels(mut self, words: &str, pointer: Pointer) -> Self {
        let at = place(&self, self.app.size, words);
        if let Some(msg) = meant(&self, at, pointer) {
            self.gets(msg);
        }
        self
    }
}

#[test]
fn a_press_gives_a_pane_the_keys_and_selects_its_row() {
    let person = Person::at_home(WIDE).clicks("Warm palm sweep");
    assert_eq!(person.app.focus, Pane::Library);
    let slug = person.app.library_pane.selected_slug(&person.app.library);
    assert_eq!(slug, Some("hand-warm-sweep"));

    let person = person.clicks("12:30");
    assert_eq!(person.app.focus, Pane::Log);
    assert_eq!(person.app.log_pane.selected, 0);
    let person = person.clicks("08:10");
    assert_eq!(person.app.log_pane.selected, 1);

    let person = person.clicks("preview");
    assert_eq!(person.app.focus, Pane::Session);
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
