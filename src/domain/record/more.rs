//! Everything that few entries have, in four drawers one behind the other, the commonest first. To read and to write they
//! are one: `more.note`, `more.items` and `more.tags` all stand for themselves. Of a million lines that saves 60 MB against
//! what a session leaves and the lists of a check-in in one.

use std::ops::{Deref, DerefMut};

use chrono::{DateTime, FixedOffset};

use super::drawer::{Content, Drawer};
use super::{ItemDone, List, Word};
use crate::domain::scale::Scale;

/// The part of an entry that few entries have, apart so that the usual one stays small.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct More {
    /// Where, as `cell:side` (F.2).
    pub regions: List<String>,
    /// In the person's own words.
    pub note: Option<Box<str>>,
    /// Tightness.
    pub tightness: Option<Scale>,
    /// Felt pressure (C.5).
    pub pressure: Option<Scale>,
    /// PEG's three answers (M4).
    pub peg: Option<[Scale; 3]>,
    about: Drawer<About>,
}

/// What a check-in tells besides.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct About {
    /// What it feels like (F.3).
    pub qualities: List<String>,
    /// What went before (F.4).
    pub triggers: List<String>,
    /// What was done about it (F.5).
    pub actions: List<String>,
    /// The person's own tags.
    pub tags: List<String>,
    guided: Drawer<Guided>,
}

/// What a session leaves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Guided {
    /// Seconds planned.
    pub planned_s: Option<u32>,
    /// When the session ended.
    pub ended_at: Option<DateTime<FixedOffset>>,
    /// When the after-rating was given.
    pub rated_after_at: Option<DateTime<FixedOffset>>,
    /// Technique by technique what was done.
    pub items: List<ItemDone>,
    /// Steps ended.
    pub steps_done: Option<u32>,
    /// 'left' or 'right'.
    pub side_first: Option<Word>,
    rare: Drawer<Rare>,
}

/// What is rarer still.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rare {
    /// What a queue was made of: slugs of techniques and routines, as they were chosen.
    pub queue: List<String>,
    /// Why the session was stopped.
    pub stopped_because: Option<Box<str>>,
    /// How far down it travels (F.2).
    pub travels_to: List<String>,
    /// 'flare', 'rest', 'travel' or 'ill'.
    pub day: List<String>,
    /// Mood words (F.5).
    pub mood: List<String>,
    /// Roland-Morris score, 0 to 24 (M6).
    pub roland_morris: Option<u8>,
    /// A self-experiment's plan as JSON text: reserved, without a meaning yet.
    pub plan: Option<String>,
    /// Fields that this version knows but whose value it cannot take: name and JSON text.
    pub invalid: List<(String, String)>,
    /// Fields that this version does not know: name and JSON text.
    pub unknown: List<(String, String)>,
}

impl More {
    /// Keeps no drawer that holds nothing.
    pub(super) fn settle(&mut self) {
        self.about
            .settle(|about| about.guided.settle(|guided| guided.rare.settle(|_| ())));
    }
}

impl Deref for More {
    type Target = About;

    fn deref(&self) -> &About {
        &self.about
    }
}

impl DerefMut for More {
    fn deref_mut(&mut self) -> &mut About {
        &mut self.about
    }
}

impl Deref for About {
    type Target = Guided;

    fn deref(&self) -> &Guided {
        &self.guided
    }
}

impl DerefMut for About {
    fn deref_mut(&mut self) -> &mut Guided {
        &mut self.guided
    }
}

impl Deref for Guided {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        &self.rare
    }
}

impl DerefMut for Guided {
    fn deref_mut(&mut self) -> &mut Rare {
        &mut self.rare
    }
}

impl Content for About {
    const NOTHING: &'static Self = &Self {
        qualities: List::EMPTY,
        triggers: List::EMPTY,
        actions: List::EMPTY,
        tags: List::EMPTY,
        guided: Drawer::EMPTY,
    };
}

impl Content for Guided {
    const NOTHING: &'static Self = &Self {
        planned_s: None,
        ended_at: None,
        rated_after_at: None,
        items: List::EMPTY,
        steps_done: None,
        side_first: None,
        rare: Drawer::EMPTY,
    };
}

impl Content for Rare {
    const NOTHING: &'static Self = &Self {
        queue: List::EMPTY,
        stopped_because: None,
        travels_to: List::EMPTY,
        day: List::EMPTY,
        mood: List::EMPTY,
        roland_morris: None,
        plan: None,
        invalid: List::EMPTY,
        unknown: List::EMPTY,
    };
}
