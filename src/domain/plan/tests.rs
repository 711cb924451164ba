#![allow(clippy::expect_used)]

use super::*;
use crate::domain::library::Reference;
use crate::domain::routine::RoutineItem;
use crate::domain::technique::{FilterTags, Letter};
use crate::domain::technique::{Sides, Step};

/// A technique by hand: steps in seconds, negative ones 'each side'.
pub fn technique(slug: &str, sides: Sides, steps: &[i32]) -> Technique {
    let steps: Vec<Step> = steps
        .iter()
        .enumerate()
        .map(|(at, &seconds)| Step {
            seconds: seconds.unsigned_abs(),
            each_side: seconds < 0,
            paced: false,
            line: format!("{slug} step {at}"),
        })
        .collect();
    Technique {
        slug: slug.into(),
        name: slug.to_uppercase(),
        group: "Hands".into(),
        area: "low back".into(),
        regions: Vec::new(),
        position: "sitting".into(),
        tools: "none".into(),
        sides,
        total_s: steps
            .iter()
            .map(|step| step.seconds * if step.each_side { 2 } else { 1 })
            .sum(),
        intensity: [1, 3],
        breathing: "breathe out".into(),
        breath: None,
        stop_if: "it hurts".into(),
        traits: Vec::new(),
        evidence: Letter::D,
        sources: Vec::new(),
        seed: Vec::new(),
        good_for: Vec::new(),
        filter: FilterTags::default(),
        occasion: None,
        note: None,
        steps,
        own: false,
        order: 0,
    }
}

/// These techniques, chosen one after the other.
pub fn queue(techniques: Vec<Technique>, slugs: &[&str], side_first: Side) -> Timeline {
    let library = Library::new(techniques, Vec::new(), Reference::default());
    let slugs: Vec<String> = slugs.iter().copied().map(Into::into).collect();
    Timeline::of_slugs(&library, &slugs, side_first, |_| true, Care::default())
        .expect("each is in the library")
}

/// The techniques of section D that the routines below use, with their real step times.
fn catalogue() -> Vec<Technique> {
    use Sides::{Both, InTurn, LeftThenRight};
    vec![
        technique("six-breaths", Both, &[20, 180, 20]),
        technique("long-exhale", Both, &[10, 100, 10]),
        technique("hand-warm-sweep", Both, &[15, 30, 30, 15]),
        technique("fascia-slow-glide", Both, &[10, 40, 40]),
        technique("knuckle-beside-spine", Both, &[10, 30, 30, 20]),
        technique("waist-rim-thumbs", LeftThenRight, &[-10, -30, -20]),
        technique("fist-buttock-knead", LeftThenRight, &[-10, -35, -15]),
        technique("wall-ball-side-hip", LeftThenRight, &[-15, -45, -15]),
        technique("wall-ball-deep-buttock", LeftThenRight, &[-15, -40, -20]),
        technique("wall-two-ball-sock", Both, &[15, 40, 25]),
        technique("stick-thigh-seated", LeftThenRight, &[-35, -25]),
        technique("hip-flexor-step", LeftThenRight, &[-10, -30, -5]),
        technique("knee-rolls", InTurn, &[10, 80, 10]),
        technique("single-knee-hug", LeftThenRight, &[-10, -30, -5]),
        technique("stand-and-shift", Both, &[10, 20, 20, 10]),
        technique("seat-shift", Both, &[15, 15, 15]),
        technique("drive-stop-reset", LeftThenRight, &[15, 40, -15, -20]),
        technique("rice-bag-warmth", Both, &[60, 20, 270, 20, 320, 10]),
        technique("side-lying-pillow", Sides::Either, &[20, 200, 20]),
        technique("heat-pad-sit", Both, &[30, 270, 20, 400, 20]),
        technique("pelvic-tilt", Both, &[15, 60, 15]),
        technique("easy-walk", Both, &[30, 240, 30]),
    ]
}

