//! What a settings file may hold, and what is said of it.
#![allow(clippy::unwrap_used)]

use std::fs;

use super::*;
use crate::domain::cue::Kind;
use crate::settings::{ANY_EVENT, BreathCues};

fn command(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

#[track_caller]
fn troubles(text: &str) -> Vec<String> {
    parse(text, "c").troubles
}

#[test]
fn each_setting_is_read() {
    let text = r#"
        reduced_motion = true
        flash = false
        breath_cues = "voice"
        notify.on = false
        [speech]
        on = false
        command = ["say", "-v", "Some Voice", "{text}"]
        [bell]
        on = false
        [awake]
        on = false
        command = "caffeinate  -di"
        [hooks]
        any = "logger {text}"
        count-in = ["x"]
    "#;
    let Config {
        settings, troubles, ..
    } = parse(text, "c");
    assert_eq!(troubles, [""; 0]);
    assert!(settings.reduced_motion && !settings.flash && !settings.bell && !settings.notify);
    assert_eq!(settings.breath_cues, BreathCues::Voice);
    assert!(!settings.speech.on && !settings.awake.on);
    assert_eq!(
        settings.speech.command,
        Some(command(&["say", "-v", "Some Voice", "{text}"]))
    );
    assert_eq!(
        settings.awake.command,
        Some(command(&["caffeinate", "-di"]))
    );
    assert_eq!(settings.hooks[ANY_EVENT], command(&["logger", "{text}"]));
    assert_eq!(settings.hooks[Kind::CountIn.name()], command(&["x"]));
}

#[test]
fn breaks_are_read_as_they_are_typed_and_what_was_expected_is_told() {
    let text = "[remind]\nevery = '1h30m'\nroutine = 'Calf-Sweep'\nfrom = '09:00'\nto = '17:30'\ndays = 'mon-fri'\n";
    let read = parse(text, "c");
    assert_eq!(read.troubles, [""; 0]);
    let remind = read.settings.remind;
    assert_eq!(remind.every.as_secs(), 90 * 60);
    assert_eq!(remind.routine.as_deref(), Some("calf-sweep"));
    let hours = [remind.from, remind.to].map(|time| time.format("%H:%M").to_string());
    assert_eq!(hours, ["09:00", "17:30"]);
    assert_eq!(remind.days, [true, true, true, true, true, false, false]);

    let wrong =
        "[remind]\nevery = 50\nroutine = ''\nfrom = '25:00'\nto = 'noon'\ndays = 'weekdays'\n";
    let read = parse(wrong, "c");
    assert_eq!(read.settings, Settings::default());
    let time = "expected a time of day in quotes, such as \"09:00\"";
    assert_eq!(
        read.troubles,
        [
            "c:2: remind.every: expected a time in quotes, such as \"50m\" or \"1h30m\"; it stays \"50m\"".to_owned(),
            "c:3: remind.routine: expected a name from 'unkink list' in quotes; it stays unset".into(),
            format!("c:4: remind.from: {time}; it stays \"00:00\""),
            format!("c:5: remind.to: {time}; it stays \"24:00\""),
            "c:6: remind.days: expected days in quotes, such as \"mon-fri\" or \"sat,sun\"; it stays \"mon-sun\"".into(),
        ]
    );
    // The environment needs no quotes.
    let read = with_variables(
        "",
        &[
            ("UNKINK_REMIND_EVERY", "20m"),
            ("UNKINK_REMIND_TO", "18:00"),
        ],
    );
    assert_eq!(read.troubles, [""; 0]);
    assert_eq!(read.settings.remind.every.as_secs(), 20 * 60);
}

#[test]
fn every_event_can_have_a_hook() {
    for name in Kind::ALL.map(Kind::name).into_iter().chain([ANY_EVENT]) {
        let read = parse(&format!("[hooks]\n{name} = \"x\""), "c");
        assert_eq!(read.troubles, [""; 0]);
        assert!(read.settings.hooks.contains_key(name), "{name}");
    }
}

#[test]
fn an_unknown_setting_is_told_with_its_line_and_the_nearest_name() {
    assert_eq!(
        troubles("\nreduced-motion = true\n"),
        ["c:2: there is no setting 'reduced-motion'; did you mean 'reduced_motion'?"]
    );
    assert_eq!(
        troubles("[speach]\non = true"),
        ["c:1: there is no setting 'speach'; did you mean 'speech'?"]
    );
    assert_eq!(
        troubles("[hooks]\n\nfinsh = 'x'"),
        ["c:3: there is no setting 'hooks.finsh'; did you mean 'hooks.finish'?"]
    );
    assert_eq!(
        troubles("[speech]\nbreath_cues = 'voice'"),
        ["c:2: there is no setting 'speech.breath_cues'; did you mean 'breath_cues'?"]
    );
    assert_eq!(
        troubles("[speech]\nnonsensical = 1"),
        ["c:2: there is no setting 'speech.nonsensical'"]
    );
    assert_eq!(troubles("zebra = 1"), ["c:1: there is no setting 'zebra'"]);
}

#[test]
fn a_value_that_can_t_be_used_leaves_the_default_and_the_others_count() {
    let text = "flash = 'no'\nbreath_cues = 'loud'\nspeech = false\n[bell]\non = 0\n[awake]\ncommand = []\non = false\n\
        [hooks]\nstep = ['']\nside = ['a', 1]\nnext = '  '\nhalf = \"a\\u0000b\"\n";
    let Config {
        settings, troubles, ..
    } = parse(text, "c");
    let list =
        "expected a program and its arguments, as a list of texts or one text; it stays unset";
    assert_eq!(
        troubles,
        [
            "c:1: flash: expected true or false; it stays true".to_owned(),
            "c:2: breath_cues: expected \"off\", \"voice\", \"bell\"; it stays \"off\"".into(),
            "c:3: speech: expected a section, '[speech]' on a line of its own".into(),
            "c:5: bell.on: expected true or false; it stays true".into(),
            format!("c:7: awake.command: {list}"),
            format!("c:10: hooks.step: {list}"),
            format!("c:11: hooks.side: {list}"),
            format!("c:12: hooks.next: {list}"),
            "c: and 1 more".into(),
        ]
    );
    let mut expected = Settings::default();
    expected.awake.on = false;
    assert_eq!(settings, expected);
}

#[test]
fn what_is_no_toml_is_told_and_the_defaults_stand() {
    let Config {
        settings, troubles, ..
    } = parse("flash = false\n\n[bell\n", "c");
    assert_eq!(settings, Settings::default());
    assert_eq!(troubles.len(), 1);
    assert!(troubles[0].starts_with("c:3: "), "{troubles:?}");
    assert!(
        troubles[0].ends_with("no setting in this file is used"),
        "{troubles:?}"
    );
}

/// The documented file with each default in force (`#name`) and, if asked, each example (`# name =`).
fn uncommented(examples: bool) -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(rest) if rest.starts_with(char::is_alphabetic) => rest.to_owned(),
        Some(rest)
            if examples
                && rest
                    .split_once(" = ")
                    .is_some_and(|(name, _)| is_name(name)) =>
        {
            rest.to_owned()
        }
        _ => line.to_owned(),
    };
    documented()
        .lines()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

