//! The field that has the keys.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{anchors, kept_in_sight, places, summary};
use crate::app::App;
use crate::app::message::{Msg, Point};
use crate::app::overlay::check_in::CheckIn;
use crate::app::overlay::check_in::field::Field;
use crate::app::overlay::check_in::part::Part;
use crate::app::overlay::check_in::pick::Pick;
use crate::app::overlay::check_in::row::Value;
use crate::app::overlay::check_in::tags::Tags;
use crate::app::overlay::check_in::words::Words;
use crate::domain::time::Now;
use crate::domain::when::{DURATION_FORMS, TIME_FORMS};
use crate::ui::widgets::{scale, text, text_area, typed_line};
use crate::ui::{Look, layout};

/// Draws the field that has the keys.
pub fn draw(area: Rect, buffer: &mut Buffer, form: &CheckIn, app: &App, now: &Now, look: &Look) {
    let theme = &look.theme;
    let row = form.row();
    let mut area = area;
    if let Some(raw) = &row.odd {
        let words = format!(
            "{raw} cannot be read here. It is kept until you set another value, or clear it."
        );
        let rows = text::wrap(&words, usize::from(area.width)).len().min(3) as u16;
        let (top, rest) = layout::split_top(area, rows);
        text::put_rows(top, buffer, &words, theme.text, look);
        area = rest;
    }
    if let Some(words) = summary::elsewhere(row) {
        let lead = Span::styled(format!("{} ", look.glyphs.attention), theme.warn);
        let lines = text::hanging(&lead, &words, usize::from(area.width), theme.text);
        let (top, rest) = layout::split_top(area, lines.len().min(3) as u16);
        text::scrolled(top, buffer, &lines, 0, look);
        area = rest;
    }
    match &row.value {
        Value::Scale(value) => {
            let area = peg_question(area, buffer, row.field, app, look);
            scale::draw(area, buffer, anchors(row.field), *value, None, look);
            scale::zones(area, form.at, look);
        }
        Value::Words(words) => word_list(area, buffer, words, look),
        Value::Places(list) => places::draw(area, buffer, list, look),
        Value::Tags(tags) => tag_list(area, buffer, tags, look),
        Value::Line(line) => {
            let (top, rest) = layout::split_top(area, 1);
            typed_line::draw(top, buffer, line, "", look);
            below_line(rest, buffer, form, app, now, look);
        }
        Value::Note(note) => text_area::draw(area, buffer, note, look),
        Value::Pick(pick) => what(area, buffer, pick, look),
        Value::Part(part) => one_part(area, buffer, part, look),
        Value::Kept { raw, taken } => kept(area, buffer, raw, *taken, look),
    }
}

/// The question of the PEG that is answered, above its scale; returns the rest.
fn peg_question(area: Rect, buffer: &mut Buffer, field: Field, app: &App, look: &Look) -> Rect {
    let Field::Peg(at) = field else {
        return area;
    };
    let Some(item) = app.library.vocabulary().peg.items.get(at) else {
        return area;
    };
    let rows = text::wrap(&item.question, usize::from(area.width)).len() as u16;
    // The numbers matter more than the words.
    let rows = rows.min(area.height.saturating_sub(3));
    let (top, rest) = layout::split_top(area, rows);
    text::put_rows(top, buffer, &item.question, look.theme.text, look);
    layout::split_top(rest, u16::from(rest.height > 4)).1
}

