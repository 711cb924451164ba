//! A made-up log of any size, as the journal's files hold it: ten years up to one evening, the same in every run.
//!
//! Of 40 lines, 28 are check-ins, 6 belong to three sessions (a start and an end each), the rest are two questionnaires, two
//! edits, a delete and an undo of an edit. 40 lines so show as 32 entries.

use std::fmt::Write as _;
use std::io::{self, Write};

/// The last moment of it, in seconds since 1970: 2026-11-23 20:00 UTC.
const END: u64 = 1_795_464_000;
/// Seconds that it reaches back.
const REACH: u64 = 10 * 365 * 86_400;

/// Built-in techniques that its sessions are of.
const TECHNIQUES: [&str; 12] = [
    "hand-warm-sweep",
    "knuckle-beside-spine",
    "fist-buttock-knead",
    "wall-ball-beside-spine",
    "wall-ball-side-hip",
    "heat-pad-sit",
    "six-breaths",
    "long-exhale",
    "stand-and-shift",
    "seat-shift",
    "quad-stroke",
    "calf-sweep",
];
const PLACES: [&str; 5] = [
    r#"["belt-line:left"]"#,
    r#"["belt-line:both","sacrum"]"#,
    r#"["upper-outer-buttock:right"]"#,
    r#"["waist-beside-spine:right"]"#,
    r#"["mid-back:both"]"#,
];

/// Writes so many lines. Logs of two machines differ in `machine`.
pub fn write(out: &mut impl Write, lines: u64, machine: u64) -> io::Result<()> {
    let mut log = Made {
        out,
        text: String::new(),
        left: lines,
        number: 0,
        machine,
        step: REACH as f64 / lines.max(1) as f64,
        lines,
    };
    while log.left > 0 {
        log.act()?;
    }
    log.out.flush()
}

struct Made<'a, W> {
    out: &'a mut W,
    /// The line that is being made.
    text: String,
    left: u64,
    /// Lines so far.
    number: u64,
    machine: u64,
    /// Seconds from line to line.
    step: f64,
    lines: u64,
}

