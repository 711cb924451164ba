//! Journals that nobody wrote: small nasty ones, mutated and spliced for a bounded time, and what holds for any bytes.
//!
//! `UNKINK_FUZZ_SECONDS=60 cargo test --release --test journal_fuzz -- --ignored --nocapture`; a failure names its seed,
//! which `UNKINK_FUZZ_SEED` runs again, and leaves the journal that it read.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    dead_code
)]

#[path = "journal/home.rs"]
mod home;
#[path = "journal/lines.rs"]
mod lines;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use home::{Home, add, notes};
use lines::note_line;

/// Marsaglia's xorshift: the same numbers for a seed on every machine.
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound.max(1)
    }

    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let released = dir.join("released");
    let mut paths: Vec<PathBuf> = [dir, released]
        .iter()
        .flat_map(|dir| std::fs::read_dir(dir).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "jsonl"))
        .collect();
    paths.sort();
    let read: Vec<Vec<u8>> = paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    assert!(read.len() > 10, "the corpus is there");
    read
}

/// What stands in real lines, to be put where it does not belong.
const PIECES: [&[u8]; 23] = [
    b"\"",
    b"}",
    b"{",
    b"[",
    b"]",
    b",",
    b":",
    b"\\",
    b"\0",
    b"\n",
    b"\r",
    b"\xff",
    b"\xef\xbb\xbf",
    b"null",
    b"1e400",
    b"\"v\":1",
    b"\"op\":\"undo\"",
    b"\"op\":\"forget\"",
    b"\"seen\":[]",
    b"\"crc\":\"00000000\"}",
    b"\\u0000",
    b"\\ud800",
    b"\"note\":",
];

fn mutate(bytes: &mut Vec<u8>, others: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    match chance.below(8) {
        0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        1 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
        2 => {
            let end = (at + 1 + chance.below(60)).min(bytes.len());
            bytes.drain(at..end);
        }
        3 => {
            let piece = chance.pick(&PIECES);
            bytes.splice(at..at, piece.iter().copied());
        }
        4 | 5 => {
            // A line from elsewhere, or a part of one, as often as not in the middle of another.
            let other = &others[chance.below(others.len())];
            let from = chance.below(other.len());
            let len = chance.below(400).min(other.len() - from);
            bytes.splice(at..at, other[from..from + len].iter().copied());
        }
        6 => {
            let lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
            let line = [chance.pick(&lines), b"\n"].concat();
            bytes.extend(line);
        }
        _ => bytes.truncate(at),
    }
}

/// What one journal shows: entries, and both exports.
fn shown(home: &Home) -> (usize, Vec<u8>, Vec<u8>) {
    let mut journal = home.journal();
    let entries = journal.load().len();
    let (mut json, mut lines) = (Vec::new(), Vec::new());
    home.journal().export_json(&mut json).unwrap();
    home.journal().export_jsonl(&mut lines).unwrap();
    (entries, json, lines)
}

fn holds_for(bytes: &[u8], chance: &mut Chance) {
    // Good lines before, after and in another file are there, whatever stands between.
    let (before, after, other) = (
        note_line("zb", "zrb", "before"),
        note_line("za", "zra", "after"),
        note_line("zo", "zro", "other"),
    );
    let home = Home::in_memory();
    let file = [before.as_bytes(), b"\n", bytes, b"\n", after.as_bytes()].concat();
    home.put("x.jsonl", &file);
    home.put("y.jsonl", other.as_bytes());
    let (entries, json, lines) = shown(&home);
    let found = notes(&home.journal().load());
    for wanted in ["before", "after", "other"] {
        assert!(found.iter().any(|note| note == wanted), "lost: {wanted}");
    }
    serde_json::from_slice::<Vec<serde_json::Value>>(&json)
        .map(|list| assert_eq!(list.len(), entries))
        .or_else(|error| match error.to_string() {
            // Deeper than this reader goes: the journal keeps it as it is.
            text if text.contains("recursion limit") => Ok(()),
            // A half of a pair, which JSON can say and no text can hold.
            text if text.contains("surrogate") || text.contains("hex escape") => Ok(()),
            // A number beyond what this reader holds, kept as it stands.
            text if text.contains("number out of range") => Ok(()),
            text => Err(text),
        })
        .unwrap();
    let report = home.journal().doctor();
    assert_eq!(report.visible, entries as u64);

    // Reading has changed nothing; an add adds one entry and leaves every byte.
    assert_eq!(
        std::fs::read(home.places.journal().join("x.jsonl")).unwrap(),
        file
    );
    add(&mut home.journal(), "further");
    assert_eq!(home.journal().load().len(), entries + 1);
    assert_eq!(
        std::fs::read(home.places.journal().join("x.jsonl")).unwrap(),
        file
    );

    // A backup leaves out what was forgotten. Where a forgotten line had taken another record's id, that one shows
    // once it is gone: there is nothing to compare.
    let contested = |reason: &str| reason.contains("carry the id");
    if report.forgotten > 0 && report.problems.iter().any(|one| contested(&one.reason)) {
        return;
    }
    is_the_same_by_its_backup(&text(&json), &lines, chance);
}

