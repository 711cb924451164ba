//! A year of days as a calendar, the denser the more pain or stress; the day pointed at in words.

use chrono::{Datelike, Days, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span as Part};

use super::super::widgets::heat::{self, Day};
use super::super::{Look, layout};
use super::{hanging, heading, paragraph, row_width, scrolled, text_width, trends, words};
use crate::app::App;
use crate::app::message::Point;
use crate::domain::insight::Measure;
use crate::domain::insight::middle::Summary;
use crate::domain::insight::series::Period;

/// Draws the tab.
pub fn draw(area: Rect, buffer: &mut Buffer, days: &[Period], app: &App, look: &Look) {
    let measure = app.insight.measure;
    let of = |day: &Period| match measure {
        Measure::Pain => day.pain,
        Measure::Stress => day.stress,
    };
    if days.iter().all(|day| of(day).is_none()) {
        return super::say(area, buffer, &nothing_yet(measure, look), app, look);
    }
    let (_, weeks) = heat::fit(area.width);
    let Some(pointed) = days.len().checked_sub(app.insight.days_back + 1) else {
        return;
    };
    let shown = shown(days, pointed, weeks);
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        return;
    };
    let title = match measure {
        Measure::Pain => ("Pain, day by day", "Pain"),
        Measure::Stress => ("Stress, day by day", "Stress"),
    };
    let date = |day: NaiveDate| day.format("%-d %b %Y").to_string();
    let about = format!("{} to {}", date(first.from), date(last.from));
    // The calendar and the day pointed at come before the heading.
    let rest = if area.height >= heat::ROWS + 4 {
        heading(area, buffer, title, &about, look).0
    } else {
        area
    };
    let (_, rest) = layout::split_top(rest, u16::from(area.height >= 16));
    let lines = lines(shown, &days[pointed], measure, of, app, area, look);
    if rest.height <= heat::ROWS {
        return scrolled(rest, buffer, &lines, app, look);
    }
    let months = u16::from(rest.height >= heat::ROWS + 3);
    let (map, below) = layout::split_top(rest, heat::ROWS + months);
    let style = match measure {
        Measure::Pain => look.theme.pain,
        Measure::Stress => look.theme.stress,
    };
    let here = Some(days[pointed].from);
    let calendar = calendar(shown, of);
    heat::draw(map, buffer, &calendar, here, style, look);
    look.zones(|| {
        let places = heat::places(map, &calendar).into_iter();
        places.filter_map(|(place, date)| {
            let at = days.binary_search_by_key(&date, |day| day.from).ok()?;
            Some((place, Point::Period(days.len() - 1 - at)))
        })
    });
    let (_, below) = layout::split_top(below, u16::from(below.height >= 4));
    scrolled(below, buffer, &lines, app, look);
}

fn nothing_yet(measure: Measure, look: &Look) -> String {
    let hint = look.hint(
        "[<check-in> rates|'unkink log' rates] it as it is now; each day then has its place here.",
    );
    let other = look.hint(match measure {
        Measure::Pain => "[ <measure> shows stress.]",
        Measure::Stress => "[ <measure> shows pain.]",
    });
    format!("No {} rated yet. {hint}{other}", measure.word())
}

/// So many weeks that the pointed day is among them: pages from the newest back.
fn shown(days: &[Period], pointed: usize, weeks: usize) -> &[Period] {
    let (Some(last), Some(here)) = (days.last(), days.get(pointed)) else {
        return &[];
    };
    let monday = |day: NaiveDate| i64::from(day.num_days_from_ce() - 1).div_euclid(7);
    let newest = monday(last.from);
    let weeks = i64::try_from(weeks).unwrap_or(1).max(1);
    let page = (newest - monday(here.from)) / weeks;
    let within = |day: &&Period| (newest - monday(day.from)) / weeks == page;
    let start = days.iter().position(|day| within(&day)).unwrap_or(0);
    let end = days
        .iter()
        .rposition(|day| within(&day))
        .map_or(0, |at| at + 1);
    &days[start..end]
}

/// The days from a Monday on.
fn calendar(shown: &[Period], of: impl Fn(&Period) -> Option<Summary>) -> Vec<Day> {
    let before = shown
        .first()
        .map_or(0, |first| first.from.weekday().num_days_from_monday());
    let blank = (1..=before).rev().filter_map(|back| {
        let date = shown
            .first()?
            .from
            .checked_sub_days(Days::new(back.into()))?;
        Some(Day { date, value: None })
    });
    let days = shown.iter().map(|day| Day {
        date: day.from,
        value: of(day).map(|summary| summary.median),
    });
    blank.chain(days).collect()
}

fn lines(
    shown: &[Period],
    pointed: &Period,
    measure: Measure,
    of: impl Fn(&Period) -> Option<Summary>,
    app: &App,
    area: Rect,
    look: &Look,
) -> Vec<Line<'static>> {
    let (theme, width, words) = (&look.theme, text_width(area), words(app));
    let name = |day: &Period| day.from.format("%a %-d %b %Y").to_string();
    // Weekdays below each other, and days.
    let in_list = |day: &Period| day.from.format("%a %e %b %Y").to_string();
    let told = trends::told(pointed, words);
    let mut lines = paragraph(
        &format!("{}: {told}", name(pointed)),
        width,
        theme.text,
        look,
    );
    if lines.len() > 1 && area.height <= heat::ROWS + 3 {
        // One row has to do; the list below has the year.
        let day = pointed.from.format("%-d %b");
        lines = paragraph(&format!("{day}: {told}"), width, theme.text, look);
    }
    lines.extend(legend(measure, words.numbers, width, look));
    let rated = shown.iter().filter(|day| of(day).is_some()).count();
    let about = format!(
        "Rated on {rated} of {} days here. A day with several ratings has their middle.",
        shown.len()
    );
    lines.push(Line::default());
    lines.extend(paragraph(&about, width, theme.dim, look));
    lines.push(Line::default());
    lines.push(Line::styled(
        "The days with an entry, newest first",
        theme.heading,
    ));
    let has_entry = |day: &&Period| day.pain.is_some() || day.stress.is_some() || day.sessions > 0;
    for day in shown.iter().rev().filter(has_entry) {
        let (lead, told) = (format!("{}  ", in_list(day)), trends::told(day, words));
        lines.extend(hanging(lead, &told, row_width(area), theme.text, look));
    }
    lines
}

/// What the signs mean, in as many rows as it takes.
fn legend(measure: Measure, numbers: bool, width: usize, look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let style = match measure {
        Measure::Pain => theme.pain,
        Measure::Stress => theme.stress,
    };
    let means = if numbers {
        ["not rated", "0", "about 1 to 3", "4 to 6", "7 to 10"]
    } else {
        ["not rated", "none", "a little", "some", "much"]
    };
    let mut lines = vec![Line::default()];
    for (at, (sign, means)) in look.glyphs.heat.iter().zip(means).enumerate() {
        let room = width.saturating_sub(lines.last().map_or(0, Line::width));
        if means.len() + 2 > room {
            lines.push(Line::default());
        }
        let style = if at == 0 { theme.dim } else { style };
        if let Some(line) = lines.last_mut() {
            line.push_span(Part::styled(*sign, style));
            line.push_span(Part::styled(format!(" {means}   "), theme.dim));
        }
    }
    lines
}
