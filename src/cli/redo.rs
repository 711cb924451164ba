//! `unkink redo`.

use super::Shell;
use super::out::Fail;
use super::undo::act;
use crate::domain::storage::Act;

/// Do again what was taken back last
#[derive(Debug, clap::Args)]
#[command(after_help = "--json: as for 'unkink undo'.")]
pub struct Args {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Does again.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    act(Act::Redo, args.json, shell)
}
