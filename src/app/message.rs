//! What reaches the app, and what it wants done outside: plain values both. Which key an action has is not known
//! here, nor how an effect is carried out.

mod action;

use super::Pane;
use super::saying::Saying;
use crate::domain::cue::Cue;
pub use crate::domain::insight::series::Span;
use crate::domain::library::Library;
use crate::domain::storage::{Ask, Told};
use crate::domain::vocabulary::PlaceSide;
pub use action::{Action, Edit};

/// Something happened.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)] // few at a time, and none is kept
pub enum Msg {
    /// A key with a named meaning.
    Do(Action),
    /// A character where text is being typed, or the letter of an answer.
    Type(char),
    /// A pasted text: text, never commands.
    Paste(String),
    /// The mouse, in terms of what is on the screen.
    Point(Point),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// A deadline came, or the turn is simply taken: look at the clock.
    Turn,
    /// The store answers or tells.
    Told(Told),
    /// Something outside does not work as it should: a line each, and the name under which one that is told once ever is
    /// remembered.
    Remarks(Vec<(String, Option<&'static str>)>),
    /// Leave now with this exit code, keeping the part of a session that was done: a signal, or the terminal is gone.
    Leave(u8),
    /// The program was stopped and goes on (Ctrl-Z and `fg`).
    Resumed,
    /// What came of writing a technique of one's own.
    Written(Box<Written>),
    /// The command beside us stands still, and why, in a line.
    ChildWaits(Saying),
    /// The command beside us has ended, and how: 'exit 0'.
    ChildEnded(String),
}

/// What came of writing a technique of one's own, in the words of whoever opened the editor.
#[derive(Debug, Clone)]
pub struct Written {
    /// Everything there is to choose from, read anew; `None`: as it was.
    pub library: Option<Library>,
    /// The new one's slug, if it can be used.
    pub slug: Option<String>,
    /// What to say of it.
    pub words: String,
    /// Something is wrong.
    pub is_warning: bool,
}

/// What the mouse was used on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Somewhere in a pane: it gets the keys.
    Pane(Pane),
    /// A row of a pane's list: it is selected. In the library an index into its rows, in the log a place from the newest.
    Row(Pane, usize),
    /// A row of the card on top, or a field of the form: it gets the keys. An answer of a question is given, a safety
    /// question marked.
    Field(usize),
    /// A row in the field of the form that has the keys: a word, a technique, a tag used before.
    Item(usize),
    /// A place of the body in that field, by its place in the list: it is chosen on this side, or no longer.
    Place {
        /// In the list of places.
        at: usize,
        /// The person's own; of no weight in the middle of the body.
        side: PlaceSide,
        /// On the body map, as against in the list.
        on_map: bool,
    },
    /// A letter of the text being typed there, by its first byte: the cursor goes before it.
    Cursor(usize),
    /// A number on the scale at this place of the card on top, whether or not it has the keys.
    Rate(usize, u8),
    /// The log pane's tab at this place.
    Tab(usize),
    /// The period or day so many before the newest, in the picture of the open tab: it is pointed at.
    Period(usize),
    /// The wheel, a step.
    Wheel {
        /// What it was turned over.
        over: Over,
        /// Towards the end.
        down: bool,
    },
}

/// What the wheel was turned over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// A pane.
    Pane(Pane),
    /// The card on top.
    Card,
    /// The list of fields of the form on top.
    Fields,
}

/// Where keys go just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The library's list.
    Library,
    /// The library's search field.
    Search,
    /// The session pane with no session: a preview, or the summary of the one just done.
    Preview,
    /// A session under way.
    Running,
    /// A session standing still.
    Paused,
    /// The floor view while the clock moves: any key pauses.
    Floor,
    /// The floor view of a session standing still.
    FloorPaused,
    /// The floor view after the last step: any key goes on to the rating.
    FloorDone,
    /// The log.
    Log,
    /// What the log comes to: the other tabs of its pane.
    Insight,
    /// Pain and stress before or after a session; the questionnaire.
    Rating,
    /// The check-in's numbers.
    CheckIn,
    /// A number in the whole form of an entry.
    FormScale,
    /// A list of words or places in it.
    FormList,
    /// The body map in it.
    FormMap,
    /// A line of text in it: tags, a time.
    FormLine,
    /// The note in it, of several lines.
    Note,
    /// A text to read: help, emergency signs, an evidence card.
    Card,
    /// A question with a few answers, one key each.
    Question,
    /// The library's filters.
    Filter,
    /// Safety questions, a letter each.
    Checklist,
    /// What to do now: wishes, and suggestions below them.
    Suggest,
    /// A day to go to in the log.
    Jump,
    /// What two machines disagree about in an entry.
    Settle,
}

/// What the app wants done outside; carried out by the runtime in order.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)] // few at a time, and none is kept
pub enum Effect {
    /// Ask the store.
    Ask(Ask),
    /// Tell a person who does not look.
    Cue(Cue),
    /// Give the terminal back and stop this process until `fg` (Ctrl-Z).
    Suspend,
    /// Paint every cell anew.
    Repaint,
    /// Say a line once the terminal is given back, and below it a text that is nowhere else.
    Say(String, Option<String>),
    /// Give the terminal to an editor with the file of a new technique; [`Msg::Written`] says what came of it.
    NewTechnique,
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
