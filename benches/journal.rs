//! Reading the journal: all lines of two machines, merged into entries in the order of their moments.
#![allow(missing_docs)]

mod support;

use support::Home;

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000], max_time = 12, sample_size = 1)]
fn read_and_merged(bencher: divan::Bencher<'_, '_>, lines: u64) {
    let home = Home::with_lines(lines);
    bencher
        .counter(divan::counter::ItemsCount::new(lines))
        .bench_local(|| {
            let mut journal = home.journal();
            let entries = journal.load();
            (journal, entries)
        });
}
