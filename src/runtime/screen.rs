//! The screen: frames go out as one write each, without ever blocking, and only what the terminal takes.

use std::cell::RefCell;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::rc::Rc;
use std::sync::Arc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::terminal;

/// What ratatui writes after a frame's cells. Should it change, empty frames are sent again, and nothing worse.
const AFTER_CELLS: &[u8] = b"\x1b[39m\x1b[49m\x1b[59m\x1b[0m";
/// All of that in short.
const PLAIN: &[u8] = b"\x1b[0m";
/// What it writes after that while there is no cursor.
const NO_CURSOR: &[u8] = b"\x1b[?25l";

/// Bytes on their way to the terminal.
#[derive(Debug, Clone, Default)]
struct Outbox(Rc<RefCell<Vec<u8>>>);

impl Write for Outbox {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Does nothing: the backend flushes in the middle of a frame. [`Screen::send`] sends the frame whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Painter = Terminal<CrosstermBackend<Outbox>>;

/// The terminal while it is ours.
#[derive(Debug)]
pub struct Screen {
    painter: Painter,
    outbox: Outbox,
    out: Arc<OwnedFd>,
    /// As the terminal says it.
    told: (u16, u16),
    /// What the last frame ended with, behind [`AFTER_CELLS`].
    cursor: Option<Vec<u8>>,
    /// As we paint it.
    size: (u16, u16),
    lost: bool,
    /// Whether the mouse is ours as well.
    mouse: bool,
}

impl Screen {
    /// Takes the terminal.
    pub fn take(mouse: bool) -> io::Result<Self> {
        let out = terminal::open_out()?;
        terminal::take(&out)?;
        let mut outbox = Outbox::default();
        terminal::queue_opening(&mut outbox, mouse)?;
        let told = terminal::size();
        let size = paintable(told);
        Ok(Self {
            painter: painter(outbox.clone(), size)?,
            outbox,
            out,
            told,
            cursor: None,
            size,
            lost: false,
            mouse,
        })
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Asks the terminal for its size; true when it is another one. Then the next frame is painted whole.
    pub fn measure(&mut self) -> io::Result<bool> {
        let told = terminal::size();
        let other = told != self.told;
        if other {
            (self.told, self.size) = (told, paintable(told));
            self.repaint()?;
        }
        Ok(other)
    }

    /// Lets the next frame paint every cell.
    pub fn repaint(&mut self) -> io::Result<()> {
        terminal::queue_blank(&mut self.outbox)?;
        self.painter = painter(self.outbox.clone(), self.size)?;
        self.cursor = None;
        Ok(())
    }

    /// Draws a frame and sends as much of it as the terminal takes. One that changes nothing sends nothing.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let before = self.outbox.0.borrow().len();
        self.painter.draw(view)?;
        {
            let mut bytes = self.outbox.0.borrow_mut();
            // Cells come first, then this, then what the cursor does.
            let cells_end = find(&bytes[before..], AFTER_CELLS).map(|end| before + end);
            let cursor = cells_end.map(|end| bytes[end + AFTER_CELLS.len()..].to_vec());
            if let Some(end) = cells_end {
                shorten(&mut bytes, before, end, cursor == self.cursor);
            }
            self.cursor = cursor;
        }
        self.send();
        Ok(())
    }

    /// Sends these bytes in their turn.
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.outbox.write_all(bytes)?;
        self.send();
        Ok(())
    }

    /// Sends what is left, as far as the terminal takes it.
    pub fn send(&mut self) {
        let mut bytes = self.outbox.0.borrow_mut();
        if !terminal::is_ours() {
            bytes.clear();
        }
        let mut sent = 0;
        while sent < bytes.len() && !self.lost {
            match rustix::io::write(&self.out, &bytes[sent..]) {
                Ok(written) => sent += written,
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => break,
                Err(_) => self.lost = true,
            }
        }
        bytes.drain(..sent);
    }

