use super::*;
use crate::domain::profile::Said;
use crate::journal::disk::RealDisk;

fn known() -> BTreeSet<String> {
    ["E1", "U8", "K2", "K5", "K7"].map(String::from).into()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn parsed(text: &str) -> Read {
    parse(text, Path::new("profile.toml"), &known())
}

const WHOLE: &str = "\
asked_on = 2026-11-23 # the first time

[answers]
K2 = { answer = \"yes\", on = 2026-11-23 } # aspirin
U8 = { answer = \"yes\", on = 2026-11-20, seen_by_clinician = 2026-11-21 }

[daily]
at = 2026-11-23T12:00:00+01:00
asked = [\"K5\"]
yes = []

[mine]
note = \"kept\"
";

#[test]
fn a_profile_is_read_as_it_is_written_by_hand() {
    let read = parsed(WHOLE);
    let profile = &read.profile;
    assert_eq!(profile.asked_on, Some(day("2026-11-23")));
    assert!(profile.holds("K2") && !profile.holds("K7") && !profile.is_open("U8"));
    assert!(
        profile
            .daily
            .as_ref()
            .is_some_and(|daily| daily.asked.contains("K5"))
    );
    assert_eq!(read.troubles, ["profile.toml:12: 'mine' is not known here"]);
}

#[test]
fn what_cannot_be_read_counts_as_a_yes_and_says_where_it_stands() {
    let read = parsed(
        "asked_on = \"soon\"\n[answers]\nK2 = \"maybe\"\nK7 = { answer = \"no\", on = 2026-11-23 }\nK77 = 1\nE1 = 3\n",
    );
    let profile = &read.profile;
    assert!(profile.holds("K2") && profile.is_open("E1") && !profile.holds("K7"));
    assert!(profile.is_due(day("2026-11-23")));
    let lines: Vec<&str> = read.troubles.iter().map(|line| &line[..15]).collect();
    assert_eq!(
        lines,
        [
            "profile.toml:1:",
            "profile.toml:3:",
            "profile.toml:5:",
            "profile.toml:6:"
        ]
    );
    assert!(
        read.troubles[2].contains("did you mean 'K7'?"),
        "{:?}",
        read.troubles
    );
    assert!(parsed("answers = 5").profile.unreadable.is_some());
}

#[test]
fn a_file_that_is_no_toml_is_unreadable_not_empty() {
    for text in ["[answers\nK2 = 1", "K2 = = 3", "\u{feff}[a]]"] {
        let read = parsed(text);
        assert!(read.profile.unreadable.is_some(), "{text}");
        assert!(
            read.troubles[0].starts_with("profile.toml:1: "),
            "{:?}",
            read.troubles
        );
    }
    assert_eq!(parsed(""), Read::default());
}

#[test]
fn changing_an_answer_keeps_comments_and_what_is_not_known() {
    let home = tempfile::tempdir().unwrap();
    let places = Places {
        data: home.path().join("data"),
        state: home.path().join("state"),
        config: home.path().join("config"),
    };
    std::fs::create_dir_all(&places.data).unwrap();
    let path = places.data.join(PROFILE);
    std::fs::write(&path, WHOLE).unwrap();
    let writer = Writer::new(places.clone(), Box::new(RealDisk));
    let change = |profile: &mut Profile| {
        profile.asked_on = Some(day("2026-12-24"));
        profile.answer("K7", true, day("2026-12-24"));
    };
    let read = super::change(&writer, &known(), change).unwrap();
    assert!(read.profile.holds("K7") && read.profile.holds("K2"));
    let text = std::fs::read_to_string(&path).unwrap();
    for part in [
        "# the first time",
        "# aspirin",
        "note = \"kept\"",
        "asked_on = 2026-12-24",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert_eq!(super::read(&places, &known()), read);
    // A file that is no TOML is kept beside the new one.
    std::fs::write(&path, "[answers").unwrap();
    super::change(&writer, &known(), |profile| {
        profile.answer("K2", false, day("2026-12-24"));
    })
    .unwrap();
    assert!(super::read(&places, &known()).profile.unreadable.is_none());
    let kept = std::fs::read_to_string(home.path().join("data/profile.toml.unreadable")).unwrap();
    assert_eq!(kept, "[answers");
}

#[test]
fn the_moment_of_an_answer_is_kept_and_a_day_alone_will_do() {
    let home = tempfile::tempdir().unwrap();
    let places = Places {
        data: home.path().to_owned(),
        state: home.path().join("state"),
        config: home.path().join("config"),
    };
    let writer = Writer::new(places.clone(), Box::new(RealDisk));
    let at = DateTime::parse_from_rfc3339("2026-11-23T15:04:05.123456+01:00").unwrap();
    let said = Said::Answers {
        at,
        asked: ["E1".to_owned(), "K2".to_owned()].into(),
        yes: ["K2".to_owned()].into(),
        whole: true,
    };
    super::change(&writer, &known(), |profile| profile.apply(&said)).unwrap();
    let text = std::fs::read_to_string(home.path().join(PROFILE)).unwrap();
    let line = "E1 = { answer = \"no\", on = 2026-11-23T15:04:05.123+01:00 }";
    assert!(text.contains(line), "{text}");
    let profile = super::read(&places, &known()).profile;
    assert_eq!(profile.asked_on, Some(day("2026-11-23")));
    let is_since = |moment: &str| {
        profile.is_answered_since("E1", &DateTime::parse_from_rfc3339(moment).unwrap())
    };
    assert!(is_since("2026-11-23T15:04:05.123+01:00"));
    assert!(!is_since("2026-11-23T15:04:05.124+01:00"));
    // Another change leaves it as it stands.
    super::change(&writer, &known(), |profile| {
        profile.answer("K7", false, day("2026-11-24"));
    })
    .unwrap();
    let text = std::fs::read_to_string(home.path().join(PROFILE)).unwrap();
    assert!(text.contains(line), "{text}");
    assert!(
        text.contains("K7 = { answer = \"no\", on = 2026-11-24 }"),
        "{text}"
    );
}

#[test]
fn a_directory_in_its_place_is_told_and_nothing_is_assumed() {
    let home = tempfile::tempdir().unwrap();
    let places = Places {
        data: home.path().to_owned(),
        state: home.path().join("state"),
        config: home.path().join("config"),
    };
    std::fs::create_dir(home.path().join(PROFILE)).unwrap();
    let read = super::read(&places, &known());
    assert!(read.profile.unreadable.is_some() && read.troubles.len() == 1);
}
