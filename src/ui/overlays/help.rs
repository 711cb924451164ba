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
    for (keys, words) in rows(look) {
        let lead = Span::styled(format!("{keys:<14}"), theme.accent);
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

/// Keys and what they do; a key that does the same in several places stands once.
fn rows(look: &Look) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Vec::new();
    for binding in keys::help() {
        let keys: Vec<String> = binding
            .keys
            .iter()
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