/// What is typed, and what fits: the arrows choose.
fn what(area: Rect, buffer: &mut Buffer, pick: &Pick, look: &Look) {
    let theme = &look.theme;
    let mut area = area;
    if pick.takes_several() && (pick.chosen.len() > 1 || pick.goes_on) {
        let named = pick.named();
        let rows = text::wrap(&named, usize::from(area.width)).len() as u16;
        let (top, rest) = layout::split_top(area, rows.min(area.height / 3).max(1));
        text::put_rows(top, buffer, &named, theme.accent, look);
        area = rest;
    }
    let (line, rest) = layout::split_top(area, 1);
    typed_line::draw(line, buffer, &pick.typed, "", look);
    let words = match (pick.takes_several(), pick.chosen.len()) {
        (true, 0 | 1) if !pick.goes_on => {
            "Type[ or <text-up> <text-down>] to choose; + then another."
        }
        (true, _) => "+ then another[; <text-backspace> takes the last].",
        (false, 0) => "Type to narrow[; <text-up> and <text-down> choose].",
        (false, _) => "[<save> adds it as a part.]",
    };
    let words = look.hint(words);
    let rows = text::wrap(&words, usize::from(rest.width)).len() as u16;
    let (hint, rest) = layout::split_top(rest, rows);
    text::put_rows(hint, buffer, &words, theme.dim, look);
    let room = usize::from(rest.width.saturating_sub(2));
    let mut lines = Vec::new();
    for (at, one) in pick.matching().enumerate() {
        let is_on = Some(one) == pick.last();
        let (marker, style) = match (at == pick.selected, is_on) {
            (_, true) => (look.glyphs.marker, theme.selected),
            (true, false) => (" ", theme.selected_away),
            (false, false) => (" ", theme.text),
        };
        let kind = if one.is_routine { " (routine)" } else { "" };
        let words = format!("{}{kind}", one.name);
        let words = text::cut(&words, room, look).into_owned();
        lines.push(Line::styled(format!("{marker}{words}"), style));
    }
    if lines.is_empty() {
        lines.push(Line::styled("  nothing that fits", theme.dim));
    }
    let items = pick.matching().count();
    list(
        rest,
        buffer,
        &lines,
        items,
        (&pick.top, pick.selected),
        look,
    );
}

/// A technique of a session, how long it was done, and whether to its end.
fn one_part(area: Rect, buffer: &mut Buffer, part: &Part, look: &Look) {
    let theme = &look.theme;
    let (line, rest) = layout::split_top(area, 1);
    typed_line::draw(line, buffer, &part.times, "", look);
    let below = if part.is_taken_away() {
        "taken away when this is saved".to_owned()
    } else {
        format!("{} done to its end", box_of(part.done))
    };
    let (_, rest) = layout::split_top(rest, u16::from(rest.height > 5));
    let width = usize::from(rest.width);
    let mut lines = text::wrapped(&part.name, width, theme.text);
    let first = lines.len();
    lines.extend(text::wrapped(&below, width, theme.text));
    if !part.is_taken_away() {
        let done = text::rows_at(rest, 0, first..lines.len());
        look.zone(done, || Msg::Point(Point::Item(0)));
    }
    let hint = if part.is_taken_away() {
        "A time such as 1:30 of 2:00 keeps it."
    } else {
        "Space: done or not. Time done of time planned, such as 1:30 of 2:00 or 90s/2m; empty takes it away."
    };
    lines.extend(text::wrapped(hint, width, theme.dim));
    text::scrolled(rest, buffer, &lines, 0, look);
}

/// A list scrolled so that the chosen item is in sight; a press on an item takes it. The first row shown.
pub(super) fn list(
    area: Rect,
    buffer: &mut Buffer,
    lines: &[Line<'static>],
    items: usize,
    (top, selected): (&Cell<usize>, usize),
    look: &Look,
) -> usize {
    let first = kept_in_sight(top.get(), selected, lines.len(), usize::from(area.height));
    top.set(first);
    text::scrolled(area, buffer, lines, first, look);
    let item = |at: usize| (text::rows_at(area, first, at..at + 1), Point::Item(at));
    look.zones(|| (0..items).map(item));
    first
}

/// What is only kept, or taken away.
fn kept(area: Rect, buffer: &mut Buffer, raw: &str, taken: bool, look: &Look) {
    let theme = &look.theme;
    let width = usize::from(area.width);
    let words = if taken {
        "It is taken away when this is saved[; <mark> keeps it]."
    } else {
        "This version cannot change it. It is kept[; <mark> takes it away]."
    };
    let mut lines = text::wrapped(&look.hint(words), width, theme.dim);
    let style = if taken { theme.dim } else { theme.text };
    lines.extend(text::wrapped(raw, width, style));
    text::scrolled(area, buffer, &lines, 0, look);
}

/// What is to be said of a typed line.
fn below_line(area: Rect, buffer: &mut Buffer, form: &CheckIn, app: &App, now: &Now, look: &Look) {
    let theme = &look.theme;
    let dim = |words: &str| (words.to_owned(), theme.dim);
    let (words, style) = match form.row().field {
        Field::When | Field::Ended | Field::RatedAfter => {
            match form.row().moment(&app.read_time, now) {
                Some(Ok(moment)) => {
                    let at = moment.at.format("%a %-d %b %Y, %H:%M (UTC%:z)");
                    let note = moment
                        .note
                        .map_or(String::new(), |note| format!("\n{note}"));
                    (format!("{at}{note}"), theme.text)
                }
                Some(Err(why)) => {
                    let lead = Span::styled(format!("{} ", look.glyphs.attention), theme.warn);
                    let (_, room) = layout::split_top(area, 1);
                    let width = usize::from(room.width);
                    let lines = text::hanging(&lead, &why, width, theme.text);
                    return text::scrolled(room, buffer, &lines, 0, look);
                }
                None if form.row().field != Field::When => (
                    format!("Empty: not known. Or a time such as {TIME_FORMS}"),
                    theme.dim,
                ),
                None if form.rec.is_none() => (
                    format!("Empty: now. Or a time such as {TIME_FORMS}"),
                    theme.dim,
                ),
                None => (format!("A time such as {TIME_FORMS}"), theme.dim),
            }
        }
        Field::Steps => dim("A whole number"),
        Field::RolandMorris => dim("A whole number from 0 to 24"),
        Field::StoppedBecause => dim("In your own words"),
        Field::Plan => dim(""),
        _ => (format!("A length such as {DURATION_FORMS}"), theme.dim),
    };
    let (_, room) = layout::split_top(area, 1);
    let lines = text::wrapped(&words, usize::from(room.width), style);
    text::scrolled(room, buffer, &lines, 0, look);
}

pub(super) fn box_of(is_on: bool) -> &'static str {
    if is_on { "[x]" } else { "[ ]" }
}

