//! The sentences and cells of the page.

use chrono::{Datelike, NaiveDate};

use super::page::{Asked, Block};
use crate::domain::insight::figures::Figures;
use crate::domain::insight::helped::Row;
use crate::domain::insight::middle::{Summary, change_words};
use crate::domain::insight::questions::{
    PEG_CHANGE, ROLAND_MORRIS_CHANGE, peg_change, roland_morris_change,
};
use crate::domain::insight::series::Period;
use crate::domain::insight::told::{Share, Told};
use crate::domain::insight::without::Without;
use crate::domain::insight::words::{Words, name, same_day, some, unrated};
use crate::domain::insight::{between, first_day};
use crate::domain::library::Library;
use crate::domain::log::Log;
use crate::domain::order;
use crate::domain::profile::Profile;
use crate::domain::warning;

/// For whoever has none of their own: nothing medical, only what to talk about.
pub(super) const QUESTIONS: [&str; 4] = [
    "Is there anything in this that you would look at more closely?",
    "Is there anything here that I had better leave out?",
    "What of this may I go on with, and how often?",
    "When should I come back, and for what sooner?",
];

/// So many days without an entry may begin the page.
const EMPTY_DAYS: i64 = 366;
/// So many of the other things done on the days of sessions are named.
const SAME_DAY: usize = 4;
/// So many of the newest answers of a questionnaire are named.
const ANSWERS: usize = 13;

/// The page is for a clinician: the numbers, whatever the app shows.
const NUMBERS: Words = Words { numbers: true };

/// The first day of the page: the one asked for, or the first entry's where that would leave years empty before it.
pub(super) fn from(log: &Log, asked: &Asked) -> NaiveDate {
    let first = first_day(log).unwrap_or(asked.to).min(asked.to);
    if (first - asked.from).num_days() > EMPTY_DAYS {
        first
    } else {
        asked.from
    }
}

