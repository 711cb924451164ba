//! The command line: reads arguments, runs one command, gives the exit code. One file per command.
//!
//! Standard output is the answer, standard error is for people. Exit codes: 0 done (also: nothing found, a closed pipe),
//! 1 could not do it or `doctor` found something, 2 wrong usage, unknown name or no terminal, 3 refused for safety,
//! 128 + n by signal n.
//!
//! A command knows neither model nor screen of the app: what both need is the domain's, and only the runtime opens the
//! app.
#![doc = include_str!("guide.md")]
#![doc = include_str!("json.md")]

mod args;
mod as_toml;
mod ask;
mod catalogue;
mod complete;
mod completions;
mod config;
mod cues;
mod delete;
mod doctor;
mod edit;
mod entry;
mod examples;
mod export;
mod favourite;
mod forget;
mod gate;
mod history;
mod import;
mod list;
mod log;
mod man;
mod new_file;
mod out;
mod paths;
mod plain;
mod ratings;
mod redo;
mod remind;
mod report;
mod safety;
mod saved;
mod show;
mod start;
mod stats;
mod status;
mod store;
mod suggest;
mod undo;
mod validate;
mod values;
mod while_running;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::config::{Config, Named, read as read_config};
use crate::content;
use crate::domain::library::Library;
use crate::paths::Places;
use crate::runtime::{Start, open};
use crate::sys::panics;
use out::{Fail, Out};

/// A calm companion for a stiff lower back: choose, do, log.
///
/// Without a command the app opens in the terminal.
#[derive(Debug, Parser)]
#[command(
    name = "unkink",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = false
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Everywhere")]
struct Global {
    #[allow(clippy::doc_markdown)] // as it is shown
    /// Keep the log here instead of the system's data directory (also: UNKINK_DATA_DIR)
    #[arg(long, value_name = "DIR", global = true)]
    data_dir: Option<PathBuf>,
    /// Read the settings from here instead of config.toml ('unkink paths' says where that is)
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    #[allow(clippy::doc_markdown)] // as it is shown
    /// Use colour and bold: by itself on a terminal without NO_COLOR, always, or never
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    color: Color,
    /// With a year of made-up data and nothing saved: the app, stats and report
    #[arg(long, global = true)]
    demo: bool,
    /// Never ask; fail with the name of the option that answers
    #[arg(long, global = true)]
    no_input: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// What was asked for outright.
    fn asked(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::Always => Some(true),
            Self::Never => Some(false),
        }
    }
}

/// Makes [`Command`] of a list: what is typed, and the file with its `Args`, whose doc comment is its help, and its `run`.
macro_rules! commands {
    ($($name:ident => $file:ident,)+) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($name(Box<$file::Args>),)+
        }

        impl Command {
            fn run(&self, shell: &mut Shell) -> Result<u8, Fail> {
                match self {
                    $(Self::$name(args) => $file::run(args, shell),)+
                }
            }
        }
    };
}

// In the order of the help. The `mod` lines stay above, where the formatter finds the files.
commands! {
    List => list,
    Show => show,
    Start => start,
    Safety => safety,
    Suggest => suggest,
    Log => log,
    History => history,
    Stats => stats,
    Ask => ask,
    Edit => edit,
    Delete => delete,
    Forget => forget,
    Undo => undo,
    Redo => redo,
    Favourite => favourite,
    Export => export,
    Report => report,
    Cues => cues,
    Import => import,
    While => while_running,
    Remind => remind,
    Paths => paths,
    Doctor => doctor,
    Validate => validate,
    Config => config,
    Completions => completions,
    Man => man,
    Status => status,
}

/// What every command gets.
struct Shell {
    places: Places,
    /// Made-up data in place of the person's own.
    demo: bool,
    out: Out,
    no_input: bool,
    config: Config,
    /// Colour where it is wanted, for the app.
    color: Color,
    /// Who said where the log is.
    data_named: Named,
}

impl Shell {
    /// The content with the person's own and without what is hidden, and the lines that tell what was wrong with either.
    fn library(&self) -> (Library, Vec<String>) {
        let (mut library, mut troubles) = content::load(&self.places);
        troubles.extend(self.config.hide(&mut library));
        (library, troubles)
    }
}

