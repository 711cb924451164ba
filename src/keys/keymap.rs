//! The keys in force: those of the table, with what a settings file puts in their place.
//!
//! A key may mean one thing in one place only. Where a wish can't be met, the keys of the table stay, so that whatever a
//! file says every action keeps a key, and urgent signs, help and a way out can't be lost.

use std::collections::HashMap;

use super::places::{Places, words};
use super::{Binding, Code, Key, bindings};
use crate::app::message::{Action, Context, Msg};
use crate::domain::nearest::nearest;
use crate::domain::order;

/// Which keys do what. The default: as the table says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    /// In place of the table's keys; `None`: nothing was asked for.
    own: Option<Box<Own>>,
}

/// Actions with their keys.
type Actions = Vec<(Action, Vec<Key>)>;

type Own = HashMap<(Context, Action), Vec<Key>>;

/// The keys of the table.
pub static DEFAULT: Keymap = Keymap { own: None };

/// What a settings file says of one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The action's name.
    pub action: String,
    /// Names of keys; none: the action is to have no key.
    pub keys: Vec<String>,
}

/// What is wrong with a wish: its place among them, and a line for people.
pub type Trouble = (usize, String);

/// A wish that can be read.
#[derive(Debug, Clone)]
struct Wanted {
    at: usize,
    action: Action,
    keys: Vec<Key>,
}

/// These always have a key.
const KEPT: [Action; 5] = [
    Action::Emergency,
    Action::Help,
    Action::QuitNow,
    Action::Quit,
    Action::Back,
];

/// These keep the keys of the table besides: in an emergency, and when nothing else helps, they are what everybody knows.
const STAYING: [Action; 2] = [Action::Emergency, Action::QuitNow];

impl Keymap {
    /// The table with these wishes put into it, and what could not be done.
    pub fn with(wishes: &[Wish]) -> (Self, Vec<Trouble>) {
        let mut troubles = Vec::new();
        let read = |(at, wish)| read(at, wish, &mut troubles);
        let mut wanted: Vec<Wanted> = wishes.iter().enumerate().filter_map(read).collect();
        if wanted.is_empty() {
            return (Self::default(), troubles);
        }
        // What must not be lost chooses first.
        let rank = |one: &Wanted| KEPT.iter().position(|kept| *kept == one.action);
        order::by_key(&mut wanted, |one| (rank(one).unwrap_or(KEPT.len()), one.at));
        let mut clashes = Vec::new();
        let mut own = build(&wanted, &mut clashes);
        if let Some(lost) = lost(&own) {
            clashes.clear();
            let at = wanted.first().map_or(0, |one| one.at);
            let words = format!("'{}' would be without a key", lost.name());
            clashes.push((at, format!("{words}; help, quit and back stay as they are")));
            wanted.retain(|one| !KEPT.contains(&one.action));
            own = build(&wanted, &mut clashes);
        }
        troubles.extend(clashes);
        order::by_key(&mut troubles, |(at, _)| *at);
        let own = Some(Box::new(own));
        (Self { own }, troubles)
    }

    /// The keys of a binding in one of its places.
    pub fn keys(&self, binding: &'static Binding, context: Context) -> &[Key] {
        let own = self.own.as_ref();
        let own = own.and_then(|own| own.get(&(context, binding.action)));
        own.map_or(binding.keys, Vec::as_slice)
    }

    /// The keys of a binding in all its places, each once.
    pub fn all_keys(&self, binding: &'static Binding) -> Vec<Key> {
        let mut all = Vec::new();
        for context in binding.contexts.iter() {
            for key in self.keys(binding, context) {
                if !all.contains(key) {
                    all.push(*key);
                }
            }
        }
        all
    }

