//! The log pane: finding, going to a day, deleting, settling, kindness.

use super::*;
use crate::app::message::Edit;
use crate::domain::differing::{Deleted, Differing, Unsettled, Version};

fn check_in(n: u8, at: &str, pain: u8, note: &str) -> Entry {
    let mut fields = Fields::default();
    fields.put("kind", "check-in");
    fields.put("started_at", at);
    fields.put("pain", &pain);
    fields.put("note", note);
    Entry::read(Id::from_bytes([n; 16]), &fields, Marks::default())
}

/// In the log, which has these entries; the time is the 23rd, ten o'clock.
fn in_the_log(entries: Vec<Entry>, seen: &[&str]) -> Person {
    let seen = seen.iter().map(|name| (*name).to_owned());
    let seen = seen.chain([DISCLAIMER_SEEN.to_owned()]).collect();
    let setup = Setup {
        library: library(),
        size: (120, 36),
        profile: answered(),
        seen,
        ..Setup::default()
    };
    let mut person = Person {
        app: App::new(setup, &at(0)),
        effects: Vec::new(),
    };
    person.app.focus = Pane::Log;
    person.tell(Msg::Told(Told::Log(LogChange::Whole(entries))), &at(0));
    person
}

fn some_entries() -> Vec<Entry> {
    vec![
        check_in(1, "2026-11-02T10:00:00+01:00", 3, "long drive"),
        check_in(2, "2026-11-11T10:00:00+01:00", 5, "garden"),
        check_in(3, "2026-11-19T08:00:00+01:00", 4, "drove again"),
        check_in(4, "2026-11-19T20:00:00+01:00", 2, "train"),
        check_in(5, "2026-11-23T09:00:00+01:00", 6, "a long meeting"),
    ]
}

fn selected(person: &Person) -> Option<u8> {
    let entry = person.app.log_pane.selected(&person.app.log)?;
    (1..=9).find(|n| entry.rec == Id::from_bytes([*n; 16]))
}

fn shown(person: &Person) -> usize {
    person.app.log_pane.len(&person.app.log)
}

#[test]
fn each_letter_narrows_the_log_and_escape_shows_all_still_on_the_entry_found() {
    let mut person = in_the_log(some_entries(), &[]);
    person.press("/long", &at(1));
    assert_eq!((shown(&person), selected(&person)), (2, Some(5)));
    person.press(" dri", &at(2));
    assert_eq!((shown(&person), selected(&person)), (1, Some(1)));
    // Kept, it stays in force, and keys are keys again.
    person.press("\nG", &at(3));
    assert_eq!(person.app.context(), Context::Log);
    assert_eq!(shown(&person), 1);
    person.press("\x1b", &at(4));
    assert_eq!((shown(&person), selected(&person)), (5, Some(1)));
    assert_eq!(person.app.focus, Pane::Log, "one thing at a time");
}

#[test]
fn what_is_looked_for_holds_for_what_comes_later_too() {
    let mut person = in_the_log(some_entries(), &[]);
    person.press("/long\n", &at(1));
    let put = vec![check_in(6, "2026-11-23T09:30:00+01:00", 1, "a long walk")];
    let gone = vec![Id::from_bytes([1; 16])];
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(2));
    assert_eq!((shown(&person), selected(&person)), (2, Some(6)));
}

/// More than is read in one go; every tenth has a word of its own, and the oldest one that no other has.
fn a_long_log() -> Vec<Entry> {
    let start = chrono::DateTime::parse_from_rfc3339("2020-01-01T08:00:00+01:00");
    let start = start.expect("a moment");
    let entry = |n: u16| {
        let mut fields = Fields::default();
        fields.put("kind", "check-in");
        let at = start + chrono::TimeDelta::hours(i64::from(n));
        fields.put("started_at", &at.to_rfc3339());
        let own = match n {
            0 => "oldest",
            _ if n.is_multiple_of(10) => "tenth",
            _ => "other",
        };
        fields.put("note", &format!("{own} {}", "word ".repeat(20)));
        let mut id = [0; 16];
        id[..2].copy_from_slice(&n.to_be_bytes());
        Entry::read(Id::from_bytes(id), &fields, Marks::default())
    };
    (0..12_000).map(entry).collect()
}

