//! Text in cells: wrapped at words, cut with an ellipsis, counted in columns; everything through the sanitizer.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::plain;
pub use super::plain::put_line;
use crate::sanitize;
use crate::ui::Look;

/// Columns that a text takes.
pub fn columns(text: &str) -> usize {
    if plain::is_plain(text) {
        text.len()
    } else {
        text.width()
    }
}

/// The text within so many columns; the last one is an ellipsis when something was cut.
pub fn cut<'a>(text: &'a str, width: usize, look: &Look) -> Cow<'a, str> {
    if text.len() <= width && plain::is_plain(text) {
        return Cow::Borrowed(text);
    }
    let safe = sanitize::line(text);
    if columns(&safe) <= width {
        return safe;
    }
    if width == 0 {
        return Cow::Borrowed("");
    }
    let mut kept = String::new();
    let mut used = 0;
    for cluster in safe.graphemes(true) {
        used += columns(cluster);
        if used > width - 1 {
            break;
        }
        kept.push_str(cluster);
    }
    let mut kept = kept.trim_end().to_owned();
    kept.push_str(look.glyphs.ellipsis);
    Cow::Owned(kept)
}

/// The end of a text within so many columns, for a field whose cursor stands at its end.
pub fn tail(text: &str, width: usize) -> String {
    let safe = sanitize::line(text);
    let mut used = 0;
    let kept: Vec<&str> = safe
        .graphemes(true)
        .rev()
        .take_while(|cluster| {
            used += columns(cluster);
            used <= width
        })
        .collect();
    kept.into_iter().rev().collect()
}

/// The text in lines of at most so many columns; its own line breaks stay.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    if width == 0 {
        return Vec::new();
    }
    if let Some(lines) = plain::wrap(text, width) {
        return lines;
    }
    let safe = sanitize::text(text);
    // A date or an option is not torn at its hyphen.
    let options =
        textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(&safe, options)
        .into_iter()
        .map(Cow::into_owned)
        .collect()
}

/// As [`wrap`], each line in this style.
pub fn wrapped(text: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    let line = |line| Line::styled(line, style);
    wrap(text, width).into_iter().map(line).collect()
}

/// A text that hangs under a short lead: `1. Rub the palms …` with the following lines below 'Rub'.
pub fn hanging(lead: &Span<'static>, text: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    let indent = lead.width();
    let mut lines: Vec<Line<'static>> = Vec::new();
    for part in wrap(text, width.saturating_sub(indent).max(1)) {
        let first = if lines.is_empty() {
            lead.clone()
        } else {
            Span::raw(" ".repeat(indent))
        };
        lines.push(Line::from(vec![first, Span::styled(part, style)]));
    }
    lines
}

/// Puts one line of text, cut to the columns of the area; returns the columns used.
pub fn put(area: Rect, buffer: &mut Buffer, text: &str, style: Style, look: &Look) -> u16 {
    if area.is_empty() {
        return 0;
    }
    let text = cut(text, usize::from(area.width), look);
    plain::put(buffer, (area.x, area.y), &text, area.width, style) - area.x
}

/// Puts a text in as many rows as the area has; what does not fit ends in an ellipsis.
pub fn put_rows(area: Rect, buffer: &mut Buffer, text: &str, style: Style, look: &Look) {
    let rows = fitted(text, usize::from(area.width), usize::from(area.height));
    for (y, line) in (area.y..area.bottom()).zip(&rows) {
        put(
            Rect {
                y,
                height: 1,
                ..area
            },
            buffer,
            line,
            style,
            look,
        );
    }
}

/// The text in at most `most` lines; the last one is too long, so that drawing it ends in an ellipsis, when that is not
/// all.
pub fn fitted(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = wrap(text, width);
    if most == 0 {
        return Vec::new();
    }
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(rest);
    }
    lines
}

/// Puts one line of text to the right end of the area.
pub fn put_right(area: Rect, buffer: &mut Buffer, text: &str, style: Style, look: &Look) {
    let width = columns(&cut(text, usize::from(area.width), look)) as u16;
    let from = Rect::new(area.right() - width, area.y, width, area.height);
    put(from, buffer, text, style, look);
}

/// Puts one line of text in the middle of the area.
pub fn put_centred(area: Rect, buffer: &mut Buffer, text: &str, style: Style, look: &Look) {
    let width = columns(&cut(text, usize::from(area.width), look)) as u16;
    let from = Rect::new(
        area.x + (area.width - width) / 2,
        area.y,
        width,
        area.height,
    );
    put(from, buffer, text, style, look);
}

