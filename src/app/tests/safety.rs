//! The safety questions as the app asks them, and that nothing starts around them.

use super::*;
use crate::content;
use crate::domain::profile::{Profile, Said};

fn today() -> chrono::NaiveDate {
    at(0).wall.date_naive()
}

fn profile(yes: &[&str]) -> Profile {
    let mut profile = Profile {
        asked_on: Some(today()),
        ..Profile::default()
    };
    for id in yes {
        profile.answer(id, true, today());
    }
    profile
}

/// With everything that is built in, and these answers.
fn person(profile: Profile, start: &[&str]) -> Person {
    let setup = Setup {
        library: content::built_in_library(),
        size: (80, 24),
        seen: [DISCLAIMER_SEEN.to_owned()].into(),
        profile,
        start: start.iter().copied().map(Into::into).collect(),
        ..Setup::default()
    };
    let mut person = Person {
        app: App::new(setup, &at(0)),
        effects: Vec::new(),
    };
    let whole = Told::Log(LogChange::Whole(Vec::new()));
    person.tell(Msg::Told(whole), &at(0));
    person
}

impl Person {
    fn looks_at(&mut self, slug: &str) -> &mut Self {
        let library = &self.app.library;
        self.app.library_pane.select_slug(library, slug);
        self
    }

    fn said(&self) -> Vec<&Said> {
        let mut found = Vec::new();
        for ask in self.asks() {
            if let Ask::Profile(_, said) = ask {
                found.push(said);
            }
        }
        found
    }
}

#[test]
fn the_questions_come_at_the_first_start_and_none_of_these_is_one_key_each() {
    let mut person = person(Profile::default(), &[]);
    assert_eq!(person.app.context(), Context::Checklist);
    person.press("\n\n\n", &at(1));
    assert_eq!(person.app.context(), Context::Library);
    assert_eq!(person.app.profile.asked_on, Some(today()));
    assert!(matches!(
        person.said()[..],
        [_, _, Said::Answers { whole: true, .. }]
    ));
}

#[test]
fn leaving_the_questions_lets_browse_and_start_nothing() {
    let mut person = person(Profile::default(), &[]);
    person.press("\x1b", &at(1));
    assert_eq!(person.app.context(), Context::Library);
    person.looks_at("six-breaths").press("\n", &at(2));
    assert_eq!(person.app.context(), Context::Checklist, "asked again");
    // Answered, it goes on with what was wanted.
    person.press("\n\n\n", &at(3)).press("\n", &at(4));
    assert_eq!(person.app.context(), Context::Running);
}

/// All questions answered with no, before there was this one.
fn answered_before(new: &str) -> Profile {
    let library = content::built_in_library();
    let mut profile = profile(&[]);
    for id in library.safety().gate_ids().filter(|id| *id != new) {
        profile.answer(id, false, today());
    }
    profile
}

#[test]
fn a_new_question_is_asked_by_itself_at_the_start_and_before_any_session() {
    let mut person = person(answered_before("K9"), &[]);
    for leave in ["\x1b", ""] {
        let Some(Overlay::Checklist(list)) = person.app.overlays.last() else {
            panic!("no question");
        };
        let ids: Vec<&str> = list.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["K9"]);
        person.press(leave, &at(1)).looks_at("six-breaths");
        person.press(if leave.is_empty() { "a\n" } else { "\n" }, &at(2));
        assert!(person.app.run().is_none());
    }
    assert!(person.app.profile.holds("K9"));
    assert!(person.app.gate(&at(3)).bar().is_none());
    assert!(matches!(
        person.said()[..],
        [Said::Answers { whole: false, .. }]
    ));
    // It goes on with what was wanted.
    person.press("\n", &at(3));
    assert_eq!(person.app.context(), Context::Running);
}

#[test]
fn a_new_urgent_sign_that_is_so_starts_nothing() {
    let mut person = person(answered_before("E4"), &["six-breaths"]);
    person.press("a\n", &at(1)).press("\x1b\x1b\n\n", &at(2));
    assert!(person.app.run().is_none() && person.app.profile.is_open("E4"));
}

#[test]
fn with_an_urgent_sign_no_key_starts_anything() {
    for start in [&[][..], &["six-breaths"], &["desk-reset"]] {
        let mut person = person(profile(&["E1"]), start);
        person.press("\x1b\x1b", &at(1));
        for keys in ["\n", " ", ".", "A ", "2\n", "2 ", "\n\n\n", "1jj\n", "S\n"] {
            person.press(keys, &at(2)).press("\x1b\x1b", &at(3));
            assert!(person.app.run().is_none(), "{keys:?} after {start:?}");
        }
        let started = person
            .asks()
            .iter()
            .any(|ask| matches!(ask, Ask::StartSession { .. }));
        assert!(!started);
    }
}

