//! Dots finer than cells: two columns and four rows of them in each cell, as braille.
//!
//! ratatui's canvas takes colours alone, not styles, and every dot of it costs more than working out whether it is set:
//! it was a tenth of what is done before the first frame.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// The bits of a braille sign, by row and column.
const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
/// The braille sign without dots.
const NONE: u32 = 0x2800;

/// The dots of an area, none of them set at first.
#[derive(Debug)]
pub struct Dots {
    area: Rect,
    /// Row by row: the dots that are set, and the style of the last of them.
    cells: Vec<(u8, Style)>,
}

impl Dots {
    /// For this area.
    pub fn new(area: Rect) -> Self {
        let cells = usize::from(area.width) * usize::from(area.height);
        Self {
            area,
            cells: vec![(0, Style::new()); cells],
        }
    }

    /// Columns and rows of dots.
    pub fn size(&self) -> (usize, usize) {
        let (columns, rows) = (self.area.width, self.area.height);
        (usize::from(columns) * 2, usize::from(rows) * 4)
    }

    /// Sets a dot; outside of the area, none. The last one of a cell gives it its style.
    pub fn set(&mut self, column: usize, row: usize, style: Style) {
        let columns = usize::from(self.area.width);
        if column / 2 >= columns {
            return;
        }
        if let Some(cell) = self.cells.get_mut(row / 4 * columns + column / 2) {
            *cell = (cell.0 | BITS[row % 4][column % 2], style);
        }
    }

    /// Draws the cells in which there are dots, over what stands there; what is behind it stays.
    pub fn draw(&self, buffer: &mut Buffer) {
        let columns = usize::from(self.area.width).max(1);
        for (y, row) in (self.area.y..).zip(self.cells.chunks(columns)) {
            for (x, (dots, style)) in (self.area.x..).zip(row) {
                let sign = char::from_u32(NONE + u32::from(*dots)).filter(|_| *dots > 0);
                if let Some((sign, cell)) = sign.zip(buffer.cell_mut((x, y))) {
                    cell.fg = Color::Reset;
                    cell.modifier.remove(Modifier::DIM);
                    cell.set_char(sign).set_style(*style);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    #[test]
    fn each_dot_has_its_place_and_what_lies_outside_is_none() {
        let lines = drawn(4, 2, |area, buffer| {
            let mut dots = Dots::new(area);
            assert_eq!(dots.size(), (8, 8));
            for (column, row) in [(0, 0), (1, 3), (2, 1), (2, 2), (7, 7), (8, 0), (0, 8)] {
                dots.set(column, row, Style::new());
            }
            dots.draw(buffer);
        });
        assert_eq!(lines, ["⢁⠆", "   ⢀"]);
    }

    #[test]
    fn the_last_dot_of_a_cell_gives_it_its_style_over_what_stood_there() {
        let area = Rect::new(0, 0, 1, 1);
        let mut buffer = Buffer::empty(area);
        let dim = Style::new().fg(Color::Blue).bg(Color::Red).dim();
        buffer.set_string(0, 0, "-", dim);
        let mut dots = Dots::new(area);
        dots.set(0, 0, Style::new().fg(Color::Yellow));
        dots.set(0, 1, Style::new().bold());
        dots.draw(&mut buffer);
        let cell = &buffer[(0, 0)];
        let style = (cell.fg, cell.bg, cell.modifier);
        assert_eq!(cell.symbol(), "⠃");
        assert_eq!(style, (Color::Reset, Color::Red, Modifier::BOLD));
    }
}
