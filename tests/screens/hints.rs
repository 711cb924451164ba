//! No sentence names a key that is not in force: the keys in it come from the key table, whatever a settings file says.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use super::*;
use unkink::keys::{Keymap, Wish, actions};

/// Always with a key, so that a sentence may count on them.
const KEPT: [&str; 5] = ["emergency", "help", "quit-now", "quit", "back"];

/// Names of keys as the table's words would have them.
const NAMES: [&str; 10] = [
    "Enter",
    "Esc",
    "Tab",
    "Shift-Tab",
    "Space",
    "Backspace",
    "PgUp",
    "PgDn",
    "arrow",
    "arrows",
];

/// Those that are words besides, so that they are keys only where they do something.
const WORDS: [&str; 7] = ["Home", "End", "Delete", "Up", "Down", "Left", "Right"];

/// The table's keys that are a single sign. Digits are numbers nearly everywhere, and arrows say that there is more; urgent
/// signs keep their keys.
static SIGNS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let all = actions();
    let keys = all
        .iter()
        .flat_map(|(_, keys)| keys)
        .map(ToString::to_string);
    let is_sign = |key: &String| {
        let mut signs = key.chars();
        matches!((signs.next(), signs.next()), (Some(c), None) if c.is_ascii() && !c.is_ascii_digit())
    };
    let not_so = ["a", "-", "+", "/", ".", "[", "]", "E"];
    keys.filter(|key| is_sign(key) && !not_so.contains(&key.as_str()))
        .collect()
});

/// Every action on a key that the table gives to none.
fn all_moved() -> Keymap {
    let fresh = ('\u{100}'..).map(|c| format!("Alt-{c}"));
    let wishes: Vec<Wish> = (actions().iter().zip(fresh))
        .map(|((action, _), key)| Wish {
            action: action.name().into(),
            keys: vec![key],
        })
        .collect();
    let (keymap, troubles) = Keymap::with(&wishes);
    let said: Vec<&str> = troubles.iter().map(|(_, said)| &said[..]).collect();
    assert_eq!(
        said,
        [
            "'emergency' keeps E and F1 as well",
            "'quit-now' keeps Ctrl-c as well"
        ]
    );
    keymap
}

/// No action has a key that may be without one.
fn all_gone() -> Keymap {
    let all = actions();
    let names = all.iter().map(|(action, _)| action.name());
    let wishes: Vec<Wish> = (names.filter(|name| !KEPT.contains(name)))
        .map(|name| Wish {
            action: name.into(),
            keys: Vec::new(),
        })
        .collect();
    let (keymap, troubles) = Keymap::with(&wishes);
    assert_eq!(troubles, []);
    keymap
}

fn rows(buffer: &Buffer) -> Vec<String> {
    let row = |y| (0..buffer.area.width).map(move |x| buffer[(x, y)].symbol());
    (0..buffer.area.height)
        .map(|y| row(y).collect::<String>().trim().to_owned())
        .collect()
}

/// The key that a text names without asking the table: a named one, or one that does something, 'u takes it back', 'Up and
/// Down choose', 'the entries: S.'.
fn named(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|c: char| ",;:.()".contains(c));
        let before = at.checked_sub(1).map_or("", |at| words[at]);
        let next = words.get(at + 1).copied().unwrap_or_default();
        let is_name = NAMES.contains(&bare) || bare.starts_with("Ctrl-");
        let acts = *word == bare && (is_verb(next) || next == "and" && WORDS.contains(&bare));
        let is_word = WORDS.contains(&bare) && acts;
        let is_sign =
            SIGNS.contains(bare) && (acts || before.ends_with(':') && word.ends_with('.'));
        let is_ten = bare == "t" && next == "is";
        if is_name || is_word || is_sign || is_ten {
            return Some(format!("{before} {word} {next}"));
        }
    }
    None
}

/// 'takes', 'logs;'.
fn is_verb(word: &str) -> bool {
    let word = word.trim_end_matches([',', ';', '.', ':']);
    let is_lower = word.chars().all(|c| c.is_ascii_lowercase());
    word.len() > 2 && word.ends_with('s') && is_lower && !["stress", "this"].contains(&word)
}

