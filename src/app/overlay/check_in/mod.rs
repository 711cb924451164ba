//! The form of an entry: a new check-in, two keys and Enter, with everything else behind Tab; and any entry that is to be
//! changed.

pub mod field;
pub mod places;
pub mod row;
pub mod tags;
pub mod words;

use std::cell::Cell;

use chrono::{DateTime, FixedOffset};

use super::{Answer, Reply};
use crate::app::edit::ReadTime;
use crate::app::message::{Action, Context, Edit};
use crate::domain::id::Id;
use crate::domain::often::Often;
use crate::domain::record::change::{Change, make_active, move_to};
use crate::domain::record::{Entry, Fields, Kind, Status, moment_text};
use crate::domain::scale::Scale;
use crate::domain::time::Now;
use crate::domain::vocabulary::{Vocabulary, WordField};
use crate::domain::when::{Moment, TIME_FORMS, parse_duration};
use field::{Field, QUICK};
pub use row::TOO_LONG;
use row::{Content, Row, Value};

const NOTHING: &str = "Nothing to save yet: give a number or a word, or press Esc to leave.";

/// The form on the screen.
#[derive(Debug, Clone)]
pub struct CheckIn {
    /// The entry that is changed; `None`: a new check-in.
    pub rec: Option<Id>,
    /// What kind of entry it is.
    pub kind: Kind,
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
    /// A new check-in.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let blank = Entry::blank(Id::new(""));
        let rows = Field::of(Kind::CheckIn).iter();
        let rows = rows.map(|field| Row::new(*field, &blank, vocabulary, ""));
        Self {
            rec: None,
            kind: Kind::CheckIn,
            rows: rows.collect(),
            at: 0,
            whole: false,
            top: Cell::new(0),
            is_sorted: false,
        }
    }

    /// An entry that is to be changed. `when`: its moment as the person would type it.
    pub fn edit(entry: &Entry, vocabulary: &Vocabulary, when: &str) -> Self {
        let is_open = entry.kind == Kind::Session && entry.status == Some(Status::Running);
        let rows = is_open.then_some(&Field::Status).into_iter();
        let rows = rows.chain(Field::of(entry.kind));
        let rows = rows.map(|field| Row::new(*field, entry, vocabulary, when));
        Self {
            rec: Some(entry.rec.clone()),
            kind: entry.kind,
            rows: rows.collect(),
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
            Value::Words(_) | Value::Places(_) => Context::FormList,
            Value::Tags(_) | Value::Line(_) => Context::FormLine,
            Value::Note(_) => Context::Note,
        }
    }

    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        match action {
            Action::Enter if self.context() == Context::Note => return self.insert("\n"),
            Action::Enter | Action::Save => return self.save(),
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
        let is_upright = matches!(self.context(), Context::FormLine);
        match action {
            Action::Edit(Edit::Up) if is_upright => return self.previous(),
            Action::Edit(Edit::Down) if is_upright => return self.next(),
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
    fn settle_tags(&mut self) -> Result<(), &'static str> {
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
        if self.rec.is_none() && self.is_empty() {
            return Reply::Refused(NOTHING);
        }
        Reply::Done(Answer::CheckIn(Box::new(self.clone())))
    }

    /// Whether there is nothing to save but a time.
    fn is_empty(&self) -> bool {
        let said = |row: &&Row| row.field != Field::When;
        let mut said = self.rows.iter().filter(said);
        said.all(|row| row.content() == Content::Nothing)
    }

    /// Whether leaving would lose something.
    pub fn is_touched(&self) -> bool {
        let typing = |row: &Row| match &row.value {
            Value::Tags(tags) => !tags.typed.text().trim().is_empty(),
            _ => false,
        };
        self.rows.iter().any(|row| row.is_changed() || typing(row))
    }

    /// The moment that is typed, as it is read; `None` where nothing is typed or nothing changed.
    pub fn moment(&self, read: &ReadTime, now: &Now) -> Option<Result<Moment, String>> {
        let row = self.find(Field::When)?;
        let Value::Line(line) = &row.value else {
            return None;
        };
        let typed = line.text().trim();
        let wanted = !typed.is_empty() && row.is_changed();
        wanted.then(|| read.read(typed, &now.wall))
    }

    /// What is to be written: for a new entry all of it, else what was changed and what moves along with it. `before`: the
    /// stored times and parts. The error is one line for the person; the field it is about then has the keys.
    pub fn change(
        &mut self,
        before: &Fields,
        read: &ReadTime,
        now: &Now,
    ) -> Result<Change, String> {
        let mut change = Change::default();
        if self.rec.is_none() {
            change.set.put("kind", "check-in");
            change.set.put("started_at", &moment_text(&now.wall));
        }
        let moment = self.moment(read, now);
        for (at, row) in self.rows.iter().enumerate() {
            if !row.is_changed() {
                continue;
            }
            if let Err(why) = take(&mut change, row, before, moment.as_ref()) {
                self.at = at;
                self.whole = true;
                return Err(why);
            }
        }
        Ok(change)
    }
}

/// Takes over what a field says.
fn take(
    change: &mut Change,
    row: &Row,
    before: &Fields,
    moment: Option<&Result<Moment, String>>,
) -> Result<(), String> {
    let name = row.field.name();
    let set = &mut change.set;
    match (row.field, row.content()) {
        (Field::When, Content::Nothing) => {
            return Err(format!("An entry needs its time: give {TIME_FORMS}."));
        }
        (Field::When, _) => match moment {
            Some(Ok(moment)) => move_to(moment.at, before, set),
            Some(Err(why)) => return Err(why.clone()),
            None => {}
        },
        (Field::Active, Content::Text(typed)) => make_active(parse_duration(&typed)?, before, set),
        (Field::Status, Content::List(words)) => {
            set.put(name, words.first().map_or("", |word| word));
        }
        (_, Content::Nothing) => change.unset.push(name.to_owned()),
        (_, Content::Scale(value)) => set.put(name, &value.get()),
        (_, Content::List(words)) => set.put(name, &words),
        (_, Content::Text(text)) => set.put(name, &text),
    }
    Ok(())
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
