//! Remarks for people, on standard error. That it is gone must not matter.

use std::io::Write;

use crate::sanitize;

/// One line.
pub fn say(line: &str) {
    let line = sanitize::line(line);
    let _ = writeln!(std::io::stderr(), "unkink: {line}");
}

/// Lines as they are.
pub fn say_text(text: &str) {
    let text = sanitize::text(text);
    let _ = writeln!(std::io::stderr(), "{text}");
}
