//! `unkink status`: a line at once, and no more said than is known.

use std::fs::File;

use serde_json::Value;

use crate::home::Home;

/// So many days and hours ago.
fn ago(hours: i64) -> String {
    // In the zone that each home has.
    let now = chrono::Utc::now().with_timezone(&chrono_tz::Europe::Berlin);
    (now - chrono::TimeDelta::hours(hours)).to_rfc3339()
}

fn add(n: usize, at: &str, set: &str) -> String {
    format!(
        "{{\"v\":1,\"op\":\"add\",\"id\":\"id{n}\",\"rec\":\"r{n}\",\"at\":\"{at}\",\"set\":\
         {{\"kind\":\"check-in\",\"started_at\":\"{at}\",{set}}}}}\n"
    )
}

#[test]
fn with_nothing_logged_there_is_nothing_to_print() {
    let home = Home::new();
    for args in [
        &["status"][..],
        &["status", "--format", "back: {pain} {days}"],
    ] {
        assert_eq!(home.ok(args), "");
    }
    assert_eq!(std::fs::read_dir(home.0.path()).unwrap().count(), 0);
    let json: Value = serde_json::from_str(&home.ok(&["status", "--json"])).unwrap();
    assert_eq!(
        (&json["pain"], &json["may_be_more"]),
        (&Value::Null, &false.into())
    );
}

#[test]
fn the_newest_ratings_are_told_with_their_age() {
    let home = Home::new();
    home.ok(&["log", "7", "2", "--at", "-50h"]);
    home.ok(&["log", "4", "--at", "-2h"]);
    assert_eq!(home.ok(&["status"]), "pain 4 (2h ago)\n");
    let format = "{pain}[/{stress}] {days} {sessions}[ {last}]";
    assert_eq!(home.ok(&["status", "--format", format]), "4 2 0\n");
    let why = home.refused(&["status", "--format", "{pian}"]);
    assert!(why.contains("did you mean '{pain}'?"), "{why}");
    home.ok(&["delete", "last", "--yes"]);
    assert_eq!(home.ok(&["status"]), "pain 7 stress 2 (2d ago)\n");
}

#[test]
fn numbers_that_the_app_hides_are_hidden_here() {
    let home = Home::new();
    home.ok(&["log", "5", "1", "--at", "-2h"]);
    home.write("state/unkink/seen.json", "[\"numbers hidden\"]");
    assert_eq!(home.ok(&["status"]), "some pain a little stress (2h ago)\n");
    let json: Value = serde_json::from_str(&home.ok(&["status", "--json"])).unwrap();
    assert_eq!(
        (&json["pain"], &json["pain_words"]),
        (&Value::Null, &"some".into())
    );
}

#[test]
fn what_was_not_read_is_owned_up_to() {
    let home = Home::new();
    let note = format!("\"pain\":3,\"note\":\"{}\"", "x".repeat(1000));
    // 64 KiB hold some sixty of these: four days.
    let lines = |every: i64, count: i64| -> String {
        (0..count)
            .map(|n| {
                add(
                    usize::try_from(n).unwrap(),
                    &ago((count - 1 - n) * every),
                    &note,
                )
            })
            .collect()
    };
    home.write("data/unkink/journal/a.jsonl", &lines(1, 200));
    let days = home.ok(&["status", "--format", "{days}"]);
    assert!(days.trim_end().ends_with('+'), "{days}");
    // The same size over months: the last seven days are in what is read.
    home.write("data/unkink/journal/a.jsonl", &lines(12, 200));
    let days = home.ok(&["status", "--format", "{days}"]);
    assert!(days == "7\n", "{days}");
}

#[test]
fn a_lock_that_another_holds_is_not_waited_for() {
    let home = Home::new();
    home.ok(&["log", "4", "--at", "-2h"]);
    let lock = File::create(home.data().join(".lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(home.ok(&["status"]), "pain 4 (2h ago)\n");
}

#[test]
fn a_session_runs_while_somebody_holds_its_file_and_is_cut_off_after() {
    let home = Home::answered();
    home.add_short_technique();
    let rec = "0193aaaa-0000-7000-8000-000000000000";
    let at = ago(0);
    let checkpoint = format!(
        "{{\"title\":{{\"technique\":\"short\"}},\"items\":[],\"segment\":0,\"gone_ms\":0,\"active_ms\":0,\
         \"steps_done\":0,\"side_first\":\"left\",\"started_at\":\"{at}\",\"at\":\"{at}\"}}"
    );
    let line = format!("{{\"v\":1,\"rec\":\"{rec}\",\"checkpoint\":{checkpoint}");
    let crc = crc32fast::hash(line.as_bytes());
    let line = format!("{line},\"crc\":\"{crc:08x}\"}}\n");
    let path = home.write(&format!("state/unkink/sessions/{rec}.jsonl"), &line);
    let format = "[runs {session} {for}][cut off {cut_off}]";
    let held = File::open(&path).unwrap();
    held.lock().unwrap();
    assert_eq!(home.ok(&["status", "--format", format]), "runs short 0m\n");
    // Not by closing it: a process that another test is just starting may have it for a moment.
    held.unlock().unwrap();
    assert_eq!(home.ok(&["status", "--format", format]), "cut off short\n");
}
