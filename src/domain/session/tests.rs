#![allow(clippy::unwrap_used, clippy::cast_possible_wrap)]

use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::domain::plan::tests::{queue, technique};
use crate::domain::plan::{Side, Title};
use crate::domain::record::{Entry, Fields, Marks, Status};
use crate::domain::technique::{Breath, Sides};

const L: Side = Side::Left;
const R: Side = Side::Right;

/// Milliseconds since the clock's start, on all three clocks.
fn at(ms: u64) -> Now {
    Now {
        mono: Duration::from_millis(ms),
        boot: Some(Duration::from_millis(ms)),
        wall: wall(ms),
    }
}

fn wall(ms: u64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T21:30:00+01:00").unwrap()
        + TimeDelta::milliseconds(ms as i64)
}

/// The boot clock `ahead` milliseconds further on than the monotonic one.
fn slept(ms: u64, ahead: u64) -> Now {
    Now {
        boot: Some(Duration::from_millis(ms + ahead)),
        ..at(ms)
    }
}

/// 0 ready 5 s, 1 both 15 s, 2 left 10 s, 3 left 20 s, 4 change 8 s, 5 right 10 s, 6 right 20 s, 7 both 5 s.
fn sided() -> Timeline {
    Timeline::of_technique(&technique("t", Sides::LeftThenRight, &[15, -10, -20, 5]), L)
}

/// Turns at every change up to `ms`, as the loop takes them.
fn run_to(session: &mut Session, from: u64, ms: u64) -> Vec<Event> {
    let mut events = Vec::new();
    let mut now = Duration::from_millis(from);
    while let Some(next) = session.next_change() {
        assert!(next > now, "a change lies ahead");
        assert!(next <= now + Duration::from_secs(1), "a turn a second");
        if next > Duration::from_millis(ms) {
            break;
        }
        now = next;
        events.extend(session.advance(&at(now.as_millis() as u64)));
    }
    events.extend(session.advance(&at(ms)));
    events
}

/// Goes on at `ms` after the three seconds that are counted before; what is told besides the count.
fn go_on(session: &mut Session, ms: u64) -> Vec<Event> {
    let start = ms - 3_000;
    assert_eq!(session.go_on(&at(start)), [Event::CountIn(3)]);
    assert_eq!(
        session.next_change(),
        Some(Duration::from_millis(start + 1000))
    );
    let mut events = session.advance(&at(start + 1_000));
    events.extend(session.advance(&at(start + 2_000)));
    assert_eq!(events, [Event::CountIn(2), Event::CountIn(1)]);
    session.advance(&at(ms))
}

fn entry(fields: &Fields) -> Entry {
    Entry::read(crate::domain::id::Id::new("r"), fields, Marks::default())
}

fn steps_done(entry: &Entry) -> Option<u32> {
    entry.more.as_ref().and_then(|more| more.steps_done)
}

#[test]
fn it_begins_with_the_get_ready_and_tells_each_boundary() {
    let mut session = Session::start(sided(), &at(1000));
    assert_eq!(session.phase(), Some(Phase::GetReady));
    assert_eq!(session.advance(&at(5999)), []);
    assert_eq!(session.view(&at(5999)).left_s, 1);
    assert_eq!(
        session.advance(&at(6000)),
        [Event::Ended(0), Event::Began(1)]
    );
    let view = session.view(&at(6000));
    assert_eq!((view.segment, view.left_s, view.length_s), (1, 15, 15));
    assert_eq!((view.gone_s, view.total_left_s), (5, 88));
}

