//! A short scale from 0 to 10 in a line of text: the middle as a sign, the lowest to the highest as a thick stroke.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::domain::insight::middle::Summary;
use crate::domain::scale::Scale;
use crate::ui::Look;

/// Columns of it: one for each whole number.
pub const WIDTH: usize = Scale::MAX as usize + 1;

/// Ratings: of one or two only the values themselves.
pub fn ratings(
    summary: Option<&Summary>,
    sign: &'static str,
    style: Style,
    look: &Look,
) -> Vec<Span<'static>> {
    let Some(summary) = summary else {
        return vec![Span::styled(
            look.glyphs.track.repeat(WIDTH),
            look.theme.dim,
        )];
    };
    let (low, high) = (summary.min.get().into(), summary.max.get().into());
    let signs = match summary.n {
        1 | 2 => vec![low, high],
        _ => vec![summary.median.round() as usize],
    };
    cells(&signs, (low, high), sign, style, look)
}

/// One value, 0 to 10.
pub fn value(value: f64, sign: &'static str, style: Style, look: &Look) -> Vec<Span<'static>> {
    let at = value.round() as usize;
    cells(&[at], (at, at), sign, style, look)
}

fn cells(
    signs: &[usize],
    (low, high): (usize, usize),
    sign: &'static str,
    style: Style,
    look: &Look,
) -> Vec<Span<'static>> {
    let cell = |at: usize| {
        if signs.contains(&at) {
            Span::styled(sign, style)
        } else if (low..=high).contains(&at) {
            Span::styled(look.glyphs.track_range, style)
        } else {
            Span::styled(look.glyphs.track, look.theme.dim)
        }
    };
    (0..WIDTH).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::insight::middle::Tally;

    fn track(values: &[u8]) -> String {
        let mut tally = Tally::default();
        let scales = values.iter().filter_map(|value| Scale::new(*value));
        scales.for_each(|value| tally.add(value));
        let look = Look::new(true, false);
        let spans = ratings(tally.summary().as_ref(), "P", Style::new(), &look);
        spans.iter().map(|span| span.content.as_ref()).collect()
    }

    #[test]
    fn the_middle_stands_between_the_lowest_and_the_highest() {
        assert_eq!(track(&[2, 3, 7, 4, 4]), "..==P===...");
        assert_eq!(track(&[0, 10, 10]), "==========P");
    }

    #[test]
    fn one_or_two_values_have_no_middle() {
        assert_eq!(track(&[]), "...........");
        assert_eq!(track(&[5]), ".....P.....");
        assert_eq!(track(&[2, 5]), "..P==P.....");
    }
}
