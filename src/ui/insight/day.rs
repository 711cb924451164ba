//! Pain and stress by the time of day: eight stretches of three hours.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::widgets::track;
use super::super::{Look, layout};
use super::{heading, paragraph, plain, scrolled, text_width, words};
use crate::app::App;
use crate::domain::insight::Measure;
use crate::domain::insight::middle::Summary;
use crate::domain::insight::time_of_day::{HOURS, STRETCHES, Stretch};
use crate::domain::insight::words::Words;
use crate::domain::kindness::how_much;

/// Columns from which pain and stress stand side by side.
const BESIDE: u16 = 76;
/// Columns of what a scale comes to, and a gap.
const TOLD: usize = 23;
/// The scales grow no further.
const WIDEST: usize = 140;
/// Columns of the times, and of their short form.
const TIMES: usize = 10;
const SHORT_TIMES: usize = 6;

/// Draws the tab.
pub fn draw(area: Rect, buffer: &mut Buffer, hours: &[Stretch; STRETCHES], app: &App, look: &Look) {
    if hours
        .iter()
        .all(|it| it.pain.is_none() && it.stress.is_none())
    {
        let nothing = look.hint("No rating yet. [<check-in> rates|'unkink log' rates] pain and stress as they are now; here they are \
                                 sorted by the time of day.");
        return super::say(area, buffer, &nothing, app, look);
    }
    let title = ("Time of day", "Time of day");
    let (rest, _) = heading(area, buffer, title, "all days together", look);
    let (_, rest) = layout::split_top(rest, u16::from(area.height >= 12));
    let lines = lines(hours, words(app), area, look);
    scrolled(rest, buffer, &lines, app, look);
}

fn lines(
    hours: &[Stretch; STRETCHES],
    words: Words,
    area: Rect,
    look: &Look,
) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let is_beside = area.width >= BESIDE;
    let is_roomy = area.height >= 22;
    let times = if is_beside { TIMES } else { SHORT_TIMES };
    let width = usize::from(area.width).min(WIDEST).saturating_sub(times);
    let column = if is_beside { width / 2 } else { width };
    let per = (column.saturating_sub(TOLD) / 10).clamp(1, 4);
    let mut lines = Vec::new();
    if is_beside {
        lines.push(names(times, column, look));
        lines.extend(is_roomy.then(Line::default));
    }
    for stretch in hours {
        let until = stretch.from_hour + HOURS;
        let to = if is_beside { " to " } else { "-" };
        let name = format!("{:02}{to}{until:02}", stretch.from_hour);
        let lead = Span::styled(format!("{name:times$}"), theme.text);
        let pain = one(Measure::Pain, stretch.pain, words, per, !is_beside, look);
        let stress = one(
            Measure::Stress,
            stretch.stress,
            words,
            per,
            !is_beside,
            look,
        );
        if is_beside {
            let used: usize = pain.iter().map(Span::width).sum();
            let blank = Span::raw(" ".repeat(column.saturating_sub(used)));
            let parts = std::iter::once(lead)
                .chain(pain)
                .chain([blank])
                .chain(stress);
            lines.push(Line::from(parts.collect::<Vec<_>>()));
        } else {
            lines.push(std::iter::once(lead).chain(pain).collect());
            // Where there is neither, one row says so.
            if stretch.pain.is_some() || stretch.stress.is_some() {
                let blank = Span::raw(" ".repeat(times));
                lines.push(std::iter::once(blank).chain(stress).collect());
            }
        }
        if is_roomy {
            lines.push(Line::default());
        }
    }
    lines.extend((!is_roomy).then(Line::default));
    lines.extend(legend(words, is_beside, text_width(area), look));
    lines
}

/// What the strokes mean, and the signs where no heading names them.
fn legend(words: Words, is_headed: bool, width: usize, look: &Look) -> Vec<Line<'static>> {
    let (pain, stress) = (look.glyphs.pain, look.glyphs.stress);
    let legend = if words.numbers {
        "The middle on a scale from 0 to 10; the stroke goes from the lowest to the highest. In brackets these two, and \
         how many ratings. Of one or two ratings the values themselves."
    } else {
        "The middle, from none at the left to much at the right; the stroke goes from the least to the most."
    };
    let signs = if is_headed {
        String::new()
    } else {
        format!("{pain} pain, {stress} stress. ")
    };
    paragraph(&(signs + legend), width, look.theme.dim, look)
}

/// Whose columns these are.
fn names(times: usize, column: usize, look: &Look) -> Line<'static> {
    let (theme, glyphs) = (&look.theme, &look.glyphs);
    Line::from(vec![
        Span::raw(" ".repeat(times)),
        Span::styled(glyphs.pain, theme.pain),
        Span::styled(format!("{:<1$}", " pain", column - 1), theme.dim),
        Span::styled(glyphs.stress, theme.stress),
        Span::styled(" stress", theme.dim),
    ])
}

/// The scale with its signs, and what they come to.
fn one(
    measure: Measure,
    summary: Option<Summary>,
    words: Words,
    per: usize,
    is_narrow: bool,
    look: &Look,
) -> Vec<Span<'static>> {
    let (sign, style): (_, Style) = match measure {
        Measure::Pain => (look.glyphs.pain, look.theme.pain),
        Measure::Stress => (look.glyphs.stress, look.theme.stress),
    };
    let mut spans = track::ratings(summary.as_ref(), per, sign, style, look);
    let told = told(measure, summary, words, is_narrow);
    spans.push(Span::styled(
        format!(" {}", plain(&told, look)),
        look.theme.text,
    ));
    spans
}

/// Without the name, which the sign has said; where it is narrow with the numbers alone.
fn told(measure: Measure, summary: Option<Summary>, words: Words, is_narrow: bool) -> String {
    match summary {
        Some(it) if !words.numbers => match how_much(it.median) {
            "no" => format!("none (of {})", it.n),
            much => format!("{much} (of {})", it.n),
        },
        Some(it) if is_narrow && it.n > 2 => {
            format!("{} ({} to {}, {})", it.median, it.min, it.max, it.n)
        }
        _ => {
            let told = words.rating(measure, summary);
            let rest = told.strip_prefix(measure.word());
            rest.unwrap_or(&told).trim().to_owned()
        }
    }
}
