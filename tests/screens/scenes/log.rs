//! The log with what can be done there, and logs that have what few have.

use super::*;

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
