//! The right to erase: the text is gone from this machine's files, and nothing else is.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use rustix::io::Errno;
use unkink::domain::id::Id;
use unkink::domain::storage::Act;
use unkink::journal::Journal;
use unkink::journal::device::Whose;

use crate::faults::{FAULTS, stray_files};
use crate::faulty::{Fault, Faulty};
use crate::home::*;
use crate::lines::*;

/// Where a text may stay: files that another machine or a person made.
const NOT_OURS: [&str; 2] = ["backup.jsonl", "fedcba9876543210.jsonl"];

const SECRET: &str = "SECRETxyz";

fn forget_line(id: &str, rec: &str) -> String {
    sealed(&format!(
        "{{\"v\":1,\"op\":\"forget\",\"id\":\"{id}\",\"rec\":\"{rec}\",\"at\":\"{AT}\""
    ))
}

/// Three entries, the second of which is to go: edited here, by an import, by another machine and in a backup.
fn begin(home: &Home) -> Id {
    let mut journal = home.journal();
    add(&mut journal, "one");
    let rec = add(&mut journal, SECRET);
    add(&mut journal, "three");
    let edit = Act::Edit {
        rec: rec.clone(),
        set: fields("tags", &[SECRET]),
        unset: Vec::new(),
    };
    journal.perform(edit, now()).unwrap();
    let rec_text = rec.to_string();
    let elsewhere = |id: &str| {
        [
            edit_line(id, &rec_text, &[], &format!("{{\"note\":\"{SECRET}\"}}")),
            note_line(&format!("{id}-other"), &format!("{id}-rec"), id),
        ]
    };
    home.put("import-0199.jsonl", &joined(&elsewhere("i")));
    home.put("fedcba9876543210.jsonl", &joined(&elsewhere("m")));
    home.put("backup.jsonl", &joined(&elsewhere("b")));
    // What a torn write left, and what is none of ours.
    let own = fs::read_to_string(home.own_file()).unwrap();
    let torn = format!(
        "{{\"v\":1,\"op\":\"edit\",\"id\":\"t\",\"rec\":\"{rec_text}\",\"set\":{{\"note\":\"{SECRET}"
    );
    fs::write(home.own_file(), format!("{own}{torn}\nnonsense\n")).unwrap();
    rec
}

impl Home {
    /// The file that this machine writes to, beside others.
    fn own_file(&self) -> PathBuf {
        let names = fs::read_to_string(self.places.state.join("device.json")).unwrap();
        let ids: std::collections::BTreeMap<String, String> = serde_json::from_str(&names).unwrap();
        let device = ids.values().next().unwrap();
        self.places.journal().join(format!("{device}.jsonl"))
    }

    fn holds_secret(&self) -> Vec<String> {
        let files = self.files().into_iter();
        files
            .filter(|path| fs::read_to_string(path).unwrap().contains(SECRET))
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect()
    }
}

/// Runs a command of the program as this machine.
fn run(home: &Home, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unkink"));
    command
        .arg("--data-dir")
        .arg(&home.places.data)
        .args(args)
        .env("HOME", home.dir.path())
        .env("XDG_STATE_HOME", home.dir.path().join("state"));
    output(&mut command)
}

const OTHERS: [&str; 5] = ["b", "i", "m", "one", "three"];

fn sorted(mut notes: Vec<String>) -> Vec<String> {
    notes.sort();
    notes
}

#[test]
fn what_is_forgotten_is_gone_from_own_files_and_imports_and_everything_else_stays() {
    let home = Home::new();
    let rec = begin(&home);
    let done = home.journal().forget(&rec, false, now()).unwrap();
    assert!(!done.before && done.failed.is_empty(), "{done:?}");
    let erased: Vec<usize> = done.erased.iter().map(|(_, lines)| *lines).collect();
    assert_eq!(sorted_numbers(erased), [1, 3], "{done:?}");
    assert_eq!(home.holds_secret(), NOT_OURS);
    let left: Vec<Whose> = done.left.iter().map(|(_, whose)| *whose).collect();
    assert_eq!(left, [Whose::Nobody, Whose::Machine]);
    assert_eq!(sorted(home.notes()), OTHERS);
    let own = fs::read_to_string(home.own_file()).unwrap();
    assert!(own.contains("\nnonsense\n"), "{own}");
    assert_eq!(mode(&home.own_file()), 0o600);
    let report = home.journal().doctor();
    for name in NOT_OURS {
        let mut told = report.problems.iter();
        assert!(
            told.any(|problem| problem.file == name && problem.reason.contains("forgotten")),
            "{report:?}"
        );
    }
    // Once more changes nothing; everywhere reaches the backup, but never another machine's file.
    let before = fs::read(home.own_file()).unwrap();
    let again = home.journal().forget(&rec, false, now()).unwrap();
    assert!(again.before && again.erased.is_empty(), "{again:?}");
    assert_eq!(fs::read(home.own_file()).unwrap(), before);
    let all = home.journal().forget(&rec, true, now()).unwrap();
    assert_eq!(all.erased.len(), 1, "{all:?}");
    assert_eq!(home.holds_secret(), ["fedcba9876543210.jsonl"]);
    assert_eq!(sorted(home.notes()), OTHERS);
    // Nothing brings it back.
    home.journal()
        .perform(Act::Undo { op: None }, now())
        .unwrap();
    assert!(!home.notes().contains(&SECRET.to_owned()));
}

