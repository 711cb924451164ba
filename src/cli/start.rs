//! `unkink start`: a session, in the app or line by line.

use std::collections::BTreeSet;

use super::Shell;
use super::args::{self, Rating, unknown};
use super::gate::{self, Answers};
use super::out::Fail;
use super::plain;
use crate::domain::library::Library;
use crate::domain::plan::Side;
use crate::domain::profile::{Daily, Said};
use crate::runtime::{Start, open_with};
use crate::sys::{clock, terminal};

/// Start a session: one technique or routine, or several as a queue
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without a name three things are suggested, as by 'unkink suggest': on the screen, or with\n\
--plain as lines to choose from.\n\
--plain prints a line per event on standard output and reads typed lines: an answer to\n\
each question (Enter skips), and while the session runs p pauses or goes on (after three\n\
seconds), n goes to the next step, b to the one before, s stops and keeps the part done, m\n\
switches the voice off or on, e shows the urgent signs. It works without a terminal; lines that are no command then wait for the questions at the end.")]
pub struct Args {
    /// Names from 'unkink list'; none suggests three to choose from
    #[arg(value_name = "SLUG|ROUTINE")]
    slugs: Vec<String>,
    /// Line by line, for screen readers and scripts
    #[arg(long)]
    plain: bool,
    /// With --plain: speak each event, too (see 'unkink cues')
    #[arg(long, requires = "plain")]
    speak: bool,
    /// The side to begin with, for what has sides
    #[arg(long, value_name = "left|right", value_parser = args::side)]
    side: Option<Side>,
    /// Pain now, 0 to 10; the questions before the session are then not asked
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pain: Option<Rating>,
    /// Stress now, 0 to 10; the questions before the session are then not asked
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    stress: Option<Rating>,
    /// Ask for no ratings
    #[arg(long)]
    no_rating: bool,
    /// What is so today of what changes from day to day: none, or ids (repeat or separate by commas)
    #[arg(long, value_name = "none|ID", value_delimiter = ',')]
    today: Vec<String>,
}

/// Checks the names and the safety rules, then opens the app or goes line by line.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, troubles) = shell.library();
    let mut answers = Answers::read(&shell.places, &library);
    answers.no_emergency()?;
    if let Some(slug) = args.slugs.iter().find(|slug| !library.can_start(slug)) {
        return Err(unknown("technique or routine", slug, &library));
    }
    if args.plain && args.slugs.is_empty() && shell.no_input {
        return Err(plain::nothing_named());
    }
    if let Some(said) = today(&args.today, &library)? {
        answers.learn(&said);
    }
    let given = args.pain.is_some() || args.stress.is_some();
    let before = [args.pain, args.stress].map(|rating| rating.and_then(Rating::value));
    answers.pain = before[0];
    if args.plain {
        super::out::say_each(&shell.config.troubles);
        super::out::say_each(&troubles);
        let asks = plain::Asks {
            before: !args.no_rating && !given,
            after: !args.no_rating && !shell.no_input,
            input: !shell.no_input,
            speak: args.speak,
            side: args.side,
        };
        return plain::run(&args.slugs, before, asks, (&library, answers), shell);
    }
    // The app puts the questions itself, if there is somebody to answer them.
    let app_asks = answers.is_due() && !shell.no_input && terminal::is_there();
    if !app_asks {
        answers.plan(&args.slugs, args.side.unwrap_or(Side::Left))?;
    }
    drop(answers);
    let start = Start {
        suggest: args.slugs.is_empty(),
        slugs: args.slugs.clone(),
        side: args.side,
        before: given.then_some(before),
        no_rating: args.no_rating,
        colour: shell.color.asked(),
        config: std::mem::take(&mut shell.config),
        ..Start::default()
    };
    Ok(open_with(&shell.places, start, library, troubles))
}

/// What the option says about today; `None` without it.
fn today(typed: &[String], library: &Library) -> Result<Option<Said>, Fail> {
    if typed.is_empty() {
        return Ok(None);
    }
    let asked = library.safety().daily_ids();
    let mut yes = BTreeSet::new();
    for id in typed.iter().map(|id| id.trim().to_uppercase()) {
        if asked.contains(&id) {
            yes.insert(id);
        } else if id != "NONE" {
            let ids = gate::ids(asked.iter().map(String::as_str));
            return Err(Fail::Usage(format!(
                "'{id}' is none of what changes from day to day: say none, or some of {ids}; 'unkink safety' has the words"
            )));
        }
    }
    let at = clock::now().wall;
    Ok(Some(Said::Today(Daily { at, asked, yes })))
}
