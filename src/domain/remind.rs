//! When a break is due: a stretch of sitting at a time, within working hours. A machine that slept was a break.
//!
//! Like a session it holds anchors on the monotonic clock and counts no ticks. The wall clock only says whether it is a
//! working hour.

use std::time::Duration;

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
    TimeZone, Weekday,
};

use super::session::{LATE, Turn};
use super::time::Now;
use super::when;

/// How much later a put-off break comes.
pub const SNOOZE: Duration = Duration::from_secs(600);
/// The wall clock may be set; so often it is looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(3600);
/// Days looked ahead for the next working hour.
const AHEAD: u64 = 9;

/// What a person may say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// How long to sit between breaks.
    pub every: Duration,
    /// What to offer, by its slug; `None`: what fits then.
    pub routine: Option<String>,
    /// When working hours begin.
    pub from: NaiveTime,
    /// When they end; not after `from`: on the next day.
    pub to: NaiveTime,
    /// On which days they are, from Monday on.
    pub days: [bool; 7],
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            every: Duration::from_secs(50 * 60),
            routine: None,
            from: NaiveTime::MIN,
            to: NaiveTime::MIN,
            days: [true; 7],
        }
    }
}

impl Wish {
    /// When breaks are called at all.
    pub fn hours(&self) -> Hours {
        Hours::new(self.from, self.to, self.days)
    }
}

/// Working hours on some days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    from: NaiveTime,
    /// Not after `from`: on the next day.
    to: NaiveTime,
    /// From Monday on; a stretch over midnight is its first day's.
    days: [bool; 7],
}

impl Hours {
    /// From one time of day to another on these days; equal ones are a whole day.
    pub fn new(from: NaiveTime, to: NaiveTime, days: [bool; 7]) -> Self {
        Self { from, to, days }
    }

    /// Whether this moment, as the clock on the wall shows it, is one of them.
    pub fn contains(&self, local: NaiveDateTime) -> bool {
        let (today, time) = (local.date(), local.time());
        let began_today =
            self.has(today) && time >= self.from && (self.goes_over() || time < self.to);
        let began_before = self.goes_over()
            && time < self.to
            && today.pred_opt().is_some_and(|before| self.has(before));
        began_today || began_before
    }

    fn has(&self, day: NaiveDate) -> bool {
        self.days[day.weekday().num_days_from_monday() as usize]
    }

    fn goes_over(&self) -> bool {
        self.to <= self.from
    }

    /// The next moment at which it may begin or end.
    pub fn next_edge<Z: TimeZone>(
        &self,
        now: &DateTime<FixedOffset>,
        zone: &Z,
    ) -> Option<DateTime<FixedOffset>> {
        let today = now.with_timezone(zone).date_naive();
        let days = (0..=AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
        let edges = days.flat_map(|day| [day.and_time(self.from), day.and_time(self.to)]);
        let moments = edges.filter_map(|edge| moment(edge, zone));
        moments.filter(|moment| moment > now).min()
    }

    /// The next moment at which it begins.
    pub fn next_opening<Z: TimeZone>(
        &self,
        now: &DateTime<FixedOffset>,
        zone: &Z,
    ) -> Option<DateTime<FixedOffset>> {
        let mut at = *now;
        for _ in 0..2 * AHEAD {
            at = self.next_edge(&at, zone)?;
            if self.contains(at.naive_local()) {
                return Some(at);
            }
        }
        None
    }
}

/// When the wall shows this; where clocks go forward over it, right after that; where they show it twice, the first time.
fn moment<Z: TimeZone>(local: NaiveDateTime, zone: &Z) -> Option<DateTime<FixedOffset>> {
    // No change of clocks is longer than a day, and all fall on a quarter of an hour.
    let tries = (0..=96).filter_map(|n| local.checked_add_signed(TimeDelta::minutes(n * 15)));
    let mut found = tries.filter_map(|local| zone.from_local_datetime(&local).earliest());
    found.next().map(|moment| moment.fixed_offset())
}

/// What a stretch may look like.
pub const EVERY_FORMS: &str = "50m, 1h30m or 45:00 (minutes and seconds)";

/// How long to sit between breaks, as typed: '50m', '1h30m'.
pub fn parse_every(typed: &str) -> Result<Duration, String> {
    let seconds = when::parse_duration(typed);
    // Of the same forms, those that fit.
    match seconds.map_err(|why| why.replace(when::DURATION_FORMS, EVERY_FORMS))? {
        0 => Err("a break that never ends; say 50m".into()),
        seconds => Ok(Duration::from_secs(seconds.into())),
    }
}

/// A time of day as typed: '09:00', '24:00'.
pub fn parse_time_of_day(typed: &str) -> Result<NaiveTime, String> {
    // The end of a day is the beginning of the next.
    let typed = if typed == "24:00" { "00:00" } else { typed };
    NaiveTime::parse_from_str(typed, "%H:%M").map_err(|_| "say it as 09:00 or 17:30".to_owned())
}

/// Days of the week as typed: 'mon-fri', 'sat,sun', 'fri-mon'.
pub fn parse_days(typed: &str) -> Result<[bool; 7], String> {
    let mut days = [false; 7];
    for part in typed.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let [first, last] = [first, last].map(|name| name.trim().parse::<Weekday>());
        let (Ok(first), Ok(last)) = (first, last) else {
            return Err(format!(
                "'{}' is no day: say mon-fri or sat,sun",
                part.trim()
            ));
        };
        let mut day = first;
        days[day.num_days_from_monday() as usize] = true;
        while day != last {
            day = day.succ();
            days[day.num_days_from_monday() as usize] = true;
        }
    }
    Ok(days)
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// It is time for a break.
    Call,
    /// The machine slept, which was a break.
    Slept,
    /// Working hours begin.
    Opened,
    /// Working hours are over.
    Closed,
}

