//! The library's list with its search and filters.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::widgets::list::{self, Item};
use super::widgets::text;
use super::{Look, layout};
use crate::app::library_pane::{Hit, Row};
use crate::app::message::{Msg, Point};
use crate::app::{App, Pane};
use crate::domain::length::{routine_real_s, technique_real_s};
use crate::domain::technique::FilterTags;
use crate::domain::time::clock_text;

/// The most columns: further on nobody would see which name a length belongs to.
const WIDEST: u16 = 120;
/// Rows of the pane from which one may stay free.
const AIRY: u16 = 16;

/// Draws the pane.
pub fn draw(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) {
    let area = layout::at_most(area, WIDEST);
    let list = narrowed(search(area, buffer, app, look), buffer, app, look);
    // What narrows the list stands a little apart from it where there is room.
    let apart = list.height < area.height && area.height >= AIRY;
    let area = layout::split_top(list, u16::from(apart)).1;
    let pane = &app.library_pane;
    pane.page.set(usize::from(area.height));
    if pane.rows.is_empty() {
        return empty(list, buffer, app, look);
    }
    let mut rows = Vec::with_capacity(pane.rows.len() + 8);
    let mut places = Vec::with_capacity(pane.rows.len() + 8);
    let mut selected = None;
    for (index, row) in pane.rows.iter().enumerate() {
        if index > 0 && matches!(row, Row::Heading(_)) {
            rows.push(list::Row::Gap);
            places.push(None);
        }
        if index == pane.selected {
            selected = Some(rows.len());
        }
        rows.push(match row {
            Row::Heading(name) => list::Row::Heading(name),
            Row::Item(_) => list::Row::Item(Item::default()),
        });
        places.push(matches!(row, Row::Item(_)).then_some(index));
    }
    // What an item says is put together for those in sight only.
    let height = usize::from(area.height);
    let first = list::first_visible(&rows, height, selected, pane.top.get());
    let is_wide = area.width >= list::WIDE;
    for (row, place) in rows.iter_mut().zip(&places).skip(first).take(height) {
        if let (list::Row::Item(item), Some(Row::Item(hit))) =
            (row, place.and_then(|at| pane.rows.get(at)))
        {
            *item = shown(*hit, app, is_wide, look);
        }
    }
    let focused = app.focus == Pane::Library;
    let top = list::draw(area, buffer, &rows, selected, focused, pane.top.get(), look);
    pane.top.set(top);
    // The heading that stays in sight lies over a row.
    let is_heading = |row: &list::Row| matches!(row, list::Row::Heading(_));
    if selected != Some(top) && rows.iter().take(top).any(is_heading) {
        places[top] = None;
    }
    for (y, at) in (area.y..area.bottom()).zip(places.into_iter().skip(top)) {
        if let Some(at) = at {
            let line = Rect::new(area.x, y, area.width, 1);
            look.zone(line, || Msg::Point(Point::Row(Pane::Library, at)));
        }
    }
}

/// The real length, or that it is off.
fn length(slug: &str, real_s: u32, app: &App) -> String {
    if app.library_pane.off.contains(slug) {
        "off".into()
    } else {
        clock_text(real_s.into())
    }
}

/// `is_wide`: there may be room for a few words more.
fn shown<'a>(hit: Hit, app: &'a App, is_wide: bool, look: &Look) -> Item<'a> {
    let favourite = |slug: &str| app.library_pane.favourites.contains(slug);
    let queued = |slug: &str| {
        let mut queue = app.library_pane.queue.iter();
        queue.position(|known| known == slug).map(|at| at + 1)
    };
    let words = |words: &dyn Fn() -> String| if is_wide { words() } else { String::new() };
    match hit {
        Hit::Technique(at) => {
            let found = app.library.techniques.get(at);
            found.map_or_else(Item::default, |technique| Item {
                name: &technique.name,
                about: words(&|| at_hand(&technique.filter, look)),
                letter: Some(technique.evidence.name()),
                length: length(&technique.slug, technique_real_s(technique), app),
                favourite: favourite(&technique.slug),
                own: technique.own,
                queued: queued(&technique.slug),
                off: app.library_pane.off.contains(&technique.slug),
            })
        }
        Hit::Routine(at) => {
            let found = app.library.routines.get(at);
            found.map_or_else(Item::default, |routine| Item {
                name: &routine.name,
                about: words(&|| routine.summary.clone()),
                letter: None,
                length: length(&routine.slug, routine_real_s(routine, &app.library), app),
                favourite: favourite(&routine.slug),
                own: routine.own,
                queued: queued(&routine.slug),
                off: app.library_pane.off.contains(&routine.slug),
            })
        }
        Hit::Topic(at) => {
            let found = app.library.topics().get(at);
            found.map_or_else(Item::default, |topic| Item {
                name: topic.title,
                about: words(&|| topic.how_sure.to_owned()),
                ..Item::default()
            })
        }
    }
}