    /// The key that a sentence names for an action: the first of those it has here, or where it can be done if not here.
    /// `None`: it has none.
    pub fn key(&self, action: Action, context: Context) -> Option<Key> {
        let mut all: Vec<_> = bindings().filter(|known| known.action == action).collect();
        // What holds in most places is known best.
        order::by_key(&mut all, |binding| {
            std::cmp::Reverse(binding.contexts.count())
        });
        let here: Vec<_> = (all.iter())
            .filter(|binding| binding.contexts.has(context))
            .collect();
        if here.is_empty() {
            let mut keys = all.iter().flat_map(|binding| {
                let places = binding.contexts.iter();
                places.flat_map(|context| self.keys(binding, context))
            });
            return keys.next().copied();
        }
        let mut keys = here.iter().flat_map(|known| self.keys(known, context));
        keys.next().copied()
    }

    /// The actions that have other keys somewhere than by the table, in its order.
    pub fn changed(&self) -> Vec<Action> {
        let Some(own) = &self.own else {
            return Vec::new();
        };
        let places = by_context();
        let is_changed = |action: Action| {
            places.iter().any(|(context, here)| {
                let usual = here.iter().find(|(known, _)| *known == action);
                let keys = own.get(&(*context, action));
                keys.is_some_and(|keys| usual.is_some_and(|(_, usual)| keys != usual))
            })
        };
        let all = actions().into_iter().map(|(action, _)| action);
        all.filter(|action| is_changed(*action)).collect()
    }

    /// What a key means here; `None` when it means nothing.
    pub fn message(&self, context: Context, key: Key) -> Option<Msg> {
        let mut here = bindings().filter(|binding| binding.contexts.has(context));
        if let Some(binding) = here.find(|binding| self.keys(binding, context).contains(&key)) {
            return Some(Msg::Do(binding.action));
        }
        // Paused, it does nothing, but is heard: it may be one of a hand that has paused already.
        if Places::ANY_KEY.has(context) || context == Context::FloorPaused {
            return Some(Msg::Do(Action::AnyKey));
        }
        match key {
            Key {
                code: Code::Char(c),
                ctrl: false,
                alt: false,
            } if Places::TYPED.has(context) => Some(Msg::Type(c)),
            _ => None,
        }
    }
}

/// The table as the section of a settings file: a line for each action with its keys, behind a `#`.
pub fn listed() -> String {
    let line = |(action, keys): (Action, Vec<Key>)| {
        let keys: Vec<String> = keys
            .iter()
            .map(|key| format!("\"{}\"", key.spelled()))
            .collect();
        format!("#{} = [{}]\n", action.name(), keys.join(", "))
    };
    actions().into_iter().map(line).collect()
}

/// Every action that has a key by the table, in its order, with those keys in all its places.
pub fn actions() -> Vec<(Action, Vec<Key>)> {
    let mut all: Vec<(Action, Vec<Key>)> = Vec::new();
    for binding in bindings() {
        let known = all.iter().position(|(action, _)| *action == binding.action);
        let at = known.unwrap_or_else(|| {
            all.push((binding.action, Vec::new()));
            all.len() - 1
        });
        for key in binding.keys {
            if !all[at].1.contains(key) {
                all[at].1.push(*key);
            }
        }
    }
    all
}

fn read(at: usize, wish: &Wish, troubles: &mut Vec<Trouble>) -> Option<Wanted> {
    let known = actions();
    let found = known
        .iter()
        .find(|(action, _)| action.name() == wish.action);
    let Some((action, table)) = found else {
        let names = known.iter().map(|(action, _)| action.name());
        let near = nearest(&wish.action, names);
        let near = near.map_or(String::new(), |near| format!("; did you mean '{near}'?"));
        troubles.push((at, format!("there is no action '{}'{near}", wish.action)));
        return None;
    };
    let mut keys = Vec::new();
    for text in &wish.keys {
        match text.parse::<Key>() {
            Ok(key) if !keys.contains(&key) => keys.push(key),
            Ok(_) => {}
            Err(why) => troubles.push((at, format!("{}: {why}", wish.action))),
        }
    }
    let is_kept = KEPT.contains(action);
    if keys.is_empty() && (is_kept || !wish.keys.is_empty()) {
        if wish.keys.is_empty() {
            let why = "can't be without a key; it stays as it is";
            troubles.push((at, format!("'{}' {why}", wish.action)));
        }
        return None;
    }
    if keys == *table {
        return None;
    }
    if STAYING.contains(action) {
        let mut lost = table.clone();
        lost.retain(|key| !keys.contains(key));
        if !lost.is_empty() {
            let names: Vec<String> = lost.iter().map(Key::spelled).collect();
            let names = names.join(" and ");
            troubles.push((at, format!("'{}' keeps {names} as well", wish.action)));
        }
        keys.extend(lost);
    }
    let action = *action;
    Some(Wanted { at, action, keys })
}

