//! How a session ends, what is kept when it does not, and what can't be saved.

use super::*;
use crate::domain::record::Status;

fn full() -> Failure {
    Failure {
        path: "/data".into(),
        why: "no room left".into(),
        retry: true,
    }
}

impl Person {
    /// Everything asked since the last look fails.
    fn nothing_can_be_saved(&mut self, now: &Now) {
        let asks: Vec<Ask> = self.asks().into_iter().cloned().collect();
        self.effects.clear();
        for ask in asks {
            let ask = Box::new(ask);
            let failure = full();
            self.tell(Msg::Told(Told::NotSaved { ask, failure }), now);
        }
    }

    fn is_saved(&mut self, ticket: u64, now: &Now) {
        let saved = Told::Saved {
            ticket,
            rec: Id::new("rec"),
            note: String::new(),
        };
        self.tell(Msg::Told(saved), now);
    }

    fn is_asked_about_a_cut_off_session(&self) -> bool {
        matches!(
            self.app.overlays.last(),
            Some(Overlay::Question(Question::CutOff(..)))
        )
    }
}

#[test]
fn quitting_in_the_middle_asks_and_enter_keeps_the_part_that_was_done() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n", &at(0)).wait(1, 9).press("q", &at(9));
    assert!(matches!(
        person.app.overlays[..],
        [Overlay::Question(Question::Stop { quit: true, .. })]
    ));
    person.press("\n", &at(12));
    let entry = person.closing().expect("a closing line");
    assert_eq!(
        entry.active_s,
        Some(4),
        "the clock stood while it was asked"
    );
    assert!(matches!(person.effects.last(), Some(Effect::Quit(0))));
}

#[test]
fn going_on_after_the_question_goes_on_where_the_clock_stood() {
    let mut person = Person::new(Setup::default());
    person
        .press("\n\n", &at(0))
        .wait(1, 7)
        .press("x", &at(8))
        .wait(9, 60)
        .press("g", &at(60));
    assert_eq!(person.app.context(), Context::Running);
    let run = person.app.run().expect("a session");
    assert_eq!(run.session.view(&at(60)).left_s, 7);
}

#[test]
fn stopping_early_asks_how_it_feels_and_keeps_the_reason() {
    let mut person = Person::new(Setup::default());
    person
        .press("\n5\n", &at(0))
        .wait(1, 9)
        .press("xk", &at(9))
        .press("6\n", &at(10));
    let entry = person.closing().expect("a closing line");
    assert_eq!(entry.pain_after, scale(6));
    assert!(
        entry
            .more
            .as_ref()
            .is_some_and(|more| more.stopped_because.is_some())
    );
    assert!(matches!(&person.app.stage, Stage::Done(summary) if summary.ending == Ending::Stopped));
}

#[test]
fn discarding_writes_no_closing_line_but_takes_the_record_back() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n", &at(0)).wait(1, 9).press("xd", &at(9));
    assert!(matches!(
        person.asks().last(),
        Some(Ask::EndSession(_, None))
    ));
    assert!(matches!(person.app.stage, Stage::Preview));
}

#[test]
fn control_c_leaves_at_once_and_keeps_the_part_done() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n", &at(0)).wait(1, 9);
    person.tell(Msg::Do(Action::QuitNow), &at(9));
    assert_eq!(person.closing().and_then(|entry| entry.active_s), Some(4));
    assert!(matches!(person.effects.last(), Some(Effect::Quit(130))));
}

#[test]
fn what_could_not_be_saved_is_kept_and_leaving_asks_first() {
    let mut person = Person::new(Setup::default());
    person.press("l5\n", &at(0));
    person.nothing_can_be_saved(&at(1));
    assert!(
        person.notice().contains("/data: no room left"),
        "{}",
        person.notice()
    );
    person.press("q", &at(2));
    assert!(matches!(
        person.app.overlays[..],
        [Overlay::Question(Question::Unsaved)]
    ));
    person.press("r", &at(3));
    assert!(matches!(person.asks()[..], [Ask::Write(..)]), "tried again");
    assert!(person.app.outbox.unsaved.is_empty());
}

