//! What a query finds in the library, and in which order.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use unkink::content;
use unkink::domain::length::technique_real_s;
use unkink::domain::library::Library;
use unkink::domain::search::{Filter, Item, Preference, Query, ROUTINES, TOPICS};
use unkink::domain::technique::GROUPS;

fn words(typed: &str) -> Query {
    Query {
        words: typed.to_owned(),
        ..Query::default()
    }
}

fn filter(filter: Filter) -> Query {
    Query {
        filter,
        ..Query::default()
    }
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn found<'a>(library: &'a Library, query: &Query) -> Vec<&'a str> {
    let preference = Preference {
        off: &std::collections::BTreeSet::new(),
        resting: &std::collections::BTreeSet::new(),
        favourites: &BTreeSet::new(),
        last_done: &|_| None,
    };
    let items = library.find(query, &preference);
    items.into_iter().map(Item::slug).collect()
}

#[test]
fn a_slip_in_one_word_of_a_name_still_finds_what_was_meant() {
    let library = content::built_in_library();
    for (typed, meant) in [
        ("knukle", "knuckle-beside-spine"),
        ("calf-swep", "calf-sweep"),
        ("pelvc", "pelvic-tilt"),
    ] {
        assert_eq!(library.nearest(typed).first(), Some(&meant), "{typed}");
    }
    assert!(library.nearest("qqqq").is_empty());
}

#[test]
fn the_empty_query_gives_everything_under_its_heading_in_the_order_of_the_catalogue() {
    let library = content::built_in_library();
    let preference = Preference {
        off: &std::collections::BTreeSet::new(),
        resting: &std::collections::BTreeSet::new(),
        favourites: &BTreeSet::new(),
        last_done: &|_| None,
    };
    let groups = library.find_grouped(&Query::default(), &preference);
    let headings: Vec<_> = groups.iter().map(|group| group.heading).collect();
    assert_eq!(headings[..9], GROUPS);
    assert_eq!(headings[9..], [ROUTINES, TOPICS]);
    let items: Vec<_> = groups
        .iter()
        .flat_map(|group| &group.items)
        .copied()
        .collect();
    assert_eq!(items, library.items().collect::<Vec<_>>());
}

#[test]
fn every_item_is_found_by_its_name_and_by_its_slug_and_comes_first() {
    let library = content::built_in_library();
    for item in library.items() {
        for typed in [item.name(), item.slug()] {
            let first = found(&library, &words(typed));
            let first = first.first().copied().unwrap_or_default();
            assert_eq!(first, item.slug(), "{typed}");
        }
    }
}

#[test]
fn a_slip_in_any_longer_word_of_a_name_still_finds_it() {
    let library = content::built_in_library();
    let texts = library
        .items()
        .map(|item| format!("{item:?}").to_lowercase())
        .collect::<String>();
    let all: BTreeSet<&str> = texts.split(|c: char| !c.is_alphabetic()).collect();
    let is_a_word = |typed: &str| all.contains(typed.to_lowercase().as_str());
    for item in library.items() {
        let plain = |word: &&str| word.len() >= 4 && word.chars().all(char::is_alphabetic);
        for word in item.name().split(' ').filter(plain) {
            let (a, b) = word.split_at(2);
            let (next, rest) = b.split_at(1);
            let slips = [
                format!("{a}x{b}"),
                format!("{a}x{rest}"),
                format!("{a}{rest}"),
                format!("{}{next}{}{rest}", &a[..1], &a[1..]),
            ];
            // A word of four letters less one has three, and those must be right; a slip that makes another word of the
            // library ('from' for 'form') can't be told from that word.
            for typed in slips
                .iter()
                .filter(|typed| typed.len() >= 4 && !is_a_word(typed))
            {
                let slugs = found(&library, &words(typed));
                assert!(slugs.contains(&item.slug()), "{typed} for {word}");
            }
        }
    }
}

#[test]
fn it_works_while_typing_and_every_word_must_match() {
    let library = content::built_in_library();
    for typed in ["wal", "wall sid", "wlal side", "Wall  SIDE hi"] {
        assert!(
            found(&library, &words(typed)).contains(&"wall-ball-side-hip"),
            "{typed}"
        );
    }
    assert!(!found(&library, &words("wall shower")).contains(&"wall-ball-side-hip"));
    assert_eq!(found(&library, &words("wall xyzzy")), [""; 0]);
    assert_eq!(
        found(&library, &words("bll")),
        [""; 0],
        "three letters must be right"
    );
}

