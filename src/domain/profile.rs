//! What a person has answered about themselves: signs, conditions, each with the day of the answer.

use crate::domain::order;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

/// The questions of the gate are asked again after so many days (section C.3 of the facts).
pub const ASK_AGAIN_DAYS: i64 = 28;
/// What changes from day to day is not asked again within this time.
pub const DAILY_HOURS: i64 = 4;

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Yes or no.
    pub yes: bool,
    /// The day of the answer.
    pub on: NaiveDate,
    /// Its moment, where that is known: a hand writes the day alone.
    pub at: Option<DateTime<FixedOffset>>,
    /// The day on which a clinician looked at it.
    pub seen_by_clinician: Option<NaiveDate>,
}

/// What was answered just before a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Which conditions were asked, by id.
    pub asked: BTreeSet<String>,
    /// Which of these hold.
    pub yes: BTreeSet<String>,
}

/// The profile. One that was never answered is empty, which does not mean 'no conditions': the gate is due.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// When all questions of the gate were last answered.
    pub asked_on: Option<NaiveDate>,
    /// The person's own emergency number or words for it, in place of the general ones.
    pub emergency_number: Option<String>,
    /// Answers by the id of the sign or condition, such as 'E1', 'U4', 'K2'.
    pub answers: BTreeMap<String, Answer>,
    /// The answers before the last session.
    pub daily: Option<Daily>,
    /// Answers that are there but can't be read: each counts as a yes until it is given anew.
    pub doubtful: BTreeSet<String>,
    /// Why the whole of it can't be read: it may hold an urgent sign, so all is asked anew.
    pub unreadable: Option<String>,
}

/// What a person says about themselves, as one change of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// These questions were put, and these of them answered with yes.
    Answers {
        /// When.
        at: DateTime<FixedOffset>,
        /// Ids of the questions that were put.
        asked: BTreeSet<String>,
        /// Ids of those answered with yes.
        yes: BTreeSet<String>,
        /// All questions of the gate were put, so that they come again only after [`ASK_AGAIN_DAYS`].
        whole: bool,
    },
    /// A clinician has looked at this sign on this day.
    SeenByClinician(String, NaiveDate),
    /// What was answered just before a session.
    Today(Daily),
}

impl Profile {
    /// Takes in what was said.
    pub fn apply(&mut self, said: &Said) {
        match said {
            Said::Answers {
                at,
                asked,
                yes,
                whole,
            } => {
                let on = at.date_naive();
                for id in asked {
                    self.answer(id, yes.contains(id), on);
                    if let Some(answer) = self.answers.get_mut(id) {
                        answer.at = Some(*at);
                    }
                }
                if let Some(daily) = &mut self.daily {
                    for id in asked.intersection(&daily.asked) {
                        if yes.contains(id) {
                            daily.yes.insert(id.clone());
                        } else {
                            daily.yes.remove(id);
                        }
                    }
                }
                if *whole {
                    self.asked_on = Some(on);
                    self.unreadable = None;
                }
            }
            Said::SeenByClinician(id, on) => {
                self.seen_by_clinician(id, *on);
            }
            Said::Today(daily) => {
                let mut daily = daily.clone();
                // What was answered within the last hours still counts, and from its own time.
                if let Some(before) = self.daily_now(&daily.at) {
                    daily.at = before.at;
                    let kept = order::set(before.asked.difference(&daily.asked).cloned());
                    daily.yes.extend(before.yes.intersection(&kept).cloned());
                    daily.asked.extend(kept);
                }
                self.daily = Some(daily);
            }
        }
    }

    /// Whether this sign or condition was answered with yes, or can't be read, and no clinician has looked at it since.
    pub fn is_open(&self, id: &str) -> bool {
        self.doubtful.contains(id)
            || self.answers.get(id).is_some_and(|answer| {
                let seen = answer.seen_by_clinician;
                answer.yes && seen.is_none_or(|seen| seen < answer.on)
            })
    }

    /// Whether this condition holds, whoever has looked at it.
    pub fn holds(&self, id: &str) -> bool {
        self.doubtful.contains(id) || self.answers.get(id).is_some_and(|answer| answer.yes)
    }

    /// Whether there is an answer to this question, one that can't be read included.
    pub fn has_answer(&self, id: &str) -> bool {
        self.answers.contains_key(id) || self.doubtful.contains(id)
    }

