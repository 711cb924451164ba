//! The loop: one turn after the other.

mod stop;
mod technique;

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use super::cues::Cues;
use super::decode::Input;
use super::input::Reader;
use super::leave::{Leave, Remark, Standing, Step, is_the_persons};
use super::screen::Screen;
use super::store::Store;
use super::wait::{self, Ready, Sources};
use super::watch::Watch;
use super::{Ending, Left, Source};
use crate::app::message::{Effect, Msg};
use crate::app::saying::Saying;
use crate::app::{App, Notice};
use crate::demo;
use crate::domain::storage::{Ask, Told};
use crate::domain::time::Now;
use crate::journal::{Journal, thread};
use crate::keys::Key;
use crate::paths::Places;
use crate::sys::clock;
use crate::sys::command::{self, News, Running};
use crate::sys::panics;
use crate::sys::signals::{HANG_UP, INTERRUPTED, Signal, Signals};
use crate::ui::{self, Look};

/// A flood of input is drawn at least this often.
const FLOOD: Duration = Duration::from_millis(50);
/// Changes of the journal directory are gathered for this long.
const GATHER: Duration = Duration::from_millis(100);
/// A deadline that does not move on when its turn comes must not turn into a spin.
const STUCK: Duration = Duration::from_millis(50);

/// Shown while leaving takes longer than a frame.
const SAVING: &str = "Saving. This takes longer than usual.";

/// Everything that one run holds.
pub struct Loop<'a> {
    app: App,
    now: Now,
    look: Look<'a>,
    screen: Screen,
    signals: Signals,
    store: Store,
    cues: Cues,
    watch: Watch,
    /// The command that runs meanwhile.
    beside: Option<&'a mut Running>,
    /// The screen shows something else than the app.
    stale: bool,
    reader: Reader,
    reload_at: Option<Duration>,
    /// Stop once this turn is over; whether the whole process group stops.
    stop: Option<bool>,
    /// Write a technique once this turn is over.
    writes: bool,
    /// Where the person's own files are; `None`: nothing is kept.
    places: Option<Places>,
    gone: bool,
    leave: Leave,
    /// What is said once the terminal is given back.
    remarks: Vec<Remark>,
}

impl<'a> Loop<'a> {
    /// Draws the first frame, then starts what the first frame does not need.
    pub fn begin(
        app: App,
        now: Now,
        look: &Look<'a>,
        mut screen: Screen,
        signals: Signals,
        source: Source<'_>,
    ) -> io::Result<Self> {
        screen.draw(|area, buffer| ui::draw_in(area, buffer, &app, &now, look));
        panics::test_panic("1");
        let (store, watch) = match source {
            Source::Journal(places) => {
                let questions = app.library.safety().ids().into_iter().map(str::to_owned);
                let journal = Journal::open(places).with_questions(questions);
                let serve = move |asks: &_, clock, tell| thread::serve(journal, asks, clock, tell);
                (Store::start(serve)?, Watch::new(places.journal()))
            }
            Source::Demo => {
                let year = demo::year(&app.library, &now.wall);
                let serve = move |asks: &_, clock, tell| demo::serve(year, asks, clock, tell);
                (Store::start(serve)?, Watch::nothing())
            }
        };
        Ok(Self {
            cues: Cues::new(&app),
            app,
            now,
            look: *look,
            screen,
            signals,
            store,
            watch,
            beside: None,
            stale: false,
            reader: Reader::default(),
            reload_at: None,
            stop: None,
            writes: false,
            places: match source {
                Source::Journal(places) => Some(places.clone()),
                Source::Demo => None,
            },
            gone: false,
            leave: Leave::default(),
            remarks: Vec::new(),
        })
    }

    /// With a command that runs meanwhile.
    pub fn beside(mut self, beside: Option<&'a mut Running>) -> Self {
        self.beside = beside;
        self
    }

    /// Turn after turn, until it is time to leave.
    pub fn run(mut self) -> io::Result<Ending> {
        loop {
            // Noticed by writing, after which nothing else may ever wake us.
            if self.screen.is_lost() {
                self.lose_terminal()?;
            }
            if let Some(code) = self.may_leave() {
                return Ok(self.end(code));
            }
            let ready = self.sleep()?;
            self.turn(ready)?;
        }
    }