fn word_list(area: Rect, buffer: &mut Buffer, words: &Words, look: &Look) {
    let theme = &look.theme;
    let room = usize::from(area.width.saturating_sub(6));
    let mut lines = Vec::new();
    for (at, word) in words.offered.iter().enumerate() {
        let is_on = words.holds(word);
        let (marker, style) = match (at == words.selected, is_on) {
            (true, _) => (look.glyphs.marker, theme.selected),
            (false, true) => (" ", theme.accent),
            (false, false) => (" ", theme.text),
        };
        let word = text::cut(word, room, look);
        lines.push(Line::styled(
            format!("{marker}{} {word}", box_of(is_on)),
            style,
        ));
    }
    let items = words.offered.len();
    list(
        area,
        buffer,
        &lines,
        items,
        (&words.top, words.selected),
        look,
    );
}

/// What is set, the line being typed, and what it could become.
fn tag_list(area: Rect, buffer: &mut Buffer, tags: &Tags, look: &Look) {
    let theme = &look.theme;
    let mut area = area;
    if !tags.chosen.is_empty() {
        let words = tags.chosen.join(", ");
        let rows = text::wrap(&words, usize::from(area.width)).len() as u16;
        let rows = rows.min(area.height / 2).max(1);
        let (top, rest) = layout::split_top(area, rows);
        text::put_rows(top, buffer, &words, theme.accent, look);
        area = rest;
    }
    let (line, rest) = layout::split_top(area, 1);
    if line.is_empty() {
        return;
    }
    let ghost = tags.completion().unwrap_or_default();
    typed_line::draw(line, buffer, &tags.typed, ghost, look);
    let (_, rest) = layout::split_top(rest, 1);
    let hint = look.hint("A comma ends a tag[; <text-right> completes it]. Used before:");
    let mut lines = text::wrapped(&hint, usize::from(rest.width), theme.dim);
    let used = tags.matching().take(usize::from(rest.height));
    let cut = |tag: &str| {
        let tag = text::cut(tag, usize::from(rest.width.saturating_sub(2)), look);
        Line::styled(format!("  {tag}"), theme.dim)
    };
    let before = lines.len();
    lines.extend(used.map(cut));
    let known = before..lines.len();
    look.zones(|| {
        let item = move |line: usize| text::rows_at(rest, 0, line..line + 1);
        known.map(move |line| (item(line), Point::Item(line - before)))
    });
    if lines.len() == before {
        lines.push(Line::styled("  none that fits", theme.dim));
    }
    for (y, line) in (rest.y..rest.bottom()).zip(&lines) {
        buffer.set_line(rest.x, y, line, rest.width);
    }
}
