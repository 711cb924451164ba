//! Moving over the back map cell by cell (F.2): which cell lies above, below, to the left or right of another.
//!
//! Left and right are the person's own, as the back is seen from behind. How far out a cell lies is for moving alone;
//! its shape is the drawing's.

use super::vocabulary::PlaceSide;

/// A cell with how far it lies from the spine, in centimetres of the drawing; 0 on the midline.
type Spot = (&'static str, u8);

/// The cells from the top down, in each row from the spine outwards.
const ROWS: [&[Spot]; 11] = [
    &[("mid-back", 7)],
    &[("spine-midline", 0), ("under-ribs", 9)],
    &[("waist-beside-spine", 5)],
    &[("belt-line", 5), ("pelvis-rim", 11)],
    &[("sacrum", 0), ("upper-outer-buttock", 11)],
    &[("tailbone", 0), ("mid-buttock", 7), ("outer-hip", 16)],
    &[("groin", 3), ("sit-bone", 6)],
    &[
        ("inner-thigh", 3),
        ("back-of-thigh", 8),
        ("front-of-thigh", 10),
    ],
    &[("knee-hollow", 8)],
    &[("shin", 7), ("calf", 9)],
    &[("foot", 8)],
];

/// A way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Way {
    Up,
    Down,
    Left,
    Right,
}

/// The next cell that way, with its side; the same where there is none. A cell on the midline keeps the side that the
/// way came from, so that going on down stays on it. A cell that is not known leads to the belt line.
pub fn step(cell: &str, side: PlaceSide, way: Way) -> (&'static str, PlaceSide) {
    let found = ROWS.iter().enumerate().find_map(|(row, cells)| {
        let column = cells.iter().position(|(id, _)| *id == cell)?;
        Some((row, column))
    });
    let Some((row, column)) = found else {
        return ("belt-line", side);
    };
    match way {
        Way::Up => nearest(row.saturating_sub(1), ROWS[row][column].1, side),
        Way::Down => nearest((row + 1).min(ROWS.len() - 1), ROWS[row][column].1, side),
        Way::Left => across(row, column, side, PlaceSide::Left),
        Way::Right => across(row, column, side, PlaceSide::Right),
    }
}

fn nearest(row: usize, out: u8, side: PlaceSide) -> (&'static str, PlaceSide) {
    let cells = ROWS[row].iter();
    let (id, _) = cells
        .min_by_key(|(_, at)| at.abs_diff(out))
        .unwrap_or(&ROWS[0][0]);
    (id, side)
}

/// Along a row: on the own side outwards or inwards, over the spine to the other.
fn across(row: usize, column: usize, side: PlaceSide, to: PlaceSide) -> (&'static str, PlaceSide) {
    let cells = ROWS[row];
    let (id, out) = cells[column];
    if side == to || out == 0 {
        // Outwards; from the midline to either side.
        return match cells.get(column + 1) {
            Some((next, _)) => (next, to),
            None => (id, side),
        };
    }
    match column.checked_sub(1) {
        Some(inner) => (cells[inner].0, side),
        None => (id, to),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use PlaceSide::{Left, Right};

    #[test]
    fn left_and_right_go_over_the_spine_and_stop_at_the_edge() {
        assert_eq!(step("belt-line", Left, Way::Right), ("belt-line", Right));
        assert_eq!(step("belt-line", Left, Way::Left), ("pelvis-rim", Left));
        assert_eq!(step("pelvis-rim", Left, Way::Left), ("pelvis-rim", Left));
        assert_eq!(step("mid-buttock", Left, Way::Right), ("tailbone", Left));
        assert_eq!(step("tailbone", Left, Way::Right), ("mid-buttock", Right));
        assert_eq!(step("tailbone", Right, Way::Left), ("mid-buttock", Left));
    }

    #[test]
    fn up_and_down_go_to_the_nearest_cell_of_the_same_side() {
        assert_eq!(
            step("belt-line", Right, Way::Up),
            ("waist-beside-spine", Right)
        );
        assert_eq!(
            step("pelvis-rim", Left, Way::Down),
            ("upper-outer-buttock", Left)
        );
        assert_eq!(step("mid-back", Left, Way::Up), ("mid-back", Left));
        assert_eq!(step("foot", Left, Way::Down), ("foot", Left));
    }

    #[test]
    fn every_cell_is_reached_from_every_other_on_both_sides() {
        let ways = [Way::Up, Way::Down, Way::Left, Way::Right];
        for (start, _) in ROWS.iter().copied().flatten() {
            let mut reached = BTreeSet::from([(*start, Left)]);
            let mut open = vec![(*start, Left)];
            while let Some((cell, side)) = open.pop() {
                for next in ways.map(|way| step(cell, side, way)) {
                    if reached.insert(next) {
                        open.push(next);
                    }
                }
            }
            for (cell, out) in ROWS.iter().copied().flatten() {
                assert!(reached.contains(&(cell, Left)), "{start} to {cell} left");
                assert!(
                    *out == 0 || reached.contains(&(cell, Right)),
                    "{start} to {cell} right"
                );
            }
        }
    }
}
