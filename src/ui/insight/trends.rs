//! Pain and stress over days, weeks or months on one axis, with sessions; the period pointed at in words, then all that
//! the picture shows as values.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span as Part};

use super::super::widgets::plot::{self, Plot, Point};
use super::super::widgets::track;
use super::super::{Look, layout};
use super::{hanging, heading, paragraph, plain, row_width, scrolled, text_width, words};
use crate::app::App;
use crate::app::insight::Trends;
use crate::app::message::Point as Press;
use crate::domain::insight::Measure;
use crate::domain::insight::causes::TOGETHER;
use crate::domain::insight::middle::Summary;
use crate::domain::insight::series::{Period, Span};
use crate::domain::insight::words::{Words, some};

/// Rows for the words below the plot.
const LEAST_BELOW: u16 = 5;
/// How the row of sessions looks.
const DIGITS: &str = "digits";
/// What the rows without a picture are, said where it is seen without scrolling.
const TURNED: &str = "newest first, n: sessions";
/// The most periods in rows; those before are a few keys back.
const MOST_TURNED: usize = 120;

/// Draws the tab.
pub fn draw(area: Rect, buffer: &mut Buffer, trends: &Trends, app: &App, look: &Look) {
    let shown = window(trends.len(), app.insight.back, plot::fit(area.width));
    let periods = &trends.periods[shown.clone()];
    let all = &trends.overview.all;
    if all.pain.is_none() && all.stress.is_none() {
        let nothing = look.hint("No rating yet. [<check-in> rates|'unkink log' rates] pain and stress as they are now; from then \
                                 on they are drawn here, week by week, with your sessions below.");
        return super::say(area, buffer, &nothing, app, look);
    }
    let (Some(first), Some(pointed)) = (
        periods.first(),
        trends.len().checked_sub(app.insight.back + 1),
    ) else {
        return;
    };
    let until = match trends.periods.get(shown.end) {
        None => "now".to_owned(),
        Some(next) => format!("before {}", date(next.from)),
    };
    let title = title(trends.span);
    let width = text_width(area);
    let picture = picture_rows(layout::split_top(area, 1).1);
    if picture == 0 {
        // Too few rows to tell one point from the next: a row for each period does.
        let (rest, _) = heading(area, buffer, (title, title), TURNED, look);
        let lines = turned(trends, pointed, words(app), width, look);
        return scrolled(rest, buffer, &lines, app, look);
    }
    let about = format!("from {} to {until}", date(first.from));
    let (rest, used) = heading(area, buffer, (title, title), &about, look);
    let with_legend = legend_beside(area, buffer, used + 3, look);
    let pointed_at = &trends.periods[pointed];
    let lines = lines(
        periods,
        pointed_at,
        trends,
        with_legend,
        words(app),
        area,
        look,
    );
    let (picture, below) = layout::split_top(rest, picture);
    let points: Vec<Point> = labelled(periods, trends.span);
    let plot = Plot {
        points: &points,
        pointed: Some(pointed - shown.start),
        numbers: words(app).numbers,
    };
    plot::draw(picture, buffer, &plot, look);
    look.zones(|| {
        let newest = trends.len() - 1;
        let places = plot::places(picture, points.len()).into_iter();
        (shown.clone())
            .zip(places)
            .map(move |(at, place)| (place, Press::Period(newest.saturating_sub(at))))
    });
    let (_, below) = layout::split_top(below, u16::from(below.height >= 6));
    scrolled(below, buffer, &lines, app, look);
}

/// Rows of the picture, with some left for the words below it: one of its heights that show each point of the scale, or
/// each half, in a row of its own; 0 where even points would fall together.
fn picture_rows(area: Rect) -> u16 {
    match area.height.saturating_sub(LEAST_BELOW) {
        23.. => 23,
        13.. => 13,
        rows @ 9.. => rows,
        _ => 0,
    }
}

