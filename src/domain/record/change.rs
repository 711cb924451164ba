//! What may be changed in an entry: which field belongs to which kind, what cannot be taken away, what an edit writes.
//! For the app and the command line alike: fields are named here, not how they are typed.

mod along;
#[cfg(test)]
mod tests;

pub use along::{
    Disorder, PartsRefused, change_parts, check_times, finish_only_item, longer_than_its_times,
    make_active, make_items, make_parts, make_planned, make_queue, make_routine, make_technique,
    moment, move_to,
};

use super::{Entry, FIELDS, Fields, Kind, is_blank, of};

/// The most parts that a session can be given, and the most that a queue takes.
pub const PARTS_MAX: usize = 200;

/// The most steps that a session can be given: more are a slip.
pub const STEPS_MAX: u32 = 9999;

impl Kind {
    /// With its article: 'a session'.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Session => "a session",
            Self::CheckIn => "a check-in",
            Self::Questionnaire => "a questionnaire",
            Self::Plan => "a plan",
            Self::Unknown => "an entry of a kind that this version does not know",
        }
    }

    /// Whether an entry of this kind has such a field; the refusal names what it has instead.
    pub fn takes(self, field: &str) -> Result<(), Refusal> {
        if of(field).fits(self) {
            return Ok(());
        }
        let noun = self.noun();
        let instead: &[&str] = match (self, field) {
            (Self::Session, "pain") => &["pain_before", "pain_after"],
            (Self::Session, "stress") => &["stress_before", "stress_after"],
            (Self::CheckIn, "pain_before" | "pain_after") => &["pain"],
            (Self::CheckIn, "stress_before" | "stress_after") => &["stress"],
            _ => &[],
        };
        let why = if instead.is_empty() {
            format!("this is {noun}, which has no '{field}'")
        } else {
            format!("this is {noun}")
        };
        Err(Refusal { why, instead })
    }

    /// Whether a field may be taken away from an entry of this kind; the refusal names what may be changed instead.
    pub fn can_lack(self, field: &str) -> Result<(), Refusal> {
        let (why, instead): (_, &[&str]) = match (self, field) {
            (_, "kind") => ("its kind says how to read it", &[]),
            (_, "started_at") => ("an entry needs its time", &["started_at"]),
            (Self::Session, "technique" | "routine" | "items") => (
                "a session needs to say what it was",
                &["technique", "routine", "queue"],
            ),
            (Self::Session, "status") => ("a session needs to say how far it came", &["status"]),
            (Self::Plan, "plan") => ("a plan needs to say what it is", &["plan"]),
            _ => return Ok(()),
        };
        Err(Refusal {
            why: format!("'{field}' can't be taken away, as {why}"),
            instead,
        })
    }
}

/// Why a field cannot be set or taken away. It speaks of fields; who knows how they are typed or shown adds that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// One line, without an end.
    pub why: String,
    /// The fields to give instead; may be none.
    pub instead: &'static [&'static str],
}

impl Refusal {
    /// The line with the fields to give instead, each by the name that `name` has for it.
    pub fn told(&self, name: impl Fn(&str) -> String) -> String {
        let names: Vec<String> = self.instead.iter().map(|field| name(field)).collect();
        match &names[..] {
            [] => self.why.clone(),
            [only] => format!("{}: give {only}", self.why),
            [first @ .., last] => format!("{}: give {} or {last}", self.why, first.join(", ")),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(str::to_owned))
    }
}

/// The known field that a typed name means: as it stands, with hyphens, or by the option that sets it.
pub fn field_named(typed: &str) -> Option<&'static str> {
    let name = typed.trim().to_lowercase().replace(['-', ' '], "_");
    let name = match name.as_str() {
        "where" | "region" => "regions",
        "quality" => "qualities",
        "trigger" => "triggers",
        "action" => "actions",
        "tag" => "tags",
        "moods" => "mood",
        "active" => "active_s",
        "planned" => "planned_s",
        "at" => "started_at",
        name => name,
    };
    FIELDS.into_iter().find(|field| *field == name)
}

/// Leaves only what differs from what is stored, but for these fields, which are written in any case.
pub fn keep_changes(
    before: &Fields,
    set: &Fields,
    unset: Vec<String>,
    always: &[String],
) -> Change {
    let wanted = |name: &str| always.iter().any(|known| known == name);
    let mut changed = Fields::default();
    for (name, value) in set.iter() {
        if wanted(name)
            || !before
                .get(name)
                .is_some_and(|raw| is_same(raw.get(), value.get()))
        {
            changed.put_raw(name, value.to_owned());
        }
    }
    let mut gone: Vec<String> = Vec::new();
    for name in unset {
        let there = before.get(&name).is_some() || wanted(&name);
        if there && set.get(&name).is_none() && !gone.contains(&name) {
            gone.push(name);
        }
    }
    Change {
        set: changed,
        unset: gone,
    }
}

/// Whether an entry says nothing but when it was; such an edit is refused. A blank note says nothing; a session and a
/// plan say at least what they were.
pub fn says_nothing(entry: &Entry) -> bool {
    if matches!(entry.kind, Kind::Session | Kind::Plan) {
        return false;
    }
    let mut said = entry.clone();
    if let Some(more) = &mut said.more {
        more.note = more.note.take().filter(|note| !is_blank(note));
    }
    said.settle();
    let bare = Entry {
        kind: entry.kind,
        started_at: entry.started_at,
        marks: entry.marks,
        ..Entry::blank(entry.rec.clone())
    };
    said == bare
}

/// What an edit writes.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Fields with new values.
    pub set: Fields,
    /// Fields taken away.
    pub unset: Vec<String>,
}

impl Change {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.unset.is_empty()
    }

    /// The fields as they will be.
    pub fn applied(&self, before: &Fields) -> Fields {
        let mut after = Fields::default();
        for (name, value) in before.iter() {
            if !self.unset.iter().any(|gone| gone == name) {
                after.put_raw(name, value.to_owned());
            }
        }
        for (name, value) in self.set.iter() {
            after.put_raw(name, value.to_owned());
        }
        after
    }
}

/// Whether two JSON texts say the same.
pub fn is_same(a: &str, b: &str) -> bool {
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    a == b || value(a).is_some_and(|a| value(b) == Some(a))
}
