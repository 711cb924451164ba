//! `unkink remind`: one quiet line in a pane, and a notification when a break is due.

mod offer;
mod pane;
mod typed;
mod words;

use std::os::fd::AsFd;
use std::time::Duration;

use chrono::{Local, NaiveTime};
use rustix::event::{PollFd, PollFlags};

use super::Shell;
use super::args::unknown;
use super::out::{self, Fail};
use crate::cues::{bell, notify};
use crate::domain::cue::{Cue, Kind};
use crate::domain::remind::{self, Event, Reminder, Wish};
use crate::domain::time::Now;
use crate::runtime::{Start, open_with};
use crate::sys::clock;
use crate::sys::signals::{HANG_UP, Signal, Signals, stop_here};
use crate::sys::wait::poll;
use offer::Offer;
use pane::{Gone, Pane};
use typed::Key;

/// Remind of breaks in one quiet line, with a notification when it is time
#[derive(Debug, clap::Args)]
#[command(after_help = "\
For a small pane of tmux or of the terminal: one line says when the next break comes. Then the\n\
terminal notifies (OSC 9, where it knows that and [notify] is on) and rings once ([bell]), and\n\
the line offers something short that fits now, without tools. tmux passes notifications on with\n\
'set -g allow-passthrough on' (all: also from windows that do not show), and marks a window\n\
that rang. Enter or s starts it and comes back here after it, z puts it off by ten minutes,\n\
q ends. Nobody answers: it is offered again each time as long has passed.\n\
A machine that was suspended counts as a break. Outside of the working hours nothing is\n\
counted; hours may go over midnight and are then their first day's, and --from and --to alike\n\
are the whole day. What is not said here is as [remind] in config.toml has it.\n\
Not on a terminal, or in the background, each event is one line and nothing is read.")]
pub struct Args {
    #[arg(long, value_name = "D", value_parser = remind::parse_every, help = format!("How long to sit between breaks: {} [default: 50m]", remind::EVERY_FORMS))]
    every: Option<Duration>,
    /// What to offer, by its name in 'unkink list'; without it, what fits now
    #[arg(long, value_name = "SLUG|ROUTINE")]
    routine: Option<String>,
    /// When working hours begin
    #[arg(long, value_name = "HH:MM", value_parser = remind::parse_time_of_day)]
    from: Option<NaiveTime>,
    /// When they end; before --from: on the next day
    #[arg(long, value_name = "HH:MM", value_parser = remind::parse_time_of_day)]
    to: Option<NaiveTime>,
    /// Days on which they are: mon-fri, or sat,sun [default: mon-sun]
    #[arg(long, value_name = "DAYS", value_parser = remind::parse_days)]
    days: Option<Days>,
}

/// From Monday on.
type Days = [bool; 7];

impl Args {
    /// What is said here, and for the rest the settings.
    fn wish(&self, set: &Wish) -> Wish {
        Wish {
            every: self.every.unwrap_or(set.every),
            routine: self.routine.clone().or_else(|| set.routine.clone()),
            from: self.from.unwrap_or(set.from),
            to: self.to.unwrap_or(set.to),
            days: self.days.unwrap_or(set.days),
        }
    }
}

/// Until it is told to end; the exit code.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, troubles) = shell.library();
    out::say_each(&troubles);
    let mut wish = args.wish(&shell.config.settings.remind);
    if let Some(slug) = &wish.routine
        && !library.can_start(slug)
    {
        let fail = unknown("technique or routine", slug, &library);
        if args.routine.is_some() {
            return Err(fail);
        }
        // A setting that can't be used stops nothing.
        out::say_each(&[format!("remind.routine: {fail}")]);
        wish.routine = None;
    }
    let signals = Signals::listen().map_err(|error| Fail::Failed(format!("signals: {error}")))?;
    let mut watch = Watch {
        reminder: Reminder::start(wish.every, wish.hours(), Local, &clock::now()),
        routine: wish.routine,
        offer: None,
        pane: Pane::new(super::out::wants_color(shell.color, true)),
        signals,
        shell,
    };
    watch.run()
}

/// What one run holds.
struct Watch<'a> {
    reminder: Reminder<Local>,
    routine: Option<String>,
    /// What was offered when the break was called.
    offer: Option<Offer>,
    pane: Pane,
    signals: Signals,
    shell: &'a mut Shell,
}

