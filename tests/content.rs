//! The built-in content is what the facts say it is, and a person's own files are read with the same care.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use unkink::content;
use unkink::domain::check;
use unkink::domain::length::{routine_real_s, technique_real_s};
use unkink::domain::library::Library;
use unkink::domain::routine::Routine;
use unkink::domain::safety::Safety;
use unkink::domain::search::{Preference, Query};
use unkink::domain::technique::{GROUPS, Letter, Technique};
use unkink::domain::vocabulary::Vocabulary;

fn library() -> Library {
    content::built_in_library()
}

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets")
}

fn asset(name: &str) -> String {
    fs::read_to_string(assets().join(name)).unwrap()
}

fn toml_files(dir: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(assets().join(dir)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Reads a file as a person's own is read; it must be named after the slug.
fn read<T: serde::de::DeserializeOwned>(path: &Path, slug: fn(&T) -> &str) -> T {
    let item: T = toml::from_str(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(Some(slug(&item)), path.file_stem().unwrap().to_str());
    item
}

#[test]
fn every_technique_file_reads_as_people_s_own_do_and_is_what_the_library_holds() {
    let library = library();
    let files = toml_files("techniques");
    assert_eq!(files.len(), library.techniques.len());
    for file in files {
        let technique: Technique = read(&file, |technique| &technique.slug);
        assert_eq!(library.technique(&technique.slug), Some(&technique));
    }
}

#[test]
fn every_routine_file_reads_as_people_s_own_do_and_is_what_the_library_holds() {
    let library = library();
    let files = toml_files("routines");
    assert_eq!(files.len(), library.routines.len());
    for file in files {
        let routine: Routine = read(&file, |routine| &routine.slug);
        assert_eq!(library.routine(&routine.slug), Some(&routine));
    }
}

#[test]
fn the_readme_says_about_how_many_there_are() {
    let tens = |count: usize| {
        let words = [
            "none", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
        ];
        words[(count + 5) / 10]
    };
    let (techniques, routines) = (library().techniques.len(), library().routines.len());
    let says = format!(
        "About {} techniques and {} routines",
        tens(techniques),
        tens(routines)
    );
    assert!(include_str!("../README.md").contains(&says), "{says}");
}

#[test]
fn safety_and_vocabulary_read_through_their_types_as_toml_too() {
    let library = library();
    let safety: Safety = toml::from_str(asset("safety.toml").leak()).unwrap();
    assert_eq!(&safety, library.safety());
    let vocabulary: Vocabulary = toml::from_str(&asset("vocabulary.toml")).unwrap();
    assert_eq!(&vocabulary, library.vocabulary());
}

#[test]
fn the_checks_find_nothing_wrong_in_the_built_in_content() {
    let library = library();
    for technique in &library.techniques {
        let mistakes = check::technique(technique, &library);
        assert_eq!(mistakes, [], "{}", technique.slug);
    }
    for routine in &library.routines {
        let mistakes = check::routine(routine, &library);
        assert_eq!(mistakes, [], "{}", routine.slug);
    }
}

#[test]
fn the_catalogue_has_its_groups_in_order_each_numbered_through() {
    let library = library();
    let place = |t: &Technique| GROUPS.iter().position(|group| *group == t.group);
    let found: Vec<_> = library
        .techniques
        .iter()
        .map(|t| (place(t), t.order))
        .collect();
    let mut expected = Vec::new();
    for (group, name) in GROUPS.iter().enumerate() {
        let size = found.iter().filter(|(at, _)| *at == Some(group)).count();
        assert!(size > 0, "{name}");
        expected.extend((1..).take(size).map(|order| (Some(group), order)));
    }
    assert_eq!(found, expected);
}

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
fn routines_stand_in_the_order_of_the_facts_with_their_totals() {
    let library = library();
    let clock = |minutes: u32, seconds: u32| minutes * 60 + seconds;
    let found: Vec<_> = library
        .routines
        .iter()
        .map(|r| (r.slug.as_str(), r.total_s))
        .collect();
    let expected = [
        ("desk-reset", clock(4, 9)),
        ("morning-loosen", clock(6, 42)),
        ("evening-unwind", clock(15, 26)),
        ("spasm-first-aid", clock(22, 12)),
        ("after-driving", clock(9, 37)),
        ("stress-spiral", clock(11, 4)),
        ("before-bed", clock(11, 26)),
        ("hotel-no-tools", clock(11, 20)),
        ("ball-on-wall", clock(5, 54)),
        ("full-session", clock(19, 50)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_real_length_adds_get_ready_and_a_change_of_sides_for_each_block() {
    let library = library();
    let real = |slug| technique_real_s(library.technique(slug).unwrap());
    assert_eq!(real("hand-warm-sweep"), 90 + 5, "no sides");
    assert_eq!(real("wall-ball-side-hip"), 150 + 5 + 8, "one block");
    assert_eq!(
        real("drive-stop-reset"),
        125 + 5 + 8,
        "plain steps, one block"
    );
    assert_eq!(real("knee-rolls"), 100 + 5, "from side to side by itself");
    assert_eq!(real("side-lying-pillow"), 240 + 5, "one side only");
    let routine = library.routine("ball-on-wall").unwrap();
    assert_eq!(routine_real_s(routine, &library), 354 + 5 + 2 * 8);
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
