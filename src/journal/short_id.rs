//! Ids as people type them: `last`, or any unique start or end of at least four characters.

use std::collections::HashSet;
use std::path::Path;

use super::Journal;
use super::line::{self, Line, Op};
use super::read;
use super::read::{Lines, Piece};
use crate::domain::id::Id;
use crate::domain::order;
use crate::domain::record::Entry;

/// The shortest piece of an id that is taken.
pub const SHORTEST: usize = 4;

/// Why a typed id names nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOne {
    /// Nothing begins or ends so, or there is no entry at all.
    None,
    /// Fewer than [`SHORTEST`] characters.
    TooShort,
    /// Several begin or end so: the first few of them.
    Several(Vec<Id>),
}

/// The one of these ids that is meant. In capitals it is found as well, where none is written so.
fn find<'a>(typed: &str, ids: impl Iterator<Item = &'a Id> + Clone) -> Result<Id, NotOne> {
    let small = typed.to_lowercase();
    match find_exactly(typed, ids.clone()) {
        Err(NotOne::None) if small != typed => find_exactly(&small, ids),
        found => found,
    }
}

fn find_exactly<'a>(typed: &str, ids: impl Iterator<Item = &'a Id>) -> Result<Id, NotOne> {
    let mut found: Vec<Id> = Vec::new();
    for id in ids {
        let text = id.to_string();
        if text == typed {
            return Ok(id.clone());
        }
        let part = typed.len() >= SHORTEST && (text.starts_with(typed) || text.ends_with(typed));
        if part && !found.contains(id) {
            found.push(id.clone());
        }
    }
    match found.len() {
        0 if typed.len() < SHORTEST => Err(NotOne::TooShort),
        0 => Err(NotOne::None),
        1 => Ok(found.remove(0)),
        _ => {
            found.truncate(5);
            Err(NotOne::Several(found))
        }
    }
}

/// The entry that is meant: `last` is the newest by its moment.
pub fn entry<'a>(typed: &str, entries: &'a [Entry]) -> Result<&'a Entry, NotOne> {
    if typed == "last" {
        return entries.last().ok_or(NotOne::None);
    }
    let rec = find(typed, entries.iter().map(|entry| &entry.rec))?;
    entries
        .iter()
        .rfind(|entry| entry.rec == rec)
        .ok_or(NotOne::None)
}

/// For each of many ids the shortest end that no other one has, of at least [`SHORTEST`] characters.
#[derive(Debug, Default)]
pub struct ShortIds {
    /// The last bytes of each id, the last one first; in order.
    tails: Vec<u128>,
    /// Of ids that have all these bytes in common; in order.
    alike: Vec<(Id, String)>,
}

/// Bytes that a tail holds.
const TAIL: usize = 16;

/// The last bytes of a text, the last one first.
fn tail(text: &str) -> u128 {
    let last = text.bytes().rev().take(TAIL);
    let shift = |at: usize| 8 * (TAIL - 1 - at);
    last.enumerate()
        .fold(0, |tail, (at, byte)| tail | u128::from(byte) << shift(at))
}

impl ShortIds {
    /// Over all of these.
    pub fn of<'a>(ids: impl Iterator<Item = &'a Id> + Clone) -> Self {
        let mut tails: Vec<u128> = ids.clone().map(|id| tail(&id.to_string())).collect();
        tails.sort_unstable();
        let doubled: Vec<u128> = (tails.windows(2))
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0])
            .collect();
        let mut alike = Vec::new();
        if !doubled.is_empty() {
            let is_doubled = |id: &&Id| doubled.binary_search(&tail(&id.to_string())).is_ok();
            let ids: Vec<&Id> = ids.filter(is_doubled).collect();
            let ends = shortest_ends(&ids);
            alike = ids.into_iter().cloned().zip(ends).collect();
            order::by(&mut alike, |a, b| a.0.cmp(&b.0));
        }
        tails.dedup();
        Self { tails, alike }
    }

    /// The end of one of them.
    pub fn get(&self, id: &Id) -> Option<String> {
        if let Ok(at) = self.alike.binary_search_by(|(known, _)| known.cmp(id)) {
            return Some(self.alike[at].1.clone());
        }
        let text = id.to_string();
        let own = tail(&text);
        let at = self.tails.binary_search(&own).ok()?;
        let around = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let around = around.filter_map(|at| self.tails.get(at));
        let common = around
            .map(|other| (own ^ other).leading_zeros() as usize / 8)
            .max();
        let bytes = common.map_or(0, |common| common + 1);
        let ends = text.char_indices().rev().enumerate();
        let mut ends =
            ends.filter(|&(chars, (at, _))| chars + 1 >= SHORTEST && text.len() - at >= bytes);
        let from = ends.next().map_or(0, |(_, (at, _))| at);
        Some(text[from..].to_owned())
    }
}

/// The same for a few.
fn shortest_ends(ids: &[&Id]) -> Vec<String> {
    let mut turned: Vec<(Box<str>, usize)> = (ids.iter().enumerate())
        .map(|(at, id)| (id.to_string().chars().rev().collect(), at))
        .collect();
    order::by(&mut turned, Ord::cmp);
    let common = |a: &str, b: &str| {
        let pairs = a.chars().zip(b.chars());
        pairs.take_while(|(a, b)| a == b).count()
    };
    let mut ends = vec![String::new(); ids.len()];
    for at in 0..turned.len() {
        let (text, place) = &turned[at];
        let before = at
            .checked_sub(1)
            .map_or(0, |before| common(&turned[before].0, text));
        let after = turned.get(at + 1).map_or(0, |after| common(&after.0, text));
        let length = (before.max(after) + 1).max(SHORTEST);
        ends[*place] = text
            .chars()
            .take(length)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
    }
    ends
}

