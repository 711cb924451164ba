//! The body map in plain characters: edges as strokes, the area to work on as a hatch.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Density, Shade, View};
use crate::domain::anatomy;
use crate::ui::Look;

/// Draws outline and fills.
pub(super) fn draw(picture: Rect, buffer: &mut Buffer, view: &View, shades: &[Shade], look: &Look) {
    for row in 0..picture.height {
        for column in 0..picture.width {
            let at = (picture.x + column, picture.y + row);
            if let Some(density) = filled(view, shades, column, row) {
                let [least, more, most] = look.glyphs.shade;
                let sign = match density {
                    Density::Area => look.glyphs.area,
                    Density::Least => least,
                    Density::More => more,
                    Density::Most => most,
                };
                buffer.set_string(at.0, at.1, sign, look.theme.accent);
            } else if let Some(stroke) = stroke(view, column, row) {
                buffer.set_string(at.0, at.1, stroke, look.theme.dim);
            }
        }
    }
}

fn middle(view: &View, column: u16, row: u16) -> (f64, f64) {
    view.at(f64::from(column) + 0.5, f64::from(row) + 0.5)
}

fn filled(view: &View, shades: &[Shade], column: u16, row: u16) -> Option<Density> {
    let (x, y) = middle(view, column, row);
    let mut shades = shades.iter();
    let found = shades.find(|(fill, density)| {
        anatomy::cell(fill.region).is_some_and(|cell| {
            let is_loose = cell.front && *density == Density::Area;
            (!is_loose || (column + row).is_multiple_of(2)) && fill.holds(cell, x, y)
        })
    });
    found.map(|(_, density)| *density)
}

/// The stroke of the outline in this cell, leaning the way the edge leans from the row above to the row below.
fn stroke(view: &View, column: u16, row: u16) -> Option<&'static str> {
    let (x, y) = middle(view, column, row);
    let across = view.scale;
    if !anatomy::inside(x, y) {
        return None;
    }
    let leans = |outward: f64| {
        let slope = 2.0 * view.scale;
        let beyond = |y: f64| anatomy::inside(x + outward * across * 0.6, y);
        let (above, below) = (beyond(y - slope * 0.8), beyond(y + slope * 0.8));
        match (above, below, outward > 0.0) {
            (false, true, false) | (true, false, true) => "/",
            (false, true, true) | (true, false, false) => "\\",
            _ => "|",
        }
    };
    if !anatomy::inside(x - across, y) {
        return Some(leans(-1.0));
    }
    if !anatomy::inside(x + across, y) {
        return Some(leans(1.0));
    }
    let line = anatomy::on_line(x, y, view.scale * 0.5);
    line.then_some(if x.abs() < view.scale / 2.0 { "|" } else { "_" })
}
