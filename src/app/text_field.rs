//! One line or a few of typed text with a cursor that moves by grapheme cluster.
//!
//! Our own, since the small libraries for this move by `char` and so cut letters with accents and emoji apart.

use unicode_segmentation::UnicodeSegmentation;

use super::message::Edit;

/// A text being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextField {
    text: String,
    /// Byte offset, always at a grapheme boundary.
    cursor: usize,
}

impl TextField {
    /// With a text, the cursor at its end.
    pub fn with_text(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
        }
    }

    /// The text as typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before and after the cursor.
    pub fn around_cursor(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Puts a text in at the cursor; refused (false, nothing changed) when it would pass `max` bytes in all.
    pub fn insert(&mut self, text: &str, max: usize) -> bool {
        if self.text.len() + text.len() > max {
            return false;
        }
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
        self.snap();
        true
    }

    /// Edits or moves.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Backspace => self.remove(self.left()..self.cursor),
            Edit::Delete => self.remove(self.cursor..self.right()),
            Edit::DeleteWord => {
                let kept = self.text[..self.cursor].trim_end();
                let start = kept.rfind(char::is_whitespace).map_or(0, |at| {
                    at + kept[at..].chars().next().map_or(0, char::len_utf8)
                });
                self.remove(start..self.cursor);
            }
            Edit::DeleteToStart => self.remove(0..self.cursor),
            Edit::Left => self.cursor = self.left(),
            Edit::Right => self.cursor = self.right(),
            Edit::Home | Edit::First => self.cursor = 0,
            Edit::End | Edit::Last => self.cursor = self.text.len(),
            Edit::WordLeft => self.set_cursor(self.word_left()),
            Edit::WordRight => self.set_cursor(self.word_right()),
            // One row has none above or below.
            Edit::Up | Edit::Down => {}
        }
    }

    /// Where the cursor stands, in bytes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor at this byte, or behind the cluster in which that lies.
    pub fn set_cursor(&mut self, at: usize) {
        self.cursor = at.min(self.text.len());
        self.snap();
    }

    fn word_left(&self) -> usize {
        let before = &self.text[..self.cursor];
        let mut words = before.unicode_word_indices();
        words.next_back().map_or(0, |(at, _)| at)
    }

    fn word_right(&self) -> usize {
        let after = &self.text[self.cursor..];
        let mut words = after.unicode_word_indices();
        let end = words.next().map(|(at, word)| self.cursor + at + word.len());
        end.unwrap_or(self.text.len())
    }

    fn remove(&mut self, range: std::ops::Range<usize>) {
        self.cursor = range.start;
        self.text.replace_range(range, "");
        self.snap();
    }

    fn left(&self) -> usize {
        self.text[..self.cursor]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        self.cursor
            + self.text[self.cursor..]
                .graphemes(true)
                .next()
                .map_or(0, str::len)
    }

    /// After a change the cursor may stand inside a cluster that has just formed; it moves behind it.
    fn snap(&mut self) {
        if self.cursor == self.text.len() {
            return;
        }
        let clusters = self.text.grapheme_indices(true).map(|(at, _)| at);
        self.cursor = clusters
            .chain([self.text.len()])
            .find(|at| *at >= self.cursor)
            .unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn backspace_takes_a_whole_family_and_its_left_neighbour_stays() {
        let mut field = TextField::with_text("a👨‍👩‍👧");
        field.edit(Edit::Backspace);
        assert_eq!(field.text(), "a");
    }

    #[test]
    fn a_text_over_the_limit_is_refused_and_the_old_one_kept() {
        let mut field = TextField::with_text("abc");
        assert!(!field.insert("de", 4));
        assert_eq!(field.text(), "abc");
        assert!(field.insert("d", 4));
    }

    #[test]
    fn deleting_a_word_leaves_the_words_before_it() {
        let mut field = TextField::with_text("sat long  today ");
        field.edit(Edit::DeleteWord);
        assert_eq!(field.text(), "sat long  ");
    }

    proptest! {
        #[test]
        fn any_editing_keeps_the_cursor_between_graphemes(
            acts in prop::collection::vec((0_u8..11, "\\PC{0,3}|[\u{300}\u{200d}👩🇩🇪]{0,2}"), 0..40)
        ) {
            let mut field = TextField::default();
            for (act, text) in acts {
                match act {
                    0 => field.edit(Edit::Backspace),
                    1 => field.edit(Edit::Delete),
                    2 => field.edit(Edit::DeleteWord),
                    3 => field.edit(Edit::DeleteToStart),
                    4 => field.edit(Edit::Left),
                    5 => field.edit(Edit::Right),
                    6 => field.edit(Edit::Home),
                    7 => field.edit(Edit::End),
                    8 => field.edit(Edit::WordLeft),
                    9 => field.edit(Edit::WordRight),
                    _ => { field.insert(&text, 1000); }
                }
                let (before, _) = field.around_cursor();
                let at = before.len();
                let boundary = at == field.text().len()
                    || field.text().grapheme_indices(true).any(|(start, _)| start == at);
                prop_assert!(boundary, "{field:?}");
            }
        }
    }
}
