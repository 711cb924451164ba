//! What is read first: the digits as large as they have room, the side as a letter at its own side of the screen, and
//! the phase as a sign.

use super::{Blocks, Buffer, Look, Rect, Side, Sign, Size, Style, blocks, layout};
use crate::ui::widgets::digits;

/// What it says.
#[derive(Clone)]
pub struct Hero {
    /// Digits, or a word.
    pub text: String,
    pub side: Option<Side>,
    pub sign: Sign,
}

/// As it has room.
pub struct Fitted<'a> {
    hero: &'a Hero,
    pub rows: u16,
    /// Of text and letter.
    size: Option<Size>,
    /// Of the sign; `None` where it has no room.
    sign: Option<Size>,
}

/// Pixels of the sign, of the letter, and between these and the digits: two bars that stand closer read as 11.
const SIGN: u16 = 5;
const LETTER: u16 = 3;
const GAP: u16 = 2;
/// Pixels kept for the sign and the gap before it: it may be half as large as the rest.
const BESIDE: u16 = GAP + SIGN.div_ceil(2);
/// Three rows of small digits, for ASCII, which has no half blocks.
const SMALL: u16 = 3;

/// Rows that the digits keep of these, whatever else there is: 40 mm.
pub fn least(free: u16) -> u16 {
    (free * 2 / 7).max(3).min(free)
}

impl Hero {
    pub fn done() -> Self {
        Self {
            text: "done".into(),
            side: None,
            sign: Sign::Done,
        }
    }

    /// As large as these columns and rows allow. Pixels may be up to half as high again as they are wide, or as wide as
    /// high: tall digits are still digits.
    pub fn fit(&self, width: u16, rows: u16, ascii: bool) -> Fitted<'_> {
        let Some(text) = Blocks::of(&self.text) else {
            return self.none();
        };
        let letter = self.side.map_or(0, |_| LETTER + GAP);
        let pixels = text.pixels() + letter;
        let even = |n: u16| if ascii { n - n % 2 } else { n };
        let high = even(2 * rows / 5);
        let wide = (width / (pixels + BESIDE)).min(high + high / 2);
        let high = even(high.min(wide + wide / 2));
        if wide == 0 || high == 0 {
            return self.small(rows, ascii);
        }
        let size = Size::stretched(wide, high);
        let left = width.saturating_sub(size.columns(pixels + GAP));
        // Smaller than the digits: they are read, it is only seen.
        let sign = (left / SIGN).min((wide * 2).div_ceil(3));
        Fitted {
            hero: self,
            rows: size.rows(),
            size: Some(size),
            sign: (sign > 0).then(|| {
                Size::stretched(
                    sign,
                    high.min(even(sign + sign.div_ceil(2)))
                        .max(1 + u16::from(ascii)),
                )
            }),
        }
    }

    fn small(&self, rows: u16, ascii: bool) -> Fitted<'_> {
        let rows = if ascii && rows >= SMALL { SMALL } else { 0 };
        Fitted {
            rows,
            ..self.none()
        }
    }

    fn none(&self) -> Fitted<'_> {
        Fitted {
            hero: self,
            rows: 0,
            size: None,
            sign: None,
        }
    }
}

impl Fitted<'_> {
    #[cfg(test)]
    pub fn has_sign(&self) -> bool {
        self.sign.is_some()
    }

    pub fn draw(&self, area: Rect, buffer: &mut Buffer, style: Style, look: &Look) {
        let (Some(size), Some(text)) = (self.size, Blocks::of(&self.hero.text)) else {
            digits::draw(area, buffer, &self.hero.text, style, look);
            return;
        };
        let ascii = look.glyphs.ascii;
        let mut room = area;
        // The letter stands at its own side, the sign opposite.
        let letter = self.hero.side.map(|side| match side {
            Side::Left => ("L", true),
            Side::Right => ("R", false),
        });
        if let Some((letter, at_left)) = letter.and_then(|(l, left)| Some((Blocks::of(l)?, left))) {
            let (place, rest) = edge(room, size.columns(LETTER + GAP), at_left);
            let place = if at_left {
                place
            } else {
                edge(place, size.columns(LETTER), false).0
            };
            letter.draw(place, buffer, size, style, ascii);
            room = rest;
        }
        if let Some(sign_size) = self.sign {
            let at_left = !matches!(letter, Some((_, true)));
            let (place, rest) = edge(room, sign_size.columns(SIGN), at_left);
            let above = (area.height.saturating_sub(sign_size.rows())) / 2;
            let place = layout::split_top(place, above).1;
            blocks::Blocks::sign(self.hero.sign).draw(place, buffer, sign_size, style, ascii);
            room = if at_left {
                layout::split_left(rest, size.columns(GAP)).1
            } else {
                layout::split_left(rest, rest.width.saturating_sub(size.columns(GAP))).0
            };
        }
        // In the middle of the screen where it has room there, so that it does not jump when a side comes or goes.
        let columns = size.columns(text.pixels());
        let middle = area.x + area.width.saturating_sub(columns) / 2;
        let last = room.right().saturating_sub(columns).max(room.x);
        let x = middle.clamp(room.x, last);
        let place = Rect::new(x, area.y, area.right().saturating_sub(x), area.height);
        text.draw(place, buffer, size, style, ascii);
    }
}

/// So many columns at the left or right, and the rest.
fn edge(area: Rect, columns: u16, at_left: bool) -> (Rect, Rect) {
    if at_left {
        return layout::split_left(area, columns);
    }
    let (rest, edge) = layout::split_left(area, area.width.saturating_sub(columns));
    (edge, rest)
}
