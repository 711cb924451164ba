//! Pain and stress over days, weeks or months on one axis, with sessions; the period pointed at in words, then all that
//! the picture shows as values.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span as Part};

use super::super::widgets::plot::{self, Plot, Point};
use super::super::{Look, layout};
use super::{hanging, heading, paragraph, scrolled, text_width, words};
use crate::app::App;
use crate::app::insight::Trends;
use crate::domain::insight::Measure;
use crate::domain::insight::causes::TOGETHER;
use crate::domain::insight::series::{Period, Span};
use crate::domain::insight::words::{Words, some};

/// The most rows of the plot: more would only stretch it.
const MOST_ROWS: u16 = 22;

/// Draws the tab.
pub fn draw(area: Rect, buffer: &mut Buffer, trends: &Trends, app: &App, look: &Look) {
    let (pitch, count) = plot::fit(area.width, trends.len());
    let shown = window(trends.len(), app.insight.back, count);
    let periods = &trends.periods[shown.clone()];
    let all = &trends.overview.all;
    if all.pain.is_none() && all.stress.is_none() {
        let nothing = "No rating yet. l rates pain and stress as they are now; from then on they are drawn here, week \
                       by week, with your sessions below.";
        return super::say(area, buffer, nothing, app, look);
    }
    let (Some(first), Some(pointed)) = (
        periods.first(),
        trends.len().checked_sub(app.insight.back + 1),
    ) else {
        return;
    };
    let about = match trends.periods.get(shown.end) {
        None => format!("from {} to now", date(first.from)),
        Some(next) => format!("from {} to before {}", date(first.from), date(next.from)),
    };
    let rest = heading(area, buffer, title(trends.span), &about, look);
    let with_legend = legend_beside(
        area,
        buffer,
        title(trends.span).len() + about.len() + 4,
        look,
    );
    let pointed_at = &trends.periods[pointed];
    let lines = lines(
        periods,
        pointed_at,
        trends,
        with_legend,
        words(app),
        text_width(area),
        look,
    );
    let (picture, below) = rows(rest, lines.len());
    let (picture, _) = layout::split_top(rest, picture);
    let points: Vec<Point> = labelled(periods, trends.span);
    let plot = Plot {
        points: &points,
        pointed: Some(pointed - shown.start),
        numbers: words(app).numbers,
        pitch,
    };
    plot::draw(picture, buffer, &plot, look);
    let gap = rest.height - picture.height - below;
    let (_, room) = layout::split_top(rest, picture.height + gap);
    scrolled(room, buffer, &lines, app, look);
}

/// Rows of the picture, and of the text below it.
fn rows(area: Rect, lines: usize) -> (u16, u16) {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX);
    let height = area.height;
    let text = lines.min((height / 3).max(2));
    let gap = u16::from(height >= 16);
    let picture = height.saturating_sub(text + gap).min(MOST_ROWS);
    if picture < plot::LEAST.1 {
        return (0, height);
    }
    (picture, height - picture - gap)
}

/// The periods on the screen: pages from the newest back, the oldest one full.
fn window(len: usize, back: usize, count: usize) -> std::ops::Range<usize> {
    let count = count.max(1);
    let end = len - (back / count * count).min(len);
    let start = end.saturating_sub(count);
    start..if start == 0 { count.min(len) } else { end }
}

fn title(span: Span) -> &'static str {
    match span {
        Span::Day => "Days",
        Span::Week => "Weeks, from Monday",
        Span::Month => "Months",
    }
}

fn date(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Draws the legend at the right of the heading where there is room beside so many columns; else it is to come below.
fn legend_beside(area: Rect, buffer: &mut Buffer, used: usize, look: &Look) -> bool {
    let legend = legend(look);
    if used + legend.width() > usize::from(area.width) {
        return true;
    }
    let x = area.right() - legend.width() as u16;
    buffer.set_line(x, area.y, &legend, area.width);
    false
}

fn legend(look: &Look) -> Line<'static> {
    let (theme, glyphs) = (&look.theme, &look.glyphs);
    Line::from(vec![
        Part::styled(glyphs.pain, theme.pain),
        Part::styled(" pain  ", theme.dim),
        Part::styled(glyphs.stress, theme.stress),
        Part::styled(" stress  ", theme.dim),
        Part::styled(glyphs.both, theme.pain),
        Part::styled(" both  ", theme.dim),
        Part::styled("123", theme.text),
        Part::styled(" sessions", theme.dim),
    ])
}

