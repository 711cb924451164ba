//! `unkink suggest`: a few things that may start now and fit, best first.

use super::Shell;
use super::args::Fits;
use super::catalogue::{self, Catalogue};
use super::gate;
use super::out::{self, Fail};
use crate::domain::gate::Gate;
use crate::domain::plan::Side;
use crate::domain::search::{Item, Query};
use crate::sys::clock;

/// So many are enough to choose from.
const MOST: usize = 3;

/// Suggest a technique or routine that fits and may start now
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Favourites first, then what was done least lately; what made pain worse within a week comes\n\
last. Only what may start with your answers to the safety questions and within the doses of\n\
the day. --json: an array of rows as in 'unkink list --json', best first.")]
pub struct Args {
    #[command(flatten)]
    fits: Fits,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The best few; refused where nothing may start.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let catalogue = Catalogue::read(shell);
    let query = Query {
        words: String::new(),
        filter: args.fits.filter(true, &catalogue.library)?,
    };
    let (library, profile) = (&catalogue.library, &catalogue.profile);
    let now = clock::now().wall;
    let gate = Gate::new(library.safety(), profile, catalogue.entries(), now);
    if let Some(bar) = gate.bar() {
        return Err(gate::barred(
            &bar,
            library.safety(),
            profile.emergency_number.as_deref(),
        ));
    }
    let may_start = |item: &Item| {
        let slug = [item.slug().to_owned()];
        !matches!(item, Item::Topic(_)) && gate.plan(library, &slug, Side::Left).is_ok()
    };
    let found = catalogue
        .find(&query)
        .into_iter()
        .filter(may_start)
        .take(MOST);
    let rows: Vec<_> = found.map(|item| catalogue.row(item)).collect();
    if args.json {
        shell.out.value(&rows)?;
        return Ok(0);
    }
    if rows.is_empty() {
        out::say("nothing fits now; fewer options find more");
    }
    for row in &rows {
        catalogue::tell(row, &mut shell.out)?;
    }
    Ok(0)
}