/// What the backup of a log shows is what the log shows, and its own backup is the same, in whatever order and files.
fn is_the_same_by_its_backup(shows: &str, lines: &[u8], chance: &mut Chance) {
    let check = |home: &Home, how: &str| {
        let (_, json, again) = shown(home);
        assert_eq!(text(&json), shows, "what it shows, {how}");
        assert_eq!(text(&again), text(lines), "its backup, {how}");
    };
    let again = Home::in_memory();
    again.put("import.jsonl", lines);
    check(&again, "as it is");

    // Order, files and copies do not matter. (A mark at the beginning of a file is no part of its first line.)
    let mut each: Vec<&[u8]> = lines.split(|&byte| byte == b'\n').collect();
    for at in (1..each.len()).rev() {
        each.swap(at, chance.below(at + 1));
    }
    let parts = Home::in_memory();
    let mut files = [b"\n".to_vec(), b"\n".to_vec(), b"\n".to_vec()];
    for line in each {
        for _ in 0..=chance.below(2) {
            files[chance.below(3)].extend([line, b"\n"].concat());
        }
    }
    for (name, file) in ["m.jsonl", "a.jsonl", "x copy.jsonl"].iter().zip(&files) {
        parts.put(name, file);
    }
    check(&parts, "in another order");
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Leaves the journal of a failure where it can be looked at.
struct Witness<'a> {
    seed: u64,
    bytes: &'a [u8],
}

impl Drop for Witness<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let path = std::env::temp_dir().join(format!("unkink-fuzz-{}.jsonl", self.seed));
            drop(std::fs::write(&path, self.bytes));
            println!("seed {}, the journal: {}", self.seed, path.display());
        }
    }
}

fn run(seed: u64, corpus: &[Vec<u8>]) {
    let mut chance = Chance::new(seed);
    let mut bytes = corpus[chance.below(corpus.len())].clone();
    for _ in 0..chance.below(12) {
        mutate(&mut bytes, corpus, &mut chance);
    }
    let witness = Witness {
        seed,
        bytes: &bytes,
    };
    holds_for(witness.bytes, &mut chance);
}

fn from_env(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn every_nasty_journal_that_was_kept_is_read() {
    for bytes in corpus() {
        holds_for(&bytes, &mut Chance::new(1));
    }
}

#[test]
#[ignore = "needs time: UNKINK_FUZZ_SECONDS of it, 60 if unset"]
fn whatever_a_journal_holds_its_neighbours_are_read_and_a_backup_is_the_whole() {
    let corpus = corpus();
    if let Some(seed) = from_env("UNKINK_FUZZ_SEED") {
        return run(seed, &corpus);
    }
    let time = Duration::from_secs(from_env("UNKINK_FUZZ_SECONDS").unwrap_or(60));
    let first = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() << 20);
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < time {
        run(first + count, &corpus);
        count += 1;
    }
    println!("{count} mutated journals read, from seed {first}");
    assert!(count > 100, "too few to say anything: {count}");
}
