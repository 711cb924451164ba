//! The form of an entry: a whole check-in, and changing what is in the log.

use std::sync::LazyLock;

use chrono::FixedOffset;
use proptest::prelude::*;

use super::*;
use crate::app::edit::ReadTime;
use crate::app::overlay::check_in::CheckIn;
use crate::app::overlay::check_in::row::Value as Held;
use crate::domain::record::NOTE_MAX;
use crate::domain::vocabulary::WordField;
use crate::domain::when::parse_time;

/// With the words of the log, as only the built-in content has them.
fn person() -> Person {
    let mut person = Person::new(Setup::default());
    person.app.library =
        crate::domain::library::Library::new(vec![technique("palm-press")], Vec::new(), words());
    person
}

fn words() -> Reference {
    Reference {
        vocabulary: LazyLock::new(|| {
            toml::from_str(include_str!("../../../assets/vocabulary.toml")).expect("the vocabulary")
        }),
        ..Reference::default()
    }
}

/// Puts an entry into the log and selects it.
fn with_entry(person: &mut Person, fields: &str) -> Id {
    let rec = put_entry(person, fields);
    person.press("3", &at(0));
    rec
}

/// Puts an entry into the log, or changes it.
fn put_entry(person: &mut Person, fields: &str) -> Id {
    let rec = Id::new("entry");
    let map: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(fields).expect("an object");
    let mut set = Fields::default();
    for (name, value) in &map {
        set.put(name, value);
    }
    let entry = Entry::read(rec.clone(), &set, Marks::default());
    let put = vec![entry];
    let gone = Vec::new();
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(0));
    rec
}

/// Presses keys that have a name.
fn strike(person: &mut Person, keys: &[Key]) {
    for key in keys {
        let msg = keys::message(person.app.context(), *key);
        person.tell(msg.expect("a key that means something"), &at(1));
    }
}

fn on(code: Code) -> Key {
    Key::plain(code)
}

const SAVE: Key = Key::ctrl('s');

