//! The fields of the form: which an entry has, in which order, and how each is called.

use crate::domain::record::Kind;
use crate::domain::vocabulary::WordField;

/// A field of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A check-in's pain.
    Pain,
    /// A check-in's stress.
    Stress,
    /// Before a session.
    PainBefore,
    /// After it.
    PainAfter,
    /// Before a session.
    StressBefore,
    /// After it.
    StressAfter,
    /// Felt pressure (C.5).
    Pressure,
    /// How far a session came that is not settled.
    Status,
    /// How long a session really ran.
    Active,
    /// 0 loose, 10 rigid.
    Tightness,
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

/// The fields of a check-in; the first [`QUICK`] are asked at once, the rest after Tab.
const CHECK_IN: [Field; 13] = [
    Field::Pain,
    Field::Stress,
    Field::Tightness,
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

const SESSION: [Field; 17] = [
    Field::PainBefore,
    Field::PainAfter,
    Field::StressBefore,
    Field::StressAfter,
    Field::Pressure,
    Field::Active,
    Field::Tightness,
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

const OTHER: [Field; 3] = [Field::Tags, Field::Note, Field::When];

/// So many fields of a check-in are asked at once.
pub const QUICK: usize = 2;

impl Field {
    /// The fields that an entry of this kind has in the form.
    pub fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::CheckIn => &CHECK_IN,
            Kind::Session => &SESSION,
            Kind::Questionnaire | Kind::Plan | Kind::Unknown => &OTHER,
        }
    }

    /// Its name in a record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pain => "pain",
            Self::Stress => "stress",
            Self::PainBefore => "pain_before",
            Self::PainAfter => "pain_after",
            Self::StressBefore => "stress_before",
            Self::StressAfter => "stress_after",
            Self::Pressure => "pressure",
            Self::Status => "status",
            Self::Active => "active_s",
            Self::Tightness => "tightness",
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
            Self::Pain => "Pain",
            Self::Stress => "Stress",
            Self::PainBefore => "Pain before",
            Self::PainAfter => "Pain after",
            Self::StressBefore => "Stress before",
            Self::StressAfter => "Stress after",
            Self::Pressure => "Felt pressure",
            Self::Status => "It was",
            Self::Active => "Time done",
            Self::Tightness => "Tightness",
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
