//! From a record's hash to its place among what was gathered, while a log is read.
//!
//! Half of the hash is kept with the place, eight bytes together: the whole one stands in the index already. The standard
//! library's map would hold all of it, 18 MB of a million lines just when most is in memory; this is 8 MB.

/// No place.
const NONE: u32 = u32::MAX;
/// The room to begin with; a power of two, as every later one.
const FIRST: usize = 1024;

/// Places by hash: each at the first free spot from where its hash says, at most seven eighths of the spots taken.
#[derive(Debug, Default)]
pub struct ByRec {
    /// The upper half of a hash, and the place.
    spots: Vec<(u32, u32)>,
    len: usize,
}

impl ByRec {
    /// The place that was put in with this hash. `hash_of`: the hash of a place.
    pub fn get(&self, hash: u64, hash_of: impl Fn(u32) -> u64) -> Option<u32> {
        if self.spots.is_empty() {
            return None;
        }
        let upper = upper(hash);
        let mut at = self.start(upper);
        loop {
            match self.spots[at] {
                (_, NONE) => return None,
                (known, place) if known == upper && hash_of(place) == hash => return Some(place),
                _ => at = self.next(at),
            }
        }
    }

    /// Puts in a place whose hash is known not to be there yet.
    pub fn put(&mut self, hash: u64, place: u32) {
        if self.len >= self.spots.len() / 8 * 7 {
            let more = (2 * self.spots.len()).max(FIRST);
            let old = std::mem::replace(&mut self.spots, vec![(0, NONE); more]);
            for (upper, place) in old.into_iter().filter(|&(_, place)| place != NONE) {
                self.set(upper, place);
            }
        }
        self.set(upper(hash), place);
        self.len += 1;
    }

    fn set(&mut self, upper: u32, place: u32) {
        let mut at = self.start(upper);
        while self.spots[at].1 != NONE {
            at = self.next(at);
        }
        self.spots[at] = (upper, place);
    }

    fn start(&self, upper: u32) -> usize {
        upper as usize & (self.spots.len() - 1)
    }

    fn next(&self, at: usize) -> usize {
        (at + 1) & (self.spots.len() - 1)
    }
}

fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hash_is_found_again_at_its_place_and_no_other_is() {
        // Many that begin at the same spot, and more than there is room for at first.
        let hashes: Vec<u64> = (0..5000).map(|n: u64| n | (n % 7) << 32).collect();
        let hash_of = |place: u32| hashes[place as usize];
        let mut by_rec = ByRec::default();
        assert_eq!(by_rec.get(0, hash_of), None);
        for (place, &hash) in (0..).zip(&hashes) {
            assert_eq!(by_rec.get(hash, hash_of), None);
            by_rec.put(hash, place);
        }
        for (place, &hash) in (0..).zip(&hashes) {
            assert_eq!(by_rec.get(hash, hash_of), Some(place));
        }
        assert_eq!(by_rec.get(5000, hash_of), None);
    }
}
