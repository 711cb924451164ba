//! `unkink cues`: how a session is told to the ear, and a try of it.

use std::io::IsTerminal;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags};

use super::Shell;
use super::out::{Fail, say};
use crate::cues::{Mood, Player, bell, find, notify};
use crate::domain::cue::{Cue, Kind};
use crate::domain::plan::Side;
use crate::settings::{ANY_EVENT, BreathCues, Command, Settings, Tool};
use crate::sys::clock;
use crate::sys::signals::{Signal, Signals, stop_here};
use crate::sys::wait::poll;

/// Of what is not wanted.
const OFF: &str = "off in config.toml";
/// How long one cue may take.
const PATIENCE: Duration = Duration::from_secs(6);
/// Between two looks at a child that speaks, and from one cue to the next.
const LOOK: Duration = Duration::from_millis(50);
const BETWEEN: Duration = Duration::from_millis(250);

/// Say how a session is told to the ear: voice, bell, notification, hooks, what keeps the machine awake
#[derive(Debug, clap::Args)]
#[command(after_help = "\
--test plays every event once, in the order of a session: spoken, rung (on a terminal), and\n\
with its hook. The exit code is 1 when a command from config.toml does not work; that there\n\
is no voice is no error.")]
pub struct Args {
    /// Play every event once
    #[arg(long)]
    test: bool,
}

/// What is used, the events, and the try.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    let settings = std::mem::take(&mut shell.config.settings);
    let rings = std::io::stdout().is_terminal();
    let mut player = Player::new(&Settings {
        bell: settings.bell && rings,
        ..settings.clone()
    });
    let all_there = describe(&mut player, &settings, shell)?;
    shell.out.line("")?;
    if !args.test {
        events(&settings, shell)?;
        return Ok(u8::from(!all_there));
    }
    let works = match play(player, &settings, shell)? {
        Tried::Through { works } => works,
        Tried::Left(code) => return Ok(code),
    };
    Ok(u8::from(!all_there || !works))
}

/// A line for each way. True: every command that was set is there.
fn describe(player: &mut Player, settings: &Settings, shell: &mut Shell) -> Result<bool, Fail> {
    let found = player.found();
    let mut all_there = true;
    let mut program = |tool: &Tool, command: Option<&Command>, none: &str| {
        let Some(command) = command.filter(|_| tool.on) else {
            return if tool.on { none } else { OFF }.to_owned();
        };
        let shown = shown(command);
        all_there &= shown.is_ok();
        shown.unwrap_or_else(|why| why)
    };
    let voice = program(
        &settings.speech,
        found.voice.as_ref(),
        "none: install espeak-ng or speech-dispatcher, or set speech.command",
    );
    let awake = program(
        &settings.awake,
        found.awake.as_ref(),
        "none: neither systemd-inhibit nor caffeinate is here; or set awake.command",
    );
    let hooks = settings.hooks.iter().map(|(name, command)| {
        let on = Tool::default();
        format!("{name}: {}", program(&on, Some(command), ""))
    });
    let hooks: Vec<String> = hooks.collect();
    let switch = |on: bool, words: &str| if on { words } else { OFF }.to_owned();
    let bell = if std::io::stdout().is_terminal() {
        "the terminal's"
    } else {
        "the terminal's; standard output is none, so it is not rung here"
    };
    let notification = "by the terminal (OSC 9), while you look at another window";
    let mut lines = vec![
        ("voice", voice),
        ("bell", switch(settings.bell, bell)),
        ("notification", switch(settings.notify, notification)),
        ("awake", awake),
        ("breath cues", settings.breath_cues.name().to_owned()),
    ];
    if hooks.is_empty() {
        lines.push(("hooks", "none".into()));
    }
    lines.extend(hooks.into_iter().map(|hook| ("hook", hook)));
    for (name, text) in lines {
        shell.out.line(&format!("{name:<13} {text}"))?;
    }
    Ok(all_there)
}

/// The command with its program's whole path; the error says why it can't be used.
fn shown(command: &Command) -> Result<String, String> {
    let name = command.first().map_or("", String::as_str);
    let path = find::program(name)
        .ok_or_else(|| format!("'{name}' is not installed, or may not be run"))?;
    let program = [path.display().to_string()];
    let parts: Vec<&str> = program
        .iter()
        .chain(&command[1..])
        .map(String::as_str)
        .collect();
    Ok(parts.join(" "))
}

