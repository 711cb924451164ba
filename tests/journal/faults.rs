//! Whatever call fails, in whatever way: what was said to be saved is there.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use rustix::io::Errno;
use unkink::domain::record::Entry;
use unkink::domain::storage::{Act, Failure};
use unkink::journal::disk::RealDisk;
use unkink::journal::{Journal, Outcome, Prepared};

use crate::faulty::{Fault, Faulty};
use crate::home::*;

pub const FAULTS: [Fault; 9] = [
    Fault::Error(Errno::IO),
    Fault::Error(Errno::NOSPC),
    Fault::Error(Errno::FBIG),
    Fault::Error(Errno::ROFS),
    Fault::Error(Errno::INTR),
    Fault::Short,
    Fault::Torn,
    Fault::Kill,
    Fault::PowerLoss,
];

/// Three adds and an edit of the first one; then favourites. Each is tried twice.
struct Tried {
    saved: Vec<String>,
    failed: Vec<Failure>,
    edited: bool,
    favourite: bool,
}

fn twice(journal: &mut Journal, act: Act, failed: &mut Vec<Failure>) -> Option<Outcome> {
    let mut prepared = Prepared::new(act, now());
    for _ in 0..2 {
        match journal.carry_out(&mut prepared) {
            Ok(outcome) => return Some(outcome),
            Err(failure) => failed.push(failure),
        }
    }
    None
}

fn act_on(home: &Home, disk: Faulty) -> Tried {
    let mut journal = Journal::on(&home.places, Box::new(disk));
    let mut tried = Tried {
        saved: Vec::new(),
        failed: Vec::new(),
        edited: false,
        favourite: false,
    };
    let mut first = None;
    for note in ["n1", "n2", "n3"] {
        let act = Act::Add {
            set: check_in(note),
        };
        if let Some(outcome) = twice(&mut journal, act, &mut tried.failed) {
            tried.saved.push(note.to_owned());
            first.get_or_insert(rec_of(outcome));
        }
    }
    if let Some(rec) = first {
        let act = Act::Edit {
            rec,
            set: fields("pain", &9),
            unset: Vec::new(),
        };
        tried.edited = twice(&mut journal, act, &mut tried.failed).is_some();
    }
    for _ in 0..2 {
        tried.favourite |= journal.set_favourite("glute-ball", true).is_ok();
    }
    tried
}

fn bytes_of(home: &Home) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = home.files().into_iter();
    files
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect()
}

pub fn stray_files(home: &Home) -> Vec<PathBuf> {
    let dirs = [
        &home.places.data,
        &home.places.journal(),
        &home.places.state,
    ];
    let listed = dirs
        .iter()
        .filter_map(|dir| std::fs::read_dir(dir).ok())
        .flatten();
    listed
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".tmp"))
        .collect()
}

/// What was said to be saved is there, once, and what was not is there at most once.
fn all_that_was_said_is_there(home: &Home, entries: &[Entry], tried: &Tried, told: &str) {
    let found = notes(entries);
    for note in ["n1", "n2", "n3"] {
        let times = found.iter().filter(|known| *known == note).count();
        let was_said = tried.saved.iter().any(|said| said == note);
        assert!(times == 1 || (times == 0 && !was_said), "{note}, {told}");
    }
    let nine = |entry: &Entry| entry.pain.is_some_and(|pain| pain.get() == 9);
    assert!(entries.iter().any(nine) || !tried.edited, "{told}");
    let is_sound = |entry: &Entry| !entry.marks.conflict && !entry.marks.damaged;
    assert!(entries.iter().all(is_sound), "{told}");
    let has_favourite = || home.journal().favourites().unwrap().contains("glute-ball");
    assert!(!tried.favourite || has_favourite(), "{told}");
}

/// Runs with the fault at every call in turn.
fn at_every_call(begin: impl Fn(&Home)) {
    let counting = Faulty::default();
    let home = Home::in_memory();
    begin(&home);
    assert_eq!(act_on(&home, counting.clone()).saved, ["n1", "n2", "n3"]);
    assert!(counting.calls() > 15);
    for fault in FAULTS {
        for call in 1..=counting.calls() {
            let home = Home::in_memory();
            begin(&home);
            let before = bytes_of(&home);
            let disk = Faulty::at(call, fault);
            let tried = act_on(&home, disk.clone());
            let told = || format!("{fault:?} at call {call}: {:?}", tried.failed);
            if fault == Fault::PowerLoss {
                disk.lose_power();
            }
            let alive = !disk.is_dead();
            if alive {
                assert_eq!(tried.saved.len(), 3, "{}", told());
                assert!(tried.edited && tried.favourite, "{}", told());
                assert_eq!(stray_files(&home), [] as [PathBuf; 0], "{}", told());
            }
            if matches!(fault, Fault::Error(Errno::INTR) | Fault::Short) {
                assert!(tried.failed.is_empty(), "{}", told());
            }
            let entries = home.journal().load();
            all_that_was_said_is_there(&home, &entries, &tried, &told());
            for (path, bytes) in &before {
                let now = std::fs::read(path).unwrap();
                assert!(now.starts_with(bytes), "{}", told());
            }
            add(&mut home.journal(), "further");
            assert_eq!(home.notes().len(), notes(&entries).len() + 1, "{}", told());
        }
    }
    let faults = FAULTS.len() as u64 * counting.calls();
    println!("{faults} injected faults survived");
}

