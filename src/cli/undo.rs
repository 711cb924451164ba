//! `unkink undo` and `unkink redo`.

use super::Shell;
use super::out::{self, Fail};
use super::store::{Done, Store};
use crate::domain::storage::Act;
use crate::runtime::clock;

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
    let mut store = Store::open(&shell.places);
    let op = args
        .op
        .as_deref()
        .map(|typed| store.resolve_op(typed))
        .transpose()?;
    let done = store.perform(Act::Undo { op }, &clock::now())?;
    tell(&done, shell)
}

/// Does again.
pub fn redo(_: &RedoArgs, shell: &mut Shell) -> Result<u8, Fail> {
    let done = Store::open(&shell.places).perform(Act::Redo, &clock::now())?;
    tell(&done, shell)
}

fn tell(done: &Done, shell: &mut Shell) -> Result<u8, Fail> {
    match done {
        Done::Saved { note, .. } => shell.out.line(note)?,
        Done::Nothing(why) => out::say(why),
    }
    Ok(0)
}
