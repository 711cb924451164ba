//! What is said to the person: words, and a hint that names actions, which whoever shows it turns into the keys in force.

/// A line for the person. Only what stands in the source can name keys: what others wrote is never read for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saying {
    /// Shown as they are, first.
    pub words: String,
    /// Shown behind them. `<undo>` is the key of that action; what stands in `[…]` is left out where an action in it has
    /// no key, and behind a `|` in there is what to say instead.
    pub hint: &'static str,
    /// Shown last: where there is little room, what comes before it is what matters.
    pub why: String,
}

impl Saying {
    /// Words and a hint behind them.
    pub fn new(words: impl Into<String>, hint: &'static str) -> Self {
        Self {
            words: words.into(),
            hint,
            why: String::new(),
        }
    }

    /// With this said behind it.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { why, ..self }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.hint.is_empty() && self.why.is_empty()
    }

    /// With this said before it.
    #[must_use]
    pub fn after(self, before: &str) -> Self {
        Self {
            words: format!("{before}{}", self.words),
            ..self
        }
    }
}

/// What the journal notes of an act, as a sentence begins: 'Taken back: pain 5 from 21:30'.
pub fn begun(note: &str) -> String {
    let mut signs = note.chars();
    let first = signs.next().into_iter().flat_map(char::to_uppercase);
    first.chain(signs).collect()
}

impl From<&'static str> for Saying {
    fn from(hint: &'static str) -> Self {
        Self::new("", hint)
    }
}

impl From<String> for Saying {
    fn from(words: String) -> Self {
        Self::new(words, "")
    }
}
