//! The one wait and the loop: gather messages, update, carry out effects, draw if something changed.
//!
//! One thread owns the model, the screen and the clock. It sleeps in `wait` until a key, a signal, the store, the
//! journal directory or a deadline wakes it; nothing else wakes it. All disk work is the store's.
//! What a key means and what is on the screen is not known here.

mod cues;
mod decode;
mod frame;
mod input;
mod leave;
mod open;
mod paint;
mod screen;
mod store;
mod terminal;
mod turn;
mod wait;
mod watch;

pub use open::{Start, open, open_with};

use crate::app::{App, Setup};
use crate::journal;
use crate::paths::Places;
use crate::sys::command::Running;
use crate::sys::say::say;
use crate::sys::signals::Signals;
use crate::sys::{self, clock, panics};
use crate::ui::Look;

/// Where the app's entries come from and go to.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// The person's own journal.
    Journal(&'a Places),
    /// A year of made-up ones, in memory alone.
    Demo,
}

/// Runs the app on this terminal until it is left. `setup.size` is filled in here.
///
/// Without a terminal nothing is written but one line on standard error, and the code is 2.
/// `beside`: a command that runs meanwhile.
pub fn run(source: Source<'_>, setup: Setup, look: Look<'_>, beside: Option<&mut Running>) -> Left {
    if let Some(why) = sys::terminal::missing() {
        say(&format!(
            "{why} ('unkink --help' lists what works without one)"
        ));
        return Left::unopened(2);
    }
    match start(source, setup, &look, beside) {
        Ok(ending) => {
            for remark in ending.remarks {
                remark.say();
            }
            ending.left
        }
        Err(error) => {
            terminal::give_back();
            say(&format!("the terminal can't be used: {error}"));
            Left::unopened(1)
        }
    }
}

/// How the app was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// The exit code.
    pub code: u8,
    /// Whether anything was done of a session.
    pub worked: bool,
}

impl Left {
    fn unopened(code: u8) -> Self {
        let worked = false;
        Self { code, worked }
    }
}

/// How it ended, and what is still to be said once the terminal is given back.
#[derive(Debug)]
struct Ending {
    left: Left,
    remarks: Vec<leave::Remark>,
}

fn start(
    source: Source<'_>,
    mut setup: Setup,
    look: &Look,
    beside: Option<&mut Running>,
) -> std::io::Result<Ending> {
    panics::give_back_by(terminal::give_back);
    // Before the terminal is taken: there is no moment in which a signal leaves it taken.
    let signals = Signals::listen()?;
    let screen = screen::Screen::take(setup.settings.mouse)?;
    setup.size = screen.size();
    // Here and not by the store's thread: that takes longer to start than this takes, and then a second frame.
    if let Source::Journal(places) = source {
        setup.newest = Some(journal::newest(places, setup.size.1));
    }
    let now = clock::now();
    let app = App::new(setup, &now);
    turn::Loop::begin(app, now, look, screen, signals, source)?
        .beside(beside)
        .run()
}
