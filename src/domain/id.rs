//! Ids of records and of journal lines: compared as bytes of their text, kept in sixteen bytes.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// An id as it stands in the journal. Any text is one; ours are UUIDs of version 7, which sort by time.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Id(Form);

/// Sixteen bytes: a UUID of version 7 leaves room to say that it is one. A log holds a million of them.
#[derive(PartialEq, Eq, Hash)]
enum Form {
    /// A lower-case, hyphenated UUID of version 7.
    Seven(Seven),
    /// Any other text, behind one word.
    Other(Box<Box<str>>),
}

/// Not derived: that asks to stand at each of the 70 places where one is cloned, instead of once.
impl Clone for Form {
    fn clone(&self) -> Self {
        match self {
            Self::Seven(seven) => Self::Seven(*seven),
            Self::Other(text) => Self::Other(text.clone()),
        }
    }
}

impl Id {
    /// Takes any text as it stands.
    pub fn new(text: &str) -> Self {
        let seven = parse_canonical(text).and_then(Seven::of_bytes);
        Self(seven.map_or_else(|| Form::Other(Box::new(text.into())), Form::Seven))
    }

    /// When it was made: milliseconds since 1970, as a UUID of version 7 says it; `None` for any other id.
    pub fn made_at_ms(&self) -> Option<i64> {
        let bytes = match &self.0 {
            Form::Seven(seven) => seven.bytes(),
            Form::Other(text) => parse_canonical(text)?,
        };
        let stamp = bytes[..6].iter();
        (bytes[6] >> 4 == 7).then(|| stamp.fold(0, |ms, byte| ms << 8 | i64::from(*byte)))
    }

    /// From the sixteen bytes of a UUID.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        match Seven::of_bytes(bytes) {
            Some(seven) => Self(Form::Seven(seven)),
            None => Self::new(text_of(bytes).as_str()),
        }
    }
}

/// The bits of a UUID of version 7 without those that every one has: 120 of them, then the last two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seven {
    high: [u8; 15],
    low: Low,
}

/// In one go: every line of the log hashes two or three.
impl Hash for Seven {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.bits());
    }
}

/// Two bits. The other 252 values of their byte are free to mark an id of another form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Low {
    Zero,
    One,
    Two,
    Three,
}

/// Where the random bits behind the variant begin.
const TAIL_BITS: u32 = 62;
/// The bits between version and variant.
const MIDDLE_BITS: u32 = 12;

impl Seven {
    /// `None` for one of another version or variant.
    fn of_bytes(bytes: [u8; 16]) -> Option<Self> {
        if bytes[6] >> 4 != 7 || bytes[8] >> 6 != 0b10 {
            return None;
        }
        let all = u128::from_be_bytes(bytes);
        let tail = all & ((1 << TAIL_BITS) - 1);
        let middle = all >> 64 & ((1 << MIDDLE_BITS) - 1);
        let bits = (all >> 80) << (TAIL_BITS + MIDDLE_BITS) | middle << TAIL_BITS | tail;
        let [_, high @ ..] = (bits >> 2).to_be_bytes();
        let low = match bits & 3 {
            0 => Low::Zero,
            1 => Low::One,
            2 => Low::Two,
            _ => Low::Three,
        };
        Some(Self { high, low })
    }

    fn bits(self) -> u128 {
        let mut bytes = [0; 16];
        bytes[1..].copy_from_slice(&self.high);
        u128::from_be_bytes(bytes) << 2 | self.low as u128
    }

    fn bytes(self) -> [u8; 16] {
        let bits = self.bits();
        let tail = bits & ((1 << TAIL_BITS) - 1);
        let middle = bits >> TAIL_BITS & ((1 << MIDDLE_BITS) - 1);
        let stamp = bits >> (TAIL_BITS + MIDDLE_BITS);
        (stamp << 80 | 7 << 76 | middle << 64 | 0b10 << TAIL_BITS | tail).to_be_bytes()
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

/// A UUID's text, without an allocation: a list of a million entries writes as many.
struct Text([u8; 36]);

impl Text {
    fn as_str(&self) -> &str {
        // Digits and hyphens alone.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

fn text_of(bytes: [u8; 16]) -> Text {
    let mut text = [b'-'; 36];
    for (byte, at) in bytes.iter().zip(DIGITS) {
        text[at] = b"0123456789abcdef"[usize::from(byte >> 4)];
        text[at + 1] = b"0123456789abcdef"[usize::from(byte & 15)];
    }
    Text(text)
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Seven(seven) => f.write_str(text_of(seven.bytes()).as_str()),
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
            (Form::Seven(a), Form::Seven(b)) => a.cmp(b),
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

    #[test]
    fn an_id_takes_sixteen_bytes_and_so_does_one_that_may_be_missing() {
        assert_eq!(size_of::<Id>(), 16);
        assert_eq!(size_of::<Option<Id>>(), 16);
    }

    #[test]
    fn a_version_seven_id_prints_as_it_came_and_says_when_it_was_made() {
        let text = "0197a5e3-41c7-7abc-bdef-0123456789ab";
        let id = Id::new(text);
        assert!(matches!(id.0, Form::Seven(_)));
        assert_eq!(id.to_string(), text);
        assert_eq!(id.made_at_ms(), Some(0x0197_a5e3_41c7));
        let other = "0197a5e3-41c7-7abc-fdef-0123456789ab";
        assert_eq!(Id::new(other).to_string(), other);
        assert_eq!(Id::new(other).made_at_ms(), Some(0x0197_a5e3_41c7));
        assert_eq!(Id::new(&text.replace("7abc", "4abc")).made_at_ms(), None);
    }

    proptest! {
        #[test]
        fn ids_print_and_sort_as_their_text(a in "[0-9a-f-]{0,40}", b: [u8; 16], c: [u8; 16]) {
            let seven = |mut bytes: [u8; 16]| {
                (bytes[6], bytes[8]) = (0x70 | bytes[6] & 15, 0x80 | bytes[8] & 63);
                Id::from_bytes(bytes)
            };
            let (d, e) = (seven(b), seven(c));
            let (b, c) = (Id::from_bytes(b), Id::from_bytes(c));
            prop_assert_eq!(Id::new(&d.to_string()).made_at_ms(), d.made_at_ms());
            prop_assert_eq!(Id::new(&a).to_string(), a.clone());
            for id in [&b, &d] {
                prop_assert_eq!(&Id::new(&id.to_string()), id);
            }
            let pairs = [(Id::new(&a), b.clone()), (b.clone(), c), (d.clone(), e), (d, b)];
            for (x, y) in pairs {
                prop_assert_eq!(x.cmp(&y), x.to_string().as_bytes().cmp(y.to_string().as_bytes()));
            }
        }
    }
}
