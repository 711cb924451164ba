//! The made-up person: how their pain and stress go over the year, and what happens on a day.

use chrono::{Datelike, NaiveDate, Weekday};

use super::random::Random;

/// How many days are told of.
pub(super) const DAYS: u32 = 365;

/// A stretch of days on which something was different: first and last day, counted from the first of the year.
struct Stretch(u32, u32);

impl Stretch {
    fn has(&self, day: u32) -> bool {
        (self.0..=self.1).contains(&day)
    }
}

const FLARES: [Stretch; 3] = [Stretch(58, 65), Stretch(171, 176), Stretch(288, 293)];
const TRAVEL: Stretch = Stretch(140, 147);
const ILL: Stretch = Stretch(251, 254);
/// Weeks in which nothing was logged.
const AWAY: Stretch = Stretch(219, 233);

/// One day.
#[derive(Debug, Clone)]
pub(super) struct Day {
    /// How much it hurts, before rounding.
    pub pain: f64,
    /// How stressed, before rounding.
    pub stress: f64,
    /// 'flare', 'rest', 'travel' or 'ill'.
    pub kind: Option<&'static str>,
    pub is_weekend: bool,
    pub is_sunday: bool,
    /// Nothing was logged.
    pub is_away: bool,
}

/// What carries over from day to day.
#[derive(Debug, Default)]
pub(super) struct Life {
    pain: f64,
    stress: f64,
}

impl Life {
    /// The next day. `at`: counted from the first of the year.
    pub fn live(&mut self, at: u32, date: NaiveDate, random: &mut Random) -> Day {
        let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        self.stress = 0.65 * self.stress + 0.9 * random.swing();
        let stress = if is_weekend { 3.0 } else { 4.6 } + self.stress;
        self.pain = 0.7 * self.pain + 0.7 * random.swing();
        // It gets a little better over the year, as it mostly does by itself.
        let usual = 4.6 - 1.5 * f64::from(at) / f64::from(DAYS);
        let flare = FLARES.iter().find(|flare| flare.has(at));
        let worse = flare.map_or(0.0, |flare| 3.4 - 0.4 * f64::from(at - flare.0));
        let travel = if TRAVEL.has(at) { 0.8 } else { 0.0 };
        let kind = match (flare, random.happens(0.5)) {
            (Some(_), true) => Some("flare"),
            _ if TRAVEL.has(at) => Some("travel"),
            _ if ILL.has(at) => Some("ill"),
            _ if is_weekend && random.happens(0.12) => Some("rest"),
            _ => None,
        };
        Day {
            pain: usual + self.pain + worse + travel + 0.2 * (stress - 4.0),
            stress,
            kind,
            is_weekend,
            is_sunday: date.weekday() == Weekday::Sun,
            is_away: AWAY.has(at),
        }
    }
}

/// What is done of an evening, and how pain and stress then go, on the whole: made up, and no claim about any of them.
pub(super) struct Habit {
    pub slug: &'static str,
    pub pain: f64,
    pub stress: f64,
    /// How often, beside the others.
    pub weight: u32,
}

const fn habit(slug: &'static str, pain: f64, stress: f64, weight: u32) -> Habit {
    Habit {
        slug,
        pain,
        stress,
        weight,
    }
}

pub(super) const AT_NOON: Habit = habit("desk-reset", -0.6, -0.9, 1);

pub(super) const OF_AN_EVENING: [Habit; 9] = [
    habit("wall-ball-beside-spine", -1.3, -0.5, 6),
    habit("evening-unwind", -1.5, -1.8, 4),
    habit("warm-shower-stream", -1.4, -1.2, 5),
    habit("six-breaths", -0.4, -2.0, 5),
    habit("wall-ball-deep-buttock", -0.5, -0.2, 3),
    habit("cat-camel", -0.8, -0.4, 3),
    habit("rest-legs-up", -1.0, -1.0, 3),
    habit("heat-pad-sit", -1.2, -0.8, 2),
    habit("figure-four-chair", -0.2, 0.0, 1),
];

/// Where it mostly is, the usual first.
pub(super) const PLACES: [&[&str]; 6] = [
    &["belt-line:right"],
    &["belt-line:both"],
    &["belt-line:right", "upper-outer-buttock:right"],
    &["waist-beside-spine:right"],
    &["pelvis-rim:right", "belt-line:right"],
    &["mid-back:both"],
];

/// What it feels like. Nothing that raises a question of safety.
pub(super) const QUALITIES: [&str; 6] = [
    "tight",
    "aching",
    "stiff",
    "dull",
    "pulling",
    "sore to touch",
];

pub(super) const ON_A_WORKDAY: [&str; 6] = [
    "sat long",
    "same position",
    "stress at work",
    "rushed",
    "poor sleep",
    "tired",
];

pub(super) const ON_A_DAY_OFF: [&str; 5] = [
    "gardening or housework",
    "drove long",
    "exercise",
    "cold or damp",
    "poor sleep",
];

pub(super) const ACTIONS: [&str; 8] = [
    "walk",
    "changed position",
    "stretching",
    "heat",
    "good meal",
    "time with people",
    "sleep",
    "paracetamol",
];

pub(super) const GOOD_MOODS: [&str; 5] = ["calm", "content", "hopeful", "focused", "cheerful"];
pub(super) const BAD_MOODS: [&str; 5] = ["tired", "tense", "restless", "irritable", "worried"];

pub(super) const NOTES: [&str; 16] = [
    "Long call this morning, hardly stood up.",
    "Walked to work. Better for it.",
    "Stiff on getting up, gone after ten minutes.",
    "The new chair is too deep; a cushion helps.",
    "Slept on the left side with the pillow.",
    "Two hours at the kitchen table.",
    "Carried the shopping up four floors.",
    "Forgot about it all afternoon.",
    "Shoulders by my ears again.",
    "Rain since Tuesday.",
    "Lay on the floor for a while before dinner.",
    "Release week.",
    "Good day.",
    "A bit further round the park than last week.",
    "The ball a hand's width higher was the right spot.",
    "Sat through the whole film without shifting.",
];

pub(super) const TAGS: [&str; 4] = ["office", "home office", "deadline", "garden"];
