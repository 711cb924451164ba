//! `unkink import`: brings in own exports, and tables from anywhere.

mod input;

use std::path::PathBuf;

use clap::ValueEnum;

use super::Shell;
use super::entry::{self, Alike};
use super::out::{self, Fail, Out};
use crate::domain::library::Library;
use crate::domain::when;
use crate::journal::Journal;
use crate::journal::cells::Reading;
use crate::journal::import::{self, Imported, Input, Refused};
use crate::sys::clock;
use input::{is_empty, look, open};

/// Bring entries in, all or nothing
#[derive(Debug, clap::Args)]
#[command(after_help = "\
It takes what 'unkink export' writes, in all three formats, and CSV with a header from\n\
anywhere. What is here already is left as it is, so a second import changes nothing.\n\
CSV: the first line names the columns, as in 'unkink export --format csv' or as the options\n\
of 'unkink log' are called. One of started_at, or date with or without time (alone it means\n\
noon), is needed, and one value more. Moments are written 2026-11-01 21:30 or with an offset;\n\
a local time that the clocks skipped is refused, of one that came twice the earlier is taken.\n\
Lists are parted by semicolons. Cells may be parted by comma, semicolon or tab. Columns that\n\
mean nothing here are named and kept out; --column 'Pain level=pain' says what one means,\n\
--column 'Day=' keeps one out.\n\
A mistake is told with its line and column, and nothing is imported: exit code 2.\n\
'unkink undo' does not take an import back. All that is new is in one new file,\n\
journal/import-ID.jsonl, which the answer names: without that file it is as if it had not\n\
been imported. Delete it before anything in it is changed; or delete single entries of it\n\
by 'unkink delete'.\n\
--json: an object of dry_run, unit (what is counted: 'lines' of a backup, else 'entries'),\n\
new, new_entries (of lines; else null), known (here already), differing (known, but other\n\
here) and differ (ids of the first few), deleted and forgotten (here, and so kept out of\n\
sight), forgets (entries here that the input erases), unreadable, invalid, notes (a line\n\
each) and file (the new one, or null).")]
pub struct Args {
    /// The file; '-' reads standard input
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
    /// Say what would be imported, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// What it is, where that can't be seen from it
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// What a column of a table means (repeat)
    #[arg(long, value_name = "NAME=FIELD", value_parser = column)]
    column: Vec<(String, String)>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// What is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
enum Format {
    Json,
    Jsonl,
    Csv,
}

fn column(typed: &str) -> Result<(String, String), String> {
    match typed.rsplit_once('=') {
        Some((name, field)) => Ok((name.trim().to_owned(), field.trim().to_owned())),
        None => Err("give NAME=FIELD, such as 'Pain level=pain'".to_owned()),
    }
}

/// Reads, checks, brings in, and says what came.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, _) = shell.library();
    // The name may be other than UTF-8: for people, what can be shown of it.
    let name = args.file.to_string_lossy();
    let file = open(&args.file, &name)?;
    let format = match args.format {
        Some(Format::Json) => import::Format::Json,
        Some(Format::Jsonl) => import::Format::Jsonl,
        Some(Format::Csv) => import::Format::Csv,
        None => look(&file, &args.file, &name)?,
    };
    let is_empty = is_empty(&file).map_err(|error| Fail::Failed(format!("{name}: {error}")))?;
    if is_empty {
        out::say(&format!("{name}: there is nothing in it"));
    }
    if !args.column.is_empty() && format != import::Format::Csv {
        return Err(Fail::Usage("--column is for CSV".into()));
    }
    let input = Input {
        file: &file,
        format,
        reading: Reading {
            words: library.vocabulary(),
            moment: &|text| when::parse_written(text, &chrono::Local),
        },
        columns: &args.column,
    };
    let now = clock::now().wall;
    let mut journal = Journal::open(&shell.places);
    let done = if is_empty {
        Ok(Imported::default())
    } else if args.dry_run {
        journal.try_import(&input, now)
    } else {
        journal.import(&input, now)
    };
    let imported = done.map_err(|refused| refusal(refused, &name))?;
    if args.json {
        let answer = answer(&imported, args.dry_run, format);
        shell.out.value(&answer)?;
    } else {
        tell(&imported, args.dry_run, format, &library, shell)?;
    }
    Ok(0)
}

#[derive(Debug, serde::Serialize)]
struct Answer<'a> {
    dry_run: bool,
    unit: &'a str,
    new: u64,
    new_entries: Option<u64>,
    known: u64,
    differing: u64,
    differ: &'a [String],
    deleted: u64,
    forgotten: u64,
    forgets: u64,
    unreadable: u64,
    invalid: u64,
    notes: &'a [String],
    file: Option<String>,
}

