//! For tests: a value of every field, and an entry that says it, so that a place that forgets a field is told by its name.

use super::{Entry, FIELDS, Fields, Id, Marks, Of, ScaleField, of};

/// Puts a value that the field can have.
pub(crate) fn put(name: &str, fields: &mut Fields) {
    match name {
        "kind" => fields.put(name, kind(name)),
        "started_at" | "ended_at" | "rated_after_at" => {
            fields.put(name, "2026-11-23T21:30:00+01:00");
        }
        "status" => fields.put(name, "stopped"),
        "technique" | "routine" | "stopped_because" | "side_first" | "note" | "plan" => {
            fields.put(name, name);
        }
        "peg" => fields.put(name, &[1, 2, 3]),
        "items" => {
            let item = |technique: &str| super::ItemDone {
                technique: technique.into(),
                planned_s: 1,
                active_s: 2,
                done: true,
            };
            fields.put(name, &[item("one"), item("two")]);
        }
        "active_s" | "planned_s" | "steps_done" | "roland_morris" => fields.put(name, &7),
        name if ScaleField::named(name).is_some() => fields.put(name, &4),
        name => fields.put(name, &[name]),
    }
}

/// A kind that has this field.
fn kind(name: &str) -> &'static str {
    match of(name) {
        Of::All | Of::CheckIns => "check-in",
        Of::Sessions => "session",
        Of::Questionnaires => "questionnaire",
        Of::Plans => "plan",
    }
}

/// An entry without the field of this name, and the same entry with it.
pub(crate) fn without_and_with(name: &str) -> [Entry; 2] {
    let mut fields = Fields::default();
    fields.put("kind", kind(name));
    if of(name) == Of::Sessions {
        // What some others depend on.
        for name in ["status", "active_s"]
            .iter()
            .filter(|other| **other != name)
        {
            put(name, &mut fields);
        }
    }
    let read = |fields: &Fields| Entry::read(Id::new("0123456789"), fields, Marks::default());
    let without = read(&fields);
    put(name, &mut fields);
    let with = read(&fields);
    let mut odd = with.more.iter().flat_map(|more| more.invalid.iter());
    assert_eq!(odd.next(), None, "'{name}' has no value among the samples");
    [without, with]
}

/// All fields but these, each with an entry without it and one with it.
pub(crate) fn each_but(left_out: &[&str]) -> Vec<(&'static str, [Entry; 2])> {
    let names = FIELDS.into_iter().filter(|name| !left_out.contains(name));
    names.map(|name| (name, without_and_with(name))).collect()
}
