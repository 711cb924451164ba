//! Reads what the terminal has, in one go, and says when it is to be looked at again.

use std::collections::VecDeque;
use std::time::Duration;

use super::decode::{Decoder, Input};

/// So many bytes at once nobody types.
const FLOOD: usize = 64;

/// The terminal's input: what was read and not yet taken, and what has only begun.
#[derive(Debug, Default)]
pub struct Reader {
    decoder: Decoder,
    read: VecDeque<Input>,
    /// The monotonic time at which silence settles what has begun.
    settle_at: Option<Duration>,
}

impl Reader {
    /// Reads what there is now; it never blocks, the terminal's reads don't. The error means that it is gone; true, that
    /// there may well be more: a flood comes by up to 4,095 bytes. After a key or a few it is not looked for: what comes
    /// behind them wakes us again, and the frame need not wait for a look that finds nothing.
    pub fn fill(&mut self, now: Duration) -> rustix::io::Result<bool> {
        let mut room = [0; 8192];
        match rustix::io::read(rustix::stdio::stdin(), &mut room) {
            Ok(0) | Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => Ok(false),
            Ok(read) => {
                self.read.extend(self.decoder.push(&room[..read]));
                self.settle_at = self.decoder.patience().map(|patience| now + patience);
                Ok(read >= FLOOD)
            }
            Err(error) => Err(error),
        }
    }

    /// When to call [`Reader::settle`]; `None`: nothing has only begun.
    pub fn deadline(&self) -> Option<Duration> {
        self.settle_at
    }

    /// Settles what has begun and was not gone on with until now.
    pub fn settle(&mut self, now: Duration) {
        if self.settle_at.is_some_and(|at| at <= now) {
            self.settle_at = None;
            self.read.extend(self.decoder.settle());
        }
    }

    /// The next thing read.
    pub fn next(&mut self) -> Option<Input> {
        self.read.pop_front()
    }

    /// Whether something read was not yet taken.
    pub fn is_waiting(&self) -> bool {
        !self.read.is_empty()
    }
}
