//! `unkink delete`: hides an entry; `unkink undo` brings it back.

use std::io::{BufRead, IsTerminal, Write};

use super::Shell;
use super::edit::no_entry;
use super::entry::{self, Alike};
use super::out::Fail;
use super::saved;
use super::store::Store;
use crate::domain::storage::Act;
use crate::journal::Outcome;
use crate::sanitize;
use crate::sys::clock;

/// Take an entry out of the log; 'unkink undo' brings it back
#[derive(Debug, clap::Args)]
#[command(after_help = "\
ID: 'last' (the newest by its own time, as it stands first in 'unkink history'; not the one\n\
written last), or any unique start or end of an entry's id of at least 4 characters, as\n\
'unkink history' shows it. 'unkink undo' takes back the one written last.\n\
--json: the entry as it was, as in 'history --json'.\n\
It asks once; --yes answers. Where nobody can be asked, --yes is needed.\n\
A deleted entry stays in the files, so that it can be brought back; 'unkink forget' erases.")]
pub struct Args {
    /// Which entry
    id: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Asks, deletes, and says how to bring it back.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, _) = shell.library();
    let now = clock::now();
    let mut store = Store::read(&shell.places);
    let entry = store.resolve(&args.id, || no_entry(&args.id))?.clone();
    if !args.yes {
        let day = entry
            .started_at
            .map(|at| at.format("%Y-%m-%d ").to_string());
        let alike = Alike::among(store.entries().iter());
        let line = day.unwrap_or_default() + &entry::line(&entry, &alike, &library);
        if !asked(&format!("Delete: {line}"), shell.no_input)? {
            return Err(Fail::Failed("nothing was deleted".into()));
        }
    }
    let was = store.json(&entry.rec);
    let act = Act::Delete {
        rec: entry.rec.clone(),
    };
    if let Outcome::Nothing(why) = store.perform(act, &now)? {
        return Err(Fail::Failed(why));
    }
    if args.json {
        shell.out.json(&was)?;
        return Ok(0);
    }
    let line = saved::line("Deleted", &entry, &library, &now);
    shell.out.line(&line)?;
    shell.out.line("'unkink undo' brings it back.")?;
    Ok(0)
}

/// One question on the terminal; only a yes is one. Without a terminal it fails and names the flag that answers.
fn asked(what: &str, no_input: bool) -> Result<bool, Fail> {
    let stdin = std::io::stdin();
    if no_input || !stdin.is_terminal() {
        return Err(Fail::Usage("nobody can be asked: --yes answers".into()));
    }
    let told = |error: std::io::Error| Fail::Failed(format!("the terminal: {error}"));
    let mut stderr = std::io::stderr().lock();
    write!(stderr, "{}? y/N ", sanitize::line(what)).map_err(told)?;
    stderr.flush().map_err(told)?;
    let mut answer = String::new();
    stdin.lock().read_line(&mut answer).map_err(told)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
