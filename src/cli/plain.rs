//! A session line by line: events out, typed lines in. The screen reader's way, and a script's.

mod input;

use std::time::Duration;

use super::Shell;
use super::out::{self, Fail, Out};
use super::store::{Running, Store};
use crate::domain::plan::{Phase, Timeline};
use crate::domain::record::{Fields, moment_text};
use crate::domain::scale::{Scale, change_text};
use crate::domain::session::{Event, Pause, Session};
use crate::domain::time::{Now, clock_text};
use crate::runtime::clock;
use crate::runtime::signals::{Signal, Signals};
use input::Input;

/// Which questions to ask.
#[derive(Debug, Clone, Copy)]
pub struct Asks {
    /// The ratings before.
    pub before: bool,
    /// The ratings after.
    pub after: bool,
    /// Read standard input at all.
    pub input: bool,
}

/// Pain and stress.
type Ratings = [Option<Scale>; 2];

/// Why it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Finished,
    Stopped,
    /// The machine slept and nobody can say whether to go on.
    Alone,
    Signal(u8),
}

impl Over {
    fn because(self) -> Option<&'static str> {
        match self {
            Self::Finished => None,
            Self::Stopped => Some("stopped by the person"),
            Self::Alone => Some("away, and nobody there to go on"),
            Self::Signal(_) => Some("stopped by a signal"),
        }
    }
}

/// Runs the session to its end; the exit code.
pub fn run(timeline: Timeline, given: Ratings, asks: Asks, shell: &mut Shell) -> Result<u8, Fail> {
    let signals = Signals::listen().map_err(|error| Fail::Failed(format!("signals: {error}")))?;
    let mut plain = Plain {
        input: Input::new(asks.input),
        signals,
        out: &mut shell.out,
    };
    plain.introduce(&timeline)?;
    let before = if asks.before {
        match plain.ratings("now")? {
            Ok(ratings) => ratings,
            Err(code) => return Ok(code),
        }
    } else {
        given
    };
    let mut store = Store::open(&shell.places);
    let now = clock::now();
    let mut session = Session::start(timeline, &now);
    let mut set = session.opening_fields();
    put(&mut set, before, "before");
    let running = store.start_session(&set, &session.checkpoint(&now), &now);
    if let Err(fail) = &running {
        out::say(&format!("not saved: {fail}; the session runs all the same"));
    }
    let mut running = running.ok();
    // A reader that has gone away ends the session, it does not lose it.
    let over = plain.follow(&mut session, &mut running);
    let (over, gone) = match over {
        Ok(over) => (over, None),
        Err(fail) => (Over::Signal(0), Some(fail)),
    };
    let mut after = Ratings::default();
    let mut over = over;
    if asks.after && matches!(over, Over::Finished | Over::Stopped) {
        match plain.ratings("after it") {
            Ok(Ok(ratings)) => after = ratings,
            Ok(Err(code)) => over = Over::Signal(code),
            Err(_) => {}
        }
    }
    let now = clock::now();
    let mut set = session.closing_fields(over.because(), &now);
    put(&mut set, after, "after");
    if after != Ratings::default() {
        set.put("rated_after_at", &moment_text(&now.wall));
    }
    let saved = match running {
        Some(running) => store
            .end_session(running, &set, &now)
            .map_err(|f| f.to_string()),
        None => Err("its start was not".into()),
    };
    if let Err(why) = &saved {
        out::say(&format!("not saved: {why}; this is what was to be kept:"));
        out::say_text(&serde_json::to_string(&set).unwrap_or_default());
    }
    if let Some(fail) = gone {
        return Err(fail);
    }
    plain.conclude(&session, before, after, saved.is_ok())?;
    Ok(match over {
        Over::Signal(code) => code,
        Over::Alone => 1,
        Over::Finished | Over::Stopped => u8::from(saved.is_err()),
    })
}

fn put(set: &mut Fields, ratings: Ratings, when: &str) {
    for (what, value) in ["pain", "stress"].into_iter().zip(ratings) {
        if let Some(value) = value {
            set.put(&format!("{what}_{when}"), &value.get());
        }
    }
}

struct Plain<'a> {
    input: Input,
    signals: Signals,
    out: &'a mut Out,
}