#[test]
fn names_come_before_texts_and_right_words_before_slips() {
    let library = content::built_in_library();
    let slugs = found(&library, &words("shower"));
    assert_eq!(slugs[0], "warm-shower-stream");
    assert!(
        slugs.contains(&"before-bed"),
        "its summary speaks of a shower"
    );
    let walls = found(&library, &words("wall"));
    let at = |slug| {
        walls
            .iter()
            .position(|found| *found == slug)
            .unwrap_or(usize::MAX)
    };
    assert!(
        at("wall-ball-side-hip") < at("warm-shower-stream"),
        "one hand on the wall"
    );
    assert!(
        at("warm-shower-stream") < at("chair-ball-low-back"),
        "'ball' is a slip away"
    );
}

#[test]
fn with_words_the_heading_of_the_best_match_comes_first() {
    let library = content::built_in_library();
    let preference = Preference {
        off: &std::collections::BTreeSet::new(),
        resting: &std::collections::BTreeSet::new(),
        favourites: &BTreeSet::new(),
        last_done: &|_| None,
    };
    let groups = library.find_grouped(&words("desk reset"), &preference);
    assert_eq!(
        (groups[0].heading, groups[0].items[0].slug()),
        (ROUTINES, "desk-reset")
    );
}

#[test]
fn source_ids_find_what_rests_on_them_and_nothing_else() {
    let library = content::built_in_library();
    let slugs = found(&library, &words("T2"));
    assert!(slugs.contains(&"roller-front-thigh") && slugs.contains(&"foam-rolling"));
    assert!(!slugs.contains(&"easy-walk"), "that one names T20");
}

#[test]
fn favourites_come_first_and_the_least_lately_done_before_the_rest_of_their_heading() {
    let library = content::built_in_library();
    let favourites = BTreeSet::from(["cat-camel".to_owned()]);
    let last_done = |slug: &str| match slug {
        "rest-legs-up" => Some(20),
        "pelvic-tilt" => Some(10),
        "cat-camel" => Some(30),
        _ => None,
    };
    let preference = Preference {
        off: &std::collections::BTreeSet::new(),
        resting: &std::collections::BTreeSet::new(),
        favourites: &favourites,
        last_done: &last_done,
    };
    let groups = library.find_grouped(&Query::default(), &preference);
    assert_eq!(groups[6].heading, GROUPS[6]);
    let slugs: Vec<_> = groups[6].items.iter().map(|item| item.slug()).collect();
    assert_eq!(
        slugs,
        [
            "cat-camel",
            "side-lying-pillow",
            "knee-rolls",
            "single-knee-hug",
            "bottom-to-heels",
            "easy-walk",
            "pelvic-tilt",
            "rest-legs-up",
        ]
    );
    assert_eq!(groups[0].heading, GROUPS[0], "headings keep their order");
}

#[test]
fn a_tool_filter_keeps_what_needs_nothing_else_and_no_evidence_cards() {
    let library = content::built_in_library();
    let ball = filter(Filter {
        tool: list(&["ball"]),
        ..Filter::default()
    });
    let slugs = found(&library, &ball);
    assert!(slugs.contains(&"wall-ball-side-hip") && slugs.contains(&"hand-warm-sweep"));
    assert!(!slugs.contains(&"wall-two-ball-sock") && !slugs.contains(&"heat-pad-sit"));
    assert!(
        slugs.contains(&"desk-reset") && !slugs.contains(&"ball-on-wall"),
        "it wants two balls as well"
    );
    assert!(!slugs.contains(&"posture"));
    let none = filter(Filter {
        tool: list(&["none"]),
        ..Filter::default()
    });
    let needs = |slug: &str| library.technique(slug).map(|t| t.filter.tool.clone());
    for slug in found(&library, &none) {
        assert!(needs(slug).is_none_or(|tools| tools == ["none"]), "{slug}");
    }
}

#[test]
fn a_position_filter_keeps_what_can_be_done_there() {
    let library = content::built_in_library();
    let floor = filter(Filter {
        position: list(&["floor"]),
        ..Filter::default()
    });
    for slug in found(&library, &floor) {
        let positions = library.technique(slug).map(|t| t.filter.position.clone());
        let fits = |all: Vec<String>| all.iter().any(|p| p == "floor" || p == "any");
        assert!(positions.is_none_or(fits), "{slug}");
    }
    let office = filter(Filter {
        position: list(&["chair", "standing"]),
        ..Filter::default()
    });
    assert!(
        found(&library, &office).contains(&"desk-reset"),
        "each item in one of the two"
    );
    assert!(!found(&library, &office).contains(&"before-bed"));
}

