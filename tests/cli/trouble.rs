//! What goes wrong around it: damaged lines, files and disks, hostile text, closed pipes.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::home::{Home, Ran};

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[test]
fn an_unreadable_line_is_kept_and_counted_and_the_others_are_shown() {
    let home = Home::new();
    home.ok(&["log", "3"]);
    assert_eq!(home.run(&["doctor"]).code, 0);
    let file = fs::read_dir(home.journal_dir())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut bytes = fs::read(&file).unwrap();
    bytes.extend(b"{\"v\":1,\"op\":\"add\",\x00garbage\n");
    fs::write(&file, &bytes).unwrap();
    home.ok(&["log", "7"]);
    assert_eq!(home.history().len(), 2);
    let doctor = home.run(&["doctor"]);
    assert_eq!(doctor.code, 1, "{doctor:?}");
    let line = bytes.len() - b"{\"v\":1,\"op\":\"add\",\x00garbage\n".len();
    let place = format!(", line 2, byte {line}: it can't be read");
    assert!(unwrapped(&doctor.out).contains(&place), "{doctor:?}");
    let json = home.run(&["doctor", "--json"]);
    assert_eq!(json.code, 1);
    serde_json::from_str::<Value>(&json.out).unwrap();
    assert!(
        fs::read(&file).unwrap().starts_with(&bytes),
        "every byte is still there"
    );
}

/// Without the line breaks of paragraphs.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_doctor_says_which_machines_have_written_and_when_each_was_last_seen() {
    let home = Home::new();
    home.ok(&["log", "3"]);
    let line = |id: &str, at: &str| {
        format!(
            "{{\"v\":1,\"op\":\"add\",\"id\":\"{id}\",\"rec\":\"{id}r\",\"at\":\"{at}\",\"set\":{{\"kind\":\"check-in\",\"pain\":2}}}}\n"
        )
    };
    let device = "0123456789abcdef";
    for (name, at) in [
        (format!("{device}.jsonl"), "2026-11-01T10:00:00+01:00"),
        (format!("{device}-2.jsonl"), "2036-11-02T23:30:00+09:00"),
        (
            format!("{device}.sync-conflict-20261101-100000-ABCDEFG.jsonl"),
            "2026-11-01T10:00:00+01:00",
        ),
        ("import-0198c0de.jsonl".into(), "2020-01-01T00:00:00+00:00"),
    ] {
        home.write(
            &format!("data/unkink/journal/{name}"),
            &line(&name.replace('.', ""), at),
        );
    }
    let out = home.run(&["doctor"]).out;
    assert!(out.contains("machines    2\n"), "{out}");
    let told: Vec<&str> = (out.lines())
        .filter(|line| line.contains("last wrote"))
        .collect();
    assert_eq!(told.len(), 2, "{out}");
    assert!(told[0].starts_with("this machine"), "{out}");
    let expected =
        format!("another      last wrote 2036-11-02 23:30  {device}.jsonl, {device}-2.jsonl");
    assert_eq!(told[1], expected);
    let copies: Vec<&str> = (out.lines())
        .filter(|line| line.starts_with("a copy"))
        .collect();
    let copy =
        format!("a copy       read as well  {device}.sync-conflict-20261101-100000-ABCDEFG.jsonl");
    assert_eq!(copies, [copy]);
    let json: Value = serde_json::from_str(&home.run(&["doctor", "--json"]).out).unwrap();
    assert_eq!(json["machines"], 2);
    assert_eq!(json["seen"][1]["id"], device);
    assert_eq!(json["seen"][1]["last_at"], "2036-11-02T23:30:00+09:00");
    assert_eq!(json["seen"][0]["own"], true);
}

