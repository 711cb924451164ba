//! `unkink list`: techniques and routines, searched and filtered.

use serde::Serialize;

use super::Shell;
use super::out::Fail;
use super::store::Store;
use crate::content;
use crate::domain::length::{routine_real_s, technique_real_s};
use crate::domain::library::Library;
use crate::domain::log::last_done;
use crate::domain::search::{Filter, Item, Preference, Query};
use crate::domain::time::clock_text;

/// List techniques, routines and evidence cards (entries of the log: history)
#[derive(Debug, clap::Args)]
#[command(after_help = "\
--json: an array of {kind, slug, name, group, real_s, evidence, position, tool, for,\n\
favourite, own}. kind is technique, routine or topic; real_s is how long it really takes\n\
in seconds, get-ready and changes included. What a kind does not have is null or empty.")]
pub struct Args {
    /// Words to look for; all must be found, each may have a slip
    words: Vec<String>,
    /// What is possible here: chair, standing, floor … (repeat or separate by commas)
    #[arg(long, value_name = "P", value_delimiter = ',')]
    position: Vec<String>,
    /// Tools at hand: none, ball, foam-roller … (repeat or separate by commas)
    #[arg(long, value_name = "T", value_delimiter = ',')]
    tool: Vec<String>,
    /// Whole minutes at most
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
    /// What it should be good for: tension, stress … (repeat or separate by commas)
    #[arg(long = "for", value_name = "X", value_delimiter = ',')]
    purpose: Vec<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// One thing of the library, for programs.
#[derive(Debug, Serialize)]
struct Row<'a> {
    kind: &'static str,
    slug: &'a str,
    name: &'a str,
    group: &'a str,
    real_s: Option<u32>,
    evidence: Option<crate::domain::technique::Letter>,
    position: &'a [String],
    tool: &'a [String],
    #[serde(rename = "for")]
    purpose: &'a [String],
    favourite: bool,
    own: bool,
}

/// Headings with a line for each thing, or JSON.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, troubles) = content::load(&shell.places);
    super::out::say_each(&troubles);
    let words = |list: &[String]| list.iter().map(|word| word.trim().to_lowercase()).collect();
    let query = Query {
        words: args.words.join(" "),
        filter: Filter {
            position: words(&args.position),
            tool: words(&args.tool),
            minutes: args.minutes,
            purpose: words(&args.purpose),
            allowed: false,
        },
    };
    query.filter.check(&library).map_err(Fail::Usage)?;
    let store = Store::read(&shell.places);
    let favourites = store.favourites();
    let last_done = last_done(store.entries());
    let preference = Preference {
        favourites: &favourites,
        off: &std::collections::BTreeSet::new(),
        resting: &std::collections::BTreeSet::new(),
        last_done: &|slug| last_done.get(slug).copied(),
    };
    let groups = library.find_grouped(&query, &preference);
    if args.json {
        let rows = groups.iter().flat_map(|group| {
            let items = group.items.iter();
            items.map(|item| {
                row(
                    *item,
                    group.heading,
                    &library,
                    favourites.contains(item.slug()),
                )
            })
        });
        shell.out.value(&rows.collect::<Vec<_>>())?;
        return Ok(0);
    }
    if groups.is_empty() {
        super::out::say("nothing fits; fewer words or options find more");
    }
    for (at, group) in groups.iter().enumerate() {
        if at > 0 {
            shell.out.line("")?;
        }
        shell.out.heading(group.heading)?;
        for item in &group.items {
            let row = row(
                *item,
                group.heading,
                &library,
                favourites.contains(item.slug()),
            );
            shell.out.line(&line(&row))?;
        }
    }
    Ok(0)
}

fn line(row: &Row) -> String {
    let mark = if row.favourite { '*' } else { ' ' };
    let length = row.real_s.map_or(String::new(), |s| clock_text(s.into()));
    let letter = row.evidence.map_or(' ', letter);
    format!(
        "{mark} {:<26} {length:>6}  {letter}  {}",
        row.slug, row.name
    )
    .trim_end()
    .to_owned()
}

fn letter(letter: crate::domain::technique::Letter) -> char {
    use crate::domain::technique::Letter;
    match letter {
        Letter::A => 'A',
        Letter::B => 'B',
        Letter::C => 'C',
        Letter::D => 'D',
    }
}

fn row<'a>(item: Item<'a>, group: &'a str, library: &Library, favourite: bool) -> Row<'a> {
    let row = Row {
        kind: "topic",
        slug: item.slug(),
        name: item.name(),
        group,
        real_s: None,
        evidence: None,
        position: &[],
        tool: &[],
        purpose: &[],
        favourite,
        own: false,
    };
    match item {
        Item::Technique(technique) => Row {
            kind: "technique",
            real_s: Some(technique_real_s(technique)),
            evidence: Some(technique.evidence),
            position: &technique.filter.position,
            tool: &technique.filter.tool,
            purpose: &technique.filter.purpose,
            own: technique.own,
            ..row
        },
        Item::Routine(routine) => Row {
            kind: "routine",
            real_s: Some(routine_real_s(routine, library)),
            own: routine.own,
            ..row
        },
        Item::Topic(_) => row,
    }
}
