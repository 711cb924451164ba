//! The form of an entry: a new check-in, two keys and Enter, with everything else behind Tab; and any entry that is to be
//! changed.

pub mod field;
mod following;
mod leaving;
mod line;
pub mod part;
mod parts;
pub mod pick;
pub mod places;
mod pressing;
pub mod row;
mod source;
pub mod tags;
pub mod words;
mod writing;

use std::cell::Cell;

use super::{Answer, Reply};
use crate::app::message::{Action, Context, Edit};
use crate::domain::id::Id;
use crate::domain::often::Often;
use crate::domain::record::{Entry, Kind, Status};
use crate::domain::scale::Scale;
use crate::domain::vocabulary::{Vocabulary, WordField};
use field::{Field, QUICK};
pub use following::Followed;
pub use row::TOO_LONG;
use row::{Content, Row, Value};
pub use source::Source;
pub use writing::typed_moment;

const NOTHING: &str = "Nothing to save yet: give a number or a word, or press <back> to leave.";
/// Said when what was deleted elsewhere is to be saved as if it were there.
pub const GONE: &str = "Not saved: this entry was deleted elsewhere.[ <save-as-new> saves it as a new entry;] <back> leaves it.";

const OF_NO_KIND: &str =
    "Only a newer version of unkink could save this as a new entry. What you typed stays here.";

/// The form on the screen.
#[derive(Debug, Clone)]
pub struct CheckIn {
    /// The entry that is changed; `None`: a new check-in.
    pub rec: Option<Id>,
    /// What kind of entry it is.
    pub kind: Kind,
    /// The entry as it was last known.
    pub known: Option<Box<Entry>>,
    /// It was deleted elsewhere while the form was open.
    pub is_gone: bool,
    /// The fields in order.
    pub rows: Vec<Row>,
    /// Which of them has the keys.
    pub at: usize,
    /// Whether all fields are shown, as against the first two.
    pub whole: bool,
    /// The first field shown; kept by the drawing.
    pub top: Cell<usize>,
    /// Whether what was used before comes first.
    is_sorted: bool,
}

impl CheckIn {
    /// A new check-in. Without an entry in its source, which is taken for an empty one.
    pub fn new(from: &Source) -> Self {
        let rows = Field::of(Kind::CheckIn).into_iter();
        Self {
            rec: None,
            kind: Kind::CheckIn,
            known: None,
            is_gone: false,
            rows: rows.map(|field| Row::new(field, from)).collect(),
            at: 0,
            whole: false,
            top: Cell::new(0),
            is_sorted: false,
        }
    }

    /// An entry that is to be changed.
    pub fn edit(from: &Source) -> Self {
        let entry = from.entry;
        Self {
            rec: Some(entry.rec.clone()),
            kind: entry.kind,
            known: Some(Box::new(entry.clone())),
            is_gone: false,
            rows: rows_of(from),
            at: 0,
            whole: true,
            top: Cell::new(0),
            is_sorted: false,
        }
    }

    /// The field that has the keys.
    pub fn row(&self) -> &Row {
        // There is always one, and `at` stays among them.
        &self.rows[self.at.min(self.rows.len() - 1)]
    }

    fn row_mut(&mut self) -> &mut Row {
        let last = self.rows.len() - 1;
        &mut self.rows[self.at.min(last)]
    }

    /// Whether what was used before is wanted: a field that offers it has the keys for the first time.
    pub fn wants_often(&self) -> bool {
        self.whole && !self.is_sorted && self.row().offers()
    }

    /// Puts what was used most often first in every field.
    pub fn sort(&mut self, often: &Often, vocabulary: &Vocabulary) {
        self.is_sorted = true;
        self.rows
            .iter_mut()
            .for_each(|row| row.sort(often, vocabulary));
    }

    /// The row of a field.
    pub fn find(&self, field: Field) -> Option<&Row> {
        self.rows.iter().find(|row| row.field == field)
    }

