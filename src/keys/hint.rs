//! Sentences that name keys: `Deleted[; <undo> takes it back].` with the keys in force.

use super::{Key, Keymap, bindings};
use crate::app::message::{Action, Context};

impl Keymap {
    /// Puts keys in the place of the actions that a text names: `<undo>` becomes `u`. What stands in `[…]` is left out
    /// where an action in it has no key; behind a `|` in there is what to say instead. `show` writes a key.
    pub fn hint(&self, text: &str, context: Context, show: impl Fn(Key) -> String) -> String {
        let (mut out, mut rest) = (String::new(), text);
        while let Some((before, from)) = rest.split_once('[') {
            let (group, after) = from.split_once(']').unwrap_or((from, ""));
            let (words, otherwise) = group.split_once('|').unwrap_or((group, ""));
            let fill = |words| self.fill(words, context, &show);
            out += &fill(before).0;
            out += &match fill(words) {
                (words, true) => words,
                (_, false) => fill(otherwise).0,
            };
            rest = after;
        }
        out + &self.fill(rest, context, &show).0
    }

    /// The text with its keys, and whether there is one for each action; without one its name stands.
    fn fill(&self, text: &str, context: Context, show: &impl Fn(Key) -> String) -> (String, bool) {
        let (mut out, mut rest, mut whole) = (String::new(), text, true);
        while let Some((before, from)) = rest.split_once('<') {
            let (name, after) = from.split_once('>').unwrap_or((from, ""));
            out += before;
            let key = named(name).and_then(|action| self.key(action, context));
            whole &= key.is_some();
            out += &key.map_or_else(|| format!("'{name}'"), show);
            rest = after;
        }
        (out + rest, whole)
    }
}

/// The action of this name, if it has a key by the table.
fn named(text: &str) -> Option<Action> {
    let mut known = bindings().map(|binding| binding.action);
    known.find(|action| action.name() == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{DEFAULT, Wish};

    fn filled(keymap: &Keymap, text: &str, context: Context) -> String {
        keymap.hint(text, context, |key| key.to_string())
    }

    fn with(action: &str, keys: &[&str]) -> Keymap {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        let action = action.to_owned();
        Keymap::with(&[Wish { action, keys }]).0
    }

    #[test]
    fn a_sentence_names_the_key_that_is_in_force() {
        let text = "Deleted[; <undo> takes it back].";
        let in_log = |keymap: &Keymap| filled(keymap, text, Context::Log);
        assert_eq!(in_log(&DEFAULT), "Deleted; u takes it back.");
        assert_eq!(in_log(&with("undo", &["F5"])), "Deleted; F5 takes it back.");
        assert_eq!(in_log(&with("undo", &[])), "Deleted.");
        let text = "[<check-in> rates it|unkink log rates it], <back> leaves.";
        let lost = with("check-in", &[]);
        let said = filled(&lost, text, Context::Insight);
        assert_eq!(said, "unkink log rates it, Esc leaves.");
    }

    #[test]
    fn the_key_is_that_of_the_place_and_else_of_where_it_can_be_done() {
        let save = |context| filled(&DEFAULT, "<save>", context);
        assert_eq!(save(Context::FormScale), "Enter");
        assert_eq!(save(Context::Note), "Ctrl-s");
        assert_eq!(filled(&DEFAULT, "<stop>", Context::Library), "x");
        // Enter closes a card, too; what leads back everywhere is named.
        assert_eq!(filled(&DEFAULT, "<back>", Context::Card), "Esc");
    }
}
