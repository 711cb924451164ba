//! What the map shows at which size, and where the keys lead on it.

use super::*;
use crate::ui::widgets::testing::drawn;

fn map(width: u16, height: u16, fills: &[&str], ascii: bool) -> Vec<String> {
    let look = Look::new(ascii, true);
    let fills: Vec<Fill> = fills.iter().map(|text| Fill::read(text)).collect();
    drawn(width, height, |area, buffer| {
        draw(area, buffer, &fills, &look);
    })
}

/// How many cells of a picture are filled, left and right of the spine.
fn filled(width: u16, fills: &[&str]) -> (usize, usize) {
    let lines = map(width, 24, fills, true);
    let middle = usize::from(width) / 2;
    let count = |range: &str| range.matches('#').count();
    let picture = &lines[..23];
    let halves = picture.iter().map(|line| {
        let line = format!("{line:<0$}", usize::from(width));
        (count(&line[..middle]), count(&line[middle..]))
    });
    halves.fold((0, 0), |(l, r), (left, right)| (l + left, r + right))
}

#[test]
fn the_persons_left_is_on_the_left() {
    let (left, right) = filled(39, &["belt-line:left"]);
    assert!(left > 0 && right == 0, "{left} {right}");
    let (left, right) = filled(39, &["belt-line:right"]);
    assert!(left == 0 && right > 0, "{left} {right}");
    let (left, right) = filled(39, &["belt-line"]);
    assert!(left > 0 && left == right, "{left} {right}");
}

#[test]
fn every_cell_shows_at_the_smallest_size() {
    for cell in anatomy::CELLS {
        // On the spine's own line the cross stands over the fill.
        if ["spine-midline", "tailbone"].contains(&cell.id) {
            continue;
        }
        let empty = map(24, 12, &[], false);
        let full = map(24, 12, &[cell.id], false);
        assert_ne!(empty[..11], full[..11], "{}", cell.id);
    }
}

#[test]
fn the_places_without_pressure_are_marked_at_every_size_in_both_glyph_sets() {
    for ascii in [false, true] {
        for (width, height) in [(24, 12), (30, 16), (40, 20), (60, 34), (100, 50)] {
            let lines = map(width, height, &["belt-line"], ascii);
            let mark = if ascii { 'x' } else { '×' };
            let picture = &lines[..usize::from(height) - 1];
            let rows = picture.iter().filter(|line| line.contains(mark)).count();
            assert!(rows >= 5, "{width}x{height}: {lines:#?}");
            assert!(lines[usize::from(height) - 1].ends_with("no pressure"));
            assert!(!ascii || lines.iter().all(|line| line.is_ascii()));
        }
    }
}

#[test]
fn the_cell_that_the_keys_act_on_is_a_block_on_its_side_in_every_size() {
    use ratatui::style::Modifier;
    for (width, height) in [(24, 12), (40, 20), (60, 34)] {
        for cell in anatomy::CELLS.iter().filter(|cell| !cell.midline()) {
            let area = Rect::new(0, 0, width, height);
            let mut buffer = Buffer::empty(area);
            let cursor = Fill {
                region: cell.id,
                side: Some(Side::Left),
            };
            choose(
                area,
                &mut buffer,
                &[],
                Some(cursor),
                &Look::new(false, false),
            );
            let block = area.positions().filter(|position| {
                let cell = &buffer[*position];
                cell.modifier.contains(Modifier::REVERSED)
            });
            let columns: Vec<u16> = block.map(|position| position.x).collect();
            assert!(!columns.is_empty(), "{} at {width}", cell.id);
            let middle = width / 2;
            assert!(
                columns.iter().all(|x| *x < middle),
                "{} at {width}",
                cell.id
            );
        }
    }
}

#[test]
fn arrows_lead_where_the_drawing_shows_the_next_cell() {
    use crate::domain::back_map::{Way, step};
    use crate::domain::vocabulary::PlaceSide;
    let middle = |id: &str| anatomy::cell(id).map_or((f64::NAN, 0.0), Cell::middle);
    for cell in anatomy::CELLS {
        let (x, y) = cell.middle();
        let (above, _) = step(cell.id, PlaceSide::Right, Way::Up);
        assert!(
            above == cell.id || middle(above).1 < y,
            "{} up to {above}",
            cell.id
        );
        let (below, _) = step(cell.id, PlaceSide::Right, Way::Down);
        assert!(
            below == cell.id || middle(below).1 > y,
            "{} down to {below}",
            cell.id
        );
        let (out, _) = step(cell.id, PlaceSide::Right, Way::Right);
        assert!(
            out == cell.id || middle(out).0 > x,
            "{} out to {out}",
            cell.id
        );
    }
}

#[test]
fn where_it_would_not_look_like_a_back_nothing_is_drawn() {
    assert!(
        map(23, 30, &["waist-beside-spine"], false)
            .iter()
            .all(String::is_empty)
    );
    assert!(
        map(60, 11, &["waist-beside-spine"], false)
            .iter()
            .all(String::is_empty)
    );
}
