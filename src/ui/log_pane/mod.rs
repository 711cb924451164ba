//! The log: a small chart, then the entries by day, newest first, with a summary above each
//! week. Which entries are found, and what a week comes to, is told it.

mod head;
mod weeks;

use chrono::{DateTime, FixedOffset, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::entry_words::Numbers;
use super::widgets::text;
use super::{Look, entry_words, layout};
use crate::app::log_pane::Found;
use crate::app::message::{Msg, Point};
use crate::app::{App, Pane};
use crate::domain::id::Id;
use crate::domain::log::look_alike;
use crate::domain::record::{Entry, Kind};
use crate::domain::time::Now;
use crate::domain::week;
use crate::domain::when::time_text;

/// Rows of the pane from which weeks have their summary.
const WEEKS_FROM: u16 = 12;

/// Draws the pane.
pub fn draw(area: Rect, buffer: &mut Buffer, app: &App, now: &Now, look: &Look) {
    if app.log.entries().is_empty() {
        return empty(layout::inset(area, 1), buffer, app, look);
    }
    let weeks = area.height >= WEEKS_FROM && app.log.is_whole() && app.log_pane.found.is_none();
    let area = head::draw(area, buffer, app, now, look);
    if app.log_pane.is_empty(&app.log) {
        return nothing_found(layout::inset(area, 1), buffer, app, look);
    }
    let area = head::apart(area, app);
    let mut page = Page::new(area, app, now, weeks, look);
    page.settle();
    page.draw(buffer);
}

fn empty(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) {
    let words = if app.log.is_whole() {
        "Nothing here yet.\n\n[<check-in> logs|'unkink log' logs] pain and stress as they are now, with a note if you \
         like. Sessions come here by themselves."
    } else {
        "Reading the log."
    };
    let (_, area) = layout::split_top(area, 1);
    let lines = text::wrapped(&look.hint(words), usize::from(area.width), look.theme.dim);
    text::scrolled(area, buffer, &lines, 0, look);
}

fn nothing_found(area: Rect, buffer: &mut Buffer, app: &App, look: &Look) {
    let (_, area) = layout::split_top(area, 1);
    let words = if app.log_pane.found.as_ref().is_none_or(Found::is_all) {
        "Nothing has all of that. <back> shows everything again."
    } else {
        "Looking."
    };
    let lines = text::wrapped(&look.hint(words), usize::from(area.width), look.theme.dim);
    text::scrolled(area, buffer, &lines, 0, look);
}

/// The entries that the screen shows, counted from the newest.
struct Page<'a> {
    area: Rect,
    app: &'a App,
    today: NaiveDate,
    now: DateTime<FixedOffset>,
    /// Whether weeks have their summary.
    weeks: bool,
    numbers: Numbers,
    /// How the ratings of a week are told; not at all while a sign is open that bars or locks (G.6).
    week_numbers: Option<Numbers>,
    /// Seconds that the clocks here are ahead of UTC.
    offset: i32,
    look: &'a Look<'a>,
    /// The record of the session under way.
    running: Option<&'a Id>,
}

impl<'a> Page<'a> {
    fn new(area: Rect, app: &'a App, now: &Now, weeks: bool, look: &'a Look<'a>) -> Self {
        let running = app.run().and_then(|run| run.rec.as_ref());
        Self {
            area,
            app,
            today: now.wall.date_naive(),
            now: now.wall,
            weeks,
            numbers: Numbers::of(app),
            week_numbers: app.hush().is_none().then(|| Numbers::of(app)),
            offset: now.wall.offset().local_minus_utc(),
            look,
            running,
        }
    }

