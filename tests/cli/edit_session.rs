//! Correcting what a session was, how long it took, when it ended, and its parts; and a plan.

use serde_json::json;

use crate::edit::{DESK_RESET, SIX_BREATHS, edited, put_session};
use crate::home::Home;

#[test]
fn a_session_is_corrected_in_all_its_parts() {
    let home = Home::new();
    put_session(&home, "session-1", SIX_BREATHS);
    let after = edited(
        &home,
        &[
            "session-1",
            "--pain-before",
            "6",
            "--pain-after",
            "-",
            "--stress-before",
            "4",
            "--stress-after",
            "2",
            "--pressure",
            "3",
            "--active",
            "4:30",
            "--status",
            "stopped",
            "--stopped-because",
            "phone",
            "--side-first",
            "right",
            "--at",
            "2026-11-01 20:00",
            "--note",
            "n",
        ],
    );
    assert_eq!(
        after,
        json!({
            "rec": "session-1", "kind": "session", "started_at": "2026-11-01T20:00:00+01:00",
            "ended_at": "2026-11-01T20:06:00+01:00", "technique": "six-breaths",
            "items": [{"technique": "six-breaths", "planned_s": 300, "active_s": 270, "done": true}],
            "status": "stopped", "stopped_because": "phone", "planned_s": 300, "active_s": 270, "side_first": "right",
            "pain_before": 6, "stress_before": 4, "stress_after": 2, "pressure": 3, "note": "n"
        })
    );
    let after = edited(&home, &["session-1", "--status", "finished"]);
    assert!(after.get("stopped_because").is_none(), "{after}");
}

#[test]
fn another_technique_or_routine_takes_the_place_of_what_a_session_was() {
    let home = Home::new();
    put_session(&home, "session-1", DESK_RESET);
    let after = edited(&home, &["session-1", "--technique", "long-exhale"]);
    assert_eq!(after["technique"], "long-exhale");
    assert!(after.get("routine").is_none());
    assert_eq!(
        after["items"],
        json!([{"technique": "long-exhale", "planned_s": 300, "active_s": 290, "done": true}])
    );
    let after = edited(&home, &["session-1", "--routine", "desk-reset"]);
    assert_eq!(after["routine"], "desk-reset");
    assert!(after.get("technique").is_none() && after.get("items").is_none());
    let why = home.refused(&["edit", "session-1", "--technique", "long-exale"]);
    assert!(why.contains("did you mean 'long-exhale'"), "{why}");
}

#[test]
fn how_long_a_session_was_and_when_it_ended_is_corrected_too() {
    let home = Home::new();
    put_session(&home, "session-1", SIX_BREATHS);
    let args = [
        "session-1",
        "--planned",
        "6m",
        "--steps",
        "7",
        "--ended",
        "21:40",
        "--rated",
        "00:10",
    ];
    let after = edited(&home, &args);
    assert_eq!(after["planned_s"], 360);
    assert_eq!(after["items"][0]["planned_s"], 360, "its one part, too");
    assert_eq!(after["steps_done"], 7);
    assert_eq!(
        after["ended_at"], "2026-11-01T21:40:00+01:00",
        "of the day it began"
    );
    assert_eq!(
        after["rated_after_at"], "2026-11-02T00:10:00+01:00",
        "the first such time after it"
    );
    let moved = edited(&home, &["session-1", "--at", "2026-11-01 20:30"]);
    assert_eq!(moved["rated_after_at"], "2026-11-01T23:10:00+01:00");
    let after = edited(&home, &["session-1", "--unset", "steps,rated"]);
    assert!(after.get("steps_done").is_none() && after.get("rated_after_at").is_none());
    let args = [
        "session-1",
        "--at",
        "2026-11-01 20:00",
        "--unset",
        "ended_at",
    ];
    assert!(
        edited(&home, &args).get("ended_at").is_none(),
        "moved without its end"
    );
}

#[test]
fn a_session_becomes_a_queue_and_says_part_by_part_what_was_done() {
    let home = Home::new();
    put_session(&home, "session-1", DESK_RESET);
    let items = ["six-breaths=60s:done", "long-exhale=1:30/2m"].join(",");
    let after = edited(&home, &["session-1", "--item", &items]);
    assert_eq!(after["routine"], "desk-reset");
    assert_eq!(
        after["items"],
        json!([{"technique": "six-breaths", "planned_s": 100, "active_s": 60, "done": true},
               {"technique": "long-exhale", "planned_s": 120, "active_s": 90, "done": false}])
    );
    assert_eq!(
        (&after["active_s"], &after["planned_s"]),
        (&150.into(), &220.into())
    );
    let after = edited(&home, &["session-1", "--queue", "desk-reset,calf-sweep"]);
    assert_eq!(after["queue"], json!(["desk-reset", "calf-sweep"]));
    for gone in ["technique", "routine", "items"] {
        assert!(after.get(gone).is_none(), "{after}");
    }
    assert!(
        home.ok(&["history"])
            .contains("Desk reset + Calf sweep, 2:30"),
        "it is called by its queue"
    );
    let args = ["session-1", "--item", "calf-sweep=2m", "--active", "3m"];
    let after = edited(&home, &args);
    assert_eq!(
        (&after["active_s"], &after["items"][0]["active_s"]),
        (&180.into(), &180.into())
    );
    let after = edited(&home, &["session-1", "--technique", "six-breaths"]);
    assert!(after.get("queue").is_none(), "{after}");
    home.ok(&["undo"]);
    assert_eq!(
        home.history()[0]["queue"],
        json!(["desk-reset", "calf-sweep"])
    );
}

