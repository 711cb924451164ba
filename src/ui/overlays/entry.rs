//! All that an entry of the log says: the list cuts notes short.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset};
use ratatui::text::{Line, Span};

use super::settle;
use crate::app::App;
use crate::domain::differing::Unsettled;
use crate::domain::library::Library;
use crate::domain::record::{Entry, Kind, ListField, More, ScaleField};
use crate::domain::scale::Scale;
use crate::domain::time::{Now, clock_text};
use crate::ui::entry_words::Numbers;
use crate::ui::widgets::text;
use crate::ui::{Look, entry_words};

/// Columns of the labels.
const COLUMN: usize = 12;
/// Characters of an id.
const ID_CHARS: usize = 8;

/// The entry from its name to its note.
///
/// `unsettled`: what else was written in it elsewhere.
pub fn lines(
    entry: &Entry,
    unsettled: &Unsettled,
    app: &App,
    now: &Now,
    width: usize,
    look: &Look,
) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let numbers = Numbers::of(app);
    let mut lines = heading(entry, app, now, width, look);
    let mut labelled = |label: &str, words: &str| {
        // A field of a newer version may have any name.
        let label = text::cut(label, width / 2, look);
        let lead = Span::styled(format!("{label:<COLUMN$}"), theme.dim);
        lines.extend(text::hanging(&lead, words, width, theme.text));
    };
    for (label, words) in how_far(entry, app) {
        labelled(label, &words);
    }
    for (label, words) in ratings(entry, numbers) {
        labelled(&label, &words);
    }
    if let Some(more) = &entry.more {
        for list in ListField::ALL {
            let words = list.get(more);
            if !words.is_empty() {
                let words: Vec<_> = words.iter().map(|word| shown(list, word)).collect();
                labelled(&settle::label(list.name()), &words.join(", "));
            }
        }
        for (label, words) in answers(more, numbers) {
            labelled(label, &words);
        }
        for (name, value) in more.invalid.iter().chain(&more.unknown) {
            labelled(name, value);
        }
    }
    for words in entry_words::flags(entry, look) {
        labelled(look.glyphs.attention, &words);
    }
    for words in others(unsettled, numbers, now) {
        labelled("", &words);
    }
    labelled("id", &short_id(entry));
    if let Some(note) = entry.note().filter(|note| !note.trim().is_empty()) {
        lines.push(Line::default());
        lines.extend(text::wrapped(note, width, theme.text));
    }
    lines
}

/// A word of a list; places as the list of entries tells them.
fn shown(list: ListField, word: &str) -> Cow<'_, str> {
    match list {
        ListField::Regions | ListField::TravelsTo => entry_words::place(word).into(),
        _ => word.into(),
    }
}

/// Its name and its moment, with a blank line below.
fn heading(entry: &Entry, app: &App, now: &Now, width: usize, look: &Look) -> Vec<Line<'static>> {
    let name = match entry.kind {
        // Its ratings follow.
        Kind::CheckIn => "Check-in".to_owned(),
        _ => entry_words::title(entry, &app.library, Numbers::of(app), look).0,
    };
    let mut lines = text::wrapped(&name, width, look.theme.heading);
    let day = entry_words::day(entry.day(), now.wall.date_naive());
    // Its zone where it is not the one of here and now.
    let time = entry.started_at.map(|at| {
        let is_here = at.offset() == now.wall.offset();
        at.format(if is_here {
            ", %H:%M"
        } else {
            ", %H:%M (UTC%:z)"
        })
    });
    let when = time.map_or(day.clone(), |time| format!("{day}{time}"));
    lines.extend(text::wrapped(&when, width, look.theme.dim));
    lines.push(Line::default());
    lines
}

/// How far a session came, and what else it may say, with its labels.
fn how_far(entry: &Entry, app: &App) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if let Some(active) = entry.active_s {
        let active = clock_text(active.into());
        let words = match entry.planned_s() {
            Some(planned) => format!("{active} of {}", clock_text(planned.into())),
            None => active,
        };
        lines.push(("done", words));
    }
    let running = app.run().and_then(|run| run.rec.as_ref());
    let standing = entry_words::standing(entry, running);
    lines.extend(standing.map(|words| ("", words)));
    let more = entry.more.iter();
    lines.extend(more.flat_map(|more| session(more, &app.library)));
    lines
}

/// Its scales, with their labels: before and after in one line.
fn ratings(entry: &Entry, numbers: Numbers) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for (what, before, after) in [
        ("pain", entry.pain_before, entry.pain_after),
        ("stress", entry.stress_before, entry.stress_after),
    ] {
        let parts = [(before, "before"), (after, "after")];
        let parts = parts
            .into_iter()
            .filter_map(|(value, when)| Some(format!("{} {when}", numbers.value(value?))));
        let parts: Vec<String> = parts.collect();
        if !parts.is_empty() {
            lines.push((what.to_owned(), parts.join(", ")));
        }
    }
    for scale in ScaleField::ALL {
        if let Some(value) = scale.get(entry).filter(|_| !scale.is_of_pair()) {
            lines.push((settle::label(scale.name()), numbers.value(value)));
        }
    }
    lines
}

