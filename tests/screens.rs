//! Every pane and overlay as it looks, driven by keys through the real app at fixed times.
//!
//! A snapshot holds a scene at four sizes: the text, and below each row its styles as runs of columns (`0-6cb`: cyan and
//! bold; d faded, v reversed; c g y r m colours).

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "screens/doing.rs"]
mod doing;
#[path = "screens/hints.rs"]
mod hints;
#[path = "screens/insight.rs"]
mod insight;
#[path = "screens/looks.rs"]
mod looks;
#[path = "screens/mouse.rs"]
mod mouse;
#[path = "screens/mouse_on_cards.rs"]
mod mouse_on_cards;
#[path = "screens/theme.rs"]
mod theme;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use unkink::app::library_pane::Hit;
use unkink::app::message::{Effect, Msg};
use unkink::app::overlay;
use unkink::app::{App, Setup};
use unkink::content;
use unkink::domain::differing::{Deleted, Differing, Unsettled, Version};
use unkink::domain::id::Id;
use unkink::domain::library::Library;
use unkink::domain::log::LogChange;
use unkink::domain::profile::{Daily, Profile};
use unkink::domain::record::{Entry, Fields, Marks};
use unkink::domain::safety::DISCLAIMER_SEEN;
use unkink::domain::storage::{Ask, Failure, Told};
use unkink::domain::time::Now;
use unkink::keys::{self, Code, Key};
use unkink::ui::{self, Look};

/// The sizes that every scene is kept at.
const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 36), (200, 50)];

/// Somebody at the keys.
struct Person {
    app: App,
    /// Seconds since the start, 21:30 on a Monday.
    at: u32,
    effects: Vec<Effect>,
}

fn now(at: u32) -> Now {
    let start = chrono::DateTime::parse_from_rfc3339("2026-11-23T21:30:00+01:00").unwrap();
    Now {
        mono: Duration::from_secs(1000) + Duration::from_secs(at.into()),
        boot: None,
        wall: start + chrono::TimeDelta::seconds(at.into()),
    }
}

/// A part of the built-in library, so that a change in the rest leaves the pictures as they are. Read once for all.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    const KEPT: [&str; 12] = [
        "hand-warm-sweep",
        "knuckle-beside-spine",
        "fist-buttock-knead",
        "wall-ball-beside-spine",
        "wall-ball-side-hip",
        "heat-pad-sit",
        "six-breaths",
        "long-exhale",
        "stand-and-shift",
        "seat-shift",
        "quad-stroke",
        "calf-sweep",
    ];
    let mut library = content::built_in_library();
    library
        .techniques
        .retain(|technique| KEPT.contains(&technique.slug.as_str()));
    library
        .routines
        .retain(|routine| ["desk-reset", "ball-on-wall"].contains(&routine.slug.as_str()));
    library
});

impl Person {
    fn with(size: (u16, u16), setup: Setup) -> Self {
        let profile = answered(&[]);
        Self::who_answered(size, profile, setup)
    }

    fn who_answered(size: (u16, u16), profile: Profile, setup: Setup) -> Self {
        let setup = Setup {
            profile,
            library: LIBRARY.clone(),
            favourites: ["six-breaths", "wall-ball-side-hip"]
                .map(str::to_owned)
                .into(),
            size,
            ..setup
        };
        Self {
            app: App::new(setup, &now(0)),
            at: 0,
            effects: Vec::new(),
        }
    }

    /// Has been here before, and has a log.
    fn at_home(size: (u16, u16)) -> Self {
        let mut person = Self::with(
            size,
            Setup {
                seen: seen(),
                ..Setup::default()
            },
        );
        person.hears(Told::Log(LogChange::Whole(entries())));
        person
    }

    /// Has seen the disclaimer and has no entry yet.
    fn new_here(size: (u16, u16)) -> Self {
        let mut person = Self::with(
            size,
            Setup {
                seen: seen(),
                ..Setup::default()
            },
        );
        person.hears(Told::Log(LogChange::Whole(Vec::new())));
        person
    }

