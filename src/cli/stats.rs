//! `unkink stats`: every number that the screens show, in words or for programs.

mod json;
mod shapes;
mod words;

use chrono::NaiveDate;

use super::Shell;
use super::gate;
use super::out::{self, Fail, Out};
use super::store::Store;
use crate::domain::insight::figures::Figures;
use crate::domain::insight::hush::{Hush, hush};
use crate::domain::kindness::NUMBERS_HIDDEN;
use crate::domain::library::Library;
use crate::domain::when;
use crate::sys::clock;

/// Show what the log comes to: pain, stress, practice, and what came after what
#[derive(Debug, clap::Args)]
#[command(after_help = "\
WHEN: 2026-11-01, today, yesterday, 7d (today and the six days before), 2w, or a weekday\n\
(the latest such day). Without it the whole log counts.\n\
Ratings are those of check-ins and those before sessions. What came after a session is told as\n\
strongly as the number of sessions allows: values after one or two, 'too few to tell' up to\n\
five, then a median with its spread, a rough guide.\n\
While a sign is open that bars or locks, its text stands in the place of numbers.\n\
--json: one object; src/cli/json.md has its members. Numbers hidden in the app ('v') are words here,\n\
and numbers in JSON.")]
pub struct Args {
    /// From this day on
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    since: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// All views over the days asked for, or the safety text while a sign is open.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let now = clock::now();
    let today = now.wall.date_naive();
    let since = args.since.as_deref();
    let since = since.map(|typed| when::parse_day(typed, today));
    let since: Option<NaiveDate> = since.transpose().map_err(Fail::Usage)?;
    let (library, troubles) = shell.library();
    out::say_each(&troubles);
    let profile = gate::profile(shell, &library);
    let store = Store::to_read(shell, &library, &now);
    store.tell_troubles();
    let hush = hush(library.safety(), &profile);
    if args.json {
        let figures = hush.is_none();
        let figures = figures.then(|| Figures::of(store.log(), since, today));
        let answer = shapes::Answer::of(figures.as_ref(), hush.as_ref(), since, today, &library);
        shell.out.value(&answer)?;
        return Ok(0);
    }
    if let Some(hush) = hush {
        let number = profile.emergency_number.as_deref();
        tell_hush(&hush, &library, number, &mut shell.out)?;
        return Ok(0);
    }
    let figures = Figures::of(store.log(), since, today);
    if figures.overview.entries == 0 {
        out::say(&if store.entries().is_empty() {
            store.none_yet("no entries yet; 'unkink log 4' makes one")
        } else {
            "no entries in these days".to_owned()
        });
        return Ok(0);
    }
    let are_hidden = store.seen().contains(NUMBERS_HIDDEN);
    words::tell(&figures, !are_hidden, &library, &mut shell.out)?;
    Ok(0)
}

/// The signs in their words, and where the entries are meanwhile.
fn tell_hush(
    hush: &Hush<'_>,
    library: &Library,
    number: Option<&str>,
    out: &mut Out,
) -> Result<(), Fail> {
    let safety = library.safety();
    let lines: Vec<String> = match hush {
        Hush::Emergency(signs) => gate::emergency(signs.iter().copied(), safety, number),
        Hush::Clinician(signs) => {
            let heading = std::iter::once(safety.clinician.heading.to_owned());
            let cards = signs.iter().flat_map(|sign| gate::clinician(sign, library));
            heading.chain(cards).collect()
        }
        Hush::Unreadable => {
            vec![
                "Your answers to the safety questions cannot be read: 'unkink safety' says why."
                    .into(),
            ]
        }
    };
    for line in &lines {
        out.paragraph("", line)?;
    }
    out.paragraph(
        "",
        "Until that is settled no trend and no change is shown; 'unkink history' has the entries.",
    )
}
