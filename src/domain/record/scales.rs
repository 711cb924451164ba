//! The scales of an entry: what each is called, what its ends mean, and where an entry keeps it. Reading and writing, the
//! form, the pages that show an entry and the options that take it all go by this table.

use super::{Entry, Of, of};
use crate::domain::scale::Scale;

/// A field that holds a number from 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaleField {
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
    /// 0 loose, 10 rigid.
    Tightness,
    /// Felt pressure (C.5).
    Pressure,
}

/// All that there is to say about a scale.
struct About {
    name: &'static str,
    label: &'static str,
    option: &'static str,
    help: &'static str,
    ends: [&'static str; 2],
}

/// The ends of the scales of pain (F.1; M3).
const PAIN: [&str; 2] = ["no pain", "worst possible pain"];
/// And of stress (F.1).
const STRESS: [&str; 2] = ["completely calm", "as stressed as you can imagine"];

impl ScaleField {
    /// All of them, in the order in which the form asks for them and entries show them.
    pub const ALL: [Self; 8] = [
        Self::Pain,
        Self::Stress,
        Self::PainBefore,
        Self::PainAfter,
        Self::StressBefore,
        Self::StressAfter,
        Self::Tightness,
        Self::Pressure,
    ];

    /// The table: name in a record, label in the form, option and what help says of it, what 0 and 10 mean.
    #[rustfmt::skip]
    const fn about(self) -> About {
        let (name, label, option, help, ends) = match self {
            Self::Pain => ("pain", "Pain", "pain", "Pain of a check-in, 0 to 10, or '-'", PAIN),
            Self::Stress => ("stress", "Stress", "stress", "Stress of a check-in, 0 to 10, or '-'", STRESS),
            Self::PainBefore => ("pain_before", "Pain before", "pain-before", "Pain before a session", PAIN),
            Self::PainAfter => ("pain_after", "Pain after", "pain-after", "Pain after a session", PAIN),
            Self::StressBefore => ("stress_before", "Stress before", "stress-before", "Stress before a session", STRESS),
            Self::StressAfter => ("stress_after", "Stress after", "stress-after", "Stress after a session", STRESS),
            Self::Tightness => ("tightness", "Tightness", "tightness", "Tightness, 0 to 10", ["loose", "rigid"]),
            Self::Pressure => ("pressure", "Felt pressure", "pressure", "Felt pressure in a session", ["no touch", "pain"]),
        };
        About { name, label, option, help, ends }
    }

    /// What an entry says there.
    pub fn get(self, entry: &Entry) -> Option<Scale> {
        let more = entry.more.as_deref();
        match self {
            Self::Pain => entry.pain,
            Self::Stress => entry.stress,
            Self::PainBefore => entry.pain_before,
            Self::PainAfter => entry.pain_after,
            Self::StressBefore => entry.stress_before,
            Self::StressAfter => entry.stress_after,
            Self::Tightness => more?.tightness,
            Self::Pressure => more?.pressure,
        }
    }

    pub(super) fn put(self, entry: &mut Entry, value: Option<Scale>) {
        match self {
            Self::Pain => entry.pain = value,
            Self::Stress => entry.stress = value,
            Self::PainBefore => entry.pain_before = value,
            Self::PainAfter => entry.pain_after = value,
            Self::StressBefore => entry.stress_before = value,
            Self::StressAfter => entry.stress_after = value,
            Self::Tightness => entry.put(|more| &mut more.tightness, value),
            Self::Pressure => entry.put(|more| &mut more.pressure, value),
        }
    }

    /// The scale of this name in a record.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scale| scale.name() == name)
    }

    /// Its name in a record.
    pub const fn name(self) -> &'static str {
        self.about().name
    }

    /// What people read, up to thirteen letters.
    pub const fn label(self) -> &'static str {
        self.about().label
    }

    /// The option that sets it, without its hyphens: its name as options are written.
    pub const fn option(self) -> &'static str {
        self.about().option
    }

    /// What the help of its option says.
    pub const fn help(self) -> &'static str {
        self.about().help
    }

    /// What 0 means, and what 10 (F.1, C.5).
    pub const fn ends(self) -> [&'static str; 2] {
        self.about().ends
    }

    /// Which entries have it.
    pub fn of(self) -> Of {
        of(self.name())
    }

    /// Whether a check-in may say it besides pain and stress, which are what it is about.
    pub fn is_extra(self) -> bool {
        matches!(self.of(), Of::All | Of::CheckIns) && !matches!(self, Self::Pain | Self::Stress)
    }

    /// Whether it is one of two, before a session and after it, which are shown together.
    pub fn is_of_pair(self) -> bool {
        use ScaleField::{PainAfter, PainBefore, StressAfter, StressBefore};
        matches!(self, PainBefore | PainAfter | StressBefore | StressAfter)
    }
}
