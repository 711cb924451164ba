//! The page as Markdown, pictures as their words. Every text is escaped, so that none of it is markup.

use super::page::{Block, Figure};
use crate::sanitize;

/// The whole file.
pub fn markdown(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks.iter().map(part).collect();
    parts.join("\n\n") + "\n"
}

fn part(block: &Block) -> String {
    match block {
        Block::Title(text) => format!("# {}", escaped(text)),
        Block::Heading(text) => format!("## {}", escaped(text)),
        Block::Text(text) | Block::Small(text) => escaped(text),
        Block::List(lines) => list(lines),
        Block::Beside(Figure { words, .. }, lines) => {
            format!("{}\n\n{}", escaped(words), list(lines))
        }
        Block::Table { head, rows } => {
            let rule = vec!["---"; head.len()].join(" | ");
            let mut lines = vec![row(head), format!("| {rule} |")];
            lines.extend(rows.iter().map(|cells| row(cells)));
            lines.join("\n")
        }
        Block::Figure(Figure { words, .. }) => escaped(words),
        Block::Quote { of, text } => {
            let text = sanitize::text(text).into_owned();
            let lines: Vec<String> = text
                .lines()
                .map(|line| format!("> {}", escaped(line)))
                .collect();
            format!("> {}\n>\n{}", escaped(of), lines.join("  \n"))
        }
    }
}

fn list(lines: &[String]) -> String {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("- {}", escaped(line)))
        .collect();
    lines.join("\n")
}

fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
    format!("| {} |", cells.join(" | "))
}

/// One line of text and nothing else. What is markup only at the start of a line is escaped there alone, so that plain
/// sentences stay plain.
fn escaped(text: &str) -> String {
    let line = sanitize::line(text);
    let line = line.trim();
    let mut out = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        let (before, after) = (&line[..at], &line[at + c.len_utf8()..]);
        let is_number = !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit());
        let is_markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '!' | '@' => true,
            '#' | '+' | '-' | '=' => before.is_empty(),
            // '1. ' begins a list; 'www.' and '://' an address that some readers make a link of by themselves.
            ')' => is_number,
            '.' => {
                (is_number && !after.starts_with(|c: char| c.is_ascii_digit()))
                    || before.to_ascii_lowercase().ends_with("www")
            }
            ':' => after.starts_with('/'),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_sentences_stay_plain_and_markup_is_text() {
        assert_eq!(
            escaped("Good day. 2 lower, n 7 (rough)."),
            "Good day. 2 lower, n 7 (rough)."
        );
        assert_eq!(escaped("0.5 higher: so"), "0.5 higher: so");
        assert_eq!(escaped("# one"), "\\# one");
        assert_eq!(escaped("- one"), "\\- one");
        assert_eq!(escaped("1. one"), "1\\. one");
        assert_eq!(escaped("<b>*x*</b>"), "\\<b\\>\\*x\\*\\</b\\>");
        assert_eq!(escaped("[a](http://x)"), "\\[a\\](http\\://x)");
        assert_eq!(escaped("www.x.org a@b.c"), "www\\.x.org a\\@b.c");
        assert_eq!(escaped("a\nb\u{202e}"), "a b");
    }

    #[test]
    fn a_note_of_several_lines_stays_within_its_quote() {
        let quote = Block::Quote {
            of: "1 Jan".into(),
            text: "one\n# two\n\n> three".into(),
        };
        let text = markdown(&[quote]);
        assert!(text.lines().all(|line| line.starts_with('>')), "{text}");
        assert!(text.contains("> \\# two"), "{text}");
    }
}
