//! A session's clock: a turn each second, what is shown of it, and a long absence.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use support::person::{Person, now};
use unkink::app::message::Msg;
use unkink::content;
use unkink::domain::plan::{Side, Timeline};
use unkink::domain::session::Session;

fn main() {
    divan::main();
}

fn session() -> Session {
    let library = content::built_in_library();
    let routine = library.routine("evening-unwind").unwrap();
    let timeline = Timeline::of_routine(routine, |slug| library.technique(slug), Side::Left);
    Session::start(timeline, &now(0))
}

#[divan::bench]
fn a_second(bencher: divan::Bencher<'_, '_>) {
    let mut session = session();
    session.advance(&now(30));
    let inputs = || session.clone();
    bencher
        .with_inputs(inputs)
        .bench_refs(|session| session.advance(&now(31)));
}

/// A routine from its start to its end, a turn each second.
#[divan::bench]
fn a_whole_routine(bencher: divan::Bencher<'_, '_>) {
    let seconds = u64::from(session().timeline.real_s()) + 60;
    bencher.with_inputs(session).bench_refs(|session| {
        for at in 1..=seconds {
            session.advance(&now(at));
        }
        assert!(session.is_finished());
    });
}

#[divan::bench]
fn what_is_shown(bencher: divan::Bencher<'_, '_>) {
    let mut session = session();
    session.advance(&now(30));
    bencher.bench_local(|| (session.view(&now(30)), session.next_change()));
}

/// The same second through the whole app.
#[divan::bench]
fn a_turn_of_the_app(bencher: divan::Bencher<'_, '_>) {
    let inputs = || {
        let mut person = Person::with(Vec::new()).starts("hand-warm-sweep").waits(10);
        person.at += 1;
        person
    };
    bencher
        .with_inputs(inputs)
        .bench_local_refs(|person| person.gets(Msg::Turn));
}
