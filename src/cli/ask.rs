//! `unkink ask`: a questionnaire, asked on the terminal or answered with the command.

use std::io::{BufRead, IsTerminal, Write};

use super::Shell;
use super::args::Rating;
use super::out::{self, Fail};
use super::store::Store;
use crate::domain::insight::questions::{PEG_EVERY_DAYS, is_peg_due, last_peg, peg_score};
use crate::domain::record::{Fields, moment_text};
use crate::domain::scale::Scale;
use crate::domain::storage::Act;
use crate::domain::vocabulary::{self, PegItem};
use crate::domain::when;
use crate::journal::Outcome;
use crate::sanitize;
use crate::sys::clock;

/// Answer a questionnaire: PEG, three questions about the past week
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, clap::Subcommand)]
enum Which {
    Peg(PegArgs),
}

/// Three answers from 0 to 10 about the past week; the score is their mean (Krebs 2009)
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A: pain on average, B: how pain has interfered with your enjoyment of life, C: with your general\n\
activity, all of the past week. Without them the questions are asked, on a terminal.\n\
'-' or an empty answer is a question skipped: then there is no score, and nothing is saved.\n\
It asks about a week, so once a week is enough.\n\
--json: the entry, as in 'history --json'; null where a question was skipped.")]
struct PegArgs {
    /// All three answers, 0 to 10, or none to be asked
    #[arg(value_names = ["A", "B", "C"], num_args = 3, allow_negative_numbers = true)]
    answers: Vec<Rating>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Asks what is not answered, and saves it where it is whole.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let Which::Peg(args) = &args.which;
    let (library, _) = shell.library();
    let questions = &library.vocabulary().peg;
    let now = clock::now();
    let today = now.wall.date_naive();
    let mut store = Store::read(&shell.places);
    let last = last_peg(store.log(), today);
    if let Some(last) = last.filter(|last| !is_peg_due(Some(*last), today)) {
        out::say(&format!(
            "the last PEG was {}: it asks about a week, so every {PEG_EVERY_DAYS} days is enough",
            when::ago_text(last, today)
        ));
    }
    let answers = if args.answers.is_empty() {
        asked(questions, shell.no_input)?
    } else {
        args.answers.iter().map(|answer| answer.value()).collect()
    };
    let whole: Option<Vec<Scale>> = answers.into_iter().collect();
    let Some(Ok(answers)) = whole.map(<[Scale; 3]>::try_from) else {
        out::say("a question was skipped: no score, and nothing is saved");
        if args.json {
            shell.out.json("null")?;
        }
        return Ok(0);
    };
    let mut set = Fields::default();
    set.put("kind", "questionnaire");
    set.put("started_at", &moment_text(&now.wall));
    set.put("peg", &answers.map(Scale::get));
    let rec = match store.perform(Act::Add { set }, &now)? {
        Outcome::Done { rec, .. } => rec,
        Outcome::Nothing(why) => return Err(Fail::Failed(why)),
    };
    if args.json {
        shell.out.json(&store.json(&rec))?;
    } else {
        let ([a, b, c], score) = (answers, peg_score(answers));
        let line = format!("Saved: PEG {score:.1} (mean of {a}, {b} and {c})");
        shell.out.line(&line)?;
    }
    Ok(0)
}

/// The questions one after the other; `None` for one that is skipped. Where nobody can be asked it fails and says how
/// to answer.
fn asked(peg: &vocabulary::Peg, no_input: bool) -> Result<Vec<Option<Scale>>, Fail> {
    let stdin = std::io::stdin();
    if no_input || !stdin.is_terminal() {
        return Err(Fail::Usage(
            "nobody can be asked: give the answers A B C, such as 'unkink ask peg 4 3 5'".into(),
        ));
    }
    let sources = peg.sources.join(", ");
    out::say_text(&format!("{} ({sources})", peg.about));
    let mut lines = stdin.lock().lines();
    let mut answers = Vec::new();
    for item in &peg.items {
        answers.push(one(item, &mut lines)?);
    }
    Ok(answers)
}

fn one(
    item: &PegItem,
    lines: &mut impl Iterator<Item = std::io::Result<String>>,
) -> Result<Option<Scale>, Fail> {
    let told = |error: std::io::Error| Fail::Failed(format!("the terminal: {error}"));
    let question = format!(
        "{}\n0 {}, 10 {}; '-' skips: ",
        item.question, item.low, item.high
    );
    loop {
        let mut stderr = std::io::stderr().lock();
        write!(stderr, "{}", sanitize::text(&question)).map_err(told)?;
        stderr.flush().map_err(told)?;
        drop(stderr);
        let Some(line) = lines.next().transpose().map_err(told)? else {
            return Err(Fail::Failed(
                "not answered to the end: nothing is saved".into(),
            ));
        };
        match line.trim() {
            "" => return Ok(None),
            typed => match typed.parse::<Rating>() {
                Ok(rating) => return Ok(rating.value()),
                Err(why) => out::say(&why),
            },
        }
    }
}