#[test]
fn nothing_saved_is_lost_whatever_call_fails_in_a_new_home() {
    at_every_call(|_| {});
}

#[test]
fn nothing_saved_is_lost_whatever_call_fails_in_a_home_with_a_torn_line() {
    at_every_call(|home| {
        add(&mut home.journal(), "old");
        let torn = std::fs::read(home.own()).unwrap();
        std::fs::write(home.own(), [&torn[..], b"{\"v\":1,\"op\":\"ad"].concat()).unwrap();
    });
}

#[test]
fn a_file_that_a_dying_process_had_only_made_is_there_for_good_once_something_is_saved_in_it() {
    let counting = Faulty::default();
    let home = Home::in_memory();
    add(
        &mut Journal::on(&home.places, Box::new(counting.clone())),
        "counted",
    );
    for call in 1..=counting.calls() {
        let home = Home::in_memory();
        let first = Faulty::at(call, Fault::Kill);
        let mut journal = Journal::on(&home.places, Box::new(first.clone()));
        let act = Act::Add {
            set: check_in("first"),
        };
        drop(journal.perform(act, now()));
        // The second process knows nothing of the first; the medium has what both of them synced.
        let second = first.reborn();
        add(
            &mut Journal::on(&home.places, Box::new(second.clone())),
            "second",
        );
        second.lose_power();
        assert!(home.notes().contains(&"second".to_owned()), "call {call}");
    }
}

#[test]
fn after_a_failed_sync_the_next_file_is_taken_and_the_record_is_there_once() {
    let home = Home::new();
    add(&mut home.journal(), "old");
    // open, lock, open, write, then the sync.
    let disk = Faulty::at(5, Fault::Error(Errno::IO));
    let mut journal = Journal::on(&home.places, Box::new(disk));
    add(&mut journal, "new");
    assert_eq!(home.notes(), ["old", "new"]);
    let names: Vec<String> = home
        .files()
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 2);
    assert!(names[0].ends_with("-2.jsonl") && names[1].len() < names[0].len());
    // Own lines stay in order: whoever writes next goes on in the newer file, and undo finds the newest act.
    add(&mut home.journal(), "newer");
    home.journal()
        .perform(Act::Undo { op: None }, now())
        .unwrap();
    assert_eq!(home.notes(), ["old", "new"]);
    home.journal()
        .perform(Act::Undo { op: None }, now())
        .unwrap();
    assert_eq!(home.notes(), ["old"]);
}

#[test]
fn a_lock_that_stays_taken_is_an_error_that_says_so() {
    let home = Home::new();
    add(&mut home.journal(), "old");
    let holder = std::fs::File::open(home.places.data.join(".lock")).unwrap();
    holder.lock().unwrap();
    let failure = home
        .journal()
        .perform(
            Act::Add {
                set: check_in("new"),
            },
            now(),
        )
        .unwrap_err();
    assert!(
        failure.retry && failure.to_string().contains("lock"),
        "{failure}"
    );
    drop(holder);
    add(&mut home.journal(), "new");
    assert_eq!(home.notes(), ["old", "new"]);
}

#[test]
fn a_data_directory_that_is_a_file_is_named_and_read_as_empty() {
    let home = Home::new();
    std::fs::create_dir_all(home.places.data.parent().unwrap()).unwrap();
    std::fs::write(&home.places.data, "a file").unwrap();
    let mut journal = home.journal();
    assert!(journal.load().is_empty());
    let failure = journal
        .perform(Act::Add { set: check_in("x") }, now())
        .unwrap_err();
    assert_eq!((&failure.path, failure.retry), (&home.places.data, false));
    assert_eq!(journal.not_writable().unwrap().path, home.places.data);
    assert_eq!(std::fs::read(&home.places.data).unwrap(), b"a file");
}

/// Not a test by itself: what the limited process below does.
#[test]
fn adds_until_it_fails_when_it_is_told_where() {
    let Some(dir) = std::env::var_os("UNKINK_TEST_LIMITED_HOME") else {
        return;
    };
    let places = unkink::paths::Places {
        data: PathBuf::from(&dir).join("share/unkink"),
        state: PathBuf::from(&dir).join("state/unkink"),
        config: PathBuf::from(&dir).join("config/unkink"),
    };
    let mut journal = Journal::on(&places, Box::new(RealDisk));
    for number in 0.. {
        let act = Act::Add {
            set: check_in(&format!("n{number}")),
        };
        match journal.perform(act, now()) {
            Ok(_) => println!("saved n{number}"),
            Err(failure) => {
                println!("failed {failure}");
                return;
            }
        }
    }
}

#[test]
fn a_limit_on_file_sizes_is_an_error_and_kills_nobody() {
    let home = Home::new();
    let me = std::env::current_exe().unwrap();
    // In blocks of 512 or 1024 bytes, as the shell has it.
    let script = format!(
        "ulimit -f 2; exec '{}' --exact --nocapture faults::adds_until_it_fails_when_it_is_told_where",
        me.display()
    );
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &script])
        .env("UNKINK_TEST_LIMITED_HOME", home.dir.path());
    let output = output(&mut shell);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let saved = text.matches("saved n").count();
    assert!(saved > 1 && text.contains("limit on file size"), "{text}");
    assert_eq!(home.notes().len(), saved);
    add(&mut home.journal(), "further");
    assert_eq!(home.notes().len(), saved + 1);
}
