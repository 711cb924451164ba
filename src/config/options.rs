//! Every option of the settings file, in one place: its name, what it is about, and how it is read.

use toml::de::DeValue;

use crate::domain::cue::Kind;
use crate::domain::remind;
use crate::settings::{ANY_EVENT, BreathCues, Command, Palette, Settings, Signs};

/// Puts a value into the settings; the error says what was expected.
type Set = fn(&mut Settings, &DeValue<'_>) -> Result<(), String>;

/// One option.
#[derive(Debug, Clone, Copy)]
pub struct Opt {
    /// Its whole name: `speech.on`.
    pub name: &'static str,
    /// What it is about, in a line for people.
    pub doc: &'static str,
    /// Its default as it is written in the file; `None`: not set.
    pub default: Option<&'static str>,
    pub(super) set: Set,
}

impl Opt {
    /// What stays in force when its value can't be used.
    pub(super) fn stays(&self) -> String {
        match self.default {
            Some(default) => format!("it stays {default}"),
            None => "it stays unset".into(),
        }
    }
}

/// An option: name, default, doc, how it is set.
macro_rules! option {
    ($name:literal, $default:expr, $doc:expr, $set:expr) => {
        Opt {
            name: $name,
            doc: $doc,
            default: $default,
            set: $set,
        }
    };
}

/// A hook's option.
macro_rules! hook {
    ($kind:expr, $name:literal, $doc:literal) => {
        option!($name, None, $doc, |settings, value| {
            settings.hooks.insert($kind.to_owned(), command(value)?);
            Ok(())
        })
    };
}

/// All of them, in the order of the documented file.
#[rustfmt::skip] // a table, read across
pub const OPTIONS: &[Opt] = &[
    option!("reduced_motion", Some("false"), "nothing on the screen moves but the digits",
        |settings, value| put(&mut settings.reduced_motion, truth(value))),
    option!("flash", Some("true"), "the screen flashes between phases",
        |settings, value| put(&mut settings.flash, truth(value))),
    option!("breath_cues", Some("\"off\""), "in and out for the ear: off, voice or bell",
        |settings, value| put(&mut settings.breath_cues, one_of(value, &BreathCues::ALL, BreathCues::name))),
    option!("hide_words", Some("[]"), "words of the log that are not offered: \"intimacy\"",
        |settings, value| put(&mut settings.hide_words, words(value))),
    option!("hide", Some("[]"), "techniques, routines and evidence cards that are not offered",
        |settings, value| put(&mut settings.hide, slugs(value))),
    option!("mouse", Some("true"), "click and wheel",
        |settings, value| put(&mut settings.mouse, truth(value))),
    option!("theme", Some("\"terminal\""), Palette::ABOUT,
        |settings, value| put(&mut settings.theme, one_of(value, Palette::ALL, Palette::name))),
    option!("glyphs", Some("\"auto\""), "signs: auto, ascii or unicode",
        |settings, value| put(&mut settings.glyphs, one_of(value, &Signs::ALL, Signs::name))),
    option!("speech.on", Some("true"), "speak the cues",
        |settings, value| put(&mut settings.speech.on, truth(value))),
    option!("speech.command", None, "the program that speaks; {text} is what to say",
        |settings, value| put(&mut settings.speech.command, command(value).map(Some))),
    option!("bell.on", Some("true"), "ring the terminal's bell",
        |settings, value| put(&mut settings.bell, truth(value))),
    option!("notify.on", Some("true"), "a notification: of breaks, and of a session that is not looked at",
        |settings, value| put(&mut settings.notify, truth(value))),
    option!("awake.on", Some("true"), "keep the machine from blanking and sleeping while a session runs",
        |settings, value| put(&mut settings.awake.on, truth(value))),
    option!("awake.command", None, "the program that keeps it awake for as long as it runs",
        |settings, value| put(&mut settings.awake.command, command(value).map(Some))),
    option!("remind.every", Some("\"50m\""), "how long to sit between breaks",
        |settings, value| put(&mut settings.remind.every, typed(value, EVERY, remind::parse_every))),
    option!("remind.routine", None, "what to offer, by its name in 'unkink list'",
        |settings, value| put(&mut settings.remind.routine, typed(value, SLUG, slug).map(Some))),
    option!("remind.from", Some("\"00:00\""), "when working hours begin",
        |settings, value| put(&mut settings.remind.from, typed(value, TIME_OF_DAY, remind::parse_time_of_day))),
    option!("remind.to", Some("\"24:00\""), "when working hours end; not after the beginning: on the next day",
        |settings, value| put(&mut settings.remind.to, typed(value, TIME_OF_DAY, remind::parse_time_of_day))),
    option!("remind.days", Some("\"mon-sun\""), "days on which they are",
        |settings, value| put(&mut settings.remind.days, typed(value, DAYS, remind::parse_days))),
    hook!(ANY_EVENT, "hooks.any", "a command for every event"),
    hook!(Kind::Start.name(), "hooks.start", "the session begins"),
    hook!(Kind::Step.name(), "hooks.step", "a step begins"),
    hook!(Kind::Half.name(), "hooks.half", "half of a step is over"),
    hook!(Kind::Ten.name(), "hooks.ten", "ten seconds of a step are left"),
    hook!(Kind::Count.name(), "hooks.count", "three, two, one"),
    hook!(Kind::Side.name(), "hooks.side", "change sides"),
    hook!(Kind::Next.name(), "hooks.next", "on to the next technique"),
    hook!(Kind::In.name(), "hooks.in", "breathe in"),
    hook!(Kind::Out.name(), "hooks.out", "breathe out"),
    hook!(Kind::Pause.name(), "hooks.pause", "paused"),
    hook!(Kind::Away.name(), "hooks.away", "paused because the machine slept"),
    hook!(Kind::CountIn.name(), "hooks.count-in", "about to go on: three, two, one"),
    hook!(Kind::GoOn.name(), "hooks.go-on", "going on"),
    hook!(Kind::Finish.name(), "hooks.finish", "the end"),
    hook!(Kind::Stop.name(), "hooks.stop", "ended early"),
    hook!(Kind::Beside.name(), "hooks.beside", "the command of 'unkink while' has ended"),
];

fn put<T>(place: &mut T, value: Result<T, String>) -> Result<(), String> {
    *place = value?;
    Ok(())
}

fn truth(value: &DeValue<'_>) -> Result<bool, String> {
    value.as_bool().ok_or("true or false".into())
}

const EVERY: &str = "a time in quotes, such as \"50m\" or \"1h30m\"";
const TIME_OF_DAY: &str = "a time of day in quotes, such as \"09:00\"";
const DAYS: &str = "days in quotes, such as \"mon-fri\" or \"sat,sun\"";
const SLUG: &str = "a name from 'unkink list' in quotes";

/// A text that is written as on the command line, or what was expected.
fn typed<T>(
    value: &DeValue<'_>,
    expected: &str,
    parse: fn(&str) -> Result<T, String>,
) -> Result<T, String> {
    let text = value.as_str();
    text.and_then(|text| parse(text).ok())
        .ok_or_else(|| expected.into())
}

/// A name from `unkink list`; what has it is not known here.
fn slug(name: &str) -> Result<String, String> {
    match name.trim() {
        "" => Err("nothing".into()),
        name => Ok(name.to_lowercase()),
    }
}

/// One of a few names.
fn one_of<T: Copy>(
    value: &DeValue<'_>,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, String> {
    let found = |text: &str| all.iter().copied().find(|one| name(*one) == text);
    let names: Vec<String> = all
        .iter()
        .map(|one| format!("\"{}\"", name(*one)))
        .collect();
    value.as_str().and_then(found).ok_or(names.join(", "))
}

/// A list of words, as the log has them.
fn words(value: &DeValue<'_>) -> Result<Vec<String>, String> {
    lower_case(value).ok_or("a list of words, such as [\"intimacy\"]".into())
}

/// A list of names from `unkink list`.
fn slugs(value: &DeValue<'_>) -> Result<Vec<String>, String> {
    lower_case(value).ok_or("a list of names, such as [\"calf-sweep\"]".into())
}

fn lower_case(value: &DeValue<'_>) -> Option<Vec<String>> {
    let list = value.as_array().into_iter().flatten();
    let list = list.map(|word| word.get_ref().as_str().map(str::to_lowercase));
    let list: Option<Vec<String>> = list.collect();
    list.filter(|_| value.as_array().is_some())
}

/// A list of texts, or one text split at white space. The program's name is not empty, and no part holds a NUL, which
/// no argument can.
fn command(value: &DeValue<'_>) -> Result<Command, String> {
    let parts: Option<Command> = match value {
        DeValue::String(text) => Some(text.split_whitespace().map(str::to_owned).collect()),
        DeValue::Array(list) => list
            .iter()
            .map(|part| part.get_ref().as_str().map(str::to_owned))
            .collect(),
        _ => None,
    };
    parts
        .filter(|parts| parts.first().is_some_and(|program| !program.is_empty()))
        .filter(|parts| !parts.iter().any(|part| part.contains('\0')))
        .ok_or("a program and its arguments, as a list of texts or one text".into())
}
