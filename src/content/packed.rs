//! Reads the built-in content as `build.rs` packs it: the values of the TOML files, each behind a letter for its kind,
//! texts and lists behind their lengths.
//!
//! Nothing has to be looked for, unescaped, or made room for more than once, and texts can be borrowed. JSON in its place
//! took 28 instructions a byte and was two thirds of all that the program itself did before the first frame. It is one
//! text, so that a length that lies makes an error and nothing worse.
//!
//! | value | packed |
//! | --- | --- |
//! | true, false | `t`, `f` |
//! | a whole number from 0 up | `i`, the number |
//! | a whole number below 0 | `n`, the number without its sign |
//! | another number | `d`, its text: length, bytes |
//! | a text | `s`, length, bytes |
//! | a list | `l`, how many, each value |
//! | a table | `m`, how many, for each the name (length, bytes) and the value |
//!
//! A number stands in bytes of six bits each, the lowest first; all but its last have the bit above set, too.

use serde::Deserialize;
use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// All of a packed text as one value.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    let mut packed = Packed { all: text, at: 0 };
    let value = T::deserialize(&mut packed)?;
    if packed.at == text.len() {
        Ok(value)
    } else {
        Err(Error::custom("more than one value"))
    }
}

/// A packed text, and where it is being read.
struct Packed<'de> {
    all: &'de str,
    at: usize,
}

impl<'de> Packed<'de> {
    #[inline]
    fn byte(&mut self) -> Result<u8, Error> {
        let byte = *self.all.as_bytes().get(self.at).ok_or_else(cut_off)?;
        self.at += 1;
        Ok(byte)
    }

    #[inline]
    fn kind(&mut self, wanted: u8) -> Result<(), Error> {
        match self.byte()? {
            kind if kind == wanted => Ok(()),
            kind => Err(unexpected(kind)),
        }
    }

    #[inline]
    fn number(&mut self) -> Result<u64, Error> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x3f) << shift;
            shift += 6;
            if byte & 0x40 == 0 {
                return Ok(number);
            }
            if shift > 54 {
                return Err(Error::custom("too long a number"));
            }
        }
    }

    #[inline]
    fn length(&mut self) -> Result<usize, Error> {
        self.number().map(|number| number as usize) // checked against what there is, where it is used
    }

    fn bytes(&mut self) -> Result<&'de str, Error> {
        let length = self.length()?;
        let end = self.at.saturating_add(length);
        let bytes = self.all.get(self.at..end).ok_or_else(cut_off)?;
        self.at = end;
        Ok(bytes)
    }

    fn text(&mut self) -> Result<&'de str, Error> {
        self.kind(b's')?;
        self.bytes()
    }
}

#[cold]
fn cut_off() -> Error {
    Error::custom("it ends too early")
}

#[cold]
fn unexpected(kind: u8) -> Error {
    Error::custom(format_args!("unexpected: {:?}", char::from(kind)))
}

impl<'de> Deserializer<'de> for &mut Packed<'de> {
    type Error = Error;

    /// No type of the content asks for whatever there is.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(unexpected(self.byte()?))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.byte()? {
            b't' => visitor.visit_bool(true),
            b'f' => visitor.visit_bool(false),
            kind => Err(unexpected(kind)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.kind(b'i')?;
        visitor.visit_u64(self.number()?)
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.byte()? {
            b'i' => visitor.visit_u64(self.number()?),
            b'n' => visitor.visit_i64(0_i64.saturating_sub_unsigned(self.number()?)),
            kind => Err(unexpected(kind)),
        }
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.byte()? {
            b'i' => visitor.visit_u64(self.number()?),
            b'd' => visitor.visit_f64(self.bytes()?.parse().map_err(Error::custom)?),
            kind => Err(unexpected(kind)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    /// What may be missing is there when it is asked for.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.kind(b'l')?;
        let left = self.length()?;
        visitor.visit_seq(Elements { packed: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.kind(b'm')?;
        let left = self.length()?;
        visitor.visit_map(Elements { packed: self, left })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    /// A variant by its name.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.text()?))
    }

    forward_to_deserialize_any! {
        i16 i32 i64 f32 char bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

/// What is left of a list or a table.
struct Elements<'p, 'de> {
    packed: &'p mut Packed<'de>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        seed.deserialize(&mut *self.packed).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Elements<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        let name = self.packed.bytes()?;
        seed.deserialize(BorrowedStrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(&mut *self.packed)
    }
}

#[cfg(test)]
mod tests {
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
}
