//! What a settings file can make of the keys, and what it can't.

use proptest::prelude::*;

use super::*;

fn wish(action: &str, keys: &[&str]) -> Wish {
    Wish {
        action: action.into(),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
    }
}

fn with(wishes: &[(&str, &[&str])]) -> (Keymap, Vec<String>) {
    let wishes: Vec<Wish> = wishes
        .iter()
        .map(|(action, keys)| wish(action, keys))
        .collect();
    let (keymap, troubles) = Keymap::with(&wishes);
    (
        keymap,
        troubles.into_iter().map(|(_, words)| words).collect(),
    )
}

fn does(keymap: &Keymap, context: Context, key: &str) -> Option<Action> {
    match keymap.message(context, key.parse().ok()?)? {
        Msg::Do(action) => Some(action),
        _ => None,
    }
}

#[test]
fn an_action_moves_to_another_key_and_leaves_its_old_one() {
    let (keymap, troubles) = with(&[("zoom", &["Ctrl-x", "F5"])]);
    assert_eq!(troubles, [""; 0]);
    for key in ["Ctrl-x", "F5"] {
        assert_eq!(does(&keymap, Context::Log, key), Some(Action::Zoom));
    }
    assert_eq!(does(&keymap, Context::Log, "z"), None);
    assert_eq!(does(&keymap, Context::Log, "j"), Some(Action::Down));
}

#[test]
fn two_actions_can_change_places() {
    let (keymap, troubles) = with(&[("down", &["k", "Down"]), ("up", &["j", "Up"])]);
    assert_eq!(troubles, [""; 0]);
    assert_eq!(does(&keymap, Context::Log, "j"), Some(Action::Up));
    assert_eq!(does(&keymap, Context::Log, "k"), Some(Action::Down));
    assert_eq!(does(&keymap, Context::Log, "Down"), Some(Action::Down));
}

#[test]
fn a_key_that_means_something_else_somewhere_is_told_and_stays_so_there() {
    let (keymap, troubles) = with(&[("quit", &["x"])]);
    assert_eq!(
        troubles,
        ["quit: x is 'stop' while a session runs and stays so there"]
    );
    assert_eq!(does(&keymap, Context::Library, "x"), Some(Action::Quit));
    assert_eq!(does(&keymap, Context::Running, "x"), Some(Action::Stop));
    assert_eq!(does(&keymap, Context::Running, "q"), Some(Action::Quit));
}

#[test]
fn unknown_actions_and_keys_are_told_with_the_nearest_name() {
    let (keymap, troubles) = with(&[
        ("zom", &["y"]),
        ("zoom", &["Spcae"]),
        ("mute", &["Ctrl-i", "F13"]),
        ("xyzzy", &["y"]),
    ]);
    assert_eq!(
        troubles,
        [
            "there is no action 'zom'; did you mean 'zoom'?",
            "zoom: there is no key 'Spcae'; did you mean 'Space'?",
            "mute: terminals send Ctrl-i as another key, so that it can't be told apart",
            "mute: there is no key 'F13'",
            "there is no action 'xyzzy'",
        ]
    );
    assert_eq!(keymap, Keymap::default());
}

#[test]
fn an_action_can_be_without_a_key_but_not_urgent_signs_help_and_the_ways_out() {
    let (keymap, troubles) = with(&[("zoom", &[])]);
    assert_eq!(troubles, [""; 0]);
    assert_eq!(does(&keymap, Context::Log, "z"), None);
    for kept in KEPT {
        let (keymap, troubles) = with(&[(kept.name(), &[])]);
        let words = format!(
            "'{}' can't be without a key; it stays as it is",
            kept.name()
        );
        assert_eq!(troubles, [words]);
        assert_eq!(keymap, Keymap::default());
    }
}

#[test]
fn ctrl_c_stays_what_everybody_knows() {
    let (keymap, troubles) = with(&[("quit-now", &["F9"]), ("undo", &["Ctrl-c"])]);
    let said = [
        "'quit-now' keeps Ctrl-c as well",
        "undo: Ctrl-c is 'quit-now' and can't be given away",
    ];
    assert_eq!(troubles, said);
    for key in ["F9", "Ctrl-c"] {
        assert_eq!(does(&keymap, Context::Log, key), Some(Action::QuitNow));
    }
    assert_eq!(does(&keymap, Context::Log, "u"), Some(Action::Undo));
}

#[test]
fn urgent_signs_keep_the_keys_that_texts_name() {
    let (keymap, troubles) = with(&[("emergency", &["!"]), ("down", &["E"])]);
    assert_eq!(
        troubles,
        [
            "'emergency' keeps E and F1 as well",
            "down: E is 'emergency' and can't be given away"
        ]
    );
    for key in ["E", "F1", "!"] {
        assert_eq!(
            does(&keymap, Context::Log, key),
            Some(Action::Emergency),
            "{key}"
        );
    }
    assert_eq!(does(&keymap, Context::Search, "!"), None, "text");
    assert_eq!(
        does(&keymap, Context::Search, "F1"),
        Some(Action::Emergency)
    );
}

