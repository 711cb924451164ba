//! `unkink edit`: corrects an entry. Nothing is lost by it: `unkink undo` takes it back.

mod session;

use super::Shell;
use super::args::Rating;
use super::out::{self, Fail};
use super::ratings::Ratings;
use super::saved;
use super::store::Store;
use super::values::{Values, put_text};
use crate::domain::library::Library;
use crate::domain::record::change::{self, Change, Refusal, field_named, says_nothing};
use crate::domain::record::{Entry, FIELDS, Fields, Kind};
use crate::domain::scale::Scale;
use crate::domain::storage::Act;
use crate::domain::time::{Now, clock_text};
use crate::domain::vocabulary::nearest;
use crate::domain::warning::Raised;
use crate::journal::Outcome;
use crate::sys::clock;

/// Correct an entry of the log
#[derive(Debug, clap::Args)]
#[command(after_help = "\
ID: 'last' (the newest by its own time, as it stands first in 'unkink history'; not the one\n\
written last), or any unique start or end of an entry's id of at least 4 characters, as\n\
'unkink history' shows it.\n\
Scales are whole numbers from 0 to 10; '-' takes a rating away. A list takes the place of\n\
the old one; a word of the lists that is given to --tag is added to its list.\n\
--at moves the entry; when it ended and was rated moves along. --ended and --rated take a\n\
time of day alone as one of the day it began, or of the night after.\n\
--technique makes a session one of that technique alone, --routine one of that routine,\n\
--queue one of these techniques and routines.\n\
ITEM: one for each technique that was done, in their order: SLUG=ACTIVE[/PLANNED][:done],\n\
such as six-breaths=90s/2m:done. PLANNED stays as it was, or is as ACTIVE; ':done' says that\n\
it was done to its end. --active and --planned are their sums, where not given.\n\
TIME: 2026-11-01T21:30, '2026-11-01 21:30', 'yesterday 21:30', 'sun 21:30', 21:30, -2h or\n\
-90m; a time of day is needed.\n\
DURATION, ACTIVE, PLANNED: 12m, 90s, 1h5m or 4:30 (minutes and seconds), at most a day.\n\
FIELD: a name from 'history --json', such as note, tags or pain_after.\n\
--json: the entry as it is then, as in 'history --json'.\n\
'unkink undo' takes an edit back.")]
pub struct Args {
    /// Which entry
    id: String,
    #[command(flatten)]
    ratings: Ratings<false>,
    #[command(flatten)]
    session: session::Session,
    /// The three answers of a PEG questionnaire
    #[arg(
        long,
        value_name = "A,B,C",
        value_delimiter = ',',
        num_args = 1,
        allow_negative_numbers = true
    )]
    peg: Vec<Scale>,
    /// A Roland-Morris score, 0 to 24
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=24), allow_negative_numbers = true)]
    roland_morris: Option<u8>,
    /// A self-experiment's plan, in your own words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    plan: Option<String>,
    /// Take a field away (repeat or separate by commas)
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    unset: Vec<String>,
    #[command(flatten)]
    values: Values,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// A note that is not saved is given back.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let done = edit(args, shell);
    done.inspect_err(|fail| args.values.give_back(fail))
}

/// Reads all of it before anything is written.
fn edit(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, _) = shell.library();
    let now = clock::now();
    let mut store = Store::read(&shell.places);
    let entry = store.resolve(&args.id, || no_entry(&args.id))?.clone();
    let before = store.fields(&entry.rec);
    let change = changed(args, &entry, &before, &store, &library, &now)?;
    if change.is_empty() {
        out::say("nothing changed: the entry says so already");
        return answer(args, "Unchanged", &entry, &store, &library, &now, shell);
    }
    check(&entry, &before, &change, &args.id)?;
    let after = change.applied(&before);
    let known = raised(&entry, &store, &now);
    let act = Act::Edit {
        rec: entry.rec.clone(),
        set: change.set,
        unset: change.unset,
    };
    if let Outcome::Nothing(why) = store.perform(act, &now)? {
        return Err(Fail::Failed(why));
    }
    let Some(changed) = store.find(&entry.rec) else {
        return Err(Fail::Failed(
            "it was changed, and then taken away by another program".into(),
        ));
    };
    answer(args, "Changed", changed, &store, &library, &now, shell)?;
    tell_length(&before, &after);
    let mut raised = raised(changed, &store, &now);
    // What it said before was told before.
    raised.retain(|one| !known.contains(one));
    saved::tell_raised(&raised, &library, shell)?;
    Ok(0)
}

