//! The one sanitizer: whatever a text holds, on a terminal it is only text.
//!
//! Every text that reaches a terminal goes through here, whoever wrote it: a note, a file name, an own technique.
//! Nothing in it can move the cursor, reverse the writing, hide, or push its neighbours out of their cells.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Marks on one letter beyond these are dropped: no script piles up more, and terminals differ in what they do then.
const MARKS_MAX: usize = 8;
/// The same for all code points of one cluster; the longest emoji in use has ten.
const CLUSTER_MAX: usize = 16;
/// Stands where a control character was.
const REPLACED: char = char::REPLACEMENT_CHARACTER;

const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';

/// For one line: breaks and tabs become spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    clean(text, false)
}

/// The same for a text of several lines: `\n` stays (and `\r\n` becomes one).
pub fn text(text: &str) -> Cow<'_, str> {
    clean(text, true)
}

fn clean(text: &str, breaks: bool) -> Cow<'_, str> {
    if !text.chars().any(|c| is_suspect(c, breaks)) {
        return Cow::Borrowed(text);
    }
    let harmless = replace(text, breaks);
    let mut calm = String::with_capacity(harmless.len());
    for cluster in harmless.graphemes(true) {
        push_cluster(&mut calm, cluster);
    }
    if calm == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(calm)
    }
}

/// Whether a text with this character needs a closer look.
fn is_suspect(c: char, breaks: bool) -> bool {
    match c {
        ' '..='~' => false,
        '\n' => !breaks,
        _ => c.is_control() || is_hidden(c) || is_mark(c) || matches!(c, '\u{2028}' | '\u{2029}'),
    }
}

/// Character by character: controls are replaced, hidden characters left out.
fn replace(text: &str, breaks: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' if breaks => out.push(c),
            '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ if c.is_control() => out.push(REPLACED),
            _ if is_hidden(c) => {}
            _ => out.push(c),
        }
    }
    out
}

/// Characters that show nothing and change how others show: direction, width, invisible text.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}'                        // soft hyphen: some terminals show it, some do not
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // direction
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
        | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0d}'       // variants of glyphs; text and emoji style (FE0E, FE0F) stay
        | '\u{fff0}'..='\u{fffb}'       // annotations
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}') // tags and further variants
}

/// Takes no cell of its own: combining marks, joiners, emoji style.
fn is_mark(c: char) -> bool {
    c.width() == Some(0)
}

/// Takes over a cluster, with its pile of marks kept low and stray joiners left out.
fn push_cluster(out: &mut String, cluster: &str) {
    // Marks with no letter before them would go onto whatever stands to the left on the screen.
    if cluster.starts_with(is_mark) {
        return;
    }
    let (mut marks, mut before) = (0, None);
    let mut chars = cluster.chars().take(CLUSTER_MAX).peekable();
    while let Some(c) = chars.next() {
        let keep = match c {
            // Between two emoji it makes one of them; in scripts that join it shapes the letters.
            ZWJ => chars.peek().is_some_and(|&next| !is_mark(next)) || before.is_some_and(joins),
            ZWNJ => before.is_some_and(joins),
            _ if is_mark(c) => {
                marks += 1;
                marks <= MARKS_MAX
            }
            _ => true,
        };
        if keep {
            out.push(c);
            before = Some(c);
        }
    }
}

