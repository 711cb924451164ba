//! What may stand next on a command line: the shells' completion scripts ask `unkink __complete WORD…`, the last word
//! being the one that is typed.
//!
//! The answer is a line each, `word`, a tab, what it is; or one line that asks the shell for files, directories or
//! commands. Scripts so hold no list that could grow old, and a person's own content completes like the built-in.
//! Made here, since what `clap_complete` has for that is marked unstable.

mod words;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, CommandFactory};

use super::out::{Fail, Out};
use super::{Cli, Color};
use crate::config;
use crate::content;
use crate::domain::find::KINDS;
use crate::domain::library::Library;
use crate::domain::record::FIELDS;
use crate::domain::search::Item;
use crate::paths::Places;

/// The first argument of such a call.
pub const WORD: &str = "__complete";

/// What the shell itself completes better.
const FILES: &str = ":files";
const DIRECTORIES: &str = ":directories";
const COMMANDS: &str = ":commands";

/// A word and what it is.
type Candidate = (String, String);

/// Prints what may stand in place of the last word. Nothing ever goes wrong here for the person who types.
pub fn run(words: &[OsString]) -> Result<u8, Fail> {
    let words: Vec<String> = words
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let mut out = Out::new(Color::Never);
    for (word, what) in candidates(&words) {
        let what = what.split('\n').next().unwrap_or_default();
        out.tabbed(&word, what)?;
    }
    out.flush()?;
    Ok(0)
}

/// Where the line stands after its whole words.
struct Place<'a> {
    command: &'a clap::Command,
    /// An option that waits for its value.
    waiting: Option<&'a Arg>,
    /// Arguments without a name so far.
    positional: usize,
    /// After `--` there are no options.
    no_options: bool,
    /// No subcommand was named yet.
    is_top: bool,
    /// What follows is another program's, options and all.
    is_of_another: bool,
    typed: Typed,
}

/// What stands on the line and decides what is offered.
#[derive(Debug, Default)]
struct Typed {
    config: Option<PathBuf>,
    data_dir: Option<PathBuf>,
    command: String,
}

impl Typed {
    fn note(&mut self, option: &Arg, value: &str) {
        match option.get_long() {
            Some("config") => self.config = Some(path(value)),
            Some("data-dir") => self.data_dir = Some(path(value)),
            _ => {}
        }
    }

    fn places(&self) -> Option<Places> {
        Places::find(self.data_dir.clone()).ok()
    }
}

/// As the shell would read it, which has not come to that yet.
fn path(word: &str) -> PathBuf {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    match (word.strip_prefix("~/"), home) {
        (Some(below), Some(home)) => home.join(below),
        _ => PathBuf::from(word),
    }
}

fn candidates(words: &[String]) -> Vec<Candidate> {
    let Some((current, before)) = words.split_last() else {
        return Vec::new();
    };
    let mut root = Cli::command();
    root.build();
    let place = walk(&root, before);
    let typed = &place.typed;
    let mut found = if place.is_of_another {
        vec![(FILES.to_owned(), String::new())]
    } else if let Some(arg) = place.waiting {
        values(arg, current, "", typed)
    } else if let Some((name, value)) = current.split_once('=').filter(|_| place.is_option(current))
    {
        let arg = place.long(name.trim_start_matches('-'));
        arg.map_or_else(Vec::new, |arg| {
            values(arg, value, &format!("{name}="), typed)
        })
    } else if place.is_option(current) {
        options(place.command)
    } else {
        place.words(current)
    };
    let is_for_shell = matches!(&found[..], [(only, _)] if only.starts_with(':'));
    if !is_for_shell {
        found.retain(|(word, _)| word.starts_with(current.as_str()));
    }
    found
}

fn walk<'a>(root: &'a clap::Command, words: &[String]) -> Place<'a> {
    let mut place = Place {
        command: root,
        waiting: None,
        positional: 0,
        no_options: false,
        is_top: true,
        is_of_another: false,
        typed: Typed::default(),
    };
    for word in words {
        if let Some(option) = place.waiting.take() {
            place.typed.note(option, word);
        } else if word == "--" && !place.no_options {
            place.no_options = true;
        } else if place.is_option(word) {
            match word.strip_prefix("--").and_then(|it| it.split_once('=')) {
                Some((name, value)) => {
                    if let Some(option) = place.long(name) {
                        place.typed.note(option, value);
                    }
                }
                None => place.waiting = place.option(word),
            }
        } else if let Some(command) = place.subcommand(word) {
            place.command = command;
            command.get_name().clone_into(&mut place.typed.command);
            place.is_top = false;
        } else {
            let arg = place.command.get_positionals().nth(place.positional);
            if arg.is_some_and(Arg::is_trailing_var_arg_set) {
                place.is_of_another = true;
                break;
            }
            place.positional += 1;
        }
    }
    place
}

impl<'a> Place<'a> {
    fn is_option(&self, word: &str) -> bool {
        !self.no_options && word.len() > 1 && word.starts_with('-') && !is_number(word)
            || !self.no_options && word == "-"
    }

