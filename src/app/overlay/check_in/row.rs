//! One field of the form: its value, what it was at first, and what a key does to it.

use super::field::Field;
use super::line;
use super::part::Part;
use super::pick::{Choice, Pick};
use super::places::Places;
use super::source::{Source, owned, text_of, value_of};
use super::tags::Tags;
use super::words::Words;
use crate::app::message::Action;
use crate::app::text_area::TextArea;
use crate::app::text_field::TextField;
use crate::domain::often::Often;
use crate::domain::order;
use crate::domain::record::{More, NOTE_MAX};
use crate::domain::scale::Scale;
use crate::domain::vocabulary::Vocabulary;

/// Said when a note would pass [`NOTE_MAX`].
pub const TOO_LONG: &str = "A note holds 16 KiB; this would be longer. Nothing was changed.";
const REASON_TOO_LONG: &str = "This line holds 1000 bytes. Nothing was changed.";
/// The longest line in own words, in bytes.
const REASON_MAX: usize = 1000;

/// What a field holds while it is typed.
#[derive(Debug, Clone)]
pub enum Value {
    /// A number from 0 to 10.
    Scale(Option<Scale>),
    /// Words of a list.
    Words(Words),
    /// Places of the body.
    Places(Places),
    /// Own tags.
    Tags(Tags),
    /// One line.
    Line(TextField),
    /// A technique or a routine.
    Pick(Pick),
    /// A part of a session.
    Part(Part),
    /// JSON that is only kept, or taken away.
    Kept {
        /// As it stands.
        raw: String,
        /// Whether it is to be taken away.
        taken: bool,
    },
    /// Several lines.
    Note(TextArea),
}

/// What a field says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Content {
    Nothing,
    Scale(Scale),
    List(Vec<String>),
    Text(String),
    /// One after the other.
    What(Vec<Choice>),
    /// How long of which time, and whether it was done to its end.
    Part(String, bool),
}

/// A field of the form.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which.
    pub field: Field,
    /// Its name in the record.
    pub name: String,
    /// What it holds.
    pub value: Value,
    /// A value that this version cannot take, as JSON: kept unless the person sets another or clears it.
    pub odd: Option<String>,
    /// What it became elsewhere while it was changed here.
    pub elsewhere: Option<Content>,
    pub(super) before: Content,
    was_odd: Option<String>,
}

impl Row {
    /// The field of an entry.
    pub fn new(field: Field, from: &Source) -> Self {
        let none = More::default();
        let more = from.entry.more.as_deref().unwrap_or(&none);
        let odd = if field == Field::Plan {
            // It is no text, so it is kept as it is.
            more.plan.as_ref().filter(|raw| text_of(raw).is_none())
        } else {
            let odd = more.invalid.iter().find(|(name, _)| name == field.name());
            odd.map(|(_, raw)| raw)
        };
        let odd = odd.cloned();
        let value = value_of(field, more, from);
        Self::with(field, field.name(), value, odd)
    }

    /// A field that is only kept.
    pub fn kept(name: &str, raw: &str) -> Self {
        let (raw, taken) = (raw.to_owned(), false);
        Self::with(Field::Kept, name, Value::Kept { raw, taken }, None)
    }

    /// A part that is added.
    pub fn added(count: usize, part: Part) -> Self {
        let field = Field::Added(count);
        Self {
            before: Content::Nothing,
            ..Self::with(field, field.name(), Value::Part(part), None)
        }
    }

    fn with(field: Field, name: &str, value: Value, odd: Option<String>) -> Self {
        Self {
            field,
            name: name.to_owned(),
            before: content(&value),
            value,
            was_odd: odd.clone(),
            odd,
            elsewhere: None,
        }
    }

    /// What people read.
    pub fn label(&self) -> String {
        match self.field {
            Field::Kept => self.name.clone(),
            Field::Part(at) => format!("Part {}", at + 1),
            field => field.label().to_owned(),
        }
    }

    /// Whether this is the same field of the entry. A part is the same where it is of the same technique.
    pub fn is(&self, other: &Self) -> bool {
        let is_other_part = matches!((&self.value, &other.value),
            (Value::Part(own), Value::Part(other)) if own.name != other.name);
        self.field == other.field && self.name == other.name && !is_other_part
    }

    /// Whether it may stay in the form without being in the entry: its field may be set to anything.
    pub fn can_return(&self) -> bool {
        !matches!(self.field, Field::Kept | Field::Part(_))
    }

    /// Whether it is to be taken away.
    pub fn is_taken_away(&self) -> bool {
        self.content() == Content::Nothing
    }

    /// Whether the entry said this at first.
    pub fn was_there(&self) -> bool {
        self.was_odd.is_some() || self.before != Content::Nothing
    }

    /// Follows the entry, which has changed elsewhere: `new` is this field as it is now. What was changed here stays,
    /// and says what it became elsewhere. True when it does so anew.
    pub fn follow(&mut self, mut new: Self) -> bool {
        let is_same = sorted(new.before.clone()) == sorted(self.before.clone());
        let is_same = is_same && new.was_odd == self.was_odd;
        if is_same {
            return false;
        }
        if !self.is_changed() || sorted(new.before.clone()) == sorted(self.content()) {
            new.keep_place(self);
            *self = new;
            return false;
        }
        self.elsewhere = Some(new.before.clone());
        self.before = new.before;
        self.was_odd = new.was_odd;
        true
    }