#[test]
fn an_urgent_sign_is_left_by_a_clinician_or_as_a_slip_and_all_is_asked_again() {
    for (keys, seen) in [("a", true), ("aa", false)] {
        let mut person = person(profile(&["E1"]), &["six-breaths"]);
        assert_eq!(person.app.context(), Context::Checklist);
        person.press(keys, &at(1)).press("\n\n\n", &at(2));
        assert!(person.app.gate(&at(3)).bar().is_none());
        let looked_at = person
            .said()
            .iter()
            .any(|said| matches!(said, Said::SeenByClinician(..)));
        assert_eq!(looked_at, seen);
        person.press("\n", &at(4));
        assert_eq!(person.app.context(), Context::Running);
    }
}

#[test]
fn answering_an_urgent_sign_shows_the_text_and_is_written_at_once() {
    let mut person = person(Profile::default(), &["six-breaths"]);
    person.press("b\n", &at(1));
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Card(card)) if card.kind == card::Kind::Emergency
    ));
    assert!(matches!(person.said()[..], [Said::Answers { yes, .. }] if yes.contains("E2")));
    person.press("\x1b", &at(2));
    assert!(person.app.run().is_none());
}

#[test]
fn what_is_off_says_every_reason_and_does_not_start() {
    let mut person = person(profile(&["K2"]), &[]);
    person.looks_at("wall-ball-side-hip").press("\n", &at(1));
    assert!(
        person.notice().contains("no hard tools"),
        "{}",
        person.notice()
    );
    person.looks_at("ball-on-wall").press("\n", &at(2));
    assert!(
        person.notice().contains("Too little"),
        "{}",
        person.notice()
    );
    assert!(person.app.run().is_none() && person.asks().is_empty());
}

#[test]
fn what_changes_from_day_to_day_is_asked_once_in_four_hours() {
    let mut person = person(profile(&[]), &[]);
    person.looks_at("heat-pad-sit").press("\n", &at(1));
    assert_eq!(person.app.context(), Context::Checklist);
    person.press("\n", &at(2));
    assert_eq!(person.app.context(), Context::Rating);
    person.press("\x1b", &at(3)).press("\n", &at(4));
    assert_eq!(person.app.context(), Context::Rating, "not asked again");
    person.press("\x1b", &at(5));
    let later = 4 * 3600 + 10;
    person.looks_at("heat-pad-sit").press("\n", &at(later));
    assert_eq!(person.app.context(), Context::Checklist);
    person.press("a\n", &at(later));
    assert!(person.notice().contains("is off"), "{}", person.notice());
}

#[test]
fn a_session_that_was_cut_off_is_not_gone_on_with_where_it_may_not_start() {
    let mut person = Person::new(Setup::default());
    person.app.profile = Profile::default();
    person.tell(Msg::Told(endings::cut_off(9)), &at(100));
    person.press("r", &at(101));
    assert!(person.app.run().is_none());
}

#[test]
fn with_much_pain_nothing_that_touches_starts() {
    let mut person = person(profile(&[]), &[]);
    person.looks_at("calf-sweep").press("\n", &at(1));
    // What matters just now comes first.
    person.press("\n", &at(2)).press("8\n", &at(3));
    assert!(person.app.run().is_none());
    assert!(person.notice().contains("pain at 7"), "{}", person.notice());
    person.looks_at("six-breaths").press("\n8\n", &at(4));
    assert!(person.app.run().is_some());
}

#[test]
fn in_the_first_week_times_are_halved_and_pressure_is_at_most_four() {
    let mut person = person(profile(&[]), &[]);
    person
        .looks_at("knuckle-beside-spine")
        .press("\n\n\n", &at(1));
    let timeline = &person.app.run().expect("a session").session.timeline;
    let usual: Vec<u32> = person
        .app
        .library
        .technique("knuckle-beside-spine")
        .expect("there")
        .steps
        .iter()
        .map(|step| step.seconds)
        .collect();
    assert_eq!(usual, [10, 30, 30, 20]);
    let steps: Vec<u32> = timeline
        .segments
        .iter()
        .skip(1)
        .map(|segment| segment.seconds)
        .collect();
    assert_eq!(steps, [10, 15, 15, 10]);
    assert_eq!(timeline.items[0].pressure, "3 to 4 of 10");
}