fn is_name(text: &str) -> bool {
    text.strip_prefix(' ').is_some_and(|name| {
        name.chars()
            .all(|c| c.is_alphanumeric() || "-_".contains(c))
    })
}

#[test]
fn the_documented_file_is_the_defaults() {
    for text in [documented(), uncommented(false)] {
        let read = parse(&text, "c");
        assert_eq!(read.settings, Settings::default());
        assert_eq!(read.troubles, [""; 0]);
    }
}

#[test]
fn the_documented_file_has_every_setting_with_its_default() {
    let with_examples = uncommented(true);
    assert_eq!(parse(&with_examples, "c").troubles, [""; 0]);
    for option in OPTIONS {
        let (section, name) = option.name.rsplit_once('.').unwrap_or(("", option.name));
        let of_section = match section {
            "" => with_examples.split("\n[").next().unwrap(),
            section => with_examples
                .split(&format!("[{section}]"))
                .nth(1)
                .unwrap()
                .split("\n[")
                .next()
                .unwrap(),
        };
        let line = of_section
            .lines()
            .map(str::trim)
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
        let line = line.unwrap_or_else(|| unreachable!("{} is missing", option.name));
        if let Some(default) = option.default {
            assert_eq!(line, default, "{}", option.name);
        }
        assert!(!option.doc.is_empty());
    }
}

