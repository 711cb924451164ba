//! The app as a person meets it: keys in, screens' state and effects out, time by hand.
#![allow(clippy::expect_used, clippy::panic)]

mod beside;
mod endings;
mod floor;
mod form;
mod insight;
mod log_pane;
mod safety;
mod suggest;

use std::time::Duration;

use chrono::DateTime;

use super::message::{Action, Context, Effect, Msg};
use super::overlay::question::Question;
use super::overlay::rating::Ratings;
use super::overlay::{Overlay, card};
use super::session_pane::{Ending, Stage};
use super::{App, Pane, Setup};
use crate::domain::id::Id;
use crate::domain::library::{Library, Reference};
use crate::domain::log::LogChange;
use crate::domain::plan::{Side, Timeline, Title};
use crate::domain::profile::Profile;
use crate::domain::record::{Entry, Fields, Marks};
use crate::domain::safety::DISCLAIMER_SEEN;
use crate::domain::scale::Scale;
use crate::domain::session::Session;
use crate::domain::storage::{Act, Ask, Failure, Told};
use crate::domain::technique::{FilterTags, Letter, Sides, Step, Technique};
use crate::domain::time::Now;
use crate::keys::{self, Code, Key};

fn at(seconds: u64) -> Now {
    let wall = DateTime::parse_from_rfc3339("2026-11-23T10:00:00+01:00").expect("a moment");
    let wall = wall + Duration::from_secs(seconds);
    Now {
        mono: Duration::from_secs(1000 + seconds),
        boot: None,
        wall,
    }
}

fn technique(slug: &str) -> Technique {
    Technique {
        slug: slug.into(),
        name: slug.replace('-', " "),
        group: "Hands".into(),
        area: "back".into(),
        regions: Vec::new(),
        position: "sitting".into(),
        tools: "none".into(),
        sides: Sides::LeftThenRight,
        total_s: 20,
        intensity: [1, 3],
        breathing: "freely".into(),
        breath: None,
        stop_if: "it hurts".into(),
        traits: Vec::new(),
        evidence: Letter::C,
        sources: Vec::new(),
        seed: Vec::new(),
        order: 0,
        good_for: vec!["tension".into()],
        filter: FilterTags {
            position: vec!["chair".into()],
            tool: vec!["none".into()],
            purpose: vec!["tension".into()],
        },
        occasion: None,
        note: None,
        own: false,
        steps: vec![Step {
            seconds: 10,
            each_side: true,
            paced: false,
            line: "Press.".into(),
        }],
    }
}

fn library() -> Library {
    Library::new(
        vec![technique("palm-press"), technique("thumb-hold")],
        Vec::new(),
        Reference::default(),
    )
}

/// All questions answered today, with no.
fn answered() -> Profile {
    Profile {
        asked_on: Some(at(0).wall.date_naive()),
        ..Profile::default()
    }
}

/// A person at the keyboard.
struct Person {
    app: App,
    effects: Vec<Effect>,
}

impl Person {
    fn new(setup: Setup) -> Self {
        let profile = answered();
        let mut person = Self::with(Setup { profile, ..setup });
        // More than a week ago, so that times are whole.
        let mut long_ago = Fields::default();
        long_ago.put("kind", "session");
        long_ago.put("started_at", "2026-01-01T10:00:00+01:00");
        long_ago.put("status", "finished");
        let entry = Entry::read(Id::new("long ago"), &long_ago, Marks::default());
        let change = LogChange::Whole(vec![entry]);
        person.app.update(Msg::Told(Told::Log(change)), &at(0));
        person
    }

    /// One who has not answered the safety questions.
    fn with(setup: Setup) -> Self {
        let seen = [DISCLAIMER_SEEN.to_owned()].into();
        let app = App::new(
            Setup {
                library: library(),
                size: (120, 36),
                seen,
                ..setup
            },
            &at(0),
        );
        Self {
            app,
            effects: Vec::new(),
        }
    }

    fn tell(&mut self, msg: Msg, now: &Now) -> bool {
        let update = self.app.update(msg, now);
        self.effects.extend(update.effects);
        update.draw
    }

    /// Presses keys as they are spelled: a character each, `\n` Enter, `\t` Tab, `\x1b` Esc.
    fn press(&mut self, keys: &str, now: &Now) -> &mut Self {
        for c in keys.chars() {
            let key = match c {
                '\n' => Key::plain(Code::Enter),
                '\t' => Key::plain(Code::Tab),
                '\x1b' => Key::plain(Code::Esc),
                c => Key::char(c),
            };
            if let Some(msg) = keys::message(self.app.context(), key) {
                self.tell(msg, now);
            }
        }
        self
    }

