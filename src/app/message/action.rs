//! What a key can ask for, and what each of it is called: in a settings file, and in sentences that name a key. Which
//! key an action has is not known here, nor what it does.

use crate::domain::insight::series::Span;

const PANES: [&str; 3] = ["library", "session", "log"];
const RATES: [&str; 11] = [
    "rate-0", "rate-1", "rate-2", "rate-3", "rate-4", "rate-5", "rate-6", "rate-7", "rate-8",
    "rate-9", "rate-10",
];

/// An enum that has the name of each value beside it.
macro_rules! named {
    (
        $(#[$about:meta])*
        pub enum $of:ident {
            $( $(#[$doc:meta])* $value:ident $(($part:ident: $kind:ty))? = $name:expr, )*
        }
    ) => {
        $(#[$about])*
        pub enum $of {
            $( $(#[$doc])* $value $(($kind))?, )*
        }

        impl $of {
            /// What it is called.
            pub fn name(self) -> &'static str {
                match self {
                    $( Self::$value $(($part))? => $name, )*
                }
            }
        }
    };
}

named! {
/// Named key actions. Keys are bound to these, never to code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Leave the program; a running session asks first.
    Quit = "quit",
    /// Leave at once, keeping the part of a session that was done (Ctrl-C).
    QuitNow = "quit-now",
    /// Stop as a job of the shell (Ctrl-Z).
    Suspend = "suspend",
    /// Paint every cell anew (Ctrl-L).
    Repaint = "repaint",
    /// All keys.
    Help = "help",
    /// The signs that need urgent help.
    Emergency = "emergency",
    /// Back, or close.
    Back = "back",
    /// One row up.
    Up = "up",
    /// One row down.
    Down = "down",
    /// One value or column to the left.
    Left = "left",
    /// One value or column to the right.
    Right = "right",
    /// To the first.
    Top = "top",
    /// To the last.
    Bottom = "bottom",
    /// A page up.
    PageUp = "page-up",
    /// A page down.
    PageDown = "page-down",
    /// To the next pane.
    NextPane = "next-pane",
    /// To the previous pane.
    PreviousPane = "previous-pane",
    /// To the library (0), session (1) or log (2).
    Pane(place: u8) = PANES[usize::from(place).min(2)],
    /// The focused pane fills the screen, or no longer.
    Zoom = "zoom",
    /// Type a search.
    Search = "search",
    /// When to stop.
    WhenToStop = "when-to-stop",
    /// Mark a question, or not.
    Mark = "mark",
    /// Look at the answers to the safety questions, and change them.
    Answers = "answers",
    /// Open the filters.
    Filter = "filter",
    /// What to do now.
    Suggest = "suggest",
    /// Mark as a favourite, or not.
    Favourite = "favourite",
    /// Write a technique of one's own in an editor.
    NewTechnique = "new-technique",
    /// Add to the queue.
    Enqueue = "enqueue",
    /// Open or start what is selected; confirm.
    Enter = "enter",
    /// Start the queue, or what is selected.
    Start = "start",
    /// Repeat the last session.
    Repeat = "repeat",
    /// Pause or go on.
    PauseOrGoOn = "pause-or-go-on",
    /// To the next step.
    NextStep = "next-step",
    /// To the previous step.
    PreviousStep = "previous-step",
    /// The step from its start.
    RestartStep = "restart-step",
    /// Fifteen seconds more.
    Longer = "longer",
    /// Fifteen seconds less.
    Shorter = "shorter",
    /// Begin with the other side.
    OtherSide = "other-side",
    /// Voice and bell off, or on.
    Mute = "mute",
    /// The session fills the terminal, readable from the floor, or no longer.
    Floor = "floor",
    /// Whichever key it was, in the floor view: pauses, or once all is done goes on.
    AnyKey = "any-key",
    /// Breathing in and out told to the ear, or not.
    BreathCues = "breath-cues",
    /// End the session here.
    Stop = "stop",
    /// A new check-in.
    CheckIn = "check-in",
    /// Delete the selected entry; asks first.
    Delete = "delete",
    /// Choose between what two machines wrote.
    Settle = "settle",
    /// Go to a day that is typed.
    Jump = "jump",
    /// To the day before the selected entry's.
    OlderDay = "older-day",
    /// To the day after it.
    NewerDay = "newer-day",
    /// To the week before it.
    OlderWeek = "older-week",
    /// To the week after it.
    NewerWeek = "newer-week",
    /// Words in place of numbers in the log, or numbers again.
    Numbers = "numbers",
    /// To what the log comes to, and back to its entries.
    Insight = "insight",
    /// Periods so long.
    Span(span: Span) = match span {
        Span::Day => "span-day",
        Span::Week => "span-week",
        Span::Month => "span-month",
    },
    /// To the period before.
    Earlier = "earlier",
    /// To the period after.
    Later = "later",
    /// Several periods back.
    MuchEarlier = "much-earlier",
    /// Several periods on.
    MuchLater = "much-later",
    /// Stress in place of pain, or pain again.
    Measure = "measure",
    /// Answer the questionnaire.
    Peg = "peg",
    /// Change the selected entry.
    EditEntry = "edit-entry",
    /// Save a form, from wherever the keys are.
    Save = "save",
    /// Save an entry that is gone as a new one.
    SaveAsNew = "save-as-new",
    /// To the note of a form.
    Note = "note",
    /// Both sides of a place, or neither.
    Both = "both",
    /// Take back the newest act.
    Undo = "undo",
    /// Do again what was taken back.
    Redo = "redo",
    /// Try again to save what could not be saved.
    Retry = "retry",
    /// An answer on the 0 to 10 scale.
    Rate(value: u8) = RATES[usize::from(value).min(10)],
    /// To the next field.
    NextField = "next-field",
    /// To the previous field.
    PreviousField = "previous-field",
    /// Clear: a rating, the filters.
    Clear = "clear",
    /// Editing in a text field.
    Edit(edit: Edit) = edit.name(),
}
}

named! {
/// Editing in a text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edit {
    /// Delete before the cursor.
    Backspace = "text-backspace",
    /// Delete at the cursor.
    Delete = "text-delete",
    /// Delete the word before the cursor.
    DeleteWord = "text-delete-word",
    /// Delete everything before the cursor.
    DeleteToStart = "text-delete-to-start",
    /// One grapheme to the left.
    Left = "text-left",
    /// One grapheme to the right.
    Right = "text-right",
    /// To the start of the row.
    Home = "text-home",
    /// To the end of the row.
    End = "text-end",
    /// One row up, where there are several.
    Up = "text-up",
    /// One row down, where there are several.
    Down = "text-down",
    /// To the start of the word, or of the one before.
    WordLeft = "text-word-left",
    /// Behind the word, or the next one.
    WordRight = "text-word-right",
    /// To the very start.
    First = "text-first",
    /// To the very end.
    Last = "text-last",
}
}