#[test]
fn the_documented_file_says_what_each_theme_is_like() {
    let documented = documented();
    for theme in Palette::ALL {
        let line = format!("#   {}: {}", theme.name(), theme.words());
        assert!(documented.lines().any(|known| known == line), "{line}");
        let chosen = parse(&format!("theme = {:?}", theme.name()), "c");
        assert_eq!(chosen.settings.theme, *theme);
    }
    assert!(!documented.contains(THEMES), "{documented}");
}

#[test]
fn a_missing_file_is_silence_unless_it_was_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let place = |name: &str| dir.path().join(name);
    let places = Places {
        data: place("data"),
        state: place("state"),
        config: place("config"),
    };
    let usual = read_with(&places, None, &|_| None).unwrap();
    assert_eq!(
        (usual.settings, usual.troubles),
        (Settings::default(), vec![])
    );
    assert!(!usual.file.is_there);
    let asked = place("other.toml");
    assert!(
        read_with(&places, Some(&asked), &|_| None)
            .unwrap_err()
            .ends_with("there is no such file")
    );

    fs::write(&asked, "flash = false").unwrap();
    assert!(
        !read_with(&places, Some(&asked), &|_| None)
            .unwrap()
            .settings
            .flash
    );

    fs::create_dir(place("config")).unwrap();
    fs::write(places.settings(), "bell.on = false").unwrap();
    assert!(!read_with(&places, None, &|_| None).unwrap().settings.bell);
}

#[test]
fn a_file_that_can_t_be_used_is_told_with_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let places = Places {
        data: dir.path().join("data"),
        state: dir.path().join("state"),
        config: dir.path().to_owned(),
    };
    fs::write(places.settings(), vec![b'#'; 64 * 1024 + 1]).unwrap();
    let read = read_with(&places, None, &|_| None).unwrap();
    let told = "config.toml: larger than 64 KiB; no setting in it is used";
    assert!(read.troubles[0].ends_with(told), "{:?}", read.troubles);
    assert!(read.file.is_there);
}

#[test]
fn words_that_are_not_wanted_are_a_list() {
    let read = parse("hide_words = ['Intimacy']", "f");
    assert_eq!(read.settings.hide_words, ["intimacy"]);
    assert!(read.troubles.is_empty());
    for wrong in ["'intimacy'", "[1]", "true"] {
        let read = parse(&format!("hide_words = {wrong}"), "f");
        assert!(read.settings.hide_words.is_empty());
        let told = &read.troubles[0];
        assert!(
            told.contains("a list of words") && told.contains("stays []"),
            "{told}"
        );
    }
}

/// The settings of this file text under these variables.
fn with_variables(file: &str, variables: &[(&str, &str)]) -> Config {
    let dir = tempfile::tempdir().unwrap();
    let places = Places {
        data: dir.path().join("data"),
        state: dir.path().join("state"),
        config: dir.path().to_owned(),
    };
    fs::write(places.settings(), file).unwrap();
    let variable = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| OsString::from(value))
    };
    read_with(&places, None, &variable).unwrap()
}

