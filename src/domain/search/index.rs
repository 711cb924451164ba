//! Every word of the library with where it stands, and which items a typed line finds.

use std::collections::HashMap;

use super::super::library::Library;
use super::Item;
use super::letters::{WORDS_MAX, Word, folded, likeness, split, words_of};

/// How much one slip in a word weighs against any number of words found in texts instead of names.
const SLIP: u32 = 1000;

/// Where a word stands: the smaller, the better the match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Name = 0,
    Heading = 4,
    Text = 32,
}

/// Every word of the library with where it stands.
#[derive(Debug, Clone, Default)]
pub struct Index {
    words: Vec<Known>,
    /// For each item, what a typed line may be the beginning of: its name and its slug.
    lines: Vec<[String; 2]>,
}

#[derive(Debug, Clone)]
struct Known {
    letters: Vec<char>,
    /// Item and weight, each item once.
    at: Vec<(usize, Weight)>,
}

impl Index {
    /// Reads the whole library.
    pub fn of(library: &Library) -> Self {
        let mut words: HashMap<String, Vec<(usize, Weight)>> = HashMap::new();
        let mut lines = Vec::new();
        for (at, item) in library.items().enumerate() {
            lines.push([item.name(), item.slug()].map(|text| split(text).join(" ")));
            texts(item, library, &mut |weight, text| {
                let text = folded(text);
                for word in words_of(&text) {
                    match words.get_mut(word) {
                        Some(places) => note(places, at, weight),
                        None => drop(words.insert(word.to_owned(), vec![(at, weight)])),
                    }
                }
            });
        }
        let known = |(word, at): (String, _)| Known {
            letters: word.chars().collect(),
            at,
        };
        let words = words.into_iter().map(known).collect();
        Self { words, lines }
    }

    /// For each item of the library in order: `None` when a typed word is not in it, else how far it is from a
    /// perfect match. Slips are forgiven unless some item has every word just as typed.
    pub(super) fn scores(&self, typed: &str) -> Vec<Option<u32>> {
        let typed: Vec<String> = split(typed).into_iter().take(WORDS_MAX).collect();
        let line = typed.join(" ");
        let mut scores: Vec<_> = self
            .lines
            .iter()
            .map(|lines| Some(off(lines, &line)))
            .collect();
        let mut whole = vec![true; scores.len()];
        for word in &typed {
            let here = self.word_scores(word, &mut whole);
            for (score, here) in scores.iter_mut().zip(here) {
                *score = score.zip(here).map(|(a, b)| a + b);
            }
        }
        if scores
            .iter()
            .zip(&whole)
            .any(|(score, whole)| score.is_some() && *whole)
        {
            for score in &mut scores {
                *score = score.filter(|&score| score < SLIP);
            }
        }
        scores
    }

    /// The same for one word. `whole` stays true for the items in which it stands as a whole word.
    fn word_scores(&self, word: &str, whole: &mut [bool]) -> Vec<Option<u32>> {
        let typed: Vec<char> = word.chars().collect();
        let mut scores = vec![None; self.lines.len()];
        let same = self.words.iter().find(|known| known.letters == typed);
        let same_at = |item| same.is_some_and(|known| known.at.iter().any(|place| place.0 == item));
        for (item, whole) in whole.iter_mut().enumerate() {
            *whole = *whole && same_at(item);
        }
        for known in &self.words {
            let slip = match likeness(&known.letters, &typed) {
                Some(Word::Same) => 0,
                Some(Word::Slip) => SLIP,
                None => continue,
            };
            for &(item, weight) in &known.at {
                let new = slip + weight as u32;
                if scores[item].is_none_or(|old| new < old) {
                    scores[item] = Some(new);
                }
            }
        }
        scores
    }
}

/// 0 for a whole name or slug, 1 for the beginning of one, else 2: decides between equal matches.
fn off(lines: &[String; 2], typed: &str) -> u32 {
    if lines.iter().any(|line| line == typed) {
        0
    } else if lines.iter().any(|line| line.starts_with(typed)) {
        1
    } else {
        2
    }
}

/// Notes a word of an item once, with its best weight. Items come in order, so a known one is the last.
fn note(places: &mut Vec<(usize, Weight)>, item: usize, weight: Weight) {
    match places.last_mut() {
        Some((last, best)) if *last == item => *best = weight.min(*best),
        _ => places.push((item, weight)),
    }
}

/// Every text of an item with its weight.
fn texts(item: Item, library: &Library, put: &mut impl FnMut(Weight, &str)) {
    put(Weight::Name, item.slug());
    put(Weight::Name, item.name());
    match item {
        Item::Technique(technique) => {
            let filter = &technique.filter;
            put(Weight::Heading, &technique.group);
            put(Weight::Heading, &technique.area);
            for list in [
                &technique.good_for,
                &technique.regions,
                &technique.seed,
                &technique.sources,
                &filter.position,
                &filter.tool,
                &filter.purpose,
            ] {
                for text in list {
                    put(Weight::Heading, text);
                }
            }
            put(Weight::Text, &technique.position);
            put(Weight::Text, &technique.tools);
            put(Weight::Text, technique.note.as_deref().unwrap_or_default());
            technique
                .steps
                .iter()
                .for_each(|step| put(Weight::Text, &step.line));
        }
        Item::Routine(routine) => {
            put(Weight::Heading, super::ROUTINES);
            put(Weight::Text, &routine.summary);
            put(Weight::Text, &routine.why);
            routine
                .sources
                .iter()
                .for_each(|id| put(Weight::Heading, id));
            for item in &routine.items {
                let technique = library.technique(&item.technique);
                put(
                    Weight::Text,
                    technique.map_or("", |technique| &technique.name),
                );
            }
        }
        Item::Topic(topic) => {
            put(Weight::Heading, super::TOPICS);
            put(Weight::Text, topic.said);
            put(Weight::Text, topic.measured);
            put(Weight::Text, topic.how_sure);
            let ids = topic.seed.iter().chain(&topic.sources);
            ids.for_each(|id| put(Weight::Heading, id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_typed_line_gives_a_score_for_every_item(typed in "\\PC{0,60}") {
            let index = Index { words: Vec::new(), lines: vec![[const { String::new() }; 2]; 3] };
            prop_assert_eq!(index.scores(&typed).len(), 3);
        }
    }
}
