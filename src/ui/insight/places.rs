//! Where it hurts: the body map shaded by how often a place was named, with the counts beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::widgets::body_map::{self, Density, Fill};
use super::super::widgets::text;
use super::super::{Look, layout};
use super::{heading, scrolled};
use crate::app::App;
use crate::app::insight::Places;
use crate::domain::insight::words::some;
use crate::domain::plan::Side;
use crate::domain::vocabulary::PlaceSide;

/// Columns of the list.
const LIST: u16 = 40;
/// More rows would show more of the body, not more of what was named.
const MAP_ROWS: u16 = 33;

/// Draws the tab.
pub fn draw(area: Rect, buffer: &mut Buffer, places: &Places, app: &App, look: &Look) {
    if places.entries == 0 {
        let nothing = look.hint("No entry says where it hurts yet. [<check-in>, then <next-field>, opens the whole form \
                                 with a body map; what you mark there is counted here.|What is marked in the \
                                 form of an entry is counted here.]");
        return super::say(area, buffer, &nothing, app, look);
    }
    let entries = some(places.entries as u64, "entry");
    let verb = if places.entries == 1 { "says" } else { "say" };
    let about = format!("of {entries} that {verb} so");
    let (rest, _) = heading(area, buffer, ("Where it hurts", "Where"), &about, look);
    let (_, rest) = layout::split_top(rest, u16::from(area.height >= 12));
    let steps = Steps::of(places);
    let least = (body_map::LEAST.0, body_map::LEAST.1 + 2);
    let is_beside = rest.height >= least.1 && rest.width >= LIST + least.0;
    let is_below = rest.height >= least.1 + 8;
    if !is_beside && !is_below {
        return scrolled(rest, buffer, &list(places, &steps, rest, look), app, look);
    }
    let (map, beside) = if is_beside {
        let (upper, _) = layout::split_top(rest, rest.height - 1);
        let (map, beside) = layout::split_left(upper, (rest.width - LIST).min(72));
        (map, layout::split_left(beside, 2).1)
    } else {
        let (map, below) = layout::split_top(rest, rest.height * 3 / 5);
        (map, layout::split_top(below, 2).1)
    };
    let (map, _) = layout::split_top(map, MAP_ROWS);
    draw_map(map, buffer, places, &steps, look);
    // In the middle below the map, or over the whole width.
    let legend = steps.legend(look);
    let left = map.width.saturating_sub(legend.width() as u16) / 2;
    buffer.set_line(rest.x + left, map.bottom(), &legend, rest.width - left);
    scrolled(
        beside,
        buffer,
        &list(places, &steps, beside, look),
        app,
        look,
    );
}

/// A third of the most each: up to where a count is least, and more.
struct Steps {
    least: usize,
    more: usize,
    most: usize,
}

impl Steps {
    fn of(places: &Places) -> Self {
        let most = places
            .cells
            .iter()
            .map(|cell| cell.count)
            .max()
            .unwrap_or(1);
        Self {
            least: most / 3,
            more: most * 2 / 3,
            most,
        }
    }

    fn density(&self, count: usize) -> Density {
        match count {
            _ if count <= self.least => Density::Least,
            _ if count <= self.more => Density::More,
            _ => Density::Most,
        }
    }

    /// The steps that there are, each with its counts: '1 to 4'.
    fn words(&self) -> Vec<(usize, String)> {
        let bounds = [
            (1, self.least),
            (self.least + 1, self.more),
            (self.more + 1, self.most),
        ];
        let steps = bounds.into_iter().enumerate();
        let steps = steps.filter(|(_, (from, to))| from <= to);
        let words = |(from, to): (usize, usize)| {
            if from == to {
                from.to_string()
            } else {
                format!("{from} to {to}")
            }
        };
        steps.map(|(at, bounds)| (at, words(bounds))).collect()
    }

    fn legend(&self, look: &Look) -> Line<'static> {
        let (theme, glyphs) = (&look.theme, &look.glyphs);
        let mut line = Line::default();
        for (at, words) in self.words() {
            line.push_span(Span::styled(glyphs.shade[at], theme.accent));
            line.push_span(Span::styled(format!(" {words}   "), theme.dim));
        }
        line.push_span(Span::styled(glyphs.no_pressure, theme.no_pressure));
        line.push_span(Span::styled(" no pressure", theme.dim));
        line
    }
}

fn draw_map(area: Rect, buffer: &mut Buffer, places: &Places, steps: &Steps, look: &Look) {
    let shades: Vec<(Fill, Density)> = (places.cells.iter())
        .map(|cell| {
            let side = cell.side.map(|side| match side {
                PlaceSide::Left => Side::Left,
                _ => Side::Right,
            });
            let region = cell.region.as_str();
            (Fill { region, side }, steps.density(cell.count))
        })
        .collect();
    body_map::shaded(area, buffer, &shades, look);
}

fn list(places: &Places, steps: &Steps, area: Rect, look: &Look) -> Vec<Line<'static>> {
    let width = usize::from(area.width);
    let widest = steps.most.to_string().len().max(3);
    let line = |(count, label): (usize, &str)| {
        let lead = Span::styled(format!("{count:>widest$}  "), look.theme.heading);
        text::hanging(&lead, label, width, look.theme.text)
    };
    let cells = places
        .cells
        .iter()
        .map(|cell| (cell.count, cell.label.as_str()));
    cells.flat_map(line).collect()
}
