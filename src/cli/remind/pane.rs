//! One line of a terminal and single keys, without taking the screen; what was found is always given back.

use std::io::IsTerminal;

use rustix::termios::{self, LocalModes, OptionalActions, SpecialCodeIndex, Termios};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::cli::out::Fail;
use crate::sanitize;

/// Between two parts of the line.
const GAP: &str = "  ";
/// Back to the start of the row, which is then empty.
const ROW: &str = "\r\x1b[K";
/// Pastes are marked as such, or no longer.
const MARK_PASTES: &str = "\x1b[?2004h";
const NO_MARKS: &str = "\x1b[?2004l";
/// More characters at once are a paste that was not marked.
const AT_ONCE: usize = 4;

/// A key that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Start what is offered.
    Start,
    /// Not now.
    Snooze,
    /// End.
    Quit,
}

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
}

impl Pane {
    /// Nothing is taken yet. `bold`: a break that is due may stand out.
    pub fn new(bold: bool) -> Self {
        Self {
            bold,
            found: None,
            shown: None,
        }
    }

    /// Reads single keys from here on, without echo, if this is a terminal and we are in front. Keys that send signals
    /// still do.
    pub fn take(&mut self) {
        if self.found.is_some() || !is_terminal() || !is_in_front() {
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
            self.found = Some(found);
            let _ = write(MARK_PASTES.as_bytes());
        }
    }

    /// Gives everything back, with the row empty.
    pub fn give_back(&mut self) {
        if self.found.is_some() {
            let _ = write(NO_MARKS.as_bytes());
        }
        if self.shown.take().is_some() {
            let _ = write(ROW.as_bytes());
        }
        // Behind the shell's back the terminal is not ours to set; trying would stop us.
        if let Some(found) = self.found.take().filter(|_| is_in_front()) {
            let stdin = rustix::stdio::stdin();
            let _ = termios::tcsetattr(stdin, OptionalActions::Now, &found);
        }
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
        Ok(())
    }

    /// Sends bytes that show nothing, if there is a terminal that knows them.
    pub fn send_to_terminal(bytes: &[u8]) -> Result<(), Fail> {
        if !is_terminal() {
            return Ok(());
        }
        write(bytes).map_err(|error| Fail::Output(error.into()))
    }

    /// Reads the keys that were typed and mean something.
    pub fn read() -> Result<Vec<Key>, Gone> {
        let mut room = [0; 1024];
        match rustix::io::read(rustix::stdio::stdin(), &mut room) {
            Ok(read @ 1..) => Ok(keys(&room[..read])),
            Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => Ok(Vec::new()),
            // It was ready, and there is nothing to read.
            Ok(_) | Err(_) => Err(Gone),
        }
    }
}

impl Drop for Pane {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// Keys by themselves: what other keys send as a sequence and what is pasted is text, never a command.
fn keys(typed: &[u8]) -> Vec<Key> {
    let mut plain = Vec::new();
    let mut rest = typed;
    while let Some((first, behind)) = rest.split_first() {
        if *first == 0x1b {
            rest = after_sequence(behind);
        } else {
            plain.push(*first);
            rest = behind;
        }
    }
    if plain.len() > AT_ONCE {
        return Vec::new();
    }
    let meaning = |byte| match byte {
        b'\r' | b'\n' | b's' => Some(Key::Start),
        b'z' => Some(Key::Snooze),
        b'q' | 0x04 => Some(Key::Quit),
        _ => None,
    };
    plain.into_iter().filter_map(meaning).collect()
}

/// What follows the sequence that an escape has begun; of a paste, what follows its end.
fn after_sequence(rest: &[u8]) -> &[u8] {
    match rest {
        [b'[', behind @ ..] => {
            if let Some(pasted) = behind.strip_prefix(b"200~") {
                let end = pasted.windows(6).position(|bytes| bytes == b"\x1b[201~");
                return end.map_or(&[], |end| &pasted[end + 6..]);
            }
            let end = behind.iter().position(|byte| (0x40..=0x7e).contains(byte));
            end.map_or(&[], |end| &behind[end + 1..])
        }
        [b'O', _, behind @ ..] | [_, behind @ ..] => behind,
        [] => &[],
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

fn is_terminal() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal() && !is_dumb
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

    #[test]
    fn only_keys_by_themselves_mean_something() {
        use Key::{Quit, Snooze, Start};

        assert_eq!(keys(b"s"), [Start]);
        assert_eq!(keys(b"\r"), [Start]);
        assert_eq!(keys(b"zq"), [Snooze, Quit]);
        assert_eq!(keys(b"\x1b[Az\x1bOP"), [Snooze]);
        assert_eq!(keys(b"\x1b[200~q s z\rq\x1b[201~z"), [Snooze]);
        for other in [
            &b"squeeze"[..],
            b"\x1b[A",
            b"\x1bq",
            b"x",
            b"\x1b[200~q",
            b"\x1b[",
        ] {
            assert_eq!(keys(other), [], "{other:?}");
        }
    }
}
