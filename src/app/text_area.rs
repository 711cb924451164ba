//! A text of several lines being typed: the cursor moves by cluster and by row, over rows as they are shown.
//!
//! How wide a cluster is and how many columns there are is told by the drawing; until it has told, a row is a line.
//! Our own for the reason that [`text_field`](super::text_field) gives.

use std::cell::Cell;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::message::Edit;
use super::text_field::TextField;

/// Columns that a cluster takes.
pub type Measure = fn(&str) -> usize;

/// A text being typed.
#[derive(Debug, Clone)]
pub struct TextArea {
    field: TextField,
    /// Columns for the text, and how clusters are measured; told by the drawing.
    room: Cell<(usize, Measure)>,
    /// The first row shown; kept by the drawing.
    pub top: Cell<usize>,
    /// The column that moving up and down keeps to.
    goal: Option<usize>,
}

impl Default for TextArea {
    fn default() -> Self {
        Self::with_text("")
    }
}

impl TextArea {
    /// With a text, the cursor at its end.
    pub fn with_text(text: &str) -> Self {
        Self {
            field: TextField::with_text(text),
            room: Cell::new((usize::MAX, |cluster| usize::from(!cluster.is_empty()))),
            top: Cell::new(0),
            goal: None,
        }
    }

    /// The text as typed.
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// How the text is shown: in so many columns, the last of which stays free for the cursor.
    pub fn show_in(&self, columns: usize, measure: Measure) {
        self.room.set((columns.saturating_sub(1).max(1), measure));
    }

    /// Puts a text in at the cursor; refused (false, nothing changed) when it would pass `max` bytes in all.
    pub fn insert(&mut self, text: &str, max: usize) -> bool {
        self.goal = None;
        self.field.insert(text, max)
    }

