//! From an entry back to fields: what it is known to say, for whoever writes it anew.

use serde::Serialize;

use super::{Entry, Fields, Kind, List, ListField, More, ScaleField, What, moment_text};
use crate::domain::scale::Scale;

impl Entry {
    /// Its fields with their values; of an unknown kind without its kind. What cannot be read stands as it is.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        let kind = match self.kind {
            Kind::Session => Some("session"),
            Kind::CheckIn => Some("check-in"),
            Kind::Questionnaire => Some("questionnaire"),
            Kind::Plan => Some("plan"),
            Kind::Unknown => None,
        };
        put(&mut fields, "kind", kind);
        put(
            &mut fields,
            "started_at",
            self.started_at.map(|at| moment_text(&at)),
        );
        match &self.what {
            Some(What::Technique(slug)) => fields.put("technique", &**slug),
            Some(What::Routine(slug)) => fields.put("routine", &**slug),
            Some(What::Queue) | None => {}
        }
        put(&mut fields, "status", self.status);
        put(&mut fields, "active_s", self.active_s);
        put(&mut fields, "planned_s", self.planned_s());
        for scale in ScaleField::ALL {
            let value = scale.get(self).map(Scale::get);
            put(&mut fields, scale.name(), value);
        }
        if let Some(more) = &self.more {
            put_more(more, &mut fields);
        }
        fields
    }
}

fn put(fields: &mut Fields, name: &str, value: Option<impl Serialize>) {
    if let Some(value) = value {
        fields.put(name, &value);
    }
}

fn put_list<T: Serialize>(fields: &mut Fields, name: &str, list: &List<T>) {
    if !list.is_empty() {
        fields.put(name, &list[..]);
    }
}

fn put_more(more: &More, fields: &mut Fields) {
    put(fields, "ended_at", more.ended_at.map(|at| moment_text(&at)));
    let rated = more.rated_after_at.map(|at| moment_text(&at));
    put(fields, "rated_after_at", rated);
    put_list(fields, "items", &more.items);
    put(fields, "stopped_because", more.stopped_because.as_ref());
    put(fields, "steps_done", more.steps_done);
    put(fields, "side_first", more.side_first.as_deref());
    put_list(fields, "queue", &more.queue);
    for list in ListField::ALL {
        put_list(fields, list.name(), list.get(more));
    }
    put(fields, "note", more.note.as_ref());
    put(fields, "peg", more.peg.map(|peg| peg.map(Scale::get)));
    put(fields, "roland_morris", more.roland_morris);
    let plan = more.plan.iter().map(|raw| ("plan", raw));
    let kept = more.invalid.iter().chain(&more.unknown);
    for (name, raw) in plan.chain(kept.map(|(name, raw)| (&**name, raw))) {
        if let Ok(raw) = serde_json::value::RawValue::from_string(raw.clone()) {
            fields.put_raw(name, raw);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FIELDS, Marks, sample};
    use super::*;
    use crate::domain::id::Id;

    #[test]
    fn an_entry_says_the_same_after_it_was_written_and_read_again() {
        let read = |fields: &Fields| Entry::read(Id::new("x"), fields, Marks::default());
        let mut all = Fields::default();
        // A session is one of them.
        for name in FIELDS.into_iter().filter(|name| *name != "technique") {
            sample::put(name, &mut all);
        }
        all.put("kind", "session");
        all.put("from later", &[1]);
        let entry = read(&all);
        let written = entry.fields();
        for name in FIELDS.into_iter().filter(|name| *name != "technique") {
            assert!(written.get(name).is_some(), "'{name}' is not written");
        }
        assert_eq!(read(&written), entry);
        // What cannot be read stays as well.
        all.put("pain", "much");
        let odd = read(&all);
        assert_eq!(read(&odd.fields()), odd);
    }
}