impl Watch<'_> {
    fn run(&mut self) -> Result<u8, Fail> {
        self.pane.take();
        if !self.pane.is_one_line() {
            let now = clock::now();
            self.tell_line(&words::first(&self.reminder, &now))?;
        }
        loop {
            let now = clock::now();
            if let Some(code) = self.take_signals() {
                return Ok(code);
            }
            for event in self.reminder.advance(&now) {
                self.tell(event, &now)?;
            }
            self.show(&clock::now())?;
            let Ok(keys) = self.wait() else {
                return Ok(HANG_UP);
            };
            for key in keys {
                if let Some(code) = self.act(key) {
                    return Ok(code);
                }
                // What was typed with it was not meant for the line that comes back.
                if key == Key::Start {
                    break;
                }
            }
        }
    }

    /// The exit code, where a key ends us.
    fn act(&mut self, key: Key) -> Option<u8> {
        match key {
            Key::Quit => Some(0),
            Key::Snooze => {
                self.reminder.snooze(&clock::now());
                None
            }
            Key::Start => self.start(),
        }
    }

    /// The exit code, once a signal wants us to end.
    fn take_signals(&mut self) -> Option<u8> {
        for signal in self.signals.take() {
            match signal {
                Signal::Leave(code) => return Some(code),
                Signal::Stop => {
                    self.pane.give_back();
                    stop_here(false);
                    self.pane.take();
                }
                // Perhaps in the background now, or in front again; the shell may have used the terminal.
                Signal::Continue => {
                    self.pane.give_back();
                    self.pane.take();
                }
                Signal::Resize => self.pane.forget(),
            }
        }
        None
    }

    fn tell(&mut self, event: Event, now: &Now) -> Result<(), Fail> {
        if event == Event::Call {
            self.offer = offer::fitting(self.routine.as_deref(), self.shell);
            Pane::send_to_terminal(&self.call())?;
        }
        if self.pane.is_one_line() {
            return Ok(());
        }
        let line = words::event(event, self.offer.as_ref(), &self.reminder, now);
        self.tell_line(&line)
    }

    /// What makes the terminal call: a notification, a stroke of its bell.
    fn call(&self) -> Vec<u8> {
        let settings = &self.shell.config.settings;
        let cue = Cue {
            kind: Kind::Next,
            spoken: words::call(self.offer.as_ref()),
        };
        let mut bytes = Vec::new();
        if settings.notify {
            bytes.extend(notify::bytes(&cue, notify::Way::ours()).unwrap_or_default());
        }
        if settings.bell {
            bytes.push(bell::STROKE);
        }
        bytes
    }

    fn tell_line(&mut self, line: &str) -> Result<(), Fail> {
        self.shell.out.line(line)?;
        self.shell.out.flush()
    }

    fn show(&mut self, now: &Now) -> Result<(), Fail> {
        if !self.pane.is_one_line() {
            return Ok(());
        }
        let view = self.reminder.view(now);
        let parts = words::line(&view, self.offer.as_ref(), now);
        self.pane.show(&parts, view == remind::View::Due)
    }

    /// Opens the session; the exit code where that ends us, too.
    fn start(&mut self) -> Option<u8> {
        let called = self.offer.take();
        let offer = called
            .clone()
            .or_else(|| offer::fitting(self.routine.as_deref(), self.shell));
        self.pane.give_back();
        let (library, troubles) = self.shell.library();
        let slugs = offer
            .as_ref()
            .map(|offer| offer.slug.clone())
            .or(self.routine.clone());
        let mut worked = false;
        let start = Start {
            once: true,
            worked: Some(&mut worked),
            suggest: slugs.is_none(),
            slugs: slugs.into_iter().collect(),
            side: offer.and_then(|offer| offer.side),
            colour: self.shell.color.asked(),
            config: self.shell.config.clone(),
            ..Start::default()
        };
        let code = open_with(&self.shell.places, start, library, troubles);
        // What the app has acted on already; what ends us is its code.
        let left = self.signals.take().iter().find_map(Signal::leaves);
        if code >= 128 {
            return Some(code);
        }
        if worked {
            self.reminder.took_a_break(&clock::now());
        } else {
            // Left before it began: nothing of a break.
            self.offer = called;
        }
        self.pane.take();
        left
    }

    /// Sleeps until a key, a signal or the next change.
    fn wait(&mut self) -> Result<Vec<Key>, Gone> {
        let left = self.reminder.next_change().saturating_sub(clock::mono());
        let mut fds = vec![PollFd::from_borrowed_fd(
            self.signals.as_fd(),
            PollFlags::IN,
        )];
        if self.pane.has_keys() {
            let stdin = rustix::stdio::stdin();
            fds.push(PollFd::from_borrowed_fd(stdin, PollFlags::IN));
        }
        // An interrupted wait is over like any other.
        let woken = poll(&mut fds, Some(left)).is_ok();
        let keys = fds.get(1).map_or(PollFlags::empty(), PollFd::revents);
        if woken && !keys.is_empty() {
            return self.pane.read();
        }
        Ok(Vec::new())
    }
}
