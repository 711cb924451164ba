//! Finding in a log of a hundred thousand entries, as it is typed: what a key waits for, and until all is found.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::sync::LazyLock;

use unkink::content;
use unkink::domain::find::{Find, Looking, Texts};
use unkink::domain::library::Library;
use unkink::domain::record::Entry;

/// Bytes of one go, as in the app: between two of them a key is answered.
const GO: usize = 256 * 1024;

/// A letter, a word, two, a phrase, what stands once, a slip, what is nowhere, and two filters.
const TYPED: [&str; 9] = [
    "d",
    "drivelon",
    "belt dri",
    "\"driveve gar\"",
    "rare500",
    "dirvelon",
    "xqxqx belt",
    "tag:tag6",
    "since:2020",
];

static LIBRARY: LazyLock<Library> = LazyLock::new(content::built_in_library);
static LOG: LazyLock<Vec<Entry>> = LazyLock::new(|| support::entries(100_000));

fn main() {
    LazyLock::force(&LOG);
    divan::main();
}

fn find(typed: &str) -> Find {
    let mut find = Find::default();
    match typed.split_once(':') {
        Some(("tag", tag)) => find.tag_words = vec![tag.into()],
        Some(_) => find.since = chrono::NaiveDate::from_ymd_opt(2020, 1, 1),
        None => find.text = typed.into(),
    }
    find
}

fn to_the_end(find: Find, texts: &mut Texts) -> usize {
    let mut looking = Looking::new(find);
    while !looking.is_over() {
        looking.go_on(&LOG, texts, &LIBRARY, GO);
    }
    looking.places().len()
}

/// All texts, prepared.
fn texts() -> Texts {
    let mut texts = Texts::default();
    to_the_end(find("d"), &mut texts);
    texts
}

/// The first look: every text is prepared for finding.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn the_first_look(bencher: divan::Bencher<'_, '_>) {
    bencher
        .with_inputs(Texts::default)
        .bench_local_refs(|texts| to_the_end(find("d"), texts));
}

/// Of that, what a key waits for.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn a_go_of_the_first_look(bencher: divan::Bencher<'_, '_>) {
    bencher
        .with_inputs(|| (Texts::default(), Looking::new(find("d"))))
        .bench_local_refs(|(texts, looking)| looking.go_on(&LOG, texts, &LIBRARY, GO));
}

#[divan::bench(args = TYPED, sample_count = 10, sample_size = 1)]
fn all_of_it(bencher: divan::Bencher<'_, '_>, typed: &str) {
    let mut texts = texts();
    bencher.bench_local(|| to_the_end(find(typed), &mut texts));
}

/// What the next key waits for at most.
#[divan::bench(args = TYPED, sample_count = 50, sample_size = 1)]
fn one_go(bencher: divan::Bencher<'_, '_>, typed: &str) {
    let mut texts = texts();
    bencher
        .with_inputs(|| Looking::new(find(typed)))
        .bench_local_refs(|looking| looking.go_on(&LOG, &mut texts, &LIBRARY, GO));
}
