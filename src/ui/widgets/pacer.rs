//! The breathing pacer: a lens that widens and narrows about its middle.
//!
//! Each level moves its edges by a few columns and nothing else, so that one costs the terminal little.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::domain::breath::LEVELS;
use crate::ui::Look;

/// The most columns that an edge moves from one level to the next.
const STRIDE_MAX: u16 = 6;

/// Draws it in the middle of the area: its rows are as many as the area has, an odd number to be symmetric. `level` is
/// from 0 to [`LEVELS`].
pub fn draw(area: Rect, buffer: &mut Buffer, level: u8, style: Style, look: &Look) {
    let levels = u16::from(LEVELS);
    let room = area.width.saturating_sub(5) / 2;
    // Whole strides where there is room for them, else what there is.
    let widest = match room / levels {
        0 => room,
        stride => stride.min(STRIDE_MAX) * levels,
    };
    if area.is_empty() || widest < levels / 2 {
        return;
    }
    let middle = area.x + area.width / 2;
    let reach = 1 + widest * u16::from(level.min(LEVELS)) / levels;
    let widest = 1 + widest;
    // Blanks in reverse: they leave no seams between rows, and a cell is one byte on the way to the terminal.
    let style = style.add_modifier(Modifier::REVERSED);
    for row in 0..area.height {
        let y = area.y + row;
        let half = share(row, area.height, reach);
        let fill = " ".repeat(usize::from(2 * half + 1));
        buffer.set_string(middle - half, y, fill, style);
        // Where it will have come to when the breath is full.
        if row == area.height / 2 {
            for x in [middle - widest - 1, middle + widest + 1] {
                buffer.set_string(x, y, look.glyphs.rule_v, look.theme.dim);
            }
        }
    }
}

/// How far a row reaches to either side: whole in the middle, less above and below, as in an ellipse.
fn share(row: u16, rows: u16, reach: u16) -> u16 {
    let from_middle = f64::from((2 * row + 1).abs_diff(rows)) / f64::from(rows);
    let part = (1.0 - from_middle * from_middle).sqrt();
    (f64::from(reach) * part).round() as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(width: u16, rows: u16, level: u8) -> Vec<u16> {
        let area = Rect::new(0, 0, width, rows);
        let mut buffer = Buffer::empty(area);
        draw(area, &mut buffer, level, Style::new(), &Look::default());
        let lit = |x, y| buffer[(x, y)].modifier.contains(Modifier::REVERSED);
        let row = |y: u16| {
            let cells: Vec<u16> = (0..width).filter(|x| lit(*x, y)).collect();
            if let (Some(first), Some(last)) = (cells.first(), cells.last()) {
                assert_eq!(
                    first + last,
                    2 * (width / 2),
                    "as far to the left as to the right"
                );
            }
            cells.len() as u16
        };
        (0..rows).map(row).collect()
    }

    #[test]
    fn it_is_symmetric_and_each_level_is_wider_by_a_few_columns() {
        let mut before = 0;
        for level in 0..=LEVELS {
            let rows = widths(116, 5, level);
            assert!(rows[0] <= rows[1] && rows[1] <= rows[2], "{rows:?}");
            assert_eq!(rows[..2], [rows[4], rows[3]], "upside down the same");
            let step = rows[2] - before;
            assert!(level == 0 || step == 2 * 3, "{step}");
            before = rows[2];
        }
    }

    #[test]
    fn where_there_is_no_room_nothing_is_drawn() {
        for width in 0..70 {
            for rows in 0..4 {
                let drawn = widths(width, rows, LEVELS);
                assert_eq!(
                    drawn.iter().any(|width| *width > 0),
                    width >= 21 && rows > 0
                );
            }
        }
    }
}
