//! What in the log asks for a second look before the next session: words that raise a question of the gate (F.2, F.3),
//! and pain that goes the wrong way.
//!
//! It never judges: it only says which questions are to be asked, and which words raised them.

use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};

use super::profile::{ASK_AGAIN_DAYS, Profile};
use super::record::{Entry, Kind, More};
use super::scale::Scale;
use crate::domain::insight::middle::median;
use crate::domain::order;

/// Pain this much above the last week's median asks for a look (a design choice of this project).
pub const JUMP: i16 = 4;
/// So many values of the last week are needed to speak of a median.
pub const ENOUGH: usize = 3;

/// A question of the gate that something raised.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Raised {
    /// Of the sign or condition, such as 'E1'.
    pub id: &'static str,
    /// What raised it: 'numb at the sacrum'.
    pub why: String,
}

/// Every question that something here may raise.
const ALL: [&str; 10] = [
    "E1", "E5", "E6", "E8", "U1", "U6", "U8", "U12", "U15", "K11",
];

/// The question of this id, if something here may raise it.
pub fn known(id: &str) -> Option<&'static str> {
    ALL.into_iter().find(|known| *known == id)
}

/// The questions that one entry raises, each once.
pub fn of_entry(entry: &Entry) -> Vec<Raised> {
    let Some(more) = entry.more.as_deref() else {
        return Vec::new();
    };
    let mut found = Found::default();
    found.feeling(more);
    found.travelling(more);
    if has(&more.qualities, "constant") && has(&more.qualities, "wakes me up") {
        found.add(&["U6"], "constant, and wakes you up");
    }
    if has(&more.triggers, "slipped or tripped") {
        found.add(&["U1", "E8"], "slipped or tripped");
    }
    if has(&more.qualities, "hot or red or swollen") && cells(more).any(|(cell, _)| cell == "calf")
    {
        found.add(&["U12", "E6"], "a hot, red or swollen calf");
    }
    found.0
}

/// What pain that jumped asks (a design choice of this project).
const JUMP_ASKS: [&str; 2] = ["U1", "U15"];
/// What sessions that end worse ask (a design choice of this project).
const WORSE_ASKS: [&str; 1] = ["U15"];

/// The questions that the log raised and that were not answered since: to be asked before the next session, each once,
/// emergency signs first. `entries`: oldest first. What is older than [`ASK_AGAIN_DAYS`] is left out: by then all
/// questions were asked anew.
pub fn open_questions(
    entries: &[Entry],
    profile: &Profile,
    now: &DateTime<FixedOffset>,
) -> Vec<Raised> {
    let since = *now - TimeDelta::days(ASK_AGAIN_DAYS);
    let old = entries.partition_point(|entry| entry.started_at.is_none_or(|at| at <= since));
    let recent = entries.get(old..).unwrap_or_default();
    let mut open: Vec<Raised> = Vec::new();
    let mut raise = |entry: &Entry, raised: Vec<Raised>| {
        let since = known_since(entry, now);
        for raised in raised {
            let is_new = open.iter().all(|known| known.id != raised.id);
            if is_new && !profile.is_answered_since(raised.id, &since) {
                open.push(raised);
            }
        }
    };
    for entry in recent.iter().rev() {
        raise(entry, of_entry(entry));
    }
    // A lower value later does not answer for a jump.
    let week = *now - TimeDelta::days(7);
    for (at, entry) in recent.iter().enumerate().rev() {
        let Some(moment) = entry.started_at.filter(|moment| *moment > week) else {
            break;
        };
        if pain_of(entry).is_some() {
            raise(entry, of_pain(&recent[..=at], &moment));
        }
    }
    if two_ended_worse(recent)
        && let Some(newest) = recent.iter().rfind(|entry| change_of(entry).is_some())
    {
        let why = "the last two sessions ended with more pain than they began with";
        raise(newest, asks(&WORSE_ASKS, why));
    }
    order::by_key(&mut open, |raised| {
        let (kind, number) = raised.id.split_at(1);
        ("EUK".find(kind), number.parse::<u8>().ok())
    });
    open
}

/// From when on an answer can be one to this entry: it was there to be known, and what it tells of had happened.
fn known_since(entry: &Entry, now: &DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    let made = entry.rec.made_at_ms();
    let made = made.and_then(DateTime::from_timestamp_millis);
    let ended = entry.more.as_deref();
    let ended = ended.map_or([None; 2], |more| [more.ended_at, more.rated_after_at]);
    let made = made.map(|at| at.with_timezone(now.offset()));
    let moments = [entry.started_at, made].into_iter().chain(ended).flatten();
    match moments.max() {
        Some(at) if at <= *now => at,
        // A clock was wrong: answered today will do.
        _ => now.with_time(NaiveTime::MIN).single().unwrap_or(*now),
    }
}

/// The questions that the newest pain value raises.
pub fn of_pain(entries: &[Entry], now: &DateTime<FixedOffset>) -> Vec<Raised> {
    let Some(jump) = pain_jump(entries, now) else {
        return Vec::new();
    };
    let why = format!("pain is {jump} above the middle of the week before");
    asks(&JUMP_ASKS, &why)
}

