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
    /// One or two words; none where there is room for the key alone.
    pub label: String,
    /// The same, when it is pressed with the mouse.
    pub action: Action,
}

impl Hint {
    fn width(&self) -> usize {
        let word = match columns(&self.label) {
            0 => 0,
            label => 1 + label,
        };
        columns(&self.key) + word
    }
}

const GAP: usize = 3;

/// Draws as many hints as have room whole, in order; the `pinned` ones keep their place at the end. What comes first in
/// `hints` is what people look for: where it has no room beside them, the last of the pinned ones gives up its word, then
/// its place.
pub fn draw(area: Rect, buffer: &mut Buffer, hints: &[Hint], pinned: &[Hint], look: &Look) {
    if area.is_empty() {
        return;
    }
    let mut x = area.x + 1;
    for hint in fitting(hints, pinned, usize::from(area.width).saturating_sub(2)) {
        let room = usize::from(area.right().saturating_sub(x));
        let (mut end, _) = buffer.set_stringn(x, area.y, &hint.key, room, look.theme.accent);
        if !hint.label.is_empty() {
            let room = usize::from(area.right().saturating_sub(end));
            let label = format!(" {}", hint.label);
            (end, _) = buffer.set_stringn(end, area.y, label, room, look.theme.dim);
        }
        let pressed = Rect::new(x, area.y, end - x, 1);
        look.zone(pressed, || Msg::Do(hint.action));
        x = end + GAP as u16;
    }
}

fn fitting(hints: &[Hint], pinned: &[Hint], width: usize) -> Vec<Hint> {
    let pinned = pinned_beside(hints.first(), pinned, width);
    let mut used = 0;
    let mut fits = |hint: &&Hint| {
        let wanted = hint.width() + if used == 0 { 0 } else { GAP };
        let fits = used + wanted <= width;
        used += if fits { wanted } else { 0 };
        fits
    };
    let last: Vec<&Hint> = pinned.iter().filter(&mut fits).collect();
    let first: Vec<&Hint> = hints.iter().take_while(&mut fits).collect();
    first.into_iter().chain(last).cloned().collect()
}

/// The pinned hints as far as they leave room for the first of the others; the first pinned one stays in any case.
fn pinned_beside(first: Option<&Hint>, pinned: &[Hint], width: usize) -> Vec<Hint> {
    let mut kept = pinned.to_vec();
    let Some(first) = first else {
        return kept;
    };
    let wanted = |kept: &[Hint]| {
        let others: usize = kept.iter().map(|hint| GAP + hint.width()).sum();
        first.width() + others
    };
    while kept.len() > 1 && wanted(&kept) > width {
        match kept.last_mut() {
            Some(last) if !last.label.is_empty() => last.label.clear(),
            _ => drop(kept.pop()),
        }
    }
    kept
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
    fn what_is_looked_for_first_keeps_its_place_beside_those_that_stay() {
        let at = |width| {
            drawn(width, 1, |area, buffer| {
                let hints = hints();
                draw(area, buffer, &hints[..1], &hints[1..], &Look::default());
            })
        };
        assert_eq!(at(42), [" Enter start   / search   l log   ? help"]);
        assert_eq!(at(36), [" Enter start   / search   l log   ?"]);
        assert_eq!(at(34), [" Enter start   / search   l log"]);
        assert_eq!(at(24), [" Enter start   / search"]);
        assert_eq!(at(20), [" / search"]);
    }

    #[test]
    fn hints_are_dropped_whole_and_help_stays() {
        assert_eq!(at(50), [" Enter start   / search   l log   ? help"]);
        assert_eq!(at(34), [" Enter start   / search   ? help"]);
        assert_eq!(at(10), [" ? help"]);
        assert_eq!(at(6), [""]);
    }
}
