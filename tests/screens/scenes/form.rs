//! The form of an entry.

use super::*;

pub const FORM_SCENES: [Scene; 16] = [
    ("a session that was another technique", |size| {
        // From the last field back to what it was.
        Person::at_home(size)
            .presses(
                "3 Down Down e BackTab BackTab BackTab BackTab BackTab BackTab BackTab BackTab",
            )
            .types("breath")
    }),
    ("a session that becomes a queue", |size| {
        at_what_it_was(size).types("+warm palm")
    }),
    ("one more part is chosen", |size| {
        at_what_it_was(size)
            .presses("BackTab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab")
            .types("warm")
    }),
    ("one more part asks for its time", |size| {
        at_what_it_was(size)
            .presses("Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab")
            .types("warm palm")
            .presses("Enter")
    }),
    ("a part that is taken away", |size| {
        at_what_it_was(size).presses("Tab Tab Tab Tab Tab Tab Tab Tab Ctrl-u")
    }),
    ("a questionnaire that is changed", |size| {
        let mut person = Person::at_home(size);
        let json = r#"{"kind":"questionnaire","started_at":"2026-11-23T20:00:00+01:00","peg":[5,4,6],"later":[1]}"#;
        person.elsewhere(entry(200, json));
        person.presses("3 e 6")
    }),
    ("a field that was changed elsewhere as well", |size| {
        let mut person = Person::at_home(size).presses("3 Down e 2 BackTab");
        let json = r#"{"kind":"session","started_at":"2026-11-23T08:10:00+01:00","routine":"desk-reset",
            "status":"finished","active_s":225,"pain_before":7,"pain_after":3,"stress_before":4,"stress_after":4}"#;
        person.elsewhere(entry(1, json));
        person
    }),
    ("an entry that was deleted elsewhere", |size| {
        let mut person = Person::at_home(size).presses("3 Down e 2");
        let gone = vec![Id::from_bytes([1; 16])];
        let put = Vec::new();
        person.hears(Told::Log(LogChange::Delta { put, gone }));
        person.presses("BackTab")
    }),
    ("a check-in with a note", |size| {
        Person::at_home(size).presses("l 4 6 n").pastes(
            "sat long in the meeting, then in the train,\nand at home in the soft chair 慢慢来",
        )
    }),
    ("the whole form of a check-in", |size| {
        Person::at_home(size).presses("l 4 6 Tab 5")
    }),
    ("places in a list", |size| {
        Person::at_home(size).presses("l 4 @regions b Space p Right Space")
    }),
    ("places on the body map", |size| {
        Person::at_home(size).presses("l 4 @regions b Space Tab Right b Down")
    }),
    ("mood words", |size| {
        Person::at_home(size).presses("l 4 @mood Space Down Space Down Space Down Space")
    }),
    ("a time that cannot be read", |size| {
        Person::at_home(size)
            .presses("l 4 n Tab")
            .types("2026-02-30 25:00")
    }),
    ("an entry that is changed", |size| {
        // With a pain that cannot be read.
        Person::at_home(size).presses("3 Down Down Down Down e")
    }),
    ("the question whether to leave a form", |size| {
        Person::at_home(size).presses("l 4 n o Esc")
    }),
];

/// The form of a queue, in the field that says what it was.
pub fn at_what_it_was(size: (u16, u16)) -> Person {
    let mut person = Person::at_home(size);
    person.hears(Told::Log(LogChange::Whole(told_in_full())));
    let back = "BackTab ".repeat(12);
    person.presses(&format!("3 e {back}"))
}