fn raised(entry: &Entry, store: &Store, now: &Now) -> Vec<Raised> {
    let by_pain = saved::by_pain(entry, store, now);
    saved::raised(saved::by_words(entry, now), by_pain)
}

/// The error for an id that no entry has.
pub fn no_entry(typed: &str) -> Fail {
    Fail::Usage(format!(
        "there is no entry '{typed}': give 'last', or at least 4 characters of an id that 'unkink history' shows"
    ))
}

fn answer(
    args: &Args,
    did: &str,
    entry: &Entry,
    store: &Store,
    library: &Library,
    now: &Now,
    shell: &mut Shell,
) -> Result<u8, Fail> {
    if args.json {
        shell.out.json(&store.json(&entry.rec))?;
    } else {
        shell.out.line(&saved::line(did, entry, library, now))?;
    }
    Ok(0)
}

/// Everything that was asked for, as far as it changes something.
fn changed(
    args: &Args,
    entry: &Entry,
    before: &Fields,
    store: &Store,
    library: &Library,
    now: &Now,
) -> Result<Change, Fail> {
    let (mut set, mut unset) = (Fields::default(), Vec::new());
    put_ratings(args, &mut set, &mut unset);
    args.session
        .put(entry.kind, before, library, &mut set, &mut unset)?;
    args.values
        .put(library.vocabulary(), before, &mut set, &mut unset)?;
    put_answers(args, entry.kind, &mut set, &mut unset)?;
    for (name, _) in set.iter() {
        entry.kind.takes(name)?;
    }
    for name in &unset {
        entry.kind.takes(name)?;
    }
    for typed in &args.unset {
        unset.push(taken_away(typed, entry.kind, before, &set)?);
    }
    let at = args.values.moment(now)?;
    let left = Change {
        set: Fields::default(),
        unset: unset.clone(),
    }
    .applied(before);
    if let Some(to) = at {
        change::move_to(to, &left, &mut set);
    }
    let times = args.session.put_times(entry.kind, &left, now, &mut set)?;
    if let Some(name) = times
        .into_iter()
        .find(|name| unset.iter().any(|gone| gone == name))
    {
        return Err(at_once(name));
    }
    if set.is_empty() && unset.is_empty() {
        return Err(Fail::Usage(
            "nothing to change: say what, such as 'unkink edit last --pain 3'".into(),
        ));
    }
    // Two machines differ on these: to choose the value that shows settles it.
    let differing = store.conflicts(&entry.rec).into_iter();
    let differing: Vec<String> = differing.map(|field| field.name).collect();
    Ok(change::keep_changes(before, &set, unset, &differing))
}

/// Whether an entry may be like this: it says something, and its times follow each other.
fn check(entry: &Entry, before: &Fields, change: &Change, typed: &str) -> Result<(), Fail> {
    let after = change.applied(before);
    if says_nothing(&Entry::read(entry.rec.clone(), &after, entry.marks)) {
        return Err(Fail::Usage(format!(
            "that would leave an entry that says nothing; 'unkink delete {typed}' takes it away"
        )));
    }
    change::check_times(before, &after, str::to_owned).map_err(|disorder| Fail::Usage(disorder.why))
}

