//! The form of an entry: two scales at first; then every field, in a list beside the one that has the keys, or one field
//! at a time where there is no room for both.

mod editor;
mod places;
mod summary;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Width;
use super::rating::{Asked, question};
use crate::app::App;
use crate::app::message::{Action, Context, Msg, Over, Point};
use crate::app::overlay::check_in::CheckIn;
use crate::app::overlay::check_in::field::{Field, QUICK};
use crate::app::overlay::check_in::row::Value;
use crate::domain::time::Now;
use crate::domain::vocabulary::WordField;
use crate::ui::widgets::scale::{self, Anchors};
use crate::ui::widgets::text;
use crate::ui::{Look, layout};

/// Columns and rows of content from which the list of fields stands beside the field that has the keys.
const BESIDE: (u16, u16) = (66, 13);
/// Rows of content that the whole form takes at most.
const ROWS: u16 = 32;

/// Draws the form.
pub fn draw(area: Rect, buffer: &mut Buffer, form: &CheckIn, app: &App, now: &Now, look: &Look) {
    if !form.whole {
        return quick(area, buffer, form, look);
    }
    let rows = area.height.saturating_sub(2).min(ROWS);
    let title = match form.rec {
        None => "How is it?",
        Some(_) => "Change this entry",
    };
    let size = (Width::Wide, usize::from(rows));
    let room = super::open(area, buffer, title, size, false, look);
    let room = banner(room, buffer, form, look);
    if room.width < BESIDE.0 || room.height < BESIDE.1 {
        let (head, rest) = layout::split_top(room, 1);
        let label = form.row().label();
        super::rating::field_name(head, buffer, &label, true, look);
        let place = format!("{} of {}", form.at + 1, form.rows.len());
        text::put_right(head, buffer, &place, look.theme.dim, look);
        // A question of the PEG needs all the room there is, and so does what was changed elsewhere as well.
        let is_long = matches!(form.row().field, Field::Peg(_));
        let is_long = (is_long || summary::there(form.row()).is_some()) && rest.height < 9;
        let hint = u16::from(!is_long);
        let (field, last) = layout::split_top(rest, rest.height.saturating_sub(hint));
        text::put(
            last,
            buffer,
            &look.hint(leads_on(form)),
            look.theme.dim,
            look,
        );
        look.zone(last, || Msg::Do(Action::NextField));
        look.wheel_zone(head, Over::Fields);
        return editor::draw(field, buffer, form, app, now, look);
    }
    let (left, right) = layout::split_left(room, (room.width * 2 / 5).clamp(32, 38));
    fields(left, buffer, form, look);
    let (rule, right) = layout::split_left(right, 2);
    for y in rule.y..rule.bottom() {
        buffer.set_string(rule.x, y, look.glyphs.rule_v, look.theme.dim);
    }
    let (head, rest) = layout::split_top(right, 2);
    let name = form.row().label();
    let used = text::put(head, buffer, &name, look.theme.heading, look);
    let (_, beside) = layout::split_left(head, used + 2);
    text::put_right(beside, buffer, &look.hint(hint(form)), look.theme.dim, look);
    editor::draw(rest, buffer, form, app, now, look);
}

/// That the entry is gone, above all; returns the rest.
fn banner(area: Rect, buffer: &mut Buffer, form: &CheckIn, look: &Look) -> Rect {
    if !form.is_gone {
        return area;
    }
    let words = "Deleted elsewhere.[ <save-as-new> saves this as a new entry;] <back> leaves it.";
    let lead = Span::styled(format!("{} ", look.glyphs.attention), look.theme.warn);
    let lines = text::hanging(
        &lead,
        &look.hint(words),
        usize::from(area.width),
        look.theme.text,
    );
    let (top, rest) = layout::split_top(area, (lines.len() as u16).min(area.height / 2));
    text::scrolled(top, buffer, &lines, 0, look);
    layout::split_top(rest, u16::from(rest.height > 16)).1
}

