//! The command line from outside: answers, exit codes, and what is left on the disk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

mod complete;
mod config;
mod edit;
mod edit_session;
mod history;
mod home;
mod import;
mod refusals;
mod shapes;
mod stats;
mod status;
mod validate;

use home::{Home, Ran, SHORT};

/// A session under way, line by line.
struct Talk {
    child: Child,
    to: Option<ChildStdin>,
    from: std::io::Lines<BufReader<ChildStdout>>,
    heard: Vec<String>,
}

impl Talk {
    fn begin(home: &Home, args: &[&str]) -> Self {
        let mut command = home.command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        Self {
            to: child.stdin.take(),
            from: BufReader::new(child.stdout.take().unwrap()).lines(),
            child,
            heard: Vec::new(),
        }
    }

    /// Reads until a line that holds this.
    fn hear(&mut self, part: &str) {
        loop {
            let line = self.from.next();
            let line = line
                .unwrap_or_else(|| panic!("no '{part}' in {:#?}", self.heard))
                .unwrap();
            let found = line.contains(part);
            self.heard.push(line);
            if found {
                return;
            }
        }
    }

    fn say(&mut self, line: &str) {
        writeln!(self.to.as_mut().unwrap(), "{line}").unwrap();
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// The rest of what it says, and its exit code.
    fn end(mut self) -> (Vec<String>, i32) {
        drop(self.to.take());
        for line in self.from.by_ref() {
            self.heard.push(line.unwrap());
        }
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        (self.heard, code)
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

// Names and scales ---------------------------------------------------------------------------------------------------

#[test]
fn an_unknown_slug_names_the_nearest_and_exits_2() {
    let home = Home::new();
    for args in [
        &["show", "calf-swep"][..],
        &["start", "calf-swep", "--plain"],
        &["start", "calf-swep"],
        &["favourite", "calf-swep"],
    ] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(
            ran.err.contains("'calf-swep'") && ran.err.contains("'calf-sweep'"),
            "{ran:?}"
        );
    }
    let far = home.run(&["show", "zzzzzzzzzz"]);
    assert_eq!(far.code, 2);
    assert!(far.err.contains("unkink list"), "{far:?}");
}

#[test]
fn a_rating_off_the_scale_says_0_to_10_and_writes_nothing() {
    let home = Home::new();
    for typed in ["11", "-1", "5.5", "five", "256", "1e1", "５", ""] {
        for args in [
            vec!["log", typed],
            vec!["log", "4", typed],
            vec!["log", "--tightness", typed],
            vec!["start", "calf-sweep", "--plain", "--pain", typed],
        ] {
            let ran = home.run(&args);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {ran:?}");
            assert!(ran.err.contains("0 to 10"), "{args:?}: {ran:?}");
        }
    }
    assert!(!home.data().exists(), "nothing was written");
}

#[test]
fn wrong_usage_exits_2_and_help_and_version_exit_0() {
    let home = Home::new();
    assert_eq!(home.run(&["frobnicate"]).code, 2);
    assert_eq!(home.run(&["log"]).code, 2, "nothing to log");
    assert_eq!(home.run(&["log", "-", "-"]).code, 2, "nothing to log");
    assert_eq!(home.run(&["log", "4", "--at", "noon"]).code, 2);
    assert_eq!(home.run(&["history", "--since", "soon"]).code, 2);
    assert_eq!(home.run(&["export", "--format", "xml"]).code, 2);
    assert_eq!(home.run(&["start", "--plain", "--no-input"]).code, 2);
    assert_eq!(home.run(&["list", "--tool", "bal"]).code, 2);
    assert!(home.ok(&["--help"]).contains("history"));
    assert!(home.ok(&["--version"]).starts_with("unkink "));
    assert!(home.ok(&["log", "--help"]).contains("yesterday 21:30"));
    assert!(!home.data().exists());
}

#[test]
fn the_app_without_a_terminal_is_one_line_and_exit_2() {
    let home = Home::answered();
    for args in [&[][..], &["start", "calf-sweep"], &["--no-input"]] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    }
}

// The library --------------------------------------------------------------------------------------------------------

#[test]
fn list_and_show_answer_for_people_and_programs() {
    let home = Home::new();
    let list = home.ok(&["list"]);
    assert!(
        list.contains("calf-sweep                   1:53  C  Calf sweep"),
        "{list}"
    );
    let rows: Vec<Value> = serde_json::from_str(&home.ok(&["list", "--json"])).unwrap();
    let count = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).count();
    assert_eq!((count("technique"), count("routine")), (48, 10));
    let row = rows.iter().find(|row| row["slug"] == "desk-reset").unwrap();
    assert_eq!(row["real_s"], 4 * 60 + 9 + 5);
    let balls: Vec<Value> = serde_json::from_str(&home.ok(&[
        "list",
        "--tool",
        "none,ball",
        "--minutes",
        "3",
        "--json",
    ]))
    .unwrap();
    assert!(balls.iter().any(|row| row["slug"] == "wall-ball-side-hip"));
    assert!(
        balls
            .iter()
            .all(|row| row["real_s"].as_u64().unwrap() <= 180)
    );
    let shown: Value = serde_json::from_str(&home.ok(&["show", "calf-sweep", "--json"])).unwrap();
    assert_eq!(shown["steps"][0]["each_side"], true);
    assert!(home.ok(&["show", "calf-sweep"]).contains("Stop if"));
    assert!(home.ok(&["show", "desk-reset"]).contains("4:14"));
    assert_eq!(
        home.run(&["list", "qqqqqqqq"]).code,
        0,
        "nothing found is an answer"
    );
}

