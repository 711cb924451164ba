//! Every word of the library with where it stands, and which items a typed line finds.
//!
//! Words are compared without capitals and without the marks on letters.

use std::collections::HashMap;

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

/// How words were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    /// As they were typed, or the beginning of a word.
    Same,
    /// With a slip.
    Slip,
}

/// Typed words, to be found in any texts by the rules of the library.
#[derive(Debug, Clone)]
pub struct Typed(Vec<TypedWord>);

#[derive(Debug, Clone)]
struct TypedWord {
    letters: Vec<char>,
    /// As it stands in a [`Prepared`] text: with the blank before it, and for an id with the one behind it.
    stands: String,
    /// Whether it may have a slip.
    forgiving: bool,
}

/// Texts in the form in which typed words are looked for, made once for many looks: every word between blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared(Box<str>);

impl Prepared {
    /// Of these texts.
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut all = String::from(" ");
        for text in texts {
            if text.is_ascii() {
                for c in text.chars() {
                    push_letter(&mut all, c.to_ascii_lowercase());
                }
            } else {
                let letters = text.chars().flat_map(char::to_lowercase).flat_map(fold);
                letters.for_each(|c| push_letter(&mut all, c));
            }
            push_letter(&mut all, ' ');
        }
        Self(all.into_boxed_str())
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ').filter(|word| !word.is_empty())
    }
}

/// Whatever parts words becomes one blank.
fn push_letter(all: &mut String, c: char) {
    if c.is_alphanumeric() {
        all.push(c);
    } else if !all.ends_with(' ') {
        all.push(' ');
    }
}

impl Typed {
    /// Of a typed line.
    pub fn new(line: &str) -> Self {
        let words = split(line).into_iter().take(WORDS_MAX);
        let words = words.map(|word| {
            let letters: Vec<char> = word.chars().collect();
            let end = if is_id(&letters) { " " } else { "" };
            TypedWord {
                stands: format!(" {word}{end}"),
                forgiving: is_forgiving(&letters),
                letters,
            }
        });
        Self(words.collect())
    }

    /// Whether there is no word: that is found everywhere.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether some word may have a slip.
    pub fn forgives(&self) -> bool {
        self.0.iter().any(|word| word.forgiving)
    }

    /// Whether every word is there as it was typed, or begins a word that is.
    pub fn is_in(&self, texts: &Prepared) -> bool {
        self.0.iter().all(|word| texts.0.contains(&*word.stands))
    }

    /// The same where a word may have a slip.
    pub fn is_nearly_in(&self, texts: &Prepared) -> bool {
        self.0.iter().all(|typed| {
            texts.0.contains(&*typed.stands) || (typed.forgiving && typed.has_slipped(texts))
        })
    }
}

impl TypedWord {
    fn has_slipped(&self, texts: &Prepared) -> bool {
        let mut letters = Vec::new();
        texts.words().any(|word| {
            letters.clear();
            letters.extend(word.chars().take(self.letters.len() + 1));
            begins_with_one_slip(&letters, &self.letters)
        })
    }
}

/// How a word stands for a typed one.
fn likeness(word: &[char], typed: &[char]) -> Option<Word> {
    if word == typed || (!is_id(typed) && word.starts_with(typed)) {
        return Some(Word::Same);
    }
    (is_forgiving(typed) && begins_with_one_slip(word, typed)).then_some(Word::Slip)
}

/// Whether a typed word may have a slip.
fn is_forgiving(typed: &[char]) -> bool {
    typed.len() >= SLIP_FROM && typed.iter().all(|c| c.is_alphabetic())
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
    words_of(&folded(text)).map(str::to_owned).collect()
}

fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}

/// A text without capitals and marks.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .flat_map(char::to_lowercase)
        .flat_map(fold)
        .collect()
}

/// A small letter without its marks; letters of other scripts as they are.
fn fold(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_lose_capitals_and_marks() {
        assert_eq!(
            split("Rücken-Übung, STRASSE"),
            ["rucken", "ubung", "strasse"]
        );
        assert_eq!(split("Straße Œuvre Łódź"), ["strasse", "oeuvre", "lodz"]);
        assert_eq!(split("e\u{301}te\u{301}"), ["ete"]);
        assert_eq!(split("腰 --- S16!"), ["腰", "s16"]);
        assert_eq!(split(" \u{1b}[2J "), ["2j"]);
    }

    #[test]
    fn an_id_is_a_letter_and_a_number() {
        let is = |text: &str| is_id(&text.chars().collect::<Vec<_>>());
        assert!(is("s1") && is("g13"));
        assert!(!is("s") && !is("12") && !is("s1a") && !is("mm12"));
    }

    /// Word by word, as the rules say it.
    fn plainly(typed: &str, texts: &[&str]) -> Option<Word> {
        let letters = |text: &str| -> Vec<Vec<char>> {
            split(text)
                .iter()
                .map(|word| word.chars().collect())
                .collect()
        };
        let words: Vec<Vec<char>> = texts.iter().flat_map(|text| letters(text)).collect();
        let each = letters(typed).into_iter().take(WORDS_MAX);
        let each = each.map(|typed| words.iter().filter_map(|word| likeness(word, &typed)).min());
        let each = each.collect::<Option<Vec<Word>>>()?;
        Some(each.into_iter().max().unwrap_or(Word::Same))
    }

    proptest! {
        #[test]
        fn prepared_texts_hold_what_looking_word_by_word_finds(
            texts in proptest::collection::vec("([Aabcdé]{1,6}|[sg][0-9]{1,2}|[ -]|\u{301}){0,8}", 0..4),
            typed in "([Aabcdé]{1,6}|[sg][0-9]{1,2}|[ -]|\u{301}){0,4}",
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let prepared = Prepared::new(texts.iter().copied());
            let looked = Typed::new(&typed);
            let plain = plainly(&typed, &texts);
            prop_assert_eq!(looked.is_in(&prepared), plain == Some(Word::Same));
            prop_assert_eq!(looked.is_nearly_in(&prepared), plain.is_some());
            prop_assert!(looked.forgives() || plain != Some(Word::Slip));
        }

        #[test]
        fn one_slip_is_what_the_edit_distance_to_some_beginning_says(word in "[abc]{0,7}", typed in "[abc]{1,7}") {
            let letters: Vec<char> = word.chars().collect();
            let expected = (0..=letters.len()).any(|end| {
                let beginning: String = letters[..end].iter().collect();
                strsim::osa_distance(&beginning, &typed) <= 1
            });
            let typed: Vec<char> = typed.chars().collect();
            prop_assert_eq!(begins_with_one_slip(&letters, &typed), expected);
        }

        #[test]
        fn any_typed_line_gives_a_score_for_every_item(typed in "\\PC{0,60}") {
            let index = Index { words: Vec::new(), lines: vec![[const { String::new() }; 2]; 3] };
            prop_assert_eq!(index.scores(&typed).len(), 3);
        }
    }
}
