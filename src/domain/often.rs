//! What this person used before comes first: how often the log holds each word, counted in one pass and kept current.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::record::{Entry, ListField};
use super::vocabulary::WordField;
use crate::domain::order;

/// How often each word of one list was used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(HashMap<Box<str>, usize>);

impl Counts {
    fn add(&mut self, word: &str) {
        match self.0.get_mut(word) {
            Some(count) => *count += 1,
            None => {
                self.0.insert(word.into(), 1);
            }
        }
    }

    fn take(&mut self, word: &str) {
        match self.0.get_mut(word) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                self.0.remove(word);
            }
        }
    }

    /// Puts the known words used most often first; those used as often keep their order. What is not known stays behind
    /// them as it stands. `name`: what the log calls it.
    pub fn sort<T>(&self, words: &mut [T], known: &[&str], name: impl Fn(&T) -> &str) {
        order::by_key(words, |word| {
            let name = name(word);
            let is_known = known.contains(&name);
            let count = self.0.get(name).copied().filter(|_| is_known);
            (!is_known, Reverse(count.unwrap_or(0)))
        });
    }

    /// Every word that was used, the most often used first, then by the alphabet.
    pub fn most_first(&self) -> Vec<&str> {
        let mut counted: Vec<(&str, usize)> = self.0.iter().map(|(w, n)| (&**w, *n)).collect();
        order::by(&mut counted, |a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        counted.into_iter().map(|(word, _)| word).collect()
    }
}

/// How often each word of every list was used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Often {
    /// Places, without their sides.
    pub regions: Counts,
    /// How far down it travels, without sides.
    pub travels_to: Counts,
    /// The person's own tags.
    pub tags: Counts,
    qualities: Counts,
    triggers: Counts,
    actions: Counts,
    mood: Counts,
    day: Counts,
    /// How many entries were looked at so far; what the counting costs.
    pub looked_at: usize,
}

impl Often {
    /// Counts the words of these entries.
    pub fn of(entries: &[Entry]) -> Self {
        let mut often = Self::default();
        for entry in entries {
            often.add(entry);
        }
        often
    }

    /// Counts one more entry.
    pub fn add(&mut self, entry: &Entry) {
        self.each(entry, Counts::add);
    }

    /// Counts an entry no longer.
    pub fn take(&mut self, entry: &Entry) {
        self.each(entry, Counts::take);
    }

    /// The words of a list.
    pub fn words(&self, list: WordField) -> &Counts {
        match list {
            WordField::Qualities => &self.qualities,
            WordField::Triggers => &self.triggers,
            WordField::Actions => &self.actions,
            WordField::Mood => &self.mood,
            WordField::Day => &self.day,
        }
    }

    fn each(&mut self, entry: &Entry, count: fn(&mut Counts, &str)) {
        self.looked_at += 1;
        let Some(more) = entry.more.as_deref() else {
            return;
        };
        for list in ListField::ALL {
            let counts = match list {
                ListField::Regions => &mut self.regions,
                ListField::TravelsTo => &mut self.travels_to,
                ListField::Words(WordField::Qualities) => &mut self.qualities,
                ListField::Words(WordField::Triggers) => &mut self.triggers,
                ListField::Words(WordField::Actions) => &mut self.actions,
                ListField::Words(WordField::Mood) => &mut self.mood,
                ListField::Words(WordField::Day) => &mut self.day,
                ListField::Tags => &mut self.tags,
            };
            for word in list.get(more) {
                let without_side = word.split_once(':').filter(|_| list.is_of_places());
                count(counts, without_side.map_or(word, |(id, _)| id));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::id::Id;
    use super::super::record::{Fields, Marks};
    use super::*;

    fn counts(words: &[&str]) -> Counts {
        let mut counts = Counts::default();
        for word in words {
            counts.add(word);
        }
        counts
    }

    #[test]
    fn what_was_used_most_comes_first_and_the_rest_in_its_own_order() {
        let known = ["aching", "dull", "tight", "stiff"];
        let sorted = |uses: &[&str]| {
            let mut words = vec!["aching", "dull", "tight", "stiff", "odd"];
            counts(uses).sort(&mut words, &known, |word| word);
            words
        };
        assert_eq!(
            sorted(&["stiff", "tight", "stiff", "gone", "odd", "odd", "odd"]),
            ["stiff", "tight", "aching", "dull", "odd"]
        );
        assert_eq!(
            sorted(&["tight", "aching"]),
            ["aching", "tight", "dull", "stiff", "odd"]
        );
        assert_eq!(sorted(&[]), ["aching", "dull", "tight", "stiff", "odd"]);
    }

    #[test]
    fn own_words_come_by_use_and_then_by_the_alphabet() {
        let counts = counts(&["sofa", "bike", "choir", "bike"]);
        assert_eq!(counts.most_first(), ["bike", "choir", "sofa"]);
    }

    #[test]
    fn one_pass_counts_every_list_and_what_is_taken_out_counts_no_more() {
        let mut fields = Fields::default();
        fields.put("regions", &["sacrum", "belt-line:left"]);
        fields.put("travels_to", &["thigh:both"]);
        for (list, word) in [
            ("qualities", "q"),
            ("triggers", "t"),
            ("actions", "a"),
            ("mood", "m"),
            ("day", "d"),
            ("tags", "own"),
        ] {
            fields.put(list, &[word]);
        }
        let entry = Entry::read(Id::new("x"), &fields, Marks::default());
        let mut often = Often::of(&[entry.clone(), entry.clone()]);
        assert_eq!(often.looked_at, 2);
        assert_eq!(often.regions.most_first(), ["belt-line", "sacrum"]);
        assert_eq!(often.travels_to.most_first(), ["thigh"]);
        assert_eq!(often.tags, counts(&["own", "own"]));
        for (list, word) in [
            (WordField::Qualities, "q"),
            (WordField::Triggers, "t"),
            (WordField::Actions, "a"),
            (WordField::Mood, "m"),
            (WordField::Day, "d"),
        ] {
            assert_eq!(*often.words(list), counts(&[word, word]));
        }
        often.take(&entry);
        assert_eq!(often.tags, counts(&["own"]));
        often.take(&entry);
        assert_eq!(often.tags, Counts::default());
    }
}