    /// The entry so many places from the newest.
    fn entry(&self, at: usize) -> Option<&'a Entry> {
        self.app.log_pane.entry(at, &self.app.log)
    }

    /// Moves the first entry shown only as far as the selected one needs.
    fn settle(&mut self) {
        let pane = &self.app.log_pane;
        let selected = pane.selected;
        let mut top = pane.top.get().min(selected);
        let height = usize::from(self.area.height);
        let mut used: usize = self.rows(selected, true).0.len();
        let mut first = selected;
        while first > top {
            used += self.rows(first - 1, true).0.len();
            if used > height {
                break;
            }
            first -= 1;
        }
        top = top.max(first);
        pane.top.set(top);
    }

    fn draw(&self, buffer: &mut Buffer) {
        let pane = &self.app.log_pane;
        let top = pane.top.get();
        let mut y = self.area.y;
        let mut at = top;
        while y < self.area.bottom() && self.entry(at).is_some() {
            let (rows, above) = self.rows(at, at == top);
            for (place, line) in rows.into_iter().enumerate() {
                if y < self.area.bottom() {
                    text::put_line(buffer, (self.area.x, y), &line, self.area.width);
                    // A press on a day or a week selects none of its entries.
                    if place >= above {
                        let row = Rect::new(self.area.x, y, self.area.width, 1);
                        let point = Point::Row(Pane::Log, at);
                        self.look.zone(row, || Msg::Point(point));
                    }
                }
                y += 1;
            }
            at += 1;
        }
        pane.page.set((at - top).max(1));
    }

    /// The rows of an entry; with its day above it where that begins, or where it is the first on the screen. Besides, how
    /// many of them stand above its own.
    fn rows(&self, place: usize, is_first: bool) -> (Vec<Line<'static>>, usize) {
        let Some(entry) = self.entry(place) else {
            return (Vec::new(), 0);
        };
        let newer = place.checked_sub(1).and_then(|at| self.entry(at));
        let begins_day =
            newer.is_none_or(|newer| newer.day() != entry.day() || is_elsewhere(newer, entry));
        let week = self.week_above(entry);
        let mut rows = Vec::new();
        if (begins_day || !week.is_empty()) && !is_first {
            rows.push(Line::default());
        }
        rows.extend(week);
        if begins_day || is_first {
            let mut day = entry_words::day(entry.day(), self.today);
            if let Some(at) = entry.started_at.filter(|_| self.is_on_a_journey(place)) {
                day += &at.format(" (UTC%:z)").to_string();
            }
            rows.push(Line::styled(format!(" {day}"), self.look.theme.heading));
        }
        let above = rows.len();
        rows.extend(self.entry_rows(place, entry));
        (rows, above)
    }

    /// The summary of the week whose newest entry this is.
    fn week_above(&self, entry: &Entry) -> Vec<Line<'static>> {
        let monday = entry.day().filter(|_| self.weeks).and_then(week::monday);
        let Some(monday) = monday else {
            return Vec::new();
        };
        let log = &self.app.log;
        if week::newest(log, monday).is_none_or(|newest| newest.rec != entry.rec) {
            return Vec::new();
        }
        let week = week::week(log, monday, self.today);
        let width = usize::from(self.area.width);
        weeks::rows(&week, self.today, self.week_numbers, width, self.look)
    }

    /// Whether an entry beside this one, or for the newest this moment, was lived so far away that its clocks showed
    /// another hour: more than what summer and winter time differ by.
    fn is_on_a_journey(&self, at: usize) -> bool {
        let Some(here) = self.entry(at).and_then(offset) else {
            return false;
        };
        let newer = match at.checked_sub(1) {
            Some(newer) => self.entry(newer).and_then(offset),
            None => Some(self.offset),
        };
        let older = self.entry(at + 1).and_then(offset);
        let mut beside = newer.into_iter().chain(older);
        beside.any(|there| is_far(here, there))
    }

    /// Whether an entry shown in the same day has the same time by other clocks. Two such entries are a change of clocks
    /// apart, and no more than a few stand between them.
    fn has_twin(&self, at: usize) -> bool {
        let Some(here) = self.entry(at) else {
            return false;
        };
        let (newer, older) = (
            at.saturating_sub(TWIN_WITHIN)..at,
            at + 1..=at + TWIN_WITHIN,
        );
        // All by the same clocks, as nearly everywhere: two hundred days need not be worked out for one row.
        let mut all = newer.clone().chain(older.clone());
        if all.all(|at| self.entry(at).is_none_or(|it| offset(it) == offset(here))) {
            return false;
        }
        let newer = newer.rev();
        let near = |other: &&Entry| other.day() == here.day();
        let mut newer = newer.map_while(|at| self.entry(at)).take_while(near);
        let mut older = older.map_while(|at| self.entry(at)).take_while(near);
        newer.any(|other| look_alike(here, other)) || older.any(|other| look_alike(here, other))
    }

    fn entry_rows(&self, place: usize, entry: &Entry) -> Vec<Line<'static>> {
        let selected = place == self.app.log_pane.selected;
        let theme = &self.look.theme;
        let focused = self.app.focus == Pane::Log;
        let style = match (selected, focused) {
            (true, true) => theme.selected,
            (true, false) => theme.selected_away,
            (false, _) => theme.text,
        };
        let marker = if selected {
            self.look.glyphs.marker
        } else {
            " "
        };
        let time =
            (entry.started_at).map_or_else(String::new, |at| time_text(&at, self.has_twin(place)));
        let (what, length) = entry_words::title(entry, &self.app.library, self.numbers, self.look);
        // Beyond the five columns that every time has.
        let more = text::columns(&time).saturating_sub(5);
        let room = usize::from(self.area.width).saturating_sub(INDENT + 1);
        let beside = room.saturating_sub(text::columns(&length) + more + 1);
        let what = text::cut(&what, beside, self.look).into_owned();
        let gap = " ".repeat(beside.saturating_sub(text::columns(&what)) + 1);
        let first = Line::from(vec![
            Span::styled(marker, style),
            Span::styled(format!("{time:>5} "), theme.dim),
            Span::styled(what, style),
            Span::styled(format!("{gap}{length}"), theme.dim),
        ]);
        let mut rows = vec![first];
        let lead = Span::raw(" ".repeat(INDENT));
        if entry.started_at.is_some_and(|at| at > self.now) {
            let words = text::cut(AHEAD, room, self.look).into_owned();
            rows.push(Line::from(vec![
                lead.clone(),
                Span::styled(words, theme.dim),
            ]));
        }
        for (words, style, most) in details(entry, self.running, self.numbers, room, self.look) {
            for words in text::fitted(&words, room, most) {
                let words = text::cut(&words, room, self.look).into_owned();
                rows.push(Line::from(vec![lead.clone(), Span::styled(words, style)]));
            }
        }
        rows
    }
}

