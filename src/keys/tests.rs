//! What the table promises of its keys.
#![allow(clippy::panic)]

use super::*;

#[test]
fn no_key_means_two_things_in_one_context() {
    for context in EVERYWHERE.iter().chain(ANY_KEY.iter()) {
        let mut known: Vec<(Key, Action)> = Vec::new();
        for binding in bindings().filter(|binding| binding.contexts.has(context)) {
            for key in binding.keys {
                if let Some((_, other)) = known.iter().find(|(known, _)| known == key) {
                    panic!(
                        "{key} in {context:?} is bound to {other:?} and to {:?}",
                        binding.action
                    );
                }
                known.push((*key, binding.action));
            }
        }
    }
}

#[test]
fn urgent_signs_and_a_way_out_are_a_key_away_everywhere() {
    for context in EVERYWHERE.iter().chain(ANY_KEY.iter()) {
        let reaches =
            |key, action| matches!(message(context, key), Some(Msg::Do(found)) if found == action);
        assert!(reaches(on(Code::F(1)), Action::Emergency), "{context:?}");
        let any_key = ANY_KEY.has(context);
        assert!(
            any_key || reaches(on(Code::Esc), Action::Back),
            "{context:?}"
        );
        assert!(reaches(Key::ctrl('c'), Action::QuitNow), "{context:?}");
    }
}

#[test]
fn letters_are_text_only_where_text_is_typed() {
    assert!(matches!(
        message(Context::Search, ch('q')),
        Some(Msg::Type('q'))
    ));
    assert!(matches!(
        message(Context::Library, ch('q')),
        Some(Msg::Do(Action::Quit))
    ));
    assert!(message(Context::Library, ch('Q')).is_none());
}

#[test]
fn where_any_key_will_do_a_few_have_their_own_meaning_and_all_others_are_one() {
    for context in ANY_KEY.iter() {
        let own = bindings()
            .filter(|binding| binding.contexts.has(context))
            .map(|binding| binding.action);
        let mut own: Vec<String> = own.map(|action| format!("{action:?}")).collect();
        own.sort();
        assert_eq!(own, ["Emergency", "Mute", "QuitNow"], "{context:?}");
        for key in [
            ch(' '),
            ch('q'),
            on(Code::Esc),
            on(Code::Other),
            Key::ctrl('z'),
        ] {
            let msg = message(context, key);
            assert!(matches!(msg, Some(Msg::Do(Action::AnyKey))), "{key}");
        }
    }
}

#[test]
fn a_paused_floor_view_has_the_keys_of_a_paused_session() {
    let acts = |context| {
        let bound = bindings().filter(move |binding| binding.contexts.has(context));
        bound.flat_map(|binding| binding.keys).collect::<Vec<_>>()
    };
    let floor = acts(Context::FloorPaused);
    // Moving between panes and logging is not for the floor.
    let elsewhere = ["Tab", "Shift-Tab", "1", "2", "3", "z", "l"];
    for key in acts(Context::Paused) {
        let name = key.to_string();
        assert_eq!(
            floor.contains(&key),
            !elsewhere.contains(&name.as_str()),
            "{key}"
        );
    }
}