    fn gets(&mut self, msg: Msg) {
        let update = self.app.update(msg, &now(self.at));
        self.effects.extend(update.effects);
    }

    fn hears(&mut self, told: Told) {
        self.gets(Msg::Told(told));
    }

    /// Another program writes an entry.
    fn elsewhere(&mut self, entry: Entry) {
        let (put, gone) = (vec![entry], Vec::new());
        self.hears(Told::Log(LogChange::Delta { put, gone }));
    }

    /// Goes on in the form until this field has the keys.
    fn tabs_to(mut self, field: &str) -> Self {
        for _ in 0..40 {
            if let Some(overlay::Overlay::CheckIn(form)) = self.app.overlays.last()
                && form.row().name == field
            {
                return self;
            }
            self = self.presses("Tab");
        }
        panic!("no {field} in this form");
    }

    /// Presses keys by name, parted by blanks. After an `@` stands a field of the form: Tab goes there.
    fn presses(mut self, names: &str) -> Self {
        for name in names.split_whitespace() {
            if let Some(field) = name.strip_prefix('@') {
                self = self.tabs_to(field);
                continue;
            }
            let key = match name {
                "Enter" => Key::plain(Code::Enter),
                "Esc" => Key::plain(Code::Esc),
                "Tab" => Key::plain(Code::Tab),
                "BackTab" => Key::plain(Code::BackTab),
                "Down" => Key::plain(Code::Down),
                "Right" => Key::plain(Code::Right),
                "Space" => Key::char(' '),
                "Ctrl-u" => Key::ctrl('u'),
                _ => Key::char(name.chars().next().unwrap()),
            };
            let msg = keys::message(self.app.context(), key);
            self.gets(msg.unwrap_or_else(|| panic!("{name} means nothing here")));
        }
        self
    }

    fn types(mut self, text: &str) -> Self {
        for c in text.chars() {
            self.gets(Msg::Type(c));
        }
        self
    }

    /// Lets the clock run, a turn each second.
    fn waits(mut self, seconds: u32) -> Self {
        for _ in 0..seconds {
            self.at += 1;
            self.gets(Msg::Turn);
        }
        self
    }

    /// The machine sleeps for so many seconds.
    fn sleeps(mut self, seconds: u32) -> Self {
        self.at += seconds;
        self.gets(Msg::Turn);
        self.at += 1;
        self
    }

    fn pastes(mut self, text: &str) -> Self {
        self.gets(Msg::Paste(text.into()));
        self
    }

    fn looks_at(mut self, slug: &str) -> Self {
        let pane = &mut self.app.library_pane;
        pane.select_slug(&self.app.library, slug);
        assert_eq!(pane.selected_slug(&self.app.library), Some(slug));
        self
    }

    /// Selects the evidence card of this title.
    fn looks_at_card(self, title: &str) -> Self {
        let mut person = self.presses("/");
        for c in title.chars() {
            person.gets(Msg::Type(c));
        }
        let mut person = person.presses("Enter");
        let is_it = |app: &App| match app.library_pane.selected_hit() {
            Some(Hit::Topic(at)) => app.library.topics()[*at].title == title,
            _ => false,
        };
        while !is_it(&person.app) {
            person = person.presses("Down");
        }
        person
    }

    /// The store could not write what it was asked last.
    fn hears_that_the_disk_is_full(mut self) -> Self {
        let asks = self.effects.iter().rev();
        let ask = asks.into_iter().find_map(|effect| match effect {
            Effect::Ask(ask @ Ask::Write(..)) => Some(ask.clone()),
            _ => None,
        });
        self.hears(Told::NotSaved {
            ask: Box::new(ask.unwrap()),
            failure: Failure {
                path: PathBuf::from("/home/sam/.local/share/unkink/journal"),
                why: "no space is left on the device.".into(),
                retry: true,
            },
        });
        self
    }

