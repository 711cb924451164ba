//! What each letter typed into the library's search costs.
#![allow(missing_docs)]

mod support;

use std::collections::BTreeSet;

use support::person::Person;
use unkink::app::message::Msg;
use unkink::content;
use unkink::domain::search::{Filter, Preference, Query};

/// One letter, several, a slip, two words, and what is nowhere.
const TYPED: [&str; 6] = [
    "b",
    "breath",
    "breeths",
    "wall ball",
    "slow breathing chair",
    "qqqqqq",
];

fn main() {
    divan::main();
}

#[divan::bench(args = TYPED)]
fn found_in_the_library(bencher: divan::Bencher<'_, '_>, typed: &str) {
    let library = content::built_in_library();
    let none = BTreeSet::new();
    let query = Query {
        words: typed.to_owned(),
        filter: Filter::default(),
    };
    let preference = Preference {
        favourites: &none,
        last_done: &|_| None,
        off: &none,
        resting: &none,
    };
    library.find(&query, &preference); // the index is made once
    bencher.bench_local(|| library.find(&query, &preference).len());
}

/// The key's whole way through the app: the last letter typed.
#[divan::bench(args = TYPED)]
fn a_letter_in_the_app(bencher: divan::Bencher<'_, '_>, typed: &str) {
    let (before, last) = typed.split_at(typed.len() - 1);
    let last = last.chars().next().unwrap_or_default();
    bencher
        .with_inputs(|| Person::with(Vec::new()).presses("/").types(before))
        .bench_local_refs(|person| person.gets(Msg::Type(last)));
}
