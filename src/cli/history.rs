//! `unkink history`: the log, newest first.

use chrono::NaiveDate;

use super::Shell;
use super::args::unknown;
use super::entry::{self, Alike};
use super::out::{self, Fail};
use super::store::Store;
use crate::domain::find::{self, Find};
use crate::domain::library::Library;
use crate::domain::record::{Entry, Kind};
use crate::domain::when;
use crate::sys::clock;

/// Show the log, newest first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
WHEN: 2026-11-01, today, yesterday, 7d (today and the six days before), 2w, or a weekday\n\
(the latest such day). Days are whole and inclusive at both ends.\n\
Every word of --text must be found, in notes, tags, places and names; its beginning will do,\n\
and a slip is forgiven where nothing fits without. --limit counts what was found.\n\
A time of day has its offset from UTC where clocks showed it at two moments.\n\
--json: an array of entries by time, oldest first, each with rec (its id) and its fields,\n\
exactly as in 'export --format json'.")]
pub struct Args {
    /// From this day on
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    since: Option<String>,
    /// Up to this day
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    until: Option<String>,
    /// With these words
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// With this tag, or word of the lists (repeat or separate by commas: any of them)
    #[arg(long, value_name = "T", value_delimiter = ',')]
    tag: Vec<String>,
    /// Felt or travelling there: belt-line, belt-line:left, foot ... (any of them)
    #[arg(long = "where", value_name = "R", value_delimiter = ',')]
    places: Vec<String>,
    /// Of this technique or routine (any of them)
    #[arg(long, value_name = "SLUG", value_delimiter = ',')]
    technique: Vec<String>,
    /// Of this kind: session, check-in, questionnaire, plan (any of them)
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = find::kind)]
    kind: Vec<Kind>,
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
    if let (Some(since), Some(until)) = (since, until)
        && since > until
    {
        return Err(Fail::Usage(format!(
            "--since {since} is later than --until {until}: no day lies between them"
        )));
    }
    let (library, _) = shell.library();
    let store = Store::read(&shell.places);
    store.tell_troubles();
    let wanted = Find {
        since,
        until,
        ..find(args, &library, store.entries())?
    };
    let mut entries = wanted.among(store.entries(), &library);
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
        out::say(&if store.entries().is_empty() {
            store.none_yet("no entries yet; 'unkink log 4' makes one")
        } else {
            "no such entries".to_owned()
        });
        return Ok(0);
    }
    days(&entries, &store, &library, today, shell)
}

/// A heading for each day with its entries, newest first.
fn days(
    entries: &[&Entry],
    store: &Store,
    library: &Library,
    today: NaiveDate,
    shell: &mut Shell,
) -> Result<u8, Fail> {
    let ids = store.short_ids();
    let alike = Alike::among(entries.iter().copied());
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
        let line = entry::line(entry, &alike, library);
        let id = ids.get(&entry.rec).unwrap_or_default();
        shell.out.line(&format!("  {line}  {id}"))?;
    }
    Ok(0)
}

/// What is looked for, but for the days. The error names a word that is none.
fn find(args: &Args, library: &Library, entries: &[Entry]) -> Result<Find, Fail> {
    let words = library.vocabulary();
    let typed = |list: &[String]| -> Vec<String> {
        let list = list.iter().map(|word| word.trim().to_owned());
        list.filter(|word| !word.is_empty()).collect()
    };
    let places = typed(&args.places);
    let places = places.iter().map(|place| find::place(place, words));
    let places: Result<_, String> = places.collect();
    let techniques = typed(&args.technique);
    for slug in &techniques {
        // What the library no longer has may still be in the log.
        let known = library.technique(slug).is_some() || library.routine(slug).is_some();
        if !known
            && !entries
                .iter()
                .any(|entry| find::slugs(entry).any(|done| done == slug))
        {
            return Err(unknown("technique or routine", slug, library));
        }
    }
    let tags = typed(&args.tag);
    Ok(Find {
        text: args.text.clone().unwrap_or_default(),
        tags: tags.iter().map(|tag| find::tag(tag, words)).collect(),
        places: places.map_err(Fail::Usage)?,
        techniques,
        kinds: args.kind.clone(),
        ..Find::default()
    })
}
