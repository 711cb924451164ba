//! What has to stand where the numbers are: that a fall may have another cause, and how rough the numbers are (F.1,
//! G.2 to G.5 of the facts).

/// A sentence or two, with its sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caution {
    /// What to know.
    pub text: &'static str,
    /// Source ids; none where it is this project's own care.
    pub sources: &'static [&'static str],
}

impl Caution {
    /// The text with its sources behind it: '… (M13)'.
    pub fn words(&self) -> String {
        match self.sources {
            [] => self.text.to_owned(),
            sources => format!("{} ({})", self.text, sources.join(", ")),
        }
    }
}

/// Why a fall may have another cause (G.4).
pub const OTHER_CAUSES: [Caution; 5] = [
    Caution {
        text: "Sessions tend to start when it hurts most, and high values drift back on their own. Where there are \
               enough days without a session that began alike, what these did stands beside it.",
        sources: &["M13"],
    },
    Caution {
        text: "Acute pain fades anyway, and ten minutes of rest may do the same as the technique.",
        sources: &["G11", "G12"],
    },
    Caution {
        text: "One knows what one hopes for, and nobody can be kept from knowing what was done.",
        sources: &[],
    },
    Caution {
        text: "Heat, medicine or a walk on the same day may be behind it: what was logged for that day stands beside it.",
        sources: &[],
    },
    Caution {
        text: "Searching through many techniques finds winners by luck. So the order is by number of sessions, and two \
               are compared only where each has six and they began alike.",
        sources: &[],
    },
];

/// Stands next to every interval (G.2).
pub const ROUGH_GUIDE: Caution = Caution {
    text: "The spread is a rough guide: it takes sessions to be independent, and one person's days lean on each other, \
           so it comes out too narrow.",
    sources: &["M14", "M15", "M17"],
};

/// What a meaningful change is here (F.1, G.3).
pub const MEANINGFUL: Caution = Caution {
    text: "'Meaningfully lower' is by 2 points and 30 % of the start, so by 3 from a start of 7 up; 'worse' is up by 2. \
           These were proposed for weeks of care; for the minutes around a session they are a convention of this app. \
           2 points is also the size of the scale's own wobble, so a single drop of 2 may be nothing. Starts that \
           cannot move so far are left out and counted.",
    sources: &["M1", "M2", "M3", "M12"],
};

/// Stands next to changes of stress (F.1).
pub const STRESS: Caution = Caution {
    text: "For a single stress rating no meaningful change is established: its change stands without a verdict.",
    sources: &[],
};

/// Stands next to pain and stress on one axis (G.5).
pub const TOGETHER: Caution = Caution {
    text: "Whether pain and stress go together is not judged here. Moving together would be no cause, and in a diary \
           study stress did not run ahead of pain.",
    sources: &["N16"],
};
