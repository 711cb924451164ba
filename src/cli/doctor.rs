//! `unkink doctor`: what is wrong with the files, if anything.

use serde::Serialize;

use super::Shell;
use super::out::{Fail, Out};
use crate::content;
use crate::domain::record::parse_moment;
use crate::journal::Journal;
use crate::journal::doctor::{Machine, Problem, Report};

/// Look for trouble in the journal and in your own files
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code 1 when something was found.\n\
--json: an object of journal (its directory), files, machines (how many), seen (for each\n\
{id, own, files, last_at}), lines, unreadable_lines, newer_lines, visible, deleted,\n\
forgotten, waiting, problems ({file, line, byte, rec, reason, advice}; what does not apply\n\
is left out) and content (lines about your own techniques and routines).")]
pub struct Args {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The journal's report with what is wrong with the person's own files.
#[derive(Debug, Serialize)]
struct Found<'a> {
    #[serde(flatten)]
    journal: &'a Report,
    content: &'a [String],
}

/// Tells what was found; 1 if anything was.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (_, content) = content::load(&shell.places);
    let report = Journal::open(&shell.places).doctor();
    let found = Found {
        journal: &report,
        content: &content,
    };
    if args.json {
        shell.out.value(&found)?;
    } else {
        tell(&found, &mut shell.out)?;
    }
    Ok(u8::from(!report.problems.is_empty() || !content.is_empty()))
}

fn tell(found: &Found, out: &mut Out) -> Result<(), Fail> {
    let report = found.journal;
    out.line(&format!("journal     {}", report.journal))?;
    let counts = [
        ("files", report.files.len() as u64),
        ("machines", report.machines as u64),
        ("lines", report.lines),
        ("entries", report.visible),
        ("deleted", report.deleted),
        ("forgotten", report.forgotten),
        ("waiting", report.waiting),
        ("unreadable", report.unreadable_lines),
        ("newer", report.newer_lines),
    ];
    for (name, count) in counts {
        out.line(&format!("{name:<11} {count}"))?;
    }
    for machine in &report.seen {
        out.line(&last_seen(machine))?;
    }
    if !report.seen.is_empty() && report.seen.iter().all(|machine| !machine.own) {
        let text = "this machine has no file here yet; it makes one when it next writes. If it wrote here before, its \
                    state directory was lost ('unkink paths' says where that is): nothing of the log is, but what it \
                    wrote counts as another machine's, and undo does not reach it without its id";
        out.paragraph("", text)?;
    }
    for name in nobodys(report) {
        out.line(&format!("a copy       read as well  {name}"))?;
    }
    for problem in &report.problems {
        out.paragraph("- ", &format!("{}: {}", place(problem), problem.reason))?;
        out.paragraph("  ", &problem.advice)?;
    }
    for line in found.content {
        out.paragraph("- ", line)?;
    }
    if report.problems.is_empty() && found.content.is_empty() {
        out.line("nothing is wrong")?;
    }
    Ok(())
}

/// When a machine last wrote, by its own clock and as it lived that moment.
fn last_seen(machine: &Machine) -> String {
    let who = if machine.own {
        "this machine"
    } else {
        "another"
    };
    let when = match machine.last_at.as_deref() {
        None => "without a readable time".into(),
        Some(text) => parse_moment(text).map_or_else(
            || text.to_owned(),
            |at| at.format("%Y-%m-%d %H:%M").to_string(),
        ),
    };
    let files = machine.files.join(", ");
    format!("{who:<12} last wrote {when}  {files}")
}

/// Files that a tool set aside or a hand put there: neither a machine's nor an import.
fn nobodys(report: &Report) -> Vec<&str> {
    let of_machines = |name: &String| report.seen.iter().any(|one| one.files.contains(name));
    let names = report.files.iter().map(|file| &file.name);
    names
        .filter(|name| !of_machines(name) && !name.starts_with("import-"))
        .map(String::as_str)
        .collect()
}

fn place(problem: &Problem) -> String {
    let mut place = problem.file.clone();
    if let Some(rec) = &problem.rec {
        place.push_str("entry ");
        place.push_str(rec);
    }
    if let Some(line) = problem.line {
        place.push_str(", line ");
        place.push_str(&line.to_string());
    }
    if let Some(byte) = problem.byte {
        place.push_str(", byte ");
        place.push_str(&byte.to_string());
    }
    if place.is_empty() {
        "journal".into()
    } else {
        place
    }
}
