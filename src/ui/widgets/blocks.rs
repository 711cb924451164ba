//! Words, digits and signs in block letters that scale: a pixel is as many columns wide and half rows high as there
//! is room for.

mod font;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub use font::Sign;
use font::{ROWS, Shape, shape};

/// How many columns a pixel is wide, and how many half rows each of the five rows of pixels is high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    across: u16,
    down: [u16; ROWS],
}

impl Size {
    /// Square pixels so many columns wide: letters three times that wide and five times half as many rows high.
    pub const fn square(columns: u16) -> Self {
        Self::stretched(columns, columns)
    }

    /// Pixels so many columns wide and so many half rows high.
    pub const fn stretched(columns: u16, half_rows: u16) -> Self {
        Self {
            across: columns,
            down: [half_rows; ROWS],
        }
    }

    /// A column wide and three and a half rows high, with the strokes that lie no thicker than those that stand.
    pub const fn tall() -> Self {
        Self {
            across: 1,
            down: [1, 2, 1, 2, 1],
        }
    }

    /// Rows of cells that a line takes.
    pub fn rows(self) -> u16 {
        self.half_rows().div_ceil(2)
    }

    /// Rows from one line to the next: at least half a row stays free.
    pub fn pitch(self) -> u16 {
        (self.half_rows() + 1).div_ceil(2)
    }

    fn half_rows(self) -> u16 {
        self.down.iter().sum()
    }

    /// Columns that this many pixels take.
    pub fn columns(self, pixels: u16) -> u16 {
        pixels.saturating_mul(self.across)
    }

    /// Whether it needs no cell that is filled in part: ASCII has none.
    pub fn is_whole(self) -> bool {
        self.down.iter().all(|rows| rows.is_multiple_of(2))
    }
}

/// A text of which every character has a shape.
#[derive(Debug, Clone)]
pub struct Blocks {
    shapes: Vec<Shape>,
}

impl Blocks {
    /// The text, capitals only; `None` when it holds a character that has no shape.
    pub fn of(text: &str) -> Option<Self> {
        let shapes: Option<Vec<Shape>> = text.chars().map(shape).collect();
        shapes.map(|shapes| Self { shapes })
    }

    /// A sign.
    pub fn sign(sign: Sign) -> Self {
        Self {
            shapes: vec![sign.shape()],
        }
    }

    /// Pixels from its left to its right.
    pub fn pixels(&self) -> u16 {
        let letters: usize = self.shapes.iter().map(|shape| shape[0].len()).sum();
        (letters + self.shapes.len().saturating_sub(1)) as u16
    }

    /// As rows of cells.
    pub fn lines(&self, size: Size, ascii: bool) -> Vec<String> {
        let rows: Vec<String> = (0..ROWS)
            .map(|row| {
                let parts: Vec<&str> = self.shapes.iter().map(|shape| shape[row]).collect();
                parts.join(" ")
            })
            .collect();
        let halves: Vec<&[u8]> = rows
            .iter()
            .zip(size.down)
            .flat_map(|(row, times)| std::iter::repeat_n(row.as_bytes(), usize::from(times)))
            .collect();
        let across = usize::from(size.across).max(1);
        let lit = |x: usize, y: usize| {
            let row = halves.get(y);
            row.and_then(|row| row.get(x / across)) == Some(&b'#')
        };
        let cell = |x: usize, y: usize| match (lit(x, 2 * y), lit(x, 2 * y + 1)) {
            (false, false) => ' ',
            _ if ascii => '#',
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
        };
        let columns = usize::from(size.columns(self.pixels()));
        (0..usize::from(size.rows()))
            .map(|y| (0..columns).map(|x| cell(x, y)).collect())
            .collect()
    }

    /// Draws it with its upper left corner in that of the area, as far as there is room. What is not lit stays as it is.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, size: Size, style: Style, ascii: bool) {
        for (y, line) in (area.y..area.bottom()).zip(self.lines(size, ascii)) {
            let cells = (area.x..area.right()).zip(line.chars());
            for (x, c) in cells.filter(|(_, c)| *c != ' ') {
                buffer[(x, y)].set_char(c).set_style(style);
            }
        }
    }
}

/// A text in lines of at most so many columns, broken at blanks; `None` when a character has no shape or a word no room.
pub fn wrap(text: &str, size: Size, columns: u16) -> Option<Vec<Blocks>> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        let fits = |line: &str| Some(size.columns(Blocks::of(line)?.pixels()) <= columns);
        match longer {
            Some(longer) if fits(&longer)? => {
                lines.pop();
                lines.push(longer);
            }
            _ if fits(word)? => lines.push(word.to_owned()),
            _ => return None,
        }
    }
    lines.iter().map(|line| Blocks::of(line)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn lines(text: &str, size: Size, ascii: bool) -> Vec<String> {
        Blocks::of(text).unwrap().lines(size, ascii)
    }

    #[test]
    fn a_pixel_may_be_half_a_row_or_many_rows_high() {
        assert_eq!(lines("l", Size::square(1), false), ["█  ", "█  ", "▀▀▀"]);
        assert_eq!(
            lines("l", Size::tall(), false),
            ["█  ", "█  ", "█  ", "▀▀▀"]
        );
        let large = lines("1:07", Size::square(4), false);
        assert_eq!(large.len(), 10);
        assert_eq!(
            large[0],
            "    ████                ████████████    ████████████"
        );
    }

    #[test]
    fn whole_sizes_are_ascii_where_that_is_all_there_is() {
        for size in [Size::square(2), Size::square(4), Size::stretched(1, 2)] {
            assert!(size.is_whole());
            let lines = lines("Left 12:34, go", size, true);
            assert!(lines.iter().all(|line| line.is_ascii()));
        }
        assert!(!Size::square(1).is_whole() && !Size::tall().is_whole());
    }

    #[test]
    fn lines_keep_within_their_columns_and_a_word_is_never_cut() {
        let text = "Rub the palms together until they are warm.";
        let size = Size::square(1);
        for columns in 40..200 {
            let lines = wrap(text, size, columns).unwrap();
            assert!(
                lines
                    .iter()
                    .all(|line| size.columns(line.pixels()) <= columns)
            );
        }
        assert!(wrap(text, size, 20).is_none(), "'together' has no room");
        assert!(wrap("腰痛", size, 200).is_none());
    }
}
