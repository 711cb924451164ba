//! Where everything goes at this size: three panes, one pane with tabs, or one plain line.

use ratatui::layout::Rect;

/// The smallest size that shows three panes side by side.
pub const WIDE: (u16, u16) = crate::app::WIDE;
/// The smallest size that shows a pane at all.
pub const NARROW: (u16, u16) = crate::app::READABLE;

/// How the screen is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// Three panes side by side, each with a heading of two rows above it.
    Wide {
        /// The whole columns of the panes, headings included.
        panes: [Rect; 3],
        /// What happened: a row, or a few.
        message: Rect,
        /// One row: the keys that are valid now.
        footer: Rect,
    },
    /// One pane, with tabs above it.
    Narrow {
        /// Two rows.
        tabs: Rect,
        /// One row for a running session when another pane shows, else empty.
        strip: Rect,
        /// The pane.
        pane: Rect,
        /// What happened: a row, or a few.
        message: Rect,
        /// One row: the keys that are valid now.
        footer: Rect,
    },
    /// One plain line.
    Tiny(Rect),
}

/// Whether there is room for one line only.
pub fn is_tiny(area: Rect) -> bool {
    area.width < NARROW.0 || area.height < NARROW.1
}

/// Divides the screen. `zoomed`: one pane even where three have room. `strip`: a session runs outside the pane shown.
/// `message_rows`: rows for what happened, one to three.
pub fn screen(area: Rect, zoomed: bool, strip: bool, message_rows: u16) -> Screen {
    if is_tiny(area) {
        return Screen::Tiny(area);
    }
    let message_rows = message_rows.clamp(1, 3);
    let footer = Rect::new(area.x, area.bottom() - 1, area.width, 1);
    let message = Rect::new(area.x, footer.y - message_rows, area.width, message_rows);
    let body = Rect::new(area.x, area.y, area.width, message.y - area.y);
    if area.width >= WIDE.0 && area.height >= WIDE.1 && !zoomed {
        return Screen::Wide {
            panes: columns(body),
            message,
            footer,
        };
    }
    let tabs = Rect::new(area.x, area.y, area.width, 2);
    let strip_rows = u16::from(strip);
    Screen::Narrow {
        tabs,
        strip: Rect::new(area.x, area.y + 2, area.width, strip_rows),
        pane: Rect::new(
            area.x,
            area.y + 2 + strip_rows,
            area.width,
            body.height - 2 - strip_rows,
        ),
        message,
        footer,
    }
}

/// Library, Session and Log, one free column between them. The outer two get what their rows need and no more, so
/// that a very wide terminal gives its room to the middle.
fn columns(body: Rect) -> [Rect; 3] {
    let room = body.width - 2;
    let outer = |share: u16, least: u16, most: u16| (room * share / 100).clamp(least, most);
    let left = outer(34, 32, 54);
    let right = outer(29, 28, 48);
    let middle = room - left - right;
    let at = |x: u16, width: u16| Rect::new(body.x + x, body.y, width, body.height);
    [
        at(0, left),
        at(left + 1, middle),
        at(left + middle + 2, right),
    ]
}

/// A card in the middle of the screen: as wide and high as wanted where there is room, with a free edge around it.
pub fn card(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height);
    Rect::new(
        area.x + (area.width - width) / 2,
        area.y + (area.height - height) / 2,
        width,
        height,
    )
}

/// Takes `columns` off the left and the right, as far as there are any.
pub fn inset(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width / 2);
    Rect::new(
        area.x + columns,
        area.y,
        area.width - 2 * columns,
        area.height,
    )
}

/// No wider than so many columns: what belongs together stays within one look.
pub fn at_most(area: Rect, columns: u16) -> Rect {
    Rect {
        width: area.width.min(columns),
        ..area
    }
}

/// The first `rows` of an area, and the rest.
pub fn split_top(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    (
        Rect::new(area.x, area.y, area.width, rows),
        Rect::new(area.x, area.y + rows, area.width, area.height - rows),
    )
}

/// The first `columns` of an area, and the rest.
pub fn split_left(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    (
        Rect::new(area.x, area.y, columns, area.height),
        Rect::new(area.x + columns, area.y, area.width - columns, area.height),
    )
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(width: u16, height: u16) -> Screen {
        screen(Rect::new(0, 0, width, height), false, false, 1)
    }

    #[test]
    fn three_panes_fill_a_wide_screen_without_overlapping() {
        for width in 100..400 {
            let Screen::Wide { panes, .. } = at(width, 36) else {
                panic!("{width} is wide")
            };
            assert_eq!(panes[0].right() + 1, panes[1].x);
            assert_eq!(panes[1].right() + 1, panes[2].x);
            assert_eq!(panes[2].right(), width);
            assert!(panes.iter().all(|pane| pane.width >= 28));
        }
    }

    #[test]
    fn the_breakpoints_are_where_they_are_said_to_be() {
        assert!(matches!(at(100, 28), Screen::Wide { .. }));
        assert!(matches!(at(99, 28), Screen::Narrow { .. }));
        assert!(matches!(at(100, 27), Screen::Narrow { .. }));
        assert!(matches!(at(40, 12), Screen::Narrow { .. }));
        assert!(matches!(at(39, 12), Screen::Tiny(_)));
        assert!(matches!(at(40, 11), Screen::Tiny(_)));
        assert!(matches!(at(0, 0), Screen::Tiny(_)));
    }

    #[test]
    fn zooming_gives_the_whole_width_to_one_pane() {
        let zoomed = screen(Rect::new(0, 0, 120, 36), true, false, 1);
        assert!(matches!(zoomed, Screen::Narrow { pane, .. } if pane.width == 120));
    }

    #[test]
    fn a_card_never_leaves_the_screen() {
        for width in 0..60 {
            for height in 0..20 {
                let area = Rect::new(0, 0, width, height);
                let card = card(area, 50, 14);
                assert_eq!(card.intersection(area), card);
            }
        }
    }
}
