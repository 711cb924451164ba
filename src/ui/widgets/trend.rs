//! Pain and stress day by day: a small chart that reads without colour, with gaps where nothing was rated.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text;
use crate::domain::trend::Day;
use crate::ui::Look;

/// Rows below the points: the axis with its dates, and the legend.
const BELOW: u16 = 2;
/// Columns for the numbers at the left.
const NUMBERS: u16 = 3;
/// The fewest columns and rows that make a chart.
pub const LEAST: (u16, u16) = (20, 5);

/// How many of the newest days have room at this width.
pub fn days_that_fit(width: u16) -> usize {
    usize::from(width.saturating_sub(NUMBERS) / pitch(width))
}

/// Columns from one day to the next.
fn pitch(width: u16) -> u16 {
    if width >= 90 { 3 } else { 2 }
}

/// Draws the newest of `days` (oldest first, without holes: a day without a rating is a day with `None`).
/// Draws nothing where it is smaller than [`LEAST`]. Without numbers the axis says 'more' and 'less' by its place alone.
pub fn draw(area: Rect, buffer: &mut Buffer, days: &[Day], with_numbers: bool, look: &Look) {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return;
    }
    let shown = &days[days.len().saturating_sub(days_that_fit(area.width))..];
    let plot = Rect {
        x: area.x + NUMBERS,
        width: area.width - NUMBERS,
        height: area.height - BELOW,
        ..area
    };
    axis(area, plot, buffer, with_numbers, look);
    let pitch = pitch(area.width);
    let first = plot.right() - pitch * shown.len() as u16;
    for (index, day) in shown.iter().enumerate() {
        points(
            plot,
            first + pitch * index as u16 + pitch - 1,
            buffer,
            *day,
            look,
        );
    }
    dates(area, first + pitch - 1, plot.bottom(), buffer, shown, look);
    legend(
        Rect::new(area.x + NUMBERS, area.bottom() - 1, plot.width, 1),
        buffer,
        look,
    );
}

/// The row of a value: 10 at the top, 0 at the bottom.
fn row(plot: Rect, value: f64) -> u16 {
    let down = (10.0 - value.clamp(0.0, 10.0)) / 10.0 * f64::from(plot.height - 1);
    plot.y + (down.round() as u16).min(plot.height - 1)
}

fn axis(area: Rect, plot: Rect, buffer: &mut Buffer, with_numbers: bool, look: &Look) {
    let half = if plot.height >= 5 { Some(5.0) } else { None };
    for value in [Some(10.0), half, Some(0.0)].into_iter().flatten() {
        let y = row(plot, value);
        if with_numbers {
            buffer.set_string(area.x, y, format!("{value:>2}"), look.theme.dim);
        }
        let line = if look.glyphs.ascii { "." } else { "┈" };
        let line = line.repeat(usize::from(plot.width));
        buffer.set_string(plot.x, y, line, look.theme.dim);
    }
}

fn points(plot: Rect, x: u16, buffer: &mut Buffer, day: Day, look: &Look) {
    let (theme, glyphs) = (&look.theme, &look.glyphs);
    let pain = day.pain.map(|value| row(plot, value));
    let stress = day.stress.map(|value| row(plot, value));
    if let Some(y) = stress {
        buffer.set_string(x, y, glyphs.stress, theme.text.patch(theme.stress));
    }
    if let Some(y) = pain {
        let glyph = if pain == stress {
            glyphs.both
        } else {
            glyphs.pain
        };
        buffer.set_string(x, y, glyph, theme.pain);
    }
    for y in [pain, stress].into_iter().flatten() {
        // The rule below it was dim; a point is not.
        buffer[(x, y)]
            .modifier
            .remove(ratatui::style::Modifier::DIM);
    }
}

fn dates(area: Rect, first: u16, y: u16, buffer: &mut Buffer, shown: &[Day], look: &Look) {
    let (Some(from), Some(to)) = (shown.first(), shown.last()) else {
        return;
    };
    let text = |day: &Day| day.date.format("%-d %b").to_string();
    let line = Rect::new(area.x, y, area.width, 1);
    text::put_right(line, buffer, &text(to), look.theme.dim, look);
    let (from, to) = (text(from), text(to));
    let x = first.saturating_sub(1).max(area.x);
    let room = line.right() - x;
    if usize::from(room) > from.len() + to.len() + 2 {
        let line = Rect {
            x,
            width: room,
            ..line
        };
        text::put(line, buffer, &from, look.theme.dim, look);
    }
}

fn legend(line: Rect, buffer: &mut Buffer, look: &Look) {
    let (theme, glyphs) = (&look.theme, &look.glyphs);
    let parts = [
        (glyphs.pain, theme.pain, " pain   "),
        (glyphs.stress, theme.stress, " stress   "),
        (glyphs.both, theme.pain, " both"),
    ];
    let mut x = line.x;
    for (glyph, style, word) in parts {
        if usize::from(line.right().saturating_sub(x)) < 1 + word.trim_end().len() {
            return;
        }
        buffer.set_string(x, line.y, glyph, style);
        let room = usize::from(line.right() - x - 1);
        let (end, _) = buffer.set_stringn(x + 1, line.y, word, room, theme.dim);
        x = end;
    }
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;
    use chrono::NaiveDate;

    fn days(values: &[(Option<u8>, Option<u8>)]) -> Vec<Day> {
        let first = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let day = |(index, (pain, stress)): (usize, &(Option<u8>, Option<u8>))| Day {
            date: first + chrono::Days::new(index as u64),
            pain: pain.map(f64::from),
            stress: stress.map(f64::from),
            sessions: 0,
        };
        values.iter().enumerate().map(day).collect()
    }

    #[test]
    fn pain_and_stress_differ_in_shape_and_days_without_a_rating_stay_empty() {
        let look = Look::new(true, false);
        let days = days(&[
            (Some(10), Some(0)),
            (None, None),
            (Some(5), Some(5)),
            (Some(0), None),
        ]);
        let lines = drawn(24, 8, |area, buffer| draw(area, buffer, &days, true, &look));
        assert_eq!(
            lines,
            [
                "10 ..............P......",
                "",
                "",
                " 5 ..................B..",
                "",
                " 0 ..............s.....P",
                "                  23 Nov",
                "   P pain   s stress",
            ]
        );
    }

    #[test]
    fn only_the_newest_days_are_shown_where_there_is_no_room_for_all() {
        let look = Look::default();
        let many = days(&[(Some(3), None); 200]);
        for width in 0..120 {
            drawn(width, 8, |area, buffer| {
                draw(area, buffer, &many, true, &look);
            });
        }
        assert_eq!(days_that_fit(43), 20);
    }
}
