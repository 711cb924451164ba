//! Everything there is to see: scenes, and how to get there. The form, the floor view and the log have files of their
//! own.

#[path = "scenes/floor.rs"]
mod floor;
#[path = "scenes/form.rs"]
mod form;
#[path = "scenes/log.rs"]
mod log;

use super::*;

pub use floor::{FLOOR_SCENES, on_the_floor};
pub use form::{FORM_SCENES, at_what_it_was};
pub use log::{LOG_SCENES, told_in_full, unsettled};

/// A scene and how to get there at a size.
pub type Scene = (&'static str, fn((u16, u16)) -> Person);

/// Everything there is to see.
pub const SCENES: [Scene; 31] = [
    ("the library with a log beside it", Person::at_home),
    ("a search with a slip and a filter", |size| {
        Person::at_home(size).presses("F Down Down Right Right Right Esc / b r e e t h s")
    }),
    ("a search that finds nothing", |size| {
        Person::at_home(size).presses("/ q q q q")
    }),
    ("the first start", |size| {
        Person::with(size, Setup::default())
    }),
    ("a first look without entries", |size| {
        Person::new_here(size).presses("3")
    }),
    ("the preview of a sided technique", |size| {
        Person::at_home(size)
            .looks_at("wall-ball-side-hip")
            .presses("2")
    }),
    ("the preview of a technique for the calves", |size| {
        Person::at_home(size).looks_at("calf-sweep").presses("2")
    }),
    (
        "the preview of a technique for the front of the thighs",
        |size| Person::at_home(size).looks_at("quad-stroke").presses("2"),
    ),
    ("the preview of a routine", |size| {
        Person::at_home(size).looks_at("desk-reset").presses("2")
    }),
    ("the preview of an evidence card", |size| {
        Person::at_home(size).looks_at_card("Heat").presses("2")
    }),
    ("an evidence card", |size| {
        Person::at_home(size).looks_at_card("Heat").presses("Enter")
    }),
    ("the rating before a first session", |size| {
        Person::new_here(size)
            .looks_at("desk-reset")
            .presses("Enter")
    }),
    ("the rating before another session", |size| {
        Person::at_home(size)
            .looks_at("desk-reset")
            .presses("Enter 5")
    }),
    ("a session getting ready", |size| {
        Person::at_home(size)
            .looks_at("wall-ball-side-hip")
            .presses("Enter 5 6")
    }),
    ("a step on the left side", |size| {
        Person::at_home(size)
            .looks_at("wall-ball-side-hip")
            .presses("Enter 5 6")
            .waits(30)
    }),
    ("a change of sides", |size| {
        Person::at_home(size)
            .looks_at("wall-ball-side-hip")
            .presses("Enter Enter")
            .waits(83)
    }),
    ("a routine paused between two parts", |size| {
        Person::at_home(size)
            .looks_at("desk-reset")
            .presses("Enter Enter m")
            .waits(67)
            .presses("Space")
    }),
    ("a session under way beside the library", |size| {
        Person::at_home(size)
            .looks_at("wall-ball-side-hip")
            .presses("Enter Enter")
            .waits(30)
            .presses("1")
    }),
    ("the question whether to stop", |size| {
        Person::at_home(size)
            .looks_at("wall-ball-side-hip")
            .presses("Enter Enter")
            .waits(30)
            .presses("q")
    }),
    ("the rating after a session", |size| {
        Person::at_home(size)
            .looks_at("wall-ball-side-hip")
            .presses("Enter 5 6")
            .waits(30)
            .presses("x k")
    }),
    ("what came of a session", |size| {
        Person::at_home(size)
            .looks_at("stand-and-shift")
            .presses("Enter 5 6")
            .waits(70)
            .presses("3 6")
    }),
    ("the log with an older entry selected", |size| {
        Person::at_home(size).presses("3 j j j j")
    }),
    ("an entry read in full", |size| {
        Person::at_home(size).presses("3 Enter")
    }),
    ("a long line in a session", |size| {
        Person::at_home(size)
            .looks_at("quad-stroke")
            .presses("Enter Enter")
            .waits(6)
    }),
    ("a check-in", |size| Person::at_home(size).presses("l 4")),
    ("what now", |size| Person::at_home(size).presses("o")),
    ("what now with wishes and the second one chosen", |size| {
        Person::at_home(size)
            .presses("o Right Right Right Right Down Down Right Right Down Right 4 Enter Down")
    }),
    ("what now when nothing fits", |size| {
        Person::at_home(size).presses("o Right Down Right Right Right Down Right")
    }),
    ("the filters", |size| {
        Person::at_home(size).presses("F Right Down Right")
    }),
    ("something that could not be saved", |size| {
        Person::at_home(size)
            .presses("l 4 6 Enter")
            .hears_that_the_disk_is_full()
    }),
    ("leaving with something unsaved", |size| {
        Person::at_home(size)
            .presses("l 4 6 Enter")
            .hears_that_the_disk_is_full()
            .presses("q")
    }),
];

/// Longer texts, and what only a start brings.
pub const MORE_SCENES: [Scene; 13] = [
    ("the urgent signs are asked about first", |size| {
        with_answers(size, Profile::default())
    }),
    ("an urgent sign is marked", |size| {
        with_answers(size, Profile::default()).types("a")
    }),
    ("signs for a clinician are asked about", |size| {
        with_answers(size, Profile::default())
            .presses("Enter")
            .types("h")
    }),
    ("conditions are asked about", |size| {
        with_answers(size, Profile::default())
            .presses("Enter Enter")
            .types("bf")
    }),
    ("what matters just now is asked before a session", |size| {
        let daily = None;
        with_answers(
            size,
            Profile {
                daily,
                ..answered(&[])
            },
        )
        .looks_at("heat-pad-sit")
        .presses("Enter")
    }),
    ("the library with answers that leave some out", |size| {
        with_answers(size, answered(&["K2"]))
            .looks_at("wall-ball-side-hip")
            .presses("2")
    }),
    ("when to stop", |size| {
        Person::at_home(size)
            .looks_at("wall-ball-side-hip")
            .presses("Enter Enter")
            .waits(30)
            .presses("w")
    }),
    ("what came of a session after which pain rose", |size| {
        Person::at_home(size)
            .looks_at("stand-and-shift")
            .presses("Enter 3 6")
            .waits(70)
            .presses("6 6")
    }),
    ("a routine of which too little is left", |size| {
        with_answers(size, answered(&["K2"]))
            .looks_at("ball-on-wall")
            .presses("2")
    }),
    ("all keys", |size| Person::at_home(size).presses("?")),
    ("the signs that need urgent help", |size| {
        Person::at_home(size).presses("E")
    }),
    ("own files with mistakes", |size| {
        let troubles = vec![
            "techniques/mine.toml:7: 'evidense' is no field; did you mean 'evidence'?".to_owned(),
            "routines/night.toml:3: there is no technique 'six-breath'.".to_owned(),
        ];
        Person::with(
            size,
            Setup {
                seen: seen(),
                troubles,
                ..Setup::default()
            },
        )
    }),
    ("a session that was cut off", |size| {
        let other = Person::at_home(size)
            .looks_at("wall-ball-side-hip")
            .presses("Enter Enter")
            .waits(70);
        let checkpoint = other.app.run().unwrap().session.checkpoint(&now(70));
        let mut person = Person::at_home(size);
        person.hears(Told::CutOff(Id::from_bytes([9; 16]), checkpoint));
        person
    }),
];

pub fn scenes() -> impl Iterator<Item = Scene> {
    (SCENES.into_iter())
        .chain(FORM_SCENES)
        .chain(MORE_SCENES)
        .chain(FLOOR_SCENES)
        .chain(LOG_SCENES)
}
