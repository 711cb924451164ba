//! What lies in the place of files and directories: foreign ones, links, pipes, nothing; and that reading touches none.

use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::symlink;

use super::{doctor, reasons, sorted};
use crate::home::*;
use crate::lines::*;

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