#[test]
fn a_time_filter_counts_get_ready_and_changes() {
    let library = content::built_in_library();
    let one = filter(Filter {
        minutes: Some(1),
        ..Filter::default()
    });
    assert_eq!(
        found(&library, &one),
        ["seat-shift"],
        "one minute of steps is more in truth"
    );
    let two = filter(Filter {
        minutes: Some(2),
        ..Filter::default()
    });
    for slug in found(&library, &two) {
        assert!(
            technique_real_s(library.technique(slug).unwrap()) <= 120,
            "{slug}"
        );
    }
    assert!(!found(&library, &two).contains(&"stick-thigh-seated"));
}

#[test]
fn a_purpose_filter_takes_routines_of_which_at_least_half_serve_it() {
    let library = content::built_in_library();
    let sleep = filter(Filter {
        purpose: list(&["sleep"]),
        ..Filter::default()
    });
    let slugs = found(&library, &sleep);
    assert!(slugs.contains(&"six-breaths") && slugs.contains(&"before-bed"));
    assert!(!slugs.contains(&"cat-camel") && !slugs.contains(&"desk-reset"));
}

#[test]
fn words_and_filters_go_together() {
    let library = content::built_in_library();
    let query = Query {
        words: "buttock".to_owned(),
        filter: Filter {
            position: list(&["chair"]),
            tool: list(&["none"]),
            ..Filter::default()
        },
    };
    let slugs = found(&library, &query);
    assert!(slugs.contains(&"figure-four-chair"));
    assert!(!slugs.contains(&"fist-buttock-knead") && !slugs.contains(&"floor-ball-buttock"));
}

#[test]
fn an_unknown_filter_word_is_named_with_the_nearest_right_one() {
    let library = content::built_in_library();
    let wrong = |position: &[&str], tool: &[&str], purpose: &[&str]| {
        let filter = Filter {
            position: list(position),
            tool: list(tool),
            minutes: None,
            purpose: list(purpose),
            allowed: false,
        };
        filter.check(&library)
    };
    assert_eq!(
        wrong(&["chair", "any"], &["none", "ball"], &["stress"]),
        Ok(())
    );
    let said = |text: &str| Err(text.to_owned());
    assert_eq!(
        wrong(&["chiar"], &[], &[]),
        said("unknown position 'chiar': did you mean 'chair'?")
    );
    assert_eq!(
        wrong(&[], &["foam-roler"], &[]),
        said("unknown tool 'foam-roler': did you mean 'foam-roller'?")
    );
    assert!(
        wrong(&[], &[], &["happiness"])
            .unwrap_err()
            .contains("the words are: tension, stress")
    );
}

#[test]
fn a_mistyped_slug_brings_the_nearest_ones() {
    let library = content::built_in_library();
    for (typed, first) in [
        ("desk-rest", "desk-reset"),
        ("deskreset", "desk-reset"),
        ("Six Breaths", "six-breaths"),
        ("side-hip", "wall-ball-side-hip"),
        ("camel-cat", "cat-camel"),
        ("kinesio", "kinesio-tape"),
    ] {
        assert_eq!(library.nearest(typed).first(), Some(&first), "{typed}");
    }
    assert!(library.nearest("ball").len() <= 3);
    assert_eq!(library.nearest("qqqqqqqq"), [""; 0]);
    assert_eq!(library.nearest(&"x".repeat(100_000)), [""; 0]);
    assert_eq!(library.nearest(""), [""; 0]);
}

#[test]
fn own_content_added_later_is_found() {
    let mut library = content::built_in_library();
    assert_eq!(found(&library, &words("zebra")), [""; 0]);
    let mut own = library.techniques[0].clone();
    own.slug = "zebra-stretch".to_owned();
    own.name = "Zebra stretch".to_owned();
    own.own = true;
    library.add(vec![own], Vec::new());
    assert_eq!(found(&library, &words("zebra")), ["zebra-stretch"]);
}

#[test]
fn words_that_stand_as_typed_bring_no_slips_of_other_words() {
    let library = content::built_in_library();
    let none = BTreeSet::new();
    let preference = Preference {
        off: &std::collections::BTreeSet::new(),
        resting: &std::collections::BTreeSet::new(),
        favourites: &none,
        last_done: &|_| None,
    };
    let query = Query {
        words: "ball wall".into(),
        filter: Filter::default(),
    };
    for item in library.find(&query, &preference) {
        let text = format!("{item:?}").to_lowercase();
        assert!(
            text.contains("ball") && text.contains("wall"),
            "{}",
            item.slug()
        );
    }
}