fn is_all(person: &Person) -> bool {
    (person.app.log_pane.found.as_ref()).is_some_and(crate::app::log_pane::Found::is_all)
}

/// Turns as the loop gives them, each when it is due; how many that were.
fn turns(person: &mut Person, seconds: u64) -> usize {
    let due = |person: &Person| person.app.deadline() < at(seconds + 1).mono;
    let mut count = 0;
    while due(person) {
        let now = Now {
            mono: person.app.deadline(),
            ..at(seconds)
        };
        person.tell(Msg::Turn, &now);
        count += 1;
        assert!(count < 1000, "it comes to an end");
    }
    count
}

#[test]
fn a_long_log_is_looked_through_from_its_newest_in_goes_that_come_to_an_end() {
    let mut person = in_the_log(a_long_log(), &[]);
    person.press("/tenth", &at(1));
    let first = shown(&person);
    assert!(
        first > 40 && first < 1100,
        "a screen at once, not all: {first}"
    );
    assert!(!is_all(&person));
    assert!(turns(&mut person, 1) > 1);
    assert!(is_all(&person));
    assert_eq!(shown(&person), 1199);
    assert_eq!(turns(&mut person, 2), 0, "nothing more to wake for");
    // What is read is not read again, and a slip is forgiven only when nothing at all fits.
    person.tell(Msg::Do(Action::Edit(Edit::DeleteToStart)), &at(3));
    person.press("oldset", &at(3));
    turns(&mut person, 3);
    assert_eq!((is_all(&person), shown(&person)), (true, 1));
}

#[test]
fn to_open_the_search_looks_at_nothing_yet_and_to_leave_it_ends_the_goes() {
    let mut person = in_the_log(a_long_log(), &[]);
    person.press("/", &at(1));
    assert!(person.app.log_pane.found.is_none());
    assert!(
        turns(&mut person, 1) > 1,
        "it reads ahead while nothing is typed"
    );
    person.press("tenth", &at(2));
    assert!(is_all(&person), "and then looks in one go");
    person.press("\x1b/", &at(3));
    person.press("\x1b", &at(3));
    assert_eq!(turns(&mut person, 4), 0);
}

#[test]
fn the_end_and_a_day_wait_for_the_whole_look() {
    let mut person = in_the_log(a_long_log(), &[]);
    person.press("/tenth\nG", &at(1));
    assert!(is_all(&person));
    assert_eq!(person.app.log_pane.selected, 1198);
    let mut person = in_the_log(a_long_log(), &[]);
    person.press("/tenth\nJ2020-01-01\n", &at(1));
    assert_eq!(person.notice(), "Here is Wed 1 Jan 2020.");
}

#[test]
fn a_change_far_from_the_selected_entry_leaves_it_selected() {
    let mut person = in_the_log(a_long_log(), &[]);
    person.press("/tenth\nG", &at(1));
    let before = person.app.log_pane.selected(&person.app.log).cloned();
    person.tell(Msg::Told(Told::Log(LogChange::Whole(a_long_log()))), &at(2));
    turns(&mut person, 2);
    assert_eq!(
        person.app.log_pane.selected(&person.app.log).cloned(),
        before
    );
}

#[test]
fn a_day_is_gone_to_and_a_day_without_an_entry_says_what_is_nearest() {
    let mut person = in_the_log(some_entries(), &[]);
    person.press("J2026-11-19\n", &at(1));
    assert_eq!(selected(&person), Some(4), "the newest of that day");
    assert_eq!(person.notice(), "Here is Thu 19 Nov.");
    person.press("J2026-11-18\n", &at(2));
    assert_eq!(selected(&person), Some(2));
    assert_eq!(
        person.notice(),
        "Nothing on Wed 18 Nov; the nearest before is Wed 11 Nov."
    );
    person.press("J2020-01-01\n", &at(3));
    assert_eq!(selected(&person), Some(1));
    assert_eq!(
        person.notice(),
        "Nothing so early; the oldest here is of Mon 2 Nov."
    );
}

