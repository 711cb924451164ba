//! What is wrong with the files, if anything: each finding with its place, the reason and what to do. Read-only.

use std::collections::HashMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde::Serialize;

use super::Journal;
use super::deeds::op_ends;
use super::device::{self, Whose};
use super::differing::hiding;
use super::forget;
use super::index::Index;
use super::line::Op;
use super::merge::{Merged, Standing};
use super::read::{self, Lines};
use crate::domain::id::Id;
use crate::domain::order;
mod machines;
mod scan;

pub use machines::Machine;
use scan::Scan;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file, or the directory; empty where it is about a record as a whole.
    pub file: String,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The byte in the file, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// The record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rec: Option<String>,
    /// What is wrong, one line.
    pub reason: String,
    /// What to do about it, one line.
    pub advice: String,
}

/// A journal file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// Its name in the journal's directory.
    pub name: String,
    /// This machine's own.
    pub own: bool,
    /// Bytes.
    pub bytes: u64,
    /// Lines that are not blank.
    pub lines: u64,
    /// When its last line was written, as it stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_at: Option<String>,
}

/// Everything that was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// The journal's directory.
    pub journal: String,
    /// Its files in the order of their names.
    pub files: Vec<FileReport>,
    /// Distinct machines that have written, as far as file names tell.
    pub machines: usize,
    /// These machines, this one first.
    pub seen: Vec<Machine>,
    /// Lines that are not blank, in all files.
    pub lines: u64,
    /// Lines that can't be read.
    pub unreadable_lines: u64,
    /// Lines of a newer version.
    pub newer_lines: u64,
    /// Records that are shown.
    pub visible: u64,
    /// Records that were deleted.
    pub deleted: u64,
    /// Records that were forgotten.
    pub forgotten: u64,
    /// Records whose first line has not arrived.
    pub waiting: u64,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// So many findings of one kind are listed; the rest is counted.
const LISTED: usize = 200;

impl Journal {
    /// Reads everything and reports.
    pub fn doctor(&mut self) -> Report {
        let dir = self.places().journal();
        let mut report = Report {
            journal: dir.to_string_lossy().into_owned(),
            ..Report::default()
        };
        self.load();
        for failure in self.unreadable() {
            report.problems.push(Problem {
                file: failure.path.to_string_lossy().into_owned(),
                line: None,
                byte: None,
                rec: None,
                reason: failure.why,
                advice: "move it away or mend its permissions; everything else is read".into(),
            });
        }
        if let Some(failure) = self.not_writable() {
            report.about(
                &failure.path.to_string_lossy(),
                &failure.why,
                "nothing can be saved until this is mended",
            );
        }
        let own = device::find(self.places());
        for name in read::names(&dir).unwrap_or_default() {
            report.read_file(&name.to_string_lossy(), &dir.join(&name), &own);
        }
        report.seen = machines::seen(&report.files);
        report.machines = report.seen.len();
        report.look_at_modes(self);
        if let Some(index) = &self.index {
            report.look_at_records(index);
            report.look_for_forgotten(index, &own);
            index.close();
        }
        report.shorten();
        report
    }
}

impl Report {
    fn about(&mut self, file: &str, reason: &str, advice: &str) {
        self.problems.push(Problem {
            file: file.to_owned(),
            line: None,
            byte: None,
            rec: None,
            reason: reason.to_owned(),
            advice: advice.to_owned(),
        });
    }

    fn about_record(&mut self, rec: &Id, reason: String, advice: &str) {
        self.problems.push(Problem {
            file: String::new(),
            line: None,
            byte: None,
            rec: Some(rec.to_string()),
            reason,
            advice: advice.to_owned(),
        });
    }

