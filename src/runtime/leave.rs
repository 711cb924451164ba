//! Leaving: by which way out, how long the store is waited for, and what is said of what it did not save.
//!
//! Pure: time and the store's standing come in as values, so that every case can be tried without a terminal.

use std::time::Duration;

use crate::domain::record::Fields;
use crate::domain::storage::{Act, Ask};
use crate::sys::panics::PANICKED;
use crate::sys::say::{say, say_text};

/// How long acts are waited for when the person is in a hurry or no longer there: the whole must end within 2 s.
const HURRIED: Duration = Duration::from_millis(1500);
/// The same when the person asked to leave: longer than the journal waits for its lock.
const UNHURRIED: Duration = Duration::from_secs(6);
/// With nothing to save, the thread may finish what it is at for this long: a reading disk must not hold us.
const NOTHING_TO_SAVE: Duration = Duration::from_millis(200);
/// Waiting longer than this is shown.
const SHOWN_AFTER: Duration = Duration::from_millis(100);

/// How the store's thread fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thread {
    /// It serves, or hangs.
    Serves,
    /// It took no more and has done everything.
    Ended,
    /// It will never answer.
    Panicked,
}

/// How the store stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Something that the person did or wrote is not answered yet.
    pub acts_open: bool,
    /// The thread.
    pub thread: Thread,
}

/// What the loop does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Go on; nobody leaves.
    Stay,
    /// Let the store take no more, and wait.
    Close,
    /// Wait for the store.
    Wait,
    /// Show that we wait, and wait.
    Show,
    /// Leave with this exit code.
    Go(u8),
    /// The same; what is still open was not saved, and that is to be said.
    GiveUp(u8),
}

/// The way out, once there is one.
#[derive(Debug, Default)]
pub struct Leave(Option<Way>);

#[derive(Debug, Clone, Copy)]
struct Way {
    /// 0: the person asked, and can still be asked back. Any other: in a hurry.
    code: u8,
    /// The monotonic time at which we go, answered or not.
    until: Duration,
    /// When the waiting is shown; `None` once it is.
    show_at: Option<Duration>,
    closed: bool,
}

impl Leave {
    /// Leaving with this exit code is wanted. Who is in a hurry need not wait for who is not; otherwise the first counts.
    pub fn want(&mut self, code: u8, now: Duration) {
        let patience = if code == 0 { UNHURRIED } else { HURRIED };
        let until = now + patience;
        self.0 = Some(match self.0 {
            Some(before) if before.code != 0 || code == 0 => before,
            Some(before) => Way {
                code,
                until: until.min(before.until),
                ..before
            },
            None => Way {
                code,
                until,
                show_at: Some(now + SHOWN_AFTER),
                closed: false,
            },
        });
    }

    /// Whether there is a way out.
    pub fn is_under_way(&self) -> bool {
        self.0.is_some()
    }

    /// Whether we are on the way out and nothing is shown of it: nobody sees another frame. One costs 0.35 ms, a third of
    /// what leaving an empty log took.
    pub fn is_quiet(&self) -> bool {
        self.0.is_some_and(|way| way.show_at.is_some())
    }

    /// Whether nobody can be asked any more.
    pub fn is_hurried(&self) -> bool {
        self.0.is_some_and(|way| way.code != 0)
    }

    /// An act could not be saved. True: it is to be said at the end. False: the person is asked what to do, and until
    /// then nobody leaves.
    pub fn is_said_at_the_end(&mut self) -> bool {
        if !self.is_hurried() {
            self.0 = None;
        }
        self.is_hurried()
    }

    /// When to take the next step at the latest, on the monotonic clock.
    pub fn deadline(&self) -> Option<Duration> {
        let way = self.0?;
        let show_at = way.show_at.filter(|_| !way.closed);
        Some(show_at.map_or(way.until, |show_at| show_at.min(way.until)))
    }

    /// What comes next.
    pub fn step(&mut self, now: Duration, store: Standing) -> Step {
        let gone = store.thread != Thread::Serves;
        let Some(way) = &mut self.0 else {
            // It never ends by itself.
            return match gone {
                true if store.acts_open => Step::GiveUp(PANICKED),
                true => Step::Go(PANICKED),
                false => Step::Stay,
            };
        };
        let code = if store.thread == Thread::Panicked {
            PANICKED
        } else {
            way.code
        };
        let is_late = now >= way.until;
        match (store.acts_open, gone) {
            (true, _) if gone || is_late => Step::GiveUp(code.max(1)),
            (true, _) => match way.show_at.take_if(|at| *at <= now) {
                Some(_) => Step::Show,
                None => Step::Wait,
            },
            (false, true) => Step::Go(code),
            (false, false) if !way.closed => {
                way.closed = true;
                way.until = way.until.min(now + NOTHING_TO_SAVE);
                Step::Close
            }
            (false, false) if is_late => Step::Go(code),
            (false, false) => Step::Wait,
        }
    }
}

