//! One technique: what the hands do, for how long, and what is known about it.
//!
//! The built-in ones and a person's own are read through these very types.

use serde::{Deserialize, Serialize};

/// The headings that techniques are listed under, in the order of the catalogue.
pub const GROUPS: [&str; 9] = [
    "Hands",
    "Ball",
    "Roller, stick, cane",
    "Massager device",
    "Warmth and cold",
    "Breathing and relaxation",
    "Gentle movement and rest positions",
    "Posture and micro-breaks",
    "Legs and hips that feed the low back",
];

/// A technique as its TOML file describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Technique {
    /// Lower-case letters, digits and hyphens; the name on the command line and in the journal.
    pub slug: String,
    /// The name that people read.
    pub name: String,
    /// The heading it is listed under: one of [`GROUPS`].
    pub group: String,
    /// Its place within the group, from 1. Without one it comes last, as a person's own ones always do.
    #[serde(default = "last", skip_serializing_if = "is_last")]
    pub order: u16,
    /// The muscles or tissue worked on, in words.
    pub area: String,
    /// Cells of the back map (F.2) that the body map fills. Empty: the whole person (breathing, rest).
    #[serde(default)]
    pub regions: Vec<String>,
    /// How to sit, stand or lie, in words.
    pub position: String,
    /// What is needed, in words; 'none' when nothing is.
    pub tools: String,
    /// How left and right share the steps.
    pub sides: Sides,
    /// Seconds of all steps, 'each side' steps counted once per side. Checked against the steps.
    pub total_s: u32,
    /// Felt pressure, lowest and highest, on the force scale of C.5 (0 to 10).
    pub intensity: [u8; 2],
    /// The breathing cue, one line.
    pub breathing: String,
    /// The rhythm to breathe by, where the technique has one.
    pub breath: Option<Breath>,
    /// When to stop, besides the common stop rules (C.4).
    pub stop_if: String,
    /// Traits that the safety rules match on (C.3). Required, if only as `[]`: one left out by oversight would pass as
    /// harmless.
    pub traits: Vec<String>,
    /// How well it is supported.
    pub evidence: Letter,
    /// Source ids, such as 'G1'; the first is the one that the preview cites.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Points of the article that this project started from, such as 'S16'.
    #[serde(default)]
    pub seed: Vec<String>,
    /// What it is good for, in words.
    #[serde(default)]
    pub good_for: Vec<String>,
    /// Tags that the filters use.
    pub filter: FilterTags,
    /// The moment it is made for, where that is not any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Occasion>,
    /// Something more that an honest text says.
    pub note: Option<String>,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// Whether it came from the person's own files.
    #[serde(skip)]
    pub own: bool,
}

fn last() -> u16 {
    u16::MAX
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde calls it
fn is_last(order: &u16) -> bool {
    *order == last()
}

impl Technique {
    /// The force to keep within (C.5), in words: '1 to 3 of 10'. `most`: where less than usual is allowed.
    pub fn pressure(&self, most: Option<u8>) -> String {
        let most = most.unwrap_or(u8::MAX);
        match self.intensity.map(|force| force.min(most)) {
            [_, 0] => "none".to_owned(),
            [low, high] if low == high => format!("{low} of 10"),
            [low, high] => format!("{low} to {high} of 10"),
        }
    }

    /// Seconds of all steps, 'each side' steps counted once per side: what `total_s` must say.
    pub fn steps_s(&self) -> u64 {
        self.steps.iter().map(Step::both_sides_s).sum()
    }
}

impl Step {
    /// Seconds of the step, both sides together where it is done once for each.
    pub fn both_sides_s(&self) -> u64 {
        u64::from(self.seconds) * if self.each_side { 2 } else { 1 }
    }
}

/// The moment that something is made for. What has none is for any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// After getting up.
    Morning,
    /// After the day's work.
    Evening,
    /// Just before sleep.
    Bedtime,
    /// Out of the car.
    AfterDriving,
    /// When muscles cramp.
    Spasm,
}

/// One step: a time and one line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Length in seconds; per side for an 'each side' step.
    pub seconds: u32,
    /// Done once for each side.
    #[serde(default)]
    pub each_side: bool,
    /// Breathed by the technique's rhythm.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paced: bool,
    /// What to do, one line.
    pub line: String,
}

/// How left and right share the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sides {
    /// Both at once, or no side at all.
    Both,
    /// 'Each side' steps run left, then right.
    LeftThenRight,
    /// One side only, the easier one; runs once.
    Either,
    /// The step itself goes from side to side; runs once.
    InTurn,
}

/// A breathing rhythm in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Breath {
    /// Seconds of breathing in.
    pub in_s: u8,
    /// Seconds of breathing out.
    pub out_s: u8,
}

/// The evidence letter of section D of the facts: A a guideline or systematic review for low-back pain or stress
/// itself, B a trial of something close, C indirect, D tradition or expert opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Letter {
    #[allow(missing_docs)]
    A,
    #[allow(missing_docs)]
    B,
    #[allow(missing_docs)]
    C,
    #[allow(missing_docs)]
    D,
}

impl Letter {
    /// From the best supported on.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// 'A' to 'D'.
    pub fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }

    /// What it stands for (section D of the facts).
    pub fn meaning(self) -> &'static str {
        match self {
            Self::A => "a guideline or review speaks for it in low-back pain or stress itself",
            Self::B => "a trial or review of something close, or health-service advice",
            Self::C => "indirect: therapist massage, healthy people or another muscle",
            Self::D => "tradition or expert opinion",
        }
    }
}

/// Tags that the library's filters compare.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FilterTags {
    /// 'chair', 'standing', 'wall', 'floor', 'bed', 'any' …
    pub position: Vec<String>,
    /// 'none', 'ball', 'foam-roller' …
    pub tool: Vec<String>,
    /// 'tension', 'stiffness', 'stress', 'spasm', 'sleep' …
    #[serde(rename = "for")]
    pub purpose: Vec<String>,
}
