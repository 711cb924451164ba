//! Imports: what comes in is there once, whole or not at all, and changes nothing that is known here.

use std::fs::{self, File};
use std::path::PathBuf;

use rustix::io::Errno;
use unkink::domain::library::Library;
use unkink::domain::storage::Act;
use unkink::domain::vocabulary::Vocabulary;
use unkink::domain::when::parse_written;
use unkink::journal::Journal;
use unkink::journal::cells::Reading;
use unkink::journal::import::{Format, Imported, Input, Refused};

mod hostile;

use crate::faults::{FAULTS, stray_files};
use crate::faulty::{Fault, Faulty};
use crate::home::*;
use crate::lines::*;

pub fn library() -> Library {
    let places = unkink::paths::Places {
        data: "/nonexistent".into(),
        state: "/nonexistent".into(),
        config: "/nonexistent".into(),
    };
    unkink::content::load(&places).0
}

pub const FORMATS: [Format; 3] = [Format::Jsonl, Format::Json, Format::Csv];

pub fn export(home: &Home, format: Format, words: &Vocabulary) -> Vec<u8> {
    let mut out = Vec::new();
    let mut journal = home.journal();
    let unreadable = match format {
        Format::Jsonl => journal.export_jsonl(&mut out),
        Format::Json => journal.export_json(&mut out),
        Format::Csv => journal.export_csv(words, &mut out),
    };
    assert!(unreadable.unwrap().is_empty());
    out
}

fn import_on(
    journal: &mut Journal,
    bytes: &[u8],
    format: Format,
    words: &Vocabulary,
) -> Result<Imported, Refused> {
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
    with_input(&file, format, words, |input| journal.import(input, now()))
}

