//! From a hash to the slots that carry it, without a look at all of them: what a save asks of a log must not take longer
//! with a million lines than with none. Going through their hashes instead took a third of a millisecond each time, and
//! a save asked four times; this takes about a microsecond.
//!
//! Hashes are dealt onto chains by their last bits, about four to a chain, and each slot knows the one before it on its
//! chain: five bytes a line. The hashes themselves stand in the index already, and are handed in.

/// No slot.
const NONE: u32 = u32::MAX;
/// Slots to a chain, before there are made four times as many chains.
const MOST: usize = 8;
/// Chains to begin with; a power of two, as every later count.
const FIRST: usize = 64;

/// Chains of slots by their hashes.
#[derive(Debug, Default)]
pub struct Chains {
    /// The newest slot of each chain.
    newest: Vec<u32>,
    /// For each slot the one before it on its chain.
    before: Vec<u32>,
}

impl Chains {
    /// Takes in the slots that have come since. `hashes`: of all slots, in their order; 0 stands for none.
    pub fn follow(&mut self, hashes: &[u64]) {
        if self.newest.len() * MOST < hashes.len() || self.newest.is_empty() {
            let chains = (hashes.len() * 2 / MOST).next_power_of_two().max(FIRST);
            self.newest = vec![NONE; chains];
            self.before.clear();
        }
        let known = self.before.len();
        self.before.reserve(hashes.len() - known);
        let mask = self.newest.len() - 1;
        for (slot, &hash) in (known as u32..).zip(&hashes[known..]) {
            self.before.push(if hash == 0 {
                NONE
            } else {
                std::mem::replace(&mut self.newest[hash as usize & mask], slot)
            });
        }
    }

    /// The slots with this hash among those that were taken in, newest first. One whose hash was changed since is left
    /// out.
    pub fn slots<'a>(&'a self, hash: u64, hashes: &'a [u64]) -> impl Iterator<Item = u32> + 'a {
        let mask = self.newest.len().wrapping_sub(1);
        let mut next = self.newest.get(hash as usize & mask).copied();
        let on_chain = std::iter::from_fn(move || {
            let slot = next.filter(|&slot| slot != NONE)?;
            next = self.before.get(slot as usize).copied();
            Some(slot)
        });
        on_chain.filter(move |&slot| hashes[slot as usize] == hash)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn they_find_what_a_look_at_all_finds(
            parts in proptest::collection::vec(proptest::collection::vec(0..300_u64, 0..400), 0..6),
            cleared in 0..50_usize,
        ) {
            let (mut hashes, mut chains) = (Vec::new(), Chains::default());
            for part in parts {
                hashes.extend(part);
                chains.follow(&hashes);
                if let Some(hash) = hashes.get_mut(cleared) {
                    *hash = 0;
                }
                for wanted in 1..300 {
                    let all = (0..).zip(&hashes).filter(|(_, hash)| **hash == wanted);
                    let mut expected: Vec<u32> = all.map(|(slot, _)| slot).collect();
                    expected.reverse();
                    let found: Vec<u32> = chains.slots(wanted, &hashes).collect();
                    prop_assert_eq!(found, expected);
                }
            }
        }
    }

    #[test]
    fn nothing_is_found_where_nothing_was_taken_in() {
        assert_eq!(Chains::default().slots(7, &[]).next(), None);
    }
}
