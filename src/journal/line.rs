//! One line and the operation it stands for, read with limits and check value.
//!
//! It knows nothing of files or of other lines.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::domain::id::Id;

mod members;

pub(super) use members::Pairs;
use members::{Members, Text};

/// The longest line that is parsed, in bytes without its end.
pub const LINE_MAX: usize = 256 * 1024;

/// What the check value says. The better one is the greater one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// It does not fit the bytes, or stands at the wrong place.
    Wrong,
    /// There is none: written by hand.
    Missing,
    /// It fits.
    Right,
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Begins a record.
    Add,
    /// Changes fields of a record.
    Edit,
    /// Hides a record.
    Delete,
    /// Takes an operation back.
    Undo,
    /// Hides every line of a record for good.
    Forget,
}

impl Kind {
    /// The word in the line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Edit => "edit",
            Self::Delete => "delete",
            Self::Undo => "undo",
            Self::Forget => "forget",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "add" => Self::Add,
            "edit" => Self::Edit,
            "delete" => Self::Delete,
            "undo" => Self::Undo,
            "forget" => Self::Forget,
            _ => return None,
        })
    }

    /// Whether it is an add, an edit or a delete: what people call an act.
    pub fn is_act(self) -> bool {
        matches!(self, Self::Add | Self::Edit | Self::Delete)
    }
}

/// An operation, as far as its line can be borrowed.
#[derive(Debug, Clone)]
pub struct Op<'a> {
    /// What it does.
    pub kind: Kind,
    /// Its own id.
    pub id: Id,
    /// The record it is about.
    pub rec: Id,
    /// What an undo takes back.
    pub of: Option<Id>,
    /// The operations that its writer had seen; `None` when the line does not say.
    pub seen: Option<Vec<Id>>,
    /// Fields with their values as they stand; of a name that stands twice the last.
    pub set: Vec<(Cow<'a, str>, &'a RawValue)>,
    /// Fields taken away.
    pub unset: Vec<Cow<'a, str>>,
    /// When it was written, as it stands. Nothing is decided by it.
    pub at: Option<&'a RawValue>,
    /// What its check value says.
    pub check: Check,
    /// A field's name stands twice.
    pub doubled: bool,
}

/// What a line turned out to be.
#[derive(Debug, Clone)]
pub enum Line<'a> {
    /// Nothing but blanks.
    Blank,
    /// An operation of this version.
    Op(Op<'a>),
    /// Of a newer version: kept, not applied.
    Newer {
        /// Its own id, where it has one.
        id: Option<Id>,
        /// Its record, where it has one.
        rec: Option<Id>,
        /// What its check value says.
        check: Check,
    },
    /// It can't be read.
    Bad(Bad),
}

/// Why a line can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bad {
    /// Longer than [`LINE_MAX`].
    TooLong,
    /// Not UTF-8; the byte within the line.
    NotUtf8(usize),
    /// A line that git writes between two versions of a file.
    GitMarker,
    /// Not one JSON object, or a member is missing, doubled or of the wrong type; what the parser says.
    Unreadable(String),
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => f.write_str("longer than 256 KiB"),
            Self::NotUtf8(at) => write!(f, "not UTF-8 from its byte {at} on"),
            Self::GitMarker => f.write_str("a conflict marker of git"),
            Self::Unreadable(why) => f.write_str(why),
        }
    }
}

/// Cuts blanks and `\r` at both ends.
pub fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\r', rest @ ..] = bytes {
        bytes = rest;
    }
    while let [rest @ .., b' ' | b'\t' | b'\r'] = bytes {
        bytes = rest;
    }
    bytes
}

/// Reads one line, with or without its blanks, without its line feed.
pub fn parse(bytes: &[u8]) -> Line<'_> {
    let bytes = trim(bytes);
    if bytes.is_empty() {
        return Line::Blank;
    }
    if bytes.len() > LINE_MAX {
        return Line::Bad(Bad::TooLong);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Line::Bad(Bad::NotUtf8(error.valid_up_to())),
    };
    match serde_json::from_str::<Members>(text) {
        Ok(members) => members.into_line(text),
        Err(error) => newer(text).unwrap_or_else(|| {
            Line::Bad(if is_git_marker(bytes) {
                Bad::GitMarker
            } else {
                Bad::Unreadable(plain(&error))
            })
        }),
    }
}

/// The parser's words without its line number, which is always 1.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line 1 column ") {
        Some((what, column)) => format!("{what} (at its character {column})"),
        None => text,
    }
}

fn is_git_marker(line: &[u8]) -> bool {
    [&b"<<<<<<<"[..], b"=======", b">>>>>>>", b"|||||||"]
        .iter()
        .any(|marker| line.starts_with(marker))
}

