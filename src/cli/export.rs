//! `unkink export`: the log for people and scripts, or as the lossless backup.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::Shell;
use super::out::{Fail, say};
use crate::journal::Journal;

/// Write the whole log out
#[derive(Debug, clap::Args)]
#[command(after_help = "\
json: an array of the visible entries by time, each with rec (its id) and its fields; for\n\
people and scripts.\n\
jsonl: every distinct line of the journal as it stands; the lossless backup.")]
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
}

/// To standard output, or to a file that only this person can read.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let mut journal = Journal::open(&shell.places);
    let mut text = Vec::new();
    let written = match args.format {
        Format::Json => journal.export_json(&mut text),
        Format::Jsonl => journal.export_jsonl(&mut text),
    };
    written.map_err(|error| {
        let dir = shell.places.journal();
        Fail::Failed(format!("{}: {error}", dir.display()))
    })?;
    if args.format == Format::Json {
        for failure in journal.unreadable() {
            say(&failure.to_string());
        }
    }
    let Some(path) = &args.output else {
        shell.out.bytes(&text)?;
        return Ok(0);
    };
    write(path, &text, args.force).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Fail::Failed(format!(
            "{} is there already; --force replaces it",
            path.display()
        )),
        _ => Fail::Failed(format!("{}: {error}", path.display())),
    })?;
    Ok(0)
}

/// All or nothing: beside the file first, then into its place.
fn write(path: &Path, text: &[u8], force: bool) -> io::Result<()> {
    if !force && path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let mut options = OpenOptions::new();
    let file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&beside);
    let written = file.and_then(|mut file| {
        file.write_all(text)?;
        file.sync_all()?;
        if force {
            fs::rename(&beside, path)
        } else {
            // Unlike a rename, a link never takes the place of a file that came meanwhile.
            fs::hard_link(&beside, path).and_then(|()| fs::remove_file(&beside))
        }
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}
