//! An import of an array of entries, as `export --format json` writes it, one entry in memory at a time.

use std::cell::RefCell;
use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::rc::Rc;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::bounded::{Bounded, Count};
use super::entries::{Intake, Spot, Trouble};
use super::{Refused, input_failed};
use crate::domain::id::Id;
use crate::domain::record::Fields;
use crate::domain::storage::Failure;

/// Takes all entries in.
pub fn go_through(file: &File, intake: &mut Intake<'_>) -> Result<(), Refused> {
    let (reader, count) = Bounded::new(file).map_err(|error| input_failed(&error))?;
    let mut reader = serde_json::Deserializer::from_reader(BufReader::new(reader));
    let failed = RefCell::new(None);
    let read = reader.deserialize_seq(Entries {
        intake,
        count,
        failed: &failed,
    });
    if let Some(failure) = failed.take() {
        return Err(Refused::Disk(failure));
    }
    read.and_then(|()| reader.end())
        .map_err(|error| told(&error))
}

fn told(error: &serde_json::Error) -> Refused {
    if let Some(kind) = error.io_error_kind()
        && kind != std::io::ErrorKind::InvalidData
    {
        return input_failed(&kind.into());
    }
    let what = error.to_string();
    match what.rsplit_once(" at line ") {
        Some((what, place)) => {
            let place = place.replace(" column", ", column");
            Refused::because(format!("line {place}: {what}"))
        }
        None => Refused::because(what),
    }
}

struct Entries<'i, 'a> {
    intake: &'i mut Intake<'a>,
    count: Rc<Count>,
    failed: &'i RefCell<Option<Failure>>,
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of entries, such as [{\"rec\": ...}], as 'unkink export' writes it")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut number = 0_u64;
        while let Some(object) = seq.next_element::<Object>()? {
            number += 1;
            self.count.ended();
            let (rec, fields) = object.into_entry().map_err(A::Error::custom)?;
            let spot = Spot {
                noun: "entry",
                number,
            };
            let taken = self.intake.take(rec, &fields, spot);
            taken.map_err(|trouble| match trouble {
                Trouble::Input(why) => A::Error::custom(why),
                Trouble::Disk(failure) => {
                    *self.failed.borrow_mut() = Some(failure);
                    A::Error::custom("not written")
                }
            })?;
        }
        Ok(())
    }
}

/// The members of an entry, as they stand.
struct Object(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an entry: an object with 'rec' and its fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<String, Box<RawValue>>()? {
                    members.push(member);
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// The field that an exported name stands for: one called 'rec', or with a name like this, was given another.
fn field_of(name: &str) -> &str {
    let renamed = |rest: &&str| *rest == "rec" || rest.starts_with("set.");
    name.strip_prefix("set.").filter(renamed).unwrap_or(name)
}

impl Object {
    /// The record and its fields; names as the export makes them are turned back.
    fn into_entry(self) -> Result<(Id, Fields), String> {
        let mut rec = None;
        let mut fields = Fields::default();
        let mut names = std::collections::HashSet::new();
        for (name, raw) in self.0 {
            if !names.insert(name.clone()) {
                return Err(format!("'{name}' stands twice in this entry"));
            }
            if name == "rec" {
                let text: Option<String> = serde_json::from_str(raw.get()).ok();
                rec = text.filter(|text| !text.is_empty());
                if rec.is_none() {
                    return Err("this entry's 'rec' is not an id".to_owned());
                }
            } else {
                fields.push_raw(field_of(&name), raw);
            }
        }
        match rec {
            Some(rec) => Ok((Id::new(&rec), fields)),
            None => Err("this entry has no 'rec': it is none of an export".to_owned()),
        }
    }
}
