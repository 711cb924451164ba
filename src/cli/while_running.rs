//! `unkink while`: runs a command and fills the wait for it with a short session.

use std::ffi::OsString;
use std::os::fd::AsFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags};

use super::Shell;
use super::args::unknown;
use super::gate::Answers;
use super::out::{self, Fail};
use crate::domain::library::Library;
use crate::domain::plan::Side;
use crate::domain::suggest::Wish;
use crate::runtime::{Start, open_with};
use crate::sys::command::{self, News, NotStarted, Running};
use crate::sys::signals::{HANG_UP, INTERRUPTED, QUIT, Signal, Signals, TERMINATED, stop_here};
use crate::sys::wait::poll;
use crate::sys::{clock, terminal};

/// What is over so soon needs no session.
const NOT_WORTH_IT: Duration = Duration::from_secs(1);
/// How long a command may take to end once the terminal is gone.
const AFTER_HANG_UP: Duration = Duration::from_millis(1500);
/// For when nothing can be suggested yet.
const USUAL: &str = "desk-reset";
/// What a long name ends in, in lines that any terminal must be able to show.
const ELLIPSIS: &str = "...";
/// A break's length, in minutes.
const MINUTES: u32 = 3;

/// Run a command, and fill the wait for it with a short session
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without --routine it is what fits three minutes on the chair or standing, without tools. A\n\
command that ends within a second opens nothing. When it ends the session may be finished or\n\
stopped; then its output is shown, standard output and standard error each in its own stream.\n\
Leaving earlier shows the output as it comes. Until then it is kept in a file without a name\n\
that nobody else can read. The command reads nothing (standard input is /dev/null). Ctrl-C,\n\
TERM, HUP and QUIT are passed on to it, a stop (Ctrl-Z) and going on as well.\n\
Without a terminal, or where the safety rules stand against a session, it just runs.\n\
\n\
The exit code is the command's own, or 128 + n after signal n; 125 unkink failed, 126 the\n\
command can't be executed, 127 there is no such command, 2 wrong usage (nothing was run).")]
pub struct Args {
    /// What to do meanwhile, by its name in 'unkink list'
    #[arg(long, value_name = "SLUG|ROUTINE")]
    routine: Option<String>,
    /// Ask for no ratings
    #[arg(long)]
    no_rating: bool,
    /// The command and its arguments
    #[arg(value_name = "COMMAND", required = true, trailing_var_arg = true)]
    command: Vec<OsString>,
}

/// The command's exit code.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let (library, troubles) = shell.library();
    if let Some(slug) = &args.routine
        && !library.can_start(slug)
    {
        return Err(unknown("technique or routine", slug, &library));
    }
    // Before the command: no signal is missed between here and its end.
    let mut signals = match Signals::listen() {
        Ok(signals) => signals,
        Err(error) => return Ok(failed(&format!("signals: {error}"))),
    };
    if !terminal::is_there() {
        return Ok(unguided(args, &mut signals));
    }
    let session = match session(args, &library, shell) {
        Ok(session) => session,
        Err(why) => {
            out::say(&format!("{why}; so it runs without a session"));
            return Ok(unguided(args, &mut signals));
        }
    };
    let mut running = match Running::kept(&args.command, &shell.places.state) {
        Ok(running) => running,
        Err(NotStarted::Failed(why)) => {
            let line = format!("its output can't be kept ({why}); so it runs without a session");
            out::say(&line);
            return Ok(unguided(args, &mut signals));
        }
        Err(why) => return Ok(not_started(args, &why)),
    };
    if !is_over_soon(&mut running, &mut signals) {
        let start = Start {
            beside: Some(&mut running),
            slugs: vec![session.slug],
            side: session.side,
            no_rating: args.no_rating,
            colour: shell.color.asked(),
            config: std::mem::take(&mut shell.config),
            ..Start::default()
        };
        let code = open_with(&shell.places, start, library, troubles);
        pass_on_what_came(code, &running, &mut signals);
        if code == HANG_UP {
            return Ok(after_hang_up(&mut running, &signals));
        }
        if running.status().is_none() {
            if running.wants_terminal() {
                say_waits(&running);
            } else {
                let name = running.name(ELLIPSIS);
                out::say(&format!("{name} is still running; Ctrl-C ends it"));
            }
        }
    }
    running.show();
    Ok(see_out(&mut running, &mut signals))
}

/// What to do meanwhile.
struct Session {
    slug: String,
    side: Option<Side>,
}