    fn draws(&self, size: (u16, u16), look: &Look) -> Buffer {
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buffer = Buffer::empty(area);
        ui::draw_in(area, &mut buffer, &self.app, &now(self.at), look);
        buffer
    }
}

/// Every question answered just now: yes to these, no to the rest.
fn answered(yes: &[&str]) -> Profile {
    let today = now(0).wall.date_naive();
    let mut profile = Profile {
        asked_on: Some(today),
        daily: Some(Daily {
            at: now(0).wall,
            asked: ["K5", "K10", "K19", "K22", "K24", "K25"]
                .map(str::to_owned)
                .into(),
            yes: BTreeSet::new(),
        }),
        ..Profile::default()
    };
    for id in yes {
        profile.answer(id, true, today);
    }
    profile
}

/// Has been here before; these answers are in force.
fn with_answers(size: (u16, u16), profile: Profile) -> Person {
    let setup = Setup {
        seen: seen(),
        ..Setup::default()
    };
    Person::who_answered(size, profile, setup)
}

fn seen() -> BTreeSet<String> {
    [DISCLAIMER_SEEN.to_owned()].into()
}

fn entry(n: u8, json: &str) -> Entry {
    entry_with(n, json, Marks::default())
}

fn entry_with(n: u8, json: &str, marks: Marks) -> Entry {
    let values: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).unwrap();
    let mut fields = Fields::default();
    for (name, value) in &values {
        fields.put(name, value);
    }
    Entry::read(Id::from_bytes([n; 16]), &fields, marks)
}

fn entries() -> Vec<Entry> {
    let conflict = Marks {
        conflict: true,
        ..Marks::default()
    };
    let mut entries = vec![
        entry(
            1,
            r#"{"kind":"session","started_at":"2026-11-23T08:10:00+01:00","routine":"desk-reset","status":"finished",
                "active_s":225,"pain_before":5,"pain_after":3,"stress_before":4,"stress_after":4}"#,
        ),
        entry(
            2,
            r#"{"kind":"check-in","started_at":"2026-11-23T12:30:00+01:00","pain":4,"stress":6,
                "note":"sat long in the meeting, then in the train, and then at home in the soft chair again"}"#,
        ),
        entry(
            3,
            r#"{"kind":"session","started_at":"2026-11-22T20:10:00+01:00","technique":"wall-ball-side-hip",
                "status":"stopped","stopped_because":"stopped by the person","active_s":75,"pain_before":5}"#,
        ),
        entry(
            4,
            r#"{"kind":"session","started_at":"2026-11-22T07:10:00+01:00","technique":"six-breaths","status":"running",
                "stress_before":7}"#,
        ),
        entry(
            5,
            r#"{"kind":"check-in","started_at":"2026-11-20T12:30:00+01:00","pain":"five","stress":6}"#,
        ),
        entry_with(
            6,
            r#"{"kind":"check-in","started_at":"2026-11-18T09:05:00+01:00","note":"慢慢来 and rest"}"#,
            conflict,
        ),
    ];
    // The first week is long over.
    entries.push(entry(
        99,
        r#"{"kind":"session","started_at":"2026-01-10T18:00:00+01:00","technique":"six-breaths","status":"finished"}"#,
    ));
    for day in (1..16).filter(|day| day % 5 != 3) {
        let (pain, stress) = (3 + day * day % 5, day * 3 % 8);
        let json = format!(
            r#"{{"kind":"check-in","started_at":"2026-11-{day:02}T18:00:00+01:00","pain":{pain},"stress":{stress}}}"#
        );
        entries.push(entry(100 + u8::try_from(day).unwrap(), &json));
    }
    entries
}

