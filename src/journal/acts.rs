//! From an act to its lines: what is asked, what the record's heads are, and the append, all under one lock.

use chrono::{DateTime, FixedOffset};

use super::append::Held;
use super::draft::Draft;
use super::index::{Index, Stale};
use super::line::{Kind, LINE_MAX};
use super::load::entry_of;
use super::merge::{Merged, Standing};
use super::{Journal, mint};
use crate::domain::id::Id;
use crate::domain::record::{Fields, moment_text};
use crate::domain::storage::{Act, Failure};

/// What became of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is on the disk.
    Done {
        /// The record it is about.
        rec: Id,
        /// The (last) line written.
        op: Id,
        /// What was done, for people; empty for plain writes.
        note: String,
    },
    /// There was nothing to do, and this is why.
    Nothing(String),
}

/// An act with its ids, so that trying again writes the same lines and not a second time as something new.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(super) act: Act,
    pub(super) at: DateTime<FixedOffset>,
    pub(super) id: Id,
    rec: Id,
    /// Once made, the lines and what came of them.
    lines: Option<(Vec<Written>, Outcome)>,
    insist: bool,
    /// Decided by what was shown: what came since has not been seen.
    as_shown: bool,
}

impl Prepared {
    /// Mints its ids.
    pub fn new(act: Act, at: DateTime<FixedOffset>) -> Self {
        Self {
            id: mint(at),
            rec: mint(at),
            act,
            at,
            lines: None,
            insist: false,
            as_shown: false,
        }
    }

    /// An act of somebody who had the entry before their eyes. Where another process has changed it since, the two count
    /// as made apart: both are kept, and the entry says so.
    pub(super) fn decided_as_shown(self) -> Self {
        Self {
            as_shown: true,
            ..self
        }
    }

    /// An edit or delete that is written even where the record is hidden: a session's end must not get lost.
    pub(super) fn insisting(act: Act, at: DateTime<FixedOffset>) -> Self {
        Self {
            insist: true,
            ..Self::new(act, at)
        }
    }

    /// The record that an add begins.
    pub fn rec(&self) -> &Id {
        &self.rec
    }

    /// A line of this act about a record.
    pub(super) fn draft(&self, kind: Kind, rec: &Id) -> Draft {
        Draft::new(kind, self.id.clone(), rec.clone(), moment_text(&self.at))
    }
}

/// A line with the ids of its operation and record.
pub(super) type Written = (Id, Id, String);

/// Why lines could not be made.
pub(super) enum Refused {
    Nothing(String),
    Stale,
    Failed(Failure),
}

impl From<Stale> for Refused {
    fn from(_: Stale) -> Self {
        Self::Stale
    }
}

impl Journal {
    /// Carries out a prepared act. After a failure it may be given again: it then writes the same lines.
    pub fn carry_out(&mut self, prepared: &mut Prepared) -> Result<Outcome, Failure> {
        let adds = matches!(prepared.act, Act::Add { .. });
        if !adds && self.index.is_none() {
            self.load();
        }
        let held = self.writer.lock()?;
        if prepared.lines.is_none() {
            match self.lines_for(prepared, &held) {
                Ok((drafts, outcome)) => {
                    let lines: Vec<Written> = drafts
                        .into_iter()
                        .map(|draft| (draft.id.clone(), draft.rec.clone(), draft.text()))
                        .collect();
                    self.refuse_too_long(&lines)?;
                    prepared.lines = Some((lines, outcome));
                }
                Err(Refused::Nothing(why)) => return Ok(Outcome::Nothing(why)),
                Err(Refused::Stale) => return Err(self.moving()),
                Err(Refused::Failed(failure)) => return Err(failure),
            }
        }
        let Some((lines, outcome)) = &prepared.lines else {
            return Err(self.moving());
        };
        let texts: Vec<&str> = lines.iter().map(|(_, _, text)| &**text).collect();
        self.writer.append(&held, &texts)?;
        self.written.extend_from_slice(lines);
        let outcome = outcome.clone();
        self.refresh();
        self.sweep(&held);
        drop(held);
        Ok(outcome)
    }

    fn moving(&self) -> Failure {
        Failure {
            path: self.places().journal(),
            why: "the files keep changing while they are read; try again".into(),
            retry: true,
        }
    }

    fn refuse_too_long(&self, lines: &[Written]) -> Result<(), Failure> {
        if lines.iter().all(|(_, _, line)| line.len() <= LINE_MAX) {
            return Ok(());
        }
        Err(Failure {
            path: self.places().journal(),
            why: "the entry is too long: 256 KiB is the most that one line may hold".into(),
            retry: false,
        })
    }