#[test]
fn letters_stay_text_where_text_is_typed() {
    let (keymap, troubles) = with(&[("back", &["b"])]);
    assert!(!troubles.is_empty(), "b is taken while a session runs");
    assert_eq!(does(&keymap, Context::Library, "b"), Some(Action::Back));
    for context in [
        Context::Search,
        Context::Note,
        Context::FormList,
        Context::Question,
    ] {
        assert_eq!(does(&keymap, context, "b"), None, "{context:?}");
        assert_eq!(
            does(&keymap, context, "Esc"),
            Some(Action::Back),
            "{context:?}"
        );
    }
}

/// The table written out as wishes changes nothing.
#[test]
fn the_keys_of_the_table_can_be_asked_for_as_they_are() {
    let wishes: Vec<Wish> = actions()
        .into_iter()
        .map(|(action, keys)| Wish {
            action: action.name().into(),
            // Turned round: as they stand they would be passed over as nothing new.
            keys: keys.iter().rev().map(ToString::to_string).collect(),
        })
        .collect();
    let (keymap, troubles) = Keymap::with(&wishes);
    assert_eq!(troubles, []);
    for (context, here) in by_context() {
        for (action, keys) in here {
            for key in keys {
                let found = does(&keymap, context, &key.to_string());
                assert_eq!(found, Some(action), "{key} {context:?}");
            }
        }
    }
}

#[test]
fn every_action_has_a_name_of_its_own_that_reads_well() {
    let mut names: Vec<&str> = actions().iter().map(|(action, _)| action.name()).collect();
    for name in &names {
        let plain = name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(plain, "{name}");
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn every_key_of_the_table_is_read_as_it_is_written() {
    for key in bindings().flat_map(|binding| binding.keys) {
        assert_eq!(key.to_string().parse(), Ok(*key));
        assert_eq!(key.spelled().parse(), Ok(*key));
        assert!(key.spelled().is_ascii());
    }
    let read = |text: &str| text.parse::<Key>();
    assert_eq!(read("ctrl-D"), Ok(Key::ctrl('d')));
    assert_eq!(read("pgup"), Ok(Key::plain(Code::PageUp)));
    assert_eq!(read("-"), Ok(Key::char('-')));
    assert_eq!(read("Alt--").map(|key| key.alt), Ok(true));
    assert_eq!(read("up"), read("↑"));
    for wrong in ["", "Ctrl-", "Ctrl-1", "F0", "jj", "\u{1b}"] {
        assert!(read(wrong).is_err(), "{wrong:?}");
    }
    for (wrong, right) in [("Shift-a", "A"), ("shift-Z", "Z"), ("Alt-Shift-x", "X")] {
        let why = format!("there is no key '{wrong}'; write '{right}'");
        assert_eq!(read(wrong), Err(why));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever a file asks for, no key means two things, and what must not be lost is not.
    #[test]
    fn no_wishes_take_away_urgent_signs_help_or_the_ways_out(
        picks in proptest::collection::vec((0_usize..200, proptest::collection::vec(0_usize..60, 0..4)), 1..12)
    ) {
        let known = actions();
        let keys: Vec<Key> = known.iter().flat_map(|(_, keys)| keys.clone()).collect();
        let mut wishes: Vec<Wish> = Vec::new();
        for (action, picked) in &picks {
            // Half of them want what must not be lost, or its keys.
            let action = match action % 2 {
                0 => KEPT[action / 2 % KEPT.len()],
                _ => known[action % known.len()].0,
            };
            let action = action.name().to_owned();
            if wishes.iter().all(|wish| wish.action != action) {
                let keys = picked.iter().map(|at| match at % 3 {
                    0 => ["E", "?", "q", "Ctrl-c", "Esc", "F1"][at / 3 % 6].to_owned(),
                    _ => keys[at * 3 % keys.len()].to_string(),
                });
                wishes.push(Wish { action, keys: keys.collect() });
            }
        }
        let (keymap, _) = Keymap::with(&wishes);
        for (context, here) in by_context() {
            let mut known: Vec<(Key, Action)> = Vec::new();
            for binding in bindings().filter(|binding| binding.contexts.has(context)) {
                let keys = keymap.keys(binding, context);
                prop_assert!(!keys.is_empty() || !KEPT.contains(&binding.action), "{context:?} {wishes:?}");
                for key in keys {
                    let other = known.iter().find(|(known, action)| known == key && *action != binding.action);
                    prop_assert!(other.is_none(), "{key} {context:?} {wishes:?}");
                    known.push((*key, binding.action));
                }
            }
            for kept in KEPT {
                let had = here.iter().any(|(action, _)| *action == kept);
                let has = known.iter().any(|(_, action)| *action == kept);
                prop_assert_eq!(had, has, "{:?} {:?}", context, kept);
            }
        }
    }
}
