//! Made-up numbers that are the same in every run: splitmix64, whose sequence no library's next version changes.

/// A sequence of numbers.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, 1.
    pub fn share(&mut self) -> f64 {
        // 53 bits are what the number can hold.
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of this likelihood happens.
    pub fn happens(&mut self, likelihood: f64) -> bool {
        self.share() < likelihood
    }

    /// Around 0, rarely beyond 2: the sum of a few, as many small causes add up.
    pub fn swing(&mut self) -> f64 {
        (0..6).map(|_| self.share()).sum::<f64>() * std::f64::consts::SQRT_2
            - 3.0 * std::f64::consts::SQRT_2
    }

    /// From 0 up to, not including, `below`.
    pub fn below(&mut self, below: u32) -> u32 {
        (self.share() * f64::from(below)) as u32
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len() as u32) as usize)
    }

    /// Sixteen bytes that pass for a UUID of version 7 of this moment, in milliseconds since 1970.
    pub fn id(&mut self, made_at_ms: i64) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&made_at_ms.to_be_bytes()[2..]);
        bytes[6..14].copy_from_slice(&self.next().to_be_bytes());
        bytes[14..].copy_from_slice(&self.next().to_be_bytes()[..2]);
        bytes[6] = 0x70 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        bytes
    }
}
