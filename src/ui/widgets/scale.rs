//! The 0 to 10 rating scale with the words at its ends.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text;
use crate::app::message::Point;
use crate::domain::record::ScaleField;
use crate::domain::scale::Scale;
use crate::ui::Look;

/// The words at the ends of a scale (F.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchors<'a> {
    /// What 0 means.
    pub low: &'a str,
    /// What 10 means.
    pub high: &'a str,
}

impl Anchors<'static> {
    /// The ends of a scale of the log.
    pub const fn of(field: ScaleField) -> Self {
        let [low, high] = field.ends();
        Self { low, high }
    }
}

/// Pain now (F.1; M3).
pub const PAIN: Anchors<'static> = Anchors::of(ScaleField::Pain);
/// Stress now (F.1).
pub const STRESS: Anchors<'static> = Anchors::of(ScaleField::Stress);

/// Average pain of the past week, the first item of the PEG (F.6; M4, M5).
pub const PEG_PAIN: Anchors = Anchors {
    low: "no pain",
    high: "pain as bad as you can imagine",
};
/// How far pain interfered, the other two (F.6; M4, M5).
pub const PEG_INTERFERES: Anchors = Anchors {
    low: "does not interfere",
    high: "completely interferes",
};

/// Rows that a scale takes at this width.
pub fn rows(width: u16, anchors: Anchors) -> u16 {
    if one_anchor_row(width, anchors) { 2 } else { 3 }
}

fn one_anchor_row(width: u16, anchors: Anchors) -> bool {
    both_anchors(anchors) <= width
}

/// Columns that the words at both ends take side by side.
fn both_anchors(anchors: Anchors) -> u16 {
    (" 0 ".len() + anchors.low.len() + "  ".len() + "10 ".len() + anchors.high.len()) as u16
}

/// Columns from one number to the next: as many as the width gives, between two and five.
fn pitch(width: u16) -> u16 {
    (width.saturating_sub(4) / 10).clamp(2, 5)
}

/// Draws the numbers, the `chosen` one filled and in brackets, the `last` one with a mark on either side of it, and
/// the anchors below. The area should be 24 columns or wider.
pub fn draw(
    area: Rect,
    buffer: &mut Buffer,
    anchors: Anchors,
    chosen: Option<Scale>,
    last: Option<Scale>,
    look: &Look,
) {
    if area.is_empty() {
        return;
    }
    let theme = &look.theme;
    let pitch = pitch(area.width);
    let mut label = |value: u8, text: String, style| {
        let x = area.x + u16::from(value) * pitch;
        let room = usize::from(area.right().saturating_sub(x));
        if room > 0 {
            buffer.set_stringn(x, area.y, text, room, style);
        }
    };
    for value in 0..=Scale::MAX {
        label(value, format!(" {value} "), theme.text);
    }
    // After the plain ones, whose blanks they may cover where it is narrow.
    if let Some(last) = last.filter(|last| Some(*last) != chosen) {
        label(last.get(), format!("({last})"), theme.accent);
    }
    if let Some(chosen) = chosen {
        label(chosen.get(), format!("[{chosen}]"), theme.chosen);
    }
    let low = format!(" 0 {}", anchors.low);
    let high = format!("10 {}", anchors.high);
    let (_, below) = super::super::layout::split_top(area, 1);
    let (first, second) = super::super::layout::split_top(below, 1);
    let beside = one_anchor_row(area.width, anchors);
    let words = if beside { both_anchors(anchors) } else { 0 };
    let span = Rect {
        width: (pitch * 10 + 3).max(words).min(area.width),
        ..first
    };
    text::put(span, buffer, &low, theme.dim, look);
    if beside {
        text::put_right(span, buffer, &high, theme.dim, look);
    } else {
        text::put(
            Rect {
                height: 1,
                ..second
            },
            buffer,
            &high,
            theme.dim,
            look,
        );
    }
}

/// A press on a number of the scale drawn here answers what stands at this place of the card.
pub fn zones(area: Rect, place: usize, look: &Look) {
    look.zones(|| places(area).map(move |(value, at)| (at, Point::Rate(place, value))));
}

/// Where each number stands: from its own column to the next one's.
fn places(area: Rect) -> impl Iterator<Item = (u8, Rect)> {
    let pitch = pitch(area.width);
    (0..=Scale::MAX).map(move |value| {
        let x = area.x + u16::from(value) * pitch;
        let columns = if value == Scale::MAX { 4 } else { pitch };
        let place = Rect::new(x, area.y, columns, area.height.min(1));
        (value, place.intersection(area))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;

    fn scale(width: u16, anchors: Anchors, chosen: Option<u8>, last: Option<u8>) -> Vec<String> {
        let look = Look::default();
        let value = |value: Option<u8>| value.and_then(Scale::new);
        drawn(width, rows(width, anchors), |area, buffer| {
            draw(area, buffer, anchors, value(chosen), value(last), &look);
        })
    }

    #[test]
    fn the_ends_have_their_words_below_them() {
        assert_eq!(
            scale(44, PAIN, Some(3), Some(5)),
            [
                " 0   1   2  [3]  4  (5)  6   7   8   9   10",
                " 0 no pain           10 worst possible pain",
            ]
        );
    }

    #[test]
    fn words_that_fit_side_by_side_share_a_row() {
        assert_eq!(
            scale(36, PAIN, None, None)[1],
            " 0 no pain  10 worst possible pain"
        );
    }

    #[test]
    fn long_words_get_a_row_each_where_it_is_narrow() {
        assert_eq!(
            scale(36, STRESS, None, None),
            [
                " 0  1  2  3  4  5  6  7  8  9  10",
                " 0 completely calm",
                "10 as stressed as you can imagine",
            ]
        );
    }

    #[test]
    fn ten_can_be_chosen_at_every_width() {
        for width in 24..80 {
            assert!(
                scale(width, PAIN, Some(10), None)[0].contains("[10"),
                "{width}"
            );
        }
    }
}