#[test]
fn a_variable_counts_more_than_the_file_and_the_file_more_than_the_default() {
    let file = "flash = false\nbreath_cues = 'voice'\nhide = ['calf-sweep']\n";
    let read = with_variables(
        file,
        &[
            ("UNKINK_BREATH_CUES", "bell"),
            ("UNKINK_SPEECH_COMMAND", "say -v Anna {text}"),
            ("UNKINK_HOOKS_COUNT_IN", "['x', 'two words']"),
            ("UNKINK_HIDE", ""),
        ],
    );
    assert_eq!(read.troubles, [""; 0]);
    assert!(!read.settings.flash);
    assert_eq!(read.settings.breath_cues, BreathCues::Bell);
    assert_eq!(
        read.settings.speech.command,
        Some(command(&["say", "-v", "Anna", "{text}"]))
    );
    assert_eq!(
        read.settings.hooks["count-in"],
        command(&["x", "two words"])
    );
    assert_eq!(read.settings.hide, ["calf-sweep"]);
    let made = |name: &str| read.origins.get(name).map(|origin| origin.made.clone());
    assert_eq!(made("flash"), Some(Made::File(1)));
    assert_eq!(
        made("breath_cues"),
        Some(Made::Environment("UNKINK_BREATH_CUES".into()))
    );
    assert_eq!(made("bell.on"), None);
}

#[test]
fn a_variable_that_can_t_be_used_leaves_what_the_file_says() {
    let file = "flash = false\n";
    let variables = [
        ("UNKINK_FLASH", "1"),
        ("UNKINK_BELL_ON", "true\nflash = true"),
    ];
    let read = with_variables(file, &variables);
    assert!(!read.settings.flash && read.settings.bell);
    assert_eq!(
        read.troubles,
        [
            "UNKINK_FLASH: expected true or false; it stays false",
            "UNKINK_BELL_ON: expected true or false; it stays true"
        ]
    );
}

#[test]
fn each_option_has_a_variable_of_its_own() {
    let variables: std::collections::BTreeSet<_> = OPTIONS.iter().map(variable).collect();
    assert_eq!(variables.len(), OPTIONS.len());
    assert!(variables.contains("UNKINK_HOOKS_GO_ON"));
    // What hooks are told, and what is no setting.
    for taken in ["EVENT", "TEXT", "SIDE", "CONFIG", "DATA_DIR"] {
        assert!(!variables.contains(&format!("UNKINK_{taken}")), "{taken}");
    }
}

#[test]
fn the_file_that_a_variable_names_is_read_and_missed_without_an_end() {
    let dir = tempfile::tempdir().unwrap();
    let places = Places {
        data: dir.path().join("data"),
        state: dir.path().join("state"),
        config: dir.path().to_owned(),
    };
    let other = dir.path().join("other.toml");
    let variable = |name: &str| (name == FILE_VARIABLE).then(|| other.clone().into_os_string());
    let missed = read_with(&places, None, &variable).unwrap();
    assert_eq!(missed.settings, Settings::default());
    assert!(
        missed.troubles[0].starts_with("UNKINK_CONFIG: "),
        "{missed:?}"
    );
    fs::write(&other, "flash = false").unwrap();
    let read = read_with(&places, None, &variable).unwrap();
    assert!(!read.settings.flash && read.file.named == Named::Environment);
    // The flag counts more.
    let flag = dir.path().join("flag.toml");
    fs::write(&flag, "bell.on = false").unwrap();
    let read = read_with(&places, Some(&flag), &variable).unwrap();
    assert!(read.settings.flash && !read.settings.bell);
}

#[test]
fn what_is_hidden_is_not_offered_and_a_name_that_nothing_has_is_told_with_its_line() {
    let mut library = crate::content::built_in_library();
    let read = parse("\nhide = [\n'calf-swep', 'Cat-Camel']", "c");
    assert_eq!(
        read.hide(&mut library),
        [":2: hide: there is no 'calf-swep'; did you mean 'calf-sweep'?"]
    );
    assert!(library.is_hidden("cat-camel") && library.technique("cat-camel").is_some());
}
