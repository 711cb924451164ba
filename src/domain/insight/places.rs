//! Where it hurts, and how often: counts by cell of the back map and side (F.2).

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::between;
use crate::domain::log::Log;
use crate::domain::order;
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
    let mut tally = Tally::default();
    let mut entries = 0;
    let known = between(log, from, to).filter(|entry| entry.kind != Kind::Unknown);
    for (n, entry) in known.enumerate() {
        let mut is_any = false;
        for place in entry.more.iter().flat_map(|more| &more.regions) {
            is_any |= tally.add(place, n);
        }
        entries += usize::from(is_any);
    }
    let mut cells = tally.cells;
    order::by(&mut cells, |a, b| {
        (b.count, a.region, a.side).cmp(&(a.count, b.region, b.side))
    });
    Places { entries, cells }
}

/// Counts cells; a place is taken apart the first time that it comes.
#[derive(Default)]
struct Tally<'a> {
    cells: Vec<Cell<'a>>,
    /// The entry that each cell was counted for last.
    counted_for: Vec<usize>,
    of_cell: BTreeMap<(&'a str, Option<PlaceSide>), usize>,
    of_place: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Tally<'a> {
    /// Counts the place for the entry of this number, each cell once; whether it is a place.
    fn add(&mut self, place: &'a str, entry: usize) -> bool {
        let (cells, counted_for) = (&mut self.cells, &mut self.counted_for);
        let of_cell = &mut self.of_cell;
        let of_place = self.of_place.entry(place).or_insert_with(|| {
            let at = |(region, side)| {
                *of_cell.entry((region, side)).or_insert_with(|| {
                    cells.push(Cell {
                        region,
                        side,
                        count: 0,
                    });
                    counted_for.push(usize::MAX);
                    cells.len() - 1
                })
            };
            sides(place).map(at).collect()
        });
        for &at in of_place.iter() {
            if counted_for[at] != entry {
                counted_for[at] = entry;
                cells[at].count += 1;
            }
        }
        !of_place.is_empty()
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
