//! Reads content as `pack.rs` packs it, the built-in and a person's own alike: the values of TOML files, each behind a
//! letter for its kind, texts and lists behind their lengths.
//!
//! Nothing has to be looked for, unescaped, or made room for more than once, and texts can be borrowed. JSON in its place
//! took 28 instructions a byte and was two thirds of all that the program itself did before the first frame; `rmp-serde`
//! made the program 0.44 MB larger. It is one text, so that a length that lies makes an error and nothing worse.
//!
//! | value | packed |
//! | --- | --- |
//! | true, false | `t`, `f` |
//! | a whole number from 0 up | `i`, the number |
//! | a whole number below 0 | `n`, the number without its sign |
//! | another number | `d`, its text: length, bytes |
//! | a number that is too large for any type, such as 2^60 | `b`, its text |
//! | a date or a time, which nothing takes | `z`, its text |
//! | a text | `s`, length, bytes |
//! | a list | `l`, how many, each value |
//! | a table | `m`, how many, for each the name (length, bytes) and the value |
//!
//! A number stands in bytes of six bits each, the lowest first; all but its last have the bit above set, too.
//!
//! An error says what is wrong in words for people, and where in the packed text: at the value, at the name of a field
//! that there is not, at the table in which one is missing.

use serde::Deserialize;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, Expected, Unexpected};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::told::{Listed, Wrong};

/// Why a packed text could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub why: Wrong,
    /// Where in the text: the beginning of a name or value.
    pub at: usize,
}

/// All of a packed text as one value.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Fault> {
    let mut packed = Packed {
        all: text,
        at: 0,
        start: 0,
    };
    let why = match T::deserialize(&mut packed) {
        Ok(value) if packed.at == text.len() => return Ok(value),
        Ok(_) => Wrong::custom("more than one value"),
        Err(why) => why,
    };
    let at = packed.start;
    Err(Fault { why, at })
}

/// A number that is cut off or too long: more than any can be.
const BROKEN: u64 = u64::MAX;

/// A packed text, and where it is being read.
struct Packed<'de> {
    all: &'de str,
    at: usize,
    /// Where what is wrong begins. Set by whoever finds that, and at the end of each list and table to where that began,
    /// for the type may find it short of something: what reads well pays for no more.
    start: usize,
}

impl<'de> Packed<'de> {
    #[inline]
    fn byte(&mut self) -> Result<u8, Wrong> {
        let Some(&byte) = self.all.as_bytes().get(self.at) else {
            return Err(cut_off());
        };
        self.at += 1;
        Ok(byte)
    }

    #[inline]
    fn wanted(&mut self, wanted: u8, by: &dyn Expected) -> Result<(), Wrong> {
        if self.byte()? == wanted {
            Ok(())
        } else {
            Err(self.another(by))
        }
    }

    /// What to say of the value whose kind, which is not wanted, was just read.
    #[cold]
    fn another(&mut self, wanted: &dyn Expected) -> Wrong {
        self.at -= 1;
        self.start = self.at;
        self.given(wanted).unwrap_or_else(|broken| broken)
    }

    /// What a type made of a value that began there.
    #[inline]
    fn of<T>(&mut self, start: usize, made: Result<T, Wrong>) -> Result<T, Wrong> {
        if made.is_err() {
            self.start = start;
        }
        made
    }

    fn given(&mut self, wanted: &dyn Expected) -> Result<Wrong, Wrong> {
        let date;
        let given = match self.byte()? {
            b't' => Unexpected::Bool(true),
            b'f' => Unexpected::Bool(false),
            b'i' => Unexpected::Unsigned(self.number()?),
            b'n' => Unexpected::Signed(self.negative()?),
            b'd' => Unexpected::Float(self.float()?),
            b'b' => Unexpected::Other(self.bytes()?),
            b's' => Unexpected::Str(self.bytes()?),
            b'l' => Unexpected::Seq,
            b'm' => Unexpected::Map,
            b'z' => {
                date = format!("the date {}", self.bytes()?);
                Unexpected::Other(&date)
            }
            kind => return Err(Wrong::custom(format_args!("no kind: {kind}"))),
        };
        Ok(Wrong::invalid_type(given, wanted))
    }

