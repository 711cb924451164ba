//! One entry of the log in words.

use super::out::{Fail, Out};
use super::store::Store;
use crate::domain::insight::questions;
use crate::domain::library::Library;
use crate::domain::record::{Entry, Kind, More, Status, What};
use crate::domain::scale::{Scale, change_text};
use crate::domain::time::clock_text;
use crate::journal::Version;

/// Time of day and what it says, one line.
pub fn line(entry: &Entry, library: &Library) -> String {
    let time = entry
        .started_at
        .map_or("--:--".into(), |at| at.format("%H:%M").to_string());
    let mut parts = match entry.kind {
        Kind::Session => session(entry, library),
        Kind::CheckIn | Kind::Questionnaire | Kind::Plan | Kind::Unknown => Vec::new(),
    };
    if entry.kind == Kind::Unknown {
        parts.push("of a kind that this version does not know".into());
    }
    parts.extend(ratings(entry));
    if let Some(more) = &entry.more {
        parts.extend(more_parts(more));
    }
    if parts.is_empty() {
        parts.push("nothing that can be shown".into());
    }
    parts.extend(marks(entry));
    format!("{time}  {}", parts.join(", "))
}

/// The line and every field as it is stored.
pub fn details(store: &Store, entry: &Entry, library: &Library, out: &mut Out) -> Result<(), Fail> {
    let day = entry
        .started_at
        .map_or(String::new(), |at| at.format("%Y-%m-%d ").to_string());
    out.heading(&format!("{day}{}", line(entry, library)))?;
    out.line(&format!("{:<15} {}", "rec", entry.rec))?;
    for (name, value) in store.fields(&entry.rec).iter() {
        out.paragraph(&format!("{name:<15} "), value.get())?;
    }
    for (name, _) in entry.more.iter().flat_map(|more| &more.invalid) {
        out.line(&format!(
            "'{name}' has a value that cannot be: counted nowhere"
        ))?;
    }
    for field in store.conflicts(&entry.rec) {
        let others: Vec<String> = field.others.iter().map(version).collect();
        out.paragraph(
            "",
            &format!(
                "'{}' was changed on two machines: it shows {}; also there: {}; 'unkink edit' with the right one settles it",
                field.name,
                version(&field.shown),
                others.join(", ")
            ),
        )?;
    }
    Ok(())
}

/// A value and when it was written.
fn version(version: &Version) -> String {
    let value = version.value.as_deref().unwrap_or("nothing (taken away)");
    match version.at {
        Some(at) => format!("{value} (of {})", at.format("%Y-%m-%d %H:%M")),
        None => value.to_owned(),
    }
}

fn session(entry: &Entry, library: &Library) -> Vec<String> {
    let name = match &entry.what {
        Some(What::Technique(slug)) => name(library.technique(slug).map(|t| &*t.name), slug),
        Some(What::Routine(slug)) => name(library.routine(slug).map(|r| &*r.name), slug),
        Some(What::Queue) | None => queue(entry, library),
    };
    let active = entry.active_s.map(|s| clock_text(s.into()));
    let planned = entry.planned_s.map(|s| clock_text(s.into()));
    let how_far = match (entry.status, active, planned) {
        (Some(Status::Running), ..) => "not finished, elsewhere or lost".into(),
        (Some(Status::Stopped), Some(active), Some(planned)) => {
            format!("stopped after {active} of {planned}")
        }
        (Some(Status::Stopped), ..) => "stopped".into(),
        (_, Some(active), _) => active,
        _ => String::new(),
    };
    let mut parts = vec![name];
    parts.extend((!how_far.is_empty()).then_some(how_far));
    parts
}

fn name(known: Option<&str>, slug: &str) -> String {
    known.unwrap_or(slug).to_owned()
}

fn queue(entry: &Entry, library: &Library) -> String {
    let items = entry.more.as_ref().map_or(&[][..], |more| &more.items);
    let names: Vec<String> = items
        .iter()
        .map(|item| {
            name(
                library.technique(&item.technique).map(|t| &*t.name),
                &item.technique,
            )
        })
        .collect();
    if names.is_empty() {
        "a session".into()
    } else {
        names.join(" + ")
    }
}

fn ratings(entry: &Entry) -> Vec<String> {
    let mut parts = Vec::new();
    let one = |what: &str, value: Option<Scale>| value.map(|value| format!("{what} {value}"));
    parts.extend(one("pain", entry.pain));
    parts.extend(one("stress", entry.stress));
    parts.extend(pair("pain", entry.pain_before, entry.pain_after));
    parts.extend(pair("stress", entry.stress_before, entry.stress_after));
    if let Some(more) = &entry.more {
        parts.extend(one("tightness", more.tightness));
        parts.extend(one("pressure", more.pressure));
        parts.extend(questions::words(more));
    }
    parts
}

/// A change in words with its two values, or the one value there is.
fn pair(what: &str, before: Option<Scale>, after: Option<Scale>) -> Option<String> {
    match (before, after) {
        (Some(before), Some(after)) => Some(format!(
            "{} ({before} to {after})",
            change_text(what, before, after)
        )),
        (Some(before), None) => Some(format!("{what} {before} before")),
        (None, Some(after)) => Some(format!("{what} {after} after")),
        (None, None) => None,
    }
}

fn more_parts(more: &More) -> Vec<String> {
    let lists = [
        &more.regions,
        &more.travels_to,
        &more.qualities,
        &more.triggers,
        &more.actions,
        &more.tags,
        &more.day,
        &more.mood,
    ];
    let mut parts: Vec<String> = lists.into_iter().flatten().cloned().collect();
    if let Some(note) = more.note.as_deref().filter(|note| !note.trim().is_empty()) {
        parts.push(format!("'{}'", shortened(note)));
    }
    parts
}

/// The first line of a note, at most 60 characters of it.
fn shortened(note: &str) -> String {
    let line = note.trim().lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(60).collect();
    if short.len() < note.trim().len() {
        short.push('…');
    }
    short
}

fn marks(entry: &Entry) -> Vec<String> {
    let mut marks = Vec::new();
    let invalid = entry.more.as_ref().map_or(0, |more| more.invalid.len());
    if invalid > 0 {
        marks.push("[a value is invalid]".to_owned());
    }
    if entry.marks.conflict {
        marks.push("[changed on two machines]".to_owned());
    }
    if entry.marks.deleted_elsewhere {
        marks.push("[was deleted, then changed]".to_owned());
    }
    if entry.marks.damaged {
        marks.push("[a line is damaged]".to_owned());
    }
    marks
}
