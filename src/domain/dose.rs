//! How much and how often: the limits of C.4, and what a session did to the pain.

use crate::domain::order;
use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::length::scaled_s;
use super::library::Library;
use super::plan::Timeline;
use super::record::{Entry, Kind, Status};
use super::scale::Scale;
use super::technique::Technique;

/// Days from the first finished session in which times are halved.
pub const FIRST_WEEK_DAYS: i64 = 7;
/// The most pressure in the first week, and in pregnancy (C.3, K1).
pub const GENTLE_PRESSURE: u8 = 4;
/// From this pain on no pressure, no tool and no device (a design choice of C.4).
pub const MUCH_PAIN: u8 = 7;
/// After pain rose in a session its technique is not offered first for so many days (a design choice of C.4).
pub const REST_DAYS: i64 = 7;
/// The most sets of one technique in a session.
const SETS: usize = 2;
/// Seconds of warmth in a session (R11, R12), and of a device (R27).
const HEAT_S: u32 = 20 * 60;
const DEVICE_S: u32 = 15 * 60;
/// How often a day, for both.
const TIMES_A_DAY: usize = 3;
/// Between two warmths.
const BETWEEN_HEATS: TimeDelta = TimeDelta::hours(1);

/// Traits of touch: a light one, then pressure, tools, devices.
const TOUCH: [&str; 7] = [
    "light-touch",
    "moderate-pressure",
    "deep-pressure",
    "hard-tool",
    "percussion",
    "powered-device",
    "tool-on-floor",
];

/// Groups of techniques with a tool or a device.
const TOOL_GROUPS: [&str; 3] = ["Ball", "Roller, stick, cane", "Massager device"];

/// Whether it touches: with a hand, a tool or a device.
pub fn touches(traits: &[String]) -> bool {
    traits.iter().any(|name| TOUCH.contains(&name.as_str()))
}

/// Whether it stays with [`MUCH_PAIN`]: breathing, rest, warmth or cold, easy movement. A light touch that comes with
/// warmth, cold or slow breathing is no pressure, unless hands work on bare skin.
pub fn is_for_much_pain(technique: &Technique) -> bool {
    if TOOL_GROUPS.contains(&technique.group.as_str()) {
        return false;
    }
    let is_only_light = !has(technique, &TOUCH[1..]) && !has(technique, &["bare-skin"]);
    let soothes = ["heat", "heat-immersion", "cold", "slow-breathing"];
    !touches(&technique.traits) || (is_only_light && has(technique, &soothes))
}

/// Whether this is the first week (`entries`: oldest first): no session was finished yet, or the first one less than [`FIRST_WEEK_DAYS`] ago.
pub fn is_first_week(entries: &[Entry], now: &DateTime<FixedOffset>) -> bool {
    let finished = |entry: &&Entry| entry.status == Some(Status::Finished);
    let mut finished = entries.iter().filter(finished);
    let first = finished.find_map(|entry| entry.started_at);
    first.is_none_or(|first| *now - first < TimeDelta::days(FIRST_WEEK_DAYS))
}

/// A step's seconds in the first week: half, to the nearest 5, at least 10, and never more than usual.
pub fn halved_s(seconds: u32) -> u32 {
    scaled_s(seconds, 0.5).max(10).min(seconds)
}

/// Whether a session made the pain worse: up by 2 or more, or above 6.
pub fn rose(before: Option<Scale>, after: Option<Scale>) -> bool {
    let Some(after) = after.map(Scale::get) else {
        return false;
    };
    after > 6 || before.is_some_and(|before| after >= before.get() + 2)
}

/// The techniques that made the pain worse within the last [`REST_DAYS`].
pub fn resting<'a>(entries: &'a [Entry], now: &DateTime<FixedOffset>) -> BTreeSet<&'a str> {
    let since = *now - TimeDelta::days(REST_DAYS);
    let recent = entries.iter().rev();
    let recent = recent.take_while(|entry| entry.started_at.is_some_and(|at| at > since));
    let worse = recent
        .filter(|entry| entry.kind == Kind::Session && rose(entry.pain_before, entry.pain_after));
    let items = worse
        .filter_map(|entry| entry.more.as_deref())
        .flat_map(|more| &more.items);
    let items = items.filter(|item| item.active_s > 0);
    order::set(items.map(|item| item.technique.as_str()))
}

/// What the limits say against this session after those of today, in one line; `None`: nothing.
pub fn against(
    timeline: &Timeline,
    library: &Library,
    entries: &[Entry],
    now: &DateTime<FixedOffset>,
) -> Option<String> {
    for item in &timeline.items {
        let sets = timeline
            .items
            .iter()
            .filter(|other| other.technique == item.technique);
        if sets.count() > SETS {
            return Some(format!("{} at most {SETS} times in a session", item.name));
        }
    }
    let day = Day {
        timeline,
        library,
        entries,
        now,
    };
    day.heat().or_else(|| day.device())
}

/// A session after those of today.
struct Day<'a> {
    timeline: &'a Timeline,
    library: &'a Library,
    entries: &'a [Entry],
    now: &'a DateTime<FixedOffset>,
}

