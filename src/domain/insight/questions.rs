//! The questionnaires: PEG (M4) with its score, how it changed and when it is due, and Roland-Morris scores (M6).

use chrono::NaiveDate;

use super::between;
use super::middle::change_words;
use crate::domain::log::Log;
use crate::domain::record::{Kind, More};
use crate::domain::scale::Scale;

/// Days from one PEG to the next: it asks about a week, so not more often (F.1).
pub const PEG_EVERY_DAYS: i64 = 7;

/// What is said of PEG's change, with its sources: the share is in common use and was not looked up (F.1).
pub const PEG_CHANGE: &str =
    "30 % is in common use for PEG (from memory, not checked; PEG: M4, M5)";
/// What is said of a change in Roland-Morris, with its sources (F.1).
pub const ROLAND_MORRIS_CHANGE: &str = "5 points or 30 % (M1); 2 or less feels recovered (M10); below 4 and above 20 \
                                        change shows badly (M7)";

/// PEG answered whole: with an answer missing there is none (F.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peg {
    /// The day it was answered.
    pub day: NaiveDate,
    /// Pain, enjoyment of life, general activity: of the week before.
    pub answers: [Scale; 3],
}

impl Peg {
    /// The sum of the answers, 0 to 30: three times the score.
    pub fn sum(&self) -> u8 {
        sum(self.answers)
    }

    /// The mean with one decimal, 0 to 10.
    pub fn score(&self) -> f64 {
        peg_score(self.answers)
    }
}

/// The mean of the three answers with one decimal, 0 to 10 (M4).
pub fn peg_score(answers: [Scale; 3]) -> f64 {
    (f64::from(sum(answers)) * 10.0 / 3.0).round() / 10.0
}

/// 0 to 30: three times the score.
fn sum(answers: [Scale; 3]) -> u8 {
    answers.iter().map(|answer| answer.get()).sum()
}

/// What an entry's questionnaires come to, in parts of a line: 'PEG 4.3 (4, 4, 5)', 'Roland-Morris 7'.
pub fn words(more: &More) -> Vec<String> {
    let peg = more.peg.map(|answers| {
        let [a, b, c] = answers;
        format!("PEG {:.1} ({a}, {b}, {c})", peg_score(answers))
    });
    let roland_morris = more.roland_morris;
    let roland_morris = roland_morris.map(|score| format!("Roland-Morris {score}"));
    peg.into_iter().chain(roland_morris).collect()
}

/// A Roland-Morris score as it was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RolandMorris {
    /// The day it was answered.
    pub day: NaiveDate,
    /// Ticks, 0 to 24.
    pub score: u8,
}

/// How a score moved from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The day and the score of the first.
    pub from: (NaiveDate, f64),
    /// The day and the score of the last.
    pub to: (NaiveDate, f64),
    /// Last minus first, PEG with one decimal.
    pub by: f64,
    /// Whether that is as much as is asked for; the sources stand in [`PEG_CHANGE`] and [`ROLAND_MORRIS_CHANGE`].
    pub judged: Judged,
}

/// Whether a change is as much as is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// A fall by so much or more.
    Lower,
    /// A rise by so much or more.
    Higher,
    /// Less than that.
    Less,
    /// The first was 0: there is no share of it.
    FromZero,
    /// They lie less than a week apart, and each asks about a week.
    TooClose,
}

impl Change {
    /// '1.4 lower, from 4.7 (1 Nov 2026) to 3.3 (15 Nov 2026): 30 % or more'; `asked`: what is asked for, in words.
    pub fn words(&self, asked: &str) -> String {
        let end = |(day, score): (NaiveDate, f64)| format!("{score} ({})", day.format("%-d %b %Y"));
        let by = format!(
            "{}, from {} to {}",
            change_words(self.by),
            end(self.from),
            end(self.to)
        );
        match self.judged {
            Judged::Lower | Judged::Higher => format!("{by}: {asked} or more"),
            Judged::Less => format!("{by}: less than {asked}"),
            Judged::FromZero => format!("{by}: of 0 there is no share"),
            Judged::TooClose => format!("{by}: less than a week apart, so nothing is said of it"),
        }
    }
}

/// Every questionnaire of some days, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answered {
    /// PEG.
    pub pegs: Vec<Peg>,
    /// Roland-Morris.
    pub roland_morris: Vec<RolandMorris>,
}

/// What was answered from `from` to `to`, both included.
pub fn answered(log: &Log, from: NaiveDate, to: NaiveDate) -> Answered {
    let mut all = Answered::default();
    for entry in between(log, from, to).filter(|entry| entry.kind != Kind::Unknown) {
        let (Some(more), Some(day)) = (entry.more.as_deref(), entry.day()) else {
            continue;
        };
        let peg = more.peg.map(|answers| Peg { day, answers });
        all.pegs.extend(peg);
        let score = more.roland_morris.map(|score| RolandMorris { day, score });
        all.roland_morris.extend(score);
    }
    all
}

/// From the first to the last; `None` of fewer than two. 30 % of the first either way counts (F.1).
pub fn peg_change(pegs: &[Peg]) -> Option<Change> {
    let [first, .., last] = pegs else { return None };
    let by = i16::from(sum(last.answers)) - i16::from(sum(first.answers));
    let ends = [(first.day, first.score()), (last.day, last.score())];
    let by_scores = (f64::from(by) * 10.0 / 3.0).round() / 10.0;
    Some(change(
        ends,
        by_scores,
        judged(by, 30, sum(first.answers), None),
    ))
}