    /// Whether all questions are to be asked: never answered, or [`ASK_AGAIN_DAYS`] ago, or on a day still to come.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.asked_on
            .is_none_or(|on| !(0..ASK_AGAIN_DAYS).contains(&(today - on).num_days()))
    }

    /// Whether this question was answered at or after this moment. An answer of which only the day is known counts as
    /// given when that day began.
    pub fn is_answered_since(&self, id: &str, moment: &DateTime<FixedOffset>) -> bool {
        self.answers.get(id).is_some_and(|answer| match answer.at {
            Some(at) => at >= *moment,
            None => answer.on > moment.date_naive(),
        })
    }

    /// The day-to-day answers while they still count.
    pub fn daily_now(&self, now: &DateTime<FixedOffset>) -> Option<&Daily> {
        self.daily.as_ref().filter(|daily| {
            let age = *now - daily.at;
            age >= TimeDelta::zero() && age < TimeDelta::hours(DAILY_HOURS)
        })
    }

    /// An answer from a day still to come (a day's grace for whoever travels) can't be one: it is in doubt.
    pub fn distrust_the_future(&mut self, today: NaiveDate) {
        let latest = today.succ_opt().unwrap_or(today);
        let is_later = |answer: &Answer| {
            answer.on > latest || answer.seen_by_clinician.is_some_and(|seen| seen > latest)
        };
        let later = self.answers.iter().filter(|(_, answer)| is_later(answer));
        let ids: Vec<String> = later.map(|(id, _)| id.clone()).collect();
        for id in ids {
            self.answers.remove(&id);
            self.doubtful.insert(id);
        }
    }

    /// Takes an answer. A yes given again is a new yes: what a clinician looked at before it says nothing about it.
    pub fn answer(&mut self, id: &str, yes: bool, on: NaiveDate) {
        self.doubtful.remove(id);
        let answer = Answer {
            yes,
            on,
            at: None,
            seen_by_clinician: None,
        };
        self.answers.insert(id.to_owned(), answer);
    }

    /// Notes that a clinician has looked at a sign; false when it was not answered with yes.
    pub fn seen_by_clinician(&mut self, id: &str, on: NaiveDate) -> bool {
        match self.answers.get_mut(id) {
            Some(answer) if answer.yes => {
                answer.seen_by_clinician = Some(on);
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn the_questions_come_again_after_28_days_and_when_the_clock_went_back() {
        let mut profile = Profile::default();
        assert!(profile.is_due(day("2026-11-23")));
        profile.asked_on = Some(day("2026-11-23"));
        for (today, due) in [
            ("2026-11-23", false),
            ("2026-12-20", false),
            ("2026-12-21", true),
            ("2026-11-22", true),
        ] {
            assert_eq!(profile.is_due(day(today)), due, "{today}");
        }
    }

    #[test]
    fn a_sign_stays_open_until_a_clinician_has_looked_at_this_very_answer() {
        let mut profile = Profile::default();
        profile.answer("U8", true, day("2026-11-20"));
        assert!(profile.is_open("U8"));
        assert!(profile.seen_by_clinician("U8", day("2026-11-21")));
        assert!(!profile.is_open("U8"));
        profile.answer("U8", true, day("2026-11-23"));
        assert!(profile.is_open("U8"), "it came again");
        assert!(!profile.seen_by_clinician("U9", day("2026-11-23")));
    }

    #[test]
    fn an_answer_from_a_day_to_come_counts_as_a_yes() {
        let mut profile = Profile::default();
        profile.answer("E1", true, day("2026-11-23"));
        assert!(profile.seen_by_clinician("E1", day("2099-01-01")));
        profile.answer("K2", false, day("2099-11-23"));
        profile.answer("K3", false, day("2026-11-24"));
        profile.distrust_the_future(day("2026-11-23"));
        assert!(profile.is_open("E1") && profile.holds("K2") && !profile.holds("K3"));
    }

    #[test]
    fn what_changes_from_day_to_day_counts_for_four_hours() {
        let at = |text| DateTime::parse_from_rfc3339(text).unwrap_or_default();
        let profile = Profile {
            daily: Some(Daily {
                at: at("2026-11-23T10:00:00+01:00"),
                asked: BTreeSet::new(),
                yes: BTreeSet::new(),
            }),
            ..Profile::default()
        };
        for (now, counts) in [
            ("2026-11-23T13:59:59+01:00", true),
            ("2026-11-23T14:00:00+01:00", false),
            ("2026-11-23T09:59:59+01:00", false),
        ] {
            assert_eq!(profile.daily_now(&at(now)).is_some(), counts, "{now}");
        }
    }
}
