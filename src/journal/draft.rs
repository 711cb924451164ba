//! A line that is to be written: its members in the writers' order, and the check value at its end.

use serde::Serialize;

use super::line::Kind;
use crate::domain::id::Id;
use crate::domain::record::Fields;

/// An operation that is to be written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it does.
    pub kind: Kind,
    /// Its own id.
    pub id: Id,
    /// The record it is about.
    pub rec: Id,
    /// What an undo takes back.
    pub of: Option<Id>,
    /// When it is written.
    pub at: String,
    /// The record's heads; `None` for an add and a forget.
    pub seen: Option<Vec<Id>>,
    /// Fields with new values.
    pub set: Option<Fields>,
    /// Fields taken away.
    pub unset: Vec<String>,
}

impl Draft {
    /// A bare operation.
    pub fn new(kind: Kind, id: Id, rec: Id, at: String) -> Self {
        Self {
            kind,
            id,
            rec,
            of: None,
            at,
            seen: None,
            set: None,
            unset: Vec::new(),
        }
    }

    /// The line with its check value, without a line feed.
    pub fn text(&self) -> String {
        let mut text = format!("{{\"v\":1,\"op\":\"{}\"", self.kind.word());
        member(&mut text, "id", &self.id.to_string());
        member(&mut text, "rec", &self.rec.to_string());
        if let Some(of) = &self.of {
            member(&mut text, "of", &of.to_string());
        }
        member(&mut text, "at", &self.at);
        if let Some(seen) = &self.seen {
            let seen: Vec<String> = seen.iter().map(Id::to_string).collect();
            member(&mut text, "seen", &seen);
        }
        if let Some(set) = &self.set {
            member(&mut text, "set", set);
        }
        if !self.unset.is_empty() {
            member(&mut text, "unset", &self.unset);
        }
        close(text)
    }
}

fn member(text: &mut String, name: &str, value: &(impl Serialize + ?Sized)) {
    // Texts, lists of texts and fields always serialise.
    let value = serde_json::to_string(value).unwrap_or_default();
    text.push_str(",\"");
    text.push_str(name);
    text.push_str("\":");
    // A line feed can only be a blank between tokens here: in a JSON text it is escaped.
    text.extend(
        value
            .chars()
            .map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }),
    );
}

/// Ends an object that lacks its closing brace with the check value.
pub fn close(mut text: String) -> String {
    let crc = crc32fast::hash(text.as_bytes());
    text.extend([",\"crc\":\"", &format!("{crc:08x}"), "\"}"]);
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::super::line::{self, Check, Line};
    use super::*;
    use serde_json::value::RawValue;

    #[test]
    fn a_line_stands_in_the_writers_order_and_reads_back_as_it_was_meant() {
        let mut draft = Draft::new(
            Kind::Edit,
            Id::new("o"),
            Id::new("r"),
            "2026-11-23T21:30:00+01:00".into(),
        );
        let mut set = Fields::default();
        set.put("note", "a \"word\",\nnext \u{2028}\0");
        set.put("pain", &4);
        draft.seen = Some(vec![Id::new("a"), Id::new("b")]);
        draft.set = Some(set);
        draft.unset = vec!["mood".into()];
        let text = draft.text();
        assert_eq!(
            text,
            "{\"v\":1,\"op\":\"edit\",\"id\":\"o\",\"rec\":\"r\",\"at\":\"2026-11-23T21:30:00+01:00\",\
             \"seen\":[\"a\",\"b\"],\"set\":{\"note\":\"a \\\"word\\\",\\nnext \u{2028}\\u0000\",\"pain\":4},\
             \"unset\":[\"mood\"],\"crc\":\"CRC\"}"
                .replace("CRC", &text[text.len() - 10..text.len() - 2])
        );
        let Line::Op(op) = line::parse(text.as_bytes()) else {
            panic!("it can't be read: {text}");
        };
        assert_eq!(
            (op.kind, op.check, op.id, op.rec),
            (Kind::Edit, Check::Right, draft.id, draft.rec)
        );
        assert_eq!(op.seen, draft.seen);
        assert_eq!(
            op.set[0].1.get(),
            "\"a \\\"word\\\",\\nnext \u{2028}\\u0000\""
        );
        assert_eq!(op.unset, ["mood"]);
    }

    #[test]
    fn a_value_with_line_feeds_between_its_tokens_stays_on_one_line() {
        let mut draft = Draft::new(Kind::Add, Id::new("o"), Id::new("r"), String::new());
        let mut set = Fields::default();
        set.put_raw("x", RawValue::from_string("[1,\r\n 2]".into()).unwrap());
        draft.set = Some(set);
        let text = draft.text();
        assert!(
            !text.contains(['\n', '\r']) && text.contains("[1,   2]"),
            "{text}"
        );
        assert!(matches!(line::parse(text.as_bytes()), Line::Op(_)));
    }

    #[test]
    fn an_undo_names_what_it_takes_back_before_its_time() {
        let mut draft = Draft::new(Kind::Undo, Id::new("o"), Id::new("r"), "t".into());
        draft.of = Some(Id::new("x"));
        draft.seen = Some(Vec::new());
        let start = "{\"v\":1,\"op\":\"undo\",\"id\":\"o\",\"rec\":\"r\",\"of\":\"x\",\"at\":\"t\",\"seen\":[],\"crc\":\"";
        assert!(draft.text().starts_with(start), "{}", draft.text());
    }

    #[test]
    fn the_check_value_is_the_crc_32_of_zlib() {
        assert_eq!(close("123456789".into()), "123456789,\"crc\":\"cbf43926\"}");
    }
}
