//! The back seen from behind: the area to work on filled, the places that get no pressure always marked, left and right
//! as the person feels them.

mod ascii;
mod cells;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::dots::Dots;
use super::text;
use crate::domain::anatomy::{self, Cell, Level};
use crate::domain::plan::Side;
use crate::ui::Look;
pub use cells::cells;

/// The smallest room in which the drawing still looks like a back.
pub const LEAST: (u16, u16) = (24, 12);

/// A cell to fill: on one side, or on both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill<'a> {
    /// The cell's id (F.2); an unknown one fills nothing.
    pub region: &'a str,
    /// `None`: both sides, or a cell on the midline.
    pub side: Option<Side>,
}

impl<'a> Fill<'a> {
    /// Reads `belt-line:left`, `:right`, `:both`, or a cell without a side, as the journal writes them.
    pub fn read(text: &'a str) -> Self {
        let (region, side) = text.split_once(':').unwrap_or((text, ""));
        let side = match side {
            "left" => Some(Side::Left),
            "right" => Some(Side::Right),
            _ => None,
        };
        Self { region, side }
    }

    fn holds(&self, cell: &Cell, x: f64, y: f64) -> bool {
        self.is_on_side(cell, x) && cell.holds(x, y)
    }

    fn is_on_side(&self, cell: &Cell, x: f64) -> bool {
        match self.side {
            _ if cell.midline() => true,
            None => true,
            Some(Side::Left) => x < 0.0,
            Some(Side::Right) => x > 0.0,
        }
    }
}

/// How thickly a cell is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// The area to work on; what lies on the front shows through loosely.
    Area,
    /// One of three steps by how often it was named, the most often the densest.
    Least,
    /// See [`Density::Least`].
    More,
    /// See [`Density::Least`].
    Most,
}

/// A cell with how thickly it is filled.
type Shade<'a> = (Fill<'a>, Density);

/// Whether this dot of a shade is set.
fn is_set(density: Density, is_front: bool, column: usize, row: usize) -> bool {
    match density {
        Density::Area => !is_front || is_loose(column, row),
        Density::Least => is_loose(column, row),
        Density::More => (column + row).is_multiple_of(2),
        Density::Most => true,
    }
}

/// Every fourth dot.
fn is_loose(column: usize, row: usize) -> bool {
    (column + row).is_multiple_of(2) && row.is_multiple_of(2)
}

/// Draws the map without a legend, each cell as thickly as it is to be; nothing where it is smaller than [`LEAST`].
pub fn shaded(area: Rect, buffer: &mut Buffer, shades: &[(Fill, Density)], look: &Look) -> bool {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return false;
    }
    picture(area, buffer, shades, None, look);
    true
}

/// Draws the map with its legend into the area; nothing where it is smaller than [`LEAST`]. Returns whether it did.
pub fn draw(area: Rect, buffer: &mut Buffer, fills: &[Fill], look: &Look) -> bool {
    choose(area, buffer, fills, None, look)
}

/// The same with the cell that the keys act on as a block. `cursor`: `None` without keys.
pub fn choose(
    area: Rect,
    buffer: &mut Buffer,
    fills: &[Fill],
    cursor: Option<Fill>,
    look: &Look,
) -> bool {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return false;
    }
    let above = Rect {
        height: area.height - 1,
        ..area
    };
    let shades: Vec<Shade> = fills.iter().map(|fill| (*fill, Density::Area)).collect();
    picture(above, buffer, &shades, cursor, look);
    let legend = Rect::new(area.x, area.bottom() - 1, area.width, 1);
    draw_legend(legend, buffer, fills, look);
    true
}

/// The columns that are drawn on, and what is seen there.
fn framed<'a>(area: Rect, in_sight: impl Iterator<Item = Fill<'a>>) -> (Rect, View) {
    // An odd width has a column for the spine.
    let width = (area.width - 1) | 1;
    let picture = Rect {
        width,
        x: area.x + (area.width - width) / 2,
        ..area
    };
    let in_sight: Vec<Fill> = in_sight.collect();
    (picture, View::of(picture, &in_sight))
}

fn picture(area: Rect, buffer: &mut Buffer, shades: &[Shade], cursor: Option<Fill>, look: &Look) {
    let fills = shades.iter().map(|(fill, _)| *fill);
    let (picture, view) = framed(area, fills.chain(cursor));
    if look.glyphs.ascii {
        ascii::draw(picture, buffer, &view, shades, look);
    } else {
        braille(picture, buffer, &view, shades, look);
    }
    zones(picture, buffer, &view, look);
    if let Some(cursor) = cursor {
        block(picture, buffer, &view, cursor, look);
    }
    sides(picture, buffer, &view, look);
}

