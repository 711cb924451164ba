//! Undo and redo: which act is meant, and the lines that take it back or bring it back.

use chrono::{DateTime, FixedOffset};

use super::acts::{Outcome, Prepared, Refused, done};
use super::append::own_files;
use super::draft::Draft;
use super::index::{Index, Stale};
use super::line::{Check, Kind, Op};
use super::load::entry_of;
use super::merge::{Conflict, Merged, merge};
use super::{Journal, device, mint};
use crate::domain::id::Id;
use crate::domain::record::{Entry, Kind as EntryKind, What};
use crate::domain::when::day_text;

type Lines = (Vec<Draft>, Outcome);

impl Journal {
    /// Takes back one line, or the newest act of this machine that is on.
    pub(super) fn undo_lines(
        &self,
        index: &Index,
        prepared: &Prepared,
        op: Option<&Id>,
    ) -> Result<Lines, Refused> {
        if let Some(id) = op {
            for slot in index.slots_with_id(id) {
                if let Some(made) = take_back(index, prepared, slot, id)? {
                    return made;
                }
            }
            let why = "there is no such line in the journal";
            return Err(Refused::Nothing(why.into()));
        }
        for slot in self.own_slots_newest_first(index) {
            if index.place(slot).kind().is_some_and(Kind::is_act)
                && let Some(id) = act_that_is_on(index, slot)?
                && let Some(made) = take_back(index, prepared, slot, &id)?
            {
                return made;
            }
        }
        Err(Refused::Nothing("nothing to undo".into()))
    }

    /// Brings back what the newest undo of this machine took away, unless something new was written since.
    pub(super) fn redo_lines(&self, index: &Index, prepared: &Prepared) -> Result<Lines, Refused> {
        let nothing = || Refused::Nothing("nothing to redo".into());
        for slot in self.own_slots_newest_first(index) {
            match index.place(slot).kind() {
                Some(Kind::Add | Kind::Edit | Kind::Delete) => return Err(nothing()),
                Some(Kind::Undo) => {
                    if let Some(made) = bring_back(index, prepared, slot)? {
                        return Ok(made);
                    }
                }
                Some(Kind::Forget) | None => {}
            }
        }
        Err(nothing())
    }

    fn own_slots_newest_first(&self, index: &Index) -> Vec<u32> {
        let device = device::find(self.places());
        let files = own_files(&self.places().journal(), &device);
        let names = files.iter().filter_map(|path| path.file_name());
        let mut slots: Vec<u32> = names.flat_map(|name| index.slots_in(name)).collect();
        slots.reverse();
        slots
    }
}