fn routine(slug: &str, items: &[(&str, f64)]) -> Routine {
    Routine {
        slug: slug.into(),
        name: slug.into(),
        summary: String::new(),
        why: String::new(),
        total_s: 0,
        occasion: None,
        sources: Vec::new(),
        items: items
            .iter()
            .map(|&(technique, factor)| RoutineItem {
                technique: technique.into(),
                factor,
                last_line: None,
            })
            .collect(),
        own: false,
        order: 0,
    }
}

fn timeline(items: &[(&str, f64)]) -> Timeline {
    let techniques = catalogue();
    let find = |slug: &str| techniques.iter().find(|t| t.slug == slug);
    Timeline::of_routine(&routine("r", items), find, Side::Left)
}

/// Items with their factors, the stated total, each item's seconds.
type Case = (&'static [(&'static str, f64)], u32, &'static [u32]);

#[test]
fn routines_come_to_the_totals_that_the_catalogue_states() {
    #[rustfmt::skip] // a table, read down
    let cases: [Case; 6] = [
        (&[("long-exhale", 0.5), ("stand-and-shift", 1.0), ("knuckle-beside-spine", 0.67), ("seat-shift", 1.0)],
         4 * 60 + 9, &[60, 60, 60, 45]),
        (&[("rice-bag-warmth", 1.0), ("hand-warm-sweep", 1.0), ("fist-buttock-knead", 1.0)],
         15 * 60 + 26, &[700, 90, 120]),
        (&[("long-exhale", 1.0), ("side-lying-pillow", 1.0), ("heat-pad-sit", 1.0), ("pelvic-tilt", 0.5),
           ("easy-walk", 0.5)],
         22 * 60 + 12, &[120, 240, 740, 50, 150]),
        (&[("drive-stop-reset", 1.0), ("hip-flexor-step", 1.0), ("fist-buttock-knead", 1.0),
           ("knuckle-beside-spine", 0.67), ("easy-walk", 0.5)],
         9 * 60 + 37, &[125, 90, 120, 60, 150]),
        (&[("hand-warm-sweep", 0.5), ("wall-two-ball-sock", 1.0), ("wall-ball-side-hip", 0.67),
           ("wall-ball-deep-buttock", 0.67)],
         5 * 60 + 54, &[50, 80, 100, 100]),
        (&[("six-breaths", 0.5), ("hand-warm-sweep", 1.0), ("fascia-slow-glide", 1.0),
           ("knuckle-beside-spine", 1.0), ("waist-rim-thumbs", 1.0), ("wall-ball-side-hip", 1.0),
           ("stick-thigh-seated", 1.0), ("hip-flexor-step", 1.0), ("knee-rolls", 1.0), ("single-knee-hug", 1.0),
           ("long-exhale", 0.5)],
         19 * 60 + 50, &[110, 90, 90, 90, 120, 150, 120, 90, 100, 90, 60]),
    ];
    for (items, total, each) in cases {
        let timeline = timeline(items);
        let planned: Vec<u32> = timeline.items.iter().map(|item| item.planned_s).collect();
        assert_eq!(planned, each, "{items:?}");
        let blocks = timeline.blocks().len() as u32;
        assert_eq!(timeline.real_s(), total + 5 + 8 * blocks, "{items:?}");
    }
}

#[test]
fn a_block_runs_whole_on_one_side_and_then_whole_on_the_other() {
    let technique = technique("t", Sides::LeftThenRight, &[15, -10, -20, 5, -7]);
    let timeline = Timeline::of_technique(&technique, Side::Right);
    let (l, r) = (Some(Side::Left), Some(Side::Right));
    let step = |step| Phase::Step { step };
    let shape: Vec<_> = timeline
        .segments
        .iter()
        .map(|s| (s.phase, s.side, s.seconds))
        .collect();
    assert_eq!(
        shape,
        [
            (Phase::GetReady, None, 5),
            (step(0), None, 15),
            (step(1), r, 10),
            (step(2), r, 20),
            (Phase::SideChange, l, 8),
            (step(1), l, 10),
            (step(2), l, 20),
            (step(3), None, 5),
            (step(4), r, 7),
            (Phase::SideChange, l, 8),
            (step(4), l, 7),
        ]
    );
    assert_eq!(timeline.planned_s(), 94);
    assert_eq!(timeline.real_s(), 94 + 5 + 16);
}