#[test]
fn one_look_crosses_several_boundaries() {
    use Event::{Began, Ended};
    let short = Timeline::of_technique(&technique("t", Sides::Both, &[1, 1, 1]), L);
    let mut session = Session::start(short, &at(0));
    run_to(&mut session, 0, 4500);
    let events = session.advance(&at(7500));
    assert_eq!(
        events,
        [Ended(0), Began(1), Ended(1), Began(2), Ended(2), Began(3)]
    );
    let events = session.advance(&at(9000));
    assert_eq!(events, [Ended(3), Event::Finished]);
    assert_eq!(session.next_change(), None);
    assert!(session.view(&at(9000)).finished);
    let entry = entry(&session.closing_fields(None, &at(60_000)));
    assert_eq!(entry.status, Some(Status::Finished));
    assert_eq!(
        entry.active_s,
        Some(3),
        "the time after the end is no massage"
    );
    assert_eq!(
        entry.more.unwrap().ended_at,
        Some(wall(8000)),
        "it ended when it ended, not when the ratings were given"
    );
}

#[test]
fn a_session_run_to_its_end_is_finished_with_every_step_done() {
    let mut session = Session::start(sided(), &at(0));
    let opening = entry(&session.opening_fields());
    assert_eq!(opening.status, Some(Status::Running));
    assert_eq!(opening.planned_s(), Some(80));
    assert_eq!(opening.started_at, Some(wall(0)));
    run_to(&mut session, 0, 93_000);
    let fields = session.closing_fields(None, &at(93_000));
    let entry = entry(&fields);
    assert_eq!(entry.status, Some(Status::Finished));
    assert_eq!(entry.active_s, Some(80), "steps only");
    assert_eq!(steps_done(&entry), Some(6));
    let more = entry.more.unwrap();
    assert!(more.items[0].done);
    assert_eq!((more.items[0].active_s, more.items[0].planned_s), (80, 80));
    assert_eq!(more.side_first.as_deref(), Some("left"));
    assert_eq!(more.invalid, []);
}

#[test]
fn a_pause_is_not_counted() {
    let mut session = Session::start(sided(), &at(0));
    run_to(&mut session, 0, 8_000);
    assert_eq!(session.pause(&at(8_500)), [Event::Paused(Pause::Asked)]);
    assert_eq!(session.next_change(), None);
    assert_eq!(session.advance(&at(100_000)), []);
    assert_eq!(session.view(&at(100_000)).left_s, 12);
    assert_eq!(go_on(&mut session, 200_000), [Event::WentOn]);
    run_to(&mut session, 200_000, 201_000);
    let entry = entry(&session.closing_fields(Some("enough"), &at(201_000)));
    assert_eq!(entry.active_s, Some(4));
    assert_eq!(entry.status, Some(Status::Stopped));
    assert_eq!(steps_done(&entry), Some(0));
    assert_eq!(
        entry.more.unwrap().stopped_because.as_deref(),
        Some("enough")
    );
}

#[test]
fn a_turn_more_than_five_seconds_late_pauses_at_the_last_turn() {
    let mut session = Session::start(sided(), &at(0));
    run_to(&mut session, 0, 7_000);
    // Due at 8 s: at 13 s it is just in time, after that it is late.
    let mut in_time = session.clone();
    assert_eq!(in_time.advance(&at(13_000)), []);
    assert_eq!(in_time.view(&at(13_000)).left_s, 7);
    assert_eq!(session.view(&at(13_001)).paused, Some(Pause::Away));
    let events = session.advance(&at(13_001));
    assert_eq!(events, [Event::Paused(Pause::Away)]);
    assert_eq!(session.view(&at(13_001)).left_s, 13);
    assert_eq!(
        session.advance(&at(50_000)),
        [],
        "kept until the person goes on"
    );
    assert_eq!(go_on(&mut session, 60_000), [Event::WentOn]);
    assert_eq!(session.view(&at(61_000)).left_s, 12);
}

