#![allow(clippy::unwrap_used)]

use chrono_tz::Europe::Berlin;
use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;

const MIN: u64 = 60;

/// So many seconds after Monday, 23 November 2026, 10:00 in Berlin; `slept` of them the machine was asleep.
fn at(seconds: u64, slept: u64) -> Now {
    let wall = DateTime::parse_from_rfc3339("2026-11-23T10:00:00+01:00").unwrap();
    Now {
        mono: Duration::from_secs(1000 + seconds - slept),
        boot: Some(Duration::from_secs(1000 + seconds)),
        wall: wall + Duration::from_secs(seconds),
    }
}

fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

fn hours(from: &str, to: &str, days: &str) -> Hours {
    Hours::new(time(from), time(to), parse_days(days).unwrap())
}

fn always() -> Hours {
    hours("00:00:00", "00:00:00", "mon-sun")
}

fn every_50(hours: Hours) -> Reminder<Tz> {
    Reminder::start(Duration::from_secs(50 * MIN), hours, Berlin, &at(0, 0))
}

/// Wakes whenever it wants to be woken until then: when things happened, in seconds, and how often it woke.
fn live(reminder: &mut Reminder<Tz>, until: u64) -> (Vec<(u64, Event)>, u64) {
    let (mut happened, mut wakes) = (Vec::new(), 0);
    loop {
        let next = reminder.next_change().as_secs().saturating_sub(1000);
        if next > until {
            return (happened, wakes);
        }
        let events = reminder.advance(&at(next, 0));
        happened.extend(events.into_iter().map(|event| (next, event)));
        wakes += 1;
        assert!(wakes < 10_000, "it spins at {next}");
    }
}

#[test]
fn it_calls_after_each_stretch_and_wakes_once_a_minute() {
    let mut reminder = every_50(always());
    assert_eq!(reminder.view(&at(0, 0)), View::In(50));
    assert_eq!(reminder.view(&at(1, 0)), View::In(50));
    assert_eq!(reminder.view(&at(38 * MIN, 0)), View::In(12));
    let (happened, wakes) = live(&mut reminder, 50 * MIN);
    assert_eq!(happened, [(50 * MIN, Event::Call)]);
    assert_eq!(wakes, 50);
    assert_eq!(reminder.view(&at(51 * MIN, 0)), View::Due);
    // Nobody answers: again after as long, and nothing in between.
    let (happened, wakes) = live(&mut reminder, 100 * MIN);
    assert_eq!(happened, [(100 * MIN, Event::Call)]);
    assert!(wakes <= 2, "{wakes}");
    let (happened, _) = live(&mut reminder, 150 * MIN);
    assert_eq!(happened, [(150 * MIN, Event::Call)]);
}

#[test]
fn snoozed_it_comes_ten_minutes_later() {
    let mut reminder = every_50(always());
    live(&mut reminder, 50 * MIN);
    reminder.snooze(&at(52 * MIN, 0));
    assert_eq!(reminder.view(&at(52 * MIN, 0)), View::In(10));
    let (happened, _) = live(&mut reminder, 62 * MIN);
    assert_eq!(happened, [(62 * MIN, Event::Call)]);
    // Ahead of time, it moves what is to come.
    let mut reminder = every_50(always());
    reminder.snooze(&at(0, 0));
    assert_eq!(reminder.view(&at(0, 0)), View::In(60));
}

#[test]
fn a_break_that_was_taken_counts_anew() {
    let mut reminder = every_50(always());
    live(&mut reminder, 50 * MIN);
    reminder.took_a_break(&at(55 * MIN, 0));
    assert_eq!(reminder.view(&at(55 * MIN, 0)), View::In(50));
}