/// What was named, or what fits now. The error says why nothing may start.
fn session(args: &Args, library: &Library, shell: &Shell) -> Result<Session, Fail> {
    let answers = Answers::read(&shell.places, library);
    answers.no_emergency()?;
    let session = match &args.routine {
        Some(slug) => Session {
            slug: slug.clone(),
            side: None,
        },
        None => fitting(&answers),
    };
    // Nobody wants pages of questions before the output of a command.
    if answers.is_due() {
        let why = "the safety questions come first ('unkink safety', or open the app)";
        return Err(Fail::Refused(why.into()));
    }
    let side = session.side.unwrap_or(Side::Left);
    answers.plan(std::slice::from_ref(&session.slug), side)?;
    Ok(session)
}

fn fitting(answers: &Answers<'_>) -> Session {
    match answers
        .suggest(&Wish::in_passing(MINUTES))
        .into_iter()
        .next()
    {
        Some(best) => Session {
            slug: best.slug,
            side: best.side,
        },
        None => Session {
            slug: USUAL.into(),
            side: None,
        },
    }
}

/// The command alone, its output as it comes.
fn unguided(args: &Args, signals: &mut Signals) -> u8 {
    match Running::straight(&args.command) {
        Ok(mut running) => see_out(&mut running, signals),
        Err(why) => not_started(args, &why),
    }
}

fn not_started(args: &Args, why: &NotStarted) -> u8 {
    let name = args.command.first().map(|name| name.to_string_lossy());
    out::say(&format!("{}: {why}", name.unwrap_or_default()));
    why.code()
}

fn failed(why: &str) -> u8 {
    out::say(why);
    command::FAILED
}

/// Whether it ends before a session would be worth it, or somebody wants it to end.
fn is_over_soon(running: &mut Running, signals: &mut Signals) -> bool {
    let until = clock::mono() + NOT_WORTH_IT;
    while running.status().is_none() {
        let left = until.saturating_sub(clock::mono());
        if left.is_zero() {
            return false;
        }
        wait(running, signals, Some(left));
        running.news();
        for signal in signals.take() {
            if act(signal, running) {
                return true;
            }
        }
    }
    true
}

/// The signals that ended the app, and those that it took for itself, reach the command once each.
fn pass_on_what_came(code: u8, running: &Running, signals: &mut Signals) {
    let mut leaves: Vec<u8> = signals.take().iter().filter_map(Signal::leaves).collect();
    // Ctrl-C is a key in the app.
    let by_signal = [HANG_UP, INTERRUPTED, QUIT, TERMINATED].contains(&code);
    if by_signal && !leaves.contains(&code) {
        leaves.push(code);
    }
    for code in leaves {
        running.pass_on(code);
    }
}

/// Waits for its end, and until its output is shown; signals go to the command as long as it runs.
fn see_out(running: &mut Running, signals: &mut Signals) -> u8 {
    let mut is_shown = !running.is_kept();
    loop {
        let news = running.news();
        // Told once, and perhaps to the app.
        is_shown |= news.contains(&News::Shown) || running.is_silent();
        if news.contains(&News::WantsTerminal) {
            say_waits(running);
        }
        if let (Some(status), true) = (running.status(), is_shown) {
            return command::code(status);
        }
        for signal in signals.take() {
            if let (Some(code), Some(_)) = (signal.leaves(), running.status()) {
                // Only its output is still on its way.
                return code;
            }
            act(signal, running);
        }
        wait(running, signals, None);
    }
}

fn say_waits(running: &Running) {
    let name = running.name(ELLIPSIS);
    out::say(&format!(
        "{name} waits for a terminal, which it has not here; Ctrl-C ends it"
    ));
}

/// Passes a signal on; true for one that is to end the command.
fn act(signal: Signal, running: &Running) -> bool {
    match signal {
        Signal::Leave(code) => running.pass_on(code),
        Signal::Stop => {
            running.stop();
            stop_here(false);
            running.go_on();
        }
        Signal::Continue => running.go_on(),
        Signal::Resize => {}
    }
    signal.leaves().is_some()
}

/// Nobody is there to see anything; a command that goes on all the same is left alone.
fn after_hang_up(running: &mut Running, signals: &Signals) -> u8 {
    let until = clock::mono() + AFTER_HANG_UP;
    loop {
        running.news();
        if let Some(status) = running.status() {
            return command::code(status);
        }
        let left = until.saturating_sub(clock::mono());
        if left.is_zero() {
            return HANG_UP;
        }
        wait(running, signals, Some(left));
    }
}

fn wait(running: &Running, signals: &Signals, timeout: Option<Duration>) {
    let mut fds = [
        PollFd::from_borrowed_fd(signals.as_fd(), PollFlags::IN),
        PollFd::from_borrowed_fd(running.as_fd(), PollFlags::IN),
    ];
    // An interrupted wait is over like any other: the caller looks at everything anyway.
    let _ = poll(&mut fds, timeout);
}
