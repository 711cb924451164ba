//! A session line by line: events out, typed lines in. The screen reader's way, and a script's.

mod choose;
mod cut_off;
mod heard;
mod input;
mod lines;
mod questions;
mod record;

use super::Shell;
use super::gate::Answers;
use super::out::{Fail, Out};
use crate::domain::dose;
use crate::domain::library::Library;
use crate::domain::plan::Side;
use crate::domain::safety::Safety;
use crate::domain::scale::Scale;
use crate::domain::session::{Event, STOPPED, Session};
use crate::domain::time::Now;
use crate::paths::Places;
use crate::sys::clock;
use crate::sys::signals::{Signal, Signals, stop_here};
pub use choose::nothing_named;
use heard::Heard;
use input::Input;
use record::Record;

/// Which questions to ask, and how it is told.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // each by itself
pub struct Asks {
    /// The ratings before.
    pub before: bool,
    /// The ratings after.
    pub after: bool,
    /// Read standard input at all.
    pub input: bool,
    /// Speak each event.
    pub speak: bool,
    /// The side to begin with, where it was said.
    pub side: Option<Side>,
}

/// Pain and stress.
type Ratings = [Option<Scale>; 2];

/// Why it is over.
#[derive(Debug)]
enum Over {
    Finished,
    Stopped,
    /// The machine slept and nobody can say whether to go on.
    Alone,
    /// A signal; the exit code.
    Signal(u8),
    /// Nobody reads our lines any more.
    Unheard(Fail),
}

impl Over {
    /// The reason kept with the entry.
    fn because(&self) -> Option<&'static str> {
        match self {
            Self::Finished => None,
            Self::Stopped => Some(STOPPED),
            Self::Alone => Some("away, and nobody there to go on"),
            Self::Signal(_) => Some("stopped by a signal"),
            Self::Unheard(_) => Some("the output was closed"),
        }
    }
}

impl From<Fail> for Over {
    fn from(fail: Fail) -> Self {
        Self::Unheard(fail)
    }
}

/// Runs the session to its end; the exit code.
pub fn run(
    slugs: &[String],
    given: Ratings,
    asks: Asks,
    (library, answers): (&Library, Answers<'_>),
    shell: &mut Shell,
) -> Result<u8, Fail> {
    let signals = Signals::listen().map_err(|error| Fail::Failed(format!("signals: {error}")))?;
    let mut plain = Plain {
        library,
        answers,
        is_disclaimed: false,
        input: Input::new(asks.input),
        signals,
        heard: Heard::new(shell.config.settings.clone(), asks.speak, &shell.places),
        out: &mut shell.out,
    };
    match plain.begin(slugs, given, asks, &shell.places) {
        Ok(begun) => {
            let code = plain.see_through(begun, asks);
            // Who sends a signal wants silence, too.
            if !matches!(code, Ok(128..)) {
                plain.heard.let_finish();
            }
            code
        }
        // Nothing has begun, so there is nothing to keep.
        Err(Over::Unheard(fail)) => Err(fail),
        Err(Over::Signal(code)) => Ok(code),
        Err(_) => Ok(1),
    }
}

/// A session that has begun, and what it is kept in.
struct Begun {
    session: Session,
    record: Record,
    before: Ratings,
    /// What is told first.
    first: Vec<Event>,
}

struct Plain<'a> {
    library: &'a Library,
    answers: Answers<'a>,
    is_disclaimed: bool,
    input: Input,
    signals: Signals,
    heard: Heard,
    out: &'a mut Out,
}

