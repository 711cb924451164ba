//! Plain ASCII the short way. Most of what the app shows is that, and for it nothing has to be known of clusters, widths
//! and hidden characters: asked of every text of a frame, that took a fifth of the time from a key to the screen.
//!
//! Anything else goes the long way, which the tests hold this to.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Line;

/// How many bytes at its beginning are printable ASCII.
fn plain_len(text: &str) -> usize {
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte);
    let end = text.bytes().position(|byte| !is_plain(byte));
    end.unwrap_or(text.len())
}

/// Whether it is printable ASCII alone: as many columns as bytes, and nothing to sanitize.
pub fn is_plain(text: &str) -> bool {
    plain_len(text) == text.len()
}

/// As [`Buffer::set_stringn`]: puts a text in at most so many columns of a row; returns the column behind it.
pub fn put(buffer: &mut Buffer, at: (u16, u16), text: &str, most: u16, style: Style) -> u16 {
    let (x, y) = at;
    let mut len = plain_len(text);
    // What follows may be a mark on the last one.
    if len < text.len() {
        len = len.saturating_sub(1);
    }
    let room = most.min(buffer.area.right().saturating_sub(x));
    let count = usize::from(room).min(len);
    if count > 0 {
        let first = buffer.index_of(x, y);
        let cells = &mut buffer.content[first..first + count];
        for (cell, byte) in cells.iter_mut().zip(text.bytes()) {
            cell.set_char(char::from(byte)).set_style(style);
        }
    }
    let end = x + count as u16;
    if len == text.len() || count < len {
        return end;
    }
    let rest = usize::from(room) - count;
    buffer.set_stringn(end, y, &text[len..], rest, style).0
}

/// As [`Buffer::set_line`].
pub fn put_line(buffer: &mut Buffer, at: (u16, u16), line: &Line, most: u16) {
    let (mut x, y) = at;
    let end = x.saturating_add(most);
    for span in &line.spans {
        if x >= end {
            break;
        }
        let style = line.style.patch(span.style);
        x = put(buffer, (x, y), &span.content, end - x, style);
    }
}

/// A text of plain words, a blank between each two of them, in lines of at most so many columns, each as full as it
/// goes; `None` for any other, or where a word is longer than a line.
pub fn wrap(text: &str, width: usize) -> Option<Vec<String>> {
    let has_gaps = text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    if text.is_empty() || has_gaps || !is_plain(text) {
        return None;
    }
    let mut lines = Vec::with_capacity(text.len() / width.max(1) + 1);
    let (mut start, mut end) = (0, 0);
    for word in text.split(' ') {
        if word.len() > width {
            return None;
        }
        let from = if end == 0 { 0 } else { end + 1 };
        if from + word.len() - start > width {
            lines.push(text[start..end].to_owned());
            start = from;
        }
        end = from + word.len();
    }
    lines.push(text[start..].to_owned());
    Some(lines)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Color;
    use ratatui::text::Span;

    use super::*;

    /// Mostly plain, with what may not be taken for it.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => "[a-c ~!-]{0,24}",
            1 => "[a-c \u{301}ü腰\u{200d}❤\u{fe0f}\t\u{1b}]{0,24}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn a_text_is_put_as_the_long_way_puts_it(text in text(), x in 0..12_u16, most in 0..16_u16) {
            let area = Rect::new(2, 1, 10, 2);
            let style = Style::new().fg(Color::Red);
            let at = (2 + x, 2);
            prop_assume!(x < area.width);
            let (mut short, mut long) = (Buffer::empty(area), Buffer::empty(area));
            long.set_string(2, 2, "腰腰腰腰腰", Style::new());
            short.clone_from(&long);
            let end = put(&mut short, at, &text, most, style);
            let (expected, _) = long.set_stringn(at.0, at.1, &text, usize::from(most), style);
            prop_assert_eq!(end, expected);
            prop_assert_eq!(&short, &long);
            let line = Line::from(vec![Span::raw(text.clone()), Span::styled(text, style)]);
            put_line(&mut short, at, &line, most);
            long.set_line(at.0, at.1, &line, most);
            prop_assert_eq!(short, long);
        }

        #[test]
        fn words_are_wrapped_as_the_long_way_wraps_them(text in "[a-e-]{1,9}( [a-e,.]{1,9}){0,12}", width in 1..30_usize) {
            let options = textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
            let expected: Vec<String> = textwrap::wrap(&text, options).into_iter().map(Into::into).collect();
            if let Some(lines) = wrap(&text, width) {
                prop_assert_eq!(lines, expected);
            } else {
                prop_assert!(text.split(' ').any(|word| word.len() > width));
            }
        }
    }

    #[test]
    fn what_is_not_plain_words_is_not_wrapped_here() {
        for text in ["", " a", "a ", "a  b", "ü", "a\nb", "a\tb"] {
            assert_eq!(wrap(text, 20), None, "{text:?}");
        }
    }
}