#[test]
fn a_word_that_is_no_day_stays_to_be_mended() {
    let mut person = in_the_log(some_entries(), &[]);
    person.press("Jmoonday\n", &at(1));
    let Some(Overlay::Jump(form)) = person.app.overlays.last() else {
        panic!("{:?}", person.app.overlays)
    };
    assert_eq!(form.field.text(), "moonday");
    assert!(
        form.trouble
            .as_ref()
            .is_some_and(|why| why.contains("moonday"))
    );
    person.tell(Msg::Do(Action::Edit(Edit::DeleteToStart)), &at(2));
    person.press("thu\n", &at(3));
    assert_eq!(selected(&person), Some(4));
}

#[test]
fn brackets_step_by_days_and_braces_by_weeks() {
    let mut person = in_the_log(some_entries(), &[]);
    let steps = [
        ("[", Some(4)),
        ("[", Some(2)),
        ("]", Some(4)),
        ("{", Some(2)),
        ("{", Some(1)),
        ("}", Some(2)),
        ("}", Some(4)),
        ("}", Some(5)),
    ];
    for (place, (key, expected)) in steps.into_iter().enumerate() {
        person.press(key, &at(1));
        assert_eq!(selected(&person), expected, "step {place}, {key}");
    }
    person.press("]", &at(2));
    assert_eq!(person.notice(), "This is the newest day here.");
}

#[test]
fn on_a_journey_days_are_found_by_their_own_clocks() {
    // Monday in Tokyo comes before Sunday in Los Angeles.
    let mut person = in_the_log(
        vec![
            check_in(1, "2026-11-16T08:00:00+09:00", 1, "Tokyo"),
            check_in(2, "2026-11-15T16:30:00-08:00", 2, "Los Angeles"),
            check_in(3, "2026-11-18T09:00:00+01:00", 3, "home"),
        ],
        &[],
    );
    person.press("J2026-11-16\n", &at(1));
    assert_eq!(selected(&person), Some(1));
    person.press("J2026-11-15\n", &at(2));
    assert_eq!(selected(&person), Some(2));
    // The 17th has none: the day before it is the one in Tokyo, though it stands further back.
    person.press("J2026-11-17\n", &at(3));
    assert_eq!(selected(&person), Some(1));
}

#[test]
fn delete_asks_once_and_escape_changes_nothing() {
    let mut person = in_the_log(some_entries(), &["asked on 2026-11-23"]);
    person.press("jd", &at(1));
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Question(Question::Delete(_)))
    ));
    person.press("\x1b", &at(2));
    assert!(person.asks().is_empty() && person.app.overlays.is_empty());
    person.press("dd", &at(3));
    let [Ask::Write(ticket, Act::Delete { rec })] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    assert_eq!(*rec, Id::from_bytes([4; 16]));
    let (ticket, rec) = (*ticket, rec.clone());
    let gone = vec![rec.clone()];
    person.tell(
        Msg::Told(Told::Log(LogChange::Delta {
            put: Vec::new(),
            gone,
        })),
        &at(4),
    );
    let note = "deleted: pain 2 from Thu 19 Nov, 20:00".to_owned();
    person.tell(Msg::Told(Told::Saved { ticket, rec, note }), &at(4));
    assert_eq!(
        person.notice(),
        "Deleted: pain 2 from Thu 19 Nov, 20:00[; <undo> takes it back]."
    );
    assert_eq!(selected(&person), Some(3), "the next older one");
}

#[test]
fn an_undo_selects_the_entry_that_it_brings_back() {
    let mut person = in_the_log(some_entries(), &["asked on 2026-11-23"]);
    person.press("u", &at(1));
    let [Ask::Write(ticket, Act::Undo { op: None })] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    let ticket = *ticket;
    let put = vec![check_in(6, "2026-11-15T09:30:00+01:00", 1, "back")];
    let rec = put[0].rec.clone();
    let gone = Vec::new();
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(2));
    let note = "taken back: the delete of pain 1 from Sun 15 Nov, 09:30".to_owned();
    person.tell(Msg::Told(Told::Saved { ticket, rec, note }), &at(2));
    assert_eq!(selected(&person), Some(6));
}

