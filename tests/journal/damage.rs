//! Damaged, foreign and hostile files: every neighbour is read, everything is reported, nothing is changed.

use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::symlink;

use unkink::journal::doctor::Report;

use crate::home::*;
use crate::lines::*;

fn doctor(home: &Home) -> Report {
    home.journal().doctor()
}

fn reasons(home: &Home) -> String {
    let report = doctor(home);
    let lines = report.problems.iter().map(|problem| {
        format!(
            "{}:{:?}:{:?} {}\n",
            problem.file, problem.line, problem.byte, problem.reason
        )
    });
    lines.collect()
}

/// Notes in the order of their text: entries of one moment stand by id.
fn sorted(home: &Home) -> Vec<String> {
    let mut notes = home.notes();
    notes.sort();
    notes
}

/// One file with these bytes: its notes, with the promise that reading left the bytes alone.
fn read(bytes: &[u8]) -> (Home, Vec<String>) {
    let home = Home::new();
    home.put("x.jsonl", bytes);
    let notes = sorted(&home);
    doctor(&home);
    assert_eq!(
        std::fs::read(home.places.journal().join("x.jsonl")).unwrap(),
        bytes
    );
    (home, notes)
}

#[test]
fn wherever_a_file_is_cut_off_the_whole_lines_before_are_read_and_the_next_add_stands_alone() {
    let whole = Home::new();
    for number in 0..4 {
        add(&mut whole.journal(), &format!("n{number}"));
    }
    let path = whole.own();
    let bytes = std::fs::read(&path).unwrap();
    for cut in 0..=bytes.len() {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        let text = &bytes[..cut];
        let ends = text.split(|&byte| byte == b'\n').count() - 1;
        // A line is whole with its last brace, whether or not its line feed has come.
        let unended = usize::from(text.ends_with(b"\"}") && bytes.get(cut) == Some(&b'\n'));
        assert_eq!(whole.notes().len(), ends + unended, "cut at {cut}");
        add(&mut whole.journal(), "after");
        let after = whole.notes();
        assert_eq!(after.len(), ends + unended + 1, "cut at {cut}");
        assert!(std::fs::read(&path).unwrap().starts_with(text));
    }
}

#[test]
fn zero_bytes_between_lines_take_no_neighbour_along() {
    let (a, b, c) = (
        note_line("1", "a", "a"),
        note_line("2", "b", "b"),
        note_line("3", "c", "c"),
    );
    let zeros = vec![0_u8; 4096];
    let bytes = [
        a.as_bytes(),
        b"\n",
        &zeros,
        b.as_bytes(),
        b"\n",
        &zeros,
        b"\n",
        c.as_bytes(),
        &zeros,
    ]
    .concat();
    let (home, notes) = read(&bytes);
    assert_eq!(notes, ["a", "b", "c"]);
    assert_eq!(reasons(&home).matches("zero bytes").count(), 3);
}

#[test]
fn a_file_of_zeros_or_of_nothing_is_no_first_run_and_other_files_load() {
    let home = Home::new();
    add(&mut home.journal(), "mine");
    let own = home.own();
    home.put("other.jsonl", &joined(&[note_line("1", "o", "other")]));
    for bytes in [vec![0; 5000], Vec::new()] {
        std::fs::write(&own, &bytes).unwrap();
        assert_eq!(home.notes(), ["other"]);
        assert_eq!(reasons(&home).contains("zero bytes"), !bytes.is_empty());
        add(&mut home.journal(), "again");
        assert_eq!(sorted(&home), ["again", "other"]);
        assert!(std::fs::read(&own).unwrap().starts_with(&bytes));
        assert_eq!(home.files().len(), 2);
    }
}

#[test]
fn line_ends_of_other_systems_marks_and_blanks_need_no_word() {
    let lines = [note_line("1", "a", "a"), note_line("2", "b", "b")];
    let text = format!("\u{feff}{}\r\n\r\n \t\n  {} \t\r\n", lines[0], lines[1]);
    let (home, notes) = read(text.as_bytes());
    assert_eq!(notes, ["a", "b"]);
    let report = doctor(&home);
    assert_eq!((report.lines, report.unreadable_lines), (2, 0));
    let about_lines = report
        .problems
        .iter()
        .filter(|problem| problem.line.is_some());
    assert_eq!(about_lines.count(), 0);
}