fn with_input<R>(
    file: &File,
    format: Format,
    words: &Vocabulary,
    then: impl FnOnce(&Input<'_>) -> R,
) -> R {
    let zone = chrono::FixedOffset::east_opt(3600).unwrap();
    then(&Input {
        file,
        format,
        reading: Reading {
            words,
            moment: &|text| parse_written(text, &zone),
        },
        columns: &[],
    })
}

pub fn import(home: &Home, bytes: &[u8], format: Format, words: &Vocabulary) -> Imported {
    import_on(&mut home.journal(), bytes, format, words).unwrap()
}

fn refused(home: &Home, bytes: &[u8], format: Format, words: &Vocabulary) -> String {
    let before = home.files();
    match import_on(&mut home.journal(), bytes, format, words) {
        Err(Refused::Input(why)) => {
            assert_eq!(home.files(), before);
            assert_eq!(stray_files(home), [] as [PathBuf; 0]);
            why.join("\n")
        }
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_diary_from_anywhere_comes_in_once() {
    let library = library();
    let words = library.vocabulary();
    let home = Home::new();
    let table = "\u{feff}Date;Time;Pain;Pain before;Tags;Quality;Notes;Weather\r\n\
                 2026-11-01;21:30;4;;a; Aching ;'=1;rain\r\n\
                 2026-11-01;;5;;\"x; y\";;\"two\nlines\";\r\n\
                 2026-11-02;07:00;;6;;;;\r\n\
                 2026-11-02;07:00;;6;;;;\r\n";
    let first = import(&home, table.as_bytes(), Format::Csv, words);
    assert_eq!((first.new, first.known), (4, 0));
    assert!(first.notes[0].contains("'Weather'"), "{:?}", first.notes);
    let second = import(&home, table.as_bytes(), Format::Csv, words);
    assert_eq!((second.new, second.known, second.differing), (0, 4, 0));
    let json: serde_json::Value =
        serde_json::from_slice(&export(&home, Format::Json, words)).unwrap();
    assert_eq!(json[0]["started_at"], "2026-11-01T12:00:00+01:00");
    assert_eq!(json[0]["tags"], serde_json::json!(["x", "y"]));
    assert_eq!(json[0]["note"], "two\nlines");
    assert_eq!(json[1]["qualities"], serde_json::json!(["aching"]));
    assert_eq!(json[1]["note"], "=1");
    assert_eq!(
        (&json[1]["kind"], &json[2]["kind"]),
        (&"check-in".into(), &"session".into())
    );
    assert_eq!(
        json[2]["pain_before"], json[3]["pain_before"],
        "equal rows are two entries"
    );
}

#[test]
fn what_is_known_deleted_or_forgotten_here_stays_as_it_is() {
    let library = library();
    let words = library.vocabulary();
    for format in FORMATS {
        let home = Home::new();
        let mut journal = home.journal();
        let recs: Vec<_> = ["kept", "changed", "deleted", "forgotten"]
            .map(|note| add(&mut journal, note))
            .into();
        let out = export(&home, format, words);
        let edit = Act::Edit {
            rec: recs[1].clone(),
            set: fields("note", "other"),
            unset: Vec::new(),
        };
        journal.perform(edit, now()).unwrap();
        journal
            .perform(
                Act::Delete {
                    rec: recs[2].clone(),
                },
                now(),
            )
            .unwrap();
        journal.forget(&recs[3], false, now()).unwrap();
        let done = import(&home, &out, format, words);
        assert_eq!(
            (done.new, done.known, done.forgotten),
            (0, 3, 1),
            "{format:?}: {done:?}"
        );
        if format != Format::Jsonl {
            assert_eq!(
                (done.differing, done.deleted),
                (1, 1),
                "{format:?}: {done:?}"
            );
        }
        assert_eq!(home.notes(), ["kept", "other"], "{format:?}");
        assert!(
            home.files()
                .iter()
                .all(|path| !fs::read_to_string(path).unwrap().contains("\"forgotten\""))
        );
    }
}

#[test]
fn what_the_input_forgets_is_said_and_erased_here() {
    let library = library();
    let words = library.vocabulary();
    let home = Home::new();
    let rec = add(&mut home.journal(), "SECRETxyz");
    let forget = sealed(&format!(
        "{{\"v\":1,\"op\":\"forget\",\"id\":\"f\",\"rec\":\"{rec}\",\"at\":\"{AT}\""
    ));
    let done = import(&home, &joined(&[forget]), Format::Jsonl, words);
    assert_eq!((done.new, done.forgets), (1, 1));
    assert!(home.notes().is_empty());
    assert!(
        home.files()
            .iter()
            .all(|path| !fs::read_to_string(path).unwrap().contains("SECRET"))
    );
}

#[test]
fn whatever_call_fails_all_of_it_is_there_or_nothing() {
    let library = library();
    let words = library.vocabulary();
    for format in FORMATS {
        // Long lines are written in several calls; one format is enough for that.
        let len = if format == Format::Jsonl {
            100_000
        } else {
            100
        };
        let line = |number: usize| {
            let (id, rec) = (format!("i{number}"), format!("r{number}"));
            note_line(&id, &rec, &"x".repeat(len))
        };
        let from = Home::in_memory();
        from.put("from.jsonl", &joined(&(0..6).map(line).collect::<Vec<_>>()));
        let out = export(&from, format, words);
        let count = |begin: bool, disk: Faulty| {
            let home = Home::in_memory();
            if begin {
                add(&mut home.journal(), "here");
            }
            let done = import_on(
                &mut Journal::on(&home.places, Box::new(disk)),
                &out,
                format,
                words,
            );
            (home, done)
        };
        for begin in [true, false] {
            let counting = Faulty::default();
            let (_, done) = count(begin, counting.clone());
            assert_eq!(done.unwrap().new, 6);
            for fault in FAULTS {
                for call in 1..=counting.calls() {
                    let disk = Faulty::at(call, fault);
                    let (home, done) = count(begin, disk.clone());
                    let told = || format!("{format:?} {fault:?} at call {call}: {done:?}");
                    if fault == Fault::PowerLoss {
                        disk.lose_power();
                    }
                    let mut notes = home.notes();
                    if begin {
                        assert!(notes.contains(&"here".to_owned()), "{}", told());
                    }
                    notes.retain(|note| note != "here");
                    assert!(notes.is_empty() || notes.len() == 6, "{}", told());
                    assert!(done.is_err() || notes.len() == 6, "{}", told());
                    if matches!(fault, Fault::Error(Errno::INTR) | Fault::Short) {
                        assert!(done.is_ok(), "{}", told());
                    }
                    if !disk.is_dead() {
                        assert_eq!(notes.len() == 6, done.is_ok(), "{}", told());
                        assert_eq!(stray_files(&home), [] as [PathBuf; 0], "{}", told());
                    }
                    let again = import(&home, &out, format, words);
                    assert_eq!(again.new + again.known, 6, "{}", told());
                    assert_eq!(stray_files(&home), [] as [PathBuf; 0], "{}", told());
                    assert_eq!(home.notes().len(), 6 + usize::from(begin), "{}", told());
                }
            }
        }
    }
}

#[test]
fn an_entry_too_long_for_one_line_comes_in_over_several() {
    let library = library();
    let words = library.vocabulary();
    let from = Home::new();
    let long = |c: &str| c.repeat(200_000);
    let add = add_line(
        "1",
        "a",
        &format!("{{\"kind\":\"check-in\",\"x\":\"{}\"}}", long("x")),
    );
    let edit = edit_line("2", "a", &["1"], &format!("{{\"y\":\"{}\"}}", long("y")));
    from.put("from.jsonl", &joined(&[add, edit]));
    for format in [Format::Json, Format::Csv] {
        let out = export(&from, format, words);
        let to = Home::new();
        assert_eq!(import(&to, &out, format, words).new, 1);
        assert!(export(&to, format, words) == out, "{format:?}");
        assert!(to.journal().doctor().problems.is_empty());
    }
}

#[test]
fn many_lines_of_one_id_are_told_apart() {
    let library = library();
    let words = library.vocabulary();
    let home = Home::new();
    let lines: Vec<String> = (0..30)
        .map(|number| note_line("same", "a", &format!("n{number}")))
        .collect();
    home.put("here.jsonl", &joined(&lines));
    let mut input = lines.clone();
    input.push(note_line("same", "a", "another"));
    let done = import(&home, &joined(&input), Format::Jsonl, words);
    assert_eq!(
        (done.new, done.known, done.differing),
        (1, 30, 1),
        "{done:?}"
    );
    let again = import(&home, &joined(&input), Format::Jsonl, words);
    assert_eq!((again.new, again.known), (0, 31), "{again:?}");
}
