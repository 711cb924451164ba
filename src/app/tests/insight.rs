//! The insight tabs: opening and leaving them, what is counted when, the pointer, silence, and the questionnaire.

use std::sync::LazyLock;

use super::*;
use crate::app::insight::Tab;
use crate::app::message::Span;
use crate::domain::safety::{ClinicianSign, EmergencySign, Safety};

fn record(n: u8, at: &str, kind: &str, put: &[(&str, serde_json::Value)]) -> Entry {
    let mut fields = Fields::default();
    fields.put("kind", kind);
    fields.put("started_at", at);
    for (name, value) in put {
        fields.put(name, value);
    }
    Entry::read(Id::from_bytes([n; 16]), &fields, Marks::default())
}

fn rated(n: u8, at: &str, pain: u8) -> Entry {
    record(n, at, "check-in", &[("pain", pain.into())])
}

fn peg(n: u8, at: &str) -> Entry {
    let answers = serde_json::json!([4, 3, 5]);
    record(n, at, "questionnaire", &[("peg", answers)])
}

/// In the log pane, before anything of the log was read; the time is the 23rd, ten o'clock.
fn before_reading(safety: fn() -> Safety, profile: Profile) -> Person {
    let reference = Reference {
        safety: LazyLock::new(safety),
        ..Reference::default()
    };
    let setup = Setup {
        library: Library::new(vec![technique("palm-press")], Vec::new(), reference),
        size: (120, 36),
        profile,
        seen: [DISCLAIMER_SEEN.to_owned()].into(),
        ..Setup::default()
    };
    let mut person = Person {
        app: App::new(setup, &at(0)),
        effects: Vec::new(),
    };
    person.app.overlays.clear();
    person.app.focus = Pane::Log;
    person
}

fn in_the_log(entries: Vec<Entry>) -> Person {
    let mut person = before_reading(Safety::default, answered());
    person.tell(Msg::Told(Told::Log(LogChange::Whole(entries))), &at(0));
    person
}

fn some_entries() -> Vec<Entry> {
    vec![
        rated(1, "2026-08-03T10:00:00+02:00", 7),
        rated(2, "2026-11-10T10:00:00+01:00", 5),
        rated(3, "2026-11-12T10:00:00+01:00", 3),
        rated(4, "2026-11-22T10:00:00+01:00", 2),
    ]
}

fn turn(person: &mut Person, forward: bool) {
    let action = if forward { Action::Right } else { Action::Left };
    person.tell(Msg::Do(action), &at(1));
}

#[test]
fn one_key_opens_the_trends_in_the_whole_screen_and_leads_back() {
    let mut person = in_the_log(some_entries());
    person.press("i", &at(1));
    assert_eq!(person.app.insight_tab(), Some(Tab::Trends));
    assert_eq!(person.app.context(), Context::Insight);
    assert!(person.app.zoomed);
    person.press("\x1b", &at(2));
    assert_eq!(person.app.insight_tab(), None);
    assert_eq!((person.app.focus, person.app.zoomed), (Pane::Log, false));
    // Whoever zoomed the pane finds it zoomed.
    person.press("zii", &at(3));
    assert_eq!(person.app.context(), Context::Log);
    assert!(person.app.zoomed);
}

#[test]
fn another_pane_is_not_left_zoomed_by_a_tab() {
    let mut person = in_the_log(some_entries());
    person.press("i\t", &at(1));
    assert_eq!(
        (person.app.focus, person.app.zoomed),
        (Pane::Library, false)
    );
    person.press("3", &at(2));
    assert_eq!(person.app.context(), Context::Log);
    person.press("zi1", &at(3));
    assert!(person.app.zoomed, "that was the person's own");
}

#[test]
fn arrows_turn_the_tabs_of_the_zoomed_log_and_else_go_to_the_panes() {
    let mut person = in_the_log(some_entries());
    turn(&mut person, false);
    assert_eq!(person.app.focus, Pane::Session);
    person.press("3z", &at(1));
    let mut seen = Vec::new();
    for _ in Tab::ALL {
        turn(&mut person, true);
        seen.push(person.app.insight.tab);
    }
    let mut expected = Tab::ALL;
    expected.rotate_left(1);
    assert_eq!(seen, expected, "all of them, and round to the entries");
    turn(&mut person, false);
    let last = Tab::ALL.last().copied();
    assert_eq!(person.app.insight_tab(), last);
    // The last one is what the key comes back to.
    person.press("ii", &at(2));
    assert_eq!(person.app.insight_tab(), last);
}

