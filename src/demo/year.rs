//! A year of entries up to now, the same for the same day: for trying out, and for pictures.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, TimeZone};

use super::life::{
    ACTIONS, AT_NOON, BAD_MOODS, DAYS, Day, GOOD_MOODS, Habit, Life, NOTES, OF_AN_EVENING,
    ON_A_DAY_OFF, ON_A_WORKDAY, PLACES, QUALITIES, TAGS,
};
use super::random::Random;
use crate::domain::id::Id;
use crate::domain::library::Library;
use crate::domain::order;
use crate::domain::plan::{Care, Side, Timeline};
use crate::domain::profile::Profile;
use crate::domain::record::{Fields, moment_text};
use crate::domain::session::Session;
use crate::domain::time::Now;

const SEED: u64 = 20_261_123;
/// Seconds between a session's end and its rating.
const RATED_AFTER_S: i64 = 40;

/// Nothing stands against anything: all questions were answered with no, today.
pub fn profile(now: &DateTime<FixedOffset>) -> Profile {
    Profile {
        asked_on: Some(now.date_naive()),
        ..Profile::default()
    }
}

/// The records of the year that ends at `now`, oldest first.
pub fn year(library: &Library, now: &DateTime<FixedOffset>) -> Vec<(Id, Fields)> {
    let mut writer = Writer {
        library,
        now: *now,
        random: Random::new(SEED),
        date: now.date_naive(),
        records: Vec::new(),
    };
    let mut life = Life::default();
    for at in 0..DAYS {
        writer.date = now.date_naive() - TimeDelta::days(i64::from(DAYS - 1 - at));
        let day = life.live(at, writer.date, &mut writer.random);
        if !day.is_away {
            writer.day(at, &day);
        }
    }
    let mut records = writer.records;
    order::by_key(&mut records, |(at, ..)| *at);
    (records.into_iter())
        .map(|(_, rec, fields)| (rec, fields))
        .collect()
}

struct Writer<'a> {
    library: &'a Library,
    now: DateTime<FixedOffset>,
    random: Random,
    date: NaiveDate,
    records: Vec<(DateTime<FixedOffset>, Id, Fields)>,
}

