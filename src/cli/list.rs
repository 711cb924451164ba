//! `unkink list`: techniques and routines, searched and filtered.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Shell;
use super::gate;
use super::out::{Fail, Out};
use super::store::Store;
use crate::content;
use crate::domain::dose;
use crate::domain::gate::{Reason, Standing};
use crate::domain::length::{routine_real_s, technique_real_s};
use crate::domain::library::Library;
use crate::domain::log::last_done;
use crate::domain::profile::Profile;
use crate::domain::search::{Filter, Item, Preference, Query};
use crate::domain::technique::Letter;
use crate::domain::time::clock_text;
use crate::sys::clock;

/// List techniques, routines and evidence cards (entries of the log: history)
#[derive(Debug, clap::Args)]
#[command(after_help = "\
What your answers to the safety questions take away is marked as off, with every reason;\n\
a routine without some of its items says which. 'unkink safety' shows the answers.\n\
--json: an array of {kind, slug, name, group, real_s, evidence, position, tool, for,\n\
favourite, own, off, left_out}. kind is technique, routine or topic; real_s is how long it\n\
really takes in seconds, get-ready and changes included; off holds {id, words} for each\n\
reason why it may not start; left_out names what a routine goes without. What a kind does\n\
not have is null or empty.")]
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
    /// Hide what is off
    #[arg(long)]
    allowed: bool,
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
    evidence: Option<Letter>,
    position: &'a [String],
    tool: &'a [String],
    #[serde(rename = "for")]
    purpose: &'a [String],
    favourite: bool,
    own: bool,
    off: &'a [Reason],
    left_out: Vec<&'a str>,
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
            allowed: args.allowed,
        },
    };
    query.filter.check(&library).map_err(Fail::Usage)?;
    let store = Store::read(&shell.places);
    let favourites = store.favourites();
    let last_done = last_done(store.entries());
    let standings = standings(&library, &gate::profile(shell, &library));
    let off = standings.iter().filter(|(_, known)| !known.off.is_empty());
    let off: BTreeSet<String> = off.map(|(slug, _)| slug.clone()).collect();
    let resting = dose::resting(store.entries(), &clock::now().wall);
    let resting: BTreeSet<String> = resting.into_iter().map(str::to_owned).collect();
    let preference = Preference {
        favourites: &favourites,
        off: &off,
        resting: &resting,
        last_done: &|slug| last_done.get(slug).copied(),
    };
    let groups = library.find_grouped(&query, &preference);
    let row = |item, group| row(item, group, &library, &favourites, &standings);
    if args.json {
        let rows = groups.iter();
        let rows = rows.flat_map(|group| group.items.iter().map(|item| row(*item, group.heading)));
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
            tell(&row(*item, group.heading), &mut shell.out)?;
        }
    }
    Ok(0)
}

/// How everything of the library stands with the answers, by slug.
type Standings = BTreeMap<String, Standing>;

fn standings(library: &Library, profile: &Profile) -> Standings {
    let gate = gate::gate(library, profile);
    let techniques = library.techniques.iter().map(Item::Technique);
    let items = techniques.chain(library.routines.iter().map(Item::Routine));
    items
        .map(|item| (item.slug().to_owned(), gate.standing(item, library)))
        .collect()
}

/// The line of one thing, and under it why it is off or what it goes without.
fn tell(row: &Row, out: &mut Out) -> Result<(), Fail> {
    out.line(&line(row))?;
    if !row.off.is_empty() {
        out.paragraph("    off: ", &gate::words(row.off))
    } else if row.left_out.is_empty() {
        Ok(())
    } else {
        out.paragraph("    without: ", &row.left_out.join(", "))
    }
}

fn line(row: &Row) -> String {
    let mark = if row.favourite { '*' } else { ' ' };
    let length = row.real_s.map_or(String::new(), |s| clock_text(s.into()));
    let letter = row.evidence.map_or(" ", Letter::name);
    let off = if row.off.is_empty() { "" } else { "  [off]" };
    format!(
        "{mark} {:<26} {length:>6}  {letter}  {}{off}",
        row.slug, row.name
    )
    .trim_end()
    .to_owned()
}

fn row<'a>(
    item: Item<'a>,
    group: &'a str,
    library: &Library,
    favourites: &BTreeSet<String>,
    standings: &'a Standings,
) -> Row<'a> {
    let standing = standings.get(item.slug());
    let gaps = standing.map_or(&[][..], |known| &known.gaps);
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
        favourite: favourites.contains(item.slug()),
        own: false,
        off: standing.map_or(&[], |known| &known.off),
        left_out: gaps.iter().map(|(name, _)| name.as_str()).collect(),
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
