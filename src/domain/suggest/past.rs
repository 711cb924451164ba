//! What a log says about each technique and routine, read once for many choices.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::dose;
use crate::domain::insight::helped::{Pairs, pairs};
use crate::domain::library::Library;
use crate::domain::order;
use crate::domain::record::{Entry, Kind, What};

/// What was done, and what came of it, by slug.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// Seconds since 1970, and the day as it was lived.
    last: HashMap<String, (i64, NaiveDate)>,
    pairs: HashMap<String, Pairs>,
    /// Techniques that made pain worse lately.
    resting: BTreeSet<String>,
    /// Tools of what was done.
    tools: BTreeSet<String>,
}

impl Past {
    /// Of these entries, oldest first.
    pub fn of(entries: &[Entry], library: &Library, now: &DateTime<FixedOffset>) -> Self {
        let last = last_done(entries);
        let used = last.keys().filter_map(|slug| library.technique(slug));
        let tools = used.flat_map(|technique| &technique.filter.tool);
        let resting = dose::resting(entries, now);
        Self {
            tools: order::set(tools.cloned()),
            pairs: pairs(entries),
            resting: order::set(resting.into_iter().map(str::to_owned)),
            last,
        }
    }

    /// When it was last done: seconds since 1970, and the day as it was lived.
    pub(super) fn last_done(&self, slug: &str) -> Option<(i64, NaiveDate)> {
        self.last.get(slug).copied()
    }

    /// What the ratings may be made to say about it.
    pub(super) fn words(&self, slug: &str) -> Option<String> {
        self.pairs.get(slug)?.words()
    }

    /// Whether the ratings speak for it.
    pub(super) fn has_fallen(&self, slug: &str) -> bool {
        self.pairs.get(slug).is_some_and(Pairs::has_fallen)
    }

    /// Whether this technique made pain worse lately.
    pub(super) fn is_resting(&self, slug: &str) -> bool {
        self.resting.contains(slug)
    }

    /// Whether something was done with this tool.
    pub(super) fn has_used(&self, tool: &str) -> bool {
        self.tools.contains(tool)
    }
}

/// What was begun and not left at once, by slug; the items of routines and queues as well.
fn last_done(entries: &[Entry]) -> HashMap<String, (i64, NaiveDate)> {
    let mut last: HashMap<String, _> = HashMap::new();
    let sessions = entries.iter().filter(|entry| entry.kind == Kind::Session);
    for entry in sessions.filter(|entry| entry.active_s != Some(0)) {
        let (Some(at), Some(day)) = (entry.started_at, entry.day()) else {
            continue;
        };
        // Oldest first: the last one stays.
        let when = (at.timestamp(), day);
        let mut note = |slug: &str| match last.get_mut(slug) {
            Some(known) => *known = when,
            None => drop(last.insert(slug.to_owned(), when)),
        };
        if let Some(What::Technique(slug) | What::Routine(slug)) = &entry.what {
            note(slug);
        }
        let items = entry.more.iter().flat_map(|more| &more.items);
        let items = items.filter(|item| item.active_s > 0);
        items.for_each(|item| note(&item.technique));
    }
    last
}
