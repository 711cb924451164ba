//! A session that a crash cut off: what is said about it, and what it would go on with.

use chrono::{DateTime, FixedOffset};

use super::Checkpoint;
use crate::domain::library::Library;
use crate::domain::plan::Title;
use crate::domain::record::{Fields, parse_moment};
use crate::domain::time::clock_text;

/// The reason kept with one that is not gone on with.
const BECAUSE: &str = "cut off";

impl Checkpoint {
    /// Whether it had come to its end, so that only its closing line is missing and there is nothing to ask.
    pub fn is_over(&self) -> bool {
        self.detail.ended_at.is_some()
    }

    /// The closing fields for one that is kept as far as it came.
    pub fn kept_fields(&self) -> Fields {
        self.stopped_fields(BECAUSE)
    }

    /// What it went through, by slug.
    pub fn slugs(&self) -> &[String] {
        match &self.title {
            Title::Technique(slug) | Title::Routine(slug) => std::slice::from_ref(slug),
            Title::Queue(slugs) => slugs,
        }
    }

    /// What it was and when it began, and how far it came: two sentences.
    pub fn words(&self, library: &Library, now: &DateTime<FixedOffset>) -> [String; 2] {
        let name = match &self.title {
            Title::Technique(slug) => library.technique(slug).map(|known| &known.name),
            Title::Routine(slug) => library.routine(slug).map(|known| &known.name),
            Title::Queue(_) => None,
        };
        let name = match (&self.title, name) {
            (_, Some(name)) => name.clone(),
            (Title::Technique(slug) | Title::Routine(slug), None) => slug.clone(),
            (Title::Queue(slugs), None) => format!("A queue of {}", slugs.len()),
        };
        let began = parse_moment(&self.started_at).map_or_else(String::new, |at| {
            let format = if at.date_naive() == now.date_naive() {
                ", begun today at %H:%M"
            } else {
                ", begun on %-d %b at %H:%M"
            };
            at.format(format).to_string()
        });
        let steps = match self.steps_done {
            1 => "1 step".to_owned(),
            count => format!("{count} steps"),
        };
        let active = clock_text(self.active_ms / 1000);
        [
            format!("{name}{began}."),
            format!("{steps} and {active} were done."),
        ]
    }
}
