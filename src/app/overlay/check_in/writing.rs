//! What a form writes.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::CheckIn;
use super::field::Field;
use super::pick::CHOOSE;
use super::row::{Content, Row, Value};
use crate::app::edit::ReadTime;
use crate::app::saying::Saying;
use crate::domain::record::change::{
    Change, STEPS_MAX, check_times, make_active, make_planned, make_queue, make_routine,
    make_technique, moment, move_to,
};
use crate::domain::record::{Entry, Fields, moment_text};
use crate::domain::scale::Scale;
use crate::domain::time::Now;
use crate::domain::when::{Moment, TIME_FORMS, parse_duration};

const NO_WHAT: &str = "A session says what it was: choose a technique or a routine.";
const NOT_ADDED: &str = "Not added yet[: <save> adds this part][, <text-backspace> leaves it].";
const NO_STATUS: &str = "A session says how far it came: choose finished or stopped.";
const PEG: &str = "The PEG takes three answers; give all of them, or clear all.";

impl CheckIn {
    /// What is to be written: for a new entry all of it, else what was changed and what moves along with it. The error is
    /// one line for the person; the field it is about then has the keys.
    pub fn change(&mut self, read: &ReadTime, now: &Now) -> Result<Change, Saying> {
        let mut change = Change::default();
        if self.rec.is_none() {
            change.set.put("kind", "check-in");
            change.set.put("started_at", &moment_text(&now.wall));
        }
        let before = self.known.as_deref().map(Entry::fields).unwrap_or_default();
        let mut writing = Writing {
            change,
            before,
            read,
            now,
        };
        for (at, row) in self.rows.iter().enumerate() {
            if let Value::Pick(pick) = &row.value
                && pick.is_open()
            {
                self.at = at;
                return Err(CHOOSE.into());
            }
            if row.is_changed()
                && let Err(why) = writing.take(row, self)
            {
                (self.at, self.whole) = (at, true);
                return Err(why);
            }
        }
        let before = writing.before.clone();
        let change = writing.done();
        let label = |name: &'static str| {
            let row = self.rows.iter().find(|row| row.name == name);
            row.map_or_else(|| name.to_owned(), |row| format!("'{}'", row.label()))
        };
        if let Err(disorder) = check_times(&before, &change.applied(&before), label) {
            let is_time = |row: &Row| {
                let times = [Field::When, Field::Ended, Field::RatedAfter];
                row.is_changed() && times.contains(&row.field)
            };
            let is_it = |row: &Row| is_time(row) && row.name == disorder.then;
            let at = self.rows.iter().position(is_it);
            let at = at.or_else(|| self.rows.iter().rposition(is_time));
            self.at = at.unwrap_or(self.at);
            return Err(disorder.why.into());
        }
        Ok(change)
    }

    /// All that the form says, as a new entry.
    pub fn anew(&mut self, read: &ReadTime, now: &Now) -> Result<Change, Saying> {
        let change = self.change(read, now)?;
        let before = self.known.as_deref().map(Entry::fields).unwrap_or_default();
        Ok(Change {
            set: change.applied(&before),
            unset: Vec::new(),
        })
    }
}

impl Row {
    /// The moment that is typed here, as it is read; `None` where nothing is typed or nothing changed.
    pub fn moment(&self, read: &ReadTime, now: &Now) -> Option<Result<Moment, String>> {
        match self.content() {
            Content::Text(typed) if self.is_changed() => Some(read.read(&typed, &now.wall)),
            _ => None,
        }
    }
}

struct Writing<'a> {
    change: Change,
    /// The entry as it was last known.
    before: Fields,
    read: &'a ReadTime,
    now: &'a Now,
}

