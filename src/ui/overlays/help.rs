//! All keys, out of the key table, those of what had the keys first; then what the signs mean, and what unkink is and is not.

use ratatui::text::{Line, Span};

use super::disclaimer;
use crate::app::message::Context;
use crate::app::overlay::Overlay;
use crate::app::{App, Pane};
use crate::domain::technique::Letter;
use crate::keys::{self, Binding};
use crate::ui::widgets::text;
use crate::ui::{Look, chrome};

/// Headings of the key table.
const RATINGS: &str = "Ratings";
const SESSION: &str = "While a session runs";
const LOG: &str = "Log";
const INSIGHT: &str = "Insight";
const LIBRARY: &str = "Library";

/// Columns below which a key more or less counts.
const NARROW: usize = 50;
/// The longest name of a key that the column of keys makes room for there: `Ctrl-s`, `Enter`.
const SHORT: usize = 6;

/// The help.
pub fn lines(app: &App, width: usize, look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let mut lines = Vec::new();
    let sections: Vec<_> = keys::TABLE
        .iter()
        .map(|(words, bindings)| (*words, rows(bindings, width < NARROW, look)))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    let all = sections.iter().flat_map(|(_, rows)| rows);
    let most = if width < NARROW { SHORT } else { usize::MAX };
    let widths = all.map(|(keys, _)| text::columns(keys));
    let widest = widths.filter(|columns| *columns <= most).max();
    let column = widest.unwrap_or(0) + 2;
    let first = section(app);
    let (mut sections, rest): (Vec<_>, Vec<_>) =
        sections.into_iter().partition(|(words, _)| *words == first);
    sections.extend(rest);
    for (words, rows) in sections {
        lines.extend(heading(words, look));
        for (keys, words) in rows {
            lines.extend(row(&keys, &words, column, width, look));
        }
        if words == RATINGS {
            let words = "[A number, <rate-0> to <rate-9>, answers and moves on. ][<rate-10> is ten. ]\
                         [<enter> skips what is left.]";
            lines.extend(text::wrapped(&look.hint(words), width, theme.text));
        }
    }
    lines.extend(heading("Signs", look));
    for (sign, words) in signs(look) {
        let lead = Span::styled(format!("{sign:<3}"), theme.accent);
        lines.extend(text::hanging(&lead, words, width, theme.text));
    }
    lines.extend(heading("What this is", look));
    lines.extend(disclaimer::lines(app, width, look));
    // The first heading needs no room above it.
    lines.remove(0);
    lines
}

/// The keys that are looked for first: those of what lies below the help.
fn section(app: &App) -> &'static str {
    let below = app.overlays.iter().rev().nth(1);
    match below {
        Some(Overlay::CheckIn(_) | Overlay::Rating(_)) => RATINGS,
        _ if app.run().is_some() && (app.shows_floor() || app.focus == Pane::Session) => SESSION,
        _ if app.insight_tab().is_some() => INSIGHT,
        _ if app.focus == Pane::Log => LOG,
        _ => LIBRARY,
    }
}

fn heading(words: &'static str, look: &Look) -> [Line<'static>; 2] {
    [Line::default(), Line::styled(words, look.theme.heading)]
}

/// Keys in their column and beside them what they do; names longer than the column stand above it.
fn row(keys: &str, words: &str, column: usize, width: usize, look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let Some(blank) = column.checked_sub(text::columns(keys) + 1) else {
        let blank = Span::raw(" ".repeat(column));
        let mut lines = vec![Line::styled(keys.to_owned(), theme.accent)];
        lines.extend(text::hanging(&blank, words, width, theme.text));
        return lines;
    };
    let lead = Span::styled(format!("{keys}{} ", " ".repeat(blank)), theme.accent);
    text::hanging(&lead, words, width, theme.text)
}

/// Keys and what they do. `first_only`: of several keys for one thing the first.
fn rows(bindings: &'static [Binding], first_only: bool, look: &Look) -> Vec<(String, String)> {
    let row = |binding: &'static Binding| {
        let most = if first_only { 1 } else { usize::MAX };
        let keys = look.keys.all_keys(binding).into_iter().take(most);
        let names: Vec<String> = keys.map(|key| chrome::key_name(key, look)).collect();
        let place = binding.contexts.iter().next();
        let place = place.unwrap_or(Context::Library);
        (names.join(" "), look.hint_in(binding.help, place))
    };
    let explained = bindings.iter().filter(|binding| !binding.help.is_empty());
    explained.map(row).collect()
}

/// The lines in two columns of this width, with a gap between them: the second begins at the heading that comes nearest
/// to halving them.
pub fn in_two(mut lines: Vec<Line<'static>>, width: usize, gap: usize) -> Vec<Line<'static>> {
    let half = lines.len() / 2;
    let is_gap = |(_, line): &(usize, &Line)| line.width() == 0;
    let gaps = lines.iter().enumerate().filter(is_gap);
    let Some((cut, _)) = gaps.min_by_key(|(at, _)| at.abs_diff(half)) else {
        return lines;
    };
    let mut right = lines.split_off(cut).into_iter().skip(1);
    lines.resize_with(cut.max(right.len()), Line::default);
    for line in &mut lines {
        if let Some(right) = right.next() {
            let blank = (width + gap).saturating_sub(line.width());
            let left = styled(std::mem::take(line));
            let spans = left.chain([Span::raw(" ".repeat(blank))]);
            *line = spans.chain(styled(right)).collect();
        }
    }
    lines
}

/// The parts of a line, each in its own style.
fn styled(line: Line<'static>) -> impl Iterator<Item = Span<'static>> {
    let (style, spans) = (line.style, line.spans.into_iter());
    spans.map(move |span| Span::styled(span.content, style.patch(span.style)))
}

fn signs(look: &Look) -> Vec<(&'static str, &'static str)> {
    let letters = Letter::ALL.iter();
    let mut signs: Vec<_> = letters.map(|l| (l.name(), l.meaning())).collect();
    signs.extend([
        (look.glyphs.star, "a favourite of yours"),
        (look.glyphs.own, "from your own files"),
        ("1", "its place in the queue"),
        (
            look.glyphs.no_pressure,
            "on the map: nobody gets pressure here",
        ),
    ]);
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_that_may_come_first_is_in_the_key_table() {
        for words in [RATINGS, SESSION, LOG, INSIGHT, LIBRARY] {
            assert!(keys::TABLE.iter().any(|(known, _)| *known == words));
        }
    }
}
