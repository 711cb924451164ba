//! Where it hurts, and how often: counts by cell of the back map and side (F.2).

use std::collections::HashMap;

use chrono::NaiveDate;

use super::between;
use crate::domain::log::Log;
use crate::domain::record::Kind;
use crate::domain::vocabulary::PlaceSide;

/// How often each place was named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places<'a> {
    /// Entries that name a place.
    pub entries: usize,
    /// Most first, then by name; an entry counts once for each.
    pub cells: Vec<Cell<'a>>,
}

/// One side of a cell of the back map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Its id, such as 'belt-line'; a newer version's may be unknown here.
    pub region: &'a str,
    /// Left or right, never both: that counts for each. `None` in the midline.
    pub side: Option<PlaceSide>,
    /// Entries that name it.
    pub count: usize,
}

impl Places<'_> {
    /// How often this was named.
    pub fn count(&self, region: &str, side: Option<PlaceSide>) -> usize {
        let found = (self.cells.iter()).find(|cell| cell.region == region && cell.side == side);
        found.map_or(0, |cell| cell.count)
    }
}

/// How often each place was named in the days from `from` to `to`, both included.
pub fn places(log: &Log, from: NaiveDate, to: NaiveDate) -> Places<'_> {
    let mut counts: HashMap<&str, BySide> = HashMap::new();
    let mut entries = 0;
    let mut named: Vec<(&str, Option<PlaceSide>)> = Vec::new();
    for entry in between(log, from, to).filter(|entry| entry.kind != Kind::Unknown) {
        let Some(more) = entry.more.as_deref() else {
            continue;
        };
        named.clear();
        named.extend(more.regions.iter().flat_map(|place| sides(place)));
        named.sort_unstable();
        named.dedup();
        entries += usize::from(!named.is_empty());
        for (region, side) in &named {
            counts.entry(region).or_default().add(*side);
        }
    }
    let mut cells: Vec<Cell<'_>> = counts
        .into_iter()
        .flat_map(|(region, counts)| counts.cells(region))
        .collect();
    cells.sort_by(|a, b| (b.count, a.region, a.side).cmp(&(a.count, b.region, b.side)));
    Places { entries, cells }
}

/// How often a cell was named in the midline, on the left and on the right.
#[derive(Default)]
struct BySide([usize; 3]);

impl BySide {
    const SIDES: [Option<PlaceSide>; 3] = [None, Some(PlaceSide::Left), Some(PlaceSide::Right)];

    fn add(&mut self, side: Option<PlaceSide>) {
        if let Some(at) = Self::SIDES.iter().position(|known| *known == side) {
            self.0[at] += 1;
        }
    }

    fn cells(self, region: &str) -> impl Iterator<Item = Cell<'_>> {
        let counts = Self::SIDES.into_iter().zip(self.0);
        let named = counts.filter(|(_, count)| *count > 0);
        named.map(move |(side, count)| Cell {
            region,
            side,
            count,
        })
    }
}

/// 'belt-line:both' is its left and its right; what has a side that is none is nowhere.
fn sides(place: &str) -> impl Iterator<Item = (&str, Option<PlaceSide>)> {
    let (region, sides) = match place.split_once(':') {
        None => (place, [Some(None), None]),
        Some((region, "left")) => (region, [Some(Some(PlaceSide::Left)), None]),
        Some((region, "right")) => (region, [Some(Some(PlaceSide::Right)), None]),
        Some((region, "both")) => (
            region,
            [Some(Some(PlaceSide::Left)), Some(Some(PlaceSide::Right))],
        ),
        Some((region, _)) => (region, [None, None]),
    };
    sides.into_iter().flatten().map(move |side| (region, side))
}
