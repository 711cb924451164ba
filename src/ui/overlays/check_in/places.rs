//! The places of the body in the form: the list with a box for each side, the map, or both.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::editor::{self, box_of};
use crate::app::message::{Msg, Point};
use crate::app::overlay::check_in::places::{Places, Spot};
use crate::domain::plan::Side;
use crate::domain::vocabulary::PlaceSide;
use crate::ui::widgets::body_map::{self, Fill};
use crate::ui::widgets::text;
use crate::ui::{Look, layout};

/// Columns from which a list and the map stand side by side.
const BOTH: u16 = 60;

/// The list, the map, or both where there is room.
pub(super) fn draw(area: Rect, buffer: &mut Buffer, list: &Places, look: &Look) {
    if list.on_map.is_none() {
        return place_list(area, buffer, list, true, look);
    }
    let is_on_map = list.is_on_map();
    if area.width >= BOTH && area.height > body_map::LEAST.1 {
        let (left, right) = layout::split_left(
            area,
            area.width - (area.width * 2 / 5).max(body_map::LEAST.0),
        );
        place_list(left, buffer, list, !is_on_map, look);
        map(right, buffer, list, look);
    } else if is_on_map && area.width >= body_map::LEAST.0 && area.height > body_map::LEAST.1 {
        map(area, buffer, list, look);
    } else {
        if is_on_map {
            let (top, rest) = layout::split_top(area, 1);
            let words = "Arrows move as over the body.";
            text::put(top, buffer, words, look.theme.dim, look);
            return place_list(rest, buffer, list, true, look);
        }
        place_list(area, buffer, list, true, look);
    }
}

fn map(area: Rect, buffer: &mut Buffer, list: &Places, look: &Look) {
    let fills: Vec<Fill> = list.chosen.iter().map(|place| Fill::read(place)).collect();
    let spot = list.spot();
    let cursor = spot.map(|spot| format!("{}:{}", spot.id, list.side().word()));
    let (picture, line) = layout::split_top(area, area.height - 1);
    let cursor = cursor.as_deref().map(Fill::read);
    body_map::choose(picture, buffer, &fills, cursor, look);
    look.zones(|| {
        let cells = body_map::cells(picture, &fills, cursor);
        cells.into_iter().filter_map(|(cell, region, side)| {
            let at = list.offered.iter().position(|spot| spot.id == region)?;
            let side = match side {
                Side::Left => PlaceSide::Left,
                Side::Right => PlaceSide::Right,
            };
            let on_map = true;
            Some((cell, Point::Place { at, side, on_map }))
        })
    });
    if let Some(spot) = spot {
        let words = named(spot, list, usize::from(line.width));
        let style = if list.is_on_map() {
            look.theme.selected
        } else {
            look.theme.dim
        };
        text::put_centred(line, buffer, &words, style, look);
    }
}

/// The place under the cursor in words: 'belt line beside the spine, left: chosen'; shorter where that has no room.
fn named(spot: &Spot, list: &Places, room: usize) -> String {
    let (left, right, bare) = list.sides(&spot.id);
    let (side, is_on) = match (spot.midline, list.side()) {
        (true, _) => ("", left || right || bare),
        (false, PlaceSide::Right) => (", right", right),
        (false, _) => (", left", left),
    };
    let chosen = if is_on { ": chosen" } else { "" };
    let long = format!("{}{side}{chosen}", spot.label);
    if text::columns(&long) <= room {
        return long;
    }
    format!("{}{side}{chosen}", spot.id.replace('-', " "))
}

fn place_list(area: Rect, buffer: &mut Buffer, list: &Places, has_keys: bool, look: &Look) {
    let theme = &look.theme;
    let is_short = area.width < 50;
    let words = if is_short {
        ("L", "R")
    } else {
        ("left", "right")
    };
    let boxes = if is_short { 12 } else { 20 };
    let room = usize::from(area.width.saturating_sub(boxes + 2));
    let mut lines = Vec::new();
    for (at, spot) in list.offered.iter().enumerate() {
        let is_here = at == list.selected;
        let (left, right, bare) = list.sides(&spot.id);
        let (marker, style) = match (is_here, left || right || bare) {
            (true, _) if has_keys => (look.glyphs.marker, theme.selected),
            (true, _) => (" ", theme.selected_away),
            (false, true) => (" ", theme.accent),
            (false, false) => (" ", theme.text),
        };
        let label = text::cut(&spot.label, room, look).into_owned();
        let blank = " ".repeat((room + 1).saturating_sub(text::columns(&label)));
        let mut spans = vec![Span::styled(format!("{marker}{label}{blank}"), style)];
        if spot.midline {
            spans.push(Span::styled(box_of(left || right || bare), style));
        } else {
            for (is_on, word, is_right) in [(left, words.0, false), (right, words.1, true)] {
                let sign = match (is_on, bare) {
                    (false, true) => "[-]",
                    (is_on, _) => box_of(is_on),
                };
                let here = is_here && has_keys && list.on_right == is_right;
                let style = if here { theme.chosen } else { style };
                spans.push(Span::styled(format!("{sign} {word}"), style));
                spans.push(Span::raw(" "));
            }
        }
        lines.push(Line::from(spans));
    }
    let items = list.offered.len();
    let top = editor::list(
        area,
        buffer,
        &lines,
        items,
        (&list.top, list.selected),
        look,
    );
    // The boxes behind the label: '[ ] left [ ] right'.
    let (_, boxes) = layout::split_left(area, room as u16 + 2);
    let (left, right) = layout::split_left(boxes, words.0.len() as u16 + 5);
    for (at, spot) in list.offered.iter().enumerate() {
        let on_map = false;
        let row = |area| text::rows_at(area, top, at..at + 1);
        for (area, side) in [(left, PlaceSide::Left), (right, PlaceSide::Right)] {
            let side = if spot.midline { PlaceSide::Left } else { side };
            look.zone(row(area), || Msg::Point(Point::Place { at, side, on_map }));
        }
    }
}
