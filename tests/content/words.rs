//! The words: which to avoid, which the log has, and that signs, conditions and cards are complete.

use std::collections::BTreeSet;
use std::fs;

use super::{asset, library, toml_files};

#[test]
fn signs_and_conditions_are_complete_and_numbered_through() {
    let library = library();
    let safety = library.safety();
    let numbers = |letter: char, count: usize| -> Vec<String> {
        (1..=count).map(|n| format!("{letter}{n}")).collect()
    };
    let signs = &safety.emergency.signs;
    assert_eq!(
        signs.iter().map(|s| s.id).collect::<Vec<_>>(),
        numbers('E', 12)
    );
    let signs = &safety.clinician.signs;
    assert_eq!(
        signs.iter().map(|s| s.id).collect::<Vec<_>>(),
        numbers('U', 17)
    );
    // The last one is about devices (S25) and asked only before a session.
    let (last, rows) = safety.conditions.split_last().unwrap();
    assert!(last.id == "S25" && last.only_before && last.daily);
    assert_eq!(
        rows.iter().map(|k| k.id).collect::<Vec<_>>(),
        numbers('K', rows.len())
    );
    let open = signs.iter().filter(|s| !s.locks).map(|s| s.id);
    assert_eq!(open.collect::<Vec<_>>(), ["U7", "U11", "U15", "U17"]);
    let daily = rows.iter().filter(|k| k.daily).map(|k| k.id);
    assert_eq!(
        daily.collect::<Vec<_>>(),
        ["K5", "K10", "K19", "K22", "K24", "K25"]
    );
    for slug in &safety.clinician.left {
        assert!(library.technique(slug).is_some(), "{slug}");
    }
    for row in rows {
        assert!(row.question.ends_with('?'), "{}", row.id);
        for name in row.excludes.iter().chain(&row.only_with) {
            assert!(safety.trait_of(name).is_some(), "{}: {name}", row.id);
        }
    }
}

#[test]
fn the_force_scale_covers_zero_to_ten_without_gap_or_overlap() {
    let library = library();
    let levels = library.safety().force.levels.iter();
    let values: Vec<_> = levels.flat_map(|level| level.from..=level.to).collect();
    assert_eq!(values, (0..=10).collect::<Vec<_>>());
}

/// The words of the project's wording rule, with their inflections.
fn word_to_avoid(text: &str) -> Option<String> {
    const PHRASES: [&str; 5] = [
        "therapy plan",
        "safe for everyone",
        "knots broken",
        "break up knots",
        "breaks up knots",
    ];
    const STEMS: [(&str, &[&str]); 7] = [
        ("treat", &["", "s", "ed", "ing", "ment", "ments", "able"]),
        ("cur", &["e", "es", "ed", "ing", "able", "ative"]),
        ("heal", &["", "s", "ed", "ing", "er", "ers"]),
        ("diagnos", &["is", "es", "e", "ed", "ing", "tic"]),
        (
            "detox",
            &["", "es", "ed", "ing", "ify", "ifies", "ified", "ification"],
        ),
        ("prov", &["e", "es", "ed", "en", "ing"]),
        ("guarantee", &["", "s", "d", "ing"]),
    ];
    let lower = text.to_lowercase();
    if let Some(phrase) = PHRASES.iter().find(|phrase| lower.contains(**phrase)) {
        return Some((*phrase).to_owned());
    }
    let ends_badly = |word: &str, (stem, ends): &(&str, &[&str])| {
        word.strip_prefix(stem)
            .is_some_and(|end| ends.contains(&end))
    };
    lower
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| STEMS.iter().any(|stem| ends_badly(word, stem)))
        .map(str::to_owned)
}

#[test]
fn the_words_to_avoid_are_found_as_whole_words_only() {
    assert_eq!(word_to_avoid("it heals the back"), Some("heals".to_owned()));
    assert_eq!(word_to_avoid("A Proven way"), Some("proven".to_owned()));
    assert_eq!(
        word_to_avoid("health, secure, retreat, improve, no proof"),
        None
    );
}

#[test]
fn no_text_that_is_shown_uses_a_word_to_avoid_shouts_or_leaves_plain_characters() {
    // Sources may use such words: citations and findings speak of studies.
    let mut texts = ["topics.toml", "safety.toml", "vocabulary.toml"]
        .map(asset)
        .to_vec();
    for file in toml_files("techniques")
        .iter()
        .chain(&toml_files("routines"))
    {
        texts.push(fs::read_to_string(file).unwrap());
    }
    for line in texts.iter().flat_map(|text| text.lines()) {
        assert_eq!(word_to_avoid(line), None, "{line}");
        assert!(line.is_ascii() && !line.contains('!'), "{line}");
    }
    assert!(asset("sources.toml").is_ascii());
}

#[test]
fn every_topic_is_a_short_card_with_a_slug_of_its_own() {
    let library = library();
    let slugs: BTreeSet<_> = library.topics().iter().map(|topic| &topic.slug).collect();
    assert_eq!(library.topics().len(), slugs.len(), "each slug once");
    for topic in library.topics() {
        let slug = &topic.slug;
        assert!(library.technique(slug).is_none() && library.routine(slug).is_none());
        assert!(!topic.title.is_empty() && !topic.said.is_empty(), "{slug}");
        assert!(
            !topic.how_sure.is_empty() && !topic.sources.is_empty(),
            "{slug}"
        );
        assert!(
            topic.measured.len() <= 400,
            "{slug}: {}",
            topic.measured.len()
        );
    }
}

#[test]
fn the_words_of_the_log_are_complete_and_the_midline_takes_no_pressure() {
    let library = library();
    let words = library.vocabulary();
    let midline = words.regions.iter().filter(|region| region.midline);
    assert!(midline.clone().all(|region| region.no_pressure));
    let midline: Vec<_> = midline.map(|region| region.id.as_str()).collect();
    assert_eq!(midline, ["spine-midline", "sacrum", "tailbone"]);
    let sizes = [
        words.regions.len(),
        words.travels_to.len(),
        words.qualities.len(),
        words.triggers.len(),
        words.actions.len(),
        words.mood.len(),
        words.day.len(),
        words.peg.items.len(),
    ];
    assert_eq!(sizes, [20, 5, 27, 26, 23, 15, 4, 3]);
}