#[test]
fn a_line_that_is_no_utf8_is_reported_with_its_place() {
    let (a, b) = (note_line("1", "a", "a"), note_line("2", "b", "b"));
    let bytes = [
        a.as_bytes(),
        b"\n{\"v\":1,\"note\":\"\xff\"}\n",
        b.as_bytes(),
        b"\n",
    ]
    .concat();
    let (home, notes) = read(&bytes);
    assert_eq!(notes, ["a", "b"]);
    let place = format!("x.jsonl:Some(2):Some({})", a.len() + 1);
    let reasons = reasons(&home);
    assert!(
        reasons.contains(&place) && reasons.contains("UTF-8"),
        "{reasons}"
    );
}

#[test]
fn a_line_too_long_to_be_ours_is_passed_over() {
    let (a, b) = (note_line("1", "a", "a"), note_line("2", "b", "b"));
    for long in [vec![b'x'; 3 << 20], b"{\"v\":1,".repeat(500_000)] {
        let bytes = [
            a.as_bytes(),
            b"\n",
            &long,
            b"\n",
            b.as_bytes(),
            b"\n",
            &long,
        ]
        .concat();
        let (home, notes) = read(&bytes);
        assert_eq!(notes, ["a", "b"]);
        assert_eq!(doctor(&home).unreadable_lines, 2);
    }
}

#[test]
fn the_longest_line_is_256_kib() {
    let line = |len: usize| {
        let shortest = note_line("1", "a", "").len();
        note_line("1", "a", &"n".repeat(len - shortest))
    };
    let (_, notes) = read(line(256 * 1024).as_bytes());
    assert_eq!(notes.len(), 1);
    let (home, notes) = read(line(256 * 1024 + 1).as_bytes());
    assert!(notes.is_empty());
    assert!(reasons(&home).contains("256 KiB"));
}

#[test]
fn lines_and_files_that_come_twice_change_nothing() {
    let lines = [
        note_line("1", "a", "a"),
        edit_line("2", "a", &["1"], "{\"pain\":3}"),
        note_line("3", "b", "b"),
        undo_line("4", "b", "3", &["3"]),
    ];
    let (home, _) = read(&joined(&lines));
    let mut once = Vec::new();
    home.journal().export_json(&mut once).unwrap();
    home.put("x.jsonl", &joined(&[&lines[..], &lines[..]].concat()));
    home.put("y.jsonl", &joined(&lines));
    home.put("z.jsonl", &joined(&lines));
    let mut thrice = Vec::new();
    home.journal().export_json(&mut thrice).unwrap();
    assert_eq!(once, thrice);
    assert_eq!(reasons(&home).matches("different lines").count(), 0);
}

#[test]
fn names_that_stand_twice_and_joined_lines_are_reported() {
    let (a, b) = (note_line("1", "a", "a"), note_line("2", "b", "b"));
    let doubled = sealed(
        "{\"v\":1,\"op\":\"add\",\"id\":\"3\",\"id\":\"4\",\"rec\":\"c\",\"set\":{\"note\":\"c\"}",
    );
    let field = add_line("5", "d", "{\"note\":\"first\",\"note\":\"second\"}");
    let text = format!("{a}{b}\n{doubled}\n{field}\n{}", note_line("6", "e", "e"));
    let (home, notes) = read(text.as_bytes());
    assert_eq!(notes, ["e", "second"]);
    let reasons = reasons(&home);
    assert_eq!(reasons.matches("can't be read").count(), 2, "{reasons}");
    assert!(reasons.contains("stands twice"));
}

