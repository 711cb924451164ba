//! Hostile entries and inputs: they go out and in again to the byte, or are refused whole and say where.

use std::fmt::Write as _;

use unkink::domain::record::{FIELDS, Fields};

use super::*;

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len() as u64) as usize]
    }

    fn text(&mut self) -> String {
        const PIECES: [&str; 24] = [
            "plain ",
            "\u{1b}[2J",
            "\u{202e}",
            "\0",
            "\"",
            "\\",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "=cmd()",
            "+1",
            "-1",
            "@a",
            "'",
            ";",
            ", ",
            "𝕂",
            "🙂",
            "é",
            "\u{2028}",
            "\u{feff}",
            "{\"rec\":",
            " ",
        ];
        if self.roll(1000) == 0 {
            let piece = self.one(&PIECES);
            return piece.repeat(16 * 1024 / piece.len());
        }
        (0..self.roll(6)).map(|_| self.one(&PIECES)).collect()
    }

    fn texts(&mut self) -> Vec<String> {
        (0..self.roll(4)).map(|_| self.text()).collect()
    }

    fn entry(&mut self, words: &Vocabulary) -> Fields {
        let mut set = Fields::default();
        let kind = self.one(&[
            "session",
            "check-in",
            "questionnaire",
            "plan",
            "of the future",
        ]);
        set.put("kind", kind);
        let (month, day, hour) = (1 + self.roll(12), 1 + self.roll(28), self.roll(24));
        let offset = self.one(&["+01:00", "Z", "-12:00", "+05:45", "+14:00"]);
        set.put(
            "started_at",
            &format!("2026-{month:02}-{day:02}T{hour:02}:30:00{offset}"),
        );
        for field in FIELDS {
            if self.roll(6) > 0 {
                continue;
            }
            match self.roll(12) {
                0 => set.put(field, &self.text()),
                1 => set.put(field, &self.texts()),
                2 => set.put(field, &self.roll(12)),
                3 => set.put(field, &()),
                4 => set.put(
                    field,
                    &serde_json::json!({"a": self.text(), "b": [1.5, -2e9]}),
                ),
                5 => set.put(field, &[3, 4, 5]),
                _ => self.usual(field, words, &mut set),
            }
        }
        if self.roll(4) == 0 {
            set.put(&format!("x{}", self.text()), &self.text());
        }
        if self.roll(50) == 0 {
            set.put(self.one(&["rec", "set.rec", "more", ""]), "odd");
        }
        set
    }

    fn usual(&mut self, field: &str, words: &Vocabulary, set: &mut Fields) {
        use unkink::domain::vocabulary::WordField;
        let list = |dice: &mut Self, field: WordField| {
            let known = words.words(field);
            (0..dice.roll(3))
                .map(|_| dice.one(&known).to_owned())
                .collect::<Vec<_>>()
        };
        match field {
            "note" | "stopped_because" => set.put(field, &self.text()),
            "tags" => set.put(field, &self.texts()),
            "qualities" => set.put(field, &list(self, WordField::Qualities)),
            "triggers" => set.put(field, &list(self, WordField::Triggers)),
            "mood" => set.put(field, &list(self, WordField::Mood)),
            "regions" => set.put(field, &["belt-line:left", "sacrum"]),
            "technique" => set.put(field, "six-breaths"),
            "items" => set.put(
                field,
                &serde_json::json!([{"technique": self.text(), "planned_s": 3, "active_s": 2, "done": true}]),
            ),
            "status" => set.put(field, "stopped"),
            _ => set.put(field, &self.roll(11)),
        }
    }
}

