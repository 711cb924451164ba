//! `unkink log`: an entry in ten seconds.

use super::Shell;
use super::args::Rating;
use super::out::Fail;
use super::saved;
use super::store::{Store, perform};
use super::values::Values;
use crate::domain::record::{Entry, Fields, Marks, ScaleField, moment_text};
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
TIME: 2026-11-01T21:30, '2026-11-01 21:30', 'yesterday 21:30', 'sun 21:30' (the latest\n\
such day), 21:30 (today), -2h or -90m. A day needs a time of day.\n\
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
    let (library, _) = shell.library();
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
    let is_backdated = at < now.wall && !args.json;
    let may_jump = saved::may_jump(&entry);
    if is_backdated || may_jump {
        // What is worth a second look stands in the newest lines; an id that no other entry shares takes them all.
        let store = if is_backdated {
            Store::read(&shell.places)
        } else {
            Store::read_recent(&shell.places, &now)
        };
        if is_backdated {
            tell_its_id(&entry, &store, shell)?;
        }
        let by_pain = if may_jump {
            saved::by_pain(&entry, &store, &now)
        } else {
            Vec::new()
        };
        raised = saved::raised(raised, by_pain);
    }
    saved::tell_raised(&raised, &library, shell)?;
    Ok(0)
}

/// Where a newer entry stands in the log, `last` means that one: how this one is named then.
fn tell_its_id(entry: &Entry, store: &Store, shell: &mut Shell) -> Result<(), Fail> {
    let is_last = (store.entries().last()).is_none_or(|last| last.rec == entry.rec);
    if let (false, Some(id)) = (is_last, store.short_ids().get(&entry.rec)) {
        let words = format!("'last' is a newer one: 'unkink edit {id}' changes this.");
        shell.out.line(&words)?;
    }
    Ok(())
}

/// Puts everything that was given; whether anything was. A blank note is nothing.
fn put_values(args: &Args, words: &Vocabulary, set: &mut Fields) -> Result<bool, Fail> {
    let before = set.iter().count();
    let given = [
        (ScaleField::Pain, args.pain),
        (ScaleField::Stress, args.stress),
    ];
    let given = given
        .into_iter()
        .filter_map(|(field, rating)| Some((field, rating?)));
    for (field, rating) in given.chain(args.values.ratings.given()) {
        if let Some(scale) = rating.value() {
            set.put(field.name(), &scale.get());
        }
    }
    // What is blank is left out: a new entry has nothing to take away.
    args.values
        .put(words, &Fields::default(), set, &mut Vec::new())?;
    Ok(set.iter().count() > before)
}
