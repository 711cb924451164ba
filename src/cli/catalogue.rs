//! Techniques, routines and cards as rows, with what the safety answers, the favourites and the log say about each.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::Shell;
use super::gate;
use super::out::{Fail, Out};
use super::store::Store;
use crate::domain::dose;
use crate::domain::gate::{Reason, Standings, off};
use crate::domain::length::{routine_real_s, technique_real_s};
use crate::domain::library::Library;
use crate::domain::log::last_done;
use crate::domain::order;
use crate::domain::profile::Profile;
use crate::domain::search::{Item, Preference, Query};
use crate::domain::technique::Letter;
use crate::domain::time::clock_text;
use crate::sys::clock;

/// Everything there is to choose from, and what decides between it.
pub struct Catalogue {
    pub library: Library,
    pub profile: Profile,
    store: Store,
    favourites: BTreeSet<String>,
    standings: Standings,
    off: BTreeSet<String>,
    resting: BTreeSet<String>,
    last_done: HashMap<String, i64>,
}

impl Catalogue {
    /// Read anew; what is odd is told.
    pub fn read(shell: &Shell) -> Self {
        let (library, troubles) = shell.library();
        super::out::say_each(&troubles);
        let profile = gate::profile(shell, &library);
        let store = Store::read(&shell.places);
        let standings = gate::gate(&library, &profile).standings(&library);
        let resting = dose::resting(store.entries(), &clock::now().wall);
        Self {
            favourites: store.favourites(),
            off: off(&standings),
            resting: order::set(resting.into_iter().map(str::to_owned)),
            last_done: last_done(store.entries()),
            standings,
            library,
            profile,
            store,
        }
    }

    /// What the query finds, best first, under the headings of the groups.
    pub fn find_grouped(&self, query: &Query) -> Vec<(&str, Vec<Row<'_>>)> {
        let last_done = |slug: &str| self.last_done.get(slug).copied();
        let groups = self
            .library
            .find_grouped(query, &self.preference(&last_done));
        let groups = groups.into_iter();
        groups
            .map(|group| {
                let items = group.items.iter();
                (group.heading, items.map(|item| self.row(*item)).collect())
            })
            .collect()
    }

    /// Slugs marked as favourites.
    pub fn favourites(&self) -> &BTreeSet<String> {
        &self.favourites
    }

    /// The log, oldest first.
    pub fn entries(&self) -> &[crate::domain::record::Entry] {
        self.store.entries()
    }

    fn preference<'a>(&'a self, last_done: &'a dyn Fn(&str) -> Option<i64>) -> Preference<'a> {
        Preference {
            favourites: &self.favourites,
            off: &self.off,
            resting: &self.resting,
            last_done,
        }
    }

    /// One thing as a row.
    pub fn row<'a>(&'a self, item: Item<'a>) -> Row<'a> {
        row(
            item,
            item.heading(),
            &self.library,
            &self.favourites,
            &self.standings,
        )
    }
}

/// One thing of the library, for programs.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    kind: &'static str,
    slug: &'a str,
    name: &'a str,
    group: &'a str,
    pub real_s: Option<u32>,
    evidence: Option<Letter>,
    position: &'a [String],
    tool: &'a [String],
    #[serde(rename = "for")]
    purpose: &'a [String],
    favourite: bool,
    own: bool,
    off: &'a [Reason],
    pub left_out: Vec<&'a str>,
}

/// The line of one thing, and under it why it is off or what it goes without.
pub fn tell(row: &Row, out: &mut Out) -> Result<(), Fail> {
    out.line(&line(row))?;
    if !row.off.is_empty() {
        out.paragraph("    off: ", &gate::words(row.off))
    } else if row.left_out.is_empty() {
        Ok(())
    } else {
        out.paragraph("    without: ", &row.left_out.join(", "))
    }
}

/// Name, length and how well it is supported, in one line.
pub fn line(row: &Row) -> String {
    let mark = if row.favourite { '*' } else { ' ' };
    let length = row.real_s.map_or(String::new(), |s| clock_text(s.into()));
    let letter = row.evidence.map_or(" ", Letter::name);
    let off = if row.off.is_empty() { "" } else { "  [off]" };
    let own = if row.own { "  [yours]" } else { "" };
    format!(
        "{mark} {:<26} {length:>6}  {letter}  {}{own}{off}",
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