/// Which part of the body the picture shows, and how large.
#[derive(Debug, Clone, Copy)]
struct View {
    /// The height (in cm) at the picture's upper edge.
    top: f64,
    /// Centimetres to a column; a row is twice as high as a column is wide.
    scale: f64,
    columns: f64,
}

/// Parts of the body to show, the closest first: low back, back to the knees, shoulders to the knees, legs, all.
const PARTS: [(f64, f64); 5] = [
    (-3.0, 57.0),
    (-6.0, 96.0),
    (-27.0, 96.0),
    (38.0, 138.0),
    (anatomy::TOP, anatomy::BOTTOM),
];

impl View {
    /// The part that holds every filled cell and suits the room: more of the body where there is room for more.
    fn of(picture: Rect, fills: &[Fill]) -> Self {
        let (from, to) = fills
            .iter()
            .filter_map(|fill| anatomy::cell(fill.region))
            .map(Cell::span)
            .fold((20.0_f64, 40.0_f64), |(from, to), (top, bottom)| {
                (from.min(top), to.max(bottom))
            });
        let legs_only = fills
            .iter()
            .filter_map(|fill| anatomy::cell(fill.region))
            .all(|cell| cell.span().0 > 46.0)
            && to > 96.0;
        let closest = match picture.height {
            0..=17 => 0,
            18..=25 => 1,
            26..=33 => 2,
            _ => 4,
        };
        let part = if legs_only && closest < 4 {
            PARTS[3]
        } else {
            PARTS
                .into_iter()
                .enumerate()
                .filter(|(index, _)| *index >= closest && *index != 3)
                .map(|(_, part)| part)
                .find(|(top, bottom)| *top <= from && *bottom >= to)
                .unwrap_or(PARTS[4])
        };
        Self::fitted(picture, part)
    }

    /// As large as height and width allow, in the middle of what is left over.
    fn fitted(picture: Rect, (top, bottom): (f64, f64)) -> Self {
        let rows = f64::from(picture.height) * 2.0;
        let columns = f64::from(picture.width);
        let widest = if top < -10.0 { 41.0 } else { 37.5 };
        let scale = ((bottom - top) / rows).max(widest / columns);
        let spare = rows * scale - (bottom - top);
        Self {
            top: top - spare / 2.0,
            scale,
            columns,
        }
    }

    /// The point of the body at a place in the picture, in columns from its left and rows from its top.
    fn at(&self, column: f64, row: f64) -> (f64, f64) {
        (
            (column - self.columns / 2.0) * self.scale,
            self.top + row * 2.0 * self.scale,
        )
    }

    /// The place of the picture in which the middle of a cell lies on a side.
    fn middle(&self, cell: &Cell, side: Option<Side>) -> (u16, u16) {
        let (x, y) = cell.middle();
        let x = if side == Some(Side::Left) { -x } else { x };
        let column = x / self.scale + self.columns / 2.0;
        (column.max(0.0) as u16, self.row(y).max(0.0) as u16)
    }

    /// The row in which a height lies.
    fn row(&self, y: f64) -> f64 {
        (y - self.top) / 2.0 / self.scale
    }
}

/// Outline, lines and shades in dots, each judged by where on the body it lies.
fn braille(picture: Rect, buffer: &mut Buffer, view: &View, shades: &[Shade], look: &Look) {
    let mut dots = Dots::new(picture);
    let (columns, rows) = dots.size();
    let place = |dot: usize, per: f64| (dot as f64 + 0.5) / per;
    let across = (0..columns).map(|column| view.at(place(column, 2.0), 0.0).0);
    let across: Vec<f64> = across.collect();
    let rows: Vec<(usize, f64)> = (0..rows)
        .map(|row| (row, view.at(0.0, place(row, 4.0)).1))
        .collect();
    for (row, y) in &rows {
        draw_lines(&across, *y, view.scale / 2.0, |column| {
            dots.set(column, *row, look.theme.dim);
        });
    }
    // What is filled gives a cell its style, whatever lines go through it.
    for (row, y) in rows {
        for (fill, density) in shades {
            draw_shade(&across, (row, y), *fill, *density, |column| {
                dots.set(column, row, look.theme.accent);
            });
        }
    }
    dots.draw(buffer);
}

/// The dots of a row that lie on the outline or on a line. `step`: the distance from one dot to the next.
fn draw_lines(across: &[f64], y: f64, step: f64, mut set: impl FnMut(usize)) {
    let [above, here, below] = [y - step, y, y + step].map(Level::at);
    let ends = anatomy::TOP + step..anatomy::BOTTOM - step;
    let (is_between_ends, has_lines) = (ends.contains(&y), anatomy::has_lines(y));
    let deep = above.within(&below).within(&here.narrowed(step * 1.01));
    for (column, x) in across.iter().enumerate() {
        let is_edge = || {
            // Most of the body, and asked of each dot.
            let within = deep.is_inside(*x)
                || ([above, below].iter().all(|level| level.is_inside(*x))
                    && [x - step, x + step].iter().all(|x| here.is_inside(*x)));
            !within && is_between_ends
        };
        let is_line = || has_lines && anatomy::on_line(*x, y, step * 0.55);
        if (here.is_inside(*x) && is_edge()) || is_line() {
            set(column);
        }
    }
}

