//! The drawing behind the body map: a back seen from behind, as sizes in centimetres.
//!
//! `y` runs downwards from the line of the lower shoulder blades, `x` from the spine to the person's right. The outline
//! is a drawing, not anatomy; the cells follow F.2 of the facts, the no-pressure zones C.5.

/// Half the width of the body at a height: `(y, half width)`, straight between, rounded by the many points.
const OUTER: [(f64, f64); 31] = [
    (-32.0, 5.2),
    (-28.5, 5.4),
    (-26.0, 7.0),
    (-24.5, 11.0),
    (-23.0, 16.0),
    (-21.0, 18.8),
    (-18.0, 20.2),
    (-14.0, 20.2),
    (-10.0, 18.6),
    (-6.0, 17.2),
    (0.0, 15.9),
    (6.0, 14.6),
    (12.0, 13.3),
    (17.0, 12.7),
    (20.0, 12.6),
    (23.0, 13.0),
    (27.0, 14.3),
    (31.0, 15.8),
    (36.0, 17.2),
    (41.0, 17.9),
    (46.0, 17.9),
    (52.0, 17.5),
    (60.0, 16.8),
    (70.0, 15.2),
    (80.0, 13.4),
    (88.0, 12.2),
    (95.0, 13.0),
    (102.0, 13.4),
    (112.0, 11.8),
    (124.0, 9.8),
    (140.0, 11.6),
];

/// Where the legs part, and half the gap between them below that.
const INNER: [(f64, f64); 9] = [
    (50.5, 0.0),
    (52.0, 0.7),
    (60.0, 1.0),
    (72.0, 2.2),
    (84.0, 3.4),
    (92.0, 3.6),
    (103.0, 3.0),
    (116.0, 4.4),
    (140.0, 4.6),
];

/// The top of the neck and the soles.
pub const TOP: f64 = -32.0;
/// See [`TOP`].
pub const BOTTOM: f64 = 138.0;

fn along(points: &[(f64, f64)], y: f64) -> f64 {
    let next = points.partition_point(|(at, _)| *at <= y);
    let (Some(before), Some(after)) = (
        points.get(next.wrapping_sub(1)).or(points.first()),
        points.get(next).or(points.last()),
    ) else {
        return 0.0;
    };
    if after.0 <= before.0 {
        return before.1;
    }
    before.1 + (after.1 - before.1) * (y - before.0) / (after.0 - before.0)
}

/// The outline as one closed line: down the person's right, up and down between the legs, up the left.
pub fn outline() -> Vec<(f64, f64)> {
    let upto = |points: &[(f64, f64)]| {
        let mut line: Vec<(f64, f64)> = points
            .iter()
            .copied()
            .filter(|(y, _)| *y < BOTTOM)
            .collect();
        line.push((BOTTOM, along(points, BOTTOM)));
        line
    };
    let mut right: Vec<(f64, f64)> = upto(&OUTER).into_iter().map(|(y, x)| (x, y)).collect();
    right.extend(upto(&INNER).into_iter().rev().map(|(y, x)| (x, y)));
    let left: Vec<(f64, f64)> = right.iter().rev().map(|(x, y)| (-x, *y)).collect();
    right.extend(left);
    right
}

/// Whether a point lies within the body.
pub fn inside(x: f64, y: f64) -> bool {
    Level::at(y).is_inside(x)
}

/// The body, or a part of it, at one height: looked up once for all the points of a row.
#[derive(Debug, Clone, Copy)]
pub struct Level {
    /// From the gap between the legs to the outline, on either side; nothing above the neck and below the soles.
    from: f64,
    to: f64,
}

impl Level {
    const NOTHING: Self = Self {
        from: f64::INFINITY,
        to: f64::NEG_INFINITY,
    };