    /// Takes a turn each second up to this one.
    fn wait(&mut self, from: u64, to: u64) -> &mut Self {
        for second in from..=to {
            self.tell(Msg::Turn, &at(second));
        }
        self
    }

    fn asks(&self) -> Vec<&Ask> {
        self.effects
            .iter()
            .filter_map(|effect| {
                if let Effect::Ask(ask) = effect {
                    Some(ask)
                } else {
                    None
                }
            })
            .collect()
    }

    /// The fields of the session's closing line.
    fn closing(&self) -> Option<Entry> {
        self.asks().into_iter().find_map(|ask| match ask {
            Ask::EndSession(_, Some(fields)) => {
                Some(Entry::read(Id::new("r"), fields, Marks::default()))
            }
            _ => None,
        })
    }

    /// The words, and the hint as it is written: `<undo> takes it back`.
    fn notice(&self) -> String {
        let said = self.app.notice.as_ref();
        said.map_or_else(String::new, |notice| whole(&notice.text))
    }
}

fn whole(said: &super::saying::Saying) -> String {
    format!("{}{}", said.words, said.hint)
}

fn scale(value: u8) -> Option<Scale> {
    Scale::new(value)
}

#[test]
fn enter_enter_from_the_library_starts_with_both_ratings_skipped() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n", &at(1));
    assert_eq!(person.app.context(), Context::Running);
    assert!(
        matches!(person.asks()[..], [Ask::StartSession { .. }]),
        "{:?}",
        person.asks()
    );
}

#[test]
fn a_whole_session_asks_before_and_after_and_says_what_changed() {
    let mut person = Person::new(Setup::default());
    person.press("\n63", &at(1)).wait(2, 40);
    assert_eq!(person.app.context(), Context::Rating);
    person.press("4", &at(41)).press("3", &at(42));
    let Stage::Done(summary) = &person.app.stage else {
        panic!("{:?}", person.app.stage)
    };
    assert_eq!(summary.ending, Ending::Finished);
    assert_eq!(
        summary.lines(),
        [
            "0:20 done to the end",
            "pain 2 lower (6 before, 4 after)",
            "stress the same (3 before, 3 after)"
        ]
    );
    let entry = person.closing().expect("a closing line");
    assert_eq!(
        (entry.pain_after, entry.stress_after, entry.active_s),
        (scale(4), scale(3), Some(20))
    );
}

#[test]
fn the_rating_takes_t_as_ten_and_a_skipped_one_is_not_written() {
    let mut person = Person::new(Setup::default());
    person.press("\nt\n", &at(1));
    let [Ask::StartSession { set, .. }] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    assert_eq!(
        set.get("pain_before").map(serde_json::value::RawValue::get),
        Some("10")
    );
    assert!(set.get("stress_before").is_none());
}

#[test]
fn a_turn_that_shows_nothing_new_draws_nothing() {
    let mut person = Person::new(Setup::default());
    assert!(!person.tell(Msg::Turn, &at(1)));
    person.press("\n\n", &at(2)).wait(3, 3);
    assert!(
        !person.tell(Msg::Turn, &at(3)),
        "the same second shows the same"
    );
    assert!(
        person.tell(Msg::Turn, &at(4)),
        "the next second shows another digit"
    );
}

#[test]
fn a_late_turn_pauses_and_says_so() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n", &at(0)).wait(1, 7);
    person.tell(Msg::Turn, &at(4000));
    assert_eq!(person.app.context(), Context::Paused);
    assert!(person.notice().contains("away"), "{}", person.notice());
}

#[test]
fn the_urgent_signs_open_over_anything_and_stop_the_clock() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n", &at(0)).wait(1, 7).press("E", &at(8));
    let top_is_urgent = |app: &App| matches!(app.overlays.last(), Some(Overlay::Card(card)) if card.kind == card::Kind::Emergency);
    assert!(top_is_urgent(&person.app));
    person.press("\x1b", &at(9));
    assert_eq!(person.app.context(), Context::Paused);
    person.press("l\t\t", &at(10));
    person.tell(
        keys::message(person.app.context(), Key::plain(Code::F(1))).expect("F1"),
        &at(11),
    );
    assert!(top_is_urgent(&person.app));
}

#[test]
fn a_check_in_takes_three_keys_and_refuses_to_save_nothing() {
    let mut person = Person::new(Setup::default());
    person.press("l\n", &at(0));
    assert!(
        person.notice().contains("Nothing to save"),
        "{}",
        person.notice()
    );
    person.press("47\n", &at(1));
    let [Ask::Write(_, Act::Add { set })] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    let entry = Entry::read(Id::new("r"), set, Marks::default());
    assert_eq!(
        (entry.pain, entry.stress, entry.note()),
        (scale(4), scale(7), None)
    );
}

