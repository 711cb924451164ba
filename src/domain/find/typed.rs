//! What was typed, and which words of a log it stands for.

use super::texts::{Sort, Token};
use crate::domain::search::letters::{WORDS_MAX, begins_with_one_slip, is_forgiving, is_id, split};

/// A word, or a phrase in quotes: words that stand one behind the other.
#[derive(Debug, Clone)]
pub struct Part {
    words: Vec<String>,
    /// The last of them.
    letters: Vec<char>,
    /// As it stands in a text of words between blanks: with the blank before it, and for an id with the one behind it.
    stands: String,
    /// Whether it may have a slip.
    forgiving: bool,
    /// For each token what it says to this part, see [`Part::says`].
    said: Vec<u32>,
}

/// The token has the whole part in it. Below it stands one bit for each word of the part.
const WHOLE: u32 = 1 << 31;

/// The parts of a typed line.
pub fn parts(line: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut left = WORDS_MAX;
    let mut rest = line;
    while !rest.is_empty() {
        let (loose, quoted, after) = next_phrase(rest);
        for word in split(loose).into_iter().take(left) {
            left -= 1;
            parts.extend(Part::new(vec![word], false));
        }
        let mut words = split(quoted);
        words.truncate(left);
        left -= words.len();
        parts.extend(Part::new(words, true));
        rest = after;
    }
    parts
}

/// What stands before the first phrase, the phrase, and what follows. One that is still being typed has no end yet.
fn next_phrase(text: &str) -> (&str, &str, &str) {
    let opens =
        |(at, _): &(usize, &str)| text[..*at].chars().last().is_none_or(char::is_whitespace);
    let Some((at, _)) = text.match_indices('"').find(opens) else {
        return (text, "", "");
    };
    let (before, rest) = (&text[..at], &text[at + 1..]);
    match rest.split_once('"') {
        Some((phrase, after)) => (before, phrase, after),
        None => (before, rest, ""),
    }
}

impl Part {
    fn new(words: Vec<String>, is_quoted: bool) -> Option<Self> {
        let letters: Vec<char> = words.last()?.chars().collect();
        let end = if is_id(&letters) { " " } else { "" };
        Some(Self {
            stands: format!(" {}{end}", words.join(" ")),
            forgiving: !is_quoted && is_forgiving(&letters),
            said: Vec::new(),
            letters,
            words,
        })
    }

    /// Whether it may have a slip.
    pub fn forgives(&self) -> bool {
        self.forgiving
    }

    /// Looks at the tokens that are new since the last time.
    pub fn learn(&mut self, tokens: &[Token], is_nearly: bool) {
        for token in tokens.get(self.said.len()..).unwrap_or_default() {
            let says = self.says(token, is_nearly);
            self.said.push(says);
        }
    }

    /// Forgets what it has learnt.
    pub fn forget(&mut self) {
        self.said.clear();
    }

    /// [`WHOLE`], or for a single word the bits of the words of this part that it stands for: the last may be its
    /// beginning, those before it are whole words.
    fn says(&self, token: &Token, is_nearly: bool) -> u32 {
        let mut word = Vec::new();
        let mut is_slip = |text: &str| {
            word.clear();
            word.extend(text.chars().take(self.letters.len() + 1));
            begins_with_one_slip(&word, &self.letters)
        };
        let forgives = is_nearly && self.forgiving;
        if token.sort != Sort::Word {
            let has = token.words.contains(&*self.stands)
                || (forgives && token.words.split_ascii_whitespace().any(is_slip));
            return if has { WHOLE } else { 0 };
        }
        let Some((last, before)) = self.words.split_last() else {
            return 0;
        };
        let mut bits = 0;
        for (at, wanted) in before.iter().enumerate() {
            bits |= u32::from(*token.words == **wanted) << at;
        }
        let same = if self.stands.ends_with(' ') {
            *token.words == **last
        } else {
            token.words.starts_with(&**last)
        };
        bits | u32::from(same || (forgives && is_slip(&token.words))) << before.len()
    }

    /// Whether an entry with these tokens has it.
    pub fn is_in(&self, row: &[u32]) -> bool {
        let last = WHOLE | 1 << (self.words.len() - 1);
        let mut reached = 0;
        row.iter().any(|token| {
            let says = self.said.get(*token as usize).copied().unwrap_or(0);
            // A bit is reached where the word before it was reached by the token before this one.
            reached = ((reached << 1) | 1 | WHOLE) & says;
            reached & last != 0
        })
    }
}