#[test]
fn a_machine_that_slept_had_a_break() {
    let mut reminder = every_50(always());
    live(&mut reminder, 49 * MIN);
    assert_eq!(reminder.advance(&at(80 * MIN, 30 * MIN)), [Event::Slept]);
    assert_eq!(reminder.view(&at(80 * MIN, 30 * MIN)), View::In(50));
    // Also while it was due.
    let mut reminder = every_50(always());
    live(&mut reminder, 50 * MIN);
    assert_eq!(reminder.advance(&at(80 * MIN, 29 * MIN)), [Event::Slept]);
    // A blink of sleep is none.
    let mut reminder = every_50(always());
    assert_eq!(reminder.advance(&at(49 * MIN, 4)), []);
    assert_eq!(reminder.view(&at(49 * MIN, 4)), View::In(2));
}

#[test]
fn without_a_clock_for_sleep_a_turn_that_comes_late_was_one() {
    let blind = |seconds| Now {
        boot: None,
        ..at(seconds, 0)
    };
    let mut reminder = every_50(always());
    assert_eq!(reminder.advance(&blind(MIN + 4)), []);
    assert_eq!(reminder.advance(&blind(10 * MIN)), [Event::Slept]);
    assert_eq!(reminder.view(&blind(10 * MIN)), View::In(50));
}

#[test]
fn outside_of_working_hours_it_is_quiet_and_hardly_wakes() {
    let mut reminder = every_50(hours("09:00:00", "17:30:00", "mon-fri"));
    // Monday from 10:00 to 17:30 is seven hours and a half; the ninth call would fall on the end.
    let (happened, _) = live(&mut reminder, 23 * 60 * MIN - 1);
    let calls = happened.iter().filter(|(_, event)| *event == Event::Call);
    assert_eq!(calls.count(), 8);
    assert_eq!(happened.last(), Some(&(450 * MIN, Event::Closed)));
    let tomorrow = DateTime::parse_from_rfc3339("2026-11-24T09:00:00+01:00").unwrap();
    assert_eq!(reminder.view(&at(500 * MIN, 0)), View::Off(Some(tomorrow)));
    let (happened, wakes) = live(&mut reminder, 23 * 60 * MIN);
    assert_eq!(happened, [(23 * 60 * MIN, Event::Opened)]);
    assert!(wakes <= 1, "{wakes}");
    assert_eq!(reminder.view(&at(23 * 60 * MIN, 0)), View::In(50));
    // Asleep over the end of the day, and over the weekend.
    let mut reminder = every_50(hours("09:00:00", "17:30:00", "mon"));
    let night = at(10 * 60 * MIN, 9 * 60 * MIN);
    assert_eq!(reminder.advance(&night), [Event::Closed]);
    let next = DateTime::parse_from_rfc3339("2026-11-30T09:00:00+01:00").unwrap();
    assert_eq!(reminder.view(&night), View::Off(Some(next)));
}

#[test]
fn hours_over_midnight_are_their_first_days() {
    let night = hours("22:00:00", "06:00:00", "fri");
    let is_in = |text: &str| night.contains(text.parse().unwrap());
    // 27 November 2026 is a Friday.
    assert!(!is_in("2026-11-27T05:59:59"));
    assert!(!is_in("2026-11-27T21:59:59"));
    assert!(is_in("2026-11-27T22:00:00"));
    assert!(is_in("2026-11-28T05:59:59"));
    assert!(!is_in("2026-11-28T06:00:00"));
    assert!(!is_in("2026-11-28T22:00:00"));
    assert!(always().contains("2026-11-28T23:59:59".parse().unwrap()));
}

#[test]
fn changes_of_clocks_move_the_hours_along() {
    let edge = |hours: &Hours, now: &str| {
        let now = DateTime::parse_from_rfc3339(now).unwrap();
        hours.next_edge(&now, &Berlin).unwrap().to_rfc3339()
    };
    // Clocks went forward in the night to 28 March 2027: nine in the morning is nine in the morning.
    let day = hours("09:00:00", "17:30:00", "mon-sun");
    let next = edge(&day, "2027-03-27T18:00:00+01:00");
    assert_eq!(next, "2027-03-28T09:00:00+02:00");
    // A time that was left out comes right after.
    let gap = hours("02:30:00", "05:00:00", "mon-sun");
    let next = edge(&gap, "2027-03-28T01:00:00+01:00");
    assert_eq!(next, "2027-03-28T03:00:00+02:00");
    // One that comes twice: the first.
    let next = edge(&gap, "2026-10-25T00:00:00+02:00");
    assert_eq!(next, "2026-10-25T02:30:00+02:00");
}

