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
    assert!(found.techniques.iter().any(|slug| slug == "six-breaths"));
    let left = line("where:belt-line:left").find.places;
    assert_eq!(
        left.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["belt-line:left"]
    );
}

#[test]
fn what_is_not_whole_yet_is_passed_over_and_what_is_wrong_is_said() {
    assert_eq!(line("tag: where: since:"), Line::default());
    let wrong = line("drive since:20x");
    assert_eq!(
        (wrong.find.text.as_str(), wrong.find.since),
        ("drive", None)
    );
    assert!(wrong.trouble.expect("trouble").contains("20x"));
    assert!(line("where:elbow").trouble.is_some());
    assert_eq!(line("at:home 12:30").find.text, "at:home 12:30");
}
