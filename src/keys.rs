//! The one key table: context and key to a named action, with the words that footer and help show.
//!
//! A new key is one line here. It must not know what an action does.

mod key;

use crate::app::message::{Action, Context, Edit, Msg, Span};
pub use key::{Code, Key};

/// One line of the key table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where it holds.
    pub contexts: &'static [Context],
    /// Any of these keys.
    pub keys: &'static [Key],
    /// What it does.
    pub action: Action,
    /// The word in the footer; empty: help only. Earlier lines come first there.
    pub label: &'static str,
    /// What help says; empty: not worth a line.
    pub help: &'static str,
}

const fn ch(c: char) -> Key {
    Key::char(c)
}

const fn on(code: Code) -> Key {
    Key::plain(code)
}

/// With Control held.
const fn held(code: Code) -> Key {
    Key {
        code,
        ctrl: true,
        alt: false,
    }
}

use Context as C;

const LEAVABLE: &[C] = &[
    C::Library,
    C::Preview,
    C::Running,
    C::Paused,
    C::Log,
    C::Insight,
    C::FloorPaused,
];
const PANES: &[C] = &[
    C::Library,
    C::Preview,
    C::Running,
    C::Paused,
    C::Log,
    C::Insight,
];
const IDLE_PANES: &[C] = &[C::Library, C::Preview, C::Log, C::Insight];
/// The log pane, whatever its tab.
const LOG_TABS: &[C] = &[C::Log, C::Insight];
const UNDER_WAY: &[C] = &[C::Running, C::Paused, C::FloorPaused];
const IN_A_PANE: &[C] = &[C::Running, C::Paused];
/// Where all keys but a few are one and the same; not among [`EVERYWHERE`].
const ANY_KEY: &[C] = &[C::Floor, C::FloorDone];
const LISTS: &[C] = &[
    C::Library,
    C::Preview,
    C::Log,
    C::Insight,
    C::Card,
    C::Filter,
    C::Suggest,
    C::Settle,
];
const FORMS: &[C] = &[C::Rating, C::CheckIn, C::FormScale, C::Suggest];
/// The whole form of an entry.
const FORM: &[C] = &[C::FormScale, C::FormList, C::FormMap, C::FormLine, C::Note];
const FORM_LISTS: &[C] = &[C::FormList, C::FormMap];
const TEXTS: &[C] = &[C::Search, C::FormLine, C::Note, C::Jump];
const NO_TEXT: &[C] = &[
    C::Library,
    C::Preview,
    C::Running,
    C::Paused,
    C::Log,
    C::Insight,
    C::Rating,
    C::CheckIn,
    C::FormScale,
    C::FormList,
    C::FormMap,
    C::Card,
    C::Question,
    C::Filter,
    C::Checklist,
    C::FloorPaused,
    C::Suggest,
    C::Settle,
];
const EVERYWHERE: &[C] = &[
    C::Library,
    C::Search,
    C::Preview,
    C::Running,
    C::Paused,
    C::Log,
    C::Insight,
    C::Rating,
    C::CheckIn,
    C::FormScale,
    C::FormList,
    C::FormMap,
    C::FormLine,
    C::Note,
    C::Card,
    C::Question,
    C::Filter,
    C::Checklist,
    C::Suggest,
    C::Jump,
    C::Settle,
    C::FloorPaused,
];

const fn bind(
    contexts: &'static [Context],
    keys: &'static [Key],
    action: Action,
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding {
        contexts,
        keys,
        action,
        label,
        help,
    }
}

