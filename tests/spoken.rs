//! What is said in a session, for everything that is built in: the words that somebody with closed eyes goes by.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::time::Duration;

use chrono::DateTime;
use unkink::content::built_in_library;
use unkink::domain::cue::{self, Cue, Kind};
use unkink::domain::plan::{Care, Side, Timeline};
use unkink::domain::session::{Event, Session};
use unkink::domain::time::{Now, clock_text};

fn at(second: u64) -> Now {
    let mono = Duration::from_secs(second);
    Now {
        mono,
        boot: Some(mono),
        wall: DateTime::parse_from_rfc3339("2026-11-23T21:30:00+01:00").unwrap(),
    }
}

/// Every cue with the second at which it is told, from the start to the end.
fn cues(timeline: Timeline) -> Vec<(u64, Cue)> {
    let mut session = Session::start(timeline, &at(0));
    let first = cue::of(&session, &[Event::Began(0)]);
    let mut cues: Vec<_> = first.into_iter().map(|cue| (0, cue)).collect();
    let mut second = 0;
    while !session.is_finished() {
        second += 1;
        let events = session.advance(&at(second));
        let told = cue::of(&session, &events);
        cues.extend(told.into_iter().map(|cue| (second, cue)));
    }
    cues
}

fn script(slugs: &[&str]) -> String {
    let library = built_in_library();
    let slugs: Vec<String> = slugs.iter().map(|slug| (*slug).to_owned()).collect();
    let timeline =
        Timeline::of_slugs(&library, &slugs, Side::Left, |_| true, Care::default()).unwrap();
    let mut script = String::new();
    for (second, cue) in cues(timeline) {
        let (time, kind) = (clock_text(second), cue.kind.name());
        writeln!(script, "{time:>5}  {kind:<6} {}", cue.spoken).unwrap();
    }
    script
}

#[test]
fn the_script_of_a_technique_with_sides() {
    insta::assert_snapshot!(script(&["wall-ball-beside-spine"]));
}

#[test]
fn the_script_of_a_breath_and_what_follows_it() {
    insta::assert_snapshot!(script(&["long-exhale", "knee-rolls"]));
}

#[test]
fn everything_that_is_built_in_can_be_said() {
    let library = built_in_library();
    for technique in &library.techniques {
        let cues = cues(Timeline::of_technique(technique, Side::Left));
        let slug = &technique.slug;
        assert_eq!(cues[0].1.kind, Kind::Start, "{slug}");
        assert_eq!(cues[cues.len() - 1].1.kind, Kind::Finish, "{slug}");
        for (_, cue) in &cues {
            let odd = |c: char| !c.is_ascii_alphabetic() && !" .,?'".contains(c);
            assert!(!cue.spoken.contains(odd), "{slug}: {}", cue.spoken);
            assert!(cue.spoken.ends_with('.'), "{slug}: {}", cue.spoken);
        }
        // Each step is told, on each side.
        let steps = cues.iter().filter(|(_, cue)| cue.kind == Kind::Step);
        let planned: usize = technique
            .steps
            .iter()
            .map(|step| 1 + usize::from(step.each_side))
            .sum();
        assert_eq!(steps.count(), planned, "{slug}");
    }
}
