//! What is suggested: over all that is built in, with real rules, logs of a few lines and literal times.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "suggest/person.rs"]
mod person;

use std::collections::BTreeSet;

use chrono::DateTime;
use proptest::prelude::*;
use unkink::content::built_in_library;
use unkink::domain::plan::Side;
use unkink::domain::scale::Scale;
use unkink::domain::suggest::{MOST, Wish};

use person::*;

#[test]
fn who_says_nothing_gets_three_of_three_kinds_that_need_nothing_bought() {
    let person = Person::new();
    let offered = person.is_offered(&anything());
    assert_eq!(offered.len(), MOST);
    assert_eq!(
        person.slugs(&anything()),
        ["six-breaths", "desk-reset", "easy-walk"]
    );
    assert!(
        offered.iter().all(|one| one.reason == "not done yet"),
        "{offered:?}"
    );
    assert_eq!(offered[0].real_s, 225);
}

#[test]
fn lengths_are_those_of_a_start_now_halved_in_the_first_week() {
    let person = Person::in_the_first_week();
    let offered = person.is_offered(&wish(Some(2), &[], &[], &["stress"]));
    let breaths = offered
        .iter()
        .find(|one| one.slug == "six-breaths")
        .unwrap();
    assert_eq!(breaths.real_s, 115, "it would not fit at its usual length");
    assert_eq!(
        breaths.reason,
        "not done yet; fits 2 minutes, stress; first week: half the time"
    );
    // What is said is what the session then shows.
    person.with(|known| {
        let slugs = ["six-breaths".to_owned()];
        let plan = known.gate.plan(known.library, &slugs, Side::Left);
        assert_eq!(plan.unwrap().timeline.real_s(), 115);
    });
    assert!(
        !Person::new()
            .slugs(&wish(Some(2), &[], &[], &["stress"]))
            .contains(&"six-breaths".into())
    );
}

#[test]
fn a_favourite_comes_first_until_it_was_done_today() {
    let mut person = Person::new();
    person.favourites.insert("wall-ball-side-hip".into());
    assert_eq!(person.slugs(&anything())[0], "wall-ball-side-hip");
    assert_eq!(
        person.reason(&anything(), "wall-ball-side-hip"),
        "a favourite; not done yet"
    );
    person.did("2026-11-11", "technique", "wall-ball-side-hip", None);
    assert_eq!(
        person.reason(&anything(), "wall-ball-side-hip"),
        "a favourite; not done for 12 days"
    );
    person.did("2026-11-22", "technique", "wall-ball-side-hip", None);
    assert_eq!(
        person.reason(&anything(), "wall-ball-side-hip"),
        "a favourite; done yesterday"
    );
    person.did("2026-11-23", "technique", "wall-ball-side-hip", None);
    assert_ne!(person.slugs(&anything())[0], "wall-ball-side-hip");
}

#[test]
fn what_was_done_least_lately_comes_first() {
    let mut person = Person::new();
    person.keep(&["six-breaths", "long-exhale", "count-the-breath"]);
    person.did("2026-11-20", "technique", "six-breaths", None);
    person.did("2026-11-10", "technique", "long-exhale", None);
    assert_eq!(
        person.slugs(&anything()),
        ["count-the-breath", "long-exhale", "six-breaths"]
    );
    person.did("2026-11-23", "technique", "count-the-breath", None);
    let offered = person.is_offered(&anything());
    assert_eq!(offered[2].slug, "count-the-breath");
    assert_eq!(offered[2].reason, "done today");
}

#[test]
fn what_made_pain_worse_this_week_comes_last_and_says_so() {
    let mut person = Person::new();
    person.keep(&["six-breaths", "long-exhale", "count-the-breath"]);
    person.favourites.insert("six-breaths".into());
    person.did("2026-11-20", "technique", "six-breaths", Some((3, 5)));
    let offered = person.is_offered(&anything());
    assert_eq!(offered[2].slug, "six-breaths");
    assert!(
        offered[2]
            .reason
            .starts_with("pain rose or was above 6 after it this week: lighter or not at all; "),
        "{offered:?}"
    );
    // A routine that holds it rests as well.
    let mut person = Person::new();
    person.did("2026-11-20", "technique", "long-exhale", Some((3, 5)));
    let offered = person.slugs(&anything());
    assert!(!offered.contains(&"desk-reset".to_owned()), "{offered:?}");
}

#[test]
fn with_a_side_what_has_sides_comes_first_and_begins_there() {
    let person = Person::new();
    for side in [Side::Left, Side::Right] {
        let offered = person.is_offered(&with_side(side));
        assert_eq!(offered.len(), MOST);
        for one in &offered {
            assert_eq!(one.side, Some(side), "{one:?}");
            assert!(!one.reason.contains(side.word()), "{one:?}");
        }
        assert!(offered.iter().any(|one| one.is_routine));
    }
    // What has none is offered where nothing else fits, without a side.
    let mut person = Person::new();
    person.keep(&["six-breaths", "waist-rim-thumbs"]);
    let offered = person.is_offered(&with_side(Side::Right));
    assert_eq!(
        offered
            .iter()
            .map(|one| (&*one.slug, one.side))
            .collect::<Vec<_>>(),
        [
            ("waist-rim-thumbs", Some(Side::Right)),
            ("six-breaths", None)
        ]
    );
}