fn sorted_numbers(mut numbers: Vec<usize>) -> Vec<usize> {
    numbers.sort_unstable();
    numbers
}

#[test]
fn whatever_call_fails_nothing_else_is_lost_and_the_text_does_not_come_back() {
    let counting = Faulty::default();
    let home = Home::new();
    let rec = begin(&home);
    let mut journal = Journal::on(&home.places, Box::new(counting.clone()));
    journal.forget(&rec, false, now()).unwrap();
    assert!(counting.calls() > 12, "{}", counting.calls());
    for fault in FAULTS {
        for call in 1..=counting.calls() {
            let home = Home::new();
            let rec = begin(&home);
            let before = home.files().into_iter();
            let before: Vec<_> = before
                .map(|path| (fs::read(&path).unwrap(), path))
                .collect();
            let disk = Faulty::at(call, fault);
            let mut journal = Journal::on(&home.places, Box::new(disk.clone()));
            let done = journal.forget(&rec, false, now());
            let told = || format!("{fault:?} at call {call}: {done:?}");
            if fault == Fault::PowerLoss {
                disk.lose_power();
            }
            // What is not hidden for good has lost nothing.
            let whole = || {
                let mut files = before.iter();
                files.all(|(bytes, path)| fs::read(path).unwrap().starts_with(bytes))
            };
            assert!(done.is_ok() || whole(), "{}", told());
            let shown = home.notes().contains(&SECRET.to_owned());
            assert!(done.is_err() || !shown, "{}", told());
            let is_whole = done.as_ref().is_ok_and(|done| done.failed.is_empty());
            if is_whole {
                assert_eq!(home.holds_secret(), NOT_OURS, "{}", told());
            }
            if matches!(fault, Fault::Error(Errno::INTR) | Fault::Short) {
                assert!(is_whole, "{}", told());
            }
            let mut notes = sorted(home.notes());
            notes.retain(|note| note != SECRET);
            assert_eq!(notes, OTHERS, "{}", told());
            // The next write, by a process that has not read the log, takes up what was left undone.
            let mut next = home.journal();
            add(&mut next, "zz next");
            next.sweep_unread();
            if !shown {
                assert_eq!(home.holds_secret(), NOT_OURS, "{}", told());
            }
            if !disk.is_dead() {
                assert_eq!(stray_files(&home), [] as [PathBuf; 0], "{}", told());
            }
            let once_more = home.journal().forget(&rec, false, now()).unwrap();
            assert!(once_more.failed.is_empty(), "{}", told());
            assert_eq!(home.holds_secret(), NOT_OURS, "{}", told());
            assert_eq!(stray_files(&home), [] as [PathBuf; 0], "{}", told());
            assert_eq!(sorted(home.notes())[..5], OTHERS, "{}", told());
        }
    }
    let faults = FAULTS.len() as u64 * counting.calls();
    println!("{faults} injected faults survived while forgetting");
}

#[test]
fn what_another_machine_forgot_goes_at_the_next_write() {
    for reads in [true, false] {
        let home = Home::new();
        let mut journal = home.journal();
        let rec = add(&mut journal, SECRET);
        add(&mut journal, "mine");
        let forget = forget_line("f", &rec.to_string());
        home.put("fedcba9876543210.jsonl", &joined(&[forget]));
        assert_eq!(home.notes(), ["mine"]);
        assert_eq!(home.holds_secret().len(), 1, "reading writes nothing");
        if reads {
            journal.load();
            add(&mut journal, "next");
        } else {
            let output = run(&home, &["log", "4"]);
            assert!(output.status.success(), "{output:?}");
        }
        assert_eq!(home.holds_secret(), [""; 0]);
        assert!(home.notes().contains(&"mine".to_owned()));
    }
}