#[test]
fn a_machine_that_slept_pauses_and_counts_nothing() {
    let mut session = Session::start(sided(), &at(0));
    run_to(&mut session, 0, 7_000);
    let mut nap = session.clone();
    assert_eq!(
        nap.advance(&slept(7_500, 5_000)),
        [],
        "five seconds are let pass"
    );
    let night = slept(7_500, 8 * 3_600_000);
    assert_eq!(session.view(&night).paused, Some(Pause::Away));
    assert_eq!(session.advance(&night), [Event::Paused(Pause::Away)]);
    assert_eq!(session.checkpoint(&night).active_ms, 2_000);
    // The boot clock stays ahead; that is no new sleep.
    let later = |ms| slept(ms, 8 * 3_600_000);
    session.go_on(&later(8_000));
    let events = session.advance(&later(12_000));
    assert_eq!(events.last(), Some(&Event::WentOn));
    assert_eq!(session.checkpoint(&later(12_000)).active_ms, 3_000);
}

#[test]
fn without_a_boot_clock_the_late_turn_alone_decides() {
    let no_boot = |ms| Now {
        boot: None,
        ..at(ms)
    };
    let mut session = Session::start(sided(), &no_boot(0));
    assert_eq!(
        session.advance(&no_boot(6_000)),
        [Event::Ended(0), Event::Began(1)]
    );
    assert_eq!(
        session.advance(&no_boot(13_000)),
        [Event::Paused(Pause::Away)]
    );
}

#[test]
fn a_stop_however_short_stands_still_as_of_the_last_turn() {
    let mut session = Session::start(sided(), &at(0));
    run_to(&mut session, 0, 7_000);
    assert_eq!(
        session.was_stopped(&at(9_000)),
        [Event::Paused(Pause::Away)]
    );
    assert_eq!(session.view(&at(9_000)).left_s, 13);
    session.pause(&at(9_500));
    assert_eq!(session.paused(), Some(Pause::Away), "one pause at a time");
}

#[test]
fn going_on_after_an_unnoticed_sleep_needs_a_second_word() {
    let mut session = Session::start(sided(), &at(0));
    assert_eq!(session.go_on(&at(60_000)), [Event::Paused(Pause::Away)]);
    assert_eq!(session.go_on(&at(60_000)), [Event::CountIn(3)]);
}

#[test]
fn any_word_while_it_counts_in_acts_as_while_it_runs() {
    let mut session = Session::start(sided(), &at(0));
    run_to(&mut session, 0, 8_000);
    session.pause(&at(8_000));
    session.go_on(&at(20_000));
    let view = session.view(&at(20_500));
    assert_eq!((view.count_in_s, view.paused), (Some(3), None));
    assert_eq!(view.left_s, 12, "nothing runs yet");
    assert_eq!(
        session.pause(&at(21_500)).last(),
        Some(&Event::Paused(Pause::Asked))
    );
    assert_eq!(session.view(&at(40_000)).left_s, 12);
    assert_eq!(go_on(&mut session, 50_000), [Event::WentOn]);
    // Asleep while it counts: nobody is there to go on.
    session.pause(&at(50_000));
    session.go_on(&at(60_000));
    assert_eq!(
        session.advance(&slept(60_500, 9_000)),
        [Event::Paused(Pause::Away)]
    );
}

#[test]
fn half_way_and_the_last_seconds_of_a_step_are_told() {
    use super::Mark::{Count, Half, Ten};
    let steps = [60, 30, 12, 8];
    let timeline = Timeline::of_technique(&technique("t", Sides::Both, &steps), L);
    let mut session = Session::start(timeline, &at(0));
    let mut told = Vec::new();
    let mut step = 0;
    let mut now = 0;
    while !session.is_finished() {
        now += 500;
        for event in session.advance(&at(now)) {
            match event {
                Event::Began(at) => step = at,
                Event::Passed(mark) => told.push((step, session.view(&at(now)).left_s, mark)),
                _ => {}
            }
        }
    }
    let count = |step| [3, 2, 1].map(|left| (step, u32::from(left), Count(left)));
    let mut expected = vec![(1, 30, Half), (1, 10, Ten)];
    expected.extend(count(1));
    expected.push((2, 10, Ten));
    expected.extend(count(2));
    expected.extend(count(3));
    assert_eq!(
        told, expected,
        "a step of eight seconds is over before one has counted"
    );
}