#[test]
fn shown_toml_is_what_own_files_are_written_in() {
    let home = Home::new();
    let toml = home.ok(&["show", "calf-sweep", "--toml"]);
    let own = toml
        .replace("\"calf-sweep\"", "\"my-calf\"")
        .replace("Calf sweep", "My calf");
    home.write("config/unkink/techniques/my-calf.toml", &own);
    let shown: Value = serde_json::from_str(&home.ok(&["show", "my-calf", "--json"])).unwrap();
    assert_eq!(
        (shown["own"].as_bool(), shown["total_s"].as_u64()),
        (Some(true), Some(100))
    );
}

#[test]
fn an_own_technique_with_a_mistake_is_named_and_the_rest_loads() {
    let home = Home::new();
    home.add_short_technique();
    let broken = SHORT
        .replace("\"short\"", "\"broken\"")
        .replace("sides = ", "sidez = ");
    home.write("config/unkink/techniques/broken.toml", &broken);
    let ran = home.run(&["list", "--json"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("\"short\"") && ran.out.contains("\"calf-sweep\""));
    let line = ran
        .err
        .lines()
        .find(|line| line.contains("broken.toml"))
        .unwrap();
    assert!(
        line.contains('8') && line.contains("sidez"),
        "file, line and reason: {line}"
    );
    let doctor = home.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    assert!(doctor.out.contains("broken.toml"), "{doctor:?}");
}

#[test]
fn favourites_come_first_and_can_be_taken_back() {
    let home = Home::new();
    home.ok(&["favourite", "loose-fist-tapping"]);
    let list = home.ok(&["list"]);
    let tapping = list.find("* loose-fist-tapping").unwrap();
    assert!(tapping < list.find("hand-warm-sweep").unwrap());
    home.ok(&["favourite", "loose-fist-tapping", "--off"]);
    assert!(!home.ok(&["list"]).contains('*'));
}

#[test]
fn paths_are_told_and_data_dir_moves_the_log() {
    let home = Home::new();
    let told = home.ok(&["paths"]);
    assert!(told.contains(home.data().to_str().unwrap()), "{told}");
    let other = home.path("elsewhere");
    let other = other.to_str().unwrap();
    home.ok(&["--data-dir", other, "log", "4"]);
    assert!(Path::new(other).join("journal").is_dir());
    assert!(home.history().is_empty());
    assert!(
        home.ok(&["history", "--data-dir", other])
            .contains("pain 4")
    );
}

// The log ------------------------------------------------------------------------------------------------------------

#[test]
fn an_entry_is_kept_with_all_its_fields() {
    let home = Home::new();
    let saved: Value = serde_json::from_str(&home.ok(&[
        "log",
        "4",
        "-",
        "--tightness",
        "6",
        "--where",
        "belt-line:left,sacrum",
        "--where",
        "calf:both",
        "--travels-to",
        "knee",
        "--quality",
        "aching",
        "--tag",
        "sat long,mine,dull,calm",
        "--tag",
        "walk",
        "--mood",
        "tired",
        "--day",
        "rest",
        "--note",
        "a note",
        "--at",
        "2026-07-01 21:30",
        "--json",
    ]))
    .unwrap();
    assert_eq!(home.history(), std::slice::from_ref(&saved));
    assert_eq!(saved["kind"], "check-in");
    assert_eq!(saved["started_at"], "2026-07-01T21:30:00+02:00");
    assert_eq!(saved["pain"], 4);
    assert!(saved.get("stress").is_none(), "'-' is not rated");
    assert_eq!(
        saved["regions"],
        serde_json::json!(["belt-line:left", "sacrum", "calf:both"])
    );
    assert_eq!(saved["qualities"], serde_json::json!(["aching", "dull"]));
    assert_eq!(saved["triggers"], serde_json::json!(["sat long"]));
    assert_eq!(saved["actions"], serde_json::json!(["walk"]));
    assert_eq!(saved["mood"], serde_json::json!(["tired", "calm"]));
    assert_eq!(saved["tags"], serde_json::json!(["mine"]));
    let text = home.ok(&["history"]);
    assert!(
        text.contains("Wed 1 Jul 2026") || text.contains("Wed 1 Jul"),
        "{text}"
    );
    assert!(text.contains("21:30  pain 4, tightness 6"), "{text}");
}

#[test]
fn a_word_that_is_in_no_list_is_refused_with_the_nearest() {
    let home = Home::new();
    for (args, near) in [
        (["log", "4", "--quality", "acking"], "aching"),
        (["log", "4", "--where", "belt-lin:left"], "belt-line"),
        (["log", "4", "--mood", "happyish"], "mood"),
    ] {
        let ran = home.run(&args);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(near), "{ran:?}");
    }
    let four = home.run(&["log", "4", "--mood", "calm,tired,sad,tense"]);
    assert!(four.code == 2 && four.err.contains("three"), "{four:?}");
    assert!(!home.data().exists());
}

