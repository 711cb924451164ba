//! What a typed word of the log means, and what is said when it means nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use unkink::content;
use unkink::domain::vocabulary::{PlaceSide, WordField};

const FIELDS: [WordField; 5] = [
    WordField::Qualities,
    WordField::Triggers,
    WordField::Actions,
    WordField::Mood,
    WordField::Day,
];

#[test]
fn every_word_finds_itself_however_it_is_typed() {
    let library = content::built_in_library();
    let vocabulary = library.vocabulary();
    for field in FIELDS {
        for word in vocabulary.words(field) {
            let forms = [
                word.to_owned(),
                word.to_uppercase(),
                word.replace(' ', "-"),
                word.replace(' ', "_"),
                format!("  {word} "),
            ];
            for typed in forms {
                assert_eq!(vocabulary.word(field, &typed), Ok(word), "{typed}");
            }
        }
    }
}

#[test]
fn no_list_has_a_word_twice_nor_a_short_form_that_is_another_word() {
    let library = content::built_in_library();
    let vocabulary = library.vocabulary();
    for (field, list) in [
        (WordField::Qualities, &vocabulary.qualities),
        (WordField::Triggers, &vocabulary.triggers),
        (WordField::Actions, &vocabulary.actions),
        (WordField::Day, &vocabulary.day),
    ] {
        for word in list {
            for form in word.also.iter().chain([&word.word]) {
                assert_eq!(
                    vocabulary.find(field, form),
                    Some(word.word.as_str()),
                    "{form}"
                );
            }
        }
    }
}

#[test]
fn a_tag_goes_to_the_field_that_knows_it() {
    let library = content::built_in_library();
    let vocabulary = library.vocabulary();
    for (typed, field, word) in [
        ("shooting", WordField::Qualities, "shooting"),
        ("hot", WordField::Qualities, "hot or red or swollen"),
        ("sat-long", WordField::Triggers, "sat long"),
        ("Slipped", WordField::Triggers, "slipped or tripped"),
        ("tired", WordField::Triggers, "tired"),
        ("walk", WordField::Actions, "walk"),
        ("Paracetamol", WordField::Actions, "paracetamol"),
        ("hopeful", WordField::Mood, "hopeful"),
    ] {
        assert_eq!(vocabulary.field_of(typed), Some((field, word)), "{typed}");
    }
    assert_eq!(vocabulary.field_of("garden party"), None);
    assert_eq!(vocabulary.field_of("flare"), None, "a day is no tag");
    assert_eq!(vocabulary.field_of(""), None);
}

#[test]
fn a_wrong_word_is_told_with_the_nearest_right_one_or_all_of_them() {
    let library = content::built_in_library();
    let vocabulary = library.vocabulary();
    let said = |field, typed| vocabulary.word(field, typed).unwrap_err();
    assert_eq!(
        said(WordField::Qualities, "burnign"),
        "unknown quality 'burnign': did you mean 'burning'?"
    );
    assert_eq!(
        said(WordField::Triggers, "sat lng"),
        "unknown trigger 'sat lng': did you mean 'sat long'?"
    );
    assert_eq!(
        said(WordField::Day, "wonderful"),
        "unknown kind of day 'wonderful': the words are: flare, rest, travel, ill"
    );
}

#[test]
fn places_are_read_with_their_side_and_written_as_the_log_keeps_them() {
    let library = content::built_in_library();
    let vocabulary = library.vocabulary();
    for (typed, kept) in [
        ("belt-line:left", "belt-line:left"),
        ("Belt Line : RIGHT", "belt-line:right"),
        ("upper_outer_buttock:both", "upper-outer-buttock:both"),
        ("calf:l", "calf:left"),
        ("sacrum", "sacrum"),
        ("Spine midline", "spine-midline"),
    ] {
        let place = vocabulary.place(typed).map(|place| place.to_string());
        assert_eq!(place.as_deref(), Ok(kept), "{typed}");
    }
    for (typed, said) in [
        (
            "belt-lin:left",
            "unknown region 'belt-lin:left': did you mean 'belt-line:left'?",
        ),
        (
            "belt-line",
            "needs a side: give 'belt-line:left', 'belt-line:right' or 'belt-line:both'",
        ),
        (
            "belt-line:middle",
            "region 'belt-line': 'middle' is no side: give left, right or both",
        ),
        (
            "tailbone:left",
            "'tailbone' lies in the middle and has no side: give 'tailbone'",
        ),
        ("xyzzyxyzzy", "the names are: mid-back, under-ribs"),
        ("", "unknown region ''"),
    ] {
        let error = vocabulary.place(typed).unwrap_err();
        assert!(error.contains(said), "{typed}: {error}");
    }
}

#[test]
fn what_a_name_may_have_meant_is_told_so_that_it_can_be_given_as_it_is() {
    let library = content::built_in_library();
    let vocabulary = library.vocabulary();
    for (typed, right) in [
        (
            "belt",
            &["belt-line:left", "belt-line:right", "belt-line:both"][..],
        ),
        ("belt:l", &["belt-line:left"]),
        ("mid", &["mid-back:left", "mid-buttock:left"]),
        ("mid:right", &["mid-back:right", "mid-buttock:right"]),
        ("spine:left", &["spine-midline"]),
        ("scrum", &["sacrum"]),
        ("back:left", &["back-of-thigh:left"]),
    ] {
        let why = vocabulary.place(typed).unwrap_err();
        let quoted: Vec<&str> = why.split('\'').skip(1).step_by(2).collect();
        assert_eq!(quoted[0], typed);
        assert_eq!(quoted[1..], *right, "{why}");
        for right in right {
            assert!(vocabulary.place(right).is_ok(), "{right}");
        }
    }
    let why = vocabulary.end_point("below:left").unwrap_err();
    assert!(why.ends_with("did you mean 'below-knee:left'?"), "{why}");
}

#[test]
fn where_a_pain_travels_to_may_leave_the_side_open() {
    let library = content::built_in_library();
    let vocabulary = library.vocabulary();
    let read = |typed| vocabulary.end_point(typed).map(|place| place.to_string());
    assert_eq!(read("foot:left").as_deref(), Ok("foot:left"));
    assert_eq!(read("below the knee").as_deref(), Ok("below-knee"));
    assert_eq!(
        vocabulary.end_point("thigh:both").unwrap().side,
        Some(PlaceSide::Both)
    );
    assert!(read("thihg").unwrap_err().contains("did you mean 'thigh'?"));
    assert!(
        read("thigh:up")
            .unwrap_err()
            .contains("give left, right or both")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_typed_text_gets_an_answer(typed in "\\PC{0,80}") {
        let library = content::built_in_library();
        let vocabulary = library.vocabulary();
        let _ = (vocabulary.place(&typed), vocabulary.end_point(&typed), vocabulary.field_of(&typed));
        for field in FIELDS {
            let _ = vocabulary.word(field, &typed);
        }
        let _ = library.nearest(&typed);
    }

    #[test]
    fn a_place_that_was_read_reads_back_as_itself(region in 0_usize..20, side in 0_usize..3) {
        let library = content::built_in_library();
        let vocabulary = library.vocabulary();
        let region = &vocabulary.regions[region];
        let text = match (region.midline, ["left", "right", "both"][side]) {
            (true, _) => region.id.clone(),
            (false, side) => format!("{}:{side}", region.id),
        };
        prop_assert_eq!(vocabulary.place(&text).unwrap().to_string(), text);
    }
}
