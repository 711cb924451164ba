//! `profile.toml`: the answers of the gate, for people to read and to change by hand.
//!
//! Reading never says 'no conditions' where something can't be read: a single answer then counts as a yes, and a file
//! that is no TOML at all means that all is asked anew. Writing keeps comments and whatever it does not know.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDate, SubsecRound};
use toml_edit::{Document, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use super::append::{Writer, failure};
use super::small_file;
use crate::domain::order;
use crate::domain::profile::{Answer, Daily, Profile};
use crate::domain::storage::Failure;
use crate::domain::vocabulary::nearest;
use crate::paths::Places;

const PROFILE: &str = "profile.toml";
const HEADER: &str = "# What unkink asked and what you answered, each with its day. You may change it by hand;\n\
                      # 'unkink safety' shows what is in force.\n\n";

/// A profile as it was read, with a line for people for each thing that is odd.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// The answers.
    pub profile: Profile,
    /// `profile.toml:3: …`
    pub troubles: Vec<String>,
}

/// Reads the profile of these places. `known`: every id that there is a question for; none: any id will do.
pub fn read(places: &Places, known: &BTreeSet<String>) -> Read {
    let path = places.data.join(PROFILE);
    match small_file::read(&path) {
        Ok(text) => parse(text.as_deref().unwrap_or_default(), &path, known),
        Err(error) => {
            let why = failure(&path, &error).to_string();
            Read {
                profile: Profile {
                    unreadable: Some(why.clone()),
                    ..Profile::default()
                },
                troubles: vec![why],
            }
        }
    }
}

/// Changes the profile under the lock: it is read anew, changed, and replaced whole. A file that is no TOML is kept
/// beside the new one.
pub fn change(
    writer: &Writer,
    known: &BTreeSet<String>,
    change: impl FnOnce(&mut Profile),
) -> Result<Read, Failure> {
    let path = writer.places().data.join(PROFILE);
    let _held = writer.lock()?;
    let disk = writer.disk();
    let text = small_file::read(&path).map_err(|error| failure(&path, &error))?;
    let text = text.unwrap_or_default();
    let mut profile = parse(&text, &path, known).profile;
    let mut document = if let Ok(document) = text.parse::<DocumentMut>() {
        document
    } else {
        let kept = path.with_extension("toml.unreadable");
        small_file::replace(disk, &kept, text.as_bytes())?;
        DocumentMut::new()
    };
    profile.unreadable = None;
    change(&mut profile);
    let mut text = write(&profile, &mut document);
    if !text.contains(HEADER.lines().next().unwrap_or_default()) {
        text.insert_str(0, HEADER);
    }
    small_file::replace(disk, &path, text.as_bytes())?;
    Ok(parse(&text, &path, known))
}

struct Reader<'a> {
    text: &'a str,
    path: &'a Path,
    known: &'a BTreeSet<String>,
    read: Read,
}

fn parse(text: &str, path: &Path, known: &BTreeSet<String>) -> Read {
    let mut reader = Reader {
        text,
        path,
        known,
        read: Read::default(),
    };
    match Document::parse(text) {
        Ok(document) => reader.document(document.as_table()),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            reader.say(at, error.message());
            reader.read.profile.unreadable = reader.read.troubles.last().cloned();
        }
    }
    reader.read
}

impl Reader<'_> {
    fn say(&mut self, at: usize, why: &str) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
        let path = self.path.display();
        self.read.troubles.push(format!("{path}:{line}: {why}"));
    }

    fn document(&mut self, table: &Table) {
        for (name, item) in table {
            let at = start(item);
            match name {
                "asked_on" => match day(item) {
                    Some(on) => self.read.profile.asked_on = Some(on),
                    None => self.say(
                        at,
                        "asked_on is no day, such as 2026-11-23: all questions are asked again",
                    ),
                },
                "emergency_number" => match item.as_str().map(str::trim) {
                    Some(number) if !number.is_empty() => {
                        self.read.profile.emergency_number = Some(number.to_owned());
                    }
                    _ => self.say(
                        at,
                        "emergency_number is no text, such as \"112\": the general words stand",
                    ),
                },
                "answers" => {
                    if let Some(answers) = item.as_table_like() {
                        self.answers(answers);
                    } else {
                        self.say(at, "'answers' is no table, so no answer can be read");
                        self.read.profile.unreadable = self.read.troubles.last().cloned();
                    }
                }
                "daily" => match item.as_table_like().and_then(daily) {
                    Some(daily) => self.read.profile.daily = Some(daily),
                    None => self.say(at, "[daily] can't be read: it is asked again"),
                },
                other => {
                    let hint = nearest(
                        other,
                        ["asked_on", "emergency_number", "answers", "daily"].into_iter(),
                    );
                    let hint =
                        hint.map_or(String::new(), |near| format!("; did you mean '{near}'?"));
                    self.say(at, &format!("'{other}' is not known here{hint}"));
                }
            }
        }
    }

    fn answers(&mut self, answers: &dyn TableLike) {
        for (typed, item) in answers.iter() {
            let upper = typed.trim().to_uppercase();
            let id = if self.known.contains(&upper) {
                upper.as_str()
            } else {
                typed
            };
            if !self.known.is_empty() && !self.known.contains(id) {
                let hint = nearest(id, self.known.iter().map(String::as_str));
                let hint = hint.map_or(String::new(), |near| format!("; did you mean '{near}'?"));
                self.say(start(item), &format!("there is no question '{id}'{hint}"));
                continue;
            }
            if let Some(answer) = answer(item) {
                self.read.profile.answers.insert(id.to_owned(), answer);
            } else {
                let why = format!(
                    "the answer to {id} can't be read and counts as a yes; it should look like \
                     {id} = {{ answer = \"no\", on = 2026-11-23 }}"
                );
                self.say(start(item), &why);
                self.read.profile.doubtful.insert(id.to_owned());
            }
        }
    }
}