/// What was written last: fields set, as JSON, and fields taken away.
fn written(person: &Person) -> (serde_json::Value, Vec<String>) {
    let asks = person.asks();
    match asks.last() {
        Some(Ask::Write(_, Act::Add { set })) => {
            (serde_json::to_value(set).expect("JSON"), Vec::new())
        }
        Some(Ask::Write(_, Act::Edit { set, unset, .. })) => {
            (serde_json::to_value(set).expect("JSON"), unset.clone())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn tab_opens_the_rest_and_all_of_it_is_saved() {
    let mut person = person();
    person.press("l43\t", &at(0));
    assert_eq!(person.app.context(), Context::FormScale);
    // Tightness, then the list of places: the letter jumps, Space takes the left side.
    person.press("6\tb ", &at(1));
    assert_eq!(person.app.context(), Context::FormList);
    strike(&mut person, &[on(Code::Tab)]);
    assert_eq!(person.app.context(), Context::FormMap);
    strike(&mut person, &[on(Code::Left)]);
    person.press("b\t", &at(1));
    // Travels to the thigh, right.
    person.press("t", &at(1));
    strike(&mut person, &[on(Code::Right)]);
    person.press(" \ta \tsat\u{8}", &at(1));
    person.press(" \tw \tc \t \t", &at(1));
    assert_eq!(person.app.context(), Context::FormLine);
    person.press("choir, new desk\tone\ntwo\t", &at(1));
    person.press("yesterday 21:30\n", &at(1));
    let (set, _) = written(&person);
    assert_eq!(set["kind"], "check-in");
    assert_eq!(set["started_at"], "2026-11-22T21:30:00+01:00");
    assert_eq!((&set["pain"], &set["stress"]), (&4.into(), &3.into()));
    assert_eq!(set["tightness"], 6);
    assert_eq!(
        set["regions"],
        serde_json::json!(["belt-line:left", "pelvis-rim:both"])
    );
    assert_eq!(set["travels_to"], serde_json::json!(["thigh:right"]));
    assert_eq!(set["qualities"], serde_json::json!(["aching"]));
    assert_eq!(set["tags"], serde_json::json!(["choir", "new desk"]));
    assert_eq!(set["note"], "one\ntwo");
    assert_eq!(set["day"], serde_json::json!(["flare"]));
}

#[test]
fn what_was_used_before_comes_first() {
    let mut person = person();
    with_entry(
        &mut person,
        r#"{"kind":"check-in","started_at":"2026-11-20T10:00:00+01:00","qualities":["stiff"],"tags":["choir"]}"#,
    );
    person.press("l4\t\t\t\t\t ", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(
        written(&person).0["qualities"],
        serde_json::json!(["stiff"])
    );
}

#[test]
fn the_log_is_counted_when_a_field_first_asks_for_it_and_never_twice() {
    let mut person = person();
    let one =
        r#"{"kind":"check-in","started_at":"2026-11-20T10:00:00+01:00","qualities":["stiff"]}"#;
    with_entry(&mut person, one);
    let looked_at = |person: &Person| person.app.often.as_ref().map(|often| often.looked_at);
    person.press("l43\t6nnote", &at(1));
    assert_eq!(looked_at(&person), None, "no list has been reached");
    strike(&mut person, &[SAVE]);
    person.press("e", &at(1));
    assert_eq!(looked_at(&person), None);
    strike(&mut person, &[on(Code::Tab); 12]);
    let all = person.app.log.entries().len();
    assert_eq!(looked_at(&person), Some(all), "one look for eight lists");
    person.press("\x1b", &at(1));
    // The old entry goes and the new one comes.
    put_entry(&mut person, &one.replace("stiff", "dull"));
    person.press("l4\t\t\t\t\t ", &at(2));
    assert_eq!(looked_at(&person), Some(all + 2));
    strike(&mut person, &[SAVE]);
    assert_eq!(written(&person).0["qualities"], serde_json::json!(["dull"]));
    let often = person.app.often.clone().expect("the counts");
    let anew = crate::domain::often::Often::of(person.app.log.entries());
    assert_eq!(
        often.words(WordField::Qualities),
        anew.words(WordField::Qualities)
    );
}

#[test]
fn a_time_that_the_clocks_skipped_is_refused_with_its_neighbours_and_the_form_stays() {
    let read = ReadTime(|typed, now| match typed {
        "02:30" => Err("'02:30' was skipped when the clocks changed".into()),
        typed => parse_time(typed, now, &FixedOffset::east_opt(3600).expect("an offset")),
    });
    let mut person = Person::new(Setup {
        read_time: read,
        ..Setup::default()
    });
    person.press("l4\t", &at(0));
    strike(&mut person, &[on(Code::Up), on(Code::Up), on(Code::Up)]);
    person.press("02:30\n", &at(1));
    assert!(person.notice().contains("skipped"), "{}", person.notice());
    assert!(person.asks().is_empty());
    strike(&mut person, &[Key::ctrl('u')]);
    person.press("01:30\n", &at(1));
    assert_eq!(
        written(&person).0["started_at"],
        "2026-11-23T01:30:00+01:00"
    );
}

#[test]
fn a_tag_that_is_a_word_of_a_list_goes_there_as_on_the_command_line() {
    let mut person = person();
    person.press("l4\t", &at(0));
    strike(&mut person, &[on(Code::BackTab); 5]);
    assert_eq!(person.app.context(), Context::FormLine);
    person.press("Sat-long, choir\n", &at(1));
    let (set, _) = written(&person);
    assert_eq!(set["triggers"], serde_json::json!(["sat long"]));
    assert_eq!(set["tags"], serde_json::json!(["choir"]));
    person.effects.clear();
    // A tag of an entry that is only changed elsewhere stays what it is.
    with_entry(
        &mut person,
        r#"{"kind":"check-in","started_at":"2026-11-23T10:00:00+01:00","pain":4,"tags":["aching"]}"#,
    );
    person.press("e3", &at(2));
    strike(&mut person, &[SAVE]);
    assert_eq!(written(&person).0, serde_json::json!({"pain": 3}));
}

#[test]
fn escape_asks_once_before_it_throws_away_what_was_typed() {
    let mut person = person();
    person.press("l\x1b", &at(0));
    assert!(person.app.overlays.is_empty(), "nothing was typed");
    person.press("l4nwords\x1b", &at(1));
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Question(_))
    ));
    // Enter, and Esc again, go back to it.
    person.press("\n", &at(2));
    assert_eq!(person.app.context(), Context::Note);
    person.press("\x1b\x1b more\x1bk", &at(3));
    assert_eq!(written(&person).0["note"], "words more");
    person.effects.clear();
    person.press("l5\x1bd", &at(4));
    assert!(person.asks().is_empty() && person.app.overlays.is_empty());
}

#[test]
fn a_note_beyond_16_kib_is_refused_and_what_was_typed_stays() {
    let mut person = person();
    person.press("l4nabc", &at(0));
    person.tell(Msg::Paste("x".repeat(NOTE_MAX - 2)), &at(1));
    assert!(person.notice().contains("16 KiB"), "{}", person.notice());
    person.tell(Msg::Paste("x".repeat(NOTE_MAX - 3)), &at(1));
    strike(&mut person, &[SAVE]);
    let (set, _) = written(&person);
    assert_eq!(set["note"].as_str().map(str::len), Some(NOTE_MAX));
}

#[test]
fn tags_pasted_line_by_line_are_as_many_tags_and_a_line_stays_one_line() {
    let mut person = person();
    person.press("l4\t", &at(0));
    strike(&mut person, &[on(Code::BackTab); 5]);
    person.tell(Msg::Paste("choir\r\nnew\tdesk\nsofa\r".into()), &at(1));
    strike(&mut person, &[on(Code::Tab), on(Code::Tab)]);
    person.tell(Msg::Paste("yesterday\n21:30".into()), &at(1));
    strike(&mut person, &[SAVE]);
    let (set, _) = written(&person);
    assert_eq!(
        set["tags"],
        serde_json::json!(["choir", "new desk", "sofa"])
    );
    assert_eq!(set["started_at"], "2026-11-22T21:30:00+01:00");
}

#[test]
fn hostile_text_is_stored_as_it_was_pasted() {
    let mut person = person();
    let hostile = "a\u{1b}[2J\u{202e}\u{200b}\u{7f}b";
    person.press("l4n", &at(0));
    person.tell(Msg::Paste(hostile.into()), &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(written(&person).0["note"], hostile);
}

const SESSION: &str = r#"{"kind":"session","started_at":"2026-11-22T21:30:40+01:00","technique":"palm-press",
    "status":"finished","active_s":249,"ended_at":"2026-11-22T21:35:10+01:00","rated_after_at":"2026-11-22T21:36:00+01:00",
    "items":[{"technique":"palm-press","planned_s":300,"active_s":249,"done":true}],"pain_before":6,"pain_after":4,"qualities":["odd word","aching"],
    "stress_before":"much","future":1}"#;

#[test]
fn an_edit_writes_only_what_was_changed() {
    let mut person = person();
    let rec = with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    // Pain before, then after; the stress that cannot be read stays.
    strike(&mut person, &[on(Code::Tab)]);
    person.press("3", &at(1));
    strike(&mut person, &[SAVE]);
    let asks = person.asks();
    let Some(Ask::Write(_, Act::Edit { rec: edited, .. })) = asks.last() else {
        panic!("{asks:?}")
    };
    assert_eq!(*edited, rec);
    assert_eq!(
        written(&person),
        (serde_json::json!({"pain_after": 3}), Vec::new())
    );
}

#[test]
fn what_is_cleared_is_taken_away_also_where_it_could_not_be_read() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    strike(
        &mut person,
        &[
            on(Code::Backspace),
            on(Code::Tab),
            on(Code::Tab),
            on(Code::Delete),
        ],
    );
    strike(&mut person, &[SAVE]);
    let unset = vec!["pain_before".to_owned(), "stress_before".to_owned()];
    assert_eq!(written(&person), (serde_json::json!({}), unset));
}

