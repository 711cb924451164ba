//! The fields of the form: which an entry has, in which order, and how each is called.

use crate::domain::record::{Kind, ScaleField};
use crate::domain::vocabulary::WordField;

/// A field of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A number from 0 to 10.
    Scale(ScaleField),
    /// What a session was.
    What,
    /// How far a session came.
    Status,
    /// Why it was stopped.
    StoppedBecause,
    /// Which side came first.
    SideFirst,
    /// How long it was to run.
    Planned,
    /// Steps that were ended.
    Steps,
    /// When it ended.
    Ended,
    /// When the after-rating was given.
    RatedAfter,
    /// A technique of a session, counted from 0.
    Part(usize),
    /// A technique that is added to a session, counted from 0.
    Added(usize),
    /// Which technique is to be added.
    MorePart,
    /// An answer of the PEG, counted from 0 (M4).
    Peg(usize),
    /// The Roland-Morris score, 0 to 24 (M6).
    RolandMorris,
    /// A self-experiment's plan.
    Plan,
    /// A field that is only kept: of no known name, or with a value that is none.
    Kept,
    /// How long a session really ran.
    Active,
    /// Where (F.2).
    Where,
    /// How far down it travels (F.2).
    TravelsTo,
    /// Words of a list.
    Words(WordField),
    /// The person's own tags.
    Tags,
    /// In own words.
    Note,
    /// The moment it is about.
    When,
}

/// What any check-in or session may say besides its scales.
const ABOUT: [Field; 10] = [
    Field::Where,
    Field::TravelsTo,
    Field::Words(WordField::Qualities),
    Field::Words(WordField::Triggers),
    Field::Words(WordField::Actions),
    Field::Words(WordField::Mood),
    Field::Words(WordField::Day),
    Field::Tags,
    Field::Note,
    Field::When,
];

/// What is rarely changed in a session.
const RARE: [Field; 8] = [
    Field::What,
    Field::Status,
    Field::StoppedBecause,
    Field::SideFirst,
    Field::Planned,
    Field::Steps,
    Field::Ended,
    Field::RatedAfter,
];

const QUESTIONNAIRE: [Field; 7] = [
    Field::Peg(0),
    Field::Peg(1),
    Field::Peg(2),
    Field::RolandMorris,
    Field::Tags,
    Field::Note,
    Field::When,
];

const PLAN: [Field; 4] = [Field::Plan, Field::Tags, Field::Note, Field::When];

const UNKNOWN: [Field; 3] = [Field::Tags, Field::Note, Field::When];

/// So many fields of a check-in are asked at once.
pub const QUICK: usize = 2;

impl Field {
    /// The fields that an entry of this kind has in the form. Of a check-in the first [`QUICK`] are asked at once, the
    /// rest after Tab.
    pub fn of(kind: Kind) -> Vec<Self> {
        let scales = |is_extra: bool| {
            let all = ScaleField::ALL.into_iter();
            all.filter(move |scale| scale.is_extra() == is_extra && scale.of().fits(kind))
                .map(Self::Scale)
        };
        let usual = |between: &[Self]| {
            let own = scales(false).chain(between.iter().copied());
            own.chain(scales(true)).chain(ABOUT).collect::<Vec<_>>()
        };
        match kind {
            Kind::CheckIn => usual(&[]),
            Kind::Session => [usual(&[Self::Active]), RARE.to_vec()].concat(),
            Kind::Questionnaire => QUESTIONNAIRE.to_vec(),
            Kind::Plan => PLAN.to_vec(),
            Kind::Unknown => UNKNOWN.to_vec(),
        }
    }

    /// The fields of the other kinds: an entry written by hand may have one.
    pub fn of_others(kind: Kind) -> Vec<Self> {
        let own = Self::of(kind);
        let mut others: Vec<Self> = Vec::new();
        for kind in [
            Kind::CheckIn,
            Kind::Session,
            Kind::Questionnaire,
            Kind::Plan,
        ] {
            for field in Self::of(kind) {
                if !own.contains(&field) && !others.contains(&field) {
                    others.push(field);
                }
            }
        }
        others
    }

    /// Whether it stands below the usual ones, under a heading of its own.
    pub fn is_rare(self) -> bool {
        matches!(
            self,
            Self::What
                | Self::Status
                | Self::StoppedBecause
                | Self::SideFirst
                | Self::Planned
                | Self::Steps
                | Self::Ended
                | Self::RatedAfter
                | Self::Part(_)
                | Self::Added(_)
                | Self::MorePart
                | Self::Kept
        )
    }

    /// Its name in a record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scale(scale) => scale.name(),
            // Or the routine.
            Self::What => "technique",
            Self::Status => "status",
            Self::StoppedBecause => "stopped_because",
            Self::SideFirst => "side_first",
            Self::Planned => "planned_s",
            Self::Steps => "steps_done",
            Self::Ended => "ended_at",
            Self::RatedAfter => "rated_after_at",
            Self::Part(_) | Self::Added(_) => "items",
            Self::Peg(_) => "peg",
            Self::RolandMorris => "roland_morris",
            Self::Plan => "plan",
            // Each has its own; the last is none.
            Self::Kept | Self::MorePart => "",
            Self::Active => "active_s",
            Self::Where => "regions",
            Self::TravelsTo => "travels_to",
            Self::Words(words) => words.name(),
            Self::Tags => "tags",
            Self::Note => "note",
            Self::When => "started_at",
        }
    }

    /// What people read, up to thirteen letters.
    pub fn label(self) -> &'static str {
        match self {
            Self::Scale(scale) => scale.label(),
            Self::What => "What it was",
            Self::Status => "It was",
            Self::StoppedBecause => "Why stopped",
            Self::SideFirst => "First side",
            Self::Active => "Time done",
            Self::Planned => "Time planned",
            Self::Steps => "Steps done",
            Self::Ended => "Ended",
            Self::RatedAfter => "Rated after",
            Self::Part(_) => "Part",
            Self::Added(_) => "New part",
            Self::MorePart => "One more part",
            Self::Peg(0) => "Average pain",
            Self::Peg(1) => "Enjoyment",
            Self::Peg(_) => "Activity",
            Self::RolandMorris => "Roland-Morris",
            Self::Plan => "Plan",
            Self::Kept => "Kept as it is",
            Self::Where => "Where",
            Self::TravelsTo => "Travels to",
            Self::Words(WordField::Qualities) => "Feels",
            Self::Words(WordField::Triggers) => "Before it",
            Self::Words(WordField::Actions) => "Tried",
            Self::Words(WordField::Mood) => "Mood",
            Self::Words(WordField::Day) => "Day",
            Self::Tags => "Own tags",
            Self::Note => "Note",
            Self::When => "When",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::{FIELDS, of};

    #[test]
    fn every_field_stands_in_the_form_of_the_entries_that_have_it() {
        // The routine and the queue are typed with the technique, the parts one by one.
        let others = ["kind", "routine", "queue", "items"];
        for name in FIELDS.into_iter().filter(|name| !others.contains(name)) {
            for kind in [Kind::CheckIn, Kind::Session] {
                let is_there = Field::of(kind).iter().any(|field| field.name() == name);
                let fits = of(name).fits(kind) && name != "plan";
                assert_eq!(is_there, fits, "'{name}' in the form of {}", kind.noun());
            }
            let all = [Field::of(Kind::Unknown), Field::of_others(Kind::Unknown)].concat();
            let is_anywhere = all.iter().any(|field| field.name() == name);
            assert!(is_anywhere, "'{name}' stands in no form");
        }
    }
}
