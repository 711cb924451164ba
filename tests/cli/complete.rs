//! What the completion scripts are told.

use crate::home::Home;

fn offered(home: &Home, words: &[&str]) -> Vec<String> {
    let args: Vec<&str> = [&["__complete"], words].concat();
    let lines = home.ok(&args);
    let word = |line: &str| line.split('\t').next().unwrap().to_owned();
    lines.lines().map(word).collect()
}

#[test]
fn what_may_stand_next_is_offered() {
    let home = Home::new();
    home.add_short_technique();
    for (words, holds) in [
        (&["sta"][..], &["start", "stats", "status"][..]),
        (&["show", "desk"], &["desk-reset"]),
        (&["show", "zzzz"], &[]),
        (&["start", "calf-sweep", "sho"], &["short"]),
        (&["log", "4", "--mood", "calm,"], &["calm,tense"]),
        (&["edit", "last", "--routine", "desk"], &["desk-reset"]),
        (&["edit", "last", "--routine", "knuck"], &[]),
        (&["--color=al"], &["--color=always"]),
        (&["list", "--", "--"], &[]),
        (&["history", "--kind", "check"], &["check-in"]),
        (&["history", "--kind", "session,pl"], &["session,plan"]),
        (
            &["history", "--where", "belt"],
            &["belt-line", "belt-line:left"],
        ),
        (&["history", "--where", "below"], &["below-knee"]),
        (&["log", "-2"], &[]),
        (&["export", "--output", "x"], &[":files"]),
        (&["--data-dir", "x"], &[":directories"]),
        (&["--data-dir", "show", "show", "calf-s"], &["calf-sweep"]),
        (&["nonsense", "x"], &[]),
        (&["while", "--routine", "desk"], &["desk-reset"]),
        (&["while", "--routine", "knuck"], &["knuckle-beside-spine"]),
        (
            &["remind", "--routine=knuck"],
            &["--routine=knuckle-beside-spine"],
        ),
        (&["while", "--ro"], &["--routine"]),
        (&["while", "ca"], &[":commands"]),
        (&["while", "--", "ca"], &[":commands"]),
        // What follows a command is the command's own.
        (&["while", "make", ""], &[":files"]),
        (&["while", "cargo", "--"], &[":files"]),
        (
            &["while", "--no-rating", "make", "--routine", ""],
            &[":files"],
        ),
        (&["while", "--", "make", "-"], &[":files"]),
        (&[], &[]),
    ] {
        let found = offered(&home, words);
        for word in holds {
            assert!(found.iter().any(|f| f == word), "{words:?}: {found:?}");
        }
        assert_eq!(found.is_empty(), holds.is_empty(), "{words:?}: {found:?}");
    }
}

#[test]
fn every_place_that_is_offered_can_be_logged() {
    let home = Home::new();
    let sides = ["belt-line:left", "belt-line:right", "belt-line:both"];
    assert_eq!(offered(&home, &["log", "3", "--where", "belt-l"]), sides);
    assert_eq!(
        offered(&home, &["edit", "last", "--where=belt-line:l"]),
        ["--where=belt-line:left"]
    );
    let all = offered(&home, &["log", "--where", ""]);
    assert!(all.contains(&"sacrum".to_owned()), "{all:?}");
    for place in all {
        home.ok(&["log", "3", "--where", &place]);
    }
}

#[test]
fn own_tags_complete_by_how_often_they_were_used_and_words_of_the_lists_behind_them() {
    let home = Home::new();
    for tags in ["choir", "bike,choir", "two words", ":files", "$(id)", "-x"] {
        home.ok(&["log", "3", &format!("--tag={tags}")]);
    }
    for command in [&["history"][..], &["log", "4"], &["edit", "last"]] {
        let found = offered(&home, &[command, &["--tag", ""]].concat());
        assert_eq!(&found[..2], ["choir", "bike"], "{command:?}");
        // Each can be looked for, or goes to its list; a word of the day is a search's alone.
        assert!(found.contains(&"aching".to_owned()), "{found:?}");
        let of_the_day = found.contains(&"flare".to_owned());
        assert_eq!(of_the_day, command == ["history"], "{found:?}");
        // A shell would have to be told more of these, or might even run them.
        let odd = |word: &String| word.contains([' ', ':', '$']) || word.starts_with('-');
        assert!(!found.iter().any(odd), "{found:?}");
    }
    let rest = ["history", "--tag", "choir,"];
    assert_eq!(offered(&home, &rest)[0], "choir,bike");
    assert_eq!(offered(&home, &["history", "--tag=bi"]), ["--tag=bike"]);
    let elsewhere = ["--data-dir", "/nowhere", "history", "--tag", "bik"];
    assert_eq!(offered(&home, &elsewhere), [""; 0]);
}

#[test]
fn of_a_long_log_only_the_newest_part_is_read_for_its_tags() {
    let home = Home::new();
    home.ok(&["log", "3", "--tag", "long-ago"]);
    let written = home.journal_dir().read_dir().unwrap().next().unwrap();
    let path = written.unwrap().path();
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.extend(std::iter::repeat_n("no line of ours\n", 5000));
    std::fs::write(&path, text).unwrap();
    home.ok(&["log", "3", "--tag", "lately"]);
    assert_eq!(offered(&home, &["history", "--tag", "l"])[0], "lately");
    assert_eq!(offered(&home, &["history", "--tag", "long"]), [""; 0]);
}

#[test]
fn what_is_hidden_and_what_stands_there_already_is_not_offered() {
    let home = Home::new();
    home.write("config/unkink/config.toml", "hide = ['calf-sweep']");
    assert_eq!(offered(&home, &["show", "calf"]), [""; 0]);
    let tools = offered(&home, &["list", "--tool", "ball,"]);
    assert!(!tools.is_empty() && !tools.contains(&"ball,ball".to_owned()));
}

#[test]
fn the_settings_are_those_that_the_line_names() {
    let home = Home::new();
    home.write("config/unkink/config.toml", "hide = ['calf-sweep']");
    let other = home.write("other settings.toml", "hide = ['desk-reset']");
    let other = other.to_str().unwrap();
    let joined = format!("--config={other}");
    for words in [
        &["--config", other, "show", ""][..],
        &["show", "--config", other, ""],
        &["show", &joined, ""],
        &["show", "--config=~/other settings.toml", ""],
        &["show", "--data-dir", "/nowhere", &joined, ""],
    ] {
        let found = offered(&home, words);
        let has = |slug: &str| found.iter().any(|word| word == slug);
        assert!(has("calf-sweep") && !has("desk-reset"), "{words:?}");
    }
    // One that is not there hides nothing.
    let found = offered(&home, &["--config", "/nowhere", "show", "calf"]);
    assert!(found.contains(&"calf-sweep".to_owned()), "{found:?}");
}

#[test]
fn it_is_no_command_that_help_names() {
    let home = Home::new();
    assert!(!home.ok(&["--help"]).contains("__complete"));
    for shell in ["bash", "zsh", "fish"] {
        let script = home.ok(&["completions", shell]);
        assert!(script.contains("unkink __complete"), "{script}");
    }
    let why = home.refused(&["completions", "bsh"]);
    assert!(why.contains("'bash'"), "{why}");
}
