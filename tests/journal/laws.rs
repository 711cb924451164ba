//! The state is a pure function of the set of lines.

use std::collections::BTreeMap;

use proptest::prelude::*;
use unkink::domain::log::{Log, LogChange};
use unkink::domain::record::Entry;
use unkink::domain::storage::Act;
use unkink::journal::Outcome;

use crate::home::*;
use crate::lines::*;

/// Lines of three records, with the kinds of trouble that real files have.
fn some_line(count: usize) -> impl Strategy<Value = (usize, Vec<usize>, usize, usize, String, u8)> {
    (
        0..20_usize,
        proptest::collection::vec(0..count, 0..3),
        0..count,
        0..3_usize,
        "[a-c]{1,2}",
        0..12_u8,
    )
}

fn line(
    number: usize,
    (kind, seen, of, rec, word, quirk): (usize, Vec<usize>, usize, usize, String, u8),
) -> String {
    let id = |n: usize| format!("id{n:02}");
    let (id, of, rec) = (id(number), id(of), format!("rec{rec}"));
    let seen: Vec<String> = seen.iter().map(|n| format!("\"id{n:02}\"")).collect();
    let seen = seen.join(",");
    let set = match quirk {
        0 => format!("{{\"note\":\"{word}\",\"pain\":4,\"own\":1}}"),
        1 => format!("{{\"tags\":[\"{word}\"],\"kind\":\"check-in\"}}"),
        2 => format!("{{\"kind\":\"session\",\"technique\":\"{word}\"}}"),
        _ => format!("{{\"note\":\"{word}\"}}"),
    };
    let at = format!("\"at\":\"{AT}\"");
    let head = format!("{{\"v\":1,\"op\":\"OP\",\"id\":\"{id}\",\"rec\":\"{rec}\"");
    let head = match kind {
        0..7 => format!("{},{at},\"set\":{set}", head.replace("OP", "add")),
        7..12 => format!(
            "{},{at},\"seen\":[{seen}],\"set\":{set}",
            head.replace("OP", "edit")
        ),
        12 => format!(
            "{},{at},\"seen\":[{seen}],\"set\":{{}},\"unset\":[\"note\"]",
            head.replace("OP", "edit")
        ),
        13 => format!("{},{at},\"set\":{set}", head.replace("OP", "edit")),
        14 | 15 => format!("{},{at},\"seen\":[{seen}]", head.replace("OP", "delete")),
        16..19 => format!(
            "{},\"of\":\"{of}\",{at},\"seen\":[{seen}]",
            head.replace("OP", "undo")
        ),
        _ if quirk == 3 => format!("{},{at}", head.replace("OP", "forget")),
        _ => format!("{},\"set\":{set}", head.replace("OP", "dance")),
    };
    match quirk {
        4 => head + "}",
        5 => sealed(&head).replace("\"v\":1", "\"v\": 1"),
        _ => sealed(&head),
    }
}

pub fn some_lines() -> impl Strategy<Value = Vec<String>> {
    (1..14_usize)
        .prop_flat_map(|count| proptest::collection::vec(some_line(count), count))
        .prop_map(|lines| {
            let lines = lines.into_iter().enumerate();
            lines.map(|(number, parts)| line(number, parts)).collect()
        })
}

fn state(home: &Home) -> (Vec<Entry>, Vec<u8>) {
    let mut json = Vec::new();
    home.journal().export_json(&mut json).unwrap();
    (home.journal().load(), json)
}

fn in_one_file(lines: &[String]) -> Home {
    let home = Home::in_memory();
    home.put("x.jsonl", &joined(lines));
    home
}

/// What each record shows.
fn by_record(home: &Home) -> BTreeMap<String, Entry> {
    let entries = home.journal().load().into_iter();
    entries
        .map(|entry| (entry.rec.to_string(), entry))
        .collect()
}

