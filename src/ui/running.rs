//! A session under way: big digits, the side, what to do now and next, how far it is, when to stop.

pub mod floor;
mod moment;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::widgets::body_map::{self, Fill};
use super::widgets::{digits, pacer, progress, text};
use super::{Look, layout};
use crate::app::App;
use crate::app::session_pane::Run;
use crate::domain::breath::LEVELS;
use crate::domain::time::Now;
use moment::Moment;

/// The most columns of text: longer lines are hard to follow from a distance.
const WIDEST: u16 = 72;
/// Rows of the breathing pacer.
const PACER_ROWS: u16 = 3;
/// Columns from which text and map stand side by side.
const BESIDE: u16 = 76;

/// The session in one line, with its style.
pub fn one_line(run: &Run, now: &Now, look: &Look) -> (String, Style) {
    let moment = Moment::of(run, now);
    let (_, style) = moment.shape(look);
    let line = format!("{} {}", moment.digits(), moment.phase_line(look));
    (
        format!("{line} {} {}", look.glyphs.dot, moment.name(look)),
        style,
    )
}

/// Draws the session.
pub fn draw(area: Rect, buffer: &mut Buffer, run: &Run, app: &App, now: &Now, look: &Look) {
    let moment = Moment::of(run, now);
    if area.height < 16 {
        return short(area, buffer, &moment, look);
    }
    let fills = fills(&moment, app);
    let (room, below) = if area.width >= BESIDE {
        (beside_map(area, buffer, &fills, look), &[][..])
    } else {
        (area, &fills[..])
    };
    let room = Rect {
        width: room.width.min(WIDEST),
        ..room
    };
    let moves = !app.settings.reduced_motion;
    tall(room, buffer, &moment, below, moves, look);
}

/// The map at the right; returns the room for the rest.
fn beside_map(area: Rect, buffer: &mut Buffer, fills: &[Fill], look: &Look) -> Rect {
    if fills.is_empty() {
        return area;
    }
    let columns = (area.width / 3).clamp(body_map::LEAST.0, 40);
    let (left, map) = layout::split_left(area, area.width - columns);
    let (map, _) = layout::split_top(map, columns);
    body_map::draw(map, buffer, fills, look);
    layout::split_left(left, left.width - 2).0
}

fn fills<'a>(moment: &Moment, app: &'a App) -> Vec<Fill<'a>> {
    let technique = moment
        .item
        .and_then(|item| app.library.technique(&item.technique));
    let side = moment.segment.and_then(|segment| segment.side);
    technique
        .into_iter()
        .flat_map(|technique| &technique.regions)
        .map(|region| Fill {
            side,
            ..Fill::read(region)
        })
        .collect()
}

/// One row, or a few, of the pane.
enum Part {
    Line(String, Style),
    /// The line behind the sign that says 'look here', or the room for it.
    Caution(String, bool),
    Gap,
    Digits(String, Style),
    /// Gone and length in seconds.
    Bar(u32, u32, Style),
    /// The breathing pacer at this level.
    Pacer(u8),
    /// A row of the pacer above.
    Below,
    /// The bar of the whole session with what is left of it.
    Whole,
}

/// The pane from top to bottom, with gaps and large digits as far as there are rows for them.
fn tall(
    area: Rect,
    buffer: &mut Buffer,
    moment: &Moment,
    fills: &[Fill],
    moves: bool,
    look: &Look,
) {
    let mut parts = parts(moment, usize::from(area.width), moves, look);
    let fixed = |parts: &[Part]| {
        let digits = parts.iter().filter(|part| matches!(part, Part::Digits(..)));
        parts.len() - digits.count()
    };
    let height = usize::from(area.height);
    // Digits that can be read from the floor come before room to breathe.
    let smallest = match height {
        0..18 => digits::Size::Small,
        _ => digits::Size::Medium,
    };
    let smallest = usize::from(smallest.rows());
    while fixed(&parts) + smallest > height
        && let Some(last) = parts.iter().rposition(|part| matches!(part, Part::Gap))
    {
        parts.remove(last);
    }
    let for_digits = height.saturating_sub(fixed(&parts)) as u16;
    let mut rest = area;
    for part in &parts {
        rest = draw_part(rest, buffer, part, for_digits, moment, look);
    }
    if rest.height > body_map::LEAST.1 && !fills.is_empty() {
        let map = layout::split_top(rest, 1).1;
        body_map::draw(map, buffer, fills, look);
    }
}

