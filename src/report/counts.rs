//! How often each word was logged in some days.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::page::Asked;
use crate::domain::insight::between;
use crate::domain::library::Library;
use crate::domain::log::Log;
use crate::domain::order;
use crate::domain::record::{Entry, Kind, More};

/// Words with how often they came: most first, then by name.
pub(super) type Words<'a> = Vec<(&'a str, usize)>;

/// What was logged, word by word. Qualities, triggers and actions in entries; days and medicines in days.
#[derive(Debug, Default)]
pub(super) struct Counts<'a> {
    pub days: Words<'a>,
    pub travels: Words<'a>,
    pub qualities: Words<'a>,
    pub triggers: Words<'a>,
    pub actions: Words<'a>,
    pub medicines: Words<'a>,
}

impl<'a> Counts<'a> {
    pub fn of(log: &'a Log, asked: &Asked, library: &Library) -> Self {
        let (from, to) = (asked.from, asked.to);
        let is_medicine = |word: &str| {
            let mut actions = library.vocabulary().actions.iter();
            actions.any(|action| action.medicine && action.word == word)
        };
        let mores = || {
            between(log, from, to)
                .filter(|entry| entry.kind != Kind::Unknown)
                .filter_map(|entry| Some((entry, entry.more.as_deref()?)))
        };
        let in_entries = |list: fn(&More) -> &[String]| {
            counted(mores().flat_map(|(_, more)| list(more)).map(String::as_str))
        };
        let in_days = |list: fn(&More) -> &[String]| days(mores(), list);
        let (medicines, _) = split(in_days(|more| &more.actions), is_medicine);
        let (_, mut actions) = split(in_entries(|more| &more.actions), is_medicine);
        let mut triggers = in_entries(|more| &more.triggers);
        let mut qualities = in_entries(|more| &more.qualities);
        let hidden = |word: &str| {
            let mut actions = library.vocabulary().actions.iter();
            actions.any(|action| action.can_hide && action.word == word)
        };
        for words in [&mut actions, &mut triggers, &mut qualities] {
            words.retain(|(word, _)| !hidden(word) && asked.without.iter().all(|one| one != word));
        }
        Self {
            days: in_days(|more| &more.day),
            travels: in_entries(|more| &more.travels_to),
            qualities,
            triggers,
            actions,
            medicines,
        }
    }
}

fn split(words: Words<'_>, is_one: impl Fn(&str) -> bool) -> (Words<'_>, Words<'_>) {
    words.into_iter().partition(|(word, _)| is_one(word))
}

fn days<'a>(
    mores: impl Iterator<Item = (&'a Entry, &'a More)>,
    list: fn(&More) -> &[String],
) -> Words<'a> {
    let mut named: Vec<(Option<NaiveDate>, &str)> = mores
        .flat_map(|(entry, more)| list(more).iter().map(|word| (entry.day(), word.as_str())))
        .collect();
    order::by(&mut named, Ord::cmp);
    named.dedup();
    counted(named.into_iter().map(|(_, word)| word))
}

fn counted<'a>(words: impl Iterator<Item = &'a str>) -> Words<'a> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Words<'a> = counts.into_iter().collect();
    order::by(&mut counts, |a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    counts
}

/// 'tight (12), aching (9)'.
pub(super) fn words(words: &Words<'_>, most: usize) -> String {
    let told: Vec<String> = (words.iter().take(most))
        .map(|(word, count)| format!("{word} ({count})"))
        .collect();
    told.join(", ")
}
