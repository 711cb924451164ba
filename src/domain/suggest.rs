//! What now: up to three things that may start and fit, varied, each with the reason in one line.
//!
//! The [gate](super::gate) says what may start; here it is only chosen among that. The order: never first what made pain
//! worse lately (C.4), then what meets the wished side, then what is made for now or for any
//! time, then what needs no tool that nobody has spoken of, then what was not done today, is a favourite, uses the time, was done least lately, is better supported. Having helped puts nothing
//! before anything else (G.4): it only earns one of the three places.

mod past;
mod reason;

use crate::domain::order;
use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, Timelike};

use super::dose::MUCH_PAIN;
use super::gate::{Gate, Plan};
use super::library::Library;
use super::plan::Side;
use super::scale::Scale;
use super::search::{Filter, Item};
use super::technique::{Letter, Occasion};

pub use past::Past;

/// So many are enough to choose from.
pub const MOST: usize = 3;

/// What is wished for. The empty one takes anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// Minutes, place, tools at hand, purpose. `allowed` plays no part: only what may start is suggested.
    pub filter: Filter,
    /// The side that is tight or sore: what has sides comes first, and begins there.
    pub side: Option<Side>,
    /// Pain now.
    pub pain: Option<Scale>,
}

impl Wish {
    /// What goes in passing, in so many minutes: in the chair or standing, with nothing at hand.
    pub fn in_passing(minutes: u32) -> Self {
        Self {
            filter: Filter {
                position: vec!["chair".into(), "standing".into()],
                tool: vec!["none".into()],
                minutes: Some(minutes),
                allowed: true,
                ..Filter::default()
            },
            ..Self::default()
        }
    }
}

/// All that is known when it is chosen.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// What there is.
    pub library: &'a Library,
    /// What may start, now.
    pub gate: Gate<'a>,
    /// What was done, and what came of it.
    pub past: &'a Past,
    /// Slugs that come first.
    pub favourites: &'a BTreeSet<String>,
    /// The moment that it is, as the person's clock shows it.
    pub now: DateTime<FixedOffset>,
}

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Of the technique or routine.
    pub slug: String,
    /// The name that people read.
    pub name: String,
    /// Whether it is a routine.
    pub is_routine: bool,
    /// How well a technique is supported.
    pub evidence: Option<Letter>,
    /// Seconds that it would really take now, get-ready, changes and the halving of the first week included.
    pub real_s: u32,
    /// The side to begin with; `None` where it has no sides or none was wished.
    pub side: Option<Side>,
    /// What is left out of it.
    pub left_out: Vec<String>,
    /// Why this, in one line.
    pub reason: String,
}

/// One that may start and fits.
struct Candidate<'a> {
    item: Item<'a>,
    plan: Plan,
    real_s: u32,
    /// The tools that it needs, each once.
    tools: BTreeSet<&'a str>,
    /// With a tool that was named in the wish.
    uses_named_tool: bool,
    /// With a tool that was neither named nor ever used nor is part of a favourite.
    needs_unknown_tool: bool,
    is_resting: bool,
    /// The most felt pressure or stretch that any part of it asks for (C.5).
    force: u8,
}

/// Up to [`MOST`], best first; none while nothing at all may start.
pub fn suggest(known: &Known<'_>, wish: &Wish) -> Vec<Suggestion> {
    let mut left = candidates(known, wish);
    let mut chosen: Vec<Candidate<'_>> = Vec::new();
    while chosen.len() < MOST {
        let best = (0..left.len()).min_by_key(|at| key(&left[*at], &chosen, known, wish));
        let Some(best) = best else { break };
        chosen.push(left.remove(best));
    }
    let of = |candidate| into_suggestion(candidate, known, wish);
    chosen.into_iter().map(of).collect()
}