    /// Where keys go.
    pub fn context(&self) -> Context {
        match &self.row().value {
            Value::Scale(_) if self.whole => Context::FormScale,
            Value::Scale(_) => Context::CheckIn,
            Value::Places(places) if places.is_on_map() => Context::FormMap,
            Value::Words(_) | Value::Places(_) | Value::Kept { .. } => Context::FormList,
            Value::Tags(_) | Value::Line(_) | Value::Pick(_) | Value::Part(_) => Context::FormLine,
            Value::Note(_) => Context::Note,
        }
    }

    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        match action {
            Action::Enter if self.context() == Context::Note => return self.insert("\n"),
            Action::Enter | Action::Save | Action::NextField if self.add_part() => {}
            Action::Enter | Action::Save => return self.save(),
            Action::SaveAsNew if self.is_gone => return self.save_as_new(),
            Action::Back if self.is_touched() => {
                return Reply::Done(Answer::LeaveForm(Box::new(self.clone())));
            }
            Action::Back => return Reply::Close,
            Action::NextField => return self.next(),
            Action::PreviousField => return self.previous(),
            Action::Note => self.go_to_note(),
            Action::Up if self.context() == Context::CheckIn => self.at = 0,
            Action::Down if self.context() == Context::CheckIn => self.at = QUICK - 1,
            Action::Rate(value) => self.rate(value),
            action => return self.act_on_row(action),
        }
        Reply::Stay
    }

    fn act_on_row(&mut self, action: Action) -> Reply {
        let value = &self.row().value;
        let is_upright = matches!(value, Value::Line(_) | Value::Part(_) | Value::Tags(_));
        let is_kept = matches!(value, Value::Kept { .. });
        match action {
            Action::Edit(Edit::Up) if is_upright => return self.previous(),
            Action::Edit(Edit::Down) if is_upright => return self.next(),
            Action::Up if is_kept => return self.previous(),
            Action::Down if is_kept => return self.next(),
            _ => {}
        }
        let row = self.row_mut();
        match row.act(action) {
            Ok(()) => Reply::Stay,
            Err(why) => Reply::Refused(why),
        }
    }

    /// A digit answers and moves on where a number comes next.
    fn rate(&mut self, value: u8) {
        let Value::Scale(scale) = &mut self.row_mut().value else {
            return;
        };
        *scale = Scale::new(value);
        self.row_mut().odd = None;
        let is_scale = |row: &Row| matches!(row.value, Value::Scale(_));
        let last_of_quick = !self.whole && self.at + 1 >= QUICK;
        if !last_of_quick && self.rows.get(self.at + 1).is_some_and(is_scale) {
            self.at += 1;
        }
    }

    /// Takes typed or pasted text.
    pub fn insert(&mut self, text: &str) -> Reply {
        match self.row_mut().insert(text) {
            Ok(()) => Reply::Stay,
            Err(why) => Reply::Refused(why),
        }
    }

    fn next(&mut self) -> Reply {
        if let Err(why) = self.settle_tags() {
            return Reply::Refused(why);
        }
        if !self.whole {
            (self.whole, self.at) = (true, QUICK);
            return Reply::Stay;
        }
        if let Value::Places(places) = &mut self.row_mut().value
            && places.on_map == Some(false)
        {
            places.on_map = Some(true);
            return Reply::Stay;
        }
        self.enter((self.at + 1) % self.rows.len(), false);
        Reply::Stay
    }

    fn previous(&mut self) -> Reply {
        if let Err(why) = self.settle_tags() {
            return Reply::Refused(why);
        }
        if !self.whole {
            self.at = self.at.saturating_sub(1);
            return Reply::Stay;
        }
        if let Value::Places(places) = &mut self.row_mut().value
            && places.is_on_map()
        {
            places.on_map = Some(false);
            return Reply::Stay;
        }
        self.enter((self.at + self.rows.len() - 1) % self.rows.len(), true);
        Reply::Stay
    }

    fn go_to_note(&mut self) {
        let is_note = |row: &Row| row.field == Field::Note;
        if let Some(at) = self.rows.iter().position(is_note) {
            (self.whole, self.at) = (true, at);
        }
    }

    /// Goes to a field; to the map of one that has a map when it comes from below.
    fn enter(&mut self, at: usize, from_below: bool) {
        self.at = at;
        if let Value::Places(places) = &mut self.row_mut().value
            && let Some(on_map) = &mut places.on_map
        {
            *on_map = from_below;
        }
    }

    /// Sets the tag that is being typed.
    pub fn settle_tags(&mut self) -> Result<(), &'static str> {
        for row in &mut self.rows {
            if let Value::Tags(tags) = &mut row.value {
                tags.settle()?;
            }
        }
        Ok(())
    }

    /// A new tag that is a word of one of the lists goes there, as on the command line; where that list is full it stays.
    pub fn sort_tags(&mut self, vocabulary: &Vocabulary) {
        let mut moved: Vec<(WordField, String, String)> = Vec::new();
        for row in &self.rows {
            if let Value::Tags(tags) = &row.value {
                let new = tags.chosen.iter().filter(|tag| !row.said_before(tag));
                moved.extend(new.filter_map(|tag| {
                    let (field, word) = vocabulary.field_of(tag)?;
                    Some((field, word.to_owned(), tag.clone()))
                }));
            }
        }
        for (field, word, tag) in moved {
            let took = self.rows.iter_mut().any(|row| match &mut row.value {
                Value::Words(words) if row.field == Field::Words(field) => {
                    words.choose(&word).is_ok()
                }
                _ => false,
            });
            for row in self.rows.iter_mut().filter(|_| took) {
                if let Value::Tags(tags) = &mut row.value {
                    tags.chosen.retain(|known| *known != tag);
                }
            }
        }
    }

    fn save(&mut self) -> Reply {
        if let Err(why) = self.settle_tags() {
            return Reply::Refused(why);
        }
        if self.is_gone {
            return Reply::Refused(GONE);
        }
        if self.rec.is_none() && self.is_empty() {
            return Reply::Refused(NOTHING);
        }
        Reply::Done(Answer::CheckIn(Box::new(self.clone())))
    }

    /// The entry was deleted elsewhere: what the form says becomes a new one.
    fn save_as_new(&mut self) -> Reply {
        if let Err(why) = self.settle_tags() {
            return Reply::Refused(why);
        }
        if self.kind == Kind::Unknown {
            return Reply::Refused(OF_NO_KIND);
        }
        Reply::Done(Answer::CheckIn(Box::new(self.clone())))
    }

    /// Whether there is nothing to save but a time.
    pub fn is_empty(&self) -> bool {
        let said = |row: &&Row| row.field != Field::When;
        let mut said = self.rows.iter().filter(said);
        said.all(|row| row.content() == Content::Nothing)
    }

    /// Whether leaving would lose something.
    pub fn is_touched(&self) -> bool {
        self.is_typing_a_tag() || self.rows.iter().any(Row::is_changed)
    }

    /// Whether a tag is typed that is not set yet.
    pub fn is_typing_a_tag(&self) -> bool {
        self.rows.iter().any(|row| match &row.value {
            Value::Tags(tags) => !tags.typed.text().trim().is_empty(),
            _ => false,
        })
    }
}

