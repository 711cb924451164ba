//! The safety rules as the commands meet them: the profile read, and a session refused with the way to answer.

use super::Shell;
use super::args::unknown;
use super::out::{self, Fail};
use crate::domain::gate::{Bar, Gate, Reason, Refused};
use crate::domain::library::Library;
use crate::domain::plan::{Side, Timeline};
use crate::domain::profile::Profile;
use crate::domain::record::Entry;
use crate::domain::safety::Safety;
use crate::domain::scale::Scale;
use crate::journal::Journal;
use crate::sys::clock;

/// The journal with the questions that the profile may answer.
pub fn journal(shell: &Shell, library: &Library) -> Journal {
    let questions = library.safety().ids().into_iter().map(str::to_owned);
    Journal::open(&shell.places).with_questions(questions.collect())
}

/// The profile; what is odd in it is told.
pub fn profile(shell: &Shell, library: &Library) -> Profile {
    let read = journal(shell, library).profile();
    out::say_each(&read.troubles);
    read.profile
}

/// The gate as it stands now; without the log, so not for a start.
pub fn gate<'a>(library: &'a Library, profile: &'a Profile) -> Gate<'a> {
    Gate::new(library.safety(), profile, &[], clock::now().wall)
}

/// Why nothing at all may start; the emergency text goes to standard error as a whole.
fn barred(bar: &Bar<'_>, safety: &Safety) -> Fail {
    match bar {
        Bar::Due => Fail::Refused(
            "the safety questions come first: answer them in the app, or see 'unkink safety' for them and answer \
             with 'unkink safety --answer none' or the ids of those that are so"
                .into(),
        ),
        Bar::Emergency(signs) => {
            let words = &safety.emergency;
            let mut lines = vec![words.heading.clone()];
            lines.extend(signs.iter().map(|sign| format!("{}  {}", sign.id, sign.sign)));
            lines.push(format!("Call {}. {}", words.number, words.travel));
            lines.push(words.get_checked.clone());
            out::say_text(&lines.join("\n"));
            Fail::Refused(format!(
                "nothing can be started while {} is answered with yes; 'unkink safety --help' says how to answer \
                 it anew",
                ids(signs.iter().map(|sign| sign.id.as_str()))
            ))
        }
    }
}

/// A session that may start; what its routines leave out is told. The error says why not, and exits 3 where it is the
/// safety rules.
pub fn plan(
    library: &Library,
    profile: &Profile,
    entries: &[Entry],
    pain: Option<Scale>,
    slugs: &[String],
    side_first: Side,
) -> Result<Timeline, Fail> {
    let gate = Gate::new(library.safety(), profile, entries, clock::now().wall).with_pain(pain);
    let plan = gate
        .plan(library, slugs, side_first)
        .map_err(|refused| match refused {
            Refused::Unknown(slug) => unknown("technique or routine", slug, library),
            Refused::Bar(bar) => barred(&bar, library.safety()),
            Refused::Off(name, reasons) => {
                Fail::Refused(format!("{name} is off: {}", words(&reasons)))
            }
            Refused::Dose(limit) => Fail::Refused(format!("not now: {limit}")),
            Refused::TooLittle(name, gaps) => {
                let gaps: Vec<String> = gaps
                    .iter()
                    .map(|(gap, why)| format!("{gap} ({})", words(why)))
                    .collect();
                Fail::Refused(format!(
                    "too little of {name} is left; off are {}",
                    gaps.join(", ")
                ))
            }
        })?;
    for (gap, reasons) in &plan.gaps {
        out::say(&format!("left out: {gap} ({})", words(reasons)));
    }
    Ok(plan.timeline)
}

/// Every reason in one line.
pub fn words(reasons: &[Reason]) -> String {
    let words: Vec<&str> = reasons.iter().map(|reason| reason.words.as_str()).collect();
    words.join("; ")
}

/// 'E1, E5'.
pub fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(", ")
}
