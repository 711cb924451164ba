//! What `edit` can say of a session: what it was, how far it came, when it ended, and its parts.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset, TimeDelta};
use clap::ValueEnum;

use crate::cli::args::unknown;
use crate::cli::out::{self, Fail};
use crate::cli::values::put_text;
use crate::domain::library::Library;
use crate::domain::plan::Side;
use crate::domain::record::change::{self, moment};
use crate::domain::record::{Fields, ItemDone, Kind, Status, moment_text};
use crate::domain::time::Now;
use crate::domain::when;

/// Options for sessions alone.
#[derive(Debug, clap::Args)]
pub struct Session {
    /// What the session was
    #[arg(long, value_name = "SLUG", conflicts_with_all = ["routine", "queue"])]
    technique: Option<String>,
    /// What the session was
    #[arg(long, value_name = "SLUG", conflicts_with = "queue")]
    routine: Option<String>,
    /// What the session was: techniques and routines one after the other (repeat or separate by commas)
    #[arg(long, value_name = "SLUG", value_delimiter = ',')]
    queue: Vec<String>,
    /// What was done of each technique (repeat or separate by commas)
    #[arg(long, value_name = "ITEM", value_delimiter = ',')]
    item: Vec<Part>,
    /// How long the session really took
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    active: Option<String>,
    /// How long it was planned to take
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    planned: Option<String>,
    /// How many steps were done, each side for itself
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=i64::from(change::STEPS_MAX)), allow_negative_numbers = true)]
    steps: Option<u32>,
    /// How far the session came
    #[arg(long, value_name = "STATUS")]
    status: Option<Ended>,
    /// Why the session was stopped
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    stopped_because: Option<String>,
    /// Which side came first
    #[arg(long, value_name = "SIDE")]
    side_first: Option<First>,
    /// When the session ended
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    ended: Option<String>,
    /// When pain and stress after it were rated
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    rated: Option<String>,
}

/// What a session's status can be set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
enum Ended {
    Finished,
    Stopped,
}

/// A side of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
enum First {
    Left,
    Right,
}

/// `SLUG=ACTIVE[/PLANNED][:done]`.
#[derive(Debug, Clone)]
struct Part {
    slug: String,
    active_s: u32,
    planned_s: Option<u32>,
    done: bool,
}

impl FromStr for Part {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let (slug, took) = typed.split_once('=').ok_or(
            "give SLUG=ACTIVE, SLUG=ACTIVE/PLANNED or either with ':done', such as six-breaths=90s/2m:done",
        )?;
        let (took, done) = match took.trim().strip_suffix(":done") {
            Some(took) => (took, true),
            None => (took, false),
        };
        let (active, planned) = match took.split_once('/') {
            Some((active, planned)) => (active, Some(planned)),
            None => (took, None),
        };
        Ok(Self {
            slug: slug.trim().to_owned(),
            active_s: when::parse_duration(active)?,
            planned_s: planned.map(when::parse_duration).transpose()?,
            done,
        })
    }
}

/// The field that one of the options here sets, where its name alone does not say it.
pub fn field_of(option: &str) -> Option<&'static str> {
    Some(match option.trim_start_matches('-') {
        "steps" => "steps_done",
        "ended" => "ended_at",
        "rated" => "rated_after_at",
        "item" => "items",
        _ => return None,
    })
}

impl Session {
    /// Puts all but the times, which depend on when the entry began.
    pub fn put(
        &self,
        kind: Kind,
        before: &Fields,
        library: &Library,
        set: &mut Fields,
        unset: &mut Vec<String>,
    ) -> Result<(), Fail> {
        self.put_what(kind, before, library, set, unset)?;
        self.put_lengths(kind, before, library, set)?;
        match self.status {
            Some(Ended::Finished) => {
                set.put("status", &Status::Finished);
                // A reason to stop would contradict it.
                if self.stopped_because.is_none() && kind == Kind::Session {
                    unset.push("stopped_because".to_owned());
                }
            }
            Some(Ended::Stopped) => set.put("status", &Status::Stopped),
            None => {}
        }
        if let Some(because) = &self.stopped_because {
            put_text("stopped_because", because, set, unset)?;
        }
        let is_told = self.active.is_some() || self.status.is_some();
        if is_told && self.item.is_empty() && kind == Kind::Session {
            change::finish_only_item(before, set);
        }
        match self.side_first {
            Some(First::Left) => set.put("side_first", &Side::Left),
            Some(First::Right) => set.put("side_first", &Side::Right),
            None => {}
        }
        Ok(())
    }

