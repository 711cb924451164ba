//! Finding, against the rules said plainly.

use std::collections::HashSet;

use proptest::prelude::*;

use super::super::id::Id;
use super::super::record::{Fields, Marks};
use super::super::search::letters::{Word, likeness};
use super::*;

fn entry(rec: u8, day: u8, pairs: &[(&str, serde_json::Value)]) -> Entry {
    let mut fields = Fields::default();
    fields.put("started_at", &format!("2026-11-{day:02}T21:30:00+01:00"));
    fields.put("kind", "check-in");
    for (name, value) in pairs {
        fields.put(name, value);
    }
    Entry::read(Id::from_bytes([rec; 16]), &fields, Marks::default())
}

fn log() -> Vec<Entry> {
    vec![
        entry(
            1,
            1,
            &[
                ("note", "After the long drive".into()),
                ("tags", vec!["Work"].into()),
            ],
        ),
        entry(
            2,
            2,
            &[("regions", vec!["belt-line:left", "sacrum"].into())],
        ),
        entry(
            3,
            3,
            &[
                ("kind", "session".into()),
                ("technique", "six-breaths".into()),
            ],
        ),
        entry(
            4,
            4,
            &[
                ("kind", "session".into()),
                ("routine", "desk-reset".into()),
                (
                    "items",
                    serde_json::json!([{"technique": "six-breaths", "planned_s": 1, "active_s": 1, "done": true}]),
                ),
                ("qualities", vec!["aching"].into()),
                ("regions", vec!["belt-line:both"].into()),
            ],
        ),
    ]
}

fn found(find: &Find) -> Vec<usize> {
    let log = log();
    let found = find.among(&log, &Library::default());
    found
        .iter()
        .filter_map(|entry| log.iter().position(|known| known == *entry))
        .collect()
}

fn text(text: &str) -> Vec<usize> {
    found(&Find {
        text: text.into(),
        ..Find::default()
    })
}

fn side(region: &str, side: Option<PlaceSide>) -> Find {
    Find {
        places: vec![Place {
            region: region.into(),
            side,
        }],
        ..Find::default()
    }
}

#[test]
fn every_word_must_be_found_and_a_slip_is_forgiven_where_nothing_fits_without() {
    assert_eq!(text(""), [0, 1, 2, 3]);
    assert_eq!(text("LONG dri"), [0]);
    assert_eq!(text("long walk"), [0; 0]);
    assert_eq!(text("drvie"), [0]);
    assert_eq!(text("breaths"), [2, 3]);
    assert_eq!(text("belt"), [1, 3]);
    assert_eq!(text("work"), [0], "tags are read, too");
}

/// What a look says that goes a few bytes at a time, oldest first.
fn looked(find: &Find, log: &[Entry], texts: &mut Texts, work: usize) -> Vec<usize> {
    let mut looking = Looking::new(find.clone());
    while !looking.is_over() {
        looking.go_on(log, texts, &Library::default(), work);
    }
    let places = looking.places().iter().rev();
    places.map(|place| *place as usize).collect()
}

#[test]
fn after_a_change_of_the_log_is_found_what_a_new_reading_finds() {
    let library = Library::default();
    for read in [usize::MAX, 1] {
        let mut log = log();
        let mut texts = Texts::default();
        texts.read_on(&log, &library, read);
        // One goes, one changes, one moves to the front and changes, one is new.
        log.remove(1);
        log[0] = entry(1, 1, &[("note", "another word".into())]);
        log.rotate_right(1);
        log.push(entry(9, 9, &[("note", "quite new".into())]));
        let changed = [1, 4, 9].map(|rec| Id::from_bytes([rec; 16])).into();
        texts.renew(&log, &library, &changed);
        for text in ["another", "new", "drive", "breath", "braeths", ""] {
            let find = Find {
                text: text.into(),
                ..Find::default()
            };
            let anew = looked(&find, &log, &mut Texts::default(), usize::MAX);
            assert_eq!(looked(&find, &log, &mut texts, 1), anew, "{text}");
        }
    }
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let before = vec![entry(7, 1, &[("note", "kept".into())])];
    let mut texts = Texts::default();
    texts.read_on(&before, &Library::default(), usize::MAX);
    // The same record with another note, but nobody said so.
    let after = vec![entry(7, 1, &[("note", "other".into())])];
    texts.renew(&after, &Library::default(), &HashSet::new());
    let find = Find {
        text: "kept".into(),
        ..Find::default()
    };
    assert_eq!(looked(&find, &after, &mut texts, usize::MAX), [0]);
}

#[test]
fn words_in_quotes_stand_one_behind_the_other() {
    assert_eq!(text("\"long drive\""), [0]);
    assert_eq!(text("\"the long dr"), [0], "still being typed");
    assert_eq!(text("\"drive long\""), [0; 0]);
    assert_eq!(text("\"after long\""), [0; 0]);
    assert_eq!(text("\"lon drive\""), [0; 0], "only the last may be begun");
    assert_eq!(text("\"belt line\" left"), [1], "in a label, too");
    assert_eq!(
        text("\"left sacrum\""),
        [0; 0],
        "from one label into the next"
    );
    assert_eq!(text("\"drvie\""), [0; 0], "quotes mean it");
    assert_eq!(text("\"\" work"), [0]);
}