/// One remark for when the terminal is given back, and the text that is nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// One line.
    pub line: String,
    /// JSON of the fields that were to be saved.
    pub text: Option<String>,
}

impl Remark {
    /// An act that was not saved.
    pub fn not_saved(ask: &Ask, why: &str) -> Self {
        let text = fields(ask).and_then(|fields| serde_json::to_string(fields).ok());
        let name = name(ask);
        let line = match text {
            Some(_) => format!("not saved: {name}: {why}; this was to be kept:"),
            None => format!("not saved: {name}: {why}"),
        };
        Self { line, text }
    }

    /// Says it, once the terminal is given back.
    pub fn say(&self) {
        say(&self.line);
        if let Some(text) = &self.text {
            say_text(text);
        }
    }
}

/// Whether losing it would lose something that the person did or wrote.
pub fn is_the_persons(ask: &Ask) -> bool {
    !matches!(
        ask,
        Ask::Progress(..) | Ask::Seen(_) | Ask::Unseen(_) | Ask::Unsettled(_) | Ask::Reload
    )
}

fn fields(ask: &Ask) -> Option<&Fields> {
    match ask {
        Ask::Write(_, Act::Add { set } | Act::Edit { set, .. })
        | Ask::StartSession { set, .. }
        | Ask::EndSession(_, Some(set))
        | Ask::SettleCutOff(_, _, Some(set)) => Some(set),
        _ => None,
    }
}

