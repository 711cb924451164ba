//! What was typed wrong is told with what it was and the nearest right value; it writes nothing and exits 2.

use crate::home::Home;

/// A check-in, and two sessions whose ids begin alike.
fn home() -> Home {
    let home = Home::answered();
    home.ok(&["log", "4", "--at", "2026-11-02 10:00"]);
    let session = |rec: &str| {
        format!(
            "{{\"v\":1,\"op\":\"add\",\"id\":\"{rec}-op\",\"rec\":\"{rec}\",\"at\":\"2026-11-01T21:45:00+01:00\",\"set\":\
             {{\"kind\":\"session\",\"started_at\":\"2026-11-01T21:30:00+01:00\",\"technique\":\"six-breaths\",\
             \"status\":\"finished\"}}}}\n"
        )
    };
    let both = session("same-1") + &session("same-2");
    home.write("data/unkink/journal/both.jsonl", &both);
    home
}

/// Every row: the words typed, then what the line on standard error holds.
fn each_is_refused(rows: &[(&[&str], &[&str])]) {
    let home = home();
    for (args, said) in rows {
        let why = home.refused(args);
        for said in *said {
            assert!(why.contains(said), "{args:?}: no '{said}' in: {why}");
        }
    }
}

#[test]
fn a_value_off_its_scale_is_told_with_the_scale() {
    #[rustfmt::skip] // a table, read down
    each_is_refused(&[
        (&["log", "11"], &["'11'", "0 to 10"]),
        (&["log", "4", "-1"], &["'-1'", "0 to 10"]),
        (&["log", "--tightness", "5.5"], &["'5.5'", "0 to 10"]),
        (&["edit", "last", "--pain", "11"], &["'11'", "--pain", "0 to 10"]),
        (&["edit", "last", "--stress", "x"], &["'x'", "--stress", "0 to 10"]),
        (&["edit", "last", "--tightness", "11"], &["--tightness", "0 to 10"]),
        (&["edit", "same-1", "--pain-before", "11"], &["--pain-before", "0 to 10"]),
        (&["edit", "same-1", "--pain-after", "-1"], &["--pain-after", "0 to 10"]),
        (&["edit", "same-1", "--stress-before", "11"], &["--stress-before", "0 to 10"]),
        (&["edit", "same-1", "--stress-after", "11"], &["--stress-after", "0 to 10"]),
        (&["edit", "same-1", "--pressure", "11"], &["--pressure", "0 to 10"]),
        (&["edit", "last", "--peg", "1,2,11"], &["'11'", "--peg", "0 to 10"]),
        (&["edit", "last", "--peg", "1,2"], &["three answers", "4,3,5"]),
        (&["edit", "last", "--roland-morris", "25"], &["'25'", "--roland-morris", "24"]),
        (&["start", "six-breaths", "--plain", "--pain", "11"], &["'11'", "0 to 10"]),
        (&["edit", "same-1", "--status", "finishd"], &["'finishd'", "finished"]),
        (&["edit", "same-1", "--side-first", "lef"], &["'lef'", "left"]),
        (&["edit", "last", "--pain-after", "3"], &["a check-in", "--pain"]),
        (&["edit", "same-1", "--pain", "3"], &["--pain-before or --pain-after"]),
    ]);
}

#[test]
fn an_id_that_names_nothing_or_several_is_told_with_the_way_to_the_right_one() {
    let unknown: &[&str] = &["'nosuchid'", "at least 4 characters", "unkink history"];
    let several: &[&str] = &["'same'", "same-1", "same-2"];
    #[rustfmt::skip] // a table, read down
    each_is_refused(&[
        (&["edit", "nosuchid", "--pain", "3"], unknown),
        (&["delete", "nosuchid", "--yes"], unknown),
        (&["forget", "nosuchid", "--yes"], unknown),
        (&["show", "nosuchid"], &["'nosuchid'", "unkink list"]),
        (&["undo", "nosuchid"], &["'nosuchid'", "journal"]),
        (&["edit", "same", "--note", "x"], several),
        (&["delete", "same", "--yes"], several),
        (&["forget", "same", "--yes"], several),
        (&["show", "same"], several),
        (&["undo", "same"], &["'same'", "same-1-op", "same-2-op"]),
        (&["edit", "abc", "--pain", "3"], &["'abc'", "at least 4 characters"]),
        (&["undo", "abc"], &["'abc'", "at least 4 characters"]),
    ]);
    let nothing = Home::new();
    for command in [
        &["edit", "last", "--pain", "3"][..],
        &["delete", "last", "--yes"],
        &["forget", "last", "--yes"],
        &["show", "last"],
    ] {
        let why = nothing.refused(command);
        assert!(why.contains("there is no entry yet"), "{command:?}: {why}");
    }
}