/// Which keys lead on, where the footer has no room to say so.
fn leads_on(form: &CheckIn) -> &'static str {
    match form.context() {
        Context::Note if form.is_gone => "[<save-as-new>: save as new, ][<next-field>: next field]",
        Context::Note => "[<save>: save, ][<next-field>: next field]",
        Context::FormList => "[<mark>: choose, ][<next-field>: next field]",
        Context::FormMap => "[<mark>: choose, ][<both>: both, ][<next-field>: next]",
        Context::FormScale => {
            "[<rate-0> to <rate-9>][, <rate-10> is ten][; <next-field>: next field]"
        }
        _ => "[<next-field>: next field]",
    }
}

/// What the field takes, where its looks do not say so.
fn hint(form: &CheckIn) -> &'static str {
    match (form.row().field, form.context()) {
        (Field::Words(WordField::Mood), _) => "up to three",
        (Field::Status, _) if !form.row().was_there() => "not settled yet",
        (Field::Kept, _) => "of another version, or by hand",
        (Field::Where, Context::FormMap) => "on the map[; <left> <down> <up> <right> move]",
        (Field::Where | Field::TravelsTo, _) => "[<left> <right>: side]",
        (Field::Note, _) if form.is_gone => "[<save-as-new> saves]",
        (Field::Note, _) => "[<save> saves]",
        (_, Context::FormScale) => "[<rate-0> to <rate-9>][, <rate-10> is ten]",
        _ => "",
    }
}

/// The list of fields with what each says.
fn fields(area: Rect, buffer: &mut Buffer, form: &CheckIn, look: &Look) {
    let theme = &look.theme;
    let mut lines = Vec::new();
    let mut places = Vec::new();
    for (at, row) in form.rows.iter().enumerate() {
        let above = at.checked_sub(1).map(|above| form.rows[above].field);
        if row.field.is_rare() && above.is_some_and(|above| !above.is_rare()) {
            lines.push(Line::styled(" more about it", theme.dim));
        }
        places.push(lines.len());
        let (marker, style) = if at == form.at {
            (look.glyphs.marker, theme.selected)
        } else {
            (" ", theme.text)
        };
        let room = usize::from(area.width.saturating_sub(16));
        let mut words = summary::of(row, form.rec.is_none());
        if let Some(there) = summary::there(row) {
            words = format!("{} {words}", look.glyphs.attention);
            let both = format!("{words}, there {there}");
            // Half of what the other says would mislead.
            if text::columns(&both) <= room {
                words = both;
            }
        }
        let value = text::cut(&words, room, look).into_owned();
        let value_style = if row.odd.is_some() || row.is_changed() {
            theme.accent
        } else {
            theme.dim
        };
        lines.push(Line::from(vec![
            Span::styled(format!("{marker}{}", padded(&row.label(), look)), style),
            Span::styled(value, value_style),
        ]));
    }
    let here = places.get(form.at).copied().unwrap_or(0);
    let top = kept_in_sight(form.top.get(), here, lines.len(), usize::from(area.height));
    form.top.set(top);
    text::scrolled(area, buffer, &lines, top, look);
    look.wheel_zone(area, Over::Fields);
    look.zones(|| {
        let lines = places.into_iter().enumerate();
        lines.map(|(at, line)| {
            let row = text::rows_at(area, top, line..line + 1);
            (row, Point::Field(at))
        })
    });
}

/// A name in fourteen columns.
fn padded(label: &str, look: &Look) -> String {
    let label = text::cut(label, 13, look);
    let blank = " ".repeat(14_usize.saturating_sub(text::columns(&label)));
    format!("{label}{blank}")
}

/// The first of `len` rows shown in a room of so many, so that the one at `at` is among them and no room is given away.
fn kept_in_sight(top: usize, at: usize, len: usize, rows: usize) -> usize {
    let top = top.min(at).max((at + 1).saturating_sub(rows));
    top.min(len.saturating_sub(rows))
}

