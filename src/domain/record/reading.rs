//! From JSON texts to an entry, one field at a time: quick, as every line of the log comes through here at the start.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, FixedOffset};
use serde::Deserialize;

use super::{
    Entry, FIELDS, Fields, Id, ItemDone, Kind, List, ListField, Marks, More, Pool, ScaleField,
    Status, What, Word,
};
use crate::domain::order;
use crate::domain::scale::Scale;

impl Entry {
    /// Gives a record's fields their meaning. Never fails: what cannot be read is listed among an entry's invalid fields.
    pub fn read(rec: Id, fields: &Fields, marks: Marks) -> Self {
        Self::read_one_of_many(rec, fields, marks, &mut Pool::default())
    }

    /// The same; what it has in common with others comes from the pool.
    pub fn read_one_of_many(rec: Id, fields: &Fields, marks: Marks, pool: &mut Pool) -> Self {
        let mut entry = Self::blank(rec);
        entry.marks = marks;
        for (name, value) in fields.iter() {
            entry.take(name, value.get(), pool);
        }
        entry.settle();
        entry
    }

    /// An entry without fields.
    pub fn blank(rec: Id) -> Self {
        Self {
            rec,
            kind: Kind::Unknown,
            started_at: None,
            what: None,
            status: None,
            active_s: None,
            pain: None,
            stress: None,
            pain_before: None,
            pain_after: None,
            stress_before: None,
            stress_after: None,
            marks: Marks::default(),
            more: None,
        }
    }

    /// Whether [`Entry::take`] may give this field a new value in the place of an old one. The kind and the title
    /// depend on each other: they need all fields at hand.
    pub fn can_retake(name: &str) -> bool {
        !matches!(name, "kind" | "technique" | "routine")
    }

    /// Takes one field in, as JSON text; what it has in common with earlier ones comes from the pool. After the last one
    /// comes [`Entry::settle`].
    pub fn take(&mut self, name: &str, raw: &str, pool: &mut Pool) {
        if let Some(more) = &mut self.more
            && more.invalid.iter().any(|(known, _)| known == name)
        {
            more.invalid
                .change(|invalid| invalid.retain(|(known, _)| known != name));
        }
        if !self.take_known(name, raw, pool) {
            self.more_mut().unknown.push((name.into(), raw.into()));
        }
    }

    fn take_known(&mut self, name: &str, raw: &str, pool: &mut Pool) -> bool {
        match name {
            "kind" => {
                self.kind = self
                    .valid(name, raw, text(raw))
                    .map_or(Kind::Unknown, |kind| kind_of(&kind));
            }
            "started_at" => self.started_at = self.moment(name, raw),
            "technique" => {
                let slug = self.word(name, raw, pool);
                if let (Some(slug), None | Some(What::Queue)) = (slug, &self.what) {
                    self.what = Some(What::Technique(slug));
                }
            }
            "routine" => {
                if let Some(slug) = self.word(name, raw, pool) {
                    self.what = Some(What::Routine(slug));
                }
            }
            "status" => {
                self.status = self.valid(name, raw, text(raw).and_then(|word| status_of(&word)));
            }
            "active_s" => self.active_s = self.valid(name, raw, raw.parse().ok()),
            _ => match ScaleField::named(name) {
                Some(field) => {
                    let scale = self.scale(name, raw);
                    field.put(self, scale);
                }
                None => return self.take_rarer(name, raw, pool),
            },
        }
        true
    }

    fn take_rarer(&mut self, name: &str, raw: &str, pool: &mut Pool) -> bool {
        match name {
            "planned_s" => {
                let seconds = self.valid(name, raw, raw.parse().ok());
                self.put(|more| &mut more.planned_s, seconds);
            }
            "ended_at" => {
                let at = self.moment(name, raw);
                self.put(|more| &mut more.ended_at, at);
            }
            "rated_after_at" => {
                let at = self.moment(name, raw);
                self.put(|more| &mut more.rated_after_at, at);
            }
            "items" => {
                let read = || Some(json::<Vec<ItemDone>>(raw)?.into());
                let items = self.valid(name, raw, pool.items.get(raw, read));
                self.put(|more| &mut more.items, items.unwrap_or_default());
            }
            "queue" => self.put_list(name, raw, pool, |more| &mut more.queue),
            "stopped_because" => self.put_text(name, raw, |more| &mut more.stopped_because),
            "steps_done" => {
                let steps = self.valid(name, raw, raw.parse().ok());
                self.put(|more| &mut more.steps_done, steps);
            }
            "side_first" => {
                let side = self.word(name, raw, pool);
                self.put(|more| &mut more.side_first, side);
            }
            "note" => self.put_text(name, raw, |more| &mut more.note),
            "peg" => {
                let answers: Option<[u8; 3]> = serde_json::from_str(raw).ok();
                let peg = answers
                    .and_then(|[a, b, c]| Some([Scale::new(a)?, Scale::new(b)?, Scale::new(c)?]));
                let peg = self.valid(name, raw, peg);
                self.put(|more| &mut more.peg, peg);
            }
            "roland_morris" => {
                let score = self.valid(
                    name,
                    raw,
                    raw.parse().ok().filter(|&score: &u8| score <= 24),
                );
                self.put(|more| &mut more.roland_morris, score);
            }
            "plan" => self.put(|more| &mut more.plan, Some(raw.to_owned())),
            _ => match ListField::named(name) {
                Some(list) => self.put_list(name, raw, pool, |more| list.slot(more)),
                // Every name of it has an arm.
                None => return FIELDS.contains(&name),
            },
        }
        true
    }

