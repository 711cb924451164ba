//! A year as a calendar: a column for each week, a row for each day from Monday, the more the denser.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text;
use crate::domain::kindness::how_much;
use crate::ui::Look;

/// Columns for the names of the days.
const NAMES: u16 = 4;
/// Rows of the days; where there is one more, the months stand above them.
pub const ROWS: u16 = 7;
/// Weeks of a year and the one that began before it.
const YEAR: u16 = 53;

/// One day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    /// As it was lived.
    pub date: NaiveDate,
    /// 0 to 10; `None`: not rated.
    pub value: Option<f64>,
}

/// Columns of a week, and how many weeks have room; at most a year.
pub fn fit(width: u16) -> (u16, usize) {
    let room = width.saturating_sub(NAMES);
    let pitch = (room / YEAR).clamp(1, 3);
    (pitch, usize::from((room / pitch).min(YEAR)))
}

/// The sign of a value: the denser the more, so that it reads without colour.
pub fn sign(value: Option<f64>, look: &Look) -> &'static str {
    let heat = &look.glyphs.heat;
    match value.map(how_much) {
        None => heat[0],
        Some("no") => heat[1],
        Some("a little") => heat[2],
        Some("some") => heat[3],
        Some(_) => heat[4],
    }
}

/// Draws the days (oldest first, without holes, the first a Monday), the `pointed` one reversed.
pub fn draw(
    area: Rect,
    buffer: &mut Buffer,
    days: &[Day],
    pointed: Option<NaiveDate>,
    style: Style,
    look: &Look,
) {
    if area.height < ROWS || area.width <= NAMES {
        return;
    }
    let with_months = area.height > ROWS;
    let days_from = area.y + u16::from(with_months);
    for (row, name) in ["Mon", "", "Wed", "", "Fri", "", "Sun"].iter().enumerate() {
        buffer.set_string(area.x, days_from + row as u16, name, look.theme.dim);
    }
    let (pitch, _) = fit(area.width);
    let months = Rect { height: 1, ..area };
    let mut free = area.x;
    for (week, days) in days.chunks(7).enumerate() {
        let x = area.x + NAMES + pitch * week as u16;
        if x + pitch > area.right() {
            return;
        }
        let first = days.iter().find(|day| day.date.day() == 1);
        if let Some(day) = first.filter(|_| with_months) {
            free = month(months, x, free, buffer, day.date, look);
        }
        for day in days {
            let y = days_from + day.date.weekday().num_days_from_monday() as u16;
            let sign = sign(day.value, look);
            let style = match day.value {
                _ if pointed == Some(day.date) => look.theme.chosen,
                None => look.theme.dim,
                Some(_) => style,
            };
            let width = usize::from(pitch.saturating_sub(1).max(1));
            buffer.set_string(x, y, sign.repeat(width), style);
        }
    }
}

/// Where [`draw`] puts each of these days: for a mouse.
pub fn places(area: Rect, days: &[Day]) -> Vec<(Rect, NaiveDate)> {
    if area.height < ROWS || area.width <= NAMES {
        return Vec::new();
    }
    let days_from = area.y + u16::from(area.height > ROWS);
    let (pitch, _) = fit(area.width);
    let weeks = days.chunks(7).enumerate();
    let places = weeks.flat_map(|(week, days)| {
        let x = area.x + NAMES + pitch * week as u16;
        days.iter().map(move |day| {
            let y = days_from + day.date.weekday().num_days_from_monday() as u16;
            (Rect::new(x, y, pitch, 1), day.date)
        })
    });
    let has_room = |(place, _): &(Rect, NaiveDate)| place.right() <= area.right();
    places.filter(has_room).collect()
}

/// The name of a month; returns the column from which the next one has room.
fn month(line: Rect, x: u16, free: u16, buffer: &mut Buffer, day: NaiveDate, look: &Look) -> u16 {
    let name = day.format("%b").to_string();
    let width = text::columns(&name) as u16;
    if x < free || x + width > line.right() {
        return free;
    }
    let at = Rect { x, width, ..line };
    text::put(at, buffer, &name, look.theme.dim, look);
    x + width + 1
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    fn days(values: &[Option<f64>]) -> Vec<Day> {
        let monday = NaiveDate::from_ymd_opt(2026, 9, 28).unwrap();
        let day = |(at, value): (usize, &Option<f64>)| Day {
            date: monday + chrono::Days::new(at as u64),
            value: *value,
        };
        values.iter().enumerate().map(day).collect()
    }

    #[test]
    fn each_day_has_its_place_and_more_is_denser() {
        let mut values = vec![None; 10];
        values[0] = Some(0.0);
        values[1] = Some(2.5);
        values[6] = Some(10.0);
        values[8] = Some(5.0);
        let look = Look::new(true, false);
        let lines = drawn(12, ROWS + 1, |area, buffer| {
            draw(area, buffer, &days(&values), None, Style::new(), &look);
        });
        assert_eq!(
            lines,
            [
                "    Oct", "Mon _.", "    -+", "Wed ..", "    .", "Fri .", "    .", "Sun #",
            ]
        );
    }

    #[test]
    fn a_year_has_room_at_eighty_columns() {
        assert_eq!(fit(78), (1, 53));
        assert_eq!(fit(118), (2, 53));
        assert_eq!(fit(38), (1, 34));
    }
}