impl Journal {
    /// The line that is meant, of whatever machine: what `undo OP` takes. Reads the files once more.
    pub fn find_op(&self, typed: &str) -> Result<Id, NotOne> {
        self.find_among(typed, |op| op.id)
    }

    /// The record that is meant, also one that was deleted or forgotten, or whose first line has not arrived. Reads the
    /// files once more.
    pub fn find_rec(&self, typed: &str) -> Result<Id, NotOne> {
        self.find_among(typed, |op| op.rec)
    }

    fn find_among(&self, typed: &str, which: fn(Op<'_>) -> Id) -> Result<Id, NotOne> {
        let dir = self.places().journal();
        let mut ids: HashSet<Id> = HashSet::new();
        let small = typed.to_lowercase();
        each_op(&dir, &mut |op| {
            let id = which(op);
            let text = id.to_string();
            let fits = |typed: &str| text.starts_with(typed) || text.ends_with(typed);
            if fits(typed) || fits(&small) {
                ids.insert(id);
            }
        });
        let mut ids: Vec<Id> = ids.into_iter().collect();
        ids.sort_unstable();
        find(typed, ids.iter())
    }
}

/// Every line of the files in this directory that can be read, in no order.
pub(super) fn each_op(dir: &Path, take: &mut dyn FnMut(Op<'_>)) {
    for name in read::names(dir).unwrap_or_default() {
        let Ok((file, _)) = read::open(&dir.join(name)) else {
            continue;
        };
        let mut lines = Lines::new(file, 0);
        let mut each = |piece: Piece<'_>| {
            if let Piece::Line { bytes, .. } = piece
                && let Line::Op(op) = line::parse(bytes)
            {
                take(op);
            }
        };
        while let Ok(true) = lines.step(&mut each) {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::record::{Fields, Marks};
    use proptest::prelude::*;

    fn ids(texts: &[&str]) -> Vec<Id> {
        texts.iter().map(|text| Id::new(text)).collect()
    }

    #[test]
    fn a_start_or_an_end_of_four_characters_names_an_id_if_it_is_the_only_one() {
        let known = ids(&["abcd-1111", "abce-2222", "zzzz-2222"]);
        let find = |typed: &str| super::find(typed, known.iter());
        assert_eq!(find("ABCE-2222"), Ok(known[1].clone()));
        assert_eq!(find("ZZZZ"), Ok(known[2].clone()));
        assert_eq!(find("1111"), Ok(known[0].clone()));
        assert_eq!(find("abce"), Ok(known[1].clone()));
        assert_eq!(find("abcd-1111"), Ok(known[0].clone()));
        assert_eq!(find("111"), Err(NotOne::TooShort));
        assert_eq!(find("3333"), Err(NotOne::None));
        assert_eq!(find("2222"), Err(NotOne::Several(known[1..].to_vec())));
        // An id in full is meant even where another one begins with it.
        let known = ids(&["same", "same-too"]);
        assert_eq!(super::find("same", known.iter()), Ok(known[0].clone()));
    }

    #[test]
    fn shortest_ends_find_their_entries_again() {
        let known = ids(&["a-11112222", "b-11112222", "c-3333", "d-43333", "same"]);
        let short = ShortIds::of(known.iter());
        let ends: Vec<String> = known.iter().map(|id| short.get(id).unwrap()).collect();
        assert_eq!(ends, ["a-11112222", "b-11112222", "-3333", "43333", "same"]);
        let entries: Vec<Entry> = (known.iter())
            .map(|id| Entry::read(id.clone(), &Fields::default(), Marks::default()))
            .collect();
        for (end, id) in ends.iter().zip(&known) {
            assert_eq!(&entry(end, &entries).unwrap().rec, id);
        }
        assert_eq!(short.get(&Id::new("unknown")), None);
        assert_eq!(entry("last", &entries).unwrap().rec, known[4]);
        assert_eq!(entry("last", &[]), Err(NotOne::None));
    }

    proptest! {
        #[test]
        fn short_ids_of_many_are_those_of_a_few(
            texts in proptest::collection::hash_set("[ab0é-]{1,5}|[ab]{1,2}0123456789abcdef0", 1..12),
        ) {
            let known: Vec<Id> = texts.iter().map(|text| Id::new(text)).collect();
            let short = ShortIds::of(known.iter());
            let few = shortest_ends(&known.iter().collect::<Vec<_>>());
            for (id, few) in known.iter().zip(few) {
                let end = short.get(id).unwrap();
                // Ids without a letter beyond ASCII have the very same.
                if texts.iter().all(|text| text.is_ascii()) {
                    prop_assert_eq!(&end, &few);
                }
                let with_it = known.iter().filter(|id| id.to_string().ends_with(&end)).count();
                prop_assert!(with_it == 1 || end == id.to_string(), "{}", end);
            }
        }
    }
}
