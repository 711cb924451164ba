//! One line of keys that are valid now, each with its word.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::columns;
use crate::app::message::{Action, Msg};
use crate::ui::Look;

/// A key and what it does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The key as people name it: 'Enter', 'Space', '?'.
    pub key: String,
    /// One or two words.
    pub label: String,
    /// The same, when it is pressed with the mouse.
    pub action: Action,
}

impl Hint {
    fn width(&self) -> usize {
        columns(&self.key) + 1 + columns(&self.label)
    }
}

const GAP: usize = 3;

/// Draws as many hints as have room whole, in order; the `pinned` ones keep their place at the end as long as any room
/// is left.
pub fn draw(area: Rect, buffer: &mut Buffer, hints: &[Hint], pinned: &[Hint], look: &Look) {
    if area.is_empty() {
        return;
    }
    let mut x = area.x + 1;
    for hint in fitting(hints, pinned, usize::from(area.width).saturating_sub(2)) {
        let room = usize::from(area.right().saturating_sub(x));
        let (end, _) = buffer.set_stringn(x, area.y, &hint.key, room, look.theme.accent);
        let room = usize::from(area.right().saturating_sub(end));
        let label = format!(" {}", hint.label);
        let (end, _) = buffer.set_stringn(end, area.y, label, room, look.theme.dim);
        let pressed = Rect::new(x, area.y, end - x, 1);
        look.zone(pressed, || Msg::Do(hint.action));
        x = end + GAP as u16;
    }
}

fn fitting<'a>(hints: &'a [Hint], pinned: &'a [Hint], width: usize) -> Vec<&'a Hint> {
    let mut used = 0;
    let mut fits = |hint: &&Hint| {
        let wanted = hint.width() + if used == 0 { 0 } else { GAP };
        let fits = used + wanted <= width;
        used += if fits { wanted } else { 0 };
        fits
    };
    let last: Vec<&Hint> = pinned.iter().filter(&mut fits).collect();
    let first: Vec<&Hint> = hints.iter().take_while(&mut fits).collect();
    first.into_iter().chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    fn hints() -> Vec<Hint> {
        let hint = |(key, label): (&str, &str)| Hint {
            key: key.into(),
            label: label.into(),
            action: Action::Enter,
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
            let hints = hints();
            draw(area, buffer, &hints[..3], &hints[3..], &Look::default());
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