impl Writing<'_> {
    /// Takes over what a field says.
    fn take(&mut self, row: &Row, form: &CheckIn) -> Result<(), Saying> {
        let Self { change, before, .. } = self;
        let set = &mut change.set;
        match (row.field, row.content()) {
            (Field::What, Content::What(what)) => match &what[..] {
                [only] if only.is_routine => make_routine(&only.slug, set, &mut change.unset),
                [only] => make_technique(&only.slug, before, set, &mut change.unset),
                several => {
                    let slugs: Vec<String> = several.iter().map(|one| one.slug.clone()).collect();
                    make_queue(&slugs, set, &mut change.unset);
                }
            },
            (Field::What, _) => return Err(NO_WHAT.into()),
            (Field::Part(_) | Field::Added(_), _) => {
                return form.put_parts(row, before, set).map_err(Saying::from);
            }
            (Field::MorePart, _) => return Err(NOT_ADDED.into()),
            (Field::Peg(_), _) => return self.take_peg(form),
            (Field::When | Field::Ended | Field::RatedAfter, _) => return self.take_moment(row),
            (Field::Status, content) => return self.take_status(content, form),
            (_, Content::Nothing) => {
                (form.kind.can_lack(&row.name)).map_err(|refusal| refusal.why)?;
                change.unset.push(row.name.clone());
            }
            (Field::Active, Content::Text(typed)) => {
                make_active(parse_duration(&typed)?, before, set);
            }
            (Field::Planned, Content::Text(typed)) => {
                make_planned(parse_duration(&typed)?, before, set);
            }
            (Field::Steps, Content::Text(typed)) => {
                set.put("steps_done", &whole_number(&typed, STEPS_MAX)?);
            }
            (Field::RolandMorris, Content::Text(typed)) => {
                set.put("roland_morris", &whole_number(&typed, 24)?);
            }
            (Field::SideFirst, Content::List(words)) => {
                set.put(&row.name, words.first().map_or("", |word| word));
            }
            (_, Content::Scale(value)) => set.put(&row.name, &value.get()),
            (_, Content::List(words)) => set.put(&row.name, &words),
            (_, Content::Text(text)) => set.put(&row.name, &text),
            // Of fields that were taken above.
            (_, Content::What(_) | Content::Part(..)) => {}
        }
        Ok(())
    }

    /// A reason to stop would contradict that it was finished.
    fn take_status(&mut self, content: Content, form: &CheckIn) -> Result<(), Saying> {
        let Content::List(words) = content else {
            return Err(NO_STATUS.into());
        };
        let word = words.first().map_or("", |word| word);
        self.change.set.put("status", word);
        let reason = form.find(Field::StoppedBecause);
        if word == "finished" && reason.is_some_and(|row| !row.is_changed()) {
            self.change.unset.push("stopped_because".to_owned());
        }
        Ok(())
    }

    fn take_moment(&mut self, row: &Row) -> Result<(), Saying> {
        let typed = row.moment(self.read, self.now).transpose()?;
        let set = &mut self.change.set;
        match (row.field, typed) {
            (Field::When, Some(typed)) => move_to(typed.at, &self.before, set),
            (Field::When, None) => {
                return Err(format!("An entry needs its time: give {TIME_FORMS}.").into());
            }
            (_, Some(typed)) => {
                let start = moment(set, "started_at").or(moment(&self.before, "started_at"));
                // Typed to the minute, the minute of the start is none before it.
                let is_its_minute = |start: &DateTime<FixedOffset>| {
                    (TimeDelta::zero()..TimeDelta::minutes(1)).contains(&(*start - typed.at))
                };
                let at = start.filter(is_its_minute).unwrap_or(typed.at);
                set.put(&row.name, &moment_text(&at));
            }
            (_, None) => self.change.unset.push(row.name.clone()),
        }
        Ok(())
    }

    fn take_peg(&mut self, form: &CheckIn) -> Result<(), Saying> {
        let answers: Vec<Option<Scale>> = (0..3)
            .map(|at| match form.find(Field::Peg(at)).map(Row::content) {
                Some(Content::Scale(value)) => Some(value),
                _ => None,
            })
            .collect();
        if answers.iter().all(Option::is_none) {
            self.change.unset.push("peg".to_owned());
            return Ok(());
        }
        let given: Vec<u8> = answers.into_iter().flatten().map(Scale::get).collect();
        if given.len() < 3 {
            return Err(PEG.into());
        }
        self.change.set.put("peg", &given);
        Ok(())
    }

    /// Without what was not there to be taken away.
    fn done(self) -> Change {
        let Self {
            mut change, before, ..
        } = self;
        let mut gone: Vec<String> = Vec::new();
        for name in change.unset {
            let is_there = before.get(&name).is_some() && change.set.get(&name).is_none();
            if is_there && !gone.contains(&name) {
                gone.push(name);
            }
        }
        change.unset = gone;
        change
    }
}

fn whole_number(typed: &str, most: u32) -> Result<u32, String> {
    let number = typed.trim().parse().ok();
    let number = number.filter(|number| *number <= most);
    number.ok_or_else(|| format!("'{typed}' is not a whole number from 0 to {most}"))
}

/// The moment of an entry as the person would type it: without its offset where that goes without saying.
pub fn typed_moment(at: &DateTime<FixedOffset>, read: &ReadTime, now: &Now) -> String {
    let local = at.format("%Y-%m-%d %H:%M").to_string();
    let minute = |at: &DateTime<FixedOffset>| (at.timestamp().div_euclid(60), *at.offset());
    match read.read(&local, &now.wall) {
        Ok(moment) if minute(&moment.at) == minute(at) => local,
        _ => at.format("%Y-%m-%d %H:%M%:z").to_string(),
    }
}