/// Pain and stress alone.
fn quick(area: Rect, buffer: &mut Buffer, form: &CheckIn, look: &Look) {
    let width = super::content_width(area, Width::Form);
    let anchors = [scale::PAIN, scale::STRESS];
    let rows = |anchors: Anchors| 1 + scale::rows(width, anchors);
    // Both scales, and a line below them.
    let all: u16 = anchors.iter().map(|anchors| rows(*anchors)).sum::<u16>() + 1;
    let available = area.height.saturating_sub(2);
    let everything = all <= available;
    let gap = u16::from(all + 2 <= available);
    let wanted = if everything {
        all + 2 * gap
    } else {
        available.min(5)
    };
    let size = (Width::Form, usize::from(wanted));
    let mut room = super::open(area, buffer, "How is it now?", size, false, look);
    for (at, row) in form.rows.iter().take(QUICK).enumerate() {
        let has_keys = form.at == at;
        let Value::Scale(value) = row.value else {
            continue;
        };
        // Where not all has room, the one that has the keys; both in a line below.
        if !everything && !has_keys {
            continue;
        }
        let (top, rest) = layout::split_top(room, rows(anchors[at]));
        let asked = Asked {
            place: at,
            name: ["Pain now", "Stress now"][at],
            anchors: anchors[at],
            value,
            earlier: None,
            has_keys,
        };
        question(top, buffer, &asked, look);
        room = layout::split_top(rest, gap).1;
    }
    let line = layout::split_top(room, room.height.saturating_sub(1)).1;
    if everything {
        let mut hint = look.hint("[<next-field>: ]tightness, where, feelings, note, another time");
        if text::columns(&hint) > usize::from(line.width) {
            hint = look.hint("[<next-field>: ]where, feelings, note, more");
        }
        text::put(line, buffer, &hint, look.theme.dim, look);
        return look.zone(line, || Msg::Do(Action::NextField));
    }
    let value = |at: usize| summary::of(&form.rows[at], true);
    let dot = look.glyphs.dot;
    let pain = format!("pain {} ", value(0));
    let both = format!("{pain}{dot} stress {}", value(1));
    let more = match look.hint("[<next-field>: more]") {
        hint if hint.is_empty() => hint,
        hint => format!(" {dot} {hint}"),
    };
    text::put(line, buffer, &(both.clone() + &more), look.theme.dim, look);
    look.zone(line, || Msg::Do(Action::NextField));
    let (numbers, _) = layout::split_left(line, text::columns(&both) as u16);
    look.zone(numbers, || Msg::Point(Point::Field(1)));
    let (pain, _) = layout::split_left(line, text::columns(&pain) as u16);
    look.zone(pain, || Msg::Point(Point::Field(0)));
}

/// The anchors of a scale's field (F.1, C.5).
fn anchors(field: Field) -> Anchors<'static> {
    match field {
        Field::Scale(field) => Anchors::of(field),
        Field::Peg(0) => scale::PEG_PAIN,
        Field::Peg(_) => scale::PEG_INTERFERES,
        _ => scale::PAIN,
    }
}

/// The form in a few words, for a terminal with room for one line.
pub fn in_a_word(form: &CheckIn, look: &Look) -> String {
    let name = form.row().label().to_lowercase();
    let hint = match form.context() {
        _ if form.is_gone => ", deleted elsewhere[: <save-as-new> saves as new]",
        Context::CheckIn => "[ <rate-0>-<rate-9>][, <rate-10> is ten][, <enter> saves]",
        Context::FormScale => "[ <rate-0>-<rate-9>][, <rate-10> is ten][, <save> saves]",
        _ => "[, <save> saves]",
    };
    name + &look.hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocabulary::Vocabulary;

    #[test]
    fn the_ends_of_the_pegs_scales_are_worded_as_in_the_questionnaire() {
        let text = include_str!("../../../../assets/vocabulary.toml");
        let words: Vocabulary = toml::from_str(text).unwrap_or_default();
        assert_eq!(words.peg.items.len(), 3);
        for (at, item) in words.peg.items.iter().enumerate() {
            let shown = anchors(Field::Peg(at));
            assert_eq!((shown.low, shown.high), (&*item.low, &*item.high));
        }
    }
}
