//! The content as a start reads it, and the rest that is read when it is first asked for.
#![allow(missing_docs)]

mod support;

use support::Home;
use unkink::content;
use unkink::domain::library::Library;

fn main() {
    divan::main();
}

#[divan::bench]
fn techniques_and_routines() -> Library {
    content::built_in_library()
}

/// With a look at where a person's own files would be.
#[divan::bench]
fn with_no_files_of_ones_own(bencher: divan::Bencher<'_, '_>) {
    let home = Home::with_lines(0);
    bencher.bench_local(|| content::load(&home.places));
}

#[divan::bench]
fn safety_questions(bencher: divan::Bencher<'_, '_>) {
    bencher
        .with_inputs(content::built_in_library)
        .bench_refs(|library| library.safety().ids().len());
}

#[divan::bench]
fn evidence_cards_and_sources(bencher: divan::Bencher<'_, '_>) {
    bencher
        .with_inputs(content::built_in_library)
        .bench_refs(|library| library.topics().len() + library.sources().len());
}
