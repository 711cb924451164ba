//! The one key table: context and key to a named action, with the words that footer and help show.
//!
//! A new key is one line here. It must not know what an action does.
#![doc = include_str!("keys/keys.md")]

mod hint;
mod key;
mod keymap;
mod places;

use crate::app::message::{Action, Context, Edit, Msg, Span};
pub use key::{Code, Key};
pub use keymap::{DEFAULT, Keymap, Trouble, Wish, actions, listed};
pub use places::Places;

/// One line of the key table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where it holds.
    pub contexts: Places,
    /// Any of these keys.
    pub keys: &'static [Key],
    /// What it does.
    pub action: Action,
    /// The word in the footer; empty: help only. Earlier lines come first there.
    pub label: &'static str,
    /// What help says, its keys as in [`Keymap::hint`]; empty: not worth a line.
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

const PANES: Places = Places::PANES;
const IDLE_PANES: Places = Places::IDLE;
const LEAVABLE: Places = Places::LEAVABLE;
const LOG_TABS: Places = Places::LOG_TABS;
const UNDER_WAY: Places = Places::UNDER_WAY;
const IN_A_PANE: Places = Places::IN_A_PANE;
const ANY_KEY: Places = Places::ANY_KEY;
const LISTS: Places = Places::LISTS;
const NUMBERS: Places = Places::NUMBERS;
const FORM: Places = Places::FORM;
const FORM_LISTS: Places = at(&[C::FormList, C::FormMap]);
const TEXTS: Places = Places::TEXTS;
const NO_TEXT: Places = Places::NO_TEXT;
const EVERYWHERE: Places = Places::EVERYWHERE;

const fn at(contexts: &[Context]) -> Places {
    Places::of(contexts)
}

