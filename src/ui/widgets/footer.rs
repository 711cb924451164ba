//! One line of keys that are valid now, each with its word.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::columns;
use crate::ui::Look;

/// A key and what it does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The key as people name it: 'Enter', 'Space', '?'.
    pub key: String,
    /// One or two words.
    pub label: String,
}

impl Hint {
    fn width(&self) -> usize {
        columns(&self.key) + 1 + columns(&self.label)
    }
}

const GAP: usize = 3;

/// Draws as many hints as have room whole, in order; the last one (help) keeps its place at the end.
pub fn draw(area: Rect, buffer: &mut Buffer, hints: &[Hint], look: &Look) {
    if area.is_empty() {
        return;
    }
    let mut x = area.x + 1;
    for hint in fitting(hints, usize::from(area.width).saturating_sub(2)) {
        let room = usize::from(area.right().saturating_sub(x));
        let (end, _) = buffer.set_stringn(x, area.y, &hint.key, room, look.theme.accent);
        let room = usize::from(area.right().saturating_sub(end));
        let label = format!(" {}", hint.label);
        let (end, _) = buffer.set_stringn(end, area.y, label, room, look.theme.dim);
        x = end + GAP as u16;
    }
}

fn fitting(hints: &[Hint], width: usize) -> Vec<&Hint> {
    let Some((last, rest)) = hints.split_last() else {
        return Vec::new();
    };
    if last.width() > width {
        return Vec::new();
    }
    let mut used = last.width();
    let mut shown: Vec<&Hint> = rest
        .iter()
        .take_while(|hint| {
            used += hint.width() + GAP;
            used <= width
        })
        .collect();
    shown.push(last);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    fn hints() -> Vec<Hint> {
        let hint = |(key, label): (&str, &str)| Hint {
            key: key.into(),
            label: label.into(),
        };
        [
            ("Enter", "start"),
            ("/", "search"),
            ("l", "log"),
            ("?", "help"),
        ]
        .map(hint)
        .to_vec()
    }

    fn at(width: u16) -> Vec<String> {
        drawn(width, 1, |area, buffer| {
            draw(area, buffer, &hints(), &Look::default());
        })
    }

    #[test]
    fn hints_are_dropped_whole_and_help_stays() {
        assert_eq!(at(50), [" Enter start   / search   l log   ? help"]);
        assert_eq!(at(34), [" Enter start   / search   ? help"]);
        assert_eq!(at(10), [" ? help"]);
        assert_eq!(at(6), [""]);
    }
}