#[test]
fn breaths_are_told_where_the_step_has_a_rhythm_and_only_there() {
    use crate::domain::breath::Turn::{In, Out};
    let mut technique = technique("t", Sides::Both, &[5, 20, 5]);
    technique.breath = Some(Breath { in_s: 4, out_s: 6 });
    technique.steps[1].paced = true;
    let mut session = Session::start(Timeline::of_technique(&technique, L), &at(0));
    assert_eq!(session.next_pace(), None);
    let mut told = Vec::new();
    for ms in (0..36_000).step_by(250) {
        for event in session.advance(&at(ms)) {
            if let Event::Breathe(turn) = event {
                told.push((ms / 1000, turn));
            }
        }
        let paced = session.next_pace().is_some();
        assert_eq!(paced, (10_000..30_000).contains(&ms), "{ms}");
        assert_eq!(session.pace(&at(ms)).is_some(), paced);
    }
    assert_eq!(told, [(10, In), (14, Out), (20, In), (24, Out)]);
}

#[test]
fn skipped_steps_are_not_done() {
    let mut session = Session::start(sided(), &at(0));
    assert_eq!(
        session.next(&at(1_000)),
        [Event::Began(1)],
        "past the get-ready"
    );
    run_to(&mut session, 1_000, 16_000);
    assert_eq!(session.next(&at(17_000)), [Event::Began(3)]);
    assert_eq!(
        session.next(&at(18_000)),
        [Event::Began(5)],
        "past the change-over"
    );
    assert_eq!(session.next(&at(19_000)), [Event::Began(6)]);
    assert_eq!(session.next(&at(20_000)), [Event::Began(7)]);
    let mut to_the_end = session.clone();
    assert_eq!(session.next(&at(21_000)), [Event::Finished]);
    let skipped = entry(&session.closing_fields(None, &at(21_000)));
    assert_eq!(
        skipped.status,
        Some(Status::Stopped),
        "the last step was skipped"
    );
    assert_eq!(steps_done(&skipped), Some(1));
    assert_eq!(skipped.active_s, Some(20));
    run_to(&mut to_the_end, 20_000, 25_000);
    let ended = entry(&to_the_end.closing_fields(None, &at(25_000)));
    assert_eq!(ended.status, Some(Status::Finished));
    assert_eq!(steps_done(&ended), Some(2));
}

#[test]
fn previous_goes_to_the_step_before_and_restart_to_the_start_of_this_one() {
    let mut session = Session::start(sided(), &at(0));
    assert_eq!(
        session.previous(&at(1_000)),
        [Event::Began(0)],
        "nothing before"
    );
    for n in 0..4 {
        session.next(&at(1_000 + n));
    }
    run_to(&mut session, 1_003, 6_003);
    assert_eq!(session.restart_step(&at(6_003)), [Event::Began(5)]);
    assert_eq!(session.view(&at(6_003)).left_s, 10);
    assert_eq!(
        session.previous(&at(6_003)),
        [Event::Began(3)],
        "past the change"
    );
    assert_eq!(session.previous(&at(6_003)), [Event::Began(2)]);
    assert_eq!(session.previous(&at(6_003)), [Event::Began(1)]);
    assert_eq!(session.previous(&at(6_003)), [Event::Began(1)]);
}

#[test]
fn acts_leave_a_pause_as_it_is() {
    let mut session = Session::start(sided(), &at(0));
    session.pause(&at(1_000));
    session.next(&at(2_000));
    session.nudge(15, &at(3_000));
    session.other_side_first(&at(4_000));
    session.restart_step(&at(5_000));
    session.previous(&at(6_000));
    session.nudge(-60, &at(7_000));
    let view = session.view(&at(90_000));
    assert_eq!(view.paused, Some(Pause::Asked));
    assert_eq!((view.segment, view.left_s), (1, 0));
    assert_eq!(
        go_on(&mut session, 94_000),
        [Event::WentOn, Event::Ended(1), Event::Began(2)]
    );
    assert_eq!(session.steps_done(), 0, "shortened to nothing is not done");
}