#[test]
fn a_word_that_is_in_no_list_is_told_with_the_nearest_that_is() {
    #[rustfmt::skip] // a table, read down
    each_is_refused(&[
        (&["log", "4", "--where", "belt-lin:left"], &["'belt-lin:left'", "'belt-line:left'"]),
        (&["log", "4", "--where", "belt"], &["'belt'", "'belt-line:left'", "'belt-line:both'"]),
        (&["log", "4", "--where", "belt-line"], &["'belt-line:left'", "'belt-line:right'"]),
        (&["log", "4", "--where", "belt-line:top"], &["'top'", "left, right or both"]),
        (&["log", "4", "--where", "sacrum:left"], &["give 'sacrum'"]),
        (&["log", "4", "--where", "qqqqqqqq"], &["'qqqqqqqq'", "mid-back, under-ribs"]),
        (&["edit", "last", "--where", "sacrun"], &["'sacrun'", "'sacrum'"]),
        (&["history", "--where", "sacrun"], &["'sacrun'", "'sacrum'"]),
        (&["log", "4", "--travels-to", "foott"], &["'foott'", "'foot'"]),
        (&["log", "4", "--quality", "acking"], &["'acking'", "'aching'"]),
        (&["log", "4", "--trigger", "sat lng"], &["'sat lng'", "'sat long'"]),
        (&["log", "4", "--action", "wlak"], &["'wlak'", "'walk'"]),
        (&["log", "4", "--mood", "clam"], &["'clam'", "'calm'"]),
        (&["log", "4", "--day", "flair"], &["'flair'", "'flare'"]),
        (&["edit", "last", "--unset", "qualties"], &["'qualties'", "'qualities'"]),
        (&["edit", "same-1", "--technique", "calf-swep"], &["'calf-swep'", "'calf-sweep'"]),
        (&["edit", "same-1", "--routine", "desk-rest"], &["'desk-rest'", "'desk-reset'"]),
        (&["edit", "same-1", "--queue", "desk-reset,calf-swep"], &["'calf-swep'", "'calf-sweep'"]),
        (&["edit", "same-1", "--item", "six-breths=1m"], &["six-breths", "six-breaths"]),
        (&["history", "--technique", "calf-swep"], &["'calf-swep'", "'calf-sweep'"]),
        (&["favourite", "calf-swep"], &["'calf-swep'", "'calf-sweep'"]),
        (&["start", "calf-swep", "--plain"], &["'calf-swep'", "'calf-sweep'"]),
        (&["list", "--tool", "bal"], &["'bal'", "'ball'"]),
        (&["list", "--position", "chiar"], &["'chiar'", "'chair'"]),
        (&["export", "--format", "jsn"], &["'jsn'", "json"]),
        (&["hitsory"], &["'hitsory'", "'history'"]),
        (&["log", "4", "--stres", "3"], &["'--stres'"]),
    ]);
}

#[test]
fn a_day_or_a_time_that_is_none_is_told_with_a_form_that_is_one() {
    #[rustfmt::skip] // a table, read down
    each_is_refused(&[
        (&["log", "4", "--at", "yesterday"], &["'yesterday'", "'yesterday 21:30'"]),
        (&["log", "4", "--at", "sun"], &["'sun'", "'sun 21:30'"]),
        (&["log", "4", "--at", "2026-11-20"], &["'2026-11-20'", "'2026-11-20 21:30'"]),
        (&["log", "4", "--at", "-3d"], &["'-3d'", "add a time of day", " 21:30'"]),
        (&["edit", "last", "--at", "today"], &["'today'", "'today 21:30'"]),
        (&["log", "4", "--at", "soonish"], &["'soonish'", "-2h"]),
        (&["log", "4", "--at", "2026-02-30 10:00"], &["'2026-02-30'", "2026-02-28"]),
        (&["log", "4", "--at", "2026-03-29 02:30"], &["skipped", "01:59", "03:00"]),
        (&["edit", "same-1", "--ended", "yesterday"], &["'yesterday'", "'yesterday 21:30'"]),
        (&["edit", "same-1", "--active", "12"], &["'12'", "12m"]),
        (&["history", "--since", "soon"], &["'soon'", "yesterday"]),
        (&["history", "--until", "2026-02-30"], &["'2026-02-30'", "calendar"]),
        (&["history", "--since", "2026-11-05", "--until", "2026-11-01"], &["--since 2026-11-05", "--until 2026-11-01", "later"]),
    ]);
    let home = home();
    home.ok(&["log", "4", "--at", "sun 21:30"]);
    let same = ["history", "--since", "today", "--until", "today"];
    assert_eq!(home.run(&same).code, 0, "one day is no mistake");
}
