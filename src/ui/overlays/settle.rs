//! What two machines wrote differently: each version with when and where, a number each.

use std::ops::Range;

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use serde_json::Value;

use super::Width;
use crate::app::App;
use crate::app::message::{Msg, Point};
use crate::app::overlay::settle::Settle;
use crate::domain::differing::{Deleted, Differing, Version};
use crate::domain::record::parse_moment;
use crate::domain::time::Now;
use crate::domain::when::day_text;
use crate::ui::widgets::text;
use crate::ui::{Look, entry_words};

/// Rows of one value.
const VALUE_ROWS: usize = 5;
/// Characters before the place from which long texts differ.
const CONTEXT: usize = 20;

/// Draws the ways there are; the one that has the keys is always in sight.
pub fn draw(area: Rect, buffer: &mut Buffer, form: &Settle, app: &App, now: &Now, look: &Look) {
    let width = usize::from(super::content_width(area, Width::Form));
    let mut page = Page {
        lines: Vec::new(),
        places: Vec::new(),
        seen: 0,
        count: 0,
        form,
        now,
        width,
        look,
    };
    if let Some(entry) = app.log.find(&form.rec) {
        for words in entry_words::in_two_lines(entry, app, now, look) {
            page.say(&words);
        }
    }
    page.ways();
    let size = (Width::Form, page.lines.len());
    let room = super::open(area, buffer, "Two machines wrote this", size, false, look);
    let scroll = page.seen.saturating_sub(usize::from(room.height));
    text::scrolled(room, buffer, &page.lines, scroll, look);
    for (at, rows) in page.places.into_iter().enumerate() {
        let point = Point::Field(at);
        look.zone(text::rows_at(room, scroll, rows), || Msg::Point(point));
    }
}

struct Page<'a> {
    lines: Vec<Line<'static>>,
    /// The rows of each way.
    places: Vec<Range<usize>>,
    /// Rows down to the end of the way that has the keys.
    seen: usize,
    /// Ways so far.
    count: usize,
    form: &'a Settle,
    now: &'a Now,
    width: usize,
    look: &'a Look<'a>,
}

impl Page<'_> {
    fn ways(&mut self) {
        if self.form.unsettled.is_none() {
            return self.say("Looking.");
        }
        if let [first, rest @ ..] = self.form.deletes() {
            self.heading("deleted on one machine, changed on another");
            let written = self.written(first);
            self.way("keep it", &format!("the delete, {written}, is taken back"));
            for other in rest {
                let written = self.written(other);
                self.say(&format!("and the one {written}"));
            }
            self.way(
                "delete it",
                &self.look.hint("with the changes[; <undo> takes that back]"),
            );
        }
        for field in self.form.fields() {
            self.heading(&label(&field.name));
            self.versions(field);
        }
    }

    fn versions(&mut self, field: &Differing) {
        let versions = || std::iter::once(&field.shown).chain(&field.others);
        let values: Vec<String> = versions()
            .map(|one| value_words(&field.name, one))
            .collect();
        let values = from_difference(&values, self.width, self.look);
        for (at, (version, value)) in versions().zip(values).enumerate() {
            let mut about = written_at(version.at, version.here, self.now);
            if at == 0 {
                about += ", shown now";
            }
            self.way(&value, &about);
        }
    }

    fn say(&mut self, words: &str) {
        self.lines
            .extend(text::wrapped(words, self.width, self.look.theme.dim));
    }

    fn heading(&mut self, words: &str) {
        self.lines.push(Line::default());
        self.lines
            .extend(text::wrapped(words, self.width, self.look.theme.heading));
    }

    fn way(&mut self, words: &str, about: &str) {
        let theme = &self.look.theme;
        let has_keys = self.count == self.form.chosen;
        let first = self.lines.len();
        self.count += 1;
        let (marker, style) = if has_keys {
            (self.look.glyphs.marker, theme.selected)
        } else {
            (" ", theme.text)
        };
        let lead = Span::styled(format!("{marker} {}  ", self.count), theme.accent);
        self.lines
            .extend(text::hanging(&lead, words, self.width, style));
        let lead = Span::raw(" ".repeat(lead.width()));
        self.lines
            .extend(text::hanging(&lead, about, self.width, theme.dim));
        self.places.push(first..self.lines.len());
        if has_keys {
            self.seen = self.lines.len();
        }
    }

    fn written(&self, delete: &Deleted) -> String {
        written_at(delete.at, delete.here, self.now)
    }
}