    /// The body at height `y`.
    pub fn at(y: f64) -> Self {
        if !(TOP..=BOTTOM).contains(&y) {
            return Self::NOTHING;
        }
        Self {
            from: along(&INNER, y),
            to: along(&OUTER, y),
        }
    }

    /// What lies within both.
    #[must_use]
    pub fn within(self, other: &Self) -> Self {
        Self {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
        }
    }

    /// Without so much at each edge.
    #[must_use]
    pub fn narrowed(self, by: f64) -> Self {
        Self {
            from: self.from + by,
            to: self.to - by,
        }
    }

    /// Whether this point of the height lies within the body.
    pub fn is_inside(&self, x: f64) -> bool {
        (self.from..=self.to).contains(&x.abs())
    }
}

/// Whether [`on_line`] may be true somewhere at this height. Most of the body has no lines, and a picture asks for each of
/// its dots.
pub fn has_lines(y: f64) -> bool {
    (-9.0..4.0).contains(&y) || (39.5..60.0).contains(&y)
}

/// Whether a point lies on a line of the drawing within the body: the cleft, the folds below the buttocks, the lower
/// edges of the shoulder blades. `half` is half the line's width.
pub fn on_line(x: f64, y: f64, half: f64) -> bool {
    if !has_lines(y) {
        return false;
    }
    let x = x.abs();
    let cleft = x <= half && (39.5..49.0).contains(&y);
    // Arcs of ellipses; the distance to one is its value over its gradient, near enough this close to it.
    let arc = |middle: (f64, f64), radius: (f64, f64)| {
        let (across, down) = ((x - middle.0) / radius.0, (y - middle.1) / radius.1);
        let steep = (across / radius.0, down / radius.1);
        let slope = 2.0 * (steep.0 * steep.0 + steep.1 * steep.1).sqrt();
        (across * across + down * down - 1.0).abs() <= half * slope
    };
    let fold = (45.0..60.0).contains(&y) && x < 13.0 && arc((7.0, 43.5), (7.0, 7.5));
    let blade = y > -9.0 && (3.5..14.0).contains(&x) && arc((9.0, -8.0), (4.6, 6.5));
    cleft || fold || blade
}

/// A cell of the map: an area with round corners.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// The id that techniques and entries name it by (F.2).
    pub id: &'static str,
    x: f64,
    y: f64,
    half_width: f64,
    half_height: f64,
    /// On the front of the body: the back can only show where it lies.
    pub front: bool,
}

impl Cell {
    const fn new(id: &'static str, x: f64, y: f64, half_width: f64, half_height: f64) -> Self {
        Self {
            id,
            x,
            y,
            half_width,
            half_height,
            front: false,
        }
    }

    const fn in_front(self) -> Self {
        Self {
            front: true,
            ..self
        }
    }

    /// Whether it lies on the midline and so has no sides.
    pub fn midline(&self) -> bool {
        self.x == 0.0
    }

    /// Whether a point of either side lies in it.
    pub fn holds(&self, x: f64, y: f64) -> bool {
        self.level(y).is_inside(x)
    }

    /// What of the body lies in it at height `y`, on either side.
    pub fn level(&self, y: f64) -> Level {
        let left = 1.0 - ((y - self.y) / self.half_height).powi(4);
        if left < 0.0 {
            return Level::NOTHING;
        }
        let reach = self.half_width * left.sqrt().sqrt();
        let (from, to) = (self.x - reach, self.x + reach);
        Level { from, to }.within(&Level::at(y))
    }

    /// Its middle, on the right.
    pub fn middle(&self) -> (f64, f64) {
        (self.x, self.y)
    }

    /// Half its width and half its height.
    pub fn half(&self) -> (f64, f64) {
        (self.half_width, self.half_height)
    }

    /// Its top and bottom.
    pub fn span(&self) -> (f64, f64) {
        (self.y - self.half_height, self.y + self.half_height)
    }
}

