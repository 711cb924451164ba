//! Sorting short lists, stably, with one sort for all of them.
//!
//! The standard library's makes 5 KB of code for each type and each way to compare, of which a program with 30 lists of
//! a few dozen items has no use. What is sorted by the thousand takes the standard library's.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Sorts as `sort_by` does.
pub fn by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let places = places(list.len(), &mut |a, b| compare(&list[a], &list[b]));
    settle(places, &mut |a, b| list.swap(a, b));
}

/// Sorts as `sort_by_cached_key` does: each key is made once.
pub fn by_key<T, K: Ord>(list: &mut [T], key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = list.iter().map(key).collect();
    let places = places(list.len(), &mut |a, b| keys[a].cmp(&keys[b]));
    settle(places, &mut |a, b| list.swap(a, b));
}

/// Puts each item where it belongs: along each ring of places, until it closes.
fn settle(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut places[at], at);
            if from == start || from == at {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

/// A set of these. `collect` would sort them first, and bring a sort of its own for each type.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for item in items {
        set.insert(item);
    }
    set
}

/// For each place the one from which its item comes; none where there is nothing to sort.
fn places(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    if len < 2 {
        return Vec::new();
    }
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn it_sorts_as_the_standard_library_does(keys in prop::collection::vec(0..20_u8, 0..80)) {
            let mut list: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = list.clone();
            expected.sort_by_key(|one| one.0);
            let mut compared = list.clone();
            by(&mut compared, |a, b| a.0.cmp(&b.0));
            by_key(&mut list, |one| one.0);
            prop_assert_eq!(&list, &expected);
            prop_assert_eq!(compared, expected);
        }
    }
}
