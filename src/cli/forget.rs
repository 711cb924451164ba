//! `unkink forget`: erases an entry for good.

use std::path::Path;

use super::Shell;
use super::edit::no_entry;
use super::out::{self, Fail};
use super::store::Store;
use crate::domain::id::Id;
use crate::journal::device::Whose;
use crate::journal::forget::Forgotten;
use crate::sys::clock;

/// Erase an entry for good; nothing brings it back
#[derive(Debug, clap::Args)]
#[command(after_help = "\
ID: 'last' (the newest by its own time, as it stands first in 'unkink history'; not the one\n\
written last), or any unique start or end of an entry's id of at least 4 characters; also of\n\
an entry that was deleted.\n\
The entry's lines are taken out of this machine's files and out of imports; other machines\n\
take them out of theirs at their next write. Out of reach are backups and snapshots,\n\
exported files, and older versions that a sync tool or git keeps. When and how far a session\n\
ran is also noted while it runs; that goes when it ends, or at the app's next start.\n\
--json: an object of rec (its id), before (whether it was forgotten before), erased ({file,\n\
lines} for each file that held it), left ({file, machine}: whether a machine's own, for each\n\
file that still holds it) and failed (a line for each file that could not be rewritten).\n\
Exit code 1 when a file could not be rewritten: the entry is hidden all the same.")]
pub struct Args {
    /// Which entry
    id: String,
    /// Needed: it cannot be taken back
    #[arg(long)]
    yes: bool,
    /// Also in files that are no machine's, such as conflict copies and backups in the journal's directory
    #[arg(long)]
    everywhere: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Erases it, and says what is out of reach. It is not shown once more.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let store = Store::read(&shell.places);
    let rec = store.resolve_any(&args.id, || no_entry(&args.id))?;
    let at = store.find(&rec).and_then(|entry| entry.started_at);
    let what = match at {
        Some(at) => format!("the entry of {} ({rec})", at.format("%Y-%m-%d %H:%M")),
        None => format!("the entry {rec}"),
    };
    if !args.yes {
        return Err(Fail::Usage(format!(
            "this erases {what}, and nothing brings it back: --yes does it"
        )));
    }
    let done = store
        .into_journal()
        .forget(&rec, args.everywhere, clock::now().wall)?;
    if args.json {
        shell.out.value(&answer(&done, &rec))?;
        return Ok(u8::from(!done.failed.is_empty()));
    }
    tell(&done, &rec, &what, shell)?;
    for failure in &done.failed {
        out::say(&format!("hidden, but not erased: {failure}"));
    }
    Ok(u8::from(!done.failed.is_empty()))
}

fn answer(done: &Forgotten, rec: &Id) -> serde_json::Value {
    let erased = done.erased.iter();
    let left = done.left.iter();
    let failed = done.failed.iter();
    serde_json::json!({
        "rec": rec.to_string(),
        "before": done.before,
        "erased": erased
            .map(|(path, lines)| serde_json::json!({"file": path.to_string_lossy(), "lines": lines}))
            .collect::<Vec<_>>(),
        "left": left
            .map(|(path, whose)| {
                serde_json::json!({"file": path.to_string_lossy(), "machine": *whose == Whose::Machine})
            })
            .collect::<Vec<_>>(),
        "failed": failed.map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn tell(done: &Forgotten, rec: &Id, what: &str, shell: &mut Shell) -> Result<(), Fail> {
    let out = &mut shell.out;
    if done.before && done.erased.is_empty() {
        out.line(&format!("{what} was forgotten before"))?;
    } else {
        out.line(&format!("Forgotten: {what}"))?;
    }
    for (path, lines) in &done.erased {
        let lines = if *lines == 1 {
            "1 line".to_owned()
        } else {
            format!("{lines} lines")
        };
        out.line(&format!("{lines} erased in {}", path.display()))?;
    }
    for (path, whose) in &done.left {
        out.paragraph("", &left(path, *whose, rec))?;
    }
    out.paragraph(
        "",
        "Out of reach: backups and snapshots, exported files, and older versions that a sync tool or git keeps.",
    )
}

fn left(path: &Path, whose: Whose, rec: &Id) -> String {
    let path = path.display();
    if whose == Whose::Machine {
        format!(
            "Still in {path}, another machine's by its name: that machine erases it there at its next write. If it is no \
             more, or is this one, rename the file to old.jsonl, and 'unkink forget {rec} --yes --everywhere' erases it."
        )
    } else {
        format!(
            "Still in {path}, no machine's: 'unkink forget {rec} --yes --everywhere' erases it there."
        )
    }
}
