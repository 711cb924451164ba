//! What only sessions have.

use super::*;

#[test]
fn the_time_done_and_the_moment_are_changed_as_they_are_shown() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    go_to(&mut person, Field::Active);
    // As on the command line: a bare number may mean minutes or seconds.
    for wrong in ["4:9x", "5", "9999:59"] {
        strike(&mut person, &[Key::ctrl('u')]);
        person.press(wrong, &at(1)).press("\n", &at(1));
        let notice = person.notice();
        assert!(notice.contains(&format!("'{wrong}' is")), "{notice}");
    }
    strike(&mut person, &[Key::ctrl('u')]);
    person.press("5m10s", &at(1));
    go_to(&mut person, Field::When);
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

/// Two parts of a routine.
pub(super) const TWO: &str = r#"{"kind":"session","started_at":"2026-11-22T21:30:40+01:00","routine":"desk-reset","status":"stopped",
    "stopped_because":"the phone","active_s":249,"planned_s":400,"steps_done":3,"ended_at":"2026-11-22T21:35:10+01:00",
    "items":[{"technique":"palm-press","planned_s":300,"active_s":200,"done":true},
    {"technique":"gone","planned_s":100,"active_s":49,"done":false}]}"#;

pub(super) fn with_techniques() -> Person {
    let mut person = person();
    let techniques = ["palm-press", "six-breaths", "slow-breaths"].map(technique);
    person.app.library =
        crate::domain::library::Library::new(techniques.to_vec(), Vec::new(), words());
    person
}