#[test]
fn a_check_in_that_would_say_nothing_is_refused_and_the_form_stays() {
    let mut person = person();
    let only_pain =
        r#"{"kind":"check-in","started_at":"2026-11-01T10:00:00+01:00","pain":4,"stress":"odd"}"#;
    with_entry(&mut person, only_pain);
    person.press("e", &at(1));
    strike(&mut person, &[on(Code::Backspace), on(Code::Tab)]);
    strike(&mut person, &[on(Code::Delete), SAVE]);
    assert!(person.asks().is_empty());
    assert!(
        person.notice().contains("says nothing"),
        "{}",
        person.notice()
    );
    person.press("3\n", &at(1));
    let (set, unset) = written(&person);
    assert_eq!((&set["stress"], unset), (&3.into(), vec!["pain".into()]));
    // A session says what it was.
    person.effects.clear();
    let bare = r#"{"kind":"session","started_at":"2026-11-01T10:00:00+01:00","pain_before":4}"#;
    with_entry(&mut person, bare);
    person.press("e", &at(2));
    strike(&mut person, &[on(Code::Backspace), SAVE]);
    assert_eq!(written(&person).1, ["pain_before"]);
}

#[test]
fn nothing_changed_is_nothing_written() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e\n", &at(1));
    assert!(person.asks().is_empty());
    assert_eq!(person.notice(), "Nothing was changed.");
    // A blank more says nothing.
    person.press("e", &at(1));
    strike(&mut person, &[on(Code::BackTab)]);
    person.press(" \n", &at(1));
    assert!(person.asks().is_empty(), "{:?}", person.asks());
    assert_eq!(person.notice(), "Nothing was changed.");
    // A word left out and taken again is as it was.
    person.press("e", &at(1));
    strike(&mut person, &[on(Code::Tab); 10]);
    person.press("a a ", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(person.notice(), "Nothing was changed.");
}