#[test]
fn the_session_under_way_is_not_deleted() {
    let mut person = Person::new(Setup::default());
    person.press("\n\n", &at(0)).wait(1, 3);
    let [Ask::StartSession { ticket, set, .. }] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    let (ticket, rec) = (*ticket, Id::new("now"));
    let entry = Entry::read(rec.clone(), set, Marks::default());
    let (put, gone, note) = (vec![entry], Vec::new(), String::new());
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(3));
    person.tell(Msg::Told(Told::Saved { ticket, rec, note }), &at(3));
    person.press("3d", &at(4));
    assert!(person.app.overlays.is_empty());
    assert!(person.notice().contains("under way"), "{}", person.notice());
}

fn version(value: &str, here: bool) -> Version {
    Version {
        value: Some(value.into()),
        at: None,
        here,
    }
}

/// With an entry about which two machines disagree, and the overlay open.
fn unsettled(unsettled: Unsettled) -> Person {
    let mut entry = check_in(1, "2026-11-23T09:00:00+01:00", 2, "two");
    entry.marks.conflict = !unsettled.fields.is_empty();
    entry.marks.deleted_elsewhere = !unsettled.deletes.is_empty();
    let rec = entry.rec.clone();
    let mut person = in_the_log(vec![entry], &[]);
    person.press("c", &at(1));
    assert!(matches!(person.asks()[..], [Ask::Unsettled(asked)] if *asked == rec));
    person.tell(Msg::Told(Told::Unsettled(rec, unsettled)), &at(1));
    person.effects.clear();
    person
}

#[test]
fn a_field_with_two_values_is_settled_by_a_number_and_the_rest_stays_open() {
    let field = |name: &str, shown: &str, other: &str| Differing {
        name: name.into(),
        shown: version(shown, true),
        others: vec![version(other, false)],
    };
    let mut person = unsettled(Unsettled {
        fields: vec![field("pain", "2", "6"), field("tags", "[\"a\"]", "[\"b\"]")],
        deletes: Vec::new(),
    });
    person.press("2", &at(2));
    let [Ask::Write(_, Act::Edit { set, unset, .. })] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    let written: Vec<_> = set.iter().map(|(name, raw)| (name, raw.get())).collect();
    assert_eq!((&written[..], unset.len()), (&[("pain", "6")][..], 0));
    let Some(Overlay::Settle(form)) = person.app.overlays.last() else {
        panic!("{:?}", person.app.overlays)
    };
    assert_eq!(form.ways().len(), 2, "the tags are still open");
    person.effects.clear();
    person.press("j\n", &at(3));
    let [Ask::Write(_, Act::Edit { set, .. })] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    let tags = set.get("tags").map(serde_json::value::RawValue::get);
    assert_eq!(tags, Some("[\"b\"]"));
    assert!(person.app.overlays.is_empty());
}

#[test]
fn a_version_that_comes_while_it_is_being_settled_is_seen_before_a_choice_ends_it() {
    let pain = |others: Vec<Version>| Unsettled {
        fields: vec![Differing {
            name: "pain".into(),
            shown: version("2", true),
            others,
        }],
        deletes: Vec::new(),
    };
    let mut person = unsettled(pain(vec![version("6", false)]));
    person.press("j", &at(1));
    let change = |rec: u8| {
        let mut entry = check_in(rec, "2026-11-23T09:00:00+01:00", 2, "two");
        entry.marks.conflict = true;
        Msg::Told(Told::Log(LogChange::Delta {
            put: vec![entry],
            gone: Vec::new(),
        }))
    };
    person.tell(change(7), &at(2));
    assert!(person.asks().is_empty(), "another entry");
    person.tell(change(1), &at(2));
    let [Ask::Unsettled(rec)] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    let rec = rec.clone();
    person.effects.clear();
    person.press("2\n", &at(2));
    assert!(person.asks().is_empty(), "what is shown is not all");
    let told = pain(vec![version("4", false), version("6", false)]);
    person.tell(Msg::Told(Told::Unsettled(rec.clone(), told)), &at(3));
    let Some(Overlay::Settle(form)) = person.app.overlays.last() else {
        panic!("{:?}", person.app.overlays)
    };
    assert_eq!((form.ways().len(), form.chosen), (3, 2), "still on the six");
    person.press("\n", &at(4));
    assert!(matches!(
        person.asks()[..],
        [Ask::Write(_, Act::Edit { .. })]
    ));
    // An answer that comes when it has been settled says nothing.
    let before = person.notice();
    person.tell(
        Msg::Told(Told::Unsettled(rec, Unsettled::default())),
        &at(5),
    );
    assert_eq!(person.notice(), before);
}