#[test]
fn a_nudge_changes_this_stretch_and_this_pass_only() {
    let mut session = Session::start(sided(), &at(0));
    session.next(&at(0));
    session.nudge(15, &at(0));
    let view = session.view(&at(0));
    assert_eq!(
        (view.left_s, view.length_s, view.total_left_s),
        (30, 30, 103)
    );
    run_to(&mut session, 0, 4_000);
    session.nudge(-15, &at(4_000));
    assert_eq!(session.view(&at(4_000)).left_s, 11);
    assert_eq!(
        session.nudge(-15, &at(4_000)),
        [Event::Ended(1), Event::Began(2)]
    );
    assert_eq!(session.steps_done(), 1, "run to its end, shorter");
    session.previous(&at(4_000));
    assert_eq!(session.view(&at(4_000)).length_s, 15);
    session.next(&at(4_000));
    session.nudge(15, &at(4_000));
    session.previous(&at(4_000));
    assert_eq!(session.view(&at(4_000)).total_left_s, 88);
    for _ in 0..20_000 {
        session.nudge(15, &at(4_000));
    }
    assert_eq!(session.view(&at(4_000)).length_s, 30, "twice, and no more");
}

#[test]
fn a_long_warmth_is_lengthened_by_half_at_most() {
    let technique = technique("t", Sides::Both, &[400]);
    let mut session = Session::start(Timeline::of_technique(&technique, L), &at(0));
    session.next(&at(0));
    for _ in 0..100 {
        session.nudge(15, &at(0));
    }
    assert_eq!(session.view(&at(0)).length_s, 600);
}

#[test]
fn the_other_side_first_leaves_a_block_whose_first_side_is_over() {
    let technique = technique("t", Sides::LeftThenRight, &[-10]);
    let mut session = Session::start(Timeline::of_technique(&technique, L), &at(0));
    run_to(&mut session, 0, 18_000);
    let before = session.view(&at(18_000));
    assert_eq!(
        session.timeline.segments[before.segment].phase,
        Phase::SideChange
    );
    assert_eq!(session.other_side_first(&at(18_000)), []);
    assert_eq!(session.view(&at(18_000)), before);
    assert_eq!(session.timeline.side_first, L);
}

#[test]
fn the_other_side_first_starts_the_block_anew_and_keeps_what_was_done() {
    let mut session = Session::start(sided(), &at(0));
    session.next(&at(0));
    session.next(&at(0));
    // Left 10 s whole, 5 s of left 20 s.
    run_to(&mut session, 0, 15_000);
    assert_eq!(session.other_side_first(&at(15_000)), [Event::Began(2)]);
    assert_eq!(session.timeline.side_first, R);
    assert_eq!(session.current().unwrap().side, Some(R));
    assert_eq!(session.steps_done(), 1);
    assert_eq!(
        session.checkpoint(&at(15_000)).detail.ended,
        [5],
        "done on the left"
    );
    run_to(&mut session, 15_000, 15_000 + 73_000);
    let entry = entry(&session.closing_fields(None, &at(88_000)));
    assert_eq!(
        steps_done(&entry),
        Some(5),
        "all but the skipped first step"
    );
    assert_eq!(entry.more.unwrap().side_first.as_deref(), Some("right"));
}

#[test]
fn the_other_side_first_before_a_block_moves_nothing() {
    let mut session = Session::start(sided(), &at(0));
    assert_eq!(session.other_side_first(&at(2_000)), []);
    assert_eq!(session.view(&at(2_000)).left_s, 3);
    assert_eq!(session.timeline.segments[2].side, Some(R));
    run_to(&mut session, 2_000, 88_500);
    assert_eq!(
        session.other_side_first(&at(88_500)),
        [],
        "no block is left"
    );
    assert_eq!(session.timeline.side_first, R);
}