const fn bind(
    contexts: Places,
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
        bind(at(&[C::Running]), &[ch(' ')], Action::PauseOrGoOn, "pause", "pause, go on"),
        bind(at(&[C::Paused, C::FloorPaused]), &[ch(' '), on(Code::Enter)], Action::PauseOrGoOn, "go on", ""),
        bind(at(&[C::FloorPaused]), &[ch('f')], Action::Floor, "leave floor view", ""),
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
        bind(at(&[C::Library]), &[on(Code::Enter)], Action::Enter, "start", "start or open what is selected"),
        bind(at(&[C::Preview]), &[on(Code::Enter)], Action::Enter, "start", ""),
        bind(at(&[C::Library]), &[ch('/')], Action::Search, "search", "search; one slip per word is forgiven"),
        bind(at(&[C::Library]), &[ch('F')], Action::Filter, "filter", "filter by position, tool, minutes, what it is good for"),
        bind(IDLE_PANES, &[ch('S')], Action::Answers, "", "your answers to the safety questions"),
        bind(at(&[C::Library, C::Preview]), &[ch(' ')], Action::Start, "start queue", "start the queue, or what is selected"),
        bind(at(&[C::Library, C::Preview]), &[ch('*')], Action::Favourite, "favourite", "favourite, or no longer"),
        bind(at(&[C::Library]), &[ch('N')], Action::NewTechnique, "", "write a technique of your own, in an editor"),
        bind(at(&[C::Library, C::Preview]), &[ch('A')], Action::Enqueue, "queue", "add to the queue"),
        bind(at(&[C::Library]), &[ch('o')], Action::Suggest, "what now", "what to do now: three things that fit, with the reasons"),
        bind(at(&[C::Preview, C::Log]), &[ch('o')], Action::Suggest, "", ""),
        bind(IDLE_PANES, &[ch('.')], Action::Repeat, "", "repeat the last session"),
    ]),
    ("Insight", &[
        bind(at(&[C::Insight]), &[on(Code::Right)], Action::Right, "tabs", "to the next tab[; <left> to the one before]"),
        bind(at(&[C::Insight]), &[on(Code::Left)], Action::Left, "", ""),
        bind(at(&[C::Log]), &[on(Code::Right)], Action::Right, "", ""),
        bind(at(&[C::Log]), &[on(Code::Left)], Action::Left, "", ""),
        bind(at(&[C::Insight]), &[ch('P')], Action::Peg, "answer PEG", "answer PEG: three questions about the past week"),
        bind(at(&[C::Log]), &[ch('P')], Action::Peg, "", ""),
        bind(at(&[C::Insight]), &[ch('[')], Action::Earlier, "earlier", "in trends and year: back in time[; <later> on][; <much-earlier> <much-later> in long steps]"),
        bind(at(&[C::Insight]), &[ch(']')], Action::Later, "later", ""),
        bind(at(&[C::Insight]), &[ch('{')], Action::MuchEarlier, "", ""),
        bind(at(&[C::Insight]), &[ch('}')], Action::MuchLater, "", ""),
        bind(at(&[C::Insight]), &[ch('d')], Action::Span(Span::Day), "days", "trends by day[; <span-week> by week][, <span-month> by month]"),
        bind(at(&[C::Insight]), &[ch('w')], Action::Span(Span::Week), "weeks", ""),
        bind(at(&[C::Insight]), &[ch('m')], Action::Span(Span::Month), "months", ""),
        bind(at(&[C::Insight]), &[ch('s')], Action::Measure, "pain or stress", "in the year: stress in place of pain, or pain again"),
        bind(at(&[C::Insight]), &[ch('i')], Action::Insight, "entries", ""),
    ]),
    ("Log", &[
        bind(at(&[C::Log]), &[on(Code::Enter)], Action::Enter, "read", "read all of an entry"),
        bind(at(&[C::Log]), &[ch('i')], Action::Insight, "insight", "what the log comes to: trends, a year, what helps[; <insight> again goes back]"),
        bind(at(&[C::Log, C::Card]), &[ch('c')], Action::Settle, "settle", "settle what was written differently in two places"),
        bind(at(&[C::Log]), &[ch('/')], Action::Search, "find", "find by words, tag:, where:, technique:, since:, until:"),
        bind(at(&[C::Log]), &[ch('d')], Action::Delete, "delete", "delete the entry; asks first"),
        bind(at(&[C::Log]), &[ch('J')], Action::Jump, "go to a day", "go to a day: yesterday, mon, 3w, 2026-11-01"),
        bind(at(&[C::Log]), &[ch('[')], Action::OlderDay, "", "to the day before[; <newer-day> to the day after]"),
        bind(at(&[C::Log]), &[ch(']')], Action::NewerDay, "", ""),
        bind(at(&[C::Log]), &[ch('{')], Action::OlderWeek, "", "to the week before[; <newer-week> to the week after]"),
        bind(at(&[C::Log]), &[ch('}')], Action::NewerWeek, "", ""),
        bind(LOG_TABS, &[ch('v')], Action::Numbers, "", "words instead of numbers in the log, or numbers again"),
        bind(at(&[C::Log]), &[ch('a')], Action::CheckIn, "", "add an entry"),
        bind(at(&[C::Log]), &[ch('e')], Action::EditEntry, "edit", "change the selected entry"),
        bind(PANES, &[ch('l')], Action::CheckIn, "log now", "log pain and stress now"),
        bind(IDLE_PANES, &[ch('u')], Action::Undo, "undo", "take back the newest act"),
        bind(IDLE_PANES, &[Key::ctrl('r')], Action::Redo, "", "do again what was taken back"),
        bind(LEAVABLE, &[ch('R')], Action::Retry, "", "try again to save"),
    ]),
    ("What now", &[
        bind(at(&[C::Suggest]), &[on(Code::Enter), ch(' ')], Action::Enter, "start", ""),
        bind(at(&[C::Suggest]), &[on(Code::Right), ch('l')], Action::Right, "change", ""),
        bind(at(&[C::Suggest]), &[on(Code::Left), ch('h')], Action::Left, "", ""),
        bind(at(&[C::Suggest]), &[on(Code::Tab)], Action::NextField, "", ""),
        bind(at(&[C::Suggest]), &[on(Code::BackTab)], Action::PreviousField, "", ""),
        bind(at(&[C::Suggest]), &[ch('c'), on(Code::Backspace), on(Code::Delete)], Action::Clear, "", ""),
        bind(at(&[C::Suggest]), &[ch('A')], Action::Enqueue, "queue", ""),
        bind(at(&[C::Suggest]), &[ch('S')], Action::Answers, "", ""),
    ]),
    ("Ratings", &[
        bind(at(&[C::Rating]), &[on(Code::Enter)], Action::Enter, "skip", ""),
        bind(at(&[C::CheckIn]), &[on(Code::Enter), Key::ctrl('s')], Action::Enter, "save", ""),
        bind(at(&[C::CheckIn]), &[on(Code::Tab)], Action::NextField, "more", ""),
        bind(at(&[C::CheckIn]), &[on(Code::Down), ch('j')], Action::Down, "", ""),
        bind(at(&[C::CheckIn]), &[on(Code::Up), ch('k'), on(Code::BackTab)], Action::Up, "", ""),
        bind(at(&[C::Rating]), &[on(Code::Tab), on(Code::Down), ch('j')], Action::NextField, "next", ""),
        bind(at(&[C::Rating]), &[on(Code::BackTab), on(Code::Up), ch('k')], Action::PreviousField, "", ""),
        bind(at(&[C::FormScale, C::FormList, C::FormMap, C::FormLine]), &[on(Code::Enter), Key::ctrl('s')], Action::Save, "save", ""),
        bind(at(&[C::Note]), &[Key::ctrl('s')], Action::Save, "save", "save from within a note[, where <enter> is a new line]"),
        bind(at(&[C::Note]), &[on(Code::Enter)], Action::Enter, "new line", ""),
        bind(FORM, &[Key::ctrl('n')], Action::SaveAsNew, "save as new", "save as a new entry what was deleted elsewhere meanwhile"),
        bind(FORM_LISTS, &[ch(' ')], Action::Mark, "choose", ""),
        bind(at(&[C::FormMap]), &[ch('b')], Action::Both, "both sides", ""),
        bind(FORM, &[on(Code::Tab)], Action::NextField, "next", ""),
        bind(FORM, &[on(Code::BackTab)], Action::PreviousField, "", ""),
        bind(at(&[C::CheckIn, C::FormScale]), &[ch('n')], Action::Note, "note", "where a number is asked in a form: to the note"),
        bind(at(&[C::FormScale]), &[on(Code::Down), ch('j')], Action::NextField, "", ""),
        bind(at(&[C::FormScale]), &[on(Code::Up), ch('k')], Action::PreviousField, "", ""),
        bind(FORM_LISTS, &[on(Code::Down)], Action::Down, "", ""),
        bind(FORM_LISTS, &[on(Code::Up)], Action::Up, "", ""),
        bind(FORM_LISTS, &[on(Code::Left)], Action::Left, "", ""),
        bind(FORM_LISTS, &[on(Code::Right)], Action::Right, "", ""),
        bind(at(&[C::FormMap]), &[ch('j')], Action::Down, "", ""),
        bind(at(&[C::FormMap]), &[ch('k')], Action::Up, "", ""),
        bind(at(&[C::FormMap]), &[ch('h')], Action::Left, "", ""),
        bind(at(&[C::FormMap]), &[ch('l')], Action::Right, "", ""),
        bind(at(&[C::FormList]), &[on(Code::PageDown)], Action::PageDown, "", ""),
        bind(at(&[C::FormList]), &[on(Code::PageUp)], Action::PageUp, "", ""),
        bind(at(&[C::FormList]), &[on(Code::Home)], Action::Top, "", ""),
        bind(at(&[C::FormList]), &[on(Code::End)], Action::Bottom, "", ""),
        bind(NUMBERS, &[ch('0')], Action::Rate(0), "", ""),
        bind(NUMBERS, &[ch('1')], Action::Rate(1), "", ""),
        bind(NUMBERS, &[ch('2')], Action::Rate(2), "", ""),
        bind(NUMBERS, &[ch('3')], Action::Rate(3), "", ""),
        bind(NUMBERS, &[ch('4')], Action::Rate(4), "", ""),
        bind(NUMBERS, &[ch('5')], Action::Rate(5), "", ""),
        bind(NUMBERS, &[ch('6')], Action::Rate(6), "", ""),
        bind(NUMBERS, &[ch('7')], Action::Rate(7), "", ""),
        bind(NUMBERS, &[ch('8')], Action::Rate(8), "", ""),
        bind(NUMBERS, &[ch('9')], Action::Rate(9), "", ""),
        bind(NUMBERS, &[ch('t')], Action::Rate(10), "ten", ""),
        bind(at(&[C::Rating, C::CheckIn, C::FormScale]), &[on(Code::Backspace), on(Code::Delete)], Action::Clear, "clear", ""),
        bind(FORM_LISTS, &[on(Code::Backspace), on(Code::Delete)], Action::Clear, "", ""),
        bind(at(&[C::Checklist]), &[on(Code::Enter)], Action::Enter, "go on", ""),
        bind(at(&[C::Checklist]), &[ch(' ')], Action::Mark, "mark", ""),
        bind(at(&[C::Checklist]), &[on(Code::Down), on(Code::Tab)], Action::Down, "", ""),
        bind(at(&[C::Checklist]), &[on(Code::Up), on(Code::BackTab)], Action::Up, "", ""),
        bind(at(&[C::Checklist]), &[on(Code::PageDown)], Action::PageDown, "", ""),
        bind(at(&[C::Checklist]), &[on(Code::PageUp)], Action::PageUp, "", ""),
        bind(at(&[C::Checklist]), &[on(Code::Home)], Action::Top, "", ""),
        bind(at(&[C::Checklist]), &[on(Code::End)], Action::Bottom, "", ""),
        // Questions: each answer has its own letter, which the question knows.
        bind(at(&[C::Question]), &[on(Code::Enter)], Action::Enter, "", ""),
    ]),
    ("Filters", &[
        bind(at(&[C::Filter]), &[on(Code::Left), ch('h')], Action::Left, "", ""),
        bind(at(&[C::Filter]), &[on(Code::Right), ch('l'), ch(' ')], Action::Right, "change", ""),
        bind(at(&[C::Filter]), &[ch('c'), on(Code::Backspace)], Action::Clear, "clear all", ""),
        bind(at(&[C::Filter]), &[on(Code::Enter)], Action::Back, "done", ""),
        bind(at(&[C::Card]), &[on(Code::Enter), ch(' ')], Action::Back, "close", ""),
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
        bind(at(&[C::Library, C::Preview]), &[on(Code::Right)], Action::NextPane, "", ""),
        bind(at(&[C::Library, C::Preview]), &[on(Code::Left)], Action::PreviousPane, "", ""),
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
        bind(at(&[C::FormLine, C::Note]), &[on(Code::Up)], Action::Edit(Edit::Up), "", ""),
        bind(at(&[C::FormLine, C::Note]), &[on(Code::Down)], Action::Edit(Edit::Down), "", ""),
        bind(at(&[C::Search]), &[on(Code::Enter)], Action::Enter, "keep", ""),
        bind(at(&[C::Jump]), &[on(Code::Enter)], Action::Enter, "go there", ""),
        bind(at(&[C::Settle]), &[on(Code::Enter)], Action::Enter, "choose", ""),
        bind(at(&[C::Search]), &[on(Code::Down)], Action::Down, "", ""),
        bind(at(&[C::Search]), &[on(Code::Up)], Action::Up, "", ""),
    ]),
    ("Anywhere", &[
        bind(NO_TEXT, &[ch('?')], Action::Help, "help", "all keys"),
        bind(NO_TEXT, &[ch('E'), on(Code::F(1))], Action::Emergency, "urgent signs", "the signs that need urgent help, from anywhere (F1 while typing)"),
        bind(TEXTS, &[on(Code::F(1))], Action::Emergency, "urgent signs", ""),
        bind(EVERYWHERE, &[on(Code::Esc)], Action::Back, "back", "back, or close"),
        bind(LEAVABLE, &[ch('q')], Action::Quit, "quit", "leave; a running session asks first"),
        bind(at(&[C::Card]), &[ch('q')], Action::Back, "", ""),
        bind(EVERYWHERE, &[Key::ctrl('c')], Action::QuitNow, "", "leave at once; the part that was done and what was typed are kept"),
        bind(EVERYWHERE, &[Key::ctrl('z')], Action::Suspend, "", "stop as a job of the shell"),
        bind(EVERYWHERE, &[Key::ctrl('l')], Action::Repaint, "", "paint the screen anew"),
    ]),
];

/// What a key means here by the table; `None` when it means nothing.
pub fn message(context: Context, key: Key) -> Option<Msg> {
    DEFAULT.message(context, key)
}

/// The bindings that the footer shows here, most useful first.
pub fn footer(context: Context) -> impl Iterator<Item = &'static Binding> {
    let shown =
        move |binding: &&Binding| binding.contexts.has(context) && !binding.label.is_empty();
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