#[test]
fn no_picture_names_a_key_that_does_something_else_now() {
    let keymap = all_moved();
    let look = Look::new(false, true).with_keys(&keymap);
    let mut wrong = String::new();
    for (scene_name, scene) in scenes().chain(insight::SCENES) {
        for size in SIZES.into_iter().chain([(60, 1)]) {
            let person = scene(size);
            for row in rows(&person.draws(size, &look)) {
                // What is typed in a part of a session is text.
                let row = row.replace("Space: done or not.", "");
                // This one stays beside its new key.
                let row = row.replace(" Ctrl-c ", " ");
                if let Some(found) = row.split('│').find_map(named) {
                    let _ = writeln!(wrong, "{scene_name}, {size:?}: '{found}' in {row}");
                }
            }
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn a_sentence_without_its_key_is_still_one() {
    let keymap = all_gone();
    let look = Look::new(true, true).with_keys(&keymap);
    let quoted: Vec<String> = (actions().iter())
        .flat_map(|(action, _)| {
            [
                format!("'{}'", action.name()),
                format!("<{}>", action.name()),
            ]
        })
        .collect();
    for (scene_name, scene) in scenes().chain(insight::SCENES) {
        for size in [(40, 12), (200, 50), (60, 1)] {
            for row in rows(&scene(size).draws(size, &look)) {
                let left = ["[<", ">]", ";.", ",.", "::", "()"];
                let found = left.iter().find(|left| row.contains(**left));
                let may_quote = row.contains(['\'', '<']);
                let found = found.copied().or_else(|| {
                    let mut quoted = quoted.iter().filter(|_| may_quote);
                    quoted.find(|name| row.contains(*name)).map(String::as_str)
                });
                assert_eq!(found, None, "{scene_name}, {size:?}: {row}");
            }
        }
    }
}

/// The texts in double quotes of a file, without its tests and comments.
fn texts(source: &str) -> Vec<String> {
    let source = source.split("\nmod tests {").next().unwrap();
    let lines = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let source = lines.collect::<Vec<_>>().join("\n").replace("'\"'", "");
    let (mut all, mut text) = (Vec::new(), None::<String>);
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, &mut text) {
            ('"', None) => text = Some(String::new()),
            ('"', Some(_)) => all.extend(text.take()),
            ('\\', Some(text)) => match chars.next() {
                Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                _ => {}
            },
            (c, Some(text)) => text.push(c),
            (_, None) => {}
        }
    }
    all
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests");
        if path.is_dir() && !is_test {
            files(&path, all);
        } else if path.extension().is_some_and(|end| end == "rs") && !is_test {
            all.push(path);
        }
    }
}

/// What is wrong with the actions that a text names.
fn wrong_actions(text: &str) -> Option<String> {
    let known: Vec<&str> = actions().iter().map(|(action, _)| action.name()).collect();
    let is_name = |name: &str| {
        let mut chars = name.chars();
        name.len() > 1 && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    for (at, _) in text.match_indices('<') {
        let Some((action, _)) = text[at + 1..].split_once('>').filter(|(to, _)| is_name(to)) else {
            continue;
        };
        if !known.contains(&action) {
            return Some(format!("there is no action '{action}'"));
        }
        let before = &text[..at];
        let opened = before.matches('[').count() > before.matches(']').count();
        if !opened && !KEPT.contains(&action) {
            return Some(format!("'{action}' may have no key: it belongs into [...]"));
        }
    }
    None
}

#[test]
fn no_text_in_the_source_names_a_key_itself() {
    let mut all = Vec::new();
    for layer in ["app", "content", "domain", "journal", "runtime", "ui"] {
        files(
            &Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("src")
                .join(layer),
            &mut all,
        );
    }
    let mut wrong = String::new();
    let mut hints = 0;
    for path in all {
        for text in texts(&std::fs::read_to_string(&path).unwrap()) {
            hints += usize::from(text.contains('>') && text.contains('<'));
            let words = text.replace("Space: done or not.", "");
            let is_sentence = words.contains(char::is_whitespace);
            let key = Some(&words)
                .filter(|_| is_sentence)
                .and_then(|words| named(words));
            let key = key.map(|key| format!("'{key}' is no key for certain: name the action"));
            if let Some(why) = wrong_actions(&text).or(key) {
                let _ = writeln!(wrong, "{}: {text:?}: {why}", path.display());
            }
        }
    }
    assert_eq!(wrong, "");
    assert!(hints > 50, "texts are found: {hints}");
    for (_, bindings) in keys::TABLE {
        for binding in *bindings {
            assert_eq!(wrong_actions(binding.help), None, "{}", binding.help);
        }
    }
}
