//! Choosing words from a list: arrows move, Space takes one or leaves it, a letter jumps.

use std::cell::Cell;

use crate::app::message::Action;

/// Mood words that an entry takes (F.5).
pub const MOODS: usize = 3;
const TOO_MANY: &str = "Up to three mood words: leave one out first.";
/// Words that a page up or down goes over.
const PAGE: usize = 8;

/// A list of words and which of them hold.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Everything that can be chosen, what this person used most first.
    pub offered: Vec<String>,
    /// What holds, in the order in which it was chosen.
    pub chosen: Vec<String>,
    /// The word that Space takes or leaves.
    pub selected: usize,
    /// How many may be chosen; of one, another takes its place.
    pub most: Option<usize>,
    /// The first one shown; kept by the drawing.
    pub top: Cell<usize>,
}

impl Words {
    /// These words; what the entry says and no list knows is offered besides.
    pub fn new(mut offered: Vec<String>, chosen: &[String], most: Option<usize>) -> Self {
        for word in chosen {
            if !offered.contains(word) {
                offered.push(word.clone());
            }
        }
        Self {
            offered,
            chosen: chosen.to_vec(),
            most,
            ..Self::default()
        }
    }

    /// Whether this word holds.
    pub fn holds(&self, word: &str) -> bool {
        self.chosen.iter().any(|known| known == word)
    }

    /// Takes a key; the error says why it would not.
    pub fn act(&mut self, action: Action) -> Result<(), &'static str> {
        if let Action::Mark | Action::Clear = action {
            let Some(word) = self.offered.get(self.selected).cloned() else {
                return Ok(());
            };
            if self.holds(&word) {
                self.chosen.retain(|known| *known != word);
            } else if action == Action::Mark {
                return self.choose(&word);
            }
            return Ok(());
        }
        self.selected = moved(self.selected, self.offered.len(), action);
        Ok(())
    }

    /// Takes a word that is offered or not yet known here.
    pub fn choose(&mut self, word: &str) -> Result<(), &'static str> {
        if self.holds(word) {
            return Ok(());
        }
        if self.most == Some(1) {
            self.chosen.clear();
        }
        if self.most.is_some_and(|most| self.chosen.len() >= most) {
            return Err(TOO_MANY);
        }
        self.chosen.push(word.to_owned());
        Ok(())
    }

    /// To the next word that begins with this letter.
    pub fn jump(&mut self, letter: char) {
        self.selected = jumped(self.selected, &self.offered, letter);
    }
}

/// The row after a key that moves.
pub fn moved(at: usize, len: usize, action: Action) -> usize {
    let last = len.saturating_sub(1);
    match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => (at + 1).min(last),
        Action::PageUp => at.saturating_sub(PAGE),
        Action::PageDown => (at + PAGE).min(last),
        Action::Top => 0,
        Action::Bottom => last,
        _ => at,
    }
}

/// The next row after this one, round the end, whose words begin with the letter; the same where there is none.
pub fn jumped<T: AsRef<str>>(at: usize, rows: &[T], letter: char) -> usize {
    let begins = |row: &T| {
        let first = row.as_ref().chars().next();
        first.is_some_and(|first| first.to_lowercase().eq(letter.to_lowercase()))
    };
    let after = (at + 1..rows.len()).chain(0..=at);
    let mut found = after.filter(|row| rows.get(*row).is_some_and(begins));
    found.next().unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(most: Option<usize>) -> Words {
        let offered = ["aching", "dull", "tight", "throbbing"].map(String::from);
        Words::new(offered.to_vec(), &["odd".to_owned()], most)
    }

    #[test]
    fn a_letter_jumps_to_the_next_word_and_round_the_end() {
        let mut list = words(None);
        list.jump('t');
        assert_eq!(list.selected, 2);
        list.jump('T');
        assert_eq!(list.selected, 3);
        list.jump('t');
        assert_eq!(list.selected, 2);
        list.jump('x');
        assert_eq!(list.selected, 2);
    }

    #[test]
    fn a_word_of_no_list_is_offered_and_stays_until_it_is_left_out() {
        let mut list = words(None);
        assert_eq!(list.offered.last().map(String::as_str), Some("odd"));
        assert_eq!(list.act(Action::Mark), Ok(()));
        assert_eq!(list.chosen, ["odd", "aching"]);
        assert_eq!(list.act(Action::Bottom), Ok(()));
        assert_eq!(list.act(Action::Mark), Ok(()));
        assert_eq!(list.chosen, ["aching"]);
    }

    #[test]
    fn one_more_than_may_be_chosen_is_refused_and_changes_nothing() {
        let mut list = words(Some(2));
        assert_eq!(list.act(Action::Mark), Ok(()));
        assert_eq!(list.act(Action::Down), Ok(()));
        assert_eq!(list.act(Action::Mark), Err(TOO_MANY));
        assert_eq!(list.chosen, ["odd", "aching"]);
    }
}