impl<W: Write> Made<'_, W> {
    /// One thing that was done: a line, or two for a session.
    fn act(&mut self) -> io::Result<()> {
        let number = self.number;
        match number % 40 {
            5 | 17 | 29 if self.left > 1 => self.session(),
            10 | 30 => self.questionnaire(),
            // Of the check-in just before.
            13 | 25 => self.change(
                "edit",
                number - 1,
                r#","set":{"pain":3,"note":"looked at again"}"#,
            ),
            26 => self.undo(number - 1, number - 2),
            39 => self.change("delete", number - 1, ""),
            _ => self.check_in(),
        }
    }

    fn check_in(&mut self) -> io::Result<()> {
        let n = self.number;
        let some = spread(n + self.machine);
        let rec = id(n, self.machine, 1, self.millis(n));
        self.begin("add", &rec);
        let at = moment(self.millis(n));
        let (pain, stress) = (some % 11, some / 11 % 11);
        let _ = write!(
            self.text,
            r#","set":{{"kind":"check-in","started_at":"{at}","pain":{pain},"stress":{stress}"#
        );
        if n.is_multiple_of(2) {
            let place = PLACES[(some / 121 % 5) as usize];
            let _ = write!(self.text, r#","tightness":4,"regions":{place}"#);
        }
        if n.is_multiple_of(4) {
            self.text.push_str(r#","actions":["walk","heat"]"#);
        }
        if n.is_multiple_of(5) {
            let _ = write!(self.text, r#","tags":["tag{}"]"#, some % 40);
        }
        if n.is_multiple_of(3) {
            self.note(n);
        }
        self.text.push('}');
        self.end()
    }

    /// Ten words out of two thousand; in every hundredth line one that no other has.
    fn note(&mut self, n: u64) {
        self.text.push_str(r#","note":""#);
        for at in 0..10 {
            let word = spread(n * 10 + at);
            for part in 0..4 {
                self.text.push_str(
                    ["dri", "gar", "den", "ve", "lon", "mo", "ru", "ti"]
                        [(word >> (3 * part) & 7) as usize],
                );
            }
            self.text.push(if at < 9 { ' ' } else { '.' });
        }
        if n.is_multiple_of(100) {
            let _ = write!(self.text, " rare{n}");
        }
        self.text.push('"');
    }

    fn session(&mut self) -> io::Result<()> {
        let n = self.number;
        let some = spread(n + self.machine);
        let technique = TECHNIQUES[(some % 12) as usize];
        let rec = id(n, self.machine, 1, self.millis(n));
        let op = self.begin("add", &rec);
        let (at, end) = (self.millis(n), self.millis(n) + 185_000);
        let _ = write!(
            self.text,
            r#","set":{{"kind":"session","started_at":"{}","technique":"{technique}","items":[{{"technique":"{technique}","planned_s":180,"active_s":0,"done":false}}],"status":"running","planned_s":180,"side_first":"left","pain_before":{},"stress_before":{}}}"#,
            moment(at),
            some % 9 + 1,
            some / 9 % 9 + 1,
        );
        self.end()?;
        self.begin("edit", &rec);
        let _ = write!(
            self.text,
            r#","seen":["{op}"],"set":{{"ended_at":"{}","rated_after_at":"{}","items":[{{"technique":"{technique}","planned_s":180,"active_s":180,"done":true}}],"status":"finished","active_s":180,"steps_done":4,"pain_after":{},"stress_after":{}}}"#,
            moment(end),
            moment(end + 20_000),
            some / 81 % 8,
            some / 729 % 8,
        );
        self.end()
    }

    fn questionnaire(&mut self) -> io::Result<()> {
        let n = self.number;
        let some = spread(n + self.machine);
        let rec = id(n, self.machine, 1, self.millis(n));
        self.begin("add", &rec);
        let at = moment(self.millis(n));
        let _ = write!(
            self.text,
            r#","set":{{"kind":"questionnaire","started_at":"{at}","peg":[{},{},{}]}}"#,
            some % 11,
            some / 11 % 11,
            some / 121 % 11
        );
        self.end()
    }

    /// An edit or a delete of the check-in in line `of`.
    fn change(&mut self, kind: &str, of: u64, what: &str) -> io::Result<()> {
        let rec = id(of, self.machine, 1, self.millis(of));
        let seen = id(of, self.machine, 0, self.millis(of));
        self.begin(kind, &rec);
        let _ = write!(self.text, r#","seen":["{seen}"]{what}"#);
        self.end()
    }

    /// An undo of line `of`, which changed the check-in in line `add`.
    fn undo(&mut self, of: u64, add: u64) -> io::Result<()> {
        let rec = id(add, self.machine, 1, self.millis(add));
        let of = id(of, self.machine, 0, self.millis(of));
        let (n, at) = (self.number, self.millis(self.number));
        let op = id(n, self.machine, 0, at);
        let _ = write!(
            self.text,
            r#"{{"v":1,"op":"undo","id":"{op}","rec":"{rec}","of":"{of}","at":"{}","seen":["{of}"]"#,
            moment(at)
        );
        self.end()
    }

    /// The members that every other line begins with; the line's id.
    fn begin(&mut self, op: &str, rec: &str) -> String {
        let at = self.millis(self.number);
        let own = id(self.number, self.machine, 0, at);
        let _ = write!(
            self.text,
            r#"{{"v":1,"op":"{op}","id":"{own}","rec":"{rec}","at":"{}""#,
            moment(at)
        );
        own
    }

    fn end(&mut self) -> io::Result<()> {
        let crc = crc32fast::hash(self.text.as_bytes());
        writeln!(self.out, "{},\"crc\":\"{crc:08x}\"}}", self.text)?;
        self.text.clear();
        self.number += 1;
        self.left -= 1;
        Ok(())
    }

    /// When this line was written.
    fn millis(&self, number: u64) -> u64 {
        let back = (self.lines - number) as f64 * self.step;
        (END - back as u64) * 1000
    }
}

/// A number without a pattern; the same in every run.
fn spread(number: u64) -> u64 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33
}

/// An id of version 7; `part` 0 is the line's, 1 the record's.
fn id(number: u64, machine: u64, part: u64, millis: u64) -> String {
    let random = ((number * 16 + machine) * 2 + part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!(
        "{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}",
        millis >> 16,
        millis & 0xffff,
        random & 0xfff,
        random >> 12 & 0xfff,
        random >> 16
    )
}

/// As lines hold it.
fn moment(millis: u64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(millis.cast_signed()).unwrap_or_default();
    at.format("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}