/// A length that its times have no room for is kept, and said, where it came by this change.
fn tell_length(before: &Fields, after: &Fields) {
    let was = change::longer_than_its_times(before);
    if let Some((active, span)) =
        change::longer_than_its_times(after).filter(|now| was != Some(*now))
    {
        let (active, span) = (clock_text(active.into()), clock_text(span.into()));
        out::say(&format!(
            "{active} is longer than the {span} from its start to its end, and is kept so; --ended says when it ended"
        ));
    }
}

/// In the words of the options.
impl From<Refusal> for Fail {
    fn from(refusal: Refusal) -> Self {
        Self::Usage(refusal.told(|field| match field {
            "started_at" => "--at".to_owned(),
            field => format!("--{}", field.replace('_', "-")),
        }))
    }
}

fn at_once(name: &str) -> Fail {
    Fail::Usage(format!("'{name}' can't be set and taken away at once"))
}

/// The answers of a questionnaire, and a plan.
fn put_answers(
    args: &Args,
    kind: Kind,
    set: &mut Fields,
    unset: &mut Vec<String>,
) -> Result<(), Fail> {
    if !args.peg.is_empty() {
        let peg: Vec<u8> = args.peg.iter().map(|scale| scale.get()).collect();
        if peg.len() != 3 {
            return Err(Fail::Usage(
                "--peg takes three answers, such as 4,3,5".into(),
            ));
        }
        set.put("peg", &peg);
    }
    if let Some(score) = args.roland_morris {
        set.put("roland_morris", &score);
    }
    if let Some(plan) = &args.plan {
        put_text("plan", plan, set, unset)?;
        if set.get("plan").is_none() {
            kind.can_lack("plan")?;
        }
    }
    Ok(())
}

fn put_ratings(args: &Args, set: &mut Fields, unset: &mut Vec<String>) {
    for (field, rating) in args.ratings.given().chain(args.values.ratings.given()) {
        match rating {
            Rating::Given(scale) => set.put(field.name(), &scale.get()),
            Rating::None => unset.push(field.name().to_owned()),
        }
    }
}

/// The field that a typed name means: a known one, or one that the entry has.
fn taken_away(typed: &str, kind: Kind, before: &Fields, set: &Fields) -> Result<String, Fail> {
    let typed = typed.trim();
    let name = if before.get(typed).is_some() {
        typed
    } else if let Some(name) = field_named(typed).or_else(|| session::field_of(typed)) {
        name
    } else {
        let hint = match nearest(typed, FIELDS.into_iter()) {
            Some(name) => format!("did you mean '{name}'?"),
            None => "'unkink show ID --json' shows what it has".to_owned(),
        };
        return Err(Fail::Usage(format!("unknown field '{typed}': {hint}")));
    };
    kind.can_lack(name)?;
    if set.get(name).is_some() {
        return Err(at_once(name));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use clap::{Args as _, Command};

    use super::*;
    use crate::domain::record::of;

    fn fields_of(command: &Command) -> Vec<&'static str> {
        let options = command.get_arguments().filter_map(clap::Arg::get_long);
        let field = |option: &str| field_named(option).or_else(|| session::field_of(option));
        options.filter_map(field).collect()
    }

    #[test]
    fn every_field_can_be_typed() {
        let edit = fields_of(&Args::augment_args(Command::new("edit")));
        for name in FIELDS.into_iter().filter(|name| *name != "kind") {
            assert!(edit.contains(&name), "no option of 'edit' sets '{name}'");
        }
        let log = fields_of(&crate::cli::log::Args::augment_args(Command::new("log")));
        // The first two are typed without an option, and nobody logs the others.
        let others = ["kind", "pain", "stress", "peg", "roland_morris", "plan"];
        for name in FIELDS.into_iter().filter(|name| !others.contains(name)) {
            let is_of_check_ins = of(name).fits(Kind::CheckIn);
            assert_eq!(log.contains(&name), is_of_check_ins, "'{name}' of 'log'");
        }
    }
}
