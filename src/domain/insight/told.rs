//! What may be told of some pairs of ratings, no stronger than their number allows (G.1), or why nothing is (G.6).

use chrono::{NaiveDate, TimeDelta};

use super::Measure;
use super::interval::{self, Interval};
use super::middle::{Summary, Tally, median_of_sorted};
use crate::domain::scale::Scale;

/// From so many pairs on a median may be told (G.1).
pub const FEW: usize = 3;
/// From so many pairs on an interval and a share may be told (G.1, G.2).
pub const ENOUGH: usize = interval::FROM;
/// From so many pairs on their changes may be shown one by one over time (G.1), and so many of the newest are.
const OVER_TIME_FROM: usize = 10;
const OVER_TIME_MOST: usize = 24;
/// Fewer than [`ENOUGH`] pairs further apart than this say nothing (G.6).
const APART: TimeDelta = TimeDelta::days(28);

/// A rating before and one after the same session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The day of the session.
    pub day: NaiveDate,
    /// Before it.
    pub before: Scale,
    /// After it, within half an hour.
    pub after: Scale,
}

impl Pair {
    /// After minus before.
    pub fn change(&self) -> i16 {
        i16::from(self.after.get()) - i16::from(self.before.get())
    }

    /// A fall by at least 2 points and 30 % of the start: 3 points from 7 up (G.3).
    fn fell(self) -> bool {
        let fall = -self.change();
        fall >= 2 && fall * 10 >= i16::from(self.before.get()) * 3
    }
}

/// As much as the pairs bear.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Nothing, and why.
    Nothing(Silence),
    /// One or two pairs: the values as they are, oldest first.
    Raw(Vec<Pair>),
    /// Three to five: values and median, too few to tell.
    TooFew(TooFew),
    /// Six and more.
    Enough(Box<Enough>),
}

impl Told {
    /// Whether a median is told, beside which other causes are to stand (G.4).
    pub fn has_median(&self) -> bool {
        matches!(self, Self::TooFew(_) | Self::Enough(_))
    }

    /// The newest pairs, oldest first, where there are enough to show their changes over time (G.1).
    pub fn over_time(&self) -> Option<OverTime<'_>> {
        let Self::Enough(enough) = self else {
            return None;
        };
        let of = enough.pairs.len();
        let newest = &enough.pairs[of.saturating_sub(OVER_TIME_MOST)..];
        (of >= OVER_TIME_FROM).then_some(OverTime { newest, of })
    }
}

/// Changes one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverTime<'a> {
    /// Oldest first.
    pub newest: &'a [Pair],
    /// How many there are in all.
    pub of: usize,
}

impl OverTime<'_> {
    /// Which ones: 'oldest first', 'the newest 24 of 60, oldest first'.
    pub fn which(&self) -> String {
        match self.newest.len() {
            all if all == self.of => "oldest first".into(),
            some => format!("the newest {some} of {}, oldest first", self.of),
        }
    }
}

/// Why nothing is told (G.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// No session was rated before.
    NoPairs,
    /// More than a third of the sessions rated before were not rated in time after.
    AfterMissing {
        /// Rated after.
        rated: usize,
        /// Rated before.
        of: usize,
    },
    /// Every start was 0 or 1: nothing could fall.
    LowStarts,
    /// Fewer than [`ENOUGH`] pairs, the first and the last more than 28 days apart.
    FarApart,
}

impl Silence {
    /// In a few words.
    pub fn words(self) -> String {
        match self {
            Self::NoPairs => "no session was rated before and after".into(),
            Self::AfterMissing { rated, of } => {
                format!("rated after only {rated} of {of}, so nothing is said")
            }
            Self::LowStarts => "every session began at 0 or 1, so nothing could fall".into(),
            Self::FarApart => "too few, too far apart to tell".into(),
        }
    }
}

/// Three to five pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct TooFew {
    /// Oldest first.
    pub pairs: Vec<Pair>,
    /// The median change, in halves.
    pub median: f64,
    /// Sessions rated before and not, or too late, after: named, not dropped (G.1).
    pub unrated: usize,
}