fn parts(moment: &Moment, width: usize, moves: bool, look: &Look) -> Vec<Part> {
    let theme = &look.theme;
    let (_, style) = moment.shape(look);
    let view = &moment.view;
    let mut parts = Vec::new();
    if moment.timeline.items.len() > 1 {
        parts.push(Part::Line(moment.timeline.name.clone(), theme.dim));
    }
    parts.push(Part::Line(moment.name(look), theme.heading));
    parts.push(Part::Gap);
    parts.push(Part::Line(moment.phase_line(look), style));
    parts.push(Part::Gap);
    parts.push(Part::Digits(moment.digits(), style));
    parts.push(Part::Gap);
    let gone = view.length_s.saturating_sub(view.left_s);
    parts.push(Part::Bar(gone, view.length_s, style));
    parts.push(Part::Gap);
    parts.extend(breath(moment, moves, look));
    parts.extend(rows(moment.line(), theme.heading, width, 6));
    parts.push(Part::Gap);
    parts.extend(rows(&moment.next(), theme.dim, width, 3));
    if let Some(item) = moment.item {
        // Where the pacer shows it, it need not be said.
        if moment.pace.is_none() {
            let words = format!("breathing: {}", item.breathing);
            parts.extend(rows(&words, theme.dim, width, 2));
        }
        let words = format!("pressure: {}", item.pressure);
        parts.extend(rows(&words, theme.dim, width, 1));
    }
    parts.push(Part::Gap);
    parts.extend(caution(moment, width, 4));
    parts.push(Part::Gap);
    parts.push(Part::Whole);
    parts
}

/// In or out with its count, and the shape that breathes; where it may not move it stands half full.
fn breath(moment: &Moment, moves: bool, look: &Look) -> Vec<Part> {
    let (Some(pace), Some(words)) = (moment.pace, moment.pace_words()) else {
        return Vec::new();
    };
    let level = if moves { pace.level } else { LEVELS / 2 };
    vec![
        Part::Line(words, look.theme.heading),
        Part::Pacer(level),
        Part::Below,
        Part::Below,
        Part::Gap,
    ]
}

/// At most `most` rows of text; what does not fit ends in an ellipsis when it is drawn.
fn rows(words: &str, style: Style, width: usize, most: usize) -> Vec<Part> {
    let part = |line| Part::Line(line, style);
    let lines = text::fitted(words, width, most);
    lines.into_iter().map(part).collect()
}

/// When to stop, behind its sign.
fn caution(moment: &Moment, width: usize, most: usize) -> Vec<Part> {
    text::fitted(&moment.stop_if(), width.saturating_sub(2), most)
        .into_iter()
        .enumerate()
        .map(|(index, line)| Part::Caution(line, index == 0))
        .collect()
}

