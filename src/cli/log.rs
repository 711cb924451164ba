//! `unkink log`: an entry in ten seconds.

use std::io::Read;

use super::Shell;
use super::args::Rating;
use super::entry;
use super::gate;
use super::out::{self, Fail};
use super::store::{Store, perform};
use crate::content;
use crate::domain::profile::Profile;
use crate::domain::record::{Entry, Fields, Marks, NOTE_MAX, moment_text};
use crate::domain::scale::Scale;
use crate::domain::storage::Act;
use crate::domain::time::Now;
use crate::domain::vocabulary::{Vocabulary, WordField};
use crate::domain::warning::{JUMP, Raised, of_pain, open_questions};
use crate::domain::when;
use crate::journal::Outcome;
use crate::paths::Places;
use crate::sys::clock;

/// Log how it is now, or was at another time
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Scales are whole numbers from 0 to 10; '-' stands for not rated. Options that list things\n\
can be repeated or separated by commas. A word of the lists of qualities, triggers,\n\
actions or moods that is given to --tag goes there.\n\
TIME: 2026-11-01T21:30, '2026-11-01 21:30', 'yesterday 21:30', 21:30, -2h or -90m.\n\
--json: the entry, as in 'history --json'.\n\
An entry that raises a safety question is saved; what to do is told on standard error, and\n\
the question is asked before the next session.")]
pub struct Args {
    /// Pain now, 0 to 10, or '-'
    #[arg(allow_negative_numbers = true)]
    pain: Option<Rating>,
    /// Stress now, 0 to 10, or '-'
    #[arg(allow_negative_numbers = true)]
    stress: Option<Rating>,
    /// Tightness, 0 to 10
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    tightness: Option<Rating>,
    /// Where: belt-line:left, calf:both, sacrum …
    #[arg(long = "where", value_name = "R", value_delimiter = ',')]
    regions: Vec<String>,
    /// How far down it travels: buttock, thigh, knee, below-knee, foot
    #[arg(long, value_name = "R", value_delimiter = ',')]
    travels_to: Vec<String>,
    /// How it feels: aching, tight …
    #[arg(long, value_name = "Q", value_delimiter = ',')]
    quality: Vec<String>,
    /// Anything
    #[arg(long, value_name = "T", value_delimiter = ',')]
    tag: Vec<String>,
    /// What came before: sat long, lifted …
    #[arg(long, value_name = "T", value_delimiter = ',')]
    trigger: Vec<String>,
    /// What was done about it: walk, heat …
    #[arg(long, value_name = "A", value_delimiter = ',')]
    action: Vec<String>,
    /// Up to three mood words
    #[arg(long, value_name = "M", value_delimiter = ',')]
    mood: Vec<String>,
    /// What kind of day it is: flare, rest, travel, ill
    #[arg(long, value_name = "D", value_delimiter = ',')]
    day: Vec<String>,
    /// In your own words; '-' reads standard input
    #[arg(long, value_name = "TEXT|-", allow_hyphen_values = true)]
    note: Option<String>,
    /// When it was
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Reads all of it before anything is written.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, _) = content::load(&shell.places);
    let now = clock::now();
    let mut at = now.wall;
    if let Some(typed) = &args.at {
        let moment = when::parse_time(typed, &now.wall, &chrono::Local).map_err(Fail::Usage)?;
        if let Some(note) = &moment.note {
            out::say(note);
        }
        at = moment.at;
    }
    let mut set = Fields::default();
    set.put("kind", "check-in");
    set.put("started_at", &moment_text(&at));
    let values = put_values(args, library.vocabulary(), &mut set)?;
    if !values {
        return Err(Fail::Usage(
            "nothing to log: give at least one value, such as 'unkink log 4' or --note".into(),
        ));
    }
    let written = perform(&shell.places, Act::Add { set: set.clone() }, &now);
    let rec = match written {
        Ok(Outcome::Done { rec, .. }) => rec,
        Ok(Outcome::Nothing(why)) => return Err(Fail::Failed(why)),
        Err(fail) => {
            // What came by a pipe is nowhere else.
            if args.note.as_deref() == Some("-") {
                out::say_text(&serde_json::to_string(&set).unwrap_or_default());
            }
            return Err(fail);
        }
    };
    let entry = Entry::read(rec, &set, Marks::default());
    if args.json {
        shell
            .out
            .json(&Store::read(&shell.places).json(&entry.rec))?;
    } else {
        let line = entry::line(&entry, &library);
        let day = when::day_text(at.date_naive(), now.wall.date_naive());
        shell.out.line(&format!("Saved: {day} {line}"))?;
    }
    shell.out.flush()?;
    let raised = raised(&entry, &now, &shell.places);
    if !raised.is_empty() {
        let number = gate::profile(shell, &library).emergency_number;
        out::say_text(&gate::card(&raised, library.safety(), number.as_deref()).join("\n"));
    }
    Ok(0)
}

