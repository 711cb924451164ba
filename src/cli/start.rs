//! `unkink start`: a session, in the app or line by line.

use super::Shell;
use super::args::Rating;
use super::gate;
use super::out::Fail;
use super::plain;
use crate::content;
use crate::domain::plan::Side;
use crate::runtime::{Start, open_with};

/// Start a session: one technique or routine, or several as a queue
#[derive(Debug, clap::Args)]
#[command(after_help = "\
--plain prints a line per event on standard output and reads typed lines: an answer to\n\
each question (Enter skips), and while the session runs p pauses or goes on, n goes to the\n\
next step, b to the one before, s stops and keeps the part done. It works without a\n\
terminal; lines that are no command then wait for the questions at the end.")]
pub struct Args {
    /// Names from 'unkink list'; none opens the app to choose
    #[arg(value_name = "SLUG|ROUTINE")]
    slugs: Vec<String>,
    /// Line by line, for screen readers and scripts
    #[arg(long)]
    plain: bool,
    /// Pain now, 0 to 10; the questions before the session are then not asked
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pain: Option<Rating>,
    /// Stress now, 0 to 10; the questions before the session are then not asked
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    stress: Option<Rating>,
    /// Ask for no ratings
    #[arg(long)]
    no_rating: bool,
}

/// Checks the names, then opens the app or goes line by line.
pub fn run(args: Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, troubles) = content::load(&shell.places);
    let profile = gate::profile(shell, &library);
    let given = args.pain.is_some() || args.stress.is_some();
    let pain = args.pain.and_then(Rating::value);
    let entries = gate::journal(shell, &library).load();
    let timeline = gate::plan(&library, &profile, &entries, pain, &args.slugs, Side::Left)?;
    let stress = args.stress.and_then(Rating::value);
    if !args.plain {
        let start = Start {
            slugs: args.slugs,
            before: given.then_some([pain, stress]),
            no_rating: args.no_rating,
            colour: shell.color.asked(),
        };
        return Ok(open_with(&shell.places, start, library, troubles));
    }
    super::out::say_each(&troubles);
    if args.slugs.is_empty() {
        return Err(Fail::Usage(
            "name a technique or routine to start with --plain; 'unkink list' shows them".into(),
        ));
    }
    if shell.no_input && !args.no_rating && !given {
        return Err(Fail::Usage(
            "the ratings would be asked for: give --pain and --stress, or --no-rating".into(),
        ));
    }
    let ask = plain::Asks {
        before: !args.no_rating && !given,
        after: !args.no_rating && !shell.no_input,
        input: !shell.no_input,
    };
    plain::run(timeline, [pain, stress], ask, (&library, &profile), shell)
}
