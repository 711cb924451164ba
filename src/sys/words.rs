//! A command that a person keeps in a variable, such as `EDITOR`, as words.
//!
//! As a shell splits: blanks between words, quotes and backslashes. Nothing else that a shell does is done, so that
//! nothing in it can run anything. Made here: the words may be of any bytes, and the error says what is not finished.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// The words, whatever bytes they are made of. The error says what is not finished.
pub fn split(line: &OsStr) -> Result<Vec<OsString>, String> {
    let mut words = Vec::new();
    // Quotes alone are a word, too: an empty one.
    let mut word: Option<Vec<u8>> = None;
    let mut bytes = line.as_bytes().iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b' ' | b'\t' | b'\n' => words.extend(word.take().map(OsString::from_vec)),
            b'\\' => {
                let next = bytes.next().ok_or("nothing follows the last \\")?;
                // Broken there, a line goes on.
                if next != b'\n' {
                    word.get_or_insert_default().push(next);
                }
            }
            b'\'' | b'"' => quoted(byte, &mut bytes, word.get_or_insert_default())?,
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word.map(OsString::from_vec));
    Ok(words)
}

/// What stands up to the closing quote. In double quotes a backslash takes only from some signs what they mean.
fn quoted(
    quote: u8,
    bytes: &mut impl Iterator<Item = u8>,
    word: &mut Vec<u8>,
) -> Result<(), String> {
    let open = || format!("{} is not closed", char::from(quote));
    loop {
        match bytes.next().ok_or_else(open)? {
            b'\\' if quote == b'"' => match bytes.next().ok_or_else(open)? {
                b'\n' => {}
                next @ (b'"' | b'\\' | b'$' | b'`') => word.push(next),
                other => word.extend([b'\\', other]),
            },
            byte if byte == quote => return Ok(()),
            byte => word.push(byte),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        let words = split(OsStr::new(line)).unwrap().into_iter();
        words.map(|word| word.into_string().unwrap()).collect()
    }

    #[test]
    fn a_line_is_split_as_a_shell_splits_it() {
        assert_eq!(words("  code\t--wait\n"), ["code", "--wait"]);
        assert_eq!(words(r"'/opt/ed sp' --wait"), ["/opt/ed sp", "--wait"]);
        assert_eq!(
            words(r#"/opt/ed\ sp "a 'b' \"c\" \x""#),
            ["/opt/ed sp", r#"a 'b' "c" \x"#]
        );
        assert_eq!(words(r#"e'm'"acs" '' "" 'a\b'"#), ["emacs", "", "", r"a\b"]);
        assert_eq!(words("a\\\nb"), ["ab"]);
        assert_eq!(words("$HOME/ed; `x` *"), ["$HOME/ed;", "`x`", "*"]);
        assert_eq!(words(" \n"), [""; 0]);
    }

    #[test]
    fn bytes_that_are_no_text_stay_as_they_are() {
        let words = split(OsStr::from_bytes(b"/\xff/ed -w")).unwrap();
        assert_eq!(words, [OsStr::from_bytes(b"/\xff/ed"), OsStr::new("-w")]);
    }

    #[test]
    fn what_is_not_finished_is_told() {
        let why = |line: &str| split(OsStr::new(line)).unwrap_err();
        assert_eq!(why("'a"), "' is not closed");
        assert_eq!(why(r#"x "a \""#), "\" is not closed");
        assert_eq!(why(r"x \"), r"nothing follows the last \");
    }
}