#[test]
fn pain_that_rose_is_kept_with_the_reason_and_what_did_it_rests() {
    let mut person = person(profile(&[]), &[]);
    person.looks_at("six-breaths").press("\n3\n", &at(1));
    person.press("nnnnn", &at(2)).press("5\n", &at(3));
    let entry = person.closing().expect("a closing line");
    let because = entry.more.and_then(|more| more.stopped_because.clone());
    assert_eq!(because.as_deref(), Some("pain rose"));
    let Stage::Done(summary) = &person.app.stage else {
        panic!("{:?}", person.app.stage)
    };
    assert!(
        summary
            .lines()
            .iter()
            .any(|line| line.starts_with("Stop here"))
    );
}

#[test]
fn when_to_stop_is_one_key_away_and_the_clock_stands_meanwhile() {
    let mut person = person(profile(&[]), &[]);
    person
        .looks_at("six-breaths")
        .press("\n\n", &at(1))
        .press("w", &at(3));
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Card(card)) if card.kind == card::Kind::WhenToStop
    ));
    person.press("\x1b", &at(60));
    assert_eq!(person.app.context(), Context::Paused);
}

#[test]
fn what_the_log_raised_is_asked_before_the_next_session_and_once() {
    let mut person = person(profile(&[]), &[]);
    let mut fields = Fields::default();
    fields.put("kind", "check-in");
    fields.put("started_at", "2026-11-23T10:00:00+01:00");
    fields.put("qualities", &["numb"]);
    fields.put("regions", &["sacrum"]);
    let entry = Entry::read(Id::new("numb"), &fields, Marks::default());
    let gone = Vec::new();
    let change = LogChange::Delta {
        put: vec![entry],
        gone,
    };
    person.tell(Msg::Told(Told::Log(change)), &at(1));
    person.looks_at("six-breaths").press("\n", &at(2));
    assert_eq!(person.app.context(), Context::Checklist);
    assert!(person.notice().contains("numb"), "{}", person.notice());
    person.press("\n", &at(3)).press("\n", &at(4));
    assert_eq!(person.app.context(), Context::Running, "none of these");
    // One that is so bars everything.
    let mut person = self::person(profile(&[]), &[]);
    let entry = Entry::read(Id::new("numb"), &fields, Marks::default());
    let change = LogChange::Delta {
        put: vec![entry],
        gone: Vec::new(),
    };
    person.tell(Msg::Told(Told::Log(change)), &at(1));
    person
        .looks_at("six-breaths")
        .press("\na\n", &at(2))
        .press("\x1b", &at(3));
    assert!(person.app.gate(&at(4)).bar().is_some());
    assert!(person.app.run().is_none());
}

#[test]
fn looking_at_the_answers_again_changes_none() {
    let mut answers = profile(&["U8", "K2"]);
    answers.seen_by_clinician("U8", today());
    let mut person = person(answers.clone(), &[]);
    person.press("S\n\n\n", &at(1));
    let now = &person.app.profile;
    assert!(now.holds("K2") && now.holds("U8") && !now.is_open("U8"));
    assert_eq!(now.answers["U8"].seen_by_clinician, Some(today()));
}

#[test]
fn what_another_process_was_told_stops_a_session_and_bars_the_next() {
    let mut person = person(profile(&[]), &[]);
    person.looks_at("six-breaths").press("\n43\n", &at(1));
    assert_eq!(person.app.context(), Context::Running);
    let told = Told::Profile(profile(&["E1"]), Vec::new());
    person.tell(Msg::Told(told), &at(3));
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Card(card)) if card.kind == card::Kind::Emergency
    ));
    person.press("\x1b", &at(4));
    assert_eq!(person.app.context(), Context::Paused);
    person
        .press("xk", &at(5))
        .press("\n", &at(6))
        .press("1\n", &at(7));
    assert_eq!(person.app.context(), Context::Checklist);
    assert!(person.app.run().is_none());
}

#[test]
fn a_list_on_the_screen_follows_what_another_process_was_told() {
    let mut person = person(profile(&[]), &[]);
    person.press("S", &at(1));
    let told = Told::Profile(profile(&["E1"]), Vec::new());
    person.tell(Msg::Told(told), &at(2));
    person.press("\n\n\n", &at(3));
    assert!(
        person.app.gate(&at(4)).bar().is_some(),
        "Enter through takes nothing back"
    );
}