#[test]
fn a_note_is_typed_and_pasted_as_it_is_and_a_paste_outside_a_field_does_nothing() {
    let mut person = Person::new(Setup::default());
    person.tell(Msg::Paste("qqq\n".into()), &at(0));
    assert!(person.effects.is_empty() && person.app.overlays.is_empty());
    person.press("l47nquiet ", &at(1));
    person.tell(Msg::Paste("day\r\nq".into()), &at(1));
    // Enter is a new line there; beside the note it saves.
    person.press("\n", &at(2));
    assert!(person.asks().is_empty());
    person.press("!\t\n", &at(2));
    let [Ask::Write(_, Act::Add { set })] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    assert_eq!(
        Entry::read(Id::new("r"), set, Marks::default()).note(),
        Some("quiet day\nq\n!")
    );
}

#[test]
fn a_queue_runs_its_techniques_one_after_the_other() {
    let mut person = Person::new(Setup::default());
    person.press("AjA \n", &at(0));
    let run = person.app.run().expect("a session");
    let slugs: Vec<_> = run
        .session
        .timeline
        .items
        .iter()
        .map(|item| &*item.technique)
        .collect();
    assert_eq!(slugs, ["palm-press", "thumb-hold"]);
    assert!(person.app.library_pane.queue.is_empty());
}

#[test]
fn the_last_session_is_repeated_from_the_log() {
    let mut person = Person::new(Setup::default());
    person.press(".", &at(0));
    assert!(person.notice().contains("Nothing to repeat"));
    let mut fields = Fields::default();
    fields.put("kind", "session");
    fields.put("started_at", "2026-11-22T10:00:00+01:00");
    fields.put("technique", "thumb-hold");
    let entry = Entry::read(Id::new("a"), &fields, Marks::default());
    person.tell(Msg::Told(Told::Log(LogChange::Whole(vec![entry]))), &at(1));
    person.press(".\n", &at(2));
    assert_eq!(
        person
            .app
            .run()
            .map(|run| &*run.session.timeline.items[0].technique),
        Some("thumb-hold")
    );
}

#[test]
fn a_queue_is_repeated_as_it_was_chosen_and_on_the_side_it_began_with() {
    let mut person = Person::new(Setup::default());
    let mut fields = Fields::default();
    fields.put("kind", "session");
    fields.put("started_at", "2026-11-22T10:00:00+01:00");
    fields.put("queue", &["palm-press", "thumb-hold"]);
    fields.put("side_first", "right");
    let entry = Entry::read(Id::new("a"), &fields, Marks::default());
    person.tell(Msg::Told(Told::Log(LogChange::Whole(vec![entry]))), &at(1));
    person.press(".\n", &at(2));
    let timeline = person.app.run().map(|run| &run.session.timeline);
    let slugs = ["palm-press", "thumb-hold"].map(str::to_owned).to_vec();
    assert_eq!(
        timeline.map(|line| (line.title.clone(), line.side_first)),
        Some((Title::Queue(slugs.clone()), Side::Right))
    );
    let noted = person.app.run().map(|run| run.session.opening_fields());
    let noted = Entry::read(Id::new("b"), &noted.unwrap_or_default(), Marks::default());
    assert_eq!(noted.more.map(|more| more.queue.to_vec()), Some(slugs));
}

#[test]
fn the_newest_entries_are_there_from_the_first_frame_on() {
    let entry = |rec: &str, day: u8| {
        let mut fields = Fields::default();
        fields.put("started_at", &format!("2026-11-{day:02}T10:00:00+01:00"));
        Entry::read(Id::new(rec), &fields, Marks::default())
    };
    let person = Person::with(Setup {
        profile: answered(),
        newest: Some(LogChange::Preview(vec![
            entry("later", 12),
            entry("earlier", 11),
        ])),
        ..Setup::default()
    });
    let log = &person.app.log;
    let recs: Vec<_> = log.entries().iter().map(|entry| &entry.rec).collect();
    assert_eq!(recs, [&Id::new("earlier"), &Id::new("later")]);
    assert!(!log.is_whole());
    let selected = person.app.log_pane.selected(log);
    assert_eq!(selected.map(|entry| &entry.rec), Some(&Id::new("later")));
}

#[test]
fn undo_waits_until_the_log_is_whole() {
    let mut person = Person::with(Setup {
        profile: answered(),
        ..Setup::default()
    });
    person.press("u", &at(0));
    assert!(person.effects.is_empty());
    person.tell(Msg::Told(Told::Log(LogChange::Whole(Vec::new()))), &at(1));
    person.press("u", &at(2));
    assert!(matches!(
        person.asks()[..],
        [Ask::Write(_, Act::Undo { op: None })]
    ));
}