/// A scene and how to get there at a size.
type Scene = (&'static str, fn((u16, u16)) -> Person);

/// Everything there is to see.
const SCENES: [Scene; 31] = [
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
/// The form of an entry.
const FORM_SCENES: [Scene; 16] = [
    ("a session that was another technique", |size| {
        // From the last field back to what it was.
        Person::at_home(size)
            .presses(
                "3 Down Down e BackTab BackTab BackTab BackTab BackTab BackTab BackTab BackTab",
            )
            .types("breath")
    }),
    ("a session that becomes a queue", |size| {
        at_what_it_was(size).types("+warm palm")
    }),
    ("one more part is chosen", |size| {
        at_what_it_was(size)
            .presses("BackTab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab")
            .types("warm")
    }),
    ("one more part asks for its time", |size| {
        at_what_it_was(size)
            .presses("Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab")
            .types("warm palm")
            .presses("Enter")
    }),
    ("a part that is taken away", |size| {
        at_what_it_was(size).presses("Tab Tab Tab Tab Tab Tab Tab Tab Ctrl-u")
    }),
    ("a questionnaire that is changed", |size| {
        let mut person = Person::at_home(size);
        let json = r#"{"kind":"questionnaire","started_at":"2026-11-23T20:00:00+01:00","peg":[5,4,6],"later":[1]}"#;
        person.elsewhere(entry(200, json));
        person.presses("3 e 6")
    }),
    ("a field that was changed elsewhere as well", |size| {
        let mut person = Person::at_home(size).presses("3 Down e 2 BackTab");
        let json = r#"{"kind":"session","started_at":"2026-11-23T08:10:00+01:00","routine":"desk-reset",
            "status":"finished","active_s":225,"pain_before":7,"pain_after":3,"stress_before":4,"stress_after":4}"#;
        person.elsewhere(entry(1, json));
        person
    }),
    ("an entry that was deleted elsewhere", |size| {
        let mut person = Person::at_home(size).presses("3 Down e 2");
        let gone = vec![Id::from_bytes([1; 16])];
        let put = Vec::new();
        person.hears(Told::Log(LogChange::Delta { put, gone }));
        person.presses("BackTab")
    }),
    ("a check-in with a note", |size| {
        Person::at_home(size).presses("l 4 6 n").pastes(
            "sat long in the meeting, then in the train,\nand at home in the soft chair 慢慢来",
        )
    }),
    ("the whole form of a check-in", |size| {
        Person::at_home(size).presses("l 4 6 Tab 5")
    }),
    ("places in a list", |size| {
        Person::at_home(size).presses("l 4 @regions b Space p Right Space")
    }),
    ("places on the body map", |size| {
        Person::at_home(size).presses("l 4 @regions b Space Tab Right b Down")
    }),
    ("mood words", |size| {
        Person::at_home(size).presses("l 4 @mood Space Down Space Down Space Down Space")
    }),
    ("a time that cannot be read", |size| {
        Person::at_home(size)
            .presses("l 4 n Tab")
            .types("2026-02-30 25:00")
    }),
    ("an entry that is changed", |size| {
        // With a pain that cannot be read.
        Person::at_home(size).presses("3 Down Down Down Down e")
    }),
    ("the question whether to leave a form", |size| {
        Person::at_home(size).presses("l 4 n o Esc")
    }),
];

/// The form of a queue, in the field that says what it was.
fn at_what_it_was(size: (u16, u16)) -> Person {
    let mut person = Person::at_home(size);
    person.hears(Told::Log(LogChange::Whole(told_in_full())));
    let back = "BackTab ".repeat(12);
    person.presses(&format!("3 e {back}"))
}

const MORE_SCENES: [Scene; 13] = [
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

/// A session seen from the floor, and the pacer.
const FLOOR_SCENES: [Scene; 11] = [
    ("the floor view of a step on the left side", |size| {
        on_the_floor(size, "wall-ball-side-hip").waits(30)
    }),
    ("the floor view of a long line", |size| {
        on_the_floor(size, "quad-stroke").waits(6)
    }),
    ("the floor view at a change of sides", |size| {
        on_the_floor(size, "wall-ball-side-hip").waits(83)
    }),
    ("the floor view paused", |size| {
        on_the_floor(size, "wall-ball-side-hip")
            .waits(30)
            .presses("a")
    }),
    ("the floor view after an absence", |size| {
        Person::at_home(size)
            .presses("l 4 6 Enter")
            .hears_that_the_disk_is_full()
            .looks_at("wall-ball-side-hip")
            .presses("Enter Enter f")
            .waits(30)
            .sleeps(600)
    }),
    ("the floor view with something unsaved", |size| {
        Person::at_home(size)
            .presses("l 4 6 Enter")
            .hears_that_the_disk_is_full()
            .looks_at("wall-ball-side-hip")
            .presses("Enter Enter f")
            .waits(30)
    }),
    ("the floor view counting in", |size| {
        on_the_floor(size, "wall-ball-side-hip")
            .waits(30)
            .presses("a")
            .waits(1)
            .presses("Space")
            .waits(1)
    }),
    ("the floor view when all is done", |size| {
        on_the_floor(size, "stand-and-shift").waits(70)
    }),
    ("the floor view of a paced breath", |size| {
        on_the_floor(size, "six-breaths").waits(41)
    }),
    ("the question whether to stop over the floor view", |size| {
        on_the_floor(size, "wall-ball-side-hip")
            .waits(30)
            .presses("a")
            .waits(1)
            .presses("x")
    }),
    ("a paced breath in the session pane", |size| {
        Person::at_home(size)
            .looks_at("six-breaths")
            .presses("Enter Enter")
            .waits(41)
    }),
];

/// The log with what can be done there.
const LOG_SCENES: [Scene; 15] = [
    ("the log with its weeks and the days that count", |size| {
        Person::at_home(size).presses("3 z { {")
    }),
    ("something found in the log", |size| {
        Person::at_home(size)
            .presses("3 / s i x - b")
            .pastes(" kind:session")
    }),
    ("a search in the log that is not whole yet", |size| {
        Person::at_home(size).presses("3 /").pastes("since:202")
    }),
    ("a search in the log with a slip in its prefix", |size| {
        Person::at_home(size).presses("3 /").pastes("tga:work")
    }),
    ("an hour that comes twice", |size| {
        let mut person = Person::at_home(size);
        person.hears(Told::Log(LogChange::Whole(clocks_back())));
        person.presses("3 z")
    }),
    ("a day to go to that is none", |size| {
        Person::at_home(size).presses("3 J s u m d a y Enter")
    }),
    ("the question whether to delete an entry", |size| {
        Person::at_home(size).presses("3 j d")
    }),
    ("what two machines wrote differently", |size| {
        let mut person = Person::at_home(size).presses("3 j j j j j c j");
        person.hears(Told::Unsettled(Id::from_bytes([6; 16]), unsettled()));
        person.presses("j")
    }),
    (
        "an entry read that was written differently elsewhere",
        |size| {
            let mut person = Person::at_home(size).presses("3 j j j j j Enter");
            person.hears(Told::Unsettled(Id::from_bytes([6; 16]), unsettled()));
            person.presses("G")
        },
    ),
    ("the keys of the log first", |size| {
        Person::at_home(size).presses("3 ?")
    }),
    ("the log without numbers", |size| {
        Person::at_home(size).presses("3 v")
    }),
    ("an entry read without numbers", |size| {
        Person::at_home(size).presses("3 v j Enter")
    }),
    ("a queue and a questionnaire read in full", |size| {
        let mut person = Person::at_home(size);
        person.hears(Told::Log(LogChange::Whole(told_in_full())));
        person.presses("3 Enter")
    }),
    ("a questionnaire read without numbers", |size| {
        let mut person = Person::at_home(size);
        person.hears(Told::Log(LogChange::Whole(told_in_full())));
        person.presses("3 v j Enter")
    }),
    ("a first start of a day after a journey", |size| {
        let mut person = Person::with(
            size,
            Setup {
                seen: seen(),
                ..Setup::default()
            },
        );
        person.hears(Told::Log(LogChange::Whole(journey())));
        person.presses("3")
    }),
];

/// Two versions of a note, and a delete that had not seen a change.
fn unsettled() -> Unsettled {
    let at = |text| chrono::DateTime::parse_from_rfc3339(text).ok();
    let version = |value: &str, at, here| Version {
        value: Some(format!("{value:?}")),
        at,
        here,
    };
    Unsettled {
        fields: vec![Differing {
            name: "note".into(),
            shown: version("慢慢来 and rest", at("2026-11-18T09:05:00+01:00"), true),
            others: vec![version(
                "slowly, and a rest at noon with a warm bag on the belt line",
                at("2026-11-22T10:00:00+01:00"),
                false,
            )],
        }],
        deletes: vec![Deleted {
            op: Id::from_bytes([77; 16]),
            at: None,
            here: false,
        }],
    }
}

/// Entries that have what few have.
fn told_in_full() -> Vec<Entry> {
    vec![
        entry(
            1,
            r#"{"kind":"questionnaire","started_at":"2026-11-22T18:00:00+01:00","peg":[4,3,5],"roland_morris":7,
                "tightness":6}"#,
        ),
        entry(
            2,
            r#"{"kind":"session","started_at":"2026-11-23T08:10:00+01:00","ended_at":"2026-11-23T08:16:40+01:00",
                "rated_after_at":"2026-11-23T08:17:00+01:00","status":"stopped","stopped_because":"the telephone",
                "queue":["six-breaths","cat-camel"],"active_s":380,"planned_s":400,"steps_done":5,"side_first":"right",
                "items":[{"technique":"six-breaths","planned_s":300,"active_s":300,"done":true},
                    {"technique":"cat-camel","planned_s":100,"active_s":80,"done":false}],
                "pain_before":5,"pain_after":4,"pressure":3,"future":{"of":"another version"}}"#,
        ),
    ]
}