#[test]
fn a_save_that_fails_while_leaving_stays_to_ask() {
    let mut person = Person::new(Setup::default());
    person.press("l5\nq", &at(0));
    assert!(matches!(person.effects.last(), Some(Effect::Quit(0))));
    person.nothing_can_be_saved(&at(1));
    assert!(matches!(
        person.app.overlays[..],
        [Overlay::Question(Question::Unsaved)]
    ));
}

pub(super) fn cut_off(after: u64) -> Told {
    let mut session = Session::start(
        Timeline::of_technique(&technique("palm-press"), Side::Left),
        &at(0),
    );
    for second in 1..=after {
        session.advance(&at(second));
    }
    Told::CutOff(Id::new("rec"), session.checkpoint(&at(after)))
}

#[test]
fn a_session_cut_off_is_offered_and_taken_up_paused_where_it_stood() {
    let mut person = Person::new(Setup::default());
    person.tell(Msg::Told(cut_off(9)), &at(100));
    person.press("r", &at(101));
    assert_eq!(person.app.context(), Context::Paused);
    assert!(matches!(person.asks()[..], [Ask::ResumeSession(..)]));
    person
        .press(" ", &at(102))
        .wait(103, 140)
        .press("\n", &at(140));
    assert_eq!(
        person.closing().and_then(|entry| entry.active_s),
        Some(20),
        "nothing lost, nothing invented"
    );
}

#[test]
fn a_session_cut_off_can_be_kept_or_discarded() {
    for (key, kept) in [("k", true), ("d", false)] {
        let mut person = Person::new(Setup::default());
        person.tell(Msg::Told(cut_off(9)), &at(100));
        person.press(key, &at(101));
        let [Ask::SettleCutOff(_, _, fields)] = person.asks()[..] else {
            panic!("{:?}", person.asks())
        };
        assert_eq!(fields.is_some(), kept);
    }
}

#[test]
fn a_session_cut_off_after_its_end_is_closed_without_a_question() {
    let mut person = Person::new(Setup::default());
    person.tell(Msg::Told(cut_off(40)), &at(100));
    assert!(person.app.overlays.is_empty());
    assert!(matches!(
        person.asks()[..],
        [Ask::SettleCutOff(_, _, Some(_))]
    ));
}

#[test]
fn a_stopped_session_ends_when_it_is_stopped_not_when_it_is_rated() {
    let mut person = Person::new(Setup::default());
    person
        .press("\n\n", &at(0))
        .wait(1, 9)
        .press("xk", &at(9))
        .press("6\n", &at(500));
    let entry = person.closing().expect("a closing line");
    let more = entry.more.expect("times");
    let moment =
        |at: Option<DateTime<chrono::FixedOffset>>| at.map(|at| at.format("%T").to_string());
    assert_eq!(moment(more.ended_at).as_deref(), Some("10:00:09"));
    assert_eq!(moment(more.rated_after_at).as_deref(), Some("10:08:20"));
}

#[test]
fn skipping_to_the_end_is_stopping_early_on_the_screen_and_in_the_log() {
    let mut person = Person::new(Setup::default());
    person
        .press("\n\n", &at(0))
        .press("nnn", &at(7))
        .press("\n", &at(8));
    let entry = person.closing().expect("a closing line");
    assert_eq!(entry.status, Some(Status::Stopped));
    assert!(matches!(&person.app.stage, Stage::Done(summary) if summary.ending == Ending::Stopped));
}

#[test]
fn leaving_in_the_middle_of_the_rating_keeps_what_was_rated() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n", &at(0)).wait(1, 40).press("4", &at(41));
    person.tell(Msg::Leave(143), &at(42));
    let entry = person.closing().expect("a closing line");
    assert_eq!(entry.pain_after, scale(4));
    assert!(entry.more.is_some_and(|more| more.rated_after_at.is_some()));
}

