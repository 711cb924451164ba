//! The mouse on the form of an entry, field by field.

use std::collections::BTreeSet;

use unkink::app::message::{Msg, Point};
use unkink::app::overlay::Overlay;
use unkink::app::overlay::check_in::CheckIn;
use unkink::app::overlay::check_in::field::Field;
use unkink::app::overlay::check_in::row::{Content, Value};
use unkink::domain::anatomy;
use unkink::domain::record::ScaleField;
use unkink::domain::scale::Scale;
use unkink::domain::storage::Act;
use unkink::domain::vocabulary::PlaceSide;
use unkink::ui::zones::Pointer;

use super::mouse::{NARROW, WIDE, meant, place};
use super::mouse_on_cards::{SMALL, meanings, written};
use super::*;

fn form(person: &Person) -> &CheckIn {
    match person.app.overlays.last() {
        Some(Overlay::CheckIn(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

pub(super) fn says(person: &Person, field: Field) -> Content {
    form(person).find(field).unwrap().content()
}

fn list(words: &[&str]) -> Content {
    Content::List(words.iter().map(|&word| word.into()).collect())
}

pub(super) fn number(value: u8) -> Content {
    Content::Scale(Scale::new(value).unwrap())
}

#[test]
fn a_check_in_is_given_and_saved_with_the_mouse_alone() {
    for size in [SMALL, NARROW, WIDE] {
        let person = Person::at_home(size).presses("l");
        let person = person.points(Point::Rate(0, 4));
        assert_eq!(
            says(&person, Field::Scale(ScaleField::Pain)),
            number(4),
            "{size:?}"
        );
        let person = person.points(Point::Rate(1, 7)).points(Point::Field(0));
        let person = person.points(Point::Rate(0, 10));
        assert_eq!(
            says(&person, Field::Scale(ScaleField::Pain)),
            number(10),
            "{size:?}"
        );
        assert_eq!(
            says(&person, Field::Scale(ScaleField::Stress)),
            number(7),
            "{size:?}"
        );
        let person = person.clicks("Enter save");
        assert!(person.app.overlays.is_empty());
        assert!(
            matches!(written(&person)[..], [Act::Add { .. }]),
            "{size:?}"
        );
    }
}

#[test]
fn a_number_stands_where_it_is_pressed_and_the_keys_stay_there() {
    let person = Person::at_home(NARROW).presses("l Tab").clicks("Pain ");
    let person = person.clicks(" 3  4").clicks(" 7  8");
    assert_eq!(says(&person, Field::Scale(ScaleField::Pain)), number(7));
    assert_eq!(
        says(&person, Field::Scale(ScaleField::Stress)),
        Content::Nothing
    );
    assert_eq!(form(&person).row().field, Field::Scale(ScaleField::Pain));
}

#[test]
fn every_field_of_the_form_gets_the_keys_by_a_press() {
    for size in [NARROW, WIDE] {
        let mut person = Person::at_home(size).presses("l Tab");
        for at in 0..form(&person).rows.len() {
            person = person.points(Point::Field(at));
            assert_eq!(form(&person).at, at, "{size:?}");
        }
    }
    // One at a time, the line below leads on.
    let person = Person::at_home(SMALL).presses("l Tab");
    let before = form(&person).at;
    assert_eq!(form(&person.clicks("Tab: next field")).at, before + 1);
    let person = Person::at_home(SMALL).presses("l Tab");
    let person = person.wheels("Tightness", Pointer::WheelUp);
    assert_eq!(form(&person).at, before - 1);
}

#[test]
fn a_tag_that_is_typed_is_set_when_another_field_is_pressed() {
    let person = Person::at_home(NARROW).presses("l Tab").clicks("Own tags");
    let person = person.types("sofa").clicks("Mood");
    assert_eq!(says(&person, Field::Tags), list(&["sofa"]));
}

#[test]
fn words_are_taken_and_left_by_a_press() {
    for size in [NARROW, WIDE] {
        let person = Person::at_home(size).presses("l Tab").clicks("Feels");
        let field = form(&person).row().field;
        let Value::Words(words) = &form(&person).row().value else {
            panic!();
        };
        let [first, second] = [0, 1].map(|at| words.offered[at].clone());
        let person = person.points(Point::Item(1)).points(Point::Item(0));
        assert_eq!(says(&person, field), list(&[&second, &first]));
        let person = person.points(Point::Item(1));
        assert_eq!(says(&person, field), list(&[&first]));
    }
}

#[test]
fn a_press_meets_what_is_seen_after_the_screen_has_grown() {
    let mut person = Person::at_home(SMALL).presses("l Tab");
    while form(&person).row().label() != "Before it" {
        person = person.presses("Tab");
    }
    let Value::Words(words) = &form(&person).row().value else {
        panic!();
    };
    let offered = words.offered.clone();
    person = person.presses(&"Down ".repeat(offered.len()));
    person.draws(SMALL, &Look::default());
    person.gets(Msg::Resize(WIDE.0, WIDE.1));
    let word = &offered[offered.len() - 3];
    let person = person.clicks(&format!("[ ] {word}"));
    assert_eq!(says(&person, form(&person).row().field), list(&[word]));
}

#[test]
fn the_wheel_moves_in_a_list_and_in_the_fields_and_changes_nothing() {
    let person = Person::at_home(NARROW).presses("l Tab").clicks("Feels");
    let shown = |person: &Person| match &form(person).row().value {
        Value::Words(words) => words.selected,
        _ => panic!(),
    };
    let person = person.wheels("[ ]", Pointer::WheelDown);
    let person = person.wheels("[ ]", Pointer::WheelDown);
    assert_eq!(shown(&person), 2);
    let at = form(&person).at;
    let person = person.wheels("Own tags", Pointer::WheelDown);
    assert_eq!(form(&person).at, at + 1);
    assert!(!form(&person).is_touched());

    let person = at_what_it_was(NARROW);
    let before = says(&person, Field::What);
    let person = person.wheels("Six breaths a minute", Pointer::WheelDown);
    let person = person.wheels("then another", Pointer::WheelDown);
    assert_eq!(says(&person, Field::What), before);
    let Value::Pick(pick) = &form(&person).row().value else {
        panic!();
    };
    assert!(pick.selected > 0);
}

#[test]
fn the_side_of_a_place_is_pressed_in_the_list() {
    for size in [SMALL, NARROW, WIDE] {
        let person = Person::at_home(size).presses("l @regions");
        let right = Point::Place {
            at: 1,
            side: PlaceSide::Right,
            on_map: false,
        };
        let person = person.points(right);
        let chosen = says(&person, Field::Where);
        let left = Point::Place {
            at: 1,
            side: PlaceSide::Left,
            on_map: false,
        };
        assert_eq!(chosen, list(&["under-ribs:right"]));
        let person = person.points(left);
        assert_eq!(says(&person, Field::Where), list(&["under-ribs:both"]));
        // Its name only selects it.
        let person = person.points(Point::Item(0));
        assert_eq!(says(&person, Field::Where), list(&["under-ribs:both"]));
        let Value::Places(places) = &form(&person).row().value else {
            panic!();
        };
        assert_eq!(places.selected, 0);
    }
}

#[test]
fn places_are_pressed_on_the_body_map_and_every_one_that_is_seen_from_behind_can_be() {
    for size in [NARROW, WIDE, (200, 50)] {
        let person = Person::at_home(size).presses("l @regions Tab");
        let Value::Places(places) = &form(&person).row().value else {
            panic!();
        };
        assert!(places.is_on_map());
        let spots = places.offered.clone();
        let belt = spots.iter().position(|spot| spot.id == "belt-line");
        let on = |side| Point::Place {
            at: belt.unwrap(),
            side,
            on_map: true,
        };
        let person = person.points(on(PlaceSide::Right));
        assert_eq!(says(&person, Field::Where), list(&["belt-line:right"]));
        let person = person.points(on(PlaceSide::Left));
        assert_eq!(says(&person, Field::Where), list(&["belt-line:both"]));
        let person = person.points(on(PlaceSide::Right));
        assert_eq!(says(&person, Field::Where), list(&["belt-line:left"]));

        // Left of the spine lies the person's own left.
        let sides = meanings(&person);
        let columns = |side| {
            let places = sides.iter().filter_map(move |((x, _), msg)| match msg {
                Msg::Point(Point::Place {
                    side: it,
                    on_map: true,
                    ..
                }) if *it == side => Some(*x),
                _ => None,
            });
            places.collect::<BTreeSet<u16>>()
        };
        let (left, right) = (columns(PlaceSide::Left), columns(PlaceSide::Right));
        assert!(left.last() < right.first(), "{size:?}: {left:?} {right:?}");
    }
    // At the largest size the whole body is there.
    let person = Person::at_home((200, 50)).presses("l @regions Tab");
    let Value::Places(places) = &form(&person).row().value else {
        panic!();
    };
    let spots = places.offered.clone();
    let seen: BTreeSet<usize> = meanings(&person)
        .into_iter()
        .filter_map(|(_, msg)| match msg {
            Msg::Point(Point::Place {
                at, on_map: true, ..
            }) => Some(at),
            _ => None,
        })
        .collect();
    for cell in anatomy::CELLS.iter().filter(|cell| !cell.front) {
        // What lies beyond the part of the body that has room is in the list.
        let is_near = cell.span().1 < 96.0;
        let at = spots.iter().position(|spot| spot.id == cell.id).unwrap();
        assert!(!is_near || seen.contains(&at), "{}", cell.id);
    }
}

#[test]
fn a_technique_is_pressed_and_pressed_again_is_a_part() {
    let person = at_what_it_was(NARROW).types("+");
    let person = person.points(Point::Item(0));
    let Content::What(queue) = says(&person, Field::What) else {
        panic!();
    };
    assert_eq!(queue.len(), 3);

    let person = at_what_it_was(NARROW).presses("Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab");
    assert_eq!(form(&person).row().field, Field::MorePart);
    let person = person.points(Point::Item(0));
    assert_eq!(form(&person).row().field, Field::MorePart);
    let person = person.points(Point::Item(0));
    assert_eq!(form(&person).row().field, Field::Added(0));
    // Whether it was done to its end.
    let done = |person: &Person| match &form(person).row().value {
        Value::Part(part) => part.done,
        _ => panic!(),
    };
    assert!(!done(&person));
    assert!(done(&person.clicks("done to its end")));
}

#[test]
fn the_cursor_goes_before_the_letter_that_is_pressed() {
    let person = Person::at_home(NARROW).presses("l n");
    let person = person.pastes("sat long\n慢慢来 and rest");
    let mut person = person.clicks("long").types("very ");
    person = person.clicks("and").types("slow");
    // The cursor itself stays where it is.
    person = person.clicks("▏and").types("ly ");
    // Behind the end of a line.
    let (x, y) = place(&person, NARROW, "sat very long");
    let msg = meant(&person, (x + 20, y), Pointer::Press);
    person.gets(msg.unwrap());
    person = person.types(".");
    let expected = "sat very long.\n慢慢来 slowly and rest";
    assert_eq!(says(&person, Field::Note), Content::Text(expected.into()));

    let person = Person::at_home(NARROW)
        .presses("l n Tab")
        .types("2026-11-23 18:00");
    let person = person.clicks("18:00").presses("Ctrl-u").types("yesterday ");
    let expected = "yesterday 18:00";
    assert_eq!(says(&person, Field::When), Content::Text(expected.into()));

    let person = Person::at_home(NARROW).presses("3 J").types("2026-11-01");
    let person = person.clicks("-01").types("x");
    let Some(Overlay::Jump(jump)) = person.app.overlays.last() else {
        panic!();
    };
    assert_eq!(jump.field.text(), "2026-11x-01");
}
