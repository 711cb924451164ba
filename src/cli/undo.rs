//! `unkink undo`, and what `unkink redo` shares with it.

use super::Shell;
use super::out::{self, Fail};
use super::store::{Store, perform};
use crate::domain::storage::Act;
use crate::journal::Outcome;
use crate::sys::clock;

/// Take back the newest act of this machine, or the one named
#[derive(Debug, clap::Args)]
#[command(after_help = "\
An act is an entry made, changed or deleted here, the newest first by the order of writing;\n\
'unkink redo' does it again. An import is none: 'unkink import --help' says how it is taken\n\
back.\n\
--json: an object of done (whether there was something to take back), rec (the entry's id),\n\
op (the line written) and words (what was done, or why not); rec and op are null where\n\
nothing was done.")]
pub struct Args {
    /// The id of a line in the journal; none: the newest act of this machine
    #[arg(value_name = "OP")]
    op: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Takes back.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let op = match &args.op {
        Some(typed) => Some(Store::read(&shell.places).resolve_op(typed)?),
        None => None,
    };
    act(Act::Undo { op }, args.json, shell)
}

#[derive(Debug, serde::Serialize)]
struct Answer {
    done: bool,
    rec: Option<String>,
    op: Option<String>,
    words: String,
}

/// Does it and tells.
pub(super) fn act(act: Act, json: bool, shell: &mut Shell) -> Result<u8, Fail> {
    let outcome = perform(&shell.places, act, &clock::now())?;
    if json {
        let answer = match outcome {
            Outcome::Done { rec, op, note } => Answer {
                done: true,
                rec: Some(rec.to_string()),
                op: Some(op.to_string()),
                words: note,
            },
            Outcome::Nothing(why) => Answer {
                done: false,
                rec: None,
                op: None,
                words: why,
            },
        };
        shell.out.value(&answer)?;
        return Ok(0);
    }
    match outcome {
        Outcome::Done { note, .. } => shell.out.line(&note)?,
        Outcome::Nothing(why) => out::say(&why),
    }
    Ok(0)
}