/// The values that do not show: 'pain: also 6, written yesterday, 21:30, elsewhere'.
fn others(unsettled: &Unsettled, numbers: Numbers, now: &Now) -> Vec<String> {
    let mut lines = Vec::new();
    for field in &unsettled.fields {
        for other in &field.others {
            let value = other.value.as_deref().and_then(|raw| raw.parse().ok());
            let is_scale = !field.name.ends_with("_s") && field.name != "steps_done";
            let words = match value.and_then(Scale::new).filter(|_| is_scale) {
                Some(scale) => numbers.value(scale),
                None => settle::value_words(&field.name, other),
            };
            let name = settle::label(&field.name);
            let written = settle::written_at(other.at, other.here, now);
            lines.push(format!("{name}: also {words}, {written}"));
        }
    }
    for delete in &unsettled.deletes {
        let written = settle::written_at(delete.at, delete.here, now);
        lines.push(format!("deleted: {written}"));
    }
    lines
}

/// The end of its id, by which commands take it. So many characters are as good as never those of another one.
fn short_id(entry: &Entry) -> String {
    let id = entry.rec.to_string();
    let from = id.char_indices().rev().nth(ID_CHARS - 1);
    id[from.map_or(0, |(at, _)| at)..].to_owned()
}

/// What a session may say besides, with its labels.
fn session(more: &More, library: &Library) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let time = |at: &DateTime<FixedOffset>| at.format("%H:%M").to_string();
    lines.extend(more.ended_at.iter().map(|at| ("ended", time(at))));
    lines.extend(more.rated_after_at.iter().map(|at| ("rated", time(at))));
    lines.extend(
        more.side_first
            .iter()
            .map(|side| ("first side", side.to_string())),
    );
    lines.extend(more.steps_done.map(|steps| ("steps", steps.to_string())));
    // One alone is the session itself.
    for item in more.items.iter().filter(|_| more.items.len() > 1) {
        let known = library.technique(&item.technique);
        let name = known.map_or(&*item.technique, |technique| &*technique.name);
        let (active, planned) = (
            clock_text(item.active_s.into()),
            clock_text(item.planned_s.into()),
        );
        let done = if item.done { "" } else { ", not to its end" };
        lines.push(("part", format!("{name}, {active} of {planned}{done}")));
    }
    lines
}

/// Answers to questionnaires, and a plan.
fn answers(more: &More, numbers: Numbers) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if let Some([pain, enjoyment, activity]) = more
        .peg
        .map(|answers| answers.map(|answer| numbers.value(answer)))
    {
        let words =
            format!("pain {pain}, enjoyment of life {enjoyment}, general activity {activity}");
        lines.push(("PEG", words));
    }
    if let Some(score) = more.roland_morris {
        let score = if numbers == Numbers::Shown {
            format!("{score} of 24")
        } else {
            "answered".into()
        };
        lines.push(("Roland-M.", score));
    }
    let plan = more.plan.as_deref();
    let plan = plan.map(|json| serde_json::from_str(json).unwrap_or_else(|_| json.to_owned()));
    lines.extend(plan.map(|plan| ("plan", plan)));
    lines
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::app::Setup;
    use crate::domain::id::Id;
    use crate::domain::record::{Fields, Marks, sample};

    fn now() -> Now {
        let at = "2026-11-23T21:30:00+01:00";
        Now {
            mono: Duration::ZERO,
            boot: None,
            wall: DateTime::parse_from_rfc3339(at).unwrap_or_default(),
        }
    }

    #[test]
    fn every_field_shows() {
        let now = now();
        let app = App::new(Setup::default(), &now);
        let shown = |entry: &Entry| {
            let (unsettled, look) = (Unsettled::default(), Look::default());
            lines(entry, &unsettled, &app, &now, 60, &look)
        };
        // What a queue was made of shows in its parts.
        for (name, [without, with]) in sample::each_but(&["kind", "queue"]) {
            assert_ne!(shown(&without), shown(&with), "'{name}' does not show");
        }
    }

    #[test]
    fn the_name_of_an_unknown_field_is_safe_and_leaves_room_for_its_value() {
        let now = now();
        let mut fields = Fields::default();
        fields.put("kind", "check-in");
        let name = format!("\u{1b}[2J\u{202e}{}", "long ".repeat(10_000));
        fields.put(&name, &"a value ".repeat(200));
        let entry = Entry::read(Id::new("x"), &fields, Marks::default());
        let app = App::new(Setup::default(), &now);
        let lines = lines(
            &entry,
            &Unsettled::default(),
            &app,
            &now,
            40,
            &Look::default(),
        );
        assert!(lines.len() < 200, "{} lines", lines.len());
        for line in lines {
            let text: String = line.spans.iter().map(|span| &*span.content).collect();
            assert!(
                text::columns(&text) <= 40,
                "{} columns",
                text::columns(&text)
            );
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
        }
    }
}