/// The dots of a row, of which the number and the height are given, that a shade sets.
fn draw_shade(
    across: &[f64],
    (row, y): (usize, f64),
    fill: Fill,
    density: Density,
    mut set: impl FnMut(usize),
) {
    let Some(cell) = anatomy::cell(fill.region) else {
        return;
    };
    let level = cell.level(y);
    for (column, x) in across.iter().enumerate() {
        let is_held = level.is_inside(*x) && fill.is_on_side(cell, *x);
        if is_held && is_set(density, cell.front, column, row) {
            set(column);
        }
    }
}

/// Marks the places that get no pressure, over whatever else is drawn there.
fn zones(picture: Rect, buffer: &mut Buffer, view: &View, look: &Look) {
    let places =
        (0..picture.height).flat_map(|row| (0..picture.width).map(move |column| (column, row)));
    for (column, row) in places {
        let (x, y) = view.at(f64::from(column) + 0.5, f64::from(row) + 0.5);
        // A loose hatch, and a close one where there is room for a few marks only.
        let loose = view.scale > 1.6 || (column + row) % 2 == (picture.width / 2) % 2;
        let spine = x.abs() < view.scale / 2.0;
        if anatomy::no_pressure(x, y, view.scale * 0.4) && (spine || loose) {
            let cell = &mut buffer[(picture.x + column, picture.y + row)];
            cell.reset();
            cell.set_symbol(look.glyphs.no_pressure)
                .set_style(look.theme.no_pressure);
        }
    }
}

/// The cell that the keys act on: its places reversed, at least the one in its middle.
fn block(picture: Rect, buffer: &mut Buffer, view: &View, cursor: Fill, look: &Look) {
    let Some(cell) = anatomy::cell(cursor.region) else {
        return;
    };
    let middle = view.middle(cell, cursor.side);
    for position in picture.positions() {
        let (column, row) = (position.x - picture.x, position.y - picture.y);
        let (x, y) = view.at(f64::from(column) + 0.5, f64::from(row) + 0.5);
        if (column, row) == middle || cursor.holds(cell, x, y) {
            buffer[position].set_style(look.theme.chosen);
        }
    }
}

/// 'left' and 'right' beside the waist, where the body is slim.
fn sides(picture: Rect, buffer: &mut Buffer, view: &View, look: &Look) {
    let wanted = if view.row(20.0) >= 1.0 { 20.0 } else { 88.0 };
    let row = (view.row(wanted) as u16).min(picture.height - 1);
    let line = Rect::new(picture.x, picture.y + row, picture.width, 1);
    // Columns free on either side of the body there.
    let free = (0..picture.width / 2)
        .take_while(|column| {
            let (x, y) = view.at(f64::from(*column) + 1.5, f64::from(row) + 0.5);
            !anatomy::inside(x, y)
        })
        .count();
    let words = if free > 6 {
        ("left", "right")
    } else if free > 1 {
        ("L", "R")
    } else {
        return;
    };
    let near = Rect {
        width: (free as u16).saturating_sub(1),
        ..line
    };
    text::put_right(near, buffer, words.0, look.theme.dim, look);
    let right = Rect {
        x: line.right() - near.width,
        ..near
    };
    text::put(right, buffer, words.1, look.theme.dim, look);
}

fn draw_legend(line: Rect, buffer: &mut Buffer, fills: &[Fill], look: &Look) {
    let (theme, glyphs) = (&look.theme, &look.glyphs);
    let cells = || fills.iter().filter_map(|fill| anatomy::cell(fill.region));
    let loose = if glyphs.ascii { "#" } else { "⠕" };
    let mut parts = vec![(glyphs.no_pressure, theme.no_pressure, "no pressure")];
    if cells().any(|cell| cell.front) {
        parts.insert(0, (loose, theme.accent, "front"));
    }
    if cells().any(|cell| !cell.front) && (parts.len() == 1 || line.width >= 32) {
        parts.insert(0, (glyphs.area, theme.accent, "here"));
    }
    let gap = 3;
    let width: usize = parts
        .iter()
        .map(|(_, _, word)| word.len() + 2)
        .sum::<usize>()
        + gap * (parts.len() - 1);
    let mut x = line.x + line.width.saturating_sub(width as u16) / 2;
    for (glyph, style, word) in parts {
        buffer.set_string(x, line.y, glyph, style);
        buffer.set_string(x + 2, line.y, word, theme.dim);
        x += 2 + word.len() as u16 + gap as u16;
    }
}

#[cfg(test)]
mod tests;
