//! What this person used before comes first: words in the order of how often the log holds them.

use std::collections::HashMap;

/// The known words, those used most often first; of two used as often the one that comes first in `known`. Words that
/// are used and not known are left out. `uses`: every word of every entry, in any order.
pub fn known_first_used<'a>(
    known: &[&'a str],
    uses: impl Iterator<Item = &'a str>,
) -> Vec<&'a str> {
    let counts = count(uses);
    let mut words = known.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(counts.get(word).copied().unwrap_or(0)));
    words
}

/// Every word that was used, the most often used first, then by the alphabet.
pub fn used<'a>(uses: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut counted: Vec<(&str, usize)> = count(uses).into_iter().collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    counted.into_iter().map(|(word, _)| word).collect()
}

fn count<'a>(uses: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for word in uses {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_most_comes_first_and_the_rest_in_its_own_order() {
        let known = ["aching", "dull", "tight", "stiff"];
        let uses = ["stiff", "tight", "stiff", "gone"];
        assert_eq!(
            known_first_used(&known, uses.into_iter()),
            ["stiff", "tight", "aching", "dull"]
        );
        assert_eq!(known_first_used(&known, std::iter::empty()), known);
    }

    #[test]
    fn words_used_as_often_keep_the_order_of_the_list() {
        let known = ["aching", "dull", "tight"];
        let uses = ["tight", "aching"];
        assert_eq!(
            known_first_used(&known, uses.into_iter()),
            ["aching", "tight", "dull"]
        );
    }

    #[test]
    fn own_words_come_by_use_and_then_by_the_alphabet() {
        let uses = ["sofa", "bike", "choir", "bike"];
        assert_eq!(used(uses.into_iter()), ["bike", "choir", "sofa"]);
    }
}