#[test]
fn a_skipped_time_is_refused_and_a_doubled_one_is_the_first() {
    let home = Home::new();
    let gap = home.run(&["log", "4", "--at", "2026-03-29 02:30"]);
    assert_eq!(gap.code, 2);
    assert!(
        gap.err.contains("01:59") && gap.err.contains("03:00"),
        "{gap:?}"
    );
    let twice = home.run(&["log", "4", "--at", "2025-10-26 02:30"]);
    assert_eq!(twice.code, 0, "{twice:?}");
    assert!(twice.err.contains("came twice"), "{twice:?}");
    assert_eq!(home.history()[0]["started_at"], "2025-10-26T02:30:00+02:00");
}

#[test]
fn notes_are_taken_literally() {
    let home = Home::new();
    let notes = ["-x", "--", "@file", "$(x)", "--json", "q\"uo\\te"];
    for (at, note) in notes.iter().enumerate() {
        let pain = at.to_string();
        home.ok(&["log", &pain, "--note", note]);
    }
    let kept: Vec<Value> = home
        .history()
        .iter()
        .map(|entry| entry["note"].clone())
        .collect();
    assert_eq!(kept, notes);
    for blank in ["", "  ", "\n", " \t\r\n", "\u{a0}"] {
        let why = home.refused(&["log", "--note", blank]);
        assert!(why.contains("nothing to log"), "{blank:?}: {why}");
    }
    home.ok(&["log", "4", "--note", "\n"]);
    assert!(home.history().last().unwrap().get("note").is_none());
}

#[test]
fn a_note_can_come_by_a_pipe_and_a_huge_one_is_refused() {
    let home = Home::new();
    let pipe = |text: &[u8]| home.pipe(&["log", "4", "--note", "-"], text);
    let text = "two\nlines \u{2028} \u{0} end";
    assert_eq!(pipe(format!("{text}\n").as_bytes()).code, 0);
    assert_eq!(home.history()[0]["note"], text);
    let before = home.journal();
    for bad in [vec![b'x'; 1_000_000], b"\xff\xfe".to_vec()] {
        let ran = pipe(&bad);
        assert_eq!(ran.code, 2, "{ran:?}");
    }
    assert_eq!(home.journal(), before);
    assert_eq!(pipe(&vec![b'x'; 16 * 1024]).code, 0, "the longest note");
}

