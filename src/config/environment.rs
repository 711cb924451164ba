//! Settings by the environment: each option has a variable, `UNKINK_SPEECH_ON` for `speech.on`.

use std::borrow::Cow;
use std::ffi::OsString;

use toml::de::{DeTable, DeValue};

use super::{Config, Made, OPTIONS, Opt, Origin, in_a_line};

/// The variable of an option.
pub fn variable(option: &Opt) -> String {
    let letters = option.name.chars().map(|letter| match letter {
        '.' | '-' => '_',
        letter => letter.to_ascii_uppercase(),
    });
    "UNKINK_".chars().chain(letters).collect()
}

/// Puts what the environment says over the settings; an empty variable says nothing.
pub fn apply(config: &mut Config, variables: &dyn Fn(&str) -> Option<OsString>) {
    for option in OPTIONS {
        let variable = variable(option);
        let Some(value) = variables(&variable).filter(|value| !value.is_empty()) else {
            continue;
        };
        let set = match value.to_str() {
            Some(text) => set(config, option, text),
            None => Err("UTF-8 text".into()),
        };
        match set {
            Ok(value) => {
                let made = Made::Environment(variable);
                config.origins.insert(option.name, Origin { made, value });
            }
            Err(expected) => {
                let stays = match config.origins.get(option.name) {
                    Some(origin) => format!("it stays {}", origin.value),
                    None => option.stays(),
                };
                let trouble = format!("{variable}: expected {expected}; {stays}");
                config.troubles.push(trouble);
            }
        }
    }
}

/// As the file would have it, else as a text without quotes. The value as TOML, or what was expected.
fn set(config: &mut Config, option: &Opt, text: &str) -> Result<String, String> {
    let line = format!("value = {text}\n");
    if let Ok(table) = DeTable::parse(&line)
        && table.get_ref().len() == 1
        && let Some(value) = table.get_ref().get("value")
        && (option.set)(&mut config.settings, value.get_ref()).is_ok()
    {
        return Ok(in_a_line(value.get_ref()));
    }
    let plain = DeValue::String(Cow::Borrowed(text));
    (option.set)(&mut config.settings, &plain)?;
    Ok(in_a_line(&plain))
}