    /// A number, or [`BROKEN`], so that what is read well meets no error on its way.
    #[inline]
    fn count(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        while let Some(&byte) = self.all.as_bytes().get(self.at) {
            self.at += 1;
            number |= u64::from(byte & 0x3f) << shift;
            shift += 6;
            if byte & 0x40 == 0 {
                return number;
            }
            if shift > 54 {
                break;
            }
        }
        BROKEN
    }

    #[inline]
    fn number(&mut self) -> Result<u64, Wrong> {
        match self.count() {
            BROKEN => Err(cut_off()),
            number => Ok(number),
        }
    }

    fn negative(&mut self) -> Result<i64, Wrong> {
        Ok(0_i64.saturating_sub_unsigned(self.number()?))
    }

    fn float(&mut self) -> Result<f64, Wrong> {
        self.bytes()?.parse().map_err(Wrong::custom)
    }

    fn bytes(&mut self) -> Result<&'de str, Wrong> {
        // A length that lies, or is broken, reaches beyond the end.
        let length = self.count() as usize;
        let end = self.at.saturating_add(length);
        let Some(bytes) = self.all.get(self.at..end) else {
            return Err(cut_off());
        };
        self.at = end;
        Ok(bytes)
    }

    fn text(&mut self, by: &dyn Expected) -> Result<&'de str, Wrong> {
        self.wanted(b's', by)?;
        self.bytes()
    }

    /// What is in the list or table whose kind was just read.
    #[inline]
    fn elements(&mut self) -> Result<Elements<'_, 'de>, Wrong> {
        let (start, left) = (self.at - 1, self.number()? as usize);
        Ok(Elements {
            packed: self,
            start,
            left,
        })
    }
}

#[cold]
#[inline(never)]
fn cut_off() -> Wrong {
    Wrong::custom("it ends too early")
}

