//! The safety texts and rules as data: emergency signs, see-a-clinician signs, conditions with the traits that they
//! exclude, stop rules, dose limits, the force scale and the disclaimer (section C of the facts).

use crate::domain::order;
use std::collections::BTreeSet;

use serde::Deserialize;

/// All of it, as `assets/safety.toml` says it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Safety {
    /// The one line before each session.
    pub before_session: &'static str,
    /// What this program is and is not.
    pub disclaimer: Disclaimer,
    /// Signs that end everything: C.1.
    pub emergency: Emergency,
    /// Signs to have looked at first: C.2.
    pub clinician: Clinician,
    /// Conditions and what they exclude: C.3.
    pub conditions: Vec<Condition>,
    /// What a technique may be said to do to the body; conditions match on these.
    pub traits: Vec<Trait>,
    /// What holds for everybody and needs no question.
    pub everybody: Vec<Rule>,
    /// When to stop in the middle: C.4.
    pub stop: Stop,
    /// How much and how often at most: C.4.
    pub doses: Vec<Rule>,
    /// How hard: C.5.
    pub force: Force,
}

/// Under which name the list of what was shown once holds the disclaimer.
pub const DISCLAIMER_SEEN: &str = "disclaimer";

/// C.6.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclaimer {
    /// The short text of the first start.
    pub short: &'static str,
    /// Every point, one line each, for the help page.
    pub points: Vec<&'static str>,
    /// One line before a first session.
    pub before_first: &'static str,
}

/// C.1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    /// What to do, first of all.
    pub heading: &'static str,
    /// What to call, without naming one country's number.
    pub number: &'static str,
    /// How to get there, and not.
    pub travel: &'static str,
    /// What is said instead of a verdict.
    pub get_checked: &'static str,
    /// One of the two answers that leave the screen.
    pub by_mistake: &'static str,
    /// The other one.
    pub clinician_checked: &'static str,
    /// E1 to E12.
    pub signs: Vec<EmergencySign>,
}

/// One row of C.1.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencySign {
    /// Such as 'E1'.
    pub id: &'static str,
    /// In plain words.
    pub sign: &'static str,
    /// What it may stand for.
    pub why: &'static str,
    /// Source ids.
    pub sources: Vec<&'static str>,
}

/// C.2.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clinician {
    /// What to do.
    pub heading: &'static str,
    /// The answer that opens the library again, with a date.
    pub looked_at: &'static str,
    /// Slugs that stay open while a sign that locks is.
    pub left: Vec<&'static str>,
    /// U1 to U17.
    pub signs: Vec<ClinicianSign>,
}

/// One row of C.2.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClinicianSign {
    /// Such as 'U1'.
    pub id: &'static str,
    /// In plain words.
    pub sign: &'static str,
    /// How soon, and where.
    pub speed: &'static str,
    /// Whether only [`Clinician::left`] stays open; the others show their card and lock nothing.
    pub locks: bool,
    /// Common medical knowledge that was not seen in a source yet.
    #[serde(default)]
    pub from_memory: bool,
    /// Source ids.
    pub sources: Vec<&'static str>,
}

/// One row of C.3.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Such as 'K1'.
    pub id: &'static str,
    /// Its name.
    pub condition: &'static str,
    /// The same in a few words, for a list.
    pub short: &'static str,
    /// The question, answered yes or no.
    pub question: &'static str,
    /// A technique with any of these traits is off.
    pub excludes: Vec<&'static str>,
    /// What else holds.
    #[serde(default)]
    pub rule: &'static str,
    /// Changes from day to day, so it is asked before sessions.
    #[serde(default)]
    pub daily: bool,
    /// Asked only before a session, not with the gate.
    #[serde(default)]
    pub only_before: bool,
    /// Asked before a session only where this trait occurs in it.
    pub only_with: Option<&'static str>,
    /// Source ids.
    pub sources: Vec<&'static str>,
}

/// One name of the trait vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trait {
    /// Such as 'hard-tool'.
    pub id: &'static str,
    /// What it means, in words.
    pub meaning: &'static str,
    /// What is left out with it, in words: 'no hard tools'.
    pub without: &'static str,
}

/// A rule with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// One line.
    pub rule: &'static str,
    /// Source ids; none where it is this project's own design.
    pub sources: Vec<&'static str>,
}

/// C.4.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// What to do.
    pub heading: &'static str,
    /// The rules, in order.
    pub rules: Vec<&'static str>,
    /// What is offered with much pain.
    pub high_pain: &'static str,
    /// What a device needs first.
    pub device: &'static str,
    /// What is common afterwards, and what is not.
    pub after: &'static str,
    /// Source ids.
    pub sources: Vec<&'static str>,
}

