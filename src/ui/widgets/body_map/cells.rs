//! Which cell of the body map stands where: for a mouse.

use ratatui::layout::{Position, Rect};

use super::{Fill, LEAST, View, framed};
use crate::domain::anatomy::{self, Cell};
use crate::domain::order;
use crate::domain::plan::Side;

/// Which cell, on which side, stands at each place of what [`super::choose`] draws with the same values: for a mouse.
pub fn cells(area: Rect, fills: &[Fill], cursor: Option<Fill>) -> Vec<(Rect, &'static str, Side)> {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return Vec::new();
    }
    let above = Rect {
        height: area.height - 1,
        ..area
    };
    let (picture, view) = framed(above, fills.iter().copied().chain(cursor));
    let here = |position: Position| {
        let (column, row) = (position.x - picture.x, position.y - picture.y);
        let (id, side) = view.cell_at(column, row)?;
        Some((Rect::new(position.x, position.y, 1, 1), id, side))
    };
    picture.positions().filter_map(here).collect()
}

impl View {
    /// The cell that a press at this place of the picture is meant for: the one whose middle it is, as a small one may
    /// have no more; else the nearest of those that it lies in, what can be seen from behind before what lies in front.
    fn cell_at(&self, column: u16, row: u16) -> Option<(&'static str, Side)> {
        let (x, y) = self.at(f64::from(column) + 0.5, f64::from(row) + 0.5);
        let side = if x < 0.0 { Side::Left } else { Side::Right };
        let is_middle = |cell: &Cell| self.middle(cell, Some(side)) == (column, row);
        // Squared: all that counts is which is less.
        let distance = |cell: &Cell| {
            let (middle, half) = (cell.middle(), cell.half());
            ((x.abs() - middle.0) / half.0).powi(2) + ((y - middle.1) / half.1).powi(2)
        };
        let cells = anatomy::CELLS.iter();
        let mut held: Vec<(&Cell, (bool, bool, f64))> = cells
            .filter(|cell| is_middle(cell) || cell.holds(x, y))
            .map(|cell| (cell, (cell.front, !is_middle(cell), distance(cell))))
            .collect();
        order::by(&mut held, |(_, one), (_, other)| {
            let seen = (one.0, one.1).cmp(&(other.0, other.1));
            seen.then(one.2.total_cmp(&other.2))
        });
        held.first().map(|(cell, _)| (cell.id, side))
    }
}
