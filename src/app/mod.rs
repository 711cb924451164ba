//! The app: a model, messages, `update`, and effects as values. It knows no terminal, no file and no clock.

pub mod message;

use std::collections::BTreeSet;
use std::time::Duration;

use crate::domain::library::Library;
use crate::domain::time::Now;
use message::{Context, Msg, Update};

/// What the app starts with.
#[derive(Debug, Default)]
pub struct Setup {
    /// Everything there is to choose from.
    pub library: Library,
    /// Slugs marked as favourites.
    pub favourites: BTreeSet<String>,
    /// What was shown once before.
    pub seen: BTreeSet<String>,
    /// Lines to show at start: own files with mistakes, a data directory that can't be used.
    pub troubles: Vec<String>,
    /// Start with this: slugs of techniques or one routine, as `unkink start` was given them.
    pub start: Vec<String>,
    /// Skip the ratings (`--no-rating`).
    pub no_rating: bool,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
}

/// The whole model.
#[derive(Debug)]
pub struct App {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
}

impl App {
    /// The first state.
    pub fn new(setup: Setup, now: &Now) -> Self {
        let _ = now;
        Self { size: setup.size }
    }

    /// Takes one message in.
    pub fn update(&mut self, msg: Msg, now: &Now) -> Update {
        let _ = (msg, now);
        Update::default()
    }

    /// The monotonic time at which the app wants a [`Msg::Turn`] even if nothing else happens; `None`: never.
    pub fn deadline(&self) -> Option<Duration> {
        None
    }

    /// Where keys go just now.
    pub fn context(&self) -> Context {
        Context::Library
    }
}
