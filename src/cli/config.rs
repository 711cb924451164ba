//! `unkink config`: the settings in force, each with where it comes from; the documented defaults; where the file is.

use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::out::{Fail, Out};
use super::{Color, Shell};
use crate::config::{self, Config, Made, Named, OPTIONS, Opt, OwnKeys};
use crate::content;

/// Show the settings in force and where each comes from
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A flag counts more than the environment, that more than the file, and that more than the\n\
default. Each setting has a variable: UNKINK_SPEECH_ON for speech.on, with the value as it\n\
would stand in the file; an empty one says nothing. UNKINK_CONFIG names another file than the\n\
usual, UNKINK_DATA_DIR another place for the log; NO_COLOR turns colour off.\n\
The answer is a settings file in itself, with the keys that were put elsewhere last. unkink\n\
never writes one: to begin with your own, keep what --default prints under the path that\n\
--path prints.\n\
--json: an object of file {path, from, there}, data_dir {path, from}, color {value, from},\n\
settings, an array of {name, value (null: not set), from, line (of the file, else null),\n\
variable (of its own), default, about}, and keys, an array of {name (the action's), value, from,\n\
line, default} of those that were put elsewhere. from is flag, environment, file or default.")]
pub struct Args {
    /// Print a file with every setting, its meaning and its default
    #[arg(long, conflicts_with_all = ["path", "json"])]
    default: bool,
    /// Print where the settings file is, or would be
    #[arg(long, conflicts_with = "json")]
    path: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Answer {
    file: File,
    data_dir: Place,
    color: When,
    settings: Vec<Setting>,
    keys: Vec<Keys>,
}

#[derive(Debug, Serialize)]
struct File {
    path: String,
    from: &'static str,
    there: bool,
}

#[derive(Debug, Serialize)]
struct Place {
    path: String,
    from: &'static str,
}

#[derive(Debug, Serialize)]
struct When {
    value: &'static str,
    from: &'static str,
}

#[derive(Debug, Serialize)]
struct Setting {
    name: &'static str,
    value: Value,
    from: &'static str,
    line: Option<usize>,
    variable: String,
    default: Value,
    about: &'static str,
}

/// An action that has other keys than usual.
#[derive(Debug, Serialize)]
struct Keys {
    name: &'static str,
    value: Vec<String>,
    from: &'static str,
    line: usize,
    default: Vec<String>,
}

/// The settings as a file of their own, or as was asked.
pub fn run(args: &Args, shell: &mut Shell) -> Result<u8, Fail> {
    if !args.default && !args.path {
        let (mut library, _) = content::load(&shell.places);
        super::out::say_each(&shell.config.hide(&mut library));
    }
    if args.default {
        shell.out.text(config::documented().trim_end())?;
    } else if args.path {
        let path = shell.config.file.path.display().to_string();
        shell.out.line(&path)?;
    } else if args.json {
        let answer = answer(shell);
        shell.out.value(&answer)?;
    } else {
        tell(shell)?;
    }
    Ok(0)
}

fn tell(shell: &mut Shell) -> Result<(), Fail> {
    let answer = answer(shell);
    let there = if answer.file.there {
        ""
    } else {
        "; there is none"
    };
    let (file, data, color) = (&answer.file, &answer.data_dir, &answer.color);
    let out = &mut shell.out;
    out.line(&format!("# file   {} ({}{there})", file.path, file.from))?;
    out.line(&format!("# data   {} ({})", data.path, data.from))?;
    out.line(&format!("# color  {} ({})", color.value, color.from))?;
    for option in OPTIONS {
        setting(option, &shell.config, out)?;
    }
    // A section of its own: nothing but keys may stand behind it.
    if !shell.config.keys.is_empty() {
        out.line("[keys]")?;
    }
    for own in &shell.config.keys {
        let keys = toml_edit::Value::from_iter(&own.keys);
        let from = format!("file, line {}", own.line);
        row(&format!("{} = {keys}", own.action), &from, out)?;
    }
    Ok(())
}

fn setting(option: &Opt, config: &Config, out: &mut Out) -> Result<(), Fail> {
    let name = option.name;
    let origin = config.origins.get(name);
    let (value, from) = match (origin, option.default) {
        (Some(origin), _) => {
            let from = match &origin.made {
                Made::File(line) => format!("file, line {line}"),
                Made::Environment(variable) => format!("environment, {variable}"),
            };
            (Some(&*origin.value), from)
        }
        (None, Some(default)) => (Some(default), "default".into()),
        (None, None) => (None, "not set".into()),
    };
    let line = match value {
        Some(value) => format!("{name} = {value}"),
        None => format!("#{name} ="),
    };
    row(&line, &from, out)
}

fn row(line: &str, from: &str, out: &mut Out) -> Result<(), Fail> {
    out.line(&format!("{line:<36}  # {from}"))
}

fn answer(shell: &Shell) -> Answer {
    let config = &shell.config;
    let looked = &config.file;
    Answer {
        file: File {
            path: shown(&looked.path),
            from: name_of(looked.named),
            there: looked.is_there,
        },
        data_dir: Place {
            path: shown(&shell.places.data),
            from: name_of(shell.data_named),
        },
        color: color(shell.color),
        settings: OPTIONS.iter().map(|option| of(option, config)).collect(),
        keys: config.keys.iter().map(keys_of).collect(),
    }
}

fn keys_of(own: &OwnKeys) -> Keys {
    Keys {
        name: own.action,
        value: own.keys.clone(),
        from: "file",
        line: own.line,
        default: own.usual.clone(),
    }
}

fn of(option: &Opt, config: &Config) -> Setting {
    let default = option.default.map_or(Value::Null, json);
    let origin = config.origins.get(option.name);
    Setting {
        name: option.name,
        value: origin.map_or_else(|| default.clone(), |origin| json(&origin.value)),
        from: match origin.map(|origin| &origin.made) {
            Some(Made::File(_)) => "file",
            Some(Made::Environment(_)) => "environment",
            None => "default",
        },
        line: match origin.map(|origin| &origin.made) {
            Some(Made::File(line)) => Some(*line),
            _ => None,
        },
        variable: config::variable(option),
        default,
        about: option.doc,
    }
}

/// A setting's value, written as TOML, as JSON.
fn json(value: &str) -> Value {
    let line = format!("value = {value}");
    let table = DeTable::parse(&line);
    let value = table.as_ref().ok();
    let value = value.and_then(|table| table.get_ref().get("value"));
    value.map_or(Value::Null, |value| in_json(value.get_ref()))
}

/// No setting is anything but true or false, a text or a list of them.
fn in_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::Boolean(yes) => (*yes).into(),
        DeValue::String(text) => (&**text).into(),
        DeValue::Array(list) => list.iter().map(|one| in_json(one.get_ref())).collect(),
        _ => Value::Null,
    }
}

fn color(color: Color) -> When {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let (value, from) = match color {
        Color::Always => ("always", "flag"),
        Color::Never => ("never", "flag"),
        Color::Auto if no_color => ("never", "environment"),
        Color::Auto => ("auto", "default"),
    };
    When { value, from }
}

fn name_of(named: Named) -> &'static str {
    match named {
        Named::Default => "default",
        Named::Flag => "flag",
        Named::Environment => "environment",
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
