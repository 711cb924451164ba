//! Where answers and remarks go, and what a failure means: standard output, standard error, the exit code.

use std::io::{self, IsTerminal, Write};

use super::Color;
use crate::domain::storage::Failure;
use crate::sanitize;
pub use crate::sys::say::{say, say_text};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Fail {
    /// Wrong usage or an unknown name: exit 2.
    Usage(String),
    /// The safety rules stand against it: exit 3.
    Refused(String),
    /// It could not be done: exit 1.
    Failed(String),
    /// The answer could not be written: exit 1, or 0 where the reader has had enough.
    Output(io::Error),
}

impl std::fmt::Display for Fail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Usage(why) | Self::Refused(why) | Self::Failed(why) => f.write_str(why),
            Self::Output(error) => write!(f, "standard output: {error}"),
        }
    }
}

impl From<Failure> for Fail {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure.to_string())
    }
}

impl Fail {
    /// Tells it in one line on standard error; the exit code.
    pub fn tell(self) -> u8 {
        match &self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return 0,
            _ => say(&self.to_string()),
        }
        match self {
            Self::Usage(_) => 2,
            Self::Refused(_) => 3,
            Self::Failed(_) | Self::Output(_) => 1,
        }
    }
}

/// Several remarks.
pub fn say_each(lines: &[String]) {
    for line in lines {
        say(line);
    }
}

/// A card on standard error: on a terminal each row is broken between words, and goes on behind its id.
pub fn say_card(rows: &[String]) {
    let stderr = io::stderr();
    if !stderr.is_terminal() {
        return say_text(&rows.join("\n"));
    }
    let columns = rustix::termios::tcgetwinsize(&stderr).map_or(0, |size| size.ws_col);
    for row in rows {
        let (id, words) = match row.split_once("  ") {
            Some((id, words)) if !id.contains(' ') => (format!("{id}  "), words),
            _ => (String::new(), row.as_str()),
        };
        say_text(&wrapped(&id, words, width(columns)).join("\n"));
    }
}

/// What text is broken to on a terminal of so many columns; 0: not known.
fn width(columns: u16) -> usize {
    match columns {
        0 => 80,
        columns => usize::from(columns).clamp(20, 100),
    }
}

/// Safe lines of at most this width; what goes on stands under what follows the label.
fn wrapped(label: &str, text: &str, width: usize) -> Vec<String> {
    let (label, text) = (sanitize::line(label), sanitize::line(text));
    let indent = " ".repeat(unicode_width::UnicodeWidthStr::width(&*label).min(width / 2));
    // A hyphen in a file's name is no place to break it.
    let options = textwrap::Options::new(width)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(&label)
        .subsequent_indent(&indent);
    let lines = textwrap::wrap(&text, options).into_iter();
    lines.map(|line| line.trim_end().to_owned()).collect()
}

/// Standard output. What people read is made safe to show; what programs read stays JSON.
#[derive(Debug)]
pub struct Out {
    to: io::BufWriter<io::Stdout>,
    terminal: bool,
    bold: bool,
    width: usize,
}

