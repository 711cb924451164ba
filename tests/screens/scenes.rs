//! Everything there is to see: scenes, and how to get there.

use super::*;

/// A scene and how to get there at a size.
pub type Scene = (&'static str, fn((u16, u16)) -> Person);

/// Everything there is to see.
pub const SCENES: [Scene; 31] = [
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

/// The form of an entry.
pub const FORM_SCENES: [Scene; 16] = [
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
pub fn at_what_it_was(size: (u16, u16)) -> Person {
    let mut person = Person::at_home(size);
    person.hears(Told::Log(LogChange::Whole(told_in_full())));
    let back = "BackTab ".repeat(12);
    person.presses(&format!("3 e {back}"))
}

/// Longer texts, and what only a start brings.
pub const MORE_SCENES: [Scene; 13] = [
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
pub const FLOOR_SCENES: [Scene; 11] = [
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
pub const LOG_SCENES: [Scene; 15] = [
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
pub fn unsettled() -> Unsettled {
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
pub fn told_in_full() -> Vec<Entry> {
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
pub fn clocks_back() -> Vec<Entry> {
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
pub fn journey() -> Vec<Entry> {
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

pub fn on_the_floor(size: (u16, u16), slug: &str) -> Person {
    Person::at_home(size)
        .looks_at(slug)
        .presses("Enter Enter f")
}

pub fn scenes() -> impl Iterator<Item = Scene> {
    (SCENES.into_iter())
        .chain(FORM_SCENES)
        .chain(MORE_SCENES)
        .chain(FLOOR_SCENES)
        .chain(LOG_SCENES)
}
