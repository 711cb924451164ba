//! Places of the body as they are typed and kept: regions with their side, and where a pain travels down to.

use std::fmt;

use super::{EndPoint, Region, Vocabulary, key, nearest};

/// A region with its side, as the log keeps it: 'belt-line:left'; cells of the midline have none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The region's id.
    pub region: String,
    /// `None` in the midline, or where a 'travels to' leaves it open.
    pub side: Option<PlaceSide>,
}

/// Which side of the back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum PlaceSide {
    Left,
    Right,
    Both,
}

impl PlaceSide {
    /// 'left', 'right' or 'both'.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Both => "both",
        }
    }

    fn read(text: &str) -> Result<Self, String> {
        match text {
            "left" | "l" => Ok(Self::Left),
            "right" | "r" => Ok(Self::Right),
            "both" => Ok(Self::Both),
            _ => Err(format!("'{text}' is no side: give left, right or both")),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.region)?;
        match self.side {
            Some(side) => write!(f, ":{}", side.word()),
            None => Ok(()),
        }
    }
}

impl Region {
    /// What `Vocabulary::place` takes for it: each of its sides, or in the midline the bare id.
    pub fn as_given(&self) -> Vec<String> {
        if self.midline {
            vec![self.id.clone()]
        } else {
            sides(&self.id).into()
        }
    }
}

impl Vocabulary {
    /// Reads 'belt-line:left'. Cells of the midline take no side, all others need one.
    pub fn place(&self, typed: &str) -> Result<Place, String> {
        let (name, side) = split(typed);
        let known =
            |region: &&Region| self::key(&region.id) == name || self::key(&region.label) == name;
        let Some(region) = self.regions.iter().find(known) else {
            return Err(unknown_place(
                "region",
                typed,
                self.regions_like(&name, side.as_deref()),
            ));
        };
        let id = &region.id;
        let side = match (region.midline, side) {
            (true, None) => None,
            (true, Some(_)) => {
                return Err(format!(
                    "'{id}' lies in the middle and has no side: give '{id}'"
                ));
            }
            (false, Some(side)) => {
                Some(PlaceSide::read(&side).map_err(|why| format!("region '{id}': {why}"))?)
            }
            (false, None) => {
                return Err(format!(
                    "region '{id}' needs a side: give {}",
                    one_of(&sides(id))
                ));
            }
        };
        Ok(Place {
            region: id.clone(),
            side,
        })
    }

    /// Every place that what is typed begins, regions and end points: with the side that was typed, or any.
    pub fn places_begun(&self, typed: &str) -> Vec<Place> {
        let (name, side) = split(typed);
        let side = side.filter(|side| !side.is_empty());
        let Ok(side) = side.map(|side| PlaceSide::read(&side)).transpose() else {
            return Vec::new();
        };
        let regions = self.regions.iter();
        let regions = regions.filter(|region| side.is_none() || !region.midline);
        let ids = regions.map(|region| region.id.as_str());
        let ids = ids.chain(self.travels_to.iter().map(|point| point.id.as_str()));
        let places = begun(&name, ids).into_iter().map(|id| Place {
            region: id.to_owned(),
            side,
        });
        places.collect()
    }

    /// The regions that a name which is none may mean, as they can be given: with the side that was typed, or every side.
    /// Nothing is taken for what it is not: 'back' is no back of a thigh. All of them, where none is likely.
    fn regions_like(&self, name: &str, side: Option<&str>) -> Result<Vec<String>, Vec<&str>> {
        let ids = self.regions.iter().map(|region| region.id.as_str());
        let like = like(name, ids.clone());
        let side = side.and_then(|side| PlaceSide::read(side).ok());
        let is_one = like.len() == 1;
        let given = like.into_iter().flat_map(|id| {
            let has_none = self.region(id).is_some_and(|region| region.midline);
            match side {
                _ if has_none => vec![id.to_owned()],
                Some(side) => vec![format!("{id}:{}", side.word())],
                None if is_one => sides(id).into(),
                None => vec![format!("{id}:left")],
            }
        });
        let given: Vec<String> = given.collect();
        if given.is_empty() {
            Err(ids.collect())
        } else {
            Ok(given)
        }
    }

    /// The same for end points, whose side may be left open.
    fn ends_like(&self, name: &str, side: Option<&str>) -> Result<Vec<String>, Vec<&str>> {
        let ids = self.travels_to.iter().map(|point| point.id.as_str());
        let side = side.and_then(|side| PlaceSide::read(side).ok());
        let side = side.map_or_else(String::new, |side| format!(":{}", side.word()));
        let given = like(name, ids.clone()).into_iter();
        let given: Vec<String> = given.map(|id| format!("{id}{side}")).collect();
        if given.is_empty() {
            Err(ids.collect())
        } else {
            Ok(given)
        }
    }

    /// Reads where a pain travels to: 'below-knee', 'foot:left'. The side may be left open.
    pub fn end_point(&self, typed: &str) -> Result<Place, String> {
        let (name, side) = split(typed);
        let known =
            |point: &&EndPoint| self::key(&point.id) == name || self::key(&point.label) == name;
        let Some(point) = self.travels_to.iter().find(known) else {
            return Err(unknown_place(
                "end point",
                typed,
                self.ends_like(&name, side.as_deref()),
            ));
        };
        let side = side
            .map(|side| PlaceSide::read(&side))
            .transpose()
            .map_err(|why| format!("end point '{}': {why}", point.id))?;
        Ok(Place {
            region: point.id.clone(),
            side,
        })
    }
}

/// 'Name:side' in the form that names are compared in.
fn split(typed: &str) -> (String, Option<String>) {
    match typed.rsplit_once(':') {
        Some((name, side)) => (key(name), Some(key(side))),
        None => (key(typed), None),
    }
}

/// `right`: what may have been meant, each as it can be given, or everything there is.
fn unknown_place(noun: &str, typed: &str, right: Result<Vec<String>, Vec<&str>>) -> String {
    let hint = match right {
        Ok(right) => format!("did you mean {}?", one_of(&right)),
        Err(all) => format!("the names are: {}", all.join(", ")),
    };
    format!("unknown {noun} '{}': {hint}", typed.trim())
}

/// The ids that begin with a typed name.
fn begun<'a>(name: &str, ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    ids.filter(|id| key(id).starts_with(name)).collect()
}

/// The ids that begin with a typed name of three letters or more; else the likeliest one.
fn like<'a>(name: &str, ids: impl Iterator<Item = &'a str> + Clone) -> Vec<&'a str> {
    if name.chars().count() >= 3 {
        let begun = begun(name, ids.clone());
        if !begun.is_empty() {
            return begun;
        }
    }
    nearest(name, ids).into_iter().collect()
}

/// A region that has sides, with each of them.
fn sides(id: &str) -> [String; 3] {
    ["left", "right", "both"].map(|side| format!("{id}:{side}"))
}

/// 'a', 'b' or 'c', each in quotation marks.
fn one_of(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    match &quoted[..] {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => quoted.concat(),
    }
}
