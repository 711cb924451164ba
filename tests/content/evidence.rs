//! What stands behind the content: letters, sources, and the points of the article it began with.

use std::collections::{BTreeMap, BTreeSet};

use unkink::domain::search::{Preference, Query};
use unkink::domain::technique::{GROUPS, Letter};

use super::library;

#[test]
fn a_guideline_or_a_trial_stands_behind_these_techniques_and_no_other() {
    let library = library();
    let of = |letter| {
        let all = library.techniques.iter();
        let all = all.filter(move |technique| technique.evidence == letter);
        all.map(|technique| technique.slug.as_str())
            .collect::<Vec<_>>()
    };
    let guideline = [
        "heat-pad-sit",
        "six-breaths",
        "tense-and-release",
        "easy-walk",
        "stand-and-shift",
    ];
    assert_eq!(of(Letter::A), guideline);
    let trial = [
        "rice-bag-warmth",
        "warm-shower-stream",
        "warm-bath-soak",
        "long-exhale",
        "count-the-breath",
        "pelvic-tilt",
        "knee-rolls",
        "single-knee-hug",
        "bottom-to-heels",
        "cat-camel",
        "seat-shift",
    ];
    assert_eq!(of(Letter::B), trial);
}

#[test]
fn no_hand_ball_or_roller_technique_claims_more_than_indirect_evidence() {
    for technique in &library().techniques {
        if GROUPS[..3].contains(&technique.group.as_str()) {
            assert!(technique.evidence >= Letter::C, "{}", technique.slug);
        }
    }
}

#[test]
fn all_sources_are_there_and_every_id_named_anywhere_is_one_of_them() {
    let library = library();
    let ids: BTreeSet<_> = library.sources().iter().map(|s| s.id).collect();
    assert_eq!(library.sources().len(), ids.len(), "each id once");
    for source in library.sources() {
        assert_eq!(source.seen, !source.id.starts_with('X'), "{}", source.id);
        for text in [&source.citation, &source.finding, &source.strength] {
            assert!(!text.is_empty(), "{}", source.id);
        }
    }
    let (safety, words) = (library.safety(), library.vocabulary());
    let rules = safety.everybody.iter().chain(&safety.doses);
    let mut named: Vec<&str> = Vec::new();
    named.extend(library.topics().iter().flat_map(|topic| &topic.sources));
    named.extend(safety.emergency.signs.iter().flat_map(|sign| &sign.sources));
    named.extend(safety.clinician.signs.iter().flat_map(|sign| &sign.sources));
    named.extend(safety.conditions.iter().flat_map(|row| &row.sources));
    named.extend(rules.flat_map(|rule| &rule.sources));
    named.extend(safety.stop.sources.iter().chain(&safety.force.sources));
    let of_words = words.scales.iter().flat_map(|scale| &scale.sources);
    named.extend(of_words.chain(&words.peg.sources).map(String::as_str));
    for id in named {
        assert!(ids.contains(id), "{id}");
    }
}

#[test]
fn details_that_nobody_has_checked_are_not_printed() {
    let library = library();
    for (id, detail) in [
        ("G10", "Henschke"),
        ("G10", "CD002014"),
        ("C2", "forearm"),
        ("N1", "Chesrown"),
        ("N3", "Bender"),
        ("N4", "Zak"),
        ("N4", "18(6)"),
        ("N10", ":432"),
        ("N12", "Laborde"),
        ("T13", "Sadler"),
        ("T13", ":463"),
        ("R19", "1101"),
        ("M1", "33(1)"),
        ("M15", "Schork"),
        ("X1", "0.75"),
        ("X2", "0.79"),
    ] {
        let source = library.source(id).unwrap();
        let text = format!("{} {}", source.citation, source.finding);
        assert!(!text.contains(detail), "{id}: {detail}");
    }
    let checked = &library.source("C3").unwrap().citation;
    assert!(checked.contains("10.1016/j.jbmt.2016.08.012"));
}

fn seeds(ids: impl Iterator<Item = impl AsRef<str>>) -> BTreeSet<u32> {
    let number = |id: &str| id.strip_prefix('S').unwrap().parse().unwrap();
    ids.map(|id| number(id.as_ref())).collect()
}

#[test]
fn the_points_of_the_article_are_carried_where_the_facts_say() {
    let library = library();
    let by_techniques = seeds(library.techniques.iter().flat_map(|t| &t.seed));
    let expected = [
        1, 3, 4, 5, 6, 8, 10, 11, 12, 13, 15, 16, 17, 18, 19, 21, 23, 25, 28, 30, 31, 32, 33, 34,
    ];
    assert!(by_techniques.is_superset(&BTreeSet::from(expected)));
    let by_topics = seeds(library.topics().iter().flat_map(|t| &t.seed));
    for id in [2, 7, 9, 25, 26, 29, 35].into_iter().chain(13..=24) {
        assert!(by_topics.contains(&id), "S{id}");
    }
}

#[test]
fn each_point_of_the_article_is_found_by_its_id() {
    let library = library();
    let mut carried: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for technique in &library.techniques {
        for id in &technique.seed {
            carried.entry(id).or_default().insert(&technique.slug);
        }
    }
    for topic in library.topics() {
        for id in &topic.seed {
            carried.entry(id).or_default().insert(topic.slug);
        }
    }
    assert_eq!(carried.len(), 34, "all but S27, which the log carries");
    let preference = Preference {
        off: &std::collections::BTreeSet::new(),
        resting: &std::collections::BTreeSet::new(),
        favourites: &BTreeSet::new(),
        last_done: &|_| None,
    };
    for (id, slugs) in carried {
        let query = Query {
            words: id.to_lowercase(),
            ..Query::default()
        };
        let found = library.find(&query, &preference);
        let found: BTreeSet<_> = found.iter().map(|item| item.slug()).collect();
        assert_eq!(found, slugs, "{id}");
    }
}
