//! What two machines wrote differently: each version with when and where, a number each.

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Width;
use crate::app::App;
use crate::app::overlay::settle::Settle;
use crate::domain::differing::{Deleted, Version};
use crate::domain::time::Now;
use crate::domain::when::day_text;
use crate::ui::Look;
use crate::ui::entry_words::{self, Numbers};
use crate::ui::widgets::text;

/// Draws the ways there are; the one that has the keys is always in sight.
pub fn draw(area: Rect, buffer: &mut Buffer, form: &Settle, app: &App, now: &Now, look: &Look) {
    let width = usize::from(super::content_width(area, Width::Form));
    let mut page = Page {
        lines: Vec::new(),
        seen: 0,
        count: 0,
        form,
        numbers: Numbers::of(app),
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
}

struct Page<'a> {
    lines: Vec<Line<'static>>,
    /// Rows down to the end of the way that has the keys.
    seen: usize,
    /// Ways so far.
    count: usize,
    form: &'a Settle,
    numbers: Numbers,
    now: &'a Now,
    width: usize,
    look: &'a Look,
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
            self.way("delete it", "with the changes; u takes that back");
        }
        for field in self.form.fields() {
            self.heading(&label(&field.name));
            let versions = std::iter::once(&field.shown).chain(&field.others);
            for (at, version) in versions.enumerate() {
                let value = value_words(&field.name, version, self.numbers);
                let mut about = self.written_at(version.at, version.here);
                if at == 0 {
                    about += ", shown now";
                }
                self.way(&value, &about);
            }
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
        if has_keys {
            self.seen = self.lines.len();
        }
    }

    fn written(&self, delete: &Deleted) -> String {
        self.written_at(delete.at, delete.here)
    }

    /// 'written yesterday, 21:30, on this machine'.
    fn written_at(&self, at: Option<DateTime<FixedOffset>>, here: bool) -> String {
        let place = if here { "on this machine" } else { "elsewhere" };
        match at {
            Some(at) => {
                let day = day_text(at.date_naive(), self.now.wall.date_naive());
                format!("written {day}, {}, {place}", at.format("%H:%M"))
            }
            None => format!("written {place}"),
        }
    }
}

/// A field's name for people.
fn label(name: &str) -> String {
    match name {
        "regions" => "where".to_owned(),
        "qualities" => "feels".to_owned(),
        "triggers" => "before it".to_owned(),
        "actions" => "tried".to_owned(),
        "started_at" => "when".to_owned(),
        name => name.replace('_', " "),
    }
}

/// A value for people: lists with commas, texts without quotes, ratings as they are told just now.
fn value_words(name: &str, version: &Version, numbers: Numbers) -> String {
    let Some(raw) = &version.value else {
        return "nothing: taken away".to_owned();
    };
    let is_rating = ["pain", "stress", "tightness"]
        .iter()
        .any(|scale| name.starts_with(scale));
    if let Some(value) = raw.parse().ok().and_then(crate::domain::scale::Scale::new)
        && is_rating
    {
        return numbers.value(value);
    }
    match serde_json::from_str(raw) {
        Ok(serde_json::Value::String(words)) => words,
        Ok(serde_json::Value::Array(list)) if list.iter().all(serde_json::Value::is_string) => {
            let words = list.iter().filter_map(serde_json::Value::as_str);
            match words.collect::<Vec<_>>().join(", ") {
                words if words.is_empty() => "nothing".to_owned(),
                words => words,
            }
        }
        _ => raw.clone(),
    }
}
