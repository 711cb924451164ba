//! `unkink safety`: the questions, the profile in force, and answers without the app.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;

use super::Shell;
use super::gate;
use super::out::{self, Fail, Out};
use crate::domain::gate::Bar;
use crate::domain::library::Library;
use crate::domain::order;
use crate::domain::profile::{ASK_AGAIN_DAYS, Daily, Profile, Said};
use crate::domain::safety::Safety;
use crate::domain::vocabulary::nearest;
use crate::sys::clock;

/// The safety questions, what you answered, and what that takes away
#[derive(Debug, clap::Args)]
#[command(after_help = "\
unkink safety                            the questions with their ids, and what is in force\n\
unkink safety --answer none              none of them is so\n\
unkink safety --answer K2,U15            these are so, all others are not\n\
unkink safety --set K2=no                change one answer\n\
unkink safety --seen-by-clinician U8 2026-11-25\n\n\
While an emergency sign (E) is answered with yes, nothing can be started. It is left by\n\
'--seen-by-clinician', or, where it was a slip, by '--by-mistake' with '--answer' for all\n\
questions anew.\n\n\
--json: {bar, emergency, clinician, conditions, asked_on, due_on, unreadable}. bar is null,\n\
'due' or 'emergency'; the lists hold {id, words, on}; due_on is when all is asked again.")]
pub struct Args {
    /// Answers all questions: none, or the ids of those that are so (repeat or separate by commas)
    #[arg(long, value_name = "none|ID", value_delimiter = ',')]
    answer: Vec<String>,
    /// Changes one answer, such as K2=yes
    #[arg(long, value_name = "ID=yes|no", value_delimiter = ',')]
    set: Vec<String>,
    /// A clinician has looked at this sign on this day
    #[arg(long, num_args = 2, value_names = ["ID", "DATE"])]
    seen_by_clinician: Vec<String>,
    /// An emergency sign was answered with yes by mistake; goes with --answer
    #[arg(long, requires = "answer")]
    by_mistake: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Takes answers, then shows what is in force.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, troubles) = shell.library();
    out::say_each(&troubles);
    let journal = gate::journal(&shell.places, &library);
    let mut profile = gate::profile(shell, &library);
    for said in said(args, &library, &profile)? {
        let read = journal.change_profile(&said)?;
        profile = read.profile;
    }
    if args.json {
        shell.out.value(&standing(&library, &profile))?;
    } else {
        show(args, &library, &profile, &mut shell.out)?;
    }
    Ok(0)
}

/// What the options say, checked before anything is written.
fn said(args: &Args, library: &Library, profile: &Profile) -> Result<Vec<Said>, Fail> {
    let safety = library.safety();
    let known: BTreeSet<&str> = safety.ids();
    let now = clock::now().wall;
    let today = now.date_naive();
    let mut said = Vec::new();
    // What is said in one go counts for what comes after it.
    let mut then = profile.clone();
    if !args.answer.is_empty() {
        said.extend(all_anew(args, safety, profile, now)?);
    }
    for earlier in &said {
        then.apply(earlier);
    }
    for text in &args.set {
        let one = one_answer(text, safety, &then, now)?;
        for said in &one {
            then.apply(said);
        }
        said.extend(one);
    }
    for pair in args.seen_by_clinician.chunks(2) {
        let [id, date] = pair else { continue };
        said.push(seen(id, date, &known, profile, today)?);
    }
    Ok(said)
}

/// All questions, answered with those of `--answer` and no for the rest.
fn all_anew(
    args: &Args,
    safety: &Safety,
    profile: &Profile,
    now: DateTime<FixedOffset>,
) -> Result<Vec<Said>, Fail> {
    let known = safety.ids();
    let mut yes = BTreeSet::new();
    let typed = args.answer.iter().map(|id| id.trim());
    for id in typed.filter(|id| !id.eq_ignore_ascii_case("none")) {
        yes.insert(question(id, &known)?.to_owned());
    }
    let open = |id: &&&str| safety.bars(id) && profile.is_open(id);
    let lifted = known.iter().filter(open).copied();
    let lifted = gate::ids(lifted.filter(|id| !yes.contains(*id)));
    if !lifted.is_empty() && !args.by_mistake {
        return Err(Fail::Refused(format!(
            "{lifted} was answered with yes: give '--by-mistake' as well if that was a slip, or \
             '--seen-by-clinician {lifted} DATE'"
        )));
    }
    let asked = order::set(known.iter().map(|id| (*id).to_owned()));
    Ok(answers(asked, yes, true, safety, now))
}