impl Out {
    /// Standard output as it is now.
    pub fn new(color: Color) -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let columns = rustix::termios::tcgetwinsize(&stdout).map_or(0, |size| size.ws_col);
        Self {
            to: io::BufWriter::new(stdout),
            terminal,
            bold: wants_color(color, terminal),
            width: width(columns),
        }
    }

    /// One line.
    pub fn line(&mut self, line: &str) -> Result<(), Fail> {
        writeln!(self.to, "{}", sanitize::line(line)).map_err(Fail::Output)
    }

    /// A word, a tab, and what it is.
    pub fn tabbed(&mut self, word: &str, what: &str) -> Result<(), Fail> {
        let (word, what) = (sanitize::line(word), sanitize::line(what));
        writeln!(self.to, "{word}\t{what}").map_err(Fail::Output)
    }

    /// A line that stands over others.
    pub fn heading(&mut self, line: &str) -> Result<(), Fail> {
        let line = sanitize::line(line);
        let (on, off) = if self.bold {
            ("\x1b[1m", "\x1b[0m")
        } else {
            ("", "")
        };
        writeln!(self.to, "{on}{line}{off}").map_err(Fail::Output)
    }

    /// Text whose line breaks stay.
    pub fn text(&mut self, text: &str) -> Result<(), Fail> {
        writeln!(self.to, "{}", sanitize::text(text)).map_err(Fail::Output)
    }

    /// A paragraph, broken to the width; `label` begins it and further lines stand under what follows it.
    pub fn paragraph(&mut self, label: &str, text: &str) -> Result<(), Fail> {
        for line in wrapped(label, text, self.width) {
            writeln!(self.to, "{line}").map_err(Fail::Output)?;
        }
        Ok(())
    }

    /// JSON or lines of it. On a terminal, characters that could steer it are written as their escapes.
    pub fn json(&mut self, text: &str) -> Result<(), Fail> {
        let written = if self.terminal {
            self.to.write_all(escaped(text).as_bytes())
        } else {
            self.to.write_all(text.as_bytes())
        };
        written.map_err(Fail::Output)?;
        if text.is_empty() || text.ends_with('\n') {
            return Ok(());
        }
        self.to.write_all(b"\n").map_err(Fail::Output)
    }

    /// A value as one JSON text.
    pub fn value(&mut self, value: &(impl serde::Serialize + ?Sized)) -> Result<(), Fail> {
        let text = serde_json::to_string(value);
        self.json(&laid_out(
            &text.map_err(|error| Fail::Failed(error.to_string()))?,
        ))
    }

    /// Bytes as they stand; to a terminal like [`Out::json`].
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Fail> {
        if self.terminal {
            return self.json(&String::from_utf8_lossy(bytes));
        }
        self.to.write_all(bytes).map_err(Fail::Output)
    }

    /// Bytes for the terminal itself, such as its bell, at once; elsewhere nothing.
    pub fn control(&mut self, bytes: &[u8]) -> Result<(), Fail> {
        if self.terminal {
            self.to.write_all(bytes).map_err(Fail::Output)?;
            self.flush()?;
        }
        Ok(())
    }

    /// Everything so far is out, or the error is told.
    pub fn flush(&mut self) -> Result<(), Fail> {
        self.to.flush().map_err(Fail::Output)
    }
}

/// Whether bold is wanted.
pub fn wants_color(color: Color, terminal: bool) -> bool {
    color.asked().unwrap_or(terminal && !no_color())
}

/// Whether the environment wants none.
pub fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// JSON with each character that is not safe to show as its escape. Such characters stand in strings only.
fn escaped(json: &str) -> String {
    use std::fmt::Write;

    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        let mut room = [0; 4];
        let alone: &str = c.encode_utf8(&mut room);
        if c == '\n' || (' '..='~').contains(&c) || sanitize::line(alone) == alone {
            safe.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(safe, "\\u{unit:04x}");
            }
        }
    }
    safe
}

/// JSON without blanks as `to_string_pretty` writes it, which would stand in the program once more for every type.
fn laid_out(json: &str) -> String {
    let mut text = String::with_capacity(2 * json.len());
    let (mut depth, mut quoted, mut before) = (0, false, ' ');
    for c in json.chars() {
        let closes = matches!(c, '}' | ']') && !quoted;
        depth -= usize::from(closes);
        let breaks = match before {
            _ if quoted => false,
            '{' | '[' => !closes,
            ',' => true,
            _ => closes,
        };
        if breaks {
            text.push('\n');
            text.extend(std::iter::repeat_n("  ", depth));
        }
        text.push(c);
        match c {
            '"' if !quoted || before != '\\' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            ':' if !quoted => text.push(' '),
            _ => {}
        }
        // A quotation mark behind two strokes is not escaped.
        before = if before == '\\' { ' ' } else { c };
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use serde_json::Value;

    fn some_json() -> impl Strategy<Value = Value> {
        let text = r#"[a-c"\\{}\[\],: \n]{0,6}"#;
        let plain = prop_oneof![
            Just(Value::Null),
            any::<i8>().prop_map(Value::from),
            text.prop_map(Value::from),
        ];
        plain.prop_recursive(4, 24, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((text, inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn json_is_laid_out_as_the_library_does_it(value in some_json()) {
            let expected = serde_json::to_string_pretty(&value).unwrap();
            prop_assert_eq!(super::laid_out(&value.to_string()), expected);
        }
    }

    #[test]
    fn a_row_of_a_card_is_broken_between_words_and_never_at_a_hyphen() {
        let words =
            "See a clinician before self-massage, by 'unkink safety --seen-by-clinician U8'";
        let lines = super::wrapped("U8  ", words, 32);
        assert_eq!(
            lines,
            [
                "U8  See a clinician before",
                "    self-massage, by 'unkink",
                "    safety --seen-by-clinician",
                "    U8'"
            ]
        );
    }

    #[test]
    fn json_on_a_terminal_says_the_same_without_steering_it() {
        let value = "plain \u{202e}\u{9b}31m\u{feff} é 腰 🙂 \u{e0041}";
        let json = serde_json::to_string(value).unwrap();
        let safe = super::escaped(&json);
        assert!(!safe.contains(['\u{9b}', '\u{202e}']), "{safe}");
        assert!(safe.contains("é 腰"));
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), value);
    }
}
