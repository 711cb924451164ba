//! The loop: one turn after the other.

use std::io;
use std::os::fd::AsFd;
use std::time::Duration;

use super::decode::Input;
use super::input::{self, Reader};
use super::screen::Screen;
use super::signals::{self, Signal, Signals};
use super::store::Store;
use super::wait::{self, Ready, Sources};
use super::watch::Watch;
use super::{Ending, clock, terminal};
use crate::app::App;
use crate::app::message::{Effect, Msg};
use crate::cues::bell;
use crate::domain::storage::{Ask, Told};
use crate::domain::time::Now;
use crate::journal::Journal;
use crate::keys::Key;
use crate::paths::Places;
use crate::ui::{self, Look};

/// A flood of input is drawn at least this often.
const FLOOD: Duration = Duration::from_millis(50);
/// Changes of the journal directory are gathered for this long.
const GATHER: Duration = Duration::from_millis(100);
/// A deadline that does not move on when its turn comes must not turn into a spin.
const STUCK: Duration = Duration::from_millis(50);
/// How long answers are waited for when the terminal is gone or a signal came: the whole must end within 2 s.
const HURRIED: Duration = Duration::from_millis(1500);
/// The same when the person asked to leave: longer than the journal waits for its lock.
const UNHURRIED: Duration = Duration::from_secs(6);
/// How long a stop waits for the disk.
const BEFORE_STOP: Duration = Duration::from_millis(300);
/// Continued in the background: how long a word to leave may follow.
const WORD: Duration = Duration::from_millis(100);
/// The exit code of a terminal that went away: as if SIGHUP had come.
const GONE: u8 = 129;
/// The exit code of Ctrl-C while leaving takes long.
const INTERRUPTED: u8 = 130;

/// On the way out.
#[derive(Debug, Clone, Copy)]
struct Leaving {
    code: u8,
    /// The monotonic time at which we go, answered or not.
    until: Duration,
}

/// Everything that one run holds.
pub struct Loop {
    app: App,
    now: Now,
    look: Look,
    screen: Screen,
    signals: Signals,
    store: Store,
    watch: Watch,
    /// The screen shows something else than the app.
    stale: bool,
    reader: Reader,
    reload_at: Option<Duration>,
    /// Stop once this turn is over; whether the whole process group stops.
    stop: Option<bool>,
    gone: bool,
    /// A signal came or the terminal is gone: nobody can be asked any more.
    hurried: bool,
    leaving: Option<Leaving>,
    /// What is said once the terminal is given back.
    lines: Vec<String>,
}

impl Loop {
    /// Draws the first frame, then starts what the first frame does not need.
    pub fn begin(
        app: App,
        now: Now,
        look: &Look,
        mut screen: Screen,
        signals: Signals,
        places: &Places,
    ) -> io::Result<Self> {
        screen.draw(|frame| ui::draw(frame, &app, &now, look))?;
        test_panic();
        let questions = app.library.safety().ids().into_iter().map(str::to_owned);
        let journal = Journal::open(places).with_questions(questions.collect());
        Ok(Self {
            app,
            now,
            look: *look,
            screen,
            signals,
            store: Store::start(journal)?,
            watch: Watch::new(places.journal()),
            stale: false,
            reader: Reader::default(),
            reload_at: None,
            stop: None,
            gone: false,
            hurried: false,
            leaving: None,
            lines: Vec::new(),
        })
    }

    /// Turn after turn, until it is time to leave.
    pub fn run(mut self) -> io::Result<Ending> {
        loop {
            let ready = self.sleep()?;
            self.turn(ready)?;
            if let Some(code) = self.may_leave() {
                return Ok(self.end(code));
            }
        }
    }

    fn sleep(&self) -> io::Result<Ready> {
        let deadlines = [
            Some(self.app_deadline()),
            self.reader.deadline(),
            self.reload_at,
            self.leaving.map(|leaving| leaving.until),
        ];
        let next = deadlines.into_iter().flatten().min();
        let sources = Sources {
            keys: (!self.gone).then(rustix::stdio::stdin),
            room: (!self.gone && self.screen.is_behind()).then(|| self.screen.as_fd()),
            signals: self.signals.as_fd(),
            told: self.store.as_fd(),
            files: self.watch.fd(),
        };
        let timeout = if self.reader.is_waiting() {
            Some(Duration::ZERO)
        } else {
            next.map(|next| next.saturating_sub(clock::mono()))
        };
        wait::wait(&sources, timeout)
    }