/// Where it can be done and what it needs; nothing is not worth a word.
fn at_hand(tags: &FilterTags, look: &Look) -> String {
    let list = |tags: &[String]| {
        let words = tags.iter().map(String::as_str);
        let words = words.filter(|tag| *tag != "none").map(|tag| match tag {
            "any" => "anywhere",
            tag => tag,
        });
        words.collect::<Vec<_>>().join(", ")
    };
    let parts = [list(&tags.position), list(&tags.tool)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&format!(" {} ", look.glyphs.dot))
}

/// A tool's tag in words.
fn tool_words(tag: &str) -> &str {
    if tag == "none" { "no tools" } else { tag }
}

/// The search line where there is a search; returns the rest of the pane.
fn search(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) -> Rect {
    let pane = &app.library_pane;
    if !pane.searching && pane.search.text().is_empty() {
        return area;
    }
    let (line, rest) = layout::split_top(area, 1);
    let line = layout::inset(line, 1);
    let (before, after) = pane.search.around_cursor();
    let cursor = if pane.searching {
        look.glyphs.cursor
    } else {
        ""
    };
    let used = text::put(line, buffer, "/ ", look.theme.accent, look);
    let mut words = Rect {
        x: line.x + used,
        width: line.width - used,
        ..line
    };
    let found = pane.rows.iter().filter(|row| matches!(row, Row::Item(_)));
    let found = found.count();
    if found > 0 && !pane.search.text().is_empty() {
        let count = format!("{found} found");
        text::put_right(words, buffer, &count, look.theme.dim, look);
        words.width = words.width.saturating_sub(count.len() as u16 + 1);
    }
    let before = text::tail(before, usize::from(words.width.saturating_sub(2)));
    let after = text::cut(after, usize::from(words.width), look);
    let typed = Line::from(vec![
        Span::styled(before, look.theme.text),
        Span::styled(cursor, look.theme.accent),
        Span::styled(after, look.theme.text),
    ]);
    buffer.set_line(words.x, words.y, &typed, words.width);
    rest
}

/// The filters in force, in one line; returns the rest of the pane.
fn narrowed(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) -> Rect {
    let filter = &app.library_pane.filter;
    let minutes = filter
        .minutes
        .map(|minutes| format!("{minutes} min at most"));
    let parts: Vec<&str> = filter
        .position
        .iter()
        .map(String::as_str)
        .chain(filter.tool.iter().map(|tool| tool_words(tool)))
        .chain(minutes.as_deref())
        .chain(filter.purpose.iter().map(String::as_str))
        .collect();
    if parts.is_empty() {
        return area;
    }
    let (line, rest) = layout::split_top(area, 1);
    let words = format!("only {}", parts.join(&format!(" {} ", look.glyphs.dot)));
    text::put(
        layout::inset(line, 1),
        buffer,
        &words,
        look.theme.accent,
        look,
    );
    rest
}

fn empty(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) {
    let nothing = app.library.techniques.is_empty() && app.library.routines.is_empty();
    let words = if nothing {
        "There is nothing to choose from."
    } else {
        "Nothing fits.\n\n<back> shows everything again."
    };
    let (_, area) = layout::split_top(layout::inset(area, 2), 1);
    let lines = text::wrapped(&look.hint(words), usize::from(area.width), look.theme.dim);
    text::scrolled(area, buffer, &lines, 0, look);
}
