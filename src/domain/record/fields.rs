//! The fields of a record by name: which there are, in which order, and which entries have them.

use super::Kind;

/// Which entries have a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Those of any kind.
    All,
    /// Sessions.
    Sessions,
    /// Check-ins.
    CheckIns,
    /// Questionnaires.
    Questionnaires,
    /// Plans; others may keep one.
    Plans,
}

impl Of {
    /// Whether an entry of this kind takes such a field.
    pub fn fits(self, kind: Kind) -> bool {
        match self {
            Self::All | Self::Plans => true,
            Self::Sessions => matches!(kind, Kind::Session | Kind::Unknown),
            Self::CheckIns => matches!(kind, Kind::CheckIn | Kind::Unknown),
            Self::Questionnaires => matches!(kind, Kind::Questionnaire | Kind::Unknown),
        }
    }
}

/// The fields that this version knows, in the order in which exports write them, with the entries that have them.
const TABLE: &[(&str, Of)] = &[
    ("kind", Of::All),
    ("started_at", Of::All),
    ("ended_at", Of::Sessions),
    ("rated_after_at", Of::Sessions),
    ("technique", Of::Sessions),
    ("routine", Of::Sessions),
    ("queue", Of::Sessions),
    ("items", Of::Sessions),
    ("status", Of::Sessions),
    ("stopped_because", Of::Sessions),
    ("planned_s", Of::Sessions),
    ("active_s", Of::Sessions),
    ("steps_done", Of::Sessions),
    ("side_first", Of::Sessions),
    ("pain_before", Of::Sessions),
    ("pain_after", Of::Sessions),
    ("stress_before", Of::Sessions),
    ("stress_after", Of::Sessions),
    ("pressure", Of::Sessions),
    ("pain", Of::CheckIns),
    ("stress", Of::CheckIns),
    ("tightness", Of::All),
    ("regions", Of::All),
    ("travels_to", Of::All),
    ("qualities", Of::All),
    ("triggers", Of::All),
    ("actions", Of::All),
    ("tags", Of::All),
    ("day", Of::All),
    ("mood", Of::All),
    ("note", Of::All),
    ("peg", Of::Questionnaires),
    ("roland_morris", Of::Questionnaires),
    ("plan", Of::Plans),
];

/// The names of all fields that this version knows, in the order in which exports write them.
pub const FIELDS: [&str; TABLE.len()] = {
    let mut names = [""; TABLE.len()];
    let mut at = 0;
    while at < TABLE.len() {
        names[at] = TABLE[at].0;
        at += 1;
    }
    names
};

/// Which entries have the field of this name; one that is not known may be in any.
pub fn of(name: &str) -> Of {
    let known = TABLE.iter().find(|(known, _)| *known == name);
    known.map_or(Of::All, |(_, of)| *of)
}
