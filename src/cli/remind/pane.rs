//! One line of a terminal and single keys, without taking the screen; what was found is always given back.

use std::time::Duration;

use rustix::event::{PollFd, PollFlags};
use rustix::termios::{self, LocalModes, OptionalActions, SpecialCodeIndex, Termios};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::typed::{Key, Typed};
use crate::cli::out::Fail;
use crate::sanitize;
use crate::sys::wait::poll;
use crate::sys::{panics, terminal};

/// Between two parts of the line.
const GAP: &str = "  ";
/// Back to the start of the row, which is then empty.
const ROW: &str = "\r\x1b[K";
/// Pastes are marked as such, or no longer.
const MARK_PASTES: &str = "\x1b[?2004h";
const NO_MARKS: &str = "\x1b[?2004l";
/// Read at once at the most: a paste by somebody who holds the keys down.
const MOST: usize = 64 * 1024;

/// The terminal is gone.
#[derive(Debug)]
pub struct Gone;

/// The row that is ours, where there is one.
#[derive(Debug)]
pub struct Pane {
    bold: bool,
    /// The terminal's modes as they were found, while single keys are read.
    found: Option<Termios>,
    /// What the row shows.
    shown: Option<String>,
    typed: Typed,
}

impl Pane {
    /// Nothing is taken yet. `bold`: a break that is due may stand out.
    pub fn new(bold: bool) -> Self {
        Self {
            bold,
            found: None,
            shown: None,
            typed: Typed::default(),
        }
    }

    /// Reads single keys from here on, without echo, if this is a terminal and we are in front. Keys that send signals
    /// still do.
    pub fn take(&mut self) {
        if self.found.is_some() || !terminal::is_there() || !is_in_front() {
            return;
        }
        let stdin = rustix::stdio::stdin();
        let Ok(found) = termios::tcgetattr(stdin) else {
            return;
        };
        let mut modes = found.clone();
        modes
            .local_modes
            .remove(LocalModes::ICANON | LocalModes::ECHO);
        // With a Ctrl-C the terminal would throw away what is on its way out: what gives it back might be among it.
        modes.local_modes.insert(LocalModes::NOFLSH);
        modes.special_codes[SpecialCodeIndex::VMIN] = 0;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        if termios::tcsetattr(stdin, OptionalActions::Now, &modes).is_ok() {
            panics::give_back_by({
                let found = found.clone();
                move || give_back(Some(&found), true)
            });
            self.found = Some(found);
            self.typed = Typed::default();
            let _ = write(MARK_PASTES.as_bytes());
        }
    }

    /// Gives everything back, with the row empty.
    pub fn give_back(&mut self) {
        give_back(self.found.take().as_ref(), self.shown.take().is_some());
    }

    /// Whether one row shows how things stand; if not, each event is a line.
    pub fn is_one_line(&self) -> bool {
        self.found.is_some()
    }

    /// Whether keys are read.
    pub fn has_keys(&self) -> bool {
        self.found.is_some()
    }

    /// The row is to be painted anew.
    pub fn forget(&mut self) {
        if self.shown.is_some() {
            self.shown = Some(String::new());
        }
    }

    /// Paints the row with as many parts as find room, if it shows something else.
    pub fn show(&mut self, parts: &[String], stands_out: bool) -> Result<(), Fail> {
        let columns = termios::tcgetwinsize(rustix::stdio::stdout()).map_or(0, |size| size.ws_col);
        let columns = if columns == 0 { 80 } else { columns };
        // The last column stays free: some terminals wrap when it is filled.
        let row = fit(parts, usize::from(columns).saturating_sub(1));
        if self.shown.as_ref() == Some(&row) {
            return Ok(());
        }
        let bytes = if stands_out && self.bold {
            format!("{ROW}\x1b[1m{row}\x1b[0m")
        } else {
            format!("{ROW}{row}")
        };
        write(bytes.as_bytes()).map_err(|error| Fail::Output(error.into()))?;
        self.shown = Some(row);
        panics::test_panic("line");
        Ok(())
    }

    /// Sends bytes that show nothing, if there is a terminal that knows them.
    pub fn send_to_terminal(bytes: &[u8]) -> Result<(), Fail> {
        if !terminal::is_there() {
            return Ok(());
        }
        write(bytes).map_err(|error| Fail::Output(error.into()))
    }

    /// Reads the keys that were typed and mean something.
    pub fn read(&mut self) -> Result<Vec<Key>, Gone> {
        let stdin = rustix::stdio::stdin();
        let mut typed = Vec::new();
        let mut room = [0; 1024];
        loop {
            match rustix::io::read(stdin, &mut room) {
                Ok(read @ 1..) => typed.extend_from_slice(&room[..read]),
                Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => {}
                // It was ready, and there is nothing to read.
                Ok(_) | Err(_) => return Err(Gone),
            }
            // All that came together is looked at together.
            let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
            let more = poll(&mut fds, Some(Duration::ZERO)).is_ok_and(|ready| ready > 0);
            if !more || typed.len() > MOST {
                return Ok(self.typed.keys(&typed));
            }
        }
    }
}

/// The row empty, and the terminal's modes as they were found.
fn give_back(found: Option<&Termios>, is_shown: bool) {
    if found.is_some() {
        let _ = write(NO_MARKS.as_bytes());
    }
    if is_shown {
        let _ = write(ROW.as_bytes());
    }
    // Behind the shell's back the terminal is not ours to set; trying would stop us.
    if let Some(found) = found.filter(|_| is_in_front()) {
        let stdin = rustix::stdio::stdin();
        let _ = termios::tcsetattr(stdin, OptionalActions::Now, found);
    }
}

impl Drop for Pane {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// As many parts as find room, in order; the first is cut if it must be.
fn fit(parts: &[String], width: usize) -> String {
    let mut row = String::new();
    for part in parts {
        let part = sanitize::line(part);
        let gap = if row.is_empty() { "" } else { GAP };
        if row.width() + gap.len() + part.width() <= width {
            row += gap;
            row += &part;
        } else if row.is_empty() {
            for cluster in part.graphemes(true) {
                if row.width() + cluster.width() > width {
                    break;
                }
                row += cluster;
            }
        }
    }
    row
}

fn is_in_front() -> bool {
    termios::tcgetpgrp(rustix::stdio::stdin())
        .is_ok_and(|group| group == rustix::process::getpgrp())
}

fn write(mut bytes: &[u8]) -> rustix::io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(rustix::io::Errno::INTR) => {}
            // A terminal that is set so as not to wait and takes nothing: the next change paints the row anew.
            Err(rustix::io::Errno::AGAIN) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_row_leaves_out_what_comes_last_and_cuts_at_the_very_end() {
        let parts = ["next break in 12 min", "s start", "z +10 min", "q quit"].map(String::from);
        assert_eq!(
            fit(&parts, 79),
            "next break in 12 min  s start  z +10 min  q quit"
        );
        assert_eq!(fit(&parts, 39), "next break in 12 min  s start  q quit");
        assert_eq!(fit(&parts, 20), "next break in 12 min");
        assert_eq!(fit(&parts, 5), "next ");
        assert_eq!(fit(&parts, 0), "");
        assert_eq!(fit(&["腰腰腰".into()], 5), "腰腰");
        assert!(!fit(&["a\x1b[2J\nb".into()], 79).contains(char::is_control));
    }
}