#[test]
fn much_pain_leaves_the_gentle_ones_and_says_why() {
    let person = Person::new();
    let offered = person.is_offered(&with_pain(7));
    assert_eq!(offered.len(), MOST);
    for one in &offered {
        assert!(
            one.reason.starts_with("gentle, because pain is 7; "),
            "{one:?}"
        );
    }
    assert!(
        !person
            .reason(&with_pain(6), "six-breaths")
            .contains("gentle")
    );
    // What it takes out of a routine is named, and its length is that of the rest.
    let mut person = Person::new();
    person.keep(&[
        "desk-reset",
        "long-exhale",
        "seat-shift",
        "stand-and-shift",
        "knuckle-beside-spine",
    ]);
    let offered = person.is_offered(&with_pain(8));
    let reset = offered.iter().find(|one| one.slug == "desk-reset").unwrap();
    assert_eq!(reset.left_out, ["Knuckle rub beside the spine"]);
    assert!(
        reset
            .reason
            .ends_with("leaves out Knuckle rub beside the spine"),
        "{reset:?}"
    );
    let whole = person.is_offered(&anything());
    let whole = whole.iter().find(|one| one.slug == "desk-reset").unwrap();
    assert!(whole.real_s > reset.real_s);
}

#[test]
fn with_a_tool_at_hand_one_uses_it_and_one_needs_nothing() {
    let person = Person::new();
    let offered = person.is_offered(&wish(Some(10), &[], &["ball"], &[]));
    let says = |words: &str| offered.iter().any(|one| one.reason.contains(words));
    assert!(says("fits 10 minutes, ball"), "{offered:?}");
    assert!(says("fits 10 minutes, no tools"), "{offered:?}");
}

#[test]
fn where_all_the_best_need_tools_the_third_does_without() {
    let mut person = Person::new();
    let with_tools = ["wall-ball-side-hip", "heat-pad-sit", "stick-thigh-seated"];
    person.keep(&[&with_tools[..], &["loose-fist-tapping"]].concat());
    person.favourites = with_tools.map(str::to_owned).into();
    let slugs = person.slugs(&anything());
    assert_eq!(slugs.len(), MOST);
    assert!(
        slugs.contains(&"loose-fist-tapping".to_owned()),
        "{slugs:?}"
    );
}

#[test]
fn a_tool_that_was_used_before_is_taken_to_be_at_hand() {
    let mut person = Person::new();
    person.keep(&["heat-pad-sit", "loose-fist-tapping", "hand-warm-sweep"]);
    assert_eq!(person.slugs(&anything())[2], "heat-pad-sit");
    person.did("2026-10-01", "technique", "heat-pad-sit", None);
    person.did("2026-11-01", "technique", "hand-warm-sweep", None);
    person.did("2026-11-01", "technique", "loose-fist-tapping", None);
    assert_eq!(person.slugs(&anything())[0], "heat-pad-sit");
}

#[test]
fn what_ones_own_ratings_say_stands_in_the_reason_as_strongly_as_they_allow() {
    let mut person = Person::new();
    person.keep(&["six-breaths"]);
    let mut said = Vec::new();
    for day in 1..=6 {
        person.did(
            &format!("2026-11-{day:02}"),
            "technique",
            "six-breaths",
            Some((6, 4)),
        );
        said.push(person.reason(&anything(), "six-breaths"));
    }
    let rest = |days: u32| format!("; not done for {days} days");
    let expected = [
        "last time pain 6 before, 4 after",
        "last time pain 6 before, 4 after",
        "pain 2 lower at the median of 3, too few to tell",
        "pain 2 lower at the median of 4, too few to tell",
        "pain 2 lower at the median of 5, too few to tell",
        "pain meaningfully lower after 6 of 6 (2 lower at the median)",
    ];
    for (day, (said, expected)) in (1..).zip(said.iter().zip(expected)) {
        assert_eq!(*said, expected.to_owned() + &rest(23 - day));
    }
    // While a sign is open that locks, nothing is said of it.
    person.profile = profile(&["U8"]);
    assert_eq!(
        person.reason(&anything(), "six-breaths"),
        "not done for 17 days"
    );
    person.profile = profile(&["U7"]);
    assert!(
        person
            .reason(&anything(), "six-breaths")
            .starts_with("pain meaningfully")
    );
}

#[test]
fn having_helped_earns_a_place_among_the_three_and_no_more() {
    let helped = |pair| {
        let mut person = Person::new();
        for day in 14..=19 {
            person.did(
                &format!("2026-11-{day}"),
                "technique",
                "calf-sweep",
                Some(pair),
            );
        }
        person.slugs(&anything())
    };
    let offered = helped((6, 3));
    assert_eq!(offered[0], "six-breaths", "never before the rest");
    assert_eq!(offered[1], "calf-sweep");
    assert!(!helped((6, 6)).contains(&"calf-sweep".to_owned()));
}

