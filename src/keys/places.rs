//! Where keys go, as sets: every place is one row of one table, with all that the key table must know of it.

use crate::app::message::Context;
use Context as C;

/// A set of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places(u32);

/// What a place is, a bit each.
type Kind = u16;

const PANE: Kind = 1;
/// Nothing is under way there.
const IDLE: Kind = 1 << 1;
/// A session is, whether it moves or stands.
const UNDER_WAY: Kind = 1 << 2;
/// The pane of the log.
const LOG: Kind = 1 << 3;
/// Rows to move among.
const LIST: Kind = 1 << 4;
/// Text is typed.
const TEXT: Kind = 1 << 5;
/// Letters answer or narrow, so that they are no keys.
const LETTERS: Kind = 1 << 6;
/// A number is asked for.
const NUMBER: Kind = 1 << 7;
/// The whole form of an entry.
const FORM: Kind = 1 << 8;
/// All keys but a few are one and the same.
const ANY_KEY: Kind = 1 << 9;
/// The program may be left from there.
const LEAVABLE: Kind = 1 << 10;

/// Every place, in the order of [`Context`]: where that is, in words, and what it is.
#[rustfmt::skip] // a table, read down
const TABLE: &[(Context, &str, Kind)] = &[
    (C::Library, "in the library", PANE | IDLE | LEAVABLE | LIST),
    (C::Search, "in a search", TEXT),
    (C::Preview, "in the preview", PANE | IDLE | LEAVABLE | LIST),
    (C::Running, "while a session runs", PANE | UNDER_WAY | LEAVABLE),
    (C::Paused, "in a session that stands", PANE | UNDER_WAY | LEAVABLE),
    (C::Floor, "in the floor view", ANY_KEY),
    (C::FloorPaused, "in the floor view", UNDER_WAY | LEAVABLE),
    (C::FloorDone, "in the floor view", ANY_KEY),
    (C::Log, "in the log", PANE | IDLE | LEAVABLE | LIST | LOG),
    (C::Insight, "in the insight tabs", PANE | IDLE | LEAVABLE | LIST | LOG),
    (C::Rating, "in a rating", NUMBER),
    (C::CheckIn, "in a check-in", NUMBER),
    (C::FormScale, "in a form", FORM | NUMBER),
    (C::FormList, "in a form", FORM | LETTERS),
    (C::FormMap, "in a form", FORM),
    (C::FormLine, "in a form", FORM | TEXT),
    (C::Note, "in a note", FORM | TEXT),
    (C::Card, "in a text to read", LIST),
    (C::Question, "in a question", LETTERS),
    (C::Filter, "in the filters", LIST),
    (C::Checklist, "in the safety questions", LETTERS),
    (C::Suggest, "in 'what now'", LIST | NUMBER),
    (C::Jump, "in 'go to a day'", TEXT),
    (C::Settle, "where two versions differ", LIST | LETTERS),
];

// Each has its row, where it is looked for.
const _: () = {
    assert!(TABLE.len() == C::Settle as usize + 1);
    let mut at = 0;
    while at < TABLE.len() {
        assert!(TABLE[at].0 as usize == at);
        at += 1;
    }
};

impl Places {
    /// Where the library, a session or the log has the keys.
    pub const PANES: Self = Self::of_kind(PANE);
    /// Those panes with no session in them.
    pub const IDLE: Self = Self::of_kind(IDLE);
    /// The log pane, whatever its tab.
    pub const LOG_TABS: Self = Self::of_kind(LOG);
    /// A session that the keys of a session steer.
    pub const UNDER_WAY: Self = Self::of_kind(UNDER_WAY);
    /// The same in its pane.
    pub const IN_A_PANE: Self = Self::of_kind(UNDER_WAY).and_also(PANE);
    /// Whence the program may be left.
    pub const LEAVABLE: Self = Self::of_kind(LEAVABLE);
    /// Rows to move among.
    pub const LISTS: Self = Self::of_kind(LIST);
    /// Where text is typed.
    pub const TEXTS: Self = Self::of_kind(TEXT);
    /// Where it is not.
    pub const NO_TEXT: Self = Self::of_kind(!0).without(TEXT).without(ANY_KEY);
    /// Where a number is asked for.
    pub const NUMBERS: Self = Self::of_kind(NUMBER);
    /// The whole form of an entry.
    pub const FORM: Self = Self::of_kind(FORM);
    /// Where all keys but a few are one and the same.
    pub const ANY_KEY: Self = Self::of_kind(ANY_KEY);
    /// Where they are not.
    pub const EVERYWHERE: Self = Self::of_kind(!0).without(ANY_KEY);
    /// Where plain characters reach the app as they are: text, or the letter of an answer.
    pub const TYPED: Self = Self::of_kind(TEXT | LETTERS);

    /// These.
    pub const fn of(contexts: &[Context]) -> Self {
        let (mut set, mut at) = (0, 0);
        while at < contexts.len() {
            set |= 1 << contexts[at] as u32;
            at += 1;
        }
        Self(set)
    }

    /// All that are of one of these kinds.
    const fn of_kind(kinds: Kind) -> Self {
        let (mut set, mut at) = (0, 0);
        while at < TABLE.len() {
            if TABLE[at].2 & kinds != 0 {
                set |= 1 << at;
            }
            at += 1;
        }
        Self(set)
    }

    const fn and_also(self, kind: Kind) -> Self {
        Self(self.0 & Self::of_kind(kind).0)
    }

    const fn without(self, kind: Kind) -> Self {
        Self(self.0 & !Self::of_kind(kind).0)
    }

    /// Whether this is one of them.
    pub const fn has(self, context: Context) -> bool {
        self.0 & (1 << context as u32) != 0
    }

    /// How many there are.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Context> {
        let all = TABLE.iter().map(|(context, ..)| *context);
        all.filter(move |context| self.has(*context))
    }
}

/// Where that is, in words: 'in the log'.
pub(super) fn words(context: Context) -> &'static str {
    TABLE[context as usize].1
}
