//! What may start with which answers, over all that is built in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};
use proptest::prelude::*;
use unkink::content::built_in_library;
use unkink::domain::dose;
use unkink::domain::gate::{Bar, Gate};
use unkink::domain::library::Library;
use unkink::domain::profile::Profile;
use unkink::domain::safety::Safety;
use unkink::domain::scale::Scale;

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T12:00:00+01:00").unwrap()
}

fn today() -> NaiveDate {
    now().date_naive()
}

/// Answered today: yes to these, no to the rest.
fn profile(yes: &[&str]) -> Profile {
    let mut profile = Profile {
        asked_on: Some(today()),
        ..Profile::default()
    };
    for id in yes {
        profile.answer(id, true, today());
    }
    profile
}

fn allowed<'a>(library: &'a Library, profile: &Profile) -> BTreeSet<&'a str> {
    let gate = Gate::new(library.safety(), profile, &[], now());
    let techniques = library.techniques.iter();
    techniques
        .filter(|technique| gate.reasons(technique).is_empty())
        .map(|technique| technique.slug.as_str())
        .collect()
}

/// As it was read against the facts, by hand: a line that changes here is to be read so again.
#[test]
fn each_technique_has_the_traits_it_was_checked_with_and_is_off_with_no_other_conditions() {
    let library = built_in_library();
    let conditions = &library.safety().conditions;
    let asked: Vec<&str> = conditions.iter().map(|known| known.id).collect();
    let mut lines = vec![format!("asked: {}", asked.join(" "))];
    for technique in &library.techniques {
        let is_off = |id: &&&str| !allowed(&library, &profile(&[id])).contains(&*technique.slug);
        let off: Vec<&str> = asked.iter().filter(is_off).copied().collect();
        let (slug, traits) = (&technique.slug, technique.traits.join(" "));
        lines.push(format!("{slug}: {traits}; off with {}", off.join(" ")));
    }
    insta::assert_snapshot!("catalogue", lines.join("\n"));
}

#[test]
fn a_technique_is_allowed_only_if_no_trait_of_it_is_excluded_by_any_pair_of_conditions() {
    let library = built_in_library();
    let conditions = &library.safety().conditions;
    for one in conditions {
        for other in conditions {
            let profile = profile(&[one.id, other.id]);
            let allowed = allowed(&library, &profile);
            for technique in &library.techniques {
                let excluded =
                    |name: &str| one.excludes.contains(&name) || other.excludes.contains(&name);
                let is_off = technique.traits.iter().any(|name| excluded(name));
                let slug = technique.slug.as_str();
                assert_eq!(
                    allowed.contains(slug),
                    !is_off,
                    "{slug} with {} and {}",
                    one.id,
                    other.id
                );
            }
        }
    }
}

#[test]
fn every_rule_that_applies_is_a_reason_and_no_other() {
    let library = built_in_library();
    let safety = library.safety();
    let all: Vec<&str> = safety.conditions.iter().map(|c| c.id).collect();
    let profile = profile(&all);
    let gate = Gate::new(safety, &profile, &[], now());
    for technique in &library.techniques {
        let shown: Vec<String> = gate
            .reasons(technique)
            .into_iter()
            .map(|reason| reason.id)
            .collect();
        let rules = safety.conditions.iter();
        let rules = rules.filter(|rule| {
            rule.excludes
                .iter()
                .any(|name| technique.traits.iter().any(|it| it == name))
        });
        let rules: Vec<&str> = rules.map(|rule| rule.id).collect();
        assert_eq!(shown, rules, "{}", technique.slug);
    }
    let ball = library.technique("wall-ball-side-hip").unwrap();
    let profile = self::profile(&["K2"]);
    let reasons = Gate::new(safety, &profile, &[], now()).reasons(ball);
    assert!(
        reasons[0]
            .words
            .starts_with("blood thinners or bleeding: no hard tools"),
        "{reasons:?}"
    );
}

#[test]
fn an_emergency_bars_everything_until_a_clinician_has_looked_or_it_was_a_slip() {
    let library = built_in_library();
    let safety = library.safety();
    for sign in &safety.emergency.signs {
        let mut profile = profile(&[sign.id]);
        let bar = Gate::new(safety, &profile, &[], now()).bar();
        assert_eq!(bar, Some(Bar::Emergency(vec![sign])));
        assert!(profile.seen_by_clinician(sign.id, today()));
        assert_eq!(Gate::new(safety, &profile, &[], now()).bar(), None);
        profile.answer(sign.id, false, today());
        assert_eq!(Gate::new(safety, &profile, &[], now()).bar(), None);
    }
}

#[test]
fn a_sign_for_a_clinician_leaves_what_the_facts_leave_and_conditions_apply_on_top() {
    let library = built_in_library();
    for sign in &library.safety().clinician.signs {
        let left = allowed(&library, &profile(&[sign.id]));
        if ["U7", "U11", "U15", "U17"].contains(&sign.id) {
            assert_eq!(
                left.len(),
                library.techniques.len(),
                "{} locks nothing",
                sign.id
            );
        } else {
            let expected = [
                "count-the-breath",
                "long-exhale",
                "side-lying-pillow",
                "six-breaths",
            ];
            assert_eq!(left, BTreeSet::from(expected), "{}", sign.id);
        }
    }
    let with_breath = allowed(&library, &profile(&["U8", "K23"]));
    assert!(!with_breath.contains("six-breaths") && with_breath.contains("side-lying-pillow"));
}

