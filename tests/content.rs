//! The built-in content is what the facts say it is, and a person's own files are read with the same care.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "content/evidence.rs"]
mod evidence;
#[path = "content/words.rs"]
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use unkink::content;
use unkink::domain::check;
use unkink::domain::length::{routine_real_s, technique_real_s};
use unkink::domain::library::Library;
use unkink::domain::routine::Routine;
use unkink::domain::safety::Safety;
use unkink::domain::technique::{GROUPS, Technique};
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