    fn app_deadline(&self) -> Duration {
        let deadline = self.app.deadline();
        if deadline <= self.now.mono {
            self.now.mono + STUCK
        } else {
            deadline
        }
    }

    fn turn(&mut self, ready: Ready) -> io::Result<()> {
        self.now = clock::now();
        if self.app.deadline() <= self.now.mono {
            self.feed(Msg::Turn)?;
        }
        if ready.signals {
            self.take_signals()?;
        }
        if ready.gone || self.screen.is_lost() {
            self.lose_terminal()?;
        } else {
            self.take_keys(ready.keys)?;
        }
        if ready.told {
            self.take_told()?;
        }
        if ready.files && self.watch.changed() && self.reload_at.is_none() {
            self.reload_at = Some(self.now.mono + GATHER);
        }
        if is_due(self.reload_at, &self.now) {
            self.reload_at = None;
            self.store.ask(Ask::Reload);
        }
        self.show()?;
        if let Some(group) = self.stop.take() {
            self.stop_and_go_on(group)?;
        }
        Ok(())
    }

    /// Lets the app take a message in and carries out what it wants, in order.
    fn feed(&mut self, msg: Msg) -> io::Result<()> {
        let update = self.app.update(msg, &self.now);
        self.stale |= update.draw;
        for effect in update.effects {
            match effect {
                Effect::Ask(ask) => self.store.ask(ask),
                Effect::Bell(times) => self.screen.push(&bell::bytes(times))?,
                Effect::Suspend => self.stop = Some(true),
                Effect::Repaint => {
                    self.screen.repaint()?;
                    self.stale = true;
                }
                Effect::Quit(code) => self.leave(code),
            }
        }
        Ok(())
    }

    fn take_signals(&mut self) -> io::Result<()> {
        for signal in self.signals.take() {
            match signal {
                Signal::Leave(code) => self.leave_now(code)?,
                Signal::Resize => self.take_size()?,
                Signal::Stop => self.stop = self.stop.or(Some(false)),
                // Stopped from outside without warning: the shell may have used the terminal meanwhile.
                Signal::Continue => self.go_on()?,
            }
        }
        Ok(())
    }

    fn take_size(&mut self) -> io::Result<()> {
        if self.screen.measure()? {
            let (columns, rows) = self.screen.size();
            self.stale = true;
            self.feed(Msg::Resize(columns, rows))?;
        }
        Ok(())
    }

    /// Reads all there is, each key in the context that the one before it left.
    fn take_keys(&mut self, mut more: bool) -> io::Result<()> {
        let flood = self.now.mono + FLOOD;
        self.reader.settle(self.now.mono);
        loop {
            while let Some(input) = self.reader.next() {
                self.take_input(input)?;
                // What is behind a stop waits until we go on; a flood must not keep the screen from being drawn.
                if self.stop.is_some() || clock::mono() > flood {
                    return Ok(());
                }
            }
            if !more {
                return Ok(());
            }
            // Only a terminal that is no longer there can't be read.
            if self.reader.fill(self.now.mono).is_err() {
                return self.lose_terminal();
            }
            more = self.reader.is_waiting();
        }
    }

    fn take_input(&mut self, input: Input) -> io::Result<()> {
        if self.leaving.is_none() {
            let msg = input::message(self.app.context(), input);
            return msg.map_or(Ok(()), |msg| self.feed(msg));
        }
        // Nothing typed ahead may answer a question that is not on the screen yet; but who can't wait, can leave.
        if input == Input::Key(Key::ctrl('c')) {
            self.leave_now(INTERRUPTED)?;
        }
        Ok(())
    }

    fn take_told(&mut self) -> io::Result<()> {
        for told in self.store.told() {
            if let Told::NotSaved { ask, failure } = &told
                && let Some(leaving) = self.leaving
                && is_the_persons(ask)
            {
                if self.hurried || leaving.code != 0 {
                    // Nobody is there to ask: said at the end.
                    self.lines.push(format!("not saved: {failure}"));
                } else {
                    // The app asks what to do; until then nobody leaves.
                    self.leaving = None;
                }
            }
            self.feed(Msg::Told(told))?;
        }
        Ok(())
    }

