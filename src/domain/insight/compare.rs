//! Which of two helped more, only where that may be asked at all (G.1, G.4 of the facts): each with at least six rated
//! sessions, and starts alike.

use super::helped::Row;
use super::told::{Enough, Told};

/// Starts further apart than this are not alike: points between the medians.
const ALIKE: f64 = 1.0;
/// Medians closer than this make no difference: points.
const DIFFER: f64 = 1.0;

/// Two techniques, or two routines, that may be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// One slug.
    pub first: &'a str,
    /// The other.
    pub second: &'a str,
    /// What their pain shows.
    pub found: Difference,
}

/// What a comparison shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The intervals overlap, or the medians lie less than a point apart.
    NotClear,
    /// Pain fell further after the first.
    FirstLower,
    /// Pain fell further after the second.
    SecondLower,
}

/// Every two of one kind that may be compared, in the order of the rows.
pub fn comparisons<'a>(rows: &[Row<'a>]) -> Vec<Comparison<'a>> {
    let enough = rows.iter().filter_map(|row| match &row.pain {
        Told::Enough(enough) => Some((row, &**enough)),
        _ => None,
    });
    let enough: Vec<(&Row<'a>, &Enough)> = enough.collect();
    let mut all = Vec::new();
    for (at, (first, one)) in enough.iter().enumerate() {
        for (second, other) in &enough[at + 1..] {
            if first.is_routine == second.is_routine && (one.start - other.start).abs() <= ALIKE {
                all.push(Comparison {
                    first: first.slug,
                    second: second.slug,
                    found: difference(one, other),
                });
            }
        }
    }
    all
}

fn difference(one: &Enough, other: &Enough) -> Difference {
    let apart = one.median - other.median;
    if one.interval.overlaps(&other.interval) || apart.abs() < DIFFER {
        Difference::NotClear
    } else if apart < 0.0 {
        Difference::FirstLower
    } else {
        Difference::SecondLower
    }
}