#[test]
fn the_time_done_and_the_moment_are_changed_as_they_are_shown() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    strike(&mut person, &[on(Code::Tab); 5]);
    // As on the command line: a bare number may mean minutes or seconds.
    for wrong in ["4:9x", "5", "9999:59"] {
        strike(&mut person, &[Key::ctrl('u')]);
        person.press(wrong, &at(1)).press("\n", &at(1));
        let notice = person.notice();
        assert!(notice.contains(&format!("'{wrong}' is")), "{notice}");
    }
    strike(&mut person, &[Key::ctrl('u')]);
    person.press("5m10s", &at(1));
    strike(&mut person, &[on(Code::Tab); 12]);
    strike(&mut person, &[on(Code::Backspace), on(Code::Backspace)]);
    person.press("15\n", &at(1));
    // What the command line moves along moves along here.
    let set = serde_json::json!({
        "active_s": 310,
        "items": [{"technique": "palm-press", "planned_s": 300, "active_s": 310, "done": true}],
        "started_at": "2026-11-22T21:15:00+01:00",
        "ended_at": "2026-11-22T21:19:30+01:00",
        "rated_after_at": "2026-11-22T21:20:20+01:00",
    });
    assert_eq!(written(&person), (set, Vec::new()));
}

#[test]
fn an_entry_changed_elsewhere_meanwhile_keeps_that_change() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e2", &at(1));
    put_entry(
        &mut person,
        &SESSION.replace(r#""pain_after":4"#, r#""pain_after":9"#),
    );
    strike(&mut person, &[SAVE]);
    let only = serde_json::json!({"pain_before": 2});
    assert_eq!(written(&person), (only, Vec::new()));
}

/// Takes the entry out of the log, as another program does.
fn take_away(person: &mut Person, rec: &Id) {
    let (put, gone) = (Vec::new(), vec![rec.clone()]);
    person.tell(Msg::Told(Told::Log(LogChange::Delta { put, gone })), &at(2));
}

#[test]
fn what_was_typed_about_an_entry_that_is_gone_stays_in_the_form() {
    let mut person = person();
    let rec = with_entry(&mut person, SESSION);
    person.press("en typed words", &at(1));
    take_away(&mut person, &rec);
    strike(&mut person, &[SAVE]);
    assert!(person.asks().is_empty());
    assert!(person.notice().contains("no longer"), "{}", person.notice());
    let Held::Note(note) = &form(&person).row().value else {
        panic!("not the note")
    };
    assert_eq!(note.text(), " typed words");
}

