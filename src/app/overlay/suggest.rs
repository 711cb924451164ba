//! What to do now: a few wishes, and below them what fits, anew after each change. Enter starts a suggestion.

use std::cell::Cell;

use super::filter::{MINUTES, next};
use super::rating::Ratings;
use super::{Answer, Reply};
use crate::app::message::Action;
use crate::app::saying::Saying;
use crate::domain::library::Library;
use crate::domain::plan::Side;
use crate::domain::scale::Scale;
use crate::domain::search::Filter;
use crate::domain::suggest::{Past, Suggestion, Wish};

/// The rows of wishes, above the suggestions.
pub const FIELDS: [&str; 5] = ["minutes", "place", "tool at hand", "side", "pain now"];
/// The row of pain.
const PAIN: usize = 4;

/// Wishes and suggestions on the screen.
#[derive(Debug, Clone)]
pub struct SuggestForm {
    /// The row that has the keys: the wishes from 0 on, then the suggestions.
    pub row: usize,
    /// What is wished for.
    pub wish: Wish,
    /// What fits and may start, best first.
    pub offered: Vec<Suggestion>,
    /// Why there is none.
    pub why_none: Saying,
    /// What the log says, as read when it last changed.
    pub past: Past,
    /// Ratings given on the command line: they are not asked again.
    before: Option<Ratings>,
    /// Positions and tools to choose from.
    choices: [Vec<String>; 2],
    /// The first line shown; kept by the drawing.
    pub top: Cell<usize>,
}

/// A suggestion that is to start.
#[derive(Debug, Clone)]
pub struct Pick {
    /// Of the technique or routine.
    pub slug: String,
    /// The side to begin with.
    pub side: Option<Side>,
    /// Pain as it was said.
    pub pain: Option<Scale>,
    /// All ratings, where none is to be asked.
    pub before: Option<Ratings>,
}

impl SuggestForm {
    /// Nothing offered yet.
    pub fn new(wish: Wish, before: Option<Ratings>, library: &Library) -> Self {
        let words = library.filter_words();
        let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        let pain = before.and_then(|before| before.pain);
        Self {
            row: 0,
            wish: Wish { pain, ..wish },
            offered: Vec::new(),
            why_none: Saying::default(),
            past: Past::default(),
            before,
            choices: [owned(words.position), owned(words.tool)],
            top: Cell::new(0),
        }
    }

    /// What to begin with the next time: the wish without the pain, which is so only now.
    pub fn to_remember(&self) -> Wish {
        Wish {
            pain: None,
            ..self.wish.clone()
        }
    }

    /// Takes in what fits, or why nothing does.
    pub fn offer(&mut self, offered: Result<Vec<Suggestion>, Saying>) {
        (self.offered, self.why_none) = match offered {
            Ok(offered) => (offered, Saying::default()),
            Err(why) => (Vec::new(), why),
        };
        self.row = self.row.min(self.last_row());
    }

    /// Whether the keys are at how much it hurts.
    pub fn is_at_pain(&self) -> bool {
        self.row == PAIN
    }

    /// The suggestion that has the keys.
    pub fn selected(&self) -> Option<&Suggestion> {
        self.offered.get(self.row.checked_sub(FIELDS.len())?)
    }

    /// The value of a wish in words; `None`: any.
    pub fn value(&self, field: usize) -> Option<String> {
        let filter = &self.wish.filter;
        match field {
            0 => filter.minutes.map(|minutes| format!("{minutes} at most")),
            1 => filter.position.first().cloned(),
            2 => filter.tool.first().cloned(),
            3 => self.wish.side.map(|side| side.word().to_owned()),
            _ => self.wish.pain.map(|pain| pain.to_string()),
        }
    }

    /// Takes a key. The caller offers anew after each.
    pub fn act(&mut self, action: Action) -> Reply {
        match action {
            Action::Up | Action::PreviousField => self.row = self.row.saturating_sub(1),
            Action::Down | Action::NextField => self.row = (self.row + 1).min(self.last_row()),
            Action::Top | Action::PageUp => self.row = 0,
            Action::PageDown => self.go_to_suggestions(),
            Action::Bottom => self.row = self.last_row(),
            Action::Left => self.turn(-1),
            Action::Right => self.turn(1),
            Action::Rate(value) => {
                self.wish.pain = Scale::new(value);
                self.row = PAIN;
            }
            Action::Clear => self.clear(),
            Action::Enter | Action::Start => return self.pick(),
            Action::Enqueue if self.selected().is_none() => {
                return Reply::Refused("Go down to a suggestion first.");
            }
            Action::Back => return Reply::Close,
            _ => {}
        }
        Reply::Stay
    }

    /// This row was pressed: it gets the keys, and a suggestion that has them starts.
    pub fn press(&mut self, row: usize) -> Reply {
        if row == self.row && self.selected().is_some() {
            return self.pick();
        }
        self.row = row.min(self.last_row());
        Reply::Stay
    }

    /// From the wishes to the first suggestion, from there into the session.
    fn pick(&mut self) -> Reply {
        let Some(one) = self.selected() else {
            self.go_to_suggestions();
            return Reply::Stay;
        };
        let pain = self.wish.pain;
        Reply::Done(Answer::Picked(Pick {
            slug: one.slug.clone(),
            side: one.side,
            pain,
            before: self.before.map(|before| Ratings { pain, ..before }),
        }))
    }

    fn go_to_suggestions(&mut self) {
        self.row = FIELDS.len().min(self.last_row());
    }

    fn last_row(&self) -> usize {
        FIELDS.len() + self.offered.len() - 1
    }

    fn clear(&mut self) {
        match self.row {
            0 => self.wish.filter.minutes = None,
            1 => self.wish.filter.position.clear(),
            2 => self.wish.filter.tool.clear(),
            3 => self.wish.side = None,
            PAIN => self.wish.pain = None,
            _ => self.wish = Wish::default(),
        }
    }

    fn turn(&mut self, by: isize) {
        let [positions, tools] = &self.choices;
        let turned = |values: &[String], current: &[String]| {
            next(values, current.first(), by).into_iter().collect()
        };
        let Wish { filter, side, pain } = &mut self.wish;
        let Filter {
            minutes,
            position,
            tool,
            ..
        } = filter;
        match self.row {
            0 => *minutes = next(&MINUTES, minutes.as_ref(), by),
            1 => *position = turned(positions, position),
            2 => *tool = turned(tools, tool),
            3 => *side = next(&[Side::Left, Side::Right], side.as_ref(), by),
            PAIN => {
                let scale: Vec<Scale> = (0..=Scale::MAX).filter_map(Scale::new).collect();
                *pain = next(&scale, pain.as_ref(), by);
            }
            _ => {}
        }
    }
}