/// The events, one a line, with what each brings about.
fn events(settings: &Settings, shell: &mut Shell) -> Result<(), Fail> {
    shell.out.heading("event     bell  told as")?;
    for kind in Kind::ALL {
        let strokes = bell::pattern(kind).map_or(0, |gaps| gaps.len() + 1);
        let bell = if strokes == 0 {
            "-".to_owned()
        } else {
            strokes.to_string()
        };
        let mut also = Vec::new();
        if notify::calls(kind) {
            also.push("notification");
        }
        if settings.hooks.contains_key(kind.name()) || settings.hooks.contains_key(ANY_EVENT) {
            also.push("hook");
        }
        let also = if also.is_empty() {
            String::new()
        } else {
            format!(" ({})", also.join(", "))
        };
        let text = example(kind);
        shell
            .out
            .line(&format!("{:<9} {bell:<5} {text}{also}", kind.name()))?;
    }
    Ok(())
}

/// How the try ended.
enum Tried {
    /// To the end; whether every command that was set works.
    Through { works: bool },
    /// Broken off by a signal, with this exit code.
    Left(u8),
}

/// Plays each event to its end.
fn play(mut player: Player, settings: &Settings, shell: &mut Shell) -> Result<Tried, Fail> {
    let failed = |error: std::io::Error| Fail::Failed(format!("signals: {error}"));
    let mut stage = Stage {
        signals: Signals::listen().map_err(failed)?,
        works: true,
        is_endless: false,
    };
    // Nobody tries it to hear nothing.
    let breath = match settings.breath_cues {
        BreathCues::Off => BreathCues::Voice,
        set => set,
    };
    player.follow(Mood {
        muted: false,
        breath,
    });
    player.keep_awake(true);
    for kind in Kind::ALL {
        let spoken = example(kind).to_owned();
        shell.out.line(&format!("{:<9} {spoken}", kind.name()))?;
        shell.out.flush()?;
        let cue = Cue { kind, spoken };
        player.give(
            &cue,
            (kind == Kind::Side).then_some(Side::Right),
            clock::mono(),
        );
        if let Some(code) = stage.hear_out(&mut player, shell)? {
            return Ok(Tried::Left(code));
        }
    }
    if player.is_kept_awake() {
        shell.out.line("")?;
        shell.out.line("The machine was kept awake meanwhile.")?;
    }
    Ok(Tried::Through { works: stage.works })
}

/// What the try needs besides the player.
struct Stage {
    signals: Signals,
    works: bool,
    is_endless: bool,
}

impl Stage {
    /// Waits for the end of a cue, and a moment longer. The exit code when a signal says to leave.
    fn hear_out(&mut self, player: &mut Player, shell: &mut Shell) -> Result<Option<u8>, Fail> {
        let began = clock::mono();
        let mut over = None;
        loop {
            let now = clock::mono();
            let played = player.turn(now);
            for remark in played.remarks {
                say(&remark.text);
                self.works &= !remark.is_set;
            }
            if !played.bytes.is_empty() {
                shell.out.control(&played.bytes)?;
            }
            if !player.is_at_it() {
                over = over.or(Some(now + BETWEEN));
            }
            if over.is_some_and(|over| over <= now) {
                return Ok(None);
            }
            if now > began + PATIENCE {
                self.tell_endless();
                return Ok(None);
            }
            let look = now + LOOK;
            let next = player.deadline().map_or(look, |at| at.min(look));
            if let Some(code) = self.wait(next.saturating_sub(now)) {
                return Ok(Some(code));
            }
        }
    }

    /// Once: a voice without anything to sound through waits for ever.
    fn tell_endless(&mut self) {
        if !std::mem::replace(&mut self.is_endless, true) {
            say("this is not over after 6 seconds; is there a sound device?");
        }
    }

    fn wait(&mut self, time: Duration) -> Option<u8> {
        let mut fds = [PollFd::new(&self.signals, PollFlags::IN)];
        // Broken off by a handler it comes back early, no more.
        let _ = poll(&mut fds, Some(time));
        let came = self.signals.take();
        if came.contains(&Signal::Stop) {
            stop_here(true);
        }
        came.iter().find_map(Signal::leaves)
    }
}

/// What is said for an event, by way of example.
fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Start => "Hand warm-up, two minutes. Get ready.",
        Kind::Step => "Stroke the lower back with both hands. One minute.",
        Kind::Half => "Half way.",
        Kind::Ten => "Ten seconds.",
        Kind::Count => "Three.",
        Kind::Side => "Change to the right side.",
        Kind::Next => "Next, slow breathing, two minutes.",
        Kind::In => "In.",
        Kind::Out => "Out.",
        Kind::Pause => "Paused.",
        Kind::Away => "Paused. You were away.",
        Kind::CountIn => "Going on in three.",
        Kind::GoOn => "Go on. Stroke the lower back with both hands.",
        Kind::Finish => "Finished.",
        Kind::Stop => "Stopped.",
        Kind::Beside => "Your command is done, exit zero.",
    }
}
