//! What can befall the bytes of a file: cut off, full of zeros, other line ends, no UTF-8, lines without end.

use super::{doctor, read, reasons, sorted};
use crate::home::*;
use crate::lines::*;

#[test]
fn wherever_a_file_is_cut_off_the_whole_lines_before_are_read_and_the_next_add_stands_alone() {
    let whole = Home::new();
    for number in 0..4 {
        add(&mut whole.journal(), &format!("n{number}"));
    }
    let path = whole.own();
    let bytes = std::fs::read(&path).unwrap();
    for cut in 0..=bytes.len() {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        let text = &bytes[..cut];
        let ends = text.split(|&byte| byte == b'\n').count() - 1;
        // A line is whole with its last brace, whether or not its line feed has come.
        let unended = usize::from(text.ends_with(b"\"}") && bytes.get(cut) == Some(&b'\n'));
        assert_eq!(whole.notes().len(), ends + unended, "cut at {cut}");
        add(&mut whole.journal(), "after");
        let after = whole.notes();
        assert_eq!(after.len(), ends + unended + 1, "cut at {cut}");
        assert!(std::fs::read(&path).unwrap().starts_with(text));
    }
}

#[test]
fn zero_bytes_between_lines_take_no_neighbour_along() {
    let (a, b, c) = (
        note_line("1", "a", "a"),
        note_line("2", "b", "b"),
        note_line("3", "c", "c"),
    );
    let zeros = vec![0_u8; 4096];
    let bytes = [
        a.as_bytes(),
        b"\n",
        &zeros,
        b.as_bytes(),
        b"\n",
        &zeros,
        b"\n",
        c.as_bytes(),
        &zeros,
    ]
    .concat();
    let (home, notes) = read(&bytes);
    assert_eq!(notes, ["a", "b", "c"]);
    assert_eq!(reasons(&home).matches("zero bytes").count(), 3);
}

#[test]
fn a_file_of_zeros_or_of_nothing_is_no_first_run_and_other_files_load() {
    let home = Home::new();
    add(&mut home.journal(), "mine");
    let own = home.own();
    home.put("other.jsonl", &joined(&[note_line("1", "o", "other")]));
    for bytes in [vec![0; 5000], Vec::new()] {
        std::fs::write(&own, &bytes).unwrap();
        assert_eq!(home.notes(), ["other"]);
        assert_eq!(reasons(&home).contains("zero bytes"), !bytes.is_empty());
        add(&mut home.journal(), "again");
        assert_eq!(sorted(&home), ["again", "other"]);
        assert!(std::fs::read(&own).unwrap().starts_with(&bytes));
        assert_eq!(home.files().len(), 2);
    }
}

#[test]
fn line_ends_of_other_systems_marks_and_blanks_need_no_word() {
    let lines = [note_line("1", "a", "a"), note_line("2", "b", "b")];
    let text = format!("\u{feff}{}\r\n\r\n \t\n  {} \t\r\n", lines[0], lines[1]);
    let (home, notes) = read(text.as_bytes());
    assert_eq!(notes, ["a", "b"]);
    let report = doctor(&home);
    assert_eq!((report.lines, report.unreadable_lines), (2, 0));
    let about_lines = report
        .problems
        .iter()
        .filter(|problem| problem.line.is_some());
    assert_eq!(about_lines.count(), 0);
}

#[test]
fn a_line_that_is_no_utf8_is_reported_with_its_place() {
    let (a, b) = (note_line("1", "a", "a"), note_line("2", "b", "b"));
    let bytes = [
        a.as_bytes(),
        b"\n{\"v\":1,\"note\":\"\xff\"}\n",
        b.as_bytes(),
        b"\n",
    ]
    .concat();
    let (home, notes) = read(&bytes);
    assert_eq!(notes, ["a", "b"]);
    let place = format!("x.jsonl:Some(2):Some({})", a.len() + 1);
    let reasons = reasons(&home);
    assert!(
        reasons.contains(&place) && reasons.contains("UTF-8"),
        "{reasons}"
    );
}

#[test]
fn a_line_too_long_to_be_ours_is_passed_over() {
    let (a, b) = (note_line("1", "a", "a"), note_line("2", "b", "b"));
    for long in [vec![b'x'; 3 << 20], b"{\"v\":1,".repeat(500_000)] {
        let bytes = [
            a.as_bytes(),
            b"\n",
            &long,
            b"\n",
            b.as_bytes(),
            b"\n",
            &long,
        ]
        .concat();
        let (home, notes) = read(&bytes);
        assert_eq!(notes, ["a", "b"]);
        assert_eq!(doctor(&home).unreadable_lines, 2);
    }
}

#[test]
fn the_longest_line_is_256_kib() {
    let line = |len: usize| {
        let shortest = note_line("1", "a", "").len();
        note_line("1", "a", &"n".repeat(len - shortest))
    };
    let (_, notes) = read(line(256 * 1024).as_bytes());
    assert_eq!(notes.len(), 1);
    let (home, notes) = read(line(256 * 1024 + 1).as_bytes());
    assert!(notes.is_empty());
    assert!(reasons(&home).contains("256 KiB"));
}
