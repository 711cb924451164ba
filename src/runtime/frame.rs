//! Frames, each compared with the one on the screen: what of it has to be painted.
//!
//! ratatui's own comparison takes a blank for changed when only the colour of the nothing in it did, and keeps the row to
//! itself, without which a small gap can't be written once more instead of stepped over. Together that is 5 bytes of the
//! 100 that a second of a countdown may cost. It takes as long as ratatui's.

use std::mem;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::paint::Paint;

/// What is on the screen, and an empty frame to fill next.
#[derive(Debug)]
pub struct Frames {
    /// Without cells before the first frame: a page of memory costs 2 µs, and these are 50 at 120x36.
    shown: Buffer,
    next: Buffer,
    paint: Paint,
}

impl Frames {
    /// For a screen of this size that is empty and in plain style.
    pub fn new((columns, rows): (u16, u16)) -> Self {
        let area = Rect::new(0, 0, columns, rows);
        Self {
            shown: Buffer::default(),
            next: Buffer::empty(area),
            paint: Paint::new(columns),
        }
    }

    /// Starts anew on a screen of this size that is empty and in plain style. The room for cells grows and shrinks where it
    /// is: of a screen as large as a wall it is 8 MB, of which the allocator keeps most when it is freed.
    pub fn restart(&mut self, (columns, rows): (u16, u16)) {
        for buffer in [&mut self.shown, &mut self.next] {
            buffer.resize(Rect::new(0, 0, columns, rows));
            buffer.content.shrink_to_fit();
            buffer.reset();
        }
        self.paint = Paint::new(columns);
    }

    /// The bytes that turn what is on the screen into what `view` draws; none where that is the same. [`Frames::clear`]
    /// comes between two of them.
    pub fn draw(&mut self, view: impl FnOnce(Rect, &mut Buffer)) -> &str {
        let area = self.next.area;
        view(area, &mut self.next);
        let columns = usize::from(area.width).max(1);
        let blank = vec![Cell::EMPTY; columns];
        let mut shown = self.shown.content.chunks(columns);
        self.paint.begin();
        for (y, new) in (0..).zip(self.next.content.chunks(columns)) {
            let old = shown.next().unwrap_or(&blank);
            compare(old, new, |x| self.paint.cell(x as u16, y, new));
        }
        mem::swap(&mut self.shown, &mut self.next);
        self.paint.end()
    }

    /// Makes the next frame an empty one: once the bytes are on their way, nobody waits for it.
    pub fn clear(&mut self) {
        self.next.resize(self.shown.area);
        self.next.reset();
    }
}

/// Tells the places in a row that have to be painted, in their order but for what lies under a sign: that comes before
/// it.
fn compare(old: &[Cell], new: &[Cell], mut each: impl FnMut(usize)) {
    let mut pairs = old.iter().zip(new);
    let Some(first) = pairs.position(|(old, new)| !looks_same(old, new)) else {
        return;
    };
    let (mut at, mut anew) = (0, 0);
    while at < new.len() {
        let cell = &new[at];
        let end = (at + columns(cell)).min(new.len());
        if at < anew || (at >= first && !looks_same(&old[at], cell)) {
            // Some terminals leave what stood under the second half of these; others have none if it is painted later.
            if end > at + 1 && cell.symbol().contains(EMOJI_STYLE) {
                let under = at + 1..end;
                let changed = |at: &usize| old[*at].symbol() != new[*at].symbol();
                under.filter(changed).for_each(&mut each);
            }
            each(at);
            // Where a wide sign went, its other half is gone as well, in a style that terminals do not agree on.
            let reach = |at: usize| at + columns(&old[at]);
            anew = (at..end).map(reach).fold(anew, usize::max);
        }
        at = end;
    }
}

/// Asks for the sign before it to be drawn as an emoji.
const EMOJI_STYLE: char = '\u{fe0f}';

/// What shows where nothing is written.
pub const SHOWS_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// Whether nothing is seen of a cell but what is behind it.
pub fn is_bare(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SHOWS_ON_BLANK)
}

fn looks_same(old: &Cell, new: &Cell) -> bool {
    let (before, now) = (old.symbol().as_bytes(), new.symbol().as_bytes());
    // Nearly all are one byte long, and not worth a call to compare them.
    let same_symbol = match (before, now) {
        ([before], [now]) => before == now,
        _ => before == now,
    };
    same_symbol
        && old.bg == new.bg
        && ((old.fg, old.modifier) == (new.fg, new.modifier) || (is_bare(old) && is_bare(new)))
}

/// The columns that a cell takes, 1 at least.
fn columns(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    if symbol.len() == 1 || is_plain_sign(symbol) {
        return 1;
    }
    usize::from(cell.cell_width()).max(1)
}

/// Lines and blocks, and the dots of drawings: one column wide wherever anything of ours is.
pub fn is_plain_sign(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let sign = chars.next();
    matches!(
        sign,
        Some('\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}')
    ) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Color, Style};

    use super::*;

    fn row(parts: &[(u16, String, u8)]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 16, 1));
        for (x, text, style) in parts {
            let style = [
                Style::new(),
                Style::new().fg(Color::Red),
                Style::new().bg(Color::Blue),
                Style::new().fg(Color::Red).add_modifier(Modifier::REVERSED),
            ][usize::from(*style)];
            buffer.set_string(*x, 0, text, style);
        }
        buffer
    }

    fn parts() -> impl Strategy<Value = Vec<(u16, String, u8)>> {
        let text = prop_oneof!["[ab ]{1,5}", Just("█ ⣿".to_owned()), Just("ü│".to_owned()),];
        // Wide signs stand in a part of the row of their own: half of one is nothing that is drawn.
        let narrow = prop::collection::vec((0..8_u16, text, 0..4_u8), 0..4);
        let wide = prop::collection::vec(
            (
                0..3_u16,
                prop_oneof![
                    "[a ]{4}",
                    Just("広".to_owned()),
                    Just("❤\u{fe0f}".to_owned())
                ],
                0..4_u8,
            ),
            0..3,
        );
        (narrow, wide).prop_map(|(mut narrow, wide)| {
            narrow.extend(
                wide.into_iter()
                    .map(|(at, text, style)| (12 + at / 2 * 2, text, style)),
            );
            narrow
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn all_is_painted_that_ratatui_would_paint_and_that_can_be_seen(old in parts(), new in parts()) {
            let (old, new) = (row(&old), row(&new));
            let mut ours = Vec::new();
            compare(&old.content, &new.content, |at| ours.push(at));
            let is_before = |pair: &[usize]| pair[0] < pair[1] || columns(&new.content[pair[1]]) == 2;
            prop_assert!(ours.windows(2).all(is_before), "{ours:?}");
            for (x, _, cell) in old.diff_iter(&new) {
                let at = usize::from(x);
                let is_seen = !looks_same(&old.content[at], cell);
                prop_assert!(!is_seen || ours.contains(&at), "{at} of {old:?} {new:?}");
            }
        }
    }

    #[test]
    fn of_a_blank_only_what_is_behind_it_is_seen() {
        let cell = |style| row(&[(0, " ".to_owned(), style)]).content[0].clone();
        assert!(looks_same(&cell(0), &cell(1)));
        assert!(!looks_same(&cell(0), &cell(2)));
        assert!(!looks_same(&cell(1), &cell(3)));
    }
}
