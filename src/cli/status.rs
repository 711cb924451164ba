//! `unkink status`: one line for a status bar or a prompt, made of the newest part of the log alone.

mod format;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use super::Shell;
use super::out::Fail;
use crate::domain::glance::Glance;
use crate::domain::kindness::{NUMBERS_HIDDEN, how_much};
use crate::domain::plan::Title;
use crate::domain::record::{moment_text, parse_moment};
use crate::domain::scale::Scale;
use crate::journal::Journal;
use crate::journal::tail::{self, Underway};
use crate::sys::clock;
use format::Format;

/// Print one line for tmux, a status bar or a prompt
#[derive(Debug, clap::Args)]
#[command(after_help = "\
F is text with names to fill in; a part in [ ] is left out where a value in it is missing, and\n\
{{ }} [[ ]] stand for the signs themselves. With no value at all nothing is printed.\n\
  {pain} {stress}    the newest ratings, said together; in words while the app hides numbers\n\
  {ago}              how long ago that was: 5m, 3h, 2d\n\
  {last} {last_ago}  the last session's name, and how long ago it began\n\
  {days} {sessions}  of the last seven days: those with an entry, and their sessions\n\
  {session} {for}    the session that runs now, and for how long\n\
  {cut_off}          a session that was cut off and waits to be settled\n\
The default: '[{session} {for} ][pain {pain} ][stress {stress} ][({ago} ago)]'.\n\
At most the last 64 KiB of the journal are read, of the files changed last; no lock is taken.\n\
'4+' says that there may be more in what was not read; an entry whose beginning was not read\n\
is not counted, and one deleted in what was not read still is.\n\
--json: an object of pain, stress (numbers; null where not rated or hidden), pain_words,\n\
stress_words, rated_at, last {name (null: several), started_at}, days, sessions, may_be_more,\n\
session {name, started_at} and cut_off {name, started_at}; what there is not is null.\n\
tmux: set -g status-right '#(unkink status)'")]
pub struct Args {
    /// What to print
    #[arg(long, value_name = "F", conflicts_with = "json")]
    format: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

const NAMES: &[&str] = &[
    "pain", "stress", "ago", "last", "last_ago", "days", "sessions", "session", "for", "cut_off",
];
const NUMBERS: &str = "[{session} {for} ][pain {pain} ][stress {stress} ][({ago} ago)]";
const WORDS: &str = "[{session} {for} ][{pain} pain ][{stress} stress ][({ago} ago)]";

/// A session and when it began.
#[derive(Debug, Clone, Serialize)]
struct Named {
    name: Option<String>,
    started_at: String,
}

#[derive(Debug, Serialize)]
struct Answer {
    pain: Option<u8>,
    stress: Option<u8>,
    pain_words: Option<&'static str>,
    stress_words: Option<&'static str>,
    rated_at: Option<String>,
    last: Option<Named>,
    days: usize,
    sessions: usize,
    may_be_more: bool,
    session: Option<Named>,
    cut_off: Option<Named>,
    #[serde(skip)]
    is_empty: bool,
}

/// The line, or nothing.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let hides = Journal::open(&shell.places).seen().contains(NUMBERS_HIDDEN);
    let usual = if hides { WORDS } else { NUMBERS };
    let format = args.format.as_deref().unwrap_or(usual);
    let format =
        Format::parse(format, NAMES).map_err(|why| Fail::Usage(format!("--format: {why}")))?;
    let now = clock::now().wall;
    let answer = answer(shell, hides, &now);
    if args.json {
        shell.out.value(&answer)?;
        return Ok(0);
    }
    let line = format.fill(&|name| value(&answer, name, &now));
    if !line.is_empty() {
        shell.out.line(&line)?;
    }
    Ok(0)
}

fn answer(shell: &Shell, hides: bool, now: &DateTime<FixedOffset>) -> Answer {
    let tail = tail::tail(&shell.places);
    let glance = Glance::of(&tail.entries, tail.known_since, now);
    let mut session = None;
    let mut cut_off = None;
    for one in tail::underway(&shell.places) {
        let place = if is_running(&one, now) {
            &mut session
        } else {
            &mut cut_off
        };
        place.get_or_insert_with(|| Named {
            name: Some(title(&one.checkpoint.title)),
            started_at: one.checkpoint.started_at,
        });
    }
    let rated = glance.rated;
    let pain = rated.and_then(|rated| rated.pain);
    let stress = rated.and_then(|rated| rated.stress);
    let number = |scale: Option<Scale>| scale.filter(|_| !hides).map(Scale::get);
    let words = |scale: Option<Scale>| scale.map(|scale| how_much(scale.get().into()));
    Answer {
        pain: number(pain),
        stress: number(stress),
        pain_words: words(pain),
        stress_words: words(stress),
        rated_at: rated.map(|rated| moment_text(&rated.at)),
        last: glance.session.map(|(name, at)| Named {
            name,
            started_at: moment_text(&at),
        }),
        days: glance.days,
        sessions: glance.sessions,
        may_be_more: glance.may_be_more,
        session,
        cut_off,
        is_empty: glance.is_empty,
    }
}

/// Where the system does not say who holds what, a session noted within the hour runs: no step is longer.
fn is_running(one: &Underway, now: &DateTime<FixedOffset>) -> bool {
    one.is_held.unwrap_or_else(|| {
        let noted = parse_moment(&one.checkpoint.at);
        noted.is_some_and(|at| (*now - at).num_seconds() < 3600)
    })
}

fn title(title: &Title) -> String {
    match title {
        Title::Technique(slug) | Title::Routine(slug) => slug.clone(),
        Title::Queue(slugs) => slugs.join("+"),
    }
}

fn value(answer: &Answer, name: &str, now: &DateTime<FixedOffset>) -> Option<String> {
    let rating = |number: Option<u8>, words: Option<&str>| {
        let number = number.map(|number| number.to_string());
        number.or_else(|| words.map(str::to_owned))
    };
    let since = |moment: &str| parse_moment(moment).map(|at| ago(at, now));
    let more = if answer.may_be_more { "+" } else { "" };
    let count = |count: usize| (!answer.is_empty).then(|| format!("{count}{more}"));
    let session = answer.session.as_ref();
    match name {
        "pain" => rating(answer.pain, answer.pain_words),
        "stress" => rating(answer.stress, answer.stress_words),
        "ago" => since(answer.rated_at.as_deref()?),
        "last" => Some(
            answer
                .last
                .as_ref()?
                .name
                .clone()
                .unwrap_or("several".into()),
        ),
        "last_ago" => since(&answer.last.as_ref()?.started_at),
        "days" => count(answer.days),
        "sessions" => count(answer.sessions),
        "session" => session?.name.clone(),
        "for" => since(&session?.started_at),
        "cut_off" => answer.cut_off.as_ref()?.name.clone(),
        _ => None,
    }
}

/// `5m`, `3h`, `2d`.
fn ago(at: DateTime<FixedOffset>, now: &DateTime<FixedOffset>) -> String {
    let minutes = (*now - at).num_minutes().max(0);
    match minutes {
        0..60 => format!("{minutes}m"),
        60..1440 => format!("{}h", minutes / 60),
        _ => format!("{}d", minutes / 1440),
    }
}
