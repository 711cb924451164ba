//! The form of an entry: a whole check-in, and changing what is in the log.

mod changing;
mod elsewhere;
mod filling;
mod leaving;
mod parts;
mod raised;
mod session;

use std::sync::LazyLock;

use chrono::FixedOffset;
use proptest::prelude::*;

use super::*;
use crate::app::edit::ReadTime;
use crate::app::overlay::check_in::CheckIn;
use crate::app::overlay::check_in::field::Field;
use crate::app::overlay::check_in::row::{Content, Row, Value as Held};
use crate::domain::record::{NOTE_MAX, ScaleField};
use crate::domain::vocabulary::WordField;
use crate::domain::when::parse_time;

/// With the words of the log, as only the built-in content has them.
fn person() -> Person {
    let mut person = Person::new(Setup::default());
    person.app.library =
        crate::domain::library::Library::new(vec![technique("palm-press")], Vec::new(), words());
    person
}

fn words() -> Reference {
    Reference {
        vocabulary: LazyLock::new(|| {
            toml::from_str(include_str!("../../../assets/vocabulary.toml")).expect("the vocabulary")
        }),
        ..Reference::default()
    }
}

/// Puts an entry into the log and selects it.
fn with_entry(person: &mut Person, fields: &str) -> Id {
    let rec = put_entry(person, fields);
    person.press("3", &at(0));
    rec
}

/// Puts an entry into the log, or changes it.
fn put_entry(person: &mut Person, fields: &str) -> Id {
    let rec = Id::new("entry");
    let map: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(fields).expect("an object");
    let mut set = Fields::default();
    for (name, value) in &map {
        set.put(name, value);
    }
    let entry = Entry::read(rec.clone(), &set, Marks::default());
    let put = vec![entry];
    let gone = Vec::new();
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(0));
    rec
}

/// Presses keys that have a name.
fn strike(person: &mut Person, keys: &[Key]) {
    for key in keys {
        let msg = keys::message(person.app.context(), *key);
        person.tell(msg.expect("a key that means something"), &at(1));
    }
}

/// Goes to a field, from wherever the keys are.
fn go_to(person: &mut Person, field: Field) {
    for _ in 0..80 {
        if form(person).row().field == field {
            return;
        }
        strike(person, &[on(Code::Tab)]);
    }
    panic!("no {field:?}");
}

fn on(code: Code) -> Key {
    Key::plain(code)
}

const SAVE: Key = Key::ctrl('s');

/// What was written last: fields set, as JSON, and fields taken away.
fn written(person: &Person) -> (serde_json::Value, Vec<String>) {
    let asks = person.asks();
    match asks.last() {
        Some(Ask::Write(_, Act::Add { set })) => {
            (serde_json::to_value(set).expect("JSON"), Vec::new())
        }
        Some(Ask::Write(_, Act::Edit { set, unset, .. })) => {
            (serde_json::to_value(set).expect("JSON"), unset.clone())
        }
        other => panic!("{other:?}"),
    }
}

const SESSION: &str = r#"{"kind":"session","started_at":"2026-11-22T21:30:40+01:00","technique":"palm-press",
    "status":"finished","active_s":249,"ended_at":"2026-11-22T21:35:10+01:00","rated_after_at":"2026-11-22T21:36:00+01:00",
    "items":[{"technique":"palm-press","planned_s":300,"active_s":249,"done":true}],"pain_before":6,"pain_after":4,"qualities":["odd word","aching"],
    "stress_before":"much","future":1}"#;

/// Takes the entry out of the log, as another program does.
fn take_away(person: &mut Person, rec: &Id) {
    let (put, gone) = (Vec::new(), vec![rec.clone()]);
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(2));
}

fn form(person: &Person) -> &CheckIn {
    match person.app.overlays.last() {
        Some(Overlay::CheckIn(form)) => form,
        other => panic!("{other:?}"),
    }
}

/// Every key that a form may get, and some that it may not.
fn any_key() -> impl Strategy<Value = Key> {
    let named = prop::sample::select(vec![
        on(Code::Enter),
        on(Code::Esc),
        on(Code::Tab),
        on(Code::BackTab),
        on(Code::Backspace),
        on(Code::Delete),
        on(Code::Up),
        on(Code::Down),
        on(Code::Left),
        on(Code::Right),
        on(Code::Home),
        on(Code::End),
        on(Code::PageUp),
        on(Code::PageDown),
        SAVE,
        Key::ctrl('w'),
        Key::ctrl('u'),
    ]);
    let typed = prop::sample::select(
        "0459tnbgdk ,:-+/aé\u{301}\u{200d}👩"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop_oneof![2 => named, 1 => typed.prop_map(Key::char)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_keys_break_the_form_and_what_is_written_can_be_read(
        keys in prop::collection::vec(any_key(), 0..80),
        changes in any::<bool>(),
    ) {
        let mut person = person();
        with_entry(&mut person, SESSION);
        person.press(if changes { "e" } else { "l" }, &at(1));
        for key in keys {
            // Only the form and its question: what lies below has keys of its own.
            if !matches!(person.app.overlays.last(), Some(Overlay::CheckIn(_) | Overlay::Question(_))) {
                break;
            }
            if let Some(msg) = keys::message(person.app.context(), key) {
                person.tell(msg, &at(1));
            }
        }
        let asks = person.asks();
        prop_assert!(asks.len() <= 1, "{asks:?}");
        for ask in asks {
            let Ask::Write(_, Act::Add { set } | Act::Edit { set, .. }) = ask else {
                panic!("{ask:?}")
            };
            let read = Entry::read(Id::new("r"), set, Marks::default());
            let invalid = read.more.map_or(0, |more| more.invalid.len());
            prop_assert_eq!(invalid, 0, "{:?}", set);
        }
    }
}