    fn sleep(&self) -> io::Result<Ready> {
        let deadlines = [
            Some(self.app_deadline()),
            self.reader.deadline(),
            self.reload_at,
            self.leave.deadline(),
            self.cues.deadline(),
        ];
        let next = deadlines.into_iter().flatten().min();
        let sources = Sources {
            keys: (!self.gone).then(rustix::stdio::stdin),
            room: (!self.gone && self.screen.is_behind()).then(|| self.screen.as_fd()),
            signals: self.signals.as_fd(),
            told: self.store.as_fd(),
            files: self.watch.fd(),
            beside: self.news_fd(),
        };
        let timeout = if self.reader.is_waiting() {
            Some(Duration::ZERO)
        } else {
            next.map(|next| next.saturating_sub(clock::mono()))
        };
        wait::wait(&sources, timeout)
    }

    fn news_fd(&self) -> Option<BorrowedFd<'_>> {
        let running = self.beside.as_deref();
        let running = running.filter(|running| !running.is_silent());
        running.map(AsFd::as_fd)
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
        // First, and after the clock was read: whether we were stopped must be known before time is counted.
        self.take_signals()?;
        if self.app.deadline() <= self.now.mono {
            self.feed(Msg::Turn)?;
        }
        if ready.gone {
            self.lose_terminal()?;
        } else if !self.gone {
            self.take_keys(ready.keys)?;
        }
        if ready.told {
            self.take_told()?;
        }
        if ready.files && self.watch.changed() && self.reload_at.is_none() {
            self.reload_at = Some(self.now.mono + GATHER);
        }
        if ready.beside {
            self.take_news()?;
        }
        if is_due(self.reload_at, &self.now) {
            self.reload_at = None;
            self.store.ask(Ask::Reload);
        }
        self.play()?;
        self.show();
        if let Some(group) = self.stop.take() {
            self.stop_and_go_on(group)?;
        }
        if std::mem::take(&mut self.writes) {
            self.write_technique()?;
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
                Effect::Cue(cue) => self.cues.give(&cue, &self.app, &self.now),
                Effect::Suspend => self.stop = Some(true),
                Effect::NewTechnique => self.writes = true,
                Effect::Repaint => {
                    self.screen.repaint()?;
                    self.stale = true;
                }
                Effect::Say(line, text) => self.remarks.push(Remark { line, text }),
                Effect::Quit(code) => self.leave.want(code, self.now.mono),
            }
        }
        Ok(())
    }

    fn play(&mut self) -> io::Result<()> {
        let (bytes, remarks) = self.cues.turn(&self.app, &self.now);
        if !self.gone && !bytes.is_empty() {
            self.screen.push(&bytes);
        }
        remarks.map_or(Ok(()), |remarks| self.feed(remarks))
    }

    fn take_signals(&mut self) -> io::Result<()> {
        let came = self.signals.take();
        if came.contains(&Signal::Continue) {
            self.feed(Msg::Resumed)?;
        }
        for signal in came {
            match signal {
                Signal::Leave(code) => self.leave_now(code)?,
                Signal::Resize => self.take_size()?,
                Signal::Stop => self.stop = self.stop.or(Some(false)),
                // Stopped from outside without warning: the shell may have used the terminal meanwhile.
                Signal::Continue => self.take_terminal_again()?,
            }
        }
        Ok(())
    }

    fn take_size(&mut self) -> io::Result<()> {
        self.stale = true;
        if self.screen.measure()? {
            let (columns, rows) = self.screen.size();
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
            // Of a paste without end nothing is taken before it ends.
            if !more || clock::mono() > flood {
                return Ok(());
            }
            // Only a terminal that is no longer there can't be read.
            match self.reader.fill(self.now.mono) {
                Ok(is_much) => more = is_much,
                Err(_) => return self.lose_terminal(),
            }
        }
    }

    fn take_input(&mut self, input: Input) -> io::Result<()> {
        let msg = match input {
            Input::Focus(seen) => {
                self.cues.looked_at(seen);
                None
            }
            // Nothing typed ahead may answer a question that is not on the screen yet; but who can't wait, can leave.
            input if self.leave.is_under_way() => {
                if input == Input::Key(Key::ctrl('c')) {
                    self.leave_now(INTERRUPTED)?;
                }
                None
            }
            Input::Key(key) => self.look.keys.message(self.app.context(), key),
            Input::Paste(text) => Some(Msg::Paste(text)),
            // Bytes of one that nobody asked for: another program has left it on.
            Input::Mouse(..) if !self.screen.has_mouse() => None,
            Input::Mouse(pointer, at) => ui::hit(&self.app, &self.now, &self.look, at, pointer),
        };
        msg.map_or(Ok(()), |msg| self.feed(msg))
    }

    fn take_told(&mut self) -> io::Result<()> {
        for told in self.store.told() {
            if let Told::NotSaved { ask, failure } = &told
                && is_the_persons(ask)
                && self.leave.is_said_at_the_end()
            {
                let why = failure.to_string();
                self.remarks.push(Remark::not_saved(ask, &why));
            }
            self.feed(Msg::Told(told))?;
        }
        Ok(())
    }

    /// What the command beside us does.
    fn take_news(&mut self) -> io::Result<()> {
        let Some(running) = self.beside.as_deref_mut() else {
            return Ok(());
        };
        let (news, status) = (running.news(), running.status());
        let name = running.name(self.look.glyphs.ellipsis);
        for news in news {
            let msg = match news {
                News::Ended => Msg::ChildEnded(status.map_or_else(String::new, command::how)),
                News::WantsTerminal => Msg::ChildWaits(Saying::new(
                    format!("{name} waits for a terminal, which it has not here."),
                    " <quit-now> ends it.",
                )),
                News::NotKept => Msg::ChildWaits(Saying::new(
                    format!("There is no room to keep what {name} says, so it waits."),
                    " <quit> leaves and shows it.",
                )),
                News::Shown => continue,
            };
            self.feed(msg)?;
        }
        Ok(())
    }

    fn lose_terminal(&mut self) -> io::Result<()> {
        if self.gone {
            return Ok(());
        }
        self.gone = true;
        // What is still unread or half typed there must not keep us awake.
        self.reader = Reader::default();
        self.leave_now(HANG_UP)
    }

    /// Leaves without asking anybody, whatever the app says.
    fn leave_now(&mut self, code: u8) -> io::Result<()> {
        if self.leave.is_hurried() {
            return Ok(());
        }
        self.leave.want(code, self.now.mono);
        self.feed(Msg::Leave(code))
    }

    /// The exit code, once nothing holds us any more.
    fn may_leave(&mut self) -> Option<u8> {
        let standing = Standing {
            acts_open: self.store.has_open_acts(),
            thread: self.store.thread(),
        };
        let step = self.leave.step(self.now.mono, standing);
        match step {
            Step::Stay | Step::Wait => {}
            Step::Close => self.store.close(),
            Step::Show => {
                self.app.notice = Some(Notice {
                    text: SAVING.into(),
                    is_warning: false,
                });
                self.stale = true;
                self.show();
            }
            Step::Go(code) => return Some(code),
            Step::GiveUp(code) => {
                self.remarks.extend(self.store.not_saved());
                return Some(code);
            }
        }
        None
    }

    fn show(&mut self) {
        if self.gone {
            return;
        }
        self.screen.send();
        if self.stale && !self.leave.is_quiet() && !self.screen.is_behind() {
            let (app, now, look) = (&self.app, &self.now, &self.look);
            let view = |area, buffer: &mut _| ui::draw_in(area, buffer, app, now, look);
            self.screen.draw(view);
            self.stale = false;
        }
    }

    fn end(mut self, code: u8) -> Ending {
        let mut remarks = std::mem::take(&mut self.remarks);
        if let Some(line) = self.store.panic() {
            remarks.push(Remark { line, text: None });
        }
        let goes_on = self.beside.is_some() || self.app.is_for_one_session();
        let left = Left {
            code,
            worked: self.app.has_worked(),
        };
        self.screen.leave();
        // Else the process ends now, and its memory with it: to take a long log apart first takes ten times as long, and
        // the rest of it 0.2 ms. What stands outside is still let go: what speaks, and the watch.
        if !goes_on {
            let Self {
                app,
                screen,
                signals,
                store,
                look: _,
                cues: _,
                watch: _,
                ..
            } = self;
            std::mem::forget((app, screen, signals, store));
        }
        Ending { left, remarks }
    }
}

fn is_due(deadline: Option<Duration>, now: &Now) -> bool {
    deadline.is_some_and(|deadline| deadline <= now.mono)
}
