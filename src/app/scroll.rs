//! How far a text is scrolled.

use std::cell::Cell;

use super::message::Action;

/// A place in a text that may be longer than its room.
#[derive(Debug, Clone)]
pub struct Scroll {
    first: usize,
    /// The largest useful first line and the rows shown; told by the drawing.
    extent: Cell<(usize, usize)>,
}

impl Default for Scroll {
    /// At the top.
    fn default() -> Self {
        Self {
            first: 0,
            extent: Cell::new((usize::MAX, 1)),
        }
    }
}

impl Scroll {
    /// The first line to show. The drawing tells how many `lines` there are and how many `rows` have room.
    pub fn first(&self, lines: usize, rows: usize) -> usize {
        let most = lines.saturating_sub(rows);
        self.extent.set((most, rows));
        self.first.min(most)
    }

    /// Moves if the action is a movement.
    pub fn act(&mut self, action: Action) {
        let (most, rows) = self.extent.get();
        let page = rows.saturating_sub(1).max(1);
        // What was scrolled to in a smaller window may be more than this one has.
        let first = self.first.min(most);
        self.first = match action {
            Action::Down => first.saturating_add(1),
            Action::Up => first.saturating_sub(1),
            Action::PageDown => first.saturating_add(page),
            Action::PageUp => first.saturating_sub(page),
            Action::Top => 0,
            Action::Bottom => most,
            _ => first,
        }
        .min(most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stops_at_both_ends_and_keeps_a_line_of_the_page_before() {
        let mut scroll = Scroll::default();
        assert_eq!(scroll.first(30, 10), 0);
        for (action, first) in [
            (Action::Up, 0),
            (Action::PageDown, 9),
            (Action::PageDown, 18),
            (Action::PageDown, 20),
            (Action::Down, 20),
            (Action::Up, 19),
            (Action::Top, 0),
            (Action::Bottom, 20),
            (Action::PageUp, 11),
        ] {
            scroll.act(action);
            assert_eq!(scroll.first(30, 10), first, "{action:?}");
        }
    }

    #[test]
    fn a_window_that_grew_shows_the_end_and_moves_up_from_there() {
        let mut scroll = Scroll::default();
        scroll.first(30, 10);
        scroll.act(Action::Bottom);
        assert_eq!(scroll.first(30, 25), 5);
        scroll.act(Action::Up);
        assert_eq!(scroll.first(30, 25), 4);
    }
}
