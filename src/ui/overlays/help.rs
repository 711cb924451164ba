//! All keys, out of the key table; then what the signs mean, and what unkink is and is not.

use ratatui::text::{Line, Span};

use super::disclaimer;
use crate::app::App;
use crate::keys;
use crate::ui::widgets::text;
use crate::ui::{Look, chrome, preview};

/// The help.
pub fn lines(app: &App, width: usize, look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let mut lines = Vec::new();
    let rows = rows(width < 50, look);
    let widest = rows.iter().map(|(keys, _)| text::columns(keys)).max();
    let column = widest.unwrap_or(0) + 2;
    for (keys, words) in rows {
        let blank = " ".repeat(column - text::columns(&keys));
        let lead = Span::styled(format!("{keys}{blank}"), theme.accent);
        lines.extend(text::hanging(&lead, &words, width, theme.text));
    }
    lines.extend(heading("Ratings", look));
    let words = "A digit answers and moves on, t is ten, Enter skips what is left.";
    lines.extend(text::wrapped(words, width, theme.text));
    lines.extend(heading("Signs", look));
    for (sign, words) in signs(look) {
        let lead = Span::styled(format!("{sign:<3}"), theme.accent);
        lines.extend(text::hanging(&lead, words, width, theme.text));
    }
    lines.extend(heading("What this is", look));
    lines.extend(disclaimer::lines(app, width, look));
    lines
}

fn heading(words: &'static str, look: &Look) -> [Line<'static>; 2] {
    [Line::default(), Line::styled(words, look.theme.heading)]
}

/// Keys and what they do; a key that does the same in several places stands once. `first_only`: of several keys for one
/// thing the first.
fn rows(first_only: bool, look: &Look) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Vec::new();
    for binding in keys::help() {
        let keys: Vec<String> = binding
            .keys
            .iter()
            .take(if first_only { 1 } else { usize::MAX })
            .map(|key| chrome::key_name(*key, look))
            .collect();
        let row = (keys.join(" "), binding.help.to_owned());
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

fn signs(look: &Look) -> [(&'static str, &'static str); 7] {
    [
        ("A", preview::letter_words('A')),
        ("B", preview::letter_words('B')),
        ("C", preview::letter_words('C')),
        ("D", preview::letter_words('D')),
        (look.glyphs.star, "a favourite of yours"),
        (look.glyphs.own, "from your own files"),
        (
            look.glyphs.no_pressure,
            "on the map: nobody gets pressure here",
        ),
    ]
}
