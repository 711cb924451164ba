//! `unkink report`: the page for the clinician, as one file.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::Shell;
use super::edit::no_entry;
use super::gate;
use super::new_file::{Trouble, to_file};
use super::out::{self, Fail};
use super::store::Store;
use crate::domain::id::Id;
use crate::domain::vocabulary::Vocabulary;
use crate::domain::when;
use crate::report::{self, Asked};
use crate::sys::clock;

/// Write a page for the clinician: how it was, what was tried, what to ask
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The file's ending says how it is written: .html is one page with pictures, without scripts and\n\
links, that prints on A4; .md is plain Markdown.\n\
WHEN: 2026-11-01, yesterday, 90d (today and the 89 days before; the default), 12w or a weekday.\n\
No note is on it but those that --note chooses: 'last', or ids as 'unkink history' shows them,\n\
from before these days as well; each stands there with its day.\n\
Words that can be hidden ('intimacy') are never on it, and --without leaves others out.\n\
Ratings are numbers there, also where the app hides them.\n\
The file holds health data: only you can read it, and it is yours to give away.\n\
A file of the journal that can't be read is named, the page is made of the others, and the exit\n\
code is 1.")]
pub struct Args {
    /// From this day on
    #[arg(
        long,
        value_name = "WHEN",
        allow_hyphen_values = true,
        default_value = "90d"
    )]
    since: String,
    /// To this file, .html or .md
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
    /// An entry whose note is to be on it (repeat or separate by commas)
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    note: Vec<String>,
    /// What you want to ask (repeat)
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    question: Vec<String>,
    /// A word of the log that is not to be on it: alcohol, argument ... (repeat or separate by commas)
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    without: Vec<String>,
}

/// How to write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Markdown,
}

/// Reads the log, writes the file, says where it is.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let form = form(&args.output)?;
    let now = clock::now();
    let today = now.wall.date_naive();
    let from = when::parse_day(&args.since, today).map_err(Fail::Usage)?;
    if from > today {
        return Err(Fail::Usage(format!(
            "--since {} is still to come",
            args.since
        )));
    }
    let (library, troubles) = shell.library();
    out::say_each(&troubles);
    let profile = gate::profile(shell, &library);
    let store = Store::to_read(shell, &library, &now);
    store.tell_troubles();
    let asked = Asked {
        from,
        to: today,
        now: now.wall,
        notes: notes(args, &store, from)?,
        questions: args.question.clone(),
        without: without(args, library.vocabulary())?,
        demo: shell.demo,
    };
    let blocks = report::page(store.log(), &profile, &library, &asked);
    let text = match form {
        Form::Html => report::html(&blocks),
        Form::Markdown => report::markdown(&blocks),
    };
    let fill = |file: &mut dyn Write| file.write_all(text.as_bytes());
    to_file(&args.output, args.force, fill).map_err(|trouble| match trouble {
        Trouble::Source(error) => Fail::Failed(error.to_string()),
        Trouble::Output(fail) => fail,
    })?;
    shell
        .out
        .line(&format!("Written: {}", args.output.display()))?;
    // What could be read is on the page; that it is not all is the exit code's to say.
    Ok(u8::from(store.lacks_a_part()))
}

/// The words to leave out, as the log has them.
fn without(args: &Args, vocabulary: &Vocabulary) -> Result<Vec<String>, Fail> {
    let words = args
        .without
        .iter()
        .map(|typed| match vocabulary.field_of(typed.trim()) {
            Some((_, word)) => Ok(word.to_owned()),
            None => Err(Fail::Usage(format!(
                "--without: '{typed}' is no word of the log's lists"
            ))),
        });
    words.collect()
}

fn form(path: &std::path::Path) -> Result<Form, Fail> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("html" | "htm") => Ok(Form::Html),
        Some("md" | "markdown") => Ok(Form::Markdown),
        _ => Err(Fail::Usage(format!(
            "'{}' says by its ending how to write: give a name that ends in .html or .md",
            path.display()
        ))),
    }
}

/// The entries chosen, each with a note; that one is older than the days of the page is said.
fn notes(args: &Args, store: &Store, from: NaiveDate) -> Result<Vec<Id>, Fail> {
    let chosen = args.note.iter().map(|typed| {
        let entry = store.resolve(typed, || no_entry(typed))?;
        if entry.note().is_none() {
            return Err(Fail::Usage(format!("the entry '{typed}' has no note")));
        }
        if let Some(day) = entry.day().filter(|day| *day < from) {
            out::say(&format!(
                "the note of {day} is from before {from}; it is on the page with its day"
            ));
        }
        Ok(entry.rec.clone())
    });
    chosen.collect()
}
