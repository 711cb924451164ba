//! What a reminder says: the one line in a pane, a line per event elsewhere, and the notification.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeZone};

use super::offer::Offer;
use crate::domain::remind::{Event, Reminder, View};
use crate::domain::spoken;
use crate::domain::time::{Now, clock_text};

/// What the notification says.
pub fn call(offer: Option<&Offer>) -> String {
    match offer {
        Some(offer) => {
            let length = spoken::duration(offer.real_s);
            format!("Time for a break: {}, {length}.", offer.name)
        }
        None => "Time for a break.".into(),
    }
}

/// The line in a pane, the most important part first; what finds no room is left out.
pub fn line(view: &View, offer: Option<&Offer>, now: &Now) -> Vec<String> {
    let (state, keys): (Vec<String>, &[&str]) = match view {
        View::In(1) => (vec!["next break within a minute".into()], &KEYS),
        View::In(minutes) => (vec![format!("next break in {minutes} min")], &KEYS),
        View::Due => {
            let called = |offer: &Offer| {
                format!("Break: {} {}", offer.name, clock_text(offer.real_s.into()))
            };
            let state = offer.map_or_else(|| "Time for a break".into(), called);
            (vec![state], &DUE_KEYS)
        }
        View::Off(opens) => (vec![off(opens.as_ref(), now)], &OFF_KEYS),
    };
    let keys = keys.iter().map(|key| (*key).to_owned());
    state.into_iter().chain(keys).collect()
}

const KEYS: [&str; 3] = ["s start", "z +10 min", "q quit"];
const DUE_KEYS: [&str; 3] = ["s start", "z in 10 min", "q quit"];
const OFF_KEYS: [&str; 2] = ["s start", "q quit"];

/// What is told first, where each event is a line.
pub fn first<Z: TimeZone>(reminder: &Reminder<Z>, now: &Now) -> String {
    stamped(now, &next(reminder, now))
}

/// An event as a line.
pub fn event<Z: TimeZone>(
    event: Event,
    offer: Option<&Offer>,
    reminder: &Reminder<Z>,
    now: &Now,
) -> String {
    let next = || next(reminder, now);
    let words = match (event, offer) {
        (Event::Call, Some(offer)) => format!(
            "time for a break: {} ({}): unkink start {}",
            offer.name,
            clock_text(offer.real_s.into()),
            offer.slug
        ),
        (Event::Call, None) => "time for a break".into(),
        (Event::Slept, _) => format!("the machine slept, which counts as a break; {}", next()),
        (Event::Opened | Event::Closed, _) => next(),
    };
    stamped(now, &words)
}

fn stamped(now: &Now, words: &str) -> String {
    format!("{}  {words}", now.wall.format("%H:%M"))
}

fn next<Z: TimeZone>(reminder: &Reminder<Z>, now: &Now) -> String {
    match reminder.view(now) {
        View::In(1) => match reminder.left(now).map(seconds) {
            Some(1) => "next break in 1 second".into(),
            Some(seconds @ ..60) => format!("next break in {seconds} seconds"),
            _ => "next break in 1 minute".into(),
        },
        View::In(minutes) => format!("next break in {minutes} minutes"),
        View::Due => "time for a break".into(),
        View::Off(opens) => off(opens.as_ref(), now),
    }
}

/// Rounded up.
fn seconds(left: Duration) -> u64 {
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

/// 'off until 09:00', with the day where that is not today's.
fn off(opens: Option<&DateTime<FixedOffset>>, now: &Now) -> String {
    match opens {
        Some(opens) if opens.date_naive() == now.wall.date_naive() => {
            format!("off until {}", opens.format("%H:%M"))
        }
        Some(opens) => format!("off until {}", opens.format("%a %H:%M")),
        None => "off".into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn now() -> Now {
        Now {
            mono: Duration::from_secs(1000),
            boot: None,
            wall: "2026-11-23T18:00:00+01:00".parse().unwrap(),
        }
    }

    fn offer() -> Offer {
        Offer {
            slug: "seat-shift".into(),
            name: "Posture shift in the seat".into(),
            real_s: 50,
            side: None,
        }
    }

    #[test]
    fn the_line_says_the_state_first_and_its_keys_after() {
        let seat = offer();
        let line = |view, offer| line(&view, offer, &now()).join(" | ");
        assert_eq!(
            line(View::In(12), None),
            "next break in 12 min | s start | z +10 min | q quit"
        );
        assert_eq!(
            line(View::In(1), None),
            "next break within a minute | s start | z +10 min | q quit"
        );
        assert_eq!(
            line(View::Due, Some(&seat)),
            "Break: Posture shift in the seat 0:50 | s start | z in 10 min | q quit"
        );
        let monday = "2026-11-23T22:00:00+01:00".parse().ok();
        assert_eq!(
            line(View::Off(monday), None),
            "off until 22:00 | s start | q quit"
        );
        let tuesday = "2026-11-24T09:00:00+01:00".parse().ok();
        assert_eq!(
            line(View::Off(tuesday), None),
            "off until Tue 09:00 | s start | q quit"
        );
    }

    #[test]
    fn the_call_names_what_fits_and_how_long_it_takes() {
        let words = call(Some(&offer()));
        assert!(
            words.starts_with("Time for a break: Posture shift in the seat, "),
            "{words}"
        );
        assert_eq!(call(None), "Time for a break.");
    }
}