impl Plain<'_> {
    fn say(&mut self, line: &str) -> Result<(), Fail> {
        self.out.line(line)?;
        self.out.flush()
    }

    fn introduce(&mut self, timeline: &Timeline) -> Result<(), Fail> {
        let real = clock_text(timeline.real_s().into());
        self.say(&format!("{}, {real}.", timeline.name))?;
        for item in &timeline.items {
            let of = if timeline.items.len() > 1 {
                format!(" ({})", item.name)
            } else {
                String::new()
            };
            self.say(&format!("Stop if{of}: {}.", item.stop_if))?;
        }
        if self.input.is_open() {
            self.say("p pauses or goes on, n next step, b step before, s stops; each with Enter.")?;
        }
        Ok(())
    }

    /// Asks for pain and stress; the inner error is the exit code of a signal.
    fn ratings(&mut self, when: &str) -> Result<Result<Ratings, u8>, Fail> {
        let mut ratings = Ratings::default();
        for (what, slot) in ["Pain", "Stress"].into_iter().zip(&mut ratings) {
            if !self.input.is_open() {
                break;
            }
            self.say(&format!("{what} {when}, 0 to 10? Enter skips."))?;
            *slot = loop {
                let line = match self.answer() {
                    Ok(Some(line)) => line,
                    Ok(None) => break None,
                    Err(code) => return Ok(Err(code)),
                };
                match line.trim() {
                    "" | "-" => break None,
                    typed => match typed.parse() {
                        Ok(scale) => break Some(scale),
                        Err(why) => self.say(&why)?,
                    },
                }
            };
        }
        Ok(Ok(ratings))
    }

    /// The next typed line; `None` when there is no more. The error is the exit code of a signal.
    fn answer(&mut self) -> Result<Option<String>, u8> {
        loop {
            if let Some(line) = self.input.line() {
                return Ok(Some(line));
            }
            if !self.input.is_open() {
                return Ok(None);
            }
            self.input.wait(&self.signals, None);
            if let Some(code) = self.leave_signal() {
                return Err(code);
            }
        }
    }

    fn leave_signal(&mut self) -> Option<u8> {
        self.signals
            .take()
            .into_iter()
            .find_map(|signal| match signal {
                Signal::Leave(code) => Some(code),
                _ => None,
            })
    }

    /// From the get-ready to the end.
    fn follow(
        &mut self,
        session: &mut Session,
        running: &mut Option<Running>,
    ) -> Result<Over, Fail> {
        self.tell(session, &[Event::Began(0)])?;
        loop {
            if session.is_finished() {
                return Ok(Over::Finished);
            }
            if session.paused().is_some() && !self.input.is_open() {
                return Ok(Over::Alone);
            }
            if let Some(line) = self.input.command() {
                let now = clock::now();
                let Some(events) = command(session, &line, &now) else {
                    return Ok(Over::Stopped);
                };
                self.happened(session, &events, running, &now)?;
                continue;
            }
            let due = session.next_change();
            let timeout = due.map(|due| due.saturating_sub(clock::mono()));
            self.input.wait(
                &self.signals,
                timeout.filter(|t| *t > Duration::ZERO).or(timeout),
            );
            let now = clock::now();
            let mut events = Vec::new();
            for signal in self.signals.take() {
                match signal {
                    Signal::Leave(code) => return Ok(Over::Signal(code)),
                    Signal::Continue => events.extend(session.was_stopped(&now)),
                    // Stopping here, so that the clock is known to stand.
                    Signal::Stop => {
                        crate::runtime::signals::stop_here(false);
                        events.extend(session.was_stopped(&clock::now()));
                    }
                    Signal::Resize => {}
                }
            }
            events.extend(session.advance(&clock::now()));
            self.happened(session, &events, running, &now)?;
        }
    }

    fn happened(
        &mut self,
        session: &Session,
        events: &[Event],
        running: &mut Option<Running>,
        now: &Now,
    ) -> Result<(), Fail> {
        if events.is_empty() {
            return Ok(());
        }
        if let Some(running) = running {
            // Only what a crash could take away; the end is written in any case.
            let _ = running.progress(&session.checkpoint(now));
        }
        self.tell(session, events)
    }

    fn tell(&mut self, session: &Session, events: &[Event]) -> Result<(), Fail> {
        for event in events {
            let line = match event {
                Event::Began(at) => began(session, *at),
                Event::Ended(_) => continue,
                Event::Paused(Pause::Asked) => "Paused. p goes on.".into(),
                Event::Paused(Pause::Away) => {
                    "Paused: you were away, and that time is not counted. p goes on.".into()
                }
                Event::WentOn => {
                    let left = session.view(&clock::now()).left_s;
                    format!("Going on, {} left.", clock_text(left.into()))
                }
                Event::Finished => "The end.".into(),
            };
            self.say(&line)?;
        }
        Ok(())
    }

    fn conclude(
        &mut self,
        session: &Session,
        before: Ratings,
        after: Ratings,
        saved: bool,
    ) -> Result<(), Fail> {
        let active = session.checkpoint(&clock::now()).active_ms / 1000;
        let planned = session.timeline.planned_s();
        let mut parts = vec![format!(
            "Done: {} of {}",
            clock_text(active),
            clock_text(planned.into())
        )];
        for ((what, before), after) in ["pain", "stress"].into_iter().zip(before).zip(after) {
            if let (Some(before), Some(after)) = (before, after) {
                parts.push(change_text(what, before, after));
            }
        }
        self.say(&format!("{}.", parts.join(", ")))?;
        if saved {
            self.say("Saved.")?;
        }
        Ok(())
    }
}

/// What a typed command does; `None`: stop. Anything else is passed over.
fn command(session: &mut Session, line: &str, now: &Now) -> Option<Vec<Event>> {
    Some(match line {
        "p" if session.paused().is_some() => session.go_on(now),
        "p" => session.pause(now),
        "n" => session.next(now),
        "b" => session.previous(now),
        "s" | "q" => return None,
        _ => Vec::new(),
    })
}

/// 'Step 2 of 6, left, 0:30: Stroke along the edge.'
fn began(session: &Session, at: usize) -> String {
    let segments = &session.timeline.segments;
    let Some(segment) = segments.get(at) else {
        return String::new();
    };
    let time = clock_text(segment.seconds.into());
    let is_step = |at: usize| matches!(segments[at].phase, Phase::Step { .. });
    if !is_step(at) {
        return format!("{time}: {}", segment.line);
    }
    let count = (0..segments.len()).filter(|at| is_step(*at)).count();
    let number = (0..=at).filter(|at| is_step(*at)).count();
    let side = segment
        .side
        .map_or(String::new(), |side| format!(", {}", side.word()));
    format!("Step {number} of {count}{side}, {time}: {}", segment.line)
}