#[test]
fn a_value_taken_away_elsewhere_can_be_chosen_too() {
    let mut away = version("", false);
    away.value = None;
    let mut person = unsettled(Unsettled {
        fields: vec![Differing {
            name: "pain".into(),
            shown: version("2", true),
            others: vec![away],
        }],
        deletes: Vec::new(),
    });
    person.press("2", &at(2));
    let [Ask::Write(_, Act::Edit { set, unset, .. })] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    assert!(set.is_empty());
    assert_eq!(unset[..], ["pain"]);
}

#[test]
fn an_entry_deleted_elsewhere_is_kept_by_taking_its_deletes_back_or_deleted_for_all() {
    let deleted = |op: &str| Deleted {
        op: Id::new(op),
        at: None,
        here: false,
    };
    let both = Unsettled {
        fields: Vec::new(),
        deletes: vec![deleted("first"), deleted("second")],
    };
    let mut person = unsettled(both.clone());
    person.press("\n", &at(2));
    let ops = person.asks().into_iter().map(|ask| match ask {
        Ask::Write(_, Act::Undo { op: Some(op) }) => op.clone(),
        other => panic!("{other:?}"),
    });
    assert_eq!(
        ops.collect::<Vec<_>>(),
        [Id::new("first"), Id::new("second")]
    );
    let mut person = unsettled(both);
    person.press("2", &at(2));
    assert!(matches!(
        person.asks()[..],
        [Ask::Write(_, Act::Delete { .. })]
    ));
    assert!(person.app.overlays.is_empty());
}

#[test]
fn reading_an_entry_leads_to_settling_it_and_what_agrees_has_nothing_to_settle() {
    let mut entry = check_in(1, "2026-11-23T09:00:00+01:00", 2, "two");
    let mut person = in_the_log(vec![entry.clone()], &[]);
    person.press("c", &at(1));
    assert!(person.app.overlays.is_empty() && person.asks().is_empty());
    entry.marks.conflict = true;
    let mut person = in_the_log(vec![entry.clone()], &[]);
    person.press("\nc", &at(1));
    assert!(matches!(
        person.app.overlays[..],
        [Overlay::Card(_), Overlay::Settle(_)]
    ));
    // Settled elsewhere meanwhile.
    let told = Told::Unsettled(entry.rec.clone(), Unsettled::default());
    person.tell(Msg::Told(told), &at(2));
    assert!(matches!(person.app.overlays[..], [Overlay::Card(_)]));
    assert!(person.notice().contains("nothing left to settle"));
}

/// What was to be remembered (+) or no longer (-).
fn remembered(person: &Person) -> Vec<String> {
    let asks = person.asks().into_iter().filter_map(|ask| match ask {
        Ask::Seen(name) => Some(format!("+{name}")),
        Ask::Unseen(name) => Some(format!("-{name}")),
        _ => None,
    });
    asks.collect()
}

#[test]
fn how_it_is_is_asked_at_the_first_start_of_a_quiet_day_alone() {
    let old = || vec![check_in(1, "2026-11-20T09:00:00+01:00", 2, "old")];
    let person = in_the_log(old(), &["asked on 2026-11-22"]);
    assert!(person.app.asks_how_it_is(&at(1)));
    let expected = ["-asked on 2026-11-22", "+asked on 2026-11-23"];
    assert_eq!(remembered(&person), expected, "one day is remembered");
    // A second start; a day on which something is logged already; a log with nothing in it.
    let fresh = vec![check_in(1, "2026-11-22T12:00:00+01:00", 2, "fresh")];
    for (entries, seen) in [
        (old(), &["asked on 2026-11-23"][..]),
        (fresh, &[]),
        (Vec::new(), &[]),
    ] {
        let person = in_the_log(entries, seen);
        assert!(!person.app.asks_how_it_is(&at(1)));
        assert_eq!(remembered(&person), [""; 0]);
    }
}