/// From the first to the last; `None` of fewer than two. 5 points or 30 % of the first count (M1).
pub fn roland_morris_change(scores: &[RolandMorris]) -> Option<Change> {
    let [first, .., last] = scores else {
        return None;
    };
    let by = i16::from(last.score) - i16::from(first.score);
    let ends = [
        (first.day, first.score.into()),
        (last.day, last.score.into()),
    ];
    Some(change(
        ends,
        by.into(),
        judged(by, 30, first.score, Some(5)),
    ))
}

fn change([from, to]: [(NaiveDate, f64); 2], by: f64, judged: Judged) -> Change {
    let is_close = (to.0 - from.0).num_days() < PEG_EVERY_DAYS;
    Change {
        from,
        to,
        by,
        judged: if is_close { Judged::TooClose } else { judged },
    }
}

fn judged(by: i16, percent: i16, first: u8, points: Option<i16>) -> Judged {
    let is_share = first > 0 && by.abs() * 100 >= percent * i16::from(first);
    let is_enough = is_share || points.is_some_and(|points| by.abs() >= points);
    if is_enough && by < 0 {
        Judged::Lower
    } else if is_enough && by > 0 {
        Judged::Higher
    } else if first == 0 && points.is_none() {
        Judged::FromZero
    } else {
        Judged::Less
    }
}

/// The day of the newest PEG up to today.
pub fn last_peg(log: &Log, today: NaiveDate) -> Option<NaiveDate> {
    let newest = log.entries().iter().rev();
    let mut answered = newest.filter(|entry| {
        let more = entry.more.as_deref();
        entry.kind != Kind::Unknown && more.is_some_and(|more| more.peg.is_some())
    });
    answered.find_map(|entry| entry.day().filter(|day| *day <= today))
}

/// Whether a PEG may be asked: none yet, or the last one a week ago.
pub fn is_peg_due(last: Option<NaiveDate>, today: NaiveDate) -> bool {
    last.is_none_or(|last| !(0..PEG_EVERY_DAYS).contains(&(today - last).num_days()))
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::float_cmp)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn peg(answers: [u8; 3]) -> Peg {
        Peg {
            day: day("2026-11-01"),
            answers: answers.map(|answer| Scale::new(answer).expect("on the scale")),
        }
    }

    fn score(score: u8) -> RolandMorris {
        RolandMorris {
            day: day("2026-11-01"),
            score,
        }
    }

    /// Python 3.12: `[round(sum(a) / 3, 1) for a in ([4, 3, 5], [4, 4, 5], [10, 10, 9], [0, 0, 1], [7, 7, 6])]`
    #[test]
    fn a_peg_score_is_the_mean_with_one_decimal() {
        let scores = [[4, 3, 5], [4, 4, 5], [10, 10, 9], [0, 0, 1], [7, 7, 6]];
        assert_eq!(
            scores.map(|answers| peg(answers).score()),
            [4.0, 4.3, 9.7, 0.3, 6.7]
        );
    }

    #[test]
    fn an_entry_says_what_its_questionnaires_come_to() {
        let mut more = More::default();
        more.peg = Some(peg([4, 4, 5]).answers);
        more.roland_morris = Some(7);
        assert_eq!(words(&more), ["PEG 4.3 (4, 4, 5)", "Roland-Morris 7"]);
        assert!(words(&More::default()).is_empty());
    }

    #[test]
    fn a_peg_changes_by_its_share_of_the_first() {
        let later = |answers| Peg {
            day: day("2026-12-08"),
            ..peg(answers)
        };
        let change = |first, last| peg_change(&[peg(first), peg([9, 9, 9]), later(last)]);
        let of = |first, last| change(first, last).expect("of two");
        assert_eq!(of([4, 3, 3], [3, 2, 2]).judged, Judged::Lower);
        assert_eq!(of([4, 3, 3], [3, 3, 2]).judged, Judged::Less);
        assert_eq!(of([4, 3, 3], [4, 4, 5]).judged, Judged::Higher);
        assert_eq!(of([0, 0, 0], [1, 0, 0]).judged, Judged::FromZero);
        let lower = of([6, 6, 5], [4, 4, 4]);
        assert_eq!(lower.by, -1.7);
        assert_eq!(
            lower.words("30 %"),
            "1.7 lower, from 5.7 (1 Nov 2026) to 4 (8 Dec 2026): less than 30 %"
        );
        assert_eq!(peg_change(&[peg([4, 4, 4])]), None);
        // Each asks about a week.
        let at_once = peg_change(&[peg([6, 6, 6]), peg([1, 1, 1])]);
        assert_eq!(at_once.expect("of two").judged, Judged::TooClose);
    }

    #[test]
    fn roland_morris_changes_by_five_points_or_a_share() {
        let judged = |first, last| {
            let later = RolandMorris {
                day: day("2026-12-08"),
                ..score(last)
            };
            let change = roland_morris_change(&[score(first), later]);
            change.map(|change| change.judged)
        };
        assert_eq!(judged(20, 15), Some(Judged::Lower));
        assert_eq!(judged(20, 16), Some(Judged::Less));
        assert_eq!(judged(10, 7), Some(Judged::Lower));
        assert_eq!(judged(0, 5), Some(Judged::Higher));
        assert_eq!(judged(0, 4), Some(Judged::Less));
    }

    #[test]
    fn a_peg_is_due_a_week_after_the_last_and_not_before() {
        let today = day("2026-11-23");
        assert!(is_peg_due(None, today));
        assert!(!is_peg_due(Some(day("2026-11-23")), today));
        assert!(!is_peg_due(Some(day("2026-11-17")), today));
        assert!(is_peg_due(Some(day("2026-11-16")), today));
        // A day to come: a clock was wrong.
        assert!(is_peg_due(Some(day("2026-11-24")), today));
    }
}
