//! What in the log asks for a second look before the next session: words that raise a question of the gate (F.2, F.3),
//! and pain that goes the wrong way.
//!
//! It never judges: it only says which questions are to be asked, and which words raised them.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::record::{Entry, Kind, More};
use super::scale::Scale;

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

/// Pain now against the week before it: how much higher, if that asks for a look. `entries`: oldest first; the newest
/// with a pain value is the one looked at.
pub fn pain_jump(entries: &[Entry], now: &DateTime<FixedOffset>) -> Option<i16> {
    let week = *now - TimeDelta::days(7);
    let recent = entries.iter().rev();
    let recent = recent.take_while(|entry| entry.started_at.is_some_and(|at| at > week));
    let mut values = recent.filter_map(|entry| entry.pain.or(entry.pain_before));
    let newest = i16::from(values.next()?.get());
    let mut earlier: Vec<Scale> = values.collect();
    if earlier.len() < ENOUGH {
        return None;
    }
    earlier.sort_unstable();
    let middle = earlier.len() / 2;
    let twice = if earlier.len() % 2 == 1 {
        2 * i16::from(earlier[middle].get())
    } else {
        i16::from(earlier[middle].get()) + i16::from(earlier[middle - 1].get())
    };
    let jump = 2 * newest - twice;
    (jump >= 2 * JUMP).then_some(jump / 2)
}

/// Whether the last two sessions that were rated both ended with more pain than they began with.
pub fn two_ended_worse(entries: &[Entry]) -> bool {
    let rated = entries
        .iter()
        .rev()
        .filter(|entry| entry.kind == Kind::Session);
    let mut changes = rated.filter_map(|entry| Some((entry.pain_before?, entry.pain_after?)));
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
    let sides: BTreeSet<&str> = sides.flatten().collect();
    sides.contains("both") || (sides.contains("left") && sides.contains("right"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::id::Id;
    use super::super::record::{Fields, Marks};
    use super::*;

    fn entry(json: &str) -> Entry {
        let values: std::collections::BTreeMap<String, serde_json::Value> =
            serde_json::from_str(json).unwrap();
        let mut fields = Fields::default();
        for (name, value) in values {
            fields.put(&name, &value);
        }
        Entry::read(Id::new("r"), &fields, Marks::default())
    }

    fn ids(json: &str) -> Vec<&'static str> {
        of_entry(&entry(json))
            .into_iter()
            .map(|raised| raised.id)
            .collect()
    }

    #[test]
    fn each_word_of_the_log_raises_the_questions_that_the_facts_name() {
        let cases: [(&str, &[&str]); 14] = [
            (
                r#"{"qualities":["numb"],"regions":["sacrum"]}"#,
                &["E1", "E5", "U8", "K11"],
            ),
            (
                r#"{"qualities":["tingling"],"regions":["mid-buttock:left"]}"#,
                &["E1", "E5", "U8", "K11"],
            ),
            (
                r#"{"qualities":["tingling"],"regions":["calf:left","foot:right"]}"#,
                &["E1", "E5", "U8", "K11"],
            ),
            (
                r#"{"qualities":["weak"],"regions":["shin:both"]}"#,
                &["E5", "U8", "K11"],
            ),
            (
                r#"{"qualities":["weak"],"regions":["shin:left"]}"#,
                &["U8", "K11"],
            ),
            (
                r#"{"qualities":["electric"],"regions":["belt-line:left"]}"#,
                &["U8", "K11"],
            ),
            (r#"{"qualities":["constant","wakes me up"]}"#, &["U6"]),
            (r#"{"qualities":["constant"]}"#, &[]),
            (r#"{"triggers":["slipped or tripped"]}"#, &["U1", "E8"]),
            (
                r#"{"qualities":["hot or red or swollen"],"regions":["calf:right"]}"#,
                &["U12", "E6"],
            ),
            (
                r#"{"qualities":["hot or red or swollen"],"regions":["belt-line:right"]}"#,
                &[],
            ),
            (r#"{"travels_to":["buttock:both"]}"#, &[]),
            (r#"{"travels_to":["thigh:left"]}"#, &["K11"]),
            (
                r#"{"travels_to":["foot:left","thigh:right"]}"#,
                &["K11", "U8", "E5"],
            ),
        ];
        for (json, expected) in cases {
            assert_eq!(ids(json), expected, "{json}");
        }
    }

    fn pains(values: &[(i64, u8)]) -> Vec<Entry> {
        let check_in = |(hours_ago, pain): &(i64, u8)| {
            let at = now() - TimeDelta::hours(*hours_ago);
            entry(&format!(
                r#"{{"kind":"check-in","started_at":"{}","pain":{pain}}}"#,
                at.to_rfc3339()
            ))
        };
        values.iter().map(check_in).collect()
    }

    fn now() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-23T12:00:00+01:00").unwrap()
    }

    #[test]
    fn pain_four_above_the_weeks_median_asks_for_a_look_from_three_values_on() {
        for (values, jump) in [
            (&[(60, 3), (40, 2), (20, 4), (0, 7)][..], Some(4)),
            (&[(60, 3), (40, 2), (20, 4), (0, 6)], None),
            (&[(60, 3), (40, 2), (0, 9)], None),
            (&[(200, 3), (40, 2), (20, 3), (0, 9)], None),
            (&[(80, 1), (60, 3), (40, 2), (20, 4), (0, 7)], Some(4)),
        ] {
            assert_eq!(pain_jump(&pains(values), &now()), jump, "{values:?}");
        }
    }

    #[test]
    fn two_sessions_in_a_row_that_ended_worse_are_noticed() {
        let session = |before: u8, after: u8| {
            entry(&format!(
                r#"{{"kind":"session","started_at":"2026-11-23T10:00:00+01:00","pain_before":{before},"pain_after":{after}}}"#
            ))
        };
        assert!(two_ended_worse(&[session(3, 4), session(2, 5)]));
        assert!(!two_ended_worse(&[session(3, 4), session(4, 4)]));
        assert!(!two_ended_worse(&[session(4, 5)]));
    }
}
