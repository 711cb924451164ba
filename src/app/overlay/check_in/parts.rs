//! The parts of a session in its form: one more is added, and all that changed is written at once.

use super::CheckIn;
use super::field::Field;
use super::part::Part;
use super::row::{Row, Value};
use crate::domain::record::change::{PARTS_MAX, PartsRefused, change_parts};
use crate::domain::record::{Entry, Fields, Kind, What};

const WHAT: &str = "These are parts of what it was before: change one of the two at a time.";
const GONE: &str = "This part is there no more.";
const NONE: &str = "A session keeps one of its parts at least.";
const ALONE: &str =
    "A session of one technique has that one part. Make it a queue in 'What it was' first.";

/// Whether a session may have one more part: one of a single technique has that one.
pub(super) fn takes_more(entry: &Entry) -> bool {
    let more = entry.more.as_deref();
    let has_any = more.is_some_and(|more| !more.items.is_empty());
    let is_odd = more.is_some_and(|more| more.invalid.iter().any(|(name, _)| name == "items"));
    let is_alone = matches!(entry.what, Some(What::Technique(_)));
    entry.kind == Kind::Session && !is_odd && !(is_alone && has_any)
}

impl CheckIn {
    /// Adds the part that is chosen in the field that has the keys, and goes there: it asks how long it was done. False:
    /// there is none.
    pub(super) fn add_part(&mut self) -> bool {
        let row = self.row();
        let Value::Pick(pick) = &row.value else {
            return false;
        };
        let chosen = pick.chosen.first().filter(|_| !pick.is_open());
        let (Field::MorePart, Some(chosen)) = (row.field, chosen) else {
            return false;
        };
        let part = Part::added(chosen);
        let counts = self.rows.iter().filter_map(|row| match row.field {
            Field::Added(count) => Some(count + 1),
            _ => None,
        });
        let count = counts.max().unwrap_or(0);
        if let Value::Pick(pick) = &mut self.row_mut().value {
            pick.empty();
        }
        self.rows.insert(self.at, Row::added(count, part));
        true
    }

    /// What the parts say, once the last one that was changed is reached; the error is about this one.
    pub(super) fn put_parts(
        &self,
        here: &Row,
        before: &Fields,
        set: &mut Fields,
    ) -> Result<(), String> {
        if self.find(Field::What).is_some_and(Row::is_changed) {
            return Err(WHAT.into());
        }
        if let Value::Part(part) = &here.value
            && !part.is_taken_away()
        {
            part.read()?;
        }
        let (mut changed, mut added, mut last) = (Vec::new(), Vec::new(), None);
        for row in self.rows.iter().filter(|row| row.is_changed()) {
            let Value::Part(part) = &row.value else {
                continue;
            };
            last = Some(row.field);
            let item = if part.is_taken_away() {
                None
            } else {
                // One that cannot be read is told in its own turn.
                let Ok(item) = part.read() else { continue };
                Some(item)
            };
            match (row.field, item) {
                (Field::Part(at), item) => changed.push((at, item)),
                (_, Some(item)) => added.push(item),
                (_, None) => {}
            }
        }
        if last != Some(here.field) {
            return Ok(());
        }
        change_parts(&changed, &added, before, set).map_err(|refused| match refused {
            PartsRefused::Gone => GONE.to_owned(),
            PartsRefused::None => NONE.to_owned(),
            PartsRefused::TooMany => format!("A session has {PARTS_MAX} parts at most."),
            PartsRefused::Alone => ALONE.to_owned(),
        })
    }
}
