//! A technique or routine as the TOML file that people write: what JSON says of it, in its order.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

/// A value's file. The error is one line for people.
pub fn file(of: &impl Serialize) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string(of)?;
    let Part(item) = serde_json::from_str(&json)?;
    let table = item.into_table();
    table
        .map(|table| DocumentMut::from(table).to_string())
        .map_err(|_| serde_json::Error::custom("it is no table"))
}

/// A part of the file; nothing where JSON says null.
struct Part(Item);

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PartVisitor).map(Self)
    }
}

struct PartVisitor;

impl<'de> Visitor<'de> for PartVisitor {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what TOML can say")
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<Item, E> {
        Ok(value(yes))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Item, E> {
        Ok(value(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Item, E> {
        i64::try_from(number).map(value).map_err(E::custom)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Item, E> {
        Ok(value(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Item, E> {
        Ok(value(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Item, E> {
        Ok(Item::None)
    }

    /// Of tables one with a heading each, of anything else one in a line.
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Item, A::Error> {
        let (mut tables, mut values) = (ArrayOfTables::new(), Array::new());
        while let Some(Part(item)) = list.next_element()? {
            match item {
                Item::Table(table) => tables.push(table),
                Item::Value(value) => values.push(value),
                _ => {}
            }
        }
        Ok(if tables.is_empty() {
            value(Value::Array(values))
        } else {
            Item::ArrayOfTables(tables)
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
        let mut table = Table::new();
        while let Some(name) = map.next_key::<String>()? {
            let Part(item) = map.next_value()?;
            table.insert(&name, item);
        }
        Ok(Item::Table(table))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_technique_and_routine_is_written_as_the_toml_crate_writes_it() {
        let library = crate::content::built_in_library();
        for technique in &library.techniques {
            assert_eq!(
                file(technique).unwrap(),
                toml::to_string(technique).unwrap()
            );
        }
        for routine in &library.routines {
            assert_eq!(file(routine).unwrap(), toml::to_string(routine).unwrap());
        }
        let mut odd = library.techniques[0].clone();
        odd.name = "a \"b\" 'c' \\ \u{1b}[0m\nd".into();
        odd.good_for = vec![String::new(), "#\t'".into()];
        assert_eq!(file(&odd).unwrap(), toml::to_string(&odd).unwrap());
    }
}