#[test]
fn every_way_out_tries_once_more_to_save_what_was_not() {
    let outs: [fn(&mut Person); 4] = [
        |person| {
            person.press("qk", &at(9));
        },
        |person| {
            person.press("qd", &at(9));
        },
        |person| {
            person.tell(Msg::Do(Action::QuitNow), &at(9));
        },
        |person| {
            person.tell(Msg::Leave(143), &at(9));
        },
    ];
    for leave in outs {
        let mut person = Person::new(Setup::default());
        person.press("l5\n", &at(0)).nothing_can_be_saved(&at(1));
        person.press("\n\n", &at(2));
        person.effects.clear();
        leave(&mut person);
        let again = person.asks();
        let is_check_in = |ask: &Ask| matches!(ask, Ask::Write(_, Act::Add { .. }));
        assert!(again.iter().any(|ask| is_check_in(ask)), "{again:?}");
        assert!(matches!(person.effects.last(), Some(Effect::Quit(_))));
    }
}

#[test]
fn what_is_not_saved_stays_in_sight_until_it_is() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n", &at(0)).nothing_can_be_saved(&at(1));
    assert_eq!(person.app.outbox.unsaved.len(), 1);
    // A step begins; where the session stands can be noted, and that says nothing about the log.
    person.wait(2, 6);
    let Some(Ask::Progress(ticket, _)) = person.asks().last().copied().cloned() else {
        panic!("{:?}", person.asks())
    };
    person.is_saved(ticket, &at(6));
    assert!(person.app.trouble.is_some());
    // Its end is saved, and its start with it.
    person.wait(7, 40).press("\n", &at(41));
    let answers = person.asks().len();
    for _ in 1..answers {
        person.is_saved(ticket, &at(41));
    }
    assert!(person.app.outbox.unsaved.is_empty());
    person.is_saved(ticket, &at(41));
    assert!(person.app.trouble.is_none());
}

#[test]
fn a_cut_off_session_waits_until_nothing_else_goes_on() {
    let mut person = Person::new(Setup {
        start: vec!["thumb-hold".into()],
        no_rating: true,
        ..Setup::default()
    });
    person.tell(Msg::Turn, &at(0));
    person.tell(Msg::Told(cut_off(9)), &at(1));
    assert!(!person.is_asked_about_a_cut_off_session());
    person.wait(2, 40);
    assert!(person.is_asked_about_a_cut_off_session());
    person.press("r", &at(41));
    let run = person.app.run().expect("a session");
    assert_eq!(run.session.timeline.items[0].technique, "palm-press");
}

#[test]
fn of_two_cut_off_sessions_the_second_waits_for_the_first() {
    let mut person = Person::new(Setup::default());
    person.tell(Msg::Told(cut_off(9)), &at(100));
    person.tell(Msg::Told(cut_off(12)), &at(100));
    person.press("r", &at(101));
    assert!(!person.is_asked_about_a_cut_off_session());
    person.press("xk", &at(102)).press("\n", &at(103));
    assert!(person.is_asked_about_a_cut_off_session());
}

#[test]
fn keys_meant_for_the_list_do_not_answer_a_question_that_came_up_by_itself() {
    let mut person = Person::new(Setup::default());
    person.press("j", &at(100));
    person.tell(Msg::Told(cut_off(9)), &at(100));
    person.press("kd\n", &at(100));
    assert!(person.asks().is_empty());
    assert!(person.is_asked_about_a_cut_off_session());
    person.press("k", &at(101));
    assert!(matches!(person.asks()[..], [Ask::SettleCutOff(..)]));
}

#[test]
fn a_key_typed_before_a_pause_could_be_seen_does_not_undo_it() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n", &at(0)).wait(1, 7);
    // Away for a minute; the key and the late turn come together.
    person.press(" ", &at(70));
    assert_eq!(person.app.context(), Context::Paused);
    assert!(person.notice().contains("away"));
    person.press(" ", &at(71));
    assert_eq!(person.app.context(), Context::Running);
}

#[test]
fn where_a_long_step_stands_is_noted_every_so_often() {
    let mut person = Person::new(Setup::default());
    person.app.library.techniques[0].steps[0].seconds = 200;
    person.press("\n\n", &at(0)).wait(1, 190);
    let noted = person.asks().into_iter().filter_map(|ask| match ask {
        Ask::Progress(_, checkpoint) => Some(checkpoint.active_ms),
        _ => None,
    });
    let expected: Vec<u64> = (0..185_000).step_by(60_000).collect();
    assert_eq!(noted.collect::<Vec<_>>(), expected);
}