/// '23 Nov 2026'.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// '3 h 20 min'.
pub(super) fn minutes(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// '4 (2 to 6, n 7)', '3 and 5', a dash for a gap.
pub(super) fn ratings(summary: Option<Summary>) -> String {
    match summary {
        None => "–".into(),
        Some(one) if one.n == 1 => one.min.to_string(),
        Some(two) if two.n == 2 => format!("{} and {}", two.min, two.max),
        Some(all) => format!("{} ({} to {}, n {})", all.median, all.min, all.max, all.n),
    }
}

/// 'Pain at the median 4 (2 to 6, n 7)'; one or two values are told as values, and of none there is nothing to tell.
pub(super) fn middle(what: &str, summary: Option<Summary>) -> Option<String> {
    let told = ratings(summary);
    match summary?.n {
        1 | 2 => Some(format!("{what} {told}")),
        _ => Some(format!("{what} at the median {told}")),
    }
}

pub(super) fn month(month: &Period) -> Vec<String> {
    vec![
        month.from.format("%b %Y").to_string(),
        ratings(month.pain),
        ratings(month.stress),
        month.sessions.to_string(),
    ]
}

/// One row of what was tried.
pub(super) fn tried(row: &Row<'_>, library: &Library) -> Vec<String> {
    let sessions = match row.stopped {
        0 => row.sessions.to_string(),
        stopped => format!("{}, {stopped} stopped early", row.sessions),
    };
    let mut what = name(row.slug, row.is_routine, library).to_owned();
    if !row.same_day.is_empty() {
        let most = row.same_day.len().min(SAME_DAY);
        let done = same_day(&row.same_day[..most]);
        what = format!("{what}; on the same days: {done}");
    }
    vec![
        what,
        sessions,
        in_short(&row.pain) + &by_itself(&row.pain, row.pain_without),
        in_short(&row.stress) + &by_itself(&row.stress, row.stress_without),
    ]
}

/// What days without a session did, where a median is told (G.4).
fn by_itself(told: &Told, without: Option<Without>) -> String {
    let without = without.filter(|_| told.has_median());
    without.map_or_else(String::new, |Without { n, median }| {
        let change = change_words(median);
        format!("; without a session, on {n} days that began alike: {change}")
    })
}

/// What may be told, as short as a cell wants it.
fn in_short(told: &Told) -> String {
    let Told::Enough(enough) = told else {
        return NUMBERS.told(told);
    };
    let (low, high) = (enough.interval.low.into(), enough.interval.high.into());
    let mut parts = vec![format!(
        "{} at the median, n {} (rough guide: {} to {})",
        change_words(enough.median),
        enough.pairs.len(),
        change_words(low),
        change_words(high)
    )];
    let shares = [("meaningfully lower", enough.fell), ("worse", enough.rose)];
    parts.extend(shares.into_iter().filter_map(|(how, share)| {
        let share = share.filter(Share::may_be_told)?;
        let left_out = match share.left_out {
            0 => String::new(),
            count => format!(" ({count} could not)"),
        };
        Some(format!(
            "{how} after {} of {}{left_out}",
            share.count, share.of
        ))
    }));
    parts.extend(unrated(enough.unrated));
    parts.join("; ")
}

pub(super) fn questionnaires(figures: &Figures<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let pegs = &figures.answered.pegs;
    let scored = pegs
        .iter()
        .map(|peg| (peg.day, format!("{:.1}", peg.score())));
    if let Some(answers) = answers(&scored.collect::<Vec<_>>()) {
        lines.push(format!(
            "PEG, 0 to 10, over the week before (Krebs 2009, M4){answers}"
        ));
    }
    if let Some(change) = peg_change(pegs) {
        lines.push(format!("PEG {}. {PEG_CHANGE}.", change.words("30 %")));
    }
    let scores = &figures.answered.roland_morris;
    let scored = scores.iter().map(|one| (one.day, one.score.to_string()));
    if let Some(answers) = answers(&scored.collect::<Vec<_>>()) {
        lines.push(format!("Roland-Morris, 0 to 24 (M6){answers}"));
    }
    if let Some(change) = roland_morris_change(scores) {
        let by = change.words("5 points or 30 %");
        lines.push(format!("Roland-Morris {by}. {ROLAND_MORRIS_CHANGE}."));
    }
    lines
}

/// ': 4.3 (1 Nov), 4 (8 Nov)', with years where there are two; of many the newest, said with the first of all, which
/// the change is counted from. `None` of none.
fn answers(scored: &[(NaiveDate, String)]) -> Option<String> {
    let ((first, begun), (last, _)) = (scored.first()?, scored.last()?);
    let form = if first.year() == last.year() {
        "%-d %b"
    } else {
        "%-d %b %Y"
    };
    let told = |(on, score): &(NaiveDate, String)| format!("{score} ({})", on.format(form));
    let (older, newest) = scored.split_at(scored.len().saturating_sub(ANSWERS));
    let newest: Vec<String> = newest.iter().map(told).collect();
    let newest = newest.join(", ");
    Some(if older.is_empty() {
        format!(": {newest}")
    } else {
        let (of, first) = (scored.len(), first.format(form));
        format!(", the first of {of} {begun} ({first}), the newest {ANSWERS}: {newest}")
    })
}

/// What the entries raised, question by question, then which are answered with yes.
pub(super) fn flags(log: &Log, profile: &Profile, library: &Library, asked: &Asked) -> Vec<String> {
    let mut raised: Vec<(&str, String, NaiveDate)> = Vec::new();
    for entry in between(log, asked.from, asked.to) {
        let Some(day) = entry.day() else { continue };
        for sign in warning::of_entry(entry) {
            raised.push((sign.id, sign.why, day));
        }
    }
    order::by(&mut raised, Ord::cmp);
    raised.dedup();
    let mut lines: Vec<String> = (raised.chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1)))
        .map(|days| {
            let (id, why, _) = &days[0];
            let on = days.iter().rev().take(3).map(|(.., one)| day(*one));
            let on: Vec<String> = on.collect();
            let times = some(days.len() as u64, "day");
            format!(
                "Logged: {why}, on {times} (latest {}): asks '{}'",
                on.join(", "),
                question(id, library)
            )
        })
        .collect();
    for (id, answer) in profile.answers.iter().filter(|(_, answer)| answer.yes) {
        let seen = match answer.seen_by_clinician {
            Some(on) => format!("; a clinician looked at it on {}", day(on)),
            None => String::new(),
        };
        lines.push(format!(
            "Answered yes on {}: {}{seen}",
            day(answer.on),
            question(id, library)
        ));
    }
    lines
}

fn question(id: &str, library: &Library) -> String {
    let safety = library.safety();
    let emergency = safety
        .emergency
        .signs
        .iter()
        .map(|sign| (sign.id, sign.sign));
    let clinician = safety
        .clinician
        .signs
        .iter()
        .map(|sign| (sign.id, sign.sign));
    let conditions = safety.conditions.iter().map(|one| (one.id, one.condition));
    let mut all = emergency.chain(clinician).chain(conditions);
    let found = all.find(|(known, _)| *known == id);
    found.map_or(id, |(_, text)| text).to_owned()
}

/// The sources that the page names, each with its citation.
pub(super) fn sources(blocks: &[Block], library: &Library) -> Vec<String> {
    let mut named = String::new();
    for block in blocks {
        match block {
            Block::Text(text) | Block::Small(text) => named += text,
            Block::List(lines) | Block::Beside(_, lines) => {
                named += &lines.join(" ");
            }
            _ => {}
        }
        named.push(' ');
    }
    let is_id = |c: char| c.is_ascii_alphanumeric();
    let ids = order::set(named.split(|c| !is_id(c)));
    let known = library
        .sources()
        .iter()
        .filter(|source| ids.contains(source.id));
    known
        .map(|source| format!("{}: {}", source.id, source.citation))
        .collect()
}