/// Letters and marks of the scripts from Arabic to Mongolian, in which joiners have their meaning.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{1cff}' | '\u{a840}'..='\u{a8ff}' | '\u{11000}'..='\u{11fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn assert_same(plain: &str) {
        assert!(
            matches!(line(plain), Cow::Borrowed(same) if same == plain),
            "{plain:?}"
        );
    }

    #[test]
    fn plain_text_of_any_script_stays_as_it_is() {
        assert_same("");
        assert_same("pain 4, worse when sitting");
        assert_same("rücken – naïve ‘quotes’ 腰痛 спина");
        assert_same("e\u{301} \u{928}\u{92e}\u{938}\u{94d}\u{924}\u{947} \u{e17}\u{e35}\u{e48}");
        // Persian with a non-joiner, Sinhala with a joiner.
        assert_same("\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}");
        assert_same("\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}");
    }

    #[test]
    fn emoji_keep_their_joiners_style_skin_and_flags() {
        assert_same("👨‍👩‍👧‍👦 👩🏽‍🔬 ❤️ 👩🏻‍❤️‍💋‍👨🏼 🇩🇪");
    }

    #[test]
    fn escape_sequences_are_visible_and_do_nothing() {
        assert_eq!(line("a\x1b]52;c;eA==\x07b"), "a�]52;c;eA==�b");
        assert_eq!(line("\x1b[2J\x08\x08\x00\x7f"), "�[2J����");
        assert_eq!(line("\u{9b}6n\u{9d}0;x\u{9c}"), "�6n�0;x�");
    }

    #[test]
    fn a_line_has_no_breaks_and_a_text_keeps_its_own() {
        assert_eq!(
            line("a\r\nb\nc\td\u{2028}e\u{2029}f\u{85}g\x0b\x0ch"),
            "a b c d e f g  h"
        );
        assert_eq!(text("a\r\nb\nc\rd\u{2028}e"), "a\nb\nc d e");
        assert!(matches!(text("two\nlines"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_turns_or_hides_text_is_left_out() {
        assert_eq!(
            line("a\u{202e}b\u{2066}c\u{200f}d\u{61c}e\u{2069}"),
            "abcde"
        );
        assert_eq!(line("a\u{200b}b\u{feff}c\u{2060}d\u{ad}e"), "abcde");
        assert_eq!(line("a\u{e0041}\u{e007f}b\u{e0101}c"), "abc");
        assert_eq!(line("a\u{200d}b\u{200c}c\u{200d}"), "abc");
    }

    #[test]
    fn a_pile_of_marks_is_kept_low_and_has_a_letter_under_it() {
        let pile = format!("x{}y", "\u{301}".repeat(1000));
        assert_eq!(line(&pile), format!("x{}y", "\u{301}".repeat(8)));
        assert_eq!(line("\u{301}\u{301}a"), "a");
        assert_eq!(text("a\n\u{301}b"), "a\nb");
        let chain = ["👩"; 1000].join("\u{200d}");
        assert!(line(&chain).chars().count() <= CLUSTER_MAX);
    }

    /// Anything, with what matters here more often than by chance.
    fn hostile() -> impl Strategy<Value = String> {
        let special = prop::sample::select(vec![
            '\x1b',
            '\n',
            '\r',
            '\t',
            '\x07',
            '\u{7f}',
            '\u{9b}',
            '\u{202e}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{fe0f}',
            '\u{301}',
            '\u{94d}',
            '\u{915}',
            '\u{645}',
            '👩',
            '❤',
            '🏽',
            '🇩',
            '🇪',
            '\u{1100}',
            '\u{1161}',
            '\u{e0041}',
            '\u{600}',
            'a',
            ' ',
        ]);
        prop::collection::vec(prop_oneof![3 => special, 1 => any::<char>()], 0..60)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn nothing_that_acts_gets_through(input in hostile()) {
            let acts = |c: char| c.is_control() || is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}');
            prop_assert!(!line(&input).contains(acts));
            prop_assert!(!text(&input).contains(|c| c != '\n' && acts(c)));
            for cluster in line(&input).graphemes(true) {
                prop_assert!(!cluster.starts_with(is_mark));
            }
        }

        #[test]
        fn once_clean_it_stays_as_it_is(input in hostile()) {
            for clean in [line, text] {
                let once = clean(&input).into_owned();
                prop_assert!(matches!(clean(&once), Cow::Borrowed(same) if same == once), "{once:?}");
            }
        }

        #[test]
        fn printable_ascii_is_borrowed(input in "[ -~]{0,80}") {
            prop_assert!(matches!(line(&input), Cow::Borrowed(same) if same == input));
        }
    }
}
