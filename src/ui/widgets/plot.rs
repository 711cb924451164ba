//! Pain and stress over time on one axis: a sign for each period, lines of two kinds between neighbours, gaps left as
//! gaps, and the number of sessions below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::dots::Dots;
use super::text;
use crate::ui::Look;

/// Columns for the numbers at the left.
const NUMBERS: u16 = 3;
/// Rows below the points: sessions, and the dates.
const BELOW: u16 = 2;
/// The most columns from one point to the next.
const WIDEST: f64 = 9.0;
/// The fewest columns and rows that make a plot.
pub const LEAST: (u16, u16) = (20, 5);

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// What stands below it, where there is room.
    pub label: Option<String>,
    /// 0 to 10; `None` is a gap.
    pub pain: Option<f64>,
    /// 0 to 10.
    pub stress: Option<f64>,
    /// Sessions in it.
    pub sessions: u32,
}

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Plot<'a> {
    /// Oldest first.
    pub points: &'a [Point],
    /// The period pointed at.
    pub pointed: Option<usize>,
    /// Whether the axis has its numbers.
    pub numbers: bool,
}

/// Columns between two points from which a number of two digits stands clear of the next.
const APART: u16 = 4;

/// How many points have room at this width: two columns each.
pub fn fit(width: u16) -> usize {
    usize::from(width.saturating_sub(NUMBERS) / 2)
}

/// The columns of so many points: spread over the room, as far as that does not pull them apart.
fn columns(room: Rect, points: usize) -> Vec<u16> {
    let step = f64::from(room.width) / points.max(1) as f64;
    let step = step.clamp(2.0, WIDEST);
    let column = |at: usize| room.x + ((at as f64 + 0.5) * step) as u16;
    let columns = (0..points).map(column);
    columns.take_while(|x| *x < room.right()).collect()
}

/// The columns of each of so many points in this area, from halfway to the one before it: for a mouse.
pub fn places(area: Rect, points: usize) -> Vec<Rect> {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return Vec::new();
    }
    let room = Rect {
        x: area.x + NUMBERS,
        width: area.width - NUMBERS,
        ..area
    };
    let columns = columns(room, points);
    let mut from = room.x;
    let place = |(at, x): (usize, &u16)| {
        let until = columns
            .get(at + 1)
            .map_or(x + 1, |next| x.midpoint(*next) + 1);
        let width = until.min(room.right()) - from;
        Rect {
            x: std::mem::replace(&mut from, until),
            width,
            ..room
        }
    };
    columns.iter().enumerate().map(place).collect()
}

/// Draws it; nothing where it is smaller than [`LEAST`].
pub fn draw(area: Rect, buffer: &mut Buffer, plot: &Plot<'_>, look: &Look) {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return;
    }
    let room = Rect {
        x: area.x + NUMBERS,
        width: area.width - NUMBERS,
        height: area.height - BELOW,
        ..area
    };
    axis(area, room, buffer, plot.numbers, look);
    let columns = columns(room, plot.points.len());
    if let Some(x) = plot.pointed.and_then(|at| columns.get(at)) {
        for y in room.y..room.bottom() {
            buffer.set_string(*x, y, look.glyphs.pointer, look.theme.dim);
        }
    }
    if !look.glyphs.ascii {
        lines(room, buffer, &columns, plot.points, look);
    }
    let is_apart = columns.windows(2).all(|pair| pair[1] - pair[0] >= APART);
    let most = if is_apart { 99 } else { 9 };
    for (at, (x, point)) in columns.iter().zip(plot.points).enumerate() {
        signs(room, *x, buffer, point, look);
        let style = if plot.pointed == Some(at) {
            look.theme.chosen
        } else {
            look.theme.text
        };
        sessions(*x, room.bottom(), buffer, point.sessions, most, style);
    }
    let below = Rect::new(area.x, area.bottom() - 1, area.width, 1);
    labels(below, buffer, &columns, plot.points, look);
}

/// The row of a value: 10 at the top, 0 at the bottom.
fn row(room: Rect, value: f64) -> u16 {
    let down = (10.0 - value.clamp(0.0, 10.0)) / 10.0 * f64::from(room.height - 1);
    room.y + (down.round() as u16).min(room.height - 1)
}

fn axis(area: Rect, room: Rect, buffer: &mut Buffer, numbers: bool, look: &Look) {
    let half = (room.height >= 5).then_some(5.0);
    for value in [Some(10.0), half, Some(0.0)].into_iter().flatten() {
        let y = row(room, value);
        if numbers {
            buffer.set_string(area.x, y, format!("{value:>2}"), look.theme.dim);
        }
        let line = look.glyphs.track.repeat(usize::from(room.width));
        buffer.set_string(room.x, y, line, look.theme.dim);
    }
}

fn signs(room: Rect, x: u16, buffer: &mut Buffer, point: &Point, look: &Look) {
    let (theme, glyphs) = (&look.theme, &look.glyphs);
    let pain = point.pain.map(|value| row(room, value));
    let stress = point.stress.map(|value| row(room, value));
    let mut put = |y: u16, sign: &str, style: Style| {
        let cell = &mut buffer[(x, y)];
        cell.reset();
        cell.set_symbol(sign).set_style(style);
    };
    if let Some(y) = stress {
        put(y, glyphs.stress, theme.stress);
    }
    if let Some(y) = pain {
        let is_both = pain == stress;
        let sign = if is_both { glyphs.both } else { glyphs.pain };
        put(y, sign, theme.pain);
    }
}