/// The night in which the clocks go back.
fn clocks_back() -> Vec<Entry> {
    let times = [
        "01:30:00+02:00",
        "02:30:00+02:00",
        "02:10:00+01:00",
        "02:30:00+01:00",
    ];
    let entries = (1_u8..).zip(times).map(|(n, time)| {
        let json = format!(
            r#"{{"kind":"check-in","started_at":"2026-10-25T{time}","pain":{n},"stress":2}}"#
        );
        entry(n, &json)
    });
    entries.collect()
}

/// From Tokyo to Los Angeles, where the same day is lived again.
fn journey() -> Vec<Entry> {
    vec![
        entry(
            1,
            r#"{"kind":"check-in","started_at":"2026-11-21T09:00:00+09:00","pain":3,"day":["travel"]}"#,
        ),
        entry(
            2,
            r#"{"kind":"check-in","started_at":"2026-11-20T23:10:00-08:00","pain":5,"stress":2}"#,
        ),
        entry(
            3,
            r#"{"kind":"check-in","started_at":"2026-11-21T10:10:00-08:00","pain":4,"note":"slept well"}"#,
        ),
    ]
}

fn on_the_floor(size: (u16, u16), slug: &str) -> Person {
    Person::at_home(size)
        .looks_at(slug)
        .presses("Enter Enter f")
}