/// 'written yesterday, 21:30, on this machine'.
pub(super) fn written_at(at: Option<DateTime<FixedOffset>>, here: bool, now: &Now) -> String {
    let place = if here { "on this machine" } else { "elsewhere" };
    match at {
        Some(at) => {
            let day = day_text(at.date_naive(), now.wall.date_naive());
            format!("written {day}, {}, {place}", at.format("%H:%M"))
        }
        None => format!("written {place}"),
    }
}

/// A field's name for people.
pub(super) fn label(name: &str) -> String {
    match name {
        "regions" => "where".to_owned(),
        "qualities" => "feels".to_owned(),
        "triggers" => "before it".to_owned(),
        "actions" => "tried".to_owned(),
        "started_at" => "when".to_owned(),
        name => name.replace('_', " "),
    }
}

/// A value for people: lists with commas, texts without quotes. A rating is a number even where numbers are hidden: in
/// words two of them might look the same.
pub(super) fn value_words(name: &str, version: &Version) -> String {
    let Some(raw) = &version.value else {
        return "nothing: taken away".to_owned();
    };
    match serde_json::from_str(raw) {
        Ok(Value::String(words)) => match parse_moment(&words) {
            Some(at) if name.ends_with("_at") => {
                at.format("%a %-d %b %Y, %H:%M (UTC%:z)").to_string()
            }
            _ => words,
        },
        Ok(Value::Array(list)) if list.is_empty() => "nothing".to_owned(),
        Ok(Value::Array(list)) if list.iter().all(Value::is_string) => {
            let words = list.iter().filter_map(Value::as_str);
            words.collect::<Vec<_>>().join(", ")
        }
        _ => raw.clone(),
    }
}

/// Long texts begin a little before the place from which they differ.
fn from_difference(values: &[String], width: usize, look: &Look) -> Vec<String> {
    let Some((first, rest)) = values.split_first() else {
        return Vec::new();
    };
    let same = |other: &String| {
        let pairs = first.chars().zip(other.chars());
        pairs.take_while(|(a, b)| a == b).count()
    };
    let common = rest.iter().map(same).min().unwrap_or(0);
    let skipped = common.saturating_sub(CONTEXT);
    let shortened = |value: &String| {
        if skipped == 0 || text::wrap(value, width).len() <= VALUE_ROWS {
            return value.clone();
        }
        let rest: String = value.chars().skip(skipped).collect();
        format!("{}{rest}", look.glyphs.ellipsis)
    };
    values.iter().map(shortened).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(value: &str) -> Version {
        Version {
            value: Some(value.to_owned()),
            at: None,
            here: true,
        }
    }

    #[test]
    fn values_read_as_people_write_them() {
        let words = |name, value| value_words(name, &version(value));
        assert_eq!(words("pain", "4"), "4");
        assert_eq!(words("tags", r#"["work","train"]"#), "work, train");
        assert_eq!(words("tags", "[]"), "nothing");
        assert_eq!(words("note", r#""a \"b\"""#), "a \"b\"");
        assert_eq!(
            words("started_at", r#""2026-11-23T21:30:00+01:00""#),
            "Mon 23 Nov 2026, 21:30 (UTC+01:00)"
        );
    }

    #[test]
    fn long_texts_are_shown_from_where_they_differ() {
        let same = "the same words again and again ".repeat(30);
        let values = [format!("{same}left"), format!("{same}right")];
        let look = Look::default();
        let shown = from_difference(&values, 40, &look);
        let context: String = same.chars().skip(same.len() - CONTEXT).collect();
        assert_eq!(
            shown,
            ["left", "right"].map(|end| format!("…{context}{end}"))
        );
        let short = ["left".to_owned(), "lefty".to_owned()];
        assert_eq!(from_difference(&short, 40, &look), short);
    }
}