fn asks(ids: &[&'static str], why: &str) -> Vec<Raised> {
    let raised = |id: &&'static str| Raised {
        id,
        why: why.to_owned(),
    };
    ids.iter().map(raised).collect()
}

fn pain_of(entry: &Entry) -> Option<Scale> {
    entry.pain.or(entry.pain_before)
}

/// Pain before and after a session.
fn change_of(entry: &Entry) -> Option<(Scale, Scale)> {
    let is_session = entry.kind == Kind::Session;
    entry
        .pain_before
        .zip(entry.pain_after)
        .filter(|_| is_session)
}

/// Pain now against the week before it: how much higher, if that asks for a look. `entries`: oldest first; the newest
/// with a pain value is the one looked at.
pub fn pain_jump(entries: &[Entry], now: &DateTime<FixedOffset>) -> Option<i16> {
    let week = *now - TimeDelta::days(7);
    let recent = entries.iter().rev();
    let recent = recent.take_while(|entry| entry.started_at.is_some_and(|at| at > week));
    let mut values = recent.filter_map(pain_of);
    let newest = f64::from(values.next()?.get());
    let earlier: Vec<Scale> = values.collect();
    if earlier.len() < ENOUGH {
        return None;
    }
    let jump = newest - median(&earlier)?;
    // A half is not told.
    (jump >= f64::from(JUMP)).then_some(jump as i16)
}

/// Whether the last two sessions that were rated both ended with more pain than they began with.
pub fn two_ended_worse(entries: &[Entry]) -> bool {
    let mut changes = entries.iter().rev().filter_map(change_of);
    let mut worse = || changes.next().is_some_and(|(before, after)| after > before);
    worse() && worse()
}

/// Cells where a lost or odd feeling is asked about at once (F.3).
const SADDLE: [&str; 6] = [
    "sacrum",
    "tailbone",
    "sit-bone",
    "groin",
    "inner-thigh",
    "mid-buttock",
];
/// Cells of the leg.
const LEG: [&str; 6] = [
    "back-of-thigh",
    "front-of-thigh",
    "knee-hollow",
    "calf",
    "shin",
    "foot",
];
/// Words of a nerve (F.3).
const NERVE: [&str; 5] = ["shooting", "electric", "tingling", "numb", "weak"];

#[derive(Default)]
struct Found(Vec<Raised>);

impl Found {
    fn add(&mut self, ids: &[&'static str], why: &str) {
        for id in ids {
            if !self.0.iter().any(|raised| raised.id == *id) {
                self.0.push(Raised {
                    id,
                    why: why.to_owned(),
                });
            }
        }
    }

    fn feeling(&mut self, more: &More) {
        let numb = ["numb", "tingling"]
            .into_iter()
            .find(|word| has(&more.qualities, word));
        if let Some(word) = numb {
            if let Some((cell, _)) = cells(more).find(|(cell, _)| SADDLE.contains(cell)) {
                self.add(
                    &["E1", "E5"],
                    &format!("{word}, {}", cell.replace('-', " ")),
                );
            }
            if both_legs(more) {
                self.add(&["E1", "E5"], &format!("{word} in both legs"));
            }
        }
        if has(&more.qualities, "weak") && both_legs(more) {
            self.add(&["E5"], "weak in both legs");
        }
        if let Some(word) = NERVE.into_iter().find(|word| has(&more.qualities, word)) {
            self.add(&["U8", "K11"], word);
        }
    }

    /// Thigh and lower is a question about the leg; below the knee about the nerve; both sides about both legs (F.2).
    fn travelling(&mut self, more: &More) {
        let ends: Vec<(&str, Option<&str>)> =
            more.travels_to.iter().map(|end| split(end)).collect();
        if let Some((end, _)) = ends.iter().find(|(end, _)| *end != "buttock") {
            self.add(
                &["K11"],
                &format!("travels down to the {}", end.replace('-', " ")),
            );
        }
        if ends
            .iter()
            .any(|(end, _)| ["below-knee", "foot"].contains(end))
        {
            self.add(&["U8"], "travels down below the knee");
        }
        let below_buttock = ends.iter().filter(|(end, _)| *end != "buttock");
        if is_both(below_buttock.map(|(_, side)| *side)) {
            self.add(&["E5"], "travels down both legs");
        }
    }
}

fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known == word)
}

/// Cell and side; `None` without one.
fn split(region: &str) -> (&str, Option<&str>) {
    match region.split_once(':') {
        Some((cell, side)) => (cell, Some(side)),
        None => (region, None),
    }
}

fn cells(more: &More) -> impl Iterator<Item = (&str, Option<&str>)> {
    more.regions.iter().map(|region| split(region))
}

fn both_legs(more: &More) -> bool {
    is_both(
        cells(more)
            .filter(|(cell, _)| LEG.contains(cell))
            .map(|(_, side)| side),
    )
}

fn is_both<'a>(sides: impl Iterator<Item = Option<&'a str>>) -> bool {
    let sides = order::set(sides.flatten());
    sides.contains("both") || (sides.contains("left") && sides.contains("right"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
