//! The entry that is being changed is changed elsewhere: what was not touched follows, what was touched says so.

use super::row::Row;
use super::{CheckIn, Source, rows_of};

/// What became of a form when its entry changed elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Nothing that it was about to write.
    Quietly,
    /// A field that was changed here is another there now.
    Differs,
    /// A field that was changed here is there no more, so that the change of it went.
    Lost,
}

impl CheckIn {
    /// Takes the entry over as it is now.
    pub fn follow(&mut self, from: &Source) -> Followed {
        let mut followed = Followed::Quietly;
        let had_keys = self.row().clone();
        let mut old = std::mem::take(&mut self.rows);
        for new in rows_of(from) {
            let place = old.iter().position(|row| row.is(&new));
            let Some(mut row) = place.map(|place| old.remove(place)) else {
                self.rows.push(new);
                continue;
            };
            if row.follow(new) {
                followed = Followed::Differs;
            }
            self.rows.push(row);
        }
        // What is left is of the entry no more: taking it away is done, changing it is not.
        let (kept, gone): (Vec<Row>, Vec<Row>) = old.into_iter().partition(Row::can_return);
        self.rows.extend(kept.into_iter().filter(Row::is_changed));
        let is_lost = |row: &Row| row.is_changed() && !row.is_taken_away();
        if gone.iter().any(is_lost) {
            followed = Followed::Lost;
        }
        let place = self.rows.iter().position(|row| row.is(&had_keys));
        self.at = place.unwrap_or(0);
        self.kind = from.entry.kind;
        self.known = Some(Box::new(from.entry.clone()));
        self.is_gone = false;
        self.is_sorted = false;
        followed
    }
}