    /// The keys stay where they were.
    fn keep_place(&mut self, old: &Self) {
        match (&mut self.value, &old.value) {
            (Value::Words(new), Value::Words(old)) => {
                new.selected = old.selected.min(new.offered.len().saturating_sub(1));
            }
            (Value::Places(new), Value::Places(old)) => {
                new.selected = old.selected.min(new.offered.len().saturating_sub(1));
                (new.on_right, new.on_map) = (old.on_right, old.on_map);
            }
            (Value::Tags(new), Value::Tags(old)) => {
                new.known.clone_from(&old.known);
                new.typed = old.typed.clone();
            }
            _ => {}
        }
    }

    /// Whether it offers what was used before.
    pub fn offers(&self) -> bool {
        matches!(
            self.field,
            Field::Words(_) | Field::Where | Field::TravelsTo | Field::Tags
        )
    }

    /// Puts what was used most often first.
    pub fn sort(&mut self, often: &Often, vocabulary: &Vocabulary) {
        match (&mut self.value, self.field) {
            (Value::Words(words), Field::Words(list)) => {
                let (known, counts) = (vocabulary.words(list), often.words(list));
                counts.sort(&mut words.offered, &known, |word| word);
            }
            (Value::Places(places), Field::Where) => {
                let known = vocabulary.regions.iter().map(|region| &*region.id);
                let known: Vec<&str> = known.collect();
                let counts = &often.regions;
                counts.sort(&mut places.offered, &known, |spot| &spot.id);
            }
            (Value::Places(places), Field::TravelsTo) => {
                let known = vocabulary.travels_to.iter().map(|end| &*end.id);
                let known: Vec<&str> = known.collect();
                let counts = &often.travels_to;
                counts.sort(&mut places.offered, &known, |spot| &spot.id);
            }
            (Value::Tags(tags), _) => tags.known = owned(often.tags.most_first()),
            _ => {}
        }
    }

    /// What it says now.
    pub fn content(&self) -> Content {
        content(&self.value)
    }

    /// Whether the person has changed it. The order of words says nothing.
    pub fn is_changed(&self) -> bool {
        let cleared = self.was_odd.is_some() && self.odd.is_none();
        cleared || sorted(self.content()) != sorted(self.before.clone())
    }

    /// Whether this was among its words at first.
    pub fn said_before(&self, word: &str) -> bool {
        matches!(&self.before, Content::List(words) if words.iter().any(|known| known == word))
    }

    /// Takes a key; the error says why it would not.
    pub fn act(&mut self, action: Action) -> Result<(), &'static str> {
        if action == Action::Clear {
            self.odd = None;
        }
        match (&mut self.value, action) {
            (Value::Scale(scale), Action::Clear) => *scale = None,
            (Value::Words(words), action) => return words.act(action),
            (Value::Places(places), action) => places.act(action),
            (Value::Tags(tags), Action::Edit(edit)) => tags.edit(edit),
            (Value::Pick(pick), Action::Edit(edit)) => pick.edit(edit),
            (Value::Part(part), Action::Edit(edit)) => part.edit(edit),
            (Value::Kept { taken, .. }, Action::Mark | Action::Clear) => *taken = !*taken,
            (Value::Line(line), Action::Edit(edit)) => line.edit(edit),
            (Value::Note(note), Action::Edit(edit)) => note.edit(edit),
            _ => {}
        }
        if !matches!(sorted(self.content()), Content::Nothing) {
            self.odd = None;
        }
        Ok(())
    }

    /// Takes typed or pasted text; the error says why it would not.
    pub fn insert(&mut self, text: &str) -> Result<(), &'static str> {
        match &mut self.value {
            Value::Words(words) => text.chars().for_each(|letter| words.jump(letter)),
            Value::Places(places) => text.chars().for_each(|letter| places.jump(letter)),
            Value::Tags(tags) => tags.insert(&text.replace('\t', " "))?,
            Value::Line(line) => {
                if matches!(self.field, Field::StoppedBecause | Field::Plan) {
                    let text = text.replace(['\n', '\t'], " ");
                    taken(line.insert(&text, REASON_MAX), REASON_TOO_LONG)?;
                } else {
                    line::put(line, text)?;
                }
            }
            Value::Pick(pick) => pick.insert(text)?,
            Value::Part(part) => part.insert(text)?,
            Value::Note(note) => taken(note.insert(text, NOTE_MAX), TOO_LONG)?,
            Value::Scale(_) | Value::Kept { .. } => {}
        }
        if self.content() != Content::Nothing {
            self.odd = None;
        }
        Ok(())
    }
}

fn taken(taken: bool, why: &'static str) -> Result<(), &'static str> {
    if taken { Ok(()) } else { Err(why) }
}

fn content(value: &Value) -> Content {
    let list = |words: &[String]| {
        if words.is_empty() {
            Content::Nothing
        } else {
            Content::List(words.to_vec())
        }
    };
    let text = |text: &str| {
        if text.trim().is_empty() {
            Content::Nothing
        } else {
            Content::Text(text.to_owned())
        }
    };
    match value {
        Value::Scale(scale) => scale.map_or(Content::Nothing, Content::Scale),
        Value::Words(words) => list(&words.chosen),
        Value::Places(places) => list(&places.chosen),
        Value::Tags(tags) => list(&tags.chosen),
        Value::Line(line) => text(line.text().trim()),
        Value::Note(note) => text(note.text()),
        Value::Pick(pick) if pick.chosen.is_empty() => Content::Nothing,
        Value::Pick(pick) => Content::What(pick.chosen.clone()),
        Value::Part(part) if part.is_taken_away() => Content::Nothing,
        Value::Part(part) => Content::Part(part.shown(), part.done),
        Value::Kept { taken: true, .. } => Content::Nothing,
        Value::Kept { raw, .. } => Content::Text(raw.clone()),
    }
}

fn sorted(content: Content) -> Content {
    match content {
        Content::List(mut words) => {
            order::by(&mut words, Ord::cmp);
            Content::List(words)
        }
        other => other,
    }
}
