//! What two machines disagree about in an entry: each value with when and where it was written, one key each.

use serde_json::value::RawValue;

use super::{Answer, Reply};
use crate::app::message::Action;
use crate::domain::differing::{Deleted, Differing, Unsettled};
use crate::domain::id::Id;
use crate::domain::record::Fields;
use crate::domain::storage::Act;

/// The question on the screen.
#[derive(Debug, Clone)]
pub struct Settle {
    /// The entry.
    pub rec: Id,
    /// What there is to settle; `None`: it is being looked up.
    pub unsettled: Option<Unsettled>,
    /// The way that has the keys, counted over all.
    pub chosen: usize,
    /// Whether that way was pressed: pressed again it is taken, as every way is something that is written.
    is_pressed: bool,
    /// The way that had the keys when it was looked up anew.
    held: Option<Way>,
}

/// One way to settle something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// This field has this value, a JSON text, or for `None` none.
    Value(String, Option<String>),
    /// The entry stays: these deletes are taken back.
    Keep(Vec<Id>),
    /// The entry goes.
    Delete,
}

impl Way {
    /// What is written for it. An edit and a delete have seen everything that they end; to keep an entry its deletes are
    /// taken back, so that it is an entry like any other again.
    pub fn acts(self, rec: Id) -> Vec<Act> {
        match self {
            Self::Value(name, value) => {
                let mut set = Fields::default();
                let raw = value.and_then(|value| RawValue::from_string(value).ok());
                let unset = if raw.is_none() {
                    vec![name.clone()]
                } else {
                    Vec::new()
                };
                if let Some(raw) = raw {
                    set.put_raw(&name, raw);
                }
                vec![Act::Edit { rec, set, unset }]
            }
            Self::Keep(deletes) => {
                let undo = |op| Act::Undo { op: Some(op) };
                deletes.into_iter().map(undo).collect()
            }
            Self::Delete => vec![Act::Delete { rec }],
        }
    }
}

impl Settle {
    /// Of this entry, to be looked up.
    pub fn new(rec: Id) -> Self {
        Self {
            rec,
            unsettled: None,
            chosen: 0,
            is_pressed: false,
            held: None,
        }
    }

    /// The entry has changed: what was shown may not be all. Nothing can be chosen until it has been looked up again.
    pub fn look_again(&mut self) {
        if let Some(way) = self.ways().into_iter().nth(self.chosen) {
            self.held = Some(way);
        }
        self.unsettled = None;
    }

    /// What there is to settle; the keys stay on the way that had them, where it is still there.
    pub fn hear(&mut self, unsettled: Unsettled) {
        let before = self.ways().into_iter().nth(self.chosen);
        let held = self.held.take().or(before);
        self.unsettled = Some(unsettled);
        let place = held.and_then(|held| self.ways().iter().position(|way| *way == held));
        self.chosen = place.unwrap_or(0);
        self.is_pressed = false;
    }

    /// The fields, each with its values.
    pub fn fields(&self) -> &[Differing] {
        self.unsettled.as_ref().map_or(&[], |all| &all.fields)
    }

    /// The deletes that had not seen all.
    pub fn deletes(&self) -> &[Deleted] {
        self.unsettled.as_ref().map_or(&[], |all| &all.deletes)
    }

    /// Every way in the order in which they are shown: whether it stays comes first, then field by field.
    pub fn ways(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        if !self.deletes().is_empty() {
            let ops = self.deletes().iter().map(|delete| delete.op.clone());
            ways.push(Way::Keep(ops.collect()));
            ways.push(Way::Delete);
        }
        for field in self.fields() {
            let versions = std::iter::once(&field.shown).chain(&field.others);
            ways.extend(versions.map(|one| Way::Value(field.name.clone(), one.value.clone())));
        }
        ways
    }

    /// Leaves out what this way settles.
    pub fn leave_out(&mut self, way: &Way) {
        if let Some(all) = &mut self.unsettled {
            match way {
                Way::Value(name, _) => all.fields.retain(|field| field.name != *name),
                Way::Keep(_) => all.deletes.clear(),
                Way::Delete => *all = Unsettled::default(),
            }
        }
        self.chosen = 0;
        self.is_pressed = false;
    }

    /// A way was pressed: it gets the keys, and pressed once more it is taken.
    pub fn press(&mut self, at: usize) -> Reply {
        if self.chosen == at && self.is_pressed {
            return self.choose(at);
        }
        self.chosen = at;
        self.is_pressed = true;
        Reply::Stay
    }

    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        self.is_pressed = false;
        let last = self.ways().len().saturating_sub(1);
        match action {
            Action::Down => self.chosen = (self.chosen + 1).min(last),
            Action::Up => self.chosen = self.chosen.saturating_sub(1),
            Action::Top => self.chosen = 0,
            Action::Bottom => self.chosen = last,
            Action::Enter => return self.choose(self.chosen),
            Action::Back => return Reply::Close,
            _ => {}
        }
        Reply::Stay
    }

    /// Takes the number of a way.
    pub fn letter(&mut self, letter: char) -> Reply {
        let number = letter.to_digit(10).and_then(|number| number.checked_sub(1));
        number.map_or(Reply::Stay, |at| self.choose(at as usize))
    }

    fn choose(&self, at: usize) -> Reply {
        let way = self.ways().into_iter().nth(at);
        way.map_or(Reply::Stay, |way| {
            Reply::Done(Answer::Settled(self.clone(), way))
        })
    }
}