#[test]
fn an_edit_that_finds_its_entry_gone_gives_the_form_back() {
    let mut person = person();
    let rec = with_entry(&mut person, SESSION);
    person.press("en typed words", &at(1));
    strike(&mut person, &[SAVE]);
    assert!(person.app.overlays.is_empty());
    let ticket = person.asks().last().and_then(|ask| ask.ticket());
    let ticket = ticket.expect("a ticket");
    take_away(&mut person, &rec);
    let nothing = Told::Nothing(ticket, "no such entry".into());
    person.tell(Msg::Told(nothing), &at(2));
    assert!(person.notice().contains("no longer"), "{}", person.notice());
    assert!(form(&person).is_touched());
    // What was saved is not kept.
    person.press("\x1bd", &at(3));
    person.press("l4\n", &at(3));
    let ticket = person.asks().last().and_then(|ask| ask.ticket());
    let ticket = ticket.expect("a ticket");
    let (rec, note) = (Id::new("new"), String::new());
    person.tell(Msg::Told(Told::Saved { ticket, rec, note }), &at(4));
    assert!(person.app.sent_forms.is_empty());
}

#[test]
fn a_session_that_was_lost_or_is_not_finished_elsewhere_is_settled_by_hand() {
    let mut person = person();
    with_entry(&mut person, &SESSION.replace("finished", "running"));
    person.press("e", &at(1));
    // Finished, or rather stopped.
    person.press("f s \t2", &at(1));
    strike(&mut person, &[SAVE]);
    let set = serde_json::json!({"status": "stopped", "pain_before": 2});
    assert_eq!(written(&person), (set, Vec::new()));
    // Left open, it stays open.
    person.press("e\t3", &at(2));
    strike(&mut person, &[SAVE]);
    assert_eq!(written(&person).0, serde_json::json!({"pain_before": 3}));
}

#[test]
fn the_session_under_way_here_and_a_log_half_read_cannot_be_changed() {
    let mut person = person();
    person.press("\n\n", &at(0)).wait(1, 7);
    let ticket = person.app.run().expect("the session").ticket;
    let (rec, note) = (Id::new("entry"), String::new());
    person.tell(Msg::Told(Told::Saved { ticket, rec, note }), &at(8));
    let rec = put_entry(&mut person, &SESSION.replace("finished", "running"));
    person.app.open_form_for(&rec, &at(8));
    assert!(person.app.overlays.is_empty());
    assert!(person.notice().contains("under way"), "{}", person.notice());
    let mut early = Person::with(Setup {
        profile: answered(),
        ..Setup::default()
    });
    let mut fields = Fields::default();
    fields.put("kind", "check-in");
    let entry = Entry::read(Id::new("x"), &fields, Marks::default());
    early.tell(
        Msg::Told(Told::Log(LogChange::Preview(vec![entry]))),
        &at(0),
    );
    early.press("3e", &at(1));
    assert!(early.app.overlays.is_empty());
    assert!(early.notice().contains("reading"), "{}", early.notice());
}