#[test]
fn typed_tags_and_techniques_are_found_by_the_beginnings_of_their_words() {
    let tagged = |word: &str, tag: &str| {
        let log = [entry(1, 1, &[("tags", vec![tag].into())])];
        let find = Find {
            tag_words: vec![word.into()],
            ..Find::default()
        };
        !find.among(&log, &Library::default()).is_empty()
    };
    assert!(tagged("zur", "Zürich") && tagged("ZÜR", "zurich"));
    assert!(tagged("long", "sat long") && tagged("long-sat", "Sat Long"));
    assert!(!tagged("rich", "Zürich") && !tagged("zuirch", "Zürich"));
    assert!(tagged("🙂", "good 🙂") && !tagged("🙂", "good"));
    let technique = |words: &str| {
        found(&Find {
            technique_words: vec![words.into()],
            ..Find::default()
        })
    };
    assert_eq!(technique("breath"), [2, 3]);
    assert_eq!(technique("six reset"), [0; 0]);
}

/// Every text of an entry of [`some_entry`], plainly.
fn plain_texts(entry: &Entry) -> Vec<Vec<String>> {
    let more = entry.more.iter();
    let texts = more.flat_map(|more| {
        let lists = more.tags.iter().chain(&more.regions).map(String::as_str);
        lists.chain(more.note.as_deref())
    });
    texts.map(split).collect()
}

/// Word by word, as the rules say it.
fn plainly(parts: &[(Vec<String>, bool)], entry: &Entry, is_nearly: bool) -> bool {
    let letters = |word: &String| word.chars().collect::<Vec<char>>();
    let like = |word: &String, typed: &String| likeness(&letters(word), &letters(typed));
    let texts = plain_texts(entry);
    parts.iter().all(|(typed, is_quoted)| {
        let Some((last, before)) = typed.split_last() else {
            return true;
        };
        texts.iter().any(|text| {
            text.windows(typed.len()).any(|words| {
                let Some((end, start)) = words.split_last() else {
                    return false;
                };
                let fits = match like(end, last) {
                    Some(Word::Same) => true,
                    Some(Word::Slip) => is_nearly && !is_quoted,
                    None => false,
                };
                fits && start == before
            })
        })
    })
}

const WORD: &str = "([Aab]{1,2}|[abcdé]{4,6}|[sg][0-9]{1,2})";
const TEXT: &str =
    "([Aab]{1,2}|[abcdé]{4,6}|[sg][0-9]{1,2})([ -]([Aab]{1,2}|[abcdé]{4,6}|[sg][0-9]{1,2})){0,4}";

fn some_entry() -> impl Strategy<Value = Entry> {
    let parts = (
        any::<u8>(),
        1..28_u8,
        proptest::collection::vec(TEXT, 0..3),
        proptest::option::of(TEXT),
    );
    parts.prop_map(|(rec, day, tags, note)| {
        let note = note.map_or_else(Vec::new, |note| vec![("note", note.into())]);
        let mut pairs = vec![("tags", tags.into())];
        pairs.extend(note);
        entry(rec, day, &pairs)
    })
}

proptest! {
    #[test]
    fn a_look_in_many_goes_finds_what_looking_word_by_word_finds(
        log in proptest::collection::vec(some_entry(), 0..12),
        typed in proptest::collection::vec((proptest::collection::vec(WORD, 1..3), any::<bool>()), 0..3),
        since in proptest::option::of(1..28_u32),
        work in 1..200_usize,
    ) {
        let line = typed.iter().map(|(words, is_quoted)| match is_quoted {
            true => format!("\"{}\"", words.join(" ")),
            false => words.join(" "),
        });
        let find = Find {
            text: line.collect::<Vec<_>>().join(" "),
            since: since.and_then(|day| NaiveDate::from_ymd_opt(2026, 11, day)),
            ..Find::default()
        };
        let mut parts: Vec<(Vec<String>, bool)> = Vec::new();
        for (words, is_quoted) in typed {
            let words = words.iter().flat_map(|word| split(word));
            if is_quoted {
                parts.push((words.collect(), true));
            } else {
                parts.extend(words.map(|word| (vec![word], false)));
            }
        }
        let plain = |is_nearly: bool| -> Vec<usize> {
            let fits = |entry: &Entry| find.since.is_none_or(|since| entry.day() >= Some(since))
                && plainly(&parts, entry, is_nearly);
            (0..log.len()).filter(|at| fits(&log[*at])).collect()
        };
        let mut expected = plain(false);
        if expected.is_empty() {
            expected = plain(true);
        }
        prop_assert_eq!(looked(&find, &log, &mut Texts::default(), work), expected);
    }
}

#[test]
fn tags_places_techniques_kinds_and_days_fit_together() {
    let tagged = |tag: &str| Find {
        tags: vec![tag.into()],
        ..Find::default()
    };
    assert_eq!(found(&tagged("work")), [0]);
    assert_eq!(found(&tagged("aching")), [3]);
    assert_eq!(found(&side("belt-line", None)), [1, 3]);
    assert_eq!(found(&side("belt-line", Some(PlaceSide::Left))), [1, 3]);
    assert_eq!(found(&side("belt-line", Some(PlaceSide::Right))), [3]);
    assert_eq!(found(&side("sacrum", None)), [1]);
    let of = |slug: &str| Find {
        techniques: vec![slug.into()],
        ..Find::default()
    };
    assert_eq!(found(&of("six-breaths")), [2, 3]);
    assert_eq!(found(&of("desk-reset")), [3]);
    let both = Find {
        kinds: vec![Kind::Session],
        until: NaiveDate::from_ymd_opt(2026, 11, 3),
        ..of("six-breaths")
    };
    assert_eq!(found(&both), [2]);
    let since = Find {
        since: NaiveDate::from_ymd_opt(2026, 11, 4),
        ..Find::default()
    };
    assert_eq!(found(&since), [3]);
    assert!(Find::default().is_empty() && !since.is_empty());
}