impl Writer<'_> {
    fn day(&mut self, at: u32, day: &Day) {
        if self.random.happens(0.45) {
            self.check_in(day, (7, 5), 0.6, 0.0);
        }
        let works = !day.is_weekend && day.kind.is_none();
        if works && self.random.happens(0.3) {
            self.session(&AT_NOON, day, (12, 25));
        }
        let likely = if day.pain > 3.5 { 0.5 } else { 0.3 };
        if day.kind != Some("ill") && self.random.happens(likely) {
            if let Some(habit) = self.habit() {
                self.session(habit, day, (20, 30));
            }
        } else if self.random.happens(0.5) {
            self.check_in(day, (21, 30), -0.2, -0.8);
        }
        // The first ones came a month later, and one week it was left half done.
        if day.is_sunday && at > 30 && self.random.happens(0.85) {
            self.peg(day);
        }
    }

    fn habit(&mut self) -> Option<&'static Habit> {
        let all: u32 = OF_AN_EVENING.iter().map(|habit| habit.weight).sum();
        let mut at = self.random.below(all);
        OF_AN_EVENING.iter().find(|habit| {
            let found = at < habit.weight;
            at = at.saturating_sub(habit.weight);
            found
        })
    }

    /// Some time after this hour and minute of the day; `None` where that is still to come.
    fn moment(&mut self, (hour, minute): (u32, u32)) -> Option<DateTime<FixedOffset>> {
        let from = NaiveTime::from_hms_opt(hour, minute, 0)?;
        let local =
            self.date.and_time(from) + TimeDelta::seconds(self.random.below(50 * 60).into());
        let moment = self.now.offset().from_local_datetime(&local).single()?;
        (moment < self.now).then_some(moment)
    }

    fn put(&mut self, at: DateTime<FixedOffset>, fields: Fields) {
        let rec = Id::from_bytes(self.random.id(at.timestamp_millis()));
        self.records.push((at, rec, fields));
    }

    fn scale(&mut self, value: f64) -> u8 {
        (value + 0.3 * self.random.swing()).round().clamp(0.0, 10.0) as u8
    }

    fn check_in(&mut self, day: &Day, from: (u32, u32), more_pain: f64, more_stress: f64) {
        let Some(at) = self.moment(from) else {
            return;
        };
        let mut fields = Fields::default();
        fields.put("kind", "check-in");
        fields.put("started_at", &moment_text(&at));
        let pain = self.scale(day.pain + more_pain);
        fields.put("pain", &pain);
        if self.random.happens(0.9) {
            fields.put("stress", &self.scale(day.stress + more_stress));
        }
        if self.random.happens(0.25) {
            fields.put("tightness", &self.scale(day.pain + 0.8));
        }
        if pain > 1 && self.random.happens(0.6) {
            self.put_where(&mut fields);
        }
        self.put_words(day, &mut fields);
        if let Some(kind) = day.kind {
            fields.put("day", &[kind]);
        }
        self.put(at, fields);
    }

    /// Mostly the usual place, and now and then another.
    fn put_where(&mut self, fields: &mut Fields) {
        let usual = self
            .random
            .below(PLACES.len() as u32)
            .min(self.random.below(PLACES.len() as u32));
        fields.put("regions", PLACES[usual as usize]);
        if self.random.happens(0.5) {
            let first = self.random.below(QUALITIES.len() as u32) as usize;
            let next = (first + 1) % QUALITIES.len();
            fields.put(
                "qualities",
                &[QUALITIES[first.min(next)], QUALITIES[first.max(next)]],
            );
        }
    }

    fn put_words(&mut self, day: &Day, fields: &mut Fields) {
        let triggers: &[&str] = if day.is_weekend {
            &ON_A_DAY_OFF
        } else {
            &ON_A_WORKDAY
        };
        self.put_one(0.4, "triggers", triggers, fields);
        self.put_one(0.4, "actions", &ACTIONS, fields);
        let moods: &[&str] = if day.stress > 4.5 {
            &BAD_MOODS
        } else {
            &GOOD_MOODS
        };
        self.put_one(0.35, "mood", moods, fields);
        self.put_one(0.2, "tags", &TAGS, fields);
        if self.random.happens(0.14)
            && let Some(note) = self.random.one(&NOTES)
        {
            fields.put("note", *note);
        }
    }

    fn put_one(&mut self, likelihood: f64, name: &str, of: &[&str], fields: &mut Fields) {
        if self.random.happens(likelihood)
            && let Some(word) = self.random.one(of)
        {
            fields.put(name, &[*word]);
        }
    }

    /// A session as the engine itself would have told it.
    fn session(&mut self, habit: &Habit, day: &Day, from: (u32, u32)) {
        let Some(at) = self.moment(from) else {
            return;
        };
        let side = if self.random.happens(0.5) {
            Side::Left
        } else {
            Side::Right
        };
        let slugs = [habit.slug.to_owned()];
        let Ok(timeline) =
            Timeline::of_slugs(self.library, &slugs, side, |_| true, Care::default())
        else {
            return;
        };
        let stops = self.random.happens(0.06);
        let whole = timeline.real_s();
        let seconds = if stops { whole / 2 } else { whole };
        let end = at + TimeDelta::seconds(seconds.into());
        if end >= self.now {
            return;
        }
        let mut session = Session::start(timeline, &clocks(at, 0));
        let mut fields = session.opening_fields();
        // Second by second: after a longer gap the engine would take it that the machine had slept.
        for second in 1..=seconds {
            session.advance(&clocks(at + TimeDelta::seconds(second.into()), second));
        }
        let because = stops.then_some("the telephone");
        for (name, value) in session
            .closing_fields(because, &clocks(end, seconds))
            .iter()
        {
            fields.put_raw(name, value.to_owned());
        }
        self.put_ratings(habit, day, end, &mut fields);
        self.put(at, fields);
    }

    fn put_ratings(
        &mut self,
        habit: &Habit,
        day: &Day,
        end: DateTime<FixedOffset>,
        fields: &mut Fields,
    ) {
        // One begins when it hurts a little more than usual.
        let pain = self.scale(day.pain + 0.6);
        let stress = self.scale(day.stress + 0.3);
        fields.put("pain_before", &pain);
        fields.put("stress_before", &stress);
        if self.random.happens(0.07) {
            return;
        }
        let pain_change = habit.pain + 0.8 * self.random.swing();
        let stress_change = habit.stress + 0.9 * self.random.swing();
        let after =
            |before: u8, change: f64| (f64::from(before) + change).round().clamp(0.0, 10.0) as u8;
        fields.put("pain_after", &after(pain, pain_change));
        fields.put("stress_after", &after(stress, stress_change));
        fields.put(
            "rated_after_at",
            &moment_text(&(end + TimeDelta::seconds(RATED_AFTER_S))),
        );
    }

    fn peg(&mut self, day: &Day) {
        let Some(at) = self.moment((18, 0)) else {
            return;
        };
        let answers = [0.2, -0.6, -0.9].map(|more| self.scale(day.pain + more));
        let mut fields = Fields::default();
        fields.put("kind", "questionnaire");
        fields.put("started_at", &moment_text(&at));
        fields.put("peg", &answers);
        self.put(at, fields);
    }
}

/// What the clocks would have said so many seconds after the start.
fn clocks(wall: DateTime<FixedOffset>, gone_s: u32) -> Now {
    let mono = Duration::from_secs(gone_s.into());
    Now {
        mono,
        boot: Some(mono),
        wall,
    }
}
