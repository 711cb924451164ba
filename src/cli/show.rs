//! `unkink show`: one technique, routine, evidence card or entry of the log, whole.

use serde::Serialize;

use super::Shell;
use super::as_toml;
use super::entry;
use super::gate;
use super::out::{Fail, Out};
use super::store::Store;
use crate::domain::evidence::Topic;
use crate::domain::gate::{Reason, Standing};
use crate::domain::length::{routine_real_s, technique_real_s};
use crate::domain::library::Library;
use crate::domain::routine::Routine;
use crate::domain::search::Item;
use crate::domain::technique::{Sides, Technique};
use crate::domain::time::clock_text;

/// Show a technique, a routine, an evidence card or an entry
#[derive(Debug, clap::Args)]
#[command(after_help = "\
--json: for a technique or routine the fields of its TOML file with real_s (seconds it\n\
really takes), own (whether it is yours), off ({id, words} for each reason why it may not\n\
start) and left_out (names of what a routine goes without); for an evidence card its\n\
fields; for an entry the same object as in 'history --json'.\n\
ID: 'last' (the newest by its own time, as it stands first in 'unkink history'; not the one\n\
written last), or any unique start or end of an entry's id of at least 4 characters.")]
pub struct Args {
    /// A name from 'unkink list', or an entry's id
    #[arg(value_name = "SLUG|ROUTINE|ID|TOPIC")]
    what: String,
    /// Answer in JSON
    #[arg(long, conflicts_with = "toml")]
    json: bool,
    /// Answer in the TOML that own files are written in (techniques and routines)
    #[arg(long)]
    toml: bool,
}

#[derive(Debug, Serialize)]
struct Shown<'a, T> {
    #[serde(flatten)]
    what: &'a T,
    real_s: u32,
    own: bool,
    off: Vec<Reason>,
    left_out: Vec<String>,
}

/// Finds it by slug, else by the id of an entry.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, troubles) = shell.library();
    super::out::say_each(&troubles);
    let Some(item) = library.item(&args.what) else {
        return entry(args, &library, shell);
    };
    let standing = if args.toml || matches!(item, Item::Topic(_)) {
        Standing::default()
    } else {
        let profile = gate::profile(shell, &library);
        gate::gate(&library, &profile).standing(item, &library)
    };
    let out = &mut shell.out;
    match (item, args.json, args.toml) {
        (Item::Technique(technique), true, _) => out.value(&Shown {
            what: technique,
            real_s: technique_real_s(technique),
            own: technique.own,
            left_out: names(&standing),
            off: standing.off,
        }),
        (Item::Routine(routine), true, _) => out.value(&Shown {
            what: routine,
            real_s: routine_real_s(routine, &library),
            own: routine.own,
            left_out: names(&standing),
            off: standing.off,
        }),
        (Item::Topic(topic), true, _) => out.value(topic),
        (Item::Technique(technique), _, true) => toml(technique, out),
        (Item::Routine(routine), _, true) => toml(routine, out),
        (Item::Topic(_), _, true) => Err(Fail::Usage(
            "--toml is for techniques and routines; --json shows an evidence card".into(),
        )),
        (Item::Technique(one), ..) => technique(one, &standing, &library, out),
        (Item::Routine(one), ..) => routine(one, &standing, &library, out),
        (Item::Topic(one), ..) => topic(one, &library, out),
    }?;
    Ok(0)
}

fn entry(args: &Args, library: &Library, shell: &mut Shell) -> Result<u8, Fail> {
    let nothing = || super::args::unknown("name or id", &args.what, library);
    let store = Store::read(&shell.places);
    let entry = store.resolve(&args.what, nothing)?;
    if args.toml {
        return Err(Fail::Usage(
            "--toml is for techniques and routines; --json shows an entry".into(),
        ));
    }
    if args.json {
        shell.out.json(&store.json(&entry.rec))?;
    } else {
        entry::details(&store, entry, library, &mut shell.out)?;
    }
    Ok(0)
}

fn toml(what: &impl Serialize, out: &mut Out) -> Result<(), Fail> {
    let text = as_toml::file(what).map_err(|error| Fail::Failed(error.to_string()))?;
    out.text(text.trim_end())
}

fn names(standing: &Standing) -> Vec<String> {
    let names = standing.gaps.iter().map(|(name, _)| name.clone());
    names.collect()
}

