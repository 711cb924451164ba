//! Kindness in the log: at most one unasked question a day, and numbers that can be hidden.

use crate::app::App;
use crate::app::message::Effect;
use crate::domain::kindness::{self, NUMBERS_HIDDEN};
use crate::domain::storage::Ask;
use crate::domain::time::Now;

/// What stands before the day on which it was last asked how it is.
const ASKED: &str = "asked on ";

impl App {
    /// As it was left.
    pub(in crate::app) fn recall_numbers(&mut self) {
        self.log_pane.numbers_hidden = self.seen.contains(NUMBERS_HIDDEN);
    }

    /// Words in place of numbers, or numbers again. What is written stays as it is.
    pub(in crate::app) fn toggle_numbers(&mut self, effects: &mut Vec<Effect>) {
        let hidden = !self.log_pane.numbers_hidden;
        self.log_pane.numbers_hidden = hidden;
        let name = NUMBERS_HIDDEN.to_owned();
        effects.push(Effect::Ask(if hidden {
            Ask::Seen(name)
        } else {
            Ask::Unseen(name)
        }));
        self.say(if hidden {
            "Words instead of numbers here[; <numbers> shows them again]."
        } else {
            "Numbers are shown again."
        });
    }

    /// What the journal says of an act, without the entry's ratings where numbers are hidden: 'taken back'.
    pub(in crate::app) fn without_numbers(&self, note: String) -> String {
        match note.split_once(": ") {
            Some((what, entry)) if self.log_pane.numbers_hidden => {
                let from = entry.rsplit_once(" from ").map(|(_, time)| time);
                from.map_or(what.to_owned(), |time| {
                    format!("{what}: an entry from {time}")
                })
            }
            _ => note,
        }
    }

    /// At the first start of a day, once the log is read: asks how it is where nothing was logged for a day. An empty log
    /// teaches instead.
    pub(in crate::app) fn greet(&mut self, now: &Now, effects: &mut Vec<Effect>) {
        let today = format!("{ASKED}{}", now.wall.date_naive());
        let is_quiet = kindness::is_quiet(&self.log, &now.wall);
        if self.log.entries().is_empty()
            || self.seen.contains(&today)
            || !(is_quiet || self.is_next_peg_due(now))
        {
            return;
        }
        let is_past = |name: &&String| name.starts_with(ASKED);
        let past: Vec<String> = self.seen.iter().filter(is_past).cloned().collect();
        for name in past {
            self.seen.remove(&name);
            effects.push(Effect::Ask(Ask::Unseen(name)));
        }
        self.seen.insert(today.clone());
        effects.push(Effect::Ask(Ask::Seen(today)));
        // One line a day: how it is comes first.
        self.log_pane.asks_today = is_quiet;
        self.insight.offers_peg = !is_quiet;
    }

    /// Whether the day's question stands in the log pane.
    pub fn asks_how_it_is(&self, now: &Now) -> bool {
        self.log_pane.asks_today && kindness::is_quiet(&self.log, &now.wall)
    }
}
