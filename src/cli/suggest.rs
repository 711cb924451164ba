//! `unkink suggest`: a few things that may start now and fit, each with the reason.

use serde::Serialize;

use super::Shell;
use super::args::{self, Fits, Rating};
use super::catalogue::{self, Catalogue, Row};
use super::gate;
use super::out::{self, Fail};
use crate::domain::gate::Gate;
use crate::domain::plan::Side;
use crate::domain::suggest::{Known, Past, Suggestion, Wish, suggest, to_loosen};
use crate::sys::clock;

/// Suggest up to three things that fit and may start now, each with the reason
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Only what may start with your answers to the safety questions and within the day's doses.\n\
Not done today, favourites and what was done least lately come first; what is made for another\n\
time of day or needs a tool that you never used nor named comes later; what made pain worse\n\
within a week comes last. What your own ratings say is said as strongly as their number\n\
allows; at most it earns one of the three places. 'meaningfully lower' is by 2 or more and by\n\
30 %, so by 3 from a start of 7 up.\n\
--json: an array of rows as in 'unkink list --json', best first, each also with side (the one\n\
to begin with, or null) and reason (one line). real_s is here how long it would take now,\n\
and left_out what it would go without with this pain.")]
pub struct Args {
    #[command(flatten)]
    fits: Fits,
    /// The side that is tight or sore: what has sides comes first and begins there
    #[arg(long, value_name = "left|right", value_parser = args::side)]
    side: Option<Side>,
    /// Pain now, 0 to 10: from 7 up only gentle things are suggested
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pain: Option<Rating>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// A suggestion for programs.
#[derive(Serialize)]
struct Offer<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    side: Option<Side>,
    reason: &'a str,
}

/// The best few; refused where nothing may start.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let catalogue = Catalogue::read(shell);
    let (library, profile) = (&catalogue.library, &catalogue.profile);
    let wish = Wish {
        filter: args.fits.filter(true, library)?,
        side: args.side,
        pain: args.pain.and_then(Rating::value),
    };
    let now = clock::now().wall;
    let gate = Gate::new(library.safety(), profile, catalogue.entries(), now);
    if let Some(bar) = gate.bar() {
        let number = profile.emergency_number.as_deref();
        return Err(gate::barred(&bar, library.safety(), number));
    }
    let known = Known {
        library,
        gate,
        past: &Past::of(catalogue.entries(), library, &now),
        favourites: catalogue.favourites(),
        now,
    };
    let suggestions = suggest(&known, &wish);
    let offers: Vec<_> = suggestions
        .iter()
        .filter_map(|one| offer(one, &catalogue))
        .collect();
    if args.json {
        shell.out.value(&offers)?;
        return Ok(0);
    }
    if let Some(words) = to_loosen(&known, &wish) {
        out::say(&words);
    }
    for (offer, one) in offers.iter().zip(&suggestions) {
        shell.out.line(&catalogue::line(&offer.row))?;
        shell.out.paragraph("    ", one.reason.as_str())?;
        shell.out.line(&format!("    {}", command(one, &wish)))?;
    }
    Ok(0)
}

fn offer<'a>(one: &'a Suggestion, catalogue: &'a Catalogue) -> Option<Offer<'a>> {
    let item = catalogue.library.item(&one.slug)?;
    let mut row = catalogue.row(item);
    row.real_s = Some(one.real_s);
    row.left_out = one.left_out.iter().map(String::as_str).collect();
    Some(Offer {
        row,
        side: one.side,
        reason: &one.reason,
    })
}

/// How to start it.
fn command(one: &Suggestion, wish: &Wish) -> String {
    let side = one.side.map(|side| format!(" --side {}", side.word()));
    let pain = wish.pain.map(|pain| format!(" --pain {pain}"));
    format!(
        "unkink start {}{}{}",
        one.slug,
        side.unwrap_or_default(),
        pain.unwrap_or_default()
    )
}
