//! All that an entry of the log says: the list cuts notes short.

use ratatui::text::{Line, Span};

use crate::app::App;
use crate::domain::record::{Entry, Kind, More};
use crate::domain::time::{Now, clock_text};
use crate::ui::entry_words::Numbers;
use crate::ui::widgets::text;
use crate::ui::{Look, entry_words};

/// Columns of the labels.
const COLUMN: usize = 12;

/// The entry from its name to its note.
pub fn lines(entry: &Entry, app: &App, now: &Now, width: usize, look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let numbers = Numbers::of(app);
    let name = match entry.kind {
        // Its ratings follow.
        Kind::CheckIn => "Check-in".to_owned(),
        _ => entry_words::title(entry, &app.library, numbers, look).0,
    };
    let mut lines = text::wrapped(&name, width, theme.heading);
    let day = entry_words::day(entry.day(), now.wall.date_naive());
    let time = entry.started_at.map(|at| at.format(", %H:%M (UTC%:z)"));
    let when = time.map_or(day.clone(), |time| format!("{day}{time}"));
    lines.extend(text::wrapped(&when, width, theme.dim));
    lines.push(Line::default());
    let running = app.run().and_then(|run| run.rec.as_ref());
    let mut labelled = |label: &str, words: &str| {
        let lead = Span::styled(format!("{label:<COLUMN$}"), theme.dim);
        lines.extend(text::hanging(&lead, words, width, theme.text));
    };
    if let Some(active) = entry.active_s {
        let active = clock_text(active.into());
        let words = match entry.planned_s {
            Some(planned) => format!("{active} of {}", clock_text(planned.into())),
            None => active,
        };
        labelled("done", &words);
    }
    if let Some(words) = entry_words::standing(entry, running) {
        labelled("", &words);
    }
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
            labelled(what, &parts.join(", "));
        }
    }
    for (what, value) in [("pain", entry.pain), ("stress", entry.stress)] {
        if let Some(value) = value {
            labelled(what, &numbers.value(value));
        }
    }
    for (label, words) in entry.more.iter().flat_map(|more| details(more)) {
        labelled(label, &words);
    }
    for words in entry_words::flags(entry) {
        labelled(look.glyphs.attention, &words);
    }
    if let Some(note) = entry.note().filter(|note| !note.trim().is_empty()) {
        lines.push(Line::default());
        lines.extend(text::wrapped(note, width, theme.text));
    }
    lines
}

/// What a check-in may say besides, with its labels.
fn details(more: &More) -> Vec<(&'static str, String)> {
    let scales = [("tightness", more.tightness), ("pressure", more.pressure)];
    let scales = scales
        .into_iter()
        .filter_map(|(label, value)| Some((label, value?.to_string())));
    let lists = [
        ("where", &more.regions),
        ("travels to", &more.travels_to),
        ("feels", &more.qualities),
        ("before it", &more.triggers),
        ("tried", &more.actions),
        ("mood", &more.mood),
        ("day", &more.day),
        ("tags", &more.tags),
    ];
    let lists = lists.into_iter().filter(|(_, words)| !words.is_empty());
    let lists = lists.map(|(label, words)| (label, words.join(", ")));
    scales.chain(lists).collect()
}