#[test]
fn deep_wide_and_endless_texts_are_only_texts() {
    let deep = format!(
        "{{\"v\":1,\"op\":\"add\",\"id\":\"1\",\"rec\":\"r\",\"set\":{}",
        "[".repeat(100_000)
    );
    let nested = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let inside = add_line(
        "2",
        "s",
        &format!("{{\"note\":\"deep\",\"x\":{nested},\"regions\":{nested}}}"),
    );
    let wide: Vec<String> = (0..20_000).map(|n| format!("\"k{n}\":1")).collect();
    let wide = add_line(
        "3",
        "t",
        &format!("{{\"note\":\"wide\",{}}}", wide.join(",")),
    );
    let key = add_line(
        "4",
        "u",
        &format!("{{\"note\":\"key\",\"{}\":1}}", "k".repeat(60_000)),
    );
    let brackets = "[".repeat(100_000);
    let (home, notes) = read(&joined(&[deep, brackets, inside, wide, key]));
    assert_eq!(notes, ["deep", "key", "wide"]);
    assert_eq!(doctor(&home).unreadable_lines, 2);
}

#[test]
fn an_empty_id_or_a_wrong_member_is_reported_and_a_wrong_value_is_shown_as_invalid() {
    let lines = [
        note_line("", "a", "no id"),
        note_line("1", "", "no rec"),
        sealed(
            "{\"v\":1,\"op\":\"add\",\"id\":\"2\",\"rec\":\"b\",\"at\":\"yesterday\",\"set\":{\"note\":\"b\"}",
        ),
        sealed("{\"v\":1,\"op\":\"add\",\"id\":\"3\",\"rec\":\"c\",\"set\":[1]"),
        sealed("{\"v\":1,\"op\":\"edit\",\"id\":\"4\",\"rec\":\"c\",\"seen\":\"1\",\"set\":{}"),
        sealed("{\"op\":\"add\",\"id\":\"5\",\"rec\":\"d\",\"set\":{}"),
        sealed("{\"v\":1,\"op\":\"undo\",\"id\":\"6\",\"rec\":\"d\""),
        add_line(
            "7",
            "e",
            "{\"note\":\"e\",\"pain\":11,\"active_s\":9223372036854775808}",
        ),
    ];
    let (home, notes) = read(&joined(&lines));
    assert_eq!(notes, ["b", "e"]);
    let report = doctor(&home);
    assert_eq!(report.unreadable_lines, 6);
    assert!(reasons(&home).contains("'at' is not a moment"));
    let entries = home.journal().load();
    let entry = entries
        .iter()
        .find(|entry| entry.note() == Some("e"))
        .unwrap();
    assert_eq!(entry.pain, None);
    assert_eq!(entry.more.as_ref().unwrap().invalid.len(), 2);
}

#[test]
fn the_check_value_is_the_last_member_or_wrong() {
    let right = note_line("1", "a", "right");
    let missing =
        "{\"v\":1,\"op\":\"add\",\"id\":\"2\",\"rec\":\"b\",\"set\":{\"note\":\"missing\"}}"
            .to_owned();
    let changed = note_line("3", "c", "chenged").replace("chenged", "changed");
    let first = "{\"crc\":\"00000000\",\"v\":1,\"op\":\"add\",\"id\":\"4\",\"rec\":\"d\",\"set\":{\"note\":\"first\"}}";
    let spaced = note_line("5", "e", "spaced").replace(",\"crc\":", ", \"crc\":");
    let capital = "{\"v\":1,\"op\":\"add\",\"id\":\"6\",\"rec\":\"f\",\"set\":{\"note\":\"n\"},\"crc\":\"ABCDEF12\"}";
    let within = note_line("7", "g", "x").replace("\"x\"", "\"x\",\"crc\":\"12345678\"");
    let within = sealed(within.split(",\"crc\":\"").next().unwrap()).replace("\"x\"", "\"x\"}");
    drop(within);
    let (home, _) = read(&joined(&[
        right,
        missing,
        changed,
        first.into(),
        spaced,
        capital.into(),
    ]));
    let mut damaged: Vec<(String, bool)> = (home.journal().load().iter())
        .map(|entry| (entry.note().unwrap().to_owned(), entry.marks.damaged))
        .collect();
    damaged.sort();
    let flagged = |note: &str, flag| (note.to_owned(), flag);
    assert_eq!(
        damaged,
        [
            flagged("changed", true),
            flagged("first", true),
            flagged("missing", false),
            flagged("n", true),
            flagged("right", false),
            flagged("spaced", true),
        ]
    );
    assert_eq!(
        reasons(&home).matches("check value does not fit").count(),
        4
    );
}

