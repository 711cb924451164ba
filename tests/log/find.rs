//! What is typed to find something in the log, with the words of the built-in library.

use chrono::NaiveDate;
use unkink::content;
use unkink::domain::find_line::{Line, read};
use unkink::domain::record::Kind;

fn line(typed: &str) -> Line {
    let library = content::built_in_library();
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
    read(typed, today, &library)
}

#[test]
fn words_are_text_and_prefixes_ask_for_more() {
    let found = line("long  tag:sat-long drive since:mon until:yesterday kind:check");
    assert_eq!(found.trouble, None);
    assert_eq!(found.find.text, "long drive");
    assert_eq!(found.find.tags, ["sat long"], "as the lists have it");
    let days = [found.find.since, found.find.until].map(|day| day.expect("a day").to_string());
    assert_eq!(days, ["2026-11-23", "2026-11-22"]);
    assert_eq!(found.find.kinds, [Kind::CheckIn]);
}

#[test]
fn a_part_of_a_place_or_a_technique_asks_for_all_that_have_it() {
    let found = line("where:belt technique:six-br").find;
    let ids: Vec<&str> = (found.places.iter().map(|place| place.region.as_str())).collect();
    assert_eq!(ids, ["belt-line"]);
    assert_eq!(found.technique_words, ["six-br"]);
    // Typed letter by letter it may be quoted, and have its side already.
    let middle = line("where:\"belt l\"").find.places;
    assert_eq!(middle.len(), 1);
    for typed in ["where:belt:left", "where:belt:l"] {
        let found = line(typed);
        let ids: Vec<String> = found.find.places.iter().map(ToString::to_string).collect();
        assert_eq!(ids, ["belt-line:left"], "{:?}", found.trouble);
    }
    let left = line("where:belt-line:left").find.places;
    assert_eq!(
        left.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["belt-line:left"]
    );
}

#[test]
fn what_is_not_whole_yet_or_wrong_is_passed_over_and_said() {
    for prefix in [
        "tag",
        "where",
        "technique",
        "routine",
        "kind",
        "since",
        "until",
    ] {
        let line = line(&format!("{prefix}:"));
        assert!(line.find.is_empty(), "{prefix}");
        let said = line.trouble.expect("said");
        assert!(said.starts_with(&format!("{prefix}: ")), "{said}");
    }
    let wrong = line("drive since:20x");
    assert_eq!(
        (wrong.find.text.as_str(), wrong.find.since),
        ("drive", None)
    );
    assert!(wrong.trouble.expect("trouble").contains("20x"));
    assert!(line("where:elbow").trouble.is_some());
}

#[test]
fn a_slip_in_a_prefix_is_said_and_a_colon_in_a_text_is_text() {
    let slip = line("drive tga:x");
    assert_eq!(slip.find.text, "drive");
    assert_eq!(
        slip.trouble.as_deref(),
        Some("there is no 'tga:', did you mean 'tag:'?")
    );
    let none = line("garden:bench");
    assert_eq!(none.find.text, "garden:bench");
    assert!(none.trouble.is_some_and(|why| why.contains("as a word")));
    for text in ["12:30", "https://example.org", "belt-line:left", ":x"] {
        let line = line(text);
        assert_eq!((&*line.find.text, line.trouble), (text, None));
    }
}

#[test]
fn quotes_hold_words_together() {
    let found = line("tag:\"sat lo\" \"long  drive\" 5\" until:\"today\"");
    assert_eq!(found.trouble, None);
    assert_eq!(found.find.tag_words, ["sat lo"]);
    assert_eq!(found.find.text, "\"long  drive\" 5\"");
    assert!(found.find.until.is_some());
    assert_eq!(line("tag:\"sat").find.tag_words, ["sat"], "still typed");
}

#[test]
fn a_day_is_what_the_command_line_takes() {
    for when in [
        "2026-11-01",
        "today",
        "yesterday",
        "7d",
        "2w",
        "mon",
        "Monday",
    ] {
        let since = line(&format!("since:{when}"));
        assert!(
            since.find.since.is_some() && since.trouble.is_none(),
            "{when}"
        );
    }
    for when in ["2026-02-30", "31.12.2025", "soon"] {
        assert!(line(&format!("since:{when}")).trouble.is_some(), "{when}");
    }
}