#[test]
fn a_session_becomes_another_technique_by_typing_a_part_of_its_name() {
    let mut person = with_techniques();
    with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    go_to(&mut person, Field::What);
    // Two have it: nothing is chosen yet. The arrow takes the second.
    person.press("breaths", &at(1));
    let slug = |person: &Person| match form(person).row().content() {
        Content::What(what) => what[0].slug.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(slug(&person), "palm-press");
    strike(&mut person, &[SAVE]);
    assert!(person.asks().is_empty());
    assert!(
        person.notice().contains("Not chosen"),
        "{}",
        person.notice()
    );
    strike(&mut person, &[on(Code::Down), on(Code::Down)]);
    assert_eq!(slug(&person), "slow-breaths");
    person.press(" six", &at(1));
    assert_eq!(slug(&person), "six-breaths");
    strike(&mut person, &[SAVE]);
    let set = serde_json::json!({
        "technique": "six-breaths",
        "items": [{"technique": "six-breaths", "planned_s": 300, "active_s": 249, "done": true}],
    });
    assert_eq!(written(&person), (set, Vec::new()));
}

#[test]
fn a_routine_that_was_one_technique_loses_its_parts_and_what_was_not_there_is_not_taken_away() {
    let mut person = with_techniques();
    with_entry(&mut person, TWO);
    person.press("e", &at(1));
    go_to(&mut person, Field::What);
    person.press("palm", &at(1));
    strike(&mut person, &[SAVE]);
    let (set, unset) = written(&person);
    assert_eq!(set["technique"], "palm-press");
    assert_eq!(set["items"][0]["active_s"], 249);
    assert_eq!(unset, ["routine"]);
}

#[test]
fn stopped_has_a_reason_and_finished_has_none() {
    let mut person = person();
    with_entry(&mut person, SESSION);
    person.press("e", &at(1));
    go_to(&mut person, Field::Status);
    person.press("s ", &at(1));
    go_to(&mut person, Field::StoppedBecause);
    person.press("the door", &at(1));
    strike(&mut person, &[SAVE]);
    let set = serde_json::json!({"status": "stopped", "stopped_because": "the door"});
    assert_eq!(written(&person), (set, Vec::new()));
    put_entry(&mut person, TWO);
    person.press("e", &at(2));
    go_to(&mut person, Field::Status);
    person.press(" ", &at(2));
    assert_eq!(
        form(&person).row().content(),
        Content::List(vec!["finished".into()])
    );
    strike(&mut person, &[SAVE]);
    let set = serde_json::json!({"status": "finished"});
    assert_eq!(written(&person), (set, vec!["stopped_because".to_owned()]));
    // Neither is no answer.
    person.effects.clear();
    person.press("e", &at(3));
    go_to(&mut person, Field::Status);
    strike(&mut person, &[on(Code::Down), Key::char(' '), SAVE]);
    assert!(person.asks().is_empty());
    assert!(
        person.notice().contains("how far it came"),
        "{}",
        person.notice()
    );
}

#[test]
fn what_is_rarely_changed_is_changed_as_it_is_shown() {
    let mut person = person();
    with_entry(&mut person, TWO);
    person.press("e", &at(1));
    for (field, typed) in [
        (Field::Planned, "7m"),
        (Field::Steps, "5"),
        (Field::Ended, "2026-11-22 21:20"),
        (Field::RatedAfter, "2026-11-22 21:50"),
    ] {
        go_to(&mut person, field);
        strike(&mut person, &[Key::ctrl('u')]);
        person.press(typed, &at(1));
    }
    go_to(&mut person, Field::SideFirst);
    person.press("r ", &at(1));
    strike(&mut person, &[SAVE]);
    // It ended before it began.
    assert!(person.asks().is_empty());
    assert!(
        person.notice().contains("is before 'When'"),
        "{}",
        person.notice()
    );
    assert_eq!(form(&person).row().field, Field::Ended);
    strike(&mut person, &[on(Code::Backspace), on(Code::Backspace)]);
    person.press("40", &at(1));
    strike(&mut person, &[SAVE]);
    let set = serde_json::json!({
        "side_first": "right",
        "planned_s": 420,
        "steps_done": 5,
        "ended_at": "2026-11-22T21:40:00+01:00",
        "rated_after_at": "2026-11-22T21:50:00+01:00",
    });
    assert_eq!(written(&person), (set, Vec::new()));
}

#[test]
fn the_parts_of_a_session_have_their_own_times_and_ends() {
    let mut person = with_techniques();
    with_entry(&mut person, TWO);
    person.press("e", &at(1));
    go_to(&mut person, Field::Part(1));
    strike(&mut person, &[Key::ctrl('u')]);
    person.press("1:40 ", &at(1));
    strike(&mut person, &[SAVE]);
    let (set, unset) = written(&person);
    assert_eq!((&set["active_s"], unset), (&300.into(), Vec::new()));
    assert_eq!(
        set["items"][1],
        serde_json::json!({"technique": "gone", "planned_s": 100, "active_s": 100, "done": true})
    );
    // With another technique they are no parts of it.
    person.effects.clear();
    person.press("e", &at(2));
    go_to(&mut person, Field::What);
    person.press("six", &at(2));
    go_to(&mut person, Field::Part(0));
    person.press(" ", &at(2));
    strike(&mut person, &[SAVE]);
    assert!(person.asks().is_empty());
    assert!(
        person.notice().contains("one of the two"),
        "{}",
        person.notice()
    );
}

#[test]
fn the_times_of_a_session_follow_each_other() {
    let mut person = person();
    with_entry(&mut person, TWO);
    for (field, typed, wrong) in [
        (Field::RatedAfter, "2026-11-22 21:34", "before 'Ended'"),
        (Field::Ended, "2026-11-23 21:34", "more than a day after"),
    ] {
        person.press("e", &at(1));
        go_to(&mut person, field);
        strike(&mut person, &[Key::ctrl('u')]);
        person.press(typed, &at(1));
        strike(&mut person, &[on(Code::Tab), SAVE]);
        assert!(person.asks().is_empty(), "{field:?}");
        assert!(person.notice().contains(wrong), "{}", person.notice());
        assert_eq!(form(&person).row().field, field);
        person.press("\x1bd", &at(1));
    }
    // Typed to the minute, the minute of the start is none before it.
    person.press("e", &at(2));
    go_to(&mut person, Field::Ended);
    strike(&mut person, &[Key::ctrl('u')]);
    person.press("2026-11-22 21:30", &at(2));
    strike(&mut person, &[SAVE]);
    let set = serde_json::json!({"ended_at": "2026-11-22T21:30:40+01:00"});
    assert_eq!(written(&person), (set, Vec::new()));
}