/// Draws lines from `scroll` on. Where something lies above or below, the last column of the first or last row says
/// so. A scroll beyond the end shows the last rows. Lines wider than the area are cut by it: wrap them first.
pub fn scrolled(
    area: Rect,
    buffer: &mut Buffer,
    lines: &[Line<'static>],
    scroll: usize,
    look: &Look,
) {
    if area.is_empty() {
        return;
    }
    let rows = usize::from(area.height);
    let top = scroll.min(lines.len().saturating_sub(rows));
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(top)) {
        put_line(buffer, (area.x, y), line, area.width);
    }
    let mark = |buffer: &mut Buffer, y: u16, glyph: &str| {
        buffer.set_string(area.right() - 1, y, glyph, look.theme.accent);
    };
    if top > 0 {
        mark(buffer, area.y, look.glyphs.more_up);
    }
    if top + rows < lines.len() {
        mark(buffer, area.bottom() - 1, look.glyphs.more_down);
    }
}

/// Where these lines stand in an area that is scrolled to `top`; empty where they are out of sight.
pub fn rows_at(area: Rect, top: usize, lines: std::ops::Range<usize>) -> Rect {
    let rows = usize::from(area.height);
    let row = |line: usize| line.saturating_sub(top).min(rows) as u16;
    let (from, to) = (row(lines.start), row(lines.end));
    Rect::new(area.x, area.y + from, area.width, to - from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::testing::drawn;
    use proptest::prelude::*;

    #[test]
    fn a_long_text_is_cut_with_an_ellipsis() {
        let look = Look::default();
        assert_eq!(cut("Ball on the wall, side hip", 12, &look), "Ball on the…");
        assert_eq!(cut("Ball", 4, &look), "Ball");
        assert_eq!(cut("Ball", 0, &look), "");
        assert_eq!(cut("Ball", 1, &look), "…");
        let ascii = Look::new(true, false);
        assert_eq!(cut("Ball on", 5, &ascii), "Ball~");
    }

    #[test]
    fn wide_characters_are_never_cut_in_half() {
        let look = Look::default();
        assert_eq!(cut("腰痛いです", 6, &look), "腰痛…");
        assert_eq!(columns(&cut("腰痛いです", 6, &look)), 5);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn nothing_is_ever_wider_than_its_room(text in "\\PC{0,60}", width in 0_usize..40) {
            let look = Look::default();
            prop_assert!(columns(&cut(&text, width, &look)) <= width);
            let area_fits = drawn(20, 3, |area, buffer| {
                put(area, buffer, &text, Style::new(), &look);
                put_right(Rect { y: 1, ..area }, buffer, &text, Style::new(), &look);
                put_centred(Rect { y: 2, ..area }, buffer, &text, Style::new(), &look);
            });
            prop_assert_eq!(area_fits.len(), 3);
        }
    }

    #[test]
    fn a_field_shows_the_end_of_a_long_text() {
        assert_eq!(tail("side hip", 3), "hip");
        assert_eq!(tail("hip", 30), "hip");
        assert_eq!(tail("腰痛", 3), "痛");
    }

    #[test]
    fn a_text_with_too_few_rows_says_that_there_was_more() {
        let look = Look::default();
        let lines = drawn(8, 2, |area, buffer| {
            put_rows(area, buffer, "one two three four", Style::new(), &look);
        });
        assert_eq!(lines, ["one two", "three f…"]);
    }

    #[test]
    fn text_hangs_under_its_lead() {
        let lines = hanging(
            &Span::raw("1. "),
            "Rub the palms together",
            12,
            Style::new(),
        );
        let plain: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(plain, ["1. Rub the", "   palms", "   together"]);
    }

    #[test]
    fn scrolling_says_that_there_is_more_and_stops_at_the_end() {
        let look = Look::default();
        let lines: Vec<Line> = (0..6).map(|n| Line::raw(format!("line {n}"))).collect();
        let at = |scroll| {
            drawn(8, 3, |area, buffer| {
                scrolled(area, buffer, &lines, scroll, &look);
            })
        };
        assert_eq!(at(0), ["line 0", "line 1", "line 2 ↓"]);
        assert_eq!(at(2), ["line 2 ↑", "line 3", "line 4 ↓"]);
        assert_eq!(at(99), ["line 3 ↑", "line 4", "line 5"]);
    }
}