fn answer(done: &Imported, dry_run: bool, format: import::Format) -> Answer<'_> {
    let file = done.file.as_ref();
    Answer {
        dry_run,
        unit: if format == import::Format::Jsonl {
            "lines"
        } else {
            "entries"
        },
        new: done.new,
        new_entries: done.new_entries,
        known: done.known,
        differing: done.differing,
        differ: &done.differ,
        deleted: done.deleted,
        forgotten: done.forgotten,
        forgets: done.forgets,
        unreadable: done.unreadable,
        invalid: done.invalid,
        notes: &done.notes,
        file: file.map(|path| path.to_string_lossy().into_owned()),
    }
}

fn refusal(refused: Refused, name: &str) -> Fail {
    match refused {
        Refused::Disk(failure) => Fail::Failed(format!("nothing was imported: {failure}")),
        Refused::Input(mut why) => {
            let last = why.pop().unwrap_or_default();
            for line in why {
                out::say(&format!("{name}: {line}"));
            }
            Fail::Usage(format!("{name}: {last}; nothing was imported"))
        }
    }
}

fn tell(
    done: &Imported,
    dry_run: bool,
    format: import::Format,
    library: &Library,
    shell: &mut Shell,
) -> Result<(), Fail> {
    let lines = format == import::Format::Jsonl;
    let count = |number| count(number, lines);
    for note in &done.notes {
        out::say(note);
    }
    let did = if dry_run { "Would import" } else { "Imported" };
    let new_entries = |number| match number {
        1 => " (1 new entry)".to_owned(),
        _ => format!(" ({number} new entries)"),
    };
    let entries = done.new_entries.map_or(String::new(), new_entries);
    let out = &mut shell.out;
    if !done.kept_out.is_empty() {
        out.paragraph("Kept out: ", &kept_out(&done.kept_out))?;
    }
    if let (true, Some(entry)) = (dry_run, &done.example) {
        let day = entry.day().map(|day| format!("{day} ")).unwrap_or_default();
        let line = entry::line(entry, &Alike::default(), library);
        out.paragraph("For example: ", &(day + &line))?;
    }
    out.line(&format!("{did}: {}{entries}", count(done.new)))?;
    out.line(&format!("Here already: {}", count(done.known)))?;
    if done.differing > 0 {
        let kept = if lines {
            "both are kept"
        } else {
            "they stay as they are here"
        };
        let (number, listed) = (count(done.differing), done.differ.join(", "));
        out.paragraph(
            "",
            &format!("Other than here: {number} ({listed}); {kept}."),
        )?;
    }
    tell_odd(done, dry_run, lines, out)?;
    way_back(done, dry_run, out)
}

/// What was brought in otherwise than it stood, or not at all; `lines`: counted in lines, as against entries.
fn tell_odd(done: &Imported, dry_run: bool, lines: bool, out: &mut Out) -> Result<(), Fail> {
    for (number, what) in [
        (done.deleted, "deleted here; they stay so"),
        (done.forgotten, "forgotten; kept out"),
        (done.unreadable, "that can't be read; taken as they stand"),
    ] {
        if number > 0 {
            out.line(&format!("{}: {what}.", count(number, lines)))?;
        }
    }
    if done.forgets > 0 {
        let what = if dry_run {
            "would be erased"
        } else {
            "were erased"
        };
        let forgets = done.forgets;
        let told = format!(
            "The input says that {forgets} of the entries here are forgotten: they {what}."
        );
        out.paragraph("", &told)?;
    }
    if done.invalid > 0 {
        let invalid = done.invalid;
        let told = format!("Values that cannot be: {invalid}; shown as invalid, counted nowhere.");
        out.paragraph("", &told)?;
    }
    Ok(())
}

/// Lines of a backup, or entries.
fn count(number: u64, lines: bool) -> String {
    let noun = match (lines, number) {
        (true, 1) => "line",
        (true, _) => "lines",
        (false, 1) => "entry",
        (false, _) => "entries",
    };
    format!("{number} {noun}")
}

/// So many columns are named.
const NAMED: usize = 20;

fn kept_out(columns: &[String]) -> String {
    let named = columns.iter().take(NAMED);
    let named: Vec<String> = named.map(|name| format!("'{name}'")).collect();
    let more = match columns.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let noun = if columns.len() == 1 {
        "the column"
    } else {
        "the columns"
    };
    format!("{noun} {}{more}", named.join(", "))
}

/// An import is no act that undo knows, and so how to take it back is said.
fn way_back(done: &Imported, dry_run: bool, out: &mut Out) -> Result<(), Fail> {
    if let Some(path) = &done.file {
        out.line(&format!("All of it is in {}", path.display()))?;
        out.paragraph(
            "",
            "To take the import back, delete that file before anything in it is changed; 'unkink undo' does not.",
        )?;
    } else if dry_run && done.new > 0 {
        out.paragraph(
            "",
            "All of it would be in one new file, journal/import-ID.jsonl. To take the import back, that file is deleted; \
             'unkink undo' does not.",
        )?;
    }
    if done.forgets > 0 {
        out.line("What is erased stays so.")?;
    }
    Ok(())
}