/// The keys in each place, the earlier wish first; a clash is told once for each key.
fn build(wanted: &[Wanted], clashes: &mut Vec<Trouble>) -> Own {
    let mut own = Own::new();
    let table = actions();
    let mut told: Vec<(Action, Key)> = Vec::new();
    for (context, here) in by_context() {
        let is_wanted = |action| wanted.iter().any(|one| one.action == action);
        let mut taken: HashMap<Key, Action> = HashMap::new();
        for (action, keys) in here.iter().filter(|(action, _)| !is_wanted(*action)) {
            taken.extend(keys.iter().map(|key| (*key, *action)));
        }
        for one in wanted {
            let Some((_, before)) = here.iter().find(|(action, _)| *action == one.action) else {
                continue;
            };
            let usual = table.iter().find(|(action, _)| *action == one.action);
            let is_usual = |key: &Key| usual.is_some_and(|(_, keys)| keys.contains(key));
            let mut keys = Vec::new();
            for key in &one.keys {
                // A key that the action has in some places by the table keeps to those.
                let fits = before.contains(key)
                    || !(is_usual(key) || is_letter(*key) && Places::TYPED.has(context));
                match taken.get(key) {
                    _ if !fits => {}
                    None => keys.push(*key),
                    Some(taker) if !told.contains(&(one.action, *key)) => {
                        told.push((one.action, *key));
                        let (mine, other) = (one.action.name(), taker.name());
                        let stays = match words(context) {
                            _ if STAYING.contains(taker) => "and can't be given away".to_owned(),
                            place => format!("{place} and stays so there"),
                        };
                        let words = format!("{mine}: {} is '{other}' {stays}", key.spelled());
                        clashes.push((one.at, words));
                    }
                    Some(_) => {}
                }
            }
            if keys.is_empty() && !one.keys.is_empty() {
                keys.extend(before.iter().filter(|key| !taken.contains_key(key)));
            }
            taken.extend(keys.iter().map(|key| (*key, one.action)));
            own.insert((context, one.action), keys);
        }
    }
    own
}

/// An action that must have a key and has none somewhere.
fn lost(own: &Own) -> Option<Action> {
    let empty = own.iter().filter(|(_, keys)| keys.is_empty());
    let mut lost = empty.map(|((_, action), _)| *action);
    lost.find(|action| KEPT.contains(action))
}

fn is_letter(key: Key) -> bool {
    matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt
}

/// The actions of each place with their keys by the table.
fn by_context() -> Vec<(Context, Actions)> {
    let mut all: Vec<(Context, Actions)> = Vec::new();
    for binding in bindings() {
        for context in binding.contexts.iter() {
            let at = all.iter().position(|(known, _)| *known == context);
            let at = at.unwrap_or_else(|| {
                all.push((context, Vec::new()));
                all.len() - 1
            });
            let here = &mut all[at].1;
            match here
                .iter_mut()
                .find(|(action, _)| *action == binding.action)
            {
                Some((_, keys)) => keys.extend(binding.keys),
                None => here.push((binding.action, binding.keys.to_vec())),
            }
        }
    }
    all
}

#[cfg(test)]
mod tests;
