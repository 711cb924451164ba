//! Exports: whole, or honest about what is missing; and their files.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::symlink;
use std::process::Output;

use crate::home::*;
use crate::lines::*;

fn unkink(home: &Home, args: &[&str]) -> Output {
    home.run(&[&["export"], args].concat())
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_exported() {
    let home = Home::new();
    home.put("a.jsonl", &joined(&[note_line("1", "a", "readable")]));
    // Who is root may read anything, but no loop of links.
    symlink("loop.jsonl", home.places.journal().join("loop.jsonl")).unwrap();
    for format in ["json", "jsonl"] {
        let to = home.dir.path().join(format);
        for args in [
            vec!["--format", format],
            vec!["--format", format, "--output", to.to_str().unwrap()],
        ] {
            let output = unkink(&home, &args);
            assert_eq!(output.status.code(), Some(1), "{args:?}");
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(told.contains("loop.jsonl"), "{told}");
            let written = if args.len() == 2 {
                output.stdout
            } else {
                fs::read(&to).unwrap()
            };
            assert!(String::from_utf8(written).unwrap().contains("readable"));
        }
    }
}

/// Puts another file in the place of `a.jsonl` at the first byte that is written.
struct Replacing<'a>(&'a Home, Vec<u8>, bool);

impl Write for Replacing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.1.is_empty() {
            let longer = joined(&[note_line("0", "x", "something of another length")]);
            if self.2 {
                self.0.put("a.jsonl", &longer);
            } else {
                self.0.put("new", &longer);
                let dir = self.0.places.journal();
                fs::rename(dir.join("new"), dir.join("a.jsonl"))?;
            }
        }
        self.1.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_file_replaced_while_it_is_exported_is_exported_as_it_was() {
    let home = Home::new();
    let lines = [
        note_line("1", "a", "one"),
        note_line("2", "b", "two"),
        note_line("3", "c", "three"),
    ];
    home.put("a.jsonl", &joined(&lines));
    let mut out = Replacing(&home, Vec::new(), false);
    assert!(home.journal().export_jsonl(&mut out).unwrap().is_empty());
    assert_eq!(out.1, joined(&lines));
}

#[test]
fn a_file_rewritten_in_its_place_while_it_is_exported_is_an_error_and_no_mixture() {
    let home = Home::new();
    let lines = [note_line("1", "a", "one"), note_line("2", "b", "two")];
    home.put("a.jsonl", &joined(&lines));
    let mut out = Replacing(&home, Vec::new(), true);
    let error = home.journal().export_jsonl(&mut out).unwrap_err();
    assert!(!error.to_string().is_empty());
}

#[test]
fn an_export_to_a_file_is_whole_and_leaves_nothing_beside_it() {
    let home = Home::new();
    add(&mut home.journal(), "mine");
    let dir = home.dir.path().join("backup");
    fs::create_dir(&dir).unwrap();
    let to = dir.join("log.jsonl");
    let args = ["--format", "jsonl", "--output", to.to_str().unwrap()];
    assert!(unkink(&home, &args).status.success());
    assert_eq!(fs::read(&to).unwrap(), fs::read(home.own()).unwrap());
    assert_eq!(mode(&to), 0o600);
    fs::write(&to, "kept").unwrap();
    let again = unkink(&home, &args);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        String::from_utf8(again.stderr)
            .unwrap()
            .contains("there already")
    );
    assert_eq!(fs::read(&to).unwrap(), b"kept");
    assert!(
        unkink(&home, &[&args[..], &["--force"]].concat())
            .status
            .success()
    );
    assert_eq!(fs::read(&to).unwrap(), fs::read(home.own()).unwrap());
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
    let device = unkink(&home, &["--output", "/dev/null", "--force"]);
    assert_eq!(device.status.code(), Some(1));
}
