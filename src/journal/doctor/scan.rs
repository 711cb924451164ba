//! One journal file looked at line by line.

use super::Problem;
use crate::domain::record::parse_moment;
use crate::journal::line::{self, Bad, Check, Kind, Line, Op};
use crate::journal::read::Piece;

/// One file, line by line.
#[derive(Default)]
pub(super) struct Scan<'a> {
    pub name: &'a str,
    line: u64,
    pub lines: u64,
    pub unreadable: u64,
    pub newer: u64,
    pub last_at: Option<String>,
    zeros: Option<(u64, u64)>,
    pub problems: Vec<Problem>,
}

impl<'a> Scan<'a> {
    /// Of the file of this name, before its first line.
    pub fn of(name: &'a str) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }

    /// Takes the next piece in.
    pub fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Zeros { at, len } => self.zeros(at, len),
            Piece::TooLong { at, len, .. } => {
                self.line += 1;
                self.lines += 1;
                self.unreadable += 1;
                let reason = format!("a line of {len} bytes, longer than 256 KiB");
                self.report(
                    at,
                    reason,
                    "it was kept and passed over; it is none of ours",
                );
            }
            Piece::Line { at, bytes, ended } => {
                self.line += 1;
                self.look(at, bytes, ended);
            }
        }
    }

    fn zeros(&mut self, at: u64, len: u64) {
        // A long run comes in parts.
        if let Some((_, end)) = &mut self.zeros
            && *end == at
        {
            *end += len;
            return;
        }
        self.zeros = Some((at, at + len));
        let advice = "a crash left them; the lines around them are read";
        self.report(at, "zero bytes instead of text".into(), advice);
    }

    fn report(&mut self, byte: u64, reason: String, advice: &str) {
        self.problems.push(Problem {
            file: self.name.to_owned(),
            line: Some(self.line.max(1)),
            byte: Some(byte),
            rec: None,
            reason,
            advice: advice.to_owned(),
        });
    }

    fn look(&mut self, at: u64, bytes: &[u8], ended: bool) {
        match line::parse(bytes) {
            Line::Blank => return,
            Line::Newer { .. } => {
                self.newer += 1;
                self.report(
                    at,
                    "written by a newer version of unkink".into(),
                    "update unkink on this machine; the line is kept",
                );
            }
            Line::Bad(bad) => {
                self.unreadable += 1;
                let (reason, advice) = explain(&bad, ended);
                self.report(at, reason, advice);
            }
            Line::Op(op) => self.look_at_op(at, &op),
        }
        self.lines += 1;
    }

    fn look_at_op(&mut self, at: u64, op: &Op<'_>) {
        let moment = op
            .at
            .and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
        if op.check == Check::Wrong {
            self.report(
                at,
                "the check value does not fit: the line was changed or damaged".into(),
                "compare it with a backup; its entry is shown and flagged",
            );
        }
        if op.doubled {
            self.report(
                at,
                "a field's name stands twice in it".into(),
                "the last value counts",
            );
        }
        if op.at.is_some() && moment.as_deref().and_then(parse_moment).is_none() {
            self.report(
                at,
                "'at' is not a moment".into(),
                "it plays no part; the line counts",
            );
        }
        if op.kind != Kind::Forget
            && !op.unset.is_empty()
            && op.set.iter().any(|(name, _)| op.unset.contains(name))
        {
            self.report(
                at,
                "it both sets a field and takes it away".into(),
                "the field is set",
            );
        }
        self.last_at = moment.or_else(|| self.last_at.take());
    }
}

fn explain(bad: &Bad, ended: bool) -> (String, &'static str) {
    match bad {
        Bad::Unreadable(why) if !ended => (
            format!("the last line is cut off: {why}"),
            "a crash or a copy under way left it; what was saved before is whole",
        ),
        Bad::GitMarker => (
            bad.to_string(),
            "the lines of both sides are read; the marker may be deleted",
        ),
        Bad::Unreadable(_) => (
            format!("it can't be read: {bad}"),
            "it is kept and plays no part; the lines around it are read",
        ),
        Bad::TooLong | Bad::NotUtf8(_) => (
            format!("it can't be read: {bad}"),
            "it is kept and plays no part",
        ),
    }
}