    fn put_what(
        &self,
        kind: Kind,
        before: &Fields,
        library: &Library,
        set: &mut Fields,
        unset: &mut Vec<String>,
    ) -> Result<(), Fail> {
        if let Some(slug) = &self.technique {
            kind.takes("technique")?;
            known_technique(slug, library)?;
            change::make_technique(slug, before, set, unset);
        }
        if let Some(slug) = &self.routine {
            kind.takes("routine")?;
            if library.routine(slug).is_none() {
                return Err(unknown("routine", slug, library));
            }
            change::make_routine(slug, set, unset);
        }
        if !self.queue.is_empty() {
            kind.takes("queue")?;
            let slugs: Vec<String> = self.queue.iter().map(|slug| slug.trim().into()).collect();
            let mut known = slugs.iter();
            if let Some(slug) = known
                .find(|slug| library.technique(slug).is_none() && library.routine(slug).is_none())
            {
                return Err(unknown("technique or routine", slug, library));
            }
            if !(2..=change::PARTS_MAX).contains(&slugs.len()) {
                return Err(Fail::Usage(format!(
                    "a queue is 2 to {} techniques or routines; for one give --technique or --routine",
                    change::PARTS_MAX
                )));
            }
            change::make_queue(&slugs, set, unset);
        }
        Ok(())
    }

    fn put_lengths(
        &self,
        kind: Kind,
        before: &Fields,
        library: &Library,
        set: &mut Fields,
    ) -> Result<(), Fail> {
        if !self.item.is_empty() {
            kind.takes("items")?;
            let items = self.items(before, library)?;
            change::make_items(&items, before, set).map_err(Fail::Usage)?;
        }
        if let Some(typed) = &self.active {
            kind.takes("active_s")?;
            let seconds = when::parse_duration(typed).map_err(Fail::Usage)?;
            change::make_active(seconds, before, set);
        }
        if let Some(typed) = &self.planned {
            kind.takes("planned_s")?;
            let seconds = when::parse_duration(typed).map_err(Fail::Usage)?;
            change::make_planned(seconds, before, set);
        }
        if let Some(steps) = self.steps {
            set.put("steps_done", &steps);
        }
        Ok(())
    }

    /// The parts as typed; what was planned for one stays where that is not said.
    fn items(&self, before: &Fields, library: &Library) -> Result<Vec<ItemDone>, Fail> {
        if self.item.len() > change::PARTS_MAX {
            return Err(Fail::Usage(format!(
                "a session has at most {} items",
                change::PARTS_MAX
            )));
        }
        let raw = before.get("items");
        let mut old: Vec<ItemDone> = raw
            .and_then(|raw| serde_json::from_str(raw.get()).ok())
            .unwrap_or_default();
        let mut items = Vec::new();
        for part in &self.item {
            let was = old.iter().position(|item| item.technique == part.slug);
            let was = was.map(|at| old.remove(at));
            // What the library no longer has may still be in the log.
            if was.is_none() {
                known_technique(&part.slug, library)?;
            }
            items.push(ItemDone {
                technique: part.slug.clone(),
                planned_s: part
                    .planned_s
                    .or(was.map(|was| was.planned_s))
                    .unwrap_or(part.active_s),
                active_s: part.active_s,
                done: part.done,
            });
        }
        Ok(items)
    }

    /// Puts when it ended and was rated, once it is known when it began; the fields that were given.
    pub fn put_times(
        &self,
        kind: Kind,
        before: &Fields,
        now: &Now,
        set: &mut Fields,
    ) -> Result<Vec<&'static str>, Fail> {
        let mut given = Vec::new();
        for (name, typed) in [("ended_at", &self.ended), ("rated_after_at", &self.rated)] {
            let Some(typed) = typed else {
                continue;
            };
            kind.takes(name)?;
            let began = moment(set, "started_at").or_else(|| moment(before, "started_at"));
            let at = match began.and_then(|began| first_after(typed, began)) {
                Some(at) => at,
                None => read(typed, now)?,
            };
            set.put(name, &moment_text(&at));
            given.push(name);
        }
        Ok(given)
    }
}

fn known_technique(slug: &str, library: &Library) -> Result<(), Fail> {
    match library.technique(slug) {
        Some(_) => Ok(()),
        None => Err(unknown("technique", slug, library)),
    }
}

/// A time of day alone, by the clocks of the start: of that day, or of the night after it.
fn first_after(typed: &str, began: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    let time = when::clock_time(typed.trim())?;
    let local = began.date_naive().and_time(time);
    let at = local.and_local_timezone(*began.offset()).single()?;
    // Typed to the minute, the minute of the start is none before it.
    if at + TimeDelta::minutes(1) > began {
        return Some(at.max(began));
    }
    // Longer than half a day it is more likely a slip, and is refused as one.
    let next = at.checked_add_signed(TimeDelta::days(1))?;
    let is_near = next.signed_duration_since(began) <= TimeDelta::hours(12);
    Some(if is_near { next } else { at })
}

fn read(typed: &str, now: &Now) -> Result<DateTime<FixedOffset>, Fail> {
    let moment = when::parse_time(typed, &now.wall, &chrono::Local).map_err(Fail::Usage)?;
    if let Some(note) = &moment.note {
        out::say(note);
    }
    Ok(moment.at)
}