/// A row for each period, newest first, from the one pointed at: both on one scale, and their values.
fn turned(
    trends: &Trends,
    pointed: usize,
    words: Words,
    width: usize,
    look: &Look,
) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let value = |summary: Option<Summary>| match summary {
        None => "–".to_owned(),
        Some(it) if it.n == 2 => format!("{}, {}", it.min, it.max),
        Some(it) => it.median.to_string(),
    };
    let names = if words.numbers {
        "0    5    10 pain   stress n"
    } else {
        "no     much  n"
    };
    let mut year = trends.periods[pointed].from.year();
    let of_year = match trends.span {
        Span::Day | Span::Week => year.to_string(),
        Span::Month => String::new(),
    };
    let header = format!("{of_year:<9}{names}");
    let mut lines = vec![Line::styled(header, theme.dim)];
    for period in trends.periods[..=pointed].iter().rev().take(MOST_TURNED) {
        if year != period.from.year() {
            year = period.from.year();
            lines.push(Line::styled(year.to_string(), theme.heading));
        }
        let lead = match trends.span {
            Span::Day | Span::Week => period.from.format("%e %b"),
            Span::Month => period.from.format("%b %Y"),
        };
        let mut parts = vec![Part::styled(format!("{:<9}", lead.to_string()), theme.dim)];
        let middle = |summary: Option<Summary>| summary.map(|it| it.median);
        parts.extend(track::both(
            middle(period.pain),
            middle(period.stress),
            look,
        ));
        let told = if words.numbers {
            format!("  {:<7}{:<7}", value(period.pain), value(period.stress))
        } else {
            "  ".to_owned()
        };
        let sessions = match period.sessions {
            0 => String::new(),
            count => count.to_string(),
        };
        let told = plain(&format!("{told}{sessions}"), look);
        parts.push(Part::styled(told, theme.text));
        lines.push(Line::from(parts));
    }
    lines.push(Line::default());
    lines.push(legend(look, "n"));
    lines.extend(together(trends, width, look));
    lines
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
        Span::Week => "Weeks",
        Span::Month => "Months",
    }
}

fn date(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Draws the legend at the right of the heading where there is room beside so many columns; else it is to come below.
fn legend_beside(area: Rect, buffer: &mut Buffer, used: u16, look: &Look) -> bool {
    let legend = legend(look, DIGITS);
    if usize::from(used) + legend.width() > usize::from(area.width) {
        return true;
    }
    let x = area.right() - legend.width() as u16;
    buffer.set_line(x, area.y, &legend, area.width);
    false
}

fn legend(look: &Look, sessions: &'static str) -> Line<'static> {
    let (theme, glyphs) = (&look.theme, &look.glyphs);
    Line::from(vec![
        Part::styled(glyphs.pain, theme.pain),
        Part::styled(" pain  ", theme.dim),
        Part::styled(glyphs.stress, theme.stress),
        Part::styled(" stress  ", theme.dim),
        Part::styled(glyphs.both, theme.pain),
        Part::styled(" both  ", theme.dim),
        Part::styled(sessions, theme.text),
        Part::styled(": sessions", theme.dim),
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
            Span::Month if is_new_year => Some("%b %Y"),
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
    area: Rect,
    look: &Look,
) -> Vec<Line<'static>> {
    let (theme, width) = (&look.theme, text_width(area));
    let lead = format!("{}: ", name(pointed.from, trends.span));
    let mut lines = paragraph(&(lead + &told(pointed, words)), width, theme.text, look);
    if with_legend {
        lines.push(legend(look, DIGITS));
    }
    lines.push(Line::default());
    lines.extend(together(trends, width, look));
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
        lines.extend(hanging(lead, &words, row_width(area), theme.text, look));
    }
    lines
}

/// What a point is, on how many days both were rated, and that this judges nothing (G.5).
fn together(trends: &Trends, width: usize, look: &Look) -> Vec<Line<'static>> {
    let both = match trends.overview.days_with_both {
        0 => String::new(),
        days => format!("Both were rated on {}. ", some(days as u64, "day")),
    };
    let point = "A point is the middle of its ratings. ";
    let words = format!("{point}{both}{}", TOGETHER.words());
    paragraph(&words, width, look.theme.dim, look)
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