/// Runs what the arguments ask for; the exit code.
pub fn main(args: impl IntoIterator<Item = OsString>) -> u8 {
    panics::watch();
    let args: Vec<OsString> = args.into_iter().collect();
    // The usual start does without the parser.
    if args.len() <= 1 {
        return match Places::find(None) {
            Ok(places) => {
                let config = read_config(&places, None).unwrap_or_default();
                let start = Start {
                    config,
                    ..Start::default()
                };
                open(&places, start)
            }
            Err(why) => end(Err(Fail::Failed(why))),
        };
    }
    if args[1] == complete::WORD {
        return end(complete::run(&args[2..]));
    }
    // The parser takes more room than a small limit on the stack leaves; without another thread it is tried here.
    std::thread::scope(|scope| {
        let main = std::thread::Builder::new()
            .name("main".into())
            .stack_size(STACK);
        match main.spawn_scoped(scope, || parsed(&args)) {
            Ok(main) => main.join().unwrap_or(panics::PANICKED),
            Err(_) => parsed(&args),
        }
    })
}

/// Bytes of stack for the parser and the command.
const STACK: usize = 2 << 20;

fn parsed(args: &[OsString]) -> u8 {
    panics::test_panic("command");
    let matches = command().try_get_matches_from(args);
    match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => end(run(cli)),
        Err(error) if error.kind() == clap::error::ErrorKind::InvalidUtf8 => {
            end(Err(Fail::Usage(no_text(args))))
        }
        Err(error) => usage(&error),
    }
}

/// Everything that can be typed, with examples in the help of each command.
fn command() -> clap::Command {
    examples::add_to(Cli::command())
}

fn run(cli: Cli) -> Result<u8, Fail> {
    let data_named = data_named(cli.global.data_dir.is_some());
    let places = Places::find(cli.global.data_dir).map_err(Fail::Failed)?;
    let config = read_config(&places, cli.global.config.as_deref()).map_err(Fail::Usage)?;
    let Some(command) = cli.command else {
        let start = Start {
            config,
            colour: cli.global.color.asked(),
            demo: cli.global.demo,
            ..Start::default()
        };
        return Ok(open(&places, start));
    };
    // A file that grows past a limit is an error to tell, not a reason to die.
    let _ = signal_hook::flag::register(
        signal_hook::consts::SIGXFSZ,
        Arc::new(AtomicBool::new(false)),
    );
    if cli.global.demo && !matches!(command, Command::Stats(_) | Command::Report(_)) {
        return Err(Fail::Usage(
            "--demo goes with the app, stats and report: nothing of it is kept".into(),
        ));
    }
    let mut shell = Shell {
        places,
        demo: cli.global.demo,
        out: Out::new(cli.global.color),
        no_input: cli.global.no_input,
        config,
        color: cli.global.color,
        data_named,
    };
    // The app shows them itself.
    if !matches!(command, Command::Start(_) | Command::While(_)) {
        out::say_each(&shell.config.troubles);
    }
    let code = command.run(&mut shell)?;
    shell.out.flush()?;
    Ok(code)
}

/// The error for arguments that are no text: these, as far as they can be shown.
fn no_text(args: &[OsString]) -> String {
    let wrong = args.iter().filter(|arg| arg.to_str().is_none());
    let wrong: Vec<String> = wrong
        .map(|arg| format!("'{}'", arg.to_string_lossy()))
        .collect();
    format!("{}: not UTF-8 text", wrong.join(", "))
}

fn data_named(by_flag: bool) -> Named {
    let variable = std::env::var_os("UNKINK_DATA_DIR");
    match (by_flag, variable.is_some_and(|dir| !dir.is_empty())) {
        (true, _) => Named::Flag,
        (false, true) => Named::Environment,
        (false, false) => Named::Default,
    }
}

fn end(result: Result<u8, Fail>) -> u8 {
    result.unwrap_or_else(Fail::tell)
}

/// Help and version are answers; everything else is wrong usage.
fn usage(error: &clap::Error) -> u8 {
    let text = error.render().to_string();
    if error.use_stderr() {
        out::say_text(text.trim_end());
        return 2;
    }
    let mut out = Out::new(Color::Never);
    end(out
        .text(text.trim_end())
        .and_then(|()| out.flush())
        .map(|()| 0))
}
