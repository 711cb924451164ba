//! One field of the form: its value, what it was at first, and what a key does to it.

use super::field::Field;
use super::places::{Places, Spot};
use super::tags::Tags;
use super::words::{MOODS, Words};
use crate::app::message::Action;
use crate::app::text_area::TextArea;
use crate::app::text_field::TextField;
use crate::domain::often::Often;
use crate::domain::record::{Entry, More, NOTE_MAX};
use crate::domain::scale::Scale;
use crate::domain::time::clock_text;
use crate::domain::vocabulary::{Vocabulary, WordField};

/// Said when a note would pass [`NOTE_MAX`].
pub const TOO_LONG: &str = "A note holds 16 KiB; this would be longer. Nothing was changed.";
const LINE_TOO_LONG: &str = "This line holds 80 bytes. Nothing was changed.";
/// The longest line, in bytes.
const LINE_MAX: usize = 80;

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
}

/// A field of the form.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which.
    pub field: Field,
    /// What it holds.
    pub value: Value,
    /// A value that this version cannot take, as JSON: kept unless the person sets another or clears it.
    pub odd: Option<String>,
    before: Content,
    was_odd: bool,
}

impl Row {
    /// The field of an entry. `when`: the moment as it would be typed.
    pub fn new(field: Field, entry: &Entry, vocabulary: &Vocabulary, when: &str) -> Self {
        let none = More::default();
        let more = entry.more.as_deref().unwrap_or(&none);
        let odd = more.invalid.iter().find(|(name, _)| name == field.name());
        let odd = odd.map(|(_, raw)| raw.clone());
        let value = value_of(field, entry, more, vocabulary, when);
        Self {
            field,
            before: content(&value),
            value,
            was_odd: odd.is_some(),
            odd,
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
        let cleared = self.was_odd && self.odd.is_none();
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
                let text = text.replace(['\n', '\t'], " ");
                taken(line.insert(&text, LINE_MAX), LINE_TOO_LONG)?;
            }
            Value::Note(note) => taken(note.insert(text, NOTE_MAX), TOO_LONG)?,
            Value::Scale(_) => {}
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
    }
}

fn sorted(content: Content) -> Content {
    match content {
        Content::List(mut words) => {
            words.sort();
            Content::List(words)
        }
        other => other,
    }
}

fn value_of(
    field: Field,
    entry: &Entry,
    more: &More,
    vocabulary: &Vocabulary,
    when: &str,
) -> Value {
    let active = || entry.active_s.map(|active| clock_text(active.into()));
    match field {
        Field::Pain => Value::Scale(entry.pain),
        Field::Stress => Value::Scale(entry.stress),
        Field::PainBefore => Value::Scale(entry.pain_before),
        Field::PainAfter => Value::Scale(entry.pain_after),
        Field::StressBefore => Value::Scale(entry.stress_before),
        Field::StressAfter => Value::Scale(entry.stress_after),
        Field::Pressure => Value::Scale(more.pressure),
        Field::Tightness => Value::Scale(more.tightness),
        Field::Active => Value::Line(TextField::with_text(&active().unwrap_or_default())),
        Field::Status => Value::Words(Words::new(owned(vec!["finished", "stopped"]), &[], Some(1))),
        Field::When => Value::Line(TextField::with_text(when)),
        Field::Note => Value::Note(TextArea::with_text(
            more.note.as_deref().unwrap_or_default(),
        )),
        Field::Words(list) => Value::Words(words_of(list, more, vocabulary)),
        Field::Tags => Value::Tags(Tags {
            chosen: more.tags.to_vec(),
            typed: TextField::default(),
            known: Vec::new(),
        }),
        Field::Where => {
            let known = vocabulary.regions.iter();
            let spots = known.map(|region| spot(&region.id, &region.label, region.midline));
            Value::Places(Places::new(spots.collect(), &more.regions, true))
        }
        Field::TravelsTo => {
            let known = vocabulary.travels_to.iter();
            let spots = known.map(|end| spot(&end.id, &end.label, false));
            Value::Places(Places::new(spots.collect(), &more.travels_to, false))
        }
    }
}

fn spot(id: &str, label: &str, midline: bool) -> Spot {
    Spot {
        id: id.to_owned(),
        label: label.to_owned(),
        midline,
    }
}

/// What an entry says in one of the lists.
fn listed(more: &More, list: WordField) -> &[String] {
    match list {
        WordField::Qualities => &more.qualities,
        WordField::Triggers => &more.triggers,
        WordField::Actions => &more.actions,
        WordField::Mood => &more.mood,
        WordField::Day => &more.day,
    }
}

fn words_of(list: WordField, more: &More, vocabulary: &Vocabulary) -> Words {
    let automatic: Vec<&str> = vocabulary
        .actions
        .iter()
        .filter(|word| word.automatic && list == WordField::Actions)
        .map(|word| &*word.word)
        .collect();
    let mut known = vocabulary.words(list);
    known.retain(|word| !automatic.contains(word));
    let most = (list == WordField::Mood).then_some(MOODS);
    Words::new(owned(known), listed(more, list), most)
}

fn owned(words: Vec<&str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}