/// Lines with hostile text: adds, some of them changed, deleted or forgotten, and what no journal should hold. The same
/// from the same seed, which is not zero.
fn hostile_journal(seed: u64, count: usize, words: &Vocabulary) -> Home {
    let home = Home::in_memory();
    let mut dice = Dice(seed);
    let mut text = String::new();
    for number in 0..count {
        let rec = format!("01a20a19-0000-7000-8000-{number:012x}");
        let rec = if dice.roll(50) == 0 {
            serde_json::to_string(&format!("{}{number}", dice.text())).unwrap()
        } else {
            format!("\"{rec}\"")
        };
        let set = serde_json::to_string(&dice.entry(words)).unwrap();
        let head = |op: &str, id: &str| {
            format!(
                "{{\"v\":1,\"op\":\"{op}\",\"id\":\"{id}{number:06}\",\"rec\":{rec},\"at\":\"{AT}\""
            )
        };
        let add = sealed(&format!("{},\"set\":{set}", head("add", "a")));
        writeln!(text, "{add}").unwrap();
        let seen = format!("\"seen\":[\"a{number:06}\"]");
        match dice.roll(40) {
            0 => writeln!(
                text,
                "{}",
                sealed(&format!("{},{seen}", head("delete", "d")))
            )
            .unwrap(),
            1 => writeln!(text, "{}", sealed(&head("forget", "f"))).unwrap(),
            2..6 => {
                let set = serde_json::to_string(&dice.entry(words)).unwrap();
                writeln!(
                    text,
                    "{}",
                    sealed(&format!("{},{seen},\"set\":{set}", head("edit", "e")))
                )
                .unwrap();
            }
            6 => writeln!(text, "{{\"v\":2,\"op\":\"add\",\"id\":\"n{number}\"}}").unwrap(),
            7 => writeln!(text, "torn {{ {number}").unwrap(),
            _ => {}
        }
    }
    home.put("hostile.jsonl", text.as_bytes());
    let long = vec![b'x'; 300 * 1024];
    home.put("long.jsonl", &[&long[..], b"\n"].concat());
    home
}

#[test]
fn hostile_entries_go_out_and_in_again_byte_for_byte_and_only_once() {
    go_out_and_in_again(0x5eed, 1_500);
}

#[test]
#[ignore = "needs ten seconds"]
fn ten_thousand_hostile_entries_go_out_and_in_again_byte_for_byte_and_only_once() {
    go_out_and_in_again(0xbeef, 10_000);
}

fn go_out_and_in_again(seed: u64, count: usize) {
    let library = library();
    let words = library.vocabulary();
    let from = hostile_journal(seed, count, words);
    for format in FORMATS {
        let out = export(&from, format, words);
        let to = Home::in_memory();
        let first = import(&to, &out, format, words);
        assert!(first.new as usize > count / 10 * 9, "{first:?}");
        assert!(export(&to, format, words) == out, "{format:?} differs");
        let files = to.files();
        assert_eq!(files.len(), 1);
        assert_eq!(mode(&files[0]), 0o600);
        let second = import(&to, &out, format, words);
        assert_eq!((second.new, second.file), (0, None), "{format:?}");
        assert_eq!(second.differing, 0, "{format:?}: {:?}", second.differ);
        // Also where it came from.
        let home = import(&from, &out, format, words);
        assert_eq!(
            (home.new, home.differing),
            (0, 0),
            "{format:?}: {:?}",
            home.differ
        );
    }
}

/// Where rows of a table end, each behind its line feed; the header is the first. A line feed within quotation marks
/// belongs to a cell.
fn ends_of_rows(table: &[u8]) -> Vec<usize> {
    let mut quoted = false;
    let mut ends = Vec::new();
    for (at, &byte) in table.iter().enumerate() {
        quoted ^= byte == b'"';
        if byte == b'\n' && !quoted {
            ends.push(at + 1);
        }
    }
    ends
}

/// How many entries or lines come in from what is left, where nothing shows that there was more.
fn left_whole(format: Format, out: &[u8], len: usize) -> Option<usize> {
    match format {
        // The bracket at the end closes it; the line feed behind that is no loss.
        Format::Json => (len == out.len() - 1).then(|| {
            let all: Vec<serde_json::Value> = serde_json::from_slice(out).unwrap();
            all.len()
        }),
        // A last line without its line feed is still seen to be whole, if it is one at all.
        Format::Jsonl => {
            let left = &out[..len];
            let ended = left.split(|byte| *byte == b'\n').count() - 1;
            let last = left.rsplit(|byte| *byte == b'\n').next().unwrap();
            let is_line = serde_json::from_slice::<serde_json::Value>(last).is_ok();
            match (last, out[len]) {
                ([], _) => Some(ended),
                (_, b'\n') if is_line => Some(ended + 1),
                _ => None,
            }
        }
        // A cell has no such sign.
        Format::Csv => ends_of_rows(out).iter().position(|end| *end == len),
    }
}