/// Seconds that an entry's clocks were ahead of UTC.
fn offset(entry: &Entry) -> Option<i32> {
    Some(entry.started_at?.offset().local_minus_utc())
}

fn is_far(here: i32, there: i32) -> bool {
    (here - there).abs() > 3600
}

fn is_elsewhere(here: &Entry, there: &Entry) -> bool {
    let pair = offset(here).zip(offset(there));
    pair.is_some_and(|(here, there)| is_far(here, there))
}

/// How many entries are looked at on either side for one of the same time.
const TWIN_WITHIN: usize = 100;

/// Said of an entry whose moment has not come: a clock was wrong, or a date was typed so.
const AHEAD: &str = "ahead of now";

/// Columns before the words of an entry: the marker, the time and a blank.
const INDENT: usize = 7;

/// The lines under an entry's title, each with the most rows that it may take.
fn details(
    entry: &Entry,
    running: Option<&Id>,
    numbers: Numbers,
    room: usize,
    look: &Look,
) -> Vec<(String, Style, usize)> {
    let theme = &look.theme;
    let mut out = Vec::new();
    let ratings = entry_words::ratings(entry, numbers);
    if entry.kind != Kind::CheckIn && !ratings.is_empty() {
        let together = ratings.join(", ");
        if text::columns(&together) <= room {
            out.push((together, theme.text, 1));
        } else {
            out.extend(ratings.into_iter().map(|words| (words, theme.text, 1)));
        }
    }
    if let Some(words) = entry_words::standing(entry, running) {
        out.push((words, theme.dim, 2));
    }
    if let Some(words) = entry_words::lists(entry, numbers) {
        out.push((words, theme.dim, 1));
    }
    if let Some(note) = entry.note().map(str::trim).filter(|note| !note.is_empty()) {
        let words = note.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push((words, theme.dim, 2));
    }
    for words in entry_words::flags(entry, look) {
        out.push((format!("{} {words}", look.glyphs.attention), theme.text, 2));
    }
    out
}
