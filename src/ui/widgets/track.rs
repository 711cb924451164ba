//! A short scale from 0 to 10 in a line of text: the middle as a sign, the lowest to the highest as a thick stroke.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::domain::insight::middle::Summary;
use crate::domain::scale::Scale;
use crate::ui::Look;

/// Columns of a scale with so many columns from one whole number to the next.
pub const fn width(per: usize) -> usize {
    Scale::MAX as usize * per + 1
}

/// Ratings: of one or two only the values themselves.
pub fn ratings(
    summary: Option<&Summary>,
    per: usize,
    sign: &'static str,
    style: Style,
    look: &Look,
) -> Vec<Span<'static>> {
    let Some(summary) = summary else {
        return vec![Span::styled(
            look.glyphs.track.repeat(width(per)),
            look.theme.dim,
        )];
    };
    let at = |value: u8| usize::from(value) * per;
    let (low, high) = (at(summary.min.get()), at(summary.max.get()));
    let signs = match summary.n {
        1 | 2 => vec![low, high],
        _ => vec![place(summary.median, per)],
    };
    cells(
        width(per),
        |at| {
            if signs.contains(&at) {
                Some((sign, style))
            } else {
                (low..=high)
                    .contains(&at)
                    .then_some((look.glyphs.track_range, style))
            }
        },
        look,
    )
}

/// The column of a value, 0 to 10.
fn place(value: f64, per: usize) -> usize {
    (value * per as f64).round() as usize
}

/// Pain and stress on one scale, a sign for each and one for both.
pub fn both(pain: Option<f64>, stress: Option<f64>, look: &Look) -> Vec<Span<'static>> {
    let (theme, glyphs) = (&look.theme, &look.glyphs);
    let (pain, stress) = (
        pain.map(|value| place(value, 1)),
        stress.map(|value| place(value, 1)),
    );
    let sign = |at| match (pain == Some(at), stress == Some(at)) {
        (true, true) => Some((glyphs.both, theme.pain)),
        (true, false) => Some((glyphs.pain, theme.pain)),
        (false, true) => Some((glyphs.stress, theme.stress)),
        (false, false) => None,
    };
    cells(width(1), sign, look)
}

/// One value, 0 to 10.
pub fn value(value: f64, sign: &'static str, style: Style, look: &Look) -> Vec<Span<'static>> {
    let here = place(value, 1);
    cells(width(1), |at| (at == here).then_some((sign, style)), look)
}

fn cells(
    width: usize,
    sign: impl Fn(usize) -> Option<(&'static str, Style)>,
    look: &Look,
) -> Vec<Span<'static>> {
    let cell = |at| {
        let (sign, style) = sign(at).unwrap_or((look.glyphs.track, look.theme.dim));
        Span::styled(sign, style)
    };
    (0..width).map(cell).collect()
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
        let spans = ratings(tally.summary().as_ref(), 1, "P", Style::new(), &look);
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
