//! `src/journal/format.md` is true: its example, its table of fields, and the reader in Python that it gives.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;
use unkink::domain::record::{FIELDS, Of, of};

use crate::home::*;
use crate::laws::some_lines;
use crate::lines::sealed;

const FORMAT: &str = include_str!("../../src/journal/format.md");

/// The block of the page that is marked as this language.
fn block(language: &str) -> &'static str {
    let opens = format!("```{language}\n");
    let block = FORMAT.split_once(&opens).unwrap().1;
    block.split_once("```").unwrap().0
}

fn exported(home: &Home) -> Vec<Value> {
    let mut json = Vec::new();
    home.journal().export_json(&mut json).unwrap();
    serde_json::from_slice(&json).unwrap()
}

#[test]
fn the_example_comes_to_what_the_page_says() {
    let home = Home::new();
    // Over two files, as on two machines.
    let (first, second): (Vec<&str>, Vec<&str>) = block("jsonl")
        .lines()
        .partition(|line| !line.contains("c3"));
    assert_eq!((first.len(), second.len()), (3, 2));
    home.put("one.jsonl", (first.join("\n") + "\n").as_bytes());
    home.put("two.jsonl", (second.join("\n") + "\n").as_bytes());
    let says: Value = serde_json::from_str(block("json")).unwrap();
    assert_eq!(exported(&home), [says]);
    let entries = home.journal().load();
    assert!(entries[0].marks.conflict && !entries[0].marks.damaged);
}

#[test]
fn the_table_has_every_field_in_its_order() {
    let rows = FORMAT.split_once("| field | of |").unwrap().1;
    let rows = rows.split_once("\n\n").unwrap().0;
    let rows: Vec<(&str, &str)> = (rows.lines())
        .filter_map(|row| {
            let (name, rest) = row.strip_prefix("| `")?.split_once("` | ")?;
            Some((name, rest.split(" |").next()?))
        })
        .collect();
    let named: Vec<&str> = rows.iter().map(|(name, _)| *name).collect();
    assert_eq!(named, FIELDS);
    for (name, kinds) in rows {
        let known = match of(name) {
            Of::All => "all",
            Of::Sessions => "session",
            Of::CheckIns => "check-in",
            Of::Questionnaires => "questionnaire",
            Of::Plans => "plan",
        };
        assert_eq!(kinds, known, "of which entries '{name}' is");
    }
}

/// What the page's own reader makes of the journal of this home.
fn read_by_python(home: &Home) -> Vec<Value> {
    let script = home.dir.path().join("read.py");
    fs::write(&script, block("python")).unwrap();
    let mut python = Command::new("python3");
    let ran = output(python.arg(&script).arg(home.places.journal()));
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let lines = String::from_utf8(ran.stdout).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn assert_read_alike(home: &Home, what: &str) {
    let text = |all: Vec<Value>| -> BTreeSet<String> { all.iter().map(Value::to_string).collect() };
    let (theirs, ours) = (text(read_by_python(home)), text(exported(home)));
    let odd: Vec<&String> = theirs.symmetric_difference(&ours).take(4).collect();
    assert!(odd.is_empty(), "{what}: {odd:#?}");
}

#[test]
#[ignore = "needs python3"]
fn the_reader_in_python_reads_what_the_journal_reads() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let files = [corpus.clone(), corpus.join("released")].map(|dir| fs::read_dir(dir).unwrap());
    for file in files.into_iter().flatten() {
        let path = file.unwrap().path();
        // Numbers that no double holds: the journal keeps their text, which neither reader takes for a number.
        let has_huge_numbers = path.ends_with("wrong-values.jsonl");
        if path.extension().is_some_and(|ext| ext == "jsonl") && !has_huge_numbers {
            let home = Home::new();
            home.put("a.jsonl", &fs::read(&path).unwrap());
            assert_read_alike(&home, &path.display().to_string());
        }
    }
    // Many journals in one, so that Python starts once: each has ids of its own.
    let mut runner = TestRunner::deterministic();
    let mut all = Vec::new();
    for case in 0..3_000 {
        let lines = some_lines().new_tree(&mut runner).unwrap().current();
        all.extend(lines.iter().map(|line| {
            let line = line.replace("\"id", &format!("\"{case}-id"));
            let line = line.replace("\"rec\":\"rec", &format!("\"rec\":\"{case}-rec"));
            let line = line.replace(&format!("\"{case}-id\":"), "\"id\":");
            match line.split_once(",\"crc\"") {
                Some((head, _)) => sealed(head),
                None => line,
            }
        }));
    }
    let home = Home::in_memory();
    home.put("a.jsonl", all.join("\n").as_bytes());
    let entries = exported(&home).len();
    assert!(entries > 1_000, "{entries}");
    assert_read_alike(&home, "made-up lines");
}
