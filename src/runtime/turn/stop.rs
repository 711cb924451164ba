//! Stopping as a job of the shell, and going on.

use std::io;
use std::os::fd::AsFd;
use std::time::Duration;

use super::Loop;
use crate::app::message::Msg;
use crate::runtime::{terminal, wait};
use crate::sys::clock;
use crate::sys::signals::{self, Signal};

/// How long a stop waits for the disk.
const BEFORE_STOP: Duration = Duration::from_millis(300);
/// Continued in the background: how long a word to leave may follow.
const WORD: Duration = Duration::from_millis(100);

impl Loop<'_> {
    /// Gives the terminal back, stops, and takes it again when told to go on.
    pub(super) fn stop_and_go_on(&mut self, group: bool) -> io::Result<()> {
        if self.leave.is_under_way() {
            return Ok(());
        }
        self.screen.give_back();
        self.cues.rest();
        self.finish_asks()?;
        if let Some(running) = &self.beside {
            running.stop();
        }
        signals::stop_here(group);
        loop {
            let mut came = self.signals.take();
            let background = !terminal::is_in_foreground();
            if background && wait::readable(self.signals.as_fd(), WORD) {
                came.extend(self.signals.take());
            }
            self.now = clock::now();
            let leave = came.iter().find_map(Signal::leaves);
            if leave.is_none() && background && came.contains(&Signal::Continue) {
                // Continued behind the shell's back: the terminal is not ours to take.
                signals::stop_here(false);
                continue;
            }
            if let Some(running) = &self.beside {
                running.go_on();
            }
            self.feed(Msg::Resumed)?;
            // Our own stop is done with, but whoever told us to leave must not meet a taken terminal.
            return match leave {
                Some(code) => self.leave_now(code),
                None => self.take_terminal_again(),
            };
        }
    }

    /// Who stops may never be continued: what was asked is written first, unless the disk takes long.
    fn finish_asks(&mut self) -> io::Result<()> {
        let until = clock::mono() + BEFORE_STOP;
        while self.store.is_busy() {
            let left = until.saturating_sub(clock::mono());
            if left.is_zero() || !wait::readable(self.store.as_fd(), left) {
                break;
            }
            self.take_told()?;
        }
        Ok(())
    }

    pub(super) fn take_terminal_again(&mut self) -> io::Result<()> {
        if self.gone || self.leave.is_hurried() {
            return Ok(());
        }
        if self.screen.take_again().is_err() {
            return self.lose_terminal();
        }
        self.stale = true;
        // Who goes on looks; the terminal says when that is over.
        self.cues.looked_at(true);
        let (columns, rows) = self.screen.size();
        self.feed(Msg::Resize(columns, rows))?;
        self.show();
        Ok(())
    }
}
