//! What a session without the app leaves on the disk: its start, its progress, its end.

use super::{Over, Ratings};
use crate::cli::out;
use crate::domain::record::{Fields, moment_text};
use crate::domain::session::{PAIN_ROSE, Session};
use crate::domain::time::Now;
use crate::journal::{Journal, Running};
use crate::paths::Places;
use crate::sys::clock;

/// The session's record on the disk.
pub struct Record {
    pub journal: Journal,
    pub running: Running,
    /// The fields of its start; empty for one that was taken up again.
    pub opening: Fields,
}

impl Record {
    /// Writes its start. What could not be saved goes with the end.
    pub fn begin(session: &Session, before: Ratings, places: &Places, now: &Now) -> Self {
        let mut opening = session.opening_fields();
        put(&mut opening, before, "before");
        let mut record = Self {
            journal: Journal::open(places),
            running: Running::new(opening.clone(), now.wall),
            opening,
        };
        if let Err(failure) = record.running.start(&mut record.journal) {
            out::say(&format!(
                "not saved so far: {failure}; the session runs all the same"
            ));
        }
        record
    }

    pub fn progress(&mut self, session: &Session, now: &Now) {
        // Only what a crash could take away; the end is written in any case.
        let _ = self.running.note(&self.journal, &session.checkpoint(now));
    }

    /// `rose`: the pain did (C.4). Whether it is on the disk; if not, what was to be kept is shown.
    pub fn end(mut self, session: &Session, over: &Over, after: Ratings, rose: bool) -> bool {
        let now = clock::now();
        let mut closing = session.closing_fields(over.because(), &now);
        put(&mut closing, after, "after");
        if after != Ratings::default() {
            closing.put("rated_after_at", &moment_text(&now.wall));
        }
        if rose {
            closing.put("stopped_because", PAIN_ROSE);
        }
        let mut all = self.opening;
        for (name, value) in closing.iter() {
            all.put_raw(name, value.to_owned());
        }
        let shown = serde_json::to_string(&all).unwrap_or_default();
        if let Err(failure) = self.running.end(&mut self.journal, Some(closing), now.wall) {
            out::say(&format!("not saved: {failure}; this was to be kept:"));
            out::say_text(&shown);
            return false;
        }
        // A progress file that stays is settled at the next start: its record is no longer running.
        let _ = self.running.settled(&self.journal);
        true
    }
}

fn put(set: &mut Fields, ratings: Ratings, when: &str) {
    for (what, value) in ["pain", "stress"].into_iter().zip(ratings) {
        if let Some(value) = value {
            set.put(&format!("{what}_{when}"), &value.get());
        }
    }
}