/// The number of sessions below a point; above `most` a plus.
fn sessions(x: u16, y: u16, buffer: &mut Buffer, count: u32, most: u32, style: Style) {
    let text = match count {
        0 => " ".to_owned(),
        _ if count <= most => count.to_string(),
        _ => "+".to_owned(),
    };
    buffer.set_string(x, y, text, style);
}

fn labels(line: Rect, buffer: &mut Buffer, columns: &[u16], points: &[Point], look: &Look) {
    let mut free = line.x;
    for (x, point) in columns.iter().zip(points) {
        let Some(label) = &point.label else { continue };
        let width = text::columns(label) as u16;
        if *x < free || x + width > line.right() {
            continue;
        }
        let at = Rect {
            x: *x,
            width,
            ..line
        };
        text::put(at, buffer, label, look.theme.dim, look);
        free = x + width + 1;
    }
}

struct Lines<'a> {
    room: Rect,
    columns: &'a [u16],
    points: &'a [Point],
}

impl Lines<'_> {
    /// The dot of a value: in the middle of its sign.
    fn dot(&self, x: u16, value: f64) -> (f64, f64) {
        let row = row(self.room, value) - self.room.y;
        (
            f64::from(x - self.room.x) * 2.0 + 0.5,
            f64::from(row) * 4.0 + 1.5,
        )
    }

    fn one(&self, dots: &mut Dots, of: fn(&Point) -> Option<f64>, style: Style, every: usize) {
        let ends = self.columns.windows(2).zip(self.points.windows(2));
        for (x, points) in ends {
            let (Some(from), Some(to)) = (of(&points[0]), of(&points[1])) else {
                continue;
            };
            let ((x0, y0), (x1, y1)) = (self.dot(x[0], from), self.dot(x[1], to));
            let steps = (x1 - x0).abs().max((y1 - y0).abs()).ceil().max(1.0) as usize;
            for step in (0..=steps).step_by(every) {
                let part = step as f64 / steps as f64;
                let (x, y) = (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part);
                dots.set(x.round() as usize, y.round() as usize, style);
            }
        }
    }
}

fn lines(room: Rect, buffer: &mut Buffer, columns: &[u16], points: &[Point], look: &Look) {
    let lines = Lines {
        room,
        columns,
        points,
    };
    let mut dots = Dots::new(room);
    // Stress as loose dots, pain as a line: they differ without colour, too.
    lines.one(&mut dots, |point| point.stress, look.theme.stress, 3);
    lines.one(&mut dots, |point| point.pain, look.theme.pain, 1);
    dots.draw(buffer);
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    fn points(values: &[(Option<u8>, Option<u8>, u32)]) -> Vec<Point> {
        let point =
            |(at, (pain, stress, sessions)): (usize, &(Option<u8>, Option<u8>, u32))| Point {
                label: (at == 0).then(|| "Nov".to_owned()),
                pain: pain.map(f64::from),
                stress: stress.map(f64::from),
                sessions: *sessions,
            };
        values.iter().enumerate().map(point).collect()
    }

    fn lines(points: &[Point], ascii: bool) -> Vec<String> {
        let look = Look::new(ascii, false);
        let plot = Plot {
            points,
            pointed: None,
            numbers: true,
        };
        drawn(24, 8, |area, buffer| draw(area, buffer, &plot, &look))
    }

    #[test]
    fn pain_and_stress_differ_in_sign_and_a_gap_stays_empty() {
        let points = points(&[
            (Some(10), Some(0), 1),
            (None, None, 0),
            (Some(5), Some(5), 12),
            (Some(0), None, 0),
        ]);
        assert_eq!(
            lines(&points, true),
            [
                "10 ..P..................",
                "",
                "",
                " 5 .............B.......",
                "",
                " 0 ..s...............P..",
                "     1          12",
                "     Nov",
            ]
        );
    }

    #[test]
    fn a_line_joins_neighbours_and_never_crosses_a_gap() {
        let joined = points(&[(Some(5), None, 0), (Some(5), None, 0)]);
        let parted = points(&[(Some(5), None, 0), (None, None, 0), (Some(5), None, 0)]);
        let middle = |points: &[Point]| lines(points, false)[3].clone();
        let braille = |line: &str| {
            line.chars()
                .filter(|c| ('\u{2801}'..='\u{28ff}').contains(c))
                .count()
        };
        assert_eq!(braille(&middle(&joined)), 8);
        assert_eq!(braille(&middle(&parted)), 0);
    }

    #[test]
    fn many_sessions_are_a_number_only_where_it_stands_clear_of_the_next() {
        let row = |points: &[Point]| lines(points, true)[6].trim().to_owned();
        assert_eq!(row(&points(&[(None, None, 12); 3])), "12     12     12");
        assert_eq!(row(&points(&[(None, None, 12); 10])), "+ + + + + + + + + +");
    }

    #[test]
    fn it_is_drawn_at_every_size() {
        let many = points(&[(Some(3), Some(9), 2); 400]);
        for width in 0..120 {
            for height in 0..20 {
                let points = &many[..fit(width).min(many.len())];
                let plot = Plot {
                    points,
                    pointed: Some(0),
                    numbers: true,
                };
                drawn(width, height, |area, buffer| {
                    draw(area, buffer, &plot, &Look::default());
                });
            }
        }
    }
}