fn start(item: &Item) -> usize {
    item.span().map_or(0, |span| span.start)
}

fn day(item: &Item) -> Option<NaiveDate> {
    item.as_datetime()?.date?.to_string().parse().ok()
}

/// A day with its time and offset; `None` for a day alone.
fn moment(item: &Item) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(&item.as_datetime()?.to_string()).ok()
}

fn answer(item: &Item) -> Option<Answer> {
    let table = item.as_table_like()?;
    let yes = match table.get("answer")?.as_str()? {
        "yes" => true,
        "no" => false,
        _ => return None,
    };
    let seen_by_clinician = match table.get("seen_by_clinician") {
        Some(item) => Some(day(item)?),
        None => None,
    };
    let on = table.get("on")?;
    Some(Answer {
        yes,
        on: day(on)?,
        at: moment(on),
        seen_by_clinician,
    })
}

fn daily(table: &dyn TableLike) -> Option<Daily> {
    let ids = |name: &str| {
        let array = table.get(name)?.as_array()?;
        let ids = array.iter().map(|id| id.as_str().map(str::to_owned));
        ids.collect::<Option<Vec<String>>>().map(order::set)
    };
    Some(Daily {
        at: moment(table.get("at")?)?,
        asked: ids("asked")?,
        yes: ids("yes")?,
    })
}

/// The profile put into the document; what the document holds besides stays.
fn write(profile: &Profile, document: &mut DocumentMut) -> String {
    if let Some(on) = profile.asked_on {
        put(document.as_table_mut(), "asked_on", date(on));
    }
    let answers = document.entry("answers").or_insert_with(toml_edit::table);
    if !answers.is_table_like() {
        *answers = toml_edit::table();
    }
    if let Some(table) = answers.as_table_like_mut() {
        for (id, answer) in &profile.answers {
            let mut answer = *answer;
            // As it is read back.
            answer.at = answer.at.map(|at| at.trunc_subsecs(3));
            if self::answer(table.get(id).unwrap_or(&Item::None)) != Some(answer) {
                put(table, id, Value::InlineTable(answer_value(&answer)));
            }
        }
    }
    if let Some(daily) = &profile.daily {
        let mut table = Table::new();
        if let Some(at) = date_time(daily.at, "%Y-%m-%dT%H:%M:%S%:z") {
            table.insert("at", value(at));
        }
        for (name, ids) in [("asked", &daily.asked), ("yes", &daily.yes)] {
            let ids: toml_edit::Array = ids.iter().map(String::as_str).collect();
            table.insert(name, value(ids));
        }
        document.insert("daily", Item::Table(table));
    }
    document.to_string()
}

/// A value in the place of an old one, whose comment stays.
fn put(table: &mut dyn TableLike, name: &str, new: Value) {
    match table.get_mut(name).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(name, value(new));
        }
    }
}

fn answer_value(answer: &Answer) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("answer", if answer.yes { "yes" } else { "no" }.into());
    // To the millisecond, as ids of the log are: what came first must be told apart.
    let at = answer
        .at
        .and_then(|at| date_time(at, "%Y-%m-%dT%H:%M:%S%.3f%:z"));
    table.insert("on", at.map_or_else(|| date(answer.on), Value::from));
    if let Some(seen) = answer.seen_by_clinician {
        table.insert("seen_by_clinician", date(seen));
    }
    table
}

fn date_time(at: DateTime<FixedOffset>, format: &str) -> Option<toml_edit::Datetime> {
    at.format(format).to_string().parse().ok()
}

fn date(day: NaiveDate) -> Value {
    match day.to_string().parse::<toml_edit::Datetime>() {
        Ok(day) => day.into(),
        // A year beyond TOML's: as text it is read back as a doubt, which is asked again.
        Err(_) => day.to_string().into(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
