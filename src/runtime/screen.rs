//! The screen: frames go out as one write each, without ever blocking, and only what the terminal takes.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::frame::Frames;
use super::terminal;

/// The terminal while it is ours.
#[derive(Debug)]
pub struct Screen {
    frames: Frames,
    /// On their way to the terminal.
    outbox: Vec<u8>,
    out: Arc<OwnedFd>,
    /// As the terminal says it.
    told: (u16, u16),
    /// As we paint it.
    size: (u16, u16),
    lost: bool,
    /// Whether the mouse is ours as well.
    mouse: bool,
}

impl Screen {
    /// Whether the mouse is ours as well.
    pub fn has_mouse(&self) -> bool {
        self.mouse
    }

    /// Takes the terminal.
    pub fn take(mouse: bool) -> io::Result<Self> {
        let out = terminal::open_out()?;
        terminal::take(&out)?;
        let mut outbox = Vec::new();
        terminal::queue_opening(&mut outbox, mouse)?;
        let told = terminal::size();
        let size = paintable(told);
        Ok(Self {
            frames: Frames::new(size),
            outbox,
            out,
            told,
            size,
            lost: false,
            mouse,
        })
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Asks the terminal for its size, which has changed; true when it is another one than before. The next frame is
    /// painted whole in any case: there and back between two looks, and the terminal has lost what was cut off.
    pub fn measure(&mut self) -> io::Result<bool> {
        let told = terminal::size();
        let other = told != self.told;
        (self.told, self.size) = (told, paintable(told));
        self.repaint()?;
        Ok(other)
    }

    /// Lets the next frame paint every cell.
    pub fn repaint(&mut self) -> io::Result<()> {
        terminal::queue_blank(&mut self.outbox)?;
        self.frames.restart(self.size);
        Ok(())
    }

    /// Draws a frame and sends as much of it as the terminal takes. One that changes nothing sends nothing.
    pub fn draw(&mut self, view: impl FnOnce(Rect, &mut Buffer)) {
        let frame = self.frames.draw(view);
        self.outbox.extend_from_slice(frame.as_bytes());
        self.send();
        self.frames.clear();
    }

    /// Sends these bytes in their turn.
    pub fn push(&mut self, bytes: &[u8]) {
        self.outbox.extend_from_slice(bytes);
        self.send();
    }

    /// Sends what is left, as far as the terminal takes it.
    pub fn send(&mut self) {
        if !terminal::is_ours() {
            self.outbox.clear();
        }
        let mut sent = 0;
        while sent < self.outbox.len() && !self.lost {
            match rustix::io::write(&self.out, &self.outbox[sent..]) {
                Ok(written) => sent += written,
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => break,
                Err(_) => self.lost = true,
            }
        }
        self.outbox.drain(..sent);
    }

    /// Whether a part of a frame waits for room: a new frame would only make the queue longer.
    pub fn is_behind(&self) -> bool {
        !self.outbox.is_empty() && !self.lost
    }

    /// Whether writing failed for good.
    pub fn is_lost(&self) -> bool {
        self.lost
    }

    /// Gives the terminal back for now. What was still queued is dropped: it is painted anew later.
    pub fn give_back(&mut self) {
        self.outbox.clear();
        terminal::give_back();
    }

    /// Gives the terminal back for good. What is left of a frame goes out first.
    pub fn leave(&mut self) {
        terminal::give_back_after(&std::mem::take(&mut self.outbox));
    }

    /// Takes the terminal again and paints it whole with the next frame.
    pub fn take_again(&mut self) -> io::Result<()> {
        terminal::take(&self.out)?;
        self.outbox.clear();
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
        self.leave();
    }
}

/// 80 by 24 where the terminal does not know its size; at most 1,000 by 500, whatever it says.
fn paintable((columns, rows): (u16, u16)) -> (u16, u16) {
    if columns == 0 || rows == 0 {
        (80, 24)
    } else {
        (columns.min(1000), rows.min(500))
    }
}