const CRC_OPENS: &[u8] = b",\"crc\":\"";
/// Bytes from [`CRC_OPENS`] to the end of a line.
const CRC_LEN: usize = CRC_OPENS.len() + 8 + 2;

/// The check value at the end of a line, if it stands there in its one form: whether it fits.
fn crc_at_end(line: &str) -> Option<bool> {
    let line = line.as_bytes();
    let (head, tail) = line.split_at(line.len().checked_sub(CRC_LEN)?);
    let digits = tail.strip_prefix(CRC_OPENS)?.strip_suffix(b"\"}")?;
    let mut stated = 0_u32;
    for &digit in digits {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        stated = stated << 4 | u32::from(value);
    }
    Some(crc32fast::hash(head) == stated)
}

/// Whether a line ends in a check value that fits.
pub fn is_right(line: &str) -> bool {
    crc_at_end(line) == Some(true)
}

fn check_of(line: &str, crcs: u32) -> Check {
    match (crcs, crc_at_end(line)) {
        (0, _) => Check::Missing,
        (1, Some(true)) => Check::Right,
        _ => Check::Wrong,
    }
}

impl<'a> Members<'a> {
    fn into_line(self, text: &'a str) -> Line<'a> {
        let check = check_of(text, self.crcs);
        if self.v.is_some_and(is_newer_version) {
            return newer_line(self.id.as_ref(), self.rec.as_ref(), check);
        }
        if self.v.is_none_or(|v| v.get() != "1") {
            return bad("no 'v':1 says which version wrote it");
        }
        let Some(op) = &self.op else {
            return bad("no 'op' says what it does");
        };
        let Some(kind) = Kind::of_word(&op.0) else {
            return newer_line(self.id.as_ref(), self.rec.as_ref(), check);
        };
        let (Some(id), Some(rec)) = (non_empty(self.id.as_ref()), non_empty(self.rec.as_ref()))
        else {
            return bad("'id' or 'rec' is missing or empty");
        };
        if kind == Kind::Undo && self.of.is_none() {
            return bad("an undo without 'of'");
        }
        if kind == Kind::Add && self.set.is_none() {
            return bad("an add without 'set'");
        }
        let set = self.set.unwrap_or_default();
        Line::Op(Op {
            kind,
            id,
            rec,
            of: self.of.map(|of| Id::new(&of.0)),
            seen: self
                .seen
                .map(|ids| ids.iter().map(|id| Id::new(&id.0)).collect()),
            set: set.pairs,
            unset: (self.unset.unwrap_or_default().into_iter())
                .map(|name| name.0)
                .collect(),
            at: self.at,
            check,
            doubled: set.doubled,
        })
    }
}

fn bad(why: &str) -> Line<'static> {
    Line::Bad(Bad::Unreadable(why.to_owned()))
}

fn non_empty(text: Option<&Text<'_>>) -> Option<Id> {
    text.filter(|text| !text.0.is_empty())
        .map(|text| Id::new(&text.0))
}

fn newer_line<'a>(id: Option<&Text<'_>>, rec: Option<&Text<'_>>, check: Check) -> Line<'a> {
    Line::Newer {
        id: non_empty(id),
        rec: non_empty(rec),
        check,
    }
}

/// A number other than 1.
fn is_newer_version(v: &RawValue) -> bool {
    v.get() != "1" && v.get().starts_with(|c: char| c.is_ascii_digit())
}

/// A line whose members have other types may be a newer version's.
fn newer(text: &str) -> Option<Line<'static>> {
    #[derive(Deserialize)]
    struct Loose<'a> {
        #[serde(borrow)]
        v: Option<&'a RawValue>,
        #[serde(borrow)]
        op: Option<&'a RawValue>,
        #[serde(borrow)]
        id: Option<&'a RawValue>,
        #[serde(borrow)]
        rec: Option<&'a RawValue>,
        #[serde(borrow)]
        crc: Option<&'a RawValue>,
    }
    fn text_of(raw: Option<&RawValue>) -> Option<Text<'_>> {
        serde_json::from_str(raw?.get()).ok()
    }
    let loose: Loose<'_> = serde_json::from_str(text).ok()?;
    let (v, op) = (loose.v?, text_of(loose.op));
    let unknown_op = op.is_some_and(|op| Kind::of_word(&op.0).is_none());
    let newer = is_newer_version(v) || (v.get() == "1" && unknown_op);
    if !newer {
        return None;
    }
    let check = check_of(text, u32::from(loose.crc.is_some()));
    let (id, rec) = (text_of(loose.id), text_of(loose.rec));
    Some(newer_line(id.as_ref(), rec.as_ref(), check))
}