    fn long(&self, name: &str) -> Option<&'a Arg> {
        let mut args = self.command.get_arguments();
        args.find(|arg| arg.get_long() == Some(name))
    }

    /// The option, if its value is still to come.
    fn option(&self, word: &str) -> Option<&'a Arg> {
        let arg = if let Some(name) = word.strip_prefix("--") {
            self.long(name)
        } else {
            let last = word.chars().last()?;
            let mut args = self.command.get_arguments();
            args.find(|arg| arg.get_short() == Some(last))
        };
        arg.filter(|arg| arg.get_action().takes_values())
    }

    fn subcommand(&self, word: &str) -> Option<&'a clap::Command> {
        self.is_top.then(|| self.command.find_subcommand(word))?
    }

    /// What has no name: a subcommand, or the next argument; options where there is no such thing.
    fn words(&self, current: &str) -> Vec<Candidate> {
        if self.is_top {
            let commands = self.command.get_subcommands();
            let shown = commands.filter(|command| !command.is_hide_set());
            return shown
                .map(|command| (command.get_name().to_owned(), about(command.get_about())))
                .collect();
        }
        let mut args = self.command.get_positionals();
        let arg = args.nth(self.positional).or_else(|| {
            let last = self.command.get_positionals().last();
            last.filter(|arg| takes_many(arg))
        });
        match arg {
            Some(arg) => values(arg, current, "", &self.typed),
            None if current.is_empty() => options(self.command),
            None => Vec::new(),
        }
    }
}

/// `-2h` is a time, `-` stands for not rated.
fn is_number(word: &str) -> bool {
    let second = word.chars().nth(1);
    second.is_some_and(|c| c.is_ascii_digit())
}

fn takes_many(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
        || arg
            .get_num_args()
            .is_some_and(|range| range.max_values() > 1)
}

fn options(command: &clap::Command) -> Vec<Candidate> {
    let args = command.get_arguments().filter(|arg| !arg.is_hide_set());
    args.filter_map(|arg| Some((format!("--{}", arg.get_long()?), about(arg.get_help()))))
        .collect()
}

fn about(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

/// The values of an argument; `value` is what is there of it, `lead` stands before it in the word.
fn values(arg: &Arg, value: &str, lead: &str, typed: &Typed) -> Vec<Candidate> {
    let known = arg.get_possible_values();
    let is_switch = !arg.get_action().takes_values();
    if is_switch {
        return Vec::new();
    }
    let found = if known.is_empty() {
        match by_name(arg, typed) {
            Values::Shell(word) => return vec![(word.to_owned(), String::new())],
            Values::Words(words) => words,
        }
    } else {
        known
            .iter()
            .map(|value| (value.get_name().to_owned(), about(value.get_help())))
            .collect()
    };
    // Of a list, the part after the last comma.
    let done = match arg.get_value_delimiter() {
        Some(comma) => value.rfind(comma).map_or("", |at| &value[..=at]),
        None => "",
    };
    let already: Vec<&str> = done.split(',').collect();
    found
        .into_iter()
        .filter(|(word, _)| !already.contains(&word.as_str()))
        .map(|(word, what)| (format!("{lead}{done}{word}"), what))
        .collect()
}

enum Values {
    Words(Vec<Candidate>),
    Shell(&'static str),
}

/// By the option's name or by what the help calls its value.
fn by_name(arg: &Arg, typed: &Typed) -> Values {
    let names = arg.get_value_names().unwrap_or_default().iter();
    let parts: Vec<&str> = names.flat_map(|name| name.split('|')).collect();
    let has = |part: &str| parts.contains(&part);
    for (name, by_shell) in [("DIR", DIRECTORIES), ("FILE", FILES), ("COMMAND", COMMANDS)] {
        if has(name) {
            return Values::Shell(by_shell);
        }
    }
    let library = library(typed);
    if has("SLUG") || has("ROUTINE") {
        return Values::Words(of_the_library(arg, &parts, &library));
    }
    let vocabulary = library.vocabulary();
    let is_search = typed.command == "history";
    let words = match arg.get_long() {
        Some("position") => library.filter_words().position,
        Some("tool") => library.filter_words().tool,
        Some("for") => library.filter_words().purpose,
        Some("side" | "side-first") => vec!["left", "right"],
        Some("unset") => FIELDS.to_vec(),
        Some("kind") => KINDS.iter().map(|(name, _)| *name).collect(),
        Some("where") => return Values::Words(words::places(vocabulary, is_search)),
        Some("tag") => return Values::Words(words::tags(vocabulary, typed.places(), is_search)),
        Some(name) => return Values::Words(words::of_a_list(name, vocabulary)),
        None => Vec::new(),
    };
    Values::Words(words.into_iter().map(words::bare).collect())
}

fn of_the_library(arg: &Arg, parts: &[&str], library: &Library) -> Vec<Candidate> {
    let has = |part: &str| parts.contains(&part);
    // `--technique SLUG` and `--routine SLUG` take one kind each; a list of either, and `SLUG|ROUTINE`, takes both.
    let alone = arg
        .get_long()
        .filter(|_| arg.get_value_delimiter().is_none() && !has("ROUTINE"));
    let no_techniques = alone == Some("routine") || !has("SLUG");
    let no_routines = alone == Some("technique");
    let items = library.items().filter(|item| match item {
        Item::Technique(_) => !no_techniques,
        Item::Routine(_) => !no_routines,
        Item::Topic(_) => has("TOPIC"),
    });
    let offered = items.filter(|item| !library.is_hidden(item.slug()));
    offered
        .map(|item| (item.slug().to_owned(), item.name().to_owned()))
        .collect()
}

/// Everything that is offered, a person's own among it, with the settings that the line names.
fn library(typed: &Typed) -> Library {
    let Some(places) = typed.places() else {
        return content::built_in_library();
    };
    let (mut library, _) = content::load(&places);
    if let Ok(config) = config::read(&places, typed.config.as_deref()) {
        config.hide(&mut library);
    }
    library
}