#[test]
fn git_markers_are_reported_and_both_sides_are_read() {
    let text = format!(
        "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n",
        note_line("1", "a", "ours"),
        note_line("2", "b", "theirs")
    );
    let (home, notes) = read(text.as_bytes());
    assert_eq!(notes, ["ours", "theirs"]);
    assert_eq!(reasons(&home).matches("conflict marker of git").count(), 3);
}

#[test]
fn lines_of_a_newer_version_are_kept_and_not_applied() {
    let lines = [
        note_line("1", "a", "a"),
        sealed("{\"v\":99,\"op\":\"add\",\"id\":\"2\",\"rec\":\"b\",\"set\":{\"note\":\"newer\"}"),
        sealed(
            "{\"v\":1,\"op\":\"frobnicate\",\"id\":\"3\",\"rec\":\"a\",\"set\":{\"note\":\"x\"}",
        ),
        sealed("{\"v\":2,\"op\":{\"kind\":\"add\"},\"id\":[1],\"seen\":7,\"set\":\"all\""),
    ];
    let (home, notes) = read(&joined(&lines));
    assert_eq!(notes, ["a"]);
    let report = doctor(&home);
    assert_eq!((report.newer_lines, report.unreadable_lines), (3, 0));
    assert_eq!(reasons(&home).matches("newer version").count(), 3);
    add(&mut home.journal(), "b");
    assert_eq!(sorted(&home), ["a", "b"]);
}

#[test]
fn changes_without_their_add_wait_and_show_once_it_comes() {
    let lines = [
        note_line("1", "a", "old"),
        edit_line("2", "a", &["1"], "{\"note\":\"new\"}"),
    ];
    let (home, notes) = read(&joined(&lines[1..]));
    assert!(notes.is_empty());
    assert_eq!(doctor(&home).waiting, 1);
    home.put("late.jsonl", &joined(&lines[..1]));
    assert_eq!(home.notes(), ["new"]);
    assert_eq!(doctor(&home).waiting, 0);
}

#[test]
fn of_lines_with_one_id_the_better_check_value_counts_then_the_greater_bytes() {
    let right = note_line("1", "a", "right");
    let missing =
        "{\"v\":1,\"op\":\"add\",\"id\":\"1\",\"rec\":\"a\",\"set\":{\"note\":\"zzz\"}}".to_owned();
    let wrong = note_line("1", "a", "zz").replace("zz", "zw");
    let greater = note_line("1", "a", "zright");
    let elsewhere = note_line("1", "z", "elsewhere");
    let cases = [
        (vec![&wrong, &missing], "zzz"),
        (vec![&wrong, &missing, &right], "right"),
        (vec![&right, &greater], "zright"),
        // The same id in another record: one of the two lines counts, here the one with the greater bytes.
        (vec![&right, &elsewhere], "elsewhere"),
    ];
    for (lines, expected) in cases {
        let lines: Vec<String> = lines.into_iter().cloned().collect();
        let (home, notes) = read(&joined(&lines));
        assert_eq!(notes, [expected]);
        let turned: Vec<String> = lines.iter().rev().cloned().collect();
        assert_eq!(read(&joined(&turned)).1, [expected]);
        assert!(reasons(&home).contains("different lines carry the id 1"));
        // Also when the rival arrives later, at a reader that has the first one already.
        let home = Home::new();
        home.put("a.jsonl", &joined(&lines[..1]));
        let mut journal = home.journal();
        let mut log = unkink::domain::log::Log::default();
        log.apply(unkink::domain::log::LogChange::Whole(journal.load()));
        home.put("b.jsonl", &joined(&lines[1..]));
        journal.refresh();
        log.apply(journal.take_changes().unwrap());
        assert_eq!(notes_of(&log), [expected]);
    }
}