#[test]
fn what_is_cut_off_within_an_entry_is_refused_whole() {
    let library = library();
    let words = library.vocabulary();
    // Among them lines that are whole and yet none.
    for seed in [1, 2, 14] {
        let from = hostile_journal(seed, 3, words);
        fs::remove_file(from.places.journal().join("long.jsonl")).unwrap();
        for format in FORMATS {
            let out = export(&from, format, words);
            for len in 1..out.len() {
                let at = || format!("seed {seed}, {format:?} cut at {len} of {}", out.len());
                let home = Home::in_memory();
                let came = import_on(&mut home.journal(), &out[..len], format, words);
                match (came, left_whole(format, &out, len)) {
                    (Ok(done), Some(whole)) => {
                        assert_eq!(usize::try_from(done.new).unwrap(), whole, "{}", at());
                    }
                    (Err(Refused::Input(why)), None) => {
                        assert!(!why.is_empty(), "{}", at());
                        assert_eq!(home.files(), [] as [PathBuf; 0], "{}", at());
                    }
                    // Names of columns without a row are a table with nothing in it.
                    (Ok(done), None) if format == Format::Csv && len < ends_of_rows(&out)[0] => {
                        assert_eq!(done.new, 0, "{}", at());
                        assert_eq!(home.files(), [] as [PathBuf; 0], "{}", at());
                    }
                    (came, whole) => panic!("{}: {whole:?}, but {came:?}", at()),
                }
            }
        }
    }
}

#[test]
fn hostile_inputs_are_refused_and_say_where() {
    let library = library();
    let words = library.vocabulary();
    let home = Home::new();
    add(&mut home.journal(), "here");
    let deep = format!("[{{\"rec\":\"a\",\"x\":{}", "[".repeat(100_000));
    let many = format!("[{{\"rec\":\"a\"{}}}", ",\"x\":1".repeat(3));
    let wide = format!("[{{\"rec\":\"a\",\"x\":\"{}\"}}]", "y".repeat(17 << 20));
    let unclosed = format!("date,note\n2026-11-01,\"{}", "y".repeat(17 << 20));
    for (format, text, said) in [
        (
            Format::Json,
            "[{\"rec\":\"a\",\"pain\":4},{\"pain\":4}]",
            "line 1, column",
        ),
        (
            Format::Json,
            "[{\"rec\":\"a\"},{\"rec\":\"a\"}]",
            "the same rec as at entry 1",
        ),
        (Format::Json, "[{\"rec\":\"a\"}] x", "trailing"),
        (Format::Json, "{\"rec\":\"a\"}", "an array of entries"),
        (Format::Json, "[[1]]", "an entry"),
        (Format::Json, &deep, "EOF"),
        (Format::Json, &many, "stands twice"),
        (Format::Json, &wide, "16 MiB"),
        (Format::Jsonl, "nonsense\n", "no line of it"),
        (Format::Csv, &unclosed, "16 MiB"),
        (Format::Csv, "pain,note\n4,x\n", "no column 'started_at'"),
        (
            Format::Csv,
            "date,pain\n2026-11-01,4\n2026-11-02,11\n",
            "line 3, column 'pain': '11'",
        ),
        (
            Format::Csv,
            "date,quality\n2026-11-01,acking\n",
            "did you mean 'aching'",
        ),
        (
            Format::Csv,
            "date,pain\n2026-11-01,4,5\n",
            "line 2: 3 cells",
        ),
        (
            Format::Csv,
            "date,pain\n2026-11-01,\n",
            "line 2: nothing is said",
        ),
        (Format::Csv, "date,pain\n,4\n", "line 2"),
        (
            Format::Csv,
            "date,pain\n01/11/2026,4\n",
            "give 2026-11-01 21:30",
        ),
        (
            Format::Csv,
            "date,pain,Pain\n2026-11-01,4,4\n",
            "mean the same",
        ),
        (
            Format::Csv,
            "date,note\n2026-11-01,a\"b\n",
            "quotation marks",
        ),
        (
            Format::Csv,
            "rec,pain,more\na,4,\"{\"\"pain\"\":5}\"\n",
            "has a cell of its own",
        ),
        (
            Format::Csv,
            "rec,pain\na,4\na,5\n",
            "line 3: the same rec as at line 2",
        ),
    ] {
        let why = refused(&home, text.as_bytes(), format, words);
        assert!(why.contains(said), "{said}: {why}");
    }
    let why = refused(&home, b"date,note\n2026-11-01,\xff\n", Format::Csv, words);
    assert!(why.contains("line 2") && why.contains("not UTF-8"), "{why}");
    let all = refused(
        &home,
        b"date,pain\n2026-11-01,11\n2026-11-01,12\n",
        Format::Csv,
        words,
    );
    assert!(all.contains("line 2") && all.contains("line 3"), "{all}");
    assert_eq!(home.notes(), ["here"]);
}