#[test]
fn no_day_at_all_never_opens() {
    let never = Hours::new(time("09:00:00"), time("17:00:00"), [false; 7]);
    let mut reminder = every_50(never);
    assert_eq!(reminder.view(&at(0, 0)), View::Off(None));
    let (happened, wakes) = live(&mut reminder, 24 * 60 * MIN);
    assert_eq!(happened, []);
    assert!(wakes <= 26, "{wakes}");
}

#[test]
fn days_are_read_as_people_write_them() {
    let days = |typed: &str| {
        let days = parse_days(typed).ok()?;
        Some(
            days.map(|on| if on { 'x' } else { '-' })
                .iter()
                .collect::<String>(),
        )
    };
    assert_eq!(days("mon-fri").as_deref(), Some("xxxxx--"));
    assert_eq!(days("Sat, sun").as_deref(), Some("-----xx"));
    assert_eq!(days("fri-mon").as_deref(), Some("x---xxx"));
    assert_eq!(days("monday,wed").as_deref(), Some("x-x----"));
    assert_eq!((days("tod"), days(""), days("mon-")), (None, None, None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However often it is looked at in between, it calls at the same moments.
    #[test]
    fn more_looks_change_nothing(looks in proptest::collection::vec(1_u64..10_000, 0..40)) {
        let seen = |extra: &[u64]| {
            let mut reminder = every_50(hours("09:00:00", "12:00:00", "mon-sun"));
            let mut extra: Vec<u64> = extra.to_vec();
            extra.sort_unstable();
            let mut happened = Vec::new();
            for look in extra {
                happened.extend(live(&mut reminder, look).0);
                happened.extend(reminder.advance(&at(look, 0)).into_iter().map(|event| (look, event)));
            }
            happened.extend(live(&mut reminder, 10_000).0);
            happened
        };
        prop_assert_eq!(seen(&looks), seen(&[]));
    }

    /// Whenever the machine slept, and for however long: nothing is due for a whole stretch after it.
    #[test]
    fn after_sleep_a_whole_stretch_is_ahead(before in 0_u64..6000, slept in 6_u64..200_000) {
        let mut reminder = every_50(always());
        live(&mut reminder, before);
        let woken = at(before + slept, slept);
        reminder.advance(&woken);
        prop_assert_eq!(reminder.view(&woken), View::In(50));
    }

    /// It never asks to be woken in the past, nor later than the next change of what it shows.
    #[test]
    fn what_it_shows_stays_until_it_wants_to_be_woken(steps in proptest::collection::vec(1_u64..4000, 1..30)) {
        let mut reminder = every_50(hours("09:30:00", "13:00:00", "mon-sun"));
        let mut now = 0;
        for step in steps {
            now += step;
            reminder.advance(&at(now, 0));
            let next = reminder.next_change();
            prop_assert!(next > at(now, 0).mono);
            let just_before = next.as_secs() - 1000 - 1;
            if just_before > now && just_before < now + 3000 {
                prop_assert_eq!(reminder.view(&at(now, 0)), reminder.view(&at(just_before, 0)));
            }
        }
    }
}

#[test]
fn a_bare_number_is_refused_with_stretches_that_a_person_sits() {
    assert_eq!(
        parse_every("50"),
        Err("'50' is not a duration: give 50m, 1h30m or 45:00 (minutes and seconds)".to_owned())
    );
    for form in ["50m", "1h30m", "45:00"] {
        assert!(EVERY_FORMS.contains(form) && parse_every(form).is_ok());
    }
}