#[test]
fn only_what_is_open_is_counted_and_once_until_the_log_changes() {
    let mut person = in_the_log(some_entries());
    person.press("jk", &at(1));
    assert!(person.app.insight.counted.trends.is_none());
    person.press("i", &at(1));
    let trends = |person: &Person| {
        let trends = person.app.insight.counted.trends.as_ref();
        trends.map(|trends| (trends.overview.entries, trends.periods.as_ptr()))
    };
    let first = trends(&person);
    assert_eq!(first.map(|(entries, _)| entries), Some(4));
    assert!(person.app.insight.counted.helps.is_none());
    person.press("]jjv", &at(2));
    assert_eq!(trends(&person), first, "the very same");
    let put = vec![rated(5, "2026-11-23T09:00:00+01:00", 1)];
    let change = LogChange::Delta {
        put,
        gone: Vec::new(),
    };
    person.tell(Msg::Told(Told::Log(change)), &at(3));
    assert_eq!(trends(&person).map(|(entries, _)| entries), Some(5));
}

#[test]
fn nothing_is_counted_while_the_log_is_read() {
    let mut person = before_reading(Safety::default, answered());
    person.tell(
        Msg::Told(Told::Log(LogChange::Preview(some_entries()))),
        &at(0),
    );
    person.press("i", &at(1));
    assert!(person.app.insight.counted.trends.is_none());
    person.tell(
        Msg::Told(Told::Log(LogChange::Whole(some_entries()))),
        &at(2),
    );
    assert!(person.app.insight.counted.trends.is_some());
}

#[test]
fn a_new_day_is_counted_anew() {
    let mut person = in_the_log(some_entries());
    person.press("id", &at(1));
    let days = |person: &Person| {
        let trends = person.app.insight.counted.trends.as_ref();
        trends.map_or(0, |trends| trends.periods.len())
    };
    let before = days(&person);
    person.tell(Msg::Turn, &at(86_400));
    assert_eq!(days(&person), before + 1);
}

fn pointed_at(person: &Person) -> String {
    let insight = &person.app.insight;
    let trends = insight.counted.trends.as_ref().expect("trends");
    let at = trends.periods.len() - 1 - insight.back;
    trends.periods[at].from.to_string()
}

#[test]
fn the_pointer_begins_with_the_newest_rating_and_stays_in_time_when_the_span_changes() {
    let mut person = in_the_log(some_entries());
    person.press("i", &at(1));
    assert_eq!(
        person.app.insight.span,
        Span::Week,
        "weeks before single ratings"
    );
    assert_eq!(pointed_at(&person), "2026-11-16");
    person.press("[", &at(2));
    assert_eq!(pointed_at(&person), "2026-11-09");
    person.press("d", &at(3));
    assert_eq!(pointed_at(&person), "2026-11-15");
    person.press("m", &at(4));
    assert_eq!(pointed_at(&person), "2026-11-01");
    person.press("{", &at(5));
    assert_eq!(pointed_at(&person), "2026-08-01", "not before the first");
    person.press("}}]w", &at(6));
    assert_eq!(pointed_at(&person), "2026-11-16");
}

#[test]
fn keys_that_do_nothing_on_a_tab_are_not_offered_there() {
    let mut person = in_the_log(some_entries());
    person.press("i", &at(1));
    let app = &person.app;
    assert!(app.insight_takes(Action::Span(Span::Day)) && app.insight_takes(Action::Earlier));
    assert!(!app.insight_takes(Action::Span(Span::Week)), "it is shown");
    assert!(!app.insight_takes(Action::Measure) && !app.insight_takes(Action::Peg));
    for (tab, action) in [(Tab::Year, Action::Measure), (Tab::Peg, Action::Peg)] {
        while person.app.insight.tab != tab {
            turn(&mut person, true);
        }
        assert!(person.app.insight_takes(action));
    }
}

#[test]
fn where_nothing_is_drawn_no_key_is_offered_that_moves_in_it() {
    let mut person = in_the_log(vec![peg(1, "2026-11-22T18:00:00+01:00")]);
    person.press("i", &at(1));
    let moves = [
        Action::Earlier,
        Action::Later,
        Action::Span(Span::Day),
        Action::Span(Span::Month),
    ];
    for tab in [Tab::Trends, Tab::Year] {
        while person.app.insight.tab != tab {
            turn(&mut person, true);
        }
        for action in moves {
            assert!(!person.app.insight_takes(action), "{tab:?}: {action:?}");
        }
    }
    assert!(
        person.app.insight_takes(Action::Measure),
        "stress may be rated"
    );
}

fn safety() -> Safety {
    let mut safety = Safety::default();
    safety.emergency.signs.push(EmergencySign {
        id: "E1",
        sign: "numb between the legs",
        sources: Vec::new(),
        why: "",
    });
    for (id, locks) in [("U1", true), ("U7", false)] {
        safety.clinician.signs.push(ClinicianSign {
            id,
            sign: "a fall",
            speed: "this week",
            locks,
            from_memory: false,
            sources: Vec::new(),
        });
    }
    safety
}

