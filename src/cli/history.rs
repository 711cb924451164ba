//! `unkink history`: the log, newest first.

use chrono::NaiveDate;

use super::Shell;
use super::entry;
use super::out::{self, Fail};
use super::store::Store;
use crate::content;
use crate::domain::record::Entry;
use crate::domain::when;
use crate::sys::clock;

/// Show the log, newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
WHEN: 2026-11-01, today, yesterday, 7d (today and the six days before), 2w, or a weekday\n\
(the latest such day). Days are whole and inclusive at both ends.\n\
--json: an array of entries by time, oldest first, each with rec (its id) and its fields,\n\
exactly as in 'export --format json'.")]
pub struct Args {
    /// From this day on
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    since: Option<String>,
    /// Up to this day
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    until: Option<String>,
    /// At most this many, counted from the newest
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// A heading for each day with its entries, or JSON.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let today = clock::now().wall.date_naive();
    let day = |typed: &Option<String>| {
        let day = typed.as_deref().map(|typed| when::parse_day(typed, today));
        day.transpose().map_err(Fail::Usage)
    };
    let (since, until) = (day(&args.since)?, day(&args.until)?);
    let store = Store::read(&shell.places);
    store.tell_troubles();
    let mut entries: Vec<&Entry> = store
        .entries()
        .iter()
        .filter(|entry| is_within(entry.day(), since, until))
        .collect();
    let surplus = entries
        .len()
        .saturating_sub(args.limit.unwrap_or(usize::MAX));
    entries.drain(..surplus);
    if args.json {
        let recs: Vec<_> = entries.iter().map(|entry| entry.rec.clone()).collect();
        shell.out.json(&store.json_array(&recs)?)?;
        return Ok(0);
    }
    if entries.is_empty() {
        out::say(if store.entries().is_empty() {
            "no entries yet; 'unkink log 4' makes one"
        } else {
            "no entries in that time"
        });
        return Ok(0);
    }
    let (library, _) = content::load(&shell.places);
    let ids = store.short_ids();
    let mut shown: Option<Option<NaiveDate>> = None;
    for entry in entries.iter().rev() {
        let day = entry.day();
        if shown != Some(day) {
            if shown.is_some() {
                shell.out.line("")?;
            }
            let heading = day.map_or("without a readable time".into(), |day| {
                when::day_text(day, today)
            });
            shell.out.heading(&heading)?;
            shown = Some(day);
        }
        let line = entry::line(entry, &library);
        let id = ids.get(&entry.rec).map_or("", String::as_str);
        shell.out.line(&format!("  {line}  {id}"))?;
    }
    Ok(0)
}

fn is_within(day: Option<NaiveDate>, since: Option<NaiveDate>, until: Option<NaiveDate>) -> bool {
    let Some(day) = day else {
        return since.is_none() && until.is_none();
    };
    since.is_none_or(|since| day >= since) && until.is_none_or(|until| day <= until)
}