/// Six pairs and more.
#[derive(Debug, Clone, PartialEq)]
pub struct Enough {
    /// Oldest first.
    pub pairs: Vec<Pair>,
    /// The median change, in halves.
    pub median: f64,
    /// Where the true median may lie: a rough guide.
    pub interval: Interval,
    /// The median of the starts, in halves.
    pub start: f64,
    /// The lowest change.
    pub lowest: i16,
    /// The highest change.
    pub highest: i16,
    /// Changes below zero.
    pub lower: usize,
    /// No change.
    pub same: usize,
    /// Changes above zero.
    pub higher: usize,
    /// Meaningful falls (G.3); `None` for stress, of which none is established (F.1).
    pub fell: Option<Share>,
    /// Rises by 2 or more (G.3); `None` for stress.
    pub rose: Option<Share>,
    /// As in [`TooFew`].
    pub unrated: usize,
}

/// How many of those that could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// So many did.
    pub count: usize,
    /// Of so many.
    pub of: usize,
    /// So many could not: they began too low to fall by 2, or too high to rise by 2.
    pub left_out: usize,
}

impl Share {
    fn of(pairs: &[Pair], could: impl Fn(&Pair) -> bool, did: impl Fn(&Pair) -> bool) -> Self {
        let able = pairs.iter().filter(|pair| could(pair));
        let of = able.clone().count();
        Self {
            count: able.filter(|pair| did(pair)).count(),
            of,
            left_out: pairs.len() - of,
        }
    }

    /// Whether there are enough to tell it (G.1).
    pub fn may_be_told(&self) -> bool {
        self.of >= ENOUGH
    }
}

/// What these pairs (oldest first) bear; `unrated`: sessions rated before and not, or too late, after.
pub fn told(measure: Measure, pairs: &[Pair], unrated: usize) -> Told {
    let n = pairs.len();
    let all = n + unrated;
    if all == 0 {
        return Told::Nothing(Silence::NoPairs);
    }
    if n > 0 && pairs.iter().all(|pair| pair.before.get() <= 1) {
        return Told::Nothing(Silence::LowStarts);
    }
    if unrated * 3 > all {
        return Told::Nothing(Silence::AfterMissing { rated: n, of: all });
    }
    if n < FEW {
        return Told::Raw(pairs.to_vec());
    }
    let mut changes: Vec<i16> = pairs.iter().map(Pair::change).collect();
    changes.sort_unstable();
    if let Some(interval) = Interval::of_sorted(&changes) {
        let enough = Enough {
            unrated,
            ..enough(measure, pairs, &changes, interval)
        };
        return Told::Enough(Box::new(enough));
    }
    let days = pairs.iter().map(|pair| pair.day);
    let are_apart =
        (days.clone().min().zip(days.max())).is_some_and(|(first, last)| last - first > APART);
    if are_apart {
        return Told::Nothing(Silence::FarApart);
    }
    Told::TooFew(TooFew {
        pairs: pairs.to_vec(),
        median: median_of_sorted(&changes).unwrap_or_default(),
        unrated,
    })
}

/// What the ratings before come to.
pub(super) fn starts(pairs: &[Pair]) -> Option<Summary> {
    let mut tally = Tally::default();
    for pair in pairs {
        tally.add(pair.before);
    }
    tally.summary()
}

fn enough(measure: Measure, pairs: &[Pair], changes: &[i16], interval: Interval) -> Enough {
    let below = |bound: i16| changes.partition_point(|change| *change < bound);
    let (lower, not_higher) = (below(0), below(1));
    let is_pain = measure == Measure::Pain;
    Enough {
        median: median_of_sorted(changes).unwrap_or_default(),
        interval,
        start: starts(pairs).map_or(0.0, |starts| starts.median),
        lowest: changes.first().copied().unwrap_or_default(),
        highest: changes.last().copied().unwrap_or_default(),
        lower,
        same: not_higher - lower,
        higher: changes.len() - not_higher,
        fell: is_pain.then(|| Share::of(pairs, |pair| pair.before.get() >= 2, |pair| pair.fell())),
        rose: is_pain.then(|| {
            let could = |pair: &Pair| pair.before.get() <= 8;
            Share::of(pairs, could, |pair| pair.change() >= 2)
        }),
        pairs: pairs.to_vec(),
        unrated: 0,
    }
}