/// Every key there is, by what it is for; help shows the headings.
#[rustfmt::skip]
pub const TABLE: &[(&str, &[Binding])] = &[
    ("While a session runs", &[
        bind(&[C::Running], &[ch(' ')], Action::PauseOrGoOn, "pause", "pause, go on"),
        bind(&[C::Paused, C::FloorPaused], &[ch(' '), on(Code::Enter)], Action::PauseOrGoOn, "go on", ""),
        bind(&[C::FloorPaused], &[ch('f')], Action::Floor, "leave floor view", ""),
        bind(UNDER_WAY, &[ch('x')], Action::Stop, "stop", "end the session here"),
        bind(UNDER_WAY, &[ch('n'), on(Code::Right)], Action::NextStep, "next", "next step"),
        bind(UNDER_WAY, &[ch('p'), on(Code::Left)], Action::PreviousStep, "back", "previous step"),
        bind(IN_A_PANE, &[ch('f')], Action::Floor, "floor", "floor view: all of it large; any key pauses"),
        bind(UNDER_WAY, &[ch('+'), ch('=')], Action::Longer, "15 s more", "15 seconds more for this step"),
        bind(UNDER_WAY, &[ch('-')], Action::Shorter, "less", "15 seconds less for this step"),
        bind(UNDER_WAY, &[ch('r')], Action::RestartStep, "", "this step from its start"),
        bind(UNDER_WAY, &[ch('s')], Action::OtherSide, "other side", "begin with the other side"),
        bind(UNDER_WAY, &[ch('w')], Action::WhenToStop, "when to stop", "when to stop"),
        bind(UNDER_WAY, &[ch('m')], Action::Mute, "", "voice and bell off, or on"),
        bind(UNDER_WAY, &[ch('b')], Action::BreathCues, "", "breathing in and out told aloud, or not"),
        bind(IDLE_PANES, &[ch('f')], Action::Floor, "", ""),
        bind(ANY_KEY, &[ch('m')], Action::Mute, "mute", ""),
        bind(ANY_KEY, &[ch('E'), on(Code::F(1))], Action::Emergency, "urgent signs", ""),
        bind(ANY_KEY, &[Key::ctrl('c')], Action::QuitNow, "", ""),
    ]),
    ("Library", &[
        bind(&[C::Library], &[on(Code::Enter)], Action::Enter, "start", "start or open what is selected"),
        bind(&[C::Preview], &[on(Code::Enter)], Action::Enter, "start", ""),
        bind(&[C::Library], &[ch('/')], Action::Search, "search", "search; one slip per word is forgiven"),
        bind(&[C::Library], &[ch('F')], Action::Filter, "filter", "filter by position, tool, minutes, what it is good for"),
        bind(IDLE_PANES, &[ch('S')], Action::Answers, "", "your answers to the safety questions"),
        bind(&[C::Library, C::Preview], &[ch(' ')], Action::Start, "", "start the queue, or what is selected"),
        bind(&[C::Library, C::Preview], &[ch('*')], Action::Favourite, "favourite", "favourite, or no longer"),
        bind(&[C::Library], &[ch('N')], Action::NewTechnique, "", "write a technique of your own, in an editor"),
        bind(&[C::Library, C::Preview], &[ch('A')], Action::Enqueue, "queue", "add to the queue"),
        bind(&[C::Library], &[ch('o')], Action::Suggest, "what now", "what to do now: three things that fit, with the reasons"),
        bind(&[C::Preview, C::Log], &[ch('o')], Action::Suggest, "", ""),
        bind(IDLE_PANES, &[ch('.')], Action::Repeat, "", "repeat the last session"),
    ]),
    ("Insight", &[
        bind(&[C::Insight], &[on(Code::Right)], Action::Right, "tabs", "to the next tab; Left to the one before"),
        bind(&[C::Insight], &[on(Code::Left)], Action::Left, "", ""),
        bind(&[C::Log], &[on(Code::Right)], Action::Right, "", ""),
        bind(&[C::Log], &[on(Code::Left)], Action::Left, "", ""),
        bind(&[C::Insight], &[ch('P')], Action::Peg, "answer PEG", "answer PEG: three questions about the past week"),
        bind(&[C::Log], &[ch('P')], Action::Peg, "", ""),
        bind(&[C::Insight], &[ch('[')], Action::Earlier, "earlier", "in trends and year: back in time; ] on; { } in long steps"),
        bind(&[C::Insight], &[ch(']')], Action::Later, "later", ""),
        bind(&[C::Insight], &[ch('{')], Action::MuchEarlier, "", ""),
        bind(&[C::Insight], &[ch('}')], Action::MuchLater, "", ""),
        bind(&[C::Insight], &[ch('d')], Action::Span(Span::Day), "days", "trends by day; w by week, m by month"),
        bind(&[C::Insight], &[ch('w')], Action::Span(Span::Week), "weeks", ""),
        bind(&[C::Insight], &[ch('m')], Action::Span(Span::Month), "months", ""),
        bind(&[C::Insight], &[ch('s')], Action::Measure, "pain or stress", "in the year: stress in place of pain, or pain again"),
        bind(&[C::Insight], &[ch('i')], Action::Insight, "entries", ""),
    ]),
    ("Log", &[
        bind(&[C::Log], &[on(Code::Enter)], Action::Enter, "read", "read all of an entry"),
        bind(&[C::Log], &[ch('i')], Action::Insight, "insight", "what the log comes to: trends, a year, what helps; i again goes back"),
        bind(&[C::Log, C::Card], &[ch('c')], Action::Settle, "settle", "settle what was written differently in two places"),
        bind(&[C::Log], &[ch('/')], Action::Search, "find", "find by words, tag:, where:, technique:, since:, until:"),
        bind(&[C::Log], &[ch('d')], Action::Delete, "delete", "delete the entry; asks first"),
        bind(&[C::Log], &[ch('J')], Action::Jump, "go to a day", "go to a day: yesterday, mon, 3w, 2026-11-01"),
        bind(&[C::Log], &[ch('[')], Action::OlderDay, "", "to the day before; ] to the day after"),
        bind(&[C::Log], &[ch(']')], Action::NewerDay, "", ""),
        bind(&[C::Log], &[ch('{')], Action::OlderWeek, "", "to the week before; } to the week after"),
        bind(&[C::Log], &[ch('}')], Action::NewerWeek, "", ""),
        bind(LOG_TABS, &[ch('v')], Action::Numbers, "", "words instead of numbers in the log, or numbers again"),
        bind(&[C::Log], &[ch('a')], Action::CheckIn, "", "add an entry"),
        bind(&[C::Log], &[ch('e')], Action::EditEntry, "edit", "change the selected entry"),
        bind(PANES, &[ch('l')], Action::CheckIn, "log now", "log pain and stress now"),
        bind(IDLE_PANES, &[ch('u')], Action::Undo, "undo", "take back the newest act"),
        bind(IDLE_PANES, &[Key::ctrl('r')], Action::Redo, "", "do again what was taken back"),
        bind(LEAVABLE, &[ch('R')], Action::Retry, "", "try again to save"),
    ]),
    ("What now", &[
        bind(&[C::Suggest], &[on(Code::Enter), ch(' ')], Action::Enter, "start", ""),
        bind(&[C::Suggest], &[on(Code::Right), ch('l')], Action::Right, "change", ""),
        bind(&[C::Suggest], &[on(Code::Left), ch('h')], Action::Left, "", ""),
        bind(&[C::Suggest], &[on(Code::Tab)], Action::NextField, "", ""),
        bind(&[C::Suggest], &[on(Code::BackTab)], Action::PreviousField, "", ""),
        bind(&[C::Suggest], &[ch('c'), on(Code::Backspace), on(Code::Delete)], Action::Clear, "", ""),
        bind(&[C::Suggest], &[ch('A')], Action::Enqueue, "queue", ""),
        bind(&[C::Suggest], &[ch('S')], Action::Answers, "", ""),
    ]),
    ("Ratings", &[
        bind(&[C::Rating], &[on(Code::Enter)], Action::Enter, "skip", ""),
        bind(&[C::CheckIn], &[on(Code::Enter), Key::ctrl('s')], Action::Enter, "save", ""),
        bind(&[C::CheckIn], &[on(Code::Tab)], Action::NextField, "more", ""),
        bind(&[C::CheckIn], &[on(Code::Down), ch('j')], Action::Down, "", ""),
        bind(&[C::CheckIn], &[on(Code::Up), ch('k'), on(Code::BackTab)], Action::Up, "", ""),
        bind(&[C::Rating], &[on(Code::Tab), on(Code::Down), ch('j')], Action::NextField, "next", ""),
        bind(&[C::Rating], &[on(Code::BackTab), on(Code::Up), ch('k')], Action::PreviousField, "", ""),
        bind(&[C::FormScale, C::FormList, C::FormMap, C::FormLine], &[on(Code::Enter), Key::ctrl('s')], Action::Save, "save", ""),
        bind(&[C::Note], &[Key::ctrl('s')], Action::Save, "save", "save from within a note, where Enter is a new line"),
        bind(&[C::Note], &[on(Code::Enter)], Action::Enter, "new line", ""),
        bind(FORM, &[Key::ctrl('n')], Action::SaveAsNew, "save as new", "save as a new entry what was deleted elsewhere meanwhile"),
        bind(FORM_LISTS, &[ch(' ')], Action::Mark, "choose", ""),
        bind(&[C::FormMap], &[ch('b')], Action::Both, "both sides", ""),
        bind(FORM, &[on(Code::Tab)], Action::NextField, "next", ""),
        bind(FORM, &[on(Code::BackTab)], Action::PreviousField, "", ""),
        bind(&[C::CheckIn, C::FormScale], &[ch('n')], Action::Note, "note", "where a number is asked in a form: to the note"),
        bind(&[C::FormScale], &[on(Code::Down), ch('j')], Action::NextField, "", ""),
        bind(&[C::FormScale], &[on(Code::Up), ch('k')], Action::PreviousField, "", ""),
        bind(FORM_LISTS, &[on(Code::Down)], Action::Down, "", ""),
        bind(FORM_LISTS, &[on(Code::Up)], Action::Up, "", ""),
        bind(FORM_LISTS, &[on(Code::Left)], Action::Left, "", ""),
        bind(FORM_LISTS, &[on(Code::Right)], Action::Right, "", ""),
        bind(&[C::FormMap], &[ch('j')], Action::Down, "", ""),
        bind(&[C::FormMap], &[ch('k')], Action::Up, "", ""),
        bind(&[C::FormMap], &[ch('h')], Action::Left, "", ""),
        bind(&[C::FormMap], &[ch('l')], Action::Right, "", ""),
        bind(&[C::FormList], &[on(Code::PageDown)], Action::PageDown, "", ""),
        bind(&[C::FormList], &[on(Code::PageUp)], Action::PageUp, "", ""),
        bind(&[C::FormList], &[on(Code::Home)], Action::Top, "", ""),
        bind(&[C::FormList], &[on(Code::End)], Action::Bottom, "", ""),
        bind(FORMS, &[ch('0')], Action::Rate(0), "", ""),
        bind(FORMS, &[ch('1')], Action::Rate(1), "", ""),
        bind(FORMS, &[ch('2')], Action::Rate(2), "", ""),
        bind(FORMS, &[ch('3')], Action::Rate(3), "", ""),
        bind(FORMS, &[ch('4')], Action::Rate(4), "", ""),
        bind(FORMS, &[ch('5')], Action::Rate(5), "", ""),
        bind(FORMS, &[ch('6')], Action::Rate(6), "", ""),
        bind(FORMS, &[ch('7')], Action::Rate(7), "", ""),
        bind(FORMS, &[ch('8')], Action::Rate(8), "", ""),
        bind(FORMS, &[ch('9')], Action::Rate(9), "", ""),
        bind(FORMS, &[ch('t')], Action::Rate(10), "ten", ""),
        bind(&[C::Rating, C::CheckIn, C::FormScale], &[on(Code::Backspace), on(Code::Delete)], Action::Clear, "clear", ""),
        bind(FORM_LISTS, &[on(Code::Backspace), on(Code::Delete)], Action::Clear, "", ""),
        bind(&[C::Checklist], &[on(Code::Enter)], Action::Enter, "go on", ""),
        bind(&[C::Checklist], &[ch(' ')], Action::Mark, "mark", ""),
        bind(&[C::Checklist], &[on(Code::Down), on(Code::Tab)], Action::Down, "", ""),
        bind(&[C::Checklist], &[on(Code::Up), on(Code::BackTab)], Action::Up, "", ""),
        bind(&[C::Checklist], &[on(Code::PageDown)], Action::PageDown, "", ""),
        bind(&[C::Checklist], &[on(Code::PageUp)], Action::PageUp, "", ""),
        bind(&[C::Checklist], &[on(Code::Home)], Action::Top, "", ""),
        bind(&[C::Checklist], &[on(Code::End)], Action::Bottom, "", ""),
        // Questions: each answer has its own letter, which the question knows.
        bind(&[C::Question], &[on(Code::Enter)], Action::Enter, "", ""),
    ]),
    ("Filters", &[
        bind(&[C::Filter], &[on(Code::Left), ch('h')], Action::Left, "", ""),
        bind(&[C::Filter], &[on(Code::Right), ch('l'), ch(' ')], Action::Right, "change", ""),
        bind(&[C::Filter], &[ch('c'), on(Code::Backspace)], Action::Clear, "clear all", ""),
        bind(&[C::Filter], &[on(Code::Enter)], Action::Back, "done", ""),
        bind(&[C::Card], &[on(Code::Enter), ch(' ')], Action::Back, "close", ""),
    ]),
    ("Moving", &[
        bind(LISTS, &[ch('j'), on(Code::Down)], Action::Down, "", "down"),
        bind(LISTS, &[ch('k'), on(Code::Up)], Action::Up, "", "up"),
        bind(LISTS, &[ch('g'), on(Code::Home)], Action::Top, "", "to the first"),
        bind(LISTS, &[ch('G'), on(Code::End)], Action::Bottom, "", "to the last"),
        bind(LISTS, &[on(Code::PageDown), Key::ctrl('d')], Action::PageDown, "", "a page down"),
        bind(LISTS, &[on(Code::PageUp), Key::ctrl('u')], Action::PageUp, "", "a page up"),
        bind(PANES, &[on(Code::Tab)], Action::NextPane, "panes", "to the next pane"),
        bind(PANES, &[on(Code::BackTab)], Action::PreviousPane, "", "to the previous pane"),
        bind(&[C::Library, C::Preview], &[on(Code::Right)], Action::NextPane, "", ""),
        bind(&[C::Library, C::Preview], &[on(Code::Left)], Action::PreviousPane, "", ""),
        bind(PANES, &[ch('1')], Action::Pane(0), "", "library"),
        bind(PANES, &[ch('2')], Action::Pane(1), "", "session"),
        bind(PANES, &[ch('3')], Action::Pane(2), "", "log"),
        bind(PANES, &[ch('z')], Action::Zoom, "", "this pane alone, or all of them"),
    ]),
    ("Text", &[
        bind(TEXTS, &[on(Code::Backspace)], Action::Edit(Edit::Backspace), "", ""),
        bind(TEXTS, &[on(Code::Delete)], Action::Edit(Edit::Delete), "", ""),
        bind(TEXTS, &[Key::ctrl('w')], Action::Edit(Edit::DeleteWord), "", ""),
        bind(TEXTS, &[Key::ctrl('u')], Action::Edit(Edit::DeleteToStart), "", ""),
        bind(TEXTS, &[on(Code::Left)], Action::Edit(Edit::Left), "", ""),
        bind(TEXTS, &[on(Code::Right)], Action::Edit(Edit::Right), "", ""),
        bind(TEXTS, &[on(Code::Home), Key::ctrl('a')], Action::Edit(Edit::Home), "", ""),
        bind(TEXTS, &[on(Code::End), Key::ctrl('e')], Action::Edit(Edit::End), "", ""),
        bind(TEXTS, &[held(Code::Left)], Action::Edit(Edit::WordLeft), "", ""),
        bind(TEXTS, &[held(Code::Right)], Action::Edit(Edit::WordRight), "", ""),
        bind(TEXTS, &[held(Code::Home)], Action::Edit(Edit::First), "", ""),
        bind(TEXTS, &[held(Code::End)], Action::Edit(Edit::Last), "", ""),
        bind(&[C::FormLine, C::Note], &[on(Code::Up)], Action::Edit(Edit::Up), "", ""),
        bind(&[C::FormLine, C::Note], &[on(Code::Down)], Action::Edit(Edit::Down), "", ""),
        bind(&[C::Search], &[on(Code::Enter)], Action::Enter, "keep", ""),
        bind(&[C::Jump], &[on(Code::Enter)], Action::Enter, "go there", ""),
        bind(&[C::Settle], &[on(Code::Enter)], Action::Enter, "choose", ""),
        bind(&[C::Search], &[on(Code::Down)], Action::Down, "", ""),
        bind(&[C::Search], &[on(Code::Up)], Action::Up, "", ""),
    ]),
    ("Anywhere", &[
        bind(NO_TEXT, &[ch('?')], Action::Help, "help", "all keys"),
        bind(NO_TEXT, &[ch('E'), on(Code::F(1))], Action::Emergency, "urgent signs", "the signs that need urgent help, from anywhere (F1 while typing)"),
        bind(TEXTS, &[on(Code::F(1))], Action::Emergency, "urgent signs", ""),
        bind(EVERYWHERE, &[on(Code::Esc)], Action::Back, "back", "back, or close"),
        bind(LEAVABLE, &[ch('q')], Action::Quit, "quit", "leave; a running session asks first"),
        bind(&[C::Card], &[ch('q')], Action::Back, "", ""),
        bind(EVERYWHERE, &[Key::ctrl('c')], Action::QuitNow, "", "leave at once; the part that was done and what was typed are kept"),
        bind(EVERYWHERE, &[Key::ctrl('z')], Action::Suspend, "", "stop as a job of the shell"),
        bind(EVERYWHERE, &[Key::ctrl('l')], Action::Repaint, "", "paint the screen anew"),
    ]),
];

