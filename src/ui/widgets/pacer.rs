//! The breathing pacer: a lens that widens and narrows about its middle.
//!
//! Each level moves its edges by a few columns and nothing else, so that one costs the terminal little.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::breath::LEVELS;
use crate::ui::Look;

/// The most columns that an edge moves from one level to the next.
const STRIDE_MAX: u16 = 3;

/// Draws it in the middle of the area: its rows are as many as the area has, an odd number to be symmetric. `level` is
/// from 0 to [`LEVELS`].
pub fn draw(area: Rect, buffer: &mut Buffer, level: u8, style: Style, look: &Look) {
    let stride = (area.width.saturating_sub(5) / 2 / u16::from(LEVELS)).min(STRIDE_MAX);
    if area.is_empty() || stride == 0 {
        return;
    }
    let middle = area.x + area.width / 2;
    let widest = 1 + stride * u16::from(LEVELS);
    let reach = 1 + stride * u16::from(level.min(LEVELS));
    let ascii = look.glyphs.ascii;
    // Half rows where there are half blocks: the rounder, the calmer.
    let steps = if ascii { 1 } else { 2 };
    for row in 0..area.height {
        let y = area.y + row;
        let halves: Vec<u16> = (0..steps)
            .map(|half| share(steps * row + half, steps * area.height, reach))
            .collect();
        let (upper, lower) = (halves[0], halves[halves.len() - 1]);
        let far = upper.max(lower);
        for x in middle - far..=middle + far {
            let from_middle = x.abs_diff(middle);
            let glyph = match (from_middle <= upper, from_middle <= lower) {
                _ if ascii => "#",
                (true, true) => "█",
                (true, false) => "▀",
                _ => "▄",
            };
            buffer.set_string(x, y, glyph, style);
        }
        // Where it will have come to when the breath is full.
        if row == area.height / 2 {
            let edges = [middle - widest - 1, middle + widest + 1];
            for x in edges.into_iter().filter(|x| *x < area.right()) {
                buffer.set_string(x, y, look.glyphs.rule_v, look.theme.dim);
            }
        }
    }
}

/// How far a row reaches to either side: whole in the middle, less above and below, as in an ellipse.
fn share(row: u16, rows: u16, reach: u16) -> u16 {
    let from_middle = f64::from((2 * row + 1).abs_diff(rows)) / f64::from(rows + 1);
    let part = (1.0 - from_middle * from_middle).sqrt();
    (f64::from(reach) * part).round() as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    fn at(level: u8) -> Vec<String> {
        drawn(41, 3, |area, buffer| {
            draw(area, buffer, level, Style::new(), &Look::default());
        })
    }

    #[test]
    fn it_is_symmetric_and_each_level_is_wider() {
        let mut before = 0;
        for level in 0..=LEVELS {
            let lines = at(level);
            let blocks = |line: &String| line.chars().filter(|c| *c == '█').count();
            for line in &lines {
                let lead = line.chars().take_while(|c| *c != '█').count();
                assert_eq!(2 * lead + blocks(line), 41, "{line}");
            }
            assert!(blocks(&lines[1]) > before);
            assert!(blocks(&lines[0]) < blocks(&lines[1]) || level == 0);
            before = blocks(&lines[1]);
        }
    }

    #[test]
    fn where_there_is_no_room_nothing_is_drawn() {
        for width in 0..35 {
            drawn(width, 1, |area, buffer| {
                draw(area, buffer, LEVELS, Style::new(), &Look::default());
            });
        }
    }
}