    fn lose_terminal(&mut self) -> io::Result<()> {
        if self.gone {
            return Ok(());
        }
        self.gone = true;
        self.leave_now(GONE)
    }

    /// Leaves without asking anybody, whatever the app says.
    fn leave_now(&mut self, code: u8) -> io::Result<()> {
        if self.hurried {
            return Ok(());
        }
        self.hurried = true;
        self.feed(Msg::Leave(code))?;
        self.leave(code);
        Ok(())
    }

    fn leave(&mut self, code: u8) {
        let patience = if self.hurried { HURRIED } else { UNHURRIED };
        let until = self.now.mono + patience;
        self.leaving = Some(match self.leaving {
            Some(before) if self.hurried => Leaving {
                code,
                until: until.min(before.until),
            },
            Some(before) => before,
            None => Leaving { code, until },
        });
    }

    /// The exit code, once nothing holds us any more.
    fn may_leave(&mut self) -> Option<u8> {
        if self.store.has_ended() && !self.store.is_closed() {
            // It never ends by itself: what it panicked with is said at the end.
            return Some(101);
        }
        let leaving = self.leaving?;
        if self.now.mono >= leaving.until {
            self.lines.push(
                "not saved: the disk does not answer; look at the log before you trust it".into(),
            );
            return Some(if leaving.code == 0 { 1 } else { leaving.code });
        }
        if self.store.is_busy() {
            return None;
        }
        self.store.close();
        self.store.has_ended().then_some(leaving.code)
    }

    fn show(&mut self) -> io::Result<()> {
        if self.gone {
            return Ok(());
        }
        self.screen.send();
        if self.stale && !self.screen.is_behind() {
            let (app, now, look) = (&self.app, &self.now, &self.look);
            self.screen.draw(|frame| ui::draw(frame, app, now, look))?;
            self.stale = false;
        }
        Ok(())
    }

    /// Gives the terminal back, stops, and takes it again when told to go on.
    fn stop_and_go_on(&mut self, group: bool) -> io::Result<()> {
        if self.leaving.is_some() {
            return Ok(());
        }
        self.screen.give_back();
        self.finish_asks()?;
        signals::stop_here(group);
        loop {
            let mut came = self.signals.take();
            let background = !terminal::is_in_foreground();
            if background && wait::readable(self.signals.as_fd(), WORD) {
                came.extend(self.signals.take());
            }
            self.now = clock::now();
            // Our own stop is done with, but whoever told us to leave must not meet a taken terminal.
            if let Some(code) = came.iter().find_map(Signal::leaves) {
                return self.leave_now(code);
            }
            if !(background && came.contains(&Signal::Continue)) {
                return self.go_on();
            }
            // Continued behind the shell's back: the terminal is not ours to take.
            signals::stop_here(false);
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

    fn go_on(&mut self) -> io::Result<()> {
        if self.gone || self.hurried {
            return Ok(());
        }
        if self.screen.take_again().is_err() {
            return self.lose_terminal();
        }
        self.stale = true;
        let (columns, rows) = self.screen.size();
        self.feed(Msg::Resize(columns, rows))?;
        self.feed(Msg::Resumed)?;
        self.show()
    }

    fn end(mut self, code: u8) -> Ending {
        let mut lines = std::mem::take(&mut self.lines);
        if let Some(panic) = terminal::panic_elsewhere() {
            lines.push(panic);
        }
        // Gives the terminal back.
        drop(self);
        Ending { code, lines }
    }
}

/// Whether losing it would lose something that the person did or wrote.
fn is_the_persons(ask: &Ask) -> bool {
    !matches!(ask, Ask::Progress(..) | Ask::Seen(_) | Ask::Reload)
}

fn is_due(deadline: Option<Duration>, now: &Now) -> bool {
    deadline.is_some_and(|deadline| deadline <= now.mono)
}

/// Lets a test see that a panic's message comes after the terminal is given back.
#[cfg(debug_assertions)]
fn test_panic() {
    let asked = std::env::var_os("UNKINK_TEST_PANIC").is_some();
    assert!(!asked, "asked for by UNKINK_TEST_PANIC");
}

#[cfg(not(debug_assertions))]
fn test_panic() {}