/// The fields of an entry: those of its kind, what it has of others, and what is only kept.
fn rows_of(from: &Source) -> Vec<Row> {
    let entry = from.entry;
    let is_open = entry.kind == Kind::Session && entry.status == Some(Status::Running);
    let mut own = Field::of(entry.kind);
    if is_open {
        // What is missing comes first.
        own.retain(|field| *field != Field::Status);
        own.insert(0, Field::Status);
    }
    let mut rows: Vec<Row> = own.iter().map(|field| Row::new(*field, from)).collect();
    let more = entry.more.as_deref();
    let parts = more.map_or(0, |more| more.items.len());
    rows.extend((0..parts).map(|at| Row::new(Field::Part(at), from)));
    if parts::takes_more(entry) {
        rows.push(Row::new(Field::MorePart, from));
    }
    let others = Field::of_others(entry.kind).into_iter();
    let others = others.map(|field| Row::new(field, from));
    rows.extend(others.filter(Row::was_there));
    let kept = more
        .iter()
        .flat_map(|more| more.invalid.iter().chain(&more.unknown));
    for (name, raw) in kept {
        let is_shown = rows
            .iter()
            .any(|row| row.name == *name && row.odd.is_some());
        if !is_shown {
            rows.push(Row::kept(name, raw));
        }
    }
    rows
}
