//! What reaches the app, and what it wants done outside: plain values both.

use crate::domain::storage::{Ask, Told};

/// Something happened.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key with a named meaning.
    Do(Action),
    /// A character where text or a number is being typed.
    Type(char),
    /// A pasted text: text, never commands.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// A deadline came, or the turn is simply taken: look at the clock.
    Turn,
    /// The store answers or tells.
    Told(Told),
    /// Leave now, keeping the part of a session that was done: a signal, Ctrl-C, or the terminal is gone. The exit code.
    Leave(u8),
    /// The program was stopped and goes on (Ctrl-Z and `fg`).
    Resumed,
}

/// Named key actions. Keys are bound to these, never to code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Action {
    Quit,
}

/// Where keys go just now; the app says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Context {
    Library,
    Search,
    Session,
    Log,
    Rating,
    CheckIn,
    Text,
    Card,
    Confirm,
    Filter,
}

/// What the app wants done outside; carried out by the runtime in order.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Ask the store.
    Ask(Ask),
    /// Let the terminal sound its bell this many times, a short pause between.
    Bell(u8),
    /// Give the terminal back and stop this process until `fg` (Ctrl-Z).
    Suspend,
    /// Paint every cell anew.
    Repaint,
    /// Leave with this exit code once the asks before it are answered.
    Quit(u8),
}

/// The answer of one update.
#[derive(Debug, Default)]
pub struct Update {
    /// Whether the screen shows something else now.
    pub draw: bool,
    /// In order.
    pub effects: Vec<Effect>,
}