/// The questions that this entry raises, by its words or by its pain.
fn raised(entry: &Entry, now: &Now, places: &Places) -> Vec<Raised> {
    let alone = std::slice::from_ref(entry);
    let mut raised = open_questions(alone, &Profile::default(), &now.wall);
    // No lower value can be that much above others, so the rest of the log need not be read for it.
    let is_high = |pain: Scale| i16::from(pain.get()) >= JUMP;
    if entry.pain.is_some_and(is_high) {
        let store = Store::read(places);
        let mut rated = store.entries().iter().rev();
        let newest = rated.find(|known| known.pain.or(known.pain_before).is_some());
        if newest.is_some_and(|newest| newest.rec == entry.rec) {
            for one in of_pain(store.entries(), &now.wall) {
                let is_new = raised.iter().all(|known| known.id != one.id);
                raised.extend(is_new.then_some(one));
            }
        }
    }
    raised
}

/// Puts everything that was given; whether anything was.
fn put_values(args: &Args, words: &Vocabulary, set: &mut Fields) -> Result<bool, Fail> {
    let before = set.iter().count();
    let scales = [
        ("pain", args.pain),
        ("stress", args.stress),
        ("tightness", args.tightness),
    ];
    for (name, rating) in scales {
        if let Some(scale) = rating.and_then(Rating::value) {
            set.put(name, &scale.get());
        }
    }
    let places = |typed: &[String], read: &dyn Fn(&str) -> Result<String, String>| {
        let read: Result<Vec<String>, String> = given(typed).map(read).collect();
        read.map(once).map_err(Fail::Usage)
    };
    let regions = places(&args.regions, &|typed| {
        words.place(typed).map(|p| p.to_string())
    })?;
    let travels = places(&args.travels_to, &|typed| {
        words.end_point(typed).map(|p| p.to_string())
    })?;
    put_list(set, "regions", &regions);
    put_list(set, "travels_to", &travels);
    put_words(args, words, set)?;
    if let Some(note) = note(args.note.as_deref())? {
        set.put("note", &note);
    }
    let blank = |note: &str| note.trim_matches(['"', ' ']).is_empty();
    let only_blank_note =
        set.iter().count() == before + 1 && set.get("note").is_some_and(|note| blank(note.get()));
    Ok(set.iter().count() > before && !only_blank_note)
}

/// The word lists, and tags with the words of these lists sent to where they belong.
fn put_words(args: &Args, words: &Vocabulary, set: &mut Fields) -> Result<(), Fail> {
    let mut lists = [
        (WordField::Qualities, &args.quality, Vec::new()),
        (WordField::Triggers, &args.trigger, Vec::new()),
        (WordField::Actions, &args.action, Vec::new()),
        (WordField::Day, &args.day, Vec::new()),
        (WordField::Mood, &args.mood, Vec::new()),
    ];
    for (field, typed, list) in &mut lists {
        for word in given(typed) {
            list.push(words.word(*field, word).map_err(Fail::Usage)?.to_owned());
        }
    }
    let mut tags = Vec::new();
    for tag in given(&args.tag) {
        let known = words.field_of(tag);
        let list = known.and_then(|(field, word)| {
            let list = lists.iter_mut().find(|(known, ..)| *known == field)?;
            Some((&mut list.2, word))
        });
        match list {
            Some((list, word)) => list.push(word.to_owned()),
            None => tags.push(tag.to_owned()),
        }
    }
    for (field, _, list) in lists {
        let list = once(list);
        if field == WordField::Mood && list.len() > 3 {
            return Err(Fail::Usage(format!(
                "{} mood words: choose up to three",
                list.len()
            )));
        }
        put_list(set, field.name(), &list);
    }
    put_list(set, "tags", &once(tags));
    Ok(())
}

fn put_list(set: &mut Fields, name: &str, list: &[String]) {
    if !list.is_empty() {
        set.put(name, list);
    }
}

/// Typed words without blanks around them and without empty ones.
fn given(typed: &[String]) -> impl Iterator<Item = &str> {
    typed
        .iter()
        .map(|word| word.trim())
        .filter(|word| !word.is_empty())
}

/// Each word once, in the order typed.
fn once(list: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let mut list = list;
    list.retain(|word| seen.insert(word.clone()));
    list
}

/// The note as typed; `-` reads standard input without its last line break.
fn note(typed: Option<&str>) -> Result<Option<String>, Fail> {
    let note = match typed {
        Some("-") => {
            let mut bytes = Vec::new();
            let limit = NOTE_MAX as u64 + 2;
            let read = std::io::stdin().lock().take(limit).read_to_end(&mut bytes);
            read.map_err(|error| Fail::Failed(format!("standard input: {error}")))?;
            let text = String::from_utf8(bytes);
            let mut text = text.map_err(|_| Fail::Usage("the note is not UTF-8 text".into()))?;
            if text.ends_with('\n') {
                text.pop();
            }
            text
        }
        Some(typed) => typed.to_owned(),
        None => return Ok(None),
    };
    if note.len() > NOTE_MAX {
        return Err(Fail::Usage(format!(
            "the note is too long: at most {NOTE_MAX} bytes; nothing was saved"
        )));
    }
    Ok(Some(note))
}