#[test]
fn a_data_directory_that_is_a_file_is_named_and_reading_goes_on() {
    let home = Home::new();
    let file = home.write("data/unkink", "not a directory");
    let ran = home.run(&["log", "4", "--note", "mine"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    assert!(ran.err.contains(file.to_str().unwrap()), "{ran:?}");
    assert!(home.ok(&["list"]).contains("calf-sweep"));
    assert_eq!(home.run(&["favourite", "calf-sweep"]).code, 1);
    assert_eq!(home.run(&["undo"]).code, 1);
    assert_eq!(home.run(&["doctor"]).code, 1);
    assert_eq!(fs::read_to_string(&file).unwrap(), "not a directory");
}

#[test]
fn a_read_only_data_directory_is_named_and_reading_goes_on() {
    if is_root() {
        println!("a_read_only_data_directory SKIPPED: root may write everywhere");
        return;
    }
    let home = Home::new();
    home.ok(&["log", "3"]);
    let lock = |mode| {
        for dir in [home.journal_dir(), home.data()] {
            for file in fs::read_dir(&dir).unwrap() {
                let path = file.unwrap().path();
                if path.is_file() {
                    fs::set_permissions(&path, fs::Permissions::from_mode(mode & 0o666)).unwrap();
                }
            }
            fs::set_permissions(&dir, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    lock(0o555);
    let ran = home.run(&["log", "4"]);
    let entries = home.history().len();
    lock(0o755);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains(home.data().to_str().unwrap()), "{ran:?}");
    assert_eq!(entries, 1);
}

#[test]
fn reading_writes_nothing() {
    let home = Home::new();
    for args in [
        &["list"][..],
        &["history"],
        &["export"],
        &["doctor"],
        &["paths"],
        &["show", "calf-sweep"],
    ] {
        home.ok(args);
    }
    assert_eq!(fs::read_dir(home.0.path()).unwrap().count(), 0);
}

#[test]
fn a_closed_pipe_is_no_failure_and_a_full_disk_is_one() {
    let home = Home::new();
    home.ok(&["log", "3"]);
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["history"],
        &["export"],
        &["--help"],
        &["show", "calf-sweep"],
    ] {
        let mut command = home.command(args);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ran = Ran::of(&child.wait_with_output().unwrap());
        assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
        assert_eq!(ran.err, "");
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let ran = Ran::of(&home.command(args).stdout(full).output().unwrap());
        assert_eq!(ran.code, 1, "{args:?}: {ran:?}");
    }
    let shell = format!(
        "'{0}' list >&-; '{0}' history >&- 2>&- <&-; '{0}' log 9 >&- 2>&- <&-",
        env!("CARGO_BIN_EXE_unkink")
    );
    let mut command = home.command(&[]);
    let envs: Vec<_> = command
        .get_envs()
        .map(|(k, v)| (k.to_owned(), v.map(ToOwned::to_owned)))
        .collect();
    command = Command::new("sh");
    command.arg("-c").arg(shell).env_clear();
    for (name, value) in envs {
        command.env(name, value.unwrap());
    }
    let ran = Ran::of(&command.output().unwrap());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(home.history().len(), 2);
}

#[test]
fn a_hostile_note_is_kept_to_the_byte_and_shown_without_its_powers() {
    let home = Home::new();
    let note = "\x1b]52;c;aGk=\x07\x1b[2J\u{9b}31m\u{202e}x\u{2066}\u{feff}\ttab\r\nline\u{8}\u{8}\u{2028}é腰";
    home.ok(&["log", "5", "--note", note]);
    assert_eq!(home.history()[0]["note"], note);
    let jsonl = home.ok(&["export", "--format", "jsonl"]);
    let line: Value = serde_json::from_str(jsonl.lines().next().unwrap()).unwrap();
    assert_eq!(line["set"]["note"], note);
    for text in [home.ok(&["history"]), home.ok(&["show", "last"])] {
        let bad = text.chars().find(|c| {
            (c.is_control() && *c != '\n')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{feff}')
        });
        assert_eq!(bad, None, "{text:?}");
    }
    let typed = home.run(&["show", "\x1b]0;title\x07x"]);
    assert!(!typed.err.contains('\x1b'), "{typed:?}");
    let typed = home.run(&["log", "\x1b]0;title\x07x"]);
    assert!(!typed.err.contains('\x1b'), "{typed:?}");
}

#[test]
fn an_export_does_not_overwrite_and_is_for_this_person_alone() {
    let home = Home::new();
    home.ok(&["log", "3"]);
    let file = home.path("out.json");
    let name = file.to_str().unwrap();
    home.ok(&["export", "--output", name]);
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let first = fs::read(&file).unwrap();
    home.ok(&["log", "4"]);
    let again = home.run(&["export", "--output", name]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("--force"), "{again:?}");
    assert_eq!(fs::read(&file).unwrap(), first);
    home.ok(&["export", "--output", name, "--force"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), home.ok(&["export"]));
    let left = fs::read_dir(home.0.path()).unwrap().filter(|f| {
        f.as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".tmp")
    });
    assert_eq!(left.count(), 0);
}

const DEVICE: &str = "data/unkink/journal/0123456789abcdef.jsonl";

/// An entry that was deleted, and changed by somebody who did not know of that.
fn deleted_and_changed() -> Home {
    let home = Home::new();
    let lines = r#"{"v":1,"op":"add","id":"op-aaaa1111","rec":"entry-1","at":"2026-11-23T21:30:00+01:00","set":{"kind":"check-in","started_at":"2026-11-23T21:00:00+01:00","pain":2}}
{"v":1,"op":"delete","id":"op-bbbb2222","rec":"entry-1","at":"2026-11-23T21:40:00+01:00","seen":["op-aaaa1111"]}
{"v":1,"op":"edit","id":"op-cccc3333","rec":"entry-1","at":"2026-11-23T21:50:00+01:00","seen":["op-aaaa1111"],"set":{"pain":5,"note":"n"}}
"#;
    home.write(DEVICE, lines);
    home
}

#[test]
fn an_entry_deleted_and_changed_is_kept_or_let_go_by_the_very_commands_that_are_told() {
    for (said, left) in [("keeps it", 1), ("lets it go", 0)] {
        for command in [&["doctor"][..], &["show", "entry-1"]] {
            let home = deleted_and_changed();
            let told = unwrapped(&home.run(command).out);
            let (_, told) = told.split_once("changed without knowing of that").unwrap();
            let before = told.split(said).next().unwrap();
            let (_, command) = before
                .trim_end()
                .trim_end_matches('\'')
                .rsplit_once('\'')
                .unwrap();
            let mut args: Vec<&str> = command.split(' ').skip(1).collect();
            if left == 0 {
                args.push("--yes");
            } else {
                assert_eq!(command, "unkink undo 2222");
            }
            home.ok(&args);
            assert_eq!(home.history().len(), left, "{told}");
            let doctor = home.run(&["doctor"]).out;
            assert!(!doctor.contains("without knowing"), "{doctor}");
        }
    }
}

#[test]
fn show_lists_what_was_written_of_an_entry_so_that_each_can_be_taken_back() {
    let home = deleted_and_changed();
    home.ok(&["undo", "2222"]);
    let told = home.ok(&["show", "entry-1"]);
    for row in [
        "  made, 2026-11-23 21:30, 1111",
        "  delete (taken back), 2026-11-23 21:40, 2222",
        "  edit of pain, note, 2026-11-23 21:50, 3333",
    ] {
        assert!(told.lines().any(|line| line == row), "{row}: {told}");
    }
    let mut rows = told.lines();
    let undo = rows
        .find(|row| row.starts_with("  undo of 2222, "))
        .unwrap();
    let (_, end) = undo.rsplit_once(", ").unwrap();
    home.ok(&["undo", "3333"]);
    assert_eq!(home.history()[0]["pain"], 2);
    home.ok(&["undo", end]);
    assert_eq!(home.history().len(), 0);
}

#[test]
fn an_end_that_two_lines_share_is_given_longer() {
    let home = deleted_and_changed();
    let line = r#"{"v":1,"op":"add","id":"op-xbbb2222","rec":"other","at":"2026-11-23T21:30:00+01:00","set":{"kind":"check-in","pain":2}}"#;
    home.write(
        "data/unkink/journal/fedcba9876543210.jsonl",
        &format!("{line}\n"),
    );
    let told = home.ok(&["show", "entry-1"]);
    assert!(told.contains("21:40, bbbb2222"), "{told}");
    home.ok(&["undo", "bbbb2222"]);
}

#[test]
fn the_doctor_names_the_forgotten_entry_whose_lines_are_left() {
    let home = Home::new();
    let line = |rec: &str| {
        format!(
            r#"{{"v":1,"op":"add","id":"op-{rec}","rec":"{rec}","at":"2026-11-23T21:30:00+01:00","set":{{"kind":"check-in","pain":2}}}}"#
        ) + "\n"
    };
    home.write(
        "data/unkink/journal/backup.jsonl",
        &(line("one-1") + &line("two-2")),
    );
    home.ok(&["forget", "one-1", "--yes"]);
    let told = unwrapped(&home.run(&["doctor"]).out);
    assert!(
        told.contains("'unkink forget one-1 --yes --everywhere' erases them"),
        "{told}"
    );
    home.ok(&["forget", "two-2", "--yes"]);
    let told = unwrapped(&home.run(&["doctor"]).out);
    assert!(
        told.contains("'unkink forget one-1 --yes --everywhere', 'unkink forget two-2 --yes --everywhere' erase them"),
        "{told}"
    );
    assert!(!told.contains(" ID "), "{told}");
}

#[test]
fn an_id_in_capitals_is_found_and_one_that_is_hidden_says_why() {
    let home = Home::new();
    home.ok(&["log", "3"]);
    let rec = home.history()[0]["rec"].as_str().unwrap().to_owned();
    home.ok(&["show", &rec.to_uppercase()]);
    let end = rec[rec.len() - 8..].to_uppercase();
    home.ok(&["edit", &end, "--pain", "4"]);
    home.ok(&["delete", &rec, "--yes"]);
    for typed in [&*rec, &*end] {
        for command in [
            &["show", typed][..],
            &["edit", typed, "--pain", "1"],
            &["delete", typed, "--yes"],
        ] {
            let why = home.refused(command);
            assert!(why.contains("was deleted: 'unkink undo "), "{why}");
        }
    }
    let why = home.refused(&["show", &rec]);
    let (_, rest) = why.split_once("'unkink ").unwrap();
    let (command, _) = rest.split_once('\'').unwrap();
    home.ok(&command.split(' ').collect::<Vec<_>>());
    assert_eq!(home.history()[0]["pain"], 4);
    home.ok(&["forget", &rec, "--yes"]);
    let why = home.refused(&["show", &rec]);
    assert!(why.contains("was forgotten"), "{why}");
    let why = home.refused(&["show", "last"]);
    assert!(why.contains("no entry yet"), "{why}");
}

#[test]
fn a_log_of_which_all_is_deleted_or_undone_names_the_way_back() {
    let home = Home::new();
    let empty = |says: bool| {
        for command in [&["history"][..], &["stats"], &["show", "last"]] {
            let ran = home.run(command);
            assert_eq!(
                ran.err.contains("'unkink undo' brings back"),
                says,
                "{ran:?}"
            );
            assert_eq!(ran.err.contains("yet"), !says, "{ran:?}");
        }
    };
    empty(false);
    home.ok(&["log", "3"]);
    home.ok(&["undo"]);
    empty(true);
    home.ok(&["redo"]);
    home.ok(&["delete", "last", "--yes"]);
    empty(true);
}
