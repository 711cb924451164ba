//! The breathing pacer: where in a breath one is, and when that next looks different.

use std::f64::consts::PI;
use std::time::Duration;

use super::technique::Breath;

/// The most steps between empty and full: over a breath of five seconds the shape then moves at most six times a
/// second, and rests at both ends.
pub const LEVELS: u8 = 16;

/// In or out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Breathing in.
    In,
    /// Breathing out.
    Out,
}

impl Turn {
    /// 'breathe in' or 'breathe out'.
    pub fn words(self) -> &'static str {
        match self {
            Self::In => "breathe in",
            Self::Out => "breathe out",
        }
    }
}

/// One moment of a breath.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// In or out.
    pub turn: Turn,
    /// Which second of it, from 1.
    pub count: u8,
    /// Its seconds in all.
    pub of: u8,
    /// How full: 0 is empty, [`LEVELS`] is full. Eased, so that it rests a little at both ends.
    pub level: u8,
}

impl Breath {
    /// The moment of the breath after so much time of it.
    pub fn pace(self, gone: Duration) -> Pace {
        let (turn, gone) = self.turn(gone);
        let of = self.length(turn);
        let part = gone.as_secs_f64() / f64::from(of);
        let full = match turn {
            Turn::In => eased(part),
            Turn::Out => 1.0 - eased(part),
        };
        let steps = f64::from(self.steps());
        let level = (full * steps).round() / steps * f64::from(LEVELS);
        Pace {
            turn,
            count: (gone.as_secs() as u8).saturating_add(1).min(of),
            of,
            level: level.round() as u8,
        }
    }

    /// When in its course the level next changes, after so much time of it; at least a tenth of a second after the
    /// change before.
    pub fn next_level(self, gone: Duration) -> Duration {
        let (turn, within) = self.turn(gone);
        let seconds = f64::from(self.length(turn));
        let steps = self.steps();
        // The level goes from one step to the next half way between them.
        let changes = (0..steps).map(|step| {
            let part = eased_from((f64::from(step) + 0.5) / f64::from(steps));
            // A hair later, so that whoever wakes then sees the new one.
            Duration::from_millis((part * seconds * 1000.0) as u64 + 1)
        });
        let start = gone.saturating_sub(within);
        let ahead = changes.map(|change| start + change);
        let first_of_next = || start + Duration::from_secs_f64(seconds);
        ahead
            .filter(|change| *change > gone)
            .min()
            // The first change of the other turn, no earlier: nothing moves in between.
            .unwrap_or_else(|| self.next_level(first_of_next()))
    }

    /// Where each turn begins within so many seconds: seconds gone, and in or out.
    pub fn turns(self, seconds: u32) -> impl Iterator<Item = (u32, Turn)> {
        let (inward, outward) = (u32::from(self.in_s), u32::from(self.out_s));
        let cycle = (inward + outward).max(1) as usize;
        (0..seconds)
            .step_by(cycle)
            .flat_map(move |at| [(at, Turn::In), (at + inward, Turn::Out)])
            .filter(move |(at, _)| *at < seconds)
    }

    /// In or out, and how much of that is gone.
    fn turn(self, gone: Duration) -> (Turn, Duration) {
        let (inward, outward) = (self.length(Turn::In), self.length(Turn::Out));
        let cycle = Duration::from_secs(u64::from(inward) + u64::from(outward));
        let within = Duration::from_nanos((gone.as_nanos() % cycle.as_nanos()) as u64);
        let inward = Duration::from_secs(inward.into());
        match within.checked_sub(inward) {
            Some(within) => (Turn::Out, within),
            None => (Turn::In, within),
        }
    }

    fn length(self, turn: Turn) -> u8 {
        match turn {
            Turn::In => self.in_s.max(1),
            Turn::Out => self.out_s.max(1),
        }
    }

    /// So many steps that even the quickest part of the curve (pi/2 times the mean) moves less than ten times a second.
    fn steps(self) -> u8 {
        let shortest = self.length(Turn::In).min(self.length(Turn::Out));
        shortest.saturating_mul(6).min(LEVELS)
    }
}

/// How full after this part of a breath in, from 0 to 1 both: `(1 - cos(PI * part)) / 2`, to nine places.
///
/// It is worked out here because nothing else in the program needs the system's mathematics library: not to load that
/// saves 0.04 ms of CPU at each start, a thirtieth of what the smallest program with a screen takes, and 0.3 MB.
fn eased(part: f64) -> f64 {
    // The square of the sine of half the angle, by its series.
    let angle = PI / 2.0 * part;
    let terms = [156.0, 110.0, 72.0, 42.0, 20.0, 6.0];
    let series = terms
        .iter()
        .fold(1.0, |series, term| 1.0 - angle * angle / term * series);
    (angle * series) * (angle * series)
}

/// After which part of a breath in it is so full: the other way round, a hair late at most.
fn eased_from(full: f64) -> f64 {
    let (mut before, mut by) = (0.0, 1.0);
    for _ in 0..30 {
        let middle = f64::midpoint(before, by);
        if eased(middle) < full {
            before = middle;
        } else {
            by = middle;
        }
    }
    by
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIX: Breath = Breath { in_s: 4, out_s: 6 };

    fn level(ms: u64) -> u8 {
        SIX.pace(Duration::from_millis(ms)).level
    }

    #[test]
    fn it_fills_and_empties_with_counts() {
        let pace = |ms| {
            let pace = SIX.pace(Duration::from_millis(ms));
            (pace.turn, pace.count, pace.of)
        };
        assert_eq!(pace(0), (Turn::In, 1, 4));
        assert_eq!(pace(3_999), (Turn::In, 4, 4));
        assert_eq!(pace(4_000), (Turn::Out, 1, 6));
        assert_eq!(pace(9_999), (Turn::Out, 6, 6));
        assert_eq!(pace(10_000), (Turn::In, 1, 4));
        assert_eq!((level(0), level(2_000), level(4_000)), (0, 8, 16));
        assert_eq!((level(7_000), level(9_999), level(14_000)), (8, 0, 16));
    }

    #[test]
    fn turns_stand_where_breaths_begin() {
        let turns: Vec<_> = SIX.turns(15).collect();
        assert_eq!(
            turns,
            [
                (0, Turn::In),
                (4, Turn::Out),
                (10, Turn::In),
                (14, Turn::Out)
            ]
        );
    }

    proptest! {
        #[test]
        fn the_level_changes_at_the_next_change_and_not_before(
            in_s in 1..=20_u8, out_s in 1..=20_u8, ms in 0..200_000_u64, part in 0..100_u64,
        ) {
            let breath = Breath { in_s, out_s };
            let gone = Duration::from_millis(ms);
            let next = breath.next_level(gone);
            prop_assert!(next > gone);
            let between = ms + ((next.as_millis() as u64).saturating_sub(2).saturating_sub(ms)) * part / 100;
            let level = |at: Duration| breath.pace(at).level;
            prop_assert_eq!(level(Duration::from_millis(between)), level(gone));
            // One who looks within the hair before the change sees the new level already.
            let hair = breath.pace(gone + Duration::from_millis(2)).level != level(gone);
            prop_assert!(hair || level(next) != level(gone), "{:?} {:?}", gone, next);
            let after = breath.next_level(next);
            prop_assert!(after >= next + Duration::from_millis(100), "{:?} {:?}", next, after);
        }
    }
}