impl Day<'_> {
    fn heat(&self) -> Option<String> {
        let is_heat = |technique: &Technique| has(technique, &["heat", "heat-immersion"]);
        let planned_s = self.planned_s(is_heat);
        if planned_s == 0 {
            return None;
        }
        if planned_s > HEAT_S {
            return Some("warmth for at most 20 minutes".into());
        }
        let earlier = self.ended(is_heat);
        if earlier.len() >= TIMES_A_DAY {
            return Some(format!("warmth at most {TIMES_A_DAY} times a day"));
        }
        let is_soon = earlier.iter().any(|at| *self.now - *at < BETWEEN_HEATS);
        is_soon.then(|| "an hour between two warmths, and the skin back to normal first".into())
    }

    fn device(&self) -> Option<String> {
        let is_device = |technique: &Technique| has(technique, &["powered-device"]);
        let planned_s = self.planned_s(is_device);
        if planned_s > DEVICE_S {
            return Some("a device for at most 15 minutes in all".into());
        }
        let is_much = planned_s > 0 && self.ended(is_device).len() >= TIMES_A_DAY;
        is_much.then(|| format!("a device at most {TIMES_A_DAY} times a day"))
    }

    /// Seconds of the session with such techniques.
    fn planned_s(&self, kind: impl Fn(&Technique) -> bool) -> u32 {
        let is_kind = |slug: &str| self.library.technique(slug).is_some_and(&kind);
        let items = self.timeline.items.iter();
        let items = items.filter(|item| is_kind(&item.technique));
        items
            .map(|item| item.planned_s)
            .fold(0, u32::saturating_add)
    }

    /// When today's sessions with such techniques ended.
    fn ended(&self, kind: impl Fn(&Technique) -> bool) -> Vec<DateTime<FixedOffset>> {
        let is_recent = |at: DateTime<FixedOffset>| *self.now - at < TimeDelta::days(1);
        let today = self.entries.iter().rev();
        let today = today.take_while(|entry| entry.started_at.is_some_and(is_recent));
        let today = today.filter(|entry| entry.day() == Some(self.now.date_naive()));
        let with = today.filter(|entry| {
            let items = entry.more.iter().flat_map(|more| &more.items);
            let mut done = items.filter(|item| item.active_s > 0);
            done.any(|item| self.library.technique(&item.technique).is_some_and(&kind))
        });
        let ended = |entry: &Entry| entry.more.as_ref().and_then(|more| more.ended_at);
        with.filter_map(|entry| ended(entry).or(entry.started_at))
            .collect()
    }
}

fn has(technique: &Technique, traits: &[&str]) -> bool {
    technique
        .traits
        .iter()
        .any(|name| traits.contains(&name.as_str()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use crate::domain::record::{Fields, Marks};

    fn session(at: &str, before: u8, after: u8) -> Entry {
        let mut fields = Fields::default();
        fields.put("kind", "session");
        fields.put("started_at", at);
        fields.put("status", "finished");
        fields.put("pain_before", &before);
        fields.put("pain_after", &after);
        let item = serde_json::json!([{"technique":"calf-sweep","planned_s":60,"active_s":60,"done":true}]);
        fields.put("items", &item);
        Entry::read(Id::new(at), &fields, Marks::default())
    }

    fn now() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-23T12:00:00+01:00").unwrap()
    }

    #[test]
    fn the_first_week_begins_with_the_first_finished_session() {
        assert!(is_first_week(&[], &now()));
        let since = |at| {
            [
                session(at, 3, 3),
                session("2026-11-23T11:00:00+01:00", 3, 3),
            ]
        };
        assert!(is_first_week(&since("2026-11-16T12:00:01+01:00"), &now()));
        assert!(!is_first_week(&since("2026-11-16T12:00:00+01:00"), &now()));
    }

    #[test]
    fn times_are_halved_to_five_seconds_but_not_below_ten() {
        for (usual, halved) in [
            (45, 25),
            (40, 20),
            (15, 10),
            (30, 15),
            (10, 10),
            (3, 3),
            (400, 200),
            (0, 0),
        ] {
            assert_eq!(halved_s(usual), halved, "{usual}");
        }
    }

    #[test]
    fn pain_rose_by_two_or_above_six() {
        let scale = Scale::new;
        for (before, after, expected) in [
            (Some(3), Some(5), true),
            (Some(3), Some(4), false),
            (Some(6), Some(7), true),
            (None, Some(7), true),
            (None, Some(6), false),
            (Some(3), None, false),
        ] {
            assert_eq!(
                rose(before.and_then(scale), after.and_then(scale)),
                expected,
                "{before:?} {after:?}"
            );
        }
    }

    #[test]
    fn a_technique_that_made_it_worse_rests_for_a_week() {
        let entries = [
            session("2026-11-15T12:00:00+01:00", 3, 6),
            session("2026-11-20T12:00:00+01:00", 3, 3),
        ];
        assert!(resting(&entries, &now()).is_empty());
        let entries = [session("2026-11-20T12:00:00+01:00", 3, 6)];
        assert!(resting(&entries, &now()).contains("calf-sweep"));
    }
}
