//! `unkink export`: the log for people and scripts, or as the lossless backup.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::Shell;
use super::new_file::{Trouble, filled, to_file};
use super::out::{Fail, say};
use crate::domain::storage::Failure;
use crate::journal::Journal;

/// Write the whole log out
#[derive(Debug, clap::Args)]
#[command(after_help = "\
json: an array of the visible entries by time, each with rec (its id) and its fields; for\n\
people and scripts.\n\
jsonl: every distinct line of the journal as it stands; the lossless backup.\n\
csv: a header and a row for each visible entry, for spreadsheets: rec, the fields in the\n\
order of src/journal/format.md, and more (a JSON object of what fits no cell). Lists are\n\
parted by '; ' with a backslash before ; and \\ in an item; items and plan are JSON. A cell\n\
that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage\n\
return) has an apostrophe before it, which 'unkink import' takes away again.\n\
A file of the journal that can't be read is named, the others are written, and the exit\n\
code is 1.")]
pub struct Args {
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: Format,
    /// To this file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "output")]
    force: bool,
}

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Format {
    Json,
    Jsonl,
    Csv,
}

/// To standard output, or to a file that only this person can read. 1 when a part of the journal can't be read: what
/// can be is written all the same.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, _) = shell.library();
    let mut journal = Journal::open(&shell.places);
    let fill = |out: &mut dyn Write| match args.format {
        Format::Json => journal.export_json(out),
        Format::Jsonl => journal.export_jsonl(out),
        Format::Csv => journal.export_csv(library.vocabulary(), out),
    };
    let unreadable = match &args.output {
        Some(path) => to_file(path, args.force, fill),
        None => to_stdout(shell, fill),
    }
    .map_err(|trouble| match trouble {
        Trouble::Source(error) => {
            Fail::Failed(format!("{}: {error}", shell.places.journal().display()))
        }
        Trouble::Output(fail) => fail,
    })?;
    for failure in &unreadable {
        say(&format!("not in this export: {failure}"));
    }
    Ok(u8::from(!unreadable.is_empty()))
}

fn to_stdout(
    shell: &mut Shell,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<Vec<Failure>>,
) -> Result<Vec<Failure>, Trouble> {
    let stdout = io::stdout();
    if stdout.is_terminal() {
        // For eyes, and so made safe to show as a whole.
        let mut text = Vec::new();
        let unreadable = fill(&mut text).map_err(Trouble::Source)?;
        shell.out.bytes(&text)?;
        return Ok(unreadable);
    }
    shell.out.flush()?;
    let (_, unreadable) = filled(stdout.lock(), fill, Fail::Output)?;
    Ok(unreadable)
}