    /// Under the lock: looks at the files, and makes the lines for an act.
    fn lines_for(
        &mut self,
        prepared: &Prepared,
        held: &Held,
    ) -> Result<(Vec<Draft>, Outcome), Refused> {
        if let Act::Add { set } = &prepared.act {
            let mut draft = prepared.draft(Kind::Add, &prepared.rec);
            draft.set = Some(set.clone());
            return Ok(done(vec![draft], String::new()));
        }
        let shown = self.heads_shown(prepared);
        self.refresh();
        for _ in 0..2 {
            // What an act is about may be a line of ours that somebody took away.
            self.restore_lost_under(held).map_err(Refused::Failed)?;
            let Some(index) = &self.index else {
                return Err(Refused::Stale);
            };
            match self.lines_from(index, prepared, &shown) {
                Err(Refused::Stale) => self.reload(),
                made => return made,
            }
        }
        Err(Refused::Stale)
    }

    /// The heads of the act's record as they were last told of; none where that does not matter or nothing was.
    fn heads_shown(&self, prepared: &Prepared) -> Vec<Id> {
        let (Act::Edit { rec, .. } | Act::Delete { rec }) = &prepared.act else {
            return Vec::new();
        };
        let index = self.index.as_ref().filter(|_| prepared.as_shown);
        let heads =
            index.and_then(|index| index.record(rec, |_, merged| merged.heads.clone()).ok());
        heads.flatten().unwrap_or_default()
    }

    fn lines_from(
        &self,
        index: &Index,
        prepared: &Prepared,
        shown: &[Id],
    ) -> Result<(Vec<Draft>, Outcome), Refused> {
        match &prepared.act {
            Act::Edit { rec, set, unset } => edit(index, prepared, shown, rec, set, unset),
            Act::Delete { rec } => delete(index, prepared, shown, rec),
            Act::Undo { op } => self.undo_lines(index, prepared, op.as_ref()),
            Act::Redo => self.redo_lines(index, prepared),
            Act::Add { .. } => Err(Refused::Stale),
        }
    }
}

pub(super) fn done(drafts: Vec<Draft>, note: String) -> (Vec<Draft>, Outcome) {
    let outcome = match drafts.last() {
        Some(last) => Outcome::Done {
            rec: last.rec.clone(),
            op: last.id.clone(),
            note,
        },
        None => Outcome::Nothing(note),
    };
    (drafts, outcome)
}

fn edit(
    index: &Index,
    prepared: &Prepared,
    shown: &[Id],
    rec: &Id,
    set: &Fields,
    unset: &[String],
) -> Result<(Vec<Draft>, Outcome), Refused> {
    let merged = changeable(index, rec, prepared.insist)?;
    let mut draft = prepared.draft(Kind::Edit, rec);
    draft.seen = Some(seen(shown, merged.heads));
    draft.set = Some(set.clone());
    draft.unset = unset.to_vec();
    Ok(done(vec![draft], String::new()))
}

fn delete(
    index: &Index,
    prepared: &Prepared,
    shown: &[Id],
    rec: &Id,
) -> Result<(Vec<Draft>, Outcome), Refused> {
    let merged = changeable(index, rec, prepared.insist)?;
    let what = entry_of(rec, &merged).map(|entry| super::undo::brief(&entry, &prepared.at));
    let mut draft = prepared.draft(Kind::Delete, rec);
    draft.seen = Some(seen(shown, merged.heads));
    let note = what
        .map(|what| format!("deleted: {what}"))
        .unwrap_or_default();
    Ok(done(vec![draft], note))
}

/// What an act has seen: what was shown, else all there is.
fn seen(shown: &[Id], heads: Vec<Id>) -> Vec<Id> {
    if shown.is_empty() {
        heads
    } else {
        shown.to_vec()
    }
}

/// The record as it stands, if it can be changed.
fn changeable(index: &Index, rec: &Id, insist: bool) -> Result<Merged, Refused> {
    let merged = index.record(rec, |_, merged| merged.clone())?;
    let why = match merged.as_ref().map(|merged| merged.standing) {
        Some(Standing::Visible) => "",
        Some(Standing::Deleted) => "that entry was deleted; undo the delete first",
        Some(Standing::Forgotten) => "that entry was forgotten",
        Some(Standing::Waiting) | None => "there is no such entry",
    };
    match merged {
        Some(merged) if why.is_empty() || (insist && merged.standing == Standing::Deleted) => {
            Ok(merged)
        }
        _ => Err(Refused::Nothing(why.to_owned())),
    }
}
