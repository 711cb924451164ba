//! What one typed line takes.

use crate::app::text_field::TextField;

/// The longest line, in bytes.
const LINE_MAX: usize = 80;
const TOO_LONG: &str = "This line holds 80 bytes. Nothing was changed.";

/// Puts text in at the cursor, breaks and tabs as blanks; the error says that it has no room.
pub fn put(line: &mut TextField, text: &str) -> Result<(), &'static str> {
    if line.insert(&text.replace(['\n', '\t'], " "), LINE_MAX) {
        Ok(())
    } else {
        Err(TOO_LONG)
    }
}
