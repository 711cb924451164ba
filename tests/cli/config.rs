//! `unkink config`: what is in force, and where it comes from.

use serde_json::Value;

use crate::home::{Home, Ran};

fn setting(answer: &Value, name: &str) -> Value {
    let all = answer["settings"].as_array().unwrap();
    all.iter().find(|one| one["name"] == name).unwrap().clone()
}

#[test]
fn what_it_prints_is_a_file_that_says_the_same() {
    let home = Home::new();
    home.write(
        "config/unkink/config.toml",
        "flash = false\nhide = ['calf-sweep']\n[speech]\ncommand = ['say', 'a \"b\"'] # mine\n[hooks]\nany = 'logger x'\n\
         [keys]\nzoom = 'Ctrl-Left'\nquit = ['x', 'Q']\nhelp = []\nmute = ['m']\nstart = []\n",
    );
    let first = home.ok(&["config"]);
    assert!(
        first.contains("flash = false                         # file, line 1"),
        "{first}"
    );
    let keys = "[keys]\n\
        zoom = [\"Ctrl-Left\"]                  # file, line 8\n\
        quit = [\"x\", \"Q\"]                     # file, line 9\n\
        start = []                            # file, line 12\n";
    // What could not be done and what changes nothing is left out.
    assert!(first.ends_with(keys), "{first}");
    let before = home.ok(&["config", "--json"]);
    let before: Value = serde_json::from_str(&before).unwrap();
    let other = home.write("other.toml", &first);
    let again = home.ok(&["config", "--config", other.to_str().unwrap(), "--json"]);
    let again: Value = serde_json::from_str(&again).unwrap();
    assert_eq!(again["file"]["from"], "flag");
    assert_eq!(before["keys"][1]["value"].to_string(), r#"["x","Q"]"#);
    assert_eq!(before["keys"][1]["default"].to_string(), r#"["q"]"#);
    let keys = |answer: &Value| -> Vec<(Value, Value)> {
        let rows = answer["keys"].as_array().unwrap().iter();
        rows.map(|row| (row["name"].clone(), row["value"].clone()))
            .collect()
    };
    assert_eq!(keys(&before), keys(&again));
    for (name, value) in [
        ("flash", "false"),
        ("hide", r#"["calf-sweep"]"#),
        ("speech.command", r#"["say","a \"b\""]"#),
        ("hooks.any", r#""logger x""#),
        ("bell.on", "true"),
        ("awake.command", "null"),
    ] {
        assert_eq!(setting(&again, name)["value"].to_string(), value, "{name}");
    }
}

#[test]
fn a_flag_counts_more_than_the_environment_that_more_than_the_file_that_more_than_the_default() {
    let home = Home::new();
    home.write(
        "config/unkink/config.toml",
        "breath_cues = 'voice'\nflash = false\n",
    );
    let mut command = home.command(&["config", "--json", "--data-dir", "/nowhere/flag"]);
    command
        .env("UNKINK_BREATH_CUES", "bell")
        .env("UNKINK_NOTIFY_ON", "maybe")
        .env("UNKINK_DATA_DIR", "/nowhere/environment")
        .env("NO_COLOR", "1");
    let ran = Ran::of(&command.output().unwrap());
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    let from = |name: &str| setting(&answer, name)["from"].clone();
    assert_eq!(setting(&answer, "breath_cues")["value"], "bell");
    assert_eq!(from("breath_cues"), "environment");
    assert_eq!(
        (from("flash"), from("bell.on")),
        ("file".into(), "default".into())
    );
    assert_eq!(setting(&answer, "flash")["line"], 2);
    assert_eq!(answer["data_dir"]["path"], "/nowhere/flag");
    assert_eq!(answer["data_dir"]["from"], "flag");
    assert_eq!(
        (&answer["color"]["value"], &answer["color"]["from"]),
        (&"never".into(), &"environment".into())
    );
    assert_eq!(
        (ran.code, setting(&answer, "notify.on")["value"].clone()),
        (0, true.into())
    );
    assert!(
        ran.err
            .contains("UNKINK_NOTIFY_ON: expected true or false; it stays true"),
        "{ran:?}"
    );
}

#[test]
fn the_default_and_the_path_are_printed_and_nothing_is_written() {
    let home = Home::new();
    let default = home.ok(&["config", "--default"]);
    assert!(default.contains("#breath_cues = \"off\"") && default.contains("[hooks]"));
    let path = home.ok(&["config", "--path"]);
    assert_eq!(
        path.trim_end(),
        home.path("config/unkink/config.toml").to_str().unwrap()
    );
    home.ok(&["config"]);
    assert_eq!(std::fs::read_dir(home.0.path()).unwrap().count(), 0);
    home.refused(&["config", "--default", "--path"]);
}

#[test]
fn what_is_hidden_is_offered_nowhere_and_found_by_its_name() {
    let home = Home::answered();
    home.write(
        "config/unkink/config.toml",
        "hide = ['cat-camel', 'six-breaths', 'desk-reset', 'posture', 'tense-and-relase']",
    );
    let ran = home.run(&["list", "--json"]);
    assert!(
        ran.err.contains(
            "config.toml:1: hide: there is no 'tense-and-relase'; did you mean 'tense-and-release'?"
        ),
        "{ran:?}"
    );
    for slug in ["cat-camel", "six-breaths", "desk-reset", "posture"] {
        let slug = format!("\"{slug}\"");
        assert!(!ran.out.contains(&slug), "{slug}");
        assert!(
            !home
                .ok(&["list", "camel", "breaths", "--json"])
                .contains(&slug)
        );
        assert!(!home.ok(&["suggest", "--json"]).contains(&slug));
    }
    assert!(home.ok(&["show", "cat-camel"]).contains("(cat-camel)"));
    // A routine that is made of one stays whole.
    let with = home.ok(&["show", "stress-spiral"]);
    assert!(with.contains("six-breaths"), "{with}");
}
