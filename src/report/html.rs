//! The page as one HTML file: no script, no link to outside, prints on A4. Every text is escaped, whoever wrote it.

use std::fmt::Write;

use super::page::{Block, Figure};
use crate::sanitize;

/// For screen and paper.
const STYLE: &str = include_str!("../../assets/report.css");

/// The whole file.
pub fn html(blocks: &[Block]) -> String {
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(escaped(title)),
        _ => None,
    });
    let title = title.unwrap_or_default();
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    );
    for block in blocks {
        put(&mut page, block);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn put(page: &mut String, block: &Block) {
    // Writing to a text cannot fail.
    let _ = match block {
        Block::Title(text) => writeln!(page, "<h1>{}</h1>", escaped(text)),
        Block::Heading(text) => writeln!(page, "<h2>{}</h2>", escaped(text)),
        Block::Text(text) => writeln!(page, "<p>{}</p>", escaped(text)),
        Block::Small(text) => writeln!(page, "<p class=\"small\">{}</p>", escaped(text)),
        Block::List(lines) => writeln!(page, "{}", list(lines)),
        Block::Table { head, rows } => {
            let rows = rows.iter().map(|row| self::row(row, "td"));
            writeln!(
                page,
                "<table>\n<thead>{}</thead>\n<tbody>\n{}</tbody>\n</table>",
                row(head, "th"),
                rows.collect::<String>()
            )
        }
        Block::Figure(Figure { svg, .. }) => writeln!(page, "<figure>\n{svg}\n</figure>"),
        Block::Beside(Figure { svg, .. }, lines) => {
            let lines = list(lines);
            writeln!(
                page,
                "<div class=\"beside\">\n<figure>\n{svg}\n</figure>\n{lines}\n</div>"
            )
        }
        Block::Quote { of, text } => writeln!(
            page,
            "<blockquote><p class=\"small\">{}</p><p class=\"note\">{}</p></blockquote>",
            escaped(of),
            escaped(text)
        ),
    };
}

fn list(lines: &[String]) -> String {
    let lines = lines
        .iter()
        .map(|line| format!("<li>{}</li>\n", escaped(line)));
    format!("<ul>\n{}</ul>", lines.collect::<String>())
}

fn row(cells: &[String], tag: &str) -> String {
    let cells = cells
        .iter()
        .map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
    format!("<tr>{}</tr>\n", cells.collect::<String>())
}

/// As text and nothing else, in whatever place.
fn escaped(text: &str) -> String {
    let text = sanitize::text(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_person_wrote_stays_text() {
        let hostile =
            "<script>alert(1)</script> \"&amp;\" ' \u{202e}x\u{1b}[31m\n</p><img src=x onerror=y>";
        let quote = Block::Quote {
            of: hostile.into(),
            text: hostile.into(),
        };
        let page = html(&[
            Block::Title(hostile.into()),
            Block::List(vec![hostile.into()]),
            Block::Table {
                head: vec![hostile.into()],
                rows: vec![vec![hostile.into()]],
            },
            quote,
        ]);
        for markup in ["<script", "<img", "\u{202e}", "\u{1b}"] {
            assert!(!page.contains(markup), "{markup}");
        }
        assert_eq!(page.matches("&lt;script&gt;").count(), 7);
    }

    proptest! {
        #[test]
        fn no_text_makes_a_tag(text in "\\PC{0,60}") {
            let bare = html(&[Block::Text(String::new())]);
            let page = html(&[Block::Text(text)]);
            prop_assert_eq!(page.matches('<').count(), bare.matches('<').count());
            prop_assert_eq!(page.matches('>').count(), bare.matches('>').count());
        }
    }
}
