//! The settings: the environment's over those of the file, `<config>/config.toml`, over the defaults. Read at start, never
//! written.
//!
//! Whatever is wrong becomes a line for people, `file:line: reason`, and what was in force stays. Without a file nothing
//! is parsed: the first frame does not wait for settings that nobody made. What a setting does is not known here.
#![doc = include_str!("config/settings.md")]

mod environment;
mod keys;
mod options;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use environment::variable;
pub use options::{OPTIONS, Opt};

use crate::domain::library::Library;
use crate::domain::nearest;
use crate::domain::order;
use crate::keys::Keymap;
use crate::paths::Places;
use crate::settings::{Palette, Settings};
use crate::toml_file::{self, Lines, Unread};

/// The largest file that is read, in bytes.
const FILE_MAX: u64 = 64 * 1024;

/// The documented file without the themes and the keys, which are listed by their tables.
const DOCUMENTED: &str = include_str!("../assets/config.toml");
/// The line of it that the themes stand in place of.
const THEMES: &str = "# {themes}\n";

/// The documented file with every option and every action's keys, each with its default behind a `#`.
pub fn documented() -> String {
    let theme = |it: &Palette| format!("#   {}: {}\n", it.name(), it.words());
    let themes: String = Palette::ALL.iter().map(theme).collect();
    format!(
        "{}{}",
        DOCUMENTED.replace(THEMES, &themes),
        crate::keys::listed()
    )
}

/// The variable that names another settings file.
const FILE_VARIABLE: &str = "UNKINK_CONFIG";

/// What the settings are and where they come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The settings in force.
    pub settings: Settings,
    /// A line for people for each thing that is not used.
    pub troubles: Vec<String>,
    /// Where those that are not at their default come from, by the option's name.
    pub origins: BTreeMap<&'static str, Origin>,
    /// The file that was looked for.
    pub file: Looked,
    /// The keys in force.
    pub keymap: Keymap,
    /// What the file says of them, where that is in force, in its order.
    pub keys: Vec<OwnKeys>,
}

/// The keys that the file gives an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnKeys {
    /// The action's name.
    pub action: &'static str,
    /// Names of keys, those that there are. One that is taken in some places holds in the others.
    pub keys: Vec<String>,
    /// Those that it has by the table.
    pub usual: Vec<String>,
    /// The line of the file.
    pub line: usize,
}

/// A setting that somebody made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Where.
    pub made: Made,
    /// Its value as TOML.
    pub value: String,
}

/// Where a setting was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// In the file, on this line.
    File(usize),
    /// In the environment, by this variable.
    Environment(String),
}

/// A settings file that was looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looked {
    /// Its path.
    pub path: PathBuf,
    /// Who named it.
    pub named: Named,
    /// Whether it is there.
    pub is_there: bool,
}

/// Who named a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Named {
    /// Nobody: the usual one.
    #[default]
    Default,
    /// A flag.
    Flag,
    /// A variable.
    Environment,
}

/// Reads the settings: from the file that was asked for (`--config`), else the one that `UNKINK_CONFIG` names, else
/// `<config>/config.toml`, which may be missing; over that the environment. The error, one line for people: the file
/// asked for by the flag is not there.
pub fn read(places: &Places, asked: Option<&Path>) -> Result<Config, String> {
    read_with(places, asked, &|name| std::env::var_os(name))
}

fn read_with(
    places: &Places,
    asked: Option<&Path>,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Config, String> {
    let by_variable = variable(FILE_VARIABLE).filter(|path| !path.is_empty());
    let (path, named) = match (asked, by_variable) {
        (Some(path), _) => (path.to_owned(), Named::Flag),
        (None, Some(path)) => (PathBuf::from(path), Named::Environment),
        (None, None) => (places.settings(), Named::Default),
    };
    let shown = path.display().to_string();
    let text = toml_file::read(&path, FILE_MAX);
    let is_missing =
        matches!(&text, Err(Unread::Failed(error)) if error.kind() == ErrorKind::NotFound);
    let mut config = match (text, named) {
        (Ok(text), _) => parse(&text, &shown),
        (Err(_), Named::Default) if is_missing => Config::default(),
        (Err(_), Named::Flag) if is_missing => {
            return Err(format!("{shown}: there is no such file"));
        }
        (Err(_), Named::Environment) if is_missing => {
            Config::troubled(format!("{FILE_VARIABLE}: {shown}: there is no such file"))
        }
        (Err(why), _) => Config::troubled(format!("{shown}: {why}; no setting in it is used")),
    };
    environment::apply(&mut config, variable);
    config.file = Looked {
        path,
        named,
        is_there: !is_missing,
    };
    Ok(config)
}

impl Config {
    fn troubled(trouble: String) -> Self {
        Self {
            troubles: vec![trouble],
            ..Self::default()
        }
    }

    /// Leaves out of the library's lists what is not wanted there. Gives a line for each name that it does not have.
    pub fn hide(&self, library: &mut Library) -> Vec<String> {
        let wanted = &self.settings.hide;
        let mut troubles = Vec::new();
        for slug in wanted.iter().filter(|slug| library.item(slug).is_none()) {
            let near = library.nearest(slug);
            let near = near
                .first()
                .map_or(String::new(), |near| format!("; did you mean '{near}'?"));
            let place = match self.origins.get("hide").map(|origin| &origin.made) {
                Some(Made::File(line)) => format!("{}:{line}", self.file.path.display()),
                Some(Made::Environment(variable)) => variable.clone(),
                None => "hide".into(),
            };
            troubles.push(format!("{place}: hide: there is no '{slug}'{near}"));
        }
        library.hide(wanted.iter().cloned());
        troubles
    }
}

/// Reads a settings text; `shown` is its name in the lines about it.
pub fn parse(text: &str, shown: &str) -> Config {
    let mut reading = Reading {
        config: Config::default(),
        lines: Lines::of(text.as_bytes()),
        shown,
    };
    match DeTable::parse(text) {
        Ok(table) => reading.table("", table.get_ref()),
        Err(error) => {
            let why = toml_file::why(&error);
            let at = error.span().unwrap_or(0..0);
            reading.trouble(&at, &format!("{why}; no setting in this file is used"));
        }
    }
    let mut config = reading.config;
    config.troubles = toml_file::few(config.troubles, |more| format!("{shown}: {more}"));
    config
}

struct Reading<'a> {
    config: Config,
    lines: Lines,
    shown: &'a str,
}

