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

const SESSION: [Field; 25] = [
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
    // What is rarely changed.
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
    /// The fields that an entry of this kind has in the form.
    pub fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::CheckIn => &CHECK_IN,
            Kind::Session => &SESSION,
            Kind::Questionnaire => &QUESTIONNAIRE,
            Kind::Plan => &PLAN,
            Kind::Unknown => &UNKNOWN,
        }
    }

    /// The fields of the other kinds: an entry written by hand may have one.
    pub fn of_others(kind: Kind) -> impl Iterator<Item = Self> {
        let own = Self::of(kind);
        let (check_in, session) = (CHECK_IN.into_iter(), SESSION.into_iter());
        let all = check_in.chain(session).chain(QUESTIONNAIRE).chain(PLAN);
        let mut seen: Vec<Self> = own.to_vec();
        all.filter(move |field| {
            let is_new = !seen.contains(field);
            seen.push(*field);
            is_new
        })
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
            Self::Pain => "pain",
            Self::Stress => "stress",
            Self::PainBefore => "pain_before",
            Self::PainAfter => "pain_after",
            Self::StressBefore => "stress_before",
            Self::StressAfter => "stress_after",
            Self::Pressure => "pressure",
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