fn scenes() -> impl Iterator<Item = Scene> {
    (SCENES.into_iter())
        .chain(FORM_SCENES)
        .chain(MORE_SCENES)
        .chain(FLOOR_SCENES)
        .chain(LOG_SCENES)
}

/// The letters of a cell's style, or nothing for plain text.
fn style_letters(cell: &Cell) -> String {
    let mut letters = String::new();
    letters.push_str(match cell.fg {
        Color::Reset => "",
        Color::Cyan => "c",
        Color::Green => "g",
        Color::Yellow => "y",
        Color::Red => "r",
        Color::Magenta => "m",
        other => panic!("{other:?} is no colour of the theme"),
    });
    assert_eq!(
        cell.bg,
        Color::Reset,
        "a background fits only some terminals"
    );
    for (modifier, letter) in [
        (Modifier::BOLD, 'b'),
        (Modifier::DIM, 'd'),
        (Modifier::REVERSED, 'v'),
    ] {
        if cell.modifier.contains(modifier) {
            letters.push(letter);
        }
    }
    letters
}

fn style_runs(buffer: &Buffer, y: u16) -> String {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    for x in 0..buffer.area.width {
        let cell = &buffer[(x, y)];
        let letters = style_letters(cell);
        let blank = cell.symbol() == " " && !letters.contains('v');
        if blank || letters.is_empty() {
            continue;
        }
        match runs.last_mut() {
            // Blanks between words do not part a run.
            Some((_, end, known)) if *known == letters && x - *end <= 2 => *end = x,
            _ => runs.push((x, x, letters)),
        }
    }
    let run = |(from, to, letters): &(u16, u16, String)| format!("{from}-{to}{letters}");
    runs.iter().map(run).collect::<Vec<_>>().join(" ")
}

