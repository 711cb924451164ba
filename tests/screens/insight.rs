//! The insight tabs, with the demo's year.

use std::sync::LazyLock;

use unkink::app::Setup;
use unkink::content;
use unkink::demo;
use unkink::domain::library::Library;
use unkink::domain::log::LogChange;
use unkink::domain::record::{Entry, Marks};
use unkink::domain::storage::Told;
use unkink::ui::Look;

use super::{Person, Scene, answered, now, seen};

/// The year and the library it is made of: made once, since every session of it is lived through.
static YEAR: LazyLock<(Library, Vec<Entry>)> = LazyLock::new(|| {
    let library = content::built_in_library();
    let year = demo::year(&library, &now(0).wall);
    let entries = year
        .iter()
        .map(|(rec, fields)| Entry::read(rec.clone(), fields, Marks::default()));
    let entries = entries.collect();
    (library, entries)
});

/// In the log, whose tabs `keys` lead on from.
fn in_the_year(size: (u16, u16), keys: &str) -> Person {
    let setup = Setup {
        seen: seen(),
        ..Setup::default()
    };
    let mut person = Person::with(size, setup);
    let (library, entries) = &*YEAR;
    person.app.library = library.clone();
    person.hears(Told::Log(LogChange::Whole(entries.clone())));
    person.presses("3").presses(keys)
}

pub const SCENES: [Scene; 13] = [
    ("the trends by week", |size| in_the_year(size, "i")),
    ("the trends by month earlier", |size| {
        in_the_year(size, "i m [ [ [")
    }),
    ("the trends without numbers", |size| {
        in_the_year(size, "v i d")
    }),
    ("a year of days", |size| in_the_year(size, "i Right")),
    ("a year of stress", |size| {
        in_the_year(size, "i Right s { {")
    }),
    ("the time of day", |size| in_the_year(size, "i Right Right")),
    ("where it hurts", |size| {
        in_the_year(size, "i Right Right Right")
    }),
    ("what helps", |size| {
        in_the_year(size, "i Right Right Right Right")
    }),
    ("what else may be behind it", |size| {
        in_the_year(size, "i Right Right Right Right G")
    }),
    ("the scores of the questionnaire", |size| {
        in_the_year(size, "i Right Right Right Right Right")
    }),
    ("the questionnaire", |size| in_the_year(size, "i P 4 Enter")),
    ("an open sign in place of trends", |size| {
        let mut person = in_the_year(size, "i");
        person.hears(Told::Profile(answered(&["U1"]), Vec::new()));
        person
    }),
    ("an open sign above the entries", |size| {
        let mut person = in_the_year(size, "");
        person.hears(Told::Profile(answered(&["U1"]), Vec::new()));
        person
    }),
];

#[test]
fn an_open_sign_stands_above_the_entries_in_place_of_chart_and_medians() {
    for (sign, says) in [
        ("U1", "no trend is shown"),
        ("E1", "An emergency sign is open. Call "),
        ("U7", "pain median"),
    ] {
        for size in [(80, 24), (120, 36), (200, 50)] {
            let mut person = in_the_year(size, "");
            person.hears(Told::Profile(answered(&[sign]), Vec::new()));
            let text = super::dump(&person.draws(size, &Look::default()));
            // Without the lines about colours.
            let words = text.lines().filter_map(|line| line.strip_prefix('|'));
            let words: Vec<&str> = words.flat_map(str::split_whitespace).collect();
            let one_line = words.join(" ");
            // Beside the other panes it is broken into pieces.
            assert!(size.0 > 80 || one_line.contains(says), "{sign}: {text}");
            assert_eq!(text.contains("median"), sign == "U7", "{sign}: {text}");
            assert!(text.contains("Week of"), "{sign}: {text}");
        }
    }
}

#[test]
fn the_tabs_say_what_to_press_while_there_is_nothing() {
    for turns in 0..6 {
        let keys = format!("3 i {}", "Right ".repeat(turns));
        let person = Person::new_here((80, 24)).presses(&keys);
        let text = super::dump(&person.draws((80, 24), &Look::default()));
        let says = [
            "l rates",
            "l, then Tab",
            "Enter on one in the library",
            "P answers it",
        ];
        assert!(says.iter().any(|words| text.contains(words)), "{text}");
    }
}

#[test]
fn the_tabs_say_that_the_log_is_being_read() {
    let setup = Setup {
        seen: seen(),
        ..Setup::default()
    };
    let person = Person::with((80, 24), setup).presses("3 i");
    let text = super::dump(&person.draws((80, 24), &Look::default()));
    assert!(text.contains("Reading the log."), "{text}");
}

#[test]
fn no_tab_panics_at_any_size() {
    for (_, scene) in SCENES {
        let person = scene((60, 20));
        for ascii in [false, true] {
            let look = Look::new(ascii, true);
            for width in (0..=60).step_by(6).chain([39, 41, 79, 101, 300]) {
                for height in (0..=20).step_by(4).chain([11, 13, 15, 23, 100]) {
                    person.draws((width, height), &look);
                }
            }
        }
    }
}

#[test]
fn hidden_numbers_show_no_rating_on_any_tab() {
    let tabs = [0, 1, 2, 5].into_iter();
    for (turns, size) in tabs.flat_map(|turns| super::SIZES.map(|size| (turns, size))) {
        let keys = format!("v i {}", "Right ".repeat(turns));
        let person = in_the_year(size, &keys);
        let text = super::dump(&person.draws(size, &Look::default()));
        for words in [
            "pain 3",
            "pain 4",
            "stress 4",
            " 5 ┈",
            "0    5    10",
            "7 to 10",
            "lower since",
            "(1 to 9",
        ] {
            assert!(!text.contains(words), "{words}: {text}");
        }
    }
}