/// What `--set ID=yes` says, after what was said before it.
fn one_answer(
    text: &str,
    safety: &Safety,
    before: &Profile,
    now: DateTime<FixedOffset>,
) -> Result<Vec<Said>, Fail> {
    let wrong = || Fail::Usage(format!("'{text}': say ID=yes or ID=no, such as K2=yes"));
    let (id, answer) = text.split_once('=').ok_or_else(wrong)?;
    let known = safety.ids();
    let id = question(id.trim(), &known)?;
    let yes = match answer.trim().to_lowercase().as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(wrong()),
    };
    if !yes && safety.bars(id) && before.is_open(id) {
        return Err(Fail::Refused(format!(
            "{id} is left by '--seen-by-clinician {id} DATE', or by '--by-mistake --answer ...' for all questions anew"
        )));
    }
    let asked = order::set([id.to_owned()]);
    let yes = order::set(asked.iter().filter(|_| yes).cloned());
    Ok(answers(asked, yes, false, safety, now))
}

/// `whole`: all questions were answered anew.
fn answers(
    asked: BTreeSet<String>,
    yes: BTreeSet<String>,
    whole: bool,
    safety: &Safety,
    at: DateTime<FixedOffset>,
) -> Vec<Said> {
    let today = today_as_well(&asked, &yes, safety, at);
    let answers = Said::Answers {
        at,
        asked,
        yes,
        whole,
    };
    today.into_iter().chain([answers]).collect()
}

/// An answer about what changes from day to day is one about today, too.
fn today_as_well(
    asked: &BTreeSet<String>,
    yes: &BTreeSet<String>,
    safety: &Safety,
    at: DateTime<FixedOffset>,
) -> Option<Said> {
    let daily = safety.daily_ids();
    let asked = order::set(asked.intersection(&daily).cloned());
    let yes = order::set(yes.intersection(&daily).cloned());
    (!asked.is_empty()).then_some(Said::Today(Daily { at, asked, yes }))
}

fn seen(
    id: &str,
    date: &str,
    known: &BTreeSet<&str>,
    profile: &Profile,
    today: NaiveDate,
) -> Result<Said, Fail> {
    let id = question(id.trim(), known)?;
    let wrong = || Fail::Usage(format!("'{date}' is no day up to today, such as {today}"));
    let on: NaiveDate = date.trim().parse().map_err(|_| wrong())?;
    if on > today {
        return Err(wrong());
    }
    let answer = profile.answers.get(id).filter(|answer| answer.yes);
    match answer {
        None => Err(Fail::Usage(format!("{id} was not answered with yes"))),
        Some(answer) if on < answer.on => Err(Fail::Usage(format!(
            "{id} was answered with yes on {}; what a clinician saw before that says nothing about it",
            answer.on
        ))),
        Some(_) => Ok(Said::SeenByClinician(id.to_owned(), on)),
    }
}

/// The question of this id, however it is written.
fn question<'a>(id: &str, known: &BTreeSet<&'a str>) -> Result<&'a str, Fail> {
    let upper = id.to_uppercase();
    known.get(upper.as_str()).copied().ok_or_else(|| {
        let near = nearest(&upper, known.iter().copied());
        let near = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
        Fail::Usage(format!(
            "there is no question '{id}'{near}; 'unkink safety' lists them"
        ))
    })
}

/// One answer in force, for programs.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    words: String,
    on: Option<String>,
}

#[derive(Debug, Serialize)]
struct Standing {
    bar: Option<&'static str>,
    emergency: Vec<Row>,
    clinician: Vec<Row>,
    conditions: Vec<Row>,
    asked_on: Option<String>,
    due_on: Option<String>,
    unreadable: Option<String>,
}

