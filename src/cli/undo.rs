//! `unkink undo` and `unkink redo`.

use super::Shell;
use super::out::{self, Fail};
use super::store::{Store, perform};
use crate::domain::storage::Act;
use crate::journal::Outcome;
use crate::sys::clock;

/// Take back the newest act of this machine, or the one named
#[derive(Debug, clap::Args)]
pub struct UndoArgs {
    /// The id of a line in the journal; none: the newest act of this machine
    #[arg(value_name = "OP")]
    op: Option<String>,
}

/// Do again what was taken back last
#[derive(Debug, clap::Args)]
pub struct RedoArgs {}

/// Takes back.
pub fn undo(args: &UndoArgs, shell: &mut Shell) -> Result<u8, Fail> {
    let op = match &args.op {
        Some(typed) => Some(Store::read(&shell.places).resolve_op(typed)?),
        None => None,
    };
    act(Act::Undo { op }, shell)
}

/// Does again.
pub fn redo(_: &RedoArgs, shell: &mut Shell) -> Result<u8, Fail> {
    act(Act::Redo, shell)
}

fn act(act: Act, shell: &mut Shell) -> Result<u8, Fail> {
    match perform(&shell.places, act, &clock::now())? {
        Outcome::Done { note, .. } => shell.out.line(&note)?,
        Outcome::Nothing(why) => out::say(&why),
    }
    Ok(0)
}
