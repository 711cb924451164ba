//! Big digits for the timer of a pane, in three sizes, readable from across the room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::blocks::{self, Blocks};
use crate::ui::Look;

/// How big.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Three rows.
    Small,
    /// Five rows.
    Medium,
    /// Seven rows.
    Large,
}

/// Seven rows of pixels for 0 to 9 and the colon: finer than block letters of five.
const FONT7: [[&str; 7]; 11] = [
    ["####", "#  #", "#  #", "#  #", "#  #", "#  #", "####"],
    ["  # ", " ## ", "  # ", "  # ", "  # ", "  # ", " ###"],
    ["####", "   #", "   #", "####", "#   ", "#   ", "####"],
    ["####", "   #", "   #", " ###", "   #", "   #", "####"],
    ["#  #", "#  #", "#  #", "####", "   #", "   #", "   #"],
    ["####", "#   ", "#   ", "####", "   #", "   #", "####"],
    ["####", "#   ", "#   ", "####", "#  #", "#  #", "####"],
    ["####", "   #", "   #", "  # ", "  # ", " #  ", " #  "],
    ["####", "#  #", "#  #", "####", "#  #", "#  #", "####"],
    ["####", "#  #", "#  #", "####", "   #", "   #", "####"],
    [" ", " ", "#", " ", "#", " ", " "],
];

/// Seven-segment digits for three rows of ASCII.
const SEGMENTS: [[&str; 3]; 11] = [
    [" _ ", "| |", "|_|"],
    ["   ", "  |", "  |"],
    [" _ ", " _|", "|_ "],
    [" _ ", " _|", " _|"],
    ["   ", "|_|", "  |"],
    [" _ ", "|_ ", " _|"],
    [" _ ", "|_ ", "|_|"],
    [" _ ", "  |", "  |"],
    [" _ ", "|_|", "|_|"],
    [" _ ", "|_|", " _|"],
    [" ", ".", "."],
];

impl Size {
    /// Rows that it takes.
    pub fn rows(self) -> u16 {
        match self {
            Self::Small => 3,
            Self::Medium => 5,
            Self::Large => 7,
        }
    }

    /// The largest one in which this text has room; `None` when not even the small one has.
    pub fn fitting(text: &str, width: u16, height: u16, look: &Look) -> Option<Self> {
        [Self::Large, Self::Medium, Self::Small]
            .into_iter()
            .find(|size| size.rows() <= height && size.width(text, look) <= usize::from(width))
    }

    /// Columns that this text takes.
    pub fn width(self, text: &str, look: &Look) -> usize {
        columns(&self.lines(text, look))
    }

    /// The text as lines of cells. Only digits and colons have a shape.
    pub fn lines(self, text: &str, look: &Look) -> Vec<String> {
        let shapes = text.chars().filter_map(|c| match c {
            ':' => Some(10),
            _ => c.to_digit(10).map(|digit| digit as usize),
        });
        let shapes: Vec<usize> = shapes.collect();
        let ascii = look.glyphs.ascii;
        match self {
            Self::Small if ascii => join(&shapes, |shape| SEGMENTS[shape].to_vec(), " "),
            Self::Small => blocks(text, blocks::Size::square(1), ascii),
            Self::Medium => blocks(text, blocks::Size::square(2), ascii),
            Self::Large => doubled(&join(&shapes, |shape| FONT7[shape].to_vec(), " "), ascii),
        }
    }
}

/// Draws the text in the largest size that has room, at the left of the area; returns the rows used, 0 when there is no
/// room.
pub fn draw(area: Rect, buffer: &mut Buffer, text: &str, style: Style, look: &Look) -> u16 {
    let Some(size) = Size::fitting(text, area.width, area.height, look) else {
        return 0;
    };
    let lines = size.lines(text, look);
    for (y, line) in (area.y..).zip(&lines) {
        buffer.set_string(area.x, y, line, style);
    }
    size.rows()
}

fn columns(lines: &[String]) -> usize {
    lines
        .iter()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0)
}

fn join(shapes: &[usize], rows: impl Fn(usize) -> Vec<&'static str>, gap: &str) -> Vec<String> {
    let shapes: Vec<Vec<&str>> = shapes.iter().map(|shape| rows(*shape)).collect();
    let height = shapes.first().map_or(0, Vec::len);
    (0..height)
        .map(|row| {
            let parts: Vec<&str> = shapes.iter().map(|shape| shape[row]).collect();
            parts.join(gap)
        })
        .collect()
}

/// Each pixel two cells wide, as a cell is about twice as high as wide.
fn doubled(pixels: &[String], ascii: bool) -> Vec<String> {
    let on = if ascii { "##" } else { "██" };
    let row = |row: &String| {
        let cells = row.chars().map(|c| if c == '#' { on } else { "  " });
        cells.collect()
    };
    pixels.iter().map(row).collect()
}

/// Of the text what has a shape, in block letters.
fn blocks(text: &str, size: blocks::Size, ascii: bool) -> Vec<String> {
    let known: String = text
        .chars()
        .filter(|c| *c == ':' || c.is_ascii_digit())
        .collect();
    Blocks::of(&known).map_or(Vec::new(), |blocks| blocks.lines(size, ascii))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    #[test]
    fn the_size_follows_the_room() {
        let look = Look::default();
        let fitting = |width, height| Size::fitting("2:30", width, height, &look);
        assert_eq!(fitting(40, 9), Some(Size::Large));
        assert_eq!(fitting(40, 6), Some(Size::Medium));
        assert_eq!(fitting(15, 9), Some(Size::Small));
        assert_eq!(fitting(15, 2), None);
        assert_eq!(fitting(8, 9), None);
    }

    #[test]
    fn small_digits_are_half_blocks() {
        let look = Look::default();
        let lines = drawn(15, 3, |area, buffer| {
            assert_eq!(draw(area, buffer, "1:07", Style::new(), &look), 3);
        });
        assert_eq!(lines, ["▄█  ▄ █▀█ ▀▀█", " █  ▄ █ █   █", "▀▀▀   ▀▀▀   ▀"]);
    }

    #[test]
    fn the_ascii_digits_are_ascii_in_every_size() {
        let look = Look::new(true, false);
        for size in [Size::Small, Size::Medium, Size::Large] {
            let lines = size.lines("1234567890:", &look);
            assert_eq!(lines.len(), usize::from(size.rows()));
            assert!(lines.iter().all(|line| line.is_ascii()));
        }
    }

    #[test]
    fn no_two_digits_look_alike_in_any_size() {
        for look in [Look::default(), Look::new(true, false)] {
            for size in [Size::Small, Size::Medium, Size::Large] {
                let shapes: std::collections::BTreeSet<_> = "0123456789:"
                    .chars()
                    .map(|c| size.lines(&c.to_string(), &look))
                    .collect();
                assert_eq!(shapes.len(), 11);
            }
        }
    }
}