#[test]
fn an_unsided_record_names_no_side() {
    let plain = Timeline::of_technique(&technique("t", Sides::Both, &[5]), R);
    let session = Session::start(plain, &at(0));
    assert!(session.opening_fields().get("side_first").is_none());
    assert!(
        session
            .closing_fields(None, &at(0))
            .get("side_first")
            .is_none()
    );
}

#[test]
fn an_empty_timeline_is_finished_at_once() {
    let mut session = Session::start(queue(Vec::new(), &[], L), &at(0));
    assert!(session.is_finished());
    for act in [
        Session::next,
        Session::previous,
        Session::pause,
        Session::go_on,
        Session::restart_step,
        Session::other_side_first,
        Session::advance,
    ] {
        assert_eq!(act(&mut session, &at(1)), []);
    }
    assert_eq!(session.nudge(15, &at(1)), []);
    assert_eq!(session.view(&at(1)).total_left_s, 0);
}

#[test]
fn a_session_cut_off_resumes_paused_where_it_stood() {
    let mut session = Session::start(sided(), &at(0));
    run_to(&mut session, 0, 21_000);
    session.nudge(15, &at(21_250));
    let noted = session.checkpoint(&at(21_250));
    let noted: Checkpoint = serde_json::from_str(&serde_json::to_string(&noted).unwrap()).unwrap();
    // After a restart of the machine its clocks begin anew.
    let mut again = Session::resume(sided(), &noted, &at(40)).unwrap();
    assert_eq!(again.paused(), Some(Pause::Away));
    assert_eq!(
        Checkpoint {
            at: noted.at.clone(),
            ..again.checkpoint(&at(40))
        },
        noted
    );
    assert_eq!(go_on(&mut again, 4_000), [Event::WentOn]);
    assert_eq!(again.view(&at(4_000)).left_s, 24);
    assert_eq!(entry(&again.opening_fields()).started_at, Some(wall(0)));
}

#[test]
fn a_checkpoint_that_no_longer_fits_is_not_resumed() {
    let mut session = Session::start(sided(), &at(0));
    run_to(&mut session, 0, 21_000);
    let noted = session.checkpoint(&at(21_000));
    let resume =
        |timeline, checkpoint: &Checkpoint| Session::resume(timeline, checkpoint, &at(0)).is_some();
    assert!(resume(sided(), &noted));
    let shorter =
        Timeline::of_technique(&technique("t", Sides::LeftThenRight, &[15, -10, -10, 5]), L);
    assert!(!resume(shorter, &noted));
    let mut far = noted.clone();
    far.segment = 99;
    assert!(!resume(sided(), &far));
    let mut long = noted.clone();
    long.gone_ms = 99_000;
    assert!(!resume(sided(), &long));
    let mut other = noted.clone();
    other.title = Title::Queue(Vec::new());
    assert!(!resume(sided(), &other));
    let mut strange = noted;
    strange.detail.ended.push(99);
    assert!(!resume(sided(), &strange));
}

#[test]
fn a_session_cut_off_can_be_kept_as_far_as_it_came() {
    let mut session = Session::start(sided(), &at(0));
    run_to(&mut session, 0, 26_000);
    let kept = entry(&session.checkpoint(&at(26_000)).stopped_fields("cut off"));
    assert_eq!(kept.status, Some(Status::Stopped));
    assert_eq!((kept.active_s, steps_done(&kept)), (Some(21), Some(1)));
    let more = kept.more.unwrap();
    assert_eq!(more.ended_at, Some(wall(26_000)));
    assert_eq!(more.stopped_because.as_deref(), Some("cut off"));
    assert_eq!(more.side_first.as_deref(), Some("left"));
    assert!(!more.items[0].done);
    run_to(&mut session, 26_000, 93_000);
    let kept = entry(&session.checkpoint(&at(99_000)).stopped_fields("cut off"));
    assert_eq!(kept.status, Some(Status::Finished), "cut off while rating");
    assert_eq!(kept.more.unwrap().ended_at, Some(wall(93_000)));
}