fn position(ops: &[Op<'_>], id: &Id) -> Option<usize> {
    ops.iter().position(|op| op.id == *id)
}

/// The id of the act that the line in this slot is about, if that counts and is on. The line that counts may be
/// another one with its id, such as its copy in another file.
fn act_that_is_on(index: &Index, slot: u32) -> Result<Option<Id>, Stale> {
    let Some(id) = index.id_of(slot)? else {
        return Ok(None);
    };
    let record = index.slots_of(index.rec_key(slot));
    let is_on = index.merge(&record, |ops, merged| {
        let at = position(ops, &id).filter(|&at| ops[at].kind.is_act());
        let lasting = merged.standing != super::Standing::Forgotten;
        lasting && at.is_some_and(|at| merged.on[at])
    })?;
    Ok((is_on == Some(true)).then_some(id))
}

/// An undo of the operation `id`, which stands in `slot`. `None`: it does not count there.
fn take_back(
    index: &Index,
    prepared: &Prepared,
    slot: u32,
    id: &Id,
) -> Result<Option<Result<Lines, Refused>>, Stale> {
    let record = index.slots_of(index.rec_key(slot));
    let made = index.merge(&record, |ops, merged| {
        let at = position(ops, id)?;
        let op = &ops[at];
        if op.kind == Kind::Forget || merged.standing == super::Standing::Forgotten {
            return Some(Err(Refused::Nothing(
                "what was forgotten can't be brought back".into(),
            )));
        }
        if !merged.on[at] {
            return Some(Err(Refused::Nothing("that was taken back already".into())));
        }
        let mut draft = prepared.draft(Kind::Undo, &op.rec);
        draft.of = Some(id.clone());
        draft.seen = Some(merged.heads.clone());
        let after = with(ops, std::slice::from_ref(&draft));
        let note = format!(
            "taken back: {}{}",
            told(op, merged, &after, prepared),
            unchanged(merged, &after)
        );
        Some(Ok(done(vec![draft], note)))
    })?;
    Ok(made.flatten())
}

/// Undos of each undo of the act that the undo in this slot took back, if that is still off because of it.
fn bring_back(index: &Index, prepared: &Prepared, slot: u32) -> Result<Option<Lines>, Stale> {
    let Some(id) = index.id_of(slot)? else {
        return Ok(None);
    };
    let record = index.slots_of(index.rec_key(slot));
    let made = index.merge(&record, |ops, merged| {
        let undo = position(ops, &id).filter(|&at| merged.on[at])?;
        let named = ops[undo].of.as_ref()?;
        let act = ops
            .iter()
            .position(|op| op.id == *named && op.kind.is_act())?;
        if merged.on[act] || merged.standing == super::Standing::Forgotten {
            return None;
        }
        let undos = (0..ops.len()).filter(|&at| {
            merged.on[at] && ops[at].kind == Kind::Undo && ops[at].of.as_ref() == Some(&ops[act].id)
        });
        let mut drafts: Vec<Draft> = Vec::new();
        for at in undos {
            let mut draft = prepared.draft(Kind::Undo, &ops[at].rec);
            if !drafts.is_empty() {
                draft.id = mint(prepared.at);
            }
            draft.of = Some(ops[at].id.clone());
            draft.seen = Some(merged.heads.clone());
            drafts.push(draft);
        }
        let after = with(ops, &drafts);
        let note = format!(
            "done again: {}{}",
            told(&ops[act], merged, &after, prepared),
            unchanged(merged, &after)
        );
        Some(done(drafts, note))
    })?;
    Ok(made.flatten())
}

/// The record as it will be with these undos.
fn with(ops: &[Op<'_>], undos: &[Draft]) -> Merged {
    let mut ops = ops.to_vec();
    ops.extend(undos.iter().map(|draft| Op {
        kind: draft.kind,
        id: draft.id.clone(),
        rec: draft.rec.clone(),
        of: draft.of.clone(),
        seen: draft.seen.clone(),
        set: Vec::new(),
        unset: Vec::new(),
        at: None,
        check: Check::Right,
        doubled: false,
    }));
    merge(&ops)
}

/// What is told besides: two machines differ again, or nothing is to be seen of it.
fn unchanged(before: &Merged, after: &Merged) -> &'static str {
    let settled =
        |conflict: &Conflict| before.conflicts.iter().all(|one| one.name != conflict.name);
    let is_visible = after.standing == super::Standing::Visible;
    let (was, is) = (
        before.marks.deleted_elsewhere,
        after.marks.deleted_elsewhere,
    );
    if after.conflicts.iter().any(settled) {
        "; both versions are there again"
    } else if is && !was && is_visible {
        "; the delete and the change are both there again"
    } else if was && !is {
        if is_visible {
            "; the entry stays"
        } else {
            "; the entry is deleted now"
        }
    } else if before.looks_like(after) {
        "; the entry looks as it did before"
    } else {
        ""
    }
}

/// What an operation did, for people.
fn told(op: &Op<'_>, before: &Merged, after: &Merged, prepared: &Prepared) -> String {
    let entry = entry_of(&op.rec, before).or_else(|| entry_of(&op.rec, after));
    let what = entry.map_or_else(
        || "an entry".to_owned(),
        |entry| brief(&entry, &prepared.at),
    );
    match op.kind {
        Kind::Add => what,
        Kind::Delete => format!("the delete of {what}"),
        Kind::Edit if op.set.iter().any(|(name, _)| name == "status") => {
            format!("how {what} ended, not yet its start")
        }
        Kind::Edit => {
            let names = op.set.iter().map(|(name, _)| name).chain(&op.unset);
            let names: Vec<&str> = names.map(|name| &**name).collect();
            format!("the change of {} in {what}", names.join(", "))
        }
        Kind::Undo | Kind::Forget => format!("an undo in {what}"),
    }
}

/// An entry in a few words: 'pain 4, stress 3 from 21:30', with its day where that is another than now's.
pub fn brief(entry: &Entry, now: &DateTime<FixedOffset>) -> String {
    let mut words = Vec::new();
    match &entry.what {
        Some(What::Technique(slug) | What::Routine(slug)) => words.push(slug.to_string()),
        Some(What::Queue) => words.push("a session".to_owned()),
        None => {}
    }
    let scales = [("pain", entry.pain), ("stress", entry.stress)];
    words.extend(
        scales
            .iter()
            .filter_map(|(name, scale)| Some(format!("{name} {}", (*scale)?))),
    );
    if words.is_empty() {
        words.push(match entry.kind {
            EntryKind::Questionnaire => "a questionnaire".to_owned(),
            _ => "an entry".to_owned(),
        });
    }
    let from = entry.started_at.map(|at| {
        let day = match at.date_naive() {
            day if day == now.date_naive() => String::new(),
            day => day_text(day, now.date_naive()) + ", ",
        };
        format!(" from {day}{}", at.format("%H:%M"))
    });
    words.join(", ") + &from.unwrap_or_default()
}