    /// Whether a part of a frame waits for room: a new frame would only make the queue longer.
    pub fn is_behind(&self) -> bool {
        !self.outbox.0.borrow().is_empty() && !self.lost
    }

    /// Whether writing failed for good.
    pub fn is_lost(&self) -> bool {
        self.lost
    }

    /// Gives the terminal back for now. What was still queued is dropped: it is painted anew later.
    pub fn give_back(&mut self) {
        self.outbox.0.borrow_mut().clear();
        terminal::give_back();
    }

    /// Takes the terminal again and paints it whole with the next frame.
    pub fn take_again(&mut self) -> io::Result<()> {
        terminal::take(&self.out)?;
        self.outbox.0.borrow_mut().clear();
        terminal::queue_opening(&mut self.outbox, self.mouse)?;
        self.told = terminal::size();
        self.size = paintable(self.told);
        self.repaint()
    }
}

impl AsFd for Screen {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.out.as_fd()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A cut-off frame would leave a torn sequence in front of the way back.
        if self.is_behind() && terminal::is_ours() {
            terminal::write_patiently(&self.out, &self.outbox.0.borrow());
        }
        terminal::give_back();
    }
}

/// Leaves out what changes nothing in a frame from `start` whose cells end at `end`: 22 of the 150 bytes that a countdown
/// writes every second, and all of a frame without cells. `same`: the cursor is as it was.
fn shorten(bytes: &mut Vec<u8>, start: usize, end: usize, same: bool) {
    let after = end + AFTER_CELLS.len();
    if same && end == start {
        bytes.truncate(start);
    } else if same && &bytes[after..] == NO_CURSOR {
        bytes.truncate(end);
        bytes.extend_from_slice(PLAIN);
    } else {
        bytes.splice(end..after, PLAIN.iter().copied());
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// 80 by 24 where the terminal does not know its size; at most 1,000 by 500, whatever it says.
fn paintable((columns, rows): (u16, u16)) -> (u16, u16) {
    if columns == 0 || rows == 0 {
        (80, 24)
    } else {
        (columns.min(1000), rows.min(500))
    }
}

/// Fixed to the size that we know: ratatui would ask for it before every frame.
fn painter(outbox: Outbox, (columns, rows): (u16, u16)) -> io::Result<Painter> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
    Terminal::with_options(CrosstermBackend::new(outbox), TerminalOptions { viewport })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortened(cells: &[u8], cursor: &[u8], same: bool) -> Vec<u8> {
        let mut bytes = [b"before", cells, AFTER_CELLS, cursor].concat();
        shorten(&mut bytes, 6, 6 + cells.len(), same);
        bytes
    }

    #[test]
    fn a_frame_is_sent_without_what_changes_nothing() {
        let shown = b"\x1b[?25h\x1b[3;4H";
        assert_eq!(shortened(b"", NO_CURSOR, true), b"before");
        assert_eq!(shortened(b"", shown, true), b"before");
        assert_eq!(shortened(b"x", NO_CURSOR, true), b"beforex\x1b[0m");
        // Cells leave the cursor behind them: it goes back to its place.
        let back = b"beforex\x1b[0m\x1b[?25h\x1b[3;4H";
        assert_eq!(shortened(b"x", shown, true), back);
        assert_eq!(shortened(b"", NO_CURSOR, false), b"before\x1b[0m\x1b[?25l");
    }

    #[test]
    fn ratatui_ends_its_frames_as_expected() -> io::Result<()> {
        let outbox = Outbox::default();
        let mut painter = painter(outbox.clone(), (4, 1))?;
        painter.draw(|frame| frame.render_widget("x", frame.area()))?;
        let end = [AFTER_CELLS, NO_CURSOR].concat();
        let sent = outbox.0.borrow().escape_ascii().to_string();
        assert!(sent.ends_with(&end.escape_ascii().to_string()), "{sent}");
        Ok(())
    }
}