impl<'de> Deserializer<'de> for &mut Packed<'de> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let start = self.at;
        let made = match self.byte()? {
            b't' => visitor.visit_bool(true),
            b'f' => visitor.visit_bool(false),
            b'i' => visitor.visit_u64(self.number()?),
            b'n' => visitor.visit_i64(self.negative()?),
            b'd' => visitor.visit_f64(self.float()?),
            b's' => visitor.visit_borrowed_str(self.bytes()?),
            b'l' => return visitor.visit_seq(self.elements()?),
            b'm' => return visitor.visit_map(self.elements()?),
            _ => Err(self.another(&visitor)),
        };
        self.of(start, made)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.byte()? {
            b't' => visitor.visit_bool(true),
            b'f' => visitor.visit_bool(false),
            _ => Err(self.another(&visitor)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let start = self.at;
        self.wanted(b'i', &visitor)?;
        let made = visitor.visit_u64(self.number()?);
        self.of(start, made)
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let start = self.at;
        let made = match self.byte()? {
            b'i' => visitor.visit_u64(self.number()?),
            b'n' => visitor.visit_i64(self.negative()?),
            _ => Err(self.another(&visitor)),
        };
        self.of(start, made)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.byte()? {
            b'i' => visitor.visit_u64(self.number()?),
            b'n' => visitor.visit_i64(self.negative()?),
            b'd' => visitor.visit_f64(self.float()?),
            _ => Err(self.another(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let start = self.at;
        let text = self.text(&visitor)?;
        let made = visitor.visit_borrowed_str(text);
        self.of(start, made)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    /// What may be missing is there when it is asked for.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.wanted(b'l', &visitor)?;
        visitor.visit_seq(self.elements()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        wanted: usize,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.wanted(b'l', &visitor)?;
        let elements = self.elements()?;
        if elements.left != wanted {
            elements.packed.start = elements.start;
            return Err(Wrong::invalid_length(elements.left, &visitor));
        }
        visitor.visit_seq(elements)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.wanted(b'm', &visitor)?;
        visitor.visit_map(self.elements()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.wanted(b'm', &Listed("a table of", fields))?;
        visitor.visit_map(self.elements()?)
    }

    /// A variant by its name.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let start = self.at;
        let name = self.text(&Listed("one of", names))?;
        let made = visitor.visit_enum(BorrowedStrDeserializer::new(name));
        self.of(start, made)
    }

    forward_to_deserialize_any! {
        i16 i32 i64 f32 char bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

/// What is left of a list or a table.
struct Elements<'p, 'de> {
    packed: &'p mut Packed<'de>,
    start: usize,
    left: usize,
}

impl Elements<'_, '_> {
    /// Whether there is one more; if not, what is missing is missing in the whole.
    #[inline]
    fn has_next(&mut self) -> bool {
        let Some(left) = self.left.checked_sub(1) else {
            self.packed.start = self.start;
            return false;
        };
        self.left = left;
        true
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        if !self.has_next() {
            return Ok(None);
        }
        seed.deserialize(&mut *self.packed).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Elements<'_, 'de> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Wrong> {
        if !self.has_next() {
            return Ok(None);
        }
        let start = self.packed.at;
        let name = self.packed.bytes()?;
        let made = seed.deserialize(BorrowedStrDeserializer::new(name));
        self.packed.of(start, made).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Wrong> {
        seed.deserialize(&mut *self.packed)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use toml::de::DeTable;

    use super::super::pack::Pack;
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Thing {
        name: String,
        size: Option<u16>,
        factor: f64,
        round: bool,
        parts: Vec<String>,
    }

    const THING: &str = "m\u{5}\u{4}names\u{3}äb\u{4}sizei\u{68}\u{4}\u{6}factord\u{3}0.5\u{5}roundt\u{5}partsl\u{2}s\u{0}s\u{1}x";

    #[test]
    fn each_kind_of_value_is_read_as_it_was_packed() {
        let thing = Thing {
            name: "äb".into(),
            size: Some(40 + 4 * 64),
            factor: 0.5,
            round: true,
            parts: vec![String::new(), "x".into()],
        };
        assert_eq!(read(THING), Ok(thing));
        assert_eq!(read("i\u{3f}"), Ok(63_u64));
        assert_eq!(read("i\u{7f}\u{1}"), Ok(127_u64));
        assert_eq!((read("n\u{1}"), read("i\u{1}")), (Ok(-1_i8), Ok(1_i8)));
    }

    #[test]
    fn whatever_is_broken_is_an_error() {
        for at in (0..THING.len()).filter(|&at| THING.is_char_boundary(at)) {
            assert!(read::<Thing>(&THING[..at]).is_err(), "cut off at {at}");
        }
        let more = format!("{THING}t");
        assert!(read::<Thing>(&more).is_err());
        let unknown = THING.replace("round", "squar");
        assert!(read::<Thing>(&unknown).is_err());
        // A length that ends within a letter, a number without end, another kind.
        for text in [
            "s\u{1}ä",
            "i\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{1}",
            "l\u{0}",
        ] {
            assert!(
                read::<String>(text).is_err() && read::<u64>(text).is_err(),
                "{text:?}"
            );
        }
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Odd {
        text: String,
        small: u8,
        signed: Option<i8>,
        #[serde(default)]
        factor: f64,
        yes: Option<bool>,
        pair: Option<[u16; 2]>,
        word: Option<Word>,
        #[serde(default)]
        list: Vec<String>,
        #[serde(default)]
        inner: Vec<Inner>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        text: String,
        small: Option<u32>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Word {
        OneWay,
        Another,
    }

    fn packed_from(text: &str) -> Option<Pack> {
        let table = DeTable::parse(text).ok()?;
        let mut pack = Pack::default();
        pack.table(table.get_ref(), table.span().start);
        Some(pack)
    }

    /// Values that fit some field, and others.
    fn value() -> impl Strategy<Value = String> {
        let plain = prop_oneof![
            Just("true".to_owned()),
            (-300_i64..300).prop_map(|number| number.to_string()),
            any::<i64>().prop_map(|number| number.to_string()),
            any::<u16>().prop_map(|number| format!("0x{number:x}")),
            Just("99999999999999999999".to_owned()),
            Just("-99999999999999999999".to_owned()),
            Just("1e999".to_owned()),
            Just("-0".to_owned()),
            (-1e3..1e3).prop_map(|number: f64| format!("{number:?}")),
            Just("2024-02-29".to_owned()),
            Just("'one-way'".to_owned()),
            "[a-zäß€ ]{0,80}".prop_map(|text| format!("\"{text}\"")),
        ];
        plain.prop_recursive(2, 12, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3)
                    .prop_map(|list| format!("[{}]", list.join(", "))),
                (inner.clone(), inner)
                    .prop_map(|(text, small)| format!("{{ text = {text}, small = {small} }}")),
            ]
        })
    }

    /// Lines of a file: fields that there are, and now and then another.
    fn file() -> impl Strategy<Value = String> {
        let names = [
            "text", "small", "signed", "factor", "yes", "pair", "word", "list", "inner", "other",
        ];
        let fitting = [
            "text = 'a'",
            "small = 255",
            "signed = -128",
            "factor = -1",
            "yes = false",
            "pair = [1, 65535]",
            "word = 'another'",
            "list = ['', \"ä\\n\"]",
            "inner = [{ text = 'a' }, { text = '', small = 7 }]",
        ];
        let field = |at: usize| {
            let fits = fitting.get(at).map_or(0, |_| 9);
            let fitting = fitting.get(at).copied().unwrap_or_default().to_owned();
            let any = value().prop_map(move |value| format!("{} = {value}", names[at]));
            prop_oneof![
                fits => Just(fitting),
                1 => any,
                1 => Just(String::new()),
            ]
        };
        let fields: Vec<_> = (0..names.len() - 1).map(field).collect();
        fields.prop_map(|lines| lines.join("\n"))
    }

    /// Whether a file gives what only one of the two takes: a table as a list of its values, a list with too many, or a
    /// number that nothing needs.
    fn is_taken_by_toml_alone(why: &str) -> bool {
        why.contains("a table of: ")
            || why.starts_with("a list of ")
            || why.ends_with("is too large a number")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn packed_and_read_a_file_is_what_toml_s_own_reading_makes_of_it(text in file()) {
            let pack = packed_from(&text).unwrap();
            let ours = read::<Odd>(&pack.text);
            match (ours, toml::from_str::<Odd>(&text)) {
                (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs),
                (Err(_), Err(_)) => {}
                (Err(fault), Ok(_)) => {
                    let why = fault.why.to_string();
                    prop_assert!(is_taken_by_toml_alone(&why), "{}\n{}", why, text);
                }
                (Ok(_), Err(error)) => prop_assert!(false, "{}\n{}", error, text),
            }
        }

        #[test]
        fn an_error_stands_where_toml_s_own_reading_puts_it(text in file()) {
            let pack = packed_from(&text).unwrap();
            if let (Err(fault), Err(error)) = (read::<Odd>(&pack.text), toml::from_str::<Odd>(&text)) {
                // Of a list its count comes first here.
                prop_assume!(!is_taken_by_toml_alone(&fault.why.to_string()));
                let at = pack.origin(fault.at);
                let theirs = error.span().map(|span| span.start);
                prop_assert_eq!(Some(at), theirs, "{}\n{}\n{}", fault.why, error, text);
            }
        }

        #[test]
        fn a_broken_text_is_an_error_or_a_value_and_no_more(
            text in file(),
            cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..0x80), 0..4),
        ) {
            let mut bytes = packed_from(&text).unwrap().text.into_bytes();
            for (at, byte) in cuts {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let broken = String::from_utf8_lossy(&bytes);
            let _ = read::<Odd>(&broken);
            let _ = read::<Vec<String>>(&broken);
            let _ = read::<serde::de::IgnoredAny>(&broken);
        }

        #[test]
        fn a_broken_file_is_no_toml_or_read_like_any(
            text in file(),
            cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<char>()), 1..4),
        ) {
            let mut letters: Vec<char> = text.chars().chain(['\n']).collect();
            for (at, letter) in cuts {
                let at = at.index(letters.len());
                letters[at] = letter;
            }
            let text: String = letters.into_iter().collect();
            if let Some(pack) = packed_from(&text) {
                let _ = read::<Odd>(&pack.text);
            }
        }
    }
}
