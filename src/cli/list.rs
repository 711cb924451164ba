//! `unkink list`: techniques and routines, searched and filtered.

use super::Shell;
use super::args::Fits;
use super::catalogue::{self, Catalogue};
use super::out::Fail;
use crate::domain::search::Query;

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
    #[command(flatten)]
    fits: Fits,
    /// Hide what is off
    #[arg(long)]
    allowed: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Headings with a line for each thing, or JSON.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let catalogue = Catalogue::read(shell);
    let query = Query {
        words: args.words.join(" "),
        filter: args.fits.filter(args.allowed, &catalogue.library)?,
    };
    let groups = catalogue.find_grouped(&query);
    if args.json {
        let rows: Vec<_> = groups.into_iter().flat_map(|(_, rows)| rows).collect();
        shell.out.value(&rows)?;
        return Ok(0);
    }
    if groups.is_empty() {
        super::out::say("nothing fits; fewer words or options find more");
    }
    for (at, (heading, rows)) in groups.iter().enumerate() {
        if at > 0 {
            shell.out.line("")?;
        }
        shell.out.heading(heading)?;
        for row in rows {
            catalogue::tell(row, &mut shell.out)?;
        }
    }
    Ok(0)
}