pub fn rec_in(line: &str) -> String {
    let at = line.find("\"rec\":\"").unwrap() + 7;
    line[at..at + 4].to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn order_files_names_and_copies_do_not_matter(
        lines in some_lines(),
        order in any::<u64>(),
        parts in proptest::collection::vec(0..3_usize, 14),
    ) {
        let plain = state(&in_one_file(&lines));
        let home = Home::in_memory();
        let mut shuffled: Vec<(u64, usize)> = (0..lines.len())
            .map(|at| (order.wrapping_mul(at as u64 * 2 + 1).rotate_left(17), at))
            .collect();
        shuffled.sort_unstable();
        let mut files = [Vec::new(), Vec::new(), Vec::new()];
        for (_, at) in shuffled {
            files[parts[at]].push(lines[at].clone());
            if at % 3 == 0 {
                files[(parts[at] + 1) % 3].push(format!(" {}\r", lines[at]));
            }
        }
        for (name, file) in ["z.jsonl", "0.jsonl", "sync-conflict copy.jsonl"].iter().zip(&files) {
            home.put(name, &joined(file));
        }
        let other = state(&home);
        prop_assert_eq!(&plain.0, &other.0);
        prop_assert_eq!(&plain.1, &other.1);
    }

    #[test]
    fn lines_that_arrive_one_by_one_lead_to_the_same_log(
        lines in some_lines(),
        split in 0..14_usize,
        torn in any::<bool>(),
    ) {
        let whole = in_one_file(&lines).journal().load();
        let home = Home::in_memory();
        let split = split.min(lines.len());
        home.put("a.jsonl", &joined(&lines[..split]));
        let mut journal = home.journal();
        let mut log = Log::default();
        log.apply(LogChange::Whole(journal.load()));
        for at in split..lines.len() {
            let name = if at % 2 == 0 { "a.jsonl" } else { "b.jsonl" };
            let path = home.places.journal().join(name);
            let mut bytes = std::fs::read(&path).unwrap_or_default();
            bytes.extend(joined(&lines[at..=at]));
            // Where it is torn, its end comes after the rest was seen.
            let end = bytes.len() - usize::from(torn);
            for to in [end, bytes.len()] {
                std::fs::write(&path, &bytes[..to]).unwrap();
                journal.refresh();
                if let Some(change) = journal.take_changes() {
                    log.apply(change);
                }
            }
        }
        prop_assert_eq!(log.entries(), &whole[..]);
    }

    #[test]
    fn a_lost_line_changes_no_other_record(lines in some_lines(), lost in any::<prop::sample::Index>()) {
        let lost = lost.index(lines.len());
        let mut before = by_record(&in_one_file(&lines));
        let mut left = lines.clone();
        let rec = rec_in(&left.remove(lost));
        let mut after = by_record(&in_one_file(&left));
        before.remove(&rec);
        after.remove(&rec);
        prop_assert_eq!(before, after);
    }

    #[test]
    fn any_bytes_between_two_lines_take_neither_along(bytes in proptest::collection::vec(any::<u8>(), 0..200), broken in any::<bool>()) {
        let home = Home::in_memory();
        let (a, b) = (note_line("1", "a", "before"), note_line("2", "b", "after"));
        let mut file = a.into_bytes();
        file.push(b'\n');
        if broken {
            // Something that begins like a line.
            file.extend(&note_line("3", "c", "cut").as_bytes()[..bytes.len() / 2]);
        }
        file.extend(&bytes);
        file.push(b'\n');
        file.extend(b.as_bytes());
        home.put("x.jsonl", &file);
        let notes = home.notes();
        prop_assert!(notes.contains(&"before".to_owned()) && notes.contains(&"after".to_owned()));
        home.journal().doctor();
        add(&mut home.journal(), "further");
        prop_assert_eq!(home.notes().len(), notes.len() + 1);
    }

    #[test]
    fn a_spoilt_byte_costs_no_other_line(lines in some_lines(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut text = joined(&lines);
        let at = at.index(text.len());
        if text[at] != b'\n' && byte != b'\n' && byte != 0 {
            text[at] = byte;
            let home = Home::in_memory();
            home.put("x.jsonl", &text);
            let mut out = Vec::new();
            home.journal().export_jsonl(&mut out).unwrap();
            home.journal().load();
            let report = home.journal().doctor();
            prop_assert!(report.lines >= lines.len() as u64 - 1);
        }
    }

    #[test]
    fn an_undo_takes_back_exactly_what_was_done_and_a_redo_does_it_again(
        acts in proptest::collection::vec((0..4_u8, 0..3_usize, 0..5_u8), 1..8),
        copies in proptest::collection::vec((0..2_usize, 1..4_usize), 0..3),
    ) {
        let home = Home::in_memory();
        let mut journal = home.journal();
        let mut states = vec![journal.load()];
        for (kind, which, value) in acts {
            let entries = journal.load();
            let rec = entries.get(which % entries.len().max(1)).map(|entry| entry.rec.clone());
            let act = match (kind, rec) {
                (0, _) | (_, None) => Act::Add { set: check_in(&format!("n{value}")) },
                (1, Some(rec)) => Act::Delete { rec },
                (2, Some(rec)) => Act::Edit { rec, set: fields("pain", &value), unset: Vec::new() },
                (_, Some(rec)) => Act::Edit { rec, set: fields("stress", &value), unset: vec!["note".into()] },
            };
            journal.perform(act, now()).unwrap();
            states.push(journal.load());
        }
        // Copies of own lines, in files that stand before and after the own one, are no acts and change none.
        let own = std::fs::read_to_string(home.own()).unwrap();
        for (name, each) in copies {
            let lines: Vec<String> = own.lines().step_by(each).map(str::to_owned).collect();
            home.put(["0copy.jsonl", "zcopy.jsonl"][name], &joined(&lines));
        }
        prop_assert_eq!(&journal.load(), &states[states.len() - 1]);
        for expected in states.iter().rev().skip(1) {
            journal.perform(Act::Undo { op: None }, now()).unwrap();
            prop_assert_eq!(&journal.load(), expected);
        }
        let nothing_left = matches!(journal.perform(Act::Undo { op: None }, now()).unwrap(), Outcome::Nothing(_));
        prop_assert!(nothing_left);
        for expected in states.iter().skip(1) {
            journal.perform(Act::Redo, now()).unwrap();
            prop_assert_eq!(&journal.load(), expected);
        }
    }

    #[test]
    fn a_backup_of_a_backup_is_the_same_and_shows_the_same(lines in some_lines()) {
        let home = in_one_file(&[&lines[..], &["garbage".to_owned(), "[1".to_owned()]].concat());
        let backup = |home: &Home| {
            let mut out = Vec::new();
            home.journal().export_jsonl(&mut out).unwrap();
            out
        };
        let first = backup(&home);
        let again = Home::in_memory();
        again.put("import.jsonl", &first);
        prop_assert_eq!(&backup(&again), &first);
        prop_assert_eq!(state(&again), state(&home));
    }
}
