//! The section `[keys]`: an action's name and the keys it is to have, `zoom = ["z", "Ctrl-x"]`.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{OwnKeys, Reading};
use crate::domain::order;
use crate::keys::{Key, Keymap, Wish, actions};

/// Its name.
pub const SECTION: &str = "keys";

impl Reading<'_> {
    /// Reads the section; what can't be used is told with its line, and the keys of the table stay.
    pub(super) fn keys(&mut self, table: &DeTable<'_>) {
        let mut entries: Vec<_> = table.iter().collect();
        order::by_key(&mut entries, |(key, _)| key.span().start);
        let mut wishes = Vec::new();
        let mut places: Vec<Range<usize>> = Vec::new();
        for (key, value) in entries {
            let action = key.get_ref().to_string();
            let is_known = actions().iter().any(|(known, _)| known.name() == action);
            // Whatever is asked of an action that there is not, that is what is told.
            let asked = names(value.get_ref()).or_else(|| (!is_known).then(Vec::new));
            match asked {
                Some(keys) => {
                    wishes.push(Wish { action, keys });
                    places.push(key.span());
                }
                None => self.trouble(
                    &value.span(),
                    &format!("keys.{action}: expected a list of keys, such as [\"j\", \"Down\"]"),
                ),
            }
        }
        let (keymap, troubles) = Keymap::with(&wishes);
        let changed = keymap.changed();
        self.config.keymap = keymap;
        for (wish, at) in wishes.into_iter().zip(&places) {
            let mut known = actions().into_iter();
            let known = known.find(|(action, _)| action.name() == wish.action);
            let Some((action, usual)) = known.filter(|(action, _)| changed.contains(action)) else {
                continue;
            };
            let is_key = |key: &String| key.parse::<Key>().is_ok();
            let own = OwnKeys {
                action: action.name(),
                keys: wish.keys.into_iter().filter(is_key).collect(),
                usual: usual.iter().map(Key::spelled).collect(),
                line: self.line(at),
            };
            self.config.keys.push(own);
        }
        for (at, why) in troubles {
            let place = places.get(at).cloned().unwrap_or(0..0);
            self.trouble(&place, &format!("keys: {why}"));
        }
    }
}

/// A list of texts, or one.
fn names(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::String(text) => Some(vec![text.to_string()]),
        DeValue::Array(list) => {
            let texts = list
                .iter()
                .map(|one| one.get_ref().as_str().map(str::to_owned));
            texts.collect()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{documented, parse};
    use crate::app::message::{Action, Context, Msg};
    use crate::keys::{Key, Keymap, actions};

    #[test]
    fn keys_are_read_and_what_is_wrong_is_told_with_its_line() {
        let read = parse(
            "[keys]\nzoom = [\"Ctrl-x\"]\n\nquit = \"x\"\nhelp = []\nzom = [\"y\"]\nmute = 3\nfoo = 3\nzoom-in = [3]\n",
            "c",
        );
        let told: Vec<&str> = read.troubles.iter().map(String::as_str).collect();
        assert_eq!(
            told,
            [
                "c:7: keys.mute: expected a list of keys, such as [\"j\", \"Down\"]",
                "c:4: keys: quit: x is 'stop' while a session runs and stays so there",
                "c:5: keys: 'help' can't be without a key; it stays as it is",
                "c:6: keys: there is no action 'zom'; did you mean 'zoom'?",
                "c:8: keys: there is no action 'foo'; did you mean 'floor'?",
                "c:9: keys: there is no action 'zoom-in'; did you mean 'zoom'?",
            ]
        );
        let msg = read.keymap.message(Context::Log, Key::ctrl('x'));
        assert!(matches!(msg, Some(Msg::Do(Action::Zoom))));
    }

    #[test]
    fn a_slip_in_the_section_s_name_is_told() {
        let told = parse("[key]\nzoom = 'x'\n", "c").troubles;
        assert_eq!(
            told,
            ["c:1: there is no setting 'key'; did you mean 'keys'?"]
        );
        let told = parse("keys = 3\n", "c").troubles;
        assert_eq!(
            told,
            ["c:1: keys: expected a section, '[keys]' on a line of its own"]
        );
        assert_eq!(parse("", "c").keymap, Keymap::default());
    }

    #[test]
    fn the_documented_file_has_every_action_with_its_keys() {
        let documented = documented();
        let (_, listed) = documented.split_once("\n[keys]\n").unwrap_or_default();
        let mut missing = Vec::new();
        for (action, keys) in actions() {
            let keys: Vec<String> = keys
                .iter()
                .map(|key| format!("{:?}", key.spelled()))
                .collect();
            let line = format!("#{} = [{}]", action.name(), keys.join(", "));
            if !listed.lines().any(|known| known == line) {
                missing.push(line);
            }
        }
        assert!(
            missing.is_empty(),
            "missing:
{}",
            missing.join(
                "
"
            )
        );
    }
}