/// Why it is off, and what it goes without.
fn off(standing: &Standing, out: &mut Out) -> Result<(), Fail> {
    for reason in &standing.off {
        out.paragraph("Off        ", &reason.words)?;
    }
    for gap in &standing.gaps {
        out.paragraph("Left out   ", &gate::gap(gap))?;
    }
    Ok(())
}

fn technique(
    technique: &Technique,
    standing: &Standing,
    library: &Library,
    out: &mut Out,
) -> Result<(), Fail> {
    out.heading(&format!("{} ({})", technique.name, technique.slug))?;
    out.paragraph("", &technique.area)?;
    off(standing, out)?;
    out.line("")?;
    out.paragraph(
        "Time       ",
        &format!(
            "{} in all, {} of it steps",
            clock_text(technique_real_s(technique).into()),
            clock_text(technique.steps_s())
        ),
    )?;
    out.paragraph("Position   ", &technique.position)?;
    out.paragraph("Tools      ", &technique.tools)?;
    out.paragraph("Sides      ", sides(technique.sides))?;
    out.paragraph("Pressure   ", &technique.pressure(None))?;
    out.paragraph("Breathing  ", &technique.breathing)?;
    out.line("")?;
    for (at, step) in technique.steps.iter().enumerate() {
        let each = if step.each_side { ", each side" } else { "" };
        let label = format!("{:>2}. ", at + 1);
        let time = clock_text(step.seconds.into());
        out.paragraph(&label, &format!("{time}{each}: {}", step.line))?;
    }
    out.line("")?;
    out.paragraph("Stop if    ", &technique.stop_if)?;
    if !technique.good_for.is_empty() {
        out.paragraph("Good for   ", &technique.good_for.join(", "))?;
    }
    if let Some(note) = &technique.note {
        out.paragraph("Note       ", note)?;
    }
    if let Some(words) = library.safety().leave_out(&technique.traits) {
        out.paragraph("Leave out  ", &words)?;
    }
    out.line("")?;
    let letter = technique.evidence;
    out.paragraph(
        "Evidence   ",
        &format!("{}: {}", letter.name(), letter.meaning()),
    )?;
    sources(&technique.sources, library, out)
}

fn sides(sides: Sides) -> &'static str {
    match sides {
        Sides::Both => "both at once, or none",
        Sides::LeftThenRight => "'each side' steps left, then right",
        Sides::Either => "one side, the easier one",
        Sides::InTurn => "from side to side",
    }
}

fn routine(
    routine: &Routine,
    standing: &Standing,
    library: &Library,
    out: &mut Out,
) -> Result<(), Fail> {
    out.heading(&format!("{} ({})", routine.name, routine.slug))?;
    out.paragraph("", &routine.summary)?;
    off(standing, out)?;
    out.line("")?;
    out.line(&format!(
        "Time       {} in all",
        clock_text(routine_real_s(routine, library).into())
    ))?;
    for (at, item) in routine.items.iter().enumerate() {
        let name = library
            .technique(&item.technique)
            .map_or("", |t| t.name.as_str());
        let factor = if (item.factor - 1.0).abs() < f64::EPSILON {
            String::new()
        } else {
            format!("  times {}", item.factor)
        };
        out.line(&format!(
            "{:>2}. {:<26} {name}{factor}",
            at + 1,
            item.technique
        ))?;
    }
    out.line("")?;
    out.paragraph("Why        ", &routine.why)?;
    sources(&routine.sources, library, out)
}

fn topic(topic: &Topic, library: &Library, out: &mut Out) -> Result<(), Fail> {
    out.heading(&format!("{} ({})", topic.title, topic.slug))?;
    out.line("")?;
    out.paragraph("Said       ", topic.said)?;
    out.paragraph("Measured   ", topic.measured)?;
    out.paragraph("How sure   ", topic.how_sure)?;
    sources(&topic.sources, library, out)
}

fn sources(ids: &[impl AsRef<str>], library: &Library, out: &mut Out) -> Result<(), Fail> {
    for source in ids.iter().filter_map(|id| library.source(id.as_ref())) {
        let mut label = format!("{:<10} ", source.id);
        let words = [
            source.finding,
            source.strength,
            source.doubt(),
            source.citation,
        ];
        for words in words.into_iter().filter(|words| !words.is_empty()) {
            out.paragraph(&label, words)?;
            label = " ".repeat(11);
        }
    }
    Ok(())
}