/// A label where a day, month or year begins that is worth one.
fn labelled(periods: &[Period], span: Span) -> Vec<Point> {
    let mut before: Option<NaiveDate> = None;
    let mut points = Vec::new();
    for period in periods {
        let day = period.from;
        let is_new_month = before.is_none_or(|before| before.month() != day.month());
        let is_new_year = before.is_none_or(|before| before.year() != day.year());
        let label = match span {
            Span::Day => (day.weekday() == chrono::Weekday::Mon).then_some("%-d %b"),
            _ if is_new_year => Some("%b %Y"),
            _ => is_new_month.then_some("%b"),
        };
        points.push(Point {
            label: label.map(|label| day.format(label).to_string()),
            pain: period.pain.map(|pain| pain.median),
            stress: period.stress.map(|stress| stress.median),
            sessions: period.sessions,
        });
        before = Some(day);
    }
    points
}

fn lines(
    periods: &[Period],
    pointed: &Period,
    trends: &Trends,
    with_legend: bool,
    words: Words,
    width: usize,
    look: &Look,
) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let lead = format!("{}: ", name(pointed.from, trends.span));
    let mut lines = paragraph(&(lead + &told(pointed, words)), width, theme.text, look);
    if with_legend {
        lines.push(legend(look));
    }
    lines.push(Line::default());
    let overview = &trends.overview;
    let both = match overview.days_with_both {
        0 => String::new(),
        days => format!("Both were rated on {}. ", some(days as u64, "day")),
    };
    let points = "A point is the middle of its ratings; of one or two, look below for the values. ";
    let rest = format!("{both}{points}{}", TOGETHER.words());
    lines.extend(paragraph(&rest, width, theme.dim, look));
    lines.push(Line::default());
    lines.push(Line::styled(
        "What is drawn above, newest first",
        theme.heading,
    ));
    for period in periods.iter().rev() {
        let lead = format!("{:>11}  ", short(period.from, trends.span));
        let words = if is_gap(period) {
            "–".to_owned()
        } else {
            told(period, words)
        };
        lines.extend(hanging(lead, &words, width, theme.text, look));
    }
    lines
}

fn is_gap(period: &Period) -> bool {
    period.pain.is_none() && period.stress.is_none() && period.sessions == 0
}

fn short(day: NaiveDate, span: Span) -> String {
    match span {
        Span::Day | Span::Week => date(day),
        Span::Month => day.format("%b %Y").to_string(),
    }
}

fn name(day: NaiveDate, span: Span) -> String {
    match span {
        Span::Day => day.format("%A %-d %b %Y").to_string(),
        Span::Week => day.format("Week from %-d %b %Y").to_string(),
        Span::Month => day.format("%B %Y").to_string(),
    }
}

/// What a period comes to, as `unkink stats` says it.
pub(super) fn told(period: &Period, words: Words) -> String {
    let mut parts = vec![
        words.rating(Measure::Pain, period.pain),
        words.rating(Measure::Stress, period.stress),
    ];
    if period.sessions > 0 {
        parts.push(some(period.sessions, "session"));
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_back_from_the_newest_and_the_oldest_is_full() {
        assert_eq!(window(100, 0, 30), 70..100);
        assert_eq!(window(100, 29, 30), 70..100);
        assert_eq!(window(100, 30, 30), 40..70);
        assert_eq!(window(100, 99, 30), 0..30);
        assert_eq!(window(7, 3, 30), 0..7);
        assert_eq!(window(0, 0, 30), 0..0);
    }
}
