#![allow(clippy::expect_used)]

use serde_json::{Value, json};

use super::*;
use crate::content::built_in_library;
use crate::domain::id::Id;
use crate::domain::log::{Log, LogChange};
use crate::domain::record::{Entry, Fields, Marks};

fn entry(n: usize, day: u8, more: &Value) -> Entry {
    let mut set = Fields::default();
    set.put("started_at", &format!("2026-11-{day:02}T10:00:00+01:00"));
    for (name, value) in more.as_object().into_iter().flatten() {
        set.put(name, value);
    }
    Entry::read(Id::new(&format!("{n:08}")), &set, Marks::default())
}

fn session(day: u8, slug: &str, before: u8, after: u8) -> (u8, Value) {
    let more = json!({
        "kind": "session", "technique": slug, "status": "finished", "active_s": 90,
        "ended_at": format!("2026-11-{day:02}T10:05:00+01:00"),
        "rated_after_at": format!("2026-11-{day:02}T10:06:00+01:00"),
        "pain_before": before, "pain_after": after, "actions": ["heat"],
    });
    (day, more)
}

#[test]
fn the_shape_of_the_answer_stays() {
    let mut entries: Vec<_> = (1..8)
        .map(|day| session(day, "six-breaths", 6, if day == 3 { 6 } else { 4 }))
        .collect();
    entries.extend((1..4).map(|day| session(day, "gone-from-here", 5, 4)));
    entries.push(session(2, "calf-sweep", 3, 3));
    entries.push((
        9,
        json!({"kind": "check-in", "pain": 3, "stress": 5, "regions": ["belt-line:both", "sacrum"]}),
    ));
    entries.push((
        1,
        json!({"kind": "questionnaire", "peg": [6, 5, 6], "roland_morris": 9}),
    ));
    entries.push((
        8,
        json!({"kind": "questionnaire", "peg": [4, 4, 3], "roland_morris": 7}),
    ));
    let mut log = Log::default();
    let entries = entries.iter().enumerate();
    let entries = entries.map(|(n, (day, more))| entry(n, *day, more));
    log.apply(LogChange::Whole(entries.collect()));
    let today = "2026-11-09".parse().expect("a date");
    let figures = Figures::of(&log, None, today);
    let library = built_in_library();
    let answer = Answer::of(Some(&figures), None, None, today, &library);
    insta::assert_snapshot!(serde_json::to_string_pretty(&answer).expect("JSON"));
    let silent = Hush::Clinician(library.safety().clinician.signs.iter().take(1).collect());
    let answer = Answer::of(None, Some(&silent), None, today, &library);
    insta::assert_snapshot!(serde_json::to_string_pretty(&answer).expect("JSON"));
}