    fn read_file(&mut self, name: &str, path: &Path, own: &str) {
        let Ok((file, stamp)) = read::open(path) else {
            return;
        };
        let mut scan = Scan::of(name);
        let mut lines = Lines::new(file, 0);
        let read = loop {
            match lines.step(&mut |piece| scan.take(piece)) {
                Ok(true) => {}
                Ok(false) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        self.lines += scan.lines;
        self.unreadable_lines += scan.unreadable;
        self.newer_lines += scan.newer;
        self.files.push(FileReport {
            name: name.to_owned(),
            own: device::whose(name.as_ref(), own) == Whose::Own,
            bytes: stamp.size,
            lines: scan.lines,
            last_at: scan.last_at,
        });
        self.problems.append(&mut scan.problems);
        if let Err(error) = read {
            self.about(
                name,
                &error.to_string(),
                "the disk or its connection may be failing: make a copy of the journal",
            );
        }
    }

    fn look_at_modes(&mut self, journal: &Journal) {
        let places = journal.places();
        let dir = places.journal();
        let paths = [places.data.clone(), dir.clone()].into_iter();
        let files = read::names(&dir).unwrap_or_default();
        for path in paths.chain(files.iter().map(|name| dir.join(name))) {
            let mode = std::fs::metadata(&path).map(|meta| meta.permissions().mode() & 0o777);
            if let Ok(mode) = mode
                && mode & 0o077 != 0
            {
                let reason = format!("others on this machine may look in (mode {mode:o})");
                self.about(
                    &path.to_string_lossy(),
                    &reason,
                    "chmod go= keeps it yours alone",
                );
            }
        }
    }

    fn look_at_records(&mut self, index: &Index) {
        let mut records: HashMap<u64, Vec<u32>> = HashMap::new();
        for (slot, &rec) in (0..).zip(index.rec_keys()) {
            if rec != 0 {
                records.entry(rec).or_default().push(slot);
            }
        }
        let mut findings: Vec<(Id, Vec<(String, &'static str)>)> = Vec::new();
        let mut deletes: Vec<(Id, Vec<Id>)> = Vec::new();
        let mut moved = false;
        for slots in records.values() {
            let looked = index.merge(slots, |ops, merged| {
                match merged.standing {
                    Standing::Visible => self.visible += 1,
                    Standing::Deleted => self.deleted += 1,
                    Standing::Forgotten => self.forgotten += 1,
                    Standing::Waiting => self.waiting += 1,
                }
                if merged.marks.deleted_elsewhere && merged.standing == Standing::Visible {
                    let lines = hiding(ops, merged).map(|op| op.id.clone());
                    deletes.push((ops[0].rec.clone(), lines.collect()));
                }
                let found = look_at_record(ops, merged);
                if !found.is_empty() {
                    findings.push((ops[0].rec.clone(), found));
                }
            });
            moved |= looked.is_err();
        }
        if moved {
            let reason = "the files changed while they were looked at";
            self.about("", reason, "run this again");
        }
        order::by(&mut findings, |a, b| a.0.cmp(&b.0));
        order::by(&mut deletes, |a, b| a.0.cmp(&b.0));
        for (rec, found) in findings {
            for (reason, advice) in found {
                self.about_record(&rec, reason, advice);
            }
        }
        self.about_deletes(index, &deletes);
        for id in index.contested_ids() {
            let text = id.to_string();
            self.problems.push(Problem {
                file: String::new(),
                line: None,
                byte: None,
                rec: None,
                reason: format!("different lines carry the id {text}"),
                advice: "the one with a right check value counts; all are kept".into(),
            });
        }
    }

    /// Entries that were deleted and changed: each with the lines that keep it or let it go.
    fn about_deletes(&mut self, index: &Index, deletes: &[(Id, Vec<Id>)]) {
        if deletes.is_empty() {
            return;
        }
        let lines: Vec<Id> = deletes
            .iter()
            .flat_map(|(_, lines)| lines)
            .cloned()
            .collect();
        let ends = op_ends(index.dir(), &lines);
        for (rec, lines) in deletes {
            let undos = lines.iter().map(|line| {
                let end = ends.get(line).unwrap_or_else(|| line.to_string());
                format!("'unkink undo {end}'")
            });
            let undos = undos.collect::<Vec<_>>().join(" and ");
            let reason = "deleted, and changed without knowing of that".to_owned();
            let advice = format!("it is shown: {undos} keeps it, 'unkink delete {rec}' lets it go");
            self.about_record(rec, reason, &advice);
        }
    }

    /// Files that still hold what was forgotten.
    fn look_for_forgotten(&mut self, index: &Index, own: &str) {
        let mut found = forget::remains(index, &|_| true).unwrap_or_default();
        order::by(&mut found, |a, b| a.1.cmp(&b.1));
        for of_file in found.chunk_by(|a, b| a.1 == b.1) {
            let name = &of_file[0].1;
            let recs: Vec<Id> = of_file.iter().map(|(rec, _)| rec.clone()).collect();
            let count = recs.len();
            let erase = forget_them(&recs);
            let entries = if count == 1 { "entry" } else { "entries" };
            let reason =
                format!("it still holds lines of {count} forgotten {entries}; they are hidden");
            let advice = match device::whose(name, own) {
                Whose::Own | Whose::Import => "the next change of the log here erases them".into(),
                Whose::Machine => format!(
                    "that machine erases them at its next write; if it is no more, rename the file to old.jsonl, and \
                     then {erase}"
                ),
                Whose::Nobody => format!("{erase}, or delete the file"),
            };
            self.about(&name.to_string_lossy(), &reason, &advice);
        }
    }

    /// A file of garbage must not drown the rest.
    fn shorten(&mut self) {
        let mut counts: Vec<((String, &str), usize)> = Vec::new();
        let mut kept = Vec::new();
        for problem in std::mem::take(&mut self.problems) {
            let kind = (
                problem.file.clone(),
                if problem.rec.is_some() {
                    "record"
                } else {
                    "line"
                },
            );
            let known = counts.iter().position(|(known, _)| *known == kind);
            let at = known.unwrap_or_else(|| {
                counts.push((kind, 0));
                counts.len() - 1
            });
            counts[at].1 += 1;
            if counts[at].1 <= LISTED {
                kept.push(problem);
            }
        }
        self.problems = kept;
        counts.retain(|(_, count)| *count > LISTED);
        order::by(&mut counts, Ord::cmp);
        for ((file, _), count) in counts {
            self.about(
                &file,
                &format!("{} more findings like these", count - LISTED),
                "see those above",
            );
        }
    }
}

/// The line that erases forgotten entries wherever they are; of many the first few.
fn forget_them(recs: &[Id]) -> String {
    const NAMED: usize = 5;
    let named = recs.iter().take(NAMED);
    let named: Vec<String> = named
        .map(|rec| format!("'unkink forget {rec} --yes --everywhere'"))
        .collect();
    let (verb, more) = match recs.len() {
        1 => ("erases", String::new()),
        count if count > NAMED => ("erase", format!(" (and {} more so)", count - NAMED)),
        _ => ("erase", String::new()),
    };
    format!("{}{more} {verb} them", named.join(", "))
}

fn look_at_record(ops: &[Op<'_>], merged: &Merged) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    if merged.standing == Standing::Forgotten {
        // Told by file.
        return found;
    }
    if merged.standing == Standing::Waiting {
        let reason = "changes of an entry whose first line has not arrived".to_owned();
        found.push((reason, "wait for the other machine's file, or look for it"));
    }
    if merged.adds > 1 {
        let reason = format!("{} lines begin this entry", merged.adds);
        found.push((
            reason,
            "their values are merged; edit the entry to settle it",
        ));
    }
    for &at in &merged.idle_undos {
        let reason = format!(
            "the undo {} names nothing that it could take back",
            ops[at].id
        );
        found.push((reason, "it has no effect; what it names may still arrive"));
    }
    for conflict in &merged.conflicts {
        let others: Vec<&str> = (conflict.others.iter())
            .map(|(_, value)| value.as_deref().unwrap_or("taken away"))
            .collect();
        let reason = format!(
            "'{}' was changed in two places; also: {}",
            conflict.name,
            others.join("; ")
        );
        found.push((reason, "edit the field to settle it"));
    }
    found
}