impl<'a> Plain<'a> {
    fn safety(&self) -> &'a Safety {
        self.library.safety()
    }

    /// The questions before, then the start; or a session that was cut off and is to go on.
    fn begin(
        &mut self,
        slugs: &[String],
        given: Ratings,
        asks: Asks,
        places: &Places,
    ) -> Result<Begun, Over> {
        self.safety_questions(places)?;
        let (slugs, given, asks) = &self.named(slugs, given, asks, places)?;
        let (given, side) = (*given, asks.side.unwrap_or(Side::Left));
        // What may not start is told before anything else is asked.
        self.answers.plan(slugs, side)?;
        if asks.before && !asks.input {
            return Err(Fail::Usage(
                "the ratings would be asked for: give --pain and --stress, or --no-rating".into(),
            )
            .into());
        }
        if let Some(resumed) = cut_off::settle(self, places)? {
            self.introduce(&resumed.session.timeline)?;
            return Ok(resumed);
        }
        self.disclaim(places)?;
        let timeline = self.ready(slugs, side)??;
        self.introduce(&timeline)?;
        let (before, timeline) = if asks.before {
            let before = self.ratings("now")?;
            (before, self.with_pain(timeline, before[0], slugs)?)
        } else {
            (given, timeline)
        };
        let now = clock::now();
        let opening = Session::start(timeline.clone(), &now);
        let mut record = Record::begin(&opening, before, places, &now);
        // Waiting for the disk is no part of getting ready.
        let now = clock::now();
        let session = Session::start(timeline, &now);
        record.progress(&session, &now);
        Ok(Begun {
            session,
            record,
            before,
            first: vec![Event::Began(0)],
        })
    }

    /// To its end, the ratings after it, and into the log; the exit code.
    fn see_through(&mut self, begun: Begun, asks: Asks) -> Result<u8, Fail> {
        let Begun {
            mut session,
            mut record,
            before,
            first,
        } = begun;
        let told = self.sound_and_tell(&session, &first).map_err(Over::from);
        let mut over = told
            .and_then(|()| self.follow(&mut session, &mut record))
            .unwrap_or_else(|over| over);
        let mut after = Ratings::default();
        if asks.after && matches!(over, Over::Finished | Over::Stopped) {
            match self.ratings("after it") {
                Ok(ratings) => after = ratings,
                Err(instead) if matches!(over, Over::Stopped) => over = instead,
                // It was done to the end; that nobody rated it changes nothing.
                Err(Over::Signal(code)) => over = Over::Signal(code),
                Err(_) => {}
            }
        }
        let rose = dose::rose(before[0], after[0]);
        let saved = record.end(&session, &over, after, rose);
        let code = match over {
            Over::Unheard(fail) => return Err(fail),
            Over::Signal(code) => code,
            Over::Alone => 1,
            Over::Finished | Over::Stopped => u8::from(!saved),
        };
        self.conclude(&session, before, after, saved)?;
        if rose {
            self.say("Stop here for today. Lighter or not at all next time.")?;
        }
        Ok(code)
    }

    /// Asks for pain and stress.
    fn ratings(&mut self, when: &str) -> Result<Ratings, Over> {
        let mut ratings = Ratings::default();
        for (what, slot) in ["Pain", "Stress"].into_iter().zip(&mut ratings) {
            if self.input.is_open() {
                self.say(&format!("{what} {when}, 0 to 10? Enter skips."))?;
                *slot = self.rating()?;
            }
        }
        Ok(ratings)
    }

    fn rating(&mut self) -> Result<Option<Scale>, Over> {
        while let Some(line) = self.answer()? {
            match line.trim() {
                "" | "-" => break,
                typed => match typed.parse() {
                    Ok(scale) => return Ok(Some(scale)),
                    Err(why) => self.say(&why)?,
                },
            }
        }
        Ok(None)
    }

    /// The next typed line; `None` when there is no more.
    fn answer(&mut self) -> Result<Option<String>, Over> {
        loop {
            match self.input.line() {
                Some(line) if line.trim().eq_ignore_ascii_case("e") => self.urgent()?,
                Some(line) => return Ok(Some(line)),
                None => {}
            }
            if !self.input.is_open() {
                return Ok(None);
            }
            self.input.wait(&self.signals, None);
            for signal in self.signals.take() {
                match signal {
                    Signal::Leave(code) => return Err(Over::Signal(code)),
                    Signal::Stop => stop_here(false),
                    Signal::Continue | Signal::Resize => {}
                }
            }
        }
    }

    /// From where it stands to the end.
    fn follow(&mut self, session: &mut Session, record: &mut Record) -> Result<Over, Over> {
        while !session.is_finished() {
            if session.paused().is_some() && !self.input.is_open() {
                return Ok(Over::Alone);
            }
            let mut events = Vec::new();
            if let Some(line) = self.input.command() {
                let now = clock::now();
                if line == "e" {
                    events = session.pause(&now);
                    self.urgent()?;
                } else if line == "m" {
                    let said = self.heard.toggle();
                    self.say(said)?;
                } else if let Some(told) = command(session, &line, &now) {
                    events = told;
                } else {
                    session.stop(&now);
                    self.sound_stop(session);
                    return Ok(Over::Stopped);
                }
            } else {
                let due = session.next_change();
                let timeout = due.map(|due| due.saturating_sub(clock::mono()));
                self.input.wait(&self.signals, timeout);
                self.take_signals(session, &mut events)?;
            }
            let now = clock::now();
            events.extend(session.advance(&now));
            self.heard.turn(session);
            if !events.is_empty() {
                // Nobody waits for the disk to hear what to do.
                self.sound_and_tell(session, &events)?;
                if !events.iter().all(Event::is_passing) {
                    record.progress(session, &now);
                }
            }
        }
        Ok(Over::Finished)
    }

    fn take_signals(&mut self, session: &mut Session, events: &mut Vec<Event>) -> Result<(), Over> {
        for signal in self.signals.take() {
            match signal {
                Signal::Leave(code) => {
                    session.advance(&clock::now());
                    return Err(Over::Signal(code));
                }
                Signal::Stop => {
                    let told = session.pause(&clock::now());
                    self.sound_and_tell(session, &told)?;
                    self.heard.rest();
                    stop_here(false);
                }
                Signal::Continue => events.extend(session.was_stopped(&clock::now())),
                Signal::Resize => {}
            }
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
