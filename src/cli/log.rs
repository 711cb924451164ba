//! `unkink log`: an entry in ten seconds.

use super::Shell;
use super::args::Rating;
use super::out::Fail;
use super::saved;
use super::store::{Store, perform};
use super::values::Values;
use crate::content;
use crate::domain::record::{Entry, Fields, Marks, moment_text};
use crate::domain::storage::Act;
use crate::domain::vocabulary::Vocabulary;
use crate::journal::Outcome;
use crate::sys::clock;

/// Log how it is now, or was at another time
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Scales are whole numbers from 0 to 10; '-' stands for not rated. Options that list things\n\
can be repeated or separated by commas. A word of the lists of qualities, triggers,\n\
actions or moods that is given to --tag goes there.\n\
TIME: 2026-11-01T21:30, '2026-11-01 21:30', 'yesterday 21:30', 21:30, -2h or -90m.\n\
--json: the entry, as in 'history --json'.\n\
An entry that raises a safety question is saved; what to do is told on standard error, and\n\
the question is asked before the next session.")]
pub struct Args {
    /// Pain now, 0 to 10, or '-'
    #[arg(allow_negative_numbers = true)]
    pain: Option<Rating>,
    /// Stress now, 0 to 10, or '-'
    #[arg(allow_negative_numbers = true)]
    stress: Option<Rating>,
    #[command(flatten)]
    values: Values,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// A note that is not saved is given back.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let done = log(args, shell);
    done.inspect_err(|fail| args.values.give_back(fail))
}

/// Reads all of it before anything is written.
fn log(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, _) = content::load(&shell.places);
    let now = clock::now();
    let at = args.values.moment(&now)?.unwrap_or(now.wall);
    let mut set = Fields::default();
    set.put("kind", "check-in");
    set.put("started_at", &moment_text(&at));
    if !put_values(args, library.vocabulary(), &mut set)? {
        return Err(Fail::Usage(
            "nothing to log: give at least one value, such as 'unkink log 4' or --note".into(),
        ));
    }
    let rec = match perform(&shell.places, Act::Add { set: set.clone() }, &now)? {
        Outcome::Done { rec, .. } => rec,
        Outcome::Nothing(why) => return Err(Fail::Failed(why)),
    };
    let entry = Entry::read(rec, &set, Marks::default());
    if args.json {
        shell
            .out
            .json(&Store::read(&shell.places).json(&entry.rec))?;
    } else {
        shell
            .out
            .line(&saved::line("Saved", &entry, &library, &now))?;
    }
    shell.out.flush()?;
    let mut raised = saved::by_words(&entry, &now);
    if saved::may_jump(&entry) {
        let by_pain = saved::by_pain(&entry, &Store::read_recent(&shell.places, &now), &now);
        raised = saved::raised(raised, by_pain);
    }
    saved::tell_raised(&raised, &library, shell)?;
    Ok(0)
}

/// Puts everything that was given; whether anything was. A blank note is nothing.
fn put_values(args: &Args, words: &Vocabulary, set: &mut Fields) -> Result<bool, Fail> {
    let before = set.iter().count();
    for (name, rating) in [
        ("pain", args.pain),
        ("stress", args.stress),
        ("tightness", args.values.tightness),
    ] {
        if let Some(scale) = rating.and_then(Rating::value) {
            set.put(name, &scale.get());
        }
    }
    // What is blank is left out: a new entry has nothing to take away.
    args.values
        .put(words, &Fields::default(), set, &mut Vec::new())?;
    Ok(set.iter().count() > before)
}
