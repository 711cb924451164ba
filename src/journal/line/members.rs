//! The members of a line as JSON gives them: borrowed, each at most once, unknown ones passed over.
#![allow(missing_docs)] // they are named as in the line

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Text that is borrowed from the line unless it holds escapes.
pub struct Text<'a>(pub Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(TextVisitor)
    }
}

/// The members of `set`.
#[derive(Default)]
pub struct Pairs<'a> {
    /// Names and values; of a name that stands twice the last.
    pub pairs: Vec<(Cow<'a, str>, &'a RawValue)>,
    /// Whether a name stood twice.
    pub doubled: bool,
}

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields with their values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::with_capacity(8);
                while let Some(Text(name)) = map.next_key()? {
                    pairs.push((name, map.next_value::<&RawValue>()?));
                }
                let doubled = drop_earlier_namesakes(&mut pairs);
                Ok(Pairs { pairs, doubled })
            }
        }
        deserializer.deserialize_map(PairsVisitor)
    }
}

/// Of equal names only the last stays. Says whether there were any.
fn drop_earlier_namesakes(pairs: &mut Vec<(Cow<'_, str>, &RawValue)>) -> bool {
    let few = pairs.len() <= 40;
    let known = |at: usize| pairs[at + 1..].iter().any(|(name, _)| *name == pairs[at].0);
    if few && !(0..pairs.len()).any(known) {
        return false;
    }
    let mut names = std::collections::HashSet::new();
    let keep: Vec<bool> = pairs
        .iter()
        .rev()
        .map(|(name, _)| names.insert(name.clone()))
        .collect();
    let before = pairs.len();
    let mut keep = keep.iter().rev();
    pairs.retain(|_| *keep.next().unwrap_or(&true));
    pairs.len() < before
}

/// The members of a line of this version.
#[derive(Default)]
pub struct Members<'a> {
    pub v: Option<&'a RawValue>,
    pub op: Option<Text<'a>>,
    pub id: Option<Text<'a>>,
    pub rec: Option<Text<'a>>,
    pub of: Option<Text<'a>>,
    pub at: Option<&'a RawValue>,
    pub seen: Option<Vec<Text<'a>>>,
    pub set: Option<Pairs<'a>>,
    pub unset: Option<Vec<Text<'a>>>,
    /// How many members are called 'crc'.
    pub crcs: u32,
}

fn once<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    slot: &mut Option<T>,
    name: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(A::Error::duplicate_field(name));
    }
    *slot = Some(map.next_value()?);
    Ok(())
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an operation")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut to = Members::default();
                while let Some(Text(key)) = map.next_key()? {
                    match &*key {
                        "v" => once(&mut to.v, "v", &mut map)?,
                        "op" => once(&mut to.op, "op", &mut map)?,
                        "id" => once(&mut to.id, "id", &mut map)?,
                        "rec" => once(&mut to.rec, "rec", &mut map)?,
                        "of" => once(&mut to.of, "of", &mut map)?,
                        "at" => once(&mut to.at, "at", &mut map)?,
                        "seen" => once(&mut to.seen, "seen", &mut map)?,
                        "set" => once(&mut to.set, "set", &mut map)?,
                        "unset" => once(&mut to.unset, "unset", &mut map)?,
                        other => {
                            to.crcs += u32::from(other == "crc");
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(to)
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}
