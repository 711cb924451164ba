//! What is kept of a table's rows while they go by: copies of the same row, and what is told once of all of them.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset};

/// Of the rows so far.
#[derive(Debug, Default)]
pub struct Rows {
    /// How often a row without an id came.
    pub copies: HashMap<[u8; 16], u32>,
    /// Rows with a day and no time of day.
    pub at_noon: Met,
    /// Rows of times to come.
    pub ahead: Met,
    ahead_at: Option<DateTime<FixedOffset>>,
}

/// How many there were, and where the first was.
#[derive(Debug, Default)]
pub struct Met {
    count: u64,
    line: u64,
}

impl Met {
    /// One more.
    pub fn meet(&mut self, line: u64) {
        self.count += 1;
        if self.count == 1 {
            self.line = line;
        }
    }

    /// 'line 3', 'lines 3 and 1 more'.
    fn place(&self) -> String {
        match self.count {
            1 => format!("line {}", self.line),
            count => format!("line {} and {} more", self.line, count - 1),
        }
    }
}

impl Rows {
    /// A row of this moment, if that is still to come.
    pub fn look_ahead(&mut self, at: DateTime<FixedOffset>, now: DateTime<FixedOffset>, line: u64) {
        if at > now {
            self.ahead.meet(line);
            self.ahead_at.get_or_insert(at);
        }
    }

    /// A remark for each thing met.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.at_noon.count > 0 {
            let place = self.at_noon.place();
            notes.push(format!("{place}: a date without a time is taken as 12:00"));
        }
        if let Some(at) = self.ahead_at {
            let (place, at) = (self.ahead.place(), at.format("%Y-%m-%d %H:%M"));
            notes.push(format!("{place}: {at} is still ahead, and is kept so"));
        }
        notes
    }
}