/// A buffer's text, each row followed by its styles.
fn dump(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut skip = 0;
        let mut row = String::new();
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            // The cell after a wide character belongs to it.
            if skip == 0 {
                row.push_str(symbol);
                skip = unicode_width::UnicodeWidthStr::width(symbol).max(1);
            }
            skip -= 1;
        }
        writeln!(out, "|{}", row.trim_end()).unwrap();
        let styles = style_runs(buffer, y);
        if !styles.is_empty() {
            writeln!(out, "  ~ {styles}").unwrap();
        }
    }
    out
}

#[test]
fn every_scene_looks_as_it_was_approved() {
    for (name, scene) in scenes().chain(insight::SCENES) {
        let mut all = String::new();
        for size in SIZES {
            let buffer = scene(size).draws(size, &Look::default());
            writeln!(all, "{}x{}\n{}", size.0, size.1, dump(&buffer)).unwrap();
        }
        insta::assert_snapshot!(name.replace(' ', "-"), all);
    }
}

#[test]
fn the_plain_glyphs_draw_nothing_beyond_ascii() {
    let look = Look::new(true, false);
    for (name, scene) in scenes().chain(insight::SCENES) {
        for size in SIZES {
            let buffer = scene(size).draws(size, &look);
            for cell in &buffer.content {
                // What the person wrote stays as it is.
                let own = cell.symbol().chars().all(|c| "慢来".contains(c));
                assert!(cell.symbol().is_ascii() || own, "{name}: {}", cell.symbol());
                assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{name}");
            }
        }
    }
}

#[test]
fn no_screen_panics_at_any_small_size() {
    // Both kinds of glyphs, in turns: they differ in what a cell holds, not in where it is.
    let looks = [false, true].map(|ascii| Look::new(ascii, true));
    for (_, scene) in scenes() {
        let person = scene((60, 20));
        for width in 0..=60 {
            for height in 0..=20 {
                let look = &looks[usize::from((width + height) % 2)];
                person.draws((width, height), look);
            }
        }
    }
}

#[test]
fn no_screen_panics_at_odd_large_sizes() {
    for (_, scene) in scenes() {
        let person = scene((60, 20));
        for size in [
            (300, 100),
            (1000, 4),
            (4, 1000),
            (100, 28),
            (99, 40),
            (1000, 60),
        ] {
            person.draws(size, &Look::default());
        }
    }
}

#[test]
fn a_very_small_terminal_still_shows_the_running_timer() {
    let person = Person::at_home((20, 5))
        .looks_at("wall-ball-side-hip")
        .presses("Enter Enter")
        .waits(30);
    let text = dump(&person.draws((24, 3), &Look::default()));
    assert!(text.starts_with("|0:35 ▶ step 2 of 3, lef…"), "{text}");
}