#[test]
fn the_question_goes_when_something_is_logged() {
    let mut person = in_the_log(
        vec![check_in(1, "2026-11-20T09:00:00+01:00", 2, "old")],
        &[],
    );
    assert!(person.app.asks_how_it_is(&at(1)));
    let put = vec![check_in(2, "2026-11-23T10:00:00+01:00", 2, "new")];
    let gone = Vec::new();
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(2));
    assert!(!person.app.asks_how_it_is(&at(2)));
}

#[test]
fn hidden_numbers_stay_hidden_over_a_start_and_are_not_told_in_a_notice() {
    let mut person = in_the_log(some_entries(), &[]);
    person.press("v", &at(1));
    assert!(person.app.log_pane.numbers_hidden);
    assert_eq!(remembered(&person), ["+numbers hidden"]);
    let mut person = in_the_log(some_entries(), &["numbers hidden"]);
    assert!(person.app.log_pane.numbers_hidden);
    person.press("u", &at(2));
    let [Ask::Write(ticket, _)] = person.asks()[..] else {
        panic!("{:?}", person.asks())
    };
    let (ticket, rec) = (*ticket, Id::from_bytes([2; 16]));
    let note = "taken back: the change of pain in pain 4, stress 3 from 10:00".to_owned();
    person.tell(Msg::Told(Told::Saved { ticket, rec, note }), &at(2));
    assert_eq!(person.notice(), "Taken back: an entry from 10:00.");
    person.press("v", &at(3));
    assert!(!person.app.log_pane.numbers_hidden);
    assert_eq!(remembered(&person), ["-numbers hidden"]);
}

#[test]
fn what_came_of_a_session_can_be_told_without_numbers() {
    let mut person = Person::new(Setup::default());
    person.press("\n6\n", &at(1)).wait(2, 40);
    person.press("4", &at(41)).press("3", &at(42));
    let Stage::Done(summary) = &person.app.stage else {
        panic!("{:?}", person.app.stage)
    };
    assert_eq!(
        summary.lines_without_numbers(),
        [
            "0:20 done to the end",
            "pain lower",
            "a little stress after, not rated before"
        ]
    );
}

#[test]
fn a_pasted_text_is_looked_for_in_one_line() {
    let mut person = in_the_log(some_entries(), &[]);
    person.press("/", &at(1));
    person.tell(Msg::Paste("long\ndrive".into()), &at(1));
    assert_eq!((shown(&person), selected(&person)), (1, Some(1)));
}

#[test]
fn an_entry_that_is_read_is_asked_about_and_hears_what_else_was_written_in_it() {
    let mut entry = check_in(1, "2026-11-23T09:00:00+01:00", 2, "two");
    entry.marks.conflict = true;
    let rec = entry.rec.clone();
    let mut person = in_the_log(vec![entry.clone()], &[]);
    person.press("\n", &at(1));
    assert!(matches!(person.asks()[..], [Ask::Unsettled(asked)] if *asked == rec));
    let both = |other: &str| Unsettled {
        fields: vec![Differing {
            name: "pain".into(),
            shown: version("2", true),
            others: vec![version(other, false)],
        }],
        deletes: Vec::new(),
    };
    let shown = |person: &Person| match person.app.overlays.last() {
        Some(Overlay::Card(card)) => card.unsettled.clone(),
        other => panic!("{other:?}"),
    };
    person.tell(Msg::Told(Told::Unsettled(rec.clone(), both("6"))), &at(1));
    assert_eq!(shown(&person), both("6"));
    // Another version comes while it is read.
    person.effects.clear();
    let (put, gone) = (vec![entry], Vec::new());
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(2));
    assert!(matches!(person.asks()[..], [Ask::Unsettled(asked)] if *asked == rec));
    person.tell(Msg::Told(Told::Unsettled(rec, both("7"))), &at(2));
    assert_eq!(shown(&person), both("7"));
}

#[test]
fn the_question_whether_to_delete_takes_yes_and_no() {
    for (key, deletes) in [("y", true), ("n", false), ("d", true), ("k", false)] {
        let mut person = in_the_log(some_entries(), &["asked on 2026-11-23"]);
        person.press("jd", &at(1)).press(key, &at(2));
        assert!(person.app.overlays.is_empty(), "{key}");
        assert_eq!(person.asks().len(), usize::from(deletes), "{key}");
    }
}