#[test]
fn a_plan_is_a_text_that_can_be_changed_but_not_taken_away() {
    let home = Home::new();
    let line = "{\"v\":1,\"op\":\"add\",\"id\":\"p\",\"rec\":\"plan-1\",\"at\":\"2026-11-01T21:45:00+01:00\",\"set\":\
                {\"kind\":\"plan\",\"started_at\":\"2026-11-01T21:30:00+01:00\",\"plan\":{\"a\":1},\"note\":\"n\"}}\n";
    home.write("data/unkink/journal/p.jsonl", line);
    let after = edited(&home, &["plan-1", "--unset", "note"]);
    assert_eq!(after["plan"], json!({"a": 1}), "it says what it is");
    let after = edited(&home, &["plan-1", "--plan", "heat each evening"]);
    assert_eq!(after["plan"], "heat each evening");
    for args in [["--plan", " "], ["--unset", "plan"]] {
        let why = home.refused(&[&["edit", "plan-1"], &args[..]].concat());
        assert!(why.contains("give --plan"), "{why}");
    }
}

#[test]
fn parts_of_a_session_that_contradict_each_other_are_refused() {
    let home = Home::new();
    put_session(&home, "session-1", SIX_BREATHS);
    #[rustfmt::skip] // a table, read down
    let rows = [
        (&["--ended", "2026-11-01 21:00"][..], "ended_at (2026-11-01 21:00 +01:00) is before started_at"),
        (&["--rated", "2026-11-01 21:35"], "rated_after_at (2026-11-01 21:35 +01:00) is before ended_at"),
        (&["--ended", "21:20"], "ended_at (2026-11-01 21:20 +01:00) is before started_at"),
        (&["--ended", "2026-11-03 21:40"], "more than a day after"),
        (&["--ended", "yesterday"], "a day"),
        (&["--planned", "25h"], "longer than a day"),
        (&["--planned", "90"], "is not a duration"),
        (&["--steps", "-1"], "--steps"),
        (&["--steps", "100000"], "9999"),
        (&["--item", "calf-sweep=60s"], "'six-breaths' alone"),
        (&["--item", "six-breaths=60s,six-breaths=60s"], "'six-breaths' alone"),
        (&["--item", "six-breaths"], "SLUG=ACTIVE"),
        (&["--item", "six-breaths=60"], "is not a duration"),
        (&["--item", "six-breaths=60s:don"], "is not a duration"),
        (&["--routine", "desk-reset", "--item", "calf-swep=1m"], "did you mean 'calf-sweep'"),
        (&["--queue", "desk-reset,calf-swep"], "did you mean 'calf-sweep'"),
        (&["--queue", "desk-reset"], "--routine"),
        (&["--queue", "a,b", "--technique", "calf-sweep"], "cannot be used with"),
        (&["--steps", "3", "--unset", "steps"], "set and taken away at once"),
        (&["--ended", "21:50", "--unset", "ended"], "set and taken away at once"),
    ];
    for (args, said) in rows {
        let why = home.refused(&[&["edit", "session-1"], args].concat());
        assert!(why.contains(said), "{args:?}: {why}");
    }
    home.ok(&["log", "4"]);
    for args in [
        ["--ended", "23:59"],
        ["--rated", "23:59"],
        ["--steps", "3"],
        ["--planned", "3m"],
        ["--item", "six-breaths=1m"],
        ["--queue", "desk-reset,calf-sweep"],
    ] {
        let why = home.refused(&[&["edit", "last"], &args[..]].concat());
        assert!(why.contains("this is a check-in"), "{args:?}: {why}");
    }
}

#[test]
fn a_length_that_its_times_have_no_room_for_is_kept_and_said() {
    let home = Home::new();
    put_session(&home, "session-1", SIX_BREATHS);
    let ran = home.run(&["edit", "session-1", "--active", "6m50s"]);
    assert_eq!(
        (ran.code, &*ran.err),
        (0, ""),
        "six minutes, give or take one"
    );
    let ran = home.run(&["edit", "session-1", "--active", "1h5m"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.err
            .contains("1:05:00 is longer than the 6:00 from its start to its end"),
        "{ran:?}"
    );
    assert_eq!(home.history()[0]["active_s"], 3900);
    let ran = home.run(&["edit", "session-1", "--note", "n"]);
    assert_eq!((ran.code, &*ran.err), (0, ""), "it was said before");
}

#[test]
fn a_session_of_one_technique_that_is_finished_was_done_to_its_end() {
    let home = Home::new();
    let stopped = SIX_BREATHS.replace("true", "false") + ",\"status\":\"stopped\"";
    for (args, done) in [
        (&["session-1", "--active", "5m"][..], false),
        (
            &["session-1", "--active", "5m", "--status", "finished"],
            true,
        ),
        (&["session-1", "--status", "finished"], true),
        (
            &[
                "session-1",
                "--item",
                "six-breaths=2m",
                "--status",
                "finished",
            ],
            false,
        ),
    ] {
        put_session(&home, "session-1", &stopped);
        assert_eq!(edited(&home, args)["items"][0]["done"], done, "{args:?}");
        home.ok(&["undo"]);
    }
    put_session(&home, "session-1", &SIX_BREATHS.replace("true", "false"));
    assert_eq!(
        edited(&home, &["session-1", "--active", "5m"])["items"][0]["done"],
        true
    );
}
