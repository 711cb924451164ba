//! `unkink validate`: whether files of techniques and routines can be used, and what is wrong where not.

use std::path::PathBuf;

use serde::Serialize;

use super::Shell;
use super::out::Fail;
use crate::content::validate::{self, Verdict};
use crate::content::{self, Kind};
use crate::domain::length::{routine_real_s, technique_real_s};
use crate::domain::library::Library;
use crate::domain::search::Item;
use crate::domain::time::clock_text;

/// Check files of your own techniques and routines
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each file is checked as if it lay among your own, together with the others named: a routine\n\
may be made of techniques that stand beside it. For a directory each .toml file in it, and in\n\
the directories in it, is checked; with nothing named, everything of your own is.\n\
A mistake is a line on standard output: FILE:LINE: what is wrong. Exit code 1 when there is\n\
one. --template prints a technique to start from, every field explained; 'unkink show SLUG\n\
--toml' prints one that is there.\n\
--json: an array of {file, kind (technique, routine, or null where it can't be read), slug,\n\
name, real_s (seconds it really takes; these three null where something is wrong), mistakes\n\
({line, why}; line is null where it is about the whole file)}.")]
pub struct Args {
    /// Files, or directories of them
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    /// Print a technique's file with every field explained
    #[arg(long, conflicts_with_all = ["json", "files"])]
    template: bool,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    file: String,
    kind: Option<&'static str>,
    slug: Option<&'a str>,
    name: Option<&'a str>,
    real_s: Option<u32>,
    mistakes: Vec<Mistake<'a>>,
}

#[derive(Debug, Serialize)]
struct Mistake<'a> {
    line: Option<usize>,
    why: &'a str,
}

/// A line for each file, or several where it is wrong; 1 if any is.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    if args.template {
        shell.out.text(content::TEMPLATE.trim_end())?;
        return Ok(0);
    }
    let (verdicts, library) = validate::validate(&shell.places, &args.files);
    let rows: Vec<_> = verdicts.iter().map(|one| row(one, &library)).collect();
    if args.json {
        shell.out.value(&rows)?;
    } else {
        if rows.is_empty() {
            super::out::say("there are no files of your own; 'unkink paths' says where they go");
        }
        for (verdict, row) in verdicts.iter().zip(&rows) {
            for trouble in &verdict.troubles {
                shell.out.line(&trouble.to_string())?;
            }
            if let (Some(kind), Some(slug), Some(real_s)) = (row.kind, row.slug, row.real_s) {
                let time = clock_text(real_s.into());
                let line = format!("{}: fine: the {kind} '{slug}', {time}", row.file);
                shell.out.line(&line)?;
            }
        }
    }
    let wrong = verdicts.iter().any(|one| !one.troubles.is_empty());
    Ok(u8::from(wrong))
}

fn row<'a>(verdict: &'a Verdict, library: &Library) -> Row<'a> {
    let fine = verdict.fine.as_ref();
    let item = fine.and_then(|(slug, _)| library.item(slug));
    let mistakes = verdict.troubles.iter().map(|trouble| Mistake {
        line: trouble.line,
        why: &trouble.why,
    });
    Row {
        file: verdict.path.display().to_string(),
        kind: verdict.kind.map(|kind| match kind {
            Kind::Technique => "technique",
            Kind::Routine => "routine",
        }),
        slug: fine.map(|(slug, _)| slug.as_str()),
        name: fine.map(|(_, name)| name.as_str()),
        real_s: item.and_then(|item| match item {
            Item::Technique(technique) => Some(technique_real_s(technique)),
            Item::Routine(routine) => Some(routine_real_s(routine, library)),
            Item::Topic(_) => None,
        }),
        mistakes: mistakes.collect(),
    }
}