#[test]
fn an_edit_that_raises_a_safety_sign_asks_at_once_though_all_was_answered_since() {
    let mut person = person();
    with_entry(
        &mut person,
        r#"{"kind":"check-in","started_at":"2026-11-01T10:00:00+01:00","pain":4,"regions":["sacrum"]}"#,
    );
    person.press("e", &at(1));
    strike(&mut person, &[on(Code::Tab); 6]);
    person.press("n ", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(
        written(&person).0,
        serde_json::json!({"qualities": ["numb"]})
    );
    let Some(Overlay::Checklist(list)) = person.app.overlays.last() else {
        panic!("{:?}", person.app.overlays)
    };
    assert!(list.rows.iter().any(|row| row.id == "E1"));
    assert!(person.notice().contains("numb"), "{}", person.notice());
    // What it had raised before does not come again.
    person.press("\n", &at(2));
    assert!(person.app.raised.is_empty());
}

#[test]
fn what_an_entry_raised_already_is_not_raised_again_by_a_change_of_something_else() {
    let mut person = person();
    let numb = r#"{"kind":"check-in","started_at":"2026-11-01T10:00:00+01:00","pain":4,
        "regions":["sacrum"],"qualities":["numb"]}"#;
    with_entry(&mut person, numb);
    person.press("e2", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(written(&person).0, serde_json::json!({"pain": 2}));
    assert!(person.app.overlays.is_empty());
}

#[test]
fn a_session_that_is_changed_keeps_the_offset_in_which_it_was_lived() {
    let mut person = person();
    with_entry(&mut person, &SESSION.replace("+01:00", "+09:00"));
    person.press("e", &at(1));
    let row = form(&person).rows.last().expect("when");
    let Held::Line(line) = &row.value else {
        panic!("{row:?}")
    };
    assert_eq!(line.text(), "2026-11-22 21:30+09:00");
}

#[test]
fn what_can_wait_is_told_and_asked_before_the_next_session() {
    let mut person = person();
    with_entry(
        &mut person,
        r#"{"kind":"check-in","started_at":"2026-11-01T10:00:00+01:00","pain":4}"#,
    );
    person.press("e", &at(1));
    strike(&mut person, &[on(Code::Tab); 6]);
    // Past 'tight' and 'throbbing'.
    person.press("ttt ", &at(1));
    strike(&mut person, &[SAVE]);
    assert_eq!(
        written(&person).0,
        serde_json::json!({"qualities": ["tingling"]})
    );
    assert!(
        person.notice().contains("before the next session"),
        "{}",
        person.notice()
    );
    assert!(person.app.overlays.is_empty());
    person.press("1\n", &at(2));
    let Some(Overlay::Checklist(list)) = person.app.overlays.last() else {
        panic!("{:?}", person.app.overlays)
    };
    assert!(list.rows.iter().any(|row| row.id == "U8"));
}

#[test]
fn an_urgent_sign_logged_during_a_session_stops_its_clock() {
    let mut person = person();
    person.press("\n\n", &at(0)).wait(1, 7);
    assert_eq!(person.app.context(), Context::Running);
    person.press("l", &at(8));
    strike(&mut person, &[on(Code::Tab), on(Code::Tab)]);
    person.press("ss", &at(8));
    let Held::Places(places) = &form(&person).row().value else {
        panic!("not the places")
    };
    assert_eq!(places.spot().map(|spot| &*spot.id), Some("sacrum"));
    person.press(" \t\t\tn ", &at(8));
    strike(&mut person, &[SAVE]);
    assert!(matches!(
        person.app.overlays.last(),
        Some(Overlay::Checklist(_))
    ));
    let run = person.app.run().expect("the session");
    assert_eq!(run.session.next_change(), None, "it stands still");
}

fn form(person: &Person) -> &CheckIn {
    match person.app.overlays.last() {
        Some(Overlay::CheckIn(form)) => form,
        other => panic!("{other:?}"),
    }
}

/// Every key that a form may get, and some that it may not.
fn any_key() -> impl Strategy<Value = Key> {
    let named = prop::sample::select(vec![
        on(Code::Enter),
        on(Code::Esc),
        on(Code::Tab),
        on(Code::BackTab),
        on(Code::Backspace),
        on(Code::Delete),
        on(Code::Up),
        on(Code::Down),
        on(Code::Left),
        on(Code::Right),
        on(Code::Home),
        on(Code::End),
        on(Code::PageUp),
        on(Code::PageDown),
        SAVE,
        Key::ctrl('w'),
        Key::ctrl('u'),
    ]);
    let typed = prop::sample::select(
        "0459tnbgdk ,:-aé\u{301}\u{200d}👩"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop_oneof![2 => named, 1 => typed.prop_map(Key::char)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_keys_break_the_form_and_what_is_written_can_be_read(
        keys in prop::collection::vec(any_key(), 0..80),
        changes in any::<bool>(),
    ) {
        let mut person = person();
        with_entry(&mut person, SESSION);
        person.press(if changes { "e" } else { "l" }, &at(1));
        for key in keys {
            // Only the form and its question: what lies below has keys of its own.
            if !matches!(person.app.overlays.last(), Some(Overlay::CheckIn(_) | Overlay::Question(_))) {
                break;
            }
            if let Some(msg) = keys::message(person.app.context(), key) {
                person.tell(msg, &at(1));
            }
        }
        let asks = person.asks();
        prop_assert!(asks.len() <= 1, "{asks:?}");
        for ask in asks {
            let Ask::Write(_, Act::Add { set } | Act::Edit { set, .. }) = ask else {
                panic!("{ask:?}")
            };
            let read = Entry::read(Id::new("r"), set, Marks::default());
            let invalid = read.more.map_or(0, |more| more.invalid.len());
            prop_assert_eq!(invalid, 0, "{:?}", set);
        }
    }
}