fn name(ask: &Ask) -> &'static str {
    match ask {
        Ask::Write(_, Act::Add { .. }) => "an entry",
        Ask::Write(_, Act::Edit { .. }) => "a change",
        Ask::Write(_, Act::Delete { .. }) => "a deletion",
        Ask::Write(_, Act::Undo { .. }) => "an undo",
        Ask::Write(_, Act::Redo) => "a redo",
        Ask::StartSession { .. } => "the start of a session",
        Ask::ResumeSession(..) => "going on with a session",
        Ask::EndSession(_, Some(_)) | Ask::SettleCutOff(_, _, Some(_)) => "the end of a session",
        Ask::EndSession(_, None) | Ask::SettleCutOff(_, _, None) => "discarding a session",
        Ask::Favourite(..) => "a favourite",
        Ask::Profile(..) => "answers about you",
        Ask::Progress(..) => "where a session stands",
        Ask::Seen(_) | Ask::Unseen(_) => "what was shown",
        Ask::Unsettled(_) | Ask::Reload => "a look at the files",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// The ways out that a person or the system takes: `q`, Ctrl-C, SIGTERM, SIGHUP and a lost terminal.
    const WAYS: [u8; 4] = [0, 130, 143, 129];
    const BEGAN: Duration = Duration::from_secs(1000);

    fn store(acts_open: bool, thread: Thread) -> Standing {
        Standing { acts_open, thread }
    }

    /// Steps at every deadline until it ends: all steps, and the milliseconds that it took.
    fn to_the_end(
        leave: &mut Leave,
        store: impl Fn(Duration, bool) -> Standing,
    ) -> (Vec<Step>, u128) {
        let (mut now, mut steps, mut closed) = (BEGAN, Vec::new(), false);
        loop {
            let step = leave.step(now, store(now.saturating_sub(BEGAN), closed));
            closed |= step == Step::Close;
            steps.push(step);
            assert!(steps.len() < 20, "it spins: {steps:?}");
            match step {
                Step::Go(_) | Step::GiveUp(_) | Step::Stay => {
                    return (steps, now.saturating_sub(BEGAN).as_millis());
                }
                _ => {}
            }
            now = now.max(leave.deadline().unwrap());
        }
    }

    fn leaving(code: u8) -> Leave {
        let mut leave = Leave::default();
        leave.want(code, BEGAN);
        leave
    }

    #[test]
    fn with_nothing_open_it_goes_as_soon_as_the_thread_has_ended() {
        for code in WAYS {
            let (steps, took) = to_the_end(&mut leaving(code), |_, closed| {
                store(
                    false,
                    if closed {
                        Thread::Ended
                    } else {
                        Thread::Serves
                    },
                )
            });
            assert_eq!(steps.last(), Some(&Step::Go(code)));
            assert!(!steps.contains(&Step::Show), "{steps:?}");
            assert!(took <= 200, "{code}: {took} ms");
        }
    }

    #[test]
    fn with_nothing_open_a_thread_that_hangs_holds_nobody_and_nothing_false_is_said() {
        for code in WAYS {
            let (steps, took) = to_the_end(&mut leaving(code), |_, _| store(false, Thread::Serves));
            assert_eq!(steps, [Step::Close, Step::Go(code)]);
            assert_eq!(took, 200);
        }
    }

    #[test]
    fn an_open_act_is_waited_for_and_the_waiting_shown() {
        for code in WAYS {
            let (steps, took) = to_the_end(&mut leaving(code), |gone, closed| {
                let saved = gone >= Duration::from_millis(100);
                store(
                    !saved,
                    if closed {
                        Thread::Ended
                    } else {
                        Thread::Serves
                    },
                )
            });
            assert_eq!(steps.last(), Some(&Step::Go(code)), "{steps:?}");
            assert!(took <= 300, "{took} ms");

            let mut leave = leaving(code);
            assert_eq!(leave.step(BEGAN, store(true, Thread::Serves)), Step::Wait);
            let later = leave.deadline().unwrap();
            assert_eq!(leave.step(later, store(true, Thread::Serves)), Step::Show);
            assert_eq!(leave.step(later, store(true, Thread::Serves)), Step::Wait);
        }
    }

    #[test]
    fn an_open_act_that_is_never_answered_is_given_up_and_said() {
        for (way, code, limit) in [(0, 1, 6000), (130, 130, 1500), (143, 143, 1500)] {
            let (steps, took) = to_the_end(&mut leaving(way), |_, _| store(true, Thread::Serves));
            assert_eq!(steps.last(), Some(&Step::GiveUp(code)));
            assert_eq!(took, limit);
        }
    }

    #[test]
    fn an_act_that_fails_is_asked_about_unless_nobody_can_be_asked() {
        let mut leave = leaving(0);
        assert!(!leave.is_said_at_the_end());
        assert!(!leave.is_under_way(), "until it is answered nobody leaves");
        let stay = leave.step(BEGAN, store(false, Thread::Serves));
        assert_eq!(stay, Step::Stay);
        for code in WAYS.into_iter().filter(|code| *code != 0) {
            let mut leave = leaving(code);
            assert!(leave.is_said_at_the_end());
            let (steps, _) = to_the_end(&mut leave, |_, _| store(false, Thread::Serves));
            assert_eq!(steps.last(), Some(&Step::Go(code)));
        }
    }

    #[test]
    fn a_thread_that_panicked_ends_it_with_101_whatever_else_goes_on() {
        for leave in [Leave::default(), leaving(0), leaving(130), leaving(143)] {
            for (acts_open, step) in [(false, Step::Go(101)), (true, Step::GiveUp(101))] {
                let mut leave = Leave(leave.0);
                assert_eq!(leave.step(BEGAN, store(acts_open, Thread::Panicked)), step);
            }
        }
    }

    #[test]
    fn nobody_leaves_unasked() {
        let mut leave = Leave::default();
        assert_eq!(leave.step(BEGAN, store(true, Thread::Serves)), Step::Stay);
        assert_eq!(leave.step(BEGAN, store(false, Thread::Serves)), Step::Stay);
        assert_eq!(leave.deadline(), None);
    }

    #[test]
    fn a_hurry_shortens_the_wait_of_one_who_had_time() {
        let mut leave = leaving(0);
        leave.want(130, BEGAN + Duration::from_secs(1));
        let (steps, took) = to_the_end(&mut leave, |_, _| store(true, Thread::Serves));
        assert_eq!(steps.last(), Some(&Step::GiveUp(130)));
        assert_eq!(took, 2500);

        let mut late = leaving(0);
        late.want(143, BEGAN + Duration::from_millis(5900));
        let (_, took) = to_the_end(&mut late, |_, _| store(true, Thread::Serves));
        assert_eq!(took, 6000, "never longer than before");

        let mut twice = leaving(143);
        twice.want(130, BEGAN + Duration::from_secs(1));
        twice.want(0, BEGAN + Duration::from_secs(1));
        let (steps, took) = to_the_end(&mut twice, |_, _| store(true, Thread::Serves));
        assert_eq!(steps.last(), Some(&Step::GiveUp(143)), "the first counts");
        assert_eq!(took, 1500);
    }

    #[test]
    fn what_was_not_saved_is_named_with_all_that_was_typed() {
        let mut set = Fields::default();
        set.put("note", "two\nlines");
        let remark = Remark::not_saved(&Ask::Write(1, Act::Add { set }), "the disk is full");
        assert_eq!(
            remark.line,
            "not saved: an entry: the disk is full; this was to be kept:"
        );
        assert_eq!(remark.text.unwrap(), r#"{"note":"two\nlines"}"#);
        let undo = Remark::not_saved(&Ask::Write(1, Act::Undo { op: None }), "x");
        assert_eq!((&*undo.line, undo.text), ("not saved: an undo: x", None));
    }

    #[test]
    fn what_comes_again_by_itself_is_not_an_act_of_the_persons() {
        assert!(!is_the_persons(&Ask::Seen("disclaimer".into())));
        assert!(!is_the_persons(&Ask::Reload));
        assert!(is_the_persons(&Ask::EndSession(1, None)));
    }
}