fn timelines() -> impl Strategy<Value = Timeline> {
    let one = (
        prop_oneof![
            Just(Sides::Both),
            Just(Sides::LeftThenRight),
            Just(Sides::Either)
        ],
        prop::collection::vec(prop_oneof![4 => -20..20_i32, 1 => 20..90_i32], 1..5),
        prop::option::of((1..=6_u8, 1..=8_u8)),
    );
    (prop::collection::vec(one, 1..4), any::<bool>()).prop_map(|(techniques, left)| {
        let slugs = ["a", "b", "c"];
        let techniques = slugs.iter().zip(&techniques);
        let techniques: Vec<_> = techniques
            .map(|(slug, (sides, steps, breath))| {
                let mut technique = technique(slug, *sides, steps);
                technique.breath = breath.map(|(in_s, out_s)| Breath { in_s, out_s });
                for step in &mut technique.steps {
                    step.paced = breath.is_some() && step.seconds % 2 == 0;
                }
                technique
            })
            .collect();
        let chosen = techniques.len();
        queue(techniques, &slugs[..chosen], if left { L } else { R })
    })
}

#[derive(Debug, Clone)]
enum Do {
    Wait(u64),
    Sleep(u64),
    Pause,
    GoOn,
    Next,
    Previous,
    Restart,
    Nudge(i64),
    OtherSide,
    Stopped,
    CutOff,
}

fn acts() -> impl Strategy<Value = Vec<Do>> {
    let act = prop_oneof![
        8 => (0..6_000_u64).prop_map(Do::Wait),
        1 => (0..20_000_u64).prop_map(Do::Sleep),
        1 => Just(Do::Pause),
        3 => Just(Do::GoOn),
        2 => Just(Do::Next),
        1 => Just(Do::Previous),
        1 => Just(Do::Restart),
        1 => (-30..30_i64).prop_map(Do::Nudge),
        1 => Just(Do::OtherSide),
        1 => Just(Do::Stopped),
        1 => Just(Do::CutOff),
    ];
    prop::collection::vec(act, 0..40)
}

/// A session and its clocks, driven by random acts.
struct Driven {
    session: Session,
    ms: u64,
    asleep: u64,
}

impl Driven {
    fn now(&self) -> Now {
        slept(self.ms, self.asleep)
    }