fn notes_of(log: &unkink::domain::log::Log) -> Vec<String> {
    notes(log.entries())
}

#[test]
fn two_adds_of_a_record_and_circles_end_and_are_reported() {
    let lines = [
        note_line("1", "a", "one"),
        note_line("2", "a", "two"),
        edit_line("3", "b", &["4"], "{\"pain\":1}"),
        edit_line("4", "b", &["3"], "{\"pain\":2}"),
        note_line("5", "b", "ring"),
        undo_line("6", "b", "6", &[]),
        undo_line("7", "b", "nowhere", &[]),
    ];
    let (home, notes) = read(&joined(&lines));
    assert_eq!(notes, ["ring", "two"]);
    let reasons = reasons(&home);
    assert!(reasons.contains("2 lines begin this entry"), "{reasons}");
    assert_eq!(
        reasons
            .matches("names nothing that it could take back")
            .count(),
        2
    );
    assert!(reasons.contains("'pain' was changed in two places"));
}

#[test]
fn only_journal_files_are_read() {
    let home = Home::new();
    let line = |n: &str| joined(&[note_line(n, n, n)]);
    home.put("a.jsonl", &line("read"));
    for name in [
        ".syncthing.a.jsonl.tmp",
        ".hidden.jsonl",
        "~a.jsonl",
        "a.jsonl.swp",
        "a.jsonl~",
        ".DS_Store",
        "desktop.ini",
        "a.json",
        "a.jsonl.tmp",
    ] {
        home.put(name, &line(name));
    }
    let strange = std::ffi::OsString::from_vec(b"-rf \x1b[31m\n\xff.jsonl".to_vec());
    std::fs::write(home.places.journal().join(strange), line("strange")).unwrap();
    assert_eq!(sorted(&home), ["read", "strange"]);
}

#[test]
fn what_is_no_regular_file_is_reported_and_never_waited_for() {
    let home = Home::new();
    home.put("a.jsonl", &joined(&[note_line("1", "a", "a")]));
    let journal = home.places.journal();
    std::fs::create_dir(journal.join("dir.jsonl")).unwrap();
    symlink("loop2.jsonl", journal.join("loop1.jsonl")).unwrap();
    symlink("loop1.jsonl", journal.join("loop2.jsonl")).unwrap();
    symlink("nowhere", journal.join("dangling.jsonl")).unwrap();
    symlink("/dev/zero", journal.join("zero.jsonl")).unwrap();
    let elsewhere = home.dir.path().join("elsewhere");
    std::fs::write(&elsewhere, joined(&[note_line("2", "b", "linked")])).unwrap();
    symlink(&elsewhere, journal.join("link.jsonl")).unwrap();
    let pipe = journal.join("pipe.jsonl");
    let made = output(std::process::Command::new("mkfifo").arg(&pipe));
    assert!(made.status.success(), "{made:?}");
    assert_eq!(sorted(&home), ["a", "linked"]);
    let reasons = reasons(&home);
    for name in [
        "dir.jsonl",
        "loop1.jsonl",
        "loop2.jsonl",
        "dangling.jsonl",
        "zero.jsonl",
        "pipe.jsonl",
    ] {
        assert!(reasons.contains(name), "{name}: {reasons}");
    }
}

#[test]
fn what_stands_in_the_own_files_place_is_named_and_left_alone() {
    let home = Home::new();
    add(&mut home.journal(), "mine");
    home.put("other.jsonl", &joined(&[note_line("1", "o", "other")]));
    let own = home
        .files()
        .into_iter()
        .find(|path| !path.ends_with("other.jsonl"))
        .unwrap();
    std::fs::remove_file(&own).unwrap();
    std::fs::create_dir(&own).unwrap();
    let act = unkink::domain::storage::Act::Add {
        set: check_in("new"),
    };
    let failure = home.journal().perform(act, now()).unwrap_err();
    assert_eq!((&failure.path, failure.retry), (&own, false));
    assert_eq!(home.notes(), ["other"]);
    assert!(own.is_dir());
}