/// Which wish to loosen so that something fits, in words; `None` while something does.
pub fn to_loosen(known: &Known<'_>, wish: &Wish) -> Option<String> {
    let fits = |wish: &Wish| !candidates(known, wish).is_empty();
    if fits(wish) {
        return None;
    }
    let without = |loosen: &dyn Fn(&mut Filter)| {
        let mut wish = wish.clone();
        loosen(&mut wish.filter);
        wish
    };
    if !fits(&without(&|filter| *filter = Filter::default())) {
        return Some("nothing may start just now".into());
    }
    let mut ways = Vec::new();
    let more_time = candidates(known, &without(&|filter| filter.minutes = None));
    if let Some(shortest) = more_time.iter().map(|candidate| candidate.real_s).min() {
        let minutes = shortest.div_ceil(60);
        let s = if minutes == 1 { "" } else { "s" };
        ways.push(format!("more time ({minutes} minute{s})"));
    }
    if fits(&without(&|filter| filter.position.clear())) {
        ways.push("another place".into());
    }
    if fits(&without(&|filter| filter.tool.clear())) {
        ways.push("a tool".into());
    }
    if fits(&without(&|filter| filter.purpose.clear())) {
        ways.push("another purpose".into());
    }
    Some(if ways.is_empty() {
        "nothing fits all of this; something does with less of it".into()
    } else {
        format!("nothing fits all of this; {} would help", ways.join(" or "))
    })
}

fn candidates<'a>(known: &Known<'a>, wish: &Wish) -> Vec<Candidate<'a>> {
    let gate = known.gate.clone().with_pain(wish.pain);
    let library = known.library;
    let items = library.items();
    items
        .filter(|item| !library.is_hidden(item.slug()))
        .filter_map(|item| candidate(item, &gate, known, wish))
        .collect()
}

fn candidate<'a>(
    item: Item<'a>,
    gate: &Gate<'_>,
    known: &Known<'a>,
    wish: &Wish,
) -> Option<Candidate<'a>> {
    // The time is measured below, as it would run now.
    let here = Filter {
        minutes: None,
        ..wish.filter.clone()
    };
    let fits = match item {
        Item::Technique(_) => here.fits(item, known.library),
        Item::Routine(routine) => {
            let left = gate.left_of(routine, known.library).routine;
            here.fits(Item::Routine(&left), known.library)
        }
        Item::Topic(_) => false,
    };
    if !fits {
        return None;
    }
    let slugs = [item.slug().to_owned()];
    let side = wish.side.unwrap_or(Side::Left);
    let plan = gate.plan(known.library, &slugs, side).ok()?;
    let real_s = plan.timeline.real_s();
    let is_too_long = |minutes: u32| real_s > minutes.saturating_mul(60);
    if plan.timeline.items.is_empty() || wish.filter.minutes.is_some_and(is_too_long) {
        return None;
    }
    let tools = tools(&plan, known.library);
    let is_named = |tool: &&str| wish.filter.tool.iter().any(|named| named == tool);
    let is_known = |tool: &&str| is_named(tool) || known.past.has_used(tool);
    let is_favourite = known.favourites.contains(item.slug());
    let mut slugs = plan.timeline.items.iter().map(|item| &item.technique);
    Some(Candidate {
        item,
        real_s,
        uses_named_tool: tools.iter().any(is_named),
        needs_unknown_tool: !is_favourite && !tools.iter().all(is_known),
        force: force(&plan, known.library),
        is_resting: slugs.any(|slug| known.past.is_resting(slug)),
        tools,
        plan,
    })
}

fn force(plan: &Plan, library: &Library) -> u8 {
    let items = plan.timeline.items.iter();
    let techniques = items.filter_map(|item| library.technique(&item.technique));
    techniques
        .map(|technique| technique.intensity[1])
        .max()
        .unwrap_or(0)
}

/// The tools that it needs, each once.
fn tools<'a>(plan: &Plan, library: &'a Library) -> BTreeSet<&'a str> {
    let items = plan.timeline.items.iter();
    let techniques = items.filter_map(|item| library.technique(&item.technique));
    let tools = techniques.flat_map(|technique| &technique.filter.tool);
    let tools = tools.map(String::as_str);
    order::set(tools.filter(|tool| *tool != "none"))
}