#[test]
fn what_is_known_already_draws_nothing() {
    let mut person = person(profile(&[]), &[]);
    let known = |profile| Msg::Told(Told::Profile(profile, Vec::new()));
    assert!(!person.tell(known(profile(&[])), &at(1)));
    assert!(person.tell(known(profile(&["E1"])), &at(2)), "it is news");
    assert!(!person.tell(known(profile(&["E1"])), &at(3)));
    let seen = |names: &[&str]| {
        let names = names.iter().map(|name| (*name).to_owned());
        Msg::Told(Told::SeenBefore(names.collect()))
    };
    assert!(person.tell(seen(&["elsewhere"]), &at(4)));
    assert!(!person.tell(seen(&["elsewhere"]), &at(5)));
    let favourites = |names: &[&str]| {
        let names = names.iter().map(|name| (*name).to_owned());
        Msg::Told(Told::Favourites(names.collect()))
    };
    assert!(person.tell(favourites(&["six-breaths"]), &at(6)));
    assert!(!person.tell(favourites(&["six-breaths"]), &at(7)));
    let whole = |entries| Msg::Told(Told::Log(LogChange::Whole(entries)));
    assert!(
        !person.tell(whole(Vec::new()), &at(7)),
        "nor were there any"
    );
    let entry = Entry::read(Id::new("first"), &Fields::default(), Marks::default());
    assert!(person.tell(whole(vec![entry]), &at(7)));
    assert!(person.tell(whole(Vec::new()), &at(7)), "it is gone");
    let troubles = vec!["profile.toml: line 3".to_owned()];
    let trouble = Told::Profile(profile(&["E1"]), troubles);
    assert!(person.tell(Msg::Told(trouble), &at(8)), "it is to be said");
}

#[test]
fn questions_without_room_to_be_read_are_not_answered_blindly() {
    let mut person = person(Profile::default(), &[]);
    person.tell(Msg::Resize(20, 5), &at(1));
    person.press("\n\n\n", &at(2));
    assert!(person.said().is_empty());
    assert_eq!(person.app.context(), Context::Checklist);
}

#[test]
fn going_on_with_what_was_cut_off_asks_what_the_log_raised_first() {
    let mut person = Person::new(Setup::default());
    let mut fields = Fields::default();
    fields.put("kind", "check-in");
    fields.put("started_at", "2026-11-23T10:00:00+01:00");
    fields.put("qualities", &["numb"]);
    fields.put("regions", &["sacrum"]);
    let put = vec![Entry::read(Id::new("numb"), &fields, Marks::default())];
    let gone = Vec::new();
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(1));
    person.tell(Msg::Told(endings::cut_off(9)), &at(100));
    person.press("r", &at(101));
    assert_eq!(person.app.context(), Context::Checklist);
    person.press("\n", &at(102));
    assert!(person.app.run().is_none());
    person.press("r", &at(104));
    assert!(person.app.run().is_some());
}

#[test]
fn ratings_of_the_command_line_count_for_what_it_named_and_nothing_else() {
    let before = Ratings {
        pain: scale(3),
        stress: None,
    };
    for leave in ["\x1b", "\n\n\n\x1b"] {
        let mut person = person(Profile::default(), &["heat-pad-sit"]);
        person.app.before = Some(before);
        person.press(leave, &at(1)).press("\x1b", &at(2));
        person.app.profile.asked_on = Some(today());
        person
            .looks_at("warm-bath-soak")
            .press("\n", &at(3))
            .press("\n", &at(4));
        assert_eq!(person.app.context(), Context::Rating, "after {leave:?}");
    }
}

#[test]
fn a_start_that_is_refused_says_why() {
    let setup = Setup {
        library: content::built_in_library(),
        size: (80, 24),
        seen: [DISCLAIMER_SEEN.to_owned()].into(),
        profile: Profile {
            daily: Some(crate::domain::profile::Daily {
                at: at(0).wall,
                asked: ["K5", "K10", "K19", "K22", "K24", "K25"]
                    .map(String::from)
                    .into(),
                yes: std::collections::BTreeSet::new(),
            }),
            ..profile(&[])
        },
        start: vec!["calf-sweep".into()],
        before: Some(Ratings {
            pain: scale(8),
            stress: None,
        }),
        ..Setup::default()
    };
    let mut person = Person {
        app: App::new(setup, &at(0)),
        effects: Vec::new(),
    };
    let whole = Told::Log(LogChange::Whole(Vec::new()));
    person.tell(Msg::Told(whole), &at(1));
    assert!(person.app.run().is_none());
    assert!(person.notice().contains("pain at 7"), "{}", person.notice());
}