    /// Edits or moves.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Up => return self.move_rows(-1),
            Edit::Down => return self.move_rows(1),
            Edit::Home => self.field.set_cursor(self.row().start),
            Edit::End => self.field.set_cursor(self.row().end),
            other => self.field.edit(other),
        }
        self.goal = None;
    }

    /// Puts the cursor at this byte, or behind the cluster in which that lies.
    pub fn set_cursor(&mut self, at: usize) {
        self.goal = None;
        self.field.set_cursor(at);
    }

    /// The rows as they are shown: bytes from and to, without the break. There is always one.
    pub fn rows(&self) -> Vec<Range<usize>> {
        let (columns, measure) = self.room.get();
        let text = self.text();
        let mut rows = Vec::new();
        // Where the row began, the columns used, and where it could be broken best: behind a blank.
        let (mut start, mut used) = (0, 0);
        let mut best: Option<(usize, usize)> = None;
        for (at, cluster) in text.grapheme_indices(true) {
            let next = at + cluster.len();
            if cluster.ends_with('\n') {
                rows.push(start..at);
                (start, used, best) = (next, 0, None);
                continue;
            }
            let width = measure(cluster);
            let is_blank = cluster == " ";
            // A blank may stand in the column that is kept for the cursor.
            let room = columns.saturating_add(usize::from(is_blank));
            while used + width > room && at > start {
                let (cut, before) = best.take().unwrap_or((at, used));
                rows.push(start..cut);
                (start, used) = (cut, used - before);
            }
            used += width;
            if is_blank {
                best = Some((next, used));
            }
        }
        rows.push(start..text.len());
        rows
    }

    /// Which row the cursor is in, and its column.
    pub fn place(&self, rows: &[Range<usize>]) -> (usize, usize) {
        let cursor = self.field.cursor();
        let row = rows.partition_point(|row| row.start <= cursor);
        let row = row.saturating_sub(1);
        let start = rows.get(row).map_or(0, |row| row.start);
        let measure = self.room.get().1;
        let before = self.text().get(start..cursor).unwrap_or_default();
        (row, before.graphemes(true).map(measure).sum())
    }

    fn row(&self) -> Range<usize> {
        let rows = self.rows();
        let (at, _) = self.place(&rows);
        let mut row = rows[at].clone();
        // The end of a row that was broken is the start of the next: stay before its last cluster.
        if rows.get(at + 1).is_some_and(|next| next.start == row.end) {
            let last = self.text()[row.clone()].grapheme_indices(true).next_back();
            row.end = last.map_or(row.end, |(last, _)| row.start + last);
        }
        row
    }

    fn move_rows(&mut self, by: isize) {
        let rows = self.rows();
        let (at, column) = self.place(&rows);
        let goal = *self.goal.get_or_insert(column);
        let Some(to) = at.checked_add_signed(by).filter(|to| *to < rows.len()) else {
            // Beyond the first or last row lies the very start or end.
            let end = if by < 0 { 0 } else { self.text().len() };
            return self.field.set_cursor(end);
        };
        let row = rows[to].clone();
        let measure = self.room.get().1;
        let broken = rows.get(to + 1).is_some_and(|next| next.start == row.end);
        let (mut cursor, mut used) = (row.start, 0);
        for (offset, cluster) in self.text()[row.clone()].grapheme_indices(true) {
            let next = row.start + offset + cluster.len();
            used += measure(cluster);
            if used > goal || (broken && next == row.end) {
                break;
            }
            cursor = next;
        }
        self.field.set_cursor(cursor);
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn width(cluster: &str) -> usize {
        cluster.width()
    }

    fn shown(text: &str, columns: usize) -> Vec<String> {
        let area = TextArea::with_text(text);
        area.show_in(columns, width);
        let rows = area.rows().into_iter();
        rows.map(|row| text[row].to_owned()).collect()
    }

    fn cut_at_cursor(area: &TextArea) -> (&str, &str) {
        area.field.around_cursor()
    }

    #[test]
    fn rows_break_at_blanks_and_no_letter_is_lost() {
        assert_eq!(
            shown("sat long today\nwalked", 9),
            ["sat long ", "today", "walked"]
        );
        assert_eq!(shown("abcdefghij", 5), ["abcd", "efgh", "ij"]);
        assert_eq!(shown("a\n\nb\n", 9), ["a", "", "b", ""]);
        assert_eq!(shown("腰痛いです", 5), ["腰痛", "いで", "す"]);
        assert_eq!(shown("腰痛", 1), ["腰", "痛"]);
    }

    #[test]
    fn up_and_down_keep_to_their_column_over_a_short_row() {
        let mut area = TextArea::with_text("a long line\nshort\nanother line");
        area.show_in(40, width);
        area.edit(Edit::Home);
        for _ in 0..9 {
            area.edit(Edit::Right);
        }
        area.edit(Edit::Up);
        assert_eq!(cut_at_cursor(&area).0, "a long line\nshort");
        area.edit(Edit::Up);
        assert_eq!(cut_at_cursor(&area).0, "a long li");
        area.edit(Edit::Up);
        assert_eq!(cut_at_cursor(&area).0, "");
        area.edit(Edit::Down);
        area.edit(Edit::Down);
        area.edit(Edit::Down);
        assert_eq!(cut_at_cursor(&area).1, "");
    }

    #[test]
    fn home_and_end_are_those_of_the_row() {
        let mut area = TextArea::with_text("one two three");
        area.show_in(9, width);
        area.edit(Edit::First);
        area.edit(Edit::End);
        assert_eq!(cut_at_cursor(&area).0, "one two");
        area.edit(Edit::Down);
        area.edit(Edit::Home);
        assert_eq!(cut_at_cursor(&area).0, "one two ");
        area.edit(Edit::End);
        assert_eq!(cut_at_cursor(&area).1, "");
    }

    #[test]
    fn up_and_down_never_land_within_a_cluster() {
        let mut area = TextArea::with_text("ab\n👨‍👩‍👧👨‍👩‍👧\nab");
        area.show_in(20, width);
        area.edit(Edit::Home);
        area.edit(Edit::Right);
        area.edit(Edit::Up);
        assert_eq!(cut_at_cursor(&area).0, "ab\n");
        area.edit(Edit::Up);
        assert_eq!(cut_at_cursor(&area).0, "a");
    }

    fn hostile() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "a",
            " ",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\u{1b}[2J",
            "\u{200b}",
            "\u{202e}",
            "\u{301}",
            "\u{200d}",
            "👩",
            "🇩",
            "腰",
            "word ",
            "\u{fe0f}",
        ]);
        prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
    }

    const EDITS: [Edit; 14] = [
        Edit::Backspace,
        Edit::Delete,
        Edit::DeleteWord,
        Edit::DeleteToStart,
        Edit::Left,
        Edit::Right,
        Edit::Home,
        Edit::End,
        Edit::Up,
        Edit::Down,
        Edit::WordLeft,
        Edit::WordRight,
        Edit::First,
        Edit::Last,
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn any_editing_keeps_the_cursor_between_clusters_and_in_its_row(
            acts in prop::collection::vec((0..20_usize, hostile()), 0..40),
            columns in 1..12_usize,
        ) {
            let mut area = TextArea::default();
            area.show_in(columns, width);
            for (act, text) in acts {
                match EDITS.get(act) {
                    Some(edit) => area.edit(*edit),
                    None => { area.insert(&text, 400); }
                }
                let cursor = area.field.cursor();
                let boundary = cursor == area.text().len()
                    || area.text().grapheme_indices(true).any(|(start, _)| start == cursor);
                prop_assert!(boundary, "{area:?}");
                let rows = area.rows();
                let (row, _) = area.place(&rows);
                prop_assert!(rows[row].start <= cursor && cursor <= rows[row].end, "{area:?} {rows:?}");
            }
        }

        #[test]
        fn rows_hold_every_byte_but_the_breaks(text in hostile(), columns in 1..12_usize) {
            let area = TextArea::with_text(&text);
            area.show_in(columns, width);
            let rows = area.rows();
            let mut at = 0;
            for row in &rows {
                prop_assert!(["", "\n", "\r\n"].contains(&&text[at..row.start]));
                at = row.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