#[test]
fn history_takes_days_and_a_limit_and_agrees_with_export() {
    let home = Home::new();
    for (pain, at) in [
        ("1", "2026-11-01 10:00"),
        ("2", "2026-11-01 09:00"),
        ("3", "2026-11-03 00:00"),
    ] {
        home.ok(&["log", pain, "--at", at]);
    }
    let pains = |args: &[&str]| -> Vec<u64> {
        let args = [&["history", "--json"], args].concat();
        let entries: Vec<Value> = serde_json::from_str(&home.ok(&args)).unwrap();
        entries
            .iter()
            .map(|entry| entry["pain"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(pains(&[]), [2, 1, 3]);
    assert_eq!(pains(&["--limit", "2"]), [1, 3], "counted from the newest");
    assert_eq!(pains(&["--since", "2026-11-02"]), [3]);
    assert_eq!(pains(&["--until", "2026-11-01"]), [2, 1]);
    assert_eq!(
        pains(&[
            "--since",
            "2026-11-01",
            "--until",
            "2026-11-01",
            "--limit",
            "1"
        ]),
        [1]
    );
    assert_eq!(pains(&["--limit", "0"]), [0_u64; 0]);
    let exported: Vec<Value> = serde_json::from_str(&home.ok(&["export"])).unwrap();
    assert_eq!(exported, home.history());
    let shown: Value = serde_json::from_str(&home.ok(&["show", "last", "--json"])).unwrap();
    assert_eq!(shown, exported[2]);
}

#[test]
fn what_is_undone_can_be_done_again() {
    let home = Home::new();
    home.ok(&["log", "3"]);
    home.ok(&["log", "7"]);
    let both = home.history();
    let undone = home.ok(&["undo"]);
    assert!(undone.contains('7'), "{undone}");
    assert_eq!(home.history(), both[..1]);
    home.ok(&["undo"]);
    assert!(home.history().is_empty());
    let nothing = home.run(&["undo"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, ""));
    assert!(!nothing.err.is_empty());
    home.ok(&["redo"]);
    home.ok(&["redo"]);
    assert_eq!(home.history(), both);
    assert_eq!(home.run(&["undo", "zzzz"]).code, 2);
}

#[test]
fn ids_are_last_or_any_unique_end() {
    let home = Home::new();
    home.ok(&["log", "3"]);
    home.ok(&["log", "7"]);
    let entries = home.history();
    let rec = entries[0]["rec"].as_str().unwrap();
    for id in [rec, &rec[rec.len() - 8..]] {
        let shown: Value = serde_json::from_str(&home.ok(&["show", id, "--json"])).unwrap();
        assert_eq!(shown, entries[0]);
    }
    assert_eq!(
        home.run(&["show", &rec[rec.len() - 3..]]).code,
        2,
        "too short"
    );
    assert_eq!(home.run(&["show", &rec[..8]]).code, 2, "both begin so");
    let text = home.ok(&["history"]);
    let short = text
        .lines()
        .last()
        .unwrap()
        .split_whitespace()
        .last()
        .unwrap()
        .to_owned();
    assert!(rec.ends_with(&short) && short.len() >= 4, "{text}");
}

// Trouble ------------------------------------------------------------------------------------------------------------

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

// Sessions line by line ----------------------------------------------------------------------------------------------

#[test]
fn a_session_goes_line_by_line_with_typed_answers() {
    let home = Home::answered();
    home.add_short_technique();
    let mut talk = Talk::begin(&home, &["start", "short", "--plain"]);
    talk.hear("Pain now");
    talk.say("eleven");
    talk.hear("0 to 10");
    talk.say("6");
    talk.hear("Stress now");
    talk.say("");
    talk.hear("Get ready");
    talk.say("n");
    talk.hear("Step 1 of 3");
    talk.say("p");
    talk.hear("Paused");
    talk.say("p");
    talk.hear("Going on");
    talk.hear("The end");
    talk.hear("Pain after");
    talk.say("4");
    talk.hear("Stress after");
    talk.say("3");
    let (heard, code) = talk.end();
    assert_eq!(code, 0, "{heard:#?}");
    assert_eq!(
        heard,
        [
            "Gentle self-care for ordinary back tension in adults. Not medical advice; it cannot examine you. If \
             something here does not fit you, or hurts in a bad way, stop. Press E at any time for the signs that \
             need urgent help.",
            "If yes, do not go on: Is the skin on back, buttock or leg broken, infected or burnt?",
            "Short one, 0:16.",
            "Your first week: times are halved, pressure stays at 4 of 10 or less.",
            "Stop if: it hurts.",
            "p pauses or goes on, n next step, b step before, s stops, m voice off or on, e urgent signs; each with Enter.",
            "Anything new since last time: numb between the legs; bladder, bowel or sexual change; weak, numb or \
             painful legs; one swollen sore leg; chest pain; fever; a fall? Then type e.",
            "Pain now, 0 to 10? Enter skips.",
            "'eleven' is not on the scale: give a whole number from 0 to 10",
            "Stress now, 0 to 10? Enter skips.",
            "0:05: Get ready: sitting.",
            "Step 1 of 3, 0:01: Settle.",
            "Paused. p goes on.",
            "Going on in 3 seconds.",
            "Going on, 0:01 left.",
            "Step 2 of 3, left, 0:01: Rub.",
            "0:08: Change over to the right side.",
            "Step 3 of 3, right, 0:01: Rub.",
            "The end.",
            "Pain after it, 0 to 10? Enter skips.",
            "Stress after it, 0 to 10? Enter skips.",
            "Done: 0:03 of 0:03, pain 2 lower.",
            "Saved.",
        ]
    );
    let entry = &home.history()[0];
    assert_eq!(entry["status"], "finished");
    assert_eq!(
        (&entry["technique"], &entry["steps_done"]),
        (&"short".into(), &3.into())
    );
    assert_eq!(
        (&entry["pain_before"], &entry["pain_after"]),
        (&6.into(), &4.into())
    );
    assert_eq!(
        (entry.get("stress_before"), &entry["stress_after"]),
        (None, &3.into())
    );
    assert_eq!(entry["active_s"], 3);
    assert!(entry["rated_after_at"].is_string());
    assert!(
        home.ok(&["history"])
            .contains("Short one, 0:03, pain 2 lower (6 to 4)")
    );
}

#[test]
fn answers_piped_in_at_once_reach_their_questions() {
    let home = Home::answered();
    home.add_short_technique();
    let mut talk = Talk::begin(&home, &["start", "short", "--plain"]);
    for line in ["5", "4", "n", "n", "n", "n", "2", "1"] {
        talk.say(line);
    }
    let (heard, code) = talk.end();
    assert_eq!(code, 0, "{heard:#?}");
    let entry = &home.history()[0];
    let ratings =
        ["pain_before", "stress_before", "pain_after", "stress_after"].map(|name| &entry[name]);
    assert_eq!(ratings, [5, 4, 2, 1]);
    assert_eq!(
        (&entry["status"], &entry["steps_done"]),
        (&"stopped".into(), &0.into())
    );
}

#[test]
fn ctrl_c_keeps_the_part_done() {
    let home = Home::answered();
    home.add_short_technique();
    let signals = [
        (rustix::process::Signal::INT, 130),
        (rustix::process::Signal::TERM, 143),
        (rustix::process::Signal::HUP, 129),
    ];
    for (at, (signal, expected)) in signals.into_iter().enumerate() {
        let mut talk = Talk::begin(&home, &["start", "short", "--plain", "--no-rating"]);
        talk.hear("Get ready");
        talk.say("n");
        talk.hear("left");
        talk.signal(signal);
        let (heard, code) = talk.end();
        assert_eq!(code, expected, "{heard:#?}");
        let entry = &home.history()[at];
        assert_eq!(
            (&entry["status"], &entry["steps_done"]),
            (&"stopped".into(), &1.into())
        );
        assert!(entry["stopped_because"].is_string());
    }
    assert!(
        fs::read_dir(home.path("state/unkink/sessions")).is_ok_and(|files| files.count() == 0),
        "no progress file is left behind"
    );
}

#[test]
fn a_session_runs_without_anybody_to_answer() {
    let home = Home::answered();
    home.add_quick_technique();
    let asked = home.run(&["start", "quick", "--plain", "--no-input"]);
    assert_eq!(asked.code, 2);
    assert!(asked.err.contains("--no-rating"), "{asked:?}");
    let args = [
        "start",
        "quick",
        "--plain",
        "--pain",
        "6",
        "--stress",
        "2",
        "--no-input",
    ];
    let ran = home.run(&args);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        !ran.out.contains("Enter skips") && ran.out.contains("The end."),
        "{ran:?}"
    );
    let entry = &home.history()[0];
    assert_eq!(
        (&entry["pain_before"], &entry["status"]),
        (&6.into(), &"finished".into())
    );
}

#[test]
fn a_session_that_cannot_be_saved_runs_and_shows_what_was_to_be_kept() {
    let home = Home::answered();
    home.add_quick_technique();
    let file = home.write("data/unkink/journal", "in the way");
    let ran = home.run(&["start", "quick", "--plain", "--no-rating"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("The end."));
    assert!(
        ran.err.contains(file.to_str().unwrap()) && ran.err.contains("\"active_s\":1"),
        "{ran:?}"
    );
}
