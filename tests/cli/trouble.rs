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
