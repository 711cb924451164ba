//! A frame of each screen at 120x36 with a log of ten thousand entries: drawn anew, and what of it has changed.
//!
//! The views of the statistics are in `insight`, over a longer log.
#![allow(missing_docs)]

mod support;

use std::sync::LazyLock;

use support::person::{Person, terminal};
use unkink::domain::record::Entry;

static LOG: LazyLock<Vec<Entry>> = LazyLock::new(|| support::entries(10_000));

/// Its name, what it begins with running, and the keys that lead there; with the seconds to wait before these keys.
type Scene = (&'static str, Option<&'static str>, u64, &'static str);

const SCENES: [Scene; 22] = [
    ("library, session and log", None, 0, "1"),
    ("a preview zoomed", None, 0, "2 z"),
    ("the log zoomed", None, 0, "3 z"),
    ("a search", None, 0, "/ b r e"),
    ("a session running", Some("wall-ball-side-hip"), 30, "2"),
    ("a session paused", Some("wall-ball-side-hip"), 30, "Space"),
    ("a paced breath", Some("six-breaths"), 30, "2"),
    ("the floor view", Some("wall-ball-side-hip"), 30, "f"),
    (
        "the floor view of a paced breath",
        Some("six-breaths"),
        30,
        "f",
    ),
    ("the question whether to stop", Some("six-breaths"), 30, "q"),
    ("the rating after a session", Some("six-breaths"), 30, "x k"),
    ("a rating before a session", None, 0, "Enter"),
    ("a check-in", None, 0, "l 4"),
    ("the whole form", None, 0, "l 4 6 Tab 5"),
    (
        "places on the body map",
        None,
        0,
        "l 4 Tab Tab b Space Tab Right",
    ),
    ("the note", None, 0, "l 4 6 n"),
    ("an entry read", None, 0, "3 Enter"),
    ("a day to go to", None, 0, "3 J"),
    ("the filters", None, 0, "F"),
    ("what now", None, 0, "o"),
    ("all keys", None, 0, "?"),
    ("the emergency signs", None, 0, "E"),
];

fn main() {
    divan::main();
}

fn person(name: &str) -> Person {
    let (_, starts, seconds, keys) = SCENES
        .into_iter()
        .find(|scene| scene.0 == name)
        .unwrap_or(SCENES[0]);
    let mut person = Person::with(LOG.clone());
    if let Some(slug) = starts {
        person = person.starts(slug);
    }
    person.waits(seconds).presses(keys)
}

#[divan::bench(args = SCENES.map(|scene| scene.0), sample_count = 50, sample_size = 1)]
fn a_frame(bencher: divan::Bencher<'_, '_>, name: &str) {
    let person = person(name);
    let mut terminal = terminal();
    bencher.bench_local(|| person.draws(&mut terminal));
}
