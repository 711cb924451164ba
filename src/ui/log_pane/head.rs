//! What stands above the entries: what is looked for, the chart, and a line that is kind.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::App;
use crate::domain::find_line::PREFIXES;
use crate::domain::insight::hush::Hush;
use crate::domain::kindness::LastDays;
use crate::domain::time::Now;
use crate::domain::trend::daily;
use crate::ui::insight::hush;
use crate::ui::widgets::{text, trend};
use crate::ui::{Look, layout};

/// Rows of the chart, and the rows of the pane from which it is shown.
const CHART: u16 = 8;
const CHART_FROM: u16 = 16;
/// Rows of the pane from which there is room to breathe.
const ROOMY_FROM: u16 = 26;
/// Rows of the pane from which the days that count have a line.
const DAYS_FROM: u16 = 12;

/// Draws it; returns the room for the entries.
pub fn draw(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) -> Rect {
    if app.log_pane.finding || app.log_pane.found.is_some() {
        return find(area, buffer, app, look);
    }
    let full = area.height;
    // While a sign is open that bars or locks, its text stands in the place of the chart (G.6).
    let area = match app.hush() {
        Some(hush) => silent(area, buffer, &hush, app, look),
        None => chart(area, buffer, app, now, look),
    };
    line(area, full, buffer, app, now, look)
}

/// What is found stands a little apart from what is looked for where there is room; returns the rest.
pub fn apart(area: Rect, app: &App) -> Rect {
    let is_asked = app.log_pane.finding || app.log_pane.found.is_some();
    let gap = is_asked && area.height >= CHART_FROM;
    layout::split_top(area, u16::from(gap)).1
}

/// What keeps the trends silent, with room for at least an entry below; returns the rest.
fn silent(area: Rect, buffer: &mut Buffer, hush: &Hush<'_>, app: &App, look: &Look) -> Rect {
    let room = layout::inset(area, 1);
    let words = hush::in_short(hush, app, look);
    let style = match hush {
        Hush::Emergency(_) => look.theme.danger,
        Hush::Clinician(_) | Hush::Unreadable => look.theme.warn,
    };
    let (lead, words_room) = layout::split_left(room, 2);
    text::put(lead, buffer, look.glyphs.attention, style, look);
    let rows = text::wrap(&words, usize::from(words_room.width)).len() as u16;
    let rows = rows.min(area.height / 3).max(1);
    let (top, _) = layout::split_top(words_room, rows);
    text::put_rows(top, buffer, &words, style, look);
    let gap = u16::from(area.height >= ROOMY_FROM);
    layout::split_top(area, rows + gap).1
}

/// The chart where there is room for it; returns the rest.
fn chart(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) -> Rect {
    let room = layout::inset(area, 1);
    if area.height < CHART_FROM || room.width < trend::LEAST.0 {
        return area;
    }
    let days = trend::days_that_fit(room.width);
    let days = daily(&app.log, now.wall.date_naive(), days);
    if days
        .iter()
        .all(|day| day.pain.is_none() && day.stress.is_none())
    {
        return area;
    }
    let (chart, _) = layout::split_top(room, CHART);
    trend::draw(chart, buffer, &days, !app.log_pane.numbers_hidden, look);
    layout::split_top(area, CHART + 1).1
}

/// The day's question, or else the days that count; returns the rest.
fn line(area: Rect, full: u16, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) -> Rect {
    let asked = app.asks_how_it_is(now);
    let offered = !asked && app.offers_peg(now);
    let words = if asked {
        Some(look.hint("How is it today?[ <check-in> logs it.]"))
    } else if offered {
        Some(look.hint("PEG is due[: <peg> answers it]."))
    } else if full >= DAYS_FROM && app.log.is_whole() {
        LastDays::of(&app.log, &now.wall).words()
    } else {
        None
    };
    let Some(words) = words else {
        return area;
    };
    let style = if asked || offered {
        look.theme.text
    } else {
        look.theme.dim
    };
    let room = layout::inset(area, 1);
    let rows = text::wrap(&words, usize::from(room.width))
        .len()
        .clamp(1, 2) as u16;
    let (top, _) = layout::split_top(room, rows);
    text::put_rows(top, buffer, &words, style, look);
    let gap = u16::from(full >= ROOMY_FROM);
    layout::split_top(area, rows + gap).1
}

/// What is looked for, and how much was found; returns the rest.
fn find(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) -> Rect {
    let theme = &look.theme;
    let pane = &app.log_pane;
    let (row, rest) = layout::split_top(area, 1);
    let row = layout::inset(row, 1);
    let count = match &pane.found {
        Some(found) if !found.asks => String::new(),
        Some(found) if found.is_all() => format!("{} found", found.places().len()),
        Some(found) => format!("{} so far", found.places().len()),
        None => String::new(),
    };
    let (typed, _) = layout::split_left(row, row.width.saturating_sub(count.len() as u16 + 1));
    let used = text::put(typed, buffer, "/ ", theme.accent, look);
    let (_, typed) = layout::split_left(typed, used);
    let (before, after) = pane.find.around_cursor();
    let cursor = if pane.finding { look.glyphs.cursor } else { "" };
    let width = usize::from(typed.width);
    let line = Line::from(vec![
        Span::styled(text::tail(before, width.saturating_sub(2)), theme.text),
        Span::styled(cursor, theme.accent),
        Span::styled(text::cut(after, width, look).into_owned(), theme.text),
    ]);
    buffer.set_line(typed.x, typed.y, &line, typed.width);
    text::put_right(row, buffer, &count, theme.dim, look);
    let below = match &pane.found {
        Some(found) => found.trouble.as_deref(),
        None => Some(PREFIXES),
    };
    let Some(below) = below else {
        return rest;
    };
    let room = layout::inset(rest, 1);
    let rows = text::wrap(below, usize::from(room.width)).len().clamp(1, 3) as u16;
    let (top, _) = layout::split_top(room, rows);
    text::put_rows(top, buffer, below, theme.dim, look);
    layout::split_top(rest, rows).1
}