/// Smaller is better, after what is chosen already.
fn key<'a>(
    candidate: &Candidate<'a>,
    chosen: &[Candidate<'a>],
    known: &Known<'a>,
    wish: &Wish,
) -> impl Ord + use<'a> {
    let heading = candidate.item.heading();
    let alike = chosen
        .iter()
        .filter(|other| other.item.heading() == heading);
    let alike = alike.count();
    let is_off_side = wish.side.is_some() && !candidate.plan.timeline.is_sided();
    let slug = candidate.item.slug();
    let is_favourite = known.favourites.contains(slug);
    let made_for = occasion(candidate.item).filter(|_| !is_favourite);
    let is_untimely = made_for.is_some_and(|made_for| !suits(made_for, known, wish));
    let uses_little =
        |minutes: u32| candidate.real_s.saturating_mul(3) < minutes.saturating_mul(60);
    let done = known.past.last_done(slug);
    let letter = match candidate.item {
        Item::Technique(technique) => technique.evidence,
        // The order of a routine is this project's design.
        Item::Routine(_) | Item::Topic(_) => Letter::D,
    };
    // With much pain what asks least of the body comes first (C.4 names breathing and rest before movement).
    let is_much = wish.pain.is_some_and(|pain| pain.get() >= MUCH_PAIN);
    let force = if is_much { candidate.force } else { 0 };
    // Not three variants of one thing, and one that needs nothing, come before everything but rest.
    let tier = (
        candidate.is_resting,
        lacks_no_tools(candidate, chosen),
        alike >= 2,
        force,
        is_off_side,
        is_untimely,
        candidate.needs_unknown_tool,
    );
    let variety = (unmet(candidate, chosen, known), alike);
    let order = (
        done.is_some_and(|(_, day)| day >= known.today()),
        !is_favourite,
        wish.filter.minutes.is_some_and(uses_little),
        done.map(|(at, _)| at),
        letter,
    );
    (tier, variety, order)
}

/// Whether this, as the last one, would leave all three with tools.
fn lacks_no_tools(candidate: &Candidate<'_>, chosen: &[Candidate<'_>]) -> bool {
    let is_last = chosen.len() + 1 == MOST;
    let none_yet = !chosen.iter().any(|other| other.tools.is_empty());
    is_last && none_yet && !candidate.tools.is_empty()
}

/// After the first one: whether this misses what none so far has. A named tool, something that the person's own ratings
/// speak for, a routine; the first of these counts most.
fn unmet(candidate: &Candidate<'_>, chosen: &[Candidate<'_>], known: &Known<'_>) -> [bool; 3] {
    let wants: [&dyn Fn(&Candidate<'_>) -> bool; 3] = [
        &|one| one.uses_named_tool,
        &|one| known.past.has_fallen(one.item.slug()) && known.may_speak(),
        &|one| matches!(one.item, Item::Routine(_)),
    ];
    wants.map(|has| !chosen.is_empty() && !chosen.iter().any(has) && !has(candidate))
}

fn into_suggestion(candidate: Candidate<'_>, known: &Known<'_>, wish: &Wish) -> Suggestion {
    let reason = reason::of(&candidate, known, wish);
    let item = candidate.item;
    let is_sided = candidate.plan.timeline.is_sided();
    let gaps = candidate.plan.gaps.into_iter();
    Suggestion {
        slug: item.slug().to_owned(),
        name: item.name().to_owned(),
        is_routine: matches!(item, Item::Routine(_)),
        evidence: match item {
            Item::Technique(technique) => Some(technique.evidence),
            Item::Routine(_) | Item::Topic(_) => None,
        },
        real_s: candidate.real_s,
        side: wish.side.filter(|_| is_sided),
        left_out: gaps.map(|(name, _)| name).collect(),
        reason,
    }
}

fn occasion(item: Item<'_>) -> Option<Occasion> {
    match item {
        Item::Technique(technique) => technique.occasion,
        Item::Routine(routine) => routine.occasion,
        Item::Topic(_) => None,
    }
}

/// Whether this is the moment, as far as clock and wish can tell.
fn suits(made_for: Occasion, known: &Known<'_>, wish: &Wish) -> bool {
    let hour = known.now.hour();
    match made_for {
        Occasion::Morning => (4..12).contains(&hour),
        Occasion::Evening => (17..23).contains(&hour),
        Occasion::Bedtime => !(4..20).contains(&hour),
        Occasion::AfterDriving => false,
        Occasion::Spasm => wish.filter.purpose.iter().any(|word| word == "spasm"),
    }
}

impl Known<'_> {
    /// The day that it is.
    fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// Whether the person's own changes may be spoken of: not while a sign is open that locks (G.6).
    fn may_speak(&self) -> bool {
        !self.gate.clinician().any(|sign| sign.locks)
    }
}