impl Reading<'_> {
    /// A table whose options are named `above` and their key.
    fn table(&mut self, above: &str, table: &DeTable<'_>) {
        // In the order of the text, so that what is told is, too.
        let mut entries: Vec<_> = table.iter().collect();
        order::by_key(&mut entries, |(key, _)| key.span().start);
        for (key, value) in entries {
            let name = format!("{above}{}", key.get_ref());
            let section = format!("{name}.");
            let is_section = OPTIONS
                .iter()
                .any(|option| option.name.starts_with(&section));
            match (
                OPTIONS.iter().find(|option| option.name == name),
                value.get_ref(),
            ) {
                (Some(option), value_here) => {
                    match (option.set)(&mut self.config.settings, value_here) {
                        Ok(()) => self.note(option.name, value),
                        Err(expected) => self.trouble(
                            &value.span(),
                            &format!("{name}: expected {expected}; {}", option.stays()),
                        ),
                    }
                }
                (None, DeValue::Table(inner)) if name == keys::SECTION => self.keys(inner),
                (None, DeValue::Table(inner)) if is_section => self.table(&section, inner),
                (None, _) if is_section || name == keys::SECTION => {
                    self.trouble(
                        &key.span(),
                        &format!("{name}: expected a section, '[{name}]' on a line of its own"),
                    );
                }
                (None, _) => self.unknown(&key.span(), &name),
            }
        }
    }

    fn unknown(&mut self, at: &Range<usize>, name: &str) {
        let near = nearest(name).map_or(String::new(), |near| format!("; did you mean '{near}'?"));
        self.trouble(at, &format!("there is no setting '{name}'{near}"));
    }

    fn note(&mut self, name: &'static str, value: &Spanned<DeValue<'_>>) {
        let origin = Origin {
            made: Made::File(self.line(&value.span())),
            value: in_a_line(value.get_ref()),
        };
        self.config.origins.insert(name, origin);
    }

    fn trouble(&mut self, at: &Range<usize>, why: &str) {
        let line = format!("{}:{}: {why}", self.shown, self.line(at));
        self.config.troubles.push(line);
    }

    fn line(&self, at: &Range<usize>) -> usize {
        self.lines.at(at.start)
    }
}

/// A value as TOML, without the line breaks and remarks that it may have in the file.
fn in_a_line(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => toml_edit::Value::from(&**text).to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(list) => {
            let values = list.iter().map(|one| in_a_line(one.get_ref()));
            format!("[{}]", values.collect::<Vec<_>>().join(", "))
        }
        DeValue::Table(table) => {
            let name = |name: &str| toml_edit::Key::new(name).to_string();
            let pairs = table.iter().map(|(key, value)| {
                format!("{} = {}", name(key.get_ref()), in_a_line(value.get_ref()))
            });
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

/// The option or section that a name was probably meant to be. A section that stands before it is one that there is.
fn nearest(name: &str) -> Option<&'static str> {
    let split = |name: &'static str| name.rsplit_once('.').unwrap_or(("", name));
    let (section, last) = name.rsplit_once('.').unwrap_or(("", name));
    let names = OPTIONS.iter().map(|option| option.name);
    // One may have been put into the wrong section.
    let misplaced = || {
        let mut elsewhere = names.clone();
        let can_be_told = !matches!(last, "on" | "command");
        elsewhere.find(|known| can_be_told && split(known).1 == last)
    };
    if section.is_empty() {
        let sections = names.clone().map(|known| split(known).0);
        let sections = sections.filter(|known| !known.is_empty());
        let all = sections.chain([keys::SECTION]).chain(names.clone());
        return misplaced().or_else(|| nearest::nearest(name, all));
    }
    let here = names.clone().filter(|known| split(known).0 == section);
    let near = nearest::nearest(last, here.clone().map(|known| split(known).1));
    let whole = |near| here.clone().find(|known| split(known).1 == near);
    misplaced().or_else(|| near.and_then(whole))
}

#[cfg(test)]
mod tests;
