//! `unkink favourite`: what comes first in the library.

use super::Shell;
use super::args::unknown;
use super::out::Fail;
use crate::journal::Journal;

/// Mark a technique or routine as a favourite
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A name from 'unkink list'
    slug: String,
    /// No longer a favourite
    #[arg(long)]
    off: bool,
}

/// Marks it, or takes the mark away; also from what the library no longer has.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, _) = shell.library();
    let journal = Journal::open(&shell.places);
    let there = library.technique(&args.slug).is_some() || library.routine(&args.slug).is_some();
    let marked = journal.favourites()?.contains(&args.slug);
    let known = there || (args.off && marked);
    if !known {
        return Err(unknown("technique or routine", &args.slug, &library));
    }
    journal.set_favourite(&args.slug, !args.off)?;
    let line = match (args.off, marked) {
        (false, false) => format!("{} is a favourite.", args.slug),
        (false, true) => format!("{} was a favourite already.", args.slug),
        (true, true) => format!("{} is no longer a favourite.", args.slug),
        (true, false) => format!("{} was no favourite.", args.slug),
    };
    shell.out.line(&line)?;
    Ok(0)
}
