//! Why something is suggested, in one line: only what is so, and no more than the facts allow.

use super::{Candidate, Known, Wish, occasion, suits};
use crate::domain::dose::MUCH_PAIN;
use crate::domain::search::Item;
use crate::domain::technique::Occasion;

/// The parts that hold, joined: what to be careful about, the person's own past, what fits, what is left out.
pub(super) fn of(candidate: &Candidate<'_>, known: &Known<'_>, wish: &Wish) -> String {
    let slug = candidate.item.slug();
    let mut parts: Vec<String> = Vec::new();
    if candidate.is_resting {
        let it = match candidate.item {
            Item::Routine(_) => "a part of it",
            Item::Technique(_) | Item::Topic(_) => "it",
        };
        parts.push(format!(
            "pain rose or was above 6 after {it} this week: lighter or not at all"
        ));
    }
    if let Some(pain) = wish.pain.filter(|pain| pain.get() >= MUCH_PAIN) {
        parts.push(format!("gentle, because pain is {pain}"));
    }
    if known.may_speak() {
        parts.extend(known.past.words(slug));
    }
    if known.favourites.contains(slug) {
        parts.push("a favourite".into());
    }
    parts.extend(not_lately(slug, known));
    parts.extend(fits(candidate, known, wish));
    parts.extend(made_for(candidate, known, wish));
    parts.extend(careful(candidate, known));
    parts.join("; ")
}

/// 'not done yet', 'not done for 12 days'.
fn not_lately(slug: &str, known: &Known<'_>) -> Option<String> {
    let Some((_, day)) = known.past.last_done(slug) else {
        return Some("not done yet".into());
    };
    match (known.today() - day).num_days() {
        // From a day to come: a clock was wrong, and nothing is known.
        ..0 => None,
        0 => Some("done today".into()),
        1 => Some("done yesterday".into()),
        days => Some(format!("not done for {days} days")),
    }
}

/// 'fits 10 minutes, chair, no tools'.
fn fits(candidate: &Candidate<'_>, known: &Known<'_>, wish: &Wish) -> Option<String> {
    let filter = &wish.filter;
    let mut fits: Vec<String> = Vec::new();
    match filter.minutes {
        Some(1) => fits.push("1 minute".into()),
        Some(minutes) => fits.push(format!("{minutes} minutes")),
        None => {}
    }
    fits.extend(met(&filter.position, candidate, known, |technique| {
        &technique.filter.position
    }));
    if !filter.tool.is_empty() {
        let used: Vec<&str> = candidate.tools.iter().copied().collect();
        fits.push(if used.is_empty() {
            "no tools".into()
        } else {
            used.join(" and ")
        });
    }
    fits.extend(met(&filter.purpose, candidate, known, |technique| {
        &technique.filter.purpose
    }));
    (!fits.is_empty()).then(|| format!("fits {}", fits.join(", ")))
}

/// 'made for the evening', when it is.
fn made_for(candidate: &Candidate<'_>, known: &Known<'_>, wish: &Wish) -> Option<String> {
    let made_for = occasion(candidate.item).filter(|made_for| suits(*made_for, known, wish))?;
    let moment = match made_for {
        Occasion::Morning => "the morning",
        Occasion::Evening => "the evening",
        Occasion::Bedtime => "before bed",
        Occasion::AfterDriving => "after driving",
        Occasion::Spasm => "a spasm",
    };
    Some(format!("made for {moment}"))
}

/// Those of the wished words that it has; for what can be done anywhere, all of them.
fn met(
    wished: &[String],
    candidate: &Candidate<'_>,
    known: &Known<'_>,
    words: fn(&crate::domain::technique::Technique) -> &[String],
) -> Option<String> {
    let items = candidate.plan.timeline.items.iter();
    let items = items.filter_map(|item| known.library.technique(&item.technique));
    let has: Vec<&String> = items.flat_map(words).collect();
    let is_open = has.iter().any(|word| *word == "any");
    let met: Vec<&str> = wished
        .iter()
        .filter(|word| is_open || has.contains(word))
        .map(String::as_str)
        .collect();
    (!met.is_empty()).then(|| met.join(" or "))
}

/// What is left out or done more gently with the person's answers.
fn careful(candidate: &Candidate<'_>, known: &Known<'_>) -> Vec<String> {
    let mut parts = Vec::new();
    match &candidate.plan.gaps[..] {
        [] => {}
        [(name, _)] => parts.push(format!("leaves out {name}")),
        gaps => parts.push(format!("leaves out {} of its parts", gaps.len())),
    }
    let care = known.gate.care();
    if care.is_halved {
        parts.push("first week: half the time".into());
    }
    let asks_for_more = |most: u8| match candidate.item {
        Item::Technique(technique) => technique.intensity[1] > most,
        Item::Routine(_) | Item::Topic(_) => false,
    };
    if let Some(most) = care.pressure_max.filter(|most| asks_for_more(*most)) {
        parts.push(format!("pressure at most {most} of 10"));
    }
    parts
}