#[test]
fn an_empty_profile_is_a_question_and_one_that_cannot_be_read_is_no_clean_bill() {
    let library = built_in_library();
    let safety = library.safety();
    let never_asked = Profile::default();
    assert_eq!(
        Gate::new(safety, &never_asked, &[], now()).bar(),
        Some(Bar::Due)
    );
    let broken = Profile {
        unreadable: Some("line 3: not TOML".into()),
        ..Profile::default()
    };
    // It may hold an urgent sign: all is asked anew, and nothing starts until then.
    assert_eq!(Gate::new(safety, &broken, &[], now()).bar(), Some(Bar::Due));
    assert_eq!(
        allowed(&library, &broken).len(),
        safety.clinician.left.len()
    );
    let mut doubtful = profile(&[]);
    doubtful.doubtful.insert("K7".into());
    assert_eq!(
        allowed(&library, &doubtful),
        allowed(&library, &profile(&["K7"]))
    );
}

#[test]
fn a_question_that_came_after_the_answers_stands_before_any_start() {
    fn bar<'a>(safety: &'a Safety, profile: &'a Profile) -> Option<Bar<'a>> {
        Gate::new(safety, profile, &[], now()).bar()
    }
    let library = built_in_library();
    let safety = library.safety();
    let mut all = profile(&[]);
    for id in safety.gate_ids() {
        all.answer(id, false, today());
    }
    assert_eq!(bar(safety, &all), None);
    for id in safety.gate_ids() {
        let mut without = all.clone();
        without.answers.remove(id);
        assert_eq!(bar(safety, &without), Some(Bar::New(vec![id])));
        without.asked_on = None;
        assert_eq!(
            bar(safety, &without),
            Some(Bar::Due),
            "with all others: {id}"
        );
        without.asked_on = Some(today());
        without.doubtful.insert(id.to_owned());
        let is_new = matches!(bar(safety, &without), Some(Bar::New(_)));
        assert!(!is_new, "an answer that can't be read is a yes: {id}");
    }
    // By hand: what is left out is not so.
    let mut few = profile(&["K2", "U7"]);
    few.answer("K11", false, today());
    assert_eq!(bar(safety, &few), None);
}

#[test]
fn a_routine_leaves_out_what_is_off_and_needs_half_of_its_items() {
    let library = built_in_library();
    let routine = library.routine("ball-on-wall").unwrap();
    let blood = profile(&["K2"]);
    let left = Gate::new(library.safety(), &blood, &[], now()).left_of(routine, &library);
    assert_eq!(
        left.routine.items.len() + left.gaps.len(),
        routine.items.len()
    );
    assert!(!left.is_enough && !left.gaps[0].1.is_empty());
    let nothing = profile(&[]);
    let whole = Gate::new(library.safety(), &nothing, &[], now()).left_of(routine, &library);
    assert!(whole.is_enough && whole.gaps.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_more_yes_never_adds_a_technique(
        first in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        more in any::<prop::sample::Index>(),
    ) {
        let library = built_in_library();
        let safety = library.safety();
        let emergency = safety.emergency.signs.iter().map(|sign| sign.id);
        let clinician = safety.clinician.signs.iter().map(|sign| sign.id);
        let conditions = safety.conditions.iter().map(|condition| condition.id);
        let ids: Vec<&str> = emergency.chain(clinician).chain(conditions).collect();
        let mut yes: Vec<&str> = first.iter().map(|at| *at.get(&ids)).collect();
        let before = profile(&yes);
        yes.push(*more.get(&ids));
        let after = profile(&yes);
        prop_assert!(allowed(&library, &after).is_subset(&allowed(&library, &before)));
        let bar = |profile: &Profile| Gate::new(safety, profile, &[], now()).bar().is_some();
        prop_assert!(bar(&after) || !bar(&before));
    }
}

#[test]
fn much_pain_leaves_breathing_rest_warmth_or_cold_and_easy_movement() {
    let library = built_in_library();
    let profile = profile(&[]);
    let gate = Gate::new(library.safety(), &profile, &[], now()).with_pain(Scale::new(7));
    for technique in &library.techniques {
        let stays = gate.reasons(technique).is_empty();
        let expected = match technique.group.as_str() {
            "Warmth and cold"
            | "Breathing and relaxation"
            | "Gentle movement and rest positions" => true,
            // Two of three move; the third holds a place with a firm hand.
            "Posture and micro-breaks" => technique.slug != "drive-stop-reset",
            "Legs and hips that feed the low back" => !dose::touches(&technique.traits),
            _ => false,
        };
        assert_eq!(stays, expected, "{}", technique.slug);
    }
}