#[test]
fn a_window_that_wrote_it_does_not_write_it_again() {
    let home = Home::new();
    let mut window = home.journal();
    window.load();
    let rec = add(&mut window, SECRET);
    add(&mut window, "other");
    home.journal().forget(&rec, false, now()).unwrap();
    window.refresh();
    window.restore_lost().unwrap();
    let change = window.take_changes().unwrap();
    assert!(!format!("{change:?}").contains(SECRET), "{change:?}");
    add(&mut window, "later");
    assert_eq!(home.holds_secret(), [""; 0]);
    assert_eq!(home.notes(), ["other", "later"]);
    let edit = Act::Edit {
        rec,
        set: fields("note", SECRET),
        unset: Vec::new(),
    };
    let outcome = window.perform(edit, now()).unwrap();
    assert!(note_of(&outcome).contains("forgotten"), "{outcome:?}");
    assert_eq!(home.holds_secret(), [""; 0]);
}

#[test]
fn a_window_that_saw_the_erased_file_before_the_line_that_forgets_restores_nothing() {
    let home = Home::new();
    let mut window = home.journal();
    window.load();
    let rec = add(&mut window, SECRET);
    add(&mut window, "other");
    // The file as it was before, but without the lines: as if the newer part of the files had not been seen yet.
    let own = fs::read_to_string(home.own_file()).unwrap();
    let (before, after): (Vec<&str>, Vec<&str>) =
        own.lines().partition(|line| line.contains(SECRET));
    assert_eq!(before.len(), 1);
    fs::write(home.own_file(), after.join("\n") + "\n").unwrap();
    window.refresh();
    let forget = forget_line("f", &rec.to_string());
    home.put("fedcba9876543210.jsonl", &joined(&[forget]));
    window.restore_lost().unwrap();
    assert_eq!(home.holds_secret(), [""; 0]);
    assert_eq!(home.notes(), ["other"]);
}

#[test]
fn the_command_needs_a_yes_and_says_what_is_out_of_reach() {
    let home = Home::new();
    let rec = begin(&home).to_string();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let asked = run(&home, &["forget", &rec]);
    assert_eq!(asked.status.code(), Some(2));
    let told = text(asked.stderr);
    assert!(told.contains("--yes") && !told.contains(SECRET), "{told}");
    assert_eq!(home.holds_secret().len(), 4);
    // Also after a delete.
    assert!(run(&home, &["delete", &rec, "--yes"]).status.success());
    let done = run(&home, &["forget", &rec[rec.len() - 8..], "--yes"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let told = text(done.stdout).replace('\n', " ");
    for part in [
        "Forgotten",
        "Out of reach: backups",
        "another machine's",
        "--everywhere",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains(SECRET), "{told}");
    assert_eq!(home.holds_secret().len(), 2);
    assert_eq!(
        run(&home, &["forget", "nosuch", "--yes"]).status.code(),
        Some(2)
    );
    let export = run(&home, &["export", "--format", "jsonl"]);
    assert!(!text(export.stdout).contains(SECRET));
}

#[test]
fn an_own_file_under_a_lost_id_is_told_with_the_way_to_erase_it() {
    let home = Home::new();
    let rec = add(&mut home.journal(), SECRET).to_string();
    let old = home.own_file();
    fs::remove_dir_all(&home.places.state).unwrap();
    let forget = |home: &Home| run(home, &["forget", &rec, "--yes", "--everywhere"]);
    let done = forget(&home);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let told = String::from_utf8(done.stdout).unwrap();
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["rename the file to old.jsonl", "--yes --everywhere"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    fs::rename(&old, old.with_file_name("old.jsonl")).unwrap();
    assert_eq!(forget(&home).status.code(), Some(0));
    assert_eq!(home.holds_secret(), [""; 0]);
}

#[test]
fn adds_beside_a_forget_are_all_kept() {
    let home = Home::new();
    let recs: Vec<Id> = (0..8).map(|_| add(&mut home.journal(), SECRET)).collect();
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let home = &home;
            scope.spawn(move || {
                // One that has read the log, and some that have not.
                let mut known = home.journal();
                known.load();
                for number in 0..8 {
                    add(&mut known, &format!("k{writer}-{number}"));
                    add(&mut home.journal(), &format!("n{writer}-{number}"));
                }
            });
        }
        scope.spawn(|| {
            for rec in &recs {
                let done = home.journal().forget(rec, false, now()).unwrap();
                assert!(done.failed.is_empty(), "{done:?}");
            }
        });
    });
    assert_eq!(home.holds_secret(), [""; 0]);
    let notes = sorted(home.notes());
    assert_eq!(notes.len(), 48, "{notes:?}");
    let mut distinct = notes.clone();
    distinct.dedup();
    assert_eq!(distinct, notes);
    assert!(home.journal().doctor().problems.is_empty());
}
