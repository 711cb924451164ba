//! One entry of the log in words.

use std::collections::{HashMap, HashSet};

use super::out::{Fail, Out};
use super::store::{Store, undos};
use crate::domain::insight::questions;
use crate::domain::library::Library;
use crate::domain::record::{Entry, FIELDS, Kind, ListField, More, ScaleField, Status, What};
use crate::domain::scale::{Scale, change_text};
use crate::domain::time::clock_text;
use crate::domain::when::{came_twice, shown_minute, time_text};
use crate::journal::Version;
use crate::journal::deeds::Deed;

/// The minutes that clocks showed for entries of a list at more than one moment: after a change of clocks, or elsewhere.
#[derive(Debug, Default)]
pub struct Alike(HashSet<i64>);

impl Alike {
    /// Of these entries.
    pub fn among<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let mut offsets = HashMap::new();
        let mut alike = HashSet::new();
        for at in entries.filter_map(|entry| entry.started_at) {
            let minute = shown_minute(&at);
            if *offsets.entry(minute).or_insert(*at.offset()) != *at.offset() {
                alike.insert(minute);
            }
        }
        Self(alike)
    }
}

/// Time of day and what it says, one line. The time has its offset where it alone does not say the moment.
pub fn line(entry: &Entry, alike: &Alike, library: &Library) -> String {
    let time = entry.started_at.map_or("--:--".into(), |at| {
        let several = alike.0.contains(&shown_minute(&at)) || came_twice(&at, &chrono::Local);
        time_text(&at, several)
    });
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
    let alike = Alike::among(store.entries().iter());
    out.heading(&format!("{day}{}", line(entry, &alike, library)))?;
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
                "'{}' was changed in two places: it shows {}; also there: {}; 'unkink edit' with the right one settles it",
                field.name,
                version(&field.shown),
                others.join(", ")
            ),
        )?;
    }
    let deeds = store.deeds(&entry.rec);
    if entry.marks.deleted_elsewhere {
        let id = store.short_ids().get(&entry.rec).unwrap_or_default();
        let undos = undos(&deeds);
        let text = format!(
            "It was deleted, and changed without knowing of that: {undos} keeps it, 'unkink delete {id}' lets it go"
        );
        out.paragraph("", &text)?;
    }
    written(&deeds, out)
}

/// So many lines of a record are listed.
const LISTED: usize = 20;

/// What was written of an entry, in short: what, when, and what `undo` calls it.
fn written(deeds: &[Deed], out: &mut Out) -> Result<(), Fail> {
    out.line("")?;
    out.line("Written, the newest last; 'unkink undo' with the id takes one back:")?;
    let earlier = deeds.len().saturating_sub(LISTED);
    if earlier > 0 {
        out.line(&format!("  {earlier} earlier"))?;
    }
    for deed in &deeds[earlier..] {
        let at = deed.at.map(|at| at.format(", %Y-%m-%d %H:%M").to_string());
        let gone = if deed.on { "" } else { " (taken back)" };
        let at = at.unwrap_or_default();
        out.paragraph("  ", &format!("{}{gone}{at}, {}", deed.what, deed.end))?;
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
    let planned = entry.planned_s().map(|s| clock_text(s.into()));
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

/// By its parts, or as it was chosen where these are not known.
fn queue(entry: &Entry, library: &Library) -> String {
    let Some(more) = &entry.more else {
        return "a session".into();
    };
    let slugs = more.items.iter().map(|item| &item.technique);
    let slugs: Vec<&String> = if more.items.is_empty() {
        more.queue.iter().collect()
    } else {
        slugs.collect()
    };
    if slugs.is_empty() {
        return "a session".into();
    }
    let technique = |slug: &str| library.technique(slug).map(|one| &*one.name);
    let routine = |slug: &str| library.routine(slug).map(|one| &*one.name);
    let names: Vec<String> = slugs
        .into_iter()
        .map(|slug| name(technique(slug).or_else(|| routine(slug)), slug))
        .collect();
    names.join(" + ")
}

fn ratings(entry: &Entry) -> Vec<String> {
    let mut parts = Vec::new();
    let one = |scale: &ScaleField| {
        let value = scale.get(entry)?;
        Some(format!("{} {value}", scale.name().replace('_', " ")))
    };
    parts.extend(
        [ScaleField::Pain, ScaleField::Stress]
            .iter()
            .filter_map(one),
    );
    parts.extend(pair("pain", entry.pain_before, entry.pain_after));
    parts.extend(pair("stress", entry.stress_before, entry.stress_after));
    let others = ScaleField::ALL.iter().skip(2);
    parts.extend(others.filter(|scale| !scale.is_of_pair()).filter_map(one));
    parts.extend(entry.more.iter().flat_map(|more| questions::words(more)));
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
    // In the order of the record.
    let lists = FIELDS.into_iter().filter_map(ListField::named);
    let words = lists.flat_map(|list| list.get(more).iter());
    let mut parts: Vec<String> = words.cloned().collect();
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
        // In signs that every terminal shows.
        short.push_str("...");
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
        marks.push("[changed in two places]".to_owned());
    }
    if entry.marks.deleted_elsewhere {
        marks.push("[was deleted, then changed]".to_owned());
    }
    if entry.marks.damaged {
        marks.push("[a line is damaged]".to_owned());
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::sample;

    #[test]
    fn every_field_of_a_check_in_and_every_scale_is_told() {
        let (alike, library) = (Alike::default(), Library::default());
        let told = |entry: &Entry| line(entry, &alike, &library);
        for (name, [without, with]) in sample::each_but(&["kind"]) {
            if with.kind == Kind::CheckIn || ScaleField::named(name).is_some() {
                assert_ne!(told(&without), told(&with), "'{name}' is not told");
            }
        }
    }
}