/// What a key means here; `None` when it means nothing.
pub fn message(context: Context, key: Key) -> Option<Msg> {
    let bound = bindings()
        .find(|binding| binding.contexts.contains(&context) && binding.keys.contains(&key));
    if let Some(binding) = bound {
        return Some(Msg::Do(binding.action));
    }
    // Paused, it does nothing, but is heard: it may be one of a hand that has paused already.
    if ANY_KEY.contains(&context) || context == Context::FloorPaused {
        return Some(Msg::Do(Action::AnyKey));
    }
    match key {
        Key {
            code: Code::Char(c),
            ctrl: false,
            alt: false,
        } if takes_text(context) => Some(Msg::Type(c)),
        _ => None,
    }
}

/// Whether plain characters reach the app as they are: text, or the letter of an answer.
fn takes_text(context: Context) -> bool {
    TEXTS.contains(&context)
        || matches!(
            context,
            Context::Question | Context::Checklist | Context::Settle | Context::FormList
        )
}

/// The bindings that the footer shows here, most useful first.
pub fn footer(context: Context) -> impl Iterator<Item = &'static Binding> {
    let shown =
        move |binding: &&Binding| binding.contexts.contains(&context) && !binding.label.is_empty();
    // Where not all have room, these can wait: what they do is not in the way of anybody who does not know them.
    let can_wait = |binding: &&Binding| {
        matches!(
            binding.action,
            Action::Favourite
                | Action::Enqueue
                | Action::Undo
                | Action::Filter
                | Action::Delete
                | Action::Jump
        )
    };
    let first = bindings()
        .filter(shown)
        .filter(move |binding| !can_wait(binding));
    first.chain(bindings().filter(shown).filter(can_wait))
}

fn bindings() -> impl Iterator<Item = &'static Binding> {
    TABLE.iter().flat_map(|(_, bindings)| *bindings)
}

#[cfg(test)]
mod tests;
