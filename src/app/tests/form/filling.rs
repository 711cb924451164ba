//! A new check-in: everything that can be said of one.

use super::*;

#[test]
fn tab_opens_the_rest_and_all_of_it_is_saved() {
    let mut person = person();
    person.press("l43\t", &at(0));
    assert_eq!(person.app.context(), Context::FormScale);
    // Tightness, then the list of places: the letter jumps, Space takes the left side.
    person.press("6", &at(1));
    go_to(&mut person, Field::Where);
    person.press("b ", &at(1));
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
    person.press("l4\t", &at(1));
    go_to(&mut person, Field::Words(WordField::Qualities));
    person.press(" ", &at(1));
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
    go_to(&mut person, Field::When);
    let all = person.app.log.entries().len();
    assert_eq!(looked_at(&person), Some(all), "one look for eight lists");
    person.press("\x1b", &at(1));
    // The old entry goes and the new one comes.
    put_entry(&mut person, &one.replace("stiff", "dull"));
    person.press("l4\t", &at(2));
    go_to(&mut person, Field::Words(WordField::Qualities));
    person.press(" ", &at(2));
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

#[test]
fn a_word_that_is_not_wanted_is_not_offered_and_stays_where_it_was_said() {
    let mut person = person();
    person.app.settings.hide_words = vec!["intimacy".into(), "walk".into()];
    let offered = |person: &Person| match form(person).find(Field::Words(WordField::Actions)) {
        Some(row) => match &row.value {
            Held::Words(words) => words.offered.clone(),
            other => panic!("{other:?}"),
        },
        None => panic!("no actions"),
    };
    person.press("l", &at(0));
    assert!(!offered(&person).contains(&"intimacy".into()));
    // Not one that is needed.
    assert!(offered(&person).contains(&"walk".into()));
    person.press("\x1b", &at(0));
    let said =
        r#"{"kind":"check-in","started_at":"2026-11-20T10:00:00+01:00","actions":["intimacy"]}"#;
    with_entry(&mut person, said);
    person.press("e", &at(1));
    assert!(offered(&person).contains(&"intimacy".into()));
}

#[test]
fn what_can_be_read_is_kept_when_the_app_has_to_end() {
    let mut person = person();
    person.press("l4\tn", &at(0));
    go_to(&mut person, Field::Note);
    person.press("typed at length", &at(0));
    go_to(&mut person, Field::When);
    person.press("21:", &at(0));
    go_to(&mut person, Field::Tags);
    person.press("sof", &at(0));
    strike(&mut person, &[Key::ctrl('c')]);
    let (set, _) = written(&person);
    let note = set["note"].as_str().unwrap_or_default();
    assert!(
        note.starts_with("typed at length") && note.contains("21:"),
        "{note}"
    );
    assert_eq!(
        (&set["pain"], &set["tags"]),
        (&4.into(), &serde_json::json!(["sof"]))
    );
}

#[test]
fn a_time_alone_is_no_entry_when_the_app_has_to_end() {
    let mut person = person();
    person.press("l", &at(0));
    go_to(&mut person, Field::When);
    person.press("21:30", &at(0));
    strike(&mut person, &[Key::ctrl('c')]);
    assert!(person.asks().is_empty(), "{:?}", person.asks());
}

#[test]
fn why_a_text_was_refused_goes_with_the_next_letter() {
    for (field, long) in [(Field::Note, NOTE_MAX), (Field::Tags, 400)] {
        let mut person = person();
        person.press("l5", &at(0));
        go_to(&mut person, field);
        person.tell(Msg::Paste("x".repeat(long + 1)), &at(1));
        assert!(person.notice().contains("longer"), "{}", person.notice());
        person.press("a", &at(2));
        assert_eq!(person.notice(), "");
    }
}