    fn act(&mut self, act: &Do) -> Vec<Event> {
        match act {
            Do::Wait(ms) => self.ms += ms,
            Do::Sleep(ms) => self.asleep += ms,
            _ => {}
        }
        let now = self.now();
        match act {
            Do::Wait(_) | Do::Sleep(_) => self.session.advance(&now),
            Do::Pause => self.session.pause(&now),
            Do::GoOn => self.session.go_on(&now),
            Do::Next => self.session.next(&now),
            Do::Previous => self.session.previous(&now),
            Do::Restart => self.session.restart_step(&now),
            Do::Nudge(by) => self.session.nudge(*by, &now),
            Do::OtherSide => self.session.other_side_first(&now),
            Do::Stopped => self.session.was_stopped(&now),
            Do::CutOff => {
                let noted = self.session.checkpoint(&now);
                let timeline = self.session.timeline.clone();
                self.session = Session::resume(timeline, &noted, &now).unwrap();
                Vec::new()
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_the_sums_agree(timeline in timelines(), acts in acts()) {
        let steps = timeline.segments.iter()
            .filter(|s| matches!(s.phase, Phase::Step { .. })).count() as u32;
        let mut driven = Driven { session: Session::start(timeline, &at(0)), ms: 0, asleep: 0 };
        for act in &acts {
            let before = driven.session.checkpoint(&driven.now());
            driven.act(act);
            let (now, session) = (driven.now(), &driven.session);
            let view = session.view(&now);
            let total: u32 = session.lengths.iter().sum();
            prop_assert_eq!(view.gone_s + view.total_left_s, total, "{:?}", act);
            prop_assert!(view.left_s <= view.length_s);
            let after = session.checkpoint(&now);
            prop_assert!(after.active_ms <= driven.ms, "active exceeds elapsed");
            prop_assert!(after.active_ms >= before.active_ms);
            prop_assert!(after.steps_done <= steps);
            prop_assert!(!(view.finished && view.paused.is_some()));
            prop_assert!(view.count_in_s.is_none() || view.paused.is_none() && !view.finished);
            prop_assert_eq!(view.paused.is_none() && !view.finished, session.next_change().is_some());
            if let Some(next) = session.next_change() {
                prop_assert!(next > now.mono && next <= now.mono + Duration::from_secs(1));
            }
            let items: u64 = after.items.iter().map(|item| u64::from(item.active_s)).sum();
            prop_assert!(items <= after.active_ms / 1000);
            if matches!(act, Do::CutOff) {
                prop_assert_eq!(Checkpoint { at: before.at.clone(), ..after }, before);
            }
        }
    }

    #[test]
    fn the_digits_change_at_the_next_change_and_not_before(
        timeline in timelines(), acts in acts(), part in 0..1000_u64,
    ) {
        let mut driven = Driven { session: Session::start(timeline, &at(0)), ms: 0, asleep: 0 };
        for act in &acts { driven.act(act); }
        if let Some(next) = driven.session.next_change() {
            let view = driven.session.view(&driven.now());
            let next = next.as_millis() as u64;
            let between = driven.ms + (next - driven.ms) * part / 1000;
            prop_assert_eq!(&driven.session.view(&slept(between, driven.asleep)), &view);
            prop_assert_ne!(&driven.session.view(&slept(next, driven.asleep)), &view);
        }
    }

    #[test]
    fn one_big_step_equals_many_small_ones(
        timeline in timelines(), acts in acts(), big in 0..5_000_u64, cuts in prop::collection::vec(0..5_000_u64, 0..8),
    ) {
        let mut driven = Driven { session: Session::start(timeline, &at(0)), ms: 0, asleep: 0 };
        for act in &acts { driven.act(act); }
        let (mut one, mut many) = (driven.session.clone(), driven.session.clone());
        let end = slept(driven.ms + big, driven.asleep);
        let mut cuts: Vec<u64> = cuts.into_iter().filter(|cut| *cut < big).collect();
        cuts.sort_unstable();
        let mut told = Vec::new();
        for cut in cuts {
            let now = slept(driven.ms + cut, driven.asleep);
            told.extend(many.advance(&now));
            prop_assert_eq!(many.view(&now), driven.session.view(&now), "a look does not need a turn");
        }
        told.extend(many.advance(&end));
        prop_assert_eq!(one.advance(&end), told);
        prop_assert_eq!(one.view(&end), many.view(&end));
        prop_assert_eq!(one.checkpoint(&end), many.checkpoint(&end));
    }

    #[test]
    fn run_through_every_stretch_is_told_and_both_sides_get_the_same(timeline in timelines()) {
        let total = u64::from(timeline.real_s()) * 1000;
        let count = timeline.segments.len();
        let planned = timeline.planned_s();
        let mut session = Session::start(timeline, &at(0));
        let events = run_to(&mut session, 0, total);
        let mut expected: Vec<Event> = Vec::new();
        for at in 0..count {
            expected.push(Event::Ended(at));
            expected.push(if at + 1 < count { Event::Began(at + 1) } else { Event::Finished });
        }
        let told: Vec<Event> = events.iter().filter(|event| !event.is_passing()).cloned().collect();
        prop_assert_eq!(told, expected);
        let noted = session.checkpoint(&at(total));
        prop_assert_eq!(noted.active_ms, u64::from(planned) * 1000);
        let on = |side| {
            let steps = session.timeline.segments.iter().filter(|s| matches!(s.phase, Phase::Step { .. }));
            steps.filter(|s| s.side == Some(side)).map(|s| s.seconds).sum::<u32>()
        };
        prop_assert_eq!(on(L), on(R));
    }
}
