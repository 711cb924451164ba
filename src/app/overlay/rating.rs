//! Pain and stress before or after a session: a digit answers and moves on, Enter skips the rest.

use super::{Answer, Reply};
use crate::app::message::Action;
use crate::domain::scale::Scale;

/// Two answers, each of which may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ratings {
    /// Pain now.
    pub pain: Option<Scale>,
    /// Stress now.
    pub stress: Option<Scale>,
}

/// Which side of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before it starts.
    Before,
    /// After it ended.
    After,
}

/// The questions that a rating asks, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Pain now.
    Pain,
    /// Stress now.
    Stress,
}

/// The rating on the screen.
#[derive(Debug, Clone)]
pub struct Rating {
    /// Before or after.
    pub when: When,
    /// The question that the next digit answers.
    pub field: Field,
    /// Answers so far.
    pub ratings: Ratings,
    /// What was answered before the session, for comparison afterwards.
    pub earlier: Ratings,
}

impl Rating {
    /// Begins with pain.
    pub fn new(when: When, earlier: Ratings) -> Self {
        Self {
            when,
            field: Field::Pain,
            ratings: Ratings::default(),
            earlier,
        }
    }

    /// Before a session. Pain that was said already is not asked again.
    pub fn before(pain: Option<Scale>) -> Self {
        let mut rating = Self::new(When::Before, Ratings::default());
        if pain.is_some() {
            rating.ratings.pain = pain;
            rating.field = Field::Stress;
        }
        rating
    }

    /// Takes a key.
    pub fn act(&mut self, action: Action) -> Reply {
        match action {
            Action::Rate(value) => {
                let answer = Scale::new(value);
                match self.field {
                    Field::Pain => {
                        self.ratings.pain = answer;
                        self.field = Field::Stress;
                    }
                    Field::Stress => {
                        self.ratings.stress = answer;
                        return self.done();
                    }
                }
            }
            Action::NextField => self.field = Field::Stress,
            Action::PreviousField => self.field = Field::Pain,
            Action::Clear => match self.field {
                Field::Pain => self.ratings.pain = None,
                Field::Stress => self.ratings.stress = None,
            },
            // Before: nothing has begun, so back means back. After: the session is over either way.
            Action::Back if self.when == When::Before => return Reply::Close,
            Action::Back | Action::Enter => return self.done(),
            _ => {}
        }
        Reply::Stay
    }

    /// The question at this place is asked.
    pub fn press(&mut self, place: usize) -> Reply {
        self.field = if place == 0 {
            Field::Pain
        } else {
            Field::Stress
        };
        Reply::Stay
    }

    /// A number of the scale at this place was pressed. What is not answered yet comes next, in whichever order they were.
    pub fn rate(&mut self, place: usize, value: u8) -> Reply {
        let answer = Scale::new(value);
        if place == 0 {
            self.ratings.pain = answer;
        } else {
            self.ratings.stress = answer;
        }
        match self.ratings {
            Ratings { pain: None, .. } => self.press(0),
            Ratings { stress: None, .. } => self.press(1),
            _ => self.done(),
        }
    }

    fn done(&self) -> Reply {
        Reply::Done(Answer::Rated(self.when, self.ratings))
    }
}
