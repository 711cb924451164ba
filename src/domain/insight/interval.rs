//! How sure a median is: the sign test's chances (M16) and the interval of order statistics that follows from them
//! (M17), as G.2 of the facts counts them. Exact for values that do not lean on each other; one person's days do
//! (M14, M15), so 'rough guide' stands next to each.

/// From so many values on there is an interval: below, not even all agreeing reaches 95 % (M16).
pub const FROM: usize = 6;

/// The r-th lowest and r-th highest of the changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The r-th lowest change.
    pub low: i16,
    /// The r-th highest change.
    pub high: i16,
    /// r, 1 or more.
    pub place: usize,
    /// The chance that it holds the true median, 0.95 to 1.
    pub covers: f64,
}

impl Interval {
    /// Of changes, lowest first; `None` of fewer than [`FROM`].
    pub fn of_sorted(changes: &[i16]) -> Option<Self> {
        if changes.len() < FROM {
            return None;
        }
        let (place, outside) = place(changes.len());
        Some(Self {
            low: changes[place - 1],
            high: changes[changes.len() - place],
            place,
            covers: 1.0 - outside,
        })
    }

    /// Whether the two have a value in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// G.2's rule: the largest r for which the r-th lowest to the r-th highest of n values covers the median with at least
/// 95 %, at least 1; and the chance that it does not. `n` is [`FROM`] or more.
fn place(n: usize) -> (usize, f64) {
    let mut place = 1;
    let mut outside = 0.0;
    for (k, chance) in two_sided(n).enumerate() {
        if chance > 0.05 {
            break;
        }
        (place, outside) = (k + 1, chance);
    }
    (place, outside)
}

/// The two-sided sign test for k = 0, 1, 2 … of n going against the rest: the chance of so few or fewer, up to 1.
fn two_sided(n: usize) -> impl Iterator<Item = f64> {
    let total = n as f64;
    // Each chance of exactly k as a share of a power of two, so that neither is too large or too small to be held.
    let (mut share, mut power) = (1.0_f64, 0 - n as i32);
    let large = 2_f64.powi(512);
    let mut sum = 0.0;
    (0..=n).map(move |k| {
        sum += 2.0 * share * 2_f64.powi(power);
        share *= (total - k as f64) / (k as f64 + 1.0);
        if share > large {
            (share, power) = (share / large, power + 512);
        }
        f64::min(sum, 1.0)
    })
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::float_cmp)]
mod tests {
    use super::*;

    fn is_near(a: f64, b: f64, by: f64) -> bool {
        (a - b).abs() <= by
    }

    /// The first table of G.2, and the same figures with more places from `SciPy` 1.17.1:
    /// `[scipy.stats.binomtest(k, n, 0.5).pvalue for n in (5,6,7,8,9,10,12) for k in (0,1,2)]`
    #[test]
    fn the_sign_test_has_the_chances_of_the_table() {
        let table = [
            (5, [0.0625, 0.375, 1.0]),
            (6, [0.03125, 0.21875, 0.6875]),
            (7, [0.015_625, 0.125, 0.453_125]),
            (8, [0.007_812_5, 0.070_312_5, 0.289_062_5]),
            (9, [0.003_906_25, 0.039_062_5, 0.179_687_5]),
            (10, [0.001_953_125, 0.021_484_375, 0.109_375]),
            (12, [0.000_488_281_25, 0.006_347_656_25, 0.038_574_218_75]),
        ];
        for (n, expected) in table {
            for (k, (chance, expected)) in two_sided(n).zip(expected).enumerate() {
                assert!(is_near(chance, expected, 1e-12), "n {n} k {k}: {chance}");
            }
        }
    }

    /// The second table of G.2; the coverage from `SciPy` 1.17.1:
    /// `1 - 2 * scipy.stats.binom.cdf(r - 1, n, 0.5)`, r the largest for which that is at least 0.95.
    #[test]
    fn the_interval_takes_the_places_of_the_table() {
        let table = [
            (6, 1, 0.968_75),
            (7, 1, 0.984_375),
            (8, 1, 0.992_187_5),
            (9, 2, 0.960_937_5),
            (10, 2, 0.978_515_625),
            (11, 2, 0.988_281_25),
            (12, 3, 0.961_425_781_25),
            (15, 4, 0.964_843_75),
            (20, 6, 0.958_610_534_667_968_8),
            (25, 8, 0.956_714_749_336_242_7),
            (50, 18, 0.967_160_862_435_731_5),
            (100, 40, 0.964_799_799_782_295_1),
            (1000, 469, 0.953_708_802_646_501_9),
            (5000, 2431, 0.950_684_141_895_828_5),
        ];
        for (n, expected, covers) in table {
            let (place, outside) = place(n);
            assert_eq!(place, expected, "{n}");
            assert!(is_near(1.0 - outside, covers, 1e-9), "{n}: {outside}");
        }
    }

    #[test]
    fn five_values_have_no_interval_and_six_have_their_ends() {
        assert_eq!(Interval::of_sorted(&[-9, -5, -5, -4, -1]), None);
        let six = Interval::of_sorted(&[-9, -5, -5, -4, -1, 2]).expect("of six");
        assert_eq!((six.low, six.high, six.place), (-9, 2, 1));
        let nine = Interval::of_sorted(&[-9, -5, -5, -4, -3, -3, -1, 0, 2]).expect("of nine");
        assert_eq!((nine.low, nine.high, nine.place), (-5, 0, 2));
    }

    #[test]
    fn intervals_that_touch_overlap() {
        let of = |low, high| Interval {
            low,
            high,
            place: 1,
            covers: 0.96,
        };
        assert!(of(-3, -1).overlaps(&of(-1, 2)));
        assert!(of(-1, 2).overlaps(&of(-3, -1)));
        assert!(!of(-3, -2).overlaps(&of(-1, 2)));
    }
}
