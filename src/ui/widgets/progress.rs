//! How far something is: one calm bar.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::ui::Look;

/// Draws a bar over the first row of the area. Done is `gone` of `length`, any unit; nothing at all is full.
pub fn draw(area: Rect, buffer: &mut Buffer, gone: u32, length: u32, style: Style, look: &Look) {
    if area.is_empty() {
        return;
    }
    let done = cells(area.width, gone, length);
    for column in 0..area.width {
        let (glyph, style) = if column < done {
            (look.glyphs.rule_strong, style)
        } else {
            (look.glyphs.rule_h, look.theme.dim)
        };
        buffer.set_string(area.x + column, area.y, glyph, style);
    }
}

/// Cells that are done, rounded down: only what is whole is shown full.
fn cells(width: u16, gone: u32, length: u32) -> u16 {
    if gone >= length {
        return width;
    }
    (u64::from(width) * u64::from(gone) / u64::from(length)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    #[test]
    fn the_bar_is_full_only_at_the_end() {
        assert_eq!(cells(10, 0, 90), 0);
        assert_eq!(cells(10, 45, 90), 5);
        assert_eq!(cells(10, 89, 90), 9);
        assert_eq!(cells(10, 90, 90), 10);
        assert_eq!(cells(10, 0, 0), 10);
        assert_eq!(cells(u16::MAX, u32::MAX - 1, u32::MAX), u16::MAX - 1);
    }

    #[test]
    fn done_and_to_do_differ_in_shape() {
        for (look, bar) in [
            (Look::default(), "━━━━──────"),
            (Look::new(true, false), "====------"),
        ] {
            let lines = drawn(10, 1, |area, buffer| {
                draw(area, buffer, 4, 10, Style::new(), &look);
            });
            assert_eq!(lines, [bar]);
        }
    }
}
