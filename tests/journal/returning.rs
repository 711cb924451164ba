//! What was forgotten does not return, whatever comes in and in whatever order; what comes in twice is there once.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unkink::domain::id::Id;
use unkink::journal::import::Format;

use crate::home::*;
use crate::import::{FORMATS, export, import, library};
use crate::laws::{rec_in, some_lines};
use crate::lines::*;

fn forgets(recs: &BTreeSet<String>) -> Vec<String> {
    let line = |rec: &String| {
        sealed(&format!(
            "{{\"v\":1,\"op\":\"forget\",\"id\":\"f-{rec}\",\"rec\":\"{rec}\",\"at\":\"{AT}\""
        ))
    };
    recs.iter().map(line).collect()
}

/// Records of which a line other than one that forgets is in a backup.
fn held(backup: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(backup).into_owned();
    let lines = text.lines().filter(|line| line.contains("\"rec\":\""));
    lines
        .filter(|line| !line.contains("\"op\":\"forget\""))
        .map(rec_in)
        .collect()
}

/// The records that these lines forget by themselves.
fn forgotten_by(lines: &[String]) -> BTreeSet<String> {
    let read = |line: &String| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        let forgets = line["op"] == "forget";
        forgets.then(|| line["rec"].as_str().map(str::to_owned))?
    };
    lines.iter().filter_map(read).collect()
}

fn shown(home: &Home) -> BTreeSet<String> {
    let entries = home.journal().load().into_iter();
    entries.map(|entry| entry.rec.to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_was_forgotten_never_comes_back(
        lines in some_lines(),
        gone in proptest::collection::btree_set(0..3_usize, 1..3),
        order in any::<u64>(),
        format in 0..3_usize,
    ) {
        let library = library();
        let words = library.vocabulary();
        let gone: BTreeSet<String> = gone.into_iter().map(|rec| format!("rec{rec}")).collect();
        // A backup from before, and the lines in any order over two files with the ones that forget among them.
        let before = Home::in_memory();
        before.put("x.jsonl", &joined(&lines));
        let backup = export(&before, FORMATS[format], words);
        let mut all = [&lines[..], &forgets(&gone)].concat();
        for at in (1..all.len()).rev() {
            all.swap(at, (order.rotate_left(at as u32) % (at as u64 + 1)) as usize);
        }
        let home = Home::in_memory();
        let cut = (order % all.len() as u64) as usize;
        home.put("fedcba9876543210.jsonl", &joined(&all[..cut]));
        home.put("import-0199.jsonl", &joined(&all[cut..]));
        prop_assert!(shown(&home).is_disjoint(&gone));
        prop_assert!(held(&export(&home, Format::Jsonl, words)).is_disjoint(&gone));
        // The backup comes in, twice, and a further entry is written.
        let seen = shown(&home);
        import(&home, &backup, FORMATS[format], words);
        prop_assert!(shown(&home).is_disjoint(&gone));
        prop_assert!(shown(&home).is_superset(&seen));
        let files = home.files();
        let second = import(&home, &backup, FORMATS[format], words);
        prop_assert_eq!((second.new, home.files()), (0, files));
        let mut journal = home.journal();
        journal.load();
        add(&mut journal, "further");
        for file in home.files() {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&file).unwrap();
            let left: Vec<String> = held(&bytes).intersection(&gone).cloned().collect();
            // Another machine's file is its own to write: what it still holds is told.
            let told = home.journal().doctor().problems.into_iter();
            let told = told.filter(|one| one.file == name && one.reason.contains("forgotten")).count();
            prop_assert!(left.is_empty() || name.starts_with("fedc"), "{} holds {:?}", name, left);
            prop_assert!(told > 0 || left.is_empty(), "{} holds {:?} untold", name, left);
            // The lines themselves may forget another record.
            let also = forgotten_by(&lines);
            let held = held(&bytes);
            let may_be_told = held.iter().any(|rec| gone.contains(rec) || also.contains(rec));
            prop_assert!(told == 0 || may_be_told, "{} is said to hold {:?}", name, held);
        }
    }

    #[test]
    fn forgetting_here_takes_one_record_and_leaves_the_others(lines in some_lines(), which in 0..3_usize) {
        let home = Home::in_memory();
        home.put("import-0199.jsonl", &joined(&lines));
        let rec = format!("rec{which}");
        let mut others = shown(&home);
        others.remove(&rec);
        home.journal().forget(&Id::new(&rec), false, now()).unwrap();
        prop_assert_eq!(shown(&home), others.clone());
        let library = library();
        let backup = export(&home, Format::Jsonl, library.vocabulary());
        prop_assert!(!held(&backup).contains(&rec));
        // Elsewhere it brings the forgetting along, also to where the entry still is.
        let other = Home::in_memory();
        other.put("import-0001.jsonl", &joined(&lines));
        import(&other, &backup, Format::Jsonl, library.vocabulary());
        prop_assert_eq!(shown(&other), others);
    }
}

#[test]
fn doctor_says_that_a_lost_state_directory_has_cost_the_machine_its_id() {
    let home = Home::in_memory();
    assert!(home.run(&["log", "4"]).status.success());
    let doctor = |home: &Home| String::from_utf8(home.run(&["doctor"]).stdout).unwrap();
    let hint = "this machine has no file here yet";
    assert!(!doctor(&home).contains(hint));
    let state = std::fs::read_dir(home.dir.path().join(".local/state")).unwrap();
    for entry in state {
        std::fs::remove_dir_all(entry.unwrap().path()).unwrap();
    }
    let told = doctor(&home);
    assert!(
        told.contains(hint) && told.contains("machines    1"),
        "{told}"
    );
    assert!(home.run(&["log", "5"]).status.success());
    let told = doctor(&home);
    assert!(
        !told.contains(hint) && told.contains("machines    2"),
        "{told}"
    );
}