#[test]
fn what_to_loosen_is_said_where_nothing_fits() {
    let person = Person::new();
    assert_eq!(person.loosen(&anything()), None);
    let loosen = |wish: &Wish| {
        assert!(person.slugs(wish).is_empty());
        person.loosen(wish).unwrap()
    };
    assert_eq!(
        loosen(&wish(Some(1), &[], &[], &["legs"])),
        "nothing fits all of this; more time (2 minutes) or another purpose would help"
    );
    assert_eq!(
        loosen(&wish(None, &["walking"], &[], &["legs"])),
        "nothing fits all of this; another place or another purpose would help"
    );
    assert_eq!(
        loosen(&wish(None, &[], &["none"], &["general"])),
        "nothing fits all of this; a tool or another purpose would help"
    );
    assert_eq!(
        loosen(&wish(Some(0), &[], &[], &[])),
        "nothing fits all of this; more time (1 minute) would help"
    );
    assert_eq!(
        loosen(&wish(Some(1), &["bath"], &["none"], &["legs"])),
        "nothing fits all of this; something does with less of it"
    );
    let mut barred = Person::new();
    barred.profile = profile(&["E1"]);
    assert_eq!(barred.slugs(&anything()), [""; 0]);
    assert_eq!(
        barred.loosen(&anything()).unwrap(),
        "nothing may start just now"
    );
}

#[test]
fn what_is_made_for_a_moment_is_offered_at_that_moment() {
    let routine_at = |time: &str| {
        let mut person = Person::new();
        person.now = DateTime::parse_from_rfc3339(&format!("2026-11-23T{time}:00+01:00")).unwrap();
        person.keep(&[
            "morning-loosen",
            "evening-unwind",
            "before-bed",
            "after-driving",
        ]);
        person.library.techniques = built_in_library().techniques;
        for routine in ["evening-unwind", "before-bed"] {
            person.did("2026-11-01", "routine", routine, None);
        }
        // Bag and pillow are there.
        for technique in ["rice-bag-warmth", "side-lying-pillow"] {
            person.did("2026-11-01", "technique", technique, None);
        }
        let offered = person.is_offered(&anything());
        let routine = offered.iter().find(|one| one.is_routine);
        routine.map(|one| (one.slug.clone(), one.reason.contains("made for")))
    };
    assert_eq!(routine_at("07:00"), Some(("morning-loosen".into(), true)));
    assert_eq!(routine_at("18:00"), Some(("evening-unwind".into(), true)));
    assert_eq!(routine_at("23:30"), Some(("before-bed".into(), true)));
    let driving = || {
        let mut person = Person::new();
        person.keep(&["drive-stop-reset", "loose-fist-tapping"]);
        person
    };
    assert_eq!(driving().slugs(&anything())[1], "drive-stop-reset");
    let mut person = driving();
    person.favourites.insert("drive-stop-reset".into());
    assert_eq!(person.slugs(&anything())[0], "drive-stop-reset");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_is_wished_all_that_is_offered_may_start_fits_and_differs(
        minutes in proptest::option::of(0_u32..25),
        position in proptest::sample::subsequence(vec!["chair", "floor", "bed", "wall", "standing"], 0..3),
        tool in proptest::sample::subsequence(vec!["none", "ball", "foam-roller", "rice-bag"], 0..3),
        purpose in proptest::sample::subsequence(vec!["tension", "stress", "spasm"], 0..2),
        pain in proptest::option::of(0_u8..=10),
        side in proptest::sample::select(vec![None, Some(Side::Left), Some(Side::Right)]),
        yes in proptest::sample::subsequence(vec!["K1", "K2", "K7", "K8", "K12", "U8", "U7"], 0..3),
        is_new in proptest::bool::ANY,
    ) {
        let mut person = if is_new { Person::in_the_first_week() } else { Person::new() };
        person.profile = profile(&yes);
        let wish = Wish { pain: pain.and_then(Scale::new), side, ..wish(minutes, &position, &tool, &purpose) };
        let offered = person.is_offered(&wish);
        prop_assert!(offered.len() <= MOST);
        prop_assert_eq!(offered.is_empty(), person.loosen(&wish).is_some());
        let slugs: BTreeSet<&str> = offered.iter().map(|one| &*one.slug).collect();
        prop_assert_eq!(slugs.len(), offered.len());
        person.with(|known| {
            let gate = known.gate.clone().with_pain(wish.pain);
            for one in &offered {
                let side = one.side.unwrap_or(Side::Left);
                let plan = gate.plan(known.library, std::slice::from_ref(&one.slug), side).unwrap();
                assert_eq!(plan.timeline.real_s(), one.real_s);
                assert!(minutes.is_none_or(|minutes| one.real_s <= minutes * 60));
                assert!(!one.reason.is_empty() && !one.reason.contains('\n'));
            }
        });
    }
}