    /// Once all fields are in: what depends on several of them, and an order that does not depend on theirs.
    pub fn settle(&mut self) {
        match (&self.what, self.kind) {
            (None, Kind::Session) => self.what = Some(What::Queue),
            (Some(What::Queue), kind) if kind != Kind::Session => self.what = None,
            _ => {}
        }
        if let Some(more) = &mut self.more {
            if more.invalid.len() + more.unknown.len() > 0 {
                more.invalid.change(settle_noted);
                more.unknown.change(settle_noted);
            }
            more.settle();
            if **more == More::default() {
                self.more = None;
            }
        }
    }

    /// Passes a value on; without one the field is listed as invalid.
    fn valid<T>(&mut self, name: &str, raw: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.more_mut().invalid.push((name.into(), raw.into()));
        }
        value
    }

    fn word(&mut self, name: &str, raw: &str, pool: &mut Pool) -> Option<Word> {
        let word = pool.words.get(raw, || Some(Word::from(&*text(raw)?)));
        self.valid(name, raw, word)
    }

    fn scale(&mut self, name: &str, raw: &str) -> Option<Scale> {
        let answer = match raw.as_bytes() {
            [digit @ b'0'..=b'9'] => Scale::new(digit - b'0'),
            b"10" => Scale::new(10),
            _ => None,
        };
        self.valid(name, raw, answer)
    }

    fn moment(&mut self, name: &str, raw: &str) -> Option<DateTime<FixedOffset>> {
        self.valid(name, raw, text(raw).and_then(|text| parse_moment(&text)))
    }

    fn put_text(
        &mut self,
        name: &str,
        raw: &str,
        slot: impl Fn(&mut More) -> &mut Option<Box<str>>,
    ) {
        let value = self.valid(name, raw, text(raw).map(Into::into));
        self.put(slot, value);
    }

    fn put_list(
        &mut self,
        name: &str,
        raw: &str,
        pool: &mut Pool,
        slot: impl Fn(&mut More) -> &mut List<String>,
    ) {
        let read = || Some(json::<Vec<String>>(raw)?.into());
        let words = self.valid(name, raw, pool.lists.get(raw, read));
        self.put(slot, words.unwrap_or_default());
    }

    /// Most entries need no [`More`]: none is made for a value that is its default.
    pub(super) fn put<T: Default + PartialEq>(
        &mut self,
        slot: impl Fn(&mut More) -> &mut T,
        value: T,
    ) {
        if self.more.is_some() || value != T::default() {
            *slot(self.more_mut()) = value;
        }
    }

    fn more_mut(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }
}

/// By name; of a name that was taken several times the last.
fn settle_noted(noted: &mut Vec<(String, String)>) {
    noted.reverse();
    order::by(noted, |a, b| a.0.cmp(&b.0));
    noted.dedup_by(|a, b| a.0 == b.0);
}

fn kind_of(word: &str) -> Kind {
    match word {
        "session" => Kind::Session,
        "check-in" => Kind::CheckIn,
        "questionnaire" => Kind::Questionnaire,
        "plan" => Kind::Plan,
        _ => Kind::Unknown,
    }
}

fn status_of(word: &str) -> Option<Status> {
    Some(match word {
        "running" => Status::Running,
        "finished" => Status::Finished,
        "stopped" => Status::Stopped,
        _ => return None,
    })
}

fn json<'a, T: Deserialize<'a>>(raw: &'a str) -> Option<T> {
    serde_json::from_str(raw).ok()
}

/// A JSON text's text; borrowed where it holds no escapes.
fn text(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        serde_json::from_str(raw).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inner))
    }
}

/// Reads a moment: RFC 3339, also without seconds. A moment without an offset is no instant and is refused; so is a year
/// that RFC 3339 can't write.
pub fn parse_moment(text: &str) -> Option<DateTime<FixedOffset>> {
    let at = DateTime::parse_from_rfc3339(text)
        .ok()
        .or_else(|| without_seconds(text))?;
    (0..=9999).contains(&at.year()).then_some(at)
}

fn without_seconds(text: &str) -> Option<DateTime<FixedOffset>> {
    let read = |text: &str| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z").ok();
    let text = text.to_ascii_uppercase();
    match text.strip_suffix('Z') {
        Some(bare) => read(&format!("{bare}+00:00")),
        None => read(&text),
    }
}
