//! No key is dead: every action does something somewhere among the scenes.

use unkink::app::message::Action;
use unkink::keys::actions;

use super::*;

const SIZE: (u16, u16) = (120, 36);

/// Whether somebody at this screen could tell that it was carried out: by what they see, or by what is asked of the world
/// outside.
fn does_something(mut person: Person, action: Action) -> bool {
    person.app.notice = None;
    person.effects.clear();
    let before = dump(&person.draws(SIZE, &Look::default()));
    person.gets(Msg::Do(action));
    !person.effects.is_empty() || dump(&person.draws(SIZE, &Look::default())) != before
}

#[test]
fn every_action_does_something_in_a_scene_where_it_has_a_key() {
    let mut idle = actions();
    for (_, scene) in scenes().chain(insight::SCENES) {
        let context = scene(SIZE).app.context();
        idle.retain(|(action, keys)| {
            let means = |key: &Key| match keys::message(context, *key) {
                Some(Msg::Do(meant)) => meant == *action,
                _ => false,
            };
            !keys.iter().any(means) || !does_something(scene(SIZE), *action)
        });
    }
    let idle: Vec<_> = idle.iter().map(|(action, _)| action.name()).collect();
    assert_eq!(idle, [""; 0]);
}