#[test]
fn either_side_in_turn_and_both_run_once() {
    for sides in [Sides::Either, Sides::InTurn, Sides::Both] {
        let timeline = Timeline::of_technique(&technique("t", sides, &[10, -20, 5]), Side::Left);
        assert_eq!(timeline.planned_s(), 35);
        assert!(!timeline.is_sided());
    }
}

#[test]
fn a_routine_gets_ready_once_and_changes_over_between_items() {
    let timeline = timeline(&[("seat-shift", 1.0), ("no-such", 1.0), ("long-exhale", 0.5)]);
    let leads: Vec<_> = timeline
        .segments
        .iter()
        .filter(|s| !matches!(s.phase, Phase::Step { .. }))
        .map(|s| (s.phase, s.item, s.seconds))
        .collect();
    assert_eq!(
        leads,
        [(Phase::GetReady, 0, 5), (Phase::ItemChange, 1, 8)],
        "an item that is not found is left out"
    );
}

#[test]
fn a_routine_may_word_the_last_step_anew() {
    let mut routine = routine("r", &[("long-exhale", 0.5)]);
    routine.items[0].last_line = Some("Roll onto the back.".into());
    let techniques = catalogue();
    let find = |slug: &str| techniques.iter().find(|t| t.slug == slug);
    let timeline = Timeline::of_routine(&routine, find, Side::Left);
    let lines: Vec<&str> = timeline.segments.iter().map(|s| s.line.as_str()).collect();
    assert_eq!(lines[3], "Roll onto the back.");
    assert_eq!(lines[2], "long-exhale step 1");
}

#[test]
fn a_queue_of_one_is_that_technique() {
    let one = queue(catalogue(), &["six-breaths"], Side::Left);
    assert_eq!(one.title, Title::Technique("six-breaths".into()));
    let slugs = ["six-breaths", "long-exhale"];
    let two = queue(catalogue(), &slugs, Side::Left);
    assert_eq!(two.title, Title::Queue(slugs.map(Into::into).into()));
    assert_eq!(two.real_s(), 5 + 220 + 8 + 120);
}

#[test]
fn a_queue_may_hold_routines_with_their_shorter_steps() {
    let library = Library::new(
        catalogue(),
        vec![routine("short", &[("long-exhale", 0.5)])],
        Reference::default(),
    );
    let slugs = ["short".to_owned(), "six-breaths".to_owned()];
    let both = Timeline::of_slugs(&library, &slugs, Side::Left, |_| true, Care::default())
        .expect("both are there");
    assert_eq!(both.real_s(), 5 + 60 + 8 + 220);
    assert_eq!(
        Timeline::of_slugs(
            &library,
            &["short".into(), "no-such".into()],
            Side::Left,
            |_| true,
            Care::default()
        ),
        Err("no-such")
    );
}

#[test]
fn turning_blocks_around_leaves_those_that_are_over() {
    let technique = technique("t", Sides::LeftThenRight, &[-10, 5, -7]);
    let mut timeline = Timeline::of_technique(&technique, Side::Left);
    // 0 ready, 1 left, 2 change, 3 right, 4 both, 5 left, 6 change, 7 right
    let turned = timeline.turn_blocks_around(4);
    assert_eq!(
        turned,
        [Block {
            start: 5,
            change: 6,
            end: 8
        }]
    );
    let sides: Vec<_> = timeline.segments.iter().map(|s| s.side).collect();
    let (l, r) = (Some(Side::Left), Some(Side::Right));
    assert_eq!(sides, [None, l, r, r, None, r, l, l]);
    assert_eq!(timeline.segments[6].line, "Change over to the left side.");
    assert_eq!(timeline.side_first, Side::Left, "the first block is over");
    assert_eq!(timeline.turn_blocks_around(6), [], "its first side is over");
}
