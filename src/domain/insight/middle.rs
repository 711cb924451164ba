//! The middle of ratings and of changes.

use crate::domain::scale::Scale;

/// The middle of the values, or half way between the two in the middle; none of none.
pub fn median(values: &[Scale]) -> Option<f64> {
    let mut tally = Tally::default();
    for value in values {
        tally.add(*value);
    }
    Some(tally.summary()?.median)
}

/// The same of changes, lowest first.
pub fn median_of_sorted(changes: &[i16]) -> Option<f64> {
    let low = *changes.get(changes.len().checked_sub(1)? / 2)?;
    let high = *changes.get(changes.len() / 2)?;
    Some(f64::midpoint(f64::from(low), f64::from(high)))
}

/// How often each value of the scale came: takes ratings in any order, one look each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally([u32; Scale::MAX as usize + 1]);

/// What some ratings come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// How many; 1 or more.
    pub n: u32,
    /// 0 to 10 in halves. Of one or two values show [`Summary::min`] and [`Summary::max`]: they are the values.
    pub median: f64,
    /// The lowest.
    pub min: Scale,
    /// The highest.
    pub max: Scale,
}

impl Tally {
    /// One rating more.
    pub fn add(&mut self, value: Scale) {
        self.0[usize::from(value.get())] += 1;
    }

    /// What they come to; none of none.
    pub fn summary(&self) -> Option<Summary> {
        let n: u32 = self.0.iter().sum();
        let low = self.nth(n.checked_sub(1)? / 2)?;
        let high = self.nth(n / 2)?;
        Some(Summary {
            n,
            median: f64::midpoint(low.get().into(), high.get().into()),
            min: self.nth(0)?,
            max: self.nth(n - 1)?,
        })
    }

    /// The value at this place, lowest first, counted from 0.
    fn nth(&self, place: u32) -> Option<Scale> {
        let mut seen = 0;
        let at = self.0.iter().position(|count| {
            seen += count;
            seen > place
        })?;
        Scale::new(at as u8)
    }
}

/// A change with its sign spelled out (G.1): '1.5 lower', 'the same', '2 higher'.
pub fn change_words(by: f64) -> String {
    if by == 0.0 {
        "the same".into()
    } else if by < 0.0 {
        format!("{} lower", -by)
    } else {
        format!("{by} higher")
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    fn tally(values: &[u8]) -> Tally {
        let mut tally = Tally::default();
        for value in values {
            tally.add(Scale::new(*value).expect("on the scale"));
        }
        tally
    }

    /// Python 3.12: `import statistics as s; s.median([3, 7, 4, 4, 10])` and the like.
    #[test]
    fn medians_are_those_of_another_tool() {
        for (values, expected) in [
            (&[3, 7, 4, 4, 10][..], 4.0),
            (&[0, 1], 0.5),
            (&[9, 2, 2, 7, 5, 8], 6.0),
            (&[10, 10, 0, 0, 3, 6, 6], 6.0),
            (&[5], 5.0),
        ] {
            let summary = tally(values).summary().expect("some values");
            assert_eq!(
                summary.median.to_bits(),
                f64::to_bits(expected),
                "{values:?}"
            );
            let scales: Vec<_> = values.iter().filter_map(|v| Scale::new(*v)).collect();
            assert_eq!(median(&scales), Some(expected), "{values:?}");
            assert_eq!(summary.n as usize, values.len());
        }
        assert_eq!(tally(&[]).summary(), None);
        assert_eq!(median(&[]), None);
        assert_eq!(median_of_sorted(&[]), None);
        assert_eq!(median_of_sorted(&[-3, -2, -1, 1]), Some(-1.5));
    }

    #[test]
    fn a_change_says_which_way_it_went() {
        assert_eq!(change_words(-1.5), "1.5 lower");
        assert_eq!(change_words(-2.0), "2 lower");
        assert_eq!(change_words(0.0), "the same");
        assert_eq!(change_words(3.0), "3 higher");
    }
}
