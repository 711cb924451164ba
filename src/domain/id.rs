//! Ids of records and of journal lines: compared as bytes, sixteen of them for the usual UUID.

use std::cmp::Ordering;
use std::fmt;

/// An id as it stands in the journal. Any text is one; ours are UUIDs of version 7, which sort by time.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Id(Form);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    /// A lower-case, hyphenated UUID, kept as its bytes: equal text, a third of the room.
    Uuid([u8; 16]),
    Other(Box<str>),
}

impl Id {
    /// Takes any text as it stands.
    pub fn new(text: &str) -> Self {
        match parse_canonical(text) {
            Some(bytes) => Self(Form::Uuid(bytes)),
            None => Self(Form::Other(text.into())),
        }
    }

    /// When it was made: milliseconds since 1970, as a UUID of version 7 says it; `None` for any other id.
    pub fn made_at_ms(&self) -> Option<i64> {
        match &self.0 {
            Form::Uuid(bytes) if bytes[6] >> 4 == 7 => {
                let stamp = bytes[..6].iter();
                Some(stamp.fold(0, |ms, byte| ms << 8 | i64::from(*byte)))
            }
            Form::Uuid(_) | Form::Other(_) => None,
        }
    }

    /// From the sixteen bytes of a UUID.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Form::Uuid(bytes))
    }
}

/// Where the two digits of each byte stand in the text.
const DIGITS: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/// The value of a lower-case hex digit; above 15 for anything else.
const VALUES: [u8; 256] = {
    let mut values = [0xff; 256];
    let mut digit = 0;
    while digit < 16 {
        values[b"0123456789abcdef"[digit as usize] as usize] = digit;
        digit += 1;
    }
    values
};

/// Every line of the log brings three: without branches on single digits.
fn parse_canonical(text: &str) -> Option<[u8; 16]> {
    let text: &[u8; 36] = text.as_bytes().try_into().ok()?;
    if [text[8], text[13], text[18], text[23]] != [b'-'; 4] {
        return None;
    }
    let mut bytes = [0; 16];
    let mut all = 0;
    for (byte, at) in bytes.iter_mut().zip(DIGITS) {
        let (high, low) = (VALUES[text[at] as usize], VALUES[text[at + 1] as usize]);
        all |= high | low;
        *byte = high << 4 | (low & 15);
    }
    (all < 16).then_some(bytes)
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Uuid(bytes) => {
                // A list of a million entries writes as many: no formatting of single bytes.
                let mut text = [b'-'; 36];
                for (byte, at) in bytes.iter().zip(DIGITS) {
                    text[at] = b"0123456789abcdef"[usize::from(byte >> 4)];
                    text[at + 1] = b"0123456789abcdef"[usize::from(byte & 15)];
                }
                f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
            }
            Form::Other(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            // Hyphens stand at the same places and hex digits sort as their values, so bytes sort as the text.
            (Form::Uuid(a), Form::Uuid(b)) => a.cmp(b),
            (Form::Other(a), Form::Other(b)) => a.as_bytes().cmp(b.as_bytes()),
            _ => self
                .to_string()
                .as_bytes()
                .cmp(other.to_string().as_bytes()),
        }
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ids_print_and_sort_as_their_text(a in "[0-9a-f-]{0,40}", b: [u8; 16], c: [u8; 16]) {
            let (b, c) = (Id::from_bytes(b), Id::from_bytes(c));
            prop_assert_eq!(Id::new(&a).to_string(), a.clone());
            prop_assert_eq!(&Id::new(&b.to_string()), &b);
            for (x, y) in [(Id::new(&a), b.clone()), (b, c)] {
                prop_assert_eq!(x.cmp(&y), x.to_string().as_bytes().cmp(y.to_string().as_bytes()));
            }
        }
    }
}
