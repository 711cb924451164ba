//! Takes the terminal and always gives it back as it was found.
//!
//! Raw mode, the alternate screen, bracketed paste, focus events and the hidden cursor are taken together and given back together:
//! on return, on a stop, before a panic's message. What was found is kept in one static place, so that the panic hook
//! reaches it.

use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::queue;
use crossterm::style::ResetColor;
use crossterm::terminal::{
    Clear, ClearType, DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen,
};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{self, OptionalActions, SpecialCodeIndex, Termios};

use super::wait;
use crate::sys::clock;

/// How long a terminal that takes no output may hold up our leaving: a stalled line should still be given back, and
/// with a disk that hangs as well the whole must end within 2 s.
const PATIENCE: Duration = Duration::from_millis(450);

/// Presses and the wheel, in numbers of any size. Nothing that moves: a hand on the mouse must not wake us.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// Also where it was never on: a program before us may have left it so.
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// The terminal as it was found, and the way to write to it.
struct Found {
    modes: Termios,
    out: Arc<OwnedFd>,
}

static FOUND: Mutex<Option<Found>> = Mutex::new(None);
/// Whether it is ours just now.
static OURS: AtomicBool = AtomicBool::new(false);

/// Opens standard output's terminal once more, so that writing without blocking does not change it for the shell.
pub fn open_out() -> io::Result<Arc<OwnedFd>> {
    let flags = OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let stdout = rustix::stdio::stdout();
    let name = termios::ttyname(stdout, Vec::new());
    let again = name.and_then(|name| rustix::fs::open(name, flags, Mode::empty()));
    // A terminal from outside this mount namespace has no name here: then writing may block.
    let out = match again {
        Ok(out) => out,
        Err(_) => rustix::io::fcntl_dupfd_cloexec(stdout, 3)?,
    };
    Ok(Arc::new(out))
}

/// Takes the terminal. Found modes are read only when it is not ours already: after a SIGSTOP it still is.
pub fn take(out: &Arc<OwnedFd>) -> io::Result<()> {
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    let stdin = rustix::stdio::stdin();
    let modes = match &*found {
        Some(found) => found.modes.clone(),
        None => termios::tcgetattr(stdin)?,
    };
    let mut raw = modes.clone();
    raw.make_raw();
    // A read gives what there is: half an escape sequence must not hold up the clock until its other half comes.
    raw.special_codes[SpecialCodeIndex::VMIN] = 0;
    raw.special_codes[SpecialCodeIndex::VTIME] = 0;
    termios::tcsetattr(stdin, OptionalActions::Now, &raw)?;
    *found = Some(Found {
        modes,
        out: Arc::clone(out),
    });
    OURS.store(true, Ordering::SeqCst);
    Ok(())
}

/// What makes the screen ours, to be sent before the first frame: alternate screen, cleared (some terminals have none
/// and keep their text), bracketed paste and focus events on, cursor hidden. No wrapping at the right edge: a cluster that a terminal
/// paints wider than we count must not spill into the next row.
pub fn queue_opening(to: &mut impl Write, mouse: bool) -> io::Result<()> {
    queue!(to, EnterAlternateScreen)?;
    queue_blank(to)?;
    queue!(to, DisableLineWrap, EnableBracketedPaste)?;
    queue!(to, EnableFocusChange)?;
    if mouse {
        to.write_all(MOUSE_ON)?;
    }
    Ok(())
}

/// The way back. The screen is cleared first for terminals without an alternate one: the log is nobody else's.
fn queue_closing(to: &mut impl Write) -> io::Result<()> {
    queue_blank(to)?;
    to.write_all(MOUSE_OFF)?;
    queue!(to, DisableFocusChange, EnableLineWrap)?;
    queue!(to, DisableBracketedPaste, LeaveAlternateScreen, Show)
}

/// An empty screen in plain style, without a cursor.
pub fn queue_blank(to: &mut impl Write) -> io::Result<()> {
    queue!(to, ResetColor, Clear(ClearType::All), MoveTo(0, 0), Hide)
}

/// Whether the terminal is ours just now; what is not ours must not be written to.
pub fn is_ours() -> bool {
    OURS.load(Ordering::SeqCst)
}

/// Gives the terminal back if it is ours. Errors have nowhere to go: it may be gone.
pub fn give_back() {
    give_back_after(&[]);
}

/// The same, once the rest of a frame that was cut off is out: torn, it would swallow the beginning of the way back.
pub fn give_back_after(rest: &[u8]) {
    // Never wait for the lock: a panic while it is held must not hang.
    let Ok(mut found) = FOUND.try_lock() else {
        return;
    };
    let Some(found) = found.take() else {
        return;
    };
    OURS.store(false, Ordering::SeqCst);
    let mut closing = rest.to_vec();
    let _ = queue_closing(&mut closing); // a Vec takes everything
    write_patiently(&found.out, &closing);
    let _ = termios::tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &found.modes);
}

/// Writes all of it unless the terminal takes nothing for too long.
fn write_patiently(out: &impl AsFd, mut bytes: &[u8]) {
    let until = clock::mono() + PATIENCE;
    while !bytes.is_empty() {
        match rustix::io::write(out, bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(rustix::io::Errno::INTR) => {}
            Err(rustix::io::Errno::AGAIN) => {
                let left = until.saturating_sub(clock::mono());
                if left.is_zero() || !wait::writable(out.as_fd(), left) {
                    return;
                }
            }
            Err(_) => return,
        }
    }
}

/// Whether the terminal listens to our process group; also true when it can't be asked.
pub fn is_in_foreground() -> bool {
    termios::tcgetpgrp(rustix::stdio::stdin())
        .map_or(true, |group| group == rustix::process::getpgrp())
}

/// Columns and rows as the terminal says them; zeroes when it does not know.
pub fn size() -> (u16, u16) {
    termios::tcgetwinsize(rustix::stdio::stdout()).map_or((0, 0), |size| (size.ws_col, size.ws_row))
}