/// How things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The next break comes in so many minutes, rounded up.
    In(u64),
    /// It is time for one.
    Due,
    /// These are no working hours; when they begin, if they ever do.
    Off(Option<DateTime<FixedOffset>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// No working hours.
    Off,
    /// The break is due at this monotonic time.
    Counts(Duration),
    /// It was called, and is called again at this monotonic time.
    Called(Duration),
}

/// Counts the stretches and says when a break is due.
#[derive(Debug)]
pub struct Reminder<Z> {
    every: Duration,
    hours: Hours,
    zone: Z,
    state: State,
    turn: Turn,
    /// The monotonic time at which working hours may begin or end.
    edge_at: Duration,
}

impl<Z: TimeZone> Reminder<Z> {
    /// Begins to count now. `every`: at least a second.
    pub fn start(every: Duration, hours: Hours, zone: Z, now: &Now) -> Self {
        let mut reminder = Self {
            every: every.max(Duration::from_secs(1)),
            hours,
            zone,
            state: State::Off,
            turn: Turn::of(now),
            edge_at: now.mono,
        };
        reminder.look_at_the_wall(now);
        reminder
    }

    /// Moves to `now`; what happened, in order.
    pub fn advance(&mut self, now: &Now) -> Vec<Event> {
        let mut events = Vec::new();
        // Without a clock that runs on in sleep, a turn that comes late is all there is to see.
        let slept = match now.boot {
            Some(_) => self.turn.slept(now) > LATE,
            None => now.mono > self.next_change() + LATE,
        };
        self.turn = Turn::of(now);
        let was_off = self.state == State::Off;
        if slept || self.edge_at <= now.mono {
            self.look_at_the_wall(now);
        }
        match self.state {
            State::Off if !was_off => events.push(Event::Closed),
            State::Off => {}
            _ if was_off => events.push(Event::Opened),
            _ if slept => {
                self.begin(now);
                events.push(Event::Slept);
            }
            State::Counts(due) | State::Called(due) if due <= now.mono => {
                self.state = State::Called(now.mono + self.every);
                events.push(Event::Call);
            }
            State::Counts(_) | State::Called(_) => {}
        }
        events
    }

    fn look_at_the_wall(&mut self, now: &Now) {
        let wall = now.wall.with_timezone(&self.zone).fixed_offset();
        let edge = self.hours.next_edge(&wall, &self.zone);
        let left = edge.and_then(|edge| (edge - wall).to_std().ok());
        self.edge_at = now.mono + left.unwrap_or(LOOK_AGAIN).min(LOOK_AGAIN);
        if !self.hours.contains(wall.naive_local()) {
            self.state = State::Off;
        } else if self.state == State::Off {
            self.begin(now);
        }
    }

    fn begin(&mut self, now: &Now) {
        self.state = State::Counts(now.mono + self.every);
    }

    /// A break was taken: counts anew.
    pub fn took_a_break(&mut self, now: &Now) {
        self.turn = Turn::of(now);
        self.begin(now);
        self.look_at_the_wall(now);
    }

    /// Not now: ten minutes later.
    pub fn snooze(&mut self, now: &Now) {
        self.state = match self.state {
            State::Off => State::Off,
            State::Called(_) => State::Counts(now.mono + SNOOZE),
            State::Counts(due) => State::Counts(due.max(now.mono) + SNOOZE),
        };
    }

    /// How things stand, as of the last turn.
    pub fn view(&self, now: &Now) -> View {
        match self.state {
            State::Off => View::Off(self.hours.next_opening(&now.wall, &self.zone)),
            State::Called(_) => View::Due,
            State::Counts(due) => View::In(minutes(due.saturating_sub(now.mono))),
        }
    }

    /// How long it is until a break is due, while that is to come.
    pub fn left(&self, now: &Now) -> Option<Duration> {
        match self.state {
            State::Counts(due) => Some(due.saturating_sub(now.mono)),
            State::Off | State::Called(_) => None,
        }
    }

    /// The monotonic time at which [`Reminder::view`] next changes or something happens: at most once a minute, but for
    /// a stretch that is shorter.
    pub fn next_change(&self) -> Duration {
        let next = match self.state {
            State::Off => return self.edge_at,
            State::Called(again) => again,
            State::Counts(due) => {
                let left = minutes(due.saturating_sub(self.turn.mono));
                due.saturating_sub(Duration::from_secs(left.saturating_sub(1) * 60))
            }
        };
        next.min(self.edge_at)
    }
}

fn minutes(left: Duration) -> u64 {
    let part = u64::from(left.subsec_nanos() > 0);
    (left.as_secs() + part).div_ceil(60)
}

#[cfg(test)]
mod tests;