#[test]
fn the_disclaimer_is_shown_once_and_remembered() {
    let setup = Setup {
        library: library(),
        size: (80, 24),
        ..Setup::default()
    };
    let mut person = Person {
        app: App::new(setup, &at(0)),
        effects: Vec::new(),
    };
    assert_eq!(person.app.context(), Context::Card);
    person.press("\n", &at(1));
    assert!(matches!(person.asks()[..], [Ask::Seen(what)] if what == DISCLAIMER_SEEN));
    assert_eq!(
        person.app.context(),
        Context::Checklist,
        "then the questions"
    );
}

#[test]
fn a_start_from_the_command_line_with_ratings_begins_without_asking() {
    let before = Ratings {
        pain: scale(4),
        stress: None,
    };
    let mut person = Person::new(Setup {
        start: vec!["thumb-hold".into()],
        before: Some(before),
        ..Setup::default()
    });
    person.tell(Msg::Turn, &at(0));
    assert_eq!(person.app.context(), Context::Running);
    assert_eq!(person.app.run().map(|run| run.before), Some(before));
}

#[test]
fn search_narrows_the_list_and_back_shows_everything_again() {
    let mut person = Person::new(Setup::default());
    person.press("/thumb", &at(0));
    assert_eq!(
        person.app.library_pane.selected_slug(&person.app.library),
        Some("thumb-hold")
    );
    person.press("\x1b", &at(1));
    assert_eq!(
        person.app.library_pane.rows.len(),
        3,
        "a heading and two techniques"
    );
    assert_eq!(person.app.focus, Pane::Library);
}

#[test]
fn what_starts_beside_the_queue_leaves_the_queue_alone() {
    let mut person = Person::new(Setup::default());
    person.press("AA", &at(0)).press("j\n\n", &at(1));
    assert!(person.app.run().is_some());
    assert_eq!(person.app.library_pane.queue.len(), 2);
}

#[test]
fn a_new_entry_leaves_the_selection_on_its_entry() {
    let entry = |id: &str, at: &str| {
        let mut fields = Fields::default();
        fields.put("kind", "check-in");
        fields.put("started_at", at);
        fields.put("pain", &3);
        Entry::read(Id::new(id), &fields, Marks::default())
    };
    let known = vec![
        entry("a", "2026-11-20T10:00:00+01:00"),
        entry("b", "2026-11-21T10:00:00+01:00"),
    ];
    let mut person = Person::new(Setup::default());
    person.tell(Msg::Told(Told::Log(LogChange::Whole(known))), &at(0));
    person.press("3j", &at(1));
    let put = vec![entry("c", "2026-11-22T10:00:00+01:00")];
    let gone = Vec::new();
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(2));
    let selected = person.app.log_pane.selected(&person.app.log);
    assert_eq!(selected.map(|entry| &entry.rec), Some(&Id::new("a")));
    person.press("\n", &at(3));
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Card(card)) if card.kind == card::Kind::Entry(Id::new("a"))
    ));
}

#[test]
fn what_was_done_least_lately_comes_first_once_the_log_is_read() {
    let mut fields = Fields::default();
    fields.put("kind", "session");
    fields.put("started_at", "2026-11-22T10:00:00+01:00");
    fields.put("technique", "palm-press");
    let entry = Entry::read(Id::new("a"), &fields, Marks::default());
    let mut person = Person::new(Setup::default());
    person.tell(Msg::Told(Told::Log(LogChange::Whole(vec![entry]))), &at(1));
    assert_eq!(
        person.app.library_pane.selected_slug(&person.app.library),
        Some("thumb-hold")
    );
}

#[test]
fn what_was_counted_while_the_log_was_read_is_not_counted_again() {
    let mut person = Person::new(Setup::default());
    let last = [("palm-press".to_owned(), 1_763_800_000)].into();
    person.tell(Msg::Told(Told::LastDone(last)), &at(1));
    person.tell(Msg::Told(Told::Log(LogChange::Whole(Vec::new()))), &at(1));
    let first = |person: &Person| {
        let slug = person.app.library_pane.selected_slug(&person.app.library);
        slug.map(str::to_owned)
    };
    assert_eq!(first(&person).as_deref(), Some("thumb-hold"));
    // A log of which nothing was told before is gone through.
    let mut fields = Fields::default();
    fields.put("kind", "session");
    fields.put("started_at", "2026-11-22T10:00:00+01:00");
    fields.put("technique", "thumb-hold");
    let entry = Entry::read(Id::new("a"), &fields, Marks::default());
    person.tell(Msg::Told(Told::Log(LogChange::Whole(vec![entry]))), &at(2));
    assert_ne!(first(&person).as_deref(), Some("thumb-hold"));
}
