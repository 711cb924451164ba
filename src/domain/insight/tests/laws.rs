//! What holds for any ratings.

use proptest::prelude::*;

use super::*;
use crate::domain::insight::interval::Interval;
use crate::domain::insight::told::Silence;

fn pairs(most: usize) -> impl Strategy<Value = Vec<(u8, u8)>> {
    proptest::collection::vec((0..=10_u8, 0..=10_u8), 0..most)
}

/// Everything that is told but the pairs themselves, which stand in the order of their days.
fn numbers(pairs: &[(u8, u8)]) -> Option<String> {
    let log = log(&sessions("it", pairs));
    let mut helped = all(&log);
    let mut row = helped.rows.pop()?;
    match &mut row.pain {
        Told::Raw(pairs) => pairs.clear(),
        Told::TooFew(few) => few.pairs.clear(),
        Told::Enough(enough) => enough.pairs.clear(),
        Told::Nothing(_) => {}
    }
    Some(format!("{row:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_sessions_does_not_matter(pairs in pairs(28), by in 0..28_usize) {
        let mut turned = pairs.clone();
        turned.rotate_left(by % pairs.len().max(1));
        turned.reverse();
        prop_assert_eq!(numbers(&pairs), numbers(&turned));
    }

    #[test]
    fn fewer_than_six_have_no_interval_and_three_to_five_are_too_few(pairs in pairs(9)) {
        let log = log(&sessions("it", &pairs));
        let helped = all(&log);
        let Some(row) = helped.rows.first() else {
            prop_assert!(pairs.is_empty());
            return Ok(());
        };
        if pairs.iter().all(|(before, _)| *before <= 1) {
            prop_assert_eq!(&row.pain, &Told::Nothing(Silence::LowStarts));
            return Ok(());
        }
        match &row.pain {
            Told::Raw(_) => prop_assert!(pairs.len() <= 2),
            Told::TooFew(_) => prop_assert!((3..=5).contains(&pairs.len())),
            Told::Enough(_) => prop_assert!(pairs.len() >= 6),
            Told::Nothing(why) => prop_assert!(false, "{:?}", why),
        }
        prop_assert!(helped.comparisons.is_empty());
    }

    /// A tie with a value that is there, or any other, only widens it, as long as it is cut at the same place. Where
    /// one more value moves the place inwards (from 8 to 9, say) the interval may well be narrower: it then covers less.
    #[test]
    fn one_change_more_never_narrows_the_interval_cut_at_the_same_place(
        changes in proptest::collection::vec(-10..=10_i16, 6..60),
        which in any::<prop::sample::Index>(),
    ) {
        let of = |mut changes: Vec<i16>| {
            changes.sort_unstable();
            Interval::of_sorted(&changes)
        };
        let before = of(changes.clone()).unwrap();
        let tie = *which.get(&changes);
        let after = of([changes, vec![tie]].concat()).unwrap();
        if before.place == after.place {
            prop_assert!(after.low <= before.low && after.high >= before.high);
            prop_assert!(after.covers >= before.covers);
        } else {
            prop_assert_eq!(after.place, before.place + 1);
            prop_assert!(after.covers < before.covers);
        }
        prop_assert!(after.low <= tie || before.place > 1 || after.place > 1);
        prop_assert!(before.covers >= 0.95 && after.covers >= 0.95);
    }
}

/// Ties make it more cautious, not less (G.2): over all samples of a scale with three steps, weighed by how often each
/// comes, the interval holds the median at least as often as it says.
#[test]
fn with_ties_the_interval_covers_no_less_than_it_says() {
    // Weights of -1, 0 and 1, each with the median at 0.
    for weights in [[1, 1, 1], [3, 3, 2], [1, 6, 1]] {
        let total: i32 = weights.iter().sum();
        for n in 6..=9_u32 {
            let (mut held, mut covers) = (0.0, 0.0);
            for sample in 0..3_usize.pow(n) {
                let steps = (0..n).map(|at| sample / 3_usize.pow(at) % 3);
                let mut changes: Vec<i16> = steps.clone().map(|step| [-1, 0, 1][step]).collect();
                changes.sort_unstable();
                let interval = Interval::of_sorted(&changes).unwrap();
                covers = interval.covers;
                if (interval.low..=interval.high).contains(&0) {
                    let share = |step: usize| f64::from(weights[step]) / f64::from(total);
                    held += steps.map(share).product::<f64>();
                }
            }
            assert!(
                held >= covers - 1e-12,
                "{weights:?} {n}: {held} of {covers}"
            );
        }
    }
}
