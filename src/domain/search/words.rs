//! Every word of the library with where it stands, and which items a typed line finds.
//!
//! Words are compared without capitals and without the marks on letters.

use std::collections::BTreeMap;

use super::super::library::Library;
use super::Item;

/// How much one slip in a word weighs against any number of words found in texts instead of names.
const SLIP: u32 = 1000;
/// Letters from which on a word may have a slip.
const SLIP_FROM: usize = 4;
/// More words than this are not looked at: nobody types them.
const WORDS_MAX: usize = 16;

/// Where a word stands: the smaller, the better the match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Name = 0,
    Heading = 1,
    Text = 8,
}

/// Every word of the library with where it stands.
#[derive(Debug, Clone, Default)]
pub struct Index {
    words: Vec<Known>,
    items: usize,
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
        let mut words: BTreeMap<String, BTreeMap<usize, Weight>> = BTreeMap::new();
        let mut items = 0;
        for (at, item) in library.items().enumerate() {
            items = at + 1;
            texts(item, library, &mut |weight, text| {
                for word in split(text) {
                    let places = words.entry(word).or_default();
                    let best = places.entry(at).or_insert(weight);
                    *best = weight.min(*best);
                }
            });
        }
        let words = words
            .into_iter()
            .map(|(word, at)| Known {
                letters: word.chars().collect(),
                at: at.into_iter().collect(),
            })
            .collect();
        Self { words, items }
    }

    /// For each item of the library in order: `None` when a typed word is not in it, else how far it is from a
    /// perfect match.
    pub(super) fn scores(&self, typed: &str) -> Vec<Option<u32>> {
        let mut scores = vec![Some(0); self.items];
        for word in split(typed).into_iter().take(WORDS_MAX) {
            let here = self.word_scores(&word);
            for (score, here) in scores.iter_mut().zip(here) {
                *score = score.zip(here).map(|(a, b)| a + b);
            }
        }
        scores
    }

    fn word_scores(&self, word: &str) -> Vec<Option<u32>> {
        let typed: Vec<char> = word.chars().collect();
        let id = is_id(&typed);
        let forgiving = typed.len() >= SLIP_FROM && typed.iter().all(|c| c.is_alphabetic());
        let mut scores = vec![None; self.items];
        for known in &self.words {
            let slip = if known.letters == typed || (!id && known.letters.starts_with(&typed)) {
                0
            } else if forgiving && begins_with_one_slip(&known.letters, &typed) {
                SLIP
            } else {
                continue;
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
                list.iter().for_each(|text| put(Weight::Heading, text));
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
            put(Weight::Text, &topic.said);
            put(Weight::Text, &topic.measured);
            put(Weight::Text, &topic.how_sure);
            let ids = topic.seed.iter().chain(&topic.sources);
            ids.for_each(|id| put(Weight::Heading, id));
        }
    }
}

/// 's1' or 'g13': an id, which means itself alone and not 's16' as well.
fn is_id(word: &[char]) -> bool {
    matches!(word, [letter, digits @ ..]
        if letter.is_ascii_alphabetic() && !digits.is_empty() && digits.iter().all(char::is_ascii_digit))
}

/// Whether a beginning of `word` is `typed` but for one slip: a letter too many, too few, wrong, or two swapped.
fn begins_with_one_slip(word: &[char], typed: &[char]) -> bool {
    let same = word.iter().zip(typed).take_while(|(a, b)| a == b).count();
    let (word, typed) = (&word[same..], &typed[same..]);
    let Some((wrong, rest)) = typed.split_first() else {
        return true;
    };
    let one_too_many = word.starts_with(rest);
    let Some((right, after)) = word.split_first() else {
        return one_too_many;
    };
    let swapped = match (rest.split_first(), after.split_first()) {
        (Some((second, rest)), Some((other, after))) => {
            second == right && wrong == other && after.starts_with(rest)
        }
        _ => false,
    };
    one_too_many || after.starts_with(rest) || after.starts_with(typed) || swapped
}

/// The words of a text in the form they are compared in.
fn split(text: &str) -> Vec<String> {
    let folded: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .flat_map(fold)
        .collect();
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A small letter without its marks; letters of other scripts as they are.
fn fold(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        'a'..='z' | '0'..='9' => return [Some(c), None].into_iter().flatten(),
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ł' | 'ĺ' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        // Marks that stand on their own behind their letter.
        '\u{300}'..='\u{36f}' => "",
        _ => return [Some(c), None].into_iter().flatten(),
    };
    let mut letters = plain.chars();
    [letters.next(), letters.next()].into_iter().flatten()
}