#[test]
fn a_linked_data_directory_is_as_good_as_any() {
    let home = Home::new();
    let real = home.dir.path().join("real");
    std::fs::create_dir_all(&real).unwrap();
    std::fs::create_dir_all(home.places.data.parent().unwrap()).unwrap();
    symlink(&real, &home.places.data).unwrap();
    add(&mut home.journal(), "linked");
    assert_eq!(home.notes(), ["linked"]);
    assert!(real.join("journal").is_dir());
}

#[test]
fn a_lost_or_spoilt_state_directory_changes_no_entry() {
    let home = Home::new();
    add(&mut home.journal(), "mine");
    let device = home.places.state.join("device.json");
    for spoilt in [&b"garbage"[..], b"", b"{\"a\":7}", &[0; 100]] {
        std::fs::write(&device, spoilt).unwrap();
        assert_eq!(home.notes().len(), home.journal().load().len());
        let before = home.notes().len();
        add(&mut home.journal(), "more");
        assert_eq!(home.notes().len(), before + 1);
        assert_eq!(
            std::fs::read(&device).unwrap(),
            spoilt,
            "what can't be read is not written over"
        );
    }
    std::fs::remove_dir_all(&home.places.state).unwrap();
    assert_eq!(home.notes().len(), 5);
}

#[test]
fn reading_leaves_every_byte_and_time_as_it_was() {
    let home = Home::new();
    add(&mut home.journal(), "mine");
    home.put("torn.jsonl", b"{\"v\":1,");
    let look = || -> Vec<(std::path::PathBuf, std::time::SystemTime, Option<Vec<u8>>)> {
        let dirs = [
            home.places.data.clone(),
            home.places.journal(),
            home.places.state.clone(),
        ];
        let inner = dirs.iter().flat_map(|dir| std::fs::read_dir(dir).unwrap());
        let mut paths: Vec<_> = inner
            .map(|entry| entry.unwrap().path())
            .chain(dirs.clone())
            .collect();
        paths.sort();
        paths
            .into_iter()
            .map(|path| {
                let changed = std::fs::metadata(&path).unwrap().modified().unwrap();
                let bytes = std::fs::read(&path).ok();
                (path, changed, bytes)
            })
            .collect()
    };
    let before = look();
    home.notes();
    doctor(&home);
    home.journal().export_jsonl(&mut Vec::new()).unwrap();
    assert!(before == look());
}

#[test]
fn an_entrys_details_list_each_value_of_a_field_that_two_machines_changed() {
    let home = Home::new();
    let edit = |id: &str, set: &str, at: &str| {
        let line = edit_line(id, "rec1", &["a"], set).replace(AT, at);
        sealed(&line[..line.rfind(",\"crc\"").unwrap()])
    };
    let taken = edit_line("d", "rec1", &["a"], "{}");
    let taken = taken[..taken.rfind(",\"crc\"").unwrap()].to_owned() + ",\"unset\":[\"note\"]";
    home.put(
        "x.jsonl",
        &joined(&[
            note_line("a", "rec1", "first"),
            edit("b", "{\"pain\":4}", "2026-11-24T07:00:00+01:00"),
            edit(
                "c",
                "{\"pain\":7,\"note\":\"later\"}",
                "2026-11-25T08:15:00+01:00",
            ),
            sealed(&taken),
        ]),
    );
    let output = home.run(&["show", "rec1"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "'pain' was changed in two places: it shows 7 (of 2026-11-25 08:15); also there: 4 (of 2026-11-24 07:00)",
        "'note' was changed in two places: it shows nothing (taken away) (of 2026-11-23 21:30); also there: \"later\" (of 2026-11-25 08:15)",
    ] {
        assert!(flat.contains(expected), "{flat}");
    }
    // The JSON keeps its documented shape: the same object as in the history.
    let json = String::from_utf8(home.run(&["show", "rec1", "--json"]).stdout).unwrap();
    let history = String::from_utf8(home.run(&["history", "--json"]).stdout).unwrap();
    assert!(history.contains(json.trim()), "{json}{history}");
    assert!(reasons(&home).contains("'pain' was changed in two places; also: 4"));
}
