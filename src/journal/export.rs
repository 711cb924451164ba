//! Interim.
#![allow(missing_docs, clippy::pedantic)]
use super::Journal;
use crate::domain::id::Id;
use crate::domain::record::{FIELDS, Fields};

pub fn object(rec: &Id, fields: &Fields) -> String {
    let mut out = format!("{{\"rec\":\"{rec}\"");
    for name in FIELDS {
        if let Some(value) = fields.get(name) {
            out += &format!(",\"{name}\":{}", value.get());
        }
    }
    for (name, value) in fields.iter() {
        if !FIELDS.contains(&name) {
            out += &format!(
                ",{}:{}",
                serde_json::to_string(name).unwrap_or_default(),
                value.get()
            );
        }
    }
    out + "}"
}

impl Journal {
    pub fn fields(&self, rec: &Id) -> Option<Fields> {
        let index = self.index.as_ref()?;
        index
            .record(rec, |_, _, merged| merged.fields.clone())
            .ok()
            .flatten()
    }
}
