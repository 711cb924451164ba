//! What an entry that was just saved asks for a second look at: found, told, and remembered until it is answered.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::App;
use super::message::Effect;
use crate::domain::record::Entry;
use crate::domain::storage::Ask;
use crate::domain::time::Now;
use crate::domain::warning::{self, Raised};

/// What stands before a question that a change raised, where it is remembered: `raised TIME ID`. The words that raised it
/// stay in the log alone, from which they can be forgotten.
const MARK: &str = "raised ";
/// What stands for them after a restart.
const WHY: &str = "something that was changed in the log";

impl App {
    /// What an entry raises that it did not raise before: by its words, and by its pain against the week before it.
    pub(super) fn raised_by(
        &self,
        before: Option<&Entry>,
        after: &Entry,
        now: &Now,
    ) -> Vec<Raised> {
        let all = |entry: &Entry| {
            let mut raised = warning::of_entry(entry);
            for one in self.raised_by_pain(entry, now) {
                if raised.iter().all(|known| known.id != one.id) {
                    raised.push(one);
                }
            }
            raised
        };
        let known = before.map(all).unwrap_or_default();
        let mut raised = all(after);
        raised.retain(|new| known.iter().all(|known| known.id != new.id));
        raised
    }

    /// A jump of pain, where the entry is of the last week.
    fn raised_by_pain(&self, entry: &Entry, now: &Now) -> Vec<Raised> {
        let week = TimeDelta::days(7);
        let Some(at) = entry.started_at.filter(|at| *at > now.wall - week) else {
            return Vec::new();
        };
        if entry.pain.or(entry.pain_before).is_none() {
            return Vec::new();
        }
        let near = |known: &&Entry| known.started_at.is_some_and(|known| known > at - week);
        let near = self.log.entries().iter().rev().take_while(near);
        let earlier = near.filter(|known| known.rec != entry.rec);
        let earlier = earlier.filter(|known| known.started_at.is_some_and(|known| known <= at));
        let mut entries: Vec<Entry> = earlier.cloned().collect();
        entries.reverse();
        entries.push(entry.clone());
        warning::of_pain(&entries, &at)
    }

    /// A change may raise what the log alone does not tell, as an answer may be younger than the entry: it is kept until
    /// it is answered, over restarts.
    pub(super) fn remember_raised(
        &mut self,
        raised: &[Raised],
        now: &Now,
        effects: &mut Vec<Effect>,
    ) {
        for new in raised {
            let name = format!("{MARK}{} {}", now.wall.to_rfc3339(), new.id);
            self.seen.insert(name.clone());
            effects.push(Effect::Ask(Ask::Seen(name)));
        }
    }

    /// What was remembered and not answered since, here or by another program.
    pub(super) fn recall_raised(&mut self) {
        for name in &self.seen {
            let Some((at, raised)) = read_mark(name) else {
                continue;
            };
            let is_new = self.raised.iter().all(|known| known.id != raised.id);
            if is_new && !self.profile.is_answered_since(raised.id, &at) {
                self.raised.push(raised);
            }
        }
    }

    /// These were answered: they are not asked for what was saved before.
    pub(super) fn forget_raised(
        &mut self,
        is_answered: impl Fn(&str) -> bool,
        effects: &mut Vec<Effect>,
    ) {
        self.raised.retain(|raised| !is_answered(raised.id));
        let is_mark =
            |name: &&String| read_mark(name).is_some_and(|(_, raised)| is_answered(raised.id));
        let past: Vec<String> = self.seen.iter().filter(is_mark).cloned().collect();
        for name in past {
            self.seen.remove(&name);
            effects.push(Effect::Ask(Ask::Unseen(name)));
        }
    }

    /// What an entry has just raised: an urgent sign is asked about at once (F.3) and stops the clock, the rest is told now
    /// and asked before the next session.
    pub(super) fn look_again(&mut self, raised: Vec<Raised>, now: &Now, effects: &mut Vec<Effect>) {
        let Some(first) = raised.first() else {
            return;
        };
        let why = format!(
            "Worth a second look before the next session: {}.",
            first.why
        );
        let is_urgent = raised.iter().any(|raised| raised.id.starts_with('E'));
        for new in raised {
            if self.raised.iter().all(|known| known.id != new.id) {
                self.raised.push(new);
            }
        }
        if !is_urgent {
            return self.warn(why);
        }
        if self.run().is_some() {
            self.pause(now, effects);
        }
        self.ask_what_was_raised();
    }
}

fn read_mark(name: &str) -> Option<(DateTime<FixedOffset>, Raised)> {
    let (at, id) = name.strip_prefix(MARK)?.split_once(' ')?;
    let at = DateTime::parse_from_rfc3339(at).ok()?;
    let id = warning::known(id)?;
    let why = WHY.to_owned();
    Some((at, Raised { id, why }))
}