/// The cells of F.2.
pub const CELLS: [Cell; 20] = [
    Cell::new("mid-back", 7.5, 5.0, 5.0, 5.5),
    Cell::new("under-ribs", 9.5, 16.0, 3.5, 4.0),
    Cell::new("waist-beside-spine", 5.0, 22.0, 3.0, 3.8),
    Cell::new("belt-line", 5.0, 30.0, 3.2, 3.8),
    Cell::new("spine-midline", 0.0, 14.0, 1.3, 17.0),
    Cell::new("sacrum", 0.0, 36.0, 3.0, 4.0),
    Cell::new("tailbone", 0.0, 42.5, 1.5, 2.5),
    Cell::new("pelvis-rim", 11.2, 28.6, 3.6, 2.6),
    Cell::new("upper-outer-buttock", 11.6, 36.2, 4.3, 4.2),
    Cell::new("mid-buttock", 7.6, 43.0, 4.6, 4.2),
    Cell::new("sit-bone", 6.0, 48.5, 3.0, 2.4),
    Cell::new("outer-hip", 16.0, 41.5, 2.2, 5.5),
    Cell::new("groin", 3.2, 50.0, 2.6, 3.0).in_front(),
    Cell::new("inner-thigh", 3.4, 62.0, 2.0, 8.0),
    Cell::new("back-of-thigh", 9.0, 67.0, 4.6, 13.5),
    Cell::new("front-of-thigh", 9.4, 68.0, 5.4, 14.0).in_front(),
    Cell::new("knee-hollow", 8.0, 88.0, 3.2, 3.6),
    Cell::new("calf", 8.2, 103.0, 4.0, 10.0),
    Cell::new("shin", 8.0, 106.0, 3.4, 14.0).in_front(),
    Cell::new("foot", 8.0, 133.0, 3.0, 4.0),
];

/// The cell of this id.
pub fn cell(id: &str) -> Option<&'static Cell> {
    CELLS.iter().find(|cell| cell.id == id)
}

/// Whether a point lies where nobody gets pressure (C.5) as far as a back can show it: the bony line of the spine, the
/// soft flanks over the kidneys, the tailbone. `half` widens the spine's line to what can be drawn.
pub fn no_pressure(x: f64, y: f64, half: f64) -> bool {
    let spine = x.abs() <= half && (-20.0..33.0).contains(&y);
    let tailbone = x.abs() <= half && (38.0..45.5).contains(&y);
    let across = (x.abs() - 10.6) / 2.9;
    let down = (y - 16.0) / 6.0;
    let flank = across.powi(2) + down.powi(2) <= 1.0;
    (spine || tailbone || flank) && inside(x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_has_room_inside_the_body() {
        for cell in CELLS {
            let inside = (-200..2000)
                .flat_map(|y| (-400..400).map(move |x| (f64::from(x) / 10.0, f64::from(y) / 10.0)))
                .filter(|(x, y)| cell.holds(*x, *y))
                .count();
            assert!(inside > 500, "{} has {inside}", cell.id);
        }
    }

    #[test]
    fn the_outline_goes_round_the_body_and_is_the_same_on_both_sides() {
        let line = outline();
        for (x, y) in &line {
            assert!(inside(*x, *y) || *y >= BOTTOM || *y <= TOP, "{x} {y}");
            assert!(line.contains(&(-x, *y)), "{x} {y} has no other side");
        }
        let (first, last) = (line[0], line[line.len() - 1]);
        assert_eq!((first.1, last.1), (TOP, TOP));
        assert!(first.0 > 0.0 && (first.0 + last.0).abs() < 1e-9);
    }

    #[test]
    fn what_gets_worked_on_leaves_the_spine_free() {
        for cell in CELLS.iter().filter(|cell| !cell.midline()) {
            for y in -200..1400 {
                let y = f64::from(y) / 10.0;
                assert!(y > 50.0 || !cell.holds(0.5, y), "{} at {y}", cell.id);
            }
        }
    }
}