fn standing(library: &Library, profile: &Profile) -> Standing {
    let gate = gate::gate(library, profile);
    let row = |id: &str, words: &str| Row {
        id: id.to_owned(),
        words: words.to_owned(),
        on: profile.answers.get(id).map(|answer| answer.on.to_string()),
    };
    let signs = library.safety().emergency.signs.iter();
    let open = signs.filter(|sign| profile.is_open(sign.id));
    Standing {
        bar: gate.bar().map(|bar| match bar {
            Bar::Due | Bar::New(_) => "due",
            Bar::Emergency(_) => "emergency",
        }),
        emergency: open.map(|sign| row(sign.id, sign.sign)).collect(),
        clinician: gate
            .clinician()
            .map(|sign| row(sign.id, sign.sign))
            .collect(),
        conditions: gate
            .conditions()
            .map(|known| row(known.id, known.condition))
            .collect(),
        asked_on: profile.asked_on.map(|on| on.to_string()),
        due_on: profile
            .asked_on
            .and_then(|on| on.checked_add_days(chrono::Days::new(ASK_AGAIN_DAYS as u64)))
            .map(|on| on.to_string()),
        unreadable: profile.unreadable.clone(),
    }
}

fn show(args: &Args, library: &Library, profile: &Profile, out: &mut Out) -> Result<(), Fail> {
    let standing = standing(library, profile);
    out.heading("In force")?;
    let gate = gate::gate(library, profile);
    match gate.bar() {
        Some(Bar::Due) => out.line("The questions have not been answered, or not in the last 28 days: nothing starts until then.")?,
        Some(Bar::New(ids)) => {
            let new = gate::ids(ids.iter().copied());
            let answer = gate::how_to_answer(ids.into_iter());
            out.paragraph("", &format!("New among the questions, so nothing starts until it is answered: {new}; {answer}."))?;
        }
        Some(Bar::Emergency(_)) => out.line("An emergency sign was answered with yes: nothing starts.")?,
        None => {}
    }
    if let Some(why) = &standing.unreadable {
        out.paragraph(
            "",
            &format!("The answers can't be read, so only a few calm techniques may start: {why}"),
        )?;
    }
    for row in standing
        .emergency
        .iter()
        .chain(&standing.clinician)
        .chain(&standing.conditions)
    {
        let on = row
            .on
            .as_ref()
            .map_or(String::new(), |on| format!(" ({on})"));
        out.paragraph(&format!("{:<4} ", row.id), &format!("{}{on}", row.words))?;
    }
    let off = library
        .techniques
        .iter()
        .filter(|technique| !gate.reasons(technique).is_empty());
    let all = library.techniques.len();
    let off = if standing.bar.is_some() {
        all
    } else {
        off.count()
    };
    out.line(&format!(
        "{} of {all} techniques may start; 'unkink list' shows the others as off.",
        all - off
    ))?;
    if let Some(due) = standing.due_on.as_ref().filter(|_| standing.bar.is_none()) {
        out.line(&format!("All questions come again on {due}."))?;
    }
    let answered =
        !args.answer.is_empty() || !args.set.is_empty() || !args.seen_by_clinician.is_empty();
    if answered {
        return Ok(());
    }
    ask(library.safety(), out)
}

/// Every question there is, with its id.
fn ask(safety: &Safety, out: &mut Out) -> Result<(), Fail> {
    out.line("")?;
    out.heading(safety.emergency.heading)?;
    for sign in &safety.emergency.signs {
        out.paragraph(&format!("{:<4} ", sign.id), sign.sign)?;
    }
    out.line("")?;
    out.heading(safety.clinician.heading)?;
    for sign in &safety.clinician.signs {
        out.paragraph(
            &format!("{:<4} ", sign.id),
            &format!("{} ({})", sign.sign, sign.speed),
        )?;
    }
    out.line("")?;
    out.heading("Conditions")?;
    for condition in &safety.conditions {
        out.paragraph(&format!("{:<4} ", condition.id), condition.question)?;
    }
    Ok(())
}