/// Draws a part at the top of the area; returns what is left below it.
fn draw_part(
    area: Rect,
    buffer: &mut Buffer,
    part: &Part,
    for_digits: u16,
    moment: &Moment,
    look: &Look,
) -> Rect {
    let (row, rest) = layout::split_top(area, 1);
    match part {
        Part::Gap | Part::Below => {}
        Part::Line(words, style) => {
            text::put(row, buffer, words, *style, look);
        }
        Part::Caution(words, is_first) => {
            let (sign, words_area) = layout::split_left(row, 2);
            if *is_first {
                text::put(sign, buffer, look.glyphs.attention, look.theme.warn, look);
            }
            text::put(words_area, buffer, words, look.theme.text, look);
        }
        Part::Bar(gone, length, style) => {
            progress::draw(row, buffer, *gone, *length, *style, look);
        }
        Part::Pacer(level) => {
            let (_, style) = moment.shape(look);
            let (room, _) = layout::split_top(area, PACER_ROWS);
            pacer::draw(room, buffer, *level, style, look);
        }
        Part::Whole => whole(row, buffer, moment, look),
        Part::Digits(words, style) => {
            let (room, _) = layout::split_top(area, for_digits);
            let used = digits::draw(room, buffer, words, *style, look);
            return layout::split_top(area, used).1;
        }
    }
    rest
}

/// The whole session: a bar and what is left of it.
fn whole(row: Rect, buffer: &mut Buffer, moment: &Moment, look: &Look) {
    let view = &moment.view;
    // Calmer than a second clock that runs, and nothing to draw each second.
    let left = match view.total_left_s.div_ceil(60) {
        0 => "0 min left".to_owned(),
        1 => "last minute".to_owned(),
        minutes => format!("{minutes} min left"),
    };
    text::put_right(row, buffer, &left, look.theme.dim, look);
    let bar = Rect {
        width: row.width.saturating_sub(text::columns(&left) as u16 + 1),
        ..row
    };
    let total = view.gone_s.saturating_add(view.total_left_s);
    progress::draw(bar, buffer, view.gone_s, total, look.theme.text, look);
}

/// Where there are few rows: the digits beside the line; or, where the line needs more room than that, small above it,
/// because a line that breaks off tells nobody what to do.
fn short(area: Rect, buffer: &mut Buffer, moment: &Moment, look: &Look) {
    let theme = &look.theme;
    let (_, style) = moment.shape(look);
    let view = &moment.view;
    let width = usize::from(area.width);
    let phase = moment.phase_line(look);
    let mut parts = Vec::new();
    if area.height > 8 {
        parts.push(Part::Line(moment.name(look), theme.heading));
    }
    let columns = digits::Size::Small.width(&moment.digits(), look) + 3;
    let beside = width.saturating_sub(columns);
    let fits_beside = text::wrap(moment.line(), beside).len() <= 3;
    let mut rest = area;
    if fits_beside {
        parts.push(Part::Line(phase, style));
        rest = draw_parts(rest, buffer, &parts, moment, look);
        let (middle, below) = layout::split_top(rest, 3);
        let (left, right) = layout::split_left(middle, columns as u16);
        digits::draw(left, buffer, &moment.digits(), style, look);
        let line = rows(moment.line(), theme.heading, beside, 3);
        draw_parts(right, buffer, &line, moment, look);
        rest = below;
        parts.clear();
    } else {
        parts.push(Part::Line(format!("{} {phase}", moment.digits()), style));
        parts.extend(rows(moment.line(), theme.heading, width, 6));
    }
    // When to stop comes before how far it is and what is next.
    let mut free = usize::from(rest.height).saturating_sub(parts.len() + 1);
    let caution = caution(moment, width, free.clamp(1, 3));
    free = free.saturating_sub(caution.len());
    let gone = view.length_s.saturating_sub(view.left_s);
    if free > 0 {
        parts.push(Part::Bar(gone, view.length_s, style));
    }
    if free > 1 {
        parts.extend(rows(&moment.next(), theme.dim, width, 1));
    }
    parts.extend(caution);
    parts.push(Part::Whole);
    draw_parts(rest, buffer, &parts, moment, look);
}

/// Draws parts that are no large digits; returns what is left below them.
fn draw_parts(
    mut area: Rect,
    buffer: &mut Buffer,
    parts: &[Part],
    moment: &Moment,
    look: &Look,
) -> Rect {
    for part in parts {
        area = draw_part(area, buffer, part, 0, moment, look);
    }
    area
}