#[test]
fn undo_leaves_a_session_under_way_alone() {
    let mut person = Person::new(Setup::default());
    person.tell(Msg::Told(Told::Log(LogChange::Whole(Vec::new()))), &at(0));
    person.press("\n\n", &at(0)).press("1u", &at(3));
    let asks = person.asks();
    let undone = asks
        .iter()
        .any(|ask| matches!(ask, Ask::Write(_, Act::Undo { .. })));
    assert!(!undone, "{asks:?}");
    assert!(person.notice().contains("under way"));
}

#[test]
fn the_machine_is_kept_awake_while_the_session_moves_and_no_longer() {
    let mut person = Person::new(Setup::default());
    assert!(!person.app.keeps_awake());
    person.press("\n\n", &at(0)).wait(1, 9);
    assert!(person.app.keeps_awake());
    person.press(" ", &at(9));
    assert!(!person.app.keeps_awake(), "paused");
    person.press(" ", &at(10));
    assert!(person.app.keeps_awake(), "counting in");
    person.press("x", &at(11));
    assert!(!person.app.keeps_awake(), "asked whether to stop");
    person.press("\n", &at(12));
    assert!(!person.app.keeps_awake(), "over");
}

#[test]
fn what_is_told_once_ever_is_told_once_and_remembered() {
    let mut person = Person::new(Setup::default());
    let told = |person: &mut Person, line: &str, once| {
        person.app.notice = None;
        let remarks = vec![(line.to_owned(), once)];
        person.tell(Msg::Remarks(remarks), &at(1));
        person.notice() == line
    };
    assert!(told(&mut person, "no voice", Some("no-voice")));
    assert!(
        matches!(person.effects.last(), Some(Effect::Ask(Ask::Seen(name))) if name == "no-voice")
    );
    assert!(!told(&mut person, "no voice", Some("no-voice")));
    assert!(told(&mut person, "broken", None));
    assert!(told(&mut person, "broken", None));
    // What is being said is not pushed away; the next key makes room.
    person.app.say("watch for this");
    person.tell(
        Msg::Remarks(vec![("later".into(), None), ("last".into(), None)]),
        &at(1),
    );
    assert_eq!(person.notice(), "watch for this");
    person.press("j", &at(2));
    assert_eq!(person.notice(), "later");
    person.press("k", &at(2));
    assert_eq!(person.notice(), "last");
    // Another unkink said it.
    let seen = ["not-awake".to_owned()].into();
    person.tell(Msg::Told(Told::SeenBefore(seen)), &at(2));
    assert!(!told(&mut person, "it sleeps", Some("not-awake")));
}

#[test]
fn who_leaves_at_once_keeps_what_a_form_holds() {
    let written = |keys: &str| {
        let mut person = Person::new(Setup::default());
        person.press(keys, &at(0));
        person.tell(Msg::Leave(143), &at(1));
        let asks = person.asks().into_iter();
        asks.filter(
            |ask| matches!(ask, Ask::Write(_, Act::Add { set }) if set.get("pain").is_some()),
        )
        .count()
    };
    assert_eq!(written("l5"), 1);
    assert_eq!(written("l"), 0, "nothing was typed");
    assert_eq!(written("l5\u{1b}"), 1, "asked whether to leave it");
}

#[test]
fn a_start_by_mistake_leaves_no_session_unless_something_was_rated() {
    for (typed, kept) in [("\n\n", false), ("\n43\n", true)] {
        // Kept on being asked; quit and kept.
        for end in ["xk\n\n", "qk"] {
            let mut person = Person::new(Setup::default());
            person.press(typed, &at(1));
            assert!(person.app.run().is_some(), "{typed:?}");
            person.effects.clear();
            person.press(end, &at(2));
            let ended = person.effects.iter().find_map(|effect| match effect {
                Effect::Ask(Ask::EndSession(_, fields)) => Some(fields.is_some()),
                _ => None,
            });
            assert_eq!(ended, Some(kept), "{typed:?} {end:?}");
        }
    }
}