/// C.5.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Force {
    /// How a welcome ache feels.
    pub good_ache: &'static str,
    /// How a bad pain feels.
    pub bad_pain: &'static str,
    /// A question to test it by.
    pub test: &'static str,
    /// Why harder is not better.
    pub why_not_harder: &'static str,
    /// Places that get no pressure, for anybody.
    pub never: Vec<&'static str>,
    /// Where to work beside the spine.
    pub zone: &'static str,
    /// Source ids.
    pub sources: Vec<&'static str>,
    /// The words of the scale, 0 to 10 without a gap.
    pub levels: Vec<ForceLevel>,
}

/// One stretch of the force scale.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForceLevel {
    /// Lowest value, 0 to 10.
    pub from: u8,
    /// Highest value, 0 to 10.
    pub to: u8,
    /// How it feels.
    pub words: &'static str,
    /// Where it belongs.
    pub used: &'static str,
}

/// The highest force that a technique may ask for: 'strong but still welcome' (C.5).
pub const MAX_FORCE: u8 = 6;

impl Safety {
    /// The id of every question.
    pub fn ids(&self) -> BTreeSet<&str> {
        let before_sessions = self.conditions.iter().filter(|known| known.only_before);
        let before_sessions = before_sessions.map(|known| known.id);
        order::set(self.gate_ids().chain(before_sessions))
    }

    /// The conditions that are asked with the gate; the others only before a session.
    pub fn gate_conditions(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().filter(|known| !known.only_before)
    }

    /// The id of every question of the gate: signs, then conditions.
    pub fn gate_ids(&self) -> impl Iterator<Item = &str> {
        let emergency = self.emergency.signs.iter().map(|sign| sign.id);
        let clinician = self.clinician.signs.iter().map(|sign| sign.id);
        let conditions = self.gate_conditions().map(|known| known.id);
        emergency.chain(clinician).chain(conditions)
    }

    /// The id of every condition that changes from day to day.
    pub fn daily_ids(&self) -> BTreeSet<String> {
        let daily = self.conditions.iter().filter(|known| known.daily);
        order::set(daily.map(|known| known.id.to_owned()))
    }

    /// What to watch for before a session, in one line, and what to do then: 'press E'.
    pub fn watch_for(&self, then: &str) -> String {
        format!("{} Then {then}.", self.before_session)
    }

    /// Whether a yes to this question bars or locks, so that only a clinician's look or a slip lifts it (C.1, C.2).
    pub fn bars(&self, id: &str) -> bool {
        let emergency = self.emergency.signs.iter().any(|sign| sign.id == id);
        emergency
            || self
                .clinician
                .signs
                .iter()
                .any(|sign| sign.id == id && sign.locks)
    }

    /// Whom to call and how to get there: with the person's own number where they gave one.
    pub fn call(&self, own_number: Option<&str>) -> String {
        let words = &self.emergency;
        let number = own_number.unwrap_or(words.number);
        format!("Call {number}. {}", words.travel)
    }

    /// The trait of this name.
    pub fn trait_of(&self, id: &str) -> Option<&Trait> {
        self.traits.iter().find(|known| known.id == id)
    }

    /// The condition of this id.
    pub fn condition(&self, id: &str) -> Option<&Condition> {
        self.conditions.iter().find(|known| known.id == id)
    }
}

impl Safety {
    /// With which conditions something of these traits is to be left out, as parts of one sentence; `None`: with none.
    pub fn leave_out(&self, traits: &[String]) -> Option<String> {
        let conditions = self.conditions.iter();
        let names: Vec<String> = conditions
            .filter(|condition| condition.excludes(traits).is_some())
            .map(|condition| uncapitalised(condition.condition))
            .collect();
        (!names.is_empty()).then(|| format!("with {}", names.join("; ")))
    }
}

/// A name within a sentence: small, unless it is an abbreviation or a person's.
fn uncapitalised(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string());
    let second_is_small = chars.as_str().starts_with(char::is_lowercase);
    match first {
        Some(first) if second_is_small && !name.starts_with("Raynaud") => first + chars.as_str(),
        _ => name.to_owned(),
    }
}

impl Condition {
    /// The first of these traits that it excludes; `None`: nothing stands against it.
    pub fn excludes<'a>(&self, traits: &'a [String]) -> Option<&'a str> {
        traits
            .iter()
            .find(|name| self.excludes.contains(&name.as_str()))
            .map(String::as_str)
    }
}

impl Force {
    /// The words for a value of the scale.
    pub fn level(&self, value: u8) -> Option<&ForceLevel> {
        self.levels
            .iter()
            .find(|level| (level.from..=level.to).contains(&value))
    }
}
