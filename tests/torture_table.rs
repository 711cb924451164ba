//! The table in `tests/torture/README.md` is whole and true: each case that the journal must survive has a line, and
//! each line names a script or a test that is there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What must be survived. More cases may be tried; none of these may be missing.
const CASES: &str = "
    K01 K03 K05 K06 K08 K09 K10 K11 K12
    S02 S03 S04 S05 S07
    P01 P02 P03 P04 P06 P07 P09 P10 P11 P13
    D01 D03 D04 D05 D07 D08 D09 D10 D11 D12 D14 D15 D16 D18 D19 D20 D21 D22
    C01 C02 C03 C05 C07 C08 C10 C11
    Y01 Y03 Y04 Y06 Y07 Y09 Y10 Y12 Y13
    N01 N02 N04 N05 N06 N07 N08 N09 N10
    T01 T02 T03 T04 T05 T06 T07 T08 T11 T13 T14
    Z01 Z02 Z03 Z04 Z05 Z06 Z08 Z09 Z10 Z11
    Q01 Q02 Q03 Q04 Q05 Q07";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(dir: &Path, kind: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, kind, found);
        } else if path.extension().is_some_and(|end| end == kind) {
            found.push(path);
        }
    }
}

/// Each id of the table with what stands beside it.
fn table() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("tests/torture/README.md")).unwrap();
    let mut rows = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let ["", ids, short, how, ""] = cells[..] else {
            continue;
        };
        if !ids.starts_with(|c: char| c.is_ascii_uppercase()) {
            continue;
        }
        assert!(!short.is_empty() && !how.is_empty(), "{line}");
        for id in ids.split(' ') {
            assert!(
                rows.insert(id.to_owned(), how.to_owned()).is_none(),
                "{id} stands twice"
            );
        }
    }
    rows
}

/// The ids of the cases in the scripts.
fn scripts() -> BTreeSet<String> {
    let mut paths = Vec::new();
    files_below(&root().join("tests/torture"), "py", &mut paths);
    let mut ids = BTreeSet::new();
    for path in paths {
        let text = std::fs::read_to_string(path).unwrap();
        let marks = text
            .lines()
            .filter_map(|line| line.strip_prefix("@case(\""));
        ids.extend(marks.map(|mark| mark.split('"').next().unwrap().to_owned()));
    }
    ids
}

/// What stands between backquotes and names a Rust file: the file, and the test in it.
fn named(how: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let quoted = how.split('`').skip(1).step_by(2);
    quoted
        .filter(|name| name.contains(".rs"))
        .map(|name| match name.split_once("::") {
            Some((file, test)) => (file, Some(test)),
            None => (name, None),
        })
}

#[test]
fn every_case_has_a_line() {
    let table = table();
    let wanted: Vec<&str> = CASES.split_whitespace().collect();
    let missing: Vec<&&str> = wanted
        .iter()
        .filter(|id| !table.contains_key(**id))
        .collect();
    assert_eq!(missing, [] as [&&str; 0], "without a line in the table");
}

#[test]
fn every_line_names_a_script_or_a_test_that_is_there() {
    let scripts = scripts();
    let mut sources = Vec::new();
    files_below(&root().join("tests"), "rs", &mut sources);
    files_below(&root().join("src"), "rs", &mut sources);
    for (id, how) in table() {
        let scripted = how.starts_with("script");
        assert_eq!(scripts.contains(&id), scripted, "{id}: is it a script?");
        let mut count = 0;
        for (file, test) in named(&how) {
            count += 1;
            let mut known = sources.iter().filter(|path| path.ends_with(file));
            let there = match test {
                None => known.next().is_some(),
                Some(test) => {
                    let head = format!("fn {test}(");
                    known.any(|path| std::fs::read_to_string(path).unwrap().contains(&head))
                }
            };
            assert!(there, "{id}: {file} {test:?} is not there");
        }
        assert!(scripted || count > 0, "{id}: nothing tests it");
    }
}

#[test]
fn every_script_has_a_line() {
    let table = table();
    for id in scripts() {
        // 'K06-every' is told in the line of K06.
        let told = match id.split_once('-') {
            Some((of, _)) => table.get(of).is_some_and(|how| how.contains(&id)),
            None => table.contains_key(&id),
        };
        assert!(told, "{id} is in no line of the table");
    }
}