#[test]
fn an_open_sign_silences_the_tabs_and_one_that_locks_nothing_does_not() {
    for (sign, is_silent) in [("E1", true), ("U1", true), ("U7", false)] {
        let mut profile = answered();
        profile.answer(sign, true, at(0).wall.date_naive());
        let mut person = before_reading(safety, profile);
        person.tell(
            Msg::Told(Told::Log(LogChange::Whole(some_entries()))),
            &at(0),
        );
        person.app.overlays.clear();
        person.press("i", &at(1));
        assert_eq!(person.app.hush().is_some(), is_silent, "{sign}");
        let counted = &person.app.insight.counted;
        assert_eq!(counted.trends.is_none(), is_silent, "{sign}");
        assert_eq!(person.app.insight_takes(Action::Earlier), !is_silent);
    }
}

fn written(person: &Person) -> Option<Entry> {
    person.asks().into_iter().find_map(|ask| match ask {
        Ask::Write(_, Act::Add { set }) => Some(Entry::read(Id::new("r"), set, Marks::default())),
        _ => None,
    })
}

#[test]
fn peg_is_answered_with_a_digit_each_and_its_score_is_said_once_saved() {
    for (hide, said) in [
        ("", "Saved: PEG 5.7, the mean of the three."),
        ("v", "Saved."),
    ] {
        let mut person = in_the_log(some_entries());
        person.press(hide, &at(1)).press("P4t3", &at(2));
        assert!(person.app.overlays.is_empty());
        let entry = written(&person).expect("an entry");
        let answers = entry.more.as_ref().and_then(|more| more.peg);
        let answers = answers.map(|answers| answers.map(Scale::get));
        assert_eq!(answers, Some([4, 10, 3]));
        assert_eq!(entry.kind, crate::domain::record::Kind::Questionnaire);
        let asks = person.asks();
        let ticket = asks.iter().find_map(|ask| match ask {
            Ask::Write(ticket, _) => Some(*ticket),
            _ => None,
        });
        let told = Told::Saved {
            ticket: ticket.expect("a ticket"),
            rec: Id::new("r"),
            note: String::new(),
        };
        person.tell(Msg::Told(told), &at(3));
        assert_eq!(person.notice(), said);
    }
}

#[test]
fn a_skipped_question_leaves_no_score_and_saves_nothing() {
    let mut person = in_the_log(some_entries());
    person.press("iP4\n3", &at(1));
    assert!(written(&person).is_none());
    let said = "A question was skipped: no score, and nothing is saved.";
    assert_eq!(person.notice(), said);
    person.press("P44\x1b", &at(2));
    assert!(written(&person).is_none());
}

#[test]
fn peg_is_offered_to_whoever_answered_it_before_and_only_once_it_is_due() {
    let recent = || rated(1, "2026-11-23T09:00:00+01:00", 3);
    let offered = |entries: Vec<Entry>| in_the_log(entries).app.offers_peg(&at(0));
    assert!(!offered(vec![recent()]), "never answered");
    assert!(!offered(vec![
        recent(),
        peg(2, "2026-11-17T10:00:00+01:00")
    ]));
    assert!(offered(vec![recent(), peg(2, "2026-11-16T10:00:00+01:00")]));
}

#[test]
fn the_day_has_one_unasked_line_and_how_it_is_comes_first() {
    let quiet = in_the_log(vec![peg(2, "2026-11-02T10:00:00+01:00")]);
    assert!(quiet.app.asks_how_it_is(&at(0)));
    assert!(!quiet.app.offers_peg(&at(0)));
    let due = || {
        vec![
            rated(1, "2026-11-23T09:00:00+01:00", 3),
            peg(2, "2026-11-02T10:00:00+01:00"),
        ]
    };
    let mut person = in_the_log(due());
    assert!(person.app.offers_peg(&at(0)));
    let remembers = |ask: &&Ask| matches!(ask, Ask::Seen(name) if name == "asked on 2026-11-23");
    assert_eq!(person.asks().iter().filter(|ask| remembers(ask)).count(), 1);
    // Answered, it is gone.
    let put = vec![peg(3, "2026-11-23T10:00:00+01:00")];
    let change = LogChange::Delta {
        put,
        gone: Vec::new(),
    };
    person.tell(Msg::Told(Told::Log(change)), &at(1));
    assert!(!person.app.offers_peg(&at(1)));
    // At the day's second start nothing is asked.
    let mut second = before_reading(Safety::default, answered());
    let seen = ["asked on 2026-11-23".to_owned()].into();
    second.tell(Msg::Told(Told::SeenBefore(seen)), &at(0));
    second.tell(Msg::Told(Told::Log(LogChange::Whole(due()))), &at(0));
    assert!(!second.app.offers_peg(&at(0)));
}
